//! The instance every rule computes on: projects with costs and votes, participants with purses.

use super::{FundingError, FundingGroup, Hold, Terms, VoterGroup};
use crate::domain::{Ballot, FundingSource, Language, MAX_AMOUNT_MINOR, Pledge, ProjectId, Scenario};
use std::collections::{BTreeMap, BTreeSet};

/// The largest sum of all purses: 2⁶², so that no sum of purses overflows a `u64`.
pub const MAX_BUDGET_MINOR: u64 = 1 << 62;
/// The most projects in an instance.
pub const MAX_PROJECTS: usize = 10_000;
/// The most participants in an instance.
pub const MAX_PARTICIPANTS: usize = 100_000;

/// A project as a funding rule sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FundingProject {
    id: String,
    cost_minor: u64,
    minimum_minor: Option<u64>,
    pub(super) votes: u64,
    withdrawn: bool,
}

impl FundingProject {
    /// An indivisible project that `votes` support; checked by [`Instance::new`].
    pub fn new(id: impl Into<String>, cost_minor: u64, votes: u64) -> Self {
        Self {
            id: id.into(),
            cost_minor,
            minimum_minor: None,
            votes,
            withdrawn: false,
        }
    }

    /// The same project, fundable in part from `minimum_minor` on (0 counts as 1: no money is no grant).
    #[must_use]
    pub fn divisible_from(mut self, minimum_minor: u64) -> Self {
        self.minimum_minor = Some(minimum_minor.max(1));
        self
    }

    /// The same project, withdrawn by its proposers: never bought, and never the misfit a rule stops at.
    #[must_use]
    pub fn withdrawn(mut self) -> Self {
        self.withdrawn = true;
        self
    }

    /// Its id.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// What it costs whole, in minor units.
    pub fn cost_minor(&self) -> u64 {
        self.cost_minor
    }

    /// Whether it may be funded in part.
    pub fn is_divisible(&self) -> bool {
        self.minimum_minor.is_some()
    }

    /// The least amount worth granting if the project costs `cost_minor`: all of it for an indivisible
    /// project; for a divisible one its minimum, never more than its cost.
    pub fn least_grant_minor(&self, cost_minor: u64) -> u64 {
        self.minimum_minor
            .map_or(cost_minor, |minimum| minimum.min(cost_minor))
    }

    /// Votes or score, in units of 10^−[`votes_digits`](Instance::votes_digits).
    pub fn votes(&self) -> u64 {
        self.votes
    }

    /// Whether its proposers withdrew it.
    pub fn is_withdrawn(&self) -> bool {
        self.withdrawn
    }
}

/// Someone whose money the rule spends: a pledge of a scenario, or the one virtual purse of an election.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Participant {
    id: String,
    funder: String,
    purse_minor: u64,
    eligible: Vec<usize>,
    wishes: Vec<(usize, u32)>,
    offers_match: bool,
    /// What it supports where no ballots are cast: its wishes among the eligible, else each of these once.
    pub(super) support: Vec<(usize, u64)>,
    silent: bool,
    terms: Terms,
}

impl Participant {
    /// `purse_minor` that may be spent on the projects at the positions `eligible`; checked by
    /// [`Instance::new`].
    pub fn new(id: impl Into<String>, purse_minor: u64, eligible: Vec<usize>) -> Self {
        let id = id.into();
        Self {
            funder: id.clone(),
            id,
            purse_minor,
            eligible,
            wishes: Vec::new(),
            offers_match: false,
            support: Vec::new(),
            silent: false,
            terms: Terms::default(),
        }
    }

    /// The same participant, acting for the organisation `funder`.
    #[must_use]
    pub fn on_behalf_of(mut self, funder: impl Into<String>) -> Self {
        self.funder = funder.into();
        self
    }

    /// The same participant with weights over projects, for the proportional rule; weights of one project
    /// add up, a weight of 0 is no wish.
    #[must_use]
    pub fn wishing(mut self, wishes: Vec<(usize, u32)>) -> Self {
        self.wishes = wishes;
        self
    }

    /// The same participant, whose money comes without a voice: it supports nothing.
    #[must_use]
    pub fn without_voice(mut self) -> Self {
        self.silent = true;
        self
    }

    /// The same participant, offering to match the gifts of others.
    #[must_use]
    pub fn offering_match(mut self) -> Self {
        self.offers_match = true;
        self
    }

    /// Whether it offers to match the gifts of others, unless the plan says otherwise.
    pub fn offers_match(&self) -> bool {
        self.offers_match
    }

    /// The same participant, its money tied to these terms.
    #[must_use]
    pub fn on_terms(mut self, terms: Terms) -> Self {
        self.terms = terms;
        self
    }

    /// What its money is tied to.
    pub fn terms(&self) -> &Terms {
        &self.terms
    }

    /// Its id: the pledge's.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Whose money it is: the organisation's id (its own id where none was stated).
    pub fn funder(&self) -> &str {
        &self.funder
    }

    /// What it puts in, in minor units of the base currency.
    pub fn purse_minor(&self) -> u64 {
        self.purse_minor
    }

    /// Positions of the projects its restrictions allow, ascending, each once.
    pub fn eligible(&self) -> &[usize] {
        &self.eligible
    }

    /// Whether its restrictions allow the project at this position.
    pub fn may_pay(&self, project: usize) -> bool {
        self.eligible.binary_search(&project).is_ok()
    }

    /// (project, weight above 0) it wishes to split its purse over; empty = no wish stated.
    pub fn wishes(&self) -> &[(usize, u32)] {
        &self.wishes
    }
}

/// What a rule computes on.
///
/// Projects and participants keep the order they were given: positions are the indices of every result, and
/// the order of projects breaks ties.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Instance {
    pub(super) projects: Vec<FundingProject>,
    pub(super) participants: Vec<Participant>,
    pub(super) voters: Vec<VoterGroup>,
    pub(super) groups: Vec<FundingGroup>,
    budget_minor: u64,
    votes_digits: u32,
    unit_minor: u64,
}

impl Instance {
    /// An instance with whole votes.
    ///
    /// # Errors
    /// [`FundingError`] for a duplicate id, an amount out of range, a minimum above the cost, a position that
    /// is no project, or too many of either.
    pub fn new(projects: Vec<FundingProject>, participants: Vec<Participant>) -> Result<Self, FundingError> {
        Self::with_votes_digits(projects, participants, 0)
    }

    /// An instance whose votes are decimal scores, counted in units of 10^−`votes_digits` so that they
    /// compare exactly.
    ///
    /// # Errors
    /// As [`Instance::new`].
    pub fn with_votes_digits(
        projects: Vec<FundingProject>,
        mut participants: Vec<Participant>,
        votes_digits: u32,
    ) -> Result<Self, FundingError> {
        at_most("projects", projects.len(), MAX_PROJECTS)?;
        at_most("participants", participants.len(), MAX_PARTICIPANTS)?;
        unique(projects.iter().map(FundingProject::id))?;
        unique(participants.iter().map(Participant::id))?;
        for project in &projects {
            amount(&project.id, project.cost_minor)?;
            // A free divisible project is fine: "at least 1" is our reading of no minimum, not the user's.
            if project
                .minimum_minor
                .is_some_and(|minimum| minimum > project.cost_minor.max(1))
            {
                return Err(FundingError::MinimumAboveCost {
                    project: project.id.clone(),
                });
            }
        }
        let mut budget_minor = 0_u64;
        for participant in &mut participants {
            amount(&participant.id, participant.purse_minor)?;
            budget_minor = budget_minor.saturating_add(participant.purse_minor);
            amount(&participant.id, participant.terms.in_kind_minor)?;
            participant.normalise(projects.len())?;
        }
        if budget_minor > MAX_BUDGET_MINOR {
            return Err(FundingError::AmountTooLarge {
                at: "budget".to_owned(),
            });
        }
        Ok(Self {
            projects,
            participants,
            voters: Vec::new(),
            groups: Vec::new(),
            budget_minor,
            votes_digits,
            unit_minor: 1,
        })
    }

    /// The same instance, its amounts counted in a currency of which one unit is `unit_minor` (at least 1): what a total
    /// is raised by, person by person, under [`Completion::Add1`](crate::domain::Completion::Add1).
    #[must_use]
    pub fn counted_in(mut self, unit_minor: u64) -> Self {
        self.unit_minor = unit_minor.max(1);
        self
    }

    /// Minor units in a unit of the currency.
    pub fn unit_minor(&self) -> u64 {
        self.unit_minor
    }

    /// The same instance with other lists: unit, digits of votes and groups stay. Projects keep their positions.
    ///
    /// # Errors
    /// As [`Instance::new`] and [`Instance::with_voters`].
    pub(super) fn with_lists(
        &self,
        projects: Vec<FundingProject>,
        participants: Vec<Participant>,
        voters: Vec<VoterGroup>,
    ) -> Result<Self, FundingError> {
        Self::with_votes_digits(projects, participants, self.votes_digits)?
            .counted_in(self.unit_minor)
            .with_voters(voters)?
            .with_groups(self.groups.clone())
    }

    /// The instance of a scenario: one participant per pledge, in order, its purse converted into the base
    /// currency by the stated rate (rounded down), eligible where its restriction allows; each project at its
    /// likely cost.
    ///
    /// Votes of a project: the points all voters give it, an approval counting 1; so where everybody only approves it is
    /// the number of voters who do (Pabulib's `votes`), and where they give points it is Pabulib's `score`. A scenario
    /// without ballots has no other voice than its funders: the number of pledges allowed to pay for it.
    ///
    /// # Errors
    /// [`FundingError::NoRate`], [`FundingError::NotMonotone`], and as [`Instance::new`].
    pub fn from_scenario(scenario: &Scenario) -> Result<Self, FundingError> {
        let participants: Vec<_> = scenario
            .pledges
            .iter()
            .map(|pledge| participant_of(scenario, pledge))
            .collect::<Result<_, _>>()?;
        let voters = voters_of(scenario);
        let counted = count_points(&voters, scenario.projects.len());
        let votes = |position: usize| -> u64 {
            if scenario.ballots.is_empty() {
                let allowed = participants
                    .iter()
                    .filter(|participant| participant.may_pay(position));
                return allowed.count() as u64;
            }
            counted.get(position).copied().unwrap_or(0)
        };
        let projects = scenario
            .projects
            .iter()
            .enumerate()
            .map(|(position, project)| {
                let plain =
                    FundingProject::new(project.id.as_str(), project.cost.likely_minor, votes(position));
                if project.divisible {
                    plain.divisible_from(project.minimum_minor.unwrap_or(0))
                } else {
                    plain
                }
            })
            .collect();
        let unit_minor = 10_u64.saturating_pow(scenario.base_currency.minor_digits());
        Self::new(projects, participants)?
            .counted_in(unit_minor)
            .with_voters(voters)?
            .with_groups(super::groups::groups_of(scenario))
    }

    /// The projects, in order.
    pub fn projects(&self) -> &[FundingProject] {
        &self.projects
    }

    /// The participants, in order.
    pub fn participants(&self) -> &[Participant] {
        &self.participants
    }

    /// All purses together, in minor units.
    pub fn budget_minor(&self) -> u64 {
        self.budget_minor
    }

    /// Decimal digits of the votes: 0 for whole votes.
    pub fn votes_digits(&self) -> u32 {
        self.votes_digits
    }

    /// `purses_minor[participant]`.
    pub fn purses_minor(&self) -> Vec<u64> {
        self.participants.iter().map(Participant::purse_minor).collect()
    }

    /// `project_ids[project]`.
    pub fn project_ids(&self) -> Vec<String> {
        self.projects
            .iter()
            .map(|project| project.id().to_owned())
            .collect()
    }

    /// `participant_ids[participant]`.
    pub fn participant_ids(&self) -> Vec<String> {
        self.participants.iter().map(|who| who.id().to_owned()).collect()
    }

    /// `costs_minor[project]`.
    pub fn costs_minor(&self) -> Vec<u64> {
        self.projects.iter().map(FundingProject::cost_minor).collect()
    }
}

impl Participant {
    /// Sorts and merges, so that look-ups are binary searches and results do not depend on listing order.
    fn normalise(&mut self, projects: usize) -> Result<(), FundingError> {
        let waits_for = self.terms.hold.as_ref().and_then(Hold::project);
        let named = self
            .eligible
            .iter()
            .copied()
            .chain(self.wishes.iter().map(|&(project, _)| project))
            .chain(waits_for);
        if let Some(project) = named.into_iter().find(|&project| project >= projects) {
            return Err(FundingError::UnknownProject {
                participant: self.id.clone(),
                project,
            });
        }
        crate::order::sort(&mut self.eligible);
        self.eligible.dedup();
        self.wishes.retain(|&(_, weight)| weight > 0);
        crate::order::sort(&mut self.wishes);
        self.wishes.dedup_by(|next, kept| {
            let same = next.0 == kept.0;
            if same {
                kept.1 = kept.1.saturating_add(next.1);
            }
            same
        });
        let wished = self.wishes.iter().filter(|(project, _)| self.may_pay(*project));
        let wished = wished.map(|&(project, weight)| (project, u64::from(weight)));
        self.support = if self.silent {
            Vec::new()
        } else if self.wishes.is_empty() {
            self.eligible.iter().map(|&project| (project, 1)).collect()
        } else {
            wished.collect()
        };
        Ok(())
    }
}

/// The ballots of a scenario; an approval without points counts 1.
fn voters_of(scenario: &Scenario) -> Vec<VoterGroup> {
    let places: BTreeMap<&ProjectId, usize> = scenario
        .projects
        .iter()
        .enumerate()
        .map(|(position, project)| (&project.id, position))
        .collect();
    let place = |id: &ProjectId| places.get(id).copied();
    let group = |ballot: &Ballot| {
        let points = ballot.points.iter().map(|&points| u64::from(points));
        let points = points.chain(std::iter::repeat(u64::from(ballot.points.is_empty())));
        let named = ballot.approves.iter().zip(points);
        let named = named.filter_map(|(id, points)| Some((place(id)?, points)));
        VoterGroup::new(
            ballot.name.get(Language::default()),
            u64::from(ballot.voters),
            named.collect(),
        )
    };
    scenario.ballots.iter().map(group).collect()
}

/// Points each project gets from all voters.
fn count_points(voters: &[VoterGroup], projects: usize) -> Vec<u64> {
    let mut counted = vec![0_u64; projects];
    for group in voters {
        for &(project, points) in group.points() {
            if let Some(sum) = counted.get_mut(project) {
                *sum = sum.saturating_add(points.saturating_mul(group.voters()));
            }
        }
    }
    counted
}

fn participant_of(scenario: &Scenario, pledge: &Pledge) -> Result<Participant, FundingError> {
    let purse_minor = scenario
        .in_base(pledge.amount)
        .ok_or_else(|| FundingError::NoRate {
            pledge: pledge.id.to_string(),
            currency: pledge.amount.currency().to_string(),
        })?;
    let projects = || scenario.projects.iter().enumerate();
    let eligible = projects()
        .filter(|(_, project)| pledge.restriction.allows(project))
        .map(|(position, _)| position)
        .collect();
    let wishes = pledge
        .wishes
        .iter()
        .flat_map(|(id, weight)| {
            let found = projects().find(|(_, project)| &project.id == id);
            found.map(|(position, _)| (position, *weight))
        })
        .collect();
    let participant = Participant::new(pledge.id.as_str(), purse_minor, eligible)
        .on_behalf_of(pledge.funder.as_str())
        .on_terms(Terms::of(scenario, pledge)?)
        .wishing(wishes);
    // Matching offers are a kind of innovative finance (F2).
    Ok(if pledge.source == Some(FundingSource::InnovativeFinance) {
        participant.offering_match()
    } else {
        participant
    })
}

fn amount(at: &str, minor: u64) -> Result<(), FundingError> {
    if minor <= MAX_AMOUNT_MINOR {
        return Ok(());
    }
    Err(FundingError::AmountTooLarge { at: at.to_owned() })
}

fn at_most(what: &str, count: usize, limit: usize) -> Result<(), FundingError> {
    if count <= limit {
        return Ok(());
    }
    Err(FundingError::TooMany {
        what: what.to_owned(),
        limit,
    })
}

fn unique<'a>(ids: impl Iterator<Item = &'a str>) -> Result<(), FundingError> {
    let mut seen = BTreeSet::new();
    for id in ids {
        if !seen.insert(id) {
            return Err(FundingError::DuplicateId { id: id.to_owned() });
        }
    }
    Ok(())
}
