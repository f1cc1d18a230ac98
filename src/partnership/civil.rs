//! Days of the calendar, without a clock: what a draft needs to write its review dates.

use super::PartnershipError;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A day of the Gregorian calendar, year 1 to 9999. In JSON and in text ISO 8601: `2027-01-15`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Day {
    year: u16,
    month: u8,
    day: u8,
}

fn is_leap(year: u16) -> bool {
    year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
}

fn days_in(year: u16, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if is_leap(year) => 29,
        2 => 28,
        _ => 31,
    }
}

impl Day {
    /// The day of a year, month (1 to 12) and day of the month; `None` if the calendar has no such day.
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let exists = (1..=9999).contains(&year)
            && (1..=12).contains(&month)
            && (1..=days_in(year, month)).contains(&day);
        exists.then_some(Self { year, month, day })
    }

    /// Reads `2027-01-15`.
    ///
    /// # Errors
    /// [`PartnershipError::DateInvalid`] for any other writing and for days that do not exist.
    pub fn parse(text: &str) -> Result<Self, PartnershipError> {
        let digits = |part: &str, length: usize| {
            let plain = part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit());
            plain.then(|| part.parse::<u16>().ok()).flatten()
        };
        let read = || {
            let mut parts = text.trim().split('-');
            let year = digits(parts.next()?, 4)?;
            let month = u8::try_from(digits(parts.next()?, 2)?).ok()?;
            let day = u8::try_from(digits(parts.next()?, 2)?).ok()?;
            parts
                .next()
                .is_none()
                .then(|| Self::new(year, month, day))
                .flatten()
        };
        read().ok_or_else(|| PartnershipError::DateInvalid {
            text: text.chars().take(32).collect(),
        })
    }

    /// The same day `months` later, or the last of that month where it is shorter: 31 January and one month
    /// is 28 (29) February. `None` beyond year 9999.
    pub fn plus_months(self, months: u16) -> Option<Self> {
        let months = u32::from(self.year) * 12 + u32::from(self.month - 1) + u32::from(months);
        let year = u16::try_from(months / 12).ok()?;
        let month = u8::try_from(months % 12 + 1).ok()?;
        Self::new(year, month, self.day.min(days_in(year, month)))
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl TryFrom<String> for Day {
    type Error = PartnershipError;
    fn try_from(text: String) -> Result<Self, PartnershipError> {
        Self::parse(&text)
    }
}

impl From<Day> for String {
    fn from(day: Day) -> Self {
        day.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(text: &str, months: u16) -> String {
        let later = Day::parse(text).unwrap().plus_months(months);
        later.map(String::from).unwrap_or_default()
    }

    #[test]
    fn months_end_where_the_calendar_ends_them() {
        assert_eq!(after("2027-01-15", 3), "2027-04-15");
        assert_eq!(after("2027-11-30", 3), "2028-02-29");
        assert_eq!(after("2024-02-29", 12), "2025-02-28");
        assert_eq!(after("2024-02-29", 48), "2028-02-29");
        assert_eq!(after("2096-02-29", 48), "2100-02-28", "a century is no leap year");
        assert_eq!(
            after("1996-02-29", 48),
            "2000-02-29",
            "but every fourth century is"
        );
        assert_eq!(after("2027-12-31", 0), "2027-12-31");
        assert_eq!(after("2027-12-31", 2), "2028-02-29");
        assert_eq!(after("9999-12-01", 1), "", "the calendar of ISO text ends");
    }

    #[test]
    fn only_days_that_exist_are_read() {
        for text in [
            "",
            "2027-1-15",
            "2027-02-29",
            "2100-02-29",
            "2027-13-01",
            "2027-00-10",
            "2027-04-31",
            "0000-01-01",
            "2027-01-15-01",
            "15-01-2027",
            "+027-01-15",
            "２０２７-01-15",
            "2027-01-00",
        ] {
            let refused = Day::parse(text).unwrap_err();
            assert_eq!(refused.code(), "partnership-date-invalid", "{text}");
        }
        assert!(Day::parse(" 2000-02-29 ").is_ok());
    }

    #[test]
    fn a_walk_through_four_centuries_counts_the_days_the_gregorian_calendar_has() {
        let mut days = 0;
        for year in 1601..=2000 {
            for month in 1..=12 {
                days += (1..=31)
                    .filter(|&day| Day::new(year, month, day).is_some())
                    .count();
            }
        }
        assert_eq!(days, 146_097);
    }
}
