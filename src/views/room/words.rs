//! A room in words.

use super::asked::{Aim, Asked};
use crate::app::App;
use crate::domain::OrgId;
use crate::matching::Mode;
use crate::matching::room::{RoomAnswer, RoomOutcome, RoomProof, RoomRound, RoomTable};
use crate::state::selectors;
use crate::text::{Message, say};
use crate::views::words::{kind_inside, listed};

/// Who sits where, how often, whether anybody is left over, and how good it is: one sentence each.
pub(super) fn finding(app: &App, asked: &Asked, answer: &RoomAnswer) -> String {
    let Some(first) = answer.rounds.first() else {
        return app.say(say::room_found_nothing()).to_string();
    };
    let people = answer.organisations;
    if let Some(figures) = asked.other_pairing(answer) {
        let seated: usize = figures.tables.iter().map(Vec::len).sum();
        let aim = match (asked.aim(), figures.weakest) {
            (Aim::Weakest, Some(weakest)) => say::room_found_weakest(app.i18n.decimal(weakest, 2)),
            _ => say::room_found_stable(),
        };
        let said = [
            say::room_found_pairs(people, figures.tables.len()),
            out(people.saturating_sub(seated)),
            aim,
        ];
        return sentences(app, said);
    }
    let tables = first.tables.len();
    let trio = first.tables.iter().any(|table| table.members.len() > 2);
    let mut said = vec![if asked.is_pairs() && trio {
        say::room_found_trio(people, tables)
    } else if asked.is_pairs() {
        say::room_found_pairs(people, tables)
    } else {
        say::room_found_tables(people, tables)
    }];
    if answer.rounds.len() > 1 {
        said.push(say::room_found_rounds(answer.rounds.len()));
    }
    let sit_out: usize = answer.rounds.iter().map(|round| round.sitting_out.len()).sum();
    said.push(if sit_out > 0 && answer.rounds.len() > 1 {
        say::room_found_out_rounds(sit_out)
    } else {
        out(sit_out)
    });
    said.push(match (answer.rounds.iter().all(is_best), answer.rounds.len()) {
        (true, 1) => say::room_found_proven(),
        (true, _) => say::room_found_proven_rounds(),
        (false, _) => say::room_found_estimate(),
    });
    if answer.outcome != RoomOutcome::Seated {
        said.push(say::room_found_partly());
    }
    sentences(app, said)
}

fn out(count: usize) -> Message {
    if count == 0 {
        say::room_found_nobody_out()
    } else {
        say::room_found_out(count)
    }
}

fn sentences(app: &App, said: impl IntoIterator<Item = Message>) -> String {
    let said: Vec<_> = said
        .into_iter()
        .map(|message| app.say(message).to_string())
        .collect();
    said.join(" ")
}

/// Whether it is shown that the round cannot be better.
fn is_best(round: &RoomRound) -> bool {
    match round.proof {
        RoomProof::Certificate { .. } => true,
        RoomProof::Bound { gap, .. } => gap <= 0.0,
    }
}

/// How good a round is, and how that is known.
pub(super) fn proof(app: &App, round: &RoomRound) -> Message {
    match &round.proof {
        RoomProof::Certificate { .. } => say::room_proof_certificate(),
        RoomProof::Bound { gap, .. } if *gap <= 0.0 => say::room_proof_bound(),
        // Never "0.0%" where something is open.
        RoomProof::Bound { gap, .. } => say::room_proof_gap(app.i18n.decimal((gap * 100.0).max(0.1), 1)),
    }
}

/// What an aim is called.
pub(super) fn aim_name(aim: Aim) -> Message {
    match aim {
        Aim::BestTotal => say::room_aim_total(),
        Aim::Stable => say::room_aim_stable(),
        Aim::Weakest => say::room_aim_weakest(),
    }
}

/// The mean score of the pairs of a table, and the most it could be.
pub(super) fn mean_fit(asked: &Asked, table: &RoomTable) -> (f64, f64) {
    let people = u32::try_from(table.members.len()).unwrap_or(u32::MAX);
    let pairs = f64::from(people) * (f64::from(people) - 1.0) / 2.0;
    let most = match asked.options.mode {
        Mode::Mutual => 1.0,
        // What both receive, added.
        Mode::Gift => 2.0,
    };
    (if pairs > 0.0 { table.score / pairs } else { 0.0 }, most)
}

/// "memberi dana dan pelatihan": what one has that somebody else at the table looks for; nothing if nothing.
pub(super) fn gives(app: &App, giver: &OrgId, table: &[OrgId]) -> Option<Message> {
    let kinds: Vec<_> = selectors::wanted_from(&app.state().scenario, giver, table)
        .iter()
        .map(|kind| kind_inside(app, kind))
        .collect();
    (!kinds.is_empty()).then(|| say::room_gives(listed(app, &kinds)))
}
