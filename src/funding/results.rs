//! Results-based payment: what is paid for verified outcomes, and who carries the risk until then.

use crate::domain::{OrgId, ResultsTerms, Text};
use serde::{Deserialize, Serialize};

/// What is paid, and what is not, at a number of verified outcomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResultsPoint {
    /// Verified outcomes.
    pub outcomes: u64,
    /// min(cap, price × outcomes).
    pub paid_minor: u64,
    /// What was advanced and is not paid back: max(0, advance − paid).
    pub carried_minor: u64,
}

/// A results-based pledge in the plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResultsPayment {
    /// Position in the instance's participants.
    pub participant: usize,
    /// What is counted.
    pub outcome: Text,
    /// Paid per verified outcome.
    pub price_minor: u64,
    /// Paid at most.
    pub cap_minor: u64,
    /// What the plan spends of this pledge before any outcome is verified.
    pub advance_minor: u64,
    /// Who advances it, and carries the risk; `None`: nobody has said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prefinanced_by: Option<OrgId>,
    /// The least number of outcomes that pays the advance back; `None` if the cap is below the advance.
    pub break_even: Option<u64>,
    /// None, as many as expected, and as many as the cap pays for; in this order.
    pub points: [ResultsPoint; 3],
}

impl ResultsPayment {
    /// The figures of `terms` on a pledge of `pledged_minor`, of which the plan spends `advance_minor`. Exact; the cap
    /// is never above the pledge.
    pub fn new(participant: usize, terms: &ResultsTerms, pledged_minor: u64, advance_minor: u64) -> Self {
        let price_minor = terms.price_minor.max(1);
        let cap_minor = terms.cap_minor.unwrap_or(pledged_minor).min(pledged_minor);
        let point = |outcomes: u64| {
            let paid_minor = price_minor.saturating_mul(outcomes).min(cap_minor);
            ResultsPoint {
                outcomes,
                paid_minor,
                carried_minor: advance_minor.saturating_sub(paid_minor),
            }
        };
        Self {
            participant,
            outcome: terms.outcome.clone(),
            price_minor,
            cap_minor,
            advance_minor,
            prefinanced_by: terms.prefinanced_by.clone(),
            break_even: (advance_minor <= cap_minor).then(|| advance_minor.div_ceil(price_minor)),
            points: [0, terms.expected, cap_minor.div_ceil(price_minor)].map(point),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms(price_minor: u64, cap_minor: Option<u64>, expected: u64) -> ResultsTerms {
        ResultsTerms {
            outcome: "a child who reads".into(),
            price_minor,
            cap_minor,
            expected,
            prefinanced_by: None,
            verified: None,
        }
    }

    #[test]
    fn payment_follows_outcomes_up_to_the_cap() {
        let payment = ResultsPayment::new(0, &terms(30, Some(100), 2), 120, 80);
        let points: Vec<_> = payment
            .points
            .iter()
            .map(|point| (point.outcomes, point.paid_minor, point.carried_minor))
            .collect();
        assert_eq!(points, [(0, 0, 80), (2, 60, 20), (4, 100, 0)]);
        assert_eq!(payment.break_even, Some(3));
    }

    #[test]
    fn a_cap_below_the_advance_never_breaks_even() {
        let payment = ResultsPayment::new(0, &terms(u64::MAX, Some(50), u64::MAX), 120, 80);
        assert_eq!(payment.break_even, None);
        assert_eq!(
            (payment.points[1].paid_minor, payment.points[1].carried_minor),
            (50, 30)
        );
        assert_eq!(
            ResultsPayment::new(0, &terms(7, None, 1), 0, 0).break_even,
            Some(0)
        );
    }
}
