//! What people take away: the plan as a file, the organisations as a table, the report on paper.

use super::context::App;
use crate::browser::{document, files, intl, picture};
use crate::interchange::{hyphenated, pb, write_organisations_csv, write_scenario};
use crate::state::{Action, Tone};
use crate::text::{Message, say};

/// Offers the whole plan as a JSON file.
pub fn save_plan(app: &App) {
    let name = file_name(app, "json");
    offer(
        app,
        &name,
        "application/json",
        &write_scenario(&app.state().scenario),
    );
}

/// Offers the organisations as a CSV table.
pub fn save_organisations(app: &App) {
    let name = file_name(app, "csv");
    let table = write_organisations_csv(&app.state().scenario);
    offer(app, &name, "text/csv;charset=utf-8", &table);
}

/// Offers projects, ballots and budget as a Pabulib election; says why where that cannot be.
pub fn save_election(app: &App) {
    match pb::write_scenario(&app.state().scenario, app.i18n.language) {
        Ok(text) => offer(app, &file_name(app, "pb"), "text/plain;charset=utf-8", &text),
        Err(error) => {
            let reason = Message::of_code("export-pb", error.code()).with("value", error.value());
            app.dispatch(Action::Notify(Tone::Bad, reason));
        }
    }
}

/// Offers a text as a Markdown file, called for its `topic` and the plan.
pub fn save_text(app: &App, topic: &str, text: &str) {
    let name = topical_name(app, topic, "md");
    offer(app, &name, "text/markdown;charset=utf-8", text);
}

/// Offers an SVG text as a file, called for its `topic` and the plan.
pub fn save_svg(app: &App, topic: &str, svg: &str) {
    let name = topical_name(app, topic, "svg");
    offer(app, &name, "image/svg+xml", svg);
}

/// Offers the same as a PNG of `size`; says `refused` where the browser cannot draw it.
pub fn save_png(app: &App, topic: &str, svg: &str, size: [f64; 2], refused: Message) {
    let name = topical_name(app, topic, "png");
    let app = app.clone();
    picture::photograph(svg, size, move |png| {
        let (tone, message) = match png {
            Some(png) if files::offer(&name, &png) => (Tone::Good, say::export_done(name)),
            Some(_) => (Tone::Bad, say::export_refused(name)),
            None => (Tone::Bad, refused),
        };
        app.dispatch(Action::Notify(tone, message));
    });
}

/// Opens the browser's print dialogue.
pub fn print() {
    document::print();
}

fn offer(app: &App, name: &str, media_type: &str, content: &str) {
    let (tone, message) = if files::download(name, media_type, content) {
        (Tone::Good, say::export_done(name))
    } else {
        (Tone::Bad, say::export_refused(name))
    };
    app.dispatch(Action::Notify(tone, message));
}

fn file_name(app: &App, ending: &str) -> String {
    topical_name(app, "", ending)
}

fn topical_name(app: &App, topic: &str, ending: &str) -> String {
    let title = hyphenated(&app.text(&app.state().scenario.title), 60);
    let parts = [
        "gotong".to_owned(),
        hyphenated(topic, 40),
        title,
        intl::today_iso(),
    ];
    let parts: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    format!("{}.{ending}", parts.join("-"))
}
