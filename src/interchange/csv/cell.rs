//! One cell into one value, with what was wrong with it.

use super::delimited::records;
use super::digits::NumberConvention;
use super::headings::Column;
use super::numbers::{NumberError, Quantity, quantity};
use super::regions::Regions;
use super::row::Draft;
use super::vocabulary::{formality, kind, pace, sector};
use crate::domain::{Currency, GoalId, KindId, Priority, Programme, RegionCode, ResourceKind, Text};
use crate::interchange::RowProblem;
use crate::interchange::row_problem::{self, row_problem};

/// What is needed to read one cell.
pub(super) struct CellReader<'a> {
    pub row: u64,
    pub heading: &'a str,
    pub convention: Option<NumberConvention>,
    pub builtin: &'a [ResourceKind],
    pub regions: &'a Regions,
    pub currency: Currency,
}

impl CellReader<'_> {
    /// Puts what a cell says into the draft.
    pub fn read(
        &self,
        draft: &mut Draft,
        column: &Column,
        index: usize,
        cell: &str,
        money: Option<Currency>,
    ) {
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
