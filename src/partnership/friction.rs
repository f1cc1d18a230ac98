//! Where each pair will rub: one row a pair, one value a challenge.

use super::effort::count;
use super::parties::Parties;
use super::trust::lifted;
use super::{Effort, ParameterId, Parameters, PartnershipError, Range};
use crate::domain::{Challenge, OrgId, Organisation, Scenario};
use crate::matching::{Directory, FORMALITY_PART, HORIZON_PART, Modifiers, PACE_PART};
use serde::{Deserialize, Serialize};

/// Weight of the horizon within different interests (C2); the rest is the distance of goals. Illustrative.
pub const INTERESTS_HORIZON_PART: f64 = 0.5;

/// A challenge between two parties. The serialised name is the stable code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum FrictionPart {
    /// C5: a stated conflict of interest, 0 or 1.
    Conflict,
    /// C1: distance of pace.
    Pace,
    /// C2: ½ distance of horizon + ½ distance of goals.
    Interests,
    /// C4: distance of formality.
    Formality,
    /// C6: Jaccard index of donors courted.
    Donors,
    /// C9: how far the alignment of goals falls short of θ, as a share of θ.
    Vision,
}

impl FrictionPart {
    /// Every part, in the order of the rows; ties of the dominant part go to the earlier.
    pub const ALL: [Self; 6] = [
        Self::Conflict,
        Self::Pace,
        Self::Interests,
        Self::Formality,
        Self::Donors,
        Self::Vision,
    ];

    /// The row of the domain table.
    pub fn challenge(self) -> Challenge {
        match self {
            Self::Conflict => Challenge::ConflictOfInterest,
            Self::Pace => Challenge::Coordination,
            Self::Interests => Challenge::Interests,
            Self::Formality => Challenge::Culture,
            Self::Donors => Challenge::DonorCompetition,
            Self::Vision => Challenge::Vision,
        }
    }

    /// The stable code used in JSON and as locale key suffix.
    pub fn code(self) -> &'static str {
        match self {
            Self::Conflict => "conflict",
            Self::Pace => "pace",
            Self::Interests => "interests",
            Self::Formality => "formality",
            Self::Donors => "donors",
            Self::Vision => "vision",
        }
    }
}

/// One challenge of one pair.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct FrictionValue {
    /// Which.
    pub part: FrictionPart,
    /// The row of the domain table it answers.
    pub challenge: Challenge,
    /// How much, in [0, 1], after the levers.
    pub value: Range,
    /// To be looked at: a conflict, or goals surely aligned below θ.
    pub flagged: bool,
}

/// Where one pair will rub.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PairFriction {
    /// The two, in the order of the parties.
    pub between: (OrgId, OrgId),
    /// ½ pace + ¼ formality + ¼ horizon after the levers, in [0, 1]: the friction of the partner score.
    pub friction: Range,
    /// Trust after the levers, in [0, 1].
    pub trust: f64,
    /// Jaccard index of the goals after the levers, in [0, 1].
    pub alignment: Range,
    /// One value a challenge, in the order of [`FrictionPart::ALL`].
    pub parts: Vec<FrictionValue>,
    /// The largest challenge: by what is certain, then by what is possible, then by order; `None` if all are
    /// 0.
    pub dominant: Option<FrictionPart>,
}

/// Friction of a whole partnership.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FrictionMap {
    /// Every pair once: (1, 2), (1, 3), …, (2, 3), … in the order of the parties.
    pub pairs: Vec<PairFriction>,
    /// Mean friction over pairs; `None` for fewer than two parties.
    pub mean: Option<Range>,
    /// α·k(k−1)/2: what keeping all pairs in step costs a year (C1).
    pub coordination: Effort,
}

/// The friction map of `parties`. O(k²) pairs, each as dear as what the two have said.
pub(super) fn friction_map(
    parties: &Parties<'_>,
    parameters: &Parameters,
) -> Result<FrictionMap, PartnershipError> {
    // The parties alone, without quantities: a directory of everybody would be larger than its answer.
    let bare = |org: &&Organisation| Organisation {
        offers: Vec::new(),
        needs: Vec::new(),
        ..(*org).clone()
    };
    let inner = Scenario {
        organisations: parties.orgs.iter().map(bare).collect(),
        ..Scenario::default()
    };
    let directory = Directory::new(&inner).map_err(|_| PartnershipError::TooManyParties {
        parties: parties.len(),
        limit: super::MAX_PARTIES,
    })?;
    let trust = parties.trust();
    let mut pairs = Vec::with_capacity(parties.pairs());
    for (a, one) in parties.orgs.iter().enumerate() {
        for (b, other) in parties.orgs.iter().enumerate().skip(a + 1) {
            let stated = trust.get(a).and_then(|row| row.get(b)).copied().unwrap_or(0.0);
            let conflict = parties.scenario.conflict_between(&one.id, &other.id).is_some();
            let between = (one.id.clone(), other.id.clone());
            let modifiers = Modifiers::of(&directory, a, b);
            pairs.push(pair(between, &modifiers, conflict, stated, parameters));
        }
    }
    let days = parameters.get(ParameterId::CoordinationDays) * count(parties.pairs());
    Ok(FrictionMap {
        mean: Range::mean(pairs.iter().map(|pair| pair.friction)),
        pairs,
        coordination: Effort::of(days, parameters),
    })
}

fn pair(
    between: (OrgId, OrgId),
    modifiers: &Modifiers,
    conflict: bool,
    stated_trust: f64,
    parameters: &Parameters,
) -> PairFriction {
    use ParameterId as Id;
    let share = |[low, high]: [f64; 2]| Range::between(low, high);
    let scaled = |range: Range, by: Id| range.rising(|end| end * parameters.get(by));
    let weighed = |range: Range, by: f64| range.rising(|end| end * by);
    let [pace, formality, horizon] = modifiers.friction_parts.map(|part| share(part.ends()));
    let pace = scaled(pace, Id::PaceRatio);
    let formality = scaled(formality, Id::FormalityRatio);
    let horizon = scaled(horizon, Id::HorizonRatio);
    let goal_gap = scaled(share(modifiers.goals.ends()).complement(), Id::GoalRatio);
    let donors = Range::exactly(modifiers.donors * parameters.get(Id::DonorRatio));
    let interests =
        weighed(horizon, INTERESTS_HORIZON_PART).plus(weighed(goal_gap, 1.0 - INTERESTS_HORIZON_PART));
    let threshold = parameters.get(Id::GoalThreshold);
    // The alignment left after the levers is 1 − gap.
    let shortfall = |gap: f64| {
        if threshold > 0.0 {
            (1.0 - (1.0 - gap) / threshold).max(0.0)
        } else {
            0.0
        }
    };
    let parts: Vec<_> = FrictionPart::ALL
        .into_iter()
        .map(|part| {
            let value = match part {
                FrictionPart::Conflict => Range::exactly(f64::from(u8::from(conflict))),
                FrictionPart::Pace => pace,
                FrictionPart::Interests => interests,
                FrictionPart::Formality => formality,
                FrictionPart::Donors => donors,
                FrictionPart::Vision => goal_gap.rising(shortfall),
            };
            FrictionValue {
                part,
                challenge: part.challenge(),
                value,
                flagged: matches!(part, FrictionPart::Conflict | FrictionPart::Vision) && value.low > 0.0,
            }
        })
        .collect();
    PairFriction {
        between,
        friction: weighed(pace, PACE_PART)
            .plus(weighed(formality, FORMALITY_PART))
            .plus(weighed(horizon, HORIZON_PART)),
        alignment: goal_gap.complement(),
        trust: lifted(stated_trust, parameters.get(Id::TrustLift)),
        dominant: dominant(&parts),
        parts,
    }
}

fn dominant(parts: &[FrictionValue]) -> Option<FrictionPart> {
    let mut largest: Option<&FrictionValue> = None;
    for part in parts {
        let key = |one: &FrictionValue| (one.value.low, one.value.top());
        if part.value.top() > 0.0 && largest.is_none_or(|known| key(part) > key(known)) {
            largest = Some(part);
        }
    }
    largest.map(|value| value.part)
}
