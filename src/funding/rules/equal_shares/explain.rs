//! The rounds as readers see them: floating point, beside the whole numbers that decided.

use super::round::{Choice, Run, Terms};
use super::total::Case;
use crate::funding::{Contender, MAX_CONTENDERS, Measure, Round};

/// Tells rounds.
pub(super) struct Witness<'a> {
    case: &'a Case<'a>,
    terms: &'a Terms<'a>,
    /// Minor units in what the run counts in.
    unit: f64,
    /// Costs in minor units.
    costs_minor: &'a [u64],
}

impl<'a> Witness<'a> {
    pub fn new(case: &'a Case<'a>, terms: &'a Terms<'a>, costs_minor: &'a [u64], unit: u64) -> Self {
        Self {
            case,
            terms,
            unit: unit as f64,
            costs_minor,
        }
    }

    /// The state of `run` before `choice` is made, or at the end.
    pub fn round(&self, run: &Run, choice: Option<&Choice>) -> Round {
        let chosen = choice.map(|choice| choice.project);
        let seen = |project: usize| run.choices.iter().any(|before| before.project == project);
        let candidates = self.case.candidates.iter().map(|&index| index as usize);
        let mut open: Vec<Contender> = candidates
            .filter(|&project| !seen(project))
            .map(|project| self.contender(run, project))
            .collect();
        let is_chosen = |contender: &Contender| chosen != Some(contender.project);
        crate::order::sort_by(&mut open, |one, other| {
            // Without the last bits, which are noise: what ties is told in the order of ties.
            let price = |contender: &Contender| {
                contender
                    .value
                    .unwrap_or(f64::INFINITY)
                    .to_bits()
                    .saturating_add(1 << 11)
                    >> 12
            };
            let by_choice = is_chosen(one).cmp(&is_chosen(other));
            by_choice
                .then_with(|| price(one).cmp(&price(other)))
                .then_with(|| one.short_minor.cmp(&other.short_minor))
                .then_with(|| self.case.ties.order(self.terms, one.project, other.project))
        });
        let count = open.len();
        open.truncate(MAX_CONTENDERS);
        Round {
            measure: Measure::PricePerBenefit,
            contenders: open,
            open: count,
            bought: chosen,
            tie: choice.is_some_and(|choice| choice.tie),
        }
    }

    fn contender(&self, run: &Run, project: usize) -> Contender {
        let (value, supporters, money) = run.shown(self.case.electorate, self.terms, project);
        let cost = self.costs_minor.get(project).copied().unwrap_or(u64::MAX);
        let short = if value.is_none() {
            libm::ceil(cost as f64 - money * self.unit).max(1.0)
        } else {
            0.0
        };
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "casts of floats stop at the ends"
        )]
        let short_minor = short as u64;
        Contender {
            project,
            value: value.filter(|value| value.is_finite()),
            supporters,
            short_minor,
        }
    }
}
