//! The team on paper: who is in, what taking part costs each, and what each brings.

use super::section::{missing, section};
use crate::app::App;
use crate::components::sector_name;
use crate::domain::{OrgId, Organisation};
use crate::state::{View, selectors};
use crate::text::say;
use crate::views::words::{kind_inside, listed};
use yew::prelude::*;

/// The lead and the members; nothing where nobody is chosen yet, which the section of the partnership says.
pub(super) fn report_team(app: &App) -> Html {
    let scenario = &app.state().scenario;
    let plan = &scenario.partnership;
    let framed = |content: Html| section("report-team", app.say(say::report_team_title()), content);
    let Some(lead) = &plan.lead else {
        return framed(missing(app, say::report_no_lead(), View::Partners));
    };
    let team = std::iter::once(lead).chain(&plan.members);
    let team: Vec<&Organisation> = team.filter_map(|id| scenario.organisation(id)).collect();
    let fills = selectors::partnership(scenario).fills;
    let brings = |id: &OrgId| {
        let of = fills
            .iter()
            .filter(|fill| fill.contributions.iter().any(|one| &one.org == id));
        let kinds: Vec<String> = of.map(|fill| kind_inside(app, &fill.kind)).collect();
        match kinds.is_empty() {
            true => "–".to_owned(),
            false => listed(app, &kinds),
        }
    };
    let stated = team.iter().filter_map(|one| one.participation_cost_minor);
    let sum = stated.fold(0, u64::saturating_add);
    let silent = team
        .iter()
        .filter(|one| one.participation_cost_minor.is_none())
        .count();
    let covered = fills.iter().filter(|fill| fill.is_covered()).count();
    let row = |one: &&Organisation| {
        let name = app.text(&one.name);
        let cost = match one.participation_cost_minor {
            Some(cost) => app.i18n.money(cost),
            None => app.say(say::unknown_quantity()).to_string(),
        };
        html! {
            <tr key={one.id.to_string()}>
                <th scope="row">{ name }if &one.id == lead { { format!(" ({})", app.say(say::partnership_lead())) } }</th>
                <td>{ app.say(sector_name(one.sector)) }</td>
                <td class="number">{ cost }</td>
                <td>{ brings(&one.id) }</td>
            </tr>
        }
    };
    framed(html! { <>
        if !fills.is_empty() { <p>{ app.say(say::report_team_covers(covered, fills.len())) }</p> }
        <div class="table-wrap" tabindex="0" role="group" aria-label={app.say(say::report_team_title())}>
            <table>
                <thead><tr>
                    <th scope="col">{ app.say(say::column_partner()) }</th>
                    <th scope="col">{ app.say(say::column_sector()) }</th>
                    <th scope="col" class="number">{ app.say(say::coalition_cost_taking_part()) }</th>
                    <th scope="col">{ app.say(say::report_col_brings()) }</th>
                </tr></thead>
                <tbody>{ for team.iter().map(row) }</tbody>
            </table>
        </div>
        <p>{ app.say(say::report_team_cost(app.i18n.money(sum))) }
            if silent > 0 { { " " }{ app.say(say::report_team_silent(silent)) } }
        </p>
    </> })
}
