//! The table of organisations as this product writes it: every spreadsheet opens it, none runs it.

use super::delimited::{guarded, quoted};
use crate::domain::{Currency, KindId, Language, Organisation, Programme, Scenario, Text};
use crate::interchange::hidden::without_hidden;

/// The organisations of a scenario as CSV: comma, CRLF, UTF-8 with byte order mark (Excel asks for it).
///
/// Reading it back gives the same organisations, in the same order, but for what a table cannot say: outer
/// white space and hidden characters of texts, names of programmes in a second language, unit and flags of
/// the user's own kinds, and the order of offers and needs within an organisation. The lossless format is
/// [`write_scenario`](crate::interchange::write_scenario).
///
/// Text that a spreadsheet would run as a formula starts with `'`; reading removes exactly that one. Money is
/// in major units with a decimal point, its currency in the heading. `?` = unknown, empty = none.
///
/// Cost: O(organisations × columns).
pub fn write_organisations_csv(scenario: &Scenario) -> String {
    let organisations = &scenario.organisations;
    let mut columns = Vec::new();
    text_columns(&mut columns, "id", organisations, |organisation| {
        Some(organisation.id.as_str().to_owned())
    });
    bilingual_columns(&mut columns, "name", organisations, |organisation| {
        &organisation.name
    });
    columns.push(Written::text("sector", |organisation| {
        organisation.sector.code().to_owned()
    }));
    text_columns(&mut columns, "region", organisations, |organisation| {
        organisation
            .region
            .as_ref()
            .map(|region| region.as_str().to_owned())
    });
    bilingual_columns(&mut columns, "description", organisations, |organisation| {
        &organisation.description
    });
    list_column(&mut columns, "goals", organisations, |organisation| {
        organisation
            .goals
            .iter()
            .map(|goal| goal.as_str().to_owned())
            .collect()
    });
    text_columns(&mut columns, "pace", organisations, |organisation| {
        json_word(&organisation.working_style.pace)
    });
    text_columns(&mut columns, "formality", organisations, |organisation| {
        json_word(&organisation.working_style.formality)
    });
    text_columns(&mut columns, "horizon_months", organisations, |organisation| {
        organisation
            .working_style
            .horizon_months
            .map(|months| months.to_string())
    });
    list_column(&mut columns, "donors_sought", organisations, |organisation| {
        organisation.donors_sought.clone()
    });
    list_column(&mut columns, "programmes", organisations, |organisation| {
        organisation.programmes.iter().map(programme).collect()
    });
    let base = scenario.base_currency;
    let cost_heading = format!("participation_cost ({base})");
    text_columns(&mut columns, &cost_heading, organisations, move |organisation| {
        organisation
            .participation_cost_minor
            .map(|minor| major(minor, base))
    });
    for kind in scenario.all_kinds() {
        quantity_columns(&mut columns, &kind.id, organisations, base);
    }
    table(&columns, organisations)
}

/// An organisation's cell, if it has anything to put there.
type Cell<'a> = Box<dyn Fn(&Organisation) -> Option<String> + 'a>;

/// A column: its heading, and each organisation's cell before quoting.
struct Written<'a> {
    heading: String,
    cell: Box<dyn Fn(&Organisation) -> String + 'a>,
}

impl<'a> Written<'a> {
    /// A column of text, guarded.
    fn text(heading: &str, cell: impl Fn(&Organisation) -> String + 'a) -> Self {
        Self {
            heading: heading.to_owned(),
            cell: Box::new(move |organisation| guarded(&without_hidden(&cell(organisation)))),
        }
    }
}

/// A column of text, left out if no organisation has any.
fn text_columns<'a>(
    columns: &mut Vec<Written<'a>>,
    heading: &str,
    organisations: &[Organisation],
    cell: impl Fn(&Organisation) -> Option<String> + 'a,
) {
    if organisations
        .iter()
        .any(|organisation| cell(organisation).is_some())
    {
        columns.push(Written::text(heading, move |organisation| {
            cell(organisation).unwrap_or_default()
        }));
    }
}

/// `name`, and `name:id`, `name:en` where texts are in both languages.
fn bilingual_columns<'a>(
    columns: &mut Vec<Written<'a>>,
    heading: &str,
    organisations: &[Organisation],
    text: impl Fn(&Organisation) -> &Text + Copy + 'a,
) {
    let plain = move |organisation: &Organisation| match text(organisation) {
        Text::Plain(plain) => Some(plain.clone()).filter(|plain| !plain.is_empty()),
        Text::Both { .. } => None,
    };
    let before = columns.len();
    text_columns(columns, heading, organisations, plain);
    for language in Language::ALL {
        let heading = format!("{heading}:{}", language.code());
        text_columns(columns, &heading, organisations, move |organisation| {
            match text(organisation) {
                Text::Plain(_) => None,
                both @ Text::Both { .. } => Some(both.get(language).to_owned()),
            }
        });
    }
    if columns.len() == before && heading == "name" {
        columns.push(Written::text(heading, |_| String::new()));
    }
}

/// Several items in one cell, `; ` between them, quoted where an item holds a separator.
fn list_column<'a>(
    columns: &mut Vec<Written<'a>>,
    heading: &str,
    organisations: &[Organisation],
    items: impl Fn(&Organisation) -> Vec<String> + 'a,
) {
    text_columns(columns, heading, organisations, move |organisation| {
        let items: Vec<String> = items(organisation).iter().map(|item| list_item(item)).collect();
        // A single item may hold no bare comma either: a lone list without `;` is split at commas.
        (!items.is_empty()).then(|| items.join(";"))
    });
}

fn list_item(item: &str) -> String {
    if item.contains([';', '|', ',', '"', '\n', '\r']) {
        format!("\"{}\"", item.replace('"', "\"\""))
    } else {
        item.to_owned()
    }
}

/// `offer:KIND`, `need:KIND`, `priority:KIND`: bare numbers, for spreadsheets to calculate with.
fn quantity_columns<'a>(
    columns: &mut Vec<Written<'a>>,
    kind: &KindId,
    organisations: &[Organisation],
    base: Currency,
) {
    let money = kind.as_str() == "funds";
    let suffix = if money {
        format!(" ({base})")
    } else {
        String::new()
    };
    let amount = move |quantity: Option<u64>| match quantity {
        None => "?".to_owned(),
        Some(minor) if money => major(minor, base),
        Some(quantity) => quantity.to_string(),
    };
    let mut add = |heading: String, cell: Cell<'a>| {
        if organisations
            .iter()
            .any(|organisation| cell(organisation).is_some())
        {
            columns.push(Written {
                heading,
                cell: Box::new(move |organisation| cell(organisation).unwrap_or_default()),
            });
        }
    };
    let id = kind.clone();
    add(
        format!("offer:{kind}{suffix}"),
        Box::new(move |organisation| organisation.offer(&id).map(|offer| amount(offer.quantity))),
    );
    let id = kind.clone();
    add(
        format!("need:{kind}{suffix}"),
        Box::new(move |organisation| organisation.need(&id).map(|need| amount(need.quantity))),
    );
    let id = kind.clone();
    add(
        format!("priority:{kind}"),
        Box::new(move |organisation| {
            organisation
                .need(&id)
                .map(|need| need.priority.level().to_string())
        }),
    );
}

/// An amount in major units: `1500000` rupiah, `1500.50` dollars.
fn major(minor: u64, currency: Currency) -> String {
    let digits = currency.minor_digits();
    let scale = 10_u64.pow(digits);
    match usize::try_from(digits) {
        Ok(width @ 1..) => format!("{}.{:0width$}", minor / scale, minor % scale),
        _ => minor.to_string(),
    }
}

/// `theme@region: name`.
fn programme(programme: &Programme) -> String {
    let region = programme
        .region
        .as_ref()
        .map(|region| format!("@{region}"))
        .unwrap_or_default();
    let name = programme.name.get(Language::Id);
    let name = if name.is_empty() {
        String::new()
    } else {
        format!(": {name}")
    };
    format!("{}{region}{name}", programme.theme)
}

/// The stable code of a one-word value, as the scenario file writes it.
fn json_word(word: &Option<impl serde::Serialize>) -> Option<String> {
    match serde_json::to_value(word.as_ref()?) {
        Ok(serde_json::Value::String(code)) => Some(code),
        _ => None,
    }
}

fn table(columns: &[Written<'_>], organisations: &[Organisation]) -> String {
    let mut text = String::from("\u{FEFF}");
    let mut line = |cells: &mut dyn Iterator<Item = String>| {
        let cells: Vec<String> = cells.map(|cell| quoted(&cell, ',')).collect();
        text.push_str(&cells.join(","));
        text.push_str("\r\n");
    };
    line(&mut columns.iter().map(|column| column.heading.clone()));
    for organisation in organisations {
        line(&mut columns.iter().map(|column| (column.cell)(organisation)));
    }
    text
}
