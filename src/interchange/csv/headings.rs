//! Which column holds what: headings in Indonesian and English, machine-made or as people write them.

use super::heading_words::{Family, PLAIN, PREFIXES, SUFFIXES};
use super::vocabulary::{kind, normal};
use crate::domain::{Currency, KindId, Language, ResourceKind};

/// What a column holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Column {
    Id,
    /// In one language, or for every reader.
    Name(Option<Language>),
    Sector,
    Region,
    Description(Option<Language>),
    Goals,
    Pace,
    Formality,
    HorizonMonths,
    Donors,
    Programmes,
    ParticipationCost,
    Offer(KindId),
    Need(KindId),
    Priority(KindId),
    /// Several offers in one cell: `dana: 500 juta; relawan: 20`.
    Offers,
    Needs,
    /// Of an `offer:` or `need:` heading whose kind is none of the built-in ones: the user's own.
    CustomOffer(KindId),
    CustomNeed(KindId),
    CustomPriority(KindId),
    /// Nothing the product knows.
    Unknown,
}

/// A column with the currency its heading states, as in `Dana (USD)`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Heading {
    pub column: Column,
    pub currency: Option<Currency>,
}

/// What a heading means. `Unknown` never fails: the column is then left out and listed.
pub(super) fn heading(text: &str, builtin: &[ResourceKind]) -> Heading {
    let text = text.trim();
    let (base, bracketed) = match text
        .strip_suffix([')', ']'])
        .and_then(|rest| rest.rsplit_once(['(', '[']))
    {
        Some((base, inside)) => (base.trim(), Some(inside.trim())),
        None => (text, None),
    };
    let currency = bracketed.and_then(currency);
    // The whole first: "Tawaran (dana)" has its kind in brackets, "Dana ditawarkan (hari)" only a unit.
    let found = column(text, builtin);
    let column = match (found, bracketed) {
        (
            Column::Unknown | Column::CustomOffer(_) | Column::CustomNeed(_) | Column::CustomPriority(_),
            Some(_),
        ) => column(base, builtin),
        (found, _) => found,
    };
    Heading { column, currency }
}

fn currency(inside: &str) -> Option<Currency> {
    match inside.trim_end_matches('.') {
        "Rp" | "rp" | "RP" | "rupiah" | "Rupiah" => Some(Currency::IDR),
        code => Currency::new(code).ok(),
    }
}

fn column(text: &str, builtin: &[ResourceKind]) -> Column {
    let words = normal(text);
    let plain = |words: &str| {
        PLAIN
            .iter()
            .find(|(_, names)| names.contains(&words))
            .map(|(column, _)| column.clone())
    };
    if let Some(column) = plain(&words) {
        return column;
    }
    if let Some((base, tag)) = words.rsplit_once(' ')
        && let Some(language) = language(tag)
    {
        match plain(base) {
            Some(Column::Name(None)) => return Column::Name(Some(language)),
            Some(Column::Description(None)) => return Column::Description(Some(language)),
            _ => {}
        }
    }
    for (family, prefixes) in PREFIXES {
        for prefix in prefixes {
            let rest = words.strip_prefix(prefix).and_then(|rest| rest.strip_prefix(' '));
            if let Some(kind) = rest.and_then(|rest| kind(rest, builtin)) {
                return family.of(kind);
            }
        }
    }
    for (family, suffixes) in SUFFIXES {
        for suffix in suffixes {
            let rest = words.strip_suffix(suffix).and_then(|rest| rest.strip_suffix(' '));
            if let Some(kind) = rest.and_then(|rest| kind(rest, builtin)) {
                return family.of(kind);
            }
        }
    }
    custom(text).unwrap_or(Column::Unknown)
}

fn language(tag: &str) -> Option<Language> {
    match tag {
        "id" | "indonesia" | "indonesian" => Some(Language::Id),
        "en" | "inggris" | "english" => Some(Language::En),
        _ => None,
    }
}

/// `offer:boats`: with a colon the table says plainly that this is a kind, known or not.
fn custom(text: &str) -> Option<Column> {
    let (prefix, id) = text.split_once(':')?;
    let prefix = normal(prefix);
    let (family, _) = PREFIXES
        .iter()
        .find(|(_, prefixes)| prefixes.contains(&prefix.as_str()))?;
    let kind = KindId::new(id).ok()?;
    Some(match family {
        Family::Offer => Column::CustomOffer(kind),
        Family::Need => Column::CustomNeed(kind),
        Family::Priority => Column::CustomPriority(kind),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::builtin_kinds;

    fn read(text: &str) -> Heading {
        heading(text, &builtin_kinds())
    }

    fn id(text: &str) -> KindId {
        KindId::new(text).unwrap()
    }

    #[test]
    fn headings_as_people_write_them() {
        for (text, expected) in [
            ("Nama Organisasi", Column::Name(None)),
            ("NAME", Column::Name(None)),
            ("name:en", Column::Name(Some(Language::En))),
            ("Nama (id)", Column::Name(Some(Language::Id))),
            ("Sektor*", Column::Sector),
            ("Kabupaten/Kota", Column::Region),
            ("horizon_months", Column::HorizonMonths),
            ("offer:funds", Column::Offer(id("funds"))),
            ("Tawaran: Dana", Column::Offer(id("funds"))),
            ("Tawaran (dana)", Column::Offer(id("funds"))),
            ("kebutuhan relawan", Column::Need(id("staff"))),
            ("Need - policy and permits", Column::Need(id("permits"))),
            ("Dana yang dibutuhkan", Column::Need(id("funds"))),
            ("prioritas:keahlian", Column::Priority(id("expertise"))),
            ("Kebutuhan", Column::Needs),
            ("offer:boats", Column::CustomOffer(id("boats"))),
            ("Catatan rapat", Column::Unknown),
            ("", Column::Unknown),
        ] {
            assert_eq!(read(text).column, expected, "{text}");
        }
    }

    #[test]
    fn a_currency_in_brackets_is_kept_and_a_unit_is_not_in_the_way() {
        let dollars = Currency::new("USD").unwrap();
        assert_eq!(
            read("offer:funds (USD)"),
            Heading {
                column: Column::Offer(id("funds")),
                currency: Some(dollars)
            }
        );
        assert_eq!(read("Dana dibutuhkan (Rp)").currency, Some(Currency::IDR));
        assert_eq!(
            read("Relawan ditawarkan (hari)"),
            Heading {
                column: Column::Offer(id("staff")),
                currency: None
            }
        );
        assert_eq!(read("offer:boats (USD)").column, Column::CustomOffer(id("boats")));
    }

    #[test]
    fn no_heading_stands_for_two_columns() {
        let mut seen = std::collections::BTreeSet::new();
        for (_, names) in PLAIN {
            for name in names {
                assert!(seen.insert(*name), "{name} twice");
                assert_eq!(normal(name), *name);
            }
        }
    }
}
