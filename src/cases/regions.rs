//! Names of Indonesian provinces, regencies and cities by their administrative code.
//!
//! One embedded text, `scenarios/regions.csv`: a heading, then `code,name` a line, sorted by code in byte
//! order. Nothing is parsed when the program starts: a look-up is a binary search over the bytes, and lists
//! are slices of the text.
//!
//! Source: codes and names as facts from cahyadsn/wilayah (MIT), Kementerian Dalam Negeri numbering.

use crate::domain::RegionCode;

const TEXT: &str = include_str!("../../scenarios/regions.csv");

/// A region: its code and what people call it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Region {
    /// `34` (province) or `34.02` (regency or city).
    pub code: &'static str,
    /// `Kabupaten Bantul`. The same in every language: a proper name.
    pub name: &'static str,
}

impl Region {
    /// The code as the domain's type.
    pub fn region_code(&self) -> Option<RegionCode> {
        RegionCode::new(self.code).ok()
    }

    /// The name without its leading `Kabupaten`, `Kota` or `Kota Administrasi`.
    pub fn short_name(&self) -> &'static str {
        [
            "Kabupaten Administrasi ",
            "Kota Administrasi ",
            "Kabupaten ",
            "Kota ",
        ]
        .into_iter()
        .find_map(|prefix| self.name.strip_prefix(prefix))
        .unwrap_or(self.name)
    }

    fn is_province(&self) -> bool {
        !self.code.contains('.')
    }

    fn from_line(line: &'static str) -> Option<Self> {
        let (code, name) = line.split_once(',')?;
        Some(Self { code, name })
    }
}

/// The rows without their heading.
fn rows() -> &'static str {
    TEXT.split_once('\n').map_or("", |(_, rows)| rows)
}

/// Every region, by code: each province is followed by its regencies and cities.
pub fn all() -> impl Iterator<Item = Region> {
    rows().lines().filter_map(Region::from_line)
}

/// The rows from the first whose code is not below `code` (byte order).
///
/// Binary search over byte offsets: `low` and `high` always stand at the start of a line, every line before
/// `low` is below `code` and none from `high` on is. Cost: O(log n) lines looked at.
fn from_code(code: &str) -> &'static str {
    let rows = rows();
    let (mut low, mut high) = (0, rows.len());
    while low < high {
        let middle = low + (high - low) / 2;
        // A byte offset may fall inside a character, so the line is looked for in the bytes.
        let before = rows.as_bytes().get(low..middle).unwrap_or_default();
        let start = before
            .iter()
            .rposition(|&byte| byte == b'\n')
            .map_or(low, |newline| low + newline + 1);
        let rest = rows.get(start..).unwrap_or_default();
        let line = rest.lines().next().unwrap_or_default();
        match Region::from_line(line) {
            Some(region) if region.code < code => low = (start + line.len() + 1).min(high),
            _ => high = start,
        }
    }
    rows.get(low..).unwrap_or_default()
}

/// The region of this code; `None` if Indonesia has none (other countries' codes are not named here).
pub fn region(code: &str) -> Option<Region> {
    let line = from_code(code).lines().next()?;
    Region::from_line(line).filter(|region| region.code == code)
}

/// The name of a region: `Kabupaten Bantul` for `34.02`; `None` for a code not in the list.
pub fn region_name(code: &RegionCode) -> Option<&'static str> {
    region(code.as_str()).map(|region| region.name)
}

/// The 38 provinces, by code.
pub fn provinces() -> impl Iterator<Item = Region> {
    all().filter(Region::is_province)
}

/// The regencies and cities of a province, by code; nothing if `province` is not one.
pub fn regencies_of(province: &str) -> impl Iterator<Item = Region> {
    from_code(province)
        .lines()
        .filter_map(Region::from_line)
        .take_while(move |region| region.code.starts_with(province))
        .filter(move |region| {
            region
                .code
                .strip_prefix(province)
                .is_some_and(|rest| rest.starts_with('.'))
        })
}

/// The regions a person means by what she has typed so far.
///
/// A region is found if its name contains `text` whatever the case, or its code begins with it. Order: names
/// that begin with it (with or without `Kabupaten` or `Kota`) or codes that do, then the others; within each,
/// by code. White space around `text` does not count; nothing typed finds nothing.
///
/// Cost: one pass over 552 names.
pub fn search(text: &str) -> Vec<Region> {
    let wanted = text.trim().to_lowercase();
    if wanted.is_empty() {
        return Vec::new();
    }
    let begins = |region: &Region| {
        region.code.starts_with(&wanted)
            || [region.name, region.short_name()]
                .iter()
                .any(|name| name.to_lowercase().starts_with(&wanted))
    };
    let (mut found, others): (Vec<_>, Vec<_>) = all()
        .filter(|region| begins(region) || region.name.to_lowercase().contains(&wanted))
        .partition(begins);
    found.extend(others);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_finds_its_own_name_and_codes_between_find_nothing() {
        assert!(all().is_sorted_by(|a, b| a.code < b.code));
        for expected in all() {
            assert_eq!(region(expected.code), Some(expected));
            let code = expected.region_code().unwrap();
            assert_eq!(region_name(&code), Some(expected.name));
            for near in ["0", "."] {
                assert_eq!(region(&format!("{}{near}", expected.code)), None);
            }
        }
        for code in ["", "0", "10", "34.00", "34.99", "99", "zz", "é", "34,Daerah"] {
            assert_eq!(region(code), None, "{code}");
        }
    }

    #[test]
    fn provinces_hold_all_regencies_and_cities() {
        let provinces: Vec<_> = provinces().collect();
        assert_eq!(provinces.len(), 38);
        let inside: usize = provinces
            .iter()
            .map(|province| regencies_of(province.code).count())
            .sum();
        assert_eq!(inside + provinces.len(), all().count());
        let yogyakarta: Vec<_> = regencies_of("34").map(|region| region.name).collect();
        assert_eq!(
            yogyakarta,
            [
                "Kabupaten Kulon Progo",
                "Kabupaten Bantul",
                "Kabupaten Gunungkidul",
                "Kabupaten Sleman",
                "Kota Yogyakarta"
            ]
        );
        for none in ["", "3", "34.02", "99"] {
            assert_eq!(regencies_of(none).next(), None, "{none}");
        }
    }

    #[test]
    fn what_is_typed_finds_names_that_begin_so_first() {
        let names = |text| {
            search(text)
                .into_iter()
                .map(|region| region.name)
                .collect::<Vec<_>>()
        };
        assert_eq!(names(" bantul "), ["Kabupaten Bantul"]);
        assert_eq!(names("34.7"), ["Kota Yogyakarta"]);
        assert_eq!(names("YOGYA"), ["Kota Yogyakarta", "Daerah Istimewa Yogyakarta"]);
        assert_eq!(names("   "), Vec::<&str>::new());
        assert_eq!(names("atlantis"), Vec::<&str>::new());
    }
}
