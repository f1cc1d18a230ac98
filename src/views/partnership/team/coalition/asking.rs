//! Who could serve too if they said more, and who was not looked at.

use super::words::{NAMED, some};
use crate::app::App;
use crate::domain::{KindId, OrgId};
use crate::matching::coalition::CoalitionAnswer;
use crate::text::say;
use crate::views::words::kind_inside;
use yew::prelude::*;

/// Offers and costs nobody has put a figure on; nothing where all is said.
pub(super) fn asking(app: &App, answer: &CoalitionAnswer) -> Html {
    let mut open: Vec<(&OrgId, Vec<&KindId>)> = Vec::new();
    for offer in &answer.unknown_offers {
        match open.iter_mut().find(|(org, _)| *org == &offer.org) {
            Some((_, kinds)) => kinds.push(&offer.kind),
            None => open.push((&offer.org, vec![&offer.kind])),
        }
    }
    let silent = &answer.unknown_costs;
    if open.is_empty() && silent.is_empty() && answer.without_theme.is_empty() {
        return html! {};
    }
    let others = open.len().saturating_sub(NAMED);
    html! {
        <div class="coalition-part" id="coalition-ask">
            <h3>{ app.say(say::coalition_ask_title()) }</h3>
            if !open.is_empty() {
                <p class="meta">{ app.say(say::coalition_ask_offers()) }</p>
                <ul class="coalition-ask">
                    { for open.iter().take(NAMED).map(|(org, kinds)| {
                        let kinds: Vec<_> = kinds.iter().map(|kind| kind_inside(app, kind)).collect();
                        html! { <li key={org.to_string()}>{ app.say(say::coalition_ask_line(kinds.join("; "), app.org_name(org))) }</li> }
                    }) }
                    if others > 0 { <li>{ app.say(say::coalition_ask_more(others)) }</li> }
                </ul>
            }
            if !silent.is_empty() {
                <p class="meta">{ app.say(say::coalition_ask_costs(app.i18n.money(answer.assumed_cost_minor), some(app, silent))) }</p>
            }
            if !answer.without_theme.is_empty() {
                <p class="meta">{ app.say(say::coalition_without_theme(some(app, &answer.without_theme))) }</p>
            }
        </div>
    }
}
