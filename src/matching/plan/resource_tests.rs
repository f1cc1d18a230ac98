use super::*;
use crate::domain::{
    Conflict, CostEstimate, KindId, Need, Offer, Organisation, Pace, Priority, Project, ProjectId,
    Requirement, Sector, Text,
};

fn id(name: &str) -> OrgId {
    OrgId::new(name).unwrap()
}

fn kind(name: &str) -> KindId {
    KindId::new(name).unwrap()
}

/// The bundled studies as they stand in their files; this room knows no other way to them.
const STUDIES: [&str; 3] = [
    include_str!("../../../scenarios/e2-community-education-yogyakarta.json"),
    include_str!("../../../scenarios/e4-sanitation-health-bali.json"),
    include_str!("../../../scenarios/e6-children-youth-south-sulawesi.json"),
];

fn study(file: &str) -> Scenario {
    serde_json::from_str(file).unwrap()
}

type Row<'a> = (&'a str, Option<u64>);

fn organisation(name: &str, offers: &[Row], needs: &[Row]) -> Organisation {
    let mut organisation = Organisation::new(id(name), name.into(), Sector::Community);
    let offer = |&(name, quantity): &Row| Offer {
        kind: kind(name),
        quantity,
    };
    let need = |&(name, quantity): &Row| Need {
        kind: kind(name),
        quantity,
        priority: Priority::default(),
    };
    organisation.offers = offers.iter().map(offer).collect();
    organisation.needs = needs.iter().map(need).collect();
    organisation
}

/// The first leads, the others are members.
fn scenario(organisations: Vec<Organisation>) -> Scenario {
    let mut scenario = Scenario::default();
    scenario.partnership.lead = organisations.first().map(|one| one.id.clone());
    scenario.partnership.members = organisations.iter().skip(1).map(|one| one.id.clone()).collect();
    scenario.organisations = organisations;
    scenario
}

fn project(scenario: &mut Scenario, requirements: &[(&str, u64)]) {
    let id = ProjectId::new("road").unwrap();
    let requirement = |&(name, quantity): &(&str, u64)| Requirement {
        kind: kind(name),
        quantity,
    };
    scenario.projects.push(Project {
        id: id.clone(),
        name: "Road".into(),
        description: Text::default(),
        lead: None,
        goals: Vec::new(),
        region: None,
        cost: CostEstimate::fixed(1),
        divisible: false,
        minimum_minor: None,
        beneficiaries: None,
        requirements: requirements.iter().map(requirement).collect(),
        duration_months: None,
        tranches: Vec::new(),
    });
    scenario.partnership.project = Some(id);
}

/// (from, to, kind, quantity, sure)
fn transfers(plan: &ResourcePlan) -> Vec<(&str, &str, &str, u64, bool)> {
    plan.transfers
        .iter()
        .map(|one| {
            let to = match &one.to {
                Party::Organisation(id) => id.as_str(),
                Party::Project(id) => id.as_str(),
            };
            (one.from.as_str(), to, one.kind.as_str(), one.quantity, one.sure)
        })
        .collect()
}

#[test]
fn members_meet_each_others_needs_but_not_their_own() {
    let scenario = scenario(vec![
        organisation(
            "a",
            &[("staff", Some(10))],
            &[("staff", Some(4)), ("goods", Some(3))],
        ),
        organisation(
            "b",
            &[("goods", Some(9)), ("staff", Some(2))],
            &[("staff", Some(12))],
        ),
    ]);
    let plan = partnership_plan(&scenario, false).unwrap();
    assert_eq!(
        transfers(&plan),
        [
            ("a", "b", "staff", 10, true),
            ("b", "a", "staff", 2, true),
            ("b", "a", "goods", 3, true)
        ]
    );
    let missing: Vec<_> = plan.unmet.iter().map(|row| (row.need, row.missing)).collect();
    assert_eq!(missing, [(4, [2, 2]), (12, [2, 2])]);
    assert_eq!(plan.left_over.len(), 1);
    assert_eq!((plan.left_over[0].quantity, plan.faults.clone()), (6, vec![]));
}

#[test]
fn a_project_receives_at_the_friction_with_the_lead() {
    let mut people = vec![
        organisation("lead", &[("staff", Some(5))], &[("staff", Some(99))]),
        organisation("slow", &[("staff", Some(8))], &[]),
        organisation("quick", &[("staff", Some(8))], &[]),
    ];
    for (one, pace) in people.iter_mut().zip([Pace::Weekly, Pace::Yearly, Pace::Monthly]) {
        one.working_style.pace = Some(pace);
    }
    let mut scenario = scenario(people);
    project(&mut scenario, &[("staff", 10), ("staff", 2)]);
    let plan = partnership_plan(&scenario, false).unwrap();
    assert_eq!(
        transfers(&plan),
        [
            ("lead", "road", "staff", 5, true),
            ("quick", "road", "staff", 7, true)
        ]
    );
    // Pace 1/3 weighs half; formality and horizon, not said by either, may be as far as can be: 1/6 + 1/4 +
    // 1/4.
    assert_eq!(plan.kinds[0].friction, 7 * (40 + 60 + 60));
    assert_eq!(plan.kinds[0].left_over, 9);
    assert!(plan.faults.is_empty() && plan.unmet.is_empty());
}

#[test]
fn every_friction_is_a_whole_number_of_units() {
    for file in STUDIES {
        let scenario = study(file);
        let all: Vec<_> = scenario.organisations.iter().map(|one| one.id.clone()).collect();
        let directory = crate::matching::Directory::new(&scenario).unwrap();
        for a in 0..all.len() {
            for b in 0..all.len() {
                let friction = crate::matching::modifiers::Modifiers::of(&directory, a, b)
                    .friction()
                    .high;
                let units = friction * super::super::FRICTION_UNITS as f64;
                assert!((units - units.round()).abs() < 1e-9, "{units}");
            }
        }
        for fair in [false, true] {
            let plan = resource_plan(&scenario, &all, fair).unwrap();
            assert_eq!(plan.faults, vec![]);
            assert!(!plan.transfers.is_empty());
            let text = serde_json::to_string(&plan).unwrap();
            assert_eq!(serde_json::from_str::<ResourcePlan>(&text).unwrap(), plan);
        }
    }
}

#[test]
fn villages_known_twice_are_met_as_an_interval() {
    let mut scenario = scenario(vec![
        organisation("a", &[("local-knowledge", Some(4))], &[]),
        organisation("b", &[("local-knowledge", Some(6))], &[]),
    ]);
    project(&mut scenario, &[("local-knowledge", 9)]);
    let plan = partnership_plan(&scenario, false).unwrap();
    assert_eq!(
        transfers(&plan),
        [
            ("a", "road", "local-knowledge", 3, false),
            ("b", "road", "local-knowledge", 6, true)
        ]
    );
    assert_eq!((plan.kinds[0].met, plan.unmet[0].missing), ([6, 9], [0, 3]));
    assert_eq!(plan.faults, vec![]);
}

#[test]
fn a_dataset_serves_everybody() {
    let scenario = scenario(vec![
        organisation("a", &[("permits", Some(2))], &[]),
        organisation("b", &[], &[("permits", Some(2))]),
        organisation("c", &[], &[("permits", Some(1))]),
    ]);
    let plan = partnership_plan(&scenario, true).unwrap();
    assert_eq!(
        transfers(&plan),
        [("a", "b", "permits", 2, true), ("a", "c", "permits", 1, true)]
    );
    assert!(plan.left_over.is_empty() && plan.faults.is_empty());
}

#[test]
fn what_is_not_said_is_asked_not_planned() {
    let mut scenario = scenario(vec![
        organisation("a", &[("staff", Some(5))], &[("goods", None)]),
        organisation("b", &[("staff", None)], &[("staff", Some(9))]),
        organisation("c", &[("staff", None)], &[("staff", Some(1))]),
        organisation("d", &[("staff", None), ("goods", None)], &[]),
    ]);
    scenario.conflicts.push(Conflict {
        between: (id("d"), id("b")),
        reason: Text::default(),
    });
    let plan = partnership_plan(&scenario, false).unwrap();
    assert_eq!(plan.open_needs.len(), 1);
    assert_eq!(plan.open_needs[0].to, Party::Organisation(id("a")));
    let adds: Vec<_> = plan
        .open_offers
        .iter()
        .map(|one| (one.from.as_str(), one.adds))
        .collect();
    // 5 of 10 days are missing. b cannot supply itself but can supply c, c can supply b; d may not supply b,
    // and whatever it gives c only frees what c had.
    let missing: u64 = plan.unmet.iter().map(|row| row.missing[1]).sum();
    assert_eq!(missing, 5);
    assert_eq!(adds, [("b", 1), ("c", 5), ("d", 1), ("d", 0)]);
    assert_eq!(plan.faults, vec![]);
}

#[test]
fn nothing_crosses_a_conflict_and_strangers_are_refused() {
    let mut scenario = scenario(vec![
        organisation("a", &[("staff", Some(5))], &[]),
        organisation("b", &[], &[("staff", Some(5))]),
    ]);
    scenario.conflicts.push(Conflict {
        between: (id("a"), id("b")),
        reason: Text::default(),
    });
    assert_eq!(partnership_plan(&scenario, false).unwrap().transfers, vec![]);
    let refused = resource_plan(&scenario, &[id("z")], false).unwrap_err();
    assert_eq!(refused.to_string(), "unknown-organisation: z");
    let empty = partnership_plan(&Scenario::default(), true).unwrap();
    assert!(empty.kinds.is_empty() && empty.faults.is_empty());
}

#[test]
fn a_changed_plan_is_found_out() {
    let scenario = study(STUDIES[0]);
    let all: Vec<_> = scenario.organisations.iter().map(|one| one.id.clone()).collect();
    for fair in [false, true] {
        let plan = resource_plan(&scenario, &all, fair).unwrap();
        let broken = |change: &dyn Fn(&mut ResourcePlan)| {
            let mut plan = plan.clone();
            change(&mut plan);
            !verify_plan(&scenario, &plan).unwrap().is_empty()
        };
        assert!(!broken(&|_| ()));
        for at in 0..plan.transfers.len() {
            assert!(broken(&|plan| plan.transfers[at].quantity += 1), "{at}");
            assert!(broken(&|plan| drop(plan.transfers.remove(at))), "{at}");
        }
        for at in 0..plan.left_over.len() {
            assert!(broken(&|plan| plan.left_over[at].quantity += 1), "{at}");
        }
        for at in 0..plan.unmet.len() {
            assert!(broken(&|plan| plan.unmet[at].missing[1] += 1), "{at}");
            assert!(broken(&|plan| drop(plan.unmet.remove(at))), "{at}");
        }
        for at in 0..plan.kinds.len() {
            assert!(broken(&|plan| plan.kinds[at].friction += 1), "{at}");
            assert!(broken(&|plan| plan.kinds[at].met[1] += 1), "{at}");
        }
    }
}

/// Money offered that nobody here needs has no receivers to share it among; that is no fault of the plan.
#[test]
fn what_nobody_needs_is_shared_fairly_too() {
    let mut scenario = Scenario::default();
    scenario
        .organisations
        .push(organisation("bank", &[("funds", Some(5))], &[]));
    scenario
        .organisations
        .push(organisation("school", &[], &[("goods", Some(2))]));
    let plan = resource_plan(&scenario, &[id("bank"), id("school")], true).unwrap();
    assert_eq!(plan.faults, []);
}
