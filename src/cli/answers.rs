//! Answers as tables for people.

use super::table::{Side, amount, amount_of, grouped, table};
use gotong::domain::{Language, OrgId, Scenario};
use gotong::funding::continuous::PlainAnswer;
use gotong::funding::{EqualSharesNote, FundReport, Verdict, Welfare};
use gotong::matching::{PartnerList, PartnerMatch};
use gotong::risk::{Driver, Quantiles};

/// The English name of an organisation; its id if it is gone.
pub fn name_of(scenario: &Scenario, id: &OrgId) -> String {
    scenario
        .organisation(id)
        .map_or_else(|| id.to_string(), |found| found.name.get(Language::En).to_owned())
}

/// Partners with their three weightiest reasons.
pub fn partners_table(scenario: &Scenario, list: &PartnerList) -> String {
    let mut text = format!(
        "Partners for {}, of {} looked at\n\n",
        name_of(scenario, &list.seeker),
        grouped(list.considered as u64)
    );
    let headings = [
        ("", Side::Right),
        ("partner", Side::Left),
        ("id", Side::Left),
        ("score", Side::Right),
        ("because", Side::Left),
    ];
    let rows = |partners: &[PartnerMatch]| -> Vec<Vec<String>> {
        let numbered = partners.iter().enumerate();
        numbered
            .map(|(place, partner)| {
                let (name, id) = (name_of(scenario, &partner.id), partner.id.to_string());
                vec![
                    (place + 1).to_string(),
                    name,
                    id,
                    range(partner.score),
                    because(partner),
                ]
            })
            .collect()
    };
    if list.partners.is_empty() {
        text.push_str("Nobody: no other organisation complements it.\n");
    } else {
        text.push_str(&table(&headings, &rows(&list.partners)));
    }
    if !list.could_belong.is_empty() {
        text.push_str("\nCould belong here, ask them\n\n");
        text.push_str(&table(&headings, &rows(&list.could_belong)));
    }
    for excluded in &list.excluded {
        text.push_str(&format!(
            "\nNot proposed: {} (conflict of interest)",
            name_of(scenario, &excluded.id)
        ));
    }
    if list.suggest_gift {
        text.push_str("\nIt names no needs or no offers: try --mode gift.\n");
    }
    if !text.ends_with('\n') {
        text.push('\n');
    }
    text
}

fn range([low, high]: [f64; 2]) -> String {
    if low == high {
        format!("{low:.3}")
    } else {
        format!("{low:.3}–{high:.3}")
    }
}

/// The three weightiest reasons.
fn because(partner: &PartnerMatch) -> String {
    let reasons = partner.reasons.iter().take(3).map(|reason| {
        let kind = reason
            .kind
            .as_ref()
            .map(|kind| format!(" {kind}"))
            .unwrap_or_default();
        format!("{}{kind} {:+.2}", reason.code.code(), reason.value)
    });
    reasons.collect::<Vec<_>>().join(", ")
}

/// What each project gets and each pledge pays.
pub fn fund_table(report: &FundReport, digits: u32, currency: &str) -> String {
    let money = |minor: u64| amount(minor, digits);
    let currency = if currency.is_empty() {
        String::new()
    } else {
        format!(" {currency}")
    };
    let mut text = format!(
        "Rule {}: {} of {}{currency} spent\n\n",
        report.rule.code(),
        money(report.spent_minor),
        money(report.budget_minor)
    );
    let id = |project: usize| report.project_ids.get(project).cloned().unwrap_or_default();
    let rows: Vec<Vec<String>> = report
        .trace
        .iter()
        .map(|step| {
            let cost = report.cost_minor.get(step.project).copied().unwrap_or(0);
            let votes = format!("{:.6}", step.votes);
            let votes = votes.trim_end_matches('0').trim_end_matches('.').to_owned();
            vec![
                id(step.project),
                votes,
                money(cost),
                money(step.granted_minor),
                verdict(step.verdict, digits),
            ]
        })
        .collect();
    let headings = [
        ("project", Side::Left),
        ("votes", Side::Right),
        ("cost", Side::Right),
        ("gets", Side::Right),
        ("", Side::Left),
    ];
    text.push_str(&table(&headings, &rows));
    if let Some(note) = report.equal_shares {
        text.push('\n');
        text.push_str(&equal_shares(note, &money));
    }
    if let Some(welfare) = report.welfare {
        let Welfare {
            reached,
            at_most,
            proven,
        } = welfare;
        text.push_str(&if proven {
            format!("\nWelfare {reached}: proven to be the most.\n")
        } else {
            format!(
                "\nWelfare {reached}; the search ended at its limit, no choice has more than {at_most}.\n"
            )
        });
    }
    if report.statements.len() > 1 {
        let rows: Vec<Vec<String>> = report
            .statements
            .iter()
            .map(|statement| {
                let falls: Vec<String> = statement
                    .falls_if_leaves
                    .iter()
                    .map(|&project| id(project))
                    .collect();
                let burden = statement
                    .burden_ratio
                    .map_or("–".to_owned(), |ratio| format!("{:.0} %", ratio * 100.0));
                vec![
                    report
                        .participant_ids
                        .get(statement.participant)
                        .cloned()
                        .unwrap_or_default(),
                    money(statement.pledged_minor),
                    money(statement.pays_minor),
                    burden,
                    falls.join(", "),
                ]
            })
            .collect();
        let headings = [
            ("pledge", Side::Left),
            ("pledged", Side::Right),
            ("pays", Side::Right),
            ("of going alone", Side::Right),
            ("falls if it leaves", Side::Left),
        ];
        text.push('\n');
        text.push_str(&table(&headings, &rows));
    }
    text.push_str(&super::fund_terms::terms_tables(report, digits));
    if let Some(next) = &report.next {
        text.push_str(&format!(
            "\n{} more, free to use, would fund {}.\n",
            money(next.extra_pledge_minor),
            id(next.project)
        ));
    }
    text
}

/// What equal shares did beside its rounds.
fn equal_shares(note: EqualSharesNote, money: &dyn Fn(u64) -> String) -> String {
    let purses = format!(
        "{} voices with {} together bought {} in rounds.",
        grouped(note.voices),
        money(note.handed_out_minor),
        note.in_rounds
    );
    let compared = if note.gave_way {
        " By the comparison asked for, the outcome by votes takes its place."
    } else {
        ""
    };
    format!("{purses}{compared}\n")
}

fn verdict(verdict: Verdict, digits: u32) -> String {
    match verdict {
        Verdict::Bought => "funded".to_owned(),
        Verdict::BoughtInPart => "funded in part".to_owned(),
        Verdict::DoesNotFit { short_minor, .. } => format!("{} short", amount(short_minor, digits)),
        Verdict::AfterStop => "after the stop".to_owned(),
        Verdict::BelowThreshold => "below the threshold".to_owned(),
        Verdict::NoSupport => "nobody supports it".to_owned(),
        Verdict::Withdrawn => "withdrawn".to_owned(),
        Verdict::SupportersShort { short_minor } => {
            format!("its supporters are {} short", amount(short_minor, digits))
        }
        Verdict::Excluded { .. } => "its group is full".to_owned(),
        Verdict::OverCeiling { short_minor, .. } => {
            format!(
                "the ceiling of its group is {} too low",
                amount(short_minor, digits)
            )
        }
        _ => String::new(),
    }
}

/// What a rule gives each project, in the unit of the plain form.
pub fn plain_fund_table(answer: &PlainAnswer) -> String {
    let figure = |amount: f64| {
        format!("{amount:.6}")
            .trim_end_matches('0')
            .trim_end_matches('.')
            .to_owned()
    };
    let mut text = format!(
        "Rule {}: {} of {}\n\n",
        answer.rule.code(),
        figure(answer.spent),
        figure(answer.budget)
    );
    let ranges = answer.estimates.as_ref();
    let rows: Vec<Vec<String>> = answer
        .allocation
        .0
        .iter()
        .enumerate()
        .map(|(place, (project, amount))| {
            let range = ranges.and_then(|ranges| ranges.0.get(place));
            let range = range.map(|(_, [low, high])| format!("{} – {}", figure(*low), figure(*high)));
            vec![project.clone(), figure(*amount), range.unwrap_or_default()]
        })
        .collect();
    let headings = [
        ("project", Side::Left),
        ("gets", Side::Right),
        (
            if ranges.is_some() {
                "others double – none"
            } else {
                ""
            },
            Side::Left,
        ),
    ];
    text.push_str(&table(&headings, &rows));
    if let Some(rest) = answer.rest {
        text.push_str(&format!("\nStays in the pool: {}\n", figure(rest)));
    }
    if let Some(bound) = answer.pair_bound {
        text.push_str(&format!("Pair bound: {}\n", figure(bound)));
    }
    if let Some(certificate) = answer.certificate {
        text.push_str(&format!(
            "\nNo split is better by more than {certificate:e} of the money.\n"
        ));
    }
    if let Some(undivided) = answer.undivided.filter(|amount| *amount > 0.0) {
        text.push_str(&format!(
            "Stays with donors who value nothing: {}\n",
            figure(undivided)
        ));
    }
    text
}

/// How often each project is funded, and what moves that most.
pub fn futures_table<'a>(
    projects: impl Iterator<Item = (&'a str, f64, f64)>,
    trials: u32,
    mobilised: Quantiles,
    digits: u32,
    sensitivity: &[Driver],
) -> String {
    let mut text = format!("{} futures\n\n", grouped(trials.into()));
    let rows: Vec<Vec<String>> = projects
        .map(|(id, probability, error)| {
            let of_twenty = format!("{:.0} of 20", probability * 20.0);
            vec![
                id.to_owned(),
                format!("{:.1} %", probability * 100.0),
                format!("± {:.2}", error * 100.0),
                of_twenty,
            ]
        })
        .collect();
    let headings = [
        ("project", Side::Left),
        ("funded", Side::Right),
        ("error", Side::Right),
        ("futures", Side::Right),
    ];
    text.push_str(&table(&headings, &rows));
    let money = |minor: f64| amount_of(minor, digits);
    let Quantiles { p10, p50, p90 } = mobilised;
    text.push_str(&format!(
        "\nMoney received: P10 {}, P50 {}, P90 {}\n",
        money(p10),
        money(p50),
        money(p90)
    ));
    let drivers = sensitivity.iter().take(5).map(|driver| {
        vec![
            driver.id.clone(),
            format!("{:+.3}", driver.rank_correlation),
            format!("{:.2} – {:.2}", driver.funded_when[0], driver.funded_when[1]),
        ]
    });
    let drivers: Vec<Vec<String>> = drivers.collect();
    if !drivers.is_empty() {
        text.push('\n');
        let headings = [
            ("what moves it most", Side::Left),
            ("correlation", Side::Right),
            ("projects funded when low – high", Side::Right),
        ];
        text.push_str(&table(&headings, &drivers));
    }
    text
}
