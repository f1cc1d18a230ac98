//! One table of every formula and constant of matching, pooled funding, simulated futures and the
//! partnership, read from the constants the code uses; `docs/model.md` is written from it.

mod appeal;
mod choices;
mod constants;
mod events;
mod figures;
mod formulas;
mod markdown;
mod words;

pub use markdown::markdown;

use super::{Change, LeverRow, lever_row};
use crate::domain::Lever;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// A short text in both languages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Words {
    /// Indonesian.
    pub id: Cow<'static, str>,
    /// English.
    pub en: Cow<'static, str>,
}

impl Words {
    pub(super) const fn of(id: &'static str, en: &'static str) -> Self {
        Self {
            id: Cow::Borrowed(id),
            en: Cow::Borrowed(en),
        }
    }
}

/// What a lever does to a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct LeverEffect {
    /// Which lever.
    pub lever: Lever,
    /// How it moves the parameter.
    pub change: Change,
    /// What pulling it costs, in person-days a year.
    pub days_per_year: u16,
}

/// A formula or a constant.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ModelRow {
    /// Where it is used: `matching`, `funding`, `risk` or `partnership`.
    pub room: Cow<'static, str>,
    /// A stable code, unique within the room.
    pub code: Cow<'static, str>,
    /// The letter or name it has in formulas.
    pub symbol: Cow<'static, str>,
    /// What it is.
    pub meaning: Words,
    /// How it is computed; `None` for a constant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub formula: Option<Cow<'static, str>>,
    /// What it is counted in; `1` for a plain number.
    pub unit: Cow<'static, str>,
    /// Its value unless said otherwise; `None` for a formula.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default: Option<f64>,
    /// The least and the most it may be; `None` where it is fixed in the code or not bounded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub range: Option<(f64, f64)>,
    /// Which levers move it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub levers: Vec<LeverEffect>,
    /// Where it comes from; `illustrative` for a choice without a source.
    pub source: Cow<'static, str>,
}

/// What a choice without a source is marked with.
pub const ILLUSTRATIVE: &str = "illustrative";

/// Every formula and constant: rooms in the order matching, funding, risk, partnership, formulas before
/// constants.
///
/// ```
/// use gotong::partnership::table::model_table;
///
/// // "How much does pace count?" asks Bu Sari. The answer comes from the constant the score is computed
/// // with.
/// let table = model_table();
/// let pace = table.iter().find(|row| row.code == "pace-part").unwrap();
/// assert_eq!(pace.default, Some(gotong::matching::PACE_PART));
/// ```
pub fn model_table() -> Vec<ModelRow> {
    let mut rows = Vec::new();
    for room in ["matching", "funding", "risk", "partnership"] {
        rows.extend(formulas::of(room));
        rows.extend(constants::of(room));
    }
    rows
}

/// Every lever with its name, K1 to K10.
pub fn lever_table() -> Vec<(Words, LeverRow)> {
    let row = |&lever: &Lever| (words::lever(lever), *lever_row(lever));
    Lever::ALL.iter().map(row).collect()
}
