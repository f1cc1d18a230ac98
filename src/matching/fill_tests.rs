use super::*;
use crate::domain::{
    Conflict, CostEstimate, Need, Offer, Priority, Project, ProjectId, Requirement, Sector, Text,
};
use proptest::prelude::*;

fn id(name: &str) -> OrgId {
    OrgId::new(name).unwrap()
}

fn kind(name: &str) -> KindId {
    KindId::new(name).unwrap()
}

fn organisation(name: &str, offers: &[(&str, Option<u64>)]) -> Organisation {
    let mut organisation = Organisation::new(id(name), name.into(), Sector::Community);
    let offer = |&(name, quantity): &(&str, Option<u64>)| Offer {
        kind: kind(name),
        quantity,
    };
    organisation.offers = offers.iter().map(offer).collect();
    organisation
}

/// A lead without offers, the organisations given, a project that requires `need` of `of`; the first `members` of
/// the organisations are in.
fn scenario(of: &str, need: u64, organisations: Vec<Organisation>, members: usize) -> Scenario {
    let mut scenario = Scenario::default();
    scenario.partnership.lead = Some(id("lead"));
    scenario.partnership.members = organisations
        .iter()
        .take(members)
        .map(|one| one.id.clone())
        .collect();
    scenario.organisations = vec![organisation("lead", &[])];
    scenario.organisations.extend(organisations);
    let project = ProjectId::new("project").unwrap();
    scenario.projects.push(Project {
        id: project.clone(),
        name: "Project".into(),
        description: Text::default(),
        lead: None,
        goals: Vec::new(),
        region: None,
        cost: CostEstimate::fixed(1),
        divisible: false,
        minimum_minor: None,
        beneficiaries: None,
        requirements: vec![Requirement {
            kind: kind(of),
            quantity: need,
        }],
        duration_months: None,
        tranches: Vec::new(),
    });
    scenario.partnership.project = Some(project);
    scenario
}

fn only(scenario: &Scenario) -> Fill {
    let mut fills = partnership_fill(scenario);
    assert_eq!(fills.len(), 1);
    fills.remove(0)
}

/// (who, from, to, sure) of every stretch.
fn laid(fill: &Fill) -> Vec<(&str, u64, u64, bool)> {
    fill.stretches
        .iter()
        .map(|one| (one.org.as_str(), one.from, one.to, one.sure))
        .collect()
}

#[test]
fn days_add_up_and_what_is_too_much_is_cut_at_the_line() {
    let people = vec![
        organisation("a", &[("staff", Some(300))]),
        organisation("b", &[("staff", Some(120))]),
    ];
    let short = only(&scenario("staff", 600, people.clone(), 2));
    assert_eq!(short.covered, [420, 420]);
    assert_eq!(short.short(), Some([180, 180]));
    let cut = only(&scenario("staff", 350, people, 2));
    assert_eq!((cut.covered, cut.surplus), ([350, 350], 70));
    assert_eq!(laid(&cut), [("a", 0, 300, true), ("b", 300, 350, true)]);
    assert!(cut.is_covered() && cut.fillers.is_empty());
}

#[test]
fn villages_known_twice_are_counted_as_an_interval() {
    let people = vec![
        organisation("a", &[("local-knowledge", Some(4))]),
        organisation("b", &[("local-knowledge", Some(6))]),
    ];
    let fill = only(&scenario("local-knowledge", 12, people, 2));
    assert_eq!((fill.covered, fill.may_overlap), ([6, 10], true));
    assert_eq!(fill.short(), Some([2, 6]));
    assert_eq!(laid(&fill), [("b", 0, 6, true), ("a", 6, 10, false)]);
}

#[test]
fn an_amount_not_said_may_be_nothing_or_all() {
    let people = vec![
        organisation("a", &[("technology", None)]),
        organisation("b", &[("technology", Some(30))]),
        organisation("c", &[("technology", None)]),
    ];
    let fill = only(&scenario("technology", 40, people, 3));
    assert_eq!(fill.covered, [30, 40]);
    assert_eq!(
        laid(&fill),
        [("b", 0, 30, true), ("a", 30, 35, false), ("c", 35, 40, false)]
    );
}

#[test]
fn without_a_project_the_leads_own_needs_are_filled_by_the_others_alone() {
    let mut scenario = scenario(
        "staff",
        1,
        vec![organisation("a", &[("funds", Some(5)), ("data", Some(1))])],
        1,
    );
    scenario.partnership.project = None;
    let lead = scenario.organisations.first_mut().unwrap();
    let need = |name, quantity| Need {
        kind: kind(name),
        quantity,
        priority: Priority::default(),
    };
    lead.offers = organisation("x", &[("funds", Some(3))]).offers;
    lead.needs = vec![need("funds", Some(9)), need("data", None), need("goods", Some(0))];
    let fills = partnership_fill(&scenario);
    assert_eq!(fills.len(), 2, "a need of nothing is none");
    assert_eq!((fills[0].covered, fills[0].contributions.len()), ([5, 5], 1));
    assert_eq!((fills[1].short(), fills[1].ratio()), (None, [0.0, 1.0]));
}

#[test]
fn the_project_takes_what_the_lead_brings_too() {
    let mut scenario = scenario("staff", 10, vec![organisation("a", &[("staff", Some(4))])], 1);
    scenario.organisations[0] = organisation("lead", &[("staff", Some(5))]);
    assert_eq!(laid(&only(&scenario)), [("lead", 0, 5, true), ("a", 5, 9, true)]);
    scenario.partnership.lead = None;
    assert_eq!(partnership_fill(&scenario), Vec::new());
}

#[test]
fn a_gap_names_who_could_fill_it_but_nobody_in_conflict() {
    let people = vec![
        organisation("in", &[("staff", Some(4))]),
        organisation("little", &[("staff", Some(2))]),
        organisation("silent", &[("staff", None)]),
        organisation("much", &[("staff", Some(100))]),
        organisation("foe", &[("staff", Some(100))]),
        organisation("none", &[("staff", Some(0))]),
    ];
    let mut scenario = scenario("staff", 10, people, 1);
    scenario.conflicts.push(Conflict {
        between: (id("foe"), id("in")),
        reason: Text::default(),
    });
    let fill = only(&scenario);
    let names: Vec<_> = fill
        .fillers
        .iter()
        .map(|filler| (filler.org.as_str(), filler.adds))
        .collect();
    assert_eq!(names, [("much", [6, 6]), ("little", [2, 2]), ("silent", [0, 6])]);
    scenario.partnership.members.push(id("foe"));
    assert_eq!(conflicts_inside(&scenario), [(id("in"), id("foe"))]);
}

#[test]
fn requirements_of_one_kind_are_one() {
    let mut scenario = scenario("staff", 10, Vec::new(), 0);
    let again = scenario.projects[0].requirements[0].clone();
    scenario.projects[0].requirements.push(again);
    assert_eq!(only(&scenario).need, Some(20));
}

/// Offers of up to five members: an amount, or not said.
fn offers() -> impl Strategy<Value = Vec<Option<u64>>> {
    prop::collection::vec(prop::option::weighted(0.7, 0_u64..40), 0..5)
}

fn with_offers(of: &str, need: u64, offers: &[Option<u64>]) -> Scenario {
    let member = |(index, &offer): (usize, &Option<u64>)| organisation(&format!("m{index}"), &[(of, offer)]);
    let people: Vec<_> = offers.iter().enumerate().map(member).collect();
    let count = people.len();
    scenario(of, need, people, count)
}

proptest! {
    #[test]
    fn the_interval_contains_every_completion(
        offers in offers(), answers in prop::collection::vec(0_u64..60, 5), need in 1_u64..60, overlap: bool,
    ) {
        let of = if overlap { "local-knowledge" } else { "staff" };
        let open = only(&with_offers(of, need, &offers));
        let said: Vec<_> = offers.iter().zip(&answers).map(|(offer, answer)| offer.or(Some(*answer))).collect();
        let closed = only(&with_offers(of, need, &said));
        prop_assert!(open.covered[0] <= closed.covered[0] && closed.covered[1] <= open.covered[1]);
        prop_assert!(closed.covered[1] <= need && closed.covered[0] <= closed.covered[1]);
        if !overlap {
            prop_assert_eq!(closed.covered[0], said.iter().flatten().sum::<u64>().min(need));
            prop_assert_eq!(closed.covered[0], closed.covered[1]);
        }
    }

    #[test]
    fn stretches_lie_end_to_end_and_show_exactly_what_is_covered(
        offers in offers(), need in 1_u64..60, overlap: bool,
    ) {
        let fill = only(&with_offers(if overlap { "networks" } else { "goods" }, need, &offers));
        let mut at = 0;
        for stretch in &fill.stretches {
            prop_assert!(stretch.from == at && stretch.to > at);
            at = stretch.to;
        }
        let sure = fill.stretches.iter().filter(|one| one.sure).map(|one| one.to - one.from).sum::<u64>();
        prop_assert_eq!([sure, at], fill.covered);
    }

    #[test]
    fn a_filler_brings_at_least_and_at_most_what_is_promised(
        offers in offers(), extra in prop::option::of(1_u64..40), need in 1_u64..60, overlap: bool,
    ) {
        let of = if overlap { "networks" } else { "goods" };
        let mut scenario = with_offers(of, need, &offers);
        scenario.organisations.push(organisation("extra", &[(of, extra)]));
        let before = only(&scenario);
        scenario.partnership.members.push(id("extra"));
        let after = only(&scenario);
        match before.fillers.first() {
            Some(filler) => {
                prop_assert_eq!(before.covered[0] + filler.adds[0], after.covered[0]);
                prop_assert!(after.covered[1] <= need.min(before.covered[1] + filler.adds[1]));
            }
            None => prop_assert!(before.is_covered()),
        }
    }
}
