//! Who carries how much: what each funder pays in a poor, a middle and a good future, against what it promised and
//! against what the same would cost it alone.

use super::card::picture_card;
use super::flow::fill_class;
use super::money_words::{funder_at, funder_class};
use crate::app::App;
use crate::charts::drawing::Ink;
use crate::charts::ranges::{RangeRow, bar_alone, drawing};
use crate::components::charts::drawn;
use crate::components::working;
use crate::funding::{FundReport, FunderStatement};
use crate::risk::{FunderFutures, Futures};
use crate::text::{Message, say};
use crate::views::picture::Saved;
use yew::prelude::*;

/// Width of a bar's picture in the list.
const BAR: f64 = 330.0;

/// The ranges of all funders, in the order of the plan.
pub(super) fn burdens_card(app: &App, report: &FundReport, futures: Option<&Futures>) -> Html {
    let title = app.say(say::burdens_title());
    let Some(futures) = futures else {
        return html! {
            <section class="card" id="pool-burdens"><h2>{ title }</h2>{ working(&app.say(say::working())) }</section>
        };
    };
    let lines: Vec<Line<'_>> = report
        .statements
        .iter()
        .filter_map(|statement| Line::of(app, report, futures, statement))
        .collect();
    let rows: Vec<RangeRow> = lines.iter().map(|line| line.row(app)).collect();
    let finding = app.say(finding(app, &lines));
    let saved = Saved {
        finding: finding.to_string(),
        legend: app.say(say::burdens_legend()).to_string(),
        drawing: drawing(&rows),
    };
    let item = |(line, row): (&Line<'_>, &RangeRow)| {
        html! {
            <li key={line.funder.id.clone()} id={format!("burden-{}", line.funder.id)}>
                <span class="name">{ &row.name }</span>
                <b>{ &row.words }</b>
                { drawn(&bar_alone(row, BAR), "range-bar", None) }
                <span class="meta">{ &row.note }</span>
            </li>
        }
    };
    let picture = html! { <>
        <ul class="burdens">{ for lines.iter().zip(&rows).map(item) }</ul>
        <p class="meta">{ app.say(say::burdens_legend()) }</p>
    </> };
    let finding = html! { <p class="finding">{ finding }</p> };
    picture_card(
        app,
        "pool-burdens",
        title,
        finding,
        table(app, &lines),
        picture,
        saved,
    )
}

/// One funder, on paper and in the futures.
struct Line<'a> {
    name: String,
    ink: Ink,
    statement: &'a FunderStatement,
    funder: &'a FunderFutures,
}

impl<'a> Line<'a> {
    fn of(
        app: &App,
        report: &FundReport,
        futures: &'a Futures,
        statement: &'a FunderStatement,
    ) -> Option<Self> {
        let id = report.participant_ids.get(statement.participant)?;
        let funder = futures.funders.iter().find(|funder| &funder.id == id)?;
        let class = fill_class(funder_class(app, id));
        Some(Self {
            name: funder_at(app, report, statement.participant),
            ink: Ink::of_sector(class.strip_prefix("fill-").unwrap_or_default()),
            statement,
            funder,
        })
    }

    /// P10, P50 and P90 of what it pays.
    fn range(&self) -> [f64; 3] {
        let paid = self.funder.spent_minor;
        [paid.p10, paid.p50, paid.p90]
    }

    /// The same as parts of what it would cost alone; nothing where that is nothing.
    fn burden(&self) -> Option<[f64; 3]> {
        let alone = self.statement.alone_minor;
        (alone > 0).then(|| self.range().map(|paid| paid / alone as f64))
    }

    fn row(&self, app: &App) -> RangeRow {
        let [low, _, high] = self.range();
        let pledged = app.i18n.compact_money(self.statement.pledged_minor);
        let note = match self.burden() {
            None => app.say(say::burdens_of(pledged)),
            Some([low, _, high]) => {
                let share = range_words(app, app.i18n.percent(low), app.i18n.percent(high));
                app.say(say::burdens_of_alone(pledged, share))
            }
        };
        RangeRow {
            name: self.name.clone(),
            range: self.range(),
            promised: self.statement.pledged_minor as f64,
            on_paper: self.statement.pays_minor as f64,
            ink: Some(self.ink),
            words: range_words(app, app.i18n.simulated_money(low), app.i18n.simulated_money(high)),
            note: note.to_string(),
        }
    }
}

/// "a to b"; one of them where they read the same.
fn range_words(app: &App, low: String, high: String) -> String {
    if low == high {
        low
    } else {
        app.say(say::from_to(low, high)).to_string()
    }
}

/// Whose payment is least sure, in money.
fn finding(app: &App, lines: &[Line<'_>]) -> Message {
    let width = |line: &Line<'_>| {
        let [low, _, high] = line.range();
        high - low
    };
    let widest = lines
        .iter()
        .reduce(|best, next| if width(next) > width(best) { next } else { best });
    match widest {
        Some(widest) if width(widest) >= 1.0 => {
            let [low, _, high] = widest.range().map(|minor| app.i18n.simulated_money(minor));
            let pledged = app.i18n.compact_money(widest.statement.pledged_minor);
            say::burdens_finding(widest.name.clone(), high, low, pledged)
        }
        _ => say::burdens_finding_sure(),
    }
}

fn table(app: &App, lines: &[Line<'_>]) -> Html {
    let cell = |words: String| html! { <td class="number">{ words }</td> };
    let row = |line: &Line<'_>| {
        let statement = line.statement;
        let burden = line.burden().map_or_else(
            || "–".to_owned(),
            |[low, _, high]| range_words(app, app.i18n.percent(low), app.i18n.percent(high)),
        );
        html! {
            <tr>
                <th scope="row">{ &line.name }</th>
                { cell(app.i18n.money(statement.pledged_minor)) }
                { for line.range().map(|minor| cell(app.i18n.simulated_money(minor))) }
                { cell(app.i18n.money(statement.alone_minor)) }
                { cell(burden) }
            </tr>
        }
    };
    let head = |words: AttrValue| html! { <th scope="col" class="number">{ words }</th> };
    html! {
        <table>
            <caption>{ app.say(say::burdens_caption()) }</caption>
            <thead><tr>
                <th scope="col">{ app.say(say::column_funder()) }</th>
                { head(app.say(say::statement_pledged())) }
                { for ["P10", "P50", "P90"].map(|name| head(AttrValue::from(name))) }
                { head(app.say(say::statement_alone())) }
                { head(app.say(say::statement_burden())) }
            </tr></thead>
            <tbody>{ for lines.iter().map(row) }</tbody>
        </table>
    }
}
