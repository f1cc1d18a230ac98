//! The size of the team against the cost of coordination: when one more partner stops paying.

use super::front::sure;
use super::words::{drawn, money, names};
use crate::app::App;
use crate::components::charts::{StepPoint, step_line};
use crate::matching::coalition::CoalitionAnswer;
use crate::matching::coalition::answer::NamedAlphaStep;
use crate::text::{Message, say};
use crate::views::words::listed;
use yew::prelude::*;

/// The finding in a sentence, the steps down, and the table.
pub(super) fn sizes(app: &App, answer: &CoalitionAnswer) -> Html {
    let steps = &answer.alpha_profile;
    let Some(finding) = finding(app, answer) else {
        return html! {};
    };
    html! {
        <details class="coalition-part more" id="coalition-sizes">
            <summary><h3>{ app.say(say::coalition_size_title()) }</h3></summary>
            <p class="finding">{ app.say(finding) }</p>
            if steps.len() > 1 {
                { picture(app, answer) }
                <p class="meta">{ app.say(say::coalition_size_legend()) }</p>
            }
            { table(app, steps) }
        </details>
    }
}

fn finding(app: &App, answer: &CoalitionAnswer) -> Option<Message> {
    let steps = &answer.alpha_profile;
    let now = steps
        .iter()
        .rposition(|step| step.from_alpha_minor <= answer.alpha_minor)?;
    let alpha = app.i18n.money(answer.alpha_minor);
    let size = steps.get(now)?.size;
    Some(match steps.get(now + 1) {
        Some(next) => {
            say::coalition_size_falls(alpha, next.size, app.i18n.money(next.from_alpha_minor), size)
        }
        None => say::coalition_size_stays(alpha, size),
    })
}

fn picture(app: &App, answer: &CoalitionAnswer) -> Html {
    let steps = &answer.alpha_profile;
    let last = steps.last().map_or(0, |step| step.from_alpha_minor);
    // Room on the right for the last step and for the figure now.
    let end = last.max(answer.alpha_minor);
    let end = end.saturating_add(end / 4).max(1);
    let points: Vec<StepPoint> = steps
        .iter()
        .enumerate()
        .map(|(index, step)| StepPoint {
            at: drawn(u128::from(step.from_alpha_minor)),
            height: drawn(step.size as u128),
            label: app.i18n.integer(step.size as u64),
            // More figures than the first and the last would run into each other on a phone.
            below: if index + 1 == steps.len() {
                app.i18n.compact_money(step.from_alpha_minor)
            } else if index == 0 {
                app.i18n.integer(step.from_alpha_minor)
            } else {
                String::new()
            },
        })
        .collect();
    let now = drawn(u128::from(answer.alpha_minor));
    step_line(&points, [0.0, drawn(u128::from(end))], true, Some(now))
}

fn table(app: &App, steps: &[NamedAlphaStep]) -> Html {
    let title = app.say(say::coalition_size_title());
    html! {
        <details class="twin" id="coalition-sizes-table">
            <summary>{ app.say(say::as_table()) }</summary>
            <div class="table-wrap" tabindex="0" role="region" aria-label={title}>
                <table>
                    <thead><tr>
                        <th scope="col" class="number">{ app.say(say::coalition_col_from()) }</th>
                        <th scope="col" class="number">{ app.say(say::coalition_col_size()) }</th>
                        <th scope="col" class="number">{ app.say(say::coalition_cost_taking_part()) }</th>
                        <th scope="col">{ app.say(say::coalition_col_sure()) }</th>
                        <th scope="col">{ app.say(say::coalition_col_team()) }</th>
                    </tr></thead>
                    <tbody>{ for steps.iter().map(|step| html! {
                        <tr key={step.size}>
                            <th scope="row" class="number">{ app.i18n.money(step.from_alpha_minor) }</th>
                            <td class="number">{ app.i18n.integer(step.size as u64) }</td>
                            <td class="number">{ money(app, step.participation_cost_minor) }</td>
                            <td>{ app.say(sure(step.optimal)) }</td>
                            <td>{ listed(app, &names(app, &step.members)) }</td>
                        </tr>
                    }) }</tbody>
                </table>
            </div>
        </details>
    }
}
