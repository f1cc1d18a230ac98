//! A picture to take along: the buttons that save it, and what stands on the file.

use crate::app::{App, exports};
use crate::browser::picture::colour;
use crate::charts::drawing::Drawing;
use crate::charts::sheet::{Palette, SvgFile, Words, standalone};
use crate::text::say;
use std::rc::Rc;
use yew::prelude::*;

/// What is saved of a picture: the same shapes as on the page, or the same figures drawn for a sheet of paper.
#[derive(Clone, Debug, PartialEq)]
pub struct Saved {
    /// The finding in words.
    pub finding: String,
    /// What colours and signs mean; blank for nothing.
    pub legend: String,
    /// The picture.
    pub drawing: Drawing,
}

/// Two buttons that save the picture called `title`; nothing for an empty one. Their ids are `<id>-svg` and `<id>-png`.
pub fn save_buttons(app: &App, id: &str, title: &AttrValue, saved: Saved) -> Html {
    if saved.drawing.is_empty() {
        return html! {};
    }
    let words = Words {
        title: title.to_string(),
        finding: saved.finding,
        legend: saved.legend,
        source: source(app),
        language: app.i18n.language.code().to_owned(),
    };
    let picture = Rc::new((saved.drawing, words));
    let save = |photograph: bool| {
        let (app, picture) = (app.clone(), Rc::clone(&picture));
        Callback::from(move |_: MouseEvent| {
            let (drawing, words) = &*picture;
            if photograph {
                let file = file(drawing, words, 2.0);
                let size = [file.width, file.height];
                exports::save_png(&app, &words.title, &file.text, size, say::picture_no_png());
            } else {
                exports::save_svg(&app, &words.title, &file(drawing, words, 1.0).text);
            }
        })
    };
    html! {
        <p class="save-picture" role="group" aria-label={app.say(say::picture_save_named(title.as_str()))}>
            <span class="meta">{ app.say(say::picture_save()) }</span>
            <button type="button" class="link" id={format!("{id}-svg")} onclick={save(false)}>{ "SVG" }</button>
            <button type="button" class="link" id={format!("{id}-png")} onclick={save(true)}>{ "PNG" }</button>
        </p>
    }
}

/// The file in the colours of the page as it is now.
fn file(drawing: &Drawing, words: &Words, scale: f64) -> SvgFile {
    standalone(drawing, words, &Palette::new(colour), scale)
}

fn source(app: &App) -> String {
    let plan = app.text(&app.state().scenario.title);
    let message = if plan.is_empty() {
        say::picture_source(app.i18n.today())
    } else {
        say::picture_source_of(app.i18n.today(), plan)
    };
    app.say(message).to_string()
}
