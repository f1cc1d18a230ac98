//! Every formula and constant, one tap away.

use super::Looking;
use super::words::titled;
use crate::app::{App, focus_later};
use crate::components::Dialog;
use crate::partnership::Change;
use crate::partnership::table::{LeverEffect, ModelRow};
use crate::text::{Message, say};
use yew::prelude::*;

const OPENER: &str = "model-open";

/// The button, and the table while it is open.
pub(super) fn model(app: &App, looking: &Looking) -> Html {
    let set = |open: bool| {
        let handle = looking.model_open.clone();
        move || handle.set(open)
    };
    let (open, close) = (set(true), set(false));
    let on_close = Callback::from(move |()| {
        close();
        focus_later(OPENER);
    });
    html! {
        <div class="whole model-link">
            <button type="button" class="link" id={OPENER} onclick={Callback::from(move |_: MouseEvent| open())}>{ app.say(say::together_model_open()) }</button>
            if *looking.model_open {
                <Dialog title={app.say(say::together_model_title())} {on_close} wide={true}>{ table(app, &looking.model) }</Dialog>
            }
        </div>
    }
}

fn table(app: &App, model: &[ModelRow]) -> Html {
    let rooms = ["partnership", "matching", "funding", "risk"];
    html! { <>
        <p>{ app.say(say::together_model_hint()) }</p>
        { for rooms.map(|room| html! {
            <details class="model-room" id={format!("model-{room}")} open={room == "partnership"}>
                <summary>{ app.say(Message::of_code("together-room", room)) }</summary>
                <div class="table-wrap" tabindex="0" role="region" aria-label={app.say(Message::of_code("together-room", room))}>
                    <table>
                        <thead><tr>
                            <th scope="col">{ app.say(say::together_col_what()) }</th>
                            <th scope="col">{ app.say(say::together_col_symbol()) }</th>
                            <th scope="col">{ app.say(say::together_col_value()) }</th>
                            <th scope="col">{ app.say(say::together_col_range()) }</th>
                            <th scope="col">{ app.say(say::together_col_moved()) }</th>
                            <th scope="col">{ app.say(say::together_col_source()) }</th>
                        </tr></thead>
                        <tbody>{ for model.iter().filter(|row| row.room == room).map(|row| html! {
                            <tr>
                                <th scope="row">{ titled(app, &row.meaning) }</th>
                                <td>{ row.symbol.to_string() }</td>
                                <td>{ value(app, row) }</td>
                                <td>{ for row.range.map(|(least, most)| app.say(say::together_range(number(app, most), number(app, least)))) }</td>
                                <td>{ row.levers.iter().map(|effect| moved(app, effect)).collect::<Vec<_>>().join(", ") }</td>
                                <td>{ source(app, row) }</td>
                            </tr>
                        }) }</tbody>
                    </table>
                </div>
            </details>
        }) }
    </> }
}

/// As few decimals as the figure has, at most three.
fn number(app: &App, figure: f64) -> String {
    let decimals = (0..3_u8).find(|&decimals| {
        let scaled = figure * [1.0, 10.0, 100.0][usize::from(decimals)];
        (scaled - scaled.round()).abs() < 1e-9
    });
    app.i18n.decimal(figure, usize::from(decimals.unwrap_or(3)))
}

fn value(app: &App, row: &ModelRow) -> Html {
    if let Some(formula) = &row.formula {
        return html! { <code>{ formula.to_string() }</code> };
    }
    let figure = row.default.map(|figure| number(app, figure)).unwrap_or_default();
    let unit = match &*row.unit {
        "1" => String::new(),
        unit => {
            let slug: String = unit
                .chars()
                .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
                .collect();
            Message::named(&format!("together-unit-{slug}"))
                .map_or_else(|| unit.to_owned(), |name| app.say(name).to_string())
        }
    };
    html! { { format!("{figure} {unit}") } }
}

/// "K3 × 0.7".
fn moved(app: &App, effect: &LeverEffect) -> String {
    let (sign, by) = match effect.change {
        Change::Times(by) => ("×", by),
        Change::Plus(by) => ("+", by),
    };
    format!("{} {sign} {}", effect.lever.row(), number(app, by))
}

fn source(app: &App, row: &ModelRow) -> String {
    match &*row.source {
        "illustrative" => app.say(say::together_source_illustrative()).to_string(),
        "limit of this program" => app.say(say::together_source_limit()).to_string(),
        "domain table" => app.say(say::together_source_domain()).to_string(),
        other => other.to_owned(),
    }
}
