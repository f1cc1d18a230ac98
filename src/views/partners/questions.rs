//! What is not known yet, as the question that would settle it.

use crate::app::App;
use crate::domain::OrgId;
use crate::explain::{ReasonCode, UnknownReason};
use crate::text::{Message, say};
use crate::views::words::kind_inside;

/// "Ask Sanggar Pesisir: how many training days do you need?"
pub fn question(app: &App, seeker: &OrgId, unknown: &UnknownReason) -> String {
    let question = app.say(asked(app, seeker, unknown));
    let sentence = if &unknown.ask == seeker {
        say::question_you(question.as_str())
    } else {
        say::question_them(app.org_name(&unknown.ask), question.as_str())
    };
    app.say(sentence).to_string()
}

/// The same beside the name of who is asked: "Ask: how many training days do you need?"
pub fn short_question(app: &App, seeker: &OrgId, unknown: &UnknownReason) -> String {
    if &unknown.ask == seeker {
        return question(app, seeker, unknown);
    }
    let question = app.say(asked(app, seeker, unknown));
    app.say(say::question_short(question.as_str())).to_string()
}

fn asked(app: &App, seeker: &OrgId, unknown: &UnknownReason) -> Message {
    let asks_seeker = &unknown.ask == seeker;
    match unknown.code {
        // What the seeker receives is the partner's offer and the seeker's need; what it gives the other way round.
        ReasonCode::Receives => quantity(app, unknown, !asks_seeker),
        ReasonCode::Gives => quantity(app, unknown, asks_seeker),
        ReasonCode::SharedGoals => say::ask_goals(),
        ReasonCode::SharedRegion => say::ask_region(),
        ReasonCode::Friction => match unknown.subjects.first().map(String::as_str) {
            Some("pace") => say::ask_pace(),
            Some("formality") => say::ask_formality(),
            Some("horizon") => say::ask_horizon(),
            _ => say::ask_other(),
        },
        ReasonCode::Duplication => say::ask_programmes(),
        _ => say::ask_other(),
    }
}

/// The question in the words of the kind; kinds people added have a general one.
fn quantity(app: &App, unknown: &UnknownReason, offer: bool) -> Message {
    let Some(kind) = &unknown.kind else {
        return say::ask_other();
    };
    let (prefix, general): (_, fn(String) -> Message) = if offer {
        ("ask-offer", say::ask_offer)
    } else {
        ("ask-need", say::ask_need)
    };
    Message::named(&format!("{prefix}-{kind}")).unwrap_or_else(|| general(kind_inside(app, kind)))
}
