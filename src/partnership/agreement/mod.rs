//! The draft of an agreement as data: sections of lines, each a message code and what goes into it. No prose;
//! the page and the command line put it into words through the messages `agreement-…`.

mod desk;

pub use crate::domain::SectionCode;

use super::civil::Day;
use super::{Assessment, PartnershipError};
use crate::domain::{GoalId, KindId, OrgId, PartnershipType, ProjectId, RuleId, Scenario, Sector};
use desk::Desk;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// The most review dates a draft writes out.
pub const MAX_REVIEWS: usize = 8;

/// What goes into a line. The page writes it in the reader's language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Value {
    /// An organisation's name.
    Organisation(OrgId),
    /// A sector's name.
    Sector(Sector),
    /// A project's name.
    Project(ProjectId),
    /// A resource kind's name.
    Kind(KindId),
    /// So much of a kind, with its unit.
    Quantity {
        /// Of which kind.
        kind: KindId,
        /// How much, in its unit.
        quantity: u64,
    },
    /// Names of goals.
    Goals(Vec<GoalId>),
    /// Minor units of the base currency.
    MoneyMinor(u64),
    /// The name of a funding rule.
    Rule(RuleId),
    /// A number.
    Count(u64),
    /// A day.
    Day(Day),
}

/// A blank of a line and what fills it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Blank {
    /// The placeholder's name in the message.
    pub name: Cow<'static, str>,
    /// What fills it.
    pub value: Value,
}

/// One sentence of the draft.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// The name of the message in `locales/`, `agreement-…`.
    pub key: Cow<'static, str>,
    /// Exactly the placeholders of the message, in alphabetical order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub blanks: Vec<Blank>,
}

/// One section.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// Which.
    pub code: SectionCode,
    /// Its sentences; never empty.
    pub lines: Vec<Line>,
}

/// A draft agreement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agreement {
    /// The type it is written for.
    pub of_type: PartnershipType,
    /// When it begins.
    pub start: Day,
    /// When it ends; `None` where nobody says how long it lasts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end: Option<Day>,
    /// All nine sections, in the order of [`SectionCode`].
    pub sections: Vec<Section>,
}

/// The one-page draft of an agreement among the parties of `assessment`, which is of `scenario`.
///
/// Nine sections: purpose, parties, roles, contributions, decisions, money, indicators, reviews, exit; each a
/// list of message keys with their blanks. `start` is a day as ISO text (the core has no clock). `of_type`
/// overrides the recommended type; the way to decide is the plan's, else that of the type. The end is the start plus the horizon of the type's figures; reviews fall
/// every [`review_months`](super::review_months) after the start, up to the end (or a year, if none is
/// known), [`MAX_REVIEWS`] at most. Whatever is not known is written as still to be agreed, never left out.
/// Of what a party offers the draft names what the requirement takes, in the order of the fill. Order:
/// parties lead first, requirements as in the file. Cost: that of
/// [`partnership_fill`](crate::matching::fill::partnership_fill).
///
/// # Errors
/// [`PartnershipError::DateInvalid`] if `start` is no day.
///
/// ```
/// use gotong::cases::CaseStudy;
/// use gotong::domain::OrgId;
/// use gotong::partnership::{Inputs, Parameters, agreement, assess};
///
/// // Yayasan Guru Pelita and Balai Pendidikan Warga start on the first school day of July.
/// let mut scenario = CaseStudy::by_row("E2").unwrap().load().unwrap();
/// scenario.partnership.members = vec![OrgId::new("balai-pendidikan-warga").unwrap()];
/// let assessment = assess(&scenario, &Inputs::default(), &Parameters::of(&scenario)).unwrap();
/// let draft = agreement::draft(&scenario, &assessment, "2027-07-12", None).unwrap();
/// assert_eq!(draft.sections.len(), 9);
/// assert_eq!(draft.end.unwrap().to_string(), "2028-04-12");
/// assert_eq!(draft.sections[0].lines[0].key, "agreement-purpose-project");
/// ```
///
/// Source: the parts follow the checklist of The Partnering Initiative, *The Partnering Toolbook* (Tennyson
/// 2011); wording and intervals are this project's own. A draft is a start for talking and no legal advice.
pub fn draft(
    scenario: &Scenario,
    assessment: &Assessment,
    start: &str,
    of_type: Option<PartnershipType>,
) -> Result<Agreement, PartnershipError> {
    let start = Day::parse(start)?;
    let desk = Desk::new(scenario, assessment, start, of_type);
    let sections = [
        (SectionCode::Purpose, desk.purpose()),
        (SectionCode::Parties, desk.who()),
        (SectionCode::Roles, desk.roles()),
        (SectionCode::Contributions, desk.contributions()),
        (SectionCode::Decisions, desk.decisions()),
        (SectionCode::Money, desk.money()),
        (SectionCode::Indicators, desk.indicators()),
        (SectionCode::Reviews, desk.reviews()),
        (SectionCode::Exit, desk.exit()),
    ];
    let section = |(code, lines)| Section { code, lines };
    Ok(Agreement {
        of_type: desk.of_type,
        start,
        end: desk.end,
        sections: sections.into_iter().map(section).collect(),
    })
}
