//! A scenario written as an election and read back.

use gotong::domain::{
    Ballot, CostEstimate, Currency, ElectionNotes, Language, Money, OrgId, Organisation, Pledge, PledgeId,
    PoolPlan, Project, ProjectId, Reliability, Restriction, RuleId, Scenario, Sector, Text,
};
use gotong::funding::{FundingProject, Instance, report, run_instance};
use gotong::interchange::pb::{read_election, read_scenario, write_election, write_scenario};
use proptest::prelude::*;
use std::collections::BTreeMap;

/// Words with everything a separated file stumbles over, but line ends and outer white space.
fn word() -> impl Strategy<Value = String> {
    "[a-zé;\"'#=| -]{0,8}[a-zé;\"'META]".prop_map(|text| text.trim().to_owned())
}

/// An id: as a word, without a comma.
fn ids(count: std::ops::Range<usize>) -> impl Strategy<Value = Vec<String>> {
    proptest::collection::btree_set("[A-Za-z;\" ]{0,4}[0-9]{1,3}", count)
        .prop_map(|set| {
            let trimmed: std::collections::BTreeSet<String> =
                set.iter().map(|id| id.trim().to_owned()).collect();
            trimmed.into_iter().collect()
        })
        .prop_shuffle()
}

fn project(id: &str, name: String, cost: u64) -> Project {
    Project {
        tranches: Vec::new(),
        id: ProjectId::new(id).unwrap(),
        name: Text::Plain(name),
        description: Text::default(),
        lead: None,
        goals: Vec::new(),
        region: None,
        cost: CostEstimate::fixed(cost),
        divisible: false,
        minimum_minor: None,
        beneficiaries: None,
        requirements: Vec::new(),
        duration_months: None,
    }
}

/// A scenario of the shape an election has: one funder, one open pledge, projects at a known price, ballots.
fn election_shaped() -> impl Strategy<Value = Scenario> {
    let rule = proptest::sample::select(vec![
        RuleId::Greedy,
        RuleId::GreedyNoSkip,
        RuleId::GreedyThreshold,
    ]);
    let plan = (rule, proptest::option::of(0..9_u64));
    let currency = proptest::sample::select(vec!["IDR", "PLN", "USD", "KWD"]);
    let ballot = (
        word(),
        1..5_u32,
        any::<u8>(),
        proptest::collection::vec(1..2_000_u32, 8),
    );
    let ballots = (any::<bool>(), proptest::collection::vec(ballot, 1..6)).boxed();
    let notes = proptest::collection::vec((word(), word()), 0..3).boxed();
    ids(1..7)
        .prop_flat_map(move |ids| {
            let named = proptest::collection::vec((word(), 0..200_000_000_u64, word()), ids.len());
            (
                Just(ids),
                named,
                plan.clone(),
                currency.clone(),
                0..1_000_000_000_u64,
                ballots.clone(),
                notes.clone(),
                word(),
            )
        })
        .prop_map(
            |(ids, named, (rule, threshold_votes), currency, budget, (with_points, ballots), meta, title)| {
                let base_currency = Currency::new(currency).unwrap();
                let projects: Vec<Project> = ids
                    .iter()
                    .zip(&named)
                    .map(|(id, (name, cost, _))| project(id, name.clone(), *cost))
                    .collect();
                let ballots = ballots.into_iter().map(|(name, voters, bits, points)| {
                    let approves: Vec<ProjectId> = projects
                        .iter()
                        .enumerate()
                        .filter(|(place, _)| bits >> place & 1 == 1)
                        .map(|(_, project)| project.id.clone())
                        .collect();
                    let points = points
                        .into_iter()
                        .take(if with_points { approves.len() } else { 0 })
                        .collect();
                    Ballot {
                        name: Text::Plain(name),
                        voters,
                        approves,
                        points,
                    }
                });
                let funder = OrgId::new("budget").unwrap();
                let cells = projects
                    .iter()
                    .zip(&named)
                    .map(|(project, (.., cell))| (project.id.clone(), vec![cell.clone()]));
                Scenario {
                    title: Text::Plain(title.clone()),
                    base_currency,
                    ballots: ballots.collect(),
                    election: ElectionNotes {
                        meta: meta
                            .into_iter()
                            .enumerate()
                            .map(|(n, (key, value))| (format!("x{n}{key}"), value))
                            .collect(),
                        columns: vec!["colour".to_owned()],
                        cells: cells.collect(),
                    },
                    organisations: vec![Organisation::new(
                        funder.clone(),
                        Text::Plain(title),
                        Sector::Government,
                    )],
                    pledges: vec![Pledge {
                        terms: gotong::domain::PledgeTerms::default(),
                        id: PledgeId::new("budget").unwrap(),
                        funder,
                        amount: Money::new(budget, base_currency).unwrap(),
                        source: None,
                        restriction: Restriction::default(),
                        wishes: Vec::new(),
                        reliability: Reliability::default(),
                    }],
                    pool: PoolPlan {
                        threshold_votes: threshold_votes.filter(|_| rule == RuleId::GreedyThreshold),
                        ..PoolPlan::of(rule)
                    },
                    projects,
                    ..Scenario::default()
                }
            },
        )
}

/// Equal ballots of one name are one ballot.
fn merged(ballots: &[Ballot]) -> Vec<Ballot> {
    let mut place_of: BTreeMap<String, usize> = BTreeMap::new();
    let mut kept: Vec<Ballot> = Vec::new();
    for ballot in ballots {
        let key = format!("{:?} {:?} {:?}", ballot.name, ballot.approves, ballot.points);
        match place_of.get(&key) {
            Some(&place) => kept[place].voters += ballot.voters,
            None => {
                place_of.insert(key, kept.len());
                kept.push(ballot.clone());
            }
        }
    }
    kept
}

/// What no file can tell apart: who gives points to nothing, and projects with the price of withdrawn ones.
fn in_file_form(mut scenario: Scenario) -> Scenario {
    scenario.ballots = merged(&scenario.ballots);
    scenario
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(1500) })]

    #[test]
    fn a_scenario_of_an_elections_shape_comes_back_whole(scenario in election_shaped()) {
        prop_assert_eq!(scenario.problems(), vec![]);
        let text = write_scenario(&scenario, Language::Id).unwrap();
        let imported = read_scenario(text.as_bytes()).unwrap();
        prop_assert_eq!(&imported.problems, &vec![], "{}", text);
        let mut again = imported.scenario;
        let mut expected = in_file_form(scenario.clone());
        // What the file says of its own: kinds of vote, who holds the budget, the threshold.
        let own = ["vote_type", "unit", "min_project_score_threshold"];
        again.election.meta.retain(|(key, _)| !own.contains(&key.as_str()));
        expected.election.cells.retain(|_, cells| cells.iter().any(|cell| !cell.is_empty()));
        prop_assert_eq!(again, expected, "{}", text);
    }

    #[test]
    fn the_written_election_has_the_scenarios_votes_and_outcome(scenario in election_shaped()) {
        let text = write_scenario(&scenario, Language::En).unwrap();
        let election = read_election(text.as_bytes()).unwrap();
        prop_assert_eq!(&election.problems, &vec![]);
        let votes = |instance: &Instance| instance.projects().iter().map(FundingProject::votes).collect::<Vec<_>>();
        prop_assert_eq!(votes(&election.instance), votes(&Instance::from_scenario(&scenario).unwrap()));
        let there = run_instance(&election.instance, &election.plan().unwrap()).unwrap().allocation;
        let here = report(&scenario, &scenario.pool).unwrap().allocation;
        prop_assert_eq!(there.selected, here.selected);
        // No voter's id stands twice, and there is one row for each.
        let ids: std::collections::BTreeSet<&str> = election.ballots.iter().map(|vote| vote.voter_id.as_str()).collect();
        let voters: u32 = scenario.ballots.iter().map(|ballot| ballot.voters).sum();
        prop_assert_eq!((ids.len(), election.ballots.len()), (voters as usize, voters as usize));
        prop_assert_eq!(read_election(write_election(&election).as_bytes()).unwrap(), election);
    }
}
