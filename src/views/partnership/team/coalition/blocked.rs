//! Why there is no team, and what would close the gap.

use super::words::names;
use crate::app::{App, focus_later};
use crate::components::sector_name;
use crate::domain::{CoalitionSettings, OrgId, Sector};
use crate::matching::coalition::answer::NamedBlock;
use crate::matching::coalition::{Block, CoalitionAnswer};
use crate::state::Edit;
use crate::text::say;
use crate::views::words::listed;
use yew::prelude::*;

/// Each thing that stands in the way, with what would help.
pub(super) fn blocked(app: &App, answer: &CoalitionAnswer, working: bool) -> Html {
    if answer.blocked.is_empty() && working {
        return html! {};
    }
    html! {
        <div class="coalition-blocked" id="coalition-blocked">
            <p>{ app.say(say::coalition_blocked_about()) }</p>
            <ul>{ for answer.blocked.iter().map(|block| html! { <li>{ words(app, block) }</li> }) }</ul>
        </div>
    }
}

fn words(app: &App, block: &NamedBlock) -> Html {
    let sector = |sector: &Sector| app.say(sector_name(*sector)).to_string();
    let sentence = |message| html! { <p>{ app.say(message) }</p> };
    match block {
        NamedBlock::Requirement { kind, short, ask } => {
            let help = if ask.is_empty() {
                say::coalition_block_requirement_find()
            } else {
                say::coalition_block_requirement_ask(listed(app, &names(app, ask)))
            };
            html! { <>
                <p><b>{ app.say(say::coalition_block_requirement(app.kind_name(kind), app.quantity(kind, *short))) }</b></p>
                { sentence(help) }
            </> }
        }
        NamedBlock::SectorMin {
            sector: of,
            have,
            need,
        } => sentence(say::coalition_block_sector_min(*have, *need, sector(of))),
        NamedBlock::SectorMax {
            sector: of,
            have,
            most,
        } => sentence(say::coalition_block_sector_max(*have, *most, sector(of))),
        NamedBlock::Anchors { pair: (a, b) } => {
            sentence(say::coalition_block_anchors(app.org_name(a), app.org_name(b)))
        }
        NamedBlock::Conflicts { pairs } if pairs.is_empty() => {
            sentence(say::coalition_block_conflicts_several())
        }
        NamedBlock::Conflicts { pairs } => conflicts(app, pairs),
        NamedBlock::Rule(Block::Size { need, most }) => size(app, *need, *most),
        NamedBlock::Rule(Block::Sectors { have, need }) => {
            sentence(say::coalition_block_sectors(*have, *need))
        }
        NamedBlock::Rule(Block::TooFew { have, need }) => {
            sentence(say::coalition_block_too_few(*have, *need))
        }
        NamedBlock::Rule(Block::Quotas) => sentence(say::coalition_block_quotas()),
        NamedBlock::Rule(Block::QuotasMax) => sentence(say::coalition_block_quotas_max()),
        // What a newer engine may know beyond these is several things together, too.
        _ => sentence(say::coalition_block_together()),
    }
}

fn conflicts(app: &App, pairs: &[(OrgId, OrgId)]) -> Html {
    html! { <>
        <p>{ app.say(say::coalition_block_conflicts()) }</p>
        <ul class="coalition-ask">{ for pairs.iter().map(|(a, b)| html! {
            <li>{ app.say(say::coalition_block_pair(app.org_name(a), app.org_name(b))) }</li>
        }) }</ul>
    </> }
}

fn size(app: &App, need: usize, most: usize) -> Html {
    let onclick = {
        let app = app.clone();
        Callback::from(move |_: MouseEvent| {
            let settings = app.state().scenario.partnership.coalition.clone();
            app.edit(Edit::SetCoalition(CoalitionSettings {
                max_size: u16::try_from(need).ok(),
                ..settings
            }));
            // The sentence goes away with the button.
            focus_later(super::TITLE);
        })
    };
    html! { <>
        <p>{ app.say(say::coalition_block_size(most, need)) }</p>
        <button id="coalition-allow-size" {onclick}>{ app.say(say::coalition_block_size_allow(need)) }</button>
    </> }
}
