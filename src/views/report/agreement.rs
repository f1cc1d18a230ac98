//! The agreement on paper, on a page of its own.

use super::section::{missing, section};
use crate::app::App;
use crate::state::{PartnershipPart, View};
use crate::text::{Message, say};
use crate::views::partnership::AgreementPaper;
use yew::prelude::*;

/// The draft as chosen and written over, in the language chosen for it.
pub(super) fn report_agreement(app: &App) -> Html {
    let plan = &app.state().scenario.partnership;
    let content = match (&plan.lead, plan.members.is_empty()) {
        (None, _) => missing(app, say::report_no_lead(), View::Partners),
        (_, true) => missing(app, say::report_no_members(), View::Partners),
        _ => html! { <AgreementPaper /> },
    };
    let title = app.say(Message::of_code("part", PartnershipPart::Agreement.code()));
    section("report-agreement", title, content)
}
