//! Projects by rules: what is funded, with which amount, and each rule's figures below.

use super::{project_name, rule_name};
use crate::app::App;
use crate::domain::PoolPlan;
use crate::funding::{Column, ColumnFigures, Comparison, FundingError};
use crate::state::Edit;
use crate::text::{Message, say};
use yew::prelude::*;

/// The row whose cells also carry the exact amount.
const SPENT: &str = "compare-sum-spent";

/// The table of the comparison.
pub(super) fn side_by_side(app: &App, comparison: &Comparison) -> Html {
    let title = app.say(say::compare_table());
    let head = |column: &Column| {
        let current = app.state().scenario.pool.rule == column.plan.rule;
        let name = rule_name(app, column.plan.rule);
        html! {
            <th scope="col" key={column.plan.rule.code()} class="number">
                { name.clone() }
                if current {
                    <span class="badge">{ app.say(say::compare_now()) }</span>
                } else if column.figures.is_some() {
                    <button type="button" class="link" id={format!("compare-use-{}", column.plan.rule.code())} onclick={take(app, &column.plan)}>
                        { app.say(say::compare_use()) }<span class="visually-hidden">{ ": " }{ name }</span></button>
                }
                if let Some(error) = &column.refused { <span class="refused">{ app.say(refusal(error)) }</span> }
            </th>
        }
    };
    let project = |(position, &cost): (usize, &u64)| {
        html! {
            <tr key={position}>
                <th scope="row">{ project_name(app, comparison, position) }</th>
                { for comparison.columns.iter().map(|column| grant(app, column, position, cost)) }
            </tr>
        }
    };
    html! {
        <section class="card whole" id="compare-table" aria-labelledby="compare-table-title">
            <h2 id="compare-table-title">{ title.clone() }</h2>
            <div class="table-wrap" tabindex="0" role="group" aria-labelledby="compare-table-title">
                <table class="compare-table">
                    <thead><tr><th scope="col">{ app.say(say::column_project()) }</th>{ for comparison.columns.iter().map(head) }</tr></thead>
                    <tbody>{ for comparison.cost_minor.iter().enumerate().map(project) }</tbody>
                    <tfoot>{ for sums(app, comparison) }</tfoot>
                </table>
            </div>
            <p class="meta">{ app.say(say::compare_sums_about()) }</p>
        </section>
    }
}

fn take(app: &App, plan: &PoolPlan) -> Callback<MouseEvent> {
    let (app, plan) = (app.clone(), plan.clone());
    Callback::from(move |_| app.edit(Edit::SetPool(plan.clone())))
}

/// Why a rule cannot be run here.
fn refusal(error: &FundingError) -> Message {
    let named = Message::named(&format!("refused-{}", error.code()));
    named.map_or_else(say::compare_failed, |sentence| sentence.with("value", ""))
}

fn grant(app: &App, column: &Column, project: usize, cost: u64) -> Html {
    let Some(figures) = &column.figures else {
        return html! { <td class="number">{ "–" }</td> };
    };
    let granted = figures.granted_minor.get(project).copied().unwrap_or(0);
    if !figures.selected.contains(&project) {
        return html! { <td class="number not" data-minor="0">{ "–" }<span class="visually-hidden">{ app.say(say::funded_not()) }</span></td> };
    }
    let whole = granted >= cost;
    html! {
        <td class="number funded" data-minor={granted.to_string()}>
            <span aria-hidden="true">{ if whole { "✓ " } else { "◐ " } }</span>{ app.i18n.compact_money(granted) }
            if !whole { { " · " }{ app.i18n.percent(granted as f64 / cost.max(1) as f64) } }
        </td>
    }
}

/// The rows of figures.
fn sums(app: &App, comparison: &Comparison) -> Vec<Html> {
    let row = |id: &'static str, label: Message, value: &dyn Fn(&ColumnFigures) -> String| {
        let cell = |column: &Column| {
            let spent = column.figures.as_ref().filter(|_| id == SPENT);
            let minor = spent.map(|figures| figures.spent_minor.to_string());
            let value = column.figures.as_ref().map_or_else(|| "–".to_owned(), value);
            html! { <td class="number" data-minor={minor}>{ value }</td> }
        };
        html! { <tr key={id} {id}><th scope="row">{ app.say(label) }</th>{ for comparison.columns.iter().map(cell) }</tr> }
    };
    let of_people = |count: u64| {
        app.say(say::count_of(
            app.i18n.integer(count),
            app.i18n.integer(comparison.people),
        ))
        .to_string()
    };
    let nothing = if app.state().scenario.ballots.is_empty() {
        say::compare_sum_nothing_funders()
    } else {
        say::compare_sum_nothing()
    };
    let largest = |figures: &ColumnFigures| {
        figures.largest_funder.as_ref().map_or_else(
            || "–".to_owned(),
            |(funder, share)| {
                let name =
                    crate::domain::OrgId::new(funder).map_or_else(|_| funder.clone(), |id| app.org_name(&id));
                app.say(say::compare_largest(name, app.i18n.percent(*share)))
                    .to_string()
            },
        )
    };
    let reached = |figures: &ColumnFigures| {
        let reached = app.i18n.integer(figures.reached);
        if figures.reached_unknown == 0 {
            return reached;
        }
        app.say(say::compare_reached_unknown(figures.reached_unknown, reached))
            .to_string()
    };
    let spent = |figures: &ColumnFigures| {
        let spent = app.i18n.compact_money(figures.spent_minor);
        if figures.verified {
            spent
        } else {
            format!("{spent} ({})", app.say(say::compare_not_verified()))
        }
    };
    vec![
        row("compare-sum-projects", say::compare_sum_projects(), &|figures| {
            app.say(say::count_of(
                figures.selected.len(),
                comparison.project_ids.len(),
            ))
            .to_string()
        }),
        row(SPENT, say::compare_sum_spent(), &spent),
        row("compare-sum-nothing", nothing, &|figures| {
            of_people(figures.with_nothing)
        }),
        row("compare-sum-largest", say::compare_sum_largest(), &largest),
        row("compare-sum-gini", say::compare_sum_gini(), &|figures| {
            figures
                .gini
                .map_or_else(|| "–".to_owned(), |gini| app.i18n.decimal(gini, 2))
        }),
        row("compare-sum-reached", say::compare_sum_reached(), &reached),
    ]
}
