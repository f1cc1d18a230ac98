//! What holds of a result, checked by code that did not find it; with a witness where it does not.
//! Definitions and sources: `docs/funding-properties.md`.

mod blocking;
mod flow;
mod prices;
mod proportional;
mod soundness;

pub use soundness::{Violation, exhaustiveness_witness, violations};

use super::{Allocation, Instance, Purse, Voice};
use crate::domain::{PoolPlan, UtilityMeasure};
use serde::{Deserialize, Serialize};

/// Voices a witness names, at most; the rest is only counted.
pub const MAX_NAMED: usize = 12;

/// A promise a result may keep or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Property {
    /// Money is conserved to the unit, nobody pays above its pledge or against its restrictions, the budget is kept.
    BudgetRespected,
    /// No project is left out that the unspent money allowed to go to it could buy.
    Exhaustive,
    /// The result can be explained by everybody paying only for what it supports from a purse of its own, with too little
    /// left among the supporters of any unfunded project to buy it.
    Priceable,
    /// No group that agrees on an unfunded project sees less than its part of the money, up to that project.
    EjrPlus,
    /// No group could take its part of the money and be better off, every one of it.
    Core,
}

impl Property {
    /// Every property, in the order they are shown.
    pub const ALL: [Self; 5] = [
        Self::BudgetRespected,
        Self::Exhaustive,
        Self::Priceable,
        Self::EjrPlus,
        Self::Core,
    ];

    /// The stable code the page translates.
    pub fn code(self) -> &'static str {
        match self {
            Self::BudgetRespected => "budget-respected",
            Self::Exhaustive => "exhaustive",
            Self::Priceable => "priceable",
            Self::EjrPlus => "ejr-plus",
            Self::Core => "core",
        }
    }
}

/// Why a property cannot be checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Unchecked {
    /// There are too many projects or voices for an exact check.
    TooLarge,
    /// Neither a proof nor a counterexample was found.
    Undecided,
}

impl Unchecked {
    /// The stable code the page translates.
    pub fn code(self) -> &'static str {
        match self {
            Self::TooLarge => "too-large",
            Self::Undecided => "undecided",
        }
    }
}

/// Some voices.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// How many people (or pledges).
    pub people: u64,
    /// Positions of the voices: ballots where there are any, else participants. The first [`MAX_NAMED`].
    pub voices: Vec<usize>,
    /// Voices not named.
    pub more: usize,
}

/// The counterexample.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Witness {
    /// A broken promise about money.
    Broken {
        /// [`Violation::code`].
        violation: String,
    },
    /// A project that was left out although there is money for it.
    LeftOut {
        /// Which.
        project: usize,
        /// Unspent money that may go to it.
        reach_minor: u64,
    },
    /// A funded project nobody supports, or whose supporters cannot pay for it and all else they share from their own
    /// purses.
    Unpaid {
        /// Which.
        project: usize,
    },
    /// The supporters of an unfunded project must keep more than it costs, whatever they pay for the rest.
    TooMuchLeft {
        /// Which.
        project: usize,
        /// Who.
        group: Group,
        /// The least that stays with them, rounded down.
        left_minor: u64,
    },
    /// A group that agrees on an unfunded project, and what it sees.
    Short {
        /// Who.
        group: Group,
        /// The project they all support.
        project: usize,
        /// Their part of the money, rounded down.
        part_minor: u64,
        /// What the best-off of them sees: money on projects it supports, or their number.
        sees: u64,
    },
    /// A group that would be better off alone.
    Blocking {
        /// Who.
        group: Group,
        /// What they would buy, ascending.
        projects: Vec<usize>,
        /// What that costs.
        cost_minor: u64,
        /// Their part of the money, rounded down.
        part_minor: u64,
    },
}

/// Whether a property holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum PropertyVerdict {
    /// It does.
    Holds,
    /// It does not.
    Fails(Witness),
    /// Nobody knows here.
    CannotCheck(Unchecked),
    /// There is nothing to ask: no voice, no money, or the rule gives parts of projects where only whole ones count.
    NotApplicable,
}

/// One property of a result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PropertyReport {
    /// Which.
    pub property: Property,
    /// Whether it holds.
    pub verdict: PropertyVerdict,
}

/// Every property of `allocation`, in the order of [`Property::ALL`].
///
/// Voices are those of [`Instance::voices`]; points count as an approval. A voice's part of the money is an equal part of
/// the budget, or, where the funders are the voices, its own pledge. What a voice sees is the money granted to projects it
/// supports; with [`UtilityMeasure::Cardinality`] in the plan, how many of them are funded.
///
/// Cost: EJR+ O(points · log voices) beside reading; the core 2^projects × voices, up to a limit; priceable some flows.
pub fn properties(instance: &Instance, plan: &PoolPlan, allocation: &Allocation) -> Vec<PropertyReport> {
    let view = Seen::new(instance, plan, allocation);
    let check = |property| {
        let verdict = match property {
            Property::BudgetRespected => budget_respected(instance, plan, allocation),
            Property::Exhaustive => exhaustive(instance, plan, allocation),
            Property::Priceable => prices::priceable(&view),
            Property::EjrPlus => proportional::ejr_plus(&view),
            Property::Core => blocking::core(&view),
        };
        PropertyReport { property, verdict }
    };
    Property::ALL.into_iter().map(check).collect()
}

fn budget_respected(instance: &Instance, plan: &PoolPlan, allocation: &Allocation) -> PropertyVerdict {
    violations(instance, plan, allocation)
        .first()
        .map_or(PropertyVerdict::Holds, |violation| {
            PropertyVerdict::Fails(Witness::Broken {
                violation: violation.code().to_owned(),
            })
        })
}

fn exhaustive(instance: &Instance, plan: &PoolPlan, allocation: &Allocation) -> PropertyVerdict {
    exhaustiveness_witness(instance, plan, allocation).map_or(PropertyVerdict::Holds, |project| {
        let unspent = instance.participants().iter().zip(&allocation.unspent_minor);
        let usable = unspent.filter(|(who, _)| who.may_pay(project));
        PropertyVerdict::Fails(Witness::LeftOut {
            project,
            reach_minor: usable.map(|(_, &minor)| minor).sum(),
        })
    })
}

/// The result as the voices see it.
struct Seen<'a> {
    instance: &'a Instance,
    allocation: &'a Allocation,
    voices: Vec<Voice<'a>>,
    /// All people of all voices.
    people: u64,
    /// All money: Σ purses.
    budget: u64,
    cardinality: bool,
}

impl<'a> Seen<'a> {
    fn new(instance: &'a Instance, plan: &PoolPlan, allocation: &'a Allocation) -> Self {
        let voices = instance.voices();
        Self {
            instance,
            allocation,
            people: voices
                .iter()
                .fold(0, |sum: u64, voice| sum.saturating_add(voice.voters)),
            voices,
            budget: instance.budget_minor(),
            cardinality: plan.utility == Some(UtilityMeasure::Cardinality),
        }
    }

    fn cost(&self, project: usize) -> u64 {
        let found = self.instance.projects().get(project);
        found.map_or(0, super::FundingProject::cost_minor)
    }

    fn granted(&self, project: usize) -> u64 {
        self.allocation.granted_minor.get(project).copied().unwrap_or(0)
    }

    fn is_funded(&self, project: usize) -> bool {
        self.granted(project) > 0 || self.allocation.selected.contains(&project)
    }

    /// Neither funded nor free nor withdrawn: what a voice may miss.
    fn missed(&self) -> Vec<usize> {
        let projects = self.instance.projects().iter().enumerate();
        projects
            .filter(|(position, project)| {
                !project.is_withdrawn() && project.cost_minor() > 0 && !self.is_funded(*position)
            })
            .map(|(position, _)| position)
            .collect()
    }

    /// What each voice sees of the result.
    fn seen(&self) -> Vec<u64> {
        let funded: Vec<bool> = (0..self.instance.projects().len())
            .map(|project| self.is_funded(project))
            .collect();
        let worth = |project: usize| match (funded.get(project), self.cardinality) {
            (Some(true), true) => 1,
            (Some(true), false) => self.granted(project),
            _ => 0,
        };
        let voices = self.voices.iter();
        voices
            .map(|voice| voice.points.iter().map(|&(project, _)| worth(project)).sum())
            .collect()
    }

    /// A voice's weight: people, or the money of its own purse.
    fn weight(&self, voice: &Voice<'_>) -> u64 {
        match voice.purse {
            Purse::EqualPart => voice.voters,
            Purse::Own(participant) => {
                let found = self.instance.participants().get(participant);
                found.map_or(0, super::Participant::purse_minor)
            }
        }
    }

    /// (numerator, denominator) a weight is to be multiplied with to give money.
    fn rate(&self) -> (u128, u128) {
        if matches!(self.voices.first().map(|voice| voice.purse), Some(Purse::Own(_))) {
            (1, 1)
        } else {
            (u128::from(self.budget), u128::from(self.people.max(1)))
        }
    }

    /// Whether there is anybody and any money.
    fn is_empty(&self) -> bool {
        self.people == 0 || self.budget == 0 || self.voices.is_empty()
    }

    fn group(&self, voices: &[usize]) -> Group {
        let people = voices
            .iter()
            .filter_map(|&voice| self.voices.get(voice))
            .map(|voice| voice.voters);
        let mut named = voices.to_vec();
        crate::order::sort(&mut named);
        let more = named.len().saturating_sub(MAX_NAMED);
        named.truncate(MAX_NAMED);
        Group {
            people: people.fold(0, u64::saturating_add),
            voices: named,
            more,
        }
    }
}

/// An amount as the readers see it; what leaves the range cannot come from sound amounts.
fn narrow(value: u128) -> u64 {
    u64::try_from(value).unwrap_or(u64::MAX)
}
