//! A benefit as a figure: what it is, how much, and what went into it.

use super::Range;
use crate::domain::Benefit;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// What a figure is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum FigureUnit {
    /// A share, in [0, 1].
    Share,
    /// One amount by another; at least 0.
    Ratio,
    /// Minor units of the base currency.
    Minor,
    /// Minor units for each person reached.
    MinorPerPerson,
    /// People.
    People,
    /// Programmes.
    Programmes,
    /// Themes.
    Themes,
}

macro_rules! measures {
    ($($(#[$doc:meta])* $name:ident = ($code:literal, $benefit:ident, $unit:ident);)+) => {
        /// What is measured. The serialised name is the stable code.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        #[non_exhaustive]
        pub enum Measure { $($(#[$doc])* $name),+ }

        impl Measure {
            /// Every measure, B1 to B12.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The stable code used in JSON and as locale key suffix.
            pub fn code(self) -> &'static str {
                match self { $(Self::$name => $code),+ }
            }

            /// The row of the domain table it answers.
            pub fn benefit(self) -> Benefit {
                match self { $(Self::$name => Benefit::$benefit),+ }
            }

            /// What it is counted in.
            pub fn unit(self) -> FigureUnit {
                match self { $(Self::$name => FigureUnit::$unit),+ }
            }
        }
    };
}

measures! {
    /// B1: mean over the kinds offered of the share put to use.
    ResourcesUsed = ("resources-used", ResourcesUsed, Share);
    /// B2: chance that two parties drawn with replacement come from different sectors, ÷ its maximum.
    SectorDiversity = ("sector-diversity", Diversity, Share);
    /// B2: kinds somebody offers, of all kinds.
    KindsOffered = ("kinds-offered", Diversity, Share);
    /// B3: decisions and payments with an owner and a check.
    Accountability = ("accountability", Accountability, Share);
    /// B4: mean trust over pairs.
    MeanTrust = ("mean-trust", Trust, Share);
    /// B5: chance that all parties are still in after n years.
    StillRunning = ("still-running", Lasting, Share);
    /// B6: cost of projects, coordination and levers for each person reached.
    CostPerPerson = ("cost-per-person", CostPerBeneficiary, MinorPerPerson);
    /// B6: what the parties pay ÷ what the same would cost each alone.
    Burden = ("burden", CostPerBeneficiary, Ratio);
    /// B7: people reached, each counted once.
    UniquePeople = ("unique-people", Reach, People);
    /// B8: programmes that need not be run twice.
    DuplicatesAvoided = ("duplicates-avoided", DuplicatesAvoided, Programmes);
    /// B9: parties with a say.
    Voices = ("voices", Participation, Share);
    /// B9: people who cast a ballot on a project of the partnership.
    Voters = ("voters", Participation, People);
    /// B10: pairs in touch, of all pairs.
    Density = ("density", Network, Share);
    /// B10: shortest connections that pass through the busiest broker, of all it could carry.
    Brokerage = ("brokerage", Network, Share);
    /// B11: others' money at work for each unit of the parties' own.
    Leverage = ("leverage", Leverage, Ratio);
    /// B11: the most that one party's pledge unlocks.
    Unlocked = ("unlocked", Leverage, Minor);
    /// B12: themes of the projects that a party works on.
    ThemesCovered = ("themes-covered", Themes, Share);
    /// B12: themes that two or more parties work on.
    ThemesTogether = ("themes-together", Themes, Themes);
}

/// Something that went into a figure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ingredient {
    /// What, as a stable code; for parties and kinds their id after a colon (`kind:funds`).
    pub code: Cow<'static, str>,
    /// How much.
    pub value: Range,
}

impl Ingredient {
    pub(super) fn new(code: &'static str, value: Range) -> Self {
        let code = Cow::Borrowed(code);
        Self { code, value }
    }

    pub(super) fn known(code: &'static str, value: f64) -> Self {
        Self::new(code, Range::exactly(value))
    }

    pub(super) fn named(code: String, value: Range) -> Self {
        let code = Cow::Owned(code);
        Self { code, value }
    }
}

/// One benefit, measured.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BenefitFigure {
    /// The row of the domain table, `B1` to `B12`.
    pub benefit: Benefit,
    /// What is measured.
    pub measure: Measure,
    /// How much; `None` where there is nothing to measure (no pair, no project, no report).
    pub value: Option<Range>,
    /// In what.
    pub unit: FigureUnit,
    /// What went into it, in the order of the definition.
    pub from: Vec<Ingredient>,
}

impl BenefitFigure {
    pub(super) fn of(measure: Measure, value: Option<Range>, from: Vec<Ingredient>) -> Self {
        Self {
            benefit: measure.benefit(),
            measure,
            value,
            unit: measure.unit(),
            from,
        }
    }
}
