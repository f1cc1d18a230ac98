//! Who gives what to whom, rings and pairs as tables for people. `None` where an answer has no table.

use super::answers::name_of;
use super::table::{grouped, table};
use super::team_tables::{LEFT, RIGHT, kind_name, names, percent};
use gotong::domain::{Language, Scenario};
use gotong::jobs::Response;
use gotong::matching::plan::Party;
use gotong::matching::rings::{MissingForm, NearRing, RingsAnswer};
use gotong::matching::room::RoomProof;

/// Who gives what to whom, and what stays unmet.
pub fn plan_table(scenario: &Scenario, response: &Response) -> Option<String> {
    let Response::Plan { plan, .. } = response else {
        return None;
    };
    let party = |party: &Party| match party {
        Party::Organisation(id) => name_of(scenario, id),
        Party::Project(id) => scenario.project(id).map_or_else(
            || id.to_string(),
            |project| project.name.get(Language::En).to_owned(),
        ),
    };
    let rows: Vec<Vec<String>> = plan
        .transfers
        .iter()
        .map(|one| {
            let quantity = format!(
                "{}{}",
                if one.sure { "" } else { "up to " },
                grouped(one.quantity)
            );
            vec![
                name_of(scenario, &one.from),
                party(&one.to),
                kind_name(scenario, &one.kind),
                quantity,
            ]
        })
        .collect();
    let headings = [("from", LEFT), ("to", LEFT), ("what", LEFT), ("how much", RIGHT)];
    let mut text = if rows.is_empty() {
        "Nobody of the partnership has what another lacks.\n".to_owned()
    } else {
        table(&headings, &rows)
    };
    for unmet in &plan.unmet {
        let [low, high] = unmet.missing;
        let missing = if low == high {
            grouped(low)
        } else {
            format!("{} to {}", grouped(low), grouped(high))
        };
        text.push_str(&format!(
            "\nUnmet: {} {missing} for {}",
            kind_name(scenario, &unmet.kind),
            party(&unmet.to)
        ));
    }
    text.push('\n');
    Some(text)
}

/// Rings and chains, each with who gives what to whom.
pub fn rings_table(scenario: &Scenario, response: &Response) -> Option<String> {
    let Response::Rings(answer) = response else {
        return None;
    };
    let mut text = String::new();
    for (place, exchange) in answer.exchanges.iter().enumerate() {
        let what = if exchange.chain { "Chain" } else { "Ring" };
        text.push_str(&format!("{what} {}\n", place + 1));
        let rows: Vec<Vec<String>> = exchange
            .handovers
            .iter()
            .map(|one| {
                let items: Vec<_> = one
                    .items
                    .iter()
                    .map(|item| kind_name(scenario, &item.kind))
                    .collect();
                vec![
                    name_of(scenario, &one.from),
                    name_of(scenario, &one.to),
                    items.join(", "),
                ]
            })
            .collect();
        text.push_str(&table(&[("from", LEFT), ("to", LEFT), ("gives", LEFT)], &rows));
        text.push('\n');
    }
    text.push_str(&match (answer.exchanges.is_empty(), answer.optimal) {
        (true, _) => "No exchange closes: nobody's offers lead back to them.\n".to_owned(),
        (false, true) => "Proven: no other choice of rings is worth more.\n".to_owned(),
        (false, false) => format!("At most {} below the best there could be.\n", percent(answer.gap)),
    });
    text.push_str(&near_table(scenario, answer));
    Some(text)
}

/// Rings that one offer, need or amount would close.
fn near_table(scenario: &Scenario, answer: &RingsAnswer) -> String {
    if answer.near.rings.is_empty() {
        return String::new();
    }
    let row = |one: &NearRing| {
        let missing = &one.missing;
        let form = match missing.form {
            MissingForm::Amount => "amount",
            MissingForm::Offer => "offer",
            MissingForm::Need => "need",
        };
        let quantity = missing
            .quantity
            .map_or_else(String::new, |one| format!("{} ", grouped(one)));
        vec![
            form.to_owned(),
            name_of(scenario, &missing.from),
            name_of(scenario, &missing.to),
            format!("{quantity}{}", kind_name(scenario, &missing.kind)),
            names(scenario, &one.members),
            percent(one.gain_millionths as f64 / 1e6),
        ]
    };
    let headings = [
        ("missing", LEFT),
        ("from", LEFT),
        ("to", LEFT),
        ("of what", LEFT),
        ("would close", LEFT),
        ("gain", RIGHT),
    ];
    let rows: Vec<Vec<String>> = answer.near.rings.iter().map(row).collect();
    format!("\nOne step from a ring\n{}", table(&headings, &rows))
}

/// The pairs of a room.
pub fn pairs_table(scenario: &Scenario, response: &Response) -> Option<String> {
    let Response::Room(answer) = response else {
        return None;
    };
    let mut text = String::new();
    for round in &answer.rounds {
        let rows: Vec<Vec<String>> = round
            .tables
            .iter()
            .map(|one| vec![format!("{:.3}", one.score), names(scenario, &one.members)])
            .collect();
        text.push_str(&table(&[("score", RIGHT), ("together", LEFT)], &rows));
        text.push_str(&match &round.proof {
            RoomProof::Certificate { .. } => format!(
                "\nTotal {:.3}. Proven: no other pairing is better.\n",
                round.total
            ),
            RoomProof::Bound { gap, .. } => {
                format!(
                    "\nTotal {:.3}, at most {} below the best there could be.\n",
                    round.total,
                    percent(*gap)
                )
            }
        });
        for (a, b) in &round.blocking {
            let (a, b) = (name_of(scenario, a), name_of(scenario, b));
            text.push_str(&format!("{a} and {b} would both rather be with each other.\n"));
        }
        for out in &round.sitting_out {
            text.push_str(&format!("{} sits out.\n", name_of(scenario, &out.org)));
        }
    }
    if let Some(obstacle) = &answer.obstacle {
        let code = serde_json::to_string(obstacle).unwrap_or_default();
        text.push_str(&format!("Stopped: {code}\n"));
    }
    Some(text)
}
