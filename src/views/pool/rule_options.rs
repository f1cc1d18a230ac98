//! What the quadratic rules can be told: which pledges match, the most a project draws, the bound of pairs.

use super::money_words::funder_name;
use crate::app::App;
use crate::components::{AmountField, CheckField};
use crate::domain::{Pledge, PledgeId, PoolPlan, RuleId};
use crate::funding::Instance;
use crate::state::Edit;
use crate::text::say;
use yew::prelude::*;

/// The options of `plan`'s rule, where it is one that matches gifts; each change is one step of undo.
pub(super) fn division_options(app: &App, plan: &PoolPlan) -> Html {
    if !matches!(plan.rule, RuleId::Quadratic | RuleId::Pairwise) {
        return html! {};
    }
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
