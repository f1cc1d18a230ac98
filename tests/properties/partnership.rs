//! The partnership model against its definitions, by brute force, on random partnerships.
#![allow(missing_docs, clippy::unwrap_used, clippy::cast_possible_truncation)]

use gotong::domain::{
    Ballot, CostEstimate, CostShape, Form, Formality, GoalId, KindId, Lever, Money, Need, Offer, OrgId,
    Organisation, Pace, Pledge, PledgeId, PledgeTerms, Priority, Probability, Programme, Project, ProjectId,
    RegionCode, Reliability, Requirement, Restriction, Scenario, Sector, Text, TrustRecord, WorkingStyle,
};
use gotong::partnership::{
    Assessment, Day, Inputs, Measure, Parameters, Range, assess, trust_after_promise, violations,
};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use std::sync::OnceLock;

const KINDS: [&str; 5] = ["funds", "expertise", "data", "networks", "fund-management"];
const GOALS: [&str; 4] = ["g1", "g2", "g3", "g4"];
const REGIONS: [&str; 6] = ["34", "34.02", "34.02.05", "34.04", "51", "51.08"];
const PACES: [Pace; 4] = [Pace::Weekly, Pace::Monthly, Pace::Quarterly, Pace::Yearly];
const FORMALITIES: [Formality; 3] = [Formality::Informal, Formality::Mixed, Formality::Formal];

fn org_id(index: usize) -> OrgId {
    OrgId::new(&format!("o{index}")).unwrap()
}

fn goals(names: Vec<&str>) -> Vec<GoalId> {
    names.into_iter().map(|name| GoalId::new(name).unwrap()).collect()
}

fn region(code: &str) -> RegionCode {
    RegionCode::new(code).unwrap()
}

fn a_region() -> impl Strategy<Value = Option<RegionCode>> {
    prop::option::weighted(0.8, select(REGIONS.to_vec()).prop_map(region))
}

fn quantity() -> impl Strategy<Value = Option<u64>> {
    prop_oneof![5 => (0_u64..20).prop_map(Some), 2 => Just(None)]
}

fn organisation() -> impl Strategy<Value = Organisation> {
    let style = (
        prop::option::of(select(PACES.to_vec())),
        prop::option::of(select(FORMALITIES.to_vec())),
        prop::option::of(0_u16..90),
    );
    let rows = || {
        (
            subsequence(KINDS.to_vec(), 0..=3),
            prop::collection::vec(quantity(), 3),
        )
    };
    let programmes = prop::collection::vec((select(GOALS.to_vec()), a_region()), 0..3);
    let sector = select(Sector::ALL.to_vec());
    let themes = subsequence(GOALS.to_vec(), 0..=3);
    let donors = subsequence(vec!["x", "y", "z"], 0..=2);
    (sector, style, rows(), rows(), programmes, themes, donors).prop_map(
        |(sector, style, offers, needs, programmes, themes, donors)| {
            let mut org = Organisation::new(org_id(0), "x".into(), sector);
            org.working_style = WorkingStyle {
                pace: style.0,
                formality: style.1,
                horizon_months: style.2,
            };
            let kind = |name: &str| KindId::new(name).unwrap();
            let offer = |(name, quantity): (&&str, Option<u64>)| Offer {
                kind: kind(name),
                quantity,
            };
            org.offers = offers.0.iter().zip(offers.1).map(offer).collect();
            let need = |(name, quantity): (&&str, Option<u64>)| Need {
                kind: kind(name),
                quantity,
                priority: Priority::default(),
            };
            org.needs = needs.0.iter().zip(needs.1).map(need).collect();
            let programme = |(theme, region)| Programme {
                theme: GoalId::new(theme).unwrap(),
                region,
                name: Text::default(),
            };
            org.programmes = programmes.into_iter().map(programme).collect();
            org.goals = goals(themes);
            org.donors_sought = donors.into_iter().map(str::to_owned).collect();
            org
        },
    )
}

fn project() -> impl Strategy<Value = Project> {
    let cost = (0_u64..1_000, 0_u64..1_000, 0_u64..1_000, any::<bool>());
    let people = prop::option::weighted(0.8, 0_u64..500);
    let needs = subsequence(KINDS.to_vec(), 0..=2);
    let lead = prop::option::of(0_usize..4);
    let months = prop::option::of(0_u16..80);
    (
        cost,
        people,
        a_region(),
        subsequence(GOALS.to_vec(), 0..=2),
        needs,
        lead,
        months,
    )
        .prop_map(
            |((low, step, rest, fixed), beneficiaries, region, themes, needs, lead, duration_months)| {
                Project {
                    id: ProjectId::new("p").unwrap(),
                    name: "p".into(),
                    description: Text::default(),
                    lead: lead.map(org_id),
                    goals: goals(themes),
                    region,
                    cost: CostEstimate {
                        shape: if fixed { CostShape::Fixed } else { CostShape::Pert },
                        low_minor: low,
                        likely_minor: low + step,
                        high_minor: low + step + rest,
                    },
                    divisible: false,
                    minimum_minor: None,
                    beneficiaries,
                    requirements: needs
                        .into_iter()
                        .map(|name| Requirement {
                            kind: KindId::new(name).unwrap(),
                            quantity: 10,
                        })
                        .collect(),
                    duration_months,
                    tranches: Vec::new(),
                }
            },
        )
}

fn scenario() -> impl Strategy<Value = Scenario> {
    let orgs = prop::collection::vec(organisation(), 1..7);
    let projects = prop::collection::vec(project(), 0..6);
    let trust = prop::collection::vec((0_usize..7, 0_usize..7, 0.0_f64..=1.0), 0..6);
    let pledges = prop::collection::vec((0_usize..7, 1_u64..1_000, 0.0_f64..=1.0, any::<bool>()), 0..4);
    let plan = (
        any::<bool>(),
        any::<bool>(),
        any::<bool>(),
        prop::option::of(0_u32..50),
        subsequence(Lever::ALL.to_vec(), 0..=10),
    );
    (orgs, projects, trust, pledges, plan).prop_map(|(organisations, projects, trust, pledges, plan)| {
        let count = organisations.len();
        let mut scenario = Scenario {
            organisations,
            projects,
            ..Scenario::default()
        };
        for (index, org) in scenario.organisations.iter_mut().enumerate() {
            org.id = org_id(index);
        }
        for (index, project) in scenario.projects.iter_mut().enumerate() {
            project.id = ProjectId::new(&format!("p{index}")).unwrap();
        }
        for (a, b, level) in trust.into_iter().filter(|(a, b, _)| a % count != b % count) {
            scenario.trust.push(TrustRecord {
                between: (org_id(a % count), org_id(b % count)),
                level: Probability::new(level).unwrap(),
            });
        }
        for (index, (funder, amount, chance, haircut)) in pledges.into_iter().enumerate() {
            scenario.pledges.push(Pledge {
                id: PledgeId::new(&format!("pledge{index}")).unwrap(),
                funder: org_id(funder % count),
                amount: Money::new(amount, scenario.base_currency).unwrap(),
                source: None,
                restriction: Restriction::default(),
                wishes: Vec::new(),
                terms: PledgeTerms::default(),
                reliability: Reliability {
                    default_probability: Probability::new(chance).unwrap(),
                    haircut: haircut.then_some((2.0, 3.0)),
                    ..Reliability::default()
                },
            });
        }
        let (lead, chosen, community, voters, levers) = plan;
        let first = scenario.projects.first().map(|project| project.id.clone());
        scenario
            .ballots
            .extend(voters.zip(first.clone()).map(|(voters, project)| Ballot {
                name: "x".into(),
                voters,
                approves: vec![project],
                points: Vec::new(),
            }));
        scenario.partnership.lead = lead.then(|| org_id(0));
        scenario.partnership.members = (usize::from(lead)..count).map(org_id).collect();
        scenario.partnership.project = first.filter(|_| chosen);
        scenario.partnership.form = community.then_some(Form::CommunityDecides);
        scenario.partnership.levers = levers;
        scenario
    })
}

/// Every missing answer given, whichever it is.
fn completed(scenario: &Scenario, answers: &[u64]) -> Scenario {
    let mut scenario = scenario.clone();
    let mut answers = answers.iter().copied().cycle();
    let mut next = |below: u64| answers.next().unwrap() % below;
    let place = |next: &mut dyn FnMut(u64) -> u64, region_code: &mut Option<RegionCode>| {
        let answer = next(REGIONS.len() as u64) as usize;
        region_code.get_or_insert_with(|| region(REGIONS[answer]));
    };
    for org in &mut scenario.organisations {
        let style = &mut org.working_style;
        let (pace, formality, months) = (next(4) as usize, next(3) as usize, next(90) as u16);
        style.pace.get_or_insert(PACES[pace]);
        style.formality.get_or_insert(FORMALITIES[formality]);
        style.horizon_months.get_or_insert(months);
        for offer in &mut org.offers {
            let amount = next(30);
            offer.quantity.get_or_insert(amount);
        }
        for need in &mut org.needs {
            // A need not quantified is some amount above 0.
            let amount = 1 + next(30);
            need.quantity.get_or_insert(amount);
        }
        let set = next(15) + 1;
        if org.goals.is_empty() {
            let named = (0..4).filter(|bit| set >> bit & 1 == 1);
            org.goals = named.map(|bit| GoalId::new(GOALS[bit]).unwrap()).collect();
        }
        for programme in &mut org.programmes {
            place(&mut next, &mut programme.region);
        }
    }
    for project in &mut scenario.projects {
        place(&mut next, &mut project.region);
        let people = next(400);
        project.beneficiaries.get_or_insert(people);
    }
    scenario
}

/// Every day there is from 1896 to 2126: the day, its year, month and day of the month.
fn calendar() -> &'static [(Day, u16, u16, u8)] {
    static DAYS: OnceLock<Vec<(Day, u16, u16, u8)>> = OnceLock::new();
    DAYS.get_or_init(|| {
        let mut all = Vec::new();
        for year in 1896_u16..2127 {
            for month in 1..=12 {
                for day in 1..=31 {
                    all.extend(
                        Day::new(year, month, day).map(|exists| (exists, year, u16::from(month), day)),
                    );
                }
            }
        }
        all
    })
}

fn of(scenario: &Scenario) -> Assessment {
    let inputs = Inputs::default();
    let assessment = assess(scenario, &inputs, &Parameters::default()).unwrap();
    assert_eq!(violations(scenario, &inputs, &assessment), Vec::new());
    assessment
}

fn value(assessment: &Assessment, measure: Measure) -> Option<Range> {
    assessment.figure(measure).unwrap().value
}

fn within(inner: Range, outer: Range) -> bool {
    let room = 1e-9 * outer.low.abs().max(1.0);
    let high = match (inner.high, outer.high) {
        (_, None) => true,
        (None, Some(_)) => false,
        (Some(inner), Some(outer)) => inner <= outer + 1e-9 * outer.abs().max(1.0),
    };
    inner.low >= outer.low - room && high
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    /// Completing any missing answers narrows every figure and every friction.
    #[test]
    fn figures_hold_every_completion(scenario in scenario(), answers in prop::collection::vec(any::<u64>(), 40)) {
        let (open, full) = (of(&scenario), of(&completed(&scenario, &answers)));
        for (before, after) in open.benefits.iter().zip(&full.benefits) {
            if let (Some(before_value), Some(after_value)) = (before.value, after.value) {
                prop_assert!(within(after_value, before_value), "{:?} {:?} {:?}", before.measure, before, after);
            }
        }
        for (before, after) in open.friction.pairs.iter().zip(&full.friction.pairs) {
            prop_assert!(within(after.friction, before.friction) && within(after.alignment, before.alignment));
            prop_assert!(after.friction.is_known() || after.friction.high.unwrap() - after.friction.low < 1e-12);
            for (one, other) in before.parts.iter().zip(&after.parts) {
                prop_assert!(within(other.value, one.value), "{one:?} {other:?}");
            }
        }
    }

    /// The fewest people: the best set of projects no two of whose places hold each other, by trying all
    /// sets.
    #[test]
    fn the_fewest_people_equal_brute_force(scenario in scenario()) {
        let assessment = of(&scenario);
        let projects: Vec<_> = assessment.projects.iter().map(|id| scenario.project(id).unwrap()).collect();
        let clash = |a: &Project, b: &Project| match (&a.region, &b.region) {
            (Some(a), Some(b)) => a.is_within(b) || b.is_within(a),
            _ => true,
        };
        let mut most = 0;
        for set in 0_u32..1 << projects.len() {
            let chosen: Vec<_> = (0..projects.len()).filter(|bit| set >> bit & 1 == 1).map(|bit| projects[bit]).collect();
            let apart = chosen.iter().enumerate().all(|(at, a)| chosen.iter().skip(at + 1).all(|b| !clash(a, b)));
            if apart {
                most = most.max(chosen.iter().map(|project| project.beneficiaries.unwrap_or(0)).sum());
            }
        }
        let low = value(&assessment, Measure::UniquePeople).map(|range| range.low);
        prop_assert_eq!(low, (!projects.is_empty()).then_some(most as f64));
    }

    /// Programmes to be saved: all less the groups of the closure of "the same", by Warshall's algorithm.
    #[test]
    fn duplicates_equal_the_transitive_closure(scenario in scenario()) {
        let parties = &scenario.organisations;
        let programmes: Vec<_> = parties.iter().flat_map(|org| org.programmes.iter().map(move |one| (&org.id, one))).collect();
        let size = programmes.len();
        let saved = |possible: bool| {
            let same = |a: usize, b: usize| {
                let ((one, a), (other, b)) = (programmes[a], programmes[b]);
                let place = match (&a.region, &b.region) {
                    (Some(a), Some(b)) => a.is_within(b) || b.is_within(a),
                    _ => possible,
                };
                one != other && a.theme == b.theme && place
            };
            let mut reach: Vec<Vec<bool>> = (0..size).map(|a| (0..size).map(|b| a == b || same(a, b)).collect()).collect();
            for via in 0..size {
                for a in 0..size {
                    for b in 0..size {
                        reach[a][b] |= reach[a][via] && reach[via][b];
                    }
                }
            }
            let firsts = (0..size).filter(|&a| (0..a).all(|b| !reach[a][b])).count();
            (size - firsts) as f64
        };
        let expected = (parties.len() > 1).then(|| Range::between(saved(false), saved(true)));
        prop_assert_eq!(value(&of(&scenario), Measure::DuplicatesAvoided), expected);
    }

    /// Brokerage: the share of shortest paths through the busiest, all simple paths written out.
    #[test]
    fn brokerage_equals_all_shortest_paths(mut scenario in scenario()) {
        scenario.partnership.levers = Vec::new();
        let size = scenario.organisations.len();
        let linked = |a: usize, b: usize| {
            let stated = scenario.trust.iter().filter(|record| {
                record.between == (org_id(a), org_id(b)) || record.between == (org_id(b), org_id(a))
            });
            let level = stated.map(|record| record.level.get()).reduce(f64::min).unwrap_or(0.0);
            level > 0.0 || scenario.partnership.lead.is_some() && (a == 0) != (b == 0)
        };
        fn paths(at: usize, to: usize, path: &mut Vec<usize>, size: usize, linked: &dyn Fn(usize, usize) -> bool, out: &mut Vec<Vec<usize>>) {
            if at == to {
                out.push(path.clone());
                return;
            }
            for next in (0..size).filter(|&next| linked(at, next)) {
                if !path.contains(&next) {
                    path.push(next);
                    paths(next, to, path, size, linked, out);
                    path.pop();
                }
            }
        }
        let mut through = vec![0.0; size];
        for a in 0..size {
            for b in a + 1..size {
                let mut all = Vec::new();
                paths(a, b, &mut vec![a], size, &linked, &mut all);
                let shortest = all.iter().map(Vec::len).min().unwrap_or(0);
                all.retain(|path| path.len() == shortest);
                for path in &all {
                    for &node in &path[1..path.len() - 1] {
                        through[node] += 1.0 / all.len() as f64;
                    }
                }
            }
        }
        let most = through.into_iter().fold(0.0, f64::max);
        let expected = (size > 2).then(|| most / ((size - 1) * (size - 2) / 2) as f64);
        let found = value(&of(&scenario), Measure::Brokerage).map(|range| range.low);
        prop_assert_eq!(found.is_some(), expected.is_some());
        prop_assert!((found.unwrap_or(0.0) - expected.unwrap_or(0.0)).abs() < 1e-9);
    }

    /// One more lever never makes friction, coordination or the chance of lasting worse, nor trust,
    /// accountability, participation, density or pledges; in whichever order they are pulled.
    #[test]
    fn levers_only_help_and_their_order_is_nothing(scenario in scenario(), more in select(Lever::ALL.to_vec())) {
        let mut further = scenario.clone();
        further.partnership.levers.insert(0, more);
        further.partnership.levers.reverse();
        let (before, after) = (of(&scenario), of(&further));
        for (one, other) in before.friction.pairs.iter().zip(&after.friction.pairs) {
            prop_assert!(other.friction.low <= one.friction.low && other.friction.high <= one.friction.high);
            prop_assert!(other.trust >= one.trust);
            for (one, other) in one.parts.iter().zip(&other.parts) {
                prop_assert!(other.value.low <= one.value.low + 1e-12);
                prop_assert!(other.value.high.unwrap() <= one.value.high.unwrap() + 1e-12);
            }
        }
        prop_assert!(after.friction.coordination.days <= before.friction.coordination.days);
        prop_assert!(after.pledge_reliability >= before.pledge_reliability);
        prop_assert!(after.lever_cost.days >= before.lever_cost.days);
        for measure in [Measure::Accountability, Measure::MeanTrust, Measure::StillRunning, Measure::Voices, Measure::Density] {
            let low = |of: &Assessment| value(of, measure).map(|range| range.low);
            prop_assert!(low(&after).unwrap_or(0.0) >= low(&before).unwrap_or(0.0) - 1e-12, "{:?}", measure);
        }
        let mut again = further.clone();
        again.partnership.levers.sort();
        again.partnership.levers.dedup();
        prop_assert_eq!(after, of(&again));
    }

    /// Trust stays in [0, 1], rises when a promise is kept, falls when it is broken, and falls by more than
    /// it rises from the middle on.
    #[test]
    fn trust_stays_a_share(level in 0.0_f64..=1.0, promises in prop::collection::vec(any::<bool>(), 0..30)) {
        let parameters = Parameters::default();
        let mut level = level;
        for kept in promises {
            let next = trust_after_promise(level, kept, &parameters);
            prop_assert!((0.0..=1.0).contains(&next));
            let right_way = if kept { next >= level } else { next <= level };
            prop_assert!(right_way);
            if level >= 0.5 {
                let gain = trust_after_promise(level, true, &parameters) - level;
                prop_assert!(level - trust_after_promise(level, false, &parameters) > gain);
            }
            level = next;
        }
    }

    /// Months added by counting days: the same day of the month that many months on, or that month's last.
    #[test]
    fn months_agree_with_a_calendar_walked_day_by_day(start in 0_usize..40_000, months in 0_u16..1_000) {
        let all = calendar();
        // 1900 is no leap year, 2000 is one.
        let (from, year, month, day) = all[start];
        let number = year * 12 + month - 1 + months;
        let mut there = all.iter().filter(|(_, year, month, _)| year * 12 + month - 1 == number);
        let expected = there.rfind(|(_, _, _, other)| *other <= day).map(|(to, ..)| *to);
        prop_assert_eq!(from.plus_months(months), expected);
        prop_assert_eq!(Day::parse(&from.to_string()).unwrap(), from);
    }

    /// The verifier is no ornament: a figure moved is found.
    #[test]
    fn a_figure_moved_is_found(scenario in scenario(), by in 0.01_f64..0.5) {
        let inputs = Inputs::default();
        let sound = of(&scenario);
        for (index, figure) in sound.benefits.iter().enumerate() {
            let checked = [
                Measure::SectorDiversity, Measure::MeanTrust, Measure::StillRunning, Measure::UniquePeople,
                Measure::DuplicatesAvoided, Measure::Density, Measure::Brokerage,
            ];
            if let Some(value) = figure.value.filter(|_| checked.contains(&figure.measure)) {
                let mut moved = sound.clone();
                moved.benefits[index].value = Some(Range { low: value.low - by, ..value });
                prop_assert!(!violations(&scenario, &inputs, &moved).is_empty(), "{:?}", figure);
            }
        }
        for index in 0..sound.friction.pairs.len() {
            let mut moved = sound.clone();
            moved.friction.pairs[index].friction.low -= by;
            prop_assert!(!violations(&scenario, &inputs, &moved).is_empty());
            let mut fewer = sound.clone();
            fewer.friction.pairs.remove(index);
            prop_assert!(!violations(&scenario, &inputs, &fewer).is_empty());
        }
    }
}
