//! The ballots of an election's file, looked at before they are taken over.

use crate::app::{App, focus_later};
use crate::browser::files::File;
use crate::components::working;
use crate::interchange::pb::{BallotImport, ballots_for};
use crate::interchange::{Format, Imported, RowProblem};
use crate::state::{Action, Edit, Tone};
use crate::text::{Message, say};
use std::rc::Rc;
use yew::prelude::*;

/// How many problems of a file are listed.
const LISTED: usize = 50;

/// How far a file is.
#[derive(Clone, PartialEq)]
enum Stage {
    None,
    Reading,
    Read(Rc<Imported>),
}

/// A file on its way.
#[derive(Clone, PartialEq)]
pub(super) struct Coming(UseStateHandle<Stage>);

#[hook]
pub(super) fn use_coming() -> Coming {
    Coming(use_state(|| Stage::None))
}

impl Coming {
    /// Reads the file chosen.
    pub(super) fn on_file(&self, app: &App) -> Callback<File> {
        let (app, stage) = (app.clone(), self.0.clone());
        Callback::from(move |file: File| {
            stage.set(Stage::Reading);
            let (app_then, stage) = (app.clone(), stage.clone());
            let on_done = Callback::from(move |read: Result<Rc<Imported>, Message>| {
                let refuse = |reason: Message| {
                    stage.set(Stage::None);
                    app_then.dispatch(Action::Notify(Tone::Bad, reason));
                };
                match read {
                    Ok(imported) if imported.format == Format::Pabulib => {
                        stage.set(Stage::Read(imported));
                        focus_later("voices-review-title");
                    }
                    Ok(_) => refuse(say::voices_import_no_election()),
                    Err(reason) => refuse(reason),
                }
            });
            app.read(&file, on_done);
        })
    }
}

/// What the file has for this plan, what was wrong with it, and the buttons that take it over or leave it.
pub(super) fn import(app: &App, coming: &Coming) -> Html {
    let imported = match &*coming.0 {
        Stage::None => return Html::default(),
        Stage::Reading => return html! { { working(&app.say(say::working())) } },
        Stage::Read(imported) => imported,
    };
    let found = ballots_for(&imported.scenario, &app.state().scenario.projects);
    let leave = |edit: Option<Edit>| {
        let (app, stage) = (app.clone(), coming.0.clone());
        Callback::from(move |_: MouseEvent| {
            if let Some(edit) = edit.clone() {
                app.edit(edit);
            }
            stage.set(Stage::None);
            focus_later("voices-ballots-title");
        })
    };
    let usable = !found.matched.is_empty() && found.voters > 0;
    let take = leave(usable.then(|| Edit::SetBallots(found.ballots.clone())));
    html! {
        <div class="review voices-review" role="region" aria-labelledby="voices-review-title">
            <h3 id="voices-review-title" tabindex="-1">{ app.say(say::voices_review_title()) }</h3>
            <p class="finding">{ app.say(finding(&found, app.state().scenario.projects.len())) }</p>
            { left_behind(app, &found) }
            { problems(app, &imported.problems) }
            <div class="row">
                if usable {
                    <button type="button" class="primary" id="voices-take" onclick={take}>{ app.say(say::voices_take(found.voters)) }</button>
                }
                <button type="button" id="voices-leave" onclick={leave(None)}>{ app.say(say::cancel()) }</button>
            </div>
        </div>
    }
}

fn finding(found: &BallotImport, projects: usize) -> Message {
    if found.matched.is_empty() {
        say::voices_review_nothing()
    } else {
        say::voices_review_found(found.matched.len(), projects, found.voters)
    }
}

/// Projects without votes, and voters without a project.
fn left_behind(app: &App, found: &BallotImport) -> Html {
    let names: Vec<String> = found
        .without_votes
        .iter()
        .map(|id| app.project_name(id.as_str()))
        .collect();
    html! { <>
        if !names.is_empty() { <p class="meta">{ app.say(say::voices_review_without(names.join(", "))) }</p> }
        if !found.unknown.is_empty() {
            <p class="meta">{ app.say(say::voices_review_unknown(found.unknown.len(), found.voters_left_out)) }</p>
        }
    </> }
}

fn problems(app: &App, problems: &[RowProblem]) -> Html {
    if problems.is_empty() {
        return Html::default();
    }
    let row = |problem: &RowProblem| {
        let sentence =
            Message::named(&problem.code).unwrap_or_else(|| say::unnamed_code(problem.code.as_str()));
        html! {
            <tr>
                <td class="number">{ problem.row.map_or_else(|| "–".to_owned(), |row| app.i18n.integer(row)) }</td>
                <td>{ problem.column.clone().unwrap_or_default() }</td>
                <td>{ problem.value.clone() }</td>
                <td>{ app.say(sentence) }</td>
            </tr>
        }
    };
    let headings = [
        say::review_row(),
        say::review_column(),
        say::review_value(),
        say::review_what(),
    ];
    let title = app.say(say::review_problems(problems.len()));
    html! {
        <details class="twin">
            <summary>{ title.clone() }</summary>
            <div class="table-wrap" tabindex="0" role="group" aria-label={title}>
                <table>
                    <thead><tr>{ for headings.map(|heading| html! { <th scope="col">{ app.say(heading) }</th> }) }</tr></thead>
                    <tbody>{ for problems.iter().take(LISTED).map(row) }</tbody>
                </table>
            </div>
            if problems.len() > LISTED { <p class="meta">{ app.say(say::voices_review_more(problems.len() - LISTED)) }</p> }
        </details>
    }
}
