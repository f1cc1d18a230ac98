//! The paper itself: to read, to write over in place, to print.

use super::choices::language_name;
use super::words::{Paper, PaperSection, heading};
use crate::app::{App, focus_later};
use crate::browser::dom::HtmlTextAreaElement;
use crate::components::{IconName, icon};
use crate::domain::{Language, SectionCode};
use crate::state::Edit;
use crate::text::say;
use yew::prelude::*;

/// The section being written over, and whether its field was emptied: then it stays empty until the person is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Editing {
    section: SectionCode,
    emptied: bool,
}

/// How the sections are written over; nothing where they are only read.
pub(super) type Pen = UseStateHandle<Option<Editing>>;

/// The paper. With a `pen` each section can be written over, and it has a title of its own.
pub(super) fn sheet(app: &App, paper: &Paper, pen: Option<&Pen>) -> Html {
    let lang = paper.language.code();
    html! {
        <article class="paper" id="paper" {lang}>
            <header>
                if pen.is_some() { <h2>{ paper.title.clone() }</h2> }
                if !paper.subject.is_empty() { <p class="paper-subject">{ paper.subject.clone() }</p> }
                <p class="paper-draft">{ paper.draft_of.clone() }</p>
            </header>
            <div class="paper-sections">{ for paper.sections.iter().enumerate().map(|(index, section)| one(app, paper, index, section, pen)) }</div>
            if !paper.parties.is_empty() {
                <section class="paper-signatures" aria-labelledby="paper-signatures">
                    <h3 id="paper-signatures">{ paper.signatures.clone() }</h3>
                    <ul>{ for paper.parties.iter().map(|party| html! {
                        <li><b>{ party.clone() }</b><span>{ paper.sign.clone() }</span></li>
                    }) }</ul>
                </section>
            }
            <footer>{ for paper.notes.iter().map(|note| html! { <p>{ note.clone() }</p> }) }</footer>
        </article>
    }
}

fn one(app: &App, paper: &Paper, index: usize, section: &PaperSection, pen: Option<&Pen>) -> Html {
    let code = section.code.code();
    let title = format!("paper-title-{code}");
    let editing = pen.and_then(|pen| (**pen).filter(|editing| editing.section == section.code));
    html! {
        <section key={code} id={format!("paper-{code}")} aria-labelledby={title.clone()}>
            <div class="paper-head">
                <h3 id={title}>{ index + 1 }{ ". " }{ section.heading.clone() }</h3>
                if let Some(pen) = pen { { tools(app, section, pen, editing.is_some()) } }
            </div>
            if let (Some(pen), Some(editing)) = (pen, editing) {
                { field(app, paper, section, pen, editing) }
            } else {
                <ul class="paper-lines">{ for section.lines.iter().map(|line| html! { <li>{ line.clone() }</li> }) }</ul>
            }
            if let (Some(_), Some(language)) = (pen, section.elsewhere) {
                <p class="meta paper-tools" lang={app.i18n.language.code()}>
                    { app.say(say::paper_other_language(language_name(app, language).as_str())) }
                </p>
            }
        </section>
    }
}

/// What stands beside the heading: whose words these are, and the way to change them.
fn tools(app: &App, section: &PaperSection, pen: &Pen, open: bool) -> Html {
    let code = section.code.code();
    let edit = {
        let (pen, section) = (pen.clone(), section.code);
        Callback::from(move |_: MouseEvent| {
            pen.set(Some(Editing {
                section,
                emptied: false,
            }));
            focus_later(format!("paper-text-{}", section.code()));
        })
    };
    let name = app.say(heading(section.code));
    html! {
        <div class="paper-tools" lang={app.i18n.language.code()}>
            if section.own.is_some() { <span class="paper-own">{ app.say(say::paper_own()) }</span> }
            if !open {
                <button type="button" class="ghost with-icon" id={format!("paper-edit-{code}")} onclick={edit}>
                    { icon(IconName::Pencil) }
                    <span aria-hidden="true">{ app.say(say::paper_edit()) }</span>
                    <span class="visually-hidden">{ app.say(say::paper_edit_section(name.as_str())) }</span>
                </button>
            }
        </div>
    }
}

/// The words as a field. What is typed is in the plan at once; the draft's own words are never kept as somebody's.
fn field(app: &App, paper: &Paper, section: &PaperSection, pen: &Pen, editing: Editing) -> Html {
    let code = section.code.code();
    let id = format!("paper-text-{code}");
    let hint = format!("{id}-hint");
    let value = match &section.own {
        Some(own) => own.clone(),
        None if editing.emptied => String::new(),
        None => section.draft.clone(),
    };
    let rows = rows(&value).to_string();
    let label = app.say(say::paper_text_label(app.say(heading(section.code)).as_str()));
    html! {
        <div class="field paper-field" lang={app.i18n.language.code()}>
            <label for={id.clone()}>{ label }</label>
            <textarea {id} {value} {rows} lang={paper.language.code()} maxlength="4000" aria-describedby={hint.clone()}
                oninput={typed(app, section, pen, paper.language)} />
            <p class="note" id={hint}>{ app.say(say::paper_text_hint()) }</p>
            <div class="row">
                <button type="button" class="primary" id={format!("paper-done-{code}")} onclick={done(pen, section.code)}>{ app.say(say::paper_done()) }</button>
                <button type="button" id={format!("paper-back-{code}")} onclick={back(app, pen, section.code, paper.language)}>{ app.say(say::paper_back()) }</button>
            </div>
        </div>
    }
}

/// Rows that hold the words without scrolling on most screens.
fn rows(text: &str) -> usize {
    let rows: usize = text.lines().map(|line| 1 + line.chars().count() / 60).sum();
    rows.clamp(3, 16)
}

fn typed(app: &App, section: &PaperSection, pen: &Pen, language: Language) -> Callback<InputEvent> {
    let (app, pen, code, draft) = (app.clone(), pen.clone(), section.code, section.draft.clone());
    Callback::from(move |event: InputEvent| {
        let words = event.target_unchecked_into::<HtmlTextAreaElement>().value();
        pen.set(Some(Editing {
            section: code,
            emptied: words.trim().is_empty(),
        }));
        app.edit(Edit::WriteAgreement {
            section: code,
            language,
            words: if words == draft { String::new() } else { words },
        });
    })
}

fn close(pen: &Pen, section: SectionCode) {
    pen.set(None);
    focus_later(format!("paper-edit-{}", section.code()));
}

fn done(pen: &Pen, section: SectionCode) -> Callback<MouseEvent> {
    let pen = pen.clone();
    Callback::from(move |_| close(&pen, section))
}

fn back(app: &App, pen: &Pen, section: SectionCode, language: Language) -> Callback<MouseEvent> {
    let (app, pen) = (app.clone(), pen.clone());
    Callback::from(move |_| {
        app.edit(Edit::DraftAgreement { section, language });
        close(&pen, section);
    })
}
