//! One ring or chain: its picture, what changes hands, and what is left if somebody withdraws.

use super::choice::Choice;
use super::handovers::{given_short, handovers, table};
use super::withdrawal::withdrawal;
use super::words::{org_names, sector_of, share};
use crate::app::App;
use crate::charts::drawing::Ink;
use crate::charts::exchange::{Member, drawing};
use crate::components::charts::ring_picture;
use crate::components::initials;
use crate::domain::OrgId;
use crate::matching::rings::{Exchange, RingsAnswer};
use crate::text::say;
use crate::views::picture::{Saved, save_buttons};
use yew::prelude::*;

/// The exchange number `index` of `answer`.
pub(super) fn ring(
    app: &App,
    answer: &RingsAnswer,
    index: usize,
    one: &Exchange,
    withdrawn: &Choice<Option<OrgId>>,
    working: bool,
) -> Html {
    let number = index + 1;
    let away = withdrawn.value.as_ref().filter(|id| one.members.contains(id));
    let nodes: Vec<Member> = one
        .members
        .iter()
        .map(|id| {
            let name = app.org_name(id);
            let gives = one.handovers.iter().find(|hand| &hand.from == id);
            Member {
                initials: initials(&name),
                name,
                ink: Ink::of_sector(sector_of(app, id)),
                gives: gives.map_or_else(String::new, |hand| given_short(app, hand)),
                gone: away == Some(id),
            }
        })
        .collect();
    let names = org_names(app, &one.members);
    let title = if one.chain {
        say::exchange_chain_name(one.members.len(), names)
    } else {
        say::exchange_ring_name(one.members.len(), names)
    };
    let title = app.say(title);
    let average = share(app, one.value_millionths as f64, one.handovers.len() as f64);
    let saved = Saved {
        finding: app.say(say::exchange_ring_value(average.clone())).to_string(),
        legend: String::new(),
        drawing: drawing(&nodes, one.chain, true),
    };
    let first = one.members.first().filter(|_| one.chain);
    html! {
        <li id={format!("ring-{number}")} class="exchange-ring">
            <h3>{ title.clone() }</h3>
            <p>
                { app.say(say::exchange_ring_value(average)) }
                { for first.map(|gift| html! { <>{ " " }{ app.say(say::exchange_chain_about(app.org_name(gift))) }</> }) }
            </p>
            <div class="exchange-ring-cols">
                { ring_picture(&nodes, one.chain) }
                <div>
                    { handovers(app, one) }
                    { withdrawal(app, answer, number, one, withdrawn, working) }
                </div>
            </div>
            { table(app, number, one) }
            { save_buttons(app, &format!("ring-{number}"), &title, saved) }
        </li>
    }
}
