//! What causes the doubt: what each quantity explains alone, and what it takes part in together with others.

use super::words::driver_name;
use crate::app::{App, use_app, use_job};
use crate::charts::coordinate;
use crate::charts::drawing::{Drawing, Ink, Look, Type};
use crate::charts::words::wrap;
use crate::components::{SelectField, working};
use crate::jobs::{Request, Response};
use crate::risk::{FigureIndices, IndexedDriver, IndexedFigure, Indices, Share};
use crate::text::{Message, say};
use crate::views::picture::Saved;
use crate::views::pool::card::picture_card;
use yew::prelude::*;

/// Bars shown; the table has all.
const MOST_BARS: usize = 8;

/// The card, which asks when somebody wants to see it: it takes several times as long as the futures.
#[component(Doubt)]
pub(super) fn doubt() -> Html {
    let app = use_app();
    let wanted = use_state(|| false);
    let figure = use_state(|| IndexedFigure::Funded);
    let job = use_job(&app, wanted.then_some(()), |(), scenario| Request::Indices {
        scenario,
        settings: None,
        pool: None,
    });
    let title = app.say(say::doubt_title());
    let on_show = {
        let wanted = wanted.clone();
        Callback::from(move |_: MouseEvent| wanted.set(true))
    };
    let answer = match job.response.as_deref() {
        Some(Response::Indices(answer)) if job.failed.is_none() => Some(&**answer),
        _ => None,
    };
    let found = answer.and_then(|answer| {
        let mut figures = answer.figures.iter();
        Some((answer, figures.find(|found| found.figure == *figure)?))
    });
    match found {
        Some((answer, found)) => html! { <div class="whole">{ shown(&app, answer, found, &figure) }</div> },
        None => html! {
            <section class="card whole" id="whatif-doubt" aria-labelledby="whatif-doubt-title">
                <h2 id="whatif-doubt-title">{ title }</h2>
                <p class="meta">{ app.say(say::doubt_about()) }</p>
                if let Some(failed) = job.failed {
                    <p class="warn" role="alert">{ app.say(failed) }</p>
                } else if *wanted {
                    { working(&app.say(say::working())) }
                } else {
                    <button id="whatif-doubt-show" onclick={on_show}>{ app.say(say::doubt_show()) }</button>
                }
            </section>
        },
    }
}

fn shown(app: &App, answer: &Indices, found: &FigureIndices, chosen: &UseStateHandle<IndexedFigure>) -> Html {
    let options: Vec<(AttrValue, AttrValue)> = IndexedFigure::ALL
        .map(|figure| {
            (
                figure.code().into(),
                app.say(Message::of_code("doubt-figure", figure.code())),
            )
        })
        .to_vec();
    let on_change = {
        let chosen = chosen.clone();
        Callback::from(move |code: String| {
            if let Some(figure) = IndexedFigure::ALL
                .into_iter()
                .find(|figure| figure.code() == code)
            {
                chosen.set(figure);
            }
        })
    };
    let clear: Vec<&IndexedDriver> = found
        .drivers
        .iter()
        .filter(|driver| is_clear(driver.total))
        .take(MOST_BARS)
        .collect();
    let extent = clear
        .iter()
        .map(|driver| driver.total.value + driver.total.standard_error)
        .fold(0.05, f64::max);
    let sentence = finding(app, found, &clear);
    let legend = app.say(say::doubt_legend(
        u64::from(answer.points_done),
        app.i18n.integer(answer.runs),
    ));
    let rows: Vec<Row> = clear.iter().map(|driver| Row::new(app, driver, extent)).collect();
    let saved = Saved {
        finding: sentence.clone(),
        legend: legend.to_string(),
        drawing: drawing(&rows),
    };
    let done = answer.points_done >= answer.points;
    let finding = html! { <>
        <p class="meta">{ app.say(say::doubt_about()) }</p>
        <div class="doubt-figure"><SelectField id="whatif-doubt-figure" label={app.say(say::doubt_figure())} {options}
            value={found.figure.code()} {on_change} /></div>
        <p class="finding" role="status" id="whatif-doubt-finding">{ sentence }</p>
    </> };
    let picture = html! {
        <div data-done={done.to_string()}>
            <ul class="doubt-bars">{ for rows.iter().map(|row| html! {
                <li key={row.name.clone()}>
                    <span>{ &row.name }</span>
                    { bar(row) }
                    <span class="figure">{ &row.figure }</span>
                </li>
            }) }</ul>
            <p class="meta doubt-keys" aria-hidden="true">
                <span class="key alone">{ app.say(say::doubt_alone()) }</span>
                <span class="key together">{ app.say(say::doubt_together()) }</span>
            </p>
            <p class="meta">{ legend.clone() }</p>
        </div>
    };
    picture_card(
        app,
        "whatif-doubt",
        app.say(say::doubt_title()),
        finding,
        table(app, found),
        picture,
        saved,
    )
}

/// A share smaller than twice its error is none that can be told.
fn is_clear(share: Share) -> bool {
    share.value > 0.0 && share.value >= 2.0 * share.standard_error
}

fn percent(app: &App, share: f64) -> String {
    app.i18n.percent(share.clamp(0.0, 1.0))
}

fn finding(app: &App, found: &FigureIndices, clear: &[&IndexedDriver]) -> String {
    let Some(first) = clear.first() else {
        return app.say(say::doubt_none()).to_string();
    };
    let name = driver_name(app, &first.id);
    let mut said = vec![say::doubt_finding(
        percent(app, first.first.value),
        name,
        percent(app, first.total.value),
    )];
    let together = Share {
        value: 1.0 - found.alone.value,
        ..found.alone
    };
    if is_clear(together) && together.value >= 0.05 {
        said.push(say::doubt_interaction(percent(app, together.value)));
    }
    let said: Vec<String> = said
        .into_iter()
        .map(|message| app.say(message).to_string())
        .collect();
    said.join(" ")
}

/// A bar: shares of the width.
struct Row {
    name: String,
    figure: String,
    alone: f64,
    together: f64,
    error: [f64; 2],
}

impl Row {
    fn new(app: &App, driver: &IndexedDriver, extent: f64) -> Self {
        let at = |value: f64| (value / extent).clamp(0.0, 1.0);
        let (first, total) = (driver.first, driver.total);
        Self {
            name: driver_name(app, &driver.id),
            figure: app
                .say(say::doubt_row(
                    percent(app, first.value),
                    percent(app, total.value),
                ))
                .to_string(),
            alone: at(first.value),
            together: at(total.value),
            error: [
                at(total.value - total.standard_error),
                at(total.value + total.standard_error),
            ],
        }
    }
}

fn bar(row: &Row) -> Html {
    let x = |share: f64| coordinate(200.0 * share);
    html! {
        <svg class="doubt-bar" viewBox="0 0 200 16" preserveAspectRatio="none" aria-hidden="true" focusable="false">
            <rect class="together" x="0.5" y="2.5" width={x(row.together)} height="11" />
            <rect class="alone" x="0" y="2" width={x(row.alone)} height="12" />
            <line class="error" x1={x(row.error[0])} x2={x(row.error[1])} y1="8" y2="8" />
        </svg>
    }
}

const ROW: f64 = 34.0;
const BARS_AT: f64 = 280.0;
const BARS: f64 = 300.0;
const WIDTH: f64 = 760.0;

/// The same for a file.
fn drawing(rows: &[Row]) -> Drawing {
    let mut drawing = Drawing::new(WIDTH, ROW * rows.len() as f64);
    for (place, row) in rows.iter().enumerate() {
        let y = ROW * place as f64;
        let names = wrap(&row.name, 40, 2);
        let first = y + 19.0 - 7.0 * (names.len() as f64 - 1.0);
        drawing.lines([0.0, first], 14.0, &names, Type::NAME);
        let together = [BARS_AT, y + 8.0];
        drawing.rect(
            together,
            [BARS * row.together, 14.0],
            Look::line(Ink::Accent, 1.0),
        );
        drawing.rect(together, [BARS * row.alone, 14.0], Look::fill(Ink::Accent));
        let [from, to] = row.error.map(|share| BARS_AT + BARS * share);
        drawing.line([from, y + 15.0], [to, y + 15.0], Look::line(Ink::Strong, 1.4));
        drawing.text([BARS_AT + BARS + 16.0, y + 19.0], &row.figure, Type::NOTE);
    }
    drawing
}

fn table(app: &App, found: &FigureIndices) -> Html {
    let cell = |share: Share| {
        let figure = |value: f64| app.i18n.decimal(value * 100.0, 1);
        html! { <td class="number">{ format!("{}% ± {}", figure(share.value), figure(share.standard_error)) }</td> }
    };
    html! {
        <table>
            <caption>{ app.say(say::doubt_table_caption()) }</caption>
            <thead><tr>
                <th scope="col">{ app.say(say::column_driver()) }</th>
                <th scope="col" class="number">{ app.say(say::doubt_alone()) }</th>
                <th scope="col" class="number">{ app.say(say::doubt_together()) }</th>
            </tr></thead>
            <tbody>{ for found.drivers.iter().map(|driver| html! {
                <tr>
                    <th scope="row">{ driver_name(app, &driver.id) }</th>
                    { cell(driver.first) }{ cell(driver.total) }
                </tr>
            }) }</tbody>
        </table>
    }
}
