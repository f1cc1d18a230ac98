//! When a pledge holds.

use super::fields::put;
use crate::app::App;
use crate::components::{AmountField, CheckField, NumberField, SelectField};
use crate::domain::{Condition, Pledge, PledgeTerms, ProjectId};
use crate::text::{Message, say};
use yew::prelude::*;

/// The kind of condition, and what that kind asks.
pub(super) fn condition_fields(app: &App, pledge: &Pledge) -> Html {
    let id = format!("pledge-{}", pledge.id);
    let condition = pledge.terms.condition.as_ref();
    let kinds = ["all-or-nothing", "match", "challenge"].map(|code| {
        (
            AttrValue::from(code),
            app.say(Message::of_code("condition", code)),
        )
    });
    let kinds: Vec<_> = std::iter::once((AttrValue::from(""), app.say(say::terms_holds_always())))
        .chain(kinds)
        .collect();
    // What a reader would try first: everything asked for is what the pool has in view anyway.
    let start = pledge.amount.amount_minor();
    let on_kind = put(app, pledge, move |terms, code: String| {
        terms.condition = blank(&code, terms, start);
    });
    html! { <>
        <SelectField id={format!("{id}-holds")} label={app.say(say::terms_holds())} options={kinds}
            value={condition.map_or("", Condition::code)} on_change={on_kind} />
        { match condition {
            Some(Condition::AllOrNothing { threshold_minor, others_only, .. }) => html! { <>
                { amount(app, pledge, app.say(say::terms_threshold()), *threshold_minor) }
                <CheckField id={format!("{id}-others")} label={app.say(say::terms_others_only())} checked={*others_only}
                    on_change={put(app, pledge, |terms, only: bool| {
                        if let Some(Condition::AllOrNothing { others_only, .. }) = &mut terms.condition {
                            *others_only = only;
                        }
                    })} />
            </> },
            Some(Condition::Challenge { target_minor, .. }) => amount(app, pledge, app.say(say::terms_target()), *target_minor),
            Some(Condition::Match { give, per, .. }) => ratio(app, pledge, *give, *per),
            Some(Condition::OnlyIfFew { .. }) | None => html! {},
        } }
        if let Some(condition) = condition { { whose(app, pledge, condition) } }
    </> }
}

/// A condition of this kind; what the old one asked for is kept where it fits.
fn blank(code: &str, terms: &PledgeTerms, start: u64) -> Option<Condition> {
    let old = terms.condition.as_ref();
    let project = old.and_then(Condition::project).cloned();
    let wanted = old.and_then(Condition::threshold_minor).unwrap_or(start);
    match code {
        "all-or-nothing" => Some(Condition::AllOrNothing {
            threshold_minor: wanted,
            project,
            others_only: false,
        }),
        "match" => Some(Condition::Match {
            give: 1,
            per: 1,
            project,
        }),
        "challenge" => Some(Condition::Challenge {
            target_minor: wanted,
            project,
        }),
        _ => None,
    }
}

fn amount(app: &App, pledge: &Pledge, label: AttrValue, value: u64) -> Html {
    let on_change = put(app, pledge, |terms, minor: Option<u64>| {
        match &mut terms.condition {
            Some(Condition::AllOrNothing { threshold_minor, .. }) => *threshold_minor = minor.unwrap_or(0),
            Some(Condition::Challenge { target_minor, .. }) => *target_minor = minor.unwrap_or(0),
            _ => {}
        }
    });
    html! { <AmountField id={format!("pledge-{}-threshold", pledge.id)} {label} value={Some(value)} {on_change} /> }
}

/// "1 for every 2".
fn ratio(app: &App, pledge: &Pledge, give: u32, per: u32) -> Html {
    let field = |suffix: &str, label: AttrValue, value: u32, first: bool| {
        let on_change = put(app, pledge, move |terms, number: Option<u64>| {
            let number = number.and_then(|number| u32::try_from(number).ok());
            if let (Some(number), Some(Condition::Match { give, per, .. })) = (number, &mut terms.condition) {
                *(if first { give } else { per }) = number;
            }
        });
        html! {
            <NumberField id={format!("pledge-{}-{suffix}", pledge.id)} {label} value={Some(u64::from(value))} min={1} max={1_000_000} {on_change} />
        }
    };
    html! { <>
        { field("give", app.say(say::terms_give()), give, true) }
        { field("per", app.say(say::terms_per()), per, false) }
    </> }
}

fn whose(app: &App, pledge: &Pledge, condition: &Condition) -> Html {
    let projects = app.state().scenario.projects.iter().map(|project| {
        let name = app.text(&project.name);
        (
            AttrValue::from(project.id.to_string()),
            app.say(say::terms_counts_project(name)),
        )
    });
    let options: Vec<_> = std::iter::once((AttrValue::from(""), app.say(say::terms_counts_all())))
        .chain(projects)
        .collect();
    let on_change = put(app, pledge, |terms, id: String| {
        if let Some(
            Condition::AllOrNothing { project, .. }
            | Condition::Match { project, .. }
            | Condition::Challenge { project, .. },
        ) = &mut terms.condition
        {
            *project = ProjectId::new(&id).ok();
        }
    });
    let value = condition.project().map(ToString::to_string).unwrap_or_default();
    html! {
        <SelectField id={format!("pledge-{}-counts", pledge.id)} label={app.say(say::terms_counts())} {options} {value} {on_change} />
    }
}
