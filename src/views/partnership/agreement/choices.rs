//! What can be chosen about the paper, and where it goes.

use super::start_day;
use super::words::paper_language;
use crate::app::App;
use crate::components::{SelectField, TextField};
use crate::domain::{DecisionRule, Language, PartnershipType};
use crate::partnership::Day;
use crate::partnership::agreement::Agreement;
use crate::state::{Action, AgreementChoice, Edit};
use crate::text::{Message, say};
use yew::prelude::*;

/// Language, start, type and way to decide.
pub(super) fn choices(app: &App, agreement: Option<&Agreement>) -> Html {
    html! { <>
        { language(app) }
        { start(app) }
        { of_type(app, agreement) }
        { decision(app) }
    </> }
}

fn choose(choice: AgreementChoice) -> Action {
    Action::Edit(Edit::ChooseAgreement(choice))
}

/// The name of a language, in itself.
pub(super) fn language_name(app: &App, language: Language) -> AttrValue {
    app.say(Message::of_code("paper-language", language.code()))
}

fn language(app: &App) -> Html {
    let option = |language: Language| (AttrValue::from(language.code()), language_name(app, language));
    let options = Language::ALL.map(option).to_vec();
    let fallback = app.i18n.language;
    let on_change = app.on_event(move |code: String| {
        let chosen = Language::ALL.into_iter().find(|language| language.code() == code);
        choose(AgreementChoice::Language(chosen.unwrap_or(fallback)))
    });
    html! { <SelectField id="paper-language" label={app.say(say::paper_language())} {options} value={paper_language(app).code()} {on_change} /> }
}

fn start(app: &App) -> Html {
    let plan = &app.state().scenario.partnership.agreement;
    let hint = plan.start.is_none().then(|| app.say(say::paper_start_hint()));
    let on_input = {
        let app = app.clone();
        // While a year is typed the field holds years long gone, or nothing: the last sound day stays.
        Callback::from(move |text: String| {
            if Day::parse(&text).is_ok() && !text.starts_with('0') {
                app.edit(Edit::ChooseAgreement(AgreementChoice::Start(text)));
            }
        })
    };
    html! { <TextField id="paper-start" kind="date" label={app.say(say::paper_start())} value={start_day(app)} {on_input} {hint} /> }
}

fn type_name(of_type: PartnershipType) -> Message {
    Message::of_code("paper-type", &of_type.row().to_lowercase())
}

fn of_type(app: &App, agreement: Option<&Agreement>) -> Html {
    let chosen = app.state().scenario.partnership.agreement.of_type;
    let suggested = (AttrValue::from(""), app.say(say::paper_type_recommended()));
    let named = PartnershipType::ALL
        .iter()
        .map(|of_type| (AttrValue::from(of_type.row()), app.say(type_name(*of_type))));
    let options: Vec<_> = std::iter::once(suggested).chain(named).collect();
    let value = chosen.map(PartnershipType::row).unwrap_or_default();
    let on_change = app.on_event(|row: String| {
        let of_type = PartnershipType::ALL.iter().copied().find(|one| one.row() == row);
        choose(AgreementChoice::OfType(of_type))
    });
    // Only while nothing else is chosen is the draft's type the suggested one.
    let suggestion = agreement.filter(|_| chosen.is_none());
    html! { <div>
        <SelectField id="paper-type" label={app.say(say::paper_type())} {options} {value} {on_change} />
        if let Some(agreement) = suggestion {
            <p class="meta" id="paper-type-now">{ app.say(say::paper_type_now(app.say(type_name(agreement.of_type)).as_str())) }</p>
        }
    </div> }
}

fn decision(app: &App) -> Html {
    let chosen = app.state().scenario.partnership.agreement.decision;
    let usual = (AttrValue::from(""), app.say(say::paper_decision_drafted()));
    let name = |rule: DecisionRule| {
        let words = app.say(Message::of_code("paper-decision", rule.code()));
        (AttrValue::from(rule.code()), words)
    };
    let options: Vec<_> = std::iter::once(usual)
        .chain(DecisionRule::ALL.map(name))
        .collect();
    let value = chosen.map(DecisionRule::code).unwrap_or_default();
    let on_change = app.on_event(|code: String| {
        let rule = DecisionRule::ALL.into_iter().find(|rule| rule.code() == code);
        choose(AgreementChoice::Decision(rule))
    });
    html! { <SelectField id="paper-decision" label={app.say(say::paper_decision())} {options} {value} {on_change} /> }
}
