//! Cards that are drawn over a plan: events that may happen to it and levers that may be pulled.

use super::{Effort, ParameterId, Parameters, lever_cost};
use crate::domain::{Lever, Probability, Scenario, WHOLE_BASIS_POINTS};
use crate::risk::{Event, EventTarget, RiskError, dearest_project, largest_pledge};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// The most cards drawn at once.
pub const MAX_CARDS: usize = 12;

/// What a card is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CardKind {
    /// Something that may happen.
    Event(Event),
    /// Something the partnership may do (K1 to K10).
    Lever(Lever),
}

impl CardKind {
    /// Every kind: events, then levers, each in its order.
    pub fn all() -> impl Iterator<Item = Self> {
        let events = Event::ALL.iter().copied().map(Self::Event);
        events.chain(Lever::ALL.iter().copied().map(Self::Lever))
    }

    /// The stable code: of an event its own, of a lever its row (`K5`).
    pub fn code(self) -> &'static str {
        match self {
            Self::Event(event) => event.row().code,
            Self::Lever(lever) => lever.row(),
        }
    }
}

/// One card. As text `costs-up-20`, `donor-withdraws-30:PLEDGE`, `K5`; figure and target may be left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Card {
    /// Which card.
    pub kind: CardKind,
    /// Its figure; `None` is the usual one of its row.
    pub by: Option<u32>,
    /// The id of the pledge or project it is about; `None` is the largest.
    pub target: Option<String>,
}

impl Card {
    /// The card with its usual figure, about the largest.
    pub fn usual(kind: CardKind) -> Self {
        Self {
            kind,
            by: None,
            target: None,
        }
    }

    /// Its figure, stated or usual; none for a lever.
    pub fn figure(&self) -> Option<u32> {
        match self.kind {
            CardKind::Event(event) => Some(self.by.unwrap_or(event.row().usual)),
            CardKind::Lever(_) => None,
        }
    }

    /// The id it is about in `scenario`, stated or the largest.
    pub fn target_in(&self, scenario: &Scenario) -> Option<String> {
        let CardKind::Event(event) = self.kind else {
            return None;
        };
        let largest = match event.row().target {
            EventTarget::Plan => return None,
            EventTarget::Pledge => largest_pledge(scenario).map(|pledge| pledge.id.to_string()),
            EventTarget::Project => dearest_project(scenario).map(|project| project.id.to_string()),
        };
        self.target.clone().or(largest)
    }
}

impl fmt::Display for Card {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind.code())?;
        if let Some(by) = self.by {
            write!(f, "-{by}")?;
        }
        if let Some(target) = &self.target {
            write!(f, ":{target}")?;
        }
        Ok(())
    }
}

impl FromStr for Card {
    type Err = String;

    /// # Errors
    /// The text, where it names no card.
    fn from_str(text: &str) -> Result<Self, String> {
        let (head, target) = match text.split_once(':') {
            Some((head, target)) => (head, Some(target.to_owned())),
            None => (text, None),
        };
        let of = |code: &str| CardKind::all().find(|kind| kind.code().eq_ignore_ascii_case(code));
        let numbered = || {
            let (code, figure) = head.rsplit_once('-')?;
            let kind = of(code).filter(|kind| matches!(kind, CardKind::Event(_)))?;
            Some((kind, Some(figure.parse::<u32>().ok()?)))
        };
        let found = of(head).map(|kind| (kind, None)).or_else(numbered);
        let (kind, by) = found.ok_or_else(|| text.to_owned())?;
        Ok(Self { kind, by, target })
    }
}

impl TryFrom<String> for Card {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl From<Card> for String {
    fn from(card: Card) -> Self {
        card.to_string()
    }
}

/// Why cards cannot be drawn.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum CardError {
    /// The same card about the same thing stands twice.
    Twice {
        /// Which.
        card: Card,
    },
    /// More than [`MAX_CARDS`].
    TooMany {
        /// How many.
        count: usize,
    },
    /// An event is refused, or the futures are.
    Risk(RiskError),
}

impl CardError {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Twice { .. } => "card-twice",
            Self::TooMany { .. } => "card-too-many",
            Self::Risk(error) => error.code(),
        }
    }

    /// What is at fault, as text.
    pub fn detail(&self) -> String {
        match self {
            Self::Twice { card } => card.to_string(),
            Self::TooMany { count } => format!("{count} > {MAX_CARDS}"),
            Self::Risk(error) => error.detail(),
        }
    }
}

impl fmt::Display for CardError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code(), self.detail())
    }
}

impl std::error::Error for CardError {}

impl From<RiskError> for CardError {
    fn from(error: RiskError) -> Self {
        Self::Risk(error)
    }
}

/// A plan with cards drawn over it.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawn {
    /// The plan as it is then.
    pub scenario: Scenario,
    /// What the levers among the cards cost in a year.
    pub effort: Effort,
    /// The share of every pledge that pays for them, in basis points; 0 where the pool does not.
    pub overhead_basis_points: u32,
    /// What is left of every chance that a pledge slips: ρ_π with the levers ÷ ρ_π without.
    pub default_ratio: f64,
}

/// Draws cards over a scenario, which is left as it is.
///
/// A set: first the events in the order of [`Event::ALL`] (several about different targets by id), then the levers
/// together, so the order of drawing does not matter. An event without a target is about what is largest before any card.
///
/// Levers act on the futures through the model's own parameters ([`Parameters::with_levers`], docs/model.md): every chance
/// that a pledge slips is multiplied by ρ_π after ÷ ρ_π before, every chance that it is withdrawn by e₀ after ÷ e₀ before,
/// and trust rises with open reporting. What they cost in a year is taken from all pledges alike as administration
/// (rounded up to a hundredth of a percent) where `pool_pays`. Levers the partnership has pulled already change nothing.
///
/// # Errors
/// [`CardError`] names the card at fault.
pub fn draw(scenario: &Scenario, cards: &[Card], pool_pays: bool) -> Result<Drawn, CardError> {
    if cards.len() > MAX_CARDS {
        return Err(CardError::TooMany { count: cards.len() });
    }
    let mut events = Vec::new();
    let mut levers = Vec::new();
    for card in cards {
        match card.kind {
            CardKind::Event(event) => {
                let target = card.target_in(scenario);
                events.push((event, target, card.by));
            }
            CardKind::Lever(lever) if levers.contains(&lever) => {
                return Err(CardError::Twice { card: card.clone() });
            }
            CardKind::Lever(lever) => levers.push(lever),
        }
    }
    crate::order::sort(&mut events);
    if let Some(pair) = events
        .windows(2)
        .find(|pair| pair[0].0 == pair[1].0 && pair[0].1 == pair[1].1)
    {
        let (event, target, by) = pair[0].clone();
        let card = Card {
            kind: CardKind::Event(event),
            by,
            target,
        };
        return Err(CardError::Twice { card });
    }
    let mut after = scenario.clone();
    for (event, target, by) in events {
        event.happen(&mut after, by, target.as_deref())?;
    }
    Ok(pull(after, &levers, pool_pays))
}

fn pull(mut scenario: Scenario, levers: &[Lever], pool_pays: bool) -> Drawn {
    let usual = Parameters::of(&scenario);
    let known = scenario.partnership.levers.clone();
    let new: Vec<Lever> = levers
        .iter()
        .copied()
        .filter(|lever| !known.contains(lever))
        .collect();
    let mut all = known.clone();
    all.extend(&new);
    crate::order::sort(&mut all);
    all.dedup();
    let (before, after) = (usual.with_levers(&known), usual.with_levers(&all));
    let ratio = |id: ParameterId| {
        let before = before.get(id);
        if before > 0.0 { after.get(id) / before } else { 1.0 }
    };
    let (default_ratio, exit_ratio) = (
        ratio(ParameterId::DefaultRatio),
        ratio(ParameterId::ExitProbability),
    );
    let effort = lever_cost(&new, &usual);
    let promised: u64 = scenario
        .pledges
        .iter()
        .filter_map(|pledge| scenario.in_base(pledge.amount))
        .fold(0, u64::saturating_add);
    let overhead_basis_points = match effort.minor {
        Some(minor) if pool_pays && promised > 0 => {
            let part = (u128::from(minor) * u128::from(WHOLE_BASIS_POINTS)).div_ceil(u128::from(promised));
            u32::try_from(part)
                .unwrap_or(WHOLE_BASIS_POINTS)
                .min(WHOLE_BASIS_POINTS)
        }
        _ => 0,
    };
    for pledge in &mut scenario.pledges {
        let reliability = &mut pledge.reliability;
        reliability.default_probability = scaled(reliability.default_probability, default_ratio);
        reliability.withdrawal = scaled(reliability.withdrawal, exit_ratio);
        let overhead = &mut pledge.terms.overhead_basis_points;
        *overhead = overhead
            .saturating_add(overhead_basis_points)
            .min(WHOLE_BASIS_POINTS);
    }
    scenario.partnership.levers = all;
    Drawn {
        scenario,
        effort,
        overhead_basis_points,
        default_ratio,
    }
}

fn scaled(probability: Probability, ratio: f64) -> Probability {
    Probability::new((probability.get() * ratio).clamp(0.0, 1.0)).unwrap_or(probability)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_card_is_read_back_from_its_text() {
        for kind in CardKind::all() {
            let card = Card::usual(kind);
            assert_eq!(card.to_string().parse(), Ok(card.clone()));
            if let CardKind::Event(event) = kind {
                let row = event.row();
                assert!((row.least..=row.most).contains(&row.usual), "{}", row.code);
                for target in [None, Some("dana-desa-2".to_owned())] {
                    let card = Card {
                        by: Some(row.most),
                        target,
                        ..card.clone()
                    };
                    assert_eq!(card.to_string().parse(), Ok(card.clone()));
                    let json = serde_json::to_string(&card).unwrap();
                    assert_eq!(serde_json::from_str::<Card>(&json).unwrap(), card);
                }
            }
        }
        for wrong in [
            "",
            "K11",
            "K5-3",
            "costs-up-",
            "costs-up-x",
            "costs",
            "costs-up--1",
        ] {
            assert!(wrong.parse::<Card>().is_err(), "{wrong}");
        }
    }
}
