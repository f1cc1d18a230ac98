//! Shares as people type and read them.

use super::decimal;
use crate::domain::Language;

/// A typed percentage as a share in [0, 1]: `12`, `12,5`, `12.5 %`. `None` if it is no number from 0 to 100.
///
/// Comma and point are both decimal marks: no percentage needs a thousands separator.
pub fn parse_percent(text: &str) -> Option<f64> {
    let text = text.trim().trim_end_matches('%').trim_end().replace(',', ".");
    let plain = text.starts_with(|c: char| c.is_ascii_digit())
        && text.chars().all(|c| c.is_ascii_digit() || c == '.');
    let percent: f64 = text.parse().ok().filter(|_| plain)?;
    (percent <= 100.0).then_some(percent / 100.0)
}

/// A share as a percentage without the sign, with as many decimals as it needs, at most two: `12.5`.
pub fn percent_figure(share: f64, language: Language) -> String {
    let hundredths = (share * 10_000.0).round();
    let decimals = match () {
        () if hundredths % 100.0 == 0.0 => 0,
        () if hundredths % 10.0 == 0.0 => 1,
        () => 2,
    };
    decimal(hundredths / 100.0, decimals, language)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentages_are_read_in_both_conventions() {
        for (text, share) in [
            ("12", 0.12),
            (" 12,5 % ", 0.125),
            ("12.5", 0.125),
            ("0", 0.0),
            ("100%", 1.0),
        ] {
            assert_eq!(parse_percent(text), Some(share), "{text}");
        }
        for text in ["", "%", "-1", "100,1", "1e1", "abc", "1.2.3", "NaN", "5O", ".5"] {
            assert_eq!(parse_percent(text), None, "{text}");
        }
    }

    #[test]
    fn what_is_shown_reads_back_as_the_same_share() {
        for (share, shown) in [
            (0.12, "12"),
            (0.125, "12,5"),
            (0.0333, "3,33"),
            (1.0, "100"),
            (0.0, "0"),
        ] {
            assert_eq!(percent_figure(share, Language::Id), shown);
            assert_eq!(parse_percent(shown), Some(share));
        }
    }
}
