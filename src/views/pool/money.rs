//! The money: who puts in, what it pays for, on what terms; everything here may be edited.

use super::{answered, flow, groups, headline, match_estimate, pledges, projects, terms};
use crate::app::use_app;
use crate::funding::FundReport;
use crate::risk::Futures;
use std::rc::Rc;
use yew::prelude::*;

/// What the rule does with the pledges, and the pledges and projects themselves.
#[component(Money)]
pub(super) fn money() -> Html {
    let app = use_app();
    let (adding_pledge, adding_project) = (use_state(|| false), use_state(|| false));
    let results = match answered(&app) {
        Ok((report, futures)) => html! { <Results {report} {futures} /> },
        Err(instead) => instead,
    };
    html! {
        <div class="pool-grid">
            { results }
            { pledges::pledges(&app, &adding_pledge) }
            { projects::projects(&app, &adding_project) }
            { groups::groups(&app) }
        </div>
    }
}

#[derive(Clone, PartialEq, Properties)]
struct ResultsProps {
    report: Rc<FundReport>,
    /// What is known so far.
    futures: Option<Rc<Futures>>,
}

/// What the rule does. A component of its own, because it keeps the flow until the report changes.
#[component(Results)]
fn results(props: &ResultsProps) -> Html {
    let app = use_app();
    let drawn = use_memo(Rc::clone(&props.report), |report| flow::drawn(report));
    let report = &*props.report;
    html! { <>
        { headline::headline(&app, report, props.futures.as_deref()) }
        { flow::flow_card(&app, report, &drawn) }
        <div class="terms-cards whole">
            { match_estimate::division_card(&app, report) }
            { terms::conditions_card(&app, report) }
            { terms::schedule_card(&app, report) }
            <terms::LayersCard report={Rc::clone(&props.report)} />
            { terms::results_card(&app, report) }
        </div>
    </> }
}
