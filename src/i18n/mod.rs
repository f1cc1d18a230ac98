//! The page in the reader's language: messages from `text`, number and date formats from the browser, plain
//! formats where it has none.

use crate::browser::intl::{self, NumberFormat};
use crate::domain::{Currency, KindId, Language, ResourceKind, Text, Unit};
use crate::text::{self, Message};
use std::rc::Rc;

/// What turns data into words and figures for one reader.
#[derive(Clone, Debug)]
pub struct I18n {
    /// Reader's language.
    pub language: Language,
    /// Base currency of the scenario.
    pub currency: Currency,
    formats: Rc<[Option<NumberFormat>; 4]>,
}

impl PartialEq for I18n {
    fn eq(&self, other: &Self) -> bool {
        (self.language, self.currency) == (other.language, other.currency)
    }
}

impl I18n {
    /// For a reader of `language`, with money in `currency`.
    pub fn new(language: Language, currency: Currency) -> Self {
        let formats = Rc::new([0, 1, 2, 3].map(|decimals| NumberFormat::new(language.code(), decimals)));
        Self {
            language,
            currency,
            formats,
        }
    }

    /// A message as text.
    pub fn say(&self, message: impl Into<Message>) -> String {
        message.into().render(self.language)
    }

    /// A name in the reader's language.
    pub fn name<'a>(&self, text: &'a Text) -> &'a str {
        text.get(self.language)
    }

    /// A number with 0 to 3 decimals.
    pub fn decimal(&self, number: f64, decimals: usize) -> String {
        let by_browser = self
            .formats
            .get(decimals)
            .and_then(Option::as_ref)
            .filter(|_| number.is_finite());
        by_browser
            .and_then(|format| format.format(number))
            // The typographic minus; and no "-0.00".
            .map(|figure| {
                if figure.contains(|c: char| ('1'..='9').contains(&c)) {
                    figure.replace('-', "−")
                } else {
                    figure.replace('-', "")
                }
            })
            .unwrap_or_else(|| text::decimal(number, decimals, self.language))
    }

    /// A whole number.
    #[expect(clippy::cast_precision_loss, reason = "counts on a page are far below 2^53")]
    pub fn integer(&self, number: u64) -> String {
        self.decimal(number as f64, 0)
    }

    /// A share as a whole percentage.
    pub fn percent(&self, ratio: f64) -> String {
        format!("{}%", self.decimal(ratio * 100.0, 0))
    }

    /// An amount in full.
    pub fn money(&self, amount_minor: u64) -> String {
        text::money(amount_minor, self.currency, self.language)
    }

    /// An amount as people say it, such as "Rp 1,5 miliar".
    pub fn compact_money(&self, amount_minor: u64) -> String {
        text::compact_money(amount_minor, self.currency, self.language)
    }

    /// An amount that may be negative, as people say it.
    pub fn signed_money(&self, amount_minor: i64) -> String {
        let amount = self.compact_money(amount_minor.unsigned_abs());
        if amount_minor < 0 {
            format!("−{amount}")
        } else {
            amount
        }
    }

    /// A simulated amount: rounded to the minor unit, negative and undefined ones are 0.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "clamped to the range before"
    )]
    pub fn simulated_money(&self, amount_minor: f64) -> String {
        let amount = if amount_minor.is_finite() {
            amount_minor.clamp(0.0, 1e15).round()
        } else {
            0.0
        };
        self.compact_money(amount as u64)
    }

    /// A quantity with its unit: "40 hari orang", "Rp 450 juta".
    pub fn quantity(&self, kind: &ResourceKind, quantity: u64) -> String {
        match kind.unit {
            Unit::Money => self.compact_money(quantity),
            unit => self.say(unit_message(unit).with("count", quantity)),
        }
    }

    /// A score: two decimals, or an interval "0,58–0,75".
    pub fn score(&self, [low, high]: [f64; 2]) -> String {
        let (low, high) = (self.decimal(low, 2), self.decimal(high, 2));
        if low == high {
            low
        } else {
            format!("{low}–{high}")
        }
    }

    /// The name of a resource kind; its id if no kind is called so.
    pub fn kind_name(&self, kinds: &[ResourceKind], id: &KindId) -> String {
        let kind = kinds.iter().find(|kind| &kind.id == id);
        kind.map_or_else(|| id.to_string(), |kind| self.name(&kind.name).to_owned())
    }

    /// A day written as `2027-07-12` in words; as it is written where the browser cannot.
    pub fn day(&self, iso: &str) -> String {
        intl::day(self.language.code(), iso).unwrap_or_else(|| iso.to_owned())
    }

    /// Today's date in words.
    pub fn today(&self) -> String {
        intl::today(self.language.code()).unwrap_or_default()
    }
}

/// The message `{count} hari orang` of a unit.
fn unit_message(unit: Unit) -> Message {
    use crate::text::Key;
    Message::from(match unit {
        Unit::Money => Key::UnitMoney,
        Unit::FundsHeld => Key::UnitFundsHeld,
        Unit::PersonDays => Key::UnitPersonDays,
        Unit::Sites => Key::UnitSites,
        Unit::Licences => Key::UnitLicences,
        Unit::Permits => Key::UnitPermits,
        Unit::Datasets => Key::UnitDatasets,
        Unit::Villages => Key::UnitVillages,
        Unit::People => Key::UnitPeople,
        Unit::Channels => Key::UnitChannels,
        Unit::Pieces => Key::UnitPieces,
    })
}
