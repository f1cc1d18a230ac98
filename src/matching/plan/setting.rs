//! The instance of each kind behind a scenario.

use super::deliver::Sharing;
use super::{Party, PlanError, Transport};
use crate::domain::{KindId, OrgId, Organisation, Project, ProjectId, Scenario};
use crate::matching::Directory;
use crate::matching::modifiers::Modifiers;
use std::collections::{BTreeMap, BTreeSet};

/// Friction 1 in the costs of a plan. Pace differs by thirds, formality by halves, horizons by sixtieths;
/// weighed by ½, ¼ and ¼ every friction is a whole number of 240ths, so nothing is rounded.
pub const FRICTION_UNITS: u64 = 240;

/// A kind with its flags.
#[derive(Clone, Debug)]
pub(super) struct Kind {
    pub id: KindId,
    pub rival: bool,
    pub divisible: bool,
    pub may_overlap: bool,
}

impl Kind {
    pub fn sharing(&self, fair: bool) -> Sharing {
        let divisible = self.divisible;
        let may_overlap = self.may_overlap;
        match (self.rival, fair) {
            (false, _) => Sharing::Shared { may_overlap },
            (true, false) => Sharing::Rival,
            (true, true) => Sharing::Fair { divisible },
        }
    }
}

/// One kind: numbers are those of the parties, the project's is their count.
#[derive(Debug, Default)]
pub(super) struct Market {
    pub givers: Vec<usize>,
    pub offers: Vec<u64>,
    /// Offers not quantified.
    pub silent: Vec<usize>,
    pub receivers: Vec<usize>,
    pub needs: Vec<u64>,
    /// Needs not quantified.
    pub open: Vec<usize>,
}

/// Among whom a plan is made, and for what.
pub(super) struct Setting<'a> {
    pub parties: Vec<&'a Organisation>,
    pub project: Option<&'a Project>,
    has_lead: bool,
    conflicts: BTreeSet<(&'a OrgId, &'a OrgId)>,
    directory: Directory,
    kinds: Vec<Kind>,
}

impl<'a> Setting<'a> {
    /// Parties named twice count once. `has_lead`: the first party receives for the project.
    pub fn new(
        scenario: &'a Scenario,
        among: &[OrgId],
        project: Option<&ProjectId>,
        has_lead: bool,
    ) -> Result<Self, PlanError> {
        let by_id: BTreeMap<&OrgId, &Organisation> = scenario
            .organisations
            .iter()
            .rev()
            .map(|one| (&one.id, one))
            .collect();
        let mut parties: Vec<&Organisation> = Vec::new();
        let mut seen = BTreeSet::new();
        for id in among {
            let unknown = || PlanError::UnknownOrganisation { id: id.to_string() };
            let organisation = by_id.get(id).copied().ok_or_else(unknown)?;
            if seen.insert(id) {
                parties.push(organisation);
            }
        }
        let listed = Scenario {
            organisations: parties.iter().map(|&one| one.clone()).collect(),
            kinds: scenario.kinds.clone(),
            ..Scenario::default()
        };
        let count = parties.len();
        let too_many = |_| PlanError::TooManyPairs {
            givers: count,
            receivers: count,
        };
        let directory = Directory::new(&listed).map_err(too_many)?;
        let project = project.and_then(|id| scenario.project(id));
        let conflicts = scenario.conflicts.iter().flat_map(|conflict| {
            let (a, b) = &conflict.between;
            [(a, b), (b, a)]
        });
        let mut setting = Self {
            parties,
            project,
            has_lead,
            conflicts: conflicts.collect(),
            directory,
            kinds: Vec::new(),
        };
        setting.kinds = setting.kinds_in_use(scenario);
        Ok(setting)
    }

    pub fn kinds(&self) -> &[Kind] {
        &self.kinds
    }

    /// Undeclared kinds count as rival and whole: the cautious reading.
    fn kinds_in_use(&self, scenario: &Scenario) -> Vec<Kind> {
        let offered = self
            .parties
            .iter()
            .flat_map(|one| &one.offers)
            .map(|offer| &offer.kind);
        let required = self.project.iter().flat_map(|project| &project.requirements);
        let mut used: BTreeSet<KindId> = offered.chain(required.map(|one| &one.kind)).cloned().collect();
        if self.project.is_none() {
            let needs = self.parties.iter().flat_map(|one| &one.needs);
            used.extend(needs.map(|need| need.kind.clone()));
        }
        let mut kinds = Vec::new();
        for kind in scenario.all_kinds() {
            if used.remove(&kind.id) {
                kinds.push(Kind {
                    id: kind.id,
                    rival: kind.rival,
                    divisible: kind.divisible,
                    may_overlap: kind.may_overlap && !kind.rival,
                });
            }
        }
        kinds.extend(used.into_iter().map(|id| Kind {
            id,
            rival: true,
            divisible: false,
            may_overlap: false,
        }));
        kinds
    }

    pub fn market(&self, kind: &KindId) -> Market {
        let mut market = Market::default();
        for (number, party) in self.parties.iter().enumerate() {
            match party.offer(kind).map(|offer| offer.quantity) {
                Some(Some(quantity)) if quantity > 0 => {
                    market.givers.push(number);
                    market.offers.push(quantity);
                }
                Some(None) => market.silent.push(number),
                _ => {}
            }
            match party.need(kind).map(|need| need.quantity) {
                _ if self.project.is_some() => {}
                Some(Some(quantity)) if quantity > 0 => {
                    market.receivers.push(number);
                    market.needs.push(quantity);
                }
                Some(None) => market.open.push(number),
                _ => {}
            }
        }
        let required = self.project.iter().flat_map(|project| &project.requirements);
        let required = required
            .filter(|one| &one.kind == kind)
            .fold(0, |sum: u64, one| sum.saturating_add(one.quantity));
        if required > 0 {
            market.receivers.push(self.parties.len());
            market.needs.push(required);
        }
        market
    }

    pub fn party(&self, number: usize) -> Option<Party> {
        match (self.parties.get(number), self.project) {
            (Some(organisation), _) => Some(Party::Organisation(organisation.id.clone())),
            (None, project) => project.map(|project| Party::Project(project.id.clone())),
        }
    }

    /// What a unit from one party to another costs: their friction, an answer not given taken for the
    /// farthest it could be. `None`: nothing goes from an organisation to itself or across a conflict of
    /// interest. Work for the project goes through the lead, whose own costs nothing.
    pub fn cost(&self, from: usize, to: usize) -> Option<u64> {
        if to == self.parties.len() {
            return Some(if self.has_lead && from > 0 {
                self.friction(from, 0)
            } else {
                0
            });
        }
        let pair = (&self.parties[from].id, &self.parties[to].id);
        (from != to && !self.conflicts.contains(&pair)).then(|| self.friction(from, to))
    }

    fn friction(&self, a: usize, b: usize) -> u64 {
        let scaled = Modifiers::of(&self.directory, a, b).friction().high * 240.0;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a whole number from 0 to 240 but for rounding"
        )]
        let units = libm::round(scaled) as u64;
        units
    }

    pub fn transport(&self, market: &Market) -> Result<Transport, PlanError> {
        let (givers, receivers) = (&market.givers, &market.receivers);
        Transport::by_pair(market.offers.clone(), market.needs.clone(), |from, to| {
            self.cost(givers[from], receivers[to])
        })
    }
}
