//! What each project got: a bar each, and the table.

use crate::app::App;
use crate::charts::bars::{Bar, BarRow, drawing};
use crate::charts::drawing::Ink;
use crate::components::interval_bar;
use crate::state::ballots::{self, ProjectVotes};
use crate::text::{Message, say};
use crate::views::picture::Saved;
use crate::views::pool::card::picture_card;
use yew::prelude::*;

/// The card; nothing where nobody has voted.
pub(super) fn totals(app: &App) -> Html {
    let scenario = &app.state().scenario;
    if scenario.ballots.is_empty() {
        return Html::default();
    }
    let votes = ballots::votes(scenario);
    let with_points = ballots::gives_points(scenario);
    let voters = ballots::voters(scenario);
    let rows = || scenario.projects.iter().zip(&votes);
    let most = votes
        .iter()
        .map(|votes| weight(votes, with_points))
        .max()
        .unwrap_or(0)
        .max(1);
    let bar = |(project, votes): (&crate::domain::Project, &ProjectVotes)| {
        #[expect(clippy::cast_precision_loss, reason = "a bar is some hundred pixels long")]
        let part = weight(votes, with_points) as f64 / most as f64;
        html! {
            <li key={project.id.as_str()} id={format!("votes-{}", project.id)}>
                <span class="name">{ app.text(&project.name) }</span>
                { interval_bar([part, part], "votes", false) }
                <span class="of">{ app.say(words(votes, with_points)) }</span>
            </li>
        }
    };
    let table = html! {
        <table>
            <caption>{ app.say(say::voices_table_caption()) }</caption>
            <thead><tr>
                <th scope="col">{ app.say(say::column_project()) }</th>
                <th scope="col" class="number">{ app.say(say::voices_column_supporters()) }</th>
                <th scope="col" class="number">{ app.say(say::voices_column_share()) }</th>
                if with_points { <th scope="col" class="number">{ app.say(say::voices_column_points()) }</th> }
            </tr></thead>
            <tbody>{ for rows().map(|(project, votes)| html! {
                <tr key={project.id.as_str()}>
                    <th scope="row">{ app.text(&project.name) }</th>
                    <td class="number">{ app.i18n.integer(votes.voters) }</td>
                    <td class="number">{ share(app, votes.voters, voters) }</td>
                    if with_points { <td class="number">{ app.i18n.integer(votes.points) }</td> }
                </tr>
            }) }</tbody>
        </table>
    };
    let finding = app.say(finding(app, &votes, with_points));
    let row = |(project, votes): (&crate::domain::Project, &ProjectVotes)| {
        #[expect(clippy::cast_precision_loss, reason = "a bar is some hundred pixels long")]
        let share = weight(votes, with_points) as f64 / most as f64;
        BarRow {
            name: app.text(&project.name),
            bars: vec![Bar {
                share,
                ink: Ink::Accent,
                range: None,
            }],
            words: app.say(words(votes, with_points)).to_string(),
        }
    };
    let saved = Saved {
        finding: finding.to_string(),
        legend: String::new(),
        drawing: drawing(&rows().map(row).collect::<Vec<_>>()),
    };
    let finding = html! { <p class="finding">{ finding }</p> };
    let picture = html! { <ul class="vote-bars">{ for rows().map(bar) }</ul> };
    html! {
        <div class="whole">
            { picture_card(app, "voices-totals", app.say(say::voices_totals_title()), finding, table, picture, saved) }
        </div>
    }
}

fn weight(votes: &ProjectVotes, with_points: bool) -> u64 {
    if with_points { votes.points } else { votes.voters }
}

fn words(votes: &ProjectVotes, with_points: bool) -> Message {
    if with_points {
        say::voices_points_and_people(votes.voters, votes.points)
    } else {
        say::voices_people(votes.voters)
    }
}

/// The project with most votes; the first of several.
fn finding(app: &App, votes: &[ProjectVotes], with_points: bool) -> Message {
    let most = votes
        .iter()
        .map(|votes| weight(votes, with_points))
        .max()
        .unwrap_or(0);
    let projects = &app.state().scenario.projects;
    let mut first = projects
        .iter()
        .zip(votes)
        .filter(|(_, votes)| weight(votes, with_points) == most);
    match first.next() {
        Some((project, votes)) if most > 0 => {
            let words = app.say(words(votes, with_points));
            let also = first.count();
            if also > 0 {
                say::voices_finding_tie(also, app.text(&project.name), words.as_str())
            } else {
                say::voices_finding_most(app.text(&project.name), words.as_str())
            }
        }
        _ => say::voices_finding_nothing(),
    }
}

fn share(app: &App, part: u64, whole: u64) -> String {
    #[expect(clippy::cast_precision_loss, reason = "people are counted far below 2^53")]
    let ratio = part as f64 / whole.max(1) as f64;
    app.i18n.percent(ratio)
}
