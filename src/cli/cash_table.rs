//! Cash over time, exchange rates and results of simulated futures, as text.

use super::table::{Side, amount_of, table};
use gotong::risk::{CashFutures, Futures, PlainCash, Quantiles};

/// An amount that may be below 0.
fn signed(minor: f64, digits: u32) -> String {
    if minor < 0.0 {
        format!("-{}", amount_of(-minor, digits))
    } else {
        amount_of(minor, digits)
    }
}

/// What the futures of a scenario say beside who is funded; empty where they look at nothing of it.
pub fn further_tables(futures: &Futures, digits: u32) -> String {
    let mut text = String::new();
    if let Some(cash) = &futures.cash {
        text.push_str(&cash_table(cash, digits));
    }
    for rate in &futures.rates {
        let Quantiles { p10, p50, p90 } = rate.factor;
        text.push_str(&format!(
            "\nRate of {} against the stated one: P10 {p10:.3}, P50 {p50:.3}, P90 {p90:.3}\n",
            rate.currency
        ));
    }
    for results in &futures.results {
        let money = |of: Quantiles| {
            let [p10, p50, p90] = [of.p10, of.p50, of.p90].map(|minor| amount_of(minor, digits));
            format!("P10 {p10}, P50 {p50}, P90 {p90}")
        };
        let Quantiles { p10, p50, p90 } = results.verified;
        text.push_str(&format!(
            "\nResults paid by {}: verified P10 {p10:.0}, P50 {p50:.0}, P90 {p90:.0} of {} expected\n  paid {}\n  advance \
             not paid back {} (in {:.1} % of futures)\n",
            results.id,
            results.expected,
            money(results.paid_minor),
            money(results.carried_minor),
            results.loss.probability * 100.0
        ));
    }
    text
}

fn cash_table(cash: &CashFutures, digits: u32) -> String {
    let money = |minor: f64| signed(minor, digits);
    let rows = cash.periods.iter().zip(1..).map(|(period, number): (_, u16)| {
        vec![
            number.to_string(),
            money(period.inflow_minor.p50),
            money(period.outflow_minor.p50),
            money(period.balance_minor.p10),
            money(period.balance_minor.p50),
            money(period.balance_minor.p90),
            format!("{:.1} %", period.short.probability * 100.0),
        ]
    });
    let right = |name| (name, Side::Right);
    let headings = [
        "period",
        "in P50",
        "out P50",
        "balance P10",
        "P50",
        "P90",
        "below 0",
    ]
    .map(right);
    let mut text = format!(
        "\nCash by period of {} month{}\n\n{}",
        cash.period_months,
        if cash.period_months == 1 { "" } else { "s" },
        table(&headings, &rows.collect::<Vec<_>>())
    );
    text.push_str(&format!(
        "\nCash short in {:.1} % of futures (± {:.2}); worst in period {}; bridge P50 {}, P90 {}\n\n",
        cash.shortfall.probability * 100.0,
        cash.shortfall.standard_error * 100.0,
        cash.worst_period,
        money(cash.bridge_minor.p50),
        money(cash.bridge_minor.p90)
    ));
    let period = |of: Option<u16>| of.map_or_else(|| "later".to_owned(), |period| period.to_string());
    let rows = cash.projects.iter().map(|project| {
        let paid = project
            .paid_by
            .map(|found| [found.p10, found.p50, found.p90].map(period));
        let [p10, p50, p90] = paid.unwrap_or_else(|| std::array::from_fn(|_| "–".to_owned()));
        vec![
            project.id.clone(),
            project.needed_by.to_string(),
            p10,
            p50,
            p90,
            format!("{:.1} %", project.on_time.probability * 100.0),
        ]
    });
    let headings = [
        ("fully paid in period", Side::Left),
        right("needed by"),
        right("P10"),
        right("P50"),
        right("P90"),
        right("on time"),
    ];
    text.push_str(&table(&headings, &rows.collect::<Vec<_>>()));
    let moving = cash
        .pledges
        .iter()
        .filter(|pledge| pledge.late.probability > 0.0 || pledge.withdrawn.probability > 0.0);
    let rows: Vec<_> = moving
        .map(|pledge| {
            vec![
                pledge.id.clone(),
                format!("{:.1} %", pledge.late.probability * 100.0),
                pledge.delay[2].to_string(),
                format!("{:.1} %", pledge.withdrawn.probability * 100.0),
            ]
        })
        .collect();
    if !rows.is_empty() {
        let headings = [
            ("pledge", Side::Left),
            right("late"),
            right("periods late, P90"),
            right("withdrawn"),
        ];
        text.push('\n');
        text.push_str(&table(&headings, &rows));
    }
    text
}

/// Cash of a plain plan.
pub fn plain_cash(cash: &PlainCash) -> String {
    let rows = cash.balance.iter().zip(1..).map(|(fan, number): (_, u16)| {
        let figures = [fan.p10, fan.p50, fan.p90].map(|figure| format!("{figure:.2}"));
        std::iter::once(number.to_string()).chain(figures).collect()
    });
    let headings = ["period", "balance P10", "P50", "P90"].map(|name| (name, Side::Right));
    format!(
        "\n{}\nCash short in {:.1} % of futures; worst in period {}; bridge P50 {:.2}, P90 {:.2}\n",
        table(&headings, &rows.collect::<Vec<Vec<String>>>()),
        cash.shortfall.probability * 100.0,
        cash.worst_period,
        cash.bridge.p50,
        cash.bridge.p90
    )
}
