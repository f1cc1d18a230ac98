//! Outcomes of funding rules other people published, each with its source.

#![allow(clippy::unwrap_used, reason = "a test stops at the first thing out of order")]

use gotong::domain::{PoolPlan, RuleId, UtilityMeasure};
use gotong::funding::{FundingProject, Instance, Participant, Pool, VoterGroup};

/// What was bought in each round, and the figure it was bought at, times the budget.
fn rounds(costs: &[u64], voters: &[(u64, &[usize])], budget: u64, rule: RuleId) -> Vec<(usize, f64)> {
    let behind = |project: usize| {
        let voters = voters.iter().filter(|(_, list)| list.contains(&project));
        voters.map(|(people, _)| people).sum()
    };
    let projects = costs.iter().enumerate();
    let projects =
        projects.map(|(project, &cost)| FundingProject::new(format!("p{project}"), cost, behind(project)));
    let pool = Participant::new("pool", budget, (0..costs.len()).collect());
    let voters = voters
        .iter()
        .map(|(people, list)| VoterGroup::approving("v", *people, list.iter().copied()));
    let instance = Instance::new(projects.collect(), vec![pool])
        .unwrap()
        .with_voters(voters.collect())
        .unwrap();
    let outcome = Pool::new(&instance, &PoolPlan::of(rule)).unwrap().run_on_paper();
    let bought = outcome.rounds.iter().filter_map(|round| {
        let figure = round.contenders.first()?.value?;
        Some((round.bought?, figure * budget as f64))
    });
    bought.collect()
}

fn close(found: &[(usize, f64)], published: &[(usize, f64)]) {
    assert_eq!(found.len(), published.len(), "{found:?}");
    for (found, published) in found.iter().zip(published) {
        assert!(
            found.0 == published.0 && (found.1 - published.1).abs() < 1e-12,
            "{found:?} is not {published:?}"
        );
    }
}

/// Lars Edvard Phragmén's own election (*Proportionella val*, 1895), retold by S. Janson, *Phragmén's and Thiele's election
/// methods*, arXiv:1611.08826: 1034 ballots ABC, 519 PQR, 90 ABQ, 47 APQ, three seats. A, Q and B are elected, in this
/// order.
#[test]
fn phragmens_own_election() {
    let (a, b, c, p, q, r) = (0, 1, 2, 3, 4, 5);
    let voters: [(u64, &[usize]); 4] = [
        (1034, &[a, b, c]),
        (519, &[p, q, r]),
        (90, &[a, b, q]),
        (47, &[a, p, q]),
    ];
    let found = rounds(&[1; 6], &voters, 3, RuleId::Phragmen);
    assert_eq!(
        found.iter().map(|&(project, _)| project).collect::<Vec<_>>(),
        [a, q, b]
    );
    assert!((found[0].1 - 1.0 / 1171.0).abs() < 1e-15);
}

/// M. Lackner, P. Skowron, *Multi-Winner Voting with Approval Preferences* (2023), example 2.9: every load on the way.
#[test]
fn loads_of_lackner_and_skowron() {
    let (a, b, c, d, e, f, g) = (0, 1, 2, 3, 4, 5, 6);
    let voters: [(u64, &[usize]); 7] = [
        (3, &[a, b]),
        (3, &[a, c]),
        (2, &[a, d]),
        (1, &[b, c, f]),
        (1, &[e]),
        (1, &[f]),
        (1, &[g]),
    ];
    close(
        &rounds(&[1; 7], &voters, 4, RuleId::Phragmen),
        &[
            (a, 1.0 / 8.0),
            (b, 11.0 / 32.0),
            (c, 55.0 / 128.0),
            (d, 5.0 / 8.0),
        ],
    );
}

/// The same book, example 2.12.
#[test]
fn loads_of_lackner_and_skowron_once_more() {
    let (a, b, c, d) = (0, 1, 2, 3);
    let voters: [(u64, &[usize]); 4] = [(3, &[c, d]), (2, &[a, b]), (2, &[a, c]), (1, &[b, d])];
    close(
        &rounds(&[1; 4], &voters, 3, RuleId::Phragmen),
        &[(c, 1.0 / 5.0), (b, 1.0 / 3.0), (d, 29.0 / 60.0)],
    );
}

/// Both methods extend D'Hondt's: where voters are split into parties, each party gets its D'Hondt seats (Brill et al.;
/// Sánchez-Fernández et al.). The common example: 100 000, 80 000, 30 000 and 20 000 votes, 8 seats: 4, 3, 1, 0. A seat's
/// load is 1 ÷ the quotient it was won with.
#[test]
fn parties_get_their_seats_by_dhondt() {
    let lists: Vec<Vec<usize>> = (0..4).map(|party| (party * 8..party * 8 + 8).collect()).collect();
    let sizes = [100_000_u64, 80_000, 30_000, 20_000];
    let voters: Vec<(u64, &[usize])> = sizes
        .iter()
        .zip(&lists)
        .map(|(&size, list)| (size, list.as_slice()))
        .collect();
    for rule in [RuleId::Phragmen, RuleId::MaximinSupport] {
        let found = rounds(&[1; 32], &voters, 8, rule);
        let seats: Vec<usize> = (0..4)
            .map(|party| found.iter().filter(|(seat, _)| seat / 8 == party).count())
            .collect();
        assert_eq!(seats, [4, 3, 1, 0], "{rule:?}");
        let quotients = [
            100_000.0,
            80_000.0,
            50_000.0,
            40_000.0,
            100_000.0 / 3.0,
            30_000.0,
            80_000.0 / 3.0,
            25_000.0,
        ];
        for ((_, load), quotient) in found.iter().zip(quotients) {
            assert!((load * quotient - 1.0).abs() < 1e-12, "{rule:?}: {load}");
        }
    }
}

/// Where the two part: M. Brill, R. Freeman, S. Janson, M. Lackner, *Phragmén's Voting Methods and Justified
/// Representation*, spread each seat once and for all; maximin support spreads all seats anew. Two voters of {a, b}, one
/// of {a}, one of {b, c}, as one computes by hand: after a (1/3 each), b is carried by {a, b}, {a, b}, {b, c} at
/// (1/3 + 1/3 + 0 + 1)/3 = 5/9 by Phragmén; spread anew, two seats on four people weigh 1/2.
#[test]
fn loads_that_may_be_spread_anew_are_lighter() {
    let (a, b, c) = (0, 1, 2);
    let voters: [(u64, &[usize]); 3] = [(2, &[a, b]), (1, &[a]), (1, &[b, c])];
    close(
        &rounds(&[1; 3], &voters, 2, RuleId::Phragmen),
        &[(a, 1.0 / 3.0), (b, 5.0 / 9.0)],
    );
    close(
        &rounds(&[1; 3], &voters, 2, RuleId::MaximinSupport),
        &[(a, 1.0 / 3.0), (b, 1.0 / 2.0)],
    );
}

/// S. Martello, P. Toth, *Knapsack Problems* (1990), example 2.3: profits 70, 20, 39, 37, 7, 5, 10, weights 31, 10, 20, 19,
/// 4, 3, 6, capacity 50. The optimum is 107 with items 1 and 4.
#[test]
fn knapsack_of_martello_and_toth() {
    let weights = [31, 10, 20, 19, 4, 3, 6];
    let profits = [70, 20, 39, 37, 7, 5, 10];
    let projects = weights.iter().zip(profits).enumerate();
    let projects =
        projects.map(|(item, (&weight, profit))| FundingProject::new(format!("i{item}"), weight, profit));
    let pool = Participant::new("pool", 50, (0..7).collect());
    let instance = Instance::new(projects.collect(), vec![pool]).unwrap();
    let plan = PoolPlan {
        utility: Some(UtilityMeasure::Cardinality),
        ..PoolPlan::of(RuleId::MaxWelfare)
    };
    let outcome = Pool::new(&instance, &plan).unwrap().run_on_paper();
    assert_eq!(outcome.funded, [true, false, false, true, false, false, false]);
    let welfare = outcome.welfare.unwrap();
    assert_eq!((welfare.reached, welfare.proven), (107.0, true));
}
