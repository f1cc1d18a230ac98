//! Before and after the cards: the finding, dots in pairs, the same figures as a table, and each card alone.

use super::words::{card_name, change};
use crate::app::App;
use crate::charts::before_after::{Pair, PairLabels, drawing};
use crate::components::charts::before_after;
use crate::partnership::{CardLine, WhatIf};
use crate::risk::Contrast;
use crate::text::{Message, say};
use crate::views::picture::Saved;
use crate::views::pool::card::picture_card;
use crate::views::pool::money_words::of_twenty;
use crate::views::words::listed;
use yew::prelude::*;

/// What all cards do together, and each alone.
pub(super) fn outcome(app: &App, answer: &WhatIf) -> Html {
    let line = &answer.together;
    let labels = PairLabels {
        before: app.say(say::whatif_before()).to_string(),
        after: app.say(say::whatif_after()).to_string(),
        gained: app.say(say::whatif_dot_gained()).to_string(),
        lost: app.say(say::whatif_dot_lost()).to_string(),
    };
    let mut pairs = vec![pair(
        app,
        app.say(say::whatif_plan_holds()).to_string(),
        &line.paired.plan_holds,
    )];
    let projects = line.paired.projects.iter();
    pairs.extend(projects.map(|project| pair(app, app.project_name(&project.id), &project.funded)));
    let done = answer.trials_done >= answer.settings.trials;
    let legend = app.say(say::whatif_legend(u64::from(answer.trials_done)));
    let sentences = finding(app, line);
    let saved = Saved {
        finding: sentences.join(" "),
        legend: legend.to_string(),
        drawing: drawing(&labels, &pairs),
    };
    let names: Vec<String> = line.cards.iter().map(|card| card_name(app, card)).collect();
    let finding = html! { <>
        <p class="meta" id="whatif-drawn-names">{ listed(app, &names) }</p>
        <p class="finding" role="status" id="whatif-finding">
            if done { { sentences.join(" ") } } else { { app.say(say::working()) } }
        </p>
    </> };
    let picture = html! {
        <div data-done={done.to_string()}>
            { before_after(&labels, &pairs) }
            <p class="meta">{ legend }</p>
        </div>
    };
    html! { <>
        <div class="whole">
            { picture_card(app, "whatif-outcome", app.say(say::whatif_outcome()), finding, table(app, line), picture, saved) }
        </div>
        { alone(app, answer) }
    </> }
}

fn pair(app: &App, name: String, contrast: &Contrast) -> Pair {
    Pair {
        name,
        before: contrast.before,
        after: contrast.after,
        clear: contrast.is_clear(),
        before_words: of_twenty(app, contrast.before).to_string(),
        after_words: of_twenty(app, contrast.after).to_string(),
        change: change(app, contrast),
    }
}

/// What became of the plan, of the money it lacks, and what levers cost.
fn finding(app: &App, line: &CardLine) -> Vec<String> {
    let (holds, gap) = (&line.paired.plan_holds, &line.paired.gap_minor);
    let [before, after] = [holds.before, holds.after].map(|share| of_twenty(app, share).to_string());
    let mut said = vec![if !holds.is_clear() {
        say::whatif_finding_unclear(before)
    } else if before == after {
        let change = change(app, holds);
        say::whatif_finding_little(before, change)
    } else {
        say::whatif_finding(after, before)
    }];
    let by = app.i18n.simulated_money(gap.difference.abs());
    said.push(match (gap.is_clear(), gap.difference > 0.0) {
        (false, _) => say::whatif_gap_same(),
        (true, true) => say::whatif_gap_more(by),
        (true, false) => say::whatif_gap_less(by),
    });
    if let Some(bridge) = &line.paired.bridge_minor {
        let by = app.i18n.simulated_money(bridge.difference.abs());
        said.push(match (bridge.is_clear(), bridge.difference > 0.0) {
            (false, _) => say::whatif_bridge_same(),
            (true, true) => say::whatif_bridge_more(by),
            (true, false) => say::whatif_bridge_less(by),
        });
    }
    if line.effort.days > 0.0 {
        let days = app.i18n.decimal(line.effort.days, 0);
        let money = line.effort.minor.map(|minor| app.i18n.compact_money(minor));
        let part = format!(
            "{}%",
            app.i18n.decimal(f64::from(line.overhead_basis_points) / 100.0, 2)
        );
        let left = app.i18n.percent(line.default_ratio);
        said.push(match money {
            Some(money) if line.overhead_basis_points > 0 => say::whatif_levers_paid(days, left, money, part),
            Some(money) => say::whatif_levers_unpaid(days, left, money),
            None => say::whatif_levers_days(days, left),
        });
    }
    said.into_iter()
        .map(|message| app.say(message).to_string())
        .collect()
}

/// How a figure is written.
#[derive(Clone, Copy)]
enum Kind {
    Chance,
    Number,
    Money,
}

impl Kind {
    fn write(self, app: &App, value: f64) -> String {
        let figure = match self {
            Self::Chance => format!("{}%", app.i18n.decimal(value.abs() * 100.0, 1)),
            Self::Number => app.i18n.decimal(value.abs(), 2),
            Self::Money => app.i18n.simulated_money(value.abs()),
        };
        if value < 0.0 {
            format!("−{figure}")
        } else {
            figure
        }
    }
}

fn table(app: &App, line: &CardLine) -> Html {
    let paired = &line.paired;
    let row = |name: String, kind: Kind, contrast: &Contrast| {
        let difference = if contrast.is_clear() {
            format!(
                "{} ± {}",
                kind.write(app, contrast.difference),
                kind.write(app, contrast.standard_error)
            )
        } else {
            app.say(say::whatif_unclear()).to_string()
        };
        html! {
            <tr>
                <th scope="row">{ name }</th>
                <td class="number">{ kind.write(app, contrast.before) }</td>
                <td class="number">{ kind.write(app, contrast.after) }</td>
                <td class="number">{ difference }</td>
            </tr>
        }
    };
    let say = |message: Message| app.say(message).to_string();
    html! {
        <table>
            <caption>{ app.say(say::whatif_table_caption()) }</caption>
            <thead><tr>
                <th scope="col">{ app.say(say::whatif_column_what()) }</th>
                <th scope="col" class="number">{ app.say(say::whatif_before()) }</th>
                <th scope="col" class="number">{ app.say(say::whatif_after()) }</th>
                <th scope="col" class="number">{ app.say(say::whatif_column_difference()) }</th>
            </tr></thead>
            <tbody>
                { row(say(say::whatif_plan_holds()), Kind::Chance, &paired.plan_holds) }
                { row(say(say::whatif_row_funded()), Kind::Number, &paired.funded) }
                { row(say(say::whatif_row_received()), Kind::Money, &paired.received_minor) }
                { row(say(say::whatif_row_shortfall()), Kind::Money, &paired.shortfall_minor) }
                { row(say(say::whatif_row_gap()), Kind::Money, &paired.gap_minor) }
                if let Some(short) = &paired.short { { row(say(say::whatif_row_short()), Kind::Chance, short) } }
                if let Some(bridge) = &paired.bridge_minor { { row(say(say::whatif_row_bridge()), Kind::Money, bridge) } }
                { for paired.projects.iter().map(|project| row(app.project_name(&project.id), Kind::Chance, &project.funded)) }
            </tbody>
        </table>
    }
}

/// Each card alone, where several are drawn.
fn alone(app: &App, answer: &WhatIf) -> Html {
    if answer.alone.is_empty() {
        return Html::default();
    }
    let row = |line: &CardLine| {
        let names: Vec<String> = line.cards.iter().map(|card| card_name(app, card)).collect();
        let gap = &line.paired.gap_minor;
        let gap = if gap.is_clear() {
            let sign = if gap.difference > 0.0 { "+" } else { "" };
            format!("{sign}{}", Kind::Money.write(app, gap.difference))
        } else {
            app.say(say::whatif_unclear()).to_string()
        };
        html! {
            <tr>
                <th scope="row">{ names.join(", ") }</th>
                <td>{ of_twenty(app, line.paired.plan_holds.after) }</td>
                <td>{ change(app, &line.paired.plan_holds) }</td>
                <td class="number">{ gap }</td>
            </tr>
        }
    };
    let title = app.say(say::whatif_alone());
    html! {
        <section class="card whole" id="whatif-alone" aria-labelledby="whatif-alone-title">
            <h2 id="whatif-alone-title">{ title.clone() }</h2>
            <div class="table-wrap" tabindex="0" role="group" aria-label={title}>
                <table>
                    <caption>{ app.say(say::whatif_alone_caption()) }</caption>
                    <thead><tr>
                        <th scope="col">{ app.say(say::whatif_column_card()) }</th>
                        <th scope="col">{ app.say(say::whatif_plan_holds()) }</th>
                        <th scope="col">{ app.say(say::whatif_column_difference()) }</th>
                        <th scope="col" class="number">{ app.say(say::whatif_row_gap()) }</th>
                    </tr></thead>
                    <tbody>{ for std::iter::once(&answer.together).chain(&answer.alone).map(row) }</tbody>
                </table>
            </div>
        </section>
    }
}
