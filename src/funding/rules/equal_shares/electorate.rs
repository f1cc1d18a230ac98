//! Who supports what, and how much a project is worth to its supporters: compiled once for an instance.

use crate::domain::UtilityMeasure;
use crate::funding::{FundingError, Instance, Purse};

/// The most people, and the most points a project may get from all of them: so far whole numbers are exact in floating
/// point.
pub(super) const MOST_VOICES: u64 = 1 << 53;

/// One voice among the supporters of a project.
#[derive(Clone, Copy, Debug)]
pub(super) struct Supporter {
    /// Position among the voices.
    pub voice: u32,
    /// What it pays for each unit of the price: its points, 1 for an approval.
    pub points: u64,
    /// The same, and how many people speak with it, for floating point (exact: both are below 2⁵³).
    pub points_f: f64,
    pub heads_f: f64,
}

/// What a project's benefit is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scale {
    /// u = cost for each approval.
    Cost,
    /// u = points, 1 for an approval.
    Points,
}

/// The voices and what they support, both ways round.
#[derive(Clone, Debug)]
pub(super) struct Electorate {
    /// `heads[voice]`: how many people speak with it.
    pub heads: Vec<u64>,
    /// Everybody, also those who support nothing.
    pub people: u64,
    /// `owner[voice]`: the participant whose purse it holds; empty where all hold equal virtual parts.
    pub owner: Vec<usize>,
    pub scale: Scale,
    support_start: Vec<usize>,
    support: Vec<Supporter>,
    /// Σ weights by project, and how many people support it.
    weights: Vec<u64>,
    backers: Vec<u64>,
    ballot_start: Vec<usize>,
    /// (project, points), ascending.
    ballots: Vec<(u32, u64)>,
}

impl Electorate {
    /// The voices of `instance`; people are never more than [`MOST_VOICES`] once [`check`] has passed.
    pub fn new(instance: &Instance, measure: UtilityMeasure) -> Self {
        let voices = instance.voices();
        let mut electorate = Self {
            heads: voices.iter().map(|voice| voice.voters).collect(),
            people: voices
                .iter()
                .fold(0, |sum: u64, voice| sum.saturating_add(voice.voters)),
            owner: Vec::new(),
            scale: match measure {
                UtilityMeasure::Cost => Scale::Cost,
                UtilityMeasure::Cardinality => Scale::Points,
            },
            support_start: vec![0],
            support: Vec::new(),
            weights: Vec::new(),
            backers: Vec::new(),
            ballot_start: vec![0],
            ballots: Vec::new(),
        };
        let mut by_project = vec![Vec::new(); instance.projects().len()];
        for (voice, index) in voices.iter().zip(0_u32..) {
            if let Purse::Own(participant) = voice.purse {
                electorate.owner.push(participant);
            }
            let points = voice.points.iter().filter(|_| voice.voters > 0);
            for (&(project, points), list) in
                points.filter_map(|pair| Some((pair, u32::try_from(pair.0).ok()?)))
            {
                if points > 1 {
                    electorate.scale = Scale::Points;
                }
                electorate.ballots.push((list, points));
                if let Some(supporters) = by_project.get_mut(project) {
                    supporters.push(Supporter {
                        voice: index,
                        points,
                        points_f: points as f64,
                        heads_f: voice.voters as f64,
                    });
                }
            }
            electorate.ballot_start.push(electorate.ballots.len());
        }
        for mut supporters in by_project {
            let weights = supporters.iter().map(|supporter| electorate.weight(supporter));
            let total = weights.fold(0, u64::saturating_add);
            electorate.weights.push(total);
            let heads = supporters
                .iter()
                .map(|supporter| electorate.heads(supporter.voice));
            electorate.backers.push(heads.fold(0, u64::saturating_add));
            electorate.support.append(&mut supporters);
            electorate.support_start.push(electorate.support.len());
        }
        electorate
    }

    /// The supporters of a project, in order.
    pub fn supporters(&self, project: usize) -> &[Supporter] {
        between(&self.support, &self.support_start, project)
    }

    /// What a voice supports: (project, points), ascending.
    pub fn ballot(&self, voice: usize) -> &[(u32, u64)] {
        between(&self.ballots, &self.ballot_start, voice)
    }

    /// How many people speak with a voice.
    pub fn heads(&self, voice: u32) -> u64 {
        self.heads.get(voice as usize).copied().unwrap_or(0)
    }

    /// The units a supporter pays for at a price: its points, once for each of its people.
    pub fn weight(&self, supporter: &Supporter) -> u64 {
        self.heads(supporter.voice).saturating_mul(supporter.points)
    }

    /// Σ weights of a project's supporters.
    pub fn total_weight(&self, project: usize) -> u64 {
        self.weights.get(project).copied().unwrap_or(0)
    }

    /// How many people support a project.
    pub fn backers(&self, project: usize) -> u64 {
        self.backers.get(project).copied().unwrap_or(0)
    }

    /// Whether the same voices support both with the same points.
    pub fn are_twins(&self, one: usize, other: usize) -> bool {
        let pairs = |project| self.supporters(project).iter().map(|it| (it.voice, it.points));
        self.total_weight(one) == self.total_weight(other) && pairs(one).eq(pairs(other))
    }

    /// What a price per point is divided by to give ρ, for a project that costs `cost`.
    pub fn benefit(&self, cost: u64) -> u64 {
        match self.scale {
            Scale::Cost => cost,
            Scale::Points => 1,
        }
    }
}

fn between<'a, T>(list: &'a [T], starts: &[usize], at: usize) -> &'a [T] {
    let bound = |at: usize| starts.get(at).copied().unwrap_or(0);
    list.get(bound(at)..bound(at + 1)).unwrap_or_default()
}

/// Whether there are so many people or points that sums would not be exact.
pub(super) fn check(instance: &Instance) -> Result<(), FundingError> {
    let too_many = |what: &str| FundingError::TooMany {
        what: what.to_owned(),
        limit: usize::try_from(MOST_VOICES).unwrap_or(usize::MAX),
    };
    let mut people = 0_u128;
    let mut points = vec![0_u128; instance.projects().len()];
    for voice in instance.voices() {
        people += u128::from(voice.voters);
        for &(project, given) in voice.points {
            if let Some(sum) = points.get_mut(project) {
                *sum += u128::from(given) * u128::from(voice.voters);
            }
        }
    }
    if people > u128::from(MOST_VOICES) {
        return Err(too_many("voters"));
    }
    if points.iter().any(|&sum| sum > u128::from(MOST_VOICES)) {
        return Err(too_many("points"));
    }
    Ok(())
}
