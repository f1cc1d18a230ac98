//! What strengthens or weakens a fit beside the resources: every f of the score, each in [0, 1].

use super::Directory;
use super::interval::Interval;
use crate::domain::{ScoreWeights, WorkingStyle};

/// Weight of pace within friction. Half: it stands for two challenges, coordination (C1) and culture (C4).
/// The three parts are powers of ½, so that they sum to 1 in floating point too. Illustrative.
pub const PACE_PART: f64 = 0.5;
/// Weight of formality within friction (C4).
pub const FORMALITY_PART: f64 = 0.25;
/// Weight of the horizon within friction (C2).
pub const HORIZON_PART: f64 = 0.25;
/// The horizon, in months, from which on organisations count as equally far-sighted: five years, the length of
/// Indonesia's medium-term development plans. Illustrative.
pub const HORIZON_FULL_MONTHS: u16 = 60;

/// Position of pace, formality and horizon in [0, 1]; `None` where not said.
pub(super) fn scaled_style(style: &WorkingStyle) -> [Option<f64>; 3] {
    let horizon = |months: u16| f64::from(months.min(HORIZON_FULL_MONTHS)) / f64::from(HORIZON_FULL_MONTHS);
    [
        style.pace.map(|pace| pace.scaled()),
        style.formality.map(|formality| formality.scaled()),
        style.horizon_months.map(horizon),
    ]
}

/// How many needs of rival kinds two organisations have in common, and how many either has.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Scarce {
    pub common: usize,
    pub either: usize,
}

/// All modifiers of a pair.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Modifiers {
    pub goals: Interval,
    pub region: Interval,
    pub trust: f64,
    /// Distances of pace, formality and horizon.
    pub friction_parts: [Interval; 3],
    pub duplication: Interval,
    pub scarce: Scarce,
    /// Jaccard index of the donors courted.
    pub donors: f64,
}

impl Modifiers {
    /// Of the pair (a, b); the same for (b, a).
    pub fn of(directory: &Directory, a: usize, b: usize) -> Self {
        let style = |row: usize| scaled_style(&directory.styles[row]);
        let (style_a, style_b) = (style(a), style(b));
        let goals = (directory.goals.row(a), directory.goals.row(b));
        let trust = directory.trust.row(a);
        Self {
            goals: if goals.0.is_empty() || goals.1.is_empty() {
                Interval::UNIT
            } else {
                Interval::exactly(jaccard(goals.0, goals.1))
            },
            region: region(directory, a, b),
            trust: trust
                .binary_search_by_key(&b, |&(other, _)| other)
                .ok()
                .and_then(|at| trust.get(at))
                .map_or(0.0, |&(_, level)| level),
            friction_parts: std::array::from_fn(|part| distance(style_a[part], style_b[part])),
            duplication: duplication(directory, a, b),
            scarce: scarce(directory, a, b),
            donors: jaccard(directory.donors.row(a), directory.donors.row(b)),
        }
    }

    pub fn friction(&self) -> Interval {
        let [pace, formality, horizon] = self.friction_parts;
        let weigh =
            |pace, formality, horizon| PACE_PART * pace + FORMALITY_PART * formality + HORIZON_PART * horizon;
        Interval {
            low: weigh(pace.low, formality.low, horizon.low),
            high: weigh(pace.high, formality.high, horizon.high),
        }
    }

    pub fn competition(&self) -> f64 {
        let needs = match self.scarce.either {
            0 => 0.0,
            either => self.scarce.common as f64 / either as f64,
        };
        0.5 * needs + 0.5 * self.donors
    }

    /// (1 + Σβ⁺f⁺ − Σβ⁻f⁻) / (1 + Σβ⁺), in [0, 1].
    pub fn factor(&self, weights: &ScoreWeights) -> Interval {
        let friction = self.friction();
        let at = |goals: f64, region: f64, friction: f64, duplication: f64| {
            let plus =
                weights.shared_goals * goals + weights.shared_region * region + weights.trust * self.trust;
            let minus = weights.friction * friction
                + weights.duplication * duplication
                + weights.competition * self.competition();
            // Rounding alone could leave [0, 1].
            ((1.0 + plus - minus) / denominator(weights)).clamp(0.0, 1.0)
        };
        Interval {
            low: at(
                self.goals.low,
                self.region.low,
                friction.high,
                self.duplication.high,
            ),
            high: at(
                self.goals.high,
                self.region.high,
                friction.low,
                self.duplication.low,
            ),
        }
    }
}

/// 1 + Σβ⁺.
pub(super) fn denominator(weights: &ScoreWeights) -> f64 {
    1.0 + weights.shared_goals + weights.shared_region + weights.trust
}

/// Elements two ascending lists share.
pub(super) fn common<'a>(a: &'a [usize], b: &'a [usize]) -> impl Iterator<Item = usize> + 'a {
    a.iter()
        .copied()
        .filter(|element| b.binary_search(element).is_ok())
}

/// |A ∩ B| / |A ∪ B| of two ascending lists without repeats; 0 if both are empty.
fn jaccard(a: &[usize], b: &[usize]) -> f64 {
    let shared = common(a, b).count();
    match a.len() + b.len() - shared {
        0 => 0.0,
        either => shared as f64 / either as f64,
    }
}

fn region(directory: &Directory, a: usize, b: usize) -> Interval {
    let (Some(a), Some(b)) = (directory.places[a], directory.places[b]) else {
        return Interval::UNIT;
    };
    Interval::exactly(if a.regency.is_some() && a.regency == b.regency {
        1.0
    } else if a.province == b.province {
        0.5
    } else {
        0.0
    })
}

fn distance(a: Option<f64>, b: Option<f64>) -> Interval {
    match (a, b) {
        (Some(a), Some(b)) => Interval::exactly((a - b).abs()),
        // From where the one stands, the other may be next door or at the far end.
        (Some(known), None) | (None, Some(known)) => Interval {
            low: 0.0,
            high: known.max(1.0 - known),
        },
        (None, None) => Interval::UNIT,
    }
}

fn scarce(directory: &Directory, a: usize, b: usize) -> Scarce {
    let rival = |row: usize| {
        directory
            .needs
            .row(row)
            .iter()
            .filter(|need| directory.rival[need.kind])
    };
    let needed = directory.needs.row(b);
    let common = rival(a)
        .filter(|need| {
            needed
                .binary_search_by_key(&need.kind, |other| other.kind)
                .is_ok()
        })
        .count();
    Scarce {
        common,
        either: rival(a).count() + rival(b).count() - common,
    }
}

/// Whether two programmes are the same: `Some(answer)`, or `None` while a place is missing.
pub(super) fn same_programme(directory: &Directory, a: ProgrammeRow, b: ProgrammeRow) -> Option<bool> {
    if a.theme != b.theme {
        return Some(false);
    }
    let (a, b) = (
        &directory.region_codes[a.region?],
        &directory.region_codes[b.region?],
    );
    Some(a.is_within(b) || b.is_within(a))
}

/// Programmes of both sides that the other side runs too, of all programmes of both sides (Dice index); the ends
/// are what is sure and what is possible.
fn duplication(directory: &Directory, a: usize, b: usize) -> Interval {
    let (a, b) = (directory.programmes.row(a), directory.programmes.row(b));
    if a.is_empty() || b.is_empty() {
        return Interval::exactly(0.0);
    }
    let (mut sure, mut possible) = (0, 0);
    for (own, others) in [(a, b), (b, a)] {
        for &programme in own {
            let answers = || {
                others
                    .iter()
                    .map(|&other| same_programme(directory, programme, other))
            };
            sure += usize::from(answers().any(|same| same == Some(true)));
            possible += usize::from(answers().any(|same| same != Some(false)));
        }
    }
    let all = (a.len() + b.len()) as f64;
    Interval {
        low: sure as f64 / all,
        high: possible as f64 / all,
    }
}

/// A programme with interned theme and place.
#[derive(Clone, Copy, Debug)]
pub(super) struct ProgrammeRow {
    pub theme: usize,
    /// `None` = not said.
    pub region: Option<usize>,
}

/// Where an organisation sits, interned.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Place {
    pub province: usize,
    /// `None` for an organisation of the whole province.
    pub regency: Option<usize>,
}
