use super::*;
use crate::cases::CaseStudy;
use crate::matching::{Mode, find_partners};

fn study(row: &str) -> Scenario {
    CaseStudy::by_row(row).unwrap().load().unwrap()
}

#[test]
fn a_province_alone_is_a_sound_scenario_with_the_lead_in_it() {
    for study in crate::cases::ALL {
        let scenario = study.load().unwrap();
        let lead = scenario.partnership.lead.clone().unwrap();
        for region in provinces(&scenario).into_iter().chain(RegionCode::new("91")) {
            let narrowed = within(&scenario, &region);
            assert_eq!(narrowed.problems(), Vec::new());
            assert!(narrowed.organisation(&lead).is_some());
            let inside = |one: &crate::domain::Organisation| {
                one.id == lead || one.region.as_ref().is_some_and(|at| at.is_within(&region))
            };
            assert!(narrowed.organisations.iter().all(inside));
            let expected = scenario.organisations.iter().filter(|one| inside(one)).count();
            assert_eq!(narrowed.organisations.len(), expected);
        }
    }
}

#[test]
fn the_biggest_gap_is_one_the_partner_surely_leaves_and_its_helper_fills_more_of_it() {
    let scenario = study("E2");
    let lead = scenario.partnership.lead.clone().unwrap();
    let list = find_partners(&scenario, &lead, Mode::Mutual, &scenario.score_weights, 12).unwrap();
    let mut helped = 0;
    for partner in &list.partners {
        let Some((kind, helper)) = biggest_gap(&list, partner) else {
            assert!(partner.receives.iter().all(|row| row.filled[1] >= 1.0));
            continue;
        };
        let filled = |found: &PartnerMatch| {
            let row = found.receives.iter().find(|row| row.kind == kind);
            row.map_or(0.0, |row| row.filled[0])
        };
        for row in partner.receives.iter().filter(|row| row.filled[1] < 1.0) {
            assert!(filled(partner) <= row.filled[0]);
        }
        if let Some(helper) = helper {
            helped += 1;
            assert!(filled(match_of(&list, &helper).unwrap()) > filled(partner));
        }
    }
    assert!(helped > 0, "the study has partners that complete each other");
}

#[test]
fn no_weights_a_person_can_set_make_the_scenario_unsound() {
    let mut scenario = Scenario::default();
    for friction in 0..=100_u8 {
        for duplication in 0..=(100 - friction) {
            let mut weights = ScoreWeights {
                friction: 0.0,
                duplication: 0.0,
                competition: 0.0,
                ..ScoreWeights::default()
            };
            weights = Weight::Friction.set(&weights, friction);
            weights = Weight::Duplication.set(&weights, duplication);
            // More than there is room for is held at the limit.
            weights = Weight::Competition.set(&weights, 100);
            let shown = [Weight::Friction, Weight::Duplication, Weight::Competition]
                .map(|weight| weight.percent(&weights));
            assert_eq!(shown, [friction, duplication, 100 - friction - duplication]);
            scenario.score_weights = weights;
            assert_eq!(scenario.problems(), Vec::new(), "{weights:?}");
        }
    }
}

#[test]
fn the_weights_offered_are_all_the_weights_there_are() {
    let mut weights = ScoreWeights::default();
    let before = Weight::ALL.map(|weight| weight.percent(&weights));
    assert_eq!(before, [15, 10, 10, 15, 10, 10]);
    for weight in Weight::ALL {
        weights = weight.set(&weights, 7);
    }
    assert_eq!(Weight::ALL.map(|weight| weight.percent(&weights)), [7; 6]);
}

#[test]
fn what_is_wanted_of_somebody_is_offered_by_it_and_needed_by_another_at_the_table() {
    let scenario = study("E2");
    let table: Vec<_> = scenario
        .organisations
        .iter()
        .take(4)
        .map(|one| one.id.clone())
        .collect();
    let mut some = false;
    for giver in &table {
        let wanted = wanted_from(&scenario, giver, &table);
        some |= !wanted.is_empty();
        for kind in wanted {
            assert!(scenario.organisation(giver).unwrap().offer(&kind).is_some());
            let others = table.iter().filter(|id| *id != giver);
            let mut needs = others.filter_map(|id| scenario.organisation(id).unwrap().need(&kind));
            assert!(needs.any(|need| need.quantity != Some(0)));
        }
        assert_eq!(
            wanted_from(&scenario, giver, std::slice::from_ref(giver)),
            Vec::new()
        );
    }
    assert!(some);
}
