//! What each pledge's money is tied to, and what is left of the purses once every condition is settled: the step
//! before any rule. Definitions and sources: `docs/conditions.md`.

mod check;
mod settle;

pub(super) use check::due;
pub(super) use settle::{Settled, Settlement};

use crate::domain::{Condition, Layer, Pledge, ProjectId, Scenario, WHOLE_BASIS_POINTS};
use crate::funding::FundingError;
use serde::{Deserialize, Serialize};

/// The most pledges with a condition in an instance.
pub const MAX_CONDITIONS: usize = 10_000;

/// What a participant's money is tied to; nothing by default.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Terms {
    /// When it holds.
    pub hold: Option<Hold>,
    /// The largest share of a project's cost it pays, in basis points.
    pub largest_share_basis_points: Option<u32>,
    /// It pays at least this for a project, or nothing there; in minor units.
    pub minimum_ticket_minor: u64,
    /// Counts towards thresholds and pays for nothing; in minor units.
    pub in_kind_minor: u64,
    /// The part of it that goes to administration, in basis points, rounded down to the unit.
    pub overhead_basis_points: u32,
    /// A guarantee: it stands by and pays for no project.
    pub stands_by: bool,
}

/// A monotone condition: more from others never lowers what the participant gives. Positions are those of the
/// instance's projects; a project means that only participants who may pay for it count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Hold {
    /// Assurance: all of it if the money that holds reaches the threshold, else nothing.
    AllOrNothing {
        /// In minor units.
        threshold_minor: u64,
        /// Whose money counts.
        project: Option<usize>,
        /// Whether its own does not.
        others_only: bool,
    },
    /// `give` for each `per` that others give, up to its purse.
    Match {
        /// Above 0.
        give: u32,
        /// Above 0.
        per: u32,
        /// Whose money is matched.
        project: Option<usize>,
    },
    /// All of it once others reach the target, else nothing.
    Challenge {
        /// In minor units.
        target_minor: u64,
        /// Whose money counts.
        project: Option<usize>,
    },
}

impl Hold {
    /// Whose money counts: those who may pay for this project, or (`None`) everybody.
    pub fn project(&self) -> Option<usize> {
        match *self {
            Self::AllOrNothing { project, .. }
            | Self::Match { project, .. }
            | Self::Challenge { project, .. } => project,
        }
    }

    /// The kind readers know it by.
    pub fn kind(&self) -> ConditionKind {
        match self {
            Self::AllOrNothing { .. } => ConditionKind::AllOrNothing,
            Self::Match { .. } => ConditionKind::Match,
            Self::Challenge { .. } => ConditionKind::Challenge,
        }
    }

    /// What `matched_minor` of others draws from a purse of `purse_minor`: min(purse, ⌊give·matched/per⌋).
    pub(super) fn matches(give: u32, per: u32, matched_minor: u128, purse_minor: u64) -> u64 {
        let drawn = matched_minor * u128::from(give) / u128::from(per.max(1));
        u64::try_from(drawn).map_or(purse_minor, |drawn| drawn.min(purse_minor))
    }
}

/// What kind of tie a [`ConditionStep`] tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ConditionKind {
    /// Assurance.
    AllOrNothing,
    /// Matching offer.
    Match,
    /// Challenge grant.
    Challenge,
    /// A guarantee, which stands by.
    Guarantee,
}

impl ConditionKind {
    /// The stable code the page translates.
    pub fn code(self) -> &'static str {
        match self {
            Self::AllOrNothing => "all-or-nothing",
            Self::Match => "match",
            Self::Challenge => "challenge",
            Self::Guarantee => "guarantee",
        }
    }
}

/// How the condition of one pledge was settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConditionStep {
    /// Position in the instance's participants.
    pub participant: usize,
    /// What it is tied to.
    pub kind: ConditionKind,
    /// Only those who may pay for this project counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub project: Option<usize>,
    /// The round in which it dropped out, from 1; `None`: it holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dropped_in: Option<usize>,
    /// What had to be reached; for a matching offer, what others would have to give to draw all of it.
    pub needed_minor: u64,
    /// What was reached when it dropped, or at the end if it holds; for a matching offer, what it matches.
    pub reached_minor: u64,
    /// What it puts into the pool.
    pub gives_minor: u64,
    /// What stays with the funder.
    pub refunded_minor: u64,
}

impl Terms {
    /// Whether they settle anything before the rule.
    pub(super) fn settles(&self) -> bool {
        self.hold.is_some() || self.in_kind_minor > 0 || self.overhead_basis_points > 0 || self.stands_by
    }

    /// What goes to administration out of `given_minor`: ⌊given·overhead/10 000⌋.
    pub(super) fn overhead_minor(&self, given_minor: u64) -> u64 {
        share_minor(given_minor, self.overhead_basis_points)
    }

    /// The most it pays for a project of this cost: ⌊cost·share/10 000⌋; no limit where none is stated.
    pub(super) fn most_minor(&self, cost_minor: u64) -> u64 {
        self.largest_share_basis_points
            .map_or(u64::MAX, |share| share_minor(cost_minor, share))
    }

    /// The terms of a pledge of `scenario`.
    ///
    /// # Errors
    /// [`FundingError::NotMonotone`] for a condition that would take money away because others give more.
    pub(super) fn of(scenario: &Scenario, pledge: &Pledge) -> Result<Self, FundingError> {
        let terms = &pledge.terms;
        let place = |id: &Option<ProjectId>| {
            let id = id.as_ref()?;
            scenario.projects.iter().position(|project| &project.id == id)
        };
        let hold = match &terms.condition {
            None => None,
            Some(Condition::AllOrNothing {
                threshold_minor,
                project,
                others_only,
            }) => Some(Hold::AllOrNothing {
                threshold_minor: *threshold_minor,
                project: place(project),
                others_only: *others_only,
            }),
            Some(Condition::Match { give, per, project }) => Some(Hold::Match {
                give: *give,
                per: *per,
                project: place(project),
            }),
            Some(Condition::Challenge {
                target_minor,
                project,
            }) => Some(Hold::Challenge {
                target_minor: *target_minor,
                project: place(project),
            }),
            Some(Condition::OnlyIfFew { at_most_others_minor }) => {
                return Err(FundingError::NotMonotone {
                    pledge: pledge.id.to_string(),
                    at_most_others_minor: *at_most_others_minor,
                });
            }
        };
        Ok(Self {
            hold,
            largest_share_basis_points: terms.largest_share_basis_points,
            minimum_ticket_minor: terms.minimum_ticket_minor.unwrap_or(0),
            in_kind_minor: terms.in_kind_minor,
            overhead_basis_points: terms.overhead_basis_points,
            stands_by: terms.layer == Some(Layer::Guarantee),
        })
    }
}

/// ⌊amount·share/10 000⌋, never above the amount.
fn share_minor(amount_minor: u64, basis_points: u32) -> u64 {
    let whole = u128::from(WHOLE_BASIS_POINTS);
    let share = u128::from(basis_points.min(WHOLE_BASIS_POINTS));
    u64::try_from(u128::from(amount_minor) * share / whole).unwrap_or(amount_minor)
}
