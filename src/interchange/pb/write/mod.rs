//! Writing `.pb` files: an election as it was read, or a scenario as an election.

mod error;
mod scenario;

pub use error::PbWriteError;

use super::{Election, PbTable};
use crate::domain::{Language, Scenario};
use crate::interchange::MAX_FILE_BYTES;
use scenario::Writer;

/// The most rows of `VOTES` that are written.
pub const MAX_VOTER_ROWS: u64 = 1_000_000;

/// Columns of `PROJECTS` a scenario writes from what it knows, or leaves out on purpose (`selected`: the outcome of an
/// earlier count says nothing of a plan that may have changed since).
pub(super) const PROJECT_COLUMNS: [&str; 8] = [
    "project_id",
    "cost",
    "votes",
    "score",
    "name",
    "category",
    "description",
    "selected",
];
/// Columns of `VOTES` a scenario holds.
pub(super) const VOTE_COLUMNS: [&str; 4] = ["voter_id", "vote", "points", "group"];
/// Keys of `META` a scenario always writes from what it knows.
const META_KEYS: [&str; 6] = [
    "description",
    "num_projects",
    "num_votes",
    "budget",
    "rule",
    "currency",
];

/// Whether a key of `META` is written from the scenario and need not be kept.
pub(super) fn written_anew(key: &str) -> bool {
    META_KEYS.iter().any(|known| key.eq_ignore_ascii_case(known))
}

/// Rows on their way to a file: fields separated by `;`, quoted where they must be, lines ended by a line feed.
struct Rows(csv::Writer<Vec<u8>>);

impl Rows {
    fn new() -> Self {
        let mut builder = csv::WriterBuilder::new();
        builder.delimiter(b';').flexible(true);
        Self(builder.from_writer(Vec::new()))
    }

    fn add<I: IntoIterator<Item = T>, T: AsRef<[u8]>>(&mut self, cells: I) {
        // Writing flexible rows to memory: csv has nothing to refuse.
        let _ = self.0.write_record(cells);
    }

    fn table(&mut self, section: &str, table: &PbTable) {
        if table.columns.is_empty() {
            return;
        }
        self.add([section]);
        self.add(&table.columns);
        for row in &table.rows {
            self.add(row);
        }
    }

    fn finish(self) -> String {
        let bytes = self.0.into_inner().unwrap_or_default();
        String::from_utf8(bytes).unwrap_or_default()
    }
}

/// An election as it was read: every section, every column, known or not, every cell. UTF-8, line feeds.
///
/// Reading the text again gives the same tables, instance and ballots. What the first reading had to leave out (cells
/// beyond the headings, rows outside any section) is not there.
pub fn write_election(election: &Election) -> String {
    let mut rows = Rows::new();
    rows.table("META", &election.meta);
    rows.table("PROJECTS", &election.projects);
    rows.table("VOTES", &election.votes);
    rows.finish()
}

/// A scenario with ballots as an election, its texts in `language`. Field by field: docs/scenario-format.md.
///
/// Reading the file again gives the same projects, costs, ballots, votes, budget and rule. An election has one budget
/// and no organisations: pledges become their sum; restrictions, wishes, reliability, and cost ranges are left behind.
///
/// Cost: O(voters · projects approved).
///
/// # Errors
/// [`PbWriteError`].
pub fn write_scenario(scenario: &Scenario, language: Language) -> Result<String, PbWriteError> {
    if scenario.projects.is_empty() {
        return Err(PbWriteError::NoProjects);
    }
    let voters: u64 = scenario
        .ballots
        .iter()
        .map(|ballot| u64::from(ballot.voters))
        .sum();
    if voters == 0 {
        return Err(PbWriteError::NoBallots);
    }
    if voters > MAX_VOTER_ROWS {
        return Err(PbWriteError::TooManyVoters { voters });
    }
    if let Some(project) = scenario
        .projects
        .iter()
        .find(|project| project.id.as_str().contains(','))
    {
        return Err(PbWriteError::CommaInId {
            id: project.id.to_string(),
        });
    }
    let mut budget = 0_u64;
    for pledge in &scenario.pledges {
        let money = scenario.in_base(pledge.amount).ok_or(PbWriteError::NoRate)?;
        budget = budget.saturating_add(money);
    }
    let mut rows = Rows::new();
    let writer = Writer { scenario, language };
    writer.meta(&mut rows, voters, budget);
    writer.projects(&mut rows);
    writer.votes(&mut rows)?;
    let text = rows.finish();
    if text.len() as u64 > MAX_FILE_BYTES {
        return Err(PbWriteError::TooLarge);
    }
    Ok(text)
}
