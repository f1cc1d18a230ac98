//! The draft in words of the language the paper is in, and what people wrote over it.

use crate::app::App;
use crate::cases::goals::goal_name;
use crate::components::sector_name;
use crate::domain::{Language, SectionCode, Unit};
use crate::i18n::I18n;
use crate::partnership::agreement::{Agreement, Blank, Line, Section, Value};
use crate::text::{Arg, Message, say};
use crate::views::words::{inside, listed_in};

/// Every name a blank may have.
const NAMES: [&str; 14] = [
    "day",
    "end",
    "goals",
    "kind",
    "money",
    "months",
    "organisation",
    "other",
    "people",
    "project",
    "quantity",
    "rule",
    "sector",
    "start",
];

/// The one sentence that starts with a resource and so keeps its capital.
const STARTS_WITH_KIND: &str = "agreement-indicator-resource";

/// What stands on the paper.
pub(super) struct Paper {
    /// In this language.
    pub language: Language,
    /// "Partnership agreement".
    pub title: String,
    /// What it is about, as the plan calls it; may be empty.
    pub subject: String,
    /// That it is a draft, and of which day.
    pub draft_of: String,
    pub sections: Vec<PaperSection>,
    pub signatures: String,
    /// What a party writes on its line.
    pub sign: String,
    /// Names of the parties.
    pub parties: Vec<String>,
    /// What stands below: no legal advice, and that invented studies are invented.
    pub notes: Vec<String>,
}

/// A section of it.
pub(super) struct PaperSection {
    pub code: SectionCode,
    pub heading: String,
    /// Its sentences: people's own, else the draft's.
    pub lines: Vec<String>,
    /// People's own words as they typed them.
    pub own: Option<String>,
    /// The draft's words, a sentence a line.
    pub draft: String,
    /// There are own words for readers of another language only.
    pub elsewhere: Option<Language>,
}

/// The language of the paper: the one chosen, else the reader's.
pub(super) fn paper_language(app: &App) -> Language {
    let chosen = app.state().scenario.partnership.agreement.language;
    chosen.unwrap_or(app.i18n.language)
}

/// The draft on paper.
pub(super) fn paper(app: &App, agreement: &Agreement) -> Paper {
    let language = paper_language(app);
    let i18n = if language == app.i18n.language {
        app.i18n.clone()
    } else {
        I18n::new(language, app.i18n.currency)
    };
    let scenario = &app.state().scenario;
    let project = scenario.partnership.project.as_ref();
    let subject = project
        .and_then(|project| scenario.project(project))
        .map_or(&scenario.title, |project| &project.name);
    let mut notes = vec![i18n.say(say::paper_note())];
    if scenario.illustrative {
        notes.push(i18n.say(say::illustrative_note()));
    }
    let parties = agreement.sections.iter();
    let parties = parties.filter(|section| section.code == SectionCode::Parties);
    Paper {
        language,
        title: i18n.say(say::paper_title()),
        subject: i18n.name(subject).to_owned(),
        draft_of: i18n.say(say::paper_draft_of(i18n.today())),
        sections: agreement
            .sections
            .iter()
            .map(|one| section(app, &i18n, one))
            .collect(),
        signatures: i18n.say(say::paper_signatures()),
        sign: i18n.say(say::paper_sign()),
        parties: parties
            .flat_map(|section| &section.lines)
            .flat_map(|line| &line.blanks)
            .filter(|blank| matches!(blank.value, Value::Organisation(_)))
            .map(|blank| plain(app, &i18n, blank))
            .collect(),
        notes,
    }
}

fn section(app: &App, i18n: &I18n, section: &Section) -> PaperSection {
    let plan = &app.state().scenario.partnership.agreement;
    let draft: Vec<_> = section
        .lines
        .iter()
        .map(|line| sentence(app, i18n, line))
        .collect();
    let own = plan.own_words(section.code, i18n.language);
    let mut others = Language::ALL
        .into_iter()
        .filter(|&language| language != i18n.language);
    let elsewhere = others.find(|&language| plan.own_words(section.code, language).is_some());
    PaperSection {
        code: section.code,
        heading: i18n.say(heading(section.code)),
        lines: own.map_or_else(|| draft.clone(), own_lines),
        own: own.map(str::to_owned),
        draft: draft.join("\n"),
        elsewhere: elsewhere.filter(|_| own.is_none()),
    }
}

/// The name of a section.
pub(super) fn heading(section: SectionCode) -> Message {
    Message::named(section.key()).unwrap_or_else(|| say::unnamed_code(section.code()))
}

/// Own words as lines, without the marks of a list that people type.
fn own_lines(text: &str) -> Vec<String> {
    let bare = |line: &str| {
        line.trim()
            .trim_start_matches(['-', '•', '*', '–'])
            .trim()
            .to_owned()
    };
    text.lines().map(bare).filter(|line| !line.is_empty()).collect()
}

fn sentence(app: &App, i18n: &I18n, line: &Line) -> String {
    let message = Message::named(&line.key).unwrap_or_else(|| say::unnamed_code(line.key.as_ref()));
    let filled = line.blanks.iter().fold(message, |message, blank| {
        let name = NAMES.into_iter().find(|name| *name == blank.name);
        match (name, &blank.value) {
            (None, _) => message,
            (Some(name), Value::Count(count)) => message.with(name, Arg::Count(*count)),
            (Some(name), Value::Kind(_)) if line.key != STARTS_WITH_KIND => {
                message.with(name, inside(plain(app, i18n, blank)))
            }
            (Some(name), _) => message.with(name, plain(app, i18n, blank)),
        }
    });
    i18n.say(filled)
}

/// What fills a blank. Amounts stand in full: this is what people sign.
fn plain(app: &App, i18n: &I18n, blank: &Blank) -> String {
    let scenario = &app.state().scenario;
    match &blank.value {
        Value::Organisation(id) => scenario
            .organisation(id)
            .map_or_else(|| id.to_string(), |one| i18n.name(&one.name).to_owned()),
        Value::Project(id) => scenario
            .project(id)
            .map_or_else(|| id.to_string(), |one| i18n.name(&one.name).to_owned()),
        Value::Sector(sector) => i18n.say(sector_name(*sector)),
        Value::Kind(id) => i18n.kind_name(&app.kinds, id),
        Value::Quantity { kind, quantity } => match app.kind(kind) {
            Some(kind) if kind.unit == Unit::Money => i18n.money(*quantity),
            Some(kind) => i18n.quantity(kind, *quantity),
            None => i18n.integer(*quantity),
        },
        Value::Goals(goals) => {
            let names: Vec<_> = goals
                .iter()
                .map(|id| goal_name(id, i18n.language).map_or_else(|| id.to_string(), str::to_owned))
                .collect();
            listed_in(i18n, &names)
        }
        Value::MoneyMinor(amount) => i18n.money(*amount),
        Value::Rule(rule) => i18n.say(Message::of_code("rule", rule.code())),
        Value::Count(count) => i18n.integer(*count),
        Value::Day(day) => i18n.day(&day.to_string()),
    }
}
