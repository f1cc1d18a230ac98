//! One row into one organisation, with everything that was wrong with it.

use super::delimited::{Record, records, unguarded};
use super::headings::Column;
use super::layout::Layout;
use super::numbers::{NumberConvention, NumberError, Quantity, quantity};
use super::regions::Regions;
use super::vocabulary::{formality, kind, pace, sector};
use crate::domain::{
    Currency, GoalId, KindId, Need, Offer, OrgId, Organisation, Priority, Programme, RegionCode,
    ResourceKind, Scenario, Sector, Text, WorkingStyle, builtin_kinds,
};
use crate::interchange::RowProblem;
use crate::interchange::hidden::without_hidden;
use crate::interchange::row_problem::{self, row_problem};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// The organisations read so far.
#[derive(Debug)]
pub(super) struct Rows {
    /// The document's number convention, once known.
    pub convention: Option<NumberConvention>,
    /// Rows with anything in them.
    pub rows_read: u64,
    scenario: Scenario,
    problems: Vec<RowProblem>,
    unlisted: u64,
    builtin: Vec<ResourceKind>,
    regions: Regions,
    row: u64,
    ids: BTreeSet<String>,
    names: BTreeSet<String>,
    /// Next number tried for an id that is taken, so that a thousand equal names cost a thousand steps.
    next_number: BTreeMap<String, u32>,
}

/// A row on its way to become an organisation.
#[derive(Default)]
struct Draft {
    id: String,
    name: [String; 3],
    sector_text: String,
    sector: Option<Sector>,
    region: Option<RegionCode>,
    description: [String; 3],
    goals: Vec<GoalId>,
    offers: Vec<Offer>,
    needs: Vec<Need>,
    priorities: Vec<(usize, KindId, Priority)>,
    style: WorkingStyle,
    donors: Vec<String>,
    programmes: Vec<Programme>,
    cost: Option<u64>,
    problems: Vec<RowProblem>,
}

impl Rows {
    pub fn new(layout: &Layout, problems: Vec<RowProblem>) -> Self {
        let mut scenario = Scenario {
            base_currency: layout.currency,
            ..Scenario::default()
        };
        scenario.kinds.clone_from(&layout.custom);
        Self {
            convention: None,
            rows_read: 0,
            scenario,
            problems,
            unlisted: 0,
            builtin: builtin_kinds(),
            regions: Regions::new(),
            row: layout.heading_row,
            ids: BTreeSet::new(),
            names: BTreeSet::new(),
            next_number: BTreeMap::new(),
        }
    }

    /// Reads one row below the headings.
    pub fn read(&mut self, layout: &Layout, record: &Record) {
        self.row += 1;
        if record.is_blank() {
            return;
        }
        self.rows_read += 1;
        if record.unclosed {
            let first = record.cells.first().cloned().unwrap_or_default();
            self.list(vec![dropped(row_problem::UNCLOSED_QUOTE, self.row, None, first)]);
            return;
        }
        let mut draft = Draft::default();
        self.check_width(layout, record, &mut draft);
        for (index, (column, cell)) in layout.columns.iter().zip(&record.cells).enumerate() {
            let cell = draft.cleaned(cell, self.row, layout, index);
            let reader = CellReader {
                row: self.row,
                heading: layout.headings.get(index).map_or("", String::as_str),
                convention: self.convention,
                builtin: &self.builtin,
                regions: &self.regions,
                currency: layout.currency,
            };
            reader.read(&mut draft, column, index, &cell, layout.money(column));
        }
        self.keep(layout, draft);
    }

    /// The scenario with these organisations, and all problems.
    pub fn finish(mut self) -> (Scenario, Vec<RowProblem>) {
        if self.unlisted > 0 {
            self.problems.push(row_problem(
                row_problem::MORE_PROBLEMS,
                None,
                self.unlisted.to_string(),
            ));
        }
        (self.scenario, self.problems)
    }

    fn check_width(&self, layout: &Layout, record: &Record, draft: &mut Draft) {
        let surplus = record.cells.get(layout.columns.len()..).unwrap_or_default();
        let extra: Vec<&str> = surplus
            .iter()
            .map(String::as_str)
            .filter(|cell| !cell.trim().is_empty())
            .collect();
        if !extra.is_empty() {
            let value = without_hidden(&extra.join(" | ")).into_owned();
            draft
                .problems
                .push(row_problem(row_problem::EXTRA_CELLS, Some(self.row), value));
        }
        if record.cells.len() < layout.columns.len() {
            let value = format!("{} < {}", record.cells.len(), layout.columns.len());
            draft
                .problems
                .push(row_problem(row_problem::SHORT_ROW, Some(self.row), value));
        }
    }

    fn keep(&mut self, layout: &Layout, mut draft: Draft) {
        let heading_of = |column: fn(&Column) -> bool| {
            let index = layout.columns.iter().position(column);
            index.and_then(|index| layout.headings.get(index)).cloned()
        };
        let name = text(std::mem::take(&mut draft.name));
        if name.is_blank() {
            let heading = heading_of(|column| matches!(column, Column::Name(_)));
            self.list(vec![dropped(
                row_problem::NO_NAME,
                self.row,
                heading,
                String::new(),
            )]);
            return;
        }
        let Some(sector) = draft.sector else {
            let code = if draft.sector_text.is_empty() {
                row_problem::NO_SECTOR
            } else {
                row_problem::UNKNOWN_SECTOR
            };
            let heading = heading_of(|column| *column == Column::Sector);
            self.list(vec![dropped(code, self.row, heading, draft.sector_text)]);
            return;
        };
        draft.apply_priorities(self.row, layout);
        let id = self.unique_id(layout, &mut draft, &name);
        self.list(draft.problems);
        let Some(id) = id else { return };
        self.scenario.organisations.push(Organisation {
            region: draft.region,
            description: text(draft.description),
            goals: draft.goals,
            offers: draft.offers,
            needs: draft.needs,
            working_style: draft.style,
            donors_sought: draft.donors,
            programmes: draft.programmes,
            participation_cost_minor: draft.cost,
            ..Organisation::new(id, name, sector)
        });
    }

    /// The id stated, or one made from the name; with a number behind it if it is taken.
    fn unique_id(&mut self, layout: &Layout, draft: &mut Draft, name: &Text) -> Option<OrgId> {
        let shown = name.get(crate::domain::Language::Id);
        let shown = if shown.is_empty() {
            name.get(crate::domain::Language::En)
        } else {
            shown
        };
        let heading = |wanted: fn(&Column) -> bool| {
            let index = layout.columns.iter().position(wanted);
            index.and_then(|index| layout.headings.get(index)).cloned()
        };
        let mut warn = |code: &str, column: Option<String>, value: &str| {
            draft.problems.push(RowProblem {
                column,
                ..row_problem(code, Some(self.row), value)
            });
        };
        let name_heading = || heading(|column| matches!(column, Column::Name(_)));
        let id_heading = || heading(|column| *column == Column::Id);
        let repeated_name = !self.names.insert(shown.to_lowercase());
        if repeated_name {
            warn(row_problem::DUPLICATE_NAME, name_heading(), shown);
        }
        let stated = (!draft.id.is_empty()).then(|| OrgId::new(&draft.id));
        let base = match stated {
            Some(Ok(id)) => {
                if self.ids.contains(id.as_str()) {
                    warn(row_problem::DUPLICATE_ID, id_heading(), id.as_str());
                }
                id.as_str().to_owned()
            }
            Some(Err(_)) => {
                warn(row_problem::BAD_ID, id_heading(), &draft.id);
                slug(shown)
            }
            None => slug(shown),
        };
        let mut id = base.clone();
        while !self.ids.insert(id.clone()) {
            let number = self.next_number.entry(base.clone()).or_insert(1);
            *number += 1;
            id = numbered(&base, *number);
        }
        OrgId::new(&id).ok()
    }

    fn list(&mut self, problems: Vec<RowProblem>) {
        for problem in problems {
            if self.problems.len() < row_problem::MAX_LISTED {
                self.problems.push(problem);
            } else {
                self.unlisted += 1;
            }
        }
    }
}

impl Draft {
    /// A cell without hidden characters, outer space and formula guard.
    fn cleaned<'c>(&mut self, cell: &'c str, row: u64, layout: &Layout, index: usize) -> Cow<'c, str> {
        match without_hidden(cell) {
            Cow::Borrowed(cell) => Cow::Borrowed(unguarded(cell.trim())),
            Cow::Owned(cell) => {
                let cell = unguarded(cell.trim()).to_owned();
                if layout.columns.get(index) != Some(&Column::Unknown) {
                    self.problems.push(RowProblem {
                        column: layout.headings.get(index).cloned(),
                        ..row_problem(row_problem::HIDDEN_CHARACTER, Some(row), cell.clone())
                    });
                }
                Cow::Owned(cell)
            }
        }
    }

    fn apply_priorities(&mut self, row: u64, layout: &Layout) {
        for (index, kind, priority) in std::mem::take(&mut self.priorities) {
            match self.needs.iter_mut().find(|need| need.kind == kind) {
                Some(need) => need.priority = priority,
                None => self.problems.push(RowProblem {
                    column: layout.headings.get(index).cloned(),
                    ..row_problem(
                        row_problem::PRIORITY_WITHOUT_NEED,
                        Some(row),
                        priority.level().to_string(),
                    )
                }),
            }
        }
    }

    fn offer(&mut self, kind: KindId, quantity: Option<u64>) -> bool {
        let new = !self.offers.iter().any(|offer| offer.kind == kind);
        if new {
            self.offers.push(Offer { kind, quantity });
        }
        new
    }

    fn need(&mut self, kind: KindId, quantity: Option<u64>) -> bool {
        let new = !self.needs.iter().any(|need| need.kind == kind);
        if new {
            self.needs.push(Need {
                kind,
                quantity,
                priority: Priority::default(),
            });
        }
        new
    }
}

/// What is needed to read one cell.
struct CellReader<'a> {
    row: u64,
    heading: &'a str,
    convention: Option<NumberConvention>,
    builtin: &'a [ResourceKind],
    regions: &'a Regions,
    currency: Currency,
}

impl CellReader<'_> {
    fn read(&self, draft: &mut Draft, column: &Column, index: usize, cell: &str, money: Option<Currency>) {
        match column {
            Column::Unknown | Column::CustomOffer(_) | Column::CustomNeed(_) | Column::CustomPriority(_) => {}
            _ if cell.is_empty() => {}
            Column::Id => draft.id = cell.to_owned(),
            Column::Name(language) => {
                draft.name[language.map_or(0, |language| 1 + language as usize)] = cell.to_owned()
            }
            Column::Description(language) => {
                draft.description[language.map_or(0, |language| 1 + language as usize)] = cell.to_owned();
            }
            Column::Sector => {
                draft.sector = sector(cell);
                draft.sector_text = cell.to_owned();
            }
            Column::Region => draft.region = self.region(draft, cell),
            Column::Goals => draft.goals = self.goals(draft, cell),
            Column::Pace => draft.style.pace = self.word(draft, cell, pace(cell)),
            Column::Formality => draft.style.formality = self.word(draft, cell, formality(cell)),
            Column::HorizonMonths => {
                let months = self.quantity(draft, cell, None).flatten();
                draft.style.horizon_months =
                    months.and_then(|months| self.word(draft, cell, u16::try_from(months).ok()));
            }
            Column::Donors => draft.donors = list_items(cell),
            Column::Programmes => draft.programmes = self.programmes(draft, cell),
            Column::ParticipationCost => draft.cost = self.quantity(draft, cell, money).flatten(),
            Column::Offer(kind) => {
                if let Some(quantity) = self.quantity(draft, cell, money) {
                    self.once(draft, cell, |draft| draft.offer(kind.clone(), quantity));
                }
            }
            Column::Need(kind) => {
                if let Some(quantity) = self.quantity(draft, cell, money) {
                    self.once(draft, cell, |draft| draft.need(kind.clone(), quantity));
                }
            }
            Column::Priority(kind) => {
                let level = cell.parse().ok().and_then(|level| Priority::new(level).ok());
                if let Some(priority) = self.word(draft, cell, level) {
                    draft.priorities.push((index, kind.clone(), priority));
                }
            }
            Column::Offers => self.list(draft, cell, Draft::offer),
            Column::Needs => self.list(draft, cell, Draft::need),
        }
    }

    fn warn(&self, draft: &mut Draft, code: &str, value: &str) {
        draft.problems.push(RowProblem {
            column: Some(self.heading.to_owned()),
            ..row_problem(code, Some(self.row), value)
        });
    }

    /// `found`, or a problem `import-unknown-word`.
    fn word<T>(&self, draft: &mut Draft, cell: &str, found: Option<T>) -> Option<T> {
        if found.is_none() {
            self.warn(draft, row_problem::UNKNOWN_WORD, cell);
        }
        found
    }

    fn once(&self, draft: &mut Draft, cell: &str, add: impl FnOnce(&mut Draft) -> bool) {
        if !add(draft) {
            self.warn(draft, row_problem::REPEATED_KIND, cell);
        }
    }

    /// `None`: nothing there. `Some(None)`: some, not known how much; so too where a number was stated that
    /// cannot be read, which is then listed.
    fn quantity(&self, draft: &mut Draft, cell: &str, money: Option<Currency>) -> Option<Option<u64>> {
        let code = match quantity(cell, self.convention, money) {
            Ok(Quantity::Absent) => return None,
            Ok(Quantity::Unknown) => return Some(None),
            Ok(Quantity::Amount { units, rounded }) => {
                if rounded {
                    self.warn(draft, row_problem::ROUNDED, cell);
                }
                return Some(Some(units));
            }
            Err(NumberError::Negative) => {
                self.warn(draft, row_problem::NEGATIVE_NUMBER, cell);
                return None;
            }
            Err(NumberError::Ambiguous) => row_problem::AMBIGUOUS_NUMBER,
            Err(NumberError::TooLarge) => row_problem::AMOUNT_TOO_LARGE,
            Err(NumberError::OtherCurrency) => row_problem::OTHER_CURRENCY,
            Err(NumberError::NotANumber) => row_problem::NOT_A_NUMBER,
        };
        self.warn(draft, code, cell);
        Some(None)
    }

    fn region(&self, draft: &mut Draft, cell: &str) -> Option<RegionCode> {
        let found = self.regions.find(cell);
        if found.is_none() {
            self.warn(draft, row_problem::UNKNOWN_REGION, cell);
        }
        found.or_else(|| RegionCode::new(cell).ok())
    }

    fn goals(&self, draft: &mut Draft, cell: &str) -> Vec<GoalId> {
        let mut goals: Vec<GoalId> = Vec::new();
        for item in list_items(cell) {
            match GoalId::new(&item) {
                Ok(goal) if goals.contains(&goal) => {}
                Ok(goal) => goals.push(goal),
                Err(_) => self.warn(draft, row_problem::BAD_GOAL, &item),
            }
        }
        goals
    }

    /// Items `theme@region: name`, region and name optional.
    fn programmes(&self, draft: &mut Draft, cell: &str) -> Vec<Programme> {
        let mut programmes = Vec::new();
        for item in list_items(cell) {
            let (place, name) = item.split_once(':').unwrap_or((&item, ""));
            let (theme, region) = match place.rsplit_once('@') {
                Some((theme, region)) => (theme, Some(RegionCode::new(region))),
                None => (place, None),
            };
            match (GoalId::new(theme), region.transpose()) {
                (Ok(theme), Ok(region)) => programmes.push(Programme {
                    theme,
                    region,
                    name: Text::Plain(name.trim().to_owned()),
                }),
                _ => self.warn(draft, row_problem::BAD_PROGRAMME, &item),
            }
        }
        programmes
    }

    fn list(&self, draft: &mut Draft, cell: &str, add: fn(&mut Draft, KindId, Option<u64>) -> bool) {
        for item in list_items(cell) {
            let (name, amount) = split_item(&item);
            let Some(kind) = kind(name, self.builtin) else {
                self.warn(draft, row_problem::UNKNOWN_KIND, &item);
                continue;
            };
            let money = (kind.as_str() == "funds").then_some(self.currency);
            let quantity = match amount {
                "" => Some(None),
                amount => self.quantity(draft, amount, money),
            };
            if let Some(quantity) = quantity {
                self.once(draft, &item, |draft| add(draft, kind, quantity));
            }
        }
    }
}

/// The items of a cell that lists several: separated by `;`, else `|`, else line ends, else `,`; an item that
/// holds a separator stands in quotes.
pub(super) fn list_items(cell: &str) -> Vec<String> {
    let quoted = cell.contains('"');
    let separator = [';', '|', '\n', ',']
        .into_iter()
        .find(|&separator| cell.contains(separator))
        .filter(|_| !quoted)
        .unwrap_or(';');
    let one_line = if separator == '\n' {
        cell.replace(['\n', '\r'], ";")
    } else {
        cell.to_owned()
    };
    let delimiter = if separator == '\n' {
        b';'
    } else {
        u8::try_from(separator).unwrap_or(b';')
    };
    records(&one_line, delimiter)
        .flat_map(|record| record.cells)
        .map(|item| item.trim().to_owned())
        .filter(|item| !item.is_empty())
        .collect()
}

/// `dana: 5 juta`, `dana = 5 juta`, `dana 5 juta` or `5 relawan` as kind and quantity.
pub(super) fn split_item(item: &str) -> (&str, &str) {
    if let Some((name, amount)) = item.split_once([':', '=']) {
        return (name.trim(), amount.trim());
    }
    let digit = |character: char| character.is_ascii_digit();
    match item.find(|character: char| digit(character) || character == '?') {
        Some(0) => {
            let end = item.find(char::is_alphabetic).unwrap_or(item.len());
            let (amount, name) = item.split_at(end);
            (name.trim(), amount.trim())
        }
        Some(start) => {
            let (name, amount) = item.split_at(start);
            (name.trim(), amount.trim())
        }
        None => (item, ""),
    }
}

/// One text out of plain, Indonesian and English.
fn text([plain, id, en]: [String; 3]) -> Text {
    match (id.is_empty(), en.is_empty(), plain.is_empty()) {
        (true, true, _) => Text::Plain(plain),
        (false, false, _) => Text::Both { id, en },
        (true, false, false) => Text::Both { id: plain, en },
        (false, true, false) => Text::Both { id, en: plain },
        (false, true, true) => Text::Plain(id),
        (true, false, true) => Text::Plain(en),
    }
}

/// The longest id made from a name leaves room for a number behind it.
const MAX_SLUG_BYTES: usize = 48;

/// A readable id: lower-case ASCII letters and digits of the name with single hyphens between, or
/// `organisation` if it has none (names in other scripts).
pub fn slug(name: &str) -> String {
    let lower = name.to_lowercase();
    let words = lower
        .split(|character: char| !character.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty());
    let mut slug = words.collect::<Vec<_>>().join("-");
    slug.truncate(MAX_SLUG_BYTES);
    match slug.trim_end_matches('-') {
        "" => "organisation".to_owned(),
        slug => slug.to_owned(),
    }
}

/// `base-2`, with the base cut so that it stays an id.
fn numbered(base: &str, number: u32) -> String {
    let end = base
        .char_indices()
        .map(|(at, _)| at)
        .chain([base.len()])
        .take_while(|&at| at <= MAX_SLUG_BYTES)
        .last();
    format!("{}-{number}", base.get(..end.unwrap_or(0)).unwrap_or(base))
}

fn dropped(code: &str, row: u64, column: Option<String>, value: String) -> RowProblem {
    RowProblem {
        column,
        row_dropped: true,
        ..row_problem(code, Some(row), value)
    }
}
