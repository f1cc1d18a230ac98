use super::*;
use crate::domain::UtilityMeasure;
use crate::funding::{Participant, VoterGroup};
use proptest::prelude::*;

fn compiled(instance: &Instance, measure: UtilityMeasure, skipping: bool) -> Compiled {
    Compiled {
        electorate: Electorate::new(instance, measure),
        completion: Completion::Add1,
        comparison: None,
        unit_minor: instance.unit_minor(),
        skipping,
    }
}

/// Amounts so large that many totals give the same, supports so alike that many prices tie.
fn election() -> impl Strategy<Value = Instance> {
    let projects = proptest::collection::vec((prop_oneof![Just(600), 1..2_000_u64], 1..3_u64), 2..7);
    projects.prop_flat_map(|projects| {
        let ballot = proptest::collection::vec(0..projects.len(), 1..4);
        let ballots = proptest::collection::vec((1..4_u64, ballot), 1..7);
        (Just(projects), ballots, 0..3_000_u64, 1..4_u64).prop_map(|(projects, ballots, budget, unit)| {
            let listed = projects.iter().enumerate();
            let projects: Vec<_> = listed
                .map(|(place, &(cost, votes))| FundingProject::new(place.to_string(), cost, votes))
                .collect();
            let pool = Participant::new("pool", budget, (0..projects.len()).collect());
            let voters = ballots
                .into_iter()
                .map(|(heads, ballot)| VoterGroup::approving("", heads, ballot));
            let instance = Instance::new(projects, vec![pool]).unwrap().counted_in(unit);
            instance.with_voters(voters.collect()).unwrap()
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(1000) })]

    #[test]
    fn skipping_totals_changes_nothing(instance in election(), cardinality: bool) {
        let measure = if cardinality { UtilityMeasure::Cardinality } else { UtilityMeasure::Cost };
        let plan = PoolPlan { completion: Some(Completion::Add1), ..PoolPlan::of(RuleId::EqualShares) };
        let pool = Pool::new(&instance, &plan).unwrap();
        let told = |skipping| {
            let mut outcome = pool.run_on_paper();
            outcome.start(&pool, pool.purses_minor(), pool.costs_minor());
            compiled(&instance, measure, skipping).run(&pool, &mut outcome);
            outcome
        };
        let (skipped, stepped) = (told(true), told(false));
        prop_assert_eq!(&skipped.steps, &stepped.steps);
        prop_assert_eq!(&skipped.rounds, &stepped.rounds);
        prop_assert_eq!(&skipped.voice_payments, &stepped.voice_payments);
        prop_assert_eq!(skipped.equal_shares, stepped.equal_shares);
    }
}

/// One voter of three supports a project of 10¹², the others one of 1: some 10¹² totals give the same.
#[test]
fn a_million_million_totals_are_skipped() {
    let projects = vec![
        FundingProject::new("dear", 1_000_000_000_000, 1),
        FundingProject::new("cheap", 1, 2),
        FundingProject::new("twin", 1, 2),
    ];
    let pool = Participant::new("pool", 1_000_000_000_002, vec![0, 1, 2]);
    let voters = vec![
        VoterGroup::approving("a", 1, [0]),
        VoterGroup::approving("b", 2, [1, 2]),
    ];
    let instance = Instance::new(projects, vec![pool])
        .unwrap()
        .with_voters(voters)
        .unwrap();
    let plan = PoolPlan {
        completion: Some(Completion::Add1),
        ..PoolPlan::of(RuleId::EqualShares)
    };
    let outcome = Pool::new(&instance, &plan).unwrap().run_on_paper();
    assert_eq!(outcome.funded, [true; 3]);
    assert_eq!(outcome.equal_shares.unwrap().handed_out_minor, 3_000_000_000_000);
}

/// Voices of 2⁶³ people or points are refused before a sum can overflow.
#[test]
fn too_many_people_or_points_are_refused() {
    for (people, points) in [(u64::MAX, 1), (1, u64::MAX), (1 << 40, 1 << 40)] {
        let projects = vec![FundingProject::new("a", 10, 1)];
        let instance = Instance::new(projects, vec![Participant::new("pool", 10, vec![0])]).unwrap();
        let voters = vec![VoterGroup::new("many", people, vec![(0, points)])];
        let instance = instance.with_voters(voters).unwrap();
        let refused = Pool::new(&instance, &PoolPlan::of(RuleId::EqualShares));
        assert!(matches!(refused, Err(FundingError::TooMany { .. })));
    }
}
