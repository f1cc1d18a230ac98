//! What an election's file says beside its projects and ballots.

use super::ProjectId;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What a Pabulib file said that nothing here is computed from, kept so that it is there again when the scenario is
/// written as such a file.
///
/// Columns about voters (age, sex, district) are not kept: a scenario groups equal ballots, and needs no personal data.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct ElectionNotes {
    /// Keys of `META` with their values, in file order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub meta: Vec<(String, String)>,
    /// Headings of further columns of `PROJECTS`, in file order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub columns: Vec<String>,
    /// `cells[project][k]` stands under `columns[k]`.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub cells: BTreeMap<ProjectId, Vec<String>>,
}

impl ElectionNotes {
    /// Whether there is nothing to keep.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The value of a key of `META`, in any case.
    pub fn meta_value(&self, key: &str) -> Option<&str> {
        let found = self.meta.iter().find(|(name, _)| name.eq_ignore_ascii_case(key));
        found.map(|(_, value)| value.as_str())
    }
}
