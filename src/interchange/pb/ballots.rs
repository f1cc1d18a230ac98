//! The ballots of an election for projects that are there already.

use crate::domain::{Ballot, Project, ProjectId, Scenario};
use std::collections::BTreeSet;

/// What of an election's ballots can be used.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BallotImport {
    /// Ballots with the projects that are there.
    pub ballots: Vec<Ballot>,
    /// How many people cast them.
    pub voters: u64,
    /// How many people support only projects that are not there; they are left out.
    pub voters_left_out: u64,
    /// Projects of the plan the election has too.
    pub matched: Vec<ProjectId>,
    /// Projects of the election the plan does not have.
    pub unknown: Vec<ProjectId>,
    /// Projects of the plan the election does not have: nobody could vote for them.
    pub without_votes: Vec<ProjectId>,
}

/// The ballots of `election` ([`read_scenario`](super::read_scenario)) for `projects`, which are the same if their ids
/// are.
///
/// Who voted for nothing at all stays a voter. Cost: O((projects + approvals) log projects).
pub fn ballots_for(election: &Scenario, projects: &[Project]) -> BallotImport {
    let here: BTreeSet<&ProjectId> = projects.iter().map(|project| &project.id).collect();
    let there: BTreeSet<&ProjectId> = election.projects.iter().map(|project| &project.id).collect();
    let ids = |list: &[Project], keep: &dyn Fn(&ProjectId) -> bool| -> Vec<ProjectId> {
        list.iter()
            .map(|project| project.id.clone())
            .filter(|id| keep(id))
            .collect()
    };
    let mut import = BallotImport {
        matched: ids(projects, &|id| there.contains(id)),
        unknown: ids(&election.projects, &|id| !here.contains(id)),
        without_votes: ids(projects, &|id| !there.contains(id)),
        ..BallotImport::default()
    };
    for ballot in &election.ballots {
        let named = ballot.approves.iter().enumerate();
        let kept: Vec<usize> = named
            .filter(|(_, id)| here.contains(id))
            .map(|(place, _)| place)
            .collect();
        let voters = u64::from(ballot.voters);
        if kept.is_empty() && !ballot.approves.is_empty() {
            import.voters_left_out = import.voters_left_out.saturating_add(voters);
            continue;
        }
        import.voters = import.voters.saturating_add(voters);
        import.ballots.push(Ballot {
            name: ballot.name.clone(),
            voters: ballot.voters,
            approves: kept
                .iter()
                .filter_map(|&place| ballot.approves.get(place).cloned())
                .collect(),
            points: kept
                .iter()
                .filter_map(|&place| ballot.points.get(place).copied())
                .collect(),
        });
    }
    import
}

#[cfg(test)]
mod tests {
    use super::*;

    const ELECTION: &str = "META\nkey;value\nbudget;9\ncurrency;IDR\nrule;greedy\nvote_type;cumulative\n\
        PROJECTS\nproject_id;cost\na;5\nb;4\nc;4\nVOTES\nvoter_id;vote;points\n1;a,b;3,2\n2;b;5\n3;c;1\n4;;\n5;c;1\n";

    #[test]
    fn only_projects_of_the_same_id_count_and_who_is_left_out_is_counted() {
        let election = super::super::read_scenario(ELECTION.as_bytes()).unwrap().scenario;
        let mut here = election.projects.clone();
        here.remove(2);
        here.remove(0);
        here.push(Project {
            id: ProjectId::new("z").unwrap(),
            ..here[0].clone()
        });
        let import = ballots_for(&election, &here);
        let said: Vec<(usize, &[u32])> = import
            .ballots
            .iter()
            .map(|ballot| (ballot.approves.len(), ballot.points.as_slice()))
            .collect();
        assert_eq!(said, [(1, &[2][..]), (1, &[5]), (0, &[])]);
        assert_eq!((import.voters, import.voters_left_out), (3, 2));
        let ids = |list: &[ProjectId]| {
            list.iter()
                .map(ProjectId::to_string)
                .collect::<Vec<_>>()
                .join(" ")
        };
        assert_eq!(
            [
                ids(&import.matched),
                ids(&import.unknown),
                ids(&import.without_votes)
            ],
            ["b", "a c", "z"]
        );
        assert_eq!(
            ballots_for(&election, &election.projects).ballots,
            election.ballots
        );
    }
}
