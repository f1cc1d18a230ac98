//! What the partnership is worth: every measure of B1 to B12, what it means and where it comes from.

use super::Looking;
use super::words::{count, measure_name, measured, money, part_figure, ranged, row_of, share};
use crate::app::App;
use crate::components::interval_bar;
use crate::domain::{Benefit, KindId, OrgId};
use crate::partnership::{BenefitFigure, FigureUnit, Ingredient, LeverComparison, Measure};
use crate::text::{Message, say};
use yew::prelude::*;

/// Ingredients of one figure that are shown; a partnership of a hundred has as many.
const MOST_INGREDIENTS: usize = 16;

/// A tile a measure, grouped by benefit.
pub(super) fn benefits(app: &App, looking: &Looking, comparison: &LeverComparison) -> Html {
    html! {
        <section class="card whole" id="benefits" aria-labelledby="benefits-title">
            <h2 id="benefits-title">{ app.say(say::together_benefits_title()) }</h2>
            <p>{ app.say(say::together_benefits_hint()) }</p>
            <ul class="benefit-list">{ for Benefit::ALL.iter().map(|benefit| group(app, looking, comparison, *benefit)) }</ul>
        </section>
    }
}

fn group(app: &App, looking: &Looking, comparison: &LeverComparison, benefit: Benefit) -> Html {
    let figures = comparison
        .after
        .benefits
        .iter()
        .filter(|figure| figure.benefit == benefit);
    html! {
        <li key={benefit.row()}>
            <h3>{ app.say(Message::of_code("together-benefit", benefit.row())) }</h3>
            { for figures.map(|figure| tile(app, looking, comparison, figure)) }
        </li>
    }
}

fn tile(app: &App, looking: &Looking, comparison: &LeverComparison, figure: &BenefitFigure) -> Html {
    let code = figure.measure.code();
    let value = figure.value.map(|value| measured(app, value, figure.unit));
    let before = comparison
        .before
        .figure(figure.measure)
        .and_then(|before| before.value);
    let before = before
        .map(|before| measured(app, before, figure.unit))
        .filter(|before| Some(before) != value.as_ref());
    let bar = figure.value.filter(|_| figure.unit == FigureUnit::Share);
    let open = figure.value.is_some_and(|value| !value.is_known());
    let formula = row_of(&looking.model, code).and_then(|row| row.formula.clone());
    let others = figure.from.len().saturating_sub(MOST_INGREDIENTS);
    html! {
        <details class="benefit" id={format!("benefit-{code}")} key={code}>
            <summary>
                <small>{ measure_name(app, &looking.model, figure.measure) }</small>
                <b class={value.is_none().then_some("nothing")}>{ value.unwrap_or_else(|| app.say(say::together_nothing()).to_string()) }</b>
                { for bar.map(|value| interval_bar([value.low, value.high.unwrap_or(1.0)], "accent", false)) }
            </summary>
            <p>{ app.say(Message::of_code("together-measure", code)) }</p>
            if figure.value.is_none() { <p>{ app.say(Message::of_code("together-none", code)) }</p> }
            if open { <p>{ app.say(say::together_open()) }</p> }
            if let Some(before) = before { <p class="meta">{ app.say(say::together_without(before)) }</p> }
            if !figure.from.is_empty() {
                <dl class="figures">{ for figure.from.iter().take(MOST_INGREDIENTS).map(|one| ingredient(app, figure.measure, one)) }</dl>
                if others > 0 { <p class="meta">{ app.say(say::together_from_more(others)) }</p> }
            }
            if let Some(formula) = formula { <p class="meta">{ app.say(say::together_formula()) }{ " " }<code>{ formula.into_owned() }</code></p> }
        </details>
    }
}

fn ingredient(app: &App, measure: Measure, one: &Ingredient) -> Html {
    let org = |id: &str| OrgId::new(id).map_or_else(|_| id.to_owned(), |id| app.org_name(&id));
    let named = |key: fn(String) -> Message, name: String| app.say(key(name)).to_string();
    let (name, figure) = match one.code.split_once(':') {
        Some(("kind", id)) => {
            let kind = KindId::new(id).map_or_else(|_| id.to_owned(), |id| app.kind_name(&id));
            (kind, share(app, one.value))
        }
        Some(("exit", id)) => (named(say::together_from_exit, org(id)), share(app, one.value)),
        Some((_, id)) if measure == Measure::Brokerage => (
            named(say::together_from_broker, org(id)),
            ranged(app, one.value, |end| part_figure(app, end)),
        ),
        Some((_, id)) => (org(id), money(app, one.value)),
        None => {
            let name = app.say(Message::of_code("together-from", &one.code)).to_string();
            let figure = match &*one.code {
                "trust-lift" | "contact-share" | "with-owner" | "with-check" => share(app, one.value),
                "pays"
                | "alone"
                | "spent"
                | "cost-of-projects"
                | "cost-of-coordination"
                | "cost-of-levers" => money(app, one.value),
                _ => count(app, one.value),
            };
            (name, figure)
        }
    };
    html! { <div><dt>{ name }</dt><dd>{ figure }</dd></div> }
}
