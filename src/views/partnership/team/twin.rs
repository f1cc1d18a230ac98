//! The fill as a table.

use super::words::{offered, range, status};
use crate::app::App;
use crate::matching::fill::Fill;
use crate::text::say;
use yew::prelude::*;

/// The same figures, one row a requirement.
pub(super) fn twin(app: &App, fills: &[Fill]) -> Html {
    html! {
        <details class="twin" id="fill-table">
            <summary>{ app.say(say::fill_table()) }</summary>
            <div class="table-wrap" tabindex="0" role="region" aria-label={app.say(say::fill_table_caption())}>
                { fill_table(app, fills) }
            </div>
        </details>
    }
}

/// The table alone, which the report shows too.
pub(in crate::views) fn fill_table(app: &App, fills: &[Fill]) -> Html {
    let row = |fill: &Fill| {
        let offers: Vec<_> = fill
            .contributions
            .iter()
            .map(|one| format!("{}: {}", app.org_name(&one.org), offered(app, &fill.kind, one)))
            .collect();
        let need = fill.need.map_or_else(
            || app.say(say::unknown_quantity()).to_string(),
            |need| app.quantity(&fill.kind, need),
        );
        html! {
            <tr key={fill.kind.to_string()}>
                <th scope="row">{ app.kind_name(&fill.kind) }</th>
                <td class="number">{ need }</td>
                <td>{ offers.join("; ") }</td>
                <td class="number">{ range(app, &fill.kind, fill.covered) }</td>
                <td>{ app.say(status(app, fill)) }</td>
            </tr>
        }
    };
    html! {
        <table>
            <caption>{ app.say(say::fill_table_caption()) }</caption>
            <thead><tr>
                <th scope="col">{ app.say(say::fill_col_kind()) }</th>
                <th scope="col" class="number">{ app.say(say::fill_col_need()) }</th>
                <th scope="col">{ app.say(say::fill_col_offers()) }</th>
                <th scope="col" class="number">{ app.say(say::fill_col_covered()) }</th>
                <th scope="col">{ app.say(say::fill_col_short()) }</th>
            </tr></thead>
            <tbody>{ for fills.iter().map(row) }</tbody>
        </table>
    }
}
