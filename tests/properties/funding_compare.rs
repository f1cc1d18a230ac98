//! Rules side by side against figures made by hand from each rule's own run.

#![allow(clippy::unwrap_used, reason = "a test stops at the first thing out of order")]

use gotong::cases::CaseStudy;
use gotong::domain::{Ballot, PoolPlan, ProjectId, RuleId, Scenario, Text};
use gotong::funding::{Instance, compare, run_instance};
use proptest::prelude::*;

/// A study with other voices and other costs: what the figures depend on.
fn scenarios() -> impl Strategy<Value = Scenario> {
    let row = proptest::sample::select(vec!["E2", "E4", "E6"]);
    let ballots = proptest::collection::vec((1..9_u32, any::<u16>()), 0..5);
    (row, ballots, proptest::collection::vec(1..40_u64, 12)).prop_map(|(row, ballots, scale)| {
        let mut scenario = CaseStudy::by_row(row).unwrap().load().unwrap();
        for (project, scale) in scenario.projects.iter_mut().zip(scale) {
            let likely = (project.cost.likely_minor / 10 * scale / 2).max(1);
            project.cost.low_minor = likely;
            project.cost.likely_minor = likely;
            project.cost.high_minor = likely;
            project.minimum_minor = project.minimum_minor.map(|minimum| minimum.min(likely));
        }
        let ids: Vec<ProjectId> = scenario
            .projects
            .iter()
            .map(|project| project.id.clone())
            .collect();
        scenario.ballots = ballots
            .into_iter()
            .map(|(voters, bits)| Ballot {
                name: Text::Plain("v".to_owned()),
                voters,
                approves: ids
                    .iter()
                    .enumerate()
                    .filter(|(place, _)| bits >> place & 1 == 1)
                    .map(|(_, id)| id.clone())
                    .collect(),
                points: Vec::new(),
            })
            .collect();
        scenario
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(1000) })]

    #[test]
    fn figures_agreement_and_shifts_follow_from_the_runs(scenario in scenarios(), rules in proptest::sample::subsequence(RuleId::ALL.to_vec(), 2..4)) {
        let plans: Vec<PoolPlan> = rules.iter().map(|&rule| PoolPlan::of(rule)).collect();
        let comparison = compare(&scenario, &plans).unwrap();
        let instance = Instance::from_scenario(&scenario).unwrap();
        let voices = instance.voices();
        prop_assert_eq!(comparison.columns.len(), plans.len());
        let mut sees = Vec::new();
        for (column, plan) in comparison.columns.iter().zip(&plans) {
            let Ok(run) = run_instance(&instance, plan) else {
                prop_assert!(column.refused.is_some() && column.figures.is_none());
                sees.push(Vec::new());
                continue;
            };
            let figures = column.figures.as_ref().unwrap();
            prop_assert!(figures.verified);
            prop_assert_eq!(&figures.granted_minor, &run.allocation.granted_minor);
            prop_assert_eq!(figures.spent_minor, figures.granted_minor.iter().sum::<u64>());
            prop_assert_eq!(figures.pays_minor.iter().sum::<u64>(), figures.spent_minor);
            let funded = |project: usize| run.allocation.selected.contains(&project);
            let nothing = voices.iter().filter(|voice| !voice.points.iter().any(|&(project, _)| funded(project)));
            prop_assert_eq!(figures.with_nothing, nothing.map(|voice| voice.voters).sum::<u64>());
            let benefit: Vec<u64> =
                voices.iter().map(|voice| voice.points.iter().map(|&(project, _)| figures.granted_minor[project]).sum()).collect();
            // Gini as the mean difference of all pairs of people, over twice the mean.
            let people: Vec<f64> = voices.iter().zip(&benefit).flat_map(|(voice, &benefit)| (0..voice.voters).map(move |_| benefit as f64)).collect();
            let total: f64 = people.iter().sum();
            let gaps: f64 = people.iter().flat_map(|a| people.iter().map(move |b| (a - b).abs())).sum();
            let by_pairs = if total > 0.0 { gaps / (2.0 * people.len() as f64 * total) } else { 0.0 };
            prop_assert!((figures.gini.unwrap_or(0.0) - by_pairs).abs() < 1e-9);
            let reached: u64 = run.allocation.selected.iter().filter_map(|&project| scenario.projects[project].beneficiaries).sum();
            prop_assert_eq!(figures.reached, reached);
            sees.push(benefit);
        }
        for (agreement, shift) in comparison.agreement.iter().zip(&comparison.shifts) {
            prop_assert_eq!(agreement.columns, shift.columns);
            let [a, b] = agreement.columns.map(|column| comparison.columns[column].figures.as_ref().unwrap());
            let count = a.granted_minor.len();
            let either = (0..count).filter(|project| a.selected.contains(project) || b.selected.contains(project)).count();
            let both = (0..count).filter(|project| a.selected.contains(project) && b.selected.contains(project)).count();
            prop_assert!((agreement.projects * either.max(1) as f64 - both as f64).abs() < 1e-9 || either == 0);
            prop_assert!((0.0..=1.0).contains(&agreement.money));
            prop_assert_eq!(agreement.money == 1.0, a.granted_minor == b.granted_minor);
            let moved = |list: &[gotong::funding::ShiftedMoney]| list.iter().map(|shifted| i128::from(shifted.by_minor)).sum::<i128>();
            prop_assert_eq!(moved(&shift.more) - moved(&shift.less), i128::from(b.spent_minor) - i128::from(a.spent_minor));
            let [before, after] = shift.columns.map(|column| &sees[column]);
            let better = (0..voices.len()).filter(|&voice| after[voice] > before[voice]).map(|voice| voices[voice].voters).sum::<u64>();
            let worse = (0..voices.len()).filter(|&voice| after[voice] < before[voice]).map(|voice| voices[voice].voters).sum::<u64>();
            prop_assert_eq!((shift.people_better, shift.people_worse), (better, worse));
        }
    }
}
