//! Where a table's heading row is, what separates its cells and what each column holds.

use super::Votes;
use super::cell::{list_items, split_item};
use super::delimited::{Record, records};
use super::digits::NumberConvention;
use super::headings::{Column, Heading, heading};
use super::numbers::evidence;
use crate::domain::{Currency, KindId, ResourceKind, Text, Unit, builtin_kinds};
use crate::interchange::hidden::without_hidden;
use crate::interchange::row_problem::{self, row_problem};
use crate::interchange::{ImportError, RowProblem};

/// Delimiters tried, the likeliest first.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// How many rows at the top may be titles before the headings.
const SEARCHED_ROWS: usize = 20;

/// How much of a heading is read: a hostile one may be megabytes long.
const MAX_HEADING_CHARS: usize = 200;

/// A table's shape.
#[derive(Clone, Debug)]
pub(super) struct Layout {
    pub delimiter: u8,
    /// What each column holds.
    pub columns: Vec<Column>,
    /// Each column's heading as written.
    pub headings: Vec<String>,
    /// The row of the headings, from 1.
    pub heading_row: u64,
    /// Where the first row after the headings starts, in bytes.
    pub data_at: usize,
    /// What funds are counted in.
    pub currency: Currency,
    /// Kinds only this table knows.
    pub custom: Vec<ResourceKind>,
}

/// A row that could be the headings.
struct Candidate {
    delimiter: u8,
    recognised: usize,
    headings: Vec<String>,
    found: Vec<Heading>,
    row: u64,
    data_at: usize,
}

impl Layout {
    /// The layout of `text`, and what was wrong with its headings.
    pub fn find(text: &str) -> Result<(Self, Vec<RowProblem>), ImportError> {
        let builtin = builtin_kinds();
        let (start, stated) = separator_line(text);
        let delimiters = stated.map_or(DELIMITERS.to_vec(), |delimiter| vec![delimiter]);
        let body = text.get(start..).unwrap_or_default();
        let mut best: Option<Candidate> = None;
        for delimiter in delimiters {
            if let Some(candidate) = candidate(body, delimiter, &builtin)
                && best
                    .as_ref()
                    .is_none_or(|best| candidate.recognised > best.recognised)
            {
                best = Some(candidate);
            }
        }
        let Candidate {
            delimiter,
            headings,
            found,
            row,
            data_at,
            ..
        } = best.ok_or(ImportError::NoNameColumn)?;
        if !found.iter().any(|heading| heading.column == Column::Sector) {
            return Err(ImportError::NoSectorColumn);
        }
        let mut layout = Self {
            delimiter,
            columns: Vec::with_capacity(found.len()),
            headings,
            heading_row: row,
            data_at: start + data_at,
            currency: Currency::IDR,
            custom: Vec::new(),
        };
        let problems = layout.settle(found);
        Ok((layout, problems))
    }

    /// Whether a column counts money.
    pub fn money(&self, column: &Column) -> Option<Currency> {
        let money = match column {
            Column::ParticipationCost => true,
            Column::Offer(kind) | Column::Need(kind) => kind.as_str() == "funds",
            _ => false,
        };
        money.then_some(self.currency)
    }

    /// Adds what the numbers of one row tell about the document's convention.
    pub fn count_evidence(&self, cells: &[String], votes: &mut Votes) {
        let mut count = |cell: &str| match evidence(cell) {
            Some(NumberConvention::DecimalComma) => votes.comma += 1,
            Some(NumberConvention::DecimalPoint) => votes.point += 1,
            None => {}
        };
        for (column, cell) in self.columns.iter().zip(cells) {
            match column {
                Column::Offer(_) | Column::Need(_) | Column::ParticipationCost => count(cell),
                Column::Offers | Column::Needs => {
                    for item in list_items(cell) {
                        count(split_item(&item).1);
                    }
                }
                _ => {}
            }
        }
    }

    /// Decides repeated headings, currencies and the user's own kinds, column by column.
    fn settle(&mut self, found: Vec<Heading>) -> Vec<RowProblem> {
        let mut problems = Vec::new();
        let mut stated: Option<Currency> = None;
        for (index, Heading { column, currency }) in found.into_iter().enumerate() {
            let name = self.headings.get(index).cloned().unwrap_or_default();
            let mut complain = |code: &str| {
                problems.push(RowProblem {
                    column: Some(name.clone()),
                    ..row_problem(code, Some(self.heading_row), name.clone())
                });
            };
            let (column, new_kind) = known_kind(column);
            if let Some(kind) = new_kind
                && !self.custom.iter().any(|known| known.id == kind)
            {
                complain(row_problem::NEW_KIND);
                self.custom.push(custom_kind(kind));
            }
            let other_currency = self.money(&column).is_some()
                && currency.is_some_and(|currency| *stated.get_or_insert(currency) != currency);
            let column = if column == Column::Unknown {
                if !name.trim().is_empty() {
                    complain(row_problem::UNKNOWN_COLUMN);
                }
                column
            } else if self.columns.contains(&column) {
                complain(row_problem::DUPLICATE_COLUMN);
                Column::Unknown
            } else if other_currency {
                complain(row_problem::MIXED_CURRENCIES);
                Column::Unknown
            } else {
                column
            };
            self.columns.push(column);
        }
        self.currency = stated.unwrap_or_default();
        problems
    }
}

/// A user's own kind as an ordinary one; the second value says that it was.
fn known_kind(column: Column) -> (Column, Option<KindId>) {
    match column {
        Column::CustomOffer(kind) => (Column::Offer(kind.clone()), Some(kind)),
        Column::CustomNeed(kind) => (Column::Need(kind.clone()), Some(kind)),
        Column::CustomPriority(kind) => (Column::Priority(kind.clone()), Some(kind)),
        known => (known, None),
    }
}

/// A table says no more of a kind than its name: pieces that are used up and not split, until edited.
fn custom_kind(id: KindId) -> ResourceKind {
    ResourceKind {
        name: Text::Plain(id.as_str().to_owned()),
        id,
        unit: Unit::Pieces,
        rival: true,
        divisible: false,
        may_overlap: false,
    }
}

/// Excel's first line `sep=;`: where the table starts after it, and the delimiter it states.
fn separator_line(text: &str) -> (usize, Option<u8>) {
    let line = text.lines().next().unwrap_or_default();
    let stated = line
        .get(..4)
        .filter(|start| start.eq_ignore_ascii_case("sep="))
        .and_then(|_| line.get(4..));
    match stated.map(|rest| rest.trim_end_matches('\r').as_bytes()) {
        Some(&[delimiter])
            if delimiter.is_ascii() && !delimiter.is_ascii_alphanumeric() && delimiter != b'"' =>
        {
            let end = text.find('\n').map_or(text.len(), |at| at + 1);
            (end, Some(delimiter))
        }
        _ => (0, None),
    }
}

/// The row with a name column and the most headings the product knows, the first of equals.
fn candidate(text: &str, delimiter: u8, builtin: &[ResourceKind]) -> Option<Candidate> {
    let mut best: Option<Candidate> = None;
    let mut above: Option<Record> = None;
    for (index, record) in records(text, delimiter).take(SEARCHED_ROWS).enumerate() {
        let headings: Vec<String> = record
            .cells
            .iter()
            .map(|cell| {
                without_hidden(cell)
                    .trim()
                    .chars()
                    .take(MAX_HEADING_CHARS)
                    .collect()
            })
            .collect();
        let found = under(above.as_ref(), &headings, builtin);
        let recognised = found
            .iter()
            .filter(|heading| heading.column != Column::Unknown)
            .count();
        let named = found
            .iter()
            .any(|heading| matches!(heading.column, Column::Name(_)));
        if named && best.as_ref().is_none_or(|best| recognised > best.recognised) {
            best = Some(Candidate {
                delimiter,
                recognised,
                headings,
                found,
                row: index as u64 + 1,
                data_at: record.next,
            });
        }
        above = Some(record);
    }
    best
}

/// Headings, some of which may stand under a merged cell "Tawaran" or "Kebutuhan" that spans them.
fn under(above: Option<&Record>, headings: &[String], builtin: &[ResourceKind]) -> Vec<Heading> {
    let mut spanning: Option<&str> = None;
    let mut found = Vec::with_capacity(headings.len());
    for (index, text) in headings.iter().enumerate() {
        if let Some(parent) = above
            .and_then(|row| row.cells.get(index))
            .filter(|cell| !cell.trim().is_empty())
        {
            let groups = matches!(heading(parent, builtin).column, Column::Offers | Column::Needs);
            spanning = groups.then_some(parent.as_str());
        }
        let own = heading(text, builtin);
        found.push(match spanning {
            Some(parent) if own.column == Column::Unknown => heading(&format!("{parent} {text}"), builtin),
            _ => own,
        });
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn columns(text: &str) -> Vec<Column> {
        Layout::find(text).unwrap().0.columns
    }

    #[test]
    fn the_delimiter_is_the_one_that_makes_headings() {
        for (text, delimiter) in [
            ("nama,sektor\n", b','),
            ("nama;sektor;catatan, lain-lain\n", b';'),
            ("nama\tsektor\n", b'\t'),
            ("nama|sektor\n", b'|'),
            ("sep=;\nnama;sektor\n", b';'),
            ("SEP=^\r\nnama^sektor\r\n", b'^'),
        ] {
            let (layout, _) = Layout::find(text).unwrap();
            assert_eq!(layout.delimiter, delimiter, "{text}");
            assert_eq!(layout.columns[..2], [Column::Name(None), Column::Sector]);
        }
    }

    #[test]
    fn titles_and_merged_headings_above_are_understood() {
        let text =
            "Daftar mitra 2026,,,,\n\n,,Tawaran,,Kebutuhan\nNama,Sektor,Dana,Relawan,Dana\nA,ngo,1,2,3\n";
        let kind = |id: &str| KindId::new(id).unwrap();
        assert_eq!(
            columns(text),
            [
                Column::Name(None),
                Column::Sector,
                Column::Offer(kind("funds")),
                Column::Offer(kind("staff")),
                Column::Need(kind("funds")),
            ]
        );
        assert_eq!(Layout::find(text).unwrap().0.heading_row, 4);
    }

    #[test]
    fn tables_without_the_needed_columns_are_refused() {
        assert_eq!(Layout::find("a,b\n1,2\n").unwrap_err(), ImportError::NoNameColumn);
        assert_eq!(
            Layout::find("name,b\n1,2\n").unwrap_err(),
            ImportError::NoSectorColumn
        );
    }

    #[test]
    fn repeated_unknown_and_mixed_columns_are_listed() {
        let (layout, problems) =
            Layout::find("name,sector,Sektor,mood,offer:funds (USD),need:funds (EUR),offer:boats").unwrap();
        let codes: BTreeSet<&str> = problems.iter().map(|problem| problem.code.as_str()).collect();
        let expected = [
            row_problem::DUPLICATE_COLUMN,
            row_problem::UNKNOWN_COLUMN,
            row_problem::MIXED_CURRENCIES,
            row_problem::NEW_KIND,
        ];
        assert_eq!(codes, BTreeSet::from(expected));
        assert_eq!(layout.currency.code(), "USD");
        assert_eq!(layout.custom.len(), 1);
    }
}
