//! The four figures on top, and the rule.

use super::money_words::{about, of_twenty};
use super::pace;
use crate::app::App;
use crate::components::{NumberField, SelectField};
use crate::domain::{PoolPlan, RuleId};
use crate::funding::FundReport;
use crate::risk::Futures;
use crate::state::{Action, Edit, PoolPart};
use crate::text::{Message, say};
use yew::prelude::*;

/// Figures that open to say what they mean, and the choice of the rule.
pub(super) fn headline(app: &App, report: &FundReport, futures: Option<&Futures>) -> Html {
    let money = |minor: u64| app.i18n.compact_money(minor);
    let granted = &report.allocation.granted_minor;
    let funded = granted.iter().filter(|&&amount| amount > 0).count();
    let pairs = granted.iter().zip(&report.cost_minor);
    let whole = pairs
        .filter(|&(&amount, &cost)| amount > 0 && amount >= cost)
        .count();
    let total = report.project_ids.len();
    let costs: u64 = report
        .cost_minor
        .iter()
        .fold(0, |sum, &cost| sum.saturating_add(cost));
    let unspent = report.budget_minor.saturating_sub(report.spent_minor);
    let share = if report.budget_minor > 0 {
        report.spent_minor as f64 / report.budget_minor as f64
    } else {
        0.0
    };
    let pledges = report.participant_ids.len();
    let pool_about = say::pool_tile_pool_about(pledges, app.i18n.money(report.budget_minor));
    let funded_about = say::pool_tile_funded_about(
        money(costs),
        total - funded.min(total),
        funded - whole.min(funded),
        whole,
    );
    let work_about = say::pool_tile_work_about(
        money(report.budget_minor),
        money(report.spent_minor),
        money(unspent),
    );
    html! {
        <section class="card whole headline" id="pool-headline" aria-label={app.say(say::pool_headline_label())}>
            { tile("pool-tile-pool", app.say(say::pool_tile_pool()), money(report.budget_minor).into(), app.say(pool_about)) }
            { tile("pool-tile-funded", app.say(say::pool_tile_funded()), app.say(say::count_of(funded, total)), app.say(funded_about)) }
            { tile("pool-tile-work", app.say(say::pool_tile_work()), app.i18n.percent(share).into(), app.say(work_about)) }
            { holds_tile(app, futures) }
            { rule_choice(app, report) }
            { status(app, report, funded, futures) }
        </section>
    }
}

fn tile(id: &'static str, label: AttrValue, figure: AttrValue, about: AttrValue) -> Html {
    html! {
        <details class="tile" {id}>
            <summary><small>{ label }</small><b>{ figure }</b></summary>
            <p class="meta">{ about }</p>
        </details>
    }
}

fn holds_tile(app: &App, futures: Option<&Futures>) -> Html {
    let label = app.say(say::pool_tile_holds());
    let Some(futures) = futures else {
        return tile(
            "pool-tile-holds",
            label,
            app.say(say::not_yet()),
            app.say(say::working()),
        );
    };
    let figure = app.say(say::of_futures(
        of_twenty(app, futures.plan_holds.probability).as_str(),
    ));
    let words = about(app, &futures.plan_holds);
    let meaning = say::pool_tile_holds_about(words.as_str(), u64::from(futures.trials_done));
    html! { <div>
        { tile("pool-tile-holds", label, figure, app.say(meaning)) }
        <p class="to-futures"><button type="button" class="link" id="pool-see-futures"
            onclick={app.on(Action::ShowPoolPart(PoolPart::Futures))}>{ app.say(say::pool_see_futures()) }</button></p>
    </div> }
}

/// One sentence for who cannot see the figures change; said when an answer is complete.
fn status(app: &App, report: &FundReport, funded: usize, futures: Option<&Futures>) -> Html {
    let answers = &app.state().answers;
    let fresh = answers
        .fund
        .as_ref()
        .is_some_and(|answer| app.state().is_fresh(answer));
    let done = answers.futures.as_ref().is_some_and(|answer| {
        app.state().is_fresh(answer) && answer.value.trials_done >= answer.value.settings.trials
    });
    let total = report.project_ids.len();
    html! { <>
        <p class="visually-hidden" role="status" id="pool-status">
            if let (true, true, Some(futures)) = (fresh, done, futures) {
                { app.say(say::pool_status(of_twenty(app, futures.plan_holds.probability).as_str(), funded, total)) }
            }
        </p>
        if !(fresh && done) {
            <div class="under">
                { pace::waiting(app, fresh_futures(app)) }
            </div>
        }
    </> }
}

/// The futures of the scenario on screen, as far as they are known.
fn fresh_futures(app: &App) -> Option<&Futures> {
    let answer = app.state().answers.futures.as_ref();
    answer
        .filter(|answer| app.state().is_fresh(answer))
        .map(|answer| &*answer.value)
}

fn rule_choice(app: &App, report: &FundReport) -> Html {
    let plan = app.state().scenario.pool.clone();
    let options = RuleId::ALL
        .into_iter()
        .map(|rule| {
            (
                AttrValue::from(rule.code()),
                app.say(Message::of_code("rule", rule.code())),
            )
        })
        .collect::<Vec<_>>();
    let on_change = {
        let (app, plan) = (app.clone(), plan.clone());
        Callback::from(move |code: String| {
            if let Some(rule) = RuleId::ALL.into_iter().find(|rule| rule.code() == code) {
                app.edit(Edit::SetPool(PoolPlan { rule, ..plan.clone() }));
            }
        })
    };
    let on_threshold = {
        let (app, plan) = (app.clone(), plan.clone());
        Callback::from(move |threshold_votes: Option<u64>| {
            app.edit(Edit::SetPool(PoolPlan {
                threshold_votes,
                ..plan.clone()
            }));
        })
    };
    html! {
        <div class="rule">
            <SelectField id="pool-rule" label={app.say(say::rule_label())} {options} value={plan.rule.code()} {on_change} />
            if plan.rule == RuleId::GreedyThreshold {
                <NumberField id="pool-threshold" label={app.say(say::rule_threshold())} value={plan.threshold_votes}
                    on_change={on_threshold} max={1_000_000_000} />
            }
            { super::rule_options::options(app, &plan) }
            <p class="meta" id="pool-rule-about">{ app.say(Message::of_code("rule-about", plan.rule.code())) }</p>
            { super::rule_options::note(app, report) }
        </div>
    }
}
