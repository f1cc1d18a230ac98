//! One row into one organisation, with everything that was wrong with it.

use super::cell::CellReader;
use super::delimited::{Record, unguarded};
use super::digits::NumberConvention;
use super::headings::Column;
use super::identity::{Ids, slug};
use super::layout::Layout;
use super::regions::Regions;
use crate::domain::{
    GoalId, KindId, Need, Offer, OrgId, Organisation, Priority, Programme, RegionCode, ResourceKind,
    Scenario, Sector, Text, WorkingStyle, builtin_kinds,
};
use crate::interchange::RowProblem;
use crate::interchange::hidden::without_hidden;
use crate::interchange::row_problem::{self, row_problem};
use std::borrow::Cow;
use std::collections::BTreeSet;

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
    ids: Ids,
    names: BTreeSet<String>,
}

/// A row on its way to become an organisation.
#[derive(Default)]
pub(super) struct Draft {
    pub id: String,
    pub name: [String; 3],
    pub sector_text: String,
    pub sector: Option<Sector>,
    pub region: Option<RegionCode>,
    pub description: [String; 3],
    pub goals: Vec<GoalId>,
    pub offers: Vec<Offer>,
    pub needs: Vec<Need>,
    pub priorities: Vec<(usize, KindId, Priority)>,
    pub style: WorkingStyle,
    pub donors: Vec<String>,
    pub programmes: Vec<Programme>,
    pub cost: Option<u64>,
    pub problems: Vec<RowProblem>,
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
            ids: Ids::default(),
            names: BTreeSet::new(),
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
                if self.ids.is_taken(id.as_str()) {
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
        OrgId::new(&self.ids.give(&base)).ok()
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

    /// Whether the kind was not offered before; the first counts.
    pub fn offer(&mut self, kind: KindId, quantity: Option<u64>) -> bool {
        let new = !self.offers.iter().any(|offer| offer.kind == kind);
        if new {
            self.offers.push(Offer { kind, quantity });
        }
        new
    }

    /// Whether the kind was not needed before; the first counts.
    pub fn need(&mut self, kind: KindId, quantity: Option<u64>) -> bool {
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

fn dropped(code: &str, row: u64, column: Option<String>, value: String) -> RowProblem {
    RowProblem {
        column,
        row_dropped: true,
        ..row_problem(code, Some(row), value)
    }
}
