//! What is left of a ring if one of its members withdraws.

use super::choice::Choice;
use super::words::{joined, org_names, share};
use crate::app::App;
use crate::components::SelectField;
use crate::domain::OrgId;
use crate::matching::rings::{Exchange, RingsAnswer, Withdrawal};
use crate::text::say;
use yew::prelude::*;

/// The choice of who withdraws, and what survives.
pub(super) fn withdrawal(
    app: &App,
    answer: &RingsAnswer,
    number: usize,
    one: &Exchange,
    withdrawn: &Choice<Option<OrgId>>,
    working: bool,
) -> Html {
    let nobody = (AttrValue::from(""), app.say(say::exchange_withdraw_nobody()));
    let named = one
        .members
        .iter()
        .map(|id| (AttrValue::from(id.to_string()), AttrValue::from(app.org_name(id))));
    let options: Vec<_> = std::iter::once(nobody).chain(named).collect();
    let chosen = withdrawn.value.as_ref().filter(|id| one.members.contains(id));
    let value = chosen.map(ToString::to_string).unwrap_or_default();
    let on_change = withdrawn.on_event(|id: String| OrgId::new(&id).ok());
    let survives = chosen.map(|id| one.withdrawals.iter().find(|left| &left.member == id));
    html! {
        <div class="withdrawal">
            <SelectField id={format!("ring-{number}-without")} label={app.say(say::exchange_withdraw())} {options} {value} {on_change} />
            <p role="status" id={format!("ring-{number}-survives")}>
                { match survives {
                    None => Html::default(),
                    Some(None) if working => html! { { app.say(say::working()) } },
                    Some(None) => html! { { app.say(say::exchange_withdraw_unknown()) } },
                    Some(Some(left)) => html! { { words(app, answer, left) } },
                } }
            </p>
        </div>
    }
}

fn words(app: &App, answer: &RingsAnswer, left: &Withdrawal) -> String {
    let name = app.org_name(&left.member);
    let inside = &left.inside.still_served;
    let mut sentences = vec![if inside.is_empty() {
        app.say(say::exchange_without_nobody(name))
    } else {
        app.say(say::exchange_without_inside(name, org_names(app, inside)))
    }];
    let Some(whole) = &left.whole else {
        return joined(&sentences);
    };
    sentences.push(if whole.still_served.is_empty() {
        app.say(say::exchange_without_no_other())
    } else {
        app.say(say::exchange_without_others(org_names(app, &whole.still_served)))
    });
    let now = answer.value_millionths as f64;
    let kept = share(app, whole.value_millionths as f64, now / 1e6);
    sentences.push(if whole.optimal {
        app.say(say::exchange_without_total(kept))
    } else {
        app.say(say::exchange_without_total_least(kept))
    });
    joined(&sentences)
}
