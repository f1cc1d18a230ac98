//! An organisation while its form is filled in: texts as typed, which may not be sound yet. The scenario sees it
//! only when it is saved.

use super::Edit;
use super::org_ids::unique_org_id;
use crate::domain::{
    Conflict, Currency, Formality, GoalId, KindId, Language, MAX_AMOUNT_MINOR, Need, Offer, OrgId,
    Organisation, Pace, Priority, RegionCode, ResourceKind, Scenario, Sector, Text, Unit, WorkingStyle,
};
use crate::text::{integer, money, parse_amount};

/// The longest horizon the form takes: fifty years.
const MAX_HORIZON_MONTHS: u64 = 600;

/// How the person writes numbers, and which kinds there are.
#[derive(Clone, Copy, Debug)]
pub struct Reading<'a> {
    /// Reader's language.
    pub language: Language,
    /// Base currency of the scenario.
    pub currency: Currency,
    /// All kinds.
    pub kinds: &'a [ResourceKind],
}

/// One offer or need.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResourceDraft {
    /// Which kind.
    pub kind: KindId,
    /// How much, as typed.
    pub quantity: String,
    /// How much is not said yet.
    pub unknown: bool,
    /// How much a need matters.
    pub priority: Priority,
}

/// One conflict of interest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConflictDraft {
    /// With whom.
    pub with: OrgId,
    /// Why, in the reader's language.
    pub reason: String,
    known: Text,
}

/// The whole form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrganisationDraft {
    known: Option<Organisation>,
    /// Name in the reader's language.
    pub name: String,
    /// A sentence in the reader's language.
    pub description: String,
    /// Sector; nothing chosen for a new one.
    pub sector: Option<Sector>,
    /// Region.
    pub region: Option<RegionCode>,
    /// What it can give, one entry a kind.
    pub offers: Vec<ResourceDraft>,
    /// What it lacks, one entry a kind.
    pub needs: Vec<ResourceDraft>,
    /// Goals.
    pub goals: Vec<GoalId>,
    /// Pace.
    pub pace: Option<Pace>,
    /// Formality.
    pub formality: Option<Formality>,
    /// Months ahead, as typed.
    pub horizon: String,
    /// Donors it is courting.
    pub donors: Vec<String>,
    /// What taking part costs, as typed.
    pub cost: String,
    /// Its conflicts.
    pub conflicts: Vec<ConflictDraft>,
    /// "My organisation".
    pub is_lead: bool,
}

/// A field of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Name.
    Name,
    /// Sector.
    Sector,
    /// Quantity of the offer at this position.
    Offer(usize),
    /// Quantity of the need at this position.
    Need(usize),
    /// Horizon.
    Horizon,
    /// Participation cost.
    Cost,
}

/// What is wrong in a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FieldProblem {
    /// Nothing there, and something must be.
    Required,
    /// Neither a quantity nor "not said yet".
    QuantityMissing,
    /// Not money.
    NotAnAmount,
    /// Not a whole number.
    NotANumber,
    /// Above the largest quantity.
    TooLarge,
    /// Not 1 to 600 months.
    Horizon,
}

impl FieldProblem {
    /// Every problem, for translations to be complete against.
    pub const ALL: [Self; 6] = [
        Self::Required,
        Self::QuantityMissing,
        Self::NotAnAmount,
        Self::NotANumber,
        Self::TooLarge,
        Self::Horizon,
    ];

    /// A stable code the page translates (`field-…` in `locales/`).
    pub fn code(self) -> &'static str {
        match self {
            Self::Required => "required",
            Self::QuantityMissing => "quantity-missing",
            Self::NotAnAmount => "not-an-amount",
            Self::NotANumber => "not-a-number",
            Self::TooLarge => "too-large",
            Self::Horizon => "horizon",
        }
    }

    /// Whether something is only missing: said when the person wants to save, not while she fills in.
    pub fn is_missing(self) -> bool {
        matches!(self, Self::Required | Self::QuantityMissing)
    }
}

impl OrganisationDraft {
    /// An empty form; of "my organisation" if nobody is yet.
    pub fn new(scenario: &Scenario) -> Self {
        Self {
            known: None,
            name: String::new(),
            description: String::new(),
            sector: None,
            region: None,
            offers: Vec::new(),
            needs: Vec::new(),
            goals: Vec::new(),
            pace: None,
            formality: None,
            horizon: String::new(),
            donors: Vec::new(),
            cost: String::new(),
            conflicts: Vec::new(),
            is_lead: scenario.organisations.is_empty(),
        }
    }

    /// The form of an organisation as it stands.
    pub fn of(organisation: &Organisation, scenario: &Scenario, reading: Reading) -> Self {
        let draft = |kind: &KindId, quantity: Option<u64>, priority| ResourceDraft {
            kind: kind.clone(),
            quantity: quantity.map_or_else(String::new, |quantity| reading.show(kind, quantity)),
            unknown: quantity.is_none(),
            priority,
        };
        let id = &organisation.id;
        let conflict = |conflict: &Conflict| {
            let (a, b) = &conflict.between;
            let with = if a == id { b } else { a };
            (a == id || b == id).then(|| ConflictDraft {
                with: with.clone(),
                reason: conflict.reason.get(reading.language).to_owned(),
                known: conflict.reason.clone(),
            })
        };
        let style = &organisation.working_style;
        Self {
            name: organisation.name.get(reading.language).to_owned(),
            description: organisation.description.get(reading.language).to_owned(),
            sector: Some(organisation.sector),
            region: organisation.region.clone(),
            offers: organisation
                .offers
                .iter()
                .map(|offer| draft(&offer.kind, offer.quantity, Priority::default()))
                .collect(),
            needs: organisation
                .needs
                .iter()
                .map(|need| draft(&need.kind, need.quantity, need.priority))
                .collect(),
            goals: organisation.goals.clone(),
            pace: style.pace,
            formality: style.formality,
            horizon: style
                .horizon_months
                .map(|months| months.to_string())
                .unwrap_or_default(),
            donors: organisation.donors_sought.clone(),
            cost: organisation
                .participation_cost_minor
                .map(|cost| money(cost, reading.currency, reading.language))
                .unwrap_or_default(),
            conflicts: scenario.conflicts.iter().filter_map(conflict).collect(),
            is_lead: scenario.partnership.lead.as_ref() == Some(id),
            known: Some(organisation.clone()),
        }
    }

    /// The organisation it is the form of; `None` for a new one.
    pub fn id(&self) -> Option<&OrgId> {
        self.known.as_ref().map(|organisation| &organisation.id)
    }

    /// Adds an entry of this kind to `list` unless it has one: nothing said about how much.
    pub fn add_resource(list: &mut Vec<ResourceDraft>, kind: KindId) {
        if list.iter().all(|entry| entry.kind != kind) {
            list.push(ResourceDraft {
                kind,
                quantity: String::new(),
                unknown: false,
                priority: Priority::default(),
            });
        }
    }

    /// Adds a conflict unless there is one with that organisation.
    pub fn add_conflict(&mut self, with: OrgId) {
        if self.conflicts.iter().all(|conflict| conflict.with != with) {
            self.conflicts.push(ConflictDraft {
                with,
                reason: String::new(),
                known: Text::default(),
            });
        }
    }

    /// Everything that is wrong, in the order of the form.
    pub fn problems(&self, reading: Reading) -> Vec<(Place, FieldProblem)> {
        let name = self
            .name
            .trim()
            .is_empty()
            .then_some((Place::Name, FieldProblem::Required));
        let sector = self
            .sector
            .is_none()
            .then_some((Place::Sector, FieldProblem::Required));
        let offers = self.offers.iter().enumerate();
        let offers =
            offers.filter_map(|(at, entry)| Some((Place::Offer(at), reading.quantity(entry).err()?)));
        let needs = self.needs.iter().enumerate();
        let needs = needs.filter_map(|(at, entry)| Some((Place::Need(at), reading.quantity(entry).err()?)));
        let horizon = horizon(&self.horizon)
            .err()
            .map(|problem| (Place::Horizon, problem));
        let cost = reading
            .amount(&self.cost)
            .err()
            .map(|problem| (Place::Cost, problem));
        let head = name.into_iter().chain(sector);
        head.chain(offers)
            .chain(needs)
            .chain(horizon)
            .chain(cost)
            .collect()
    }

    /// The one change that saves it.
    ///
    /// # Errors
    /// What is wrong, in the order of the form; never empty.
    pub fn save(&self, scenario: &Scenario, reading: Reading) -> Result<Edit, Vec<(Place, FieldProblem)>> {
        let problems = self.problems(reading);
        let name = self.name.trim();
        let id = match self.id() {
            Some(id) => Some(id.clone()),
            None => unique_org_id(name, scenario),
        };
        let (Some(id), Some(sector), true) = (id, self.sector, problems.is_empty()) else {
            return Err(problems);
        };
        let organisation = self.organisation(id.clone(), name, sector, reading);
        let conflict = |draft: &ConflictDraft| Conflict {
            between: (id.clone(), draft.with.clone()),
            reason: retyped(&draft.known, draft.reason.trim(), reading.language),
        };
        Ok(Edit::SaveOrganisation {
            organisation: Box::new(organisation),
            conflicts: self.conflicts.iter().map(conflict).collect(),
            is_lead: self.is_lead,
        })
    }

    fn organisation(&self, id: OrgId, name: &str, sector: Sector, reading: Reading) -> Organisation {
        // What the form does not show, such as programmes, stays as it was.
        let known = self.known.clone();
        let known = known.unwrap_or_else(|| Organisation::new(id, Text::default(), sector));
        let quantity = |entry: &ResourceDraft| reading.quantity(entry).ok().flatten();
        Organisation {
            name: retyped(&known.name, name, reading.language),
            description: retyped(&known.description, self.description.trim(), reading.language),
            sector,
            region: self.region.clone(),
            goals: self.goals.clone(),
            offers: self
                .offers
                .iter()
                .map(|entry| Offer {
                    kind: entry.kind.clone(),
                    quantity: quantity(entry),
                })
                .collect(),
            needs: self
                .needs
                .iter()
                .map(|entry| Need {
                    kind: entry.kind.clone(),
                    quantity: quantity(entry),
                    priority: entry.priority,
                })
                .collect(),
            working_style: WorkingStyle {
                pace: self.pace,
                formality: self.formality,
                horizon_months: horizon(&self.horizon).ok().flatten(),
            },
            donors_sought: self.donors.clone(),
            participation_cost_minor: reading.amount(&self.cost).ok().flatten(),
            ..known
        }
    }
}

impl Reading<'_> {
    /// Whether a kind is counted in money.
    pub fn is_money(&self, kind: &KindId) -> bool {
        self.kinds
            .iter()
            .any(|known| &known.id == kind && known.unit == Unit::Money)
    }

    fn show(&self, kind: &KindId, quantity: u64) -> String {
        if self.is_money(kind) {
            money(quantity, self.currency, self.language)
        } else {
            integer(quantity, self.language)
        }
    }

    /// What an entry says: `None` for "not said yet".
    ///
    /// # Errors
    /// What is wrong with its text.
    pub fn quantity(&self, entry: &ResourceDraft) -> Result<Option<u64>, FieldProblem> {
        let read = match entry.unknown {
            true => return Ok(None),
            false if self.is_money(&entry.kind) => self.amount(&entry.quantity)?,
            false => whole(&entry.quantity)?,
        };
        read.map(Some).ok_or(FieldProblem::QuantityMissing)
    }

    fn amount(&self, text: &str) -> Result<Option<u64>, FieldProblem> {
        if text.trim().is_empty() {
            return Ok(None);
        }
        let amount = parse_amount(text, self.currency, self.language);
        amount.map(Some).ok_or(FieldProblem::NotAnAmount)
    }
}

/// A whole number with or without separators in threes: `1500`, `1.500`, `1 500`. Not `1,5`, which is no whole
/// number. Nothing is `None`.
fn whole(text: &str) -> Result<Option<u64>, FieldProblem> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let groups: Vec<&str> = text.split(['.', ',', ' ', '\u{a0}', '\u{202f}']).collect();
    let grouped = groups.len() == 1
        || groups.first().is_some_and(|first| (1..=3).contains(&first.len()))
            && groups.iter().skip(1).all(|group| group.len() == 3);
    let digits = groups.concat();
    if !grouped || digits.is_empty() || !digits.chars().all(|c| c.is_ascii_digit()) {
        return Err(FieldProblem::NotANumber);
    }
    let number = digits.parse().ok().filter(|&number| number <= MAX_AMOUNT_MINOR);
    number.map(Some).ok_or(FieldProblem::TooLarge)
}

fn horizon(text: &str) -> Result<Option<u16>, FieldProblem> {
    let months = whole(text).map_err(|_| FieldProblem::Horizon)?;
    let fits = months.filter(|months| (1..=MAX_HORIZON_MONTHS).contains(months));
    match (months, fits.and_then(|months| u16::try_from(months).ok())) {
        (None, _) => Ok(None),
        (_, Some(months)) => Ok(Some(months)),
        _ => Err(FieldProblem::Horizon),
    }
}

/// `known` as the reader of `language` rewrote it: where it is written in both languages the other stays, unless
/// nothing is left.
fn retyped(known: &Text, typed: &str, language: Language) -> Text {
    match known {
        unchanged if unchanged.get(language) == typed => unchanged.clone(),
        Text::Both { id, en } if !typed.is_empty() => match language {
            Language::Id => Text::Both {
                id: typed.to_owned(),
                en: en.clone(),
            },
            Language::En => Text::Both {
                id: id.clone(),
                en: typed.to_owned(),
            },
        },
        _ => Text::Plain(typed.to_owned()),
    }
}

#[cfg(test)]
#[path = "organisation_draft_tests.rs"]
mod tests;
