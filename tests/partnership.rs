//! The partnership model on the bundled studies, its table, and its draft in both languages.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic)]

use gotong::cases::CaseStudy;
use gotong::domain::{
    CostEstimate, Currency, DecisionRule, Formality, FutureSettings, Language, Lever, OrgId, Organisation,
    Pace, PartnershipType, Probability, Project, ProjectId, RuleId, Scenario, ScoreWeights, Sector, Text,
    TrustRecord,
};
use gotong::funding::report;
use gotong::partnership::agreement::{self, Agreement, Value};
use gotong::partnership::table::{ILLUSTRATIVE, markdown, model_table};
use gotong::partnership::{
    Assessment, FrictionPart, Inputs, MAX_PARTIES, Measure, ParameterId, Parameters, Range, ResourceFlow,
    TypeReasonCode, assess, compare,
};
use gotong::text::Message;
use std::collections::BTreeSet;

fn id(name: &str) -> OrgId {
    OrgId::new(name).unwrap()
}

fn study(row: &str, members: &[&str]) -> Scenario {
    let mut scenario = CaseStudy::by_row(row).unwrap().load().unwrap();
    scenario.partnership.members = members.iter().map(|name| id(name)).collect();
    scenario
}

/// Five of Yogyakarta: a foundation, an office, a university, a youth club, a bank.
fn yogyakarta() -> Scenario {
    study(
        "E2",
        &[
            "balai-pendidikan-warga",
            "universitas-kaliurang-raya",
            "karang-taruna-ngudi-maju",
            "bpr-lumbung-menoreh",
        ],
    )
}

fn of(scenario: &Scenario) -> Assessment {
    let inputs = Inputs::default().with_report(&report(scenario, &scenario.pool).unwrap());
    let assessment = assess(scenario, &inputs, &Parameters::of(scenario)).unwrap();
    assert!(assessment.verified);
    assessment
}

fn value(assessment: &Assessment, measure: Measure) -> Option<Range> {
    assessment.figure(measure).unwrap().value
}

/// Organisations `a`, `b`, … of the sectors, `a` leading.
fn group(sectors: &[Sector]) -> Scenario {
    let mut scenario = Scenario::default();
    for (sector, letter) in sectors.iter().zip('a'..) {
        let name = letter.to_string();
        scenario
            .organisations
            .push(Organisation::new(id(&name), name.as_str().into(), *sector));
    }
    scenario.partnership.lead = Some(id("a"));
    scenario.partnership.members = scenario
        .organisations
        .iter()
        .skip(1)
        .map(|org| org.id.clone())
        .collect();
    scenario
}

fn plain(scenario: &Scenario) -> Assessment {
    let assessment = assess(scenario, &Inputs::default(), &Parameters::default()).unwrap();
    assert!(assessment.verified);
    assessment
}

fn project(name: &str, cost: u64, people: Option<u64>) -> Project {
    Project {
        id: ProjectId::new(name).unwrap(),
        name: name.into(),
        description: Text::default(),
        lead: Some(id("a")),
        goals: Vec::new(),
        region: None,
        cost: CostEstimate::fixed(cost),
        divisible: false,
        minimum_minor: None,
        beneficiaries: people,
        requirements: Vec::new(),
        duration_months: None,
        tranches: Vec::new(),
    }
}

#[test]
fn model_md_is_current() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/model.md");
    if std::env::var_os("GOTONG_WRITE_DOCS").is_some() {
        std::fs::write(file, markdown()).unwrap();
    }
    let written = std::fs::read_to_string(file).unwrap_or_default();
    assert!(
        written == markdown(),
        "docs/model.md is out of date; run: GOTONG_WRITE_DOCS=1 cargo test --test partnership"
    );
}

#[test]
fn the_table_holds_every_constant_the_scenario_and_the_model_have() {
    let table = model_table();
    let row = |room: &str, code: &str| {
        let mut found = table.iter().filter(|row| row.room == room && row.code == code);
        let row = found.next().unwrap_or_else(|| panic!("{room} lacks {code}"));
        row.clone()
    };
    // The weights and settings as the file spells them, so that a new one is missed here.
    let weights = serde_json::to_value(ScoreWeights::default()).unwrap();
    for (name, weight) in weights.as_object().unwrap() {
        let mut named = table
            .iter()
            .filter(|row| row.code == name.as_str() && row.formula.is_none());
        assert_eq!(named.next().unwrap().default, weight.as_f64(), "{name}");
    }
    let settings = serde_json::to_value(FutureSettings::default()).unwrap();
    for (name, setting) in settings
        .as_object()
        .unwrap()
        .iter()
        .filter(|(name, _)| *name != "sampler")
    {
        assert_eq!(row("risk", name).default, setting.as_f64(), "{name}");
    }
    assert_eq!(
        row("risk", "common_shock").default,
        Some(Probability::COMMON_SHOCK.get())
    );
    for &id in ParameterId::ALL {
        let spec = id.spec();
        let row = row("partnership", spec.code);
        assert_eq!(
            (row.default, row.range),
            (Some(spec.default), Some((spec.least, spec.most)))
        );
    }
    for &measure in Measure::ALL {
        assert!(row("partnership", measure.code()).formula.is_some());
    }
    let moved: BTreeSet<Lever> = table
        .iter()
        .flat_map(|row| &row.levers)
        .map(|effect| effect.lever)
        .collect();
    assert_eq!(moved.len(), Lever::ALL.len());
    for row in &table {
        assert!(!row.meaning.id.is_empty() && !row.meaning.en.is_empty() && !row.source.is_empty());
        assert!(row.formula.is_some() != row.default.is_some(), "{}", row.code);
        assert!(
            row.levers.is_empty() || row.source == ILLUSTRATIVE,
            "{}",
            row.code
        );
        // Formulas and constants of one room may share a code (friction, its weight); two of a sort may not.
        let twins = table.iter().filter(|other| {
            other.room == row.room
                && other.code == row.code
                && other.formula.is_some() == row.formula.is_some()
        });
        assert_eq!(twins.count(), 1, "{} {}", row.room, row.code);
    }
    let json = serde_json::to_string(&table).unwrap();
    assert_eq!(
        serde_json::from_str::<Vec<gotong::partnership::table::ModelRow>>(&json).unwrap(),
        table
    );
}

#[test]
fn codes_are_what_json_says() {
    let name = |value: serde_json::Value| value.as_str().unwrap().to_owned();
    for &measure in Measure::ALL {
        assert_eq!(name(serde_json::to_value(measure).unwrap()), measure.code());
    }
    for part in FrictionPart::ALL {
        assert_eq!(name(serde_json::to_value(part).unwrap()), part.code());
    }
    for &parameter in ParameterId::ALL {
        assert_eq!(
            name(serde_json::to_value(parameter).unwrap()),
            parameter.spec().code
        );
    }
}

#[test]
fn every_benefit_of_a_full_partnership_is_a_figure() {
    let assessment = of(&yogyakarta());
    for figure in &assessment.benefits {
        assert!(figure.value.is_some(), "{}", figure.measure.code());
    }
    let rows: BTreeSet<_> = assessment.benefits.iter().map(|figure| figure.benefit).collect();
    assert_eq!(rows.len(), 12);
    // One each of A1 to A5: as diverse as can be.
    assert_eq!(
        value(&assessment, Measure::SectorDiversity),
        Some(Range::exactly(1.0))
    );
    let json = serde_json::to_string(&assessment).unwrap();
    assert_eq!(serde_json::from_str::<Assessment>(&json).unwrap(), assessment);
}

#[test]
fn nobody_in_it_is_an_answer_and_too_many_is_refused() {
    let empty = plain(&Scenario::default());
    assert!(empty.parties.is_empty() && empty.friction.pairs.is_empty());
    assert!(
        empty.benefits.iter().all(|figure| figure.value.is_none()),
        "{:?}",
        empty.benefits
    );
    let mut crowd = Scenario::default();
    for number in 0..=MAX_PARTIES {
        let name = format!("o{number}");
        crowd
            .organisations
            .push(Organisation::new(id(&name), "x".into(), Sector::Community));
        crowd.partnership.members.push(id(&name));
    }
    let refused = assess(&crowd, &Inputs::default(), &Parameters::default()).unwrap_err();
    assert_eq!(refused.code(), "partnership-too-many-parties");
    crowd.partnership.members.pop();
    assert_eq!(
        plain(&crowd).friction.pairs.len(),
        MAX_PARTIES * (MAX_PARTIES - 1) / 2
    );
    let chance = Inputs {
        carried_out: vec![(ProjectId::new("p").unwrap(), f64::NAN)],
        ..Inputs::default()
    };
    assert_eq!(
        assess(&crowd, &chance, &Parameters::default())
            .unwrap_err()
            .code(),
        "partnership-out-of-range"
    );
    let years = Inputs {
        years: 101,
        ..Inputs::default()
    };
    assert_eq!(
        assess(&crowd, &years, &Parameters::default()).unwrap_err().code(),
        "partnership-out-of-range"
    );
}

#[test]
fn parameters_keep_their_range_and_trust_is_lost_faster() {
    let parameters = Parameters::default();
    let refused = |id, value| parameters.clone().with(id, value).unwrap_err().code();
    assert_eq!(refused(ParameterId::PaceRatio, 1.5), "partnership-out-of-range");
    assert_eq!(
        refused(ParameterId::ExitProbability, f64::NAN),
        "partnership-out-of-range"
    );
    assert_eq!(
        refused(ParameterId::TrustGain, 0.3),
        "partnership-trust-loss-not-above-gain"
    );
    let other = parameters.with(ParameterId::TrustGain, 0.2).unwrap();
    let json = serde_json::to_string(&other).unwrap();
    assert_eq!(serde_json::from_str::<Parameters>(&json).unwrap(), other);
    assert!(
        serde_json::from_str::<Parameters>(r#"{"values": [{"id": "trust-gain", "value": 0.9}]}"#).is_err()
    );
}

#[test]
fn money_in_another_currency_is_unknown_and_not_free() {
    let mut scenario = group(&[Sector::Business, Sector::Community]);
    scenario.base_currency = Currency::new("USD").unwrap();
    scenario.projects.push(project("p", 1_000, Some(10)));
    let parameters = Parameters::of(&scenario);
    assert_eq!(parameters.day_rate_minor(), None);
    let assessment = assess(&scenario, &Inputs::default(), &parameters).unwrap();
    assert!(assessment.verified);
    assert_eq!(assessment.friction.coordination.minor, None);
    assert_eq!(
        value(&assessment, Measure::CostPerPerson),
        Some(Range::at_least(100.0))
    );
}

#[test]
fn coordination_grows_with_pairs_and_is_counted_in_days_and_money() {
    let four = plain(&group(&[Sector::Business; 4]));
    assert_eq!(four.friction.coordination.days, 12.0 * 6.0);
    assert_eq!(four.friction.coordination.minor, Some(36_000_000));
}

#[test]
fn friction_says_what_dominates_and_what_is_flagged() {
    let mut scenario = group(&[Sector::Government, Sector::Community]);
    let [a, b] = &mut scenario.organisations[..] else {
        panic!()
    };
    (a.working_style.pace, b.working_style.pace) = (Some(Pace::Yearly), Some(Pace::Weekly));
    (a.working_style.formality, b.working_style.formality) =
        (Some(Formality::Formal), Some(Formality::Mixed));
    (a.working_style.horizon_months, b.working_style.horizon_months) = (Some(60), Some(30));
    for org in [&mut *a, b] {
        org.goals = vec![gotong::domain::GoalId::new("sdg4").unwrap()];
    }
    let pair = plain(&scenario).friction.pairs.remove(0);
    // ½·1 + ¼·½ + ¼·½.
    assert_eq!(pair.friction, Range::exactly(0.75));
    assert_eq!(pair.dominant, Some(FrictionPart::Pace));
    assert!(pair.parts.iter().all(|part| !part.flagged));
    scenario.organisations[1].goals = vec![gotong::domain::GoalId::new("sdg6").unwrap()];
    let pair = plain(&scenario).friction.pairs.remove(0);
    let vision = pair
        .parts
        .iter()
        .find(|part| part.part == FrictionPart::Vision)
        .unwrap();
    assert_eq!((vision.value, vision.flagged), (Range::exactly(1.0), true));
    // Pace and vision are both 1: the earlier row is named.
    assert_eq!(pair.dominant, Some(FrictionPart::Pace));
    scenario.conflicts.push(gotong::domain::Conflict {
        between: (id("b"), id("a")),
        reason: Text::default(),
    });
    assert_eq!(
        plain(&scenario).friction.pairs[0].dominant,
        Some(FrictionPart::Conflict)
    );
}

#[test]
fn a_star_has_one_broker_and_a_triangle_none() {
    let mut star = group(&[Sector::Business; 4]);
    let assessment = plain(&star);
    // Freeman 1977: the centre of a star carries every pair.
    assert_eq!(value(&assessment, Measure::Brokerage), Some(Range::exactly(1.0)));
    assert_eq!(value(&assessment, Measure::Density), Some(Range::exactly(0.5)));
    let trust = |a: &str, b: &str| TrustRecord {
        between: (id(a), id(b)),
        level: Probability::new(0.4).unwrap(),
    };
    star.trust = vec![trust("b", "c"), trust("d", "c"), trust("b", "d")];
    let assessment = plain(&star);
    assert_eq!(value(&assessment, Measure::Brokerage), Some(Range::exactly(0.0)));
    assert_eq!(value(&assessment, Measure::Density), Some(Range::exactly(1.0)));
    assert!((value(&assessment, Measure::MeanTrust).unwrap().low - 0.2).abs() < 1e-12);
}

#[test]
fn survival_is_the_closed_form() {
    let mut scenario = group(&[Sector::Business, Sector::Community]);
    for org in &mut scenario.organisations {
        org.working_style.pace = Some(Pace::Monthly);
        org.working_style.formality = Some(Formality::Mixed);
        org.working_style.horizon_months = Some(24);
    }
    // No friction, no trust, no pledge: e = 0.04, first year 0.06, two parties, three years.
    let expected = (0.94_f64 * 0.96 * 0.96) * (0.94 * 0.96 * 0.96);
    let still = value(&plain(&scenario), Measure::StillRunning).unwrap();
    assert!((still.low - expected).abs() < 1e-12 && still.is_known());
    // Ways of working not said: as low as with full friction.
    scenario.organisations[0].working_style = Default::default();
    let still = value(&plain(&scenario), Measure::StillRunning).unwrap();
    assert!(still.low < expected && (still.high.unwrap() - expected).abs() < 1e-12);
}

#[test]
fn an_owner_and_a_check_are_what_counts() {
    let mut scenario = group(&[Sector::Business, Sector::Community, Sector::Academia]);
    let offer = |kind: &str, quantity| gotong::domain::Offer {
        kind: gotong::domain::KindId::new(kind).unwrap(),
        quantity,
    };
    let mut work = project("p", 900, None);
    work.requirements = vec![gotong::domain::Requirement {
        kind: gotong::domain::KindId::new("staff").unwrap(),
        quantity: 10,
    }];
    scenario.projects.push(work);
    scenario.partnership.project = Some(ProjectId::new("p").unwrap());
    let accountability = |scenario: &Scenario| value(&plain(scenario), Measure::Accountability).unwrap();
    // Led by `a`, nobody brings staff, nobody can check.
    assert_eq!(accountability(&scenario), Range::ZERO);
    // `c` evaluates: the project is owned and checked, the staff still nobody's: 1 of 2.
    scenario.organisations[2].offers = vec![offer("data", Some(1))];
    assert_eq!(accountability(&scenario), Range::exactly(0.5));
    // Two bring staff, so each is half responsible: (1 + ½)/2.
    for index in [0, 1] {
        scenario.organisations[index].offers = vec![offer("staff", Some(5))];
    }
    assert_eq!(accountability(&scenario), Range::exactly(0.75));
    // One of the two has not said how much: perhaps one is responsible alone.
    scenario.organisations[1].offers = vec![offer("staff", None)];
    assert_eq!(accountability(&scenario), Range::between(0.75, 1.0));
    // Who evaluates its own staff checks nothing.
    scenario.organisations[0].offers.clear();
    scenario.organisations[1].offers.clear();
    scenario.organisations[2].offers.push(offer("staff", Some(10)));
    assert_eq!(accountability(&scenario), Range::exactly(0.5));
    // Clear roles (K6) and oversight (K2) close part of what is missing: (1·1 + 1·0.35)/2.
    scenario.partnership.levers = vec![Lever::Oversight, Lever::ClearRoles];
    assert!((accountability(&scenario).low - 0.675).abs() < 1e-12);
}

#[test]
fn a_plan_says_what_is_used_and_a_chance_what_is_reached() {
    let mut scenario = group(&[Sector::Business, Sector::Community]);
    let offer = |kind: &str, quantity| gotong::domain::Offer {
        kind: gotong::domain::KindId::new(kind).unwrap(),
        quantity,
    };
    scenario.organisations[1].offers = vec![offer("staff", Some(40)), offer("goods", Some(10))];
    scenario.projects.push(project("p", 900, Some(200)));
    // No requirement and no need: nothing is used.
    assert_eq!(
        value(&plain(&scenario), Measure::ResourcesUsed),
        Some(Range::ZERO)
    );
    let inputs = Inputs {
        flows: Some(vec![ResourceFlow {
            from: id("b"),
            kind: gotong::domain::KindId::new("staff").unwrap(),
            quantity: 30,
        }]),
        carried_out: vec![(ProjectId::new("p").unwrap(), 0.5)],
        ..Inputs::default()
    };
    let assessment = assess(&scenario, &inputs, &Parameters::default()).unwrap();
    assert_eq!(
        value(&assessment, Measure::ResourcesUsed),
        Some(Range::exactly(0.375))
    );
    assert_eq!(
        value(&assessment, Measure::UniquePeople),
        Some(Range::exactly(100.0))
    );
    // 450 + 3 · 12 days · 500 000, over 100 people.
    assert_eq!(
        value(&assessment, Measure::CostPerPerson),
        Some(Range::exactly(180_004.5))
    );
}

/// Each lever changes at least one figure, and none for the worse but cost.
#[test]
fn every_lever_shows_and_only_costs_get_worse() {
    let mut scenario = yogyakarta();
    // Two that court the same donor, so that K10 has something to ease.
    for org in &mut scenario.organisations {
        org.donors_sought = vec!["dana-abadi".to_owned()];
    }
    let inputs = Inputs::default().with_report(&report(&scenario, &scenario.pool).unwrap());
    let parameters = Parameters::of(&scenario);
    for &lever in Lever::ALL {
        let comparison = compare(&scenario, &inputs, &parameters, &[lever]).unwrap();
        assert!(comparison.after.verified && comparison.after.lever_cost.days > 0.0);
        let benefits = comparison
            .changed
            .iter()
            .filter(|change| change.code != "cost-per-person");
        let rubs = |of: &Assessment| {
            let parts = of.friction.pairs.iter().flat_map(|pair| &pair.parts);
            parts.map(|part| part.value.high.unwrap()).sum::<f64>()
        };
        let eased = rubs(&comparison.before) - rubs(&comparison.after);
        assert!(
            benefits.clone().count() > 0 || eased > 1e-9,
            "{} does nothing",
            lever.row()
        );
        assert!(eased >= 0.0);
        for change in benefits {
            let falls = ["friction", "coordination-days", "brokerage"].contains(&change.code.as_str());
            let better = if falls {
                change.after.low <= change.before.low
            } else {
                change.after.low >= change.before.low
            };
            assert!(better, "{}: {change:?}", lever.row());
        }
    }
    assert!(
        compare(&scenario, &inputs, &parameters, &[])
            .unwrap()
            .changed
            .is_empty()
    );
}

#[test]
fn levers_travel_with_the_scenario_and_leave_old_files_alone() {
    let mut scenario = yogyakarta();
    let json = serde_json::to_value(&scenario).unwrap();
    assert!(json["partnership"].get("levers").is_none());
    scenario.partnership.levers = vec![Lever::WorkPlan, Lever::CommonGoal, Lever::WorkPlan];
    let json = serde_json::to_string(&scenario).unwrap();
    assert!(json.contains(r#""levers":["K9","K4","K9"]"#));
    assert_eq!(serde_json::from_str::<Scenario>(&json).unwrap(), scenario);
    assert_eq!(of(&scenario).levers, [Lever::CommonGoal, Lever::WorkPlan]);
}

#[test]
fn the_type_follows_money_and_horizon_of_the_study() {
    let mut scenario = yogyakarta();
    let advice = of(&scenario).advice;
    assert_eq!(advice.recommended, PartnershipType::Operational);
    assert!(
        advice
            .reasons
            .iter()
            .any(|reason| reason.code == TypeReasonCode::HorizonShort)
    );
    scenario.projects[0].cost = CostEstimate::fixed(2_000_000_000);
    assert_eq!(of(&scenario).advice.recommended, PartnershipType::Formal);
}

/// The draft as a reader sees it; fails where the message and its blanks do not fit together.
fn read(draft: &Agreement, language: Language) -> String {
    let mut text = String::new();
    let named = |key: &str| Message::named(key).unwrap_or_else(|| panic!("no message {key}"));
    for section in &draft.sections {
        assert!(!section.lines.is_empty());
        text += &format!("{}\n", named(section.code.key()).render(language));
        for line in &section.lines {
            let mut message = named(&line.key);
            let mut names: Vec<&str> = Vec::new();
            for blank in &line.blanks {
                let name: &'static str = blank.name.to_string().leak();
                names.push(name);
                message = match &blank.value {
                    Value::Count(count) => message.with(name, *count),
                    other => message.with(name, format!("{other:?}")),
                };
            }
            assert!(names.is_sorted(), "{}", line.key);
            let line_text = message.render(language);
            assert!(!line_text.contains('…'), "{}: {line_text}", line.key);
            // No blank that the message does not use.
            for name in names {
                let bare = Message::named(&line.key).unwrap();
                let without = line.blanks.iter().filter(|blank| blank.name != name);
                let without = without.fold(bare, |message, blank| {
                    message.with(blank.name.to_string().leak(), "x".to_owned())
                });
                assert!(
                    without.render(language).contains('…') || name == "months" || name == "people",
                    "{}",
                    line.key
                );
            }
            text += &format!("- {line_text}\n");
        }
    }
    text
}

#[test]
fn drafts_of_every_type_and_study_read_in_both_languages() {
    for (row, members) in [
        (
            "E2",
            &[
                "balai-pendidikan-warga",
                "sanggar-pesisir-girijati",
                "pt-kapur-adiwana",
            ][..],
        ),
        ("E4", &["dinas-lingkungan-sehat", "cv-pipa-rejeki"]),
        ("E6", &[]),
    ] {
        for choose in [true, false] {
            let mut scenario = study(row, members);
            if !choose {
                scenario.partnership.project = None;
            }
            scenario.partnership.levers = Lever::ALL.to_vec();
            let assessment = of(&scenario);
            for &of_type in PartnershipType::ALL {
                let draft = agreement::draft(&scenario, &assessment, "2027-01-31", Some(of_type)).unwrap();
                assert_eq!(draft.sections.len(), 9);
                let [indonesian, english] = Language::ALL.map(|language| read(&draft, language));
                assert_ne!(indonesian, english);
                let json = serde_json::to_string(&draft).unwrap();
                assert_eq!(serde_json::from_str::<Agreement>(&json).unwrap(), draft);
            }
        }
    }
    let mut chosen = yogyakarta();
    chosen.partnership.agreement.decision = Some(DecisionRule::Consensus);
    for &of_type in PartnershipType::ALL {
        let draft = agreement::draft(&chosen, &of(&chosen), "2027-01-31", Some(of_type)).unwrap();
        assert_eq!(draft.sections[4].lines[0].key, "agreement-decision-consensus");
    }
    let nobody = Scenario::default();
    let draft = agreement::draft(&nobody, &plain(&nobody), "2027-01-31", None).unwrap();
    assert_eq!(draft.of_type, PartnershipType::Informal);
    assert!(read(&draft, Language::En).contains("still to be agreed"));
    let refused = agreement::draft(&nobody, &plain(&nobody), "31.1.2027", None).unwrap_err();
    assert_eq!(refused.code(), "partnership-date-invalid");
}

#[test]
fn every_sentence_of_the_draft_is_used_by_the_code() {
    let sources = [
        include_str!("../src/domain/agreement.rs"),
        include_str!("../src/partnership/agreement/mod.rs"),
        include_str!("../src/partnership/agreement/desk.rs"),
    ];
    let quoted: BTreeSet<&str> = sources
        .iter()
        .flat_map(|source| source.split('"'))
        .filter(|text| text.starts_with("agreement-"))
        .collect();
    for key in &quoted {
        assert!(Message::named(key).is_some(), "the locales lack {key}");
    }
    let locale = include_str!("../locales/en.properties");
    let written = locale.lines().filter_map(|line| line.split_once(" = "));
    for (key, _) in written.filter(|(key, _)| key.starts_with("agreement-")) {
        assert!(quoted.contains(key), "nothing says {key}");
    }
}

#[test]
fn reviews_fall_from_the_start_and_end_with_the_partnership() {
    let mut scenario = yogyakarta();
    scenario.projects[0].duration_months = Some(9);
    let draft = agreement::draft(&scenario, &of(&scenario), "2027-11-30", None).unwrap();
    let days: Vec<String> = draft
        .sections
        .iter()
        .flat_map(|section| &section.lines)
        .filter(|line| line.key == "agreement-review-day")
        .map(|line| match &line.blanks[0].value {
            Value::Day(day) => day.to_string(),
            other => panic!("{other:?}"),
        })
        .collect();
    // From the start, not from each other: 30 November, 29 February, 30 May.
    assert_eq!(days, ["2028-02-29", "2028-05-30", "2028-08-30"]);
    assert_eq!(draft.end.unwrap().to_string(), "2028-08-30");
    assert_eq!(scenario.pool.rule, RuleId::Greedy);
}
