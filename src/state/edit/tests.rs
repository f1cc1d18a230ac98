//! What edits change, and what they leave alone.

use super::*;
use crate::domain::{Conversion, Currency};
use crate::interchange::import;

impl Edit {
    pub(in crate::state) fn apply(self, scenario: &mut Scenario) {
        if let Some(changed) = self.applied(scenario) {
            *scenario = changed;
        }
    }
}

fn table(text: &str) -> Box<Scenario> {
    Box::new(import("mitra.csv", text.as_bytes()).unwrap().scenario)
}

fn funds(scenario: &Scenario, index: usize) -> Option<u64> {
    scenario.organisations[index].offers[0].quantity
}

#[test]
fn a_table_brings_its_own_kinds_of_resources() {
    let mut scenario = Scenario::default();
    Edit::AddTable(table("nama;sektor;tawaran:perahu\nNelayan;komunitas;3\n")).apply(&mut scenario);
    assert_eq!(scenario.kinds.len(), 1);
    assert_eq!(scenario.problems(), Vec::new());
    Edit::AddTable(table("nama;sektor;tawaran:perahu\nPelabuhan;pemerintah;1\n")).apply(&mut scenario);
    assert_eq!((scenario.kinds.len(), scenario.organisations.len()), (1, 2));
    assert_eq!(scenario.problems(), Vec::new());
}

#[test]
fn what_a_pledge_waits_for_goes_with_its_project_and_who_pays_first_with_its_organisation() {
    let mut scenario = crate::cases::CaseStudy::by_row("E6").unwrap().load().unwrap();
    Edit::RemoveProject(ProjectId::new("magang-muda").unwrap()).apply(&mut scenario);
    assert_eq!(scenario.problems(), Vec::new());
    let cocoa = scenario
        .pledges
        .iter()
        .find(|pledge| pledge.id.as_str() == "kakao-pendamping");
    assert_eq!(cocoa.unwrap().terms.condition, None);

    let mut scenario = crate::cases::CaseStudy::by_row("E9").unwrap().load().unwrap();
    Edit::RemoveOrganisation(OrgId::new("bank-pesisir-utara").unwrap()).apply(&mut scenario);
    assert_eq!(scenario.problems(), Vec::new());
    let results = scenario
        .pledges
        .iter()
        .find_map(|pledge| pledge.terms.results.clone());
    assert_eq!(results.unwrap().prefinanced_by, None);
}

#[test]
fn groups_are_put_changed_and_left_by_projects_that_go() {
    let mut scenario = Scenario::default();
    let project = ProjectId::new("well").unwrap();
    let group = |at_most| ProjectGroup {
        projects: vec![project.clone()],
        at_most,
        ..ProjectGroup::default()
    };
    Edit::PutGroup {
        at: 0,
        group: group(Some(1)),
    }
    .apply(&mut scenario);
    Edit::PutGroup {
        at: 9,
        group: group(None),
    }
    .apply(&mut scenario);
    Edit::PutGroup {
        at: 0,
        group: group(Some(2)),
    }
    .apply(&mut scenario);
    assert_eq!(scenario.groups, [group(Some(2)), group(None)]);
    Edit::RemoveGroup(1).apply(&mut scenario);
    Edit::RemoveGroup(7).apply(&mut scenario);
    Edit::RemoveProject(project).apply(&mut scenario);
    assert_eq!(scenario.groups.len(), 1);
    assert!(scenario.groups[0].projects.is_empty());
}

#[test]
fn measures_are_a_set_in_their_own_order() {
    let mut scenario = Scenario::default();
    let mut toggle = |lever| {
        Edit::ToggleLever(lever).apply(&mut scenario);
        scenario.partnership.levers.clone()
    };
    assert_eq!(toggle(Lever::WorkPlan), [Lever::WorkPlan]);
    assert_eq!(toggle(Lever::CommonGoal), [Lever::CommonGoal, Lever::WorkPlan]);
    assert_eq!(toggle(Lever::WorkPlan), [Lever::CommonGoal]);
}

#[test]
fn a_team_is_taken_whole_and_who_leaves_the_list_leaves_it_everywhere() {
    let mut scenario = Scenario::default();
    Edit::AddTable(table(
        "nama;sektor;tawaran:perahu\nA;komunitas;3\nB;bisnis;1\nC;bisnis;2\n",
    ))
    .apply(&mut scenario);
    let ids: Vec<OrgId> = scenario.organisations.iter().map(|one| one.id.clone()).collect();
    let (a, b, c) = (&ids[0], &ids[1], &ids[2]);
    Edit::SetLead(Some(a.clone())).apply(&mut scenario);
    Edit::ToggleMember(c.clone()).apply(&mut scenario);
    let ghost = OrgId::new("ghost").unwrap();
    Edit::SetMembers(vec![a.clone(), b.clone(), ghost, c.clone()]).apply(&mut scenario);
    assert_eq!(scenario.partnership.members, [c.clone(), b.clone()]);

    let before = scenario.clone();
    Edit::SetMembers(vec![b.clone(), c.clone()]).apply(&mut scenario);
    assert_eq!(scenario, before);

    Edit::SetCoalition(CoalitionSettings {
        anchors: vec![b.clone()],
        ..CoalitionSettings::default()
    })
    .apply(&mut scenario);
    Edit::SetCoordinationCost(500).apply(&mut scenario);
    assert_eq!(scenario.partnership.coalition.alpha_minor, 500);
    Edit::RemoveOrganisation(b.clone()).apply(&mut scenario);
    assert_eq!(scenario.problems(), Vec::new());
    assert!(scenario.partnership.coalition.anchors.is_empty());
}

#[test]
fn money_in_another_currency_is_converted_by_the_stated_rate_or_not_said() {
    let dollars = "name,sector,offer:funds (USD)\nFord,ngo,500\n";
    let usd = Currency::new("USD").unwrap();
    let mut empty = Scenario::default();
    Edit::AddTable(table(dollars)).apply(&mut empty);
    assert_eq!((empty.base_currency, funds(&empty, 0)), (usd, Some(50_000)));

    let mut rupiah = Scenario::default();
    Edit::AddTable(table("nama;sektor;tawaran:dana\nBank;bisnis;Rp 5.000.000\n")).apply(&mut rupiah);
    let mut with_rate = rupiah.clone();
    Edit::AddTable(table(dollars)).apply(&mut rupiah);
    assert_eq!(
        (rupiah.base_currency, funds(&rupiah, 0), funds(&rupiah, 1)),
        (Currency::IDR, Some(5_000_000), None)
    );
    with_rate.conversions.push(Conversion {
        from: usd,
        rate_numerator: 16_000,
        rate_denominator: 1,
        volatility: 0.0,
    });
    Edit::AddTable(table(dollars)).apply(&mut with_rate);
    assert_eq!(funds(&with_rate, 1), Some(8_000_000));
}
