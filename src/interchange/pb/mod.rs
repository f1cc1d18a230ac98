//! Participatory-budgeting elections in Pabulib's `.pb` format.
//!
//! Three sections, each opened by its name alone on a line: `META` (key;value), `PROJECTS` and `VOTES` (a
//! heading row, then rows), fields separated by `;` and quoted with `"`. Source: Faliszewski, Flis, Peters,
//! Pierczyński, Skowron, Stolicki, Szufa, Talmon, *Participatory Budgeting: Data, Tools and Analysis*
//! (IJCAI 2023), and <https://pabulib.org/format>.

mod ballots;
mod election;
mod number;
mod scenario;
mod table;
mod voters;
mod write;

pub use ballots::{BallotImport, ballots_for};
pub use election::{Election, PbVote, VoteType};
pub use table::PbTable;
pub use write::{MAX_VOTER_ROWS, PbWriteError, write_election, write_scenario};

use super::{ImportError, Imported};

/// An election from the bytes of a `.pb` file, with everything that was wrong with it.
///
/// Tolerated: byte order marks, UTF-16, CRLF, columns in any order, unknown columns (kept), rows too short or
/// too long, an unbalanced quote. A project without id or cost, or a vote for an unknown project, is listed with
/// its row and column, and the rest goes on.
///
/// # Errors
/// [`ImportError::Empty`]; [`ImportError::UnknownFormat`] without a `PROJECTS` section with `project_id` and
/// `cost`; [`ImportError::Malformed`] without a readable budget.
pub fn read_election(bytes: &[u8]) -> Result<Election, ImportError> {
    election::read(bytes)
}

/// The same as a scenario: the budget as one unrestricted pledge, ballots grouped where they are equal.
///
/// Points are kept, in whole numbers (`import-points-scaled`, `import-points-rounded`); ballots without points are
/// approvals, also where they were ranks (`import-scores-as-approvals`). A `votes` column that the ballots do not
/// reproduce is listed (`import-votes-differ`), and so are columns about voters, which a scenario does not keep
/// (`import-voter-columns`). Ballots of different `group`s, where the file has that column, stay apart and are named by
/// it. Other keys of `META` and columns of `PROJECTS` are kept for writing ([`write_scenario`]).
///
/// # Errors
/// As [`read_election`].
pub fn read_scenario(bytes: &[u8]) -> Result<Imported, ImportError> {
    Ok(scenario::to_imported(election::read(bytes)?))
}

#[cfg(test)]
mod tests;
