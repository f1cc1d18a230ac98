//! Asking alone or together, against the enumeration of every yes and no.

#![allow(clippy::unwrap_used, reason = "a test stops at the first thing out of order")]

use gotong::domain::{
    AppealParty, AppealPlan, AppealSplit, Donor, FutureSettings, OrgId, Organisation, Probability, Scenario,
    Sector,
};
use gotong::partnership::appeal::{AppealReport, appeal, expected_total, expected_with_yes};
use proptest::prelude::*;

/// A donor: who asks as bits, gift, budget, chance, fatigue.
type RawDonor = (u8, Option<u64>, Option<u64>, f64, f64);

fn share() -> impl Strategy<Value = f64> {
    prop_oneof![Just(0.0), Just(1.0), 0.0..=1.0_f64]
}

fn raw_donor() -> impl Strategy<Value = RawDonor> {
    let amount = || prop_oneof![Just(0), 1..50_u64, 0..=1_000_000_000_000_000_u64];
    (
        any::<u8>(),
        proptest::option::weighted(0.9, amount()),
        proptest::option::of(amount()),
        share(),
        share(),
    )
}

fn org(place: usize) -> OrgId {
    OrgId::new(&format!("o{place}")).unwrap()
}

fn probability(value: f64) -> Option<Probability> {
    Probability::new(value).ok()
}

fn scenario(
    parties: usize,
    donors: &[RawDonor],
    costs: &[u64],
    shares: [f64; 3],
    split: AppealSplit,
) -> Scenario {
    let donor = |&(bits, gift_minor, budget_minor, chance, fatigue): &RawDonor| Donor {
        name: "Bu Ratna".into(),
        asked_by: (0..parties)
            .filter(|place| bits >> place & 1 == 1)
            .map(org)
            .collect(),
        gift_minor,
        budget_minor,
        chance: probability(chance),
        fatigue: probability(fatigue),
    };
    let party = |place: usize| AppealParty {
        organisation: org(place),
        goal_minor: Some(costs[place] * 3),
        campaign_minor: Some(costs[place]),
    };
    let [lift, joint_gift, holder_share] = shares.map(probability);
    Scenario {
        organisations: (0..parties)
            .map(|place| Organisation::new(org(place), "A".into(), Sector::Community))
            .collect(),
        appeal: AppealPlan {
            parties: (0..parties).map(party).collect(),
            donors: donors.iter().map(donor).collect(),
            lift,
            joint_gift,
            campaign_minor: None,
            holder_share,
            split,
        },
        futures: FutureSettings {
            trials: 64,
            ..FutureSettings::default()
        },
        ..Scenario::default()
    }
}

/// Expected gifts to everybody who asks, by going through every combination of yes and no.
fn enumerated(asks: usize, q: f64, gift: u64, budget: u64) -> (f64, Vec<f64>) {
    let mut total = 0.0;
    let mut each = vec![0.0; asks];
    for outcome in 0..1_u32 << asks {
        let yes = outcome.count_ones() as usize;
        let mut probability = 1.0;
        for ask in 0..asks {
            probability *= if outcome >> ask & 1 == 1 { q } else { 1.0 - q };
        }
        let given = u128::from(gift)
            .checked_mul(yes as u128)
            .unwrap()
            .min(u128::from(budget)) as f64;
        total += probability * given;
        for (ask, sum) in each.iter_mut().enumerate() {
            if outcome >> ask & 1 == 1 {
                *sum += probability * given / yes as f64;
            }
        }
    }
    (total, each)
}

fn near(a: f64, b: f64, scale: f64) -> bool {
    (a - b).abs() <= 1e-9 * scale.max(1.0)
}

fn scale(report: &AppealReport) -> f64 {
    report.alone.gifts_minor + report.joint.gifts_minor + report.alone.costs_minor + report.joint.costs_minor
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(1500) })]

    #[test]
    fn closed_forms_are_what_every_outcome_adds_up_to(asks in 0..9_usize, q in share(), gift in 0..1_000_u64, budget in 0..6_000_u64) {
        let (total, each) = enumerated(asks, q, gift, budget);
        let scale = (gift * 9) as f64;
        prop_assert!(near(expected_total(asks, q, gift, budget), total, scale));
        for one in each {
            prop_assert!(near(expected_with_yes(asks, q, gift, budget), one, scale));
        }
        let parts = asks as f64 * expected_with_yes(asks, q, gift, budget);
        prop_assert!(near(parts, total, scale), "conserved");
    }

    #[test]
    fn sums_hold_whatever_the_input(
        donors in proptest::collection::vec(raw_donor(), 0..6),
        costs in proptest::collection::vec(0..1_000_000_u64, 4),
        parties in 1..5_usize,
        shares in [share(), share(), share()],
        split in proptest::sample::select(AppealSplit::ALL.to_vec()),
    ) {
        let scenario = scenario(parties, &donors, &costs, shares, split);
        prop_assert_eq!(scenario.problems(), vec![]);
        let report = appeal(&scenario).unwrap();
        prop_assert!(report.verified);
        let scale = scale(&report);
        let sum = |of: &dyn Fn(&gotong::partnership::appeal::PartyLine) -> f64| report.parties.iter().map(of).sum::<f64>();
        prop_assert!(near(sum(&|line| line.alone.gifts_minor), report.alone.gifts_minor, scale));
        prop_assert!(near(sum(&|line| line.alone.net_minor), report.alone.net_minor, scale));
        prop_assert!(near(sum(&|line| line.joint.net_minor), report.joint.net_minor, scale));
        prop_assert!(near(sum(&|line| line.gain_minor), report.joint.net_minor - report.alone.net_minor, scale));
        for line in &report.splits {
            let losers = line.gains_minor.iter().filter(|&&gain| gain < -1e-9 * scale.max(1.0)).count();
            prop_assert!(losers == 0 || losers < parties || !report.everybody_can_gain);
            if losers == 0 {
                // To within rounding, a split without losers is proof that one exists.
                let slack = report.joint.net_minor - report.parties.iter().map(|line| line.alone.net_minor.max(0.0)).sum::<f64>();
                prop_assert!(report.everybody_can_gain || slack.abs() <= 1e-6 * scale.max(1.0) || report.joint.net_minor < 0.0);
            }
        }
        // Parts at the break-even leave everybody exactly where it was.
        for line in &report.parties {
            if let Some(part) = line.break_even_share {
                prop_assert!(near(part * report.joint.net_minor, line.alone.net_minor, scale));
            }
        }
        // The same question has the same answer, to the last bit.
        prop_assert_eq!(appeal(&scenario).unwrap(), report);
    }

    #[test]
    fn without_overlap_and_lift_asking_together_brings_the_same_gifts(
        donors in proptest::collection::vec(raw_donor(), 0..6),
        costs in proptest::collection::vec(0..1_000_000_u64, 4),
        joint_gift in share(),
    ) {
        let once: Vec<RawDonor> = donors.into_iter().enumerate()
            .map(|(place, (_, gift, budget, chance, fatigue))| (1 << (place % 4), gift, budget, chance, fatigue))
            .collect();
        let report = appeal(&scenario(4, &once, &costs, [0.0, joint_gift, 0.0], AppealSplit::ByDonors)).unwrap();
        let scale = scale(&report);
        prop_assert!(near(report.alone.gifts_minor, report.joint.gifts_minor, scale));
        let dearest = costs.iter().max().copied().unwrap_or(0) as f64;
        let all: u64 = costs.iter().sum();
        prop_assert!(near(report.joint.net_minor - report.alone.net_minor, all as f64 - dearest, scale));
        // Who brings what, gets what.
        if report.joint.gifts_minor > 0.0 {
            for line in &report.parties {
                prop_assert!(near(line.joint.gifts_minor, line.alone.gifts_minor, scale));
            }
        }
        prop_assert_eq!(report.shared_donors, 0);
    }

    #[test]
    fn at_the_break_even_lift_both_ways_bring_the_same(
        donors in proptest::collection::vec(raw_donor(), 1..6),
        costs in proptest::collection::vec(0..1_000_000_u64, 4),
        shares in (share(), share(), 0.0..0.9_f64).prop_map(|(lift, joint, holder)| [lift, joint, holder]),
    ) {
        let report = appeal(&scenario(4, &donors, &costs, shares, AppealSplit::Equal)).unwrap();
        let net = |lift: f64| {
            let mut gifts = 0.0;
            for (line, &(.., chance, _)) in report.donors.iter().zip(&donors) {
                gifts += (chance * (1.0 + lift)).clamp(0.0, 1.0) * line.gift_joint_minor as f64;
            }
            gifts * (1.0 - report.holder_share) - report.campaign_minor as f64
        };
        let tolerance = 1e-6 * scale(&report).max(1.0);
        match report.break_even_lift {
            Some(lift) if lift > -1.0 => prop_assert!((net(lift) - report.alone.net_minor).abs() <= tolerance),
            Some(lift) => prop_assert!(net(lift) >= report.alone.net_minor - tolerance),
            None => prop_assert!(net(1e18) <= report.alone.net_minor + tolerance),
        }
        let worth_it = report.joint.net_minor - report.alone.net_minor;
        if worth_it.abs() > tolerance {
            prop_assert_eq!(report.break_even_lift.is_some_and(|lift| lift <= report.lift), worth_it > 0.0);
        }
    }
}

/// P10 to P90 of many drawn years agree with the distribution itself, which is small enough to write down.
#[test]
fn ranges_of_drawn_years_are_those_of_the_distribution() {
    let mut scenario = scenario(
        2,
        &[(0b11, Some(10), None, 0.5, 0.0)],
        &[0, 0],
        [0.0, 1.0, 0.0],
        AppealSplit::Equal,
    );
    scenario.futures.trials = 20_000;
    let report = appeal(&scenario).unwrap();
    // Alone nothing, 10 or 20 in 1 : 2 : 1; together nothing or 20.
    let alone = report.alone.net_range_minor;
    assert_eq!([alone.p10, alone.p50, alone.p90], [0.0, 10.0, 20.0]);
    let joint = report.joint.net_range_minor;
    assert_eq!((joint.p10, joint.p90), (0.0, 20.0));
    assert_eq!(
        (
            report.years,
            report.asks_alone,
            report.asks_joint,
            report.shared_donors
        ),
        (20_000, 2, 1, 1)
    );
}

#[test]
fn nothing_said_is_nothing_counted_and_named() {
    let mut scenario = scenario(
        2,
        &[(0b11, None, None, 0.5, 0.0)],
        &[0, 0],
        [0.0, 1.0, 0.0],
        AppealSplit::ByNeed,
    );
    scenario.appeal.parties.clear();
    let report = appeal(&scenario).unwrap();
    assert_eq!(report.unknown_costs.len(), 2);
    assert_eq!(report.unknown_goals.len(), 2);
    assert!(!report.donors[0].counted);
    assert_eq!((report.alone.gifts_minor, report.joint.gifts_minor), (0.0, 0.0));
    assert_eq!(appeal(&Scenario::default()).unwrap().parties, []);
}
