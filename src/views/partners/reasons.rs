//! Why the score is what it is: sentences with figures that add up to it.

use super::questions::question;
use crate::app::App;
use crate::cases::goals::goal_name;
use crate::domain::{Formality, GoalId, KindId, OrgId, Organisation, Pace, WorkingStyle};
use crate::explain::{Reason, ReasonCode, rounded_parts};
use crate::matching::{KindFill, PartnerMatch};
use crate::text::{Message, say};
use crate::views::words::{kind_inside, listed, place_name};
use yew::prelude::*;

/// What strengthens, what weakens, and what answers would add; the seeker is "you". Figures are rounded so that they
/// still add up.
pub(super) fn reasons(app: &App, seeker: &OrgId, found: &PartnerMatch) -> Html {
    let [low, high] = found.score;
    let parts: Vec<f64> = found.reasons.iter().map(|reason| reason.value).collect();
    let shown: Vec<_> = found.reasons.iter().zip(rounded_parts(&parts, low, 2)).collect();
    let lines = lines(app, seeker, found, &shown);
    let (plus, minus): (Vec<_>, Vec<_>) = lines.into_iter().partition(|(hundredths, _)| *hundredths >= 0);
    let line = |(hundredths, words): &(i64, String)| {
        html! { <li><b>{ signed(app, *hundredths) }</b><span>{ words }</span></li> }
    };
    let score = app.i18n.decimal(low, 2);
    let sum = if found.unknown.is_empty() {
        say::reasons_sum(score)
    } else {
        say::reasons_sum_low(score)
    };
    html! { <>
        <div class="reasons" id="reasons">
            <div>
                <h3>{ app.say(say::reasons_plus_title()) }</h3>
                <ul class="plus">{ for plus.iter().map(line) }</ul>
            </div>
            <div>
                <h3>{ app.say(say::reasons_minus_title()) }</h3>
                if minus.is_empty() {
                    <p class="meta">{ app.say(say::reasons_minus_none()) }</p>
                } else {
                    <ul class="minus">{ for minus.iter().map(line) }</ul>
                }
            </div>
        </div>
        <p class="sum" id="reasons-sum">{ app.say(sum) }</p>
        if !found.unknown.is_empty() {
            <h3>{ app.say(say::unknown_title()) }</h3>
            { unknown(app, seeker, found) }
            <p class="sum" id="unknown-sum">{ app.say(say::unknown_sum(app.i18n.decimal(high, 2))) }</p>
        }
    </> }
}

fn unknown(app: &App, seeker: &OrgId, found: &PartnerMatch) -> Html {
    let adds: Vec<f64> = found.unknown.iter().map(|unknown| unknown.adds).collect();
    // The two shown ends differ by exactly what the shown answers add.
    let ends: f64 = found
        .score
        .iter()
        .map(|end| (end * 100.0).round())
        .fold(0.0, |low, end| end - low);
    let shown = rounded_parts(&adds, ends / 100.0, 2);
    html! {
        <ul class="reason-list unknown" id="unknown">
            { for found.unknown.iter().zip(shown).map(|(unknown, hundredths)| html! {
                <li><b>{ signed(app, hundredths) }</b><span>{ question(app, seeker, unknown) }</span></li>
            }) }
        </ul>
    }
}

/// "+0,42", "−0,04".
fn signed(app: &App, hundredths: i64) -> String {
    #[expect(clippy::cast_precision_loss, reason = "a part of a score: within ±100")]
    let figure = app.i18n.decimal(hundredths as f64 / 100.0, 2);
    if hundredths > 0 {
        format!("+{figure}")
    } else {
        figure
    }
}

/// One line a reason. What one side receives is one line for all kinds, each kind with its own figure, and stands
/// where the largest of them stood; so the lines still add up.
fn lines(app: &App, seeker: &OrgId, found: &PartnerMatch, shown: &[(&Reason, i64)]) -> Vec<(i64, String)> {
    let mut lines = Vec::new();
    let mut said: Vec<ReasonCode> = Vec::new();
    for &(reason, hundredths) in shown {
        let (fills, words): (_, fn(String) -> Message) = match reason.code {
            ReasonCode::Receives => (&found.receives, say::reason_receives),
            ReasonCode::Gives => (&found.gives, say::reason_gives),
            _ => {
                lines.push((hundredths, modifier(app, seeker, found, reason)));
                continue;
            }
        };
        if said.contains(&reason.code) {
            continue;
        }
        said.push(reason.code);
        let same: Vec<_> = shown
            .iter()
            .filter(|(other, _)| other.code == reason.code)
            .collect();
        let parts: Vec<_> = same
            .iter()
            .map(|(part, figure)| filled(app, fills, part.kind.as_ref(), signed(app, *figure)))
            .collect();
        let sum = same.iter().map(|(_, figure)| figure).sum();
        lines.push((sum, app.say(words(parts.join("; "))).to_string()));
    }
    lines
}

/// "dana 80% (+0,09)": how much of a need is filled for certain, and its part of the score.
fn filled(app: &App, fills: &[KindFill], kind: Option<&KindId>, figure: String) -> String {
    let fill = fills.iter().find(|fill| Some(&fill.kind) == kind);
    let name = kind.map(|kind| kind_inside(app, kind)).unwrap_or_default();
    let share = app.i18n.percent(fill.map_or(0.0, |fill| fill.filled[0]));
    app.say(say::reason_part(figure, name, share)).to_string()
}

fn modifier(app: &App, seeker: &OrgId, found: &PartnerMatch, reason: &Reason) -> String {
    let scenario = &app.state().scenario;
    let you = scenario.organisation(seeker);
    let them = scenario.organisation(&found.id);
    let names = || listed(app, &goals(app, &reason.subjects));
    app.say(match reason.code {
        ReasonCode::SharedGoals => say::reason_shared_goals(reason.subjects.len(), names()),
        ReasonCode::SharedRegion => say::reason_shared_region(shared_place(you, them)),
        ReasonCode::Trust => say::reason_trust(),
        ReasonCode::Friction => match (you, them) {
            (Some(you), Some(them)) => {
                friction(app, &reason.subjects, &you.working_style, &them.working_style)
            }
            _ => say::reason_friction_unsaid(),
        },
        ReasonCode::Duplication => say::reason_duplication(names()),
        ReasonCode::Competition => say::reason_competition(listed(app, &wanted(app, &reason.subjects))),
        // Said together, by kind.
        ReasonCode::Receives | ReasonCode::Gives => Message::of_code("reason", reason.code.code()),
    })
    .to_string()
}

fn goals(app: &App, codes: &[String]) -> Vec<String> {
    let name = |code: &String| {
        let known = GoalId::new(code).ok();
        let name = known.and_then(|goal| goal_name(&goal, app.i18n.language));
        name.map_or_else(|| code.clone(), str::to_owned)
    };
    codes.iter().map(name).collect()
}

/// Kinds both need and donors both court; a donor may be an organisation here or only a name.
fn wanted(app: &App, subjects: &[String]) -> Vec<String> {
    let name = |subject: &String| {
        let kind = KindId::new(subject).ok().filter(|kind| app.kind(kind).is_some());
        match (kind, OrgId::new(subject)) {
            (Some(kind), _) => app.kind_name(&kind),
            (None, Ok(donor)) => app.org_name(&donor),
            (None, Err(_)) => subject.clone(),
        }
    };
    subjects.iter().map(name).collect()
}

/// The regency both sit in, else their province.
fn shared_place(you: Option<&Organisation>, them: Option<&Organisation>) -> String {
    let region = |one: Option<&Organisation>| one.and_then(|one| one.region.clone());
    match (region(you), region(them)) {
        (Some(yours), Some(theirs)) if yours == theirs => place_name(&yours),
        (Some(yours), _) => crate::domain::RegionCode::new(yours.province())
            .map_or_else(|_| place_name(&yours), |province| place_name(&province)),
        (None, _) => String::new(),
    }
}

fn friction(app: &App, subjects: &[String], yours: &WorkingStyle, theirs: &WorkingStyle) -> Message {
    let said = |message: Option<Message>| app.say(message.unwrap_or_else(say::friction_unsaid)).to_string();
    let pace = |style: &WorkingStyle| said(style.pace.map(pace_name));
    let formality = |style: &WorkingStyle| said(style.formality.map(formality_name));
    let months = |style: &WorkingStyle| {
        said(
            style
                .horizon_months
                .map(|months| say::friction_months(u64::from(months))),
        )
    };
    let part = |subject: &String| match subject.as_str() {
        "pace" => Some(say::friction_pace(pace(theirs), pace(yours))),
        "formality" => Some(say::friction_formality(formality(theirs), formality(yours))),
        "horizon" => Some(say::friction_horizon(months(theirs), months(yours))),
        _ => None,
    };
    let parts: Vec<String> = subjects
        .iter()
        .filter_map(part)
        .map(|part| app.say(part).to_string())
        .collect();
    if parts.is_empty() {
        say::reason_friction_unsaid()
    } else {
        say::reason_friction(listed(app, &parts))
    }
}

fn pace_name(pace: Pace) -> Message {
    match pace {
        Pace::Weekly => say::friction_pace_weekly(),
        Pace::Monthly => say::friction_pace_monthly(),
        Pace::Quarterly => say::friction_pace_quarterly(),
        Pace::Yearly => say::friction_pace_yearly(),
    }
}

fn formality_name(formality: Formality) -> Message {
    match formality {
        Formality::Informal => say::friction_formality_informal(),
        Formality::Mixed => say::friction_formality_mixed(),
        Formality::Formal => say::friction_formality_formal(),
    }
}
