//! What is agreed about a pledge beside its amount: when it holds, how much of a project it pays, what it buys, when
//! it comes, and who loses first.

use super::{MAX_AMOUNT_MINOR, OrgId, ProjectId, Text};
use serde::{Deserialize, Serialize};

/// One hundred percent, in basis points (hundredths of a percent).
pub const WHOLE_BASIS_POINTS: u32 = 10_000;

/// The most periods tranches may stretch over.
pub const MAX_PERIODS: usize = 120;

/// When a pledge holds. Amounts are minor units of the scenario's base currency.
///
/// All but [`Condition::OnlyIfFew`] are monotone: more from others never lowers what this pledge gives. That one is read
/// so that a file which states it gets the reason in words; it is never computed on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(try_from = "ConditionRow", into = "ConditionRow")]
pub enum Condition {
    /// Assurance: it holds if the pledges that hold reach the threshold together; else it goes back to the funder.
    AllOrNothing {
        /// What must be reached.
        threshold_minor: u64,
        /// Only pledges that may pay for this project count; without it all do.
        project: Option<ProjectId>,
        /// Only what others give counts, not this pledge itself.
        others_only: bool,
    },
    /// Matching offer: it gives `give` for each `per` that others give, up to its amount. Money of other matching offers
    /// and contributions in kind are not matched.
    Match {
        /// Numerator of the ratio, above 0.
        give: u32,
        /// Denominator of the ratio, above 0.
        per: u32,
        /// Only gifts of pledges that may pay for this project are matched; without it all are.
        project: Option<ProjectId>,
    },
    /// Challenge grant: the whole amount is released once others reach the target.
    Challenge {
        /// What others must reach.
        target_minor: u64,
        /// Only pledges that may pay for this project count; without it all do.
        project: Option<ProjectId>,
    },
    /// Refused: it would take money away because others give more, so that no outcome need be consistent.
    OnlyIfFew {
        /// It would hold only while others give at most this.
        at_most_others_minor: u64,
    },
}

/// A condition as files state it: the kind, and the fields that kind has. (Read as one flat row: a tagged enum would put a
/// second reader of everything into the page.)
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct ConditionRow {
    /// Which condition.
    kind: ConditionCode,
    /// `all-or-nothing`: what must be reached, in minor units.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    threshold_minor: Option<u64>,
    /// `challenge`: what others must reach, in minor units.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    target_minor: Option<u64>,
    /// `only-if-few`: refused, because more from others would take it away.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    at_most_others_minor: Option<u64>,
    /// `match`: it gives this …
    #[serde(default, skip_serializing_if = "Option::is_none")]
    give: Option<u32>,
    /// … for each so many that others give.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    per: Option<u32>,
    /// Only pledges that may pay for this project count; without it all do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    project: Option<ProjectId>,
    /// `all-or-nothing`: only what others give counts, not this pledge itself.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    others_only: bool,
}

/// The kinds of a [`ConditionRow`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
enum ConditionCode {
    AllOrNothing,
    Match,
    Challenge,
    OnlyIfFew,
}

impl TryFrom<ConditionRow> for Condition {
    type Error = String;

    fn try_from(row: ConditionRow) -> Result<Self, String> {
        let missing = |field: &str| format!("missing field `{field}`");
        Ok(match row.kind {
            ConditionCode::AllOrNothing => Self::AllOrNothing {
                threshold_minor: row.threshold_minor.ok_or_else(|| missing("threshold_minor"))?,
                project: row.project,
                others_only: row.others_only,
            },
            ConditionCode::Match => Self::Match {
                give: row.give.ok_or_else(|| missing("give"))?,
                per: row.per.ok_or_else(|| missing("per"))?,
                project: row.project,
            },
            ConditionCode::Challenge => Self::Challenge {
                target_minor: row.target_minor.ok_or_else(|| missing("target_minor"))?,
                project: row.project,
            },
            ConditionCode::OnlyIfFew => Self::OnlyIfFew {
                at_most_others_minor: row
                    .at_most_others_minor
                    .ok_or_else(|| missing("at_most_others_minor"))?,
            },
        })
    }
}

impl From<Condition> for ConditionRow {
    fn from(condition: Condition) -> Self {
        let row = |kind| Self {
            kind,
            threshold_minor: None,
            target_minor: None,
            at_most_others_minor: None,
            give: None,
            per: None,
            project: None,
            others_only: false,
        };
        match condition {
            Condition::AllOrNothing {
                threshold_minor,
                project,
                others_only,
            } => Self {
                threshold_minor: Some(threshold_minor),
                project,
                others_only,
                ..row(ConditionCode::AllOrNothing)
            },
            Condition::Match { give, per, project } => Self {
                give: Some(give),
                per: Some(per),
                project,
                ..row(ConditionCode::Match)
            },
            Condition::Challenge {
                target_minor,
                project,
            } => Self {
                target_minor: Some(target_minor),
                project,
                ..row(ConditionCode::Challenge)
            },
            Condition::OnlyIfFew { at_most_others_minor } => Self {
                at_most_others_minor: Some(at_most_others_minor),
                ..row(ConditionCode::OnlyIfFew)
            },
        }
    }
}

impl Condition {
    /// The stable code used in files, results and sentences.
    pub fn code(&self) -> &'static str {
        match self {
            Self::AllOrNothing { .. } => "all-or-nothing",
            Self::Match { .. } => "match",
            Self::Challenge { .. } => "challenge",
            Self::OnlyIfFew { .. } => "only-if-few",
        }
    }

    /// The project whose money counts, if it is one alone.
    pub fn project(&self) -> Option<&ProjectId> {
        match self {
            Self::AllOrNothing { project, .. }
            | Self::Match { project, .. }
            | Self::Challenge { project, .. } => project.as_ref(),
            Self::OnlyIfFew { .. } => None,
        }
    }

    /// The amount it waits for; none for a matching offer.
    pub fn threshold_minor(&self) -> Option<u64> {
        match *self {
            Self::AllOrNothing { threshold_minor, .. } => Some(threshold_minor),
            Self::Challenge { target_minor, .. } => Some(target_minor),
            Self::OnlyIfFew { at_most_others_minor } => Some(at_most_others_minor),
            Self::Match { .. } => None,
        }
    }

    /// Whether more from others never lowers what the pledge gives.
    pub fn is_monotone(&self) -> bool {
        !matches!(self, Self::OnlyIfFew { .. })
    }
}

/// Who loses first when money is lost: the order in which layers bear a loss.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Layer {
    /// Given, not to come back: bears every loss first.
    Grant,
    /// Invested to lose before the others.
    FirstLoss,
    /// Between first loss and senior.
    Mezzanine,
    /// Stands by with money that is not paid in: covers what the senior layer would lose.
    Guarantee,
    /// Loses last.
    Senior,
}

impl Layer {
    /// Every layer, first to lose first.
    pub const ALL: [Self; 5] = [
        Self::Grant,
        Self::FirstLoss,
        Self::Mezzanine,
        Self::Guarantee,
        Self::Senior,
    ];

    /// The stable code used in files and sentences.
    pub fn code(self) -> &'static str {
        match self {
            Self::Grant => "grant",
            Self::FirstLoss => "first-loss",
            Self::Mezzanine => "mezzanine",
            Self::Guarantee => "guarantee",
            Self::Senior => "senior",
        }
    }
}

/// Results-based payment (F4): the funder pays per verified outcome, up to a cap; until then somebody carries the risk.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ResultsTerms {
    /// What is counted: "a village with safe water for a year".
    pub outcome: Text,
    /// Paid per verified outcome, in minor units of the base currency, above 0.
    pub price_minor: u64,
    /// Paid at most; without it the pledge's amount, which it never exceeds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cap_minor: Option<u64>,
    /// How many outcomes are expected.
    #[serde(default)]
    pub expected: u64,
    /// Who pays until outcomes are verified, and carries the risk. Absent = not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prefinanced_by: Option<OrgId>,
    /// Shapes (a, b) of the share of the expected outcomes that is verified, Beta(a, b). Absent = all of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verified: Option<(f64, f64)>,
}

/// What is agreed about a pledge beside its amount; nothing unless stated.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct PledgeTerms {
    /// When it holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub condition: Option<Condition>,
    /// The largest share of any project's cost it pays, in basis points (8 000 = 80 %), 1 to 10 000.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub largest_share_basis_points: Option<u32>,
    /// It pays at least this for a project, or nothing there; minor units of the base currency.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub minimum_ticket_minor: Option<u64>,
    /// What comes with it in kind, valued in minor units of the base currency: it counts towards thresholds and pays
    /// for nothing.
    #[serde(skip_serializing_if = "is_zero")]
    pub in_kind_minor: u64,
    /// The share of the pledge that goes to administration and buys nothing, in basis points, at most 10 000.
    #[serde(skip_serializing_if = "is_none")]
    pub overhead_basis_points: u32,
    /// Its place when money is lost.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub layer: Option<Layer>,
    /// `tranches[k]`: parts paid in period k + 1 (40, 30, 30 or 2, 1, 1). Empty = all in the first period.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tranches: Vec<u32>,
    /// Paid for verified outcomes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub results: Option<ResultsTerms>,
}

impl PledgeTerms {
    /// Whether nothing is agreed.
    pub fn is_default(&self) -> bool {
        *self == Self::default()
    }

    /// What contradicts itself in the terms: code, place below the terms, value.
    pub(super) fn problems(&self) -> Vec<(&'static str, &'static str, String)> {
        let mut found = Vec::new();
        let mut report = |code, at, value: String| found.push((code, at, value));
        let amounts = [
            ("minimum_ticket_minor", self.minimum_ticket_minor.unwrap_or(0)),
            ("in_kind_minor", self.in_kind_minor),
            (
                "condition",
                self.condition
                    .as_ref()
                    .and_then(Condition::threshold_minor)
                    .unwrap_or(0),
            ),
            (
                "results",
                self.results.as_ref().map_or(0, |results| {
                    results
                        .price_minor
                        .max(results.cap_minor.unwrap_or(0))
                        .max(results.expected)
                }),
            ),
        ];
        for (at, amount) in amounts {
            if amount > MAX_AMOUNT_MINOR {
                report("problem-amount-too-large", at, amount.to_string());
            }
        }
        match &self.condition {
            Some(Condition::Match { give, per, .. }) if *give == 0 || *per == 0 => {
                report("problem-ratio", "condition", format!("{give} : {per}"));
            }
            Some(Condition::OnlyIfFew { at_most_others_minor }) => {
                let value = at_most_others_minor.to_string();
                report("problem-condition-not-monotone", "condition", value);
            }
            _ => {}
        }
        let share = self.largest_share_basis_points.unwrap_or(WHOLE_BASIS_POINTS);
        if !(1..=WHOLE_BASIS_POINTS).contains(&share) {
            report("problem-share", "largest_share_basis_points", share.to_string());
        }
        if self.overhead_basis_points > WHOLE_BASIS_POINTS {
            let value = self.overhead_basis_points.to_string();
            report("problem-share", "overhead_basis_points", value);
        }
        if let Some(value) = tranches_problem(&self.tranches) {
            report("problem-tranches", "tranches", value);
        }
        if self
            .results
            .as_ref()
            .is_some_and(|results| results.price_minor == 0)
        {
            report("problem-no-price", "results", "0".to_owned());
        }
        if let Some((a, b)) = self.results.as_ref().and_then(|results| results.verified)
            && !(usable_shape(a) && usable_shape(b))
        {
            report("problem-verified", "results", format!("{a}, {b}"));
        }
        found
    }
}

/// What is wrong with parts by period, as text: too many of them, or nothing but zeros.
pub(super) fn tranches_problem(parts: &[u32]) -> Option<String> {
    let idle = !parts.is_empty() && parts.iter().all(|&part| part == 0);
    (idle || parts.len() > MAX_PERIODS).then(|| {
        let shown: Vec<_> = parts.iter().take(12).map(u32::to_string).collect();
        shown.join(", ")
    })
}

/// Whether a Beta distribution may have this shape: 0.01 to 10 000.
pub(super) fn usable_shape(shape: f64) -> bool {
    (0.01..=10_000.0).contains(&shape)
}

fn is_zero(value: &u64) -> bool {
    *value == 0
}

fn is_none(value: &u32) -> bool {
    *value == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(terms: &PledgeTerms) -> Vec<&'static str> {
        terms.problems().into_iter().map(|(code, ..)| code).collect()
    }

    #[test]
    fn nothing_agreed_is_sound_and_leaves_no_trace_in_a_file() {
        let terms = PledgeTerms::default();
        assert_eq!(codes(&terms), [""; 0]);
        assert_eq!(serde_json::to_string(&terms).unwrap(), "{}");
    }

    #[test]
    fn a_condition_that_is_not_monotone_is_read_and_refused() {
        let text = r#"{"condition": {"kind": "only-if-few", "at_most_others_minor": 5}}"#;
        let terms: PledgeTerms = serde_json::from_str(text).unwrap();
        assert!(
            terms
                .condition
                .as_ref()
                .is_some_and(|condition| !condition.is_monotone())
        );
        assert_eq!(codes(&terms), ["problem-condition-not-monotone"]);
    }

    #[test]
    fn every_contradiction_has_a_code() {
        let terms = PledgeTerms {
            condition: Some(Condition::Match {
                give: 0,
                per: 1,
                project: None,
            }),
            largest_share_basis_points: Some(0),
            minimum_ticket_minor: Some(u64::MAX),
            overhead_basis_points: 10_001,
            tranches: vec![0, 0],
            results: Some(ResultsTerms {
                outcome: Text::default(),
                price_minor: 0,
                cap_minor: None,
                expected: 0,
                prefinanced_by: None,
                verified: Some((0.0, 1.0)),
            }),
            ..PledgeTerms::default()
        };
        let expected = [
            "problem-amount-too-large",
            "problem-ratio",
            "problem-share",
            "problem-share",
            "problem-tranches",
            "problem-no-price",
            "problem-verified",
        ];
        assert_eq!(codes(&terms), expected);
    }
}
