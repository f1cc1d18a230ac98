//! Kinds of resources organisations offer and need.

use super::{KindId, Text};
use serde::{Deserialize, Serialize};

/// What one of a resource is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    /// Minor units of the scenario's base currency.
    Money,
    /// Person-days.
    PersonDays,
    /// Sites: rooms, buildings, plots.
    Sites,
    /// Units or licence-days of technology.
    Licences,
    /// Permits or regulations.
    Permits,
    /// Datasets or study-days.
    Datasets,
    /// Villages or districts known.
    Villages,
    /// People reached.
    People,
    /// Channels.
    Channels,
    /// Pieces of goods.
    Pieces,
    /// Funds held and reported on.
    FundsHeld,
}

/// A kind of resource with its unit and its two independent flags.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ResourceKind {
    /// Stable code.
    pub id: KindId,
    /// What people call it.
    pub name: Text,
    /// What one of it is.
    pub unit: Unit,
    /// Giving it uses it up (money, days); a permit or a dataset is not rival.
    pub rival: bool,
    /// Can be split (money); a site cannot.
    pub divisible: bool,
    /// Two offers may be of the same thing (villages known, people reached, datasets): their union is then
    /// the interval [max, sum].
    #[serde(default)]
    pub may_overlap: bool,
}

/// id, Indonesian, English, unit, rival, divisible, may overlap.
type Row = (&'static str, &'static str, &'static str, Unit, bool, bool, bool);

const BUILTIN: [Row; 12] = [
    ("funds", "Dana", "Funds", Unit::Money, true, true, false),
    (
        "expertise",
        "Keahlian dan pelatihan",
        "Expertise and training",
        Unit::PersonDays,
        true,
        true,
        false,
    ),
    (
        "staff",
        "Staf dan relawan",
        "Staff and volunteers",
        Unit::PersonDays,
        true,
        true,
        false,
    ),
    (
        "facilities",
        "Sarana dan tempat",
        "Infrastructure and facilities",
        Unit::Sites,
        true,
        false,
        false,
    ),
    (
        "technology",
        "Teknologi",
        "Technology",
        Unit::Licences,
        true,
        true,
        false,
    ),
    (
        "permits",
        "Kebijakan dan izin",
        "Policy and permits",
        Unit::Permits,
        false,
        false,
        false,
    ),
    (
        "data",
        "Data dan riset",
        "Data and research",
        Unit::Datasets,
        false,
        false,
        true,
    ),
    (
        "local-knowledge",
        "Pengetahuan lokal",
        "Local knowledge",
        Unit::Villages,
        false,
        false,
        true,
    ),
    (
        "networks",
        "Jejaring dan penggerakan warga",
        "Networks and mobilisation",
        Unit::People,
        false,
        false,
        true,
    ),
    (
        "market-access",
        "Akses pasar dan promosi",
        "Market access and promotion",
        Unit::Channels,
        false,
        false,
        true,
    ),
    ("goods", "Barang", "Goods", Unit::Pieces, true, false, false),
    (
        "fund-management",
        "Pengelolaan dan pelaporan dana",
        "Fund management and reporting",
        Unit::FundsHeld,
        true,
        false,
        false,
    ),
];

/// The kinds every scenario has, in the documented order, `funds` first.
pub fn builtin_kinds() -> Vec<ResourceKind> {
    BUILTIN.iter().filter_map(from_row).collect()
}

fn from_row(&(id, indonesian, english, unit, rival, divisible, may_overlap): &Row) -> Option<ResourceKind> {
    let name = Text::Both {
        id: indonesian.to_owned(),
        en: english.to_owned(),
    };
    Some(ResourceKind {
        id: KindId::new(id).ok()?,
        name,
        unit,
        rival,
        divisible,
        may_overlap,
    })
}
