//! What people type in an organisation's form, read: quantities by the unit of their kind, money, months.

use super::organisation_draft::ResourceDraft;
use crate::domain::{Currency, KindId, Language, MAX_AMOUNT_MINOR, ResourceKind, Unit};
use crate::text::{integer, money, parse_amount};

/// The longest horizon the form takes: fifty years.
const MAX_HORIZON_MONTHS: u64 = 600;

/// How the person writes numbers, and which kinds there are.
#[derive(Clone, Copy, Debug)]
pub struct Reading<'a> {
    /// Reader's language.
    pub language: Language,
    /// Base currency of the scenario.
    pub currency: Currency,
    /// All kinds.
    pub kinds: &'a [ResourceKind],
}

/// What is wrong in a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FieldProblem {
    /// Nothing there, and something must be.
    Required,
    /// Neither a quantity nor "not said yet".
    QuantityMissing,
    /// Not money.
    NotAnAmount,
    /// Not a whole number.
    NotANumber,
    /// Above the largest quantity.
    TooLarge,
    /// Not 1 to 600 months.
    Horizon,
}

impl FieldProblem {
    /// Every problem, for translations to be complete against.
    pub const ALL: [Self; 6] = [
        Self::Required,
        Self::QuantityMissing,
        Self::NotAnAmount,
        Self::NotANumber,
        Self::TooLarge,
        Self::Horizon,
    ];

    /// A stable code the page translates (`field-…` in `locales/`).
    pub fn code(self) -> &'static str {
        match self {
            Self::Required => "required",
            Self::QuantityMissing => "quantity-missing",
            Self::NotAnAmount => "not-an-amount",
            Self::NotANumber => "not-a-number",
            Self::TooLarge => "too-large",
            Self::Horizon => "horizon",
        }
    }

    /// Whether something is only missing: said when the person wants to save, not while she fills in.
    pub fn is_missing(self) -> bool {
        matches!(self, Self::Required | Self::QuantityMissing)
    }
}

impl Reading<'_> {
    /// Whether a kind is counted in money.
    pub fn is_money(&self, kind: &KindId) -> bool {
        self.kinds
            .iter()
            .any(|known| &known.id == kind && known.unit == Unit::Money)
    }

    pub(super) fn show(&self, kind: &KindId, quantity: u64) -> String {
        if self.is_money(kind) {
            money(quantity, self.currency, self.language)
        } else {
            integer(quantity, self.language)
        }
    }

    /// What an entry says: `None` for "not said yet".
    ///
    /// # Errors
    /// What is wrong with its text.
    pub fn quantity(&self, entry: &ResourceDraft) -> Result<Option<u64>, FieldProblem> {
        let read = match entry.unknown {
            true => return Ok(None),
            false if self.is_money(&entry.kind) => self.amount(&entry.quantity)?,
            false => whole(&entry.quantity)?,
        };
        read.map(Some).ok_or(FieldProblem::QuantityMissing)
    }

    pub(super) fn amount(&self, text: &str) -> Result<Option<u64>, FieldProblem> {
        if text.trim().is_empty() {
            return Ok(None);
        }
        let amount = parse_amount(text, self.currency, self.language);
        amount.map(Some).ok_or(FieldProblem::NotAnAmount)
    }
}

/// A whole number with or without separators in threes: `1500`, `1.500`, `1 500`. Not `1,5`, which is no whole
/// number. Nothing is `None`.
fn whole(text: &str) -> Result<Option<u64>, FieldProblem> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let groups: Vec<&str> = text.split(['.', ',', ' ', '\u{a0}', '\u{202f}']).collect();
    let grouped = groups.len() == 1
        || groups.first().is_some_and(|first| (1..=3).contains(&first.len()))
            && groups.iter().skip(1).all(|group| group.len() == 3);
    let digits = groups.concat();
    if !grouped || digits.is_empty() || !digits.chars().all(|c| c.is_ascii_digit()) {
        return Err(FieldProblem::NotANumber);
    }
    let number = digits.parse().ok().filter(|&number| number <= MAX_AMOUNT_MINOR);
    number.map(Some).ok_or(FieldProblem::TooLarge)
}

/// Months ahead, 1 to 600. Nothing is `None`.
pub(super) fn horizon(text: &str) -> Result<Option<u16>, FieldProblem> {
    let months = whole(text).map_err(|_| FieldProblem::Horizon)?;
    let fits = months.filter(|months| (1..=MAX_HORIZON_MONTHS).contains(months));
    match (months, fits.and_then(|months| u16::try_from(months).ok())) {
        (None, _) => Ok(None),
        (_, Some(months)) => Ok(Some(months)),
        _ => Err(FieldProblem::Horizon),
    }
}
