//! Ids for organisations of a table: stated, or made from the name; unique in any case.

use std::collections::{BTreeMap, BTreeSet};

/// The ids given so far.
#[derive(Debug, Default)]
pub(super) struct Ids {
    given: BTreeSet<String>,
    /// Next number tried for an id that is taken, so that a thousand equal names cost a thousand steps.
    next_number: BTreeMap<String, u32>,
}

impl Ids {
    /// Whether an id is taken.
    pub fn is_taken(&self, id: &str) -> bool {
        self.given.contains(id)
    }

    /// `base`, or `base-2`, `base-3` … if it is taken.
    pub fn give(&mut self, base: &str) -> String {
        let mut id = base.to_owned();
        while !self.given.insert(id.clone()) {
            let number = self.next_number.entry(base.to_owned()).or_insert(1);
            *number += 1;
            id = numbered(base, *number);
        }
        id
    }
}

/// The longest id made from a name leaves room for a number behind it.
const MAX_SLUG_BYTES: usize = 48;

/// A readable id: lower-case ASCII letters and digits of the name with single hyphens between, or
/// `organisation` if it has none (names in other scripts).
pub fn slug(name: &str) -> String {
    match hyphenated(name, MAX_SLUG_BYTES) {
        slug if slug.is_empty() => "organisation".to_owned(),
        slug => slug,
    }
}

/// Lower-case ASCII letters and digits of `text` with single hyphens between, at most `most` bytes; empty if it has none.
/// Safe as an id and as a file name everywhere.
pub fn hyphenated(text: &str, most: usize) -> String {
    let lower = text.to_lowercase();
    let words = lower
        .split(|character: char| !character.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty());
    let mut joined = words.collect::<Vec<_>>().join("-");
    joined.truncate(most);
    joined.truncate(joined.trim_end_matches('-').len());
    joined
}

/// `base-2`, with the base cut so that it stays an id.
fn numbered(base: &str, number: u32) -> String {
    let end = base
        .char_indices()
        .map(|(at, _)| at)
        .chain([base.len()])
        .take_while(|&at| at <= MAX_SLUG_BYTES)
        .last();
    format!("{}-{number}", base.get(..end.unwrap_or(0)).unwrap_or(base))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_readable_short_and_unique() {
        assert_eq!(slug("Yayasan “Pelita” (Bali)"), "yayasan-pelita-bali");
        assert_eq!(slug("日本"), "organisation");
        assert!(slug(&"panjang sekali ".repeat(20)).len() <= MAX_SLUG_BYTES);
        let mut ids = Ids::default();
        let given: Vec<String> = ["a", "a", "a-2", "a"].map(|base| ids.give(base)).to_vec();
        assert_eq!(given, ["a", "a-2", "a-2-2", "a-3"]);
        let long = "é".repeat(32);
        assert_eq!(ids.give(&long), long);
        assert!(ids.give(&long).len() <= 64);
    }
}
