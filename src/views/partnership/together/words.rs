//! Figures of the model in words.

use crate::app::App;
use crate::domain::{Language, OrgId};
use crate::partnership::table::{ModelRow, Words};
use crate::partnership::{Effort, FigureUnit, Measure, Range};
use crate::text::say;

/// A short text of the model in the reader's language.
pub fn of_model<'a>(app: &App, words: &'a Words) -> &'a str {
    match app.i18n.language {
        Language::Id => &words.id,
        Language::En => &words.en,
    }
}

/// The same at the start of a line.
pub fn titled(app: &App, words: &Words) -> String {
    capital(of_model(app, words))
}

/// `text` with a capital.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().collect::<String>() + letters.as_str()
    })
}

/// The row of the model of a measure, of a part of the friction map, or of a parameter.
pub fn row_of<'a>(model: &'a [ModelRow], code: &str) -> Option<&'a ModelRow> {
    model
        .iter()
        .find(|row| row.room == "partnership" && row.code == code)
}

/// What a measure is called.
pub fn measure_name(app: &App, model: &[ModelRow], measure: Measure) -> String {
    // The table of the model speaks of n years.
    if measure == Measure::StillRunning {
        return app.say(say::together_still_running()).to_string();
    }
    row_of(model, measure.code()).map_or_else(|| measure.code().to_owned(), |row| titled(app, &row.meaning))
}

/// One figure, a range, or "… or more", each end in the words of `figure`.
pub fn ranged(app: &App, range: Range, figure: impl Fn(f64) -> String) -> String {
    let low = figure(range.low);
    match range.high.map(figure) {
        None => app.say(say::together_or_more(low)).to_string(),
        Some(high) if high == low => low,
        Some(high) => app.say(say::together_range(high, low)).to_string(),
    }
}

/// A share: "40%", "20% to 60%".
pub fn share(app: &App, range: Range) -> String {
    ranged(app, range, |end| app.i18n.percent(end))
}

/// A count: "6", "3 to 6", "1,200 or more".
pub fn count(app: &App, range: Range) -> String {
    ranged(app, range, |end| app.i18n.decimal(end, 0))
}

/// An amount, also a negative one.
pub fn money(app: &App, range: Range) -> String {
    ranged(app, range, |end| {
        let size = app.i18n.simulated_money(end.abs());
        if end < 0.0 { format!("−{size}") } else { size }
    })
}

/// A figure in its unit.
pub fn measured(app: &App, range: Range, unit: FigureUnit) -> String {
    match unit {
        FigureUnit::Share => share(app, range),
        FigureUnit::Minor | FigureUnit::MinorPerPerson => money(app, range),
        FigureUnit::Ratio => ranged(app, range, |end| app.i18n.decimal(end, 2)),
        _ => count(app, range),
    }
}

/// Days, or what else may be no whole number: with a decimal then.
pub fn part_figure(app: &App, days: f64) -> String {
    app.i18n.decimal(days, usize::from(days.fract() != 0.0))
}

/// "36 person-days a year (about Rp 18 juta)".
pub fn effort(app: &App, of: Effort) -> String {
    let days = app
        .i18n
        .decimal(of.days, if of.days.fract() == 0.0 { 0 } else { 1 });
    let words = match of.minor {
        Some(minor) => say::together_effort(days, app.i18n.compact_money(minor)),
        None => say::together_effort_days(days),
    };
    app.say(words).to_string()
}

/// "A and B".
pub fn both(app: &App, (a, b): &(OrgId, OrgId)) -> String {
    app.say(say::list_and(app.org_name(a), app.org_name(b)))
        .to_string()
}
