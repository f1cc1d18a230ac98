//! Who fits whom: complementary resources, explained. Definitions and sources: `docs/matching.md`.

mod attribution;
pub mod coalition;
mod columns;
pub mod cost_split;
mod decimal;
mod directory;
mod error;
pub mod fill;
pub mod form;
mod interval;
mod modifiers;
mod near_miss;
mod pair;
pub mod plan;
mod ragged;
pub mod rings;
pub mod room;
mod search;

pub use decimal::{Figure, MAX_DECIMALS};
pub use directory::{Directory, MAX_CELLS};
pub use error::MatchError;
pub(crate) use modifiers::Modifiers;
pub use modifiers::{FORMALITY_PART, HORIZON_FULL_MONTHS, HORIZON_PART, PACE_PART};
pub use search::{BAR_OF_AN_EMPTY_LIST, NEAR_MISS_POOL, NEAR_MISSES};

use crate::domain::{KindId, OrgId, Scenario, ScoreWeights};
use crate::explain::{ExclusionCode, Reason, UnknownReason};
use modifiers::{Place, ProgrammeRow};
use pair::QuantityRow;
use serde::{Deserialize, Serialize};

/// What is scored.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mode {
    /// Both sides must gain: harmonic mean of the two coverages.
    #[default]
    Mutual,
    /// One-way: how much of the receiver's needs the giver covers (funders, donors). See [`Direction`].
    Gift,
}

/// Which coverage is the base of the scores of a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    /// [`Mode::Mutual`]: the harmonic mean of what the seeker receives and gives.
    #[default]
    Both,
    /// [`Mode::Gift`]: the seeker receives; how much of its needs each partner covers.
    SeekerReceives,
    /// [`Mode::Gift`] for a seeker that names no need and has something to give, as funders do: how much of each
    /// partner's needs it covers. The other direction could only say 0 for everybody.
    SeekerGives,
}

/// A resource kind between two organisations, one direction: what one needs against what the other offers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KindFill {
    /// Which kind.
    pub kind: KindId,
    /// How much is needed; `None` = some, not said.
    pub need: Option<u64>,
    /// How much is offered: `Some(0)` if the other names none; `None` = some, not said.
    pub offered: Option<u64>,
    /// Share of the need filled, low and high end, in [0, 1].
    pub filled: [f64; 2],
}

/// One organisation as a partner for another.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PartnerMatch {
    /// Who.
    pub id: OrgId,
    /// Low and high end of the score, in [0, 1]; equal if nothing is missing.
    pub score: [f64; 2],
    /// What it consists of; sums to the low end. Largest magnitude first, then by code and kind.
    pub reasons: Vec<Reason>,
    /// What missing answers could add; sums to high − low. Largest first: the first is the next question.
    pub unknown: Vec<UnknownReason>,
    /// What the seeker would receive: one row a need of the seeker.
    pub receives: Vec<KindFill>,
    /// What the seeker would give: one row a need of the partner.
    pub gives: Vec<KindFill>,
}

/// Whose answer or quantity a near miss changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Change {
    /// `org` offers more of `kind`.
    OfferMore,
    /// `org` names a need of `kind`, up to `by`, that the other side's offer would fill. Counts as a change of one
    /// whole need, so it is named only where no larger offer would do.
    NeedMore,
}

/// The smallest single change that would bring an organisation into the shown list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NearMiss {
    /// Who would come in.
    pub id: OrgId,
    /// Its score now.
    pub score: [f64; 2],
    /// Its score after the change.
    pub score_after: f64,
    /// What changes.
    pub change: Change,
    /// Who changes it.
    pub org: OrgId,
    /// Of which kind.
    pub kind: KindId,
    /// By how much, in the kind's unit.
    pub by: u64,
    /// The same as a share of the need, the measure minimised.
    pub share_ratio: f64,
}

/// An organisation that is not proposed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Excluded {
    /// Who.
    pub id: OrgId,
    /// Why.
    pub code: ExclusionCode,
}

/// The answer to "which partners fit this organisation?".
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PartnerList {
    /// Who asked.
    #[serde(rename = "for")]
    pub seeker: OrgId,
    /// What was asked for.
    pub mode: Mode,
    /// What was scored.
    #[serde(default)]
    pub direction: Direction,
    /// The best whose low end is above 0, by low end, then high end (both falling), then file order.
    pub partners: Vec<PartnerMatch>,
    /// Not among the best by their low end, but their high end reaches the last of them (or is above 0 while there
    /// is room): ask them. By high end, then low end (both falling), then file order; as many as `partners` may have.
    pub could_belong: Vec<PartnerMatch>,
    /// One change away from the last score shown, or from [`BAR_OF_AN_EMPTY_LIST`]; at most [`NEAR_MISSES`],
    /// smallest share first, of the [`NEAR_MISS_POOL`] organisations nearest by score. Nobody who could belong already.
    pub near_misses: Vec<NearMiss>,
    /// Not proposed, with the reason.
    pub excluded: Vec<Excluded>,
    /// How many others were looked at.
    pub considered: usize,
    /// Mutual mode cannot score an organisation without needs or without offers: the page suggests gift mode.
    pub suggest_gift: bool,
}

/// The partners that fit `seeker` best, with reasons that add up, who else could belong to them if asked, who is one
/// change away, and who is excluded.
///
/// score = base · (1 + Σβ⁺f⁺ − Σβ⁻f⁻)/(1 + Σβ⁺) as defined in `docs/matching.md`, dimensionless, in [0, 1], as an
/// interval over all answers not given. `top` is the most shown. Order, cost and groups: [`Directory::search`], which
/// this calls after indexing the scenario; keep a [`Directory`] to ask more than once.
///
/// ```
/// use gotong::domain::{KindId, Need, Offer, OrgId, Organisation, Priority, Scenario, Sector};
/// use gotong::matching::{Mode, find_partners};
///
/// // A teachers' foundation needs Rp 600 million and can train for 60 days; a telecom firm has Rp 450 million
/// // and wants 60 days of training. Harmonic mean of 0.75 and 1: 6/7.
/// let kind = |id: &str| KindId::new(id).unwrap();
/// let organisation = |id: &str, offer: (&str, u64), need: (&str, u64)| {
///     let mut organisation = Organisation::new(OrgId::new(id).unwrap(), id.into(), Sector::CivilSociety);
///     organisation.offers.push(Offer { kind: kind(offer.0), quantity: Some(offer.1) });
///     let (kind, quantity, priority) = (kind(need.0), Some(need.1), Priority::default());
///     organisation.needs.push(Need { kind, quantity, priority });
///     organisation
/// };
/// let mut scenario = Scenario::default();
/// scenario.organisations.push(organisation("pelita", ("expertise", 60), ("funds", 600_000_000)));
/// scenario.organisations.push(organisation("telko", ("funds", 450_000_000), ("expertise", 60)));
///
/// let seeker = OrgId::new("pelita").unwrap();
/// let list = find_partners(&scenario, &seeker, Mode::Mutual, &scenario.score_weights, 20).unwrap();
/// let telko = &list.partners[0];
/// let [low, high] = telko.score;
/// let sum: f64 = telko.reasons.iter().map(|reason| reason.value).sum();
/// let open: f64 = telko.unknown.iter().map(|unknown| unknown.adds).sum();
/// assert!((sum - low).abs() < 1e-9 && (open - (high - low)).abs() < 1e-9);
/// // Nobody said anything about goals, region or ways of working: with the best answers the fit is 6/7 of
/// // all that is possible but for trust, which is not there yet.
/// assert!((high - 6.0 / 7.0 * 1.25 / 1.35).abs() < 1e-9);
/// ```
///
/// # Errors
/// [`MatchError::UnknownOrganisation`] if the scenario does not hold `seeker`, [`MatchError::WeightsInvalid`],
/// [`MatchError::DirectoryTooLarge`].
///
/// Source: Pizzato, Rej, Chung, Koprinska, Kay, "RECON: a reciprocal recommender for online dating", RecSys 2010
/// (harmonic mean of both directions); the modifiers are this project's own.
pub fn find_partners(
    scenario: &Scenario,
    seeker: &OrgId,
    mode: Mode,
    weights: &ScoreWeights,
    top: usize,
) -> Result<PartnerList, MatchError> {
    Directory::new(scenario)?.search(seeker, mode, weights, top)
}
