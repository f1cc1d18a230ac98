//! What rules can be told. Equal shares: what becomes of the rest, when votes decide instead, what an approval is worth. The
//! quadratic rules: which pledges match, the most a project draws, the bound of pairs.

use super::money_words::funder_name;
use crate::app::App;
use crate::components::{AmountField, CheckField, SelectField};
use crate::domain::{Comparison, Completion, Pledge, PledgeId, PoolPlan, RuleId, UtilityMeasure};
use crate::funding::{FundReport, Instance};
use crate::state::Edit;
use crate::text::{Message, say};
use yew::prelude::*;

/// The options of `plan`'s rule, where it has any; each change is one step of undo.
pub(super) fn options(app: &App, plan: &PoolPlan) -> Html {
    match plan.rule {
        RuleId::Quadratic | RuleId::Pairwise => matching_options(app, plan),
        RuleId::EqualShares => equal_shares_options(app, plan),
        _ => html! {},
    }
}

/// Every completion, in the order they are offered, with its code.
const COMPLETIONS: [(Completion, &str); 4] = [
    (Completion::None, "none"),
    (Completion::Greedy, "greedy"),
    (Completion::Add1, "add1"),
    (Completion::Add1u, "add1u"),
];
/// The same of comparisons.
const COMPARISONS: [(Option<Comparison>, &str); 3] = [
    (None, "never"),
    (Some(Comparison::Satisfaction), "satisfaction"),
    (Some(Comparison::Exclusion), "exclusion"),
];
/// The same of what an approval is worth.
const UTILITIES: [(UtilityMeasure, &str); 2] = [
    (UtilityMeasure::Cost, "cost"),
    (UtilityMeasure::Cardinality, "cardinality"),
];

/// A choice of one of these for the plan; its sentences are called `<family>-<code>`.
fn choice<T: Copy + PartialEq + 'static>(
    app: &App,
    [id, family]: [&'static str; 2],
    label: AttrValue,
    offered: Vec<(T, &'static str)>,
    chosen: T,
    change: impl Fn(T) -> PoolPlan + 'static,
) -> Html {
    let value = offered
        .iter()
        .find(|(one, _)| *one == chosen)
        .map_or("", |(_, code)| *code);
    let options: Vec<(AttrValue, AttrValue)> = offered
        .iter()
        .map(|(_, code)| (AttrValue::from(*code), app.say(Message::of_code(family, code))))
        .collect();
    let on_change = {
        let app = app.clone();
        Callback::from(move |code: String| {
            if let Some((one, _)) = offered.iter().find(|(_, other)| *other == code) {
                app.edit(Edit::SetPool(change(*one)));
            }
        })
    };
    html! { <SelectField {id} {label} {options} {value} {on_change} /> }
}

/// Ballots hold virtual purses, which may be raised; pledges hold real money, which may not.
fn equal_shares_options(app: &App, plan: &PoolPlan) -> Html {
    let scenario = &app.state().scenario;
    let own_purses = scenario.ballots.is_empty();
    let chosen = plan.completion.unwrap_or_default();
    let offered: Vec<_> = COMPLETIONS
        .into_iter()
        .filter(|(one, _)| {
            let raises = matches!(one, Completion::Add1 | Completion::Add1u);
            // What a file brought stays in the list, so that it is seen and can be changed.
            !own_purses || !raises || *one == chosen
        })
        .collect();
    // As the rule itself: one point more than an approval anywhere, and points count for all.
    let points = if own_purses {
        let mut wishes = scenario.pledges.iter().flat_map(|pledge| &pledge.wishes);
        wishes.any(|&(_, weight)| weight > 1)
    } else {
        let mut points = scenario.ballots.iter().flat_map(|ballot| &ballot.points);
        points.any(|&points| points > 1)
    };
    let completion = {
        let plan = plan.clone();
        choice(
            app,
            ["pool-completion", "completion"],
            app.say(say::shares_completion()),
            offered,
            chosen,
            move |one| PoolPlan {
                completion: Some(one),
                ..plan.clone()
            },
        )
    };
    let comparison = {
        let plan = plan.clone();
        choice(
            app,
            ["pool-comparison", "comparison"],
            app.say(say::shares_comparison()),
            COMPARISONS.to_vec(),
            plan.comparison,
            move |comparison| PoolPlan {
                comparison,
                ..plan.clone()
            },
        )
    };
    let utility = {
        let (plan, now) = (plan.clone(), plan.utility.unwrap_or_default());
        choice(
            app,
            ["pool-utility", "utility"],
            app.say(say::shares_utility()),
            UTILITIES.to_vec(),
            now,
            move |one| PoolPlan {
                utility: Some(one),
                ..plan.clone()
            },
        )
    };
    html! {
        <details class="rule-options" id="pool-shares-options" open={own_purses && chosen_raises(chosen)}>
            <summary>{ app.say(say::shares_options()) }</summary>
            <div class="fields">
                { completion }
                if own_purses { <p class="meta" id="pool-real-purses">{ app.say(say::shares_real_purses()) }</p> }
                { comparison }
                if points { <p class="meta" id="pool-points-count">{ app.say(say::shares_points()) }</p> } else { { utility } }
            </div>
        </details>
    }
}

fn chosen_raises(completion: Completion) -> bool {
    matches!(completion, Completion::Add1 | Completion::Add1u)
}

/// What equal shares did beside its rounds, in a sentence or two.
pub(super) fn note(app: &App, report: &FundReport) -> Html {
    let Some(note) = report.equal_shares else {
        return html! {};
    };
    let together = app.i18n.compact_money(note.handed_out_minor);
    let purses = if app.state().scenario.ballots.is_empty() {
        say::shares_note_real(note.in_rounds, together, note.voices)
    } else if note.handed_out_minor > report.budget_minor {
        say::shares_note_raised(
            note.in_rounds,
            app.i18n.compact_money(report.budget_minor),
            together,
            note.voices,
        )
    } else {
        say::shares_note(note.in_rounds, together, note.voices)
    };
    html! {
        <p class="meta" id="pool-shares-note">
            { app.say(purses) }
            if note.gave_way { { " " }<b>{ app.say(say::shares_note_gave_way()) }</b> }
        </p>
    }
}

fn matching_options(app: &App, plan: &PoolPlan) -> Html {
    let change = |make: fn(PoolPlan, Option<u64>) -> PoolPlan| {
        let (app, plan) = (app.clone(), plan.clone());
        Callback::from(move |amount: Option<u64>| app.edit(Edit::SetPool(make(plan.clone(), amount))))
    };
    let on_cap = change(|plan, match_cap_minor| PoolPlan {
        match_cap_minor,
        ..plan
    });
    let on_bound = change(|plan, pair_bound_minor| PoolPlan {
        pair_bound_minor,
        ..plan
    });
    let pledges = &app.state().scenario.pledges;
    let matching = matching(app, plan);
    let choice = |(pledge, matches): (&Pledge, &bool)| {
        let on_change = {
            let (app, plan, id) = (app.clone(), plan.clone(), pledge.id.clone());
            let chosen = chosen(app.state().scenario.pledges.as_slice(), &matching);
            Callback::from(move |on: bool| {
                let mut matching_pledges = chosen.clone();
                matching_pledges.retain(|other| *other != id);
                if on {
                    matching_pledges.push(id.clone());
                }
                app.edit(Edit::SetPool(PoolPlan {
                    matching_pledges,
                    ..plan.clone()
                }));
            })
        };
        html! {
            <CheckField key={pledge.id.as_str()} id={format!("pool-matching-{}", pledge.id)}
                label={funder_name(app, pledge.id.as_str())} checked={*matches} {on_change} />
        }
    };
    html! {
        <div class="fields" id="pool-matching-options">
            <fieldset id="pool-matching">
                <legend>{ app.say(say::matching_pledges()) }</legend>
                { for pledges.iter().zip(&matching).map(choice) }
                <p class="meta">{ app.say(say::matching_pledges_hint()) }</p>
            </fieldset>
            <AmountField id="pool-match-cap" label={app.say(say::matching_cap())} value={plan.match_cap_minor} on_change={on_cap} />
            if plan.rule == RuleId::Pairwise {
                <AmountField id="pool-pair-bound" label={app.say(say::matching_pair_bound())} value={plan.pair_bound_minor}
                    on_change={on_bound} />
            }
        </div>
    }
}

/// Which pledges match now, chosen or by the usual choice.
fn matching(app: &App, plan: &PoolPlan) -> Vec<bool> {
    let scenario = &app.state().scenario;
    Instance::from_scenario(scenario).map_or_else(
        |_| vec![false; scenario.pledges.len()],
        |instance| instance.matching(plan),
    )
}

fn chosen(pledges: &[Pledge], matching: &[bool]) -> Vec<PledgeId> {
    let chosen = pledges.iter().zip(matching).filter(|(_, matches)| **matches);
    chosen.map(|(pledge, _)| pledge.id.clone()).collect()
}
