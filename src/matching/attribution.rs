//! Why a score is what it is, and what missing answers could add: addends that sum.

use super::interval::Interval;
use super::modifiers::{
    FORMALITY_PART, HORIZON_PART, Modifiers, PACE_PART, common, denominator, same_programme,
};
use super::pair::{Pair, Term, base, coverage, total_weight};
use super::{Direction, Directory};
use crate::domain::ScoreWeights;
use crate::explain::{Reason, ReasonCode, UnknownReason};
use std::cmp::Ordering;

/// Two organisations as rows of a directory, and how they are scored.
#[derive(Clone, Copy)]
pub(super) struct Question<'a> {
    pub directory: &'a Directory,
    pub seeker: usize,
    pub partner: usize,
    pub direction: Direction,
    pub weights: &'a ScoreWeights,
}

/// ∂base/∂(receives) and ∂base/∂(gives) at a point. For the harmonic mean 2y²/(x+y)² and 2x²/(x+y)²: it is
/// homogeneous of degree 1, so these are also the Aumann–Shapley prices of the path from 0.
pub(super) fn prices(direction: Direction, receives: f64, gives: f64) -> (f64, f64) {
    match direction {
        Direction::Both if base(direction, receives, gives) == 0.0 => (0.0, 0.0),
        Direction::Both => {
            // As shares of the sum: squares of tiny coverages would vanish.
            let (x, y) = (receives / (receives + gives), gives / (receives + gives));
            (2.0 * y * y, 2.0 * x * x)
        }
        Direction::SeekerReceives => (1.0, 0.0),
        Direction::SeekerGives => (0.0, 1.0),
    }
}

impl Question<'_> {
    /// The addends of the low end, largest magnitude first, then by code and kind; addends of 0 are left out.
    pub fn reasons(&self, pair: &Pair) -> Vec<Reason> {
        let (receives, gives) = (coverage(&pair.receives).low, coverage(&pair.gives).low);
        let (price_receives, price_gives) = prices(self.direction, receives, gives);
        let scale = 1.0 / denominator(self.weights);
        let mut found: Vec<(Option<usize>, Reason)> = Vec::new();
        let sides = [
            (ReasonCode::Receives, &pair.receives, price_receives),
            (ReasonCode::Gives, &pair.gives, price_gives),
        ];
        for (code, terms, price) in sides {
            let total = total_weight(terms);
            for term in terms {
                let part = f64::from(term.weight) * term.filled().low / total;
                let kind = self.directory.kinds.get(term.kind).cloned();
                let value = scale * price * part;
                found.push((
                    Some(term.kind),
                    Reason {
                        code,
                        kind,
                        subjects: Vec::new(),
                        value,
                    },
                ));
            }
        }
        let unit = scale * base(self.direction, receives, gives);
        let modifiers = &pair.modifiers;
        let friction = modifiers.friction().high;
        let linear = [
            (
                ReasonCode::SharedGoals,
                self.weights.shared_goals * modifiers.goals.low,
            ),
            (
                ReasonCode::SharedRegion,
                self.weights.shared_region * modifiers.region.low,
            ),
            (ReasonCode::Trust, self.weights.trust * modifiers.trust),
            (ReasonCode::Friction, -self.weights.friction * friction),
            (
                ReasonCode::Duplication,
                -self.weights.duplication * modifiers.duplication.high,
            ),
            (
                ReasonCode::Competition,
                -self.weights.competition * modifiers.competition(),
            ),
        ];
        for (code, effect) in linear {
            let value = unit * effect;
            if value != 0.0 {
                let subjects = self.subjects(code, modifiers);
                found.push((
                    None,
                    Reason {
                        code,
                        kind: None,
                        subjects,
                        value,
                    },
                ));
            }
        }
        found.retain(|(_, reason)| reason.value != 0.0);
        crate::order::sort_by(&mut found, |(kind_a, a), (kind_b, b)| {
            let magnitude = b.value.abs().total_cmp(&a.value.abs());
            magnitude.then(a.code.cmp(&b.code)).then(kind_a.cmp(kind_b))
        });
        found.into_iter().map(|(_, reason)| reason).collect()
    }

    /// What a modifier speaks of, as codes.
    fn subjects(&self, code: ReasonCode, modifiers: &Modifiers) -> Vec<String> {
        let directory = self.directory;
        let (a, b) = (self.seeker, self.partner);
        match code {
            ReasonCode::SharedGoals => common(directory.goals.row(a), directory.goals.row(b))
                .map(|goal| directory.goal_names[goal].to_string())
                .collect(),
            ReasonCode::Friction => STYLE_PARTS
                .iter()
                .zip(modifiers.friction_parts)
                .filter(|(_, distance)| distance.high > 0.0)
                .map(|(&(name, _), _)| name.to_owned())
                .collect(),
            ReasonCode::Duplication => {
                let twice = |theme: &usize| {
                    let of = |row| directory.programmes.row(row).iter().filter(|p| p.theme == *theme);
                    of(a).any(|&own| of(b).any(|&other| same_programme(directory, own, other) != Some(false)))
                };
                let mut themes: Vec<usize> = directory.programmes.row(a).iter().map(|p| p.theme).collect();
                crate::order::sort(&mut themes);
                themes.dedup();
                themes.retain(twice);
                themes
                    .into_iter()
                    .map(|theme| directory.goal_names[theme].to_string())
                    .collect()
            }
            ReasonCode::Competition => {
                let needs = |row: usize| directory.needs.row(row).iter();
                let kinds = needs(a)
                    .filter(|need| {
                        directory.rival[need.kind] && needs(b).any(|other| other.kind == need.kind)
                    })
                    .map(|need| directory.kinds[need.kind].to_string());
                let donors = common(directory.donors.row(a), directory.donors.row(b))
                    .map(|donor| directory.donor_names[donor].clone());
                kinds.chain(donors).collect()
            }
            _ => Vec::new(),
        }
    }

    /// What missing answers could add, largest first, ties in documented order (what the seeker receives by kind,
    /// what it gives by kind, goals, region, pace, formality, horizon, programmes; of one answer both could give,
    /// the partner is asked first). Empty if high = low.
    ///
    /// Aumann–Shapley along the straight line from the low to the high end of every open value: each gets its
    /// rise times the mean slope of the score on the way.
    pub fn unknown(&self, pair: &Pair) -> Vec<UnknownReason> {
        let score = pair.score(self.direction, self.weights);
        if score.width() <= 0.0 {
            return Vec::new();
        }
        let (receives, gives) = (coverage(&pair.receives), coverage(&pair.gives));
        let factor = pair.modifiers.factor(self.weights);
        let [slope_receives, slope_gives, slope_factor] = self.mean_slopes(receives, gives, factor);
        let mut open = Vec::new();
        let sides = [
            (
                ReasonCode::Receives,
                &pair.receives,
                slope_receives,
                self.seeker,
                self.partner,
            ),
            (
                ReasonCode::Gives,
                &pair.gives,
                slope_gives,
                self.partner,
                self.seeker,
            ),
        ];
        for (code, terms, slope, needs, offers) in sides {
            let total = total_weight(terms);
            for term in terms.iter().filter(|term| term.filled().width() > 0.0) {
                let rise = f64::from(term.weight) * term.filled().width() / total;
                let silent = |missing: bool, who: usize| missing.then_some(who);
                let askable = [
                    silent(term.need.is_none(), needs),
                    silent(term.offered.is_none(), offers),
                ];
                self.ask(&mut open, code, Some(term), None, askable, slope * rise);
            }
        }
        self.open_modifiers(
            &mut open,
            &pair.modifiers,
            slope_factor / denominator(self.weights),
        );
        // The mean slopes are computed by quadrature; scaling makes the sum exact again.
        let sum: f64 = open.iter().map(|reason| reason.adds).sum();
        let scale = if sum > 0.0 { score.width() / sum } else { 0.0 };
        open.iter_mut().for_each(|reason| reason.adds *= scale);
        open.retain(|reason| reason.adds > 0.0);
        // Stable: ties stay in documented order.
        crate::order::sort_by(&mut open, |a, b| b.adds.total_cmp(&a.adds));
        open
    }

    fn open_modifiers(&self, open: &mut Vec<UnknownReason>, modifiers: &Modifiers, slope: f64) {
        let (directory, weights) = (self.directory, self.weights);
        let both = |silent: &dyn Fn(usize) -> bool| {
            [self.seeker, self.partner].map(|row| silent(row).then_some(row))
        };
        let goals = both(&|row| directory.goals.row(row).is_empty());
        let rise = weights.shared_goals * modifiers.goals.width();
        self.ask(open, ReasonCode::SharedGoals, None, None, goals, slope * rise);
        let region = both(&|row| directory.places[row].is_none());
        let rise = weights.shared_region * modifiers.region.width();
        self.ask(open, ReasonCode::SharedRegion, None, None, region, slope * rise);
        for (part, (name, share)) in STYLE_PARTS.into_iter().enumerate() {
            let style = |row: usize| super::modifiers::scaled_style(&directory.styles[row]);
            let askable = both(&|row| style(row)[part].is_none());
            let rise = weights.friction * share * modifiers.friction_parts[part].width();
            self.ask(
                open,
                ReasonCode::Friction,
                None,
                Some(name),
                askable,
                slope * rise,
            );
        }
        let placeless = both(&|row| directory.programmes.row(row).iter().any(|p| p.region.is_none()));
        let rise = weights.duplication * modifiers.duplication.width();
        self.ask(open, ReasonCode::Duplication, None, None, placeless, slope * rise);
    }

    /// Notes an open value; if both sides owe an answer, each answer counts half of it.
    fn ask(
        &self,
        open: &mut Vec<UnknownReason>,
        code: ReasonCode,
        term: Option<&Term>,
        subject: Option<&str>,
        askable: [Option<usize>; 2],
        adds: f64,
    ) {
        let kind = term.and_then(|term| self.directory.kinds.get(term.kind).cloned());
        let mut silent: Vec<usize> = askable.into_iter().flatten().collect();
        crate::order::sort_by_key(&mut silent, |&row| row != self.partner);
        for &row in &silent {
            open.push(UnknownReason {
                code,
                kind: kind.clone(),
                subjects: subject.map(str::to_owned).into_iter().collect(),
                ask: self.directory.ids[row].clone(),
                adds: adds / silent.len() as f64,
            });
        }
    }

    /// Mean slopes of base · factor in receives, gives and factor on the line from all low to all high ends.
    /// Eight-point Gauss–Legendre: the integrand is a ratio of low-degree polynomials without a pole on the way.
    fn mean_slopes(&self, receives: Interval, gives: Interval, factor: Interval) -> [f64; 3] {
        let mut slopes = [0.0; 3];
        for (node, weight) in GAUSS_LEGENDRE {
            for signed in [-node, node] {
                let share = 0.5 + 0.5 * signed;
                let along = |interval: Interval| interval.low + share * interval.width();
                let (x, y, m) = (along(receives), along(gives), along(factor));
                let (price_receives, price_gives) = prices(self.direction, x, y);
                slopes[0] += 0.5 * weight * m * price_receives;
                slopes[1] += 0.5 * weight * m * price_gives;
                slopes[2] += 0.5 * weight * base(self.direction, x, y);
            }
        }
        slopes
    }
}

/// Parts of friction with the codes readers get, in documented order.
const STYLE_PARTS: [(&str, f64); 3] = [
    ("pace", PACE_PART),
    ("formality", FORMALITY_PART),
    ("horizon", HORIZON_PART),
];

/// Positive nodes and weights of the eight-point rule on [−1, 1] (Abramowitz & Stegun 1964, table 25.4).
const GAUSS_LEGENDRE: [(f64, f64); 4] = [
    (0.183_434_642_495_649_8, 0.362_683_783_378_362),
    (0.525_532_409_916_329, 0.313_706_645_877_887_3),
    (0.796_666_477_413_626_7, 0.222_381_034_453_374_5),
    (0.960_289_856_497_536_3, 0.101_228_536_290_376_3),
];

/// Best first: low end, then high end (both falling), then file order.
pub(super) fn by_rank(a: &(usize, Interval), b: &(usize, Interval)) -> Ordering {
    let low = b.1.low.total_cmp(&a.1.low);
    low.then(b.1.high.total_cmp(&a.1.high)).then(a.0.cmp(&b.0))
}
