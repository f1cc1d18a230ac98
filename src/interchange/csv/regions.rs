//! Regions as people write them: `34.02`, `3402`, `Kabupaten Bantul`, `Kab. Bantul`, `Bantul`, `DIY`.

use super::vocabulary::normal;
use crate::cases::regions;
use crate::domain::RegionCode;
use std::collections::BTreeMap;

/// Provinces people call otherwise than the list does.
const OTHER_NAMES: [(&str, &str); 12] = [
    ("diy", "34"),
    ("di yogyakarta", "34"),
    ("d i yogyakarta", "34"),
    ("dki jakarta", "31"),
    ("jakarta", "31"),
    ("dk jakarta", "31"),
    ("ntb", "52"),
    ("ntt", "53"),
    ("kepri", "21"),
    ("bangka belitung", "19"),
    ("aceh", "11"),
    ("yogyakarta", "34"),
];

/// Every name of the list, ready to be looked up.
#[derive(Debug)]
pub(super) struct Regions {
    by_name: BTreeMap<String, Option<&'static str>>,
}

impl Regions {
    /// Builds the index: 552 regions, two names each. A short name two regions share (`Bandung`: a regency
    /// and a city) means none of them.
    pub fn new() -> Self {
        let mut by_name: BTreeMap<String, Option<&'static str>> = BTreeMap::new();
        for region in regions::all() {
            for name in [region.name, region.short_name()] {
                let known = by_name.entry(normal(name)).or_insert(Some(region.code));
                if *known != Some(region.code) {
                    *known = None;
                }
            }
        }
        for region in regions::all() {
            // A full name is never ambiguous, also where it is another's short one.
            by_name.insert(normal(region.name), Some(region.code));
        }
        for (name, code) in OTHER_NAMES {
            by_name.insert(name.to_owned(), Some(code));
        }
        Self { by_name }
    }

    /// The region a cell means; `None` if it is neither a known name nor shaped like a code.
    pub fn find(&self, cell: &str) -> Option<RegionCode> {
        let cell = cell.trim();
        if regions::region(cell).is_some() {
            return RegionCode::new(cell).ok();
        }
        if let Some((province, regency)) = cell.split_at_checked(2)
            && !regency.starts_with('.')
            && let Some(region) = regions::region(&format!("{province}.{regency}"))
        {
            return region.region_code();
        }
        let words = normal(cell);
        let words = match words.split_once(' ') {
            Some(("kab", rest)) => format!("kabupaten {rest}"),
            Some(("prov" | "provinsi" | "province", rest)) => rest.to_owned(),
            _ => words,
        };
        match self.by_name.get(&words) {
            Some(code) => code.and_then(|code| RegionCode::new(code).ok()),
            None if looks_like_a_code(cell) => RegionCode::new(cell).ok(),
            None => None,
        }
    }
}

/// Other countries' codes: short, without space, with a digit or all in capitals (`TL-DI`, `12.3`, `SABAH`).
fn looks_like_a_code(cell: &str) -> bool {
    let fits = |character: char| character.is_ascii_alphanumeric() || matches!(character, '.' | '-' | '_');
    let telling =
        cell.bytes().any(|byte| byte.is_ascii_digit()) || !cell.bytes().any(|byte| byte.is_ascii_lowercase());
    (1..=16).contains(&cell.len()) && cell.chars().all(fits) && telling
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regions_by_code_and_by_the_names_people_use() {
        let regions = Regions::new();
        for (cell, code) in [
            ("34", "34"),
            ("34.02", "34.02"),
            ("3402", "34.02"),
            ("Kabupaten Bantul", "34.02"),
            ("Kab. Bantul", "34.02"),
            ("BANTUL", "34.02"),
            ("Provinsi Bali", "51"),
            ("DI Yogyakarta", "34"),
            ("Kota Yogyakarta", "34.71"),
            ("Kota Bandung", "32.73"),
            ("TL-DI", "TL-DI"),
        ] {
            assert_eq!(
                regions.find(cell).as_ref().map(RegionCode::as_str),
                Some(code),
                "{cell}"
            );
        }
        for cell in ["Bandung", "Atlantis", "", "é", "di mana saja"] {
            assert_eq!(regions.find(cell), None, "{cell}");
        }
    }

    #[test]
    fn every_region_of_the_list_is_found_by_its_code_and_its_full_name() {
        let index = Regions::new();
        for region in regions::all() {
            assert_eq!(index.find(region.code), region.region_code());
            assert_eq!(index.find(region.name), region.region_code(), "{}", region.name);
        }
    }
}
