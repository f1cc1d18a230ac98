//! Equal shares against the board (`equal_shares_reference`), and what must hold of it on any instance.

#![allow(clippy::unwrap_used, reason = "a test stops at the first thing out of order")]

use crate::equal_shares_reference::{Board, Fraction, Result as Expected};
use gotong::domain::{Comparison, Completion, PoolPlan, RuleId, UtilityMeasure};
use gotong::funding::{
    FundingError, FundingProject, Instance, Outcome, Participant, Pool, Verdict, VoterGroup, run_instance,
    violations,
};
use proptest::prelude::*;

/// (cost, votes).
type RawProject = (u64, u64);
/// Heads, points by project.
type RawGroup = (u64, Vec<u64>);

#[derive(Clone, Debug)]
struct Raw {
    projects: Vec<RawProject>,
    groups: Vec<RawGroup>,
    budget: u64,
    by_cost: bool,
}

fn raw(most_cost: u64, most_budget: u64, most_points: u64) -> impl Strategy<Value = Raw> {
    let projects = proptest::collection::vec((0..=most_cost, 1..4_u64), 1..7);
    projects.prop_flat_map(move |projects| {
        let points = proptest::collection::vec(0..=most_points, projects.len());
        let groups = proptest::collection::vec((0..4_u64, points), 1..6);
        (Just(projects), groups, 0..=most_budget, any::<bool>()).prop_map(
            |(projects, groups, budget, by_cost)| Raw {
                projects,
                groups,
                budget,
                by_cost,
            },
        )
    })
}

/// Approvals and points; small amounts (many ties) and larger ones (many totals).
fn elections() -> impl Strategy<Value = Raw> {
    prop_oneof![
        raw(6, 20, 1),
        raw(30, 60, 1),
        raw(400, 700, 1),
        raw(6, 20, 3),
        raw(400, 700, 3)
    ]
}

impl Raw {
    fn projects(&self) -> Vec<FundingProject> {
        let named = self.projects.iter().enumerate();
        named
            .map(|(position, &(cost, votes))| FundingProject::new(format!("p{position}"), cost, votes))
            .collect()
    }

    fn election(&self) -> Instance {
        let pool = Participant::new("pool", self.budget, (0..self.projects.len()).collect());
        Instance::new(self.projects(), vec![pool])
            .unwrap()
            .with_voters(self.voters())
            .unwrap()
    }

    fn voters(&self) -> Vec<VoterGroup> {
        let groups = self.groups.iter().enumerate();
        groups
            .map(|(position, (heads, points))| {
                VoterGroup::new(
                    format!("v{position}"),
                    *heads,
                    points.iter().copied().enumerate().collect(),
                )
            })
            .collect()
    }

    fn plan(&self, completion: Completion) -> PoolPlan {
        PoolPlan {
            completion: Some(completion),
            utility: Some(if self.by_cost {
                UtilityMeasure::Cost
            } else {
                UtilityMeasure::Cardinality
            }),
            ..PoolPlan::of(RuleId::EqualShares)
        }
    }

    fn board(&self) -> Board {
        let people = self
            .groups
            .iter()
            .flat_map(|(heads, points)| (0..*heads).map(|_| points.clone()));
        let points: Vec<Vec<u64>> = people.collect();
        let supported = |project: usize| points.iter().any(|points| points[project] > 0);
        Board {
            projects: (0..self.projects.len())
                .map(|project| supported(project).then_some(self.projects[project]))
                .collect(),
            by_cost: self.by_cost && points.iter().flatten().all(|&points| points <= 1),
            points,
        }
    }
}

fn run(instance: &Instance, plan: &PoolPlan) -> (Vec<usize>, Outcome) {
    let run = run_instance(instance, plan).unwrap();
    assert_eq!(violations(instance, plan, &run.allocation), vec![]);
    let outcome = Pool::new(instance, plan).unwrap().run_on_paper();
    (run.allocation.selected, outcome)
}

/// What virtual purses paid: each group's share of each project rounded down or up, sums whole, nobody above its part.
fn check_payments(
    raw: &Raw,
    outcome: &Outcome,
    expected: &Expected,
    purse: Fraction,
) -> Result<(), TestCaseError> {
    let mut person = 0;
    let mut by_group = vec![0; raw.groups.len()];
    for (group, (heads, _)) in raw.groups.iter().enumerate() {
        for (place, &project) in expected.bought.iter().enumerate() {
            let found: Vec<u64> = outcome
                .voice_payments
                .iter()
                .filter(|payment| (payment.project, payment.participant) == (project, group))
                .map(|payment| payment.amount_minor)
                .collect();
            prop_assert!(found.len() <= 1);
            let paid = found.first().copied().unwrap_or(0);
            let exact = if *heads == 0 {
                Fraction::whole(0)
            } else {
                expected.paid[place][person].times(Fraction::whole(*heads))
            };
            let (down, up) = exact.ends();
            prop_assert!((down..=up).contains(&paid), "{paid} is not {exact:?}");
            by_group[group] += paid;
        }
        prop_assert!(by_group[group] <= purse.times(Fraction::whole(*heads)).ends().1);
        person += usize::try_from(*heads).unwrap();
    }
    for &project in &expected.bought {
        let paid: u64 = outcome
            .voice_payments
            .iter()
            .filter(|payment| payment.project == project)
            .map(|payment| payment.amount_minor)
            .sum();
        prop_assert_eq!(paid, raw.projects[project].0);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { max_global_rejects: 20_000, failure_persistence: None, ..ProptestConfig::with_cases(3000) })]

    #[test]
    fn an_election_comes_out_as_on_the_board(raw in elections()) {
        let board = raw.board();
        let instance = raw.election();
        let expected = board.equal(raw.budget);
        let (selected, outcome) = run(&instance, &raw.plan(Completion::None));
        prop_assert_eq!(&selected, &expected.bought);
        let people = i128::try_from(board.points.len()).unwrap();
        check_payments(&raw, &outcome, &expected, Fraction::new(i128::from(raw.budget), people.max(1)))?;
        for step in &outcome.steps {
            if let Verdict::SupportersShort { short_minor } = step.verdict {
                let with = board.points.iter().zip(&expected.left).filter(|(points, _)| points[step.project] > 0);
                let money = with.fold(Fraction::whole(0), |sum, (_, &left)| sum.plus(left));
                prop_assert_eq!(short_minor, Fraction::whole(raw.projects[step.project].0).minus(money).ends().1);
            }
        }
        let greedy = run(&instance, &raw.plan(Completion::Greedy)).0;
        prop_assert_eq!(greedy, board.by_votes(expected.bought, raw.budget));
    }

    #[test]
    fn raised_totals_come_out_as_one_by_one(raw in elections()) {
        let board = raw.board();
        let instance = raw.election();
        let expected = board.add1(raw.budget);
        let (selected, outcome) = run(&instance, &raw.plan(Completion::Add1));
        prop_assert_eq!(&selected, &expected.bought);
        // Of equal outcomes some total was the last: payments are those of that total.
        let note = outcome.equal_shares.unwrap();
        let people = board.points.len() as u64;
        if people > 0 && note.handed_out_minor > raw.budget {
            let purse = note.handed_out_minor / people;
            prop_assert_eq!(purse * people, note.handed_out_minor);
            let last = board.run(&vec![Fraction::whole(purse); board.points.len()]);
            prop_assert_eq!(&last.bought, &expected.bought);
            prop_assert_eq!(&last.left, &expected.left);
            check_payments(&raw, &outcome, &expected, Fraction::whole(purse))?;
        }
        let selected = run(&instance, &raw.plan(Completion::Add1u)).0;
        prop_assert_eq!(&selected, &board.by_votes(expected.bought, raw.budget));
        for comparison in [Comparison::Satisfaction, Comparison::Exclusion] {
            let plan = PoolPlan { comparison: Some(comparison), ..raw.plan(Completion::Add1u) };
            let (compared, outcome) = run(&instance, &plan);
            let greedy = board.by_votes(Vec::new(), raw.budget);
            let pairs: Vec<(usize, usize)> = board.winners(&selected).into_iter().zip(board.winners(&greedy)).collect();
            let switch = match comparison {
                Comparison::Satisfaction => {
                    pairs.iter().filter(|(ours, theirs)| theirs > ours).count() > pairs.iter().filter(|(ours, theirs)| ours > theirs).count()
                }
                Comparison::Exclusion => pairs.iter().filter(|pair| pair.1 == 0).count() < pairs.iter().filter(|pair| pair.0 == 0).count(),
            };
            prop_assert_eq!(outcome.equal_shares.unwrap().gave_way, switch);
            prop_assert_eq!(&compared, if switch { &greedy } else { &selected });
        }
    }

    #[test]
    fn pledges_pay_themselves_as_on_the_board(raw in elections(), purses in proptest::collection::vec(0..200_u64, 6)) {
        // A wish is a point; who wishes nothing may pay for nothing here.
        let participants: Vec<Participant> = raw.groups.iter().enumerate().map(|(position, (_, points))| {
            let supported: Vec<usize> = (0..points.len()).filter(|&project| points[project] > 0).collect();
            let wishes = supported.iter().map(|&project| (project, u32::try_from(points[project]).unwrap()));
            Participant::new(format!("i{position}"), purses[position], supported.clone()).wishing(wishes.collect())
        }).collect();
        let instance = Instance::new(raw.projects(), participants).unwrap();
        let board = Board { points: raw.groups.iter().map(|(_, points)| points.clone()).collect(), ..raw.board() };
        let supported = |project: usize| board.points.iter().any(|points| points[project] > 0);
        let board = Board {
            projects: (0..raw.projects.len()).map(|project| supported(project).then_some(raw.projects[project])).collect(),
            by_cost: raw.by_cost && board.points.iter().flatten().all(|&points| points <= 1),
            ..board.clone()
        };
        let expected = board.run(&purses.iter().take(board.points.len()).map(|&purse| Fraction::whole(purse)).collect::<Vec<_>>());
        let (selected, outcome) = run(&instance, &raw.plan(Completion::None));
        prop_assert_eq!(&selected, &expected.bought);
        for (who, &spent) in outcome.spent_minor.iter().enumerate() {
            prop_assert!(spent <= purses[who]);
            for (place, &project) in expected.bought.iter().enumerate() {
                let paid: u64 = outcome.payments.iter().filter(|payment| (payment.project, payment.participant) == (project, who)).map(|payment| payment.amount_minor).sum();
                let (down, up) = expected.paid[place][who].ends();
                prop_assert!((down..=up).contains(&paid));
            }
        }
        let greedy = run(&instance, &raw.plan(Completion::Greedy)).0;
        prop_assert_eq!(&greedy[..selected.len()], &selected[..]);
        let refused = Pool::new(&instance, &raw.plan(Completion::Add1u)).unwrap_err();
        prop_assert_eq!(refused, FundingError::RealPurses);
    }

    /// Priceability (Peters, Pierczyński, Skowron 2021): equal purses, payments only for what one supports, everything
    /// bought paid, and nothing left that its supporters could still buy. Read off the outcome alone.
    #[test]
    fn outcomes_are_priceable(raw in elections()) {
        let instance = raw.election();
        let people: u64 = raw.groups.iter().map(|(heads, _)| heads).sum();
        prop_assume!(people > 0);
        let (selected, outcome) = run(&instance, &raw.plan(Completion::None));
        let mut left: Vec<i128> = raw.groups.iter().map(|(heads, _)| i128::from(raw.budget) * i128::from(*heads)).collect();
        for payment in &outcome.voice_payments {
            prop_assert!(raw.groups[payment.participant].1[payment.project] > 0);
            left[payment.participant] -= i128::from(payment.amount_minor) * i128::from(people);
        }
        // Rounding moves each group by less than a unit for each project it helped to buy, be it to nothing.
        let helped = |group: usize| selected.iter().filter(|&&project| raw.groups[group].1[project] > 0).count();
        let slack = |group: usize| i128::from(people) * i128::try_from(helped(group)).unwrap();
        for (group, &left) in left.iter().enumerate() {
            prop_assert!(left > -i128::from(people));
            prop_assert!(left <= i128::from(raw.budget) * i128::from(raw.groups[group].0) + slack(group));
        }
        for project in (0..raw.projects.len()).filter(|project| !selected.contains(project)) {
            let supporters = (0..raw.groups.len()).filter(|&group| raw.groups[group].1[project] > 0);
            let (money, room) = supporters.fold((0, 0), |(money, room), group| (money + left[group], room + slack(group)));
            let cost = i128::from(raw.projects[project].0) * i128::from(people);
            prop_assert!(money - room <= cost || raw.groups.iter().all(|(heads, points)| *heads == 0 || points[project] == 0));
        }
    }

    #[test]
    fn only_ties_look_at_the_order_of_the_file(raw in elections(), turn in 0..6_usize, completion in proptest::sample::select(vec![Completion::None, Completion::Greedy, Completion::Add1, Completion::Add1u])) {
        let mut raw = raw;
        // No two of the same votes: what is left of ties is told by them.
        for (position, project) in raw.projects.iter_mut().enumerate() {
            project.1 = position as u64 * 3 % 7 + 1;
        }
        let mut turned = raw.clone();
        let by = turn % raw.projects.len();
        turned.projects.rotate_left(by);
        turned.groups.reverse();
        for (_, points) in &mut turned.groups {
            points.rotate_left(by);
        }
        let (selected, _) = run(&raw.election(), &raw.plan(completion));
        let (other, _) = run(&turned.election(), &turned.plan(completion));
        let count = raw.projects.len();
        let back: Vec<usize> = other.iter().map(|project| (project + by) % count).collect();
        prop_assert_eq!(selected, back);
    }

    #[test]
    fn restricted_pledges_are_passed_over_and_large_amounts_stay_exact(
        raw in raw(1_000_000_000_000_000, 1, 2),
        pledges in proptest::collection::vec((0..1_000_000_000_000_000_u64, any::<u8>()), 1..4),
        completion in proptest::sample::select(vec![Completion::None, Completion::Greedy, Completion::Add1, Completion::Add1u]),
    ) {
        let participants = pledges.iter().enumerate().map(|(position, &(purse, bits))| {
            let allowed = (0..raw.projects.len()).filter(|project| bits >> project & 1 == 1).collect();
            Participant::new(format!("i{position}"), purse, allowed)
        });
        let instance = Instance::new(raw.projects(), participants.collect()).unwrap().with_voters(raw.voters()).unwrap();
        let (selected, outcome) = run(&instance, &raw.plan(completion));
        let mut looked_at: Vec<usize> = outcome.steps.iter().map(|step| step.project).collect();
        looked_at.sort_unstable();
        prop_assert_eq!(looked_at, (0..raw.projects.len()).collect::<Vec<_>>());
        for round in &outcome.rounds {
            prop_assert!(round.contenders.len() <= round.open);
            prop_assert_eq!(round.contenders.first().map(|first| first.project).filter(|_| round.bought.is_some()), round.bought);
        }
        prop_assert!(selected.len() >= outcome.equal_shares.unwrap().in_rounds);
    }
}
