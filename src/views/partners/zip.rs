//! The zip: row by row, what one needs against what the other offers. A table, so it needs no twin.

use crate::app::App;
use crate::components::{interval_bar, sector_class};
use crate::domain::{KindId, OrgId};
use crate::matching::{Direction, KindFill, PartnerList, PartnerMatch};
use crate::text::{Message, say};
use crate::views::words::bare_quantity;
use yew::prelude::*;

/// A row for every kind one of the two needs: the seeker's wing on the left, the partner's on the right.
///
/// On a phone the rows are laid out as a grid with the kind above its wings; the roles are written out because a
/// browser may forget them with the layout.
pub(super) fn zip(app: &App, list: &PartnerList, partner: &PartnerMatch) -> Html {
    let (lead_name, name) = (app.org_name(&list.seeker), app.org_name(&partner.id));
    let rows = |fills: &[KindFill], kind: &KindId| fills.iter().find(|fill| &fill.kind == kind).cloned();
    let kinds = app
        .kinds
        .iter()
        .map(|kind| {
            (
                &kind.id,
                rows(&partner.receives, &kind.id),
                rows(&partner.gives, &kind.id),
            )
        })
        .filter(|(_, receives, gives)| receives.is_some() || gives.is_some());
    let in_doubt = |fill: &KindFill| fill.filled[1] > fill.filled[0];
    let doubt = partner.receives.iter().chain(&partner.gives).any(in_doubt);
    html! { <>
        <h3>{ app.say(say::zip_title()) }{ " " }<small>{ app.say(say::zip_subtitle()) }</small></h3>
        <p class="finding" id="zip-finding">{ app.say(finding(list, partner, &lead_name, &name)) }</p>
        <table class="zip" id="zip" role="table">
            <thead role="rowgroup"><tr role="row">
                <th scope="col" role="columnheader" class="l">{ app.say(say::zip_gets(lead_name.as_str())) }</th>
                <th scope="col" role="columnheader"><span class="visually-hidden">{ app.say(say::zip_kind()) }</span></th>
                <th scope="col" role="columnheader">{ app.say(say::zip_gets(name.as_str())) }</th>
            </tr></thead>
            <tbody role="rowgroup">
                { for kinds.map(|(kind, receives, gives)| html! {
                    <tr role="row" key={kind.to_string()}>
                        <td role="cell" class="l">{ wing(app, receives.as_ref(), &partner.id, true) }</td>
                        <th scope="row" role="rowheader">{ app.kind_name(kind) }</th>
                        <td role="cell">{ wing(app, gives.as_ref(), &list.seeker, false) }</td>
                    </tr>
                }) }
            </tbody>
        </table>
        if doubt { <p class="meta">{ app.say(say::zip_legend()) }</p> }
    </> }
}

/// What the picture shows, in a sentence. A need counts as filled if any of it is for certain.
fn finding(list: &PartnerList, found: &PartnerMatch, lead: &str, partner: &str) -> Message {
    let filled = |fills: &[KindFill]| fills.iter().filter(|fill| fill.filled[0] > 0.0).count();
    let (receives, gives) = (&found.receives, &found.gives);
    match list.direction {
        Direction::Both => say::zip_finding(
            filled(gives),
            gives.len(),
            filled(receives),
            lead,
            receives.len(),
            partner,
        ),
        Direction::SeekerReceives => say::zip_finding_gift(filled(receives), partner, receives.len(), lead),
        Direction::SeekerGives => say::zip_finding_gift(filled(gives), lead, gives.len(), partner),
    }
}

/// One side of a row, in the colour of who gives.
fn wing(app: &App, fill: Option<&KindFill>, giver: &OrgId, from_right: bool) -> Html {
    let Some(fill) = fill else {
        return html! { <>
            <span class="visually-hidden">{ app.say(say::zip_no_need()) }</span>
            { interval_bar([0.0, 0.0], "none", from_right) }
        </> };
    };
    let giver = app.state().scenario.organisation(giver);
    let class = giver.map(|giver| format!("fill-{}", sector_class(giver.sector)));
    html! { <>
        <span class="v">{ app.say(words(app, fill)) }</span>
        { interval_bar(fill.filled, class, from_right) }
    </> }
}

/// "40 dari 60 hari orang", or what is not said.
fn words(app: &App, fill: &KindFill) -> Message {
    let kind = &fill.kind;
    match (fill.offered, fill.need) {
        (Some(offered), Some(need)) => say::zip_of(
            bare_quantity(app, kind, offered.min(need)),
            app.quantity(kind, need),
        ),
        (None, Some(need)) => say::zip_offer_unsaid(app.quantity(kind, need)),
        (Some(0), None) => say::zip_none_unsaid(),
        (Some(offered), None) => say::zip_need_unsaid(app.quantity(kind, offered)),
        (None, None) => say::zip_both_unsaid(),
    }
}
