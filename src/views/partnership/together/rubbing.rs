//! Where it rubs: every pair of the partnership, the worst first.

use super::Looking;
use super::matrix::{MOST_IN_MATRIX, matrix, swatch};
use super::pair::{pair_parts, part_name};
use super::words::{both, share};
use crate::app::App;
use crate::components::{IconName, icon};
use crate::partnership::{Assessment, FrictionMap, FrictionPart, PairFriction};
use crate::text::say;
use yew::prelude::*;

/// Pairs of the list; the table has more.
const MOST_IN_LIST: usize = 10;
/// Pairs of the table.
const MOST_IN_TABLE: usize = 200;

/// Conflicts first, then by what is certain, then by what is possible.
pub fn worst_first(map: &FrictionMap) -> Vec<&PairFriction> {
    let mut pairs: Vec<_> = map.pairs.iter().collect();
    let key = |pair: &PairFriction| (pair.friction.low, pair.friction.high.unwrap_or(f64::INFINITY));
    pairs.sort_by(|a, b| {
        let (low, high) = key(a);
        let (other_low, other_high) = key(b);
        is_conflict(b)
            .cmp(&is_conflict(a))
            .then(other_low.total_cmp(&low))
            .then(other_high.total_cmp(&high))
    });
    pairs
}

/// Whether the two are in conflict.
pub(super) fn is_conflict(pair: &PairFriction) -> bool {
    let conflict = |value: &&crate::partnership::FrictionValue| value.part == FrictionPart::Conflict;
    pair.parts
        .iter()
        .find(conflict)
        .is_some_and(|value| value.flagged)
}

/// The map as a matrix with the parts of the chosen pair beside it, or as a list that opens; then the table.
pub(super) fn rubbing(app: &App, looking: &Looking, assessment: &Assessment) -> Html {
    let pairs = worst_first(&assessment.friction);
    let chosen = looking.pair.as_ref();
    let shown = pairs
        .iter()
        .find(|pair| Some(&pair.between) == chosen)
        .or(pairs.first());
    // A triangle of one field says no more than its row.
    let drawn = (3..=MOST_IN_MATRIX).contains(&assessment.parties.len());
    html! {
        <section class={classes!("card", drawn.then_some("has-matrix"))} id="rubbing" aria-labelledby="rubbing-title">
            <h2 id="rubbing-title">{ app.say(say::together_rub_title()) }</h2>
            <p>{ app.say(if drawn { say::together_rub_hint() } else { say::together_rub_hint_list() }) }</p>
            if drawn {
                if let Some(shown) = shown { { matrix(app, looking, assessment, shown) } }
            }
            <ul class="rub-list" id="rub-list">{ for pairs.iter().take(MOST_IN_LIST).map(|pair| item(app, pair, pairs.len() == 1)) }</ul>
            if pairs.iter().any(|pair| !pair.friction.is_known()) { <p class="meta">{ app.say(say::together_rub_legend()) }</p> }
            { twin(app, &pairs) }
        </section>
    }
}

fn item(app: &App, pair: &PairFriction, open: bool) -> Html {
    let (a, b) = &pair.between;
    html! {
        <li key={format!("{a} {b}")}>
            <details id={format!("rub-{a}-{b}")} {open}>
                <summary>
                    { swatch(pair.friction) }
                    <span class="name">
                        { both(app, &pair.between) }
                        if let Some(part) = pair.dominant { <small>{ app.say(part_name(part)) }</small> }
                    </span>
                    if is_conflict(pair) { <span class="warn">{ icon(IconName::Warning) }<span class="visually-hidden">{ app.say(say::together_part_conflict()) }</span></span> }
                    <span class="of">{ share(app, pair.friction) }</span>
                </summary>
                { pair_parts(app, pair) }
            </details>
        </li>
    }
}

fn twin(app: &App, pairs: &[&PairFriction]) -> Html {
    let left_out = pairs.len().saturating_sub(MOST_IN_TABLE);
    let caption = app.say(say::together_rub_caption());
    html! {
        <details class="twin" id="rub-table">
            <summary>{ app.say(say::as_table()) }</summary>
            <div class="table-wrap" tabindex="0" role="region" aria-label={caption.clone()}>
                <table>
                    <caption>{ caption }</caption>
                    <thead><tr>
                        <th scope="col">{ app.say(say::together_col_pair()) }</th>
                        <th scope="col" class="number">{ app.say(say::together_col_friction()) }</th>
                        { for FrictionPart::ALL.map(|part| html! { <th scope="col" class="number">{ app.say(part_name(part)) }</th> }) }
                    </tr></thead>
                    <tbody>{ for pairs.iter().take(MOST_IN_TABLE).map(|pair| html! {
                        <tr>
                            <th scope="row">{ both(app, &pair.between) }</th>
                            <td class="number">{ share(app, pair.friction) }</td>
                            { for pair.parts.iter().map(|part| html! { <td class="number">{ share(app, part.value) }</td> }) }
                        </tr>
                    }) }</tbody>
                </table>
            </div>
            if left_out > 0 { <p class="meta">{ app.say(say::together_rub_left_out(left_out)) }</p> }
        </details>
    }
}
