//! Elections as they should never be written: whatever the file, a sentence or a sound result, never a panic.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

use gotong::domain::{Comparison, Completion, PoolPlan, RuleId, UtilityMeasure};
use gotong::funding::FundReport;
use gotong::jobs::{Request, Response, ScenarioRef, inline};
use proptest::prelude::*;
use proptest::sample::{Index, select};

const APPROVALS: &str = "META\nkey;value\ndescription;Kampung\ncountry;Indonesia\ncurrency;IDR\nnum_projects;4\nnum_votes;5\n\
    budget;1000\nvote_type;approval\nrule;greedy\nPROJECTS\nproject_id;cost;votes;name;selected\n1;400;4;Sumur;1\n\
    2;700;3;Jalan;0\n3;300;2;Taman;1\n4;999999999;1;Mundur;0\nVOTES\nvoter_id;age;vote\na;30;1,2\nb;31;1,3\nc;32;1,2,4\n\
    d;33;1,2\ne;34;3\n";
const POINTS: &str = "META\nkey;value\nbudget;100.5\nvote_type;cumulative\nrule;equalshares/add1\ncurrency;PLN\nPROJECTS\n\
    project_id;cost;score\nx;50.25;7\ny;60;6\nz;1;2.5\nVOTES\nvoter_id;vote;points\n1;x,y;5,2\n2;y,z;4,1.5\n3;x,z;2,1\n";
const RANKS: &str = "META\nkey;value\nbudget;10\nvote_type;ordinal\nrule;greedy-no-skip\nPROJECTS\nproject_id;cost\na;4\nb;5\nc;6\n\
    VOTES\nvoter_id;vote\n1;a,b,c\n2;c,b\n3;b\n";

/// What a cell or a line may be turned into.
const HOSTILE: [&str; 24] = [
    "",
    "0",
    "-5",
    "0.5",
    "1e308",
    "99999999999999999999999",
    "NaN",
    "inf",
    "999999999",
    "1.2.3",
    "1,5",
    "00012",
    "\"open",
    "a;b;c;d;e;f",
    "\u{feff}",
    "META",
    "VOTES",
    "PROJECTS",
    "1,1,1",
    "nobody",
    "١٢",
    "1000000000000000",
    "-0",
    "\u{202e}1",
];

#[derive(Clone, Debug)]
enum Damage {
    Cut(Index),
    Cell(Index, Index, &'static str),
    DropLine(Index),
    RepeatLine(Index),
    Byte(Index, u8),
}

fn damage() -> impl Strategy<Value = Damage> {
    let cell = (any::<Index>(), any::<Index>(), select(HOSTILE.to_vec()));
    prop_oneof![
        1 => any::<Index>().prop_map(Damage::Cut),
        8 => cell.prop_map(|(line, cell, text)| Damage::Cell(line, cell, text)),
        2 => any::<Index>().prop_map(Damage::DropLine),
        2 => any::<Index>().prop_map(Damage::RepeatLine),
        1 => (any::<Index>(), any::<u8>()).prop_map(|(at, byte)| Damage::Byte(at, byte)),
    ]
}

fn damaged(text: &str, damages: &[Damage]) -> Vec<u8> {
    let mut bytes = text.as_bytes().to_vec();
    for damage in damages {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let mut lines: Vec<String> = text.split('\n').map(str::to_owned).collect();
        match damage {
            Damage::Cut(at) => {
                let length = at.index(bytes.len() + 1);
                bytes.truncate(length);
                continue;
            }
            Damage::Byte(at, byte) => {
                if !bytes.is_empty() {
                    let place = at.index(bytes.len());
                    bytes[place] = *byte;
                }
                continue;
            }
            Damage::Cell(line, cell, hostile) => {
                let line = &mut lines[line.index(text.split('\n').count())];
                let mut cells: Vec<&str> = line.split(';').collect();
                let place = cell.index(cells.len());
                cells[place] = hostile;
                *line = cells.join(";");
            }
            Damage::DropLine(line) => {
                lines.remove(line.index(text.split('\n').count()));
            }
            Damage::RepeatLine(line) => {
                let place = line.index(text.split('\n').count());
                lines.insert(place, lines[place].clone());
            }
        }
        bytes = lines.join("\n").into_bytes();
    }
    bytes
}

fn plan() -> impl Strategy<Value = PoolPlan> {
    let completion = select(vec![
        Completion::None,
        Completion::Greedy,
        Completion::Add1,
        Completion::Add1u,
    ]);
    let comparison = select(vec![Comparison::Satisfaction, Comparison::Exclusion]);
    let utility = select(vec![UtilityMeasure::Cost, UtilityMeasure::Cardinality]);
    (
        select(RuleId::ALL.to_vec()),
        proptest::option::of(completion),
        proptest::option::of(comparison),
        proptest::option::of(utility),
    )
        .prop_map(|(rule, completion, comparison, utility)| PoolPlan {
            completion,
            comparison,
            utility,
            ..PoolPlan::of(rule)
        })
}

/// Every sum to the unit.
fn sound(report: &FundReport) {
    assert!(report.verified, "{report:?}");
    let granted: u64 = report.allocation.granted_minor.iter().sum();
    assert_eq!(granted, report.spent_minor);
    let unspent: u64 = report.allocation.unspent_minor.iter().sum();
    assert_eq!(granted + unspent, report.budget_minor, "{report:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn whatever_the_election_there_is_a_sentence_or_a_sound_result(
        text in select(vec![APPROVALS, POINTS, RANKS]),
        damages in proptest::collection::vec(damage(), 0..5),
        plan in proptest::option::weighted(0.9, plan()),
    ) {
        let bytes = damaged(text, &damages);
        match inline::run(Request::FundElection { bytes: bytes.clone(), pool: plan.clone() }) {
            Ok(Response::Election(election)) => sound(&election.report),
            Ok(other) => panic!("{other:?}"),
            Err(error) => prop_assert!(!error.code().is_empty()),
        }
        let Ok(Response::Imported(imported)) =
            inline::run(Request::Import { name: "x.pb".to_owned(), bytes, numbers: None }) else { return Ok(()) };
        let scenario = ScenarioRef::Inline(Box::new(imported.scenario));
        match inline::run(Request::Fund { scenario, pool: plan }) {
            Ok(Response::Funded(report)) => sound(&report),
            Ok(other) => panic!("{other:?}"),
            Err(error) => prop_assert!(!error.code().is_empty()),
        }
    }
}
