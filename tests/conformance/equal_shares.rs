//! Equal shares against another implementation's committees, and totals by the thousand.

#![allow(clippy::unwrap_used, reason = "a test stops at the first thing out of order")]

use crate::abc::{Abc, instances};
use gotong::domain::{Completion, PoolPlan, RuleId};
use gotong::funding::{FundingProject, Instance, Participant, VoterGroup, run_instance};

fn instance(abc: &Abc) -> Instance {
    let votes = |candidate: usize| {
        abc.approvals
            .iter()
            .filter(|ballot| ballot.contains(&candidate))
            .count() as u64
    };
    let projects =
        (0..abc.candidates).map(|candidate| FundingProject::new(candidate.to_string(), 1, votes(candidate)));
    let pool = Participant::new("pool", abc.size as u64, (0..abc.candidates).collect());
    let voters = abc
        .approvals
        .iter()
        .map(|ballot| VoterGroup::approving("", 1, ballot.iter().copied()));
    let instance = Instance::new(projects.collect(), vec![pool]).unwrap();
    instance.with_voters(voters.collect()).unwrap()
}

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
        let instance = instance(abc);
        let mut elected = run_instance(&instance, &plan).unwrap().allocation.selected;
        elected.sort_unstable();
        let listed = abc
            .results
            .iter()
            .filter(|(rule, _)| rule == "equal-shares-with-av-completion");
        for (_, committees) in listed {
            compared += 1;
            let fits = committees.iter().any(|committee| {
                let supported = committee
                    .iter()
                    .filter(|&&candidate| instance.projects()[candidate].votes() > 0);
                supported.copied().eq(elected.iter().copied())
            });
            assert!(fits, "{}: {elected:?} is none of {committees:?}", abc.name);
        }
    }
    assert!(all.is_empty() || compared >= 118, "{compared}");
}
