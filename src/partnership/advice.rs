//! Which type of agreement suits: T1 formal, T2 informal, T3 strategic, T4 operational.

use super::effort::{count, number};
use super::parties::Parties;
use super::{FrictionMap, ParameterId, Parameters, Range};
use crate::domain::{Currency, Money, PartnershipType, Pledge};
use serde::{Deserialize, Serialize};

/// From this much money on a partnership is formal, in rupiah. Illustrative.
pub const FORMAL_MONEY_RUPIAH: u64 = 1_000_000_000;
/// From so many months on a partnership is formal whatever it moves. Illustrative.
pub const FORMAL_MONTHS: u16 = 60;
/// From so many parties on a partnership that moves money is formal. Illustrative.
pub const FORMAL_PARTIES: usize = 10;
/// Above so many months, and with shared goals, a partnership is strategic: two years, by the domain table.
pub const STRATEGIC_MONTHS: u16 = 24;

/// Why a type is recommended. The serialised name is the stable code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum TypeReasonCode {
    /// Money at or above [`FORMAL_MONEY_RUPIAH`].
    MoneyLarge,
    /// Horizon at or above [`FORMAL_MONTHS`].
    HorizonLarge,
    /// At least [`FORMAL_PARTIES`] parties, and money moves.
    ManyParties,
    /// No money moves.
    NoMoney,
    /// Horizon above [`STRATEGIC_MONTHS`].
    HorizonStrategic,
    /// Goals surely aligned at θ or above.
    GoalsShared,
    /// Money moves, but less than [`FORMAL_MONEY_RUPIAH`].
    MoneyModest,
    /// Horizon at or below [`STRATEGIC_MONTHS`].
    HorizonShort,
    /// Goals not surely aligned at θ.
    GoalsApart,
    /// Nobody states how long it lasts.
    HorizonUnknown,
}

/// One reason and the figures it compares.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct TypeReason {
    /// Which.
    pub code: TypeReasonCode,
    /// The figure, in minor units, months, parties or as a share.
    pub value: Range,
    /// What it was compared with; `None` where nothing is compared, or the threshold has no rate into the
    /// currency.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub threshold: Option<f64>,
}

/// The figures a recommendation looks at.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct TypeFigures {
    /// Money the partnership moves, in minor units.
    pub money_minor: Range,
    /// How long it lasts, in months; `None` = nobody says.
    pub horizon_months: Option<u16>,
    /// Mean alignment of goals over pairs, after the levers; `None` below two parties.
    pub depth: Option<Range>,
    /// How many parties.
    pub parties: usize,
}

/// The recommended type, and why.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TypeAdvice {
    /// `T1` to `T4`.
    pub recommended: PartnershipType,
    /// Every reason that decided, in the order of [`TypeReasonCode`]; never empty.
    pub reasons: Vec<TypeReason>,
    /// What was looked at.
    pub figures: TypeFigures,
}

/// How often a partnership of this type reviews itself, in months. Illustrative.
pub fn review_months(of: PartnershipType) -> u16 {
    match of {
        PartnershipType::Formal | PartnershipType::Operational => 3,
        PartnershipType::Informal => 6,
        PartnershipType::Strategic => 12,
    }
}

/// Money the partnership moves: the likely costs of its projects; without projects what its parties pledge
/// and what its lead needs in funds.
fn money(parties: &Parties<'_>) -> Range {
    if !parties.projects.is_empty() {
        let costs = parties.projects.iter().map(|project| project.cost.likely_minor);
        return Range::exactly(number(costs.fold(0, u64::saturating_add)));
    }
    let own = |pledge: &&Pledge| parties.position(&pledge.funder).is_some();
    let pledged = parties.scenario.pledges.iter().filter(own);
    let pledged = pledged.map(|pledge| match parties.scenario.in_base(pledge.amount) {
        Some(minor) => Range::exactly(number(minor)),
        None => Range::at_least(0.0),
    });
    let lead = parties.orgs.iter().take(usize::from(parties.has_lead()));
    let needs = lead
        .flat_map(|lead| &lead.needs)
        .filter(|need| need.kind.as_str() == "funds");
    let needed = needs.map(|need| match need.quantity {
        Some(quantity) => Range::exactly(number(quantity)),
        None => Range::at_least(0.0),
    });
    let pledged = pledged.fold(Range::ZERO, Range::plus);
    let needed = needed.fold(Range::ZERO, Range::plus);
    Range {
        low: pledged.low.max(needed.low),
        high: pledged.high.zip(needed.high).map(|(a, b)| a.max(b)),
    }
}

/// The longest stated duration of the projects; without one the shortest horizon a party states.
fn horizon(parties: &Parties<'_>) -> Option<u16> {
    let durations = parties
        .projects
        .iter()
        .filter_map(|project| project.duration_months);
    let stated = parties
        .orgs
        .iter()
        .filter_map(|org| org.working_style.horizon_months);
    durations.max().or_else(|| stated.min())
}

/// The type that suits the partnership of the figures.
///
/// T1 formal if money ≥ [`FORMAL_MONEY_RUPIAH`] (in the base currency), the horizon ≥ [`FORMAL_MONTHS`], or
/// money moves among at least [`FORMAL_PARTIES`] parties; else T2 informal if no money can move; else T3
/// strategic if the horizon exceeds [`STRATEGIC_MONTHS`] and goals are surely aligned at θ; else T4
/// operational. An open figure decides by its low end, but money not said counts as money that moves.
/// `formal_money_minor` is the threshold in the base currency; without one money alone makes nothing formal.
/// Cost O(1). No errors.
///
/// Source: the four types and the two years are the domain table's; the other thresholds are illustrative.
pub fn recommend_type(figures: TypeFigures, formal_money_minor: Option<u64>, theta: f64) -> TypeAdvice {
    use TypeReasonCode as Code;
    let mut reasons = Vec::new();
    let mut because = |code: Code, value: Range, threshold: Option<f64>| {
        let reason = TypeReason {
            code,
            value,
            threshold,
        };
        reasons.push(reason);
    };
    let formal_money = formal_money_minor.map(number);
    let months = figures.horizon_months.map(f64::from);
    let horizon = Range::exactly(months.unwrap_or(0.0));
    let money_moves = figures.money_minor.top() > 0.0;
    let depth = figures.depth.unwrap_or(Range::ZERO);
    let (formal_months, strategic) = (f64::from(FORMAL_MONTHS), f64::from(STRATEGIC_MONTHS));
    let large = formal_money.is_some_and(|line| figures.money_minor.low >= line);
    let long = months.is_some_and(|months| months >= formal_months);
    let many = money_moves && figures.parties >= FORMAL_PARTIES;
    let beyond = months.is_some_and(|months| months > strategic);
    let shared = depth.low >= theta && figures.depth.is_some();
    let recommended = if large || long || many {
        if large {
            because(Code::MoneyLarge, figures.money_minor, formal_money);
        }
        if long {
            because(Code::HorizonLarge, horizon, Some(formal_months));
        }
        if many {
            because(
                Code::ManyParties,
                Range::exactly(count(figures.parties)),
                Some(count(FORMAL_PARTIES)),
            );
        }
        PartnershipType::Formal
    } else if !money_moves {
        because(Code::NoMoney, figures.money_minor, None);
        PartnershipType::Informal
    } else {
        if beyond {
            because(Code::HorizonStrategic, horizon, Some(strategic));
        }
        if beyond && shared {
            because(Code::GoalsShared, depth, Some(theta));
            PartnershipType::Strategic
        } else {
            because(Code::MoneyModest, figures.money_minor, formal_money);
            if months.is_some() && !beyond {
                because(Code::HorizonShort, horizon, Some(strategic));
            }
            if !shared {
                because(Code::GoalsApart, depth, Some(theta));
            }
            if months.is_none() {
                because(Code::HorizonUnknown, Range::at_least(0.0), Some(strategic));
            }
            PartnershipType::Operational
        }
    };
    TypeAdvice {
        recommended,
        reasons,
        figures,
    }
}

pub(super) fn advise(parties: &Parties<'_>, friction: &FrictionMap, parameters: &Parameters) -> TypeAdvice {
    let figures = TypeFigures {
        money_minor: money(parties),
        horizon_months: horizon(parties),
        depth: Range::mean(friction.pairs.iter().map(|pair| pair.alignment)),
        parties: parties.len(),
    };
    let line = Money::new(FORMAL_MONEY_RUPIAH, Currency::IDR).ok();
    let line = line.and_then(|line| parties.scenario.in_base(line));
    recommend_type(figures, line, parameters.get(ParameterId::GoalThreshold))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(
        money: u64,
        months: Option<u16>,
        depth: f64,
        parties: usize,
    ) -> (PartnershipType, Vec<TypeReasonCode>) {
        let figures = TypeFigures {
            money_minor: Range::exactly(number(money)),
            horizon_months: months,
            depth: Some(Range::between(depth, 1.0)),
            parties,
        };
        let advice = recommend_type(figures, Some(FORMAL_MONEY_RUPIAH), 0.25);
        (
            advice.recommended,
            advice.reasons.iter().map(|reason| reason.code).collect(),
        )
    }

    #[test]
    fn each_threshold_is_where_the_table_says() {
        use PartnershipType::{Formal, Informal, Operational, Strategic};
        use TypeReasonCode::*;
        let large = FORMAL_MONEY_RUPIAH;
        assert_eq!(of(large, Some(12), 0.0, 3), (Formal, vec![MoneyLarge]));
        assert_eq!(
            of(large - 1, Some(12), 0.3, 3),
            (Operational, vec![MoneyModest, HorizonShort])
        );
        assert_eq!(of(0, Some(60), 1.0, 3), (Formal, vec![HorizonLarge]));
        assert_eq!(of(0, Some(59), 1.0, 12), (Informal, vec![NoMoney]));
        assert_eq!(of(1, Some(12), 1.0, 10), (Formal, vec![ManyParties]));
        assert_eq!(
            of(1, Some(25), 0.25, 9),
            (Strategic, vec![HorizonStrategic, GoalsShared])
        );
        let apart = (Operational, vec![HorizonStrategic, MoneyModest, GoalsApart]);
        assert_eq!(of(1, Some(25), 0.24, 9), apart);
        assert_eq!(
            of(1, Some(24), 0.25, 9),
            (Operational, vec![MoneyModest, HorizonShort])
        );
        assert_eq!(
            of(1, None, 0.25, 2),
            (Operational, vec![MoneyModest, HorizonUnknown])
        );
    }

    #[test]
    fn money_not_said_is_not_no_money() {
        let figures = TypeFigures {
            money_minor: Range::at_least(0.0),
            horizon_months: None,
            depth: None,
            parties: 2,
        };
        let advice = recommend_type(figures, None, 0.25);
        assert_eq!(advice.recommended, PartnershipType::Operational);
    }
}
