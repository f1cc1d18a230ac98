//! The plain forms of the rules that split money: gifts or donors in, shares out, without a scenario.

use super::named::{Name, Named};
use super::{
    Divided, Donor, Gift, Gifts, MAX_GIFT_PAIRS, equilibrium, nash, pair_bounded, quadratic, share_of_pool,
};
use crate::domain::{MAX_AMOUNT_MINOR, RuleId};
use crate::funding::{MAX_PAIRS, MAX_PARTICIPANTS, MAX_PROJECTS, OTHERS_GROW};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;

/// `{"contributions": [[donor, project, amount]], "pool", "cap", "pair_bound"}` for the quadratic rules, or
/// `{"donors": [{"amount", "values": {project: v}}]}` for Nash and equilibrium. Amounts in any unit, at most 10¹⁵; a
/// contribution of 0 and a value of 0 are none; without a pool every match is paid in full.
///
/// ```
/// use gotong::domain::RuleId;
/// use gotong::funding::continuous::PlainFund;
/// let plain = r#"{"contributions": [["ani", "well", 1], ["budi", "well", 4], ["ani", "road", 9]], "pool": 10}"#;
/// let answer = serde_json::from_str::<PlainFund>(plain).unwrap().answer(RuleId::Quadratic).unwrap();
/// // (√1 + √4)² − 5 = 4 for the well; one donor alone draws nothing.
/// assert_eq!(answer.allocation.0, [("well".to_owned(), 4.0), ("road".to_owned(), 0.0)]);
/// assert_eq!((answer.spent, answer.rest), (4.0, Some(6.0)));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlainFund {
    /// (donor, project, amount); several of one donor to one project add up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contributions: Option<Vec<(Name, Name, f64)>>,
    /// The matching pool.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pool: Option<f64>,
    /// The most a project may draw from it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cap: Option<f64>,
    /// M of the pairwise rule; without it the median of what a donor gives to a project.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pair_bound: Option<f64>,
    /// Who gives how much, and what it is to them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub donors: Option<Vec<PlainDonor>>,
}

/// A donor of the plain form.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlainDonor {
    /// Its name; its place in the list (from 0) if it has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<Name>,
    /// What it gives.
    pub amount: f64,
    /// What a unit of money for each project is to it, or, for the equilibrium, how much money each needs in proportion.
    pub values: Named<f64>,
}

/// The answer in the unit of the file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlainAnswer {
    /// The rule.
    pub rule: RuleId,
    /// The matching pool, or what all donors give.
    pub budget: f64,
    /// What the rule gives out of it.
    pub spent: f64,
    /// Projects that get something, in the order the file names them.
    pub selected: Vec<String>,
    /// Who pays for what: gifts under the quadratic rules (the matches are the pool's).
    pub payments: Named<Named<f64>>,
    /// What the rule gives each project: its match, or its part of the split.
    pub allocation: Named<f64>,
    /// How far from optimal the split can be at most, relative to all the money.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certificate: Option<f64>,
    /// Money of donors who value nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undivided: Option<f64>,
    /// What the formula asks for, before the pool and the cap.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unscaled: Option<Named<f64>>,
    /// What stays in the pool.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rest: Option<f64>,
    /// The part of the formula that is paid where no cap binds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scale: Option<f64>,
    /// M.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pair_bound: Option<f64>,
    /// Between what and what each match lies: if gifts to every other project double, and if there are none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub estimates: Option<Named<[f64; 2]>>,
}

/// Why a plain form is refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum PlainError {
    /// It has neither contributions nor donors, or both.
    WhichForm,
    /// The rule does not read this form.
    WrongRule {
        /// The rule's code.
        rule: String,
        /// The field that is there.
        form: String,
    },
    /// An amount or value that is no number from 0 to 10¹⁵.
    OutOfRange {
        /// Where.
        at: String,
        /// It.
        value: String,
    },
    /// A name stands twice where it must stand once.
    Twice {
        /// Where.
        at: String,
        /// It.
        name: String,
    },
    /// More than can be computed.
    TooMany {
        /// What.
        what: String,
        /// The largest number.
        limit: usize,
    },
}

impl PlainError {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::WhichForm => "which-form",
            Self::WrongRule { .. } => "wrong-rule",
            Self::OutOfRange { .. } => "out-of-range",
            Self::Twice { .. } => "twice",
            Self::TooMany { .. } => "too-many",
        }
    }
}

impl fmt::Display for PlainError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::WhichForm => f.write_str("either contributions or donors must be given"),
            Self::WrongRule { rule, form } => write!(f, "the rule {rule} does not read {form}"),
            Self::OutOfRange { at, value } => {
                write!(f, "{at} is {value}, and must be a number from 0 to 10^15")
            }
            Self::Twice { at, name } => write!(f, "{at} names {name} twice"),
            Self::TooMany { what, limit } => write!(f, "more than {limit} {what}"),
        }
    }
}

impl std::error::Error for PlainError {}

impl PlainFund {
    /// What `rule` does with it.
    ///
    /// # Errors
    /// [`PlainError`], naming the first thing in the file's order that is wrong.
    pub fn answer(&self, rule: RuleId) -> Result<PlainAnswer, PlainError> {
        let wrong = |form: &str| PlainError::WrongRule {
            rule: rule.code().to_owned(),
            form: form.to_owned(),
        };
        match (&self.contributions, &self.donors, rule) {
            (Some(list), None, RuleId::Quadratic | RuleId::Pairwise) => self.matched(rule, list),
            (None, Some(donors), RuleId::Nash | RuleId::Equilibrium) => divided(rule, donors),
            (Some(_), None, _) => Err(wrong("contributions")),
            (None, Some(_), _) => Err(wrong("donors")),
            _ => Err(PlainError::WhichForm),
        }
    }

    /// The rule that reads this form, where none is named: quadratic or Nash.
    pub fn usual_rule(&self) -> RuleId {
        if self.donors.is_some() {
            RuleId::Nash
        } else {
            RuleId::Quadratic
        }
    }

    fn matched(&self, rule: RuleId, list: &[(Name, Name, f64)]) -> Result<PlainAnswer, PlainError> {
        let (mut donors, mut projects) = (Names::default(), Names::default());
        let mut gifts = Vec::with_capacity(list.len());
        at_most("contributions", list.len(), MAX_PAIRS)?;
        for (position, (donor, project, amount)) in list.iter().enumerate() {
            gifts.push(Gift {
                donor: donors.position(&donor.0),
                project: projects.position(&project.0),
                amount: number(*amount, || format!("contribution {}", position + 1))?,
            });
        }
        at_most("donors", donors.names.len(), MAX_PARTICIPANTS)?;
        at_most("projects", projects.names.len(), MAX_PROJECTS)?;
        let stated =
            |value: Option<f64>, name: &str| value.map(|value| number(value, || name.to_owned())).transpose();
        let (pool, cap) = (stated(self.pool, "pool")?, stated(self.cap, "cap")?);
        let bound = stated(self.pair_bound, "pair_bound")?;
        let gifts = Gifts::new(donors.names.len(), projects.names.len(), &gifts);
        let bound = (rule == RuleId::Pairwise).then(|| bound.or_else(|| gifts.median()).unwrap_or(0.0));
        let formula = |gifts: &Gifts| match bound {
            Some(bound) => pair_bounded(gifts, bound).ok_or_else(|| PlainError::TooMany {
                what: "pairs of donors".to_owned(),
                limit: MAX_GIFT_PAIRS,
            }),
            None => Ok(quadratic(gifts)),
        };
        let caps = vec![cap.unwrap_or(f64::INFINITY); projects.names.len()];
        let unscaled = formula(&gifts)?;
        let budget = pool.unwrap_or_else(|| unscaled.iter().sum());
        let split = share_of_pool(unscaled, budget, &caps);
        // Ranges ask the formula twice a project: only where that is soon done.
        let work = gifts.pairs().saturating_mul(projects.names.len());
        let estimates = if work <= MAX_GIFT_PAIRS {
            let mut ranges = Vec::with_capacity(projects.names.len());
            for (project, name) in projects.names.iter().enumerate() {
                let mut range = [0.0; 2];
                for (end, factor) in range.iter_mut().zip([OTHERS_GROW, 0.0]) {
                    let money = pool.unwrap_or(f64::MAX);
                    let changed = share_of_pool(formula(&gifts.with_others(project, factor))?, money, &caps);
                    *end = changed.matched.get(project).copied().unwrap_or(0.0);
                }
                ranges.push((name.clone(), range));
            }
            Some(Named(ranges))
        } else {
            None
        };
        let paid = projects.names.iter().enumerate().map(|(project, name)| {
            let own = gifts.of_project(project).iter();
            let own = own.map(|&(donor, amount)| (donors.name(donor), amount));
            (name.clone(), Named(own.collect()))
        });
        Ok(PlainAnswer {
            payments: Named(paid.filter(|(_, own)| !own.0.is_empty()).collect()),
            unscaled: Some(projects.each(&split.unscaled)),
            rest: Some(split.rest),
            scale: Some(split.scale),
            pair_bound: bound,
            estimates,
            ..answered(rule, budget, &projects, &split.matched)
        })
    }
}

fn divided(rule: RuleId, list: &[PlainDonor]) -> Result<PlainAnswer, PlainError> {
    at_most("donors", list.len(), MAX_PARTICIPANTS)?;
    let (mut names, mut projects) = (Names::default(), Names::default());
    let mut donors = Vec::with_capacity(list.len());
    let (mut budget, mut values) = (0.0, 0);
    for (position, plain) in list.iter().enumerate() {
        let name = plain
            .id
            .as_ref()
            .map_or_else(|| position.to_string(), |id| id.0.clone());
        if names.position(&name) != position {
            return Err(PlainError::Twice {
                at: "donors".to_owned(),
                name,
            });
        }
        let amount = number(plain.amount, || format!("the amount of donor {name}"))?;
        budget += amount;
        let mut donor = Donor {
            amount,
            values: Vec::new(),
        };
        let mut seen = Names::default();
        for (place, (project, value)) in plain.values.0.iter().enumerate() {
            if seen.position(project) != place {
                return Err(PlainError::Twice {
                    at: format!("donor {name}"),
                    name: project.clone(),
                });
            }
            let value = number(*value, || format!("the value of {project} to donor {name}"))?;
            let position = projects.position(project);
            if value > 0.0 {
                donor.values.push((position, value));
            }
        }
        values += donor.values.len();
        at_most("values", values, MAX_PAIRS)?;
        donors.push(donor);
    }
    at_most("projects", projects.names.len(), MAX_PROJECTS)?;
    let split: Divided = if rule == RuleId::Nash {
        nash(&donors, projects.names.len())
    } else {
        equilibrium(&donors, projects.names.len())
    };
    let mut payments: Vec<Vec<(String, f64)>> = vec![Vec::new(); projects.names.len()];
    for (donor, own) in split.payments.iter().enumerate() {
        for &(project, amount) in own {
            payments[project].push((names.name(donor), amount));
        }
    }
    let paid = projects
        .names
        .iter()
        .cloned()
        .zip(payments.into_iter().map(Named));
    Ok(PlainAnswer {
        payments: Named(paid.filter(|(_, own)| !own.0.is_empty()).collect()),
        certificate: Some(split.certificate),
        undivided: Some(split.undivided),
        ..answered(rule, budget, &projects, &split.split)
    })
}

/// What all answers have.
fn answered(rule: RuleId, budget: f64, projects: &Names, allocation: &[f64]) -> PlainAnswer {
    let gets = projects
        .names
        .iter()
        .zip(allocation)
        .filter(|(_, amount)| **amount > 0.0);
    PlainAnswer {
        rule,
        budget,
        spent: allocation.iter().sum(),
        selected: gets.map(|(name, _)| name.clone()).collect(),
        payments: Named::default(),
        allocation: projects.each(allocation),
        certificate: None,
        undivided: None,
        unscaled: None,
        rest: None,
        scale: None,
        pair_bound: None,
        estimates: None,
    }
}

/// Names in the order they are first seen.
#[derive(Default)]
struct Names {
    names: Vec<String>,
    positions: BTreeMap<String, usize>,
}

impl Names {
    fn position(&mut self, name: &str) -> usize {
        if let Some(&position) = self.positions.get(name) {
            return position;
        }
        self.names.push(name.to_owned());
        self.positions.insert(name.to_owned(), self.names.len() - 1);
        self.names.len() - 1
    }

    fn name(&self, position: usize) -> String {
        self.names.get(position).cloned().unwrap_or_default()
    }

    fn each(&self, amounts: &[f64]) -> Named<f64> {
        Named(self.names.iter().cloned().zip(amounts.iter().copied()).collect())
    }
}

fn number(value: f64, at: impl FnOnce() -> String) -> Result<f64, PlainError> {
    if (0.0..=MAX_AMOUNT_MINOR as f64).contains(&value) {
        // Not the zero below zero.
        return Ok(value.abs());
    }
    Err(PlainError::OutOfRange {
        at: at(),
        value: value.to_string(),
    })
}

fn at_most(what: &str, count: usize, limit: usize) -> Result<(), PlainError> {
    if count <= limit {
        return Ok(());
    }
    Err(PlainError::TooMany {
        what: what.to_owned(),
        limit,
    })
}
