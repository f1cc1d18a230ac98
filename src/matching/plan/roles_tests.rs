use super::*;
use crate::domain::{Need, Offer, Priority, Programme};
use crate::matching::plan::partnership_plan;

fn id(name: &str) -> OrgId {
    OrgId::new(name).unwrap()
}

fn organisation(name: &str, sector: Sector, offers: &[(&str, Option<u64>)]) -> Organisation {
    let mut organisation = Organisation::new(id(name), name.into(), sector);
    let offer = |&(name, quantity): &(&str, Option<u64>)| Offer {
        kind: KindId::new(name).unwrap(),
        quantity,
    };
    organisation.offers = offers.iter().map(offer).collect();
    organisation
}

/// The first leads and needs all that is given, the others are members.
fn scenario(needs: &[(&str, u64)], organisations: Vec<Organisation>) -> Scenario {
    let mut scenario = Scenario::default();
    scenario.partnership.lead = organisations.first().map(|one| one.id.clone());
    scenario.partnership.members = organisations.iter().skip(1).map(|one| one.id.clone()).collect();
    scenario.organisations = organisations;
    let need = |&(name, quantity): &(&str, u64)| Need {
        kind: KindId::new(name).unwrap(),
        quantity: Some(quantity),
        priority: Priority::default(),
    };
    scenario.organisations[0].needs = needs.iter().map(need).collect();
    scenario
}

fn roles(scenario: &Scenario) -> RolePlan {
    assign_roles(scenario, &partnership_plan(scenario, false).unwrap())
}

/// (role, who, why) by code.
fn assigned(plan: &RolePlan) -> Vec<(&str, &str, &str)> {
    plan.roles
        .iter()
        .map(|one| (one.role.code(), one.org.as_str(), one.reason.code()))
        .collect()
}

#[test]
fn money_is_held_by_one_and_checked_by_another() {
    use Sector::{Academia, Business, CivilSociety, Community, Government};
    let scenario = scenario(
        &[("staff", 30), ("expertise", 30)],
        vec![
            organisation("village", Community, &[]),
            organisation("bank", Business, &[("fund-management", Some(9))]),
            organisation("quiet", CivilSociety, &[("fund-management", None)]),
            organisation("trust", CivilSociety, &[("fund-management", Some(2))]),
            organisation("campus", Academia, &[("staff", Some(20)), ("expertise", Some(5))]),
            organisation("firm", Business, &[("expertise", Some(24))]),
            organisation("regency", Government, &[]),
        ],
    );
    let plan = roles(&scenario);
    assert_eq!(
        assigned(&plan),
        [
            ("leads", "village", "chosen-lead"),
            ("delivers", "campus", "most-days"),
            ("holds-funds", "trust", "civil-society-fund-manager"),
            ("checks", "regency", "independent"),
        ]
    );
    assert!(plan.open.is_empty());
}

#[test]
fn without_offers_the_lead_holds_the_funds_and_nobody_checks() {
    let alone = scenario(
        &[("staff", 3)],
        vec![organisation("village", Sector::Community, &[])],
    );
    let plan = roles(&alone);
    assert_eq!(
        assigned(&plan),
        [
            ("leads", "village", "chosen-lead"),
            ("holds-funds", "village", "lead-by-default")
        ]
    );
    assert_eq!(plan.open, [Role::Delivers, Role::Checks]);
    let campus = organisation(
        "campus",
        Sector::Academia,
        &[("staff", Some(3)), ("fund-management", Some(0))],
    );
    let pair = scenario(
        &[("staff", 3)],
        vec![organisation("village", Sector::Community, &[]), campus],
    );
    assert_eq!(assigned(&roles(&pair))[3], ("checks", "campus", "holds-no-funds"));
    assert_eq!(roles(&Scenario::default()).open, Role::ALL);
}

#[test]
fn a_need_without_an_owner_names_whom_to_ask() {
    let scenario = scenario(
        &[("goods", 5), ("staff", 9)],
        vec![
            organisation("village", Sector::Community, &[]),
            organisation("shop", Sector::Business, &[("goods", None), ("staff", Some(1))]),
        ],
    );
    let plan = roles(&scenario);
    assert_eq!(plan.gaps.len(), 1, "staff is short but has an owner");
    assert_eq!(
        (plan.gaps[0].need, plan.gaps[0].ask.clone()),
        (5, vec![id("shop")])
    );
}

#[test]
fn two_give_where_one_would_do() {
    let mut scenario = scenario(
        &[("staff", 9)],
        vec![
            organisation("village", Sector::Community, &[]),
            organisation("near", Sector::Community, &[("staff", Some(4))]),
            organisation("far", Sector::Business, &[("staff", Some(40))]),
        ],
    );
    // Nobody said how they work: equal cost, and one transfer is enough.
    assert!(roles(&scenario).overlaps.is_empty());
    for (at, months) in [(0, 12), (1, 12), (2, 60)] {
        scenario.organisations[at].working_style.horizon_months = Some(months);
    }
    let found = roles(&scenario).overlaps;
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].givers, [id("near"), id("far")]);
    assert_eq!(found[0].enough, [id("far")]);
}

#[test]
fn programmes_run_twice_are_named() {
    let programme = |theme: &str, region: Option<&str>| Programme {
        theme: GoalId::new(theme).unwrap(),
        region: region.map(|code| RegionCode::new(code).unwrap()),
        name: "x".into(),
    };
    let mut people: Vec<_> = ["a", "b", "c"]
        .map(|name| organisation(name, Sector::Community, &[]))
        .into();
    people[0].programmes = vec![programme("reading", Some("34.02"))];
    people[1].programmes = vec![programme("reading", Some("34")), programme("water", Some("34"))];
    people[2].programmes = vec![programme("reading", None), programme("water", Some("51"))];
    let found = roles(&scenario(&[], people)).duplicates;
    let rows: Vec<_> = found
        .iter()
        .map(|one| {
            (
                one.between.0.as_str(),
                one.between.1.as_str(),
                one.theme.as_str(),
                one.sure,
            )
        })
        .collect();
    assert_eq!(
        rows,
        [
            ("a", "b", "reading", true),
            ("a", "c", "reading", false),
            ("b", "c", "reading", false)
        ]
    );
}
