//! What holds of the result, what does not and why, and whether anybody could gain by not being honest.

use super::money_words::{funder_at, project_at};
use crate::app::App;
use crate::funding::{FundReport, Group, Property, PropertyReport, PropertyVerdict, Witness};
use crate::text::{Message, say};
use crate::views::words::listed;
use yew::prelude::*;

/// The properties of the result in plain sentences; nothing until they are known.
pub(super) fn properties_card(app: &App, report: &FundReport) -> Html {
    let Some(explanation) = &report.explanation else {
        return Html::default();
    };
    html! {
        <section class="card" id="pool-properties" aria-labelledby="pool-properties-title">
            <h2 id="pool-properties-title">{ app.say(say::property_title()) }</h2>
            <p class="meta">{ app.say(say::property_about()) }</p>
            <ul class="properties">{ for explanation.properties.iter().map(|property| line(app, report, property)) }</ul>
            <h3>{ app.say(say::strategy_title()) }</h3>
            <p id="pool-strategy">{ app.say(Message::of_code("strategy", report.rule.code())) }</p>
        </section>
    }
}

fn line(app: &App, report: &FundReport, checked: &PropertyReport) -> Html {
    let (class, mark, word) = match checked.verdict {
        PropertyVerdict::Holds => ("holds", "✓", say::property_word_holds()),
        PropertyVerdict::Fails(_) => ("fails", "✗", say::property_word_fails()),
        PropertyVerdict::NotApplicable => ("nothing", "–", say::property_word_nothing()),
        _ => ("unknown", "?", say::property_word_unknown()),
    };
    let code = checked.property.code();
    let why = match &checked.verdict {
        PropertyVerdict::Fails(witness) => witness_sentences(app, report, checked.property, witness),
        PropertyVerdict::CannotCheck(why) => {
            vec![app.say(Message::of_code("property-unchecked", why.code()))]
        }
        PropertyVerdict::NotApplicable => vec![app.say(say::property_not_applicable())],
        _ => Vec::new(),
    };
    html! {
        <li key={code} id={format!("property-{code}")} {class} data-verdict={class}>
            <p><span class="mark" aria-hidden="true">{ mark }</span>
                <b>{ app.say(Message::of_code("property", code)) }</b>{ ": " }{ app.say(word) }</p>
            { for why.into_iter().map(|sentence| html! { <p class="why">{ sentence }</p> }) }
            <p class="meta">{ app.say(Message::of_code("property-meaning", code)) }</p>
        </li>
    }
}

fn witness_sentences(
    app: &App,
    report: &FundReport,
    property: Property,
    witness: &Witness,
) -> Vec<AttrValue> {
    let money = |minor: u64| app.i18n.compact_money(minor);
    let name = |project: usize| project_at(app, report, project);
    let cost = |project: usize| money(report.cost_minor.get(project).copied().unwrap_or(0));
    let sentences = match witness {
        Witness::Broken { violation } => vec![say::property_witness_broken(violation.as_str())],
        Witness::LeftOut { project, reach_minor } => {
            vec![say::property_witness_left_out(
                name(*project),
                money(*reach_minor),
            )]
        }
        Witness::Unpaid { project } => vec![say::property_witness_unpaid(name(*project))],
        Witness::TooMuchLeft {
            project,
            group,
            left_minor,
        } => vec![
            say::property_witness_too_much_left(cost(*project), money(*left_minor), name(*project)),
            say::property_witness_too_much_left_who(group_words(app, report, group)),
        ],
        Witness::Short {
            group,
            project,
            part_minor,
            sees,
        } => {
            let (group, part, project_name) = (
                group_words(app, report, group),
                money(*part_minor),
                name(*project),
            );
            let counts =
                app.state().scenario.pool.utility == Some(crate::domain::UtilityMeasure::Cardinality);
            vec![if counts && property == Property::EjrPlus {
                say::property_witness_short_count(group, part, project_name, *sees)
            } else {
                say::property_witness_short(cost(*project), group, part, project_name, money(*sees))
            }]
        }
        Witness::Blocking {
            group,
            projects,
            cost_minor,
            part_minor,
        } => {
            let names: Vec<String> = projects.iter().map(|&project| name(project)).collect();
            vec![say::property_witness_blocking(
                money(*cost_minor),
                group_words(app, report, group),
                money(*part_minor),
                listed(app, &names),
            )]
        }
    };
    sentences.into_iter().map(|sentence| app.say(sentence)).collect()
}

/// "40 people (Dusun A, Dusun B and 3 more)".
fn group_words(app: &App, report: &FundReport, group: &Group) -> String {
    let ballots = &app.state().scenario.ballots;
    let name = |voice: &usize| match ballots.get(*voice) {
        Some(ballot) => app.text(&ballot.name),
        None => funder_at(app, report, *voice),
    };
    let mut names: Vec<String> = group.voices.iter().map(name).collect();
    if group.more > 0 {
        names.push(app.say(say::property_group_more(group.more)).to_string());
    }
    let names = listed(app, &names);
    app.say(if ballots.is_empty() {
        say::property_group_funders(group.people, names)
    } else {
        say::property_group_people(group.people, names)
    })
    .to_string()
}
