//! The friction map as a triangle of organisations, where there is room for it.

use super::Looking;
use super::pair::pair_parts;
use super::rubbing::is_conflict;
use super::words::{both, share};
use crate::app::App;
use crate::components::{IconName, icon};
use crate::domain::OrgId;
use crate::partnership::{Assessment, PairFriction, Range};
use crate::text::say;
use yew::prelude::*;

/// Above this many parties the triangle is wider than the page, and the list says more.
pub(super) const MOST_IN_MATRIX: usize = 9;

/// The triangle, and the parts of the pair `shown`.
pub(super) fn matrix(app: &App, looking: &Looking, assessment: &Assessment, shown: &PairFriction) -> Html {
    let parties = &assessment.parties;
    let column = |(index, org): (usize, &OrgId)| {
        html! {
            <th scope="col"><span aria-hidden="true">{ index + 1 }</span><span class="visually-hidden">{ app.org_name(org) }</span></th>
        }
    };
    let row = |(index, org): (usize, &OrgId)| {
        html! {
            <tr key={org.to_string()}>
                <th scope="row"><span class="index" aria-hidden="true">{ index + 1 }</span>{ app.org_name(org) }</th>
                { for parties.iter().enumerate().skip(1).map(|(other, with)| {
                    let pair = assessment.friction.pairs.iter().find(|pair| &pair.between.0 == org && &pair.between.1 == with);
                    html! { <td>{ for pair.filter(|_| other > index).map(|pair| cell(app, looking, pair, shown)) }</td> }
                }) }
            </tr>
        }
    };
    html! {
        <div class="rub-wide">
            <table class="rub-matrix">
                <caption class="visually-hidden">{ app.say(say::together_rub_caption()) }</caption>
                <thead><tr><td></td>{ for parties.iter().enumerate().skip(1).map(column) }</tr></thead>
                <tbody>{ for parties.iter().enumerate().map(row) }</tbody>
            </table>
            <div class="rub-shown" id="rub-shown" role="status">
                <h3>{ both(app, &shown.between) }</h3>
                { pair_parts(app, shown) }
            </div>
        </div>
    }
}

fn cell(app: &App, looking: &Looking, pair: &PairFriction, shown: &PairFriction) -> Html {
    let (a, b) = &pair.between;
    let onclick = {
        let (chosen, between) = (looking.pair.clone(), pair.between.clone());
        Callback::from(move |_: MouseEvent| chosen.set(Some(between.clone())))
    };
    let figure = share(app, pair.friction);
    let label = app.say(say::together_cell(figure.as_str(), both(app, &pair.between)));
    html! {
        <button type="button" id={format!("cell-{a}-{b}")} aria-pressed={(pair.between == shown.between).to_string()} aria-label={label} {onclick}>
            { swatch(pair.friction) }
            <span>{ if is_conflict(pair) { icon(IconName::Warning) } else { html! {} } }{ figure }</span>
        </button>
    }
}

/// A field shaded by how much is certain, hatched by how much more there may be. Decoration: the figure stands beside it.
pub(super) fn swatch(friction: Range) -> Html {
    let high = friction.high.unwrap_or(1.0);
    let shade = |share: f64| format!("{:.2}", 0.06 + 0.9 * share.clamp(0.0, 1.0));
    html! {
        <svg class="swatch" width="100%" height="22" aria-hidden="true" focusable="false">
            <rect class="shade" width="100%" height="22" fill-opacity={shade(friction.low)} />
            if high > friction.low {
                <line class="doubt" x1="0%" x2="100%" y1="11" y2="11" stroke-opacity={shade(high)} />
            }
        </svg>
    }
}
