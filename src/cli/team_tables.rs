//! Answers about a partnership as tables for people. `None` where an answer has no table: then it is told as JSON.

use super::answers::name_of;
use super::table::{Side, amount, grouped, table};
use gotong::domain::{KindId, Language, OrgId, Scenario};
use gotong::jobs::Response;
use gotong::matching::coalition::{CoalitionAnswer, answer::NamedBlock, answer::NamedSolution};
use gotong::matching::cost_split::{Sampled, TeamSplit};

pub(super) const RIGHT: Side = Side::Right;
pub(super) const LEFT: Side = Side::Left;

pub(super) fn money(scenario: &Scenario, minor: u128) -> String {
    let base = scenario.base_currency;
    let minor = u64::try_from(minor).unwrap_or(u64::MAX);
    format!("{} {}", base.code(), amount(minor, base.minor_digits()))
}

pub(super) fn kind_name(scenario: &Scenario, id: &KindId) -> String {
    let kinds = scenario.all_kinds();
    let kind = kinds.iter().find(|kind| &kind.id == id);
    kind.map_or_else(|| id.to_string(), |kind| kind.name.get(Language::En).to_owned())
}

pub(super) fn names<'a>(scenario: &Scenario, ids: impl IntoIterator<Item = &'a OrgId>) -> String {
    let names: Vec<String> = ids.into_iter().map(|id| name_of(scenario, id)).collect();
    names.join(", ")
}

pub(super) fn percent(share: f64) -> String {
    format!("{:.1} %", share * 100.0)
}

/// The best team, its cost, its proof, and what would change it; or what stands in the way.
pub fn coalition_table(scenario: &Scenario, response: &Response) -> Option<String> {
    let Response::Coalition(answer) = response else {
        return None;
    };
    let Some(best) = &answer.best else {
        return Some(format!("No team can do it.\n\n{}", blocked(scenario, answer)));
    };
    let mut text = team(scenario, best);
    text.push_str(&if best.optimal {
        "\nProven: no cheaper team exists.\n".to_owned()
    } else {
        format!(
            "\nAt most {} dearer than the best there could be.\n",
            percent(best.gap)
        )
    });
    if !answer.unknown_costs.is_empty() {
        text.push_str(&format!(
            "\nDid not say what taking part costs, counted as {}: {}\n",
            money(scenario, answer.assumed_cost_minor.into()),
            names(scenario, &answer.unknown_costs)
        ));
    }
    for (place, other) in answer.alternatives.iter().enumerate() {
        let members = names(scenario, other.members.iter().map(|member| &member.org));
        let cost = money(scenario, other.objective_minor);
        text.push_str(&format!("\nAlternative {}: {members} ({cost})", place + 1));
    }
    if !answer.front.is_empty() {
        let rows: Vec<Vec<String>> = answer
            .front
            .iter()
            .map(|point| {
                let cost = point
                    .objective_minor
                    .map_or_else(|| "impossible".to_owned(), |cost| money(scenario, cost));
                let members = point
                    .members
                    .as_ref()
                    .map_or(String::new(), |ids| ids.len().to_string());
                vec![format!("{} %", point.coverage_percent), cost, members]
            })
            .collect();
        text.push_str("\nWhat less would cost\n\n");
        text.push_str(&table(
            &[("covered", RIGHT), ("cost", RIGHT), ("members", RIGHT)],
            &rows,
        ));
    }
    Some(text)
}

fn team(scenario: &Scenario, best: &NamedSolution) -> String {
    let rows: Vec<Vec<String>> = best
        .members
        .iter()
        .map(|member| {
            let brings = member.brings.iter().map(|one| {
                let quantity = one.offered.map_or_else(|| "?".to_owned(), grouped);
                format!("{} {quantity}", kind_name(scenario, &one.kind))
            });
            let cost = member
                .cost_minor
                .map_or_else(|| "?".to_owned(), |cost| money(scenario, cost.into()));
            vec![
                name_of(scenario, &member.org),
                cost,
                brings.collect::<Vec<_>>().join("; "),
            ]
        })
        .collect();
    format!(
        "The best team: {} members, {}\n(taking part {}, coordination of {} pairs {})\n\n{}",
        best.size,
        money(scenario, best.objective_minor),
        money(scenario, best.participation_cost_minor),
        best.pairs,
        money(scenario, best.coordination_cost_minor),
        table(
            &[("member", LEFT), ("taking part", RIGHT), ("brings", LEFT)],
            &rows
        )
    )
}

fn blocked(scenario: &Scenario, answer: &CoalitionAnswer) -> String {
    let line = |block: &NamedBlock| match block {
        NamedBlock::Requirement { kind, short, ask } => {
            let kind = kind_name(scenario, kind);
            let ask = names(scenario, ask);
            let ask = if ask.is_empty() {
                ask
            } else {
                format!(" (ask {ask}: they did not say how much)")
            };
            format!("{} more of {kind} is needed{ask}", grouped(*short))
        }
        NamedBlock::SectorMin { sector, have, need } => {
            format!(
                "{need} of the sector {} are needed, {have} could take part",
                sector.code()
            )
        }
        NamedBlock::SectorMax { sector, have, most } => {
            format!(
                "{have} of the sector {} must take part, {most} may",
                sector.code()
            )
        }
        NamedBlock::Anchors { pair: (a, b) } => {
            format!(
                "{} and {} must both take part and are in conflict",
                name_of(scenario, a),
                name_of(scenario, b)
            )
        }
        NamedBlock::Conflicts { pairs } if pairs.is_empty() => {
            "several conflicts together stand in the way".to_owned()
        }
        NamedBlock::Conflicts { pairs } => {
            let pairs: Vec<_> = pairs
                .iter()
                .map(|(a, b)| format!("{} and {}", name_of(scenario, a), name_of(scenario, b)))
                .collect();
            format!("any of these conflicts, lifted, would do: {}", pairs.join("; "))
        }
        // Rules without a name of their own, and what a newer core may add.
        other => serde_json::to_string(other).unwrap_or_default(),
    };
    answer
        .blocked
        .iter()
        .map(|block| format!("- {}\n", line(block)))
        .collect()
}

/// The same of a plain instance, by number.
pub fn plain_team_table(response: &Response) -> Option<String> {
    let Response::PlainCoalition(report) = response else {
        return None;
    };
    let best = report.solutions.first()?;
    let members: Vec<String> = best.members.iter().map(ToString::to_string).collect();
    let proof = if best.optimal {
        "proven optimal".to_owned()
    } else {
        format!("lower bound {}, gap {}", best.lower_bound, percent(best.gap))
    };
    Some(format!("{} ({proof}): {}\n", best.objective, members.join(" ")))
}

/// What the Shapley value of many members rests on, and how far each estimate may be off.
fn sampled_words(scenario: &Scenario, split: &TeamSplit, sampled: Sampled) -> String {
    let Sampled { pairs, seed, .. } = sampled;
    let mut text = format!(
        "\nThe nucleolus is left out: too many members. The Shapley value is estimated from {} orders of arrival (seed {seed}).",
        pairs * 2
    );
    let errors = split
        .answer
        .splits
        .iter()
        .find(|one| !one.standard_errors.is_empty());
    for (id, &error) in split
        .members
        .iter()
        .zip(errors.map_or(&[][..], |one| &one.standard_errors))
    {
        let (name, error) = (name_of(scenario, id), money(scenario, error.into()));
        text.push_str(&format!("\n  {name}: standard error {error}"));
    }
    text.push('\n');
    text
}

/// Every way to split the cost, side by side.
pub fn split_table(scenario: &Scenario, response: &Response) -> Option<String> {
    let Response::Split(split) = response else {
        return None;
    };
    let mut headings = vec![("member", LEFT), ("alone", RIGHT)];
    let codes: Vec<String> = split
        .answer
        .splits
        .iter()
        .map(|one| {
            serde_json::to_string(&one.method)
                .unwrap_or_default()
                .replace('"', "")
        })
        .collect();
    headings.extend(codes.iter().map(|code| (code.as_str(), RIGHT)));
    let shown = |minor: i128| money(scenario, u128::try_from(minor).unwrap_or(0));
    let rows: Vec<Vec<String>> = split
        .members
        .iter()
        .enumerate()
        .map(|(place, id)| {
            let alone = split.alone_minor.get(place).copied().unwrap_or(0);
            let shares = split
                .answer
                .splits
                .iter()
                .map(|one| shown(one.shares.get(place).copied().unwrap_or(0)));
            [name_of(scenario, id), shown(alone.into())]
                .into_iter()
                .chain(shares)
                .collect()
        })
        .collect();
    let mut text = format!(
        "To share: {}\n\n{}",
        shown(split.answer.total.into()),
        table(&headings, &rows)
    );
    if let Some(sampled) = split.answer.sampled {
        text.push_str(&sampled_words(scenario, split, sampled));
    }
    for (one, code) in split.answer.splits.iter().zip(&codes) {
        match &one.blocking {
            None if !one.judged => text.push_str(&format!(
                "\n{code}: not found out whether a group would do better alone."
            )),
            None => text.push_str(&format!("\n{code}: nobody would do better alone, in any group.")),
            Some(blocking) => {
                let group = blocking
                    .group
                    .iter()
                    .filter_map(|&place| split.members.get(place));
                let group = names(scenario, group);
                let saves = blocking.saves.floor();
                text.push_str(&format!("\n{code}: {group} would save {} alone.", shown(saves)));
            }
        }
    }
    text.push('\n');
    Some(text)
}
