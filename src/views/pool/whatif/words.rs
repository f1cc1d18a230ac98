//! Names of cards and drivers, and differences in words.

use crate::app::App;
use crate::charts::dots::frequency;
use crate::components::sector_name;
use crate::domain::{Language, Lever, Sector};
use crate::partnership::table::Words;
use crate::partnership::{Card, CardKind};
use crate::risk::{Contrast, EventTarget, EventUnit};
use crate::state::selectors;
use crate::text::{Message, say};
use crate::views::pool::money_words::funder_name;

/// "All projects get dearer (20%)", "Rapat rutin".
pub(super) fn card_name(app: &App, card: &Card) -> String {
    let CardKind::Event(event) = card.kind else {
        return kind_name(app, card.kind);
    };
    let name = kind_name(app, card.kind);
    let by = card.figure().unwrap_or_default();
    let named = app.say(match event.row().unit {
        EventUnit::Percent => say::whatif_named_percent(u64::from(by), name),
        EventUnit::Quarters => say::whatif_named_quarters(u64::from(by), name),
    });
    match (event.row().target, card.target_in(&app.state().scenario)) {
        (EventTarget::Pledge, Some(id)) => format!("{named}: {}", funder_name(app, &id)),
        (EventTarget::Project, Some(id)) => format!("{named}: {}", app.project_name(&id)),
        _ => named.to_string(),
    }
}

/// What readers call a card.
pub(super) fn kind_name(app: &App, kind: CardKind) -> String {
    match kind {
        CardKind::Event(event) => app
            .say(Message::of_code("whatif-event", event.row().code))
            .to_string(),
        CardKind::Lever(lever) => lever_name(app, lever),
    }
}

fn in_language(app: &App, words: &Words) -> String {
    match app.i18n.language {
        Language::Id => words.id.to_string(),
        Language::En => words.en.to_string(),
    }
}

/// The name of a lever, with a capital.
fn lever_name(app: &App, lever: Lever) -> String {
    let table = selectors::lever_table();
    let name = table.iter().find(|(_, row)| row.lever == lever);
    let name = name.map_or_else(|| lever.row().to_owned(), |(name, _)| in_language(app, name));
    let mut letters = name.chars();
    let first = letters
        .next()
        .map(|letter| letter.to_uppercase().collect::<String>());
    first.unwrap_or_default() + letters.as_str()
}

/// "+4 of 20"; a clear difference below one future of twenty is a little.
pub(super) fn change(app: &App, contrast: &Contrast) -> String {
    if !contrast.is_clear() {
        return app.say(say::whatif_unclear()).to_string();
    }
    let (before, after) = (
        frequency(contrast.before).filled,
        frequency(contrast.after).filled,
    );
    app.say(match (before.cmp(&after), contrast.difference > 0.0) {
        (std::cmp::Ordering::Less, _) => say::whatif_gained(after - before),
        (std::cmp::Ordering::Greater, _) => say::whatif_lost(before - after),
        (std::cmp::Ordering::Equal, true) => say::whatif_little_more(),
        (std::cmp::Ordering::Equal, false) => say::whatif_little_less(),
    })
    .to_string()
}

/// What varies, by its id.
pub(super) fn driver_name(app: &App, id: &str) -> String {
    let Some((kind, of)) = id.split_once(':') else {
        return id.to_owned();
    };
    app.say(match kind {
        "pledge" => say::doubt_driver_pledge(funder_name(app, of)),
        "delay" => say::driver_delay(funder_name(app, of)),
        "withdraw" => say::driver_withdraw(funder_name(app, of)),
        "rate" => say::driver_rate(of),
        "cost" => say::driver_cost(app.project_name(of)),
        "shock" => {
            let sector = Sector::ALL.into_iter().find(|sector| sector.code() == of);
            let name = sector.map_or_else(
                || of.to_owned(),
                |sector| app.say(sector_name(sector)).to_string(),
            );
            say::doubt_driver_shock(name)
        }
        _ => return id.to_owned(),
    })
    .to_string()
}
