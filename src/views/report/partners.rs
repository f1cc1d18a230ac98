//! Who leads, who is in, and why.

use super::section::{missing, section};
use crate::app::App;
use crate::components::sector_name;
use crate::domain::OrgId;
use crate::explain::Reason;
use crate::matching::{PartnerList, PartnerMatch};
use crate::state::{View, selectors};
use crate::text::{Message, say};
use crate::views::partnership::fill_table;
use yew::prelude::*;

/// Reasons told for each partner, the weightiest first.
const MOST_REASONS: usize = 3;

/// The partnership on paper.
pub(super) fn report_partners(app: &App) -> Html {
    let framed = |content: Html| section("report-partners", app.say(say::view_partnership()), content);
    let plan = &app.state().scenario.partnership;
    let Some(lead) = &plan.lead else {
        return framed(missing(app, say::report_no_lead(), View::Partners));
    };
    let list = app
        .state()
        .answers
        .partners
        .as_ref()
        .filter(|answer| &answer.value.seeker == lead);
    let list = list.map(|answer| &*answer.value);
    let coverage = selectors::partnership(&app.state().scenario);
    let project = plan.project.as_ref().map(|id| app.project_name(id.as_str()));
    framed(html! {
        <>
            <p>{ app.say(say::report_lead(app.org_name(lead))) }
                if let Some(project) = project { { " " }{ app.say(say::report_project(project)) } }
            </p>
            if plan.members.is_empty() {
                { missing(app, say::report_no_members(), View::Partners) }
            } else {
                <div class="table-wrap" tabindex="0" role="group" aria-label={app.say(say::view_partnership())}>
                    <table>
                        <thead><tr>
                            <th scope="col">{ app.say(say::column_partner()) }</th>
                            <th scope="col">{ app.say(say::column_sector()) }</th>
                            <th scope="col" class="number">{ app.say(say::column_fit()) }</th>
                            <th scope="col">{ app.say(say::column_reasons()) }</th>
                        </tr></thead>
                        <tbody>{ for plan.members.iter().map(|member| row(app, list, member)) }</tbody>
                    </table>
                </div>
            }
            <h3>{ app.say(say::fill_title()) }</h3>
            if coverage.fills.is_empty() {
                { missing(app, say::fill_nothing_asked(), View::Partnership) }
            } else {
                <div class="table-wrap" tabindex="0" role="group" aria-label={app.say(say::fill_title())}>{ fill_table(app, &coverage.fills) }</div>
            }
        </>
    })
}

fn row(app: &App, list: Option<&PartnerList>, member: &OrgId) -> Html {
    let known = list.and_then(|list| {
        list.partners
            .iter()
            .chain(&list.could_belong)
            .find(|found| &found.id == member)
    });
    let sector = app
        .state()
        .scenario
        .organisation(member)
        .map(|organisation| app.say(sector_name(organisation.sector)));
    let score = known.map_or_else(
        || app.say(say::not_yet()).to_string(),
        |found| app.i18n.score(found.score),
    );
    html! {
        <tr>
            <th scope="row">{ app.org_name(member) }</th>
            <td>{ sector.unwrap_or_default() }</td>
            <td class="number">{ score }</td>
            <td>{ known.map(|found| reasons(app, found)).unwrap_or_default() }</td>
        </tr>
    }
}

fn reasons(app: &App, found: &PartnerMatch) -> String {
    let words = |reason: &Reason| {
        let kind = reason
            .kind
            .as_ref()
            .map(|kind| app.kind_name(kind))
            .unwrap_or_default();
        app.say(Message::of_code("report-reason", reason.code.code()).with("kind", kind))
            .to_string()
    };
    let told: Vec<String> = found.reasons.iter().take(MOST_REASONS).map(words).collect();
    told.join("; ")
}
