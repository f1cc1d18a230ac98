//! Two bars an organisation, alone and together, with the range of eight years of ten; and the sentence about them.

use super::words::{net, percent, range, split_name};
use crate::app::App;
use crate::charts::bars::{Bar, BarRow, drawing};
use crate::charts::drawing::Ink;
use crate::domain::OrgId;
use crate::partnership::appeal::{AppealReport, Campaign, PartyLine};
use crate::text::{Message, say};
use crate::views::picture::Saved;
use crate::views::pool::card::picture_card;
use yew::prelude::*;

/// The card.
pub(super) fn picture(app: &App, report: &AppealReport) -> Html {
    let most = report
        .parties
        .iter()
        .flat_map(|line| [&line.alone, &line.joint])
        .flat_map(|campaign| [campaign.net_minor, campaign.net_range_minor.p90])
        .fold(1.0, f64::max);
    let legend = app.say(say::appeal_legend(
        report.seed.to_string(),
        u64::from(report.years),
    ));
    let picture = html! { <>
        <p class="meta appeal-legend" aria-hidden="true">
            <span class="key alone">{ app.say(say::appeal_alone()) }</span>
            <span class="key joint">{ app.say(say::appeal_joint()) }</span>
        </p>
        <ul class="appeal-bars">{ for report.parties.iter().map(|line| party(app, line, most)) }</ul>
        <p class="meta">{ legend.clone() }</p>
    </> };
    let keys = format!(
        "{} · {}",
        app.say(say::appeal_alone()),
        app.say(say::appeal_joint())
    );
    let saved = Saved {
        finding: app.say(main_finding(app, report)).to_string(),
        legend: format!("{keys}. {legend}"),
        drawing: drawing(
            &report
                .parties
                .iter()
                .map(|line| row(app, line, most))
                .collect::<Vec<_>>(),
        ),
    };
    html! {
        <div class="whole">
            { picture_card(app, "appeal-compared", app.say(say::appeal_title()), finding(app, report), table(app, report), picture, saved) }
        </div>
    }
}

/// The row of a file: alone above, together below.
fn row(app: &App, line: &PartyLine, most: f64) -> BarRow {
    let bar = |campaign: &Campaign, ink: Ink| Bar {
        share: campaign.net_minor / most,
        ink,
        range: Some([
            campaign.net_range_minor.p10 / most,
            campaign.net_range_minor.p90 / most,
        ]),
    };
    BarRow {
        name: app.org_name(&line.organisation),
        bars: vec![bar(&line.alone, Ink::Strong), bar(&line.joint, Ink::Accent)],
        words: gain(app, line),
    }
}

fn gain(app: &App, line: &PartyLine) -> String {
    let sign = if line.gain_minor > 0.0 { "+" } else { "" };
    format!("{sign}{}", net(app, line.gain_minor))
}

fn main_finding(app: &App, report: &AppealReport) -> Message {
    let difference = report.joint.net_minor - report.alone.net_minor;
    let gainers = report.parties.iter().filter(|line| line.gain_minor > 0.0).count();
    let (joint, by) = (net(app, report.joint.net_minor), net(app, difference.abs()));
    let total = report.parties.len();
    if report.asks_joint == 0 {
        say::appeal_finding_nothing()
    } else if difference >= 0.5 {
        say::appeal_finding_more(by, gainers, joint, total)
    } else if difference <= -0.5 {
        say::appeal_finding_less(by, gainers, joint, total)
    } else {
        say::appeal_finding_same(gainers, joint, total)
    }
}

fn finding(app: &App, report: &AppealReport) -> Html {
    let main = main_finding(app, report);
    let possible = report.asks_joint > 0 && report.parties.len() > 1;
    html! { <>
        <p class="finding" role="status" id="appeal-finding">{ app.say(main) }</p>
        if possible { <p>{ app.say(if report.everybody_can_gain { say::appeal_can_all() } else { say::appeal_cannot_all() }) }</p> }
        if possible { <p class="meta">{ break_even(app, report) }</p> }
        { unknown(app, report) }
    </> }
}

/// From which assumption on it is worth it.
fn break_even(app: &App, report: &AppealReport) -> AttrValue {
    let here = percent(app, report.lift);
    match report.break_even_lift {
        Some(lift) if lift > 0.0 => app.say(say::appeal_break_even(here, percent(app, lift))),
        Some(_) => app.say(say::appeal_break_even_anyway()),
        None => app.say(say::appeal_break_even_never()),
    }
}

/// What nobody has said, so that a guess is not taken for a figure.
fn unknown(app: &App, report: &AppealReport) -> Html {
    let names = |ids: &[OrgId]| {
        ids.iter()
            .map(|id| app.org_name(id))
            .collect::<Vec<_>>()
            .join(", ")
    };
    let silent = report.donors.iter().filter(|donor| !donor.counted).count();
    html! { <>
        if silent > 0 { <p class="meta warn" id="appeal-silent">{ app.say(say::appeal_silent(silent)) }</p> }
        if !report.unknown_costs.is_empty() { <p class="meta warn">{ app.say(say::appeal_unknown_costs(names(&report.unknown_costs))) }</p> }
        if !report.unknown_goals.is_empty() && report.split == crate::domain::AppealSplit::ByNeed {
            <p class="meta warn">{ app.say(say::appeal_unknown_goals(names(&report.unknown_goals))) }</p>
        }
    </> }
}

fn party(app: &App, line: &PartyLine, most: f64) -> Html {
    let gains = line.gain_minor > 0.0;
    html! {
        <li key={line.organisation.as_str()} id={format!("appeal-bar-{}", line.organisation)}>
            <span class="name">{ app.org_name(&line.organisation) }</span>
            <span class="bars">{ bar(&line.alone, "alone", most) }{ bar(&line.joint, "joint", most) }</span>
            <b class={if gains { "of good" } else { "of warn" }}>{ gain(app, line) }</b>
        </li>
    }
}

/// The expected amount, and a line from P10 to P90. What is below zero has no bar: the figure stands in the table.
fn bar(campaign: &Campaign, class: &'static str, most: f64) -> Html {
    let at = |minor: f64| format!("{:.2}", (minor / most).clamp(0.0, 1.0) * 100.0);
    let range = campaign.net_range_minor;
    html! {
        <svg class={classes!("appeal-bar", class)} viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true" focusable="false">
            <rect class="track" x="0" y="0" width="100" height="10" />
            <rect class="sure" x="0" y="0" width={at(campaign.net_minor)} height="10" />
            <line class="range" x1={at(range.p10)} x2={at(range.p90)} y1="5" y2="5" />
        </svg>
    }
}

fn table(app: &App, report: &AppealReport) -> Html {
    let cell = |words: String| html! { <td class="number">{ words }</td> };
    let row = |line: &PartyLine| {
        let even = line
            .break_even_share
            .map_or_else(|| "–".to_owned(), |share| percent(app, share));
        html! {
            <tr key={line.organisation.as_str()}>
                <th scope="row">{ app.org_name(&line.organisation) }</th>
                { cell(net(app, line.alone.net_minor)) }{ cell(range(app, line.alone.net_range_minor)) }
                { cell(net(app, line.joint.net_minor)) }{ cell(range(app, line.joint.net_range_minor)) }
                { cell(percent(app, line.share)) }{ cell(even) }{ cell(net(app, line.gain_minor)) }
            </tr>
        }
    };
    let total = html! {
        <tr>
            <th scope="row">{ app.say(say::appeal_everybody()) }</th>
            { cell(net(app, report.alone.net_minor)) }{ cell(range(app, report.alone.net_range_minor)) }
            { cell(net(app, report.joint.net_minor)) }{ cell(range(app, report.joint.net_range_minor)) }
            { cell(String::new()) }{ cell(String::new()) }{ cell(net(app, report.joint.net_minor - report.alone.net_minor)) }
        </tr>
    };
    let headings = [
        say::appeal_column_alone(),
        say::appeal_column_range(),
        say::appeal_column_joint(),
        say::appeal_column_range(),
        say::appeal_column_part(),
        say::appeal_column_even(),
        say::appeal_column_gain(),
    ];
    html! {
        <table>
            <caption>{ app.say(say::appeal_table_caption(app.say(split_name(report.split)).as_str())) }</caption>
            <thead><tr><th scope="col">{ app.say(say::appeal_column_organisation()) }</th>
                { for headings.map(|heading| html! { <th scope="col" class="number">{ app.say(heading) }</th> }) }</tr></thead>
            <tbody>{ for report.parties.iter().map(row) }{ total }</tbody>
        </table>
    }
}
