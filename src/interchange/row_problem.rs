//! The codes of everything that can be wrong in a file without stopping the rest. The page and the command
//! line put them into words (`locales/`). `build.rs` reads the codes here: their sentences come with the later half of the page.

use super::RowProblem;

/// At most so many problems are listed for a file; the rest is counted in
/// `import-more-problems`.
pub const MAX_LISTED: usize = 10_000;

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $code:literal),+ $(,)?) => {
        $($(#[$doc])* pub(super) const $name: &str = $code;)+

        /// Every code, for translations to be complete against.
        pub const ALL: &[&str] = &[$($code),+];
    };
}

codes! {
    /// Bytes were taken for Windows-1252 (value): odd letters would come from there.
    GUESSED_ENCODING = "import-guessed-encoding",
    /// A column nobody knows was left out.
    UNKNOWN_COLUMN = "import-unknown-column",
    /// A second column for the same thing was left out.
    DUPLICATE_COLUMN = "import-duplicate-column",
    /// A money column in another currency than the first was left out.
    MIXED_CURRENCIES = "import-mixed-currencies",
    /// A kind of resource of the user's own was added.
    NEW_KIND = "import-new-kind",
    /// Row left out: no name.
    NO_NAME = "import-no-name",
    /// Row left out: no sector.
    NO_SECTOR = "import-no-sector",
    /// Row left out: not one of the five sectors.
    UNKNOWN_SECTOR = "import-unknown-sector",
    /// Row left out: a quote is opened and never closed.
    UNCLOSED_QUOTE = "import-unclosed-quote",
    /// More cells than headings; the surplus was left out.
    EXTRA_CELLS = "import-extra-cells",
    /// Fewer cells than headings; the missing ones count as empty.
    SHORT_ROW = "import-short-row",
    /// Invisible characters were removed.
    HIDDEN_CHARACTER = "import-hidden-character",
    /// A second organisation of this name; both are kept.
    DUPLICATE_NAME = "import-duplicate-name",
    /// An id already taken; the row got another.
    DUPLICATE_ID = "import-duplicate-id",
    /// Not usable as id; the row got one made from its name.
    BAD_ID = "import-bad-id",
    /// `1.500`: thousands or decimals? Counted as unknown until answered.
    AMBIGUOUS_NUMBER = "import-ambiguous-number",
    /// Not a number; counted as unknown.
    NOT_A_NUMBER = "import-not-a-number",
    /// Below zero; left out.
    NEGATIVE_NUMBER = "import-negative-number",
    /// More than the product counts; counted as unknown.
    AMOUNT_TOO_LARGE = "import-amount-too-large",
    /// Money in another currency than the column's; counted as unknown.
    OTHER_CURRENCY = "import-other-currency",
    /// A fraction of the smallest unit was rounded.
    ROUNDED = "import-rounded",
    /// A word the column does not know; left out.
    UNKNOWN_WORD = "import-unknown-word",
    /// No region of this name or code; kept as written.
    UNKNOWN_REGION = "import-unknown-region",
    /// Not usable as goal; left out.
    BAD_GOAL = "import-bad-goal",
    /// Not usable as programme; left out.
    BAD_PROGRAMME = "import-bad-programme",
    /// No kind of resource of this name; left out.
    UNKNOWN_KIND = "import-unknown-kind",
    /// The same kind twice in one row; the first counts.
    REPEATED_KIND = "import-repeated-kind",
    /// A priority where there is no need; left out.
    PRIORITY_WITHOUT_NEED = "import-priority-without-need",
    /// So many more problems were not listed (value).
    MORE_PROBLEMS = "import-more-problems",
}

/// Codes of what can be wrong in an election file only.
pub const OF_ELECTIONS: &[&str] = &[
    "import-named-twice",
    "import-no-column",
    "import-no-currency",
    "import-no-id",
    "import-outside-section",
    "import-points-differ",
    "import-points-rounded",
    "import-points-scaled",
    "import-points-unreadable",
    "import-rounded-to-currency",
    "import-rule-not-known",
    "import-scores-as-approvals",
    "import-too-many-cells",
    "import-too-many-rows",
    "import-unbalanced-quote",
    "import-unknown-currency",
    "import-unknown-project",
    "import-voter-columns",
    "import-votes-differ",
    "import-withdrawn",
];

/// How much of a cell is quoted: a hostile one may be megabytes long, a reader needs its beginning.
const MAX_VALUE_CHARS: usize = 80;

/// A problem of one cell, or of a row or file if nothing more is known.
pub(super) fn row_problem(code: &str, row: Option<u64>, value: impl AsRef<str>) -> RowProblem {
    RowProblem {
        row,
        column: None,
        code: code.to_owned(),
        value: value.as_ref().chars().take(MAX_VALUE_CHARS).collect(),
        row_dropped: false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_code_written_in_the_election_reader_is_listed() {
        let sources = [
            include_str!("pb/election.rs"),
            include_str!("pb/scenario.rs"),
            include_str!("pb/table.rs"),
        ]
        .concat();
        let written = sources
            .split("\"import-")
            .skip(1)
            .filter_map(|rest| rest.split('"').next());
        let written: BTreeSet<String> = written.map(|rest| format!("import-{rest}")).collect();
        let listed: BTreeSet<String> = ALL
            .iter()
            .chain(OF_ELECTIONS)
            .map(|code| (*code).to_owned())
            .collect();
        let missing: Vec<_> = written.difference(&listed).collect();
        assert!(missing.is_empty(), "{missing:?}");
        assert!(OF_ELECTIONS.iter().all(|code| written.contains(*code)));
        assert_eq!(listed.len(), ALL.len() + OF_ELECTIONS.len());
    }
}
