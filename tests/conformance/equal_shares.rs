//! Equal shares against another implementation's committees, and totals by the thousand.

#![allow(clippy::unwrap_used, reason = "a test stops at the first thing out of order")]

use crate::abc::instances;
use gotong::domain::{Completion, PoolPlan, RuleId};
use gotong::funding::run_instance;

/// The method completed by approvals elects a committee of the collection, or one that lacks only candidates nobody
/// approves (money buys none of those).
#[test]
fn committees_completed_by_approvals() {
    let plan = PoolPlan {
        completion: Some(Completion::Greedy),
        ..PoolPlan::of(RuleId::EqualShares)
    };
    let all = instances();
    let mut compared = 0;
    for abc in &all {
        let elected = run_instance(&abc.instance(), &plan).unwrap().allocation.selected;
        let listed = abc
            .results
            .iter()
            .filter(|(rule, _)| rule == "equal-shares-with-av-completion");
        for (_, committees) in listed {
            compared += 1;
            let fits = abc.is_right(&elected, committees);
            assert!(fits, "{}: {elected:?} is none of {committees:?}", abc.name);
        }
    }
    assert!(all.is_empty() || compared >= 118, "{compared}");
}
