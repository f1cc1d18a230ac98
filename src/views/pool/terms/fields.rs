//! "More about this pledge": folded away until somebody asks, undone like any edit.

use super::condition_fields::condition_fields;
use super::parts::PartsField;
use super::results_fields::results_fields;
use super::timing::timing_fields;
use crate::app::App;
use crate::components::{AmountField, PercentField, SelectField};
use crate::domain::{Layer, Pledge, PledgeTerms, WHOLE_BASIS_POINTS};
use crate::state::Edit;
use crate::state::drafts::basis_points;
use crate::text::{Message, say};
use yew::prelude::*;

/// Changes the terms of a pledge by what a field says.
pub(super) fn put<T: 'static>(
    app: &App,
    pledge: &Pledge,
    change: impl Fn(&mut PledgeTerms, T) + 'static,
) -> Callback<T> {
    let (app, pledge) = (app.clone(), pledge.clone());
    Callback::from(move |value: T| {
        let mut pledge = pledge.clone();
        change(&mut pledge.terms, value);
        app.edit(Edit::PutPledge(Box::new(pledge)));
    })
}

/// All terms of a pledge.
pub(in crate::views::pool) fn terms_fields(app: &App, pledge: &Pledge) -> Html {
    let terms = &pledge.terms;
    let id = format!("pledge-{}", pledge.id);
    let share = |points: u32| f64::from(points) / f64::from(WHOLE_BASIS_POINTS);
    let on_share = put(app, pledge, |terms, share: f64| {
        // All of a project is no limit; none of any would be no pledge.
        let points = basis_points(share).max(1);
        terms.largest_share_basis_points = (points < WHOLE_BASIS_POINTS).then_some(points);
    });
    let on_layer = put(app, pledge, |terms, code: String| {
        terms.layer = Layer::ALL.into_iter().find(|layer| layer.code() == code);
    });
    let layers = Layer::ALL.into_iter().map(|layer| {
        (
            AttrValue::from(layer.code()),
            app.say(Message::of_code("layer", layer.code())),
        )
    });
    let layers: Vec<_> = std::iter::once((AttrValue::from(""), app.say(say::terms_layer_none())))
        .chain(layers)
        .collect();
    html! {
        <details class="terms" id={format!("{id}-terms")}>
            <summary>{ app.say(say::terms_more()) }</summary>
            <div class="fields">
                { condition_fields(app, pledge) }
                <PercentField id={format!("{id}-share")} label={app.say(say::terms_largest_share())}
                    value={share(terms.largest_share_basis_points.unwrap_or(WHOLE_BASIS_POINTS))} on_change={on_share} />
                <AmountField id={format!("{id}-ticket")} label={app.say(say::terms_ticket())} value={terms.minimum_ticket_minor}
                    on_change={put(app, pledge, |terms, minor: Option<u64>| terms.minimum_ticket_minor = minor.filter(|&minor| minor > 0))} />
                <AmountField id={format!("{id}-kind")} label={app.say(say::terms_in_kind())}
                    value={Some(terms.in_kind_minor).filter(|&minor| minor > 0)}
                    on_change={put(app, pledge, |terms, minor: Option<u64>| terms.in_kind_minor = minor.unwrap_or(0))} />
                <PercentField id={format!("{id}-overhead")} label={app.say(say::terms_overhead())}
                    value={share(terms.overhead_basis_points)}
                    on_change={put(app, pledge, |terms, share: f64| terms.overhead_basis_points = basis_points(share))} />
                <SelectField id={format!("{id}-layer")} label={app.say(say::terms_layer())} options={layers}
                    value={terms.layer.map_or("", Layer::code)} on_change={on_layer} />
                <PartsField id={format!("{id}-tranches")} label={app.say(say::terms_tranches())} value={terms.tranches.clone()}
                    on_change={put(app, pledge, |terms, parts: Vec<u32>| terms.tranches = parts)} />
                { timing_fields(app, pledge) }
                { results_fields(app, pledge) }
            </div>
        </details>
    }
}
