//! Whose voice counts, and for what: the voters of an election, or the funders themselves.

use super::{FundingError, Instance};

/// The most groups of voters in an instance.
pub const MAX_VOTER_GROUPS: usize = 1_000_000;

/// Voters who cast the same ballot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VoterGroup {
    name: String,
    voters: u64,
    points: Vec<(usize, u64)>,
}

impl VoterGroup {
    /// `voters` people who give each project at a position of `points` so many points (1 for an approval); checked by
    /// [`Instance::with_voters`]. Points of one project add up; none is no support.
    pub fn new(name: impl Into<String>, voters: u64, points: Vec<(usize, u64)>) -> Self {
        Self {
            name: name.into(),
            voters,
            points,
        }
    }

    /// Voters who approve these projects.
    pub fn approving(
        name: impl Into<String>,
        voters: u64,
        approved: impl IntoIterator<Item = usize>,
    ) -> Self {
        Self::new(
            name,
            voters,
            approved.into_iter().map(|project| (project, 1)).collect(),
        )
    }

    /// Whose voices: a village, a group, a person.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// How many people.
    pub fn voters(&self) -> u64 {
        self.voters
    }

    /// (project, points above 0), ascending by project, each once.
    pub fn points(&self) -> &[(usize, u64)] {
        &self.points
    }
}

/// Where the money of a voice comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purse {
    /// An equal part of the budget, in name only: real purses pay, pro rata.
    EqualPart,
    /// Its own pledge, at this position of the participants: what it supports it pays for.
    Own(usize),
}

/// One voice (or many equal ones) as the rules see it.
#[derive(Clone, Copy, Debug)]
pub struct Voice<'a> {
    /// How many people share it: 1 for a funder.
    pub voters: u64,
    /// (project, points above 0), ascending by project; 1 for an approval or where it gives no points.
    pub points: &'a [(usize, u64)],
    /// Whose money it stands for.
    pub purse: Purse,
}

impl Instance {
    /// The same instance with the ballots of its voters, who then decide in the funders' place. Groups without people
    /// or without support count as voters (they hold a part of the budget) but support nothing.
    ///
    /// # Errors
    /// [`FundingError::TooMany`] above [`MAX_VOTER_GROUPS`]; [`FundingError::UnknownProject`] for a position that is no
    /// project.
    pub fn with_voters(mut self, mut voters: Vec<VoterGroup>) -> Result<Self, FundingError> {
        if voters.len() > MAX_VOTER_GROUPS {
            return Err(FundingError::TooMany {
                what: "voters".to_owned(),
                limit: MAX_VOTER_GROUPS,
            });
        }
        for group in &mut voters {
            if let Some(&(project, _)) = group
                .points
                .iter()
                .find(|(project, _)| *project >= self.projects.len())
            {
                return Err(FundingError::UnknownProject {
                    participant: group.name.clone(),
                    project,
                });
            }
            group.points.retain(|&(_, points)| points > 0);
            crate::order::sort(&mut group.points);
            group.points.dedup_by(|next, kept| {
                let same = next.0 == kept.0;
                if same {
                    kept.1 = kept.1.saturating_add(next.1);
                }
                same
            });
        }
        self.voters = voters;
        Ok(self)
    }

    /// The ballots, in order; empty where the funders are the only voices.
    pub fn voters(&self) -> &[VoterGroup] {
        &self.voters
    }

    /// Every voice that counts: the voters, or, where there are none, the participants, each for the projects its money
    /// may go to, by its wishes (1 each where it wishes nothing). In order.
    pub fn voices(&self) -> Vec<Voice<'_>> {
        if !self.voters.is_empty() {
            let voters = self.voters.iter();
            return voters
                .map(|group| Voice {
                    voters: group.voters,
                    points: &group.points,
                    purse: Purse::EqualPart,
                })
                .collect();
        }
        let participants = self.participants.iter().enumerate();
        participants
            .map(|(position, participant)| Voice {
                voters: 1,
                points: &participant.support,
                purse: Purse::Own(position),
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::funding::{FundingProject, Participant};

    fn instance() -> Instance {
        let projects = vec![FundingProject::new("a", 10, 0), FundingProject::new("b", 20, 0)];
        let participants = vec![
            Participant::new("open", 10, vec![0, 1]),
            Participant::new("wishing", 5, vec![0, 1]).wishing(vec![(1, 3)]),
            Participant::new("tied", 5, vec![0]).wishing(vec![(1, 3)]),
        ];
        Instance::new(projects, participants).unwrap()
    }

    #[test]
    fn without_ballots_the_funders_are_the_voices() {
        let instance = instance();
        let points: Vec<&[(usize, u64)]> = instance.voices().iter().map(|voice| voice.points).collect();
        assert_eq!(points, [&[(0, 1), (1, 1)][..], &[(1, 3)], &[]]);
        assert_eq!(instance.voices()[1].purse, Purse::Own(1));
    }

    #[test]
    fn ballots_are_merged_and_checked() {
        let ballots = vec![
            VoterGroup::new("v", 3, vec![(1, 2), (0, 1), (1, 2)]),
            VoterGroup::approving("w", 2, [0]),
        ];
        let instance = instance().with_voters(ballots).unwrap();
        assert_eq!(instance.voters()[0].points(), [(0, 1), (1, 4)]);
        assert_eq!(instance.voices()[1].purse, Purse::EqualPart);
        let unknown = VoterGroup::approving("x", 1, [2]);
        assert!(instance.with_voters(vec![unknown]).is_err());
    }
}
