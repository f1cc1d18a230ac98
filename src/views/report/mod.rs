//! The report step: everything on paper, and the files to take away.

mod agreement;
mod assumptions;
mod partners;
mod plan;
mod pooled;
mod section;
mod team;

use super::money_words;
use crate::app::{App, exports, use_app};
use crate::components::{IconName, icon};
use crate::domain::Text;
use crate::state::Edit;
use crate::text::say;
use agreement::report_agreement;
use assumptions::assumptions;
use partners::report_partners;
use plan::report_plan;
use pooled::{report_futures, report_pool, report_statements};
use section::title_of;
use team::report_team;
use yew::prelude::*;

/// See the module.
#[component(Report)]
pub fn report() -> Html {
    let app = use_app();
    let scenario = &app.state().scenario;
    let summary = app.text(&scenario.summary);
    html! {
        <article class="report">
            { actions(&app) }
            <header>
                <p class="meta report-kind">{ app.say(say::report_kind()) }</p>
                <h1>{ title_of(&app) }</h1>
                <p class="meta">{ app.say(say::report_date(app.i18n.today())) }</p>
                if !summary.is_empty() && !scenario.illustrative { <p>{ summary }</p> }
                if scenario.illustrative { <p class="report-note">{ app.say(say::illustrative_note()) }</p> }
            </header>
            { report_partners(&app) }
            { report_team(&app) }
            { report_plan(&app) }
            { report_pool(&app) }
            { report_statements(&app) }
            { report_futures(&app) }
            { assumptions(&app) }
            { report_agreement(&app) }
        </article>
    }
}

/// Print, save, and the title as it stands on paper.
fn actions(app: &App) -> Html {
    let act = |task: fn(&App)| {
        let app = app.clone();
        Callback::from(move |_: MouseEvent| task(&app))
    };
    let on_title = {
        let app = app.clone();
        Callback::from(move |title: String| {
            let known = &app.state().scenario.title;
            let title = if known.is_blank() {
                Text::Plain(title)
            } else {
                crate::state::drafts::reworded(known, app.i18n.language, &title)
            };
            app.edit(Edit::SetTitle(title));
        })
    };
    html! {
        <div class="report-actions">
            <crate::components::TextField id="report-title" label={app.say(say::report_title_label())}
                value={app.text(&app.state().scenario.title)} on_input={on_title} />
            <div class="row">
                <button type="button" class="primary with-icon" id="report-print" onclick={|_| exports::print()}>
                    { icon(IconName::Print) }{ app.say(say::report_print()) }</button>
                <button type="button" class="with-icon" id="report-save" onclick={act(exports::save_plan)}>
                    { icon(IconName::Export) }{ app.say(say::report_save()) }</button>
                <button type="button" class="with-icon" id="report-csv" onclick={act(exports::save_organisations)}>
                    { icon(IconName::Export) }{ app.say(say::report_csv()) }</button>
                if !app.state().scenario.ballots.is_empty() {
                    <button type="button" class="with-icon" id="report-pb" onclick={act(exports::save_election)}>
                        { icon(IconName::Export) }{ app.say(say::export_pb()) }</button>
                }
            </div>
        </div>
    }
}
