//! What rules that divide money buy in a pool, with funders alone and with ballots.

#![allow(clippy::unwrap_used, reason = "a test stops at the first thing out of order")]

use gotong::domain::{PledgeId, PoolPlan, RuleId};
use gotong::funding::{
    FundingProject, Instance, Participant, Pool, VoterGroup, exhaustiveness_witness, report_instance,
    violations,
};
use proptest::prelude::*;

const RULES: [RuleId; 4] = [
    RuleId::Quadratic,
    RuleId::Pairwise,
    RuleId::Nash,
    RuleId::Equilibrium,
];

/// Purse, eligible projects as bits, wishes.
type RawParticipant = (u64, u16, Vec<(usize, u32)>);

#[derive(Clone, Debug)]
struct Raw {
    /// Cost, minimum where divisible, withdrawn.
    projects: Vec<(u64, Option<u64>, bool)>,
    participants: Vec<RawParticipant>,
    /// Voters, points.
    voters: Vec<(u64, Vec<(usize, u64)>)>,
}

fn raw(largest: u64) -> impl Strategy<Value = Raw> {
    let project = (
        0..=largest,
        proptest::option::weighted(0.4, 0..=largest),
        proptest::bool::weighted(0.05),
    );
    proptest::collection::vec(project, 1..7).prop_flat_map(move |projects| {
        let count = projects.len();
        let wishes = proptest::collection::vec((0..count, 0..5_u32), 0..4);
        let bits = prop_oneof![3 => Just(u16::MAX), 1 => any::<u16>()];
        let participants = proptest::collection::vec((0..=largest, bits, wishes), 1..6);
        let ballot = (0..30_u64, proptest::collection::vec((0..count, 0..4_u64), 0..4));
        let ballots = prop_oneof![
            Just(Vec::new()).boxed(),
            proptest::collection::vec(ballot, 1..5).boxed()
        ];
        (Just(projects), participants, ballots).prop_map(|(projects, participants, voters)| Raw {
            projects,
            participants,
            voters,
        })
    })
}

fn small_or_large() -> impl Strategy<Value = Raw> {
    prop_oneof![raw(60), raw(1_000_000_000_000_000)]
}

fn instance(raw: &Raw) -> Instance {
    let count = raw.projects.len();
    let projects = raw
        .projects
        .iter()
        .enumerate()
        .map(|(at, &(cost, minimum, withdrawn))| {
            let plain = FundingProject::new(format!("p{at}"), cost, 1);
            let divided = match minimum {
                Some(minimum) => plain.divisible_from(minimum.min(cost)),
                None => plain,
            };
            if withdrawn { divided.withdrawn() } else { divided }
        });
    let participants = raw
        .participants
        .iter()
        .enumerate()
        .map(|(at, (purse, bits, wishes))| {
            let eligible = (0..count).filter(|project| bits >> project & 1 == 1).collect();
            Participant::new(format!("i{at}"), *purse, eligible).wishing(wishes.clone())
        });
    let voters = raw.voters.iter().enumerate();
    let voters =
        voters.map(|(at, (people, points))| VoterGroup::new(format!("v{at}"), *people, points.clone()));
    Instance::new(projects.collect(), participants.collect())
        .unwrap()
        .with_voters(voters.collect())
        .unwrap()
}

fn plan() -> impl Strategy<Value = PoolPlan> {
    (
        proptest::sample::select(RULES.to_vec()),
        proptest::option::of(0..80_u64),
        proptest::option::of(0..80_u64),
        proptest::sample::subsequence(vec!["i0", "i1", "i2"], 0..3),
    )
        .prop_map(|(rule, match_cap_minor, pair_bound_minor, matching)| PoolPlan {
            match_cap_minor,
            pair_bound_minor,
            matching_pledges: matching
                .into_iter()
                .map(|id| PledgeId::new(id).unwrap())
                .collect(),
            ..PoolPlan::of(rule)
        })
}

fn is_matched(rule: RuleId) -> bool {
    matches!(rule, RuleId::Quadratic | RuleId::Pairwise)
}

proptest! {
    #![proptest_config(ProptestConfig { max_global_rejects: 20_000, failure_persistence: None, ..ProptestConfig::with_cases(4000) })]

    #[test]
    fn what_is_bought_is_sound_and_the_split_adds_up(raw in small_or_large(), plan in plan()) {
        let instance = instance(&raw);
        let report = report_instance(&instance, &plan).unwrap();
        prop_assert_eq!(violations(&instance, &plan, &report.allocation), vec![]);
        prop_assert!(report.verified);
        if !is_matched(plan.rule) {
            prop_assert_eq!(exhaustiveness_witness(&instance, &plan, &report.allocation), None);
        }
        let division = report.division.unwrap();
        let total: f64 = division.allocation.iter().sum();
        let whole: u64 = division.allocation_minor.iter().sum();
        prop_assert!((whole as f64 - total).abs() <= 1.0 + 1e-9 * total);
        for (&minor, &amount) in division.allocation_minor.iter().zip(&division.allocation) {
            prop_assert!(amount >= 0.0 && (minor as f64 - amount).abs() <= 1.0 + 1e-9 * amount);
        }
        let money: f64 = instance.purses_minor().iter().map(|&minor| minor as f64).sum();
        if let Some(matching) = &division.matching {
            let pool: u64 = matching.participants.iter().map(|&at| raw.participants[at].0).sum();
            prop_assert_eq!(matching.pool_minor, pool);
            prop_assert!((total + matching.rest - pool as f64).abs() <= 1e-9 * pool as f64);
            for (at, estimate) in matching.estimates.iter().enumerate() {
                prop_assert_eq!(estimate.now, division.allocation[at]);
                let slack = 1e-9 * estimate.now;
                prop_assert!(estimate.low <= estimate.now + slack && estimate.now <= estimate.high + slack, "{estimate:?}");
                prop_assert!(estimate.now <= estimate.unscaled + slack);
                prop_assert!(plan.match_cap_minor.is_none_or(|cap| estimate.high <= cap as f64));
            }
        } else {
            // Ballots that say nothing leave all the money where it is.
            let idle = if raw.voters.is_empty() || total > 0.0 { division.undivided } else { money };
            prop_assert!((total + idle - money).abs() <= 1e-9 * money, "{total} + {idle} of {money}");
            prop_assert!(division.certificate.unwrap() <= 1e-9);
        }
    }

    #[test]
    fn the_matching_pool_pays_matches_and_nothing_else(raw in small_or_large(), plan in plan()) {
        prop_assume!(is_matched(plan.rule));
        let instance = instance(&raw);
        let matching = instance.matching(&plan);
        let outcome = Pool::new(&instance, &plan).unwrap().run_on_paper();
        for project in 0..raw.projects.len() {
            let paid = |matches: bool| -> u64 {
                let own = outcome.payments.iter().filter(|payment| payment.project == project);
                own.filter(|payment| matching[payment.participant] == matches).map(|payment| payment.amount_minor).sum()
            };
            prop_assert!(plan.match_cap_minor.is_none_or(|cap| paid(true) <= cap));
            // A project nobody gives to draws nothing, unless ballots alone steer the pool.
            let in_thought = !raw.voters.is_empty() && matching.iter().all(|&matches| matches);
            prop_assert!(in_thought || paid(false) > 0 || paid(true) == 0);
        }
    }

    #[test]
    fn where_costs_do_not_bind_the_pool_buys_the_split(raw in raw(1_000_000), plan in plan()) {
        let mut raw = raw;
        for project in &mut raw.projects {
            *project = (1_000_000_000, Some(0), false);
        }
        for participant in &mut raw.participants {
            participant.1 = u16::MAX;
        }
        let instance = instance(&raw);
        let report = report_instance(&instance, &plan).unwrap();
        let division = report.division.unwrap();
        for (at, &granted) in report.allocation.granted_minor.iter().enumerate() {
            let gifts = division.matching.as_ref().map_or(0.0, |matching| matching.estimates[at].gifts);
            let in_thought = !raw.voters.is_empty() && instance.matching(&plan).iter().all(|&matches| matches);
            let gifts = if in_thought { 0.0 } else { gifts };
            // Each gift is rounded to a unit, and a match moves with the roots of the gifts it follows.
            let tolerance = if is_matched(plan.rule) { 20.0 + 0.02 * granted as f64 } else { 8.0 };
            prop_assert!((granted as f64 - gifts - division.allocation[at]).abs() <= tolerance,
                "{at}: {granted} for {gifts} + {}", division.allocation[at]);
        }
    }
}
