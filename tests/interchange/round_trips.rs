//! What is written is read back, whatever it is.

use super::{csv, kind};
use gotong::domain::{
    Condition, Conflict, Conversion, CostEstimate, Currency, Formality, GoalId, Layer, Money, Need, Offer,
    OrgId, Organisation, Pace, Pledge, PledgeId, PledgeTerms, Priority, Probability, Programme, Project,
    ProjectId, RegionCode, Reliability, ResourceKind, Restriction, ResultsTerms, Scenario, Sector, Text,
    TrustRecord, Unit, WorkingStyle,
};
use gotong::interchange::{import, read_scenario, write_organisations_csv, write_scenario};
use proptest::prelude::*;

fn any_text() -> impl Strategy<Value = Text> {
    let word = "[a-zé=+@'\",;\n -]{0,12}[a-z]";
    prop_oneof![
        word.prop_map(|plain| Text::Plain(plain.trim().to_owned())),
        (word, word).prop_map(|(id, en)| Text::Both {
            id: id.trim().to_owned(),
            en: en.trim().to_owned()
        }),
    ]
}

fn any_organisation() -> impl Strategy<Value = Organisation> {
    let kinds = proptest::sample::subsequence(vec!["funds", "staff", "data", "goods", "boats"], 0..=5);
    let quantity = proptest::option::of(0..=1_000_000_000_000_000_u64);
    let list = proptest::collection::vec("[a-z,;|\" ]{0,6}[a-z]", 0..3);
    let style = (
        proptest::option::of(proptest::sample::select(vec![
            Pace::Weekly,
            Pace::Monthly,
            Pace::Quarterly,
            Pace::Yearly,
        ])),
        proptest::option::of(proptest::sample::select(vec![
            Formality::Informal,
            Formality::Mixed,
            Formality::Formal,
        ])),
        proptest::option::of(any::<u16>()),
    );
    let described = (
        any_text(),
        0..5_usize,
        proptest::option::of("[0-9]{2}\\.[0-9]{2}"),
        any_text(),
    );
    let owns = (
        kinds.clone(),
        kinds,
        proptest::collection::vec((quantity, 1..=5_u8), 10),
    );
    let programmes = proptest::collection::vec(
        ("[a-z]{1,8}", proptest::option::of("[0-9]{2}"), "[a-z ,;\"]{0,8}"),
        0..3,
    );
    (
        described,
        owns,
        (list.clone(), list),
        style,
        proptest::option::of(0..=1_000_000_000_000_000_u64),
        programmes,
    )
        .prop_map(
            |(
                (name, sector, region, description),
                (offers, needs, amounts),
                (goals, donors),
                style,
                cost,
                programmes,
            )| {
                let mut organisation =
                    Organisation::new(OrgId::new("set-later").unwrap(), name, Sector::ALL[sector]);
                organisation.region = region.map(|code| RegionCode::new(&code).unwrap());
                organisation.description = description;
                for goal in goals {
                    let goal = GoalId::new(&goal).unwrap();
                    if !organisation.goals.contains(&goal) {
                        organisation.goals.push(goal);
                    }
                }
                organisation.donors_sought = donors.iter().map(|donor| donor.trim().to_owned()).collect();
                let (of_offers, of_needs) = amounts.split_at(5);
                organisation.offers = offers
                    .iter()
                    .zip(of_offers)
                    .map(|(id, (quantity, _))| Offer {
                        kind: kind(id),
                        quantity: *quantity,
                    })
                    .collect();
                organisation.needs = needs
                    .iter()
                    .zip(of_needs)
                    .map(|(id, (quantity, level))| Need {
                        kind: kind(id),
                        quantity: *quantity,
                        priority: Priority::new(*level).unwrap(),
                    })
                    .collect();
                organisation.working_style = WorkingStyle {
                    pace: style.0,
                    formality: style.1,
                    horizon_months: style.2,
                };
                organisation.participation_cost_minor = cost;
                organisation.programmes = programmes
                    .into_iter()
                    .map(|(theme, region, name)| Programme {
                        theme: GoalId::new(&theme).unwrap(),
                        region: region.map(|code| RegionCode::new(&code).unwrap()),
                        name: Text::Plain(name.trim().to_owned()),
                    })
                    .collect();
                organisation
            },
        )
}

fn boats() -> ResourceKind {
    ResourceKind {
        id: kind("boats"),
        name: "boats".into(),
        unit: Unit::Pieces,
        rival: true,
        divisible: false,
        may_overlap: false,
    }
}

fn any_terms() -> impl Strategy<Value = PledgeTerms> {
    let project = || proptest::option::of(Just(ProjectId::new("p").unwrap()));
    let condition = prop_oneof![
        (0..=1_000_000_000_000_000_u64, project(), any::<bool>()).prop_map(
            |(threshold_minor, project, others_only)| {
                Condition::AllOrNothing {
                    threshold_minor,
                    project,
                    others_only,
                }
            }
        ),
        (1..9_u32, 1..9_u32, project()).prop_map(|(give, per, project)| Condition::Match {
            give,
            per,
            project
        }),
        (0..=1_000_000_000_000_000_u64, project()).prop_map(|(target_minor, project)| Condition::Challenge {
            target_minor,
            project
        }),
    ];
    let results = (
        any_text(),
        1..=1_000_000_u64,
        proptest::option::of(0..=1_000_000_u64),
        0..1000_u64,
        proptest::option::of((0.01..10_000.0_f64, 0.01..10_000.0_f64)),
    )
        .prop_map(
            |(outcome, price_minor, cap_minor, expected, verified)| ResultsTerms {
                outcome,
                price_minor,
                cap_minor,
                expected,
                prefinanced_by: None,
                verified,
            },
        );
    let shares = (proptest::option::of(1..=10_000_u32), 0..=10_000_u32);
    let amounts = (proptest::option::of(0..=1_000_000_u64), 0..=1_000_000_u64);
    let layer = proptest::option::of(proptest::sample::select(Layer::ALL.to_vec()));
    let tranches = proptest::collection::vec(1..100_u32, 0..5);
    (
        proptest::option::of(condition),
        shares,
        amounts,
        layer,
        tranches,
        proptest::option::of(results),
    )
        .prop_map(
            |(condition, shares, amounts, layer, tranches, results)| PledgeTerms {
                condition,
                largest_share_basis_points: shares.0,
                minimum_ticket_minor: amounts.0,
                in_kind_minor: amounts.1,
                overhead_basis_points: shares.1,
                layer,
                tranches,
                results,
            },
        )
}

prop_compose! {
    fn any_scenario()(
        organisations in proptest::collection::vec(any_organisation(), 1..6),
        title in any_text(),
        level in 0.0..=1.0_f64,
        haircut in proptest::option::of((0.01..10.0_f64, 0.01..10.0_f64)),
        weight in 0.0..=0.3_f64,
        amount in 0..=1_000_000_000_000_000_u64,
        seed in any::<u64>(),
        dollars in any::<bool>(),
        terms in any_terms(),
        time in (prop::sample::select(vec![0, 1, 3, 6, 12_u16]), 0..=120_u16, 0..=1_000_000_u64),
        delay in proptest::option::of((0.0..=1.0_f64, 1.0..=120.0_f64)),
        volatility in 0.0..=2.0_f64,
    ) -> Scenario {
        let mut scenario = Scenario { title, organisations, kinds: vec![boats()], ..Scenario::default() };
        for (number, organisation) in scenario.organisations.iter_mut().enumerate() {
            organisation.id = OrgId::new(&format!("org {number}")).unwrap();
        }
        if dollars {
            scenario.base_currency = Currency::new("USD").unwrap();
        }
        let first = scenario.organisations[0].id.clone();
        if let Some(second) = scenario.organisations.get(1) {
            let between = (first.clone(), second.id.clone());
            scenario.conflicts.push(Conflict { between: between.clone(), reason: Text::default() });
            scenario.trust.push(TrustRecord { between, level: Probability::new(level).unwrap() });
        }
        scenario.projects.push(Project {
            id: ProjectId::new("p").unwrap(),
            name: "P".into(),
            description: Text::default(),
            lead: Some(first.clone()),
            goals: Vec::new(),
            region: None,
            cost: CostEstimate::fixed(amount),
            divisible: true,
            minimum_minor: Some(amount / 2),
            beneficiaries: Some(seed),
            requirements: Vec::new(),
            duration_months: None,
            tranches: terms.tranches.clone(),
        });
        scenario.pledges.push(Pledge {
            id: PledgeId::new("g").unwrap(),
            funder: first,
            amount: Money::new(amount, scenario.base_currency).unwrap(),
            source: None,
            restriction: Restriction::default(),
            wishes: vec![(ProjectId::new("p").unwrap(), 3)],
            terms: terms.clone(),
            reliability: Reliability { default_probability: Probability::new(level).unwrap(), haircut, delay, withdrawal: Probability::new(level).unwrap() },
        });
        scenario.score_weights.friction = weight;
        scenario.futures.seed = seed;
        (scenario.futures.period_months, scenario.futures.periods, scenario.futures.opening_minor) = time;
        scenario.conversions.push(Conversion {
            from: Currency::new("EUR").unwrap(),
            rate_numerator: seed.max(1),
            rate_denominator: 1,
            volatility,
        });
        scenario
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_scenario_file_loses_nothing(scenario in any_scenario()) {
        let text = write_scenario(&scenario);
        let back = read_scenario(&text).unwrap();
        prop_assert_eq!(&back.scenario, &scenario);
        prop_assert_eq!(back.problems, Vec::new());
        prop_assert_eq!(write_scenario(&back.scenario), text);
    }

    #[test]
    fn a_table_loses_nothing_a_table_can_say(scenario in any_scenario()) {
        let back = csv(&write_organisations_csv(&scenario));
        let unusual: Vec<_> = back.problems.iter().filter(|problem| {
            !matches!(problem.code.as_str(), "import-new-kind" | "import-duplicate-name")
        }).collect();
        prop_assert_eq!(unusual, Vec::<&gotong::interchange::RowProblem>::new());
        prop_assert_eq!(back.scenario.organisations, scenario.organisations);
    }

    #[test]
    fn any_bytes_end_in_a_value_or_an_error(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        for name in ["a.csv", "a.json", "a.pb", ""] {
            let _ = import(name, &bytes);
        }
    }

    #[test]
    fn any_table_keeps_rows_and_problems_in_order(body in "[a-z0-9.,;\"'\n\r?=-]{0,300}") {
        let imported = csv(&format!("name,sector,offer:funds,needs\nA,ngo,1,\n{body}"));
        prop_assert_eq!(imported.scenario.problems(), Vec::new());
        let rows: Vec<_> = imported.problems.iter().filter_map(|problem| problem.row).collect();
        prop_assert!(rows.is_sorted());
    }
}
