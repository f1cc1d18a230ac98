//! The figures first: does it last, where does it rub, what does it take to stay in step, does the money come.

use super::rubbing::{is_conflict, worst_first};
use super::words::{both, effort, part_figure, share};
use crate::app::App;
use crate::partnership::{Assessment, LeverComparison, Measure, Range};
use crate::text::{Message, say};
use yew::prelude::*;

/// The finding in a sentence, then up to four figures, each of which opens to say what it means.
pub(super) fn headline(app: &App, comparison: &LeverComparison) -> Html {
    let (before, after) = (&comparison.before, &comparison.after);
    let lasts = |of: &Assessment| of.figure(Measure::StillRunning).and_then(|one| one.value);
    let running = |value: Option<Range>| value.map(|value| share(app, value));
    let reliability = |value: Option<f64>| value.map(|value| share(app, Range::exactly(value)));
    let years = after.figure(Measure::StillRunning).and_then(|figure| {
        let years = figure.from.iter().find(|one| one.code == "years");
        years.map(|years| app.i18n.decimal(years.value.low, 0))
    });
    let tiles = [
        (
            "lasts",
            say::together_lasts(years.unwrap_or_default()),
            running(lasts(before)),
            running(lasts(after)),
        ),
        (
            "friction",
            say::together_friction(),
            running(before.friction.mean),
            running(after.friction.mean),
        ),
        (
            "in-step",
            say::together_in_step(),
            Some(days(app, before)),
            Some(days(app, after)),
        ),
        (
            "money-comes",
            say::together_money_comes(),
            reliability(before.pledge_reliability),
            reliability(after.pledge_reliability),
        ),
    ];
    html! {
        <section class="card whole" aria-labelledby="together-title">
            <h2 id="together-title">{ app.say(say::together_title()) }</h2>
            <p class="finding" role="status" id="together-finding">{ app.say(finding(app, comparison)) }</p>
            <div class="headline" id="together-headline">
                { for tiles.into_iter().filter_map(|(code, name, before, after)| Some(tile(app, code, name, before, after?))) }
            </div>
            <p class="meta">{ app.say(say::together_in_step_cost(effort(app, after.friction.coordination))) }</p>
            <p class="meta">{ app.say(if after.verified { say::together_checked() } else { say::together_unchecked() }) }</p>
        </section>
    }
}

fn days(app: &App, of: &Assessment) -> String {
    let days = part_figure(app, of.friction.coordination.days);
    app.say(say::together_effort_days(days)).to_string()
}

fn tile(app: &App, code: &str, name: Message, before: Option<String>, after: String) -> Html {
    let without = before.filter(|before| before != &after);
    html! {
        <details class="tile" id={format!("together-{code}")} key={code.to_owned()}>
            <summary><b>{ after }</b><small>{ app.say(name) }</small></summary>
            <p class="meta">{ app.say(Message::of_code("together-about", code)) }</p>
            if let Some(without) = without { <p class="meta">{ app.say(say::together_without(without)) }</p> }
        </details>
    }
}

/// The pair to talk about first.
fn finding(app: &App, comparison: &LeverComparison) -> Message {
    let worst = worst_first(&comparison.after.friction).into_iter().next();
    let Some((worst, part)) = worst.and_then(|pair| Some((pair, pair.dominant?))) else {
        return say::together_finding_none();
    };
    if is_conflict(worst) {
        return say::together_finding_conflict(both(app, &worst.between));
    }
    let part = app.say(Message::of_code("together-part", part.code()));
    say::together_finding(
        share(app, worst.friction),
        both(app, &worst.between),
        part.as_str(),
    )
}
