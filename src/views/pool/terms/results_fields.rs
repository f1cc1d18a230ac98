//! What a pledge pays for verified results.

use super::fields::put;
use crate::app::App;
use crate::components::{AmountField, CheckField, NumberField, PercentField, SelectField, TextField};
use crate::domain::{OrgId, Pledge, ResultsTerms, Text};
use crate::state::drafts::reworded;
use crate::text::say;
use yew::prelude::*;

/// A tick, and what it brings.
pub(super) fn results_fields(app: &App, pledge: &Pledge) -> Html {
    let id = format!("pledge-{}", pledge.id);
    let results = pledge.terms.results.as_ref();
    let fresh = ResultsTerms {
        outcome: Text::Plain(app.say(say::terms_results_outcome_new()).to_string()),
        // A tenth of the pledge a result, ten of them: round figures to start from.
        price_minor: (pledge.amount.amount_minor() / 10).max(1),
        cap_minor: None,
        expected: 10,
        prefinanced_by: None,
        verified: None,
    };
    let on_tick = put(app, pledge, move |terms, ticked: bool| {
        terms.results = ticked.then(|| fresh.clone());
    });
    html! { <>
        <CheckField id={format!("{id}-results")} label={app.say(say::terms_results())} checked={results.is_some()} on_change={on_tick} />
        if let Some(results) = results { { details(app, pledge, &id, results) } }
    </> }
}

fn change<T: 'static>(
    app: &App,
    pledge: &Pledge,
    change: impl Fn(&mut ResultsTerms, T) + 'static,
) -> Callback<T> {
    put(app, pledge, move |terms, value: T| {
        if let Some(results) = &mut terms.results {
            change(results, value);
        }
    })
}

/// How sure a stated mean share of verified results is, as so many results already seen (a + b of the Beta distribution).
const SURE_AS: f64 = 10.0;

fn mean_verified(results: &ResultsTerms) -> f64 {
    results.verified.map_or(1.0, |(a, b)| a / (a + b))
}

/// The same sureness about another mean; all of them is certain.
fn set_mean_verified(results: &mut ResultsTerms, share: f64) {
    let sure = results.verified.map_or(SURE_AS, |(a, b)| a + b);
    let shape = |part: f64| (part * sure).clamp(0.01, 10_000.0);
    results.verified = (share < 1.0).then(|| (shape(share), shape(1.0 - share)));
}

fn details(app: &App, pledge: &Pledge, id: &str, results: &ResultsTerms) -> Html {
    let organisations = app.state().scenario.organisations.iter().map(|organisation| {
        let name = app.text(&organisation.name);
        (AttrValue::from(organisation.id.to_string()), name.into())
    });
    let options: Vec<_> = std::iter::once((AttrValue::from(""), app.say(say::unknown_quantity())))
        .chain(organisations)
        .collect();
    let language = app.i18n.language;
    let on_outcome = change(app, pledge, move |results, words: String| {
        results.outcome = reworded(&results.outcome, language, &words);
    });
    let on_price = change(app, pledge, |results, minor: Option<u64>| {
        // A price of nothing pays for no result; the last one stays until there is another.
        results.price_minor = minor.filter(|&minor| minor > 0).unwrap_or(results.price_minor);
    });
    let payer = results
        .prefinanced_by
        .as_ref()
        .map(ToString::to_string)
        .unwrap_or_default();
    html! { <>
        <TextField id={format!("{id}-outcome")} label={app.say(say::terms_results_outcome())} value={app.text(&results.outcome)} on_input={on_outcome} />
        <AmountField id={format!("{id}-price")} label={app.say(say::terms_results_price())} value={Some(results.price_minor)} on_change={on_price} />
        <NumberField id={format!("{id}-expected")} label={app.say(say::terms_results_expected())} value={Some(results.expected)}
            on_change={change(app, pledge, |results, number: Option<u64>| results.expected = number.unwrap_or(0))} />
        <AmountField id={format!("{id}-cap")} label={app.say(say::terms_results_cap())} value={results.cap_minor}
            on_change={change(app, pledge, |results, minor: Option<u64>| results.cap_minor = minor)} />
        <PercentField id={format!("{id}-verified")} label={app.say(say::terms_results_verified())} value={mean_verified(results)}
            on_change={change(app, pledge, set_mean_verified)} />
        <SelectField id={format!("{id}-payer")} label={app.say(say::terms_results_prefinanced())} {options} value={payer}
            on_change={change(app, pledge, |results, id: String| results.prefinanced_by = OrgId::new(&id).ok())} />
    </> }
}
