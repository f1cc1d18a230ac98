//! Which type of agreement suits, why, and what would have to change for another.

use super::words::{count, money, share};
use crate::app::App;
use crate::domain::{Currency, Money, PartnershipType};
use crate::partnership::{
    Assessment, FORMAL_MONEY_RUPIAH, FORMAL_MONTHS, FORMAL_PARTIES, ParameterId, Range, STRATEGIC_MONTHS,
    TypeReason, TypeReasonCode,
};
use crate::text::{Message, say};
use yew::prelude::*;

/// The recommended type with the figures that decided, and the others.
pub(super) fn advice(app: &App, assessment: &Assessment) -> Html {
    let advice = &assessment.advice;
    let code = advice.recommended.row().to_lowercase();
    let others = PartnershipType::ALL
        .iter()
        .filter(|other| **other != advice.recommended);
    html! {
        <section class="card" id="type-advice" aria-labelledby="type-title">
            <h2 id="type-title">{ app.say(say::together_type_title()) }</h2>
            <p class="type-name" id="type-recommended"><b>{ app.say(Message::of_code("together-type", &code)) }</b></p>
            <p>{ app.say(Message::of_code("together-type-about", &code)) }</p>
            <h3>{ app.say(say::together_type_why()) }</h3>
            <ul class="type-reasons" id="type-reasons">{ for advice.reasons.iter().map(|one| html! { <li>{ app.say(reason(app, one)) }</li> }) }</ul>
            { figures(app, assessment) }
            <h3>{ app.say(say::together_type_others()) }</h3>
            <dl class="type-others" id="type-others">{ for others.map(|other| alternative(app, assessment, *other)) }</dl>
            <p class="meta illustrative">{ app.say(say::together_type_illustrative()) }</p>
        </section>
    }
}

fn figures(app: &App, assessment: &Assessment) -> Html {
    let figures = &assessment.advice.figures;
    let months = figures.horizon_months.map_or_else(
        || app.say(say::together_unsaid()).to_string(),
        |months| app.say(say::together_months(u64::from(months))).to_string(),
    );
    let rows = [
        (
            say::together_figure_money(),
            Some(money(app, figures.money_minor)),
        ),
        (say::together_figure_horizon(), Some(months)),
        (
            say::together_figure_depth(),
            figures.depth.map(|depth| share(app, depth)),
        ),
        (
            say::together_figure_parties(),
            Some(app.i18n.integer(figures.parties as u64)),
        ),
    ];
    html! {
        <dl class="figures">
            { for rows.into_iter().filter_map(|(name, figure)| Some(html! { <div><dt>{ app.say(name) }</dt><dd>{ figure? }</dd></div> })) }
        </dl>
    }
}

fn reason(app: &App, reason: &TypeReason) -> Message {
    use TypeReasonCode as Code;
    let months = |range: Range| count(app, range);
    let line = |figure: &dyn Fn(Range) -> String| {
        reason
            .threshold
            .map(|line| figure(Range::exactly(line)))
            .unwrap_or_default()
    };
    let (value, value_of): (String, &dyn Fn(Range) -> String) = match reason.code {
        Code::MoneyLarge | Code::MoneyModest | Code::NoMoney => {
            (money(app, reason.value), &|range| money(app, range))
        }
        Code::GoalsShared | Code::GoalsApart => (share(app, reason.value), &|range| share(app, range)),
        _ => (months(reason.value), &months),
    };
    let threshold = line(value_of);
    match reason.code {
        Code::MoneyLarge => say::together_why_money_large(threshold, value),
        Code::HorizonLarge => say::together_why_horizon_large(threshold, value),
        Code::ManyParties => say::together_why_many_parties(threshold, value),
        Code::NoMoney => say::together_why_no_money(),
        Code::HorizonStrategic => say::together_why_horizon_strategic(threshold, value),
        Code::GoalsShared => say::together_why_goals_shared(threshold, value),
        // Without a rate for the threshold nobody can say what it is less than.
        Code::MoneyModest if threshold.is_empty() => say::together_why_money_moves(value),
        Code::MoneyModest => say::together_why_money_modest(threshold, value),
        Code::HorizonShort => say::together_why_horizon_short(threshold, value),
        Code::GoalsApart => say::together_why_goals_apart(threshold, value),
        _ => say::together_why_horizon_unknown(threshold),
    }
}

fn alternative(app: &App, assessment: &Assessment, of: PartnershipType) -> Html {
    let scenario = &app.state().scenario;
    let line = Money::new(FORMAL_MONEY_RUPIAH, Currency::IDR).ok();
    let line = line.and_then(|line| scenario.in_base(line));
    let line = line.map_or_else(
        || app.say(say::together_formal_money_unsaid()).to_string(),
        |minor| app.i18n.compact_money(minor),
    );
    let theta = app
        .i18n
        .percent(assessment.parameters.get(ParameterId::GoalThreshold));
    let strategic = u64::from(STRATEGIC_MONTHS);
    let formal_already = assessment.advice.recommended == PartnershipType::Formal;
    let condition = match of {
        PartnershipType::Formal => say::together_would_t1(line, u64::from(FORMAL_MONTHS), FORMAL_PARTIES),
        PartnershipType::Informal => say::together_would_t2(),
        PartnershipType::Strategic => say::together_would_t3(strategic, theta),
        PartnershipType::Operational => say::together_would_t4(strategic, theta),
    };
    html! {
        <div>
            <dt>{ app.say(Message::of_code("together-type", &of.row().to_lowercase())) }</dt>
            <dd>
                { app.say(condition) }
                if formal_already { { " " }{ app.say(say::together_would_not_formal()) } }
            </dd>
        </div>
    }
}
