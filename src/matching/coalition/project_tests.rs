use super::*;
use crate::domain::{Conflict, CostEstimate, Offer, Requirement, Text};
use crate::matching::coalition::answer::NamedBlock;
use crate::matching::coalition::{CoalitionAnswer, Limits, Outcome, Study};

fn id(text: &str) -> OrgId {
    OrgId::new(text).unwrap()
}

fn kind(text: &str) -> KindId {
    KindId::new(text).unwrap()
}

fn org(name: &str, sector: Sector, cost: Option<u64>, offers: &[(&str, Option<u64>)]) -> Organisation {
    let mut org = Organisation::new(id(name), name.into(), sector);
    org.participation_cost_minor = cost;
    org.offers = offers
        .iter()
        .map(|&(of, quantity)| Offer {
            kind: kind(of),
            quantity,
        })
        .collect();
    org
}

/// Clean water in Gunungkidul: a foundation leads, 40 days of training and 12 villages known are wanted.
fn scenario(required: &[(&str, u64)]) -> Scenario {
    use Sector::{Academia, Business, CivilSociety, Community, Government};
    let organisations = vec![
        org("yayasan", CivilSociety, Some(10), &[("expertise", Some(10))]),
        org("kampus", Academia, Some(50), &[("expertise", Some(40))]),
        org("pabrik", Business, None, &[("expertise", Some(30))]),
        org("dinas", Government, Some(20), &[("local-knowledge", Some(7))]),
        org(
            "karang-taruna",
            Community,
            Some(5),
            &[("local-knowledge", Some(12)), ("expertise", None)],
        ),
        org("paguyuban", Community, Some(1), &[("local-knowledge", Some(11))]),
    ];
    let requirements = required.iter().map(|&(of, quantity)| Requirement {
        kind: kind(of),
        quantity,
    });
    let project = Project {
        id: ProjectId::new("air").unwrap(),
        name: "Air".into(),
        description: Text::default(),
        lead: Some(id("yayasan")),
        goals: Vec::new(),
        region: None,
        cost: CostEstimate::fixed(1),
        divisible: false,
        minimum_minor: None,
        beneficiaries: None,
        requirements: requirements.collect(),
        duration_months: None,
        tranches: Vec::new(),
    };
    Scenario {
        organisations,
        projects: vec![project],
        ..Scenario::default()
    }
}

fn answer(scenario: &Scenario) -> CoalitionAnswer {
    let project = &scenario.projects[0].id;
    let posed = of_project(scenario, project, &scenario.partnership.coalition).unwrap();
    let limits = Limits {
        k_best: 2,
        ..Limits::default()
    };
    let mut study = Study::new(&posed.instance, limits);
    while !study.step(50) {}
    posed.answer(scenario, project, &study.report())
}

fn members(answer: &CoalitionAnswer) -> Vec<&str> {
    let best = answer.best.iter().flat_map(|best| &best.members);
    best.map(|member| member.org.as_str()).collect()
}

#[test]
fn the_lead_is_in_and_overlapping_offers_count_by_the_largest() {
    // 7 + 11 villages might be 18, or 11: only the one who knows 12 is certain.
    let answer = answer(&scenario(&[("expertise", 40), ("local-knowledge", 12)]));
    assert_eq!(answer.outcome, Outcome::Optimal);
    // 30 days of the factory would do, but it does not say what taking part costs: it counts as the dearest, 50.
    assert_eq!(members(&answer), ["yayasan", "kampus", "karang-taruna"]);
    let best = answer.best.as_ref().unwrap();
    assert_eq!((best.objective_minor, best.pairs, best.size), (65, 3, 3));
    assert_eq!(answer.alternatives[0].objective_minor, 65);
    assert_eq!(answer.alternatives[0].stated_cost_minor, 15);
    assert_eq!(
        (answer.assumed_cost_minor, &answer.unknown_costs[..]),
        (50, &[id("pabrik")][..])
    );
    assert_eq!(answer.unknown_offers[0].org, id("karang-taruna"));
    assert_eq!(best.covered[0].brought, [50, 90]);
    assert_eq!(best.covered[1].brought, [12, 12]);
}

#[test]
fn forms_and_settings_set_the_quotas() {
    let mut scenario = scenario(&[("expertise", 40)]);
    scenario.partnership.form = Some(Form::CsrProgramme);
    assert_eq!(members(&answer(&scenario)), ["yayasan", "pabrik", "dinas"]);
    scenario.partnership.form = Some(Form::CrossSector);
    assert_eq!(members(&answer(&scenario)), ["yayasan", "kampus", "paguyuban"]);
    scenario.partnership.form = None;
    scenario.partnership.coalition.sector_min = vec![(Sector::Community, 2)];
    assert_eq!(
        members(&answer(&scenario)),
        ["yayasan", "kampus", "karang-taruna", "paguyuban"]
    );
    scenario.partnership.coalition.anchors = vec![id("pabrik")];
    assert_eq!(
        members(&answer(&scenario)),
        ["yayasan", "pabrik", "karang-taruna", "paguyuban"]
    );
}

#[test]
fn what_blocks_is_named_with_whom_to_ask() {
    let asked = answer(&scenario(&[("expertise", 95)]));
    assert_eq!(asked.outcome, Outcome::Infeasible);
    let expected = NamedBlock::Requirement {
        kind: kind("expertise"),
        short: 15,
        ask: vec![id("karang-taruna")],
    };
    assert_eq!(asked.blocked, [expected]);

    let mut scenario = scenario(&[("expertise", 70)]);
    let between = (id("pabrik"), id("kampus"));
    scenario.conflicts.push(Conflict {
        between: between.clone(),
        reason: Text::default(),
    });
    let blocked = answer(&scenario).blocked;
    let needed = NamedBlock::Requirement {
        kind: kind("expertise"),
        short: 20,
        ask: vec![id("karang-taruna")],
    };
    assert_eq!(blocked, [needed, NamedBlock::Conflicts { pairs: vec![between] }]);
}

#[test]
fn a_theme_limits_who_is_asked_and_strangers_are_refused() {
    let mut scenario = scenario(&[("expertise", 40)]);
    scenario.partnership.form = Some(Form::ThematicCoalition);
    let water = crate::domain::GoalId::new("sdg6").unwrap();
    scenario.projects[0].goals = vec![water.clone()];
    scenario.organisations[2].goals = vec![water];
    let answer = answer(&scenario);
    assert_eq!(members(&answer), ["yayasan", "pabrik"]);
    assert_eq!(answer.without_theme.len(), 4);

    let project = scenario.projects[0].id.clone();
    let settings = CoalitionSettings {
        anchors: vec![id("ghost")],
        ..CoalitionSettings::default()
    };
    let refused = of_project(&scenario, &project, &settings).unwrap_err();
    assert_eq!(refused.code(), "unknown-organisation");
    let nowhere = ProjectId::new("nowhere").unwrap();
    assert_eq!(
        of_project(&scenario, &nowhere, &settings).unwrap_err().code(),
        "unknown-project"
    );
}

#[test]
fn the_answer_survives_json() {
    let answer = answer(&scenario(&[("expertise", 40), ("local-knowledge", 12)]));
    let json = serde_json::to_string(&answer).unwrap();
    assert_eq!(serde_json::from_str::<CoalitionAnswer>(&json).unwrap(), answer);
}
