//! What is asked of the room. It is the page's alone, kept in its state: no part of the scenario.

use crate::domain::{OrgId, Scenario};
use crate::matching::Mode;
use crate::matching::room::{Comparison, PairingFigures, RoomAnswer, RoomOptions, StableAnswer};
use crate::state::RoomChoice;
use yew::prelude::*;

/// What counts most in the pairs that are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Aim {
    /// The sum of all.
    #[default]
    BestTotal,
    /// No two would leave for each other.
    Stable,
    /// The weakest pair.
    Weakest,
}

impl Aim {
    pub const ALL: [Self; 3] = [Self::BestTotal, Self::Stable, Self::Weakest];

    /// The code used in element ids.
    pub fn code(self) -> &'static str {
        ["total", "stable", "weakest"][self as usize]
    }

    /// The aim of a code.
    pub fn from_code(code: &str) -> Self {
        let found = Self::ALL.into_iter().find(|aim| aim.code() == code);
        found.unwrap_or_default()
    }

    /// The pairs of this aim, if there are any.
    pub fn figures(self, known: &Comparison) -> Option<&PairingFigures> {
        match (self, &known.stable) {
            (Self::BestTotal, _) => Some(&known.best_total),
            (Self::Stable, StableAnswer::Stable(figures)) => Some(figures),
            (Self::Stable, StableAnswer::NoneExists { .. }) => None,
            (Self::Weakest, _) => Some(&known.egalitarian),
        }
    }
}

/// What is asked, and how it is looked at.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Asked {
    /// What the job is asked.
    pub options: RoomOptions,
    /// Which pairs are shown of those found; see [`Asked::aim`].
    pub chosen_aim: Aim,
    /// The rule being put together: the one, the other, and whether together.
    pub rule: (Option<OrgId>, Option<OrgId>, bool),
    /// The round on the wall, from 0.
    pub projected: Option<usize>,
}

impl Asked {
    /// As chosen in an earlier visit of the step, else the usual in this mode.
    pub fn new(kept: Option<&RoomChoice>, mode: Mode) -> Self {
        let usual = || RoomOptions {
            mode,
            ..RoomOptions::default()
        };
        Self {
            options: kept.map_or_else(usual, |kept| kept.options.clone()),
            chosen_aim: kept.map_or_else(Aim::default, |kept| Aim::from_code(kept.aim)),
            rule: (None, None, false),
            projected: None,
        }
    }

    /// Whether people are paired, not seated at larger tables.
    pub fn is_pairs(&self) -> bool {
        self.options.size == 2
    }

    /// What counts most; tables have one aim only.
    pub fn aim(&self) -> Aim {
        if self.is_pairs() {
            self.chosen_aim
        } else {
            Aim::BestTotal
        }
    }

    /// The pairs to be shown instead of the rounds, if another aim was chosen and there are such pairs.
    pub fn other_pairing<'a>(&self, answer: &'a RoomAnswer) -> Option<&'a PairingFigures> {
        let aim = Some(self.aim()).filter(|aim| *aim != Aim::BestTotal)?;
        aim.figures(answer.comparison.as_ref()?)
    }

    /// The options without rules about those who have gone since.
    pub fn options_in(&self, scenario: &Scenario) -> RoomOptions {
        let mut options = self.options.clone();
        let known = |(a, b): &(OrgId, OrgId)| {
            scenario.organisation(a).is_some() && scenario.organisation(b).is_some()
        };
        options.together.retain(known);
        options.apart.retain(known);
        options
    }

    /// What of it is kept for the next visit.
    pub fn choice(&self) -> RoomChoice {
        RoomChoice {
            options: self.options.clone(),
            aim: self.chosen_aim.code(),
        }
    }

    /// A callback that changes what is asked.
    pub fn on<E: 'static>(
        state: &UseStateHandle<Self>,
        change: impl Fn(&mut Self, E) + 'static,
    ) -> Callback<E> {
        let state = state.clone();
        Callback::from(move |event| {
            let mut next = (*state).clone();
            change(&mut next, event);
            state.set(next);
        })
    }
}
