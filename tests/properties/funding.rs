//! What must hold of every funding result, on random instances, against slow and plain code.

#![allow(clippy::unwrap_used, reason = "a test stops at the first thing out of order")]

use crate::paying::by_hand;
use gotong::domain::{PledgeId, PoolPlan, RuleId};
use gotong::funding::{
    Allocation, Certainty, FundingProject, Instance, Outcome, Participant, Pool, exhaustiveness_witness,
    report_instance, run_instance, violations,
};
use proptest::prelude::*;

/// A project: cost, votes, minimum (if divisible), withdrawn.
type RawProject = (u64, u64, Option<u64>, bool);
/// A participant: purse, eligible projects as bits, wishes.
type RawParticipant = (u64, u16, Vec<(usize, u32)>);

fn raw(largest: u64) -> impl Strategy<Value = (Vec<RawProject>, Vec<RawParticipant>)> {
    let project = (
        0..=largest,
        0..6_u64,
        proptest::option::weighted(0.3, 0..=largest),
        proptest::bool::weighted(0.05),
    );
    let projects = proptest::collection::vec(project, 1..8);
    projects.prop_flat_map(move |projects| {
        let count = projects.len();
        let wishes = proptest::collection::vec((0..count, 0..5_u32), 0..4);
        let bits = prop_oneof![Just(u16::MAX), any::<u16>()];
        let participants = proptest::collection::vec((0..=largest, bits, wishes), 0..7);
        (Just(projects), participants)
    })
}

fn project(position: usize, &(cost, votes, minimum, withdrawn): &RawProject) -> FundingProject {
    let plain = FundingProject::new(format!("p{position}"), cost, votes);
    let divided = match minimum {
        Some(minimum) => plain.divisible_from(minimum.min(cost)),
        None => plain,
    };
    if withdrawn { divided.withdrawn() } else { divided }
}

fn instance((projects, participants): &(Vec<RawProject>, Vec<RawParticipant>)) -> Instance {
    let count = projects.len();
    let participant = |(position, (purse, bits, wishes)): (usize, &RawParticipant)| {
        let eligible = (0..count).filter(|project| bits >> project & 1 == 1).collect();
        Participant::new(format!("i{position}"), *purse, eligible).wishing(wishes.clone())
    };
    let projects = projects
        .iter()
        .enumerate()
        .map(|(position, raw)| project(position, raw))
        .collect();
    Instance::new(
        projects,
        participants.iter().enumerate().map(participant).collect(),
    )
    .unwrap()
}

fn plan() -> impl Strategy<Value = PoolPlan> {
    (
        proptest::sample::select(RuleId::ALL.to_vec()),
        proptest::option::of(0..5_u64),
    )
        .prop_map(|(rule, threshold_votes)| PoolPlan {
            rule,
            threshold_votes,
            // Named, so that it does not change with the purses.
            matching_pledges: vec![PledgeId::new("i0").unwrap()],
            ..PoolPlan::default()
        })
}

fn small_or_large() -> impl Strategy<Value = (Vec<RawProject>, Vec<RawParticipant>)> {
    prop_oneof![raw(12), raw(1_000_000_000_000_000)]
}

/// Whether the rule may stop although something still fits.
fn stops(rule: RuleId) -> bool {
    matches!(
        rule,
        RuleId::GreedyNoSkip | RuleId::InOrder | RuleId::Phragmen | RuleId::EqualShares
    )
}

/// Whether the rule looks at one project after another in an order known before: the greedy family.
fn one_by_one(rule: RuleId) -> bool {
    let family = [
        RuleId::Greedy,
        RuleId::GreedyPerCost,
        RuleId::GreedyNoSkip,
        RuleId::GreedyThreshold,
        RuleId::InOrder,
    ];
    family.contains(&rule)
}

/// A matching pool pays matches and nothing else, whatever it has left.
fn keeps_a_rest(rule: RuleId) -> bool {
    matches!(rule, RuleId::Quadratic | RuleId::Pairwise)
}

proptest! {
    #![proptest_config(ProptestConfig { max_global_rejects: 20_000, failure_persistence: None, ..ProptestConfig::with_cases(3000) })]

    #[test]
    fn money_is_conserved_restrictions_and_budget_kept_and_what_fits_is_bought(
        raw in small_or_large(), plan in plan(),
    ) {
        let instance = instance(&raw);
        let run = run_instance(&instance, &plan).unwrap();
        prop_assert_eq!(violations(&instance, &plan, &run.allocation), vec![]);
        let mut looked_at: Vec<usize> = run.trace.iter().map(|step| step.project).collect();
        looked_at.sort_unstable();
        prop_assert_eq!(looked_at, (0..instance.projects().len()).collect::<Vec<_>>());
        if !stops(plan.rule) && !keeps_a_rest(plan.rule) {
            prop_assert_eq!(exhaustiveness_witness(&instance, &plan, &run.allocation), None);
        }
    }

    #[test]
    fn the_greedy_family_does_what_one_does_by_hand(raw in small_or_large(), plan in plan()) {
        prop_assume!(one_by_one(plan.rule));
        let instance = instance(&raw);
        let run = run_instance(&instance, &plan).unwrap();
        prop_assert_eq!(run.allocation.granted_minor, by_hand(&instance, &plan).granted);
    }

    #[test]
    fn a_compiled_pool_with_other_money_equals_a_new_instance(
        raw in small_or_large(), other in proptest::collection::vec(0..=12_u64, 20), plan in plan(),
    ) {
        let paper = instance(&raw);
        let pool = Pool::new(&paper, &plan).unwrap();
        let mut outcome = pool.run_on_paper();
        let (mut projects, mut participants) = raw;
        for ((cost, _, minimum, _), &new) in projects.iter_mut().zip(&other) {
            *minimum = minimum.map(|minimum| minimum.min(*cost).min(new));
            *cost = new;
        }
        for ((purse, ..), &new) in participants.iter_mut().zip(other.iter().skip(10)) {
            *purse = new;
        }
        let changed = instance(&(projects, participants));
        pool.run(&changed.purses_minor(), &changed.costs_minor(), &mut outcome);
        let fresh = run_instance(&changed, &plan).unwrap();
        prop_assert_eq!(&outcome.granted_minor, &fresh.allocation.granted_minor);
        let purses = changed.purses_minor().into_iter().zip(&outcome.spent_minor);
        prop_assert_eq!(purses.map(|(purse, spent)| purse - spent).collect::<Vec<_>>(), fresh.allocation.unspent_minor);
        let funded: Vec<bool> = (0..pool.projects()).map(|p| fresh.allocation.selected.contains(&p)).collect();
        prop_assert_eq!(&outcome.funded, &funded);
    }

    #[test]
    fn without_ties_the_order_of_the_file_does_not_matter(raw in small_or_large(), plan in plan(), turn in 1..7_usize) {
        prop_assume!(one_by_one(plan.rule) && !matches!(plan.rule, RuleId::InOrder | RuleId::GreedyPerCost));
        let (mut projects, mut participants) = raw;
        for (position, project) in projects.iter_mut().enumerate() {
            project.1 = position as u64 * 2 % 7 + 1;
        }
        for participant in &mut participants {
            participant.1 = u16::MAX;
            participant.2.clear();
        }
        let granted = |projects: &[RawProject], participants: &[RawParticipant]| {
            let instance = instance(&(projects.to_vec(), participants.to_vec()));
            run_instance(&instance, &plan).unwrap().allocation.granted_minor
        };
        let mut before = granted(&projects, &participants);
        let by = turn % projects.len();
        projects.rotate_left(by);
        participants.reverse();
        before.rotate_left(by);
        prop_assert_eq!(granted(&projects, &participants), before);
    }

    #[test]
    fn what_a_funder_sees_follows_from_leaving_it_out(raw in small_or_large(), plan in plan()) {
        let paper = instance(&raw);
        let report = report_instance(&paper, &plan).unwrap();
        prop_assert!(report.verified);
        let outlay = |allocation: &Allocation| allocation.granted_minor.iter().map(|&minor| i128::from(minor)).sum::<i128>();
        prop_assert_eq!(i128::from(report.spent_minor), outlay(&report.allocation));
        let paid: u64 = report.statements.iter().map(|statement| statement.pays_minor).sum();
        prop_assert_eq!(paid, report.spent_minor);
        for statement in &report.statements {
            let who = statement.participant;
            let mut left_out = raw.clone();
            left_out.1[who].0 = 0;
            let without = run_instance(&instance(&left_out), &plan).unwrap().allocation;
            let pays = raw.1[who].0 - report.allocation.unspent_minor[who];
            prop_assert_eq!(statement.pays_minor, pays);
            let unlocked = outlay(&report.allocation) - outlay(&without) - i128::from(pays);
            prop_assert_eq!(i128::from(statement.unlocked_minor), unlocked);
            let mut falls: Vec<usize> = report.allocation.selected.clone();
            falls.retain(|project| !without.selected.contains(project));
            falls.sort_unstable();
            prop_assert_eq!(&statement.falls_if_leaves, &falls);
            prop_assert!(statement.blocked_minor <= statement.pledged_minor - statement.pays_minor);
            prop_assert_eq!(statement.burden_ratio.is_some(), statement.alone_minor > 0);
            prop_assert!(statement.pays_minor <= statement.alone_minor);
        }
    }

    #[test]
    fn the_next_project_is_the_one_found_by_trying_every_amount(raw in raw(12), plan in plan()) {
        let paper = instance(&raw);
        let count = paper.projects().len();
        let with_extra = |extra: u64| {
            let mut participants = paper.participants().to_vec();
            participants.push(Participant::new("extra", extra, (0..count).collect()).without_voice());
            let instance = Instance::new(paper.projects().to_vec(), participants).unwrap();
            Pool::new(&instance, &plan).unwrap().run_on_paper()
        };
        let now = with_extra(0);
        let better = |then: &Outcome| {
            let pairs = || now.funded.iter().zip(&then.funded);
            pairs().any(|(before, after)| !before && *after) && pairs().all(|(before, after)| !before || *after)
        };
        let most: u64 = paper.costs_minor().iter().sum();
        let tried = (1..=most).find(|&extra| better(&with_extra(extra)));
        let next = report_instance(&paper, &plan).unwrap().next;
        if one_by_one(plan.rule) {
            let is_smallest = next.as_ref().is_none_or(|next| next.certainty == Certainty::Smallest);
            prop_assert!(is_smallest, "{:?}", next);
        }
        match next {
            // A smaller island may exist: only that it works is promised.
            Some(next) if next.certainty == Certainty::Works => {
                prop_assert!(better(&with_extra(next.extra_pledge_minor)));
                prop_assert!(tried.is_some_and(|tried| tried <= next.extra_pledge_minor));
            }
            Some(next) => prop_assert_eq!(Some(next.extra_pledge_minor), tried),
            None => prop_assert!(tried.is_none() || !one_by_one(plan.rule)),
        }
    }

    #[test]
    fn the_check_sees_one_unit_moved(raw in small_or_large(), plan in plan()) {
        let instance = instance(&raw);
        let sound = run_instance(&instance, &plan).unwrap().allocation;
        let paid = sound.payments_minor.iter().position(|payments| !payments.is_empty());
        prop_assume!(paid.is_some());
        let at = paid.unwrap();
        let mut more = sound.clone();
        more.payments_minor[at][0].1 += 1;
        prop_assert!(violations(&instance, &plan, &more).len() >= 2);
        let mut twice = sound.clone();
        twice.selected.push(at);
        prop_assert!(!violations(&instance, &plan, &twice).is_empty());
        let mut stranger = sound;
        stranger.payments_minor[at][0].0 = usize::MAX;
        prop_assert!(!violations(&instance, &plan, &stranger).is_empty());
    }
}
