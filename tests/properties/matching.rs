//! The partner score against its definition, and the invariants of docs/matching.md, on random scenarios.
#![allow(missing_docs, clippy::unwrap_used)]

use crate::matching_reference as reference;
use gotong::domain::{
    Conflict, Formality, GoalId, KindId, Need, Offer, OrgId, Organisation, Pace, Priority, Probability,
    Programme, RegionCode, Scenario, ScoreWeights, Sector, Text, TrustRecord, WorkingStyle,
};
use gotong::matching::{
    BAR_OF_AN_EMPTY_LIST, Change, Direction, Directory, MatchError, Mode, NEAR_MISS_POOL, NEAR_MISSES,
    PartnerList, PartnerMatch, find_partners,
};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

const KINDS: [&str; 5] = ["funds", "expertise", "permits", "data", "goods"];
const GOALS: [&str; 4] = ["g1", "g2", "g3", "g4"];
const REGIONS: [&str; 5] = ["34", "34.02", "34.04", "51", "51.08"];
const DONORS: [&str; 3] = ["Dana Abadi", "dana abadi ", "Yayasan X"];
const EPSILON: f64 = 1e-9;

fn org_id(index: usize) -> OrgId {
    OrgId::new(&format!("o{index}")).unwrap()
}

fn kind(id: &str) -> KindId {
    KindId::new(id).unwrap()
}

/// A quantity: mostly said, sometimes 0 or not said; small, so that ties and full coverage occur.
fn quantity() -> impl Strategy<Value = Option<u64>> {
    prop_oneof![6 => (0_u64..=12).prop_map(Some), 1 => Just(Some(900)), 2 => Just(None)]
}

fn organisation() -> impl Strategy<Value = Organisation> {
    let kinds = || subsequence(KINDS.to_vec(), 0..=4);
    let offers = (kinds(), prop::collection::vec(quantity(), 4));
    let needs = (kinds(), prop::collection::vec((quantity(), 1_u8..=5), 4));
    let style = (
        prop::option::of(select(vec![
            Pace::Weekly,
            Pace::Monthly,
            Pace::Quarterly,
            Pace::Yearly,
        ])),
        prop::option::of(select(vec![
            Formality::Informal,
            Formality::Mixed,
            Formality::Formal,
        ])),
        prop::option::of(0_u16..100),
    );
    let region =
        || prop::option::of(select(REGIONS.to_vec()).prop_map(|code| RegionCode::new(code).unwrap()));
    let programmes = prop::collection::vec((select(GOALS.to_vec()), region()), 0..3);
    let goals = subsequence(GOALS.to_vec(), 0..=4).prop_shuffle();
    let donors = subsequence(DONORS.to_vec(), 0..=2);
    (offers, needs, style, region(), programmes, goals, donors).prop_map(
        |(offers, needs, style, region, programmes, goals, donors)| {
            let mut org = Organisation::new(org_id(0), Text::from("x"), Sector::Community);
            org.offers = offers
                .0
                .iter()
                .zip(offers.1)
                .map(|(id, quantity)| Offer {
                    kind: kind(id),
                    quantity,
                })
                .collect();
            org.needs = needs
                .0
                .iter()
                .zip(needs.1)
                .map(|(id, (quantity, level))| Need {
                    kind: kind(id),
                    quantity,
                    priority: Priority::new(level).unwrap(),
                })
                .collect();
            org.working_style = WorkingStyle {
                pace: style.0,
                formality: style.1,
                horizon_months: style.2,
            };
            org.region = region;
            org.programmes = programmes
                .into_iter()
                .map(|(theme, region)| Programme {
                    theme: GoalId::new(theme).unwrap(),
                    region,
                    name: Text::default(),
                })
                .collect();
            org.goals = goals.into_iter().map(|goal| GoalId::new(goal).unwrap()).collect();
            org.donors_sought = donors.into_iter().map(str::to_owned).collect();
            org
        },
    )
}

fn weights() -> impl Strategy<Value = ScoreWeights> {
    let positive = prop::array::uniform3(0.0_f64..=1.0);
    let negative = prop::array::uniform3(0.0_f64..=1.0 / 3.0);
    prop_oneof![
        Just(ScoreWeights::default()),
        (positive, negative).prop_map(|(plus, minus)| ScoreWeights {
            shared_goals: plus[0],
            shared_region: plus[1],
            trust: plus[2],
            friction: minus[0],
            duplication: minus[1],
            competition: minus[2],
        })
    ]
}

fn scenario() -> impl Strategy<Value = Scenario> {
    let pairs = || prop::collection::vec((0_usize..8, 0_usize..8, 0.0_f64..=1.0), 0..4);
    (
        prop::collection::vec(organisation(), 2..8),
        pairs(),
        pairs(),
        weights(),
    )
        .prop_map(|(organisations, conflicts, trust, score_weights)| {
            let count = organisations.len();
            let mut scenario = Scenario {
                organisations,
                score_weights,
                ..Scenario::default()
            };
            for (index, org) in scenario.organisations.iter_mut().enumerate() {
                org.id = org_id(index);
            }
            let pair = |a: usize, b: usize| (org_id(a % count), org_id(b % count));
            let distinct = |&(a, b, _): &(usize, usize, f64)| a % count != b % count;
            for (a, b, _) in conflicts.into_iter().filter(distinct) {
                scenario.conflicts.push(Conflict {
                    between: pair(a, b),
                    reason: Text::default(),
                });
            }
            for (a, b, level) in trust.into_iter().filter(distinct) {
                let level = Probability::new(level).unwrap();
                scenario.trust.push(TrustRecord {
                    between: pair(a, b),
                    level,
                });
            }
            scenario
        })
}

fn mode() -> impl Strategy<Value = Mode> {
    select(vec![Mode::Mutual, Mode::Gift])
}

fn partners(scenario: &Scenario, mode: Mode, top: usize) -> PartnerList {
    find_partners(scenario, &org_id(0), mode, &scenario.score_weights, top).unwrap()
}

/// Score of `o1` for `o0` wherever it is listed; 0 if it is in no list although all have room.
fn score_of_first(scenario: &Scenario, mode: Mode) -> [f64; 2] {
    let list = partners(scenario, mode, 100);
    let mut listed = list.partners.iter().chain(&list.could_belong);
    listed
        .find(|found| found.id == org_id(1))
        .map_or([0.0; 2], |found| found.score)
}

/// A scenario of two organisations without conflict.
fn two() -> impl Strategy<Value = Scenario> {
    scenario().prop_map(|mut scenario| {
        scenario.organisations.truncate(2);
        scenario.conflicts.clear();
        let known = [org_id(0), org_id(1)];
        scenario
            .trust
            .retain(|record| known.contains(&record.between.0) && known.contains(&record.between.1));
        scenario
    })
}

/// Answers some open questions of an organisation: with `all`, every one.
fn complete(org: &mut Organisation, draws: &mut impl FnMut(u64) -> u64, all: bool) {
    for offer in &mut org.offers {
        if offer.quantity.is_none() && (all || draws(2) == 0) {
            offer.quantity = Some(draws(15));
        }
    }
    for need in &mut org.needs {
        if need.quantity.is_none() && (all || draws(2) == 0) {
            need.quantity = Some(1 + draws(15));
        }
    }
    let region = |draw: u64| RegionCode::new(REGIONS[usize::try_from(draw).unwrap()]).unwrap();
    if org.region.is_none() && (all || draws(2) == 0) {
        org.region = Some(region(draws(5)));
    }
    for programme in &mut org.programmes {
        if programme.region.is_none() && (all || draws(2) == 0) {
            programme.region = Some(region(draws(5)));
        }
    }
    if org.goals.is_empty() && (all || draws(2) == 0) {
        let first = usize::try_from(draws(4)).unwrap();
        org.goals = GOALS[first..]
            .iter()
            .map(|goal| GoalId::new(goal).unwrap())
            .collect();
    }
    let style = &mut org.working_style;
    if style.pace.is_none() && (all || draws(2) == 0) {
        style.pace = [Pace::Weekly, Pace::Monthly, Pace::Quarterly, Pace::Yearly]
            .into_iter()
            .nth(usize::try_from(draws(4)).unwrap());
    }
    if style.formality.is_none() && (all || draws(2) == 0) {
        style.formality = [Formality::Informal, Formality::Mixed, Formality::Formal]
            .into_iter()
            .nth(usize::try_from(draws(3)).unwrap());
    }
    if style.horizon_months.is_none() && (all || draws(2) == 0) {
        style.horizon_months = Some(u16::try_from(draws(90)).unwrap());
    }
}

fn splitmix(mut state: u64) -> impl FnMut(u64) -> u64 {
    move |below| {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % below
    }
}

fn check_sums(found: &PartnerMatch) -> Result<(), TestCaseError> {
    let [low, high] = found.score;
    prop_assert!(
        (0.0..=1.0).contains(&low) && low <= high && high <= 1.0,
        "{:?}",
        found.score
    );
    let reasons: f64 = found.reasons.iter().map(|reason| reason.value).sum();
    prop_assert!((reasons - low).abs() < EPSILON, "reasons {reasons} low {low}");
    let adds: f64 = found.unknown.iter().map(|unknown| unknown.adds).sum();
    prop_assert!(
        (adds - (high - low)).abs() < EPSILON,
        "adds {adds} of {:?}",
        found.score
    );
    prop_assert!(found.unknown.iter().all(|unknown| unknown.adds > 0.0));
    prop_assert!(found.unknown.windows(2).all(|pair| pair[0].adds >= pair[1].adds));
    prop_assert!(
        found
            .reasons
            .windows(2)
            .all(|pair| pair[0].value.abs() >= pair[1].value.abs())
    );
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn every_list_agrees_with_the_definition(scenario in scenario(), mode in mode(), top in 1_usize..6) {
        let list = partners(&scenario, mode, top);
        let expected = reference::groups(&scenario, mode, top);
        let ids = |found: &[PartnerMatch]| found.iter().map(|found| found.id.clone()).collect::<Vec<_>>();
        // Scores that differ only by rounding may swap places; then compare scores, not names.
        let close = |a: &[PartnerMatch], b: &[(OrgId, [f64; 2])]| {
            a.len() == b.len()
                && a.iter().zip(b).all(|(a, (_, score))| {
                    (a.score[0] - score[0]).abs() < EPSILON && (a.score[1] - score[1]).abs() < EPSILON
                })
        };
        prop_assert!(close(&list.partners, &expected.partners), "{:?} {:?}", ids(&list.partners), expected);
        prop_assert!(close(&list.could_belong, &expected.could_belong), "{:?}", expected);
        let excluded: Vec<_> = list.excluded.iter().map(|excluded| excluded.id.clone()).collect();
        prop_assert_eq!(excluded, expected.excluded);
        prop_assert_eq!(list.considered, scenario.organisations.len() - 1);
        for found in list.partners.iter().chain(&list.could_belong) {
            check_sums(found)?;
            let score = reference::score(&scenario, &found.id, mode);
            prop_assert!((score[0] - found.score[0]).abs() < EPSILON);
        }
    }

    #[test]
    fn mutual_scores_are_symmetric(scenario in two()) {
        let forth = score_of_first(&scenario, Mode::Mutual);
        let list = find_partners(&scenario, &org_id(1), Mode::Mutual, &scenario.score_weights, 9).unwrap();
        let back = list.partners.iter().chain(&list.could_belong).next().map_or([0.0; 2], |found| found.score);
        prop_assert_eq!(forth, back);
    }

    #[test]
    fn without_complementarity_there_is_no_score(mut scenario in two(), mode in mode()) {
        // Whoever needs, needs what the other does not offer.
        for (index, kept) in [(0, "funds"), (1, "goods")] {
            scenario.organisations[index].offers.retain(|offer| offer.kind.as_str() == kept);
            scenario.organisations[index].needs.retain(|need| need.kind.as_str() == kept);
        }
        prop_assert_eq!(score_of_first(&scenario, mode), [0.0; 2]);
    }

    #[test]
    fn a_score_never_falls_when_an_offer_grows(
        scenario in two(), mode in mode(), who in 0_usize..2, at in 0_usize..5, more in 1_u64..9,
    ) {
        let mut grown = scenario.clone();
        let offers = &mut grown.organisations[who].offers;
        match offers.iter_mut().find(|offer| offer.kind.as_str() == KINDS[at]) {
            // What is not said stays so: saying it is a completion, not growth.
            Some(offer) => offer.quantity = offer.quantity.map(|quantity| quantity + more),
            None => offers.push(Offer { kind: kind(KINDS[at]), quantity: Some(more) }),
        }
        // An offer of 0 does not make a giver: a first real offer may turn a gift round.
        let direction = |scenario: &Scenario| partners(scenario, mode, 9).direction;
        prop_assume!(direction(&scenario) == direction(&grown));
        let (before, after) = (score_of_first(&scenario, mode), score_of_first(&grown, mode));
        prop_assert!(after[0] >= before[0] - 1e-12 && after[1] >= before[1] - 1e-12, "{before:?} {after:?}");
    }

    #[test]
    fn intervals_contain_every_completion(scenario in two(), mode in mode(), seed: u64, all: bool) {
        let mut draws = splitmix(seed);
        let mut completed = scenario.clone();
        for org in &mut completed.organisations {
            complete(org, &mut draws, all);
        }
        let direction = |scenario: &Scenario| partners(scenario, mode, 9).direction;
        prop_assume!(direction(&scenario) == direction(&completed));
        let (before, after) = (score_of_first(&scenario, mode), score_of_first(&completed, mode));
        prop_assert!(before[0] <= after[0] + 1e-12 && after[1] <= before[1] + 1e-12, "{before:?} {after:?}");
        if all {
            prop_assert!((after[1] - after[0]).abs() < 1e-12, "nothing is open: {after:?}");
        }
    }

    #[test]
    fn input_order_only_breaks_ties(scenario in scenario(), mode in mode(), seed: u64) {
        let mut draws = splitmix(seed);
        let mut shuffled = scenario.clone();
        let count = shuffled.organisations.len();
        for place in (1..count).rev() {
            let other = usize::try_from(draws(place as u64 + 1)).unwrap();
            shuffled.organisations.swap(place, other);
        }
        for org in &mut shuffled.organisations {
            org.offers.reverse();
            org.needs.reverse();
            org.goals.reverse();
            org.programmes.reverse();
        }
        shuffled.conflicts.reverse();
        shuffled.trust.reverse();
        let sorted = |list: &PartnerList| {
            let mut scores: Vec<_> = list.partners.iter().map(|found| (found.id.clone(), found.score)).collect();
            scores.sort_by(|a, b| a.0.cmp(&b.0));
            scores
        };
        let (list, other) = (partners(&scenario, mode, 100), partners(&shuffled, mode, 100));
        prop_assert_eq!(sorted(&list), sorted(&other));
        let scores = |list: &PartnerList| list.partners.iter().map(|found| found.score).collect::<Vec<_>>();
        prop_assert_eq!(scores(&list), scores(&other));
    }

    #[test]
    fn near_misses_are_the_smallest_changes(scenario in scenario(), mode in mode(), top in 1_usize..4) {
        let list = partners(&scenario, mode, top);
        let bar = list.partners.last().map_or(BAR_OF_AN_EMPTY_LIST, |last| last.score[0]);
        prop_assert!(list.near_misses.len() <= NEAR_MISSES);
        for miss in &list.near_misses {
            let listed = |found: &&PartnerMatch| found.id == miss.id;
            prop_assert!(!list.partners.iter().chain(&list.could_belong).any(|found| listed(&found)));
            prop_assert!(miss.score_after >= bar - EPSILON && miss.by > 0);
            let score = |by| reference::score_after(&scenario, miss, by, list.direction)[0];
            prop_assert!((score(miss.by) - miss.score_after).abs() < EPSILON);
            if miss.change == Change::OfferMore && miss.by > 1 {
                prop_assert!(score(miss.by - 1) < bar + EPSILON, "one unit less would do: {miss:?}");
            }
        }
        let expected = reference::smallest_offer_shares(&scenario, &list, top, bar);
        let shares: Vec<f64> = list.near_misses.iter().filter(|miss| miss.change == Change::OfferMore)
            .map(|miss| miss.share_ratio).collect();
        prop_assert_eq!(shares.len(), expected.len(), "{:?} {:?}", shares, expected);
        for (share, expected) in shares.iter().zip(&expected) {
            prop_assert!((share - expected).abs() < 1e-6, "{shares:?} {expected}");
        }
    }
}

/// Far more organisations than are shown, so that the bounds of the first stage decide who is scored.
#[test]
fn a_large_directory_gives_the_list_of_the_definition() {
    for count in [NEAR_MISS_POOL, 1500] {
        check_large_directory(count);
    }
}

fn check_large_directory(count: usize) {
    let mut draws = splitmix(7);
    let mut scenario = Scenario::default();
    for index in 0..count {
        let mut org = Organisation::new(org_id(index), "x".into(), Sector::Community);
        for id in KINDS {
            if draws(2) == 0 {
                let quantity = (draws(10) > 0).then(|| draws(40));
                org.offers.push(Offer {
                    kind: kind(id),
                    quantity,
                });
            }
            if draws(2) == 0 {
                let quantity = (draws(10) > 0).then(|| 1 + draws(40));
                let priority = Priority::new(u8::try_from(1 + draws(5)).unwrap()).unwrap();
                org.needs.push(Need {
                    kind: kind(id),
                    quantity,
                    priority,
                });
            }
        }
        complete(&mut org, &mut draws, false);
        org.programmes.push(Programme {
            theme: GoalId::new(GOALS[usize::try_from(draws(4)).unwrap()]).unwrap(),
            region: None,
            name: Text::default(),
        });
        scenario.organisations.push(org);
    }
    let directory = Directory::new(&scenario).unwrap();
    for mode in [Mode::Mutual, Mode::Gift] {
        let list = directory
            .search(&org_id(0), mode, &scenario.score_weights, 50)
            .unwrap();
        let expected = reference::groups(&scenario, mode, 50);
        for (found, expected) in [
            (&list.partners, &expected.partners),
            (&list.could_belong, &expected.could_belong),
        ] {
            assert_eq!(found.len(), expected.len());
            for (found, (_, score)) in found.iter().zip(expected) {
                assert!(
                    (found.score[0] - score[0]).abs() < EPSILON
                        && (found.score[1] - score[1]).abs() < EPSILON
                );
            }
        }
        assert_eq!(list.partners.len(), 50);
        let bar = list.partners[49].score[0];
        let offers = list
            .near_misses
            .iter()
            .filter(|miss| miss.change == Change::OfferMore);
        let shares: Vec<f64> = offers.map(|miss| miss.share_ratio).collect();
        assert!(!shares.is_empty());
        if count > NEAR_MISS_POOL {
            continue;
        }
        let smallest = reference::smallest_offer_shares(&scenario, &list, 50, bar);
        assert_eq!(shares.len(), smallest.len());
        for (share, expected) in shares.iter().zip(&smallest) {
            assert!((share - expected).abs() < 1e-6, "{shares:?} {smallest:?}");
        }
    }
}

#[test]
fn a_funder_without_needs_gives() {
    let mut scenario = Scenario::default();
    for index in 0..2 {
        scenario
            .organisations
            .push(Organisation::new(org_id(index), "x".into(), Sector::Business));
    }
    scenario.organisations[0].offers.push(Offer {
        kind: kind("funds"),
        quantity: Some(30),
    });
    scenario.organisations[1].needs.push(Need {
        kind: kind("funds"),
        quantity: Some(40),
        priority: Priority::default(),
    });
    let mutual = partners(&scenario, Mode::Mutual, 9);
    assert!(mutual.suggest_gift && mutual.partners.is_empty());
    let gift = partners(&scenario, Mode::Gift, 9);
    assert_eq!(
        (gift.direction, gift.suggest_gift),
        (Direction::SeekerGives, false)
    );
    let best = gift.partners[0].score[1];
    assert!((best - 0.75 * 1.25 / 1.35).abs() < EPSILON);
    let from_below = find_partners(&scenario, &org_id(1), Mode::Gift, &scenario.score_weights, 9).unwrap();
    assert_eq!(from_below.direction, Direction::SeekerReceives);
    assert_eq!(from_below.partners[0].score[1], best);
}

#[test]
fn nobody_on_either_side_is_an_answer_and_bad_questions_are_errors() {
    let mut scenario = Scenario::default();
    let ask = |scenario: &Scenario, weights: ScoreWeights| {
        find_partners(scenario, &org_id(0), Mode::Mutual, &weights, usize::MAX)
    };
    let sound = ScoreWeights::default();
    assert_eq!(ask(&scenario, sound).unwrap_err().code(), "unknown-organisation");
    scenario
        .organisations
        .push(Organisation::new(org_id(0), "x".into(), Sector::Business));
    let alone = ask(&scenario, sound).unwrap();
    assert_eq!(
        (alone.considered, alone.partners.len(), alone.near_misses.len()),
        (0, 0, 0)
    );
    for bad in [f64::NAN, -0.1, 1.1, f64::INFINITY] {
        let error = ask(&scenario, ScoreWeights { trust: bad, ..sound }).unwrap_err();
        assert!(
            matches!(error, MatchError::WeightsInvalid { name: "trust", .. }),
            "{error}"
        );
    }
    let heavy = ScoreWeights {
        friction: 0.5,
        duplication: 0.5,
        competition: 0.1,
        ..sound
    };
    assert_eq!(ask(&scenario, heavy).unwrap_err().code(), "score-weights-invalid");
}
