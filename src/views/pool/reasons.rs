//! Why each project was bought or passed over, in the order the rule looked at them.

use super::groups::group_name;
use super::money_words::project_at;
use crate::app::App;
use crate::domain::RuleId;
use crate::funding::{FundReport, TraceStep, Verdict, Welfare};
use crate::text::{Message, say};
use yew::prelude::*;

/// The steps of the rule, and what the next project would take.
pub(super) fn reasons(app: &App, report: &FundReport) -> Html {
    let next = report.next.as_ref().map(|next| {
        say::why_next(
            app.i18n.compact_money(next.extra_pledge_minor),
            project_at(app, report, next.project),
        )
    });
    html! {
        <section class="card whole" id="pool-reasons" aria-labelledby="pool-reasons-title">
            <h2 id="pool-reasons-title">{ app.say(say::why_title()) }</h2>
            if let Some(next) = next { <p class="next-project" id="pool-next">{ app.say(next) }</p> }
            if let Some(welfare) = report.welfare { <p id="pool-welfare">{ app.say(welfare_words(app, welfare)) }</p> }
            <ol class="why-list">{ for report.trace.iter().map(|step| line(app, report, step)) }</ol>
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
        </li>
    }
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
        Verdict::Excluded { group, by } => {
            say::why_excluded(group_name(app, group), project_at(app, report, by))
        }
        Verdict::OverCeiling { group, short_minor } => {
            say::why_over_ceiling(group_name(app, group), money(short_minor))
        }
    }
}
