//! What a team of many members costs, in money. The search for the cheapest: `hunt.rs`.

use super::SplitError;
use super::work::Work;

/// Amounts above this are refused, so that no sum over the members leaves 128 bits.
const MOST: i128 = 1 << 96;
/// Members as bits.
pub(super) type Members = u64;

/// f(T) = Σ_{i∈T} cᵢ + α·|T|(|T|−1)/2 + Σ_r max(0, whole_r − what T brings of r), all of it money.
///
/// f is supermodular: what a member saves never grows as others join (the sum of what is brought is cut off at the
/// need, the largest of what is brought grows less and less, coordination costs more and more).
#[derive(Clone, Debug)]
pub(super) struct Cheapest {
    pub costs: Vec<i128>,
    pub alpha: i128,
    pub lacks: Vec<Lacking>,
}

#[derive(Clone, Debug)]
pub(super) struct Lacking {
    pub whole: i128,
    /// Items may be the same ones: the largest offer counts, not the sum.
    pub overlaps: bool,
    pub brings: Vec<i128>,
}

/// The members in `set`, ascending.
pub(super) fn players(set: Members) -> impl Iterator<Item = usize> {
    let mut rest = set;
    std::iter::from_fn(move || {
        let player = usize::try_from(rest.trailing_zeros())
            .ok()
            .filter(|_| rest != 0)?;
        rest &= rest - 1;
        Some(player)
    })
}

impl Cheapest {
    /// The problem of `work` in money.
    ///
    /// # Errors
    /// [`SplitError::CostOutOfRange`] where a requirement costs 2⁹⁶ or more.
    pub fn of(work: &Work) -> Result<Self, SplitError> {
        let members = work.taking_part.len();
        let everybody = || SplitError::CostOutOfRange {
            group: (0..members)
                .map(|player| player.to_string())
                .collect::<Vec<_>>()
                .join(","),
        };
        let money = |quantity: u64, price: u64| {
            i128::try_from(u128::from(quantity) * u128::from(price))
                .ok()
                .filter(|&money| money < MOST)
        };
        let mut lacks = Vec::new();
        for lack in work.needs.iter().filter(|lack| lack.price > 0) {
            let whole = money(lack.need, lack.price).ok_or_else(everybody)?;
            let brings = lack
                .brings
                .iter()
                .map(|&brings| money(brings.min(lack.need), lack.price));
            lacks.push(Lacking {
                whole,
                overlaps: lack.overlaps,
                brings: brings.collect::<Option<_>>().ok_or_else(everybody)?,
            });
        }
        Ok(Self {
            costs: work.taking_part.iter().map(|&cost| i128::from(cost)).collect(),
            alpha: i128::from(work.alpha),
            lacks,
        })
    }

    /// The same with every amount times `unit`, and `extra` more for each member; `None` if that leaves the range.
    pub fn scaled(&self, unit: i128, extra: &[i128]) -> Option<Self> {
        let times = |amount: &i128| amount.checked_mul(unit).filter(|&amount| amount < MOST << 16);
        let mut scaled = self.clone();
        for (cost, extra) in scaled.costs.iter_mut().zip(extra) {
            *cost = times(cost)?
                .checked_add(*extra)
                .filter(|&cost| cost < MOST << 16)?;
        }
        scaled.alpha = times(&scaled.alpha)?;
        for lack in &mut scaled.lacks {
            lack.whole = times(&lack.whole)?;
            for brings in &mut lack.brings {
                *brings = times(brings)?;
            }
        }
        Some(scaled)
    }

    /// f(T), by its definition.
    pub fn value(&self, team: Members) -> i128 {
        let size = i128::from(team.count_ones());
        let taking_part: i128 = players(team).map(|player| self.costs[player]).sum();
        let bought: i128 = (0..self.lacks.len()).map(|lack| self.left(lack, team)).sum();
        taking_part + self.alpha * (size * (size - 1) / 2) + bought
    }

    /// What of a requirement `team` would buy.
    pub fn left(&self, lack: usize, team: Members) -> i128 {
        let lack = &self.lacks[lack];
        let brought = players(team).map(|player| lack.brings[player]);
        let brought = if lack.overlaps {
            brought.max().unwrap_or(0)
        } else {
            brought.sum()
        };
        (lack.whole - brought).max(0)
    }

    /// The members who help somebody: the others save nothing that they do not cost, whoever is there already, so a
    /// cheapest team needs them only where they work alone.
    pub fn helpful(&self) -> Members {
        let everybody = (0..self.costs.len()).fold(0, |set, player| set | 1 << player);
        let empty = self.value(0);
        players(everybody)
            .filter(|&player| self.value(1 << player) < empty)
            .fold(0, |set, player| set | 1 << player)
    }
}
