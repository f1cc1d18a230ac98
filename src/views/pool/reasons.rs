//! Why each project was bought or passed over, in the order the rule looked at them.

use super::groups::group_name;
use super::money_words::project_at;
use crate::app::App;
use crate::domain::RuleId;
use crate::funding::{Certainty, Found, FundReport, TraceStep, Verdict, Welfare};
use crate::text::{Message, say};
use crate::views::words::listed;
use yew::prelude::*;

/// The steps of the rule, and what the next project would take.
pub(super) fn reasons(app: &App, report: &FundReport) -> Html {
    let next = report.next.as_ref().map(|next| {
        let extra = app.i18n.compact_money(next.extra_pledge_minor);
        let project = project_at(app, report, next.project);
        match next.certainty {
            Certainty::Smallest => say::why_next(extra, project),
            Certainty::Works => say::why_next_works(extra, project),
        }
    });
    let left_out = report
        .explanation
        .as_ref()
        .map_or(0, |known| known.why_not_left_out);
    let next_is_cut_short = report.next_cut_short && next.is_none();
    html! {
        <section class="card whole" id="pool-reasons" aria-labelledby="pool-reasons-title">
            <h2 id="pool-reasons-title">{ app.say(say::why_title()) }</h2>
            if let Some(next) = next { <p class="next-project" id="pool-next">{ app.say(next) }</p> }
            if next_is_cut_short { <p class="meta">{ app.say(say::why_change_cut_short()) }</p> }
            if let Some(welfare) = report.welfare { <p id="pool-welfare">{ app.say(welfare_words(app, welfare)) }</p> }
            <ol class="why-list">{ for report.trace.iter().map(|step| line(app, report, step)) }</ol>
            if left_out > 0 { <p class="meta">{ app.say(say::why_change_left_out(left_out)) }</p> }
        </section>
    }
}

/// Whether the choice is proven to be the best, and if not, how near it comes at least.
fn welfare_words(app: &App, welfare: Welfare) -> Message {
    if welfare.proven {
        return say::why_welfare_proven();
    }
    // Rounded down: what is promised holds.
    let percent = libm::floor(welfare.reached / welfare.at_most.max(f64::MIN_POSITIVE) * 1000.0) / 10.0;
    say::why_welfare_open(format!("{}%", app.i18n.decimal(percent, 1)))
}

fn line(app: &App, report: &FundReport, step: &TraceStep) -> Html {
    let bought = matches!(step.verdict, Verdict::Bought | Verdict::BoughtInPart);
    let votes = matches!(
        report.rule,
        RuleId::Greedy | RuleId::GreedyNoSkip | RuleId::GreedyThreshold
    )
    .then(|| app.say(say::why_votes(app.i18n.decimal(step.votes, 0))));
    html! {
        <li class={if bought { "bought" } else { "passed" }}>
            <b>{ project_at(app, report, step.project) }</b>
            if let Some(votes) = votes { <span class="meta">{ votes }</span> }
            <p>{ app.say(sentence(app, report, step)) }</p>
            { changes(app, report, step.project) }
        </li>
    }
}

/// What would fund a project that is not funded: each change by itself.
fn changes(app: &App, report: &FundReport, project: usize) -> Html {
    let known = report.explanation.as_ref();
    let Some(why) = known.and_then(|known| known.why_not.iter().find(|why| why.project == project)) else {
        return Html::default();
    };
    let money = |minor: u64| app.i18n.compact_money(minor);
    let said = |found: &Option<Found>, smallest: &dyn Fn(u64) -> Message, works: &dyn Fn(u64) -> Message| {
        let found = found.as_ref()?;
        let change = match found.certainty {
            Certainty::Smallest => smallest(found.amount),
            Certainty::Works => works(found.amount),
        };
        let falls: Vec<String> = found
            .falls
            .iter()
            .map(|&project| project_at(app, report, project))
            .collect();
        let falls = (!falls.is_empty()).then(|| app.say(say::why_change_falls(listed(app, &falls))));
        Some(html! { <li>{ app.say(change) }if let Some(falls) = falls { { " " }{ falls } }</li> })
    };
    let lines: Vec<Html> = [
        said(
            &why.extra_pledge,
            &|amount| say::why_change_pledge(money(amount)),
            &|amount| say::why_change_pledge_works(money(amount)),
        ),
        said(
            &why.cost_cut,
            &|amount| say::why_change_cost(money(amount)),
            &|amount| say::why_change_cost_works(money(amount)),
        ),
        said(
            &why.extra_support,
            &|amount| say::why_change_support(amount),
            &|amount| say::why_change_support_works(amount),
        ),
    ]
    .into_iter()
    .flatten()
    .collect();
    html! { <>
        if lines.is_empty() && !why.cut_short { <p class="meta change">{ app.say(say::why_change_none()) }</p> }
        if !lines.is_empty() { <ul class="changes">{ for lines }</ul> }
        if why.cut_short { <p class="meta change">{ app.say(say::why_change_cut_short()) }</p> }
    </> }
}

fn sentence(app: &App, report: &FundReport, step: &TraceStep) -> Message {
    let money = |minor: u64| app.i18n.compact_money(minor);
    let cost = report.cost_minor.get(step.project).copied().unwrap_or(0);
    match step.verdict {
        Verdict::Bought => say::why_bought(money(step.granted_minor), money(step.pool_left_minor)),
        Verdict::BoughtInPart => say::why_bought_in_part(
            money(cost),
            money(step.granted_minor),
            money(step.pool_left_minor),
        ),
        Verdict::DoesNotFit {
            short_minor,
            blocked_minor: 0,
        } => say::why_does_not_fit(money(short_minor)),
        Verdict::DoesNotFit {
            short_minor,
            blocked_minor,
        } => say::why_does_not_fit_blocked(money(blocked_minor), money(short_minor)),
        Verdict::AfterStop => say::why_after_stop(),
        Verdict::BelowThreshold => {
            say::why_below_threshold(app.state().scenario.pool.threshold_votes.unwrap_or(0))
        }
        Verdict::NoSupport => say::why_no_support(),
        Verdict::Withdrawn => say::why_withdrawn(),
        Verdict::SupportersShort { short_minor } => say::why_supporters_short(money(short_minor)),
        Verdict::Excluded { group, by } => {
            say::why_excluded(group_name(app, group), project_at(app, report, by))
        }
        Verdict::OverCeiling { group, short_minor } => {
            say::why_over_ceiling(group_name(app, group), money(short_minor))
        }
    }
}
