//! Examples of papers on funding rules.

#![allow(clippy::unwrap_used, reason = "a test stops at the first thing out of order")]

use gotong::domain::{Completion, PoolPlan, RuleId, UtilityMeasure};
use gotong::funding::{FundingProject, Instance, Participant, Pool, VoterGroup, run_instance};

fn committee(approvals: &[(u64, &[usize])], candidates: usize, size: u64) -> Instance {
    let votes = |candidate: usize| {
        let approving = approvals.iter().filter(|(_, ballot)| ballot.contains(&candidate));
        approving.map(|(voters, _)| voters).sum()
    };
    let projects =
        (0..candidates).map(|candidate| FundingProject::new(candidate.to_string(), 1, votes(candidate)));
    let pool = Participant::new("pool", size, (0..candidates).collect());
    let voters = approvals
        .iter()
        .map(|(voters, ballot)| VoterGroup::approving("", *voters, ballot.iter().copied()));
    let instance = Instance::new(projects.collect(), vec![pool]).unwrap();
    instance.with_voters(voters.collect()).unwrap()
}

/// M. Lackner, P. Skowron, *Multi-Winner Voting with Approval Preferences* (Springer 2023), Example 2.12: the profile
/// {c,d}×3, {a,b}×2, {a,c}×2, {b,d}, three seats, gives {a, c, d}. By hand: c at 1/5, then a at 13/40 (who approves c has
/// only 7/40 left), then nobody can pay; d has the most approvals.
#[test]
fn equal_shares_of_lackner_and_skowron() {
    let [a, b, c, d] = [0, 1, 2, 3];
    let instance = committee(&[(3, &[c, d]), (2, &[a, b]), (2, &[a, c]), (1, &[b, d])], 4, 3);
    let plan = PoolPlan {
        completion: Some(Completion::Greedy),
        ..PoolPlan::of(RuleId::EqualShares)
    };
    assert_eq!(
        run_instance(&instance, &plan).unwrap().allocation.selected,
        [c, a, d]
    );
    let outcome = Pool::new(&instance, &plan).unwrap().run_on_paper();
    let prices: Vec<Option<f64>> = outcome
        .rounds
        .iter()
        .take(3)
        .map(|round| round.contenders[0].value)
        .collect();
    assert_eq!(prices, [Some(0.2), Some(0.325), None]);
    assert_eq!(outcome.equal_shares.unwrap().in_rounds, 2);
}

/// The same book's running example (Example 2.1), four seats: after a at 1/8 nobody's supporters can pay for another.
#[test]
fn equal_shares_of_the_running_example() {
    let [a, b, c, d, e, f, g] = [0, 1, 2, 3, 4, 5, 6];
    let approvals: [(u64, &[usize]); 7] = [
        (3, &[a, b]),
        (3, &[a, c]),
        (2, &[a, d]),
        (1, &[b, c, f]),
        (1, &[e]),
        (1, &[f]),
        (1, &[g]),
    ];
    let run = run_instance(&committee(&approvals, 7, 4), &PoolPlan::of(RuleId::EqualShares)).unwrap();
    assert_eq!(run.allocation.selected, [a]);
}

/// The examples `pabutools` (S. Rey and others) is tested with: costs 1, 0.9, 2, 1.09 (in hundredths), a budget of 4;
/// one voter for p0, two for p1, p2, p3, one for p2.
#[test]
fn equal_shares_by_cardinality_and_by_cost() {
    let costs = [100, 90, 200, 109];
    let votes = [1, 2, 3, 2];
    let projects = costs.iter().zip(votes).enumerate();
    let projects =
        projects.map(|(place, (&cost, votes))| FundingProject::new(place.to_string(), cost, votes));
    let pool = Participant::new("pool", 400, vec![0, 1, 2, 3]);
    let voters = vec![
        VoterGroup::approving("", 1, [0]),
        VoterGroup::approving("", 2, [1, 2, 3]),
        VoterGroup::approving("", 1, [2]),
    ];
    let instance = Instance::new(projects.collect(), vec![pool])
        .unwrap()
        .with_voters(voters)
        .unwrap();
    let elected = |utility| {
        let plan = PoolPlan {
            utility: Some(utility),
            ..PoolPlan::of(RuleId::EqualShares)
        };
        let mut selected = run_instance(&instance, &plan).unwrap().allocation.selected;
        selected.sort_unstable();
        selected
    };
    assert_eq!(elected(UtilityMeasure::Cardinality), [0, 1, 3]);
    assert_eq!(elected(UtilityMeasure::Cost), [0, 2]);
}
