//! A file is looked at before anything of it is taken over.

use crate::app::{App, focus_later, use_app};
use crate::components::Dialog;
use crate::interchange::{Format, NumberConvention, RowProblem};
use crate::later::later;
use crate::state::{Action, ImportReview};
use crate::text::{Message, say};
use crate::views::words::sector_and_place;
use yew::prelude::*;

/// How many organisations are previewed.
const PREVIEWED: usize = 5;

/// How many problems are listed at a time.
const PAGE: usize = 50;

later! { "03",
    /// What was recognised, what is wrong with it, and the choice to take it or leave it.
    pub(super) fn review(app: &App, review: &ImportReview) -> Html {
        whole_review(app, review)
    }
}

fn whole_review(app: &App, review: &ImportReview) -> Html {
    let imported = &review.imported;
    let count = imported.scenario.organisations.len();
    let is_table = imported.format == Format::OrganisationsCsv;
    let usable = !is_table || count > 0;
    let close = |action: Action| {
        let app = app.clone();
        move || {
            app.dispatch(action.clone());
            focus_later("plan-title");
        }
    };
    let (leave, accept) = (close(Action::DismissReview), close(Action::AcceptReview));
    let on_close = {
        let leave = leave.clone();
        Callback::from(move |()| leave())
    };
    let on_leave = Callback::from(move |_: MouseEvent| leave());
    let on_accept = Callback::from(move |_: MouseEvent| accept());
    let label = if is_table {
        say::review_take_over(count)
    } else {
        say::review_open()
    };
    html! {
        <Dialog title={app.say(say::review_title())} {on_close} wide={true}>
            <div class="review" id="review">
                { recognised(app, review) }
                { numbers_question(app, &imported.problems) }
                { preview(app, review) }
                <Problems problems={imported.problems.clone()} />
                <div class="row dialog-foot">
                    if usable {
                        <button class="primary" id="review-accept" onclick={on_accept}>{ app.say(label) }</button>
                    }
                    <button id="review-leave" onclick={on_leave}>{ app.say(say::review_leave()) }</button>
                </div>
            </div>
        </Dialog>
    }
}

fn recognised(app: &App, review: &ImportReview) -> Html {
    let (imported, file) = (&review.imported, review.file.as_str());
    let plan = &imported.scenario;
    let mut sentences: Vec<Message> = Vec::new();
    match imported.format {
        Format::OrganisationsCsv => {
            sentences.push(say::review_table(file, imported.rows_read));
            let here = &app.state().scenario;
            let known = plan
                .organisations
                .iter()
                .filter(|new| here.organisation(&new.id).is_some());
            let replaces = known.count();
            sentences.push(match plan.organisations.len() {
                0 => say::review_nothing_good(),
                count => say::review_good(count),
            });
            if replaces > 0 {
                sentences.push(say::review_replaces(replaces));
            }
            let has_rate = here
                .conversions
                .iter()
                .any(|rate| rate.from == plan.base_currency);
            if plan.base_currency != here.base_currency && !super::loading::is_blank(here) && !has_rate {
                sentences.push(say::review_other_currency(
                    plan.base_currency.code(),
                    here.base_currency.code(),
                ));
            }
        }
        Format::Pabulib => sentences.push(say::review_election(file)),
        _ => sentences.push(say::review_plan(file)),
    }
    let title = app.text(&plan.title);
    html! {
        <>
            { for sentences.into_iter().map(|sentence| html! { <p>{ app.say(sentence) }</p> }) }
            if imported.format != Format::OrganisationsCsv {
                if !title.trim().is_empty() { <h3>{ title }</h3> }
                <p>{ app.say(say::org_counts(plan.organisations.len(), plan.pledges.len(), plan.projects.len())) }</p>
                <p>{ app.say(say::review_in_place()) }</p>
            }
        </>
    }
}

fn preview(app: &App, review: &ImportReview) -> Html {
    let organisations = &review.imported.scenario.organisations;
    let count = organisations.len().min(PREVIEWED);
    if count == 0 {
        return html! {};
    }
    html! {
        <>
            <h3>{ app.say(say::review_first(count)) }</h3>
            <ul class="preview">
                { for organisations.iter().take(PREVIEWED).map(|organisation| html! {
                    <li>
                        <b>{ app.text(&organisation.name) }</b>
                        <small>{ sector_and_place(app, organisation) }</small>
                    </li>
                }) }
            </ul>
        </>
    }
}

#[derive(Clone, PartialEq, Properties)]
struct ProblemsProps {
    problems: Vec<RowProblem>,
}

/// Asked where no number in the file tells whether "1.500" is more than a thousand.
fn numbers_question(app: &App, problems: &[RowProblem]) -> Html {
    let asked = problems
        .iter()
        .any(|problem| problem.code == "import-ambiguous-number");
    if !asked {
        return html! {};
    }
    let choice = |numbers: NumberConvention, id: &'static str, label: Message| {
        let app = app.clone();
        let text = app.say(label);
        let onclick = Callback::from(move |_: MouseEvent| app.import_again(numbers));
        html! { <button {id} {onclick}>{ text }</button> }
    };
    html! {
        <div role="group" aria-labelledby="numbers-question">
            <h3 id="numbers-question">{ app.say(say::review_numbers()) }</h3>
            <div class="row">
                { choice(NumberConvention::DecimalComma, "numbers-comma", say::review_numbers_comma()) }
                { choice(NumberConvention::DecimalPoint, "numbers-point", say::review_numbers_point()) }
            </div>
        </div>
    }
}

/// What was wrong, by row and column.
#[component(Problems)]
fn problems(props: &ProblemsProps) -> Html {
    let app = use_app();
    let limit = use_state(|| PAGE);
    let all = &props.problems;
    if all.is_empty() {
        return html! { <p class="good">{ app.say(say::review_no_problems()) }</p> };
    }
    let more = all.len().saturating_sub(*limit).min(PAGE);
    let onclick = {
        let limit = limit.clone();
        Callback::from(move |_: MouseEvent| limit.set(*limit + PAGE))
    };
    let headings = [
        say::review_row(),
        say::review_column(),
        say::review_value(),
        say::review_what(),
    ];
    html! {
        <>
            <h3 id="review-problems">{ app.say(say::review_problems(all.len())) }</h3>
            <div class="table-wrap" role="region" aria-labelledby="review-problems" tabindex="0">
                <table class="problems" role="table" aria-labelledby="review-problems">
                    <thead role="rowgroup"><tr role="row">{ for headings.map(|heading| html! { <th scope="col" role="columnheader">{ app.say(heading) }</th> }) }</tr></thead>
                    <tbody role="rowgroup">{ for all.iter().take(*limit).map(|problem| problem_row(&app, problem)) }</tbody>
                </table>
            </div>
            if more > 0 { <p class="more"><button {onclick}>{ app.say(say::review_more(more)) }</button></p> }
        </>
    }
}

fn problem_row(app: &App, problem: &RowProblem) -> Html {
    let sentence = Message::named(&problem.code).unwrap_or_else(|| say::unnamed_code(problem.code.as_str()));
    html! {
        <tr role="row" class={problem.row_dropped.then_some("dropped")}>
            <td role="cell" class="place number">{ problem.row.map_or_else(|| "–".to_owned(), |row| app.i18n.integer(row)) }</td>
            <td role="cell" class="place">{ problem.column.clone().unwrap_or_default() }</td>
            <td role="cell" class="value">{ problem.value.clone() }</td>
            <td role="cell">
                { app.say(sentence) }
                if problem.row_dropped { { " " }<b>{ app.say(say::review_row_left_out()) }</b> }
            </td>
        </tr>
    }
}
