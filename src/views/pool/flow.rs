//! Who puts in, what it pays for: the flow on wide screens, a list with bars on a phone, the table for all.

use super::card::picture_card;
use super::money_words::{funded_word, funder_at, funder_class, project_at};
use crate::app::App;
use crate::charts::coordinate;
use crate::charts::sankey::Link;
use crate::components::charts::{PictureNode, drawn as picture_of, flow_drawing};
use crate::funding::FundReport;
use crate::state::flow::{Flow, FlowNode, flow};
use crate::text::{Message, say};
use crate::views::picture::Saved;
use yew::prelude::*;

/// Bars a side before the small ones are put together.
const MOST_BARS: usize = 12;

/// The bars and bands of a report; costly enough to be kept until the report changes.
pub(super) fn drawn(report: &FundReport) -> Flow {
    flow(report, MOST_BARS)
}

/// The flow `drawn` for a report, in its card.
pub(super) fn flow_card(app: &App, report: &FundReport, drawn: &Flow) -> Html {
    let source = |node: &FlowNode| source_node(app, report, node);
    let target = |node: &FlowNode| target_node(app, report, node);
    let sources: Vec<_> = drawn.sources.iter().map(source).collect();
    let targets: Vec<_> = drawn.targets.iter().map(target).collect();
    let links: Vec<_> = drawn
        .links
        .iter()
        .map(|link| Link {
            source: link.source,
            target: link.target,
            value: link.amount_minor as f64,
        })
        .collect();
    let phone = phone_list(app, drawn, &sources, &targets);
    let drawing = flow_drawing(&sources, &targets, &links);
    let picture = html! {
        <>{ picture_of(&drawing, "flow-picture", None) }{ phone }</>
    };
    let saved = Saved {
        finding: app.say(finding(app, report)).to_string(),
        legend: String::new(),
        drawing,
    };
    let finding = html! {
        <p class="finding">
            { saved.finding.clone() }{ " " }
            if report.verified {
                <span class="meta">{ app.say(say::pool_verified()) }</span>
            } else {
                <b class="warn">{ app.say(say::pool_not_verified()) }</b>
            }
        </p>
    };
    let title = app.say(say::flow_title());
    picture_card(
        app,
        "pool-flow",
        title,
        finding,
        table(app, report),
        picture,
        saved,
    )
}

fn finding(app: &App, report: &FundReport) -> Message {
    let funded = report
        .allocation
        .granted_minor
        .iter()
        .filter(|&&amount| amount > 0)
        .count();
    let total = report.project_ids.len();
    let spent = app.i18n.compact_money(report.spent_minor);
    let unspent = report.budget_minor.saturating_sub(report.spent_minor);
    match (funded, unspent) {
        (0, _) => say::flow_finding_none(),
        (_, 0) => say::flow_finding_all(funded, spent, total),
        _ => say::flow_finding(funded, spent, total, app.i18n.compact_money(unspent)),
    }
}

fn source_node(app: &App, report: &FundReport, node: &FlowNode) -> PictureNode {
    let pledged = app.i18n.compact_money(node.total_minor);
    // What rounds to all of it is all of it; the table has the last rupiah.
    let used = node.used_minor as f64 / node.total_minor.max(1) as f64;
    let note = if used >= 0.995 || node.total_minor == 0 {
        pledged
    } else {
        app.say(say::flow_pledged_used(pledged, app.i18n.percent(used)))
            .to_string()
    };
    let (name, class) = match node.members.as_slice() {
        [only] => {
            let id = report.participant_ids.get(*only).map_or("", String::as_str);
            (funder_at(app, report, *only), fill_class(funder_class(app, id)))
        }
        others => (
            app.say(say::flow_other_funders(others.len())).to_string(),
            "fill-plain",
        ),
    };
    PictureNode {
        name,
        note,
        total: node.total_minor as f64,
        class,
    }
}

fn target_node(app: &App, report: &FundReport, node: &FlowNode) -> PictureNode {
    let word = funded_word(app, node.used_minor, node.total_minor);
    let name = match node.members.as_slice() {
        [only] => project_at(app, report, *only),
        others => app.say(say::flow_other_projects(others.len())).to_string(),
    };
    PictureNode {
        name,
        note: format!("{} · {word}", app.i18n.compact_money(node.total_minor)),
        total: node.total_minor as f64,
        class: "fill-ink",
    }
}

/// The class that paints with a sector's colour.
pub(super) fn fill_class(sector_class: &str) -> &'static str {
    match sector_class {
        "gov" => "fill-gov",
        "business" => "fill-business",
        "ngo" => "fill-ngo",
        "academia" => "fill-academia",
        "community" => "fill-community",
        _ => "fill-plain",
    }
}

/// The flow for a phone: each project with a bar of who pays for it, largest text first.
fn phone_list(app: &App, drawn: &Flow, sources: &[PictureNode], targets: &[PictureNode]) -> Html {
    let project = |(index, (node, label)): (usize, (&FlowNode, &PictureNode))| {
        let payments: Vec<_> = drawn.links.iter().filter(|link| link.target == index).collect();
        let whole = (node.total_minor.max(1)) as f64;
        let mut x = 0.0;
        let segments: Vec<Html> = payments
            .iter()
            .map(|link| {
                let width = link.amount_minor as f64 / whole * 100.0;
                let class = sources.get(link.source).map_or("fill-plain", |source| source.class);
                let at = coordinate(x);
                x += width;
                html! { <rect {class} fill="currentColor" x={at} y="0" width={coordinate(width)} height="12" /> }
            })
            .collect();
        let payer = |link: &&crate::state::flow::FlowLink| {
            let source = sources.get(link.source)?;
            Some(html! {
                <li><span class={classes!("payer-swatch", source.class)} aria-hidden="true"></span>
                    <span>{ &source.name }</span><b>{ app.i18n.compact_money(link.amount_minor) }</b></li>
            })
        };
        html! {
            <li key={index} class="flow-item">
                <p><b>{ &label.name }</b><span class="meta">{ &label.note }</span></p>
                <svg class="flow-bar" viewBox="0 0 100 12" preserveAspectRatio="none" aria-hidden="true" focusable="false">
                    <rect class="track" x="0" y="0" width="100" height="12" />
                    { for segments }
                </svg>
                if !payments.is_empty() {
                    <ul class="payers">{ for payments.iter().filter_map(payer) }</ul>
                }
            </li>
        }
    };
    html! { <ul class="flow-list">{ for drawn.targets.iter().zip(targets).enumerate().map(project) }</ul> }
}

/// Who pays what for what, also used by the report.
pub(in crate::views) fn table(app: &App, report: &FundReport) -> Html {
    let payments = report.allocation.payments_minor.iter().enumerate();
    let row = |who: String, what: String, amount: u64| {
        html! { <tr><th scope="row">{ who }</th><td>{ what }</td><td class="number">{ app.i18n.money(amount) }</td></tr> }
    };
    let paid = payments.flat_map(|(project, payments)| {
        payments
            .iter()
            .map(move |&(participant, amount)| (participant, project, amount))
    });
    let paid = paid.map(|(participant, project, amount)| {
        row(
            funder_at(app, report, participant),
            project_at(app, report, project),
            amount,
        )
    });
    let unspent = report.allocation.unspent_minor.iter().enumerate();
    let unspent = unspent
        .filter(|&(_, &amount)| amount > 0)
        .map(|(participant, &amount)| {
            row(
                funder_at(app, report, participant),
                app.say(say::flow_unspent()).to_string(),
                amount,
            )
        });
    html! {
        <table>
            <caption>{ app.say(say::flow_table_caption()) }</caption>
            <thead><tr>
                <th scope="col">{ app.say(say::column_funder()) }</th>
                <th scope="col">{ app.say(say::column_project()) }</th>
                <th scope="col" class="number">{ app.say(say::column_amount()) }</th>
            </tr></thead>
            <tbody>{ for paid }{ for unspent }</tbody>
        </table>
    }
}
