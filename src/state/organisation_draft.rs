//! An organisation while its form is filled in: texts as typed, which may not be sound yet. The scenario sees it
//! only when it is saved.

use super::Edit;
use super::org_ids::unique_org_id;
use super::organisation_fields::horizon;
pub use super::organisation_fields::{FieldProblem, Reading};
use crate::domain::{
    Conflict, Formality, GoalId, KindId, Language, Need, Offer, OrgId, Organisation, Pace, Priority,
    RegionCode, Scenario, Sector, Text, WorkingStyle,
};
use crate::text::money;

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
