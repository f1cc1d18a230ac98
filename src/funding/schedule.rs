//! When money comes and when it is needed: what must be bridged.

use super::share::Splitter;
use serde::{Deserialize, Serialize};

/// One period of a [`Schedule`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PeriodFlow {
    /// What funders pay in it.
    pub inflow_minor: u64,
    /// What projects need in it.
    pub outflow_minor: u64,
    /// Everything paid so far less everything needed so far; below 0 somebody must bridge.
    pub balance_minor: i64,
}

/// Payments and needs by period. The payments of the rule are split by the pledges' tranches, the grants by the
/// projects', so both sum to the same and the last balance is the opening one (0 unless said).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Schedule {
    /// `periods[k]` is period k + 1.
    pub periods: Vec<PeriodFlow>,
    /// The period, from 1, after which the balance is lowest; ties: the first.
    pub worst_period: usize,
    /// What must be bridged: max(0, −lowest balance).
    pub bridge_minor: u64,
    /// What is there before the first period, counted in every balance.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub opening_minor: u64,
}

fn is_zero(value: &u64) -> bool {
    *value == 0
}

impl Schedule {
    /// The same with so much there before the first period.
    #[must_use]
    pub fn opened_with(mut self, opening_minor: u64) -> Self {
        self.opening_minor = opening_minor;
        let more = i64::try_from(opening_minor).unwrap_or(i64::MAX);
        let mut lowest = i64::MAX;
        for period in &mut self.periods {
            period.balance_minor = period.balance_minor.saturating_add(more);
            lowest = lowest.min(period.balance_minor);
        }
        self.bridge_minor = lowest.min(0).unsigned_abs();
        self
    }
}

/// Splits each amount of `payments` and `grants` over periods by its parts (no parts: all in the first period), by
/// largest remainder, ties to the earlier period. Within a period money comes before it goes.
///
/// `None` if nobody states parts, or all parts are 0: there is nothing to schedule. Cost: O(amounts × periods).
pub fn schedule(payments: &[(u64, &[u32])], grants: &[(u64, &[u32])]) -> Option<Schedule> {
    let stated = |&&(_, parts): &&(u64, &[u32])| parts.iter().any(|&part| part > 0);
    let spans = payments.iter().chain(grants).filter(stated);
    let count = spans.map(|(_, parts)| parts.len()).max()?;
    let mut periods = vec![PeriodFlow::default(); count];
    let mut splitter = Splitter::default();
    let mut shares = Vec::new();
    let mut spread = |amounts: &[(u64, &[u32])], put: fn(&mut PeriodFlow) -> &mut u64| {
        for &(amount, parts) in amounts {
            let weights: Vec<u64> = parts.iter().map(|&part| u64::from(part)).collect();
            let total = weights.iter().sum::<u64>();
            let (weights, total) = if total == 0 {
                (vec![1], 1)
            } else {
                (weights, total)
            };
            splitter.split(amount, &weights, total, &mut shares);
            for (period, share) in periods.iter_mut().zip(&shares) {
                *put(period) += share;
            }
        }
    };
    spread(payments, |period| &mut period.inflow_minor);
    spread(grants, |period| &mut period.outflow_minor);
    let mut balance = 0_i128;
    let mut worst = (0, i128::MAX);
    for (place, period) in periods.iter_mut().enumerate() {
        balance += i128::from(period.inflow_minor) - i128::from(period.outflow_minor);
        period.balance_minor = i64::try_from(balance).unwrap_or(i64::MAX);
        if balance < worst.1 {
            worst = (place + 1, balance);
        }
    }
    Some(Schedule {
        periods,
        worst_period: worst.0,
        bridge_minor: u64::try_from(-worst.1).unwrap_or(0),
        opening_minor: 0,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worst_period_is_named_and_sums_are_exact() {
        // 100 comes in thirds, 100 is needed half at once: after the first period 34 − 50.
        let found = schedule(&[(100, &[1, 1, 1])], &[(100, &[1, 1])]).unwrap();
        let flows: Vec<_> = found
            .periods
            .iter()
            .map(|period| (period.inflow_minor, period.outflow_minor, period.balance_minor))
            .collect();
        assert_eq!(flows, [(34, 50, -16), (33, 50, -33), (33, 0, 0)]);
        assert_eq!((found.worst_period, found.bridge_minor), (2, 33));
    }

    #[test]
    fn an_opening_balance_lifts_every_balance() {
        let found = schedule(&[(100, &[1, 1, 1])], &[(100, &[1, 1])]).unwrap();
        let opened = found.clone().opened_with(20);
        let balances: Vec<_> = opened.periods.iter().map(|period| period.balance_minor).collect();
        assert_eq!(balances, [4, -13, 20]);
        assert_eq!((opened.worst_period, opened.bridge_minor), (2, 13));
        assert_eq!(found.opened_with(50).bridge_minor, 0);
    }

    #[test]
    fn nothing_stated_is_nothing_to_schedule() {
        assert_eq!(schedule(&[(100, &[])], &[(100, &[0, 0])]), None);
        assert_eq!(schedule(&[], &[]), None);
        let early = schedule(&[(9, &[])], &[(9, &[0, 1])]).unwrap();
        assert_eq!((early.worst_period, early.bridge_minor), (2, 0));
    }
}
