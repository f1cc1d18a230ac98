//! What the team must keep to, and what coordination costs.

use super::Memory;
use crate::app::{App, focus_later};
use crate::browser::dom::HtmlInputElement;
use crate::components::{AmountField, CheckField, NumberField, SelectField, sector_class, sector_name};
use crate::domain::{CoalitionSettings, MAX_AMOUNT_MINOR, OrgId, Sector};
use crate::matching::coalition::CoalitionAnswer;
use crate::state::Edit;
use crate::state::selectors::{self, SectorRule};
use crate::text::{Message, say};
use crate::views::words::listed;
use yew::prelude::*;

/// The slider reaches this many times the proposed figure, in this many steps.
const REACH: u64 = 4;
const STEPS: u64 = 40;

/// A team of more is not looked for.
const MOST_PARTNERS: u64 = 2_000;

/// All settings, folded away until somebody asks.
pub(super) fn settings(app: &App, memory: &Memory, answer: Option<&CoalitionAnswer>) -> Html {
    html! {
        <details class="coalition-part more" id="coalition-settings">
            <summary><h3>{ app.say(say::coalition_settings()) }</h3></summary>
            { coordination(app, answer.and_then(|answer| answer.proposed_alpha_minor)) }
            { size(app) }
            { sectors(app) }
            { anchors(app, memory) }
            { conflicts(app) }
        </details>
    }
}

fn change(app: &App, make: impl FnOnce(&mut CoalitionSettings)) {
    let mut settings = app.state().scenario.partnership.coalition.clone();
    make(&mut settings);
    app.edit(Edit::SetCoalition(settings));
}

/// The slider where there is a figure to measure it by, the amount always.
fn coordination(app: &App, proposed: Option<u64>) -> Html {
    let alpha = app.state().scenario.partnership.coalition.alpha_minor;
    let proposed = proposed.filter(|minor| *minor > 0);
    let on_change = {
        let app = app.clone();
        Callback::from(move |minor: Option<u64>| {
            app.edit(Edit::SetCoordinationCost(
                minor.unwrap_or(0).min(MAX_AMOUNT_MINOR),
            ));
        })
    };
    html! {
        <fieldset class="coalition-setting">
            <legend>{ app.say(say::coalition_alpha()) }</legend>
            <p class="meta">{ app.say(say::coalition_alpha_about()) }</p>
            if let Some(proposed) = proposed { { slider(app, alpha, proposed) } }
            <AmountField id="coalition-alpha" label={app.say(say::coalition_alpha())} value={alpha} {on_change} />
            if let Some(proposed) = proposed { { proposal(app, alpha, proposed) } }
        </fieldset>
    }
}

fn slider(app: &App, alpha: u64, proposed: u64) -> Html {
    let most = proposed.saturating_mul(REACH);
    let step = (most / STEPS).max(1);
    let oninput = {
        let app = app.clone();
        Callback::from(move |event: InputEvent| {
            let text = event.target_unchecked_into::<HtmlInputElement>().value();
            if let Ok(minor) = text.parse::<u64>() {
                app.edit(Edit::SetCoordinationCost(minor));
            }
        })
    };
    html! {
        <input type="range" id="coalition-alpha-slider" min="0" max={most.to_string()} step={step.to_string()} value={alpha.min(most).to_string()}
            aria-label={app.say(say::coalition_alpha_slide())} aria-valuetext={app.i18n.money(alpha)} {oninput} />
    }
}

fn proposal(app: &App, alpha: u64, proposed: u64) -> Html {
    let is_used = alpha == proposed;
    let onclick = {
        let app = app.clone();
        Callback::from(move |_: MouseEvent| app.edit(Edit::SetCoordinationCost(proposed)))
    };
    html! {
        <div class="coalition-proposal">
            <p class="meta">{ app.say(say::coalition_alpha_proposed(app.i18n.money(proposed))) }</p>
            <button id="coalition-alpha-use" aria-disabled={is_used.then_some("true")} {onclick}>{ app.say(say::coalition_alpha_use()) }</button>
        </div>
    }
}

fn size(app: &App) -> Html {
    let most = app.state().scenario.partnership.coalition.max_size;
    let on_change = {
        let app = app.clone();
        Callback::from(move |count: Option<u64>| {
            change(&app, |settings| {
                settings.max_size = count.and_then(|count| u16::try_from(count).ok());
            });
        })
    };
    html! {
        <div class="coalition-setting">
            <NumberField id="coalition-most" label={app.say(say::coalition_most())} value={most.map(u64::from)} min={2} max={MOST_PARTNERS}
                {on_change} hint={app.say(say::coalition_most_hint())} />
        </div>
    }
}

fn sectors(app: &App) -> Html {
    let scenario = &app.state().scenario;
    let (rules, different) = selectors::sector_rules(scenario);
    let binding: Vec<(Sector, Message)> = rules.iter().filter_map(|rule| chip(app, rule)).collect();
    // Where the named sectors are that many already, the number says nothing more.
    let named = rules.iter().filter(|rule| rule.least > 0).count();
    let different = Some(different).filter(|count| *count > named);
    let form = scenario
        .partnership
        .form
        .map(|form| Message::of_code("form", &form.row().to_lowercase()));
    let by_form = form.filter(|_| different.is_some() || rules.iter().any(|rule| rule.by_form));
    html! {
        <fieldset class="coalition-setting">
            <legend>{ app.say(say::coalition_sectors_title()) }</legend>
            if binding.is_empty() && different.is_none() {
                <p class="meta">{ app.say(say::coalition_sectors_free()) }</p>
            } else {
                <ul class="sector-list" id="coalition-sectors">
                    { for binding.into_iter().map(|(sector, words)| html! { <li class={sector_class(sector)}>{ app.say(words) }</li> }) }
                    { for different.map(|count| html! { <li class="absent">{ app.say(say::coalition_sectors_different(count)) }</li> }) }
                </ul>
            }
            if let Some(form) = by_form { <p class="meta">{ app.say(say::coalition_sectors_by_form(app.say(form).as_str())) }</p> }
            <details id="coalition-sectors-change">
                <summary>{ app.say(say::coalition_sectors_change()) }</summary>
                <p class="meta">{ app.say(say::coalition_sectors_change_about()) }</p>
                <div class="coalition-quotas">{ for Sector::ALL.map(|sector| quota(app, sector)) }</div>
            </details>
        </fieldset>
    }
}

fn chip(app: &App, rule: &SectorRule) -> Option<(Sector, Message)> {
    let name = app.say(sector_name(rule.sector)).to_string();
    let words = match (usize::from(rule.least), rule.most.map(usize::from)) {
        (0, None) => return None,
        (least, None) => say::coalition_sector_least(least, name),
        (0, Some(most)) => say::coalition_sector_most(most, name),
        (least, Some(most)) => say::coalition_sector_range(least, most, name),
    };
    Some((rule.sector, words))
}

/// The person's own numbers for a sector, beside those of the form.
fn quota(app: &App, sector: Sector) -> Html {
    let settings = &app.state().scenario.partnership.coalition;
    let of = |entries: &[(Sector, u16)]| {
        let own = entries.iter().find(|(one, _)| *one == sector);
        own.map(|(_, count)| u64::from(*count))
    };
    let set = |pick: fn(&mut CoalitionSettings) -> &mut Vec<(Sector, u16)>| {
        let app = app.clone();
        Callback::from(move |count: Option<u64>| {
            change(&app, |settings| {
                let entries = pick(settings);
                entries.retain(|(one, _)| *one != sector);
                if let Some(count) = count.and_then(|count| u16::try_from(count).ok()) {
                    entries.push((sector, count));
                }
            });
        })
    };
    let (name, index) = (app.say(sector_name(sector)), sector.index());
    html! { <>
        <NumberField id={format!("coalition-least-{index}")} label={app.say(say::coalition_field_least(name.as_str()))}
            value={of(&settings.sector_min)} max={MOST_PARTNERS} on_change={set(|settings| &mut settings.sector_min)} />
        <NumberField id={format!("coalition-most-{index}")} label={app.say(say::coalition_field_most(name.as_str()))}
            value={of(&settings.sector_max)} max={MOST_PARTNERS} on_change={set(|settings| &mut settings.sector_max)} />
    </> }
}

/// A tick for each partner chosen or made a must; anybody else by name.
fn anchors(app: &App, memory: &Memory) -> Html {
    let scenario = &app.state().scenario;
    let plan = &scenario.partnership;
    let project = plan.project.as_ref().and_then(|id| scenario.project(id));
    let mut leads: Vec<&OrgId> = plan.lead.iter().collect();
    leads.extend(
        project
            .and_then(|project| project.lead.as_ref())
            .filter(|lead| plan.lead.as_ref() != Some(lead)),
    );
    let at_hand = |id: &OrgId| {
        !leads.contains(&id) && (plan.members.contains(id) || plan.coalition.anchors.contains(id))
    };
    let ids = || scenario.organisations.iter().map(|one| &one.id);
    let none = (AttrValue::from(""), app.say(say::coalition_anchors_choose()));
    let others = ids()
        .filter(|id| !leads.contains(id) && !at_hand(id))
        .map(|id| (AttrValue::from(id.to_string()), AttrValue::from(app.org_name(id))));
    let options: Vec<_> = std::iter::once(none).chain(others).collect();
    let on_change = {
        let must = memory.must.clone();
        Callback::from(move |id: String| must.set(id))
    };
    let named: Vec<String> = leads.iter().map(|id| app.org_name(id)).collect();
    html! {
        <fieldset class="coalition-setting" id="coalition-anchors">
            <legend>{ app.say(say::coalition_anchors_title()) }</legend>
            if !named.is_empty() { <p class="meta">{ app.say(say::coalition_anchors_lead(listed(app, &named))) }</p> }
            <div class="coalition-anchors">{ for ids().filter(|id| at_hand(id)).map(|id| anchor(app, id)) }</div>
            <div class="row chooser">
                <SelectField id="coalition-anchor-other" label={app.say(say::coalition_anchors_other())} {options} value={(*memory.must).clone()} {on_change} />
                <button id="coalition-anchor-add" onclick={add(app, memory)}>{ app.say(say::coalition_anchors_add()) }</button>
            </div>
        </fieldset>
    }
}

fn anchor(app: &App, id: &OrgId) -> Html {
    let plan = &app.state().scenario.partnership;
    let checked = plan.coalition.anchors.contains(id);
    let stays = plan.members.contains(id);
    let on_change = {
        let (app, id) = (app.clone(), id.clone());
        Callback::from(move |wanted: bool| {
            change(&app, |settings| {
                settings.anchors.retain(|one| *one != id);
                if wanted {
                    settings.anchors.push(id.clone());
                }
            });
            if !stays {
                // The tick goes away with the wish.
                focus_later("coalition-anchor-other");
            }
        })
    };
    html! {
        <CheckField key={id.to_string()} id={format!("coalition-anchor-{id}")} label={app.org_name(id)} {checked} {on_change} />
    }
}

fn add(app: &App, memory: &Memory) -> Callback<MouseEvent> {
    let (app, must) = (app.clone(), memory.must.clone());
    Callback::from(move |_| {
        let Ok(id) = OrgId::new(&must) else { return };
        change(&app, |settings| {
            if !settings.anchors.contains(&id) {
                settings.anchors.push(id);
            }
        });
        must.set(String::new());
    })
}

fn conflicts(app: &App) -> Html {
    let scenario = &app.state().scenario;
    html! {
        <details class="coalition-setting" id="coalition-conflicts">
            <summary>{ app.say(say::coalition_conflicts_title()) }{ format!(" ({})", app.i18n.integer(scenario.conflicts.len() as u64)) }</summary>
            if scenario.conflicts.is_empty() {
                <p class="meta">{ app.say(say::coalition_conflicts_none()) }</p>
            } else {
                <ul class="coalition-ask">{ for scenario.conflicts.iter().map(|conflict| {
                    let (a, b) = &conflict.between;
                    html! { <li>{ app.say(say::conflict_line(app.org_name(a), app.org_name(b))) }{ " " }{ app.text(&conflict.reason) }</li> }
                }) }</ul>
            }
        </details>
    }
}
