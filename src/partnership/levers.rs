//! The levers K1 to K10: what each costs and what it moves.

use super::{Effort, ParameterId, Parameters};
use crate::domain::{Lever, TRUST_LIFTS};
use serde::{Deserialize, Serialize};

/// How a lever moves a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Change {
    /// Multiplies it.
    Times(f64),
    /// Is added to it.
    Plus(f64),
}

/// One effect of a lever.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Effect {
    /// On which parameter.
    pub parameter: ParameterId,
    /// How.
    pub change: Change,
}

/// A lever, its cost and its effects. All figures are illustrative.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct LeverRow {
    /// Which.
    pub lever: Lever,
    /// What pulling it costs the partnership, in person-days a year.
    pub days_per_year: u16,
    /// What it moves.
    pub effects: &'static [Effect],
}

const fn times(parameter: ParameterId, by: f64) -> Effect {
    Effect {
        parameter,
        change: Change::Times(by),
    }
}

const fn plus(parameter: ParameterId, by: f64) -> Effect {
    Effect {
        parameter,
        change: Change::Plus(by),
    }
}

use ParameterId::{
    CheckShare, ContactShare, CoordinationDays, DefaultRatio, DonorRatio, ExitProbability, FirstYearRatio,
    FormalityRatio, GoalRatio, HorizonRatio, OwnerShare, PaceRatio, TrustLift, VoiceShare,
};

/// `LEVERS[i]` is the row of K(i + 1).
static LEVERS: [LeverRow; 10] = [
    LeverRow {
        lever: Lever::Transparency,
        days_per_year: 12,
        effects: &[
            plus(TrustLift, TRUST_LIFTS[0].1),
            plus(CheckShare, 0.20),
            times(DefaultRatio, 0.95),
        ],
    },
    LeverRow {
        lever: Lever::Oversight,
        days_per_year: 24,
        effects: &[
            plus(CheckShare, 0.35),
            times(DefaultRatio, 0.85),
            times(FormalityRatio, 0.80),
            times(ExitProbability, 0.90),
        ],
    },
    LeverRow {
        lever: Lever::Technology,
        days_per_year: 30,
        effects: &[
            times(CoordinationDays, 0.70),
            plus(CheckShare, 0.15),
            times(PaceRatio, 0.90),
        ],
    },
    LeverRow {
        lever: Lever::CommonGoal,
        days_per_year: 6,
        effects: &[
            times(GoalRatio, 0.50),
            times(HorizonRatio, 0.80),
            times(ExitProbability, 0.90),
        ],
    },
    LeverRow {
        lever: Lever::Communication,
        days_per_year: 18,
        effects: &[
            times(PaceRatio, 0.80),
            times(DefaultRatio, 0.85),
            plus(ContactShare, 0.40),
            plus(TrustLift, TRUST_LIFTS[1].1),
        ],
    },
    LeverRow {
        lever: Lever::ClearRoles,
        days_per_year: 6,
        effects: &[
            plus(OwnerShare, 0.50),
            times(CoordinationDays, 0.85),
            times(FormalityRatio, 0.90),
        ],
    },
    LeverRow {
        lever: Lever::Monitoring,
        days_per_year: 24,
        effects: &[
            plus(CheckShare, 0.25),
            times(DefaultRatio, 0.90),
            plus(TrustLift, TRUST_LIFTS[2].1),
            times(ExitProbability, 0.95),
        ],
    },
    LeverRow {
        lever: Lever::EarlyInvolvement,
        days_per_year: 15,
        effects: &[
            plus(VoiceShare, 0.50),
            times(FirstYearRatio, 0.75),
            plus(ContactShare, 0.20),
            times(ExitProbability, 0.95),
        ],
    },
    LeverRow {
        lever: Lever::WorkPlan,
        days_per_year: 8,
        effects: &[
            plus(OwnerShare, 0.30),
            times(PaceRatio, 0.80),
            times(HorizonRatio, 0.80),
            times(ExitProbability, 0.95),
        ],
    },
    LeverRow {
        lever: Lever::AlternativeFunding,
        days_per_year: 20,
        effects: &[
            times(DonorRatio, 0.40),
            times(DefaultRatio, 0.75),
            times(ExitProbability, 0.95),
        ],
    },
];

/// The row of a lever.
pub fn lever_row(lever: Lever) -> &'static LeverRow {
    // `Lever` has ten variants, K1 to K10 in order: the index is below ten.
    &LEVERS[lever as usize % LEVERS.len()]
}

/// What pulling `levers` costs in a year: the sum of their rows, each once.
pub fn lever_cost(levers: &[Lever], parameters: &Parameters) -> Effort {
    let pulled = LEVERS.iter().filter(|row| levers.contains(&row.lever));
    let days: u32 = pulled.map(|row| u32::from(row.days_per_year)).sum();
    Effort::of(f64::from(days), parameters)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_lever_has_its_row_moves_something_and_costs_something() {
        for &lever in Lever::ALL {
            let row = lever_row(lever);
            assert_eq!(row.lever, lever);
            assert!(row.days_per_year > 0 && !row.effects.is_empty());
            for effect in row.effects {
                match effect.change {
                    Change::Times(by) => assert!(by > 0.0 && by < 1.0, "{}", lever.row()),
                    Change::Plus(by) => assert!(by > 0.0, "{}", lever.row()),
                }
            }
        }
    }

    #[test]
    fn a_parameter_is_moved_in_one_way_only_and_its_bound_lies_that_way() {
        for &id in ParameterId::ALL {
            let changes: Vec<_> = LEVERS
                .iter()
                .flat_map(|row| row.effects)
                .filter(|effect| effect.parameter == id)
                .map(|effect| matches!(effect.change, Change::Times(_)))
                .collect();
            let spec = id.spec();
            assert!((spec.least..=spec.most).contains(&spec.default));
            assert!((spec.least..=spec.most).contains(&spec.lever_bound));
            match changes.first() {
                None => assert_eq!(spec.lever_bound, spec.default, "{}", spec.code),
                Some(&falls) => {
                    assert!(changes.iter().all(|&other| other == falls), "{}", spec.code);
                    assert_eq!(spec.lever_bound < spec.default, falls, "{}", spec.code);
                }
            }
        }
    }

    #[test]
    fn the_bill_counts_each_lever_once() {
        let twice = [Lever::CommonGoal, Lever::ClearRoles, Lever::CommonGoal];
        let bill = lever_cost(&twice, &Parameters::default());
        assert_eq!((bill.days, bill.minor), (12.0, Some(6_000_000)));
        let unknown = Parameters::default().with_day_rate_minor(None);
        assert_eq!(lever_cost(&twice, &unknown).minor, None);
    }
}
