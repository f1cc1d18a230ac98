//! Rules about two: keep apart, put together.

use super::asked::Asked;
use crate::app::{App, focus_later};
use crate::components::{IconName, SelectField, icon};
use crate::domain::OrgId;
use crate::text::say;
use yew::prelude::*;

const LIST: &str = "room-rules";

/// A rule to be added, and those there are with a button each that takes it away.
pub(super) fn rules(app: &App, asked: &UseStateHandle<Asked>) -> Html {
    let (first, second, together) = &asked.rule;
    let ready = matches!((first, second), (Some(a), Some(b)) if a != b);
    let kinds = vec![
        (AttrValue::from("apart"), app.say(say::room_rule_apart())),
        (AttrValue::from("together"), app.say(say::room_rule_together())),
    ];
    let on_kind = Asked::on(asked, |asked, kind: String| asked.rule.2 = kind == "together");
    let on_first = Asked::on(asked, |asked, id: String| asked.rule.0 = OrgId::new(&id).ok());
    let on_second = Asked::on(asked, |asked, id: String| asked.rule.1 = OrgId::new(&id).ok());
    let on_add = Asked::on(asked, |asked, _: MouseEvent| add(asked));
    html! {
        <div class="room-rule-form">
            <p class="meta">{ app.say(say::room_rules_about()) }</p>
            { choice(app, "room-rule-first", app.say(say::room_rule_first()), first.as_ref(), on_first) }
            <SelectField id="room-rule-kind" label={app.say(say::room_rule_kind())} options={kinds}
                value={if *together { "together" } else { "apart" }} on_change={on_kind} />
            { choice(app, "room-rule-second", app.say(say::room_rule_second()), second.as_ref(), on_second) }
            <button id="room-rule-add" disabled={!ready} aria-describedby="room-rule-hint" onclick={on_add}>{ app.say(say::room_rule_add()) }</button>
            if !ready { <p class="meta" id="room-rule-hint">{ app.say(say::room_rule_hint()) }</p> }
            <ul class="room-rule-list" id={LIST} tabindex="-1" aria-label={app.say(say::room_rules())}>
                { for asked.options.apart.iter().map(|pair| chip(app, asked, pair, false)) }
                { for asked.options.together.iter().map(|pair| chip(app, asked, pair, true)) }
            </ul>
        </div>
    }
}

/// Takes over the rule that was put together; an older one about the same two goes.
fn add(asked: &mut Asked) {
    let (Some(first), Some(second), together) = asked.rule.clone() else {
        return;
    };
    let pair = (first, second);
    forget(asked, &pair);
    let list = if together {
        &mut asked.options.together
    } else {
        &mut asked.options.apart
    };
    list.push(pair);
    asked.rule = (None, None, together);
    // The button is not to be pressed again before two others are chosen.
    focus_later("room-rule-first");
}

fn forget(asked: &mut Asked, (a, b): &(OrgId, OrgId)) {
    let other = |(x, y): &(OrgId, OrgId)| !((x == a && y == b) || (x == b && y == a));
    asked.options.together.retain(other);
    asked.options.apart.retain(other);
}

fn choice(
    app: &App,
    id: &'static str,
    label: AttrValue,
    chosen: Option<&OrgId>,
    on_change: Callback<String>,
) -> Html {
    let none = (AttrValue::from(""), app.say(say::partners_choose_none()));
    let named = app.state().scenario.organisations.iter().map(|one| {
        let name = AttrValue::from(app.text(&one.name));
        (AttrValue::from(one.id.to_string()), name)
    });
    let options: Vec<_> = std::iter::once(none).chain(named).collect();
    let value = chosen.map(ToString::to_string).unwrap_or_default();
    html! { <SelectField {id} {label} {options} {value} {on_change} /> }
}

fn chip(app: &App, asked: &UseStateHandle<Asked>, pair: &(OrgId, OrgId), together: bool) -> Html {
    let (a, b) = (app.org_name(&pair.0), app.org_name(&pair.1));
    let words = if together {
        say::room_rule_together_line(a, b)
    } else {
        say::room_rule_apart_line(a, b)
    };
    let words = app.say(words);
    let label = app.say(say::room_rule_remove(words.as_str()));
    let gone = pair.clone();
    let onclick = Asked::on(asked, move |asked, _: MouseEvent| {
        forget(asked, &gone);
        focus_later(LIST);
    });
    html! {
        <li key={format!("{}-{}", pair.0, pair.1)}>
            <span>{ words }</span>
            <button class="ghost icon" id={format!("room-rule-remove-{}-{}", pair.0, pair.1)} aria-label={label.clone()} title={label} {onclick}>
                { icon(IconName::Close) }
            </button>
        </li>
    }
}
