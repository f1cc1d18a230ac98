//! Money in integer minor units, and the currencies it is counted in.

use serde::{Deserialize, Serialize};
use std::fmt;

/// The largest amount accepted anywhere, in minor units: 10¹⁵ (sums of a thousand such still fit an `i64`,
/// and every amount is exact in an `f64`).
pub const MAX_AMOUNT_MINOR: u64 = 1_000_000_000_000_000;

/// Why a currency or amount is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CurrencyError {
    /// Not an active ISO 4217 code of the product's table.
    Unknown,
    /// Above [`MAX_AMOUNT_MINOR`].
    TooLarge,
}

impl CurrencyError {
    /// A stable code the page translates.
    pub fn code(self) -> &'static str {
        match self {
            Self::Unknown => "currency-unknown",
            Self::TooLarge => "amount-too-large",
        }
    }
}

impl fmt::Display for CurrencyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl std::error::Error for CurrencyError {}

/// Active ISO 4217 codes by number of minor digits. IDR is counted in whole rupiah although ISO lists two
/// digits: sen have not been used for decades and no bank books them (docs/decisions).
const NO_DIGITS: &str = "BIF CLP DJF GNF IDR ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF";
const THREE_DIGITS: &str = "BHD IQD JOD KWD LYD OMR TND";
const TWO_DIGITS: &str = "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP \
    BYN BZD CAD CDF CHF CNY COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ \
    GYD HKD HNL HTG HUF ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT \
    MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD \
    SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VES \
    WST XCD YER ZAR ZMW ZWG";

/// An ISO 4217 currency.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(with = "String"))]
#[serde(try_from = "String", into = "String")]
pub struct Currency([u8; 3]);

impl Currency {
    /// Indonesian rupiah.
    pub const IDR: Self = Self(*b"IDR");

    /// The currency of an ISO 4217 code, in either case.
    ///
    /// # Errors
    /// [`CurrencyError::Unknown`] if the product's table does not hold it.
    pub fn new(code: &str) -> Result<Self, CurrencyError> {
        let code = code.trim().to_ascii_uppercase();
        let known = Self::codes().any(|known| known == code);
        match <[u8; 3]>::try_from(code.as_bytes()) {
            Ok(bytes) if known => Ok(Self(bytes)),
            _ => Err(CurrencyError::Unknown),
        }
    }

    /// Every known code, grouped by digits.
    pub fn codes() -> impl Iterator<Item = &'static str> {
        [NO_DIGITS, TWO_DIGITS, THREE_DIGITS]
            .into_iter()
            .flat_map(str::split_whitespace)
    }

    /// The three-letter code.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("XXX")
    }

    /// Digits after the decimal point: 0 for IDR, 2 for USD.
    pub fn minor_digits(&self) -> u32 {
        let listed = |list: &str| list.split_whitespace().any(|code| code == self.code());
        match () {
            () if listed(NO_DIGITS) => 0,
            () if listed(THREE_DIGITS) => 3,
            () => 2,
        }
    }
}

impl Default for Currency {
    fn default() -> Self {
        Self::IDR
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl TryFrom<String> for Currency {
    type Error = CurrencyError;
    fn try_from(code: String) -> Result<Self, CurrencyError> {
        Self::new(&code)
    }
}

impl From<Currency> for String {
    fn from(currency: Currency) -> Self {
        currency.code().to_owned()
    }
}

/// An amount of money, never negative: `amount_minor` counts the currency's smallest unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(try_from = "RawMoney")]
pub struct Money {
    amount_minor: u64,
    currency: Currency,
}

#[derive(Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct RawMoney {
    amount_minor: u64,
    currency: Currency,
}

impl TryFrom<RawMoney> for Money {
    type Error = CurrencyError;
    fn try_from(raw: RawMoney) -> Result<Self, CurrencyError> {
        Self::new(raw.amount_minor, raw.currency)
    }
}

impl Money {
    /// An amount in minor units of `currency`.
    ///
    /// # Errors
    /// [`CurrencyError::TooLarge`] above [`MAX_AMOUNT_MINOR`].
    pub fn new(amount_minor: u64, currency: Currency) -> Result<Self, CurrencyError> {
        if amount_minor > MAX_AMOUNT_MINOR {
            return Err(CurrencyError::TooLarge);
        }
        Ok(Self {
            amount_minor,
            currency,
        })
    }

    /// The amount in minor units.
    pub fn amount_minor(self) -> u64 {
        self.amount_minor
    }

    /// The currency it is counted in.
    pub fn currency(self) -> Currency {
        self.currency
    }
}

/// The largest volatility of an exchange rate: beyond it nobody would call the stated rate one.
pub const MAX_VOLATILITY: f64 = 2.0;

/// A stated exchange rate into the scenario's base currency: one major unit of `from` is worth
/// `rate_numerator / rate_denominator` major units of the base.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Conversion {
    /// The foreign currency.
    pub from: Currency,
    /// Numerator of the rate, above 0.
    pub rate_numerator: u64,
    /// Denominator of the rate, above 0.
    pub rate_denominator: u64,
    /// σ: standard deviation of the logarithm of the rate until the money comes, 0 to 2. The stated rate is the
    /// median; 0 = certain.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub volatility: f64,
}

fn is_zero(value: &f64) -> bool {
    *value <= 0.0
}

impl Conversion {
    /// `amount_minor` of `self.from` in minor units of `base`, rounded down (nobody is promised money the
    /// rate does not give); `None` if the rate is not positive or the result exceeds [`MAX_AMOUNT_MINOR`].
    pub fn apply(&self, amount_minor: u64, base: Currency) -> Option<u64> {
        if self.rate_numerator == 0 || self.rate_denominator == 0 {
            return None;
        }
        let scale = |digits: u32| 10_u128.pow(digits);
        let numerator = u128::from(amount_minor)
            .checked_mul(u128::from(self.rate_numerator))?
            .checked_mul(scale(base.minor_digits()))?;
        let denominator = u128::from(self.rate_denominator).checked_mul(scale(self.from.minor_digits()))?;
        u64::try_from(numerator / denominator)
            .ok()
            .filter(|&minor| minor <= MAX_AMOUNT_MINOR)
    }
}
