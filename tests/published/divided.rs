//! Splits other people published, and those of an independent convex solver.

#![allow(clippy::unwrap_used, reason = "a test stops at the first thing out of order")]

use gotong::funding::continuous::{
    Donor, Gift, Gifts, equilibrium, nash, pair_bounded, quadratic, share_of_pool,
};
use serde_json::Value;

fn approving(amount: f64, projects: &[usize]) -> Donor {
    Donor {
        amount,
        values: projects.iter().map(|&project| (project, 1.0)).collect(),
    }
}

#[track_caller]
fn assert_near(found: &[f64], expected: &[f64], tolerance: f64) {
    let near = found
        .iter()
        .zip(expected)
        .all(|(a, b)| (a - b).abs() <= tolerance);
    assert!(
        near && found.len() == expected.len(),
        "{found:?} for {expected:?}"
    );
}

/// Buterin, Hitzig and Weyl 2019, as in the tests of Gitcoin's pluralistic.js: gifts of 1 4 1 9, of six times 1 and a 4, and of
/// 1 9 1 9 1 9 4.
#[test]
fn quadratic_matches_of_pluralistic() {
    let lists: [&[f64]; 3] = [
        &[1.0, 4.0, 1.0, 9.0],
        &[1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 4.0],
        &[1.0, 9.0, 1.0, 9.0, 1.0, 9.0, 4.0],
    ];
    let gifts: Vec<Gift> = lists
        .iter()
        .enumerate()
        .flat_map(|(project, list)| {
            let gift = move |(donor, &amount): (usize, &f64)| Gift {
                donor,
                project,
                amount,
            };
            list.iter().enumerate().map(gift)
        })
        .collect();
    let gifts = Gifts::new(7, 3, &gifts);
    let formula = quadratic(&gifts);
    assert_near(&formula, &[34.0, 54.0, 162.0], 1e-12);
    assert_near(
        &share_of_pool(formula.clone(), 100.0, &[]).matched,
        &[13.6, 21.6, 64.8],
        1e-12,
    );
    let capped = share_of_pool(formula.clone(), 100.0, &[50.0; 3]);
    assert_near(&capped.matched, &[19.318_181_818, 30.681_818_182, 50.0], 1e-9);
    // A cap takes from one; with money left over, it does not lift the others above their formula.
    assert_near(
        &share_of_pool(formula, 1000.0, &[160.0; 3]).matched,
        &[34.0, 54.0, 160.0],
        1e-12,
    );
}

/// Vitalik Buterin, *Pairwise coordination subsidies*, 2019: two who give 1 each to one project draw 2·k with k = M/(M + 1),
/// and what they draw together over many projects stays below 2·M.
#[test]
fn pairwise_matches_of_buterin() {
    let together = |projects: usize| {
        let gift = |donor: usize| {
            (0..projects).map(move |project| Gift {
                donor,
                project,
                amount: 1.0,
            })
        };
        let gifts: Vec<Gift> = gift(0).chain(gift(1)).collect();
        let matched = pair_bounded(&Gifts::new(2, projects, &gifts), 3.0).unwrap();
        matched.iter().sum::<f64>()
    };
    assert_near(
        &[together(1), together(3)],
        &[2.0 * 3.0 / 4.0, 6.0 * 3.0 / 6.0],
        1e-12,
    );
    assert!(together(1000) < 6.0);
}

/// Brandl et al. 2021: donors of 100 for ab, ac, ad, bc and a.
#[test]
fn nash_split_of_brandl_and_others() {
    let likes: [&[usize]; 5] = [&[0, 1], &[0, 2], &[0, 3], &[1, 2], &[0]];
    let divided = nash(&likes.map(|likes| approving(100.0, likes)), 4);
    assert_near(&divided.split, &[370.156, 64.922, 64.922, 0.0], 1e-3);
    // By hand: b = c = y and a = 500 − 2y, and the gain of b, 100/(500 − y) + 100/(2y), is 1.
    let y = divided.split[1];
    assert_near(&[100.0 / (500.0 - y) + 50.0 / y], &[1.0], 1e-9);
    assert!(divided.is_proven());
}

/// Brandt, Greger, Segal-Halevi and Suksompong 2023: 900 for A, B and C, 100 for C and D.
#[test]
fn equilibrium_of_brandt_and_others() {
    let divided = equilibrium(&[approving(900.0, &[0, 1, 2]), approving(100.0, &[2, 3])], 4);
    assert_near(&divided.split, &[300.0, 300.0, 300.0, 100.0], 1e-9);
    assert_eq!(
        divided.payments[1].len(),
        1,
        "the small donor pays for its critical project alone"
    );
}

/// `convex/solve.py`: 120 random cases, solved by Clarabel through CVXPY; objectives within 10⁻⁶.
#[test]
fn an_independent_convex_solver_finds_no_better_split() {
    let cases: Value = serde_json::from_str(include_str!("convex/cases.json")).unwrap();
    let cases = cases.as_array().unwrap();
    assert!(cases.len() >= 100);
    for case in cases {
        let projects = usize::try_from(case["projects"].as_u64().unwrap()).unwrap();
        let donors: Vec<Donor> = case["donors"]
            .as_array()
            .unwrap()
            .iter()
            .map(|donor| Donor {
                amount: donor[0].as_f64().unwrap(),
                values: serde_json::from_value(donor[1].clone()).unwrap(),
            })
            .collect();
        let total: f64 = donors.iter().map(|donor| donor.amount).sum();
        let linear = |donor: &Donor, split: &[f64]| -> f64 {
            donor
                .values
                .iter()
                .map(|&(project, value)| split[project] * value)
                .sum()
        };
        let leontief = |donor: &Donor, split: &[f64]| {
            let levels = donor
                .values
                .iter()
                .map(|&(project, value)| split[project] / value);
            levels.fold(f64::INFINITY, f64::min)
        };
        let mean_log = |split: &[f64], utility: &dyn Fn(&Donor, &[f64]) -> f64| -> f64 {
            let logs = donors
                .iter()
                .map(|donor| donor.amount / total * libm::log(utility(donor, split) / total));
            logs.sum()
        };
        let ours = nash(&donors, projects);
        let theirs = case["nash"]["mean_log"].as_f64().unwrap();
        assert_near(&[mean_log(&ours.split, &linear)], &[theirs], 1e-6);
        let ours = equilibrium(&donors, projects);
        let theirs = case["equilibrium"]["mean_log"].as_f64().unwrap();
        assert_near(&[mean_log(&ours.split, &leontief)], &[theirs], 1e-6);
        // The equilibrium is unique, so the splits agree too.
        let split: Vec<f64> = serde_json::from_value(case["equilibrium"]["split"].clone()).unwrap();
        assert_near(&ours.split, &split, 1e-3 * total);
    }
}
