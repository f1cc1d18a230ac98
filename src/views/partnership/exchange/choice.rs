//! What the reader has chosen in this part; not part of the scenario.

use crate::domain::KindId;
use crate::matching::rings::{KindFilter, MAX_LENGTH, MIN_LENGTH, RingOptions};
use yew::prelude::*;

/// A value on screen and the way to change it.
pub(super) struct Choice<T: 'static> {
    /// The value.
    pub value: T,
    set: UseStateSetter<T>,
}

impl<T: Clone + 'static> Choice<T> {
    /// What `state` holds now.
    pub fn of(state: &UseStateHandle<T>) -> Self {
        Self {
            value: (**state).clone(),
            set: state.setter(),
        }
    }

    /// A callback that chooses `value`.
    pub fn on<E: 'static>(&self, value: T) -> Callback<E> {
        let set = self.set.clone();
        Callback::from(move |_| set.set(value.clone()))
    }

    /// A callback that chooses what `read` makes of the event.
    pub fn on_event<E: 'static>(&self, read: impl Fn(E) -> T + 'static) -> Callback<E> {
        let set = self.set.clone();
        Callback::from(move |event| set.set(read(event)))
    }
}

/// Which kinds are exchanged in rings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Exchanged {
    /// All.
    Everything,
    /// All but money.
    WithoutMoney,
    /// Expertise alone (M10).
    Knowledge,
}

impl Exchanged {
    /// In the order offered.
    pub const ALL: [Self; 3] = [Self::Everything, Self::WithoutMoney, Self::Knowledge];

    /// Suffix of its words' key, and value of its option.
    pub fn code(self) -> &'static str {
        match self {
            Self::Everything => "everything",
            Self::WithoutMoney => "without-money",
            Self::Knowledge => "knowledge",
        }
    }
}

/// Which rings are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct RingChoice {
    /// The most organisations of a ring.
    pub length: usize,
    /// What is exchanged.
    pub exchanged: Exchanged,
}

impl Default for RingChoice {
    fn default() -> Self {
        Self {
            length: RingOptions::default().max_length,
            exchanged: Exchanged::Everything,
        }
    }
}

impl RingChoice {
    /// The same with another length, kept in range.
    pub fn with_length(self, length: usize) -> Self {
        Self {
            length: length.clamp(MIN_LENGTH, MAX_LENGTH),
            ..self
        }
    }

    /// As the search wants it.
    pub fn options(self) -> RingOptions {
        RingOptions {
            max_length: self.length,
            kinds: match self.exchanged {
                Exchanged::Everything => KindFilter::All,
                Exchanged::WithoutMoney => KindFilter::WithoutMoney,
                Exchanged::Knowledge => KindFilter::Only(KindId::new("expertise").into_iter().collect()),
            },
            ..RingOptions::default()
        }
    }
}
