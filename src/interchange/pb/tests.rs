use super::*;
use crate::funding::run_instance;
use proptest::prelude::*;

const PLAIN: &str = "META\nkey;value\nbudget;100.5\nrule;greedy-threshold\nmin_project_score_threshold;2\n\
    currency;PLN\nvote_type;cumulative\nPROJECTS\nproject_id;cost;votes;score;name;colour;selected\n\
    a;60,25;1;3.5;\"A; with \"\"quotes\"\"\";red;1\nb;40.25;2;2;B \"inside\";;1\nc;999999999;9;9;C;;0\nd;1;1;1.5;D;;0\n\
    VOTES\nvoter_id;vote;points;age\n1;a,b;2,1;30\n2;b;1;40\n3;a,d;0,1;50\n";

fn codes(problems: &[crate::interchange::RowProblem]) -> Vec<(&str, Option<u64>, Option<&str>)> {
    let code = |problem: &crate::interchange::RowProblem| problem.code.clone();
    assert!(
        problems
            .iter()
            .all(|problem| code(problem).starts_with("import-"))
    );
    problems
        .iter()
        .map(|problem| (problem.code.as_str(), problem.row, problem.column.as_deref()))
        .collect()
}

#[test]
fn decimals_quotes_and_unknown_columns_are_kept_exactly() {
    let election = read_election(PLAIN.as_bytes()).unwrap();
    assert_eq!(election.problems, []);
    assert_eq!(election.amount_digits, 2);
    assert_eq!(election.instance.budget_minor(), 10_050);
    assert_eq!(election.instance.votes_digits(), 1);
    assert_eq!(
        election.projects.cell(0, election.projects.column("name")),
        "A; with \"quotes\""
    );
    assert_eq!(
        election.projects.cell(1, election.projects.column("NAME")),
        "B \"inside\""
    );
    assert_eq!(
        election.projects.cell(0, election.projects.column("colour")),
        "red"
    );
    assert_eq!(election.votes.cell(1, election.votes.column("age")), "40");
    assert_eq!(election.ballots[0].points, ["2", "1"]);
    let plan = election.plan().unwrap();
    let run = run_instance(&election.instance, &plan).unwrap();
    assert_eq!(run.allocation.selected, [0, 1]);
    assert_eq!(run.allocation.payments_minor[0], [(0, 6_025)]);
    assert_eq!(election.selected, Some(vec![true, true, false, false]));
    let verdicts: Vec<_> = run.trace.iter().skip(2).map(|step| step.verdict).collect();
    assert_eq!(
        verdicts,
        [
            crate::funding::Verdict::Withdrawn,
            crate::funding::Verdict::BelowThreshold
        ]
    );
}

#[test]
fn line_ends_byte_order_marks_and_wide_text_change_nothing() {
    let plain = read_election(PLAIN.as_bytes()).unwrap();
    let windows = format!("\u{feff}{}", PLAIN.replace('\n', "\r\n"));
    let utf16: Vec<u8> = windows.encode_utf16().flat_map(u16::to_le_bytes).collect();
    for bytes in [windows.into_bytes(), utf16] {
        let read = read_election(&bytes).unwrap();
        assert_eq!(
            (read.instance, read.ballots, read.problems),
            (plain.instance.clone(), plain.ballots.clone(), vec![])
        );
    }
}

#[test]
fn bad_rows_are_named_and_the_rest_is_read() {
    let file = "META\nkey;value\nbudget;100\nPROJECTS\nproject_id;cost;votes\na;60;3\nb;many;2\na;5;1\n;5;1\nc;40;few\n\
        VOTES\nvoter_id;vote\n1;c,zz\n2;c,c;surplus\n3\n";
    let election = read_election(file.as_bytes()).unwrap();
    let found = codes(&election.problems);
    let expected = [
        ("import-too-many-cells", Some(14), None),
        ("import-not-a-number", Some(7), Some("cost")),
        ("import-duplicate-id", Some(8), Some("project_id")),
        ("import-no-id", Some(9), Some("project_id")),
        ("import-not-a-number", Some(10), Some("votes")),
        ("import-unknown-project", Some(13), Some("vote")),
        ("import-named-twice", Some(14), Some("vote")),
    ];
    assert_eq!(found, expected);
    // The votes that could not be read are counted from the ballots.
    let votes: Vec<_> = election
        .instance
        .projects()
        .iter()
        .map(crate::funding::FundingProject::votes)
        .collect();
    assert_eq!(votes, [3, 2]);
}

#[test]
fn a_quote_never_closed_does_not_swallow_the_votes() {
    let file = "META\nkey;value\nbudget;9\nPROJECTS\nproject_id;cost;votes;name\na;5;1;\"open\nb;4;1;B\nVOTES\nvoter_id;vote\n1;a\n";
    let election = read_election(file.as_bytes()).unwrap();
    assert_eq!(election.instance.projects().len(), 2);
    assert_eq!(election.ballots.len(), 1);
    assert_eq!(
        codes(&election.problems),
        [("import-unbalanced-quote", None, None)]
    );
}

#[test]
fn what_is_no_election_is_refused_with_a_reason() {
    assert_eq!(read_election(b" \n"), Err(ImportError::Empty));
    assert_eq!(
        read_election(b"name,sector\nA,business\n"),
        Err(ImportError::UnknownFormat)
    );
    assert_eq!(
        read_election(b"META\nkey;value\nbudget;1\n"),
        Err(ImportError::UnknownFormat)
    );
    let negative = b"META\nkey;value\nbudget;-4\nPROJECTS\nproject_id;cost\n";
    assert_eq!(read_election(negative), Err(no_budget(3, "-4")));
}

fn no_budget(line: u64, text: &str) -> ImportError {
    ImportError::Malformed {
        line,
        column: 1,
        detail: format!("budget: {text}"),
    }
}

#[test]
fn a_scenario_of_an_election_says_what_it_loses() {
    let imported = read_scenario(PLAIN.as_bytes()).unwrap();
    assert_eq!(imported.scenario.problems(), []);
    assert_eq!(imported.scenario.projects.len(), 3);
    assert_eq!(imported.scenario.projects[0].cost.likely_minor, 6_025);
    assert_eq!(imported.scenario.pledges[0].amount.amount_minor(), 10_050);
    let expected = [
        ("import-withdrawn", Some(12), Some("project_id")),
        ("import-voter-columns", None, Some("voter_id")),
        ("import-votes-differ", None, Some("votes")),
    ];
    assert_eq!(codes(&imported.problems), expected);
    let ballots = &imported.scenario.ballots;
    let points: Vec<&[u32]> = ballots.iter().map(|ballot| ballot.points.as_slice()).collect();
    // The third ballot gives its first project nothing, which is no support.
    assert_eq!(points, [&[2, 1][..], &[1], &[1]]);
    let columns = &imported.scenario.election.columns;
    assert_eq!(columns, &["colour"]);
}

#[test]
fn points_are_whole_numbers_in_a_scenario_and_a_threshold_grows_with_them() {
    let file = "META\nkey;value\nbudget;9\nrule;greedy-threshold\nmin_project_score_threshold;2\ncurrency;PLN\n\
        vote_type;scoring\nPROJECTS\nproject_id;cost;score\na;5;2.25\nb;4;1.5\nVOTES\nvoter_id;vote;points\n\
        1;a,b;2,1.5\n2;a;0.25\n3;b;-1\n4;a;x\n";
    let imported = read_scenario(file.as_bytes()).unwrap();
    let scenario = &imported.scenario;
    assert_eq!(scenario.problems(), []);
    let expected = [
        ("import-points-scaled", None, Some("points")),
        ("import-points-unreadable", Some(16), Some("points")),
        ("import-points-unreadable", Some(17), Some("points")),
    ];
    assert_eq!(codes(&imported.problems), expected);
    assert_eq!(scenario.ballots[0].points, [200, 150]);
    // Two who support nothing after all.
    assert_eq!((scenario.ballots[2].voters, scenario.ballots.len()), (2, 3));
    assert_eq!(scenario.pool.threshold_votes, Some(200));
    let instance = crate::funding::Instance::from_scenario(scenario).unwrap();
    let votes: Vec<u64> = instance
        .projects()
        .iter()
        .map(crate::funding::FundingProject::votes)
        .collect();
    assert_eq!(votes, [225, 150]);
    let report = crate::funding::report(scenario, &scenario.pool).unwrap();
    assert_eq!(report.allocation.selected, [0]);
}

#[test]
fn points_beyond_what_a_ballot_holds_are_rounded_up_and_said() {
    let file = "META\nkey;value\nbudget;9\ncurrency;PLN\nrule;greedy\nvote_type;scoring\nPROJECTS\nproject_id;cost\na;5\nb;4\n\
        VOTES\nvoter_id;vote;points\n1;a,b;9999999999,0.001\n";
    let imported = read_scenario(file.as_bytes()).unwrap();
    assert_eq!(imported.scenario.ballots[0].points, [u32::MAX, 1]);
    let found = codes(&imported.problems);
    assert!(
        found.contains(&("import-points-rounded", None, Some("points"))),
        "{found:?}"
    );
}

#[test]
fn ranks_without_points_are_approvals_and_said_to_be() {
    let file = "META\nkey;value\nbudget;9\ncurrency;PLN\nrule;greedy\nvote_type;ordinal\nPROJECTS\nproject_id;cost\na;5\nb;4\n\
        VOTES\nvoter_id;vote\n1;b,a\n2;a,b\n";
    let imported = read_scenario(file.as_bytes()).unwrap();
    assert_eq!(
        codes(&imported.problems),
        [("import-scores-as-approvals", None, Some("vote_type"))]
    );
    assert_eq!(imported.scenario.ballots.len(), 1);
    assert_eq!(
        (
            imported.scenario.ballots[0].voters,
            imported.scenario.ballots[0].points.len()
        ),
        (2, 0)
    );
}

#[test]
fn an_election_is_written_as_it_was_read() {
    let election = read_election(PLAIN.as_bytes()).unwrap();
    let text = write_election(&election);
    assert_eq!(text, PLAIN.replace("B \"inside\"", "\"B \"\"inside\"\"\""));
    assert_eq!(read_election(text.as_bytes()).unwrap(), election);
}

#[test]
fn a_scenario_is_written_field_by_field() {
    let mut scenario = read_scenario(PLAIN.as_bytes()).unwrap().scenario;
    scenario.ballots[1].name = "VOTES".into();
    scenario.ballots[1].approves.clear();
    scenario.ballots[1].points.clear();
    scenario.ballots[2].voters = 2;
    scenario.ballots[2].name = "Desa; Wukir".into();
    let text = write_scenario(&scenario, crate::domain::Language::En).unwrap();
    let expected = "META\nkey;value\ndescription;Pabulib\nnum_projects;3\nnum_votes;4\nbudget;100.50\nvote_type;cumulative\n\
        rule;greedy-threshold\ncurrency;PLN\nmin_project_score_threshold;2\nunit;Pabulib\n\
        PROJECTS\nproject_id;cost;votes;score;name;colour\na;60.25;1;2;\"A; with \"\"quotes\"\"\";red\n\
        b;40.25;1;1;\"B \"\"inside\"\"\";\nd;1;2;2;D;\n\
        VOTES\nvoter_id;vote;points;group\n1;a,b;2,1;1\nVOTES-1;;;VOTES\n\
        \"Desa; Wukir-1\";d;1;\"Desa; Wukir\"\n\"Desa; Wukir-2\";d;1;\"Desa; Wukir\"\n";
    assert_eq!(text, expected);
    let again = read_scenario(text.as_bytes()).unwrap().scenario;
    assert_eq!(again.ballots, scenario.ballots);
    assert_eq!(again.election.cells, scenario.election.cells);
}

#[test]
fn what_cannot_be_written_is_refused_with_a_reason() {
    use crate::domain::{Language, ProjectId, Scenario};
    let good = read_scenario(PLAIN.as_bytes()).unwrap().scenario;
    let refused = |change: &dyn Fn(&mut Scenario)| {
        let mut scenario = good.clone();
        change(&mut scenario);
        write_scenario(&scenario, Language::Id).map_err(|error| error.code())
    };
    assert_eq!(refused(&|scenario| scenario.projects.clear()), Err("no-projects"));
    assert_eq!(refused(&|scenario| scenario.ballots.clear()), Err("no-ballots"));
    assert_eq!(
        refused(&|scenario| scenario.ballots[0].voters = 1_000_001),
        Err("too-many-voters")
    );
    let comma = |scenario: &mut Scenario| scenario.projects[0].id = ProjectId::new("a,b").unwrap();
    assert_eq!(refused(&comma), Err("comma-in-id"));
    let many = |scenario: &mut Scenario| {
        scenario.ballots[0].voters = 900_000;
        scenario.ballots[0].name = "x".repeat(200).as_str().into();
    };
    assert_eq!(refused(&many), Err("too-large"));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(1000) })]
    #[test]
    fn no_file_makes_it_panic(cut in 0..PLAIN.len(), with in proptest::collection::vec(any::<u8>(), 0..12), noise: Vec<u8>) {
        let mut bytes = PLAIN.as_bytes().to_vec();
        let end = (cut + with.len() / 2).min(bytes.len());
        bytes.splice(cut..end, with);
        for file in [bytes, noise] {
            if let Ok(imported) = read_scenario(&file) {
                prop_assert_eq!(imported.scenario.problems(), vec![]);
            }
        }
    }
}
