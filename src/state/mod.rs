//! The page's state and the one pure function that changes it. Persistence, clipboard, jobs and timers are
//! effects outside; everything shown is a function of what is here, so undo, share and replay come free.

pub mod ballots;
pub mod drafts;
mod edit;
pub mod flow;
pub mod org_ids;
pub mod organisation_draft;
mod organisation_fields;
pub mod organisation_search;
mod reduce;
pub mod selectors;

pub use edit::{AgreementChoice, Edit};
pub use reduce::reduce;

use crate::domain::{Language, OrgId, PledgeId, RegionCode, Scenario, Sector};
use crate::funding::FundReport;
use crate::interchange::{Imported, RowProblem};
use crate::jobs::{JobId, Pace, Response};
use crate::matching::room::RoomOptions;
use crate::matching::{Mode, PartnerList};
use crate::risk::Futures;
use crate::text::Message;
use std::rc::Rc;

/// How many edits can be undone.
pub const UNDO_LIMIT: usize = 100;

/// The five steps of the main job.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum View {
    /// Who there is.
    #[default]
    Organisations,
    /// Who fits whom, and why.
    Partners,
    /// Who is in, what is covered.
    Partnership,
    /// Who pays, for what, how surely.
    Pool,
    /// On paper.
    Report,
}

impl View {
    /// The steps in order.
    pub const ALL: [Self; 5] = [
        Self::Organisations,
        Self::Partners,
        Self::Partnership,
        Self::Pool,
        Self::Report,
    ];

    /// The code used in `?view=`.
    pub fn code(self) -> &'static str {
        ["organisations", "partners", "partnership", "pool", "report"][self as usize]
    }

    /// The view of a `?view=` code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|view| view.code() == code)
    }

    /// Its number on the step bar, from 1.
    pub fn step(self) -> usize {
        self as usize + 1
    }
}

/// Light, dark, or whatever the device prefers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Theme {
    /// As the device prefers.
    #[default]
    Auto,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Theme {
    /// Every choice, in the order they are offered.
    pub const ALL: [Self; 3] = [Self::Auto, Self::Light, Self::Dark];

    /// The code used in `?theme=` and as `data-theme`.
    pub fn code(self) -> &'static str {
        ["auto", "light", "dark"][self as usize]
    }

    /// The theme of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.code() == code)
    }
}

/// What the organisations view shows of the scenario.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OrganisationFilter {
    /// Words looked for in names, regions and resources.
    pub search: String,
    /// Only this sector.
    pub sector: Option<Sector>,
}

/// The parts of the partnership step.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum PartnershipPart {
    /// Who is in, and what is covered.
    #[default]
    Team,
    /// Who gives what to whom, and exchange rings.
    Exchange,
    /// Frictions, levers, benefits, and who carries which cost.
    Together,
    /// The agreement on paper.
    Agreement,
}

impl PartnershipPart {
    /// The parts in order.
    pub const ALL: [Self; 4] = [Self::Team, Self::Exchange, Self::Together, Self::Agreement];

    /// The code used in ids and message names.
    pub fn code(self) -> &'static str {
        ["team", "exchange", "together", "agreement"][self as usize]
    }

    /// The part of a `?part=` code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|part| part.code() == code)
    }
}

/// The parts of the pool step.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum PoolPart {
    /// Who pays, and for what.
    #[default]
    Money,
    /// How surely, and what that hangs on.
    Futures,
    /// What one funder's money does, what holds of the result, and why.
    Why,
    /// Cards over the plan, what causes the doubt, what really happened.
    WhatIf,
    /// Whose voice counts: the ballots of members.
    Voices,
    /// Several rules side by side.
    Compare,
    /// Separate campaigns against one joint appeal.
    Appeal,
}

impl PoolPart {
    /// The parts in order.
    pub const ALL: [Self; 7] = [
        Self::Money,
        Self::Futures,
        Self::Why,
        Self::WhatIf,
        Self::Voices,
        Self::Compare,
        Self::Appeal,
    ];

    /// The code used in `?part=`, ids and message names.
    pub fn code(self) -> &'static str {
        ["money", "futures", "why", "whatif", "voices", "compare", "appeal"][self as usize]
    }

    /// The part of a `?part=` code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|part| part.code() == code)
    }
}

/// What is selected or narrowed on the screen; not part of the scenario, not undone.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Selection {
    /// Filter of the organisations view.
    pub organisations: OrganisationFilter,
    /// Mutual or gift.
    pub mode: Mode,
    /// Only partners inside this region.
    pub region: Option<RegionCode>,
    /// The partner whose reasons are open.
    pub partner: Option<OrgId>,
    /// The pledge whose statement is open.
    pub pledge: Option<PledgeId>,
    /// The part of the partnership step on screen.
    pub part: PartnershipPart,
    /// The part of the pool step on screen.
    pub pool_part: PoolPart,
    /// The partners step shows the whole room at once, not partners for one organisation.
    pub whole_room: bool,
    /// How the room is seated, once the reader has chosen; kept across visits of the step, with the scenario it is about.
    pub room: Option<Rc<RoomChoice>>,
}

/// How the whole room is to be seated.
#[derive(Clone, Debug, PartialEq)]
pub struct RoomChoice {
    /// What the job is asked.
    pub options: RoomOptions,
    /// The code of what counts most in the pairs that are shown.
    pub aim: &'static str,
}

/// An answer with the revision of the scenario it was computed from.
#[derive(Clone, Debug)]
pub struct Answer<T> {
    /// The answer.
    pub value: Rc<T>,
    /// The scenario it belongs to; older than the state's = being computed anew.
    pub revision: u64,
}

/// The same answer, not one that says the same: nothing is drawn anew for less, and the page need not know how to compare
/// every kind of answer.
impl<T> PartialEq for Answer<T> {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.value, &other.value) && self.revision == other.revision
    }
}

/// What a job said that the whole page keeps; everything else is kept by whoever asked for it.
#[derive(Clone, Debug)]
pub enum Said {
    /// Partners for the lead.
    Partners(Rc<PartnerList>),
    /// The pool.
    Fund(Rc<FundReport>),
    /// Futures, perhaps partial.
    Futures(Rc<Futures>),
    /// How the futures get on.
    Pace(Pace),
}

impl Said {
    /// What the page keeps of a response.
    pub fn of(response: Response) -> Option<Self> {
        match response {
            Response::Partners(list) => Some(Self::Partners(Rc::new(list))),
            Response::Funded(report) => Some(Self::Fund(Rc::new(*report))),
            Response::Futures(futures) => Some(Self::Futures(Rc::new(futures))),
            Response::Pace(pace) => Some(Self::Pace(pace)),
            _ => None,
        }
    }
}

/// What the jobs have said so far. An answer stays on screen until a newer one replaces it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answers {
    /// Partners for the lead.
    pub partners: Option<Answer<PartnerList>>,
    /// The pool.
    pub fund: Option<Answer<FundReport>>,
    /// The futures, partial while they sharpen.
    pub futures: Option<Answer<Futures>>,
    /// How the latest run of futures gets on, its job and the scenario's revision; with no workers: it was stopped.
    pub pace: Option<(JobId, u64, Pace)>,
}

/// How a file was read, while the reader looks at what was wrong with it.
#[derive(Clone, Debug)]
pub struct ImportReview {
    /// The file's name.
    pub file: String,
    /// Its bytes: it is read once more when the reader says how its numbers are written.
    pub bytes: Rc<Vec<u8>>,
    /// What was read.
    pub imported: Rc<Imported>,
}

/// The same reading of the same file.
impl PartialEq for ImportReview {
    fn eq(&self, other: &Self) -> bool {
        let Self {
            file,
            bytes,
            imported,
        } = self;
        *file == other.file && Rc::ptr_eq(bytes, &other.bytes) && Rc::ptr_eq(imported, &other.imported)
    }
}

/// A file being read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Importing {
    /// The file's name.
    pub file: String,
    /// The job that reads it.
    pub job: JobId,
    /// Steps done, and in all.
    pub progress: Option<(u64, u64)>,
}

/// How serious a notice is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Done as asked.
    Good,
    /// Good to know.
    Neutral,
    /// Something did not work; nothing is lost.
    Bad,
}

/// A sentence for the reader that stays until dismissed or replaced.
#[derive(Clone, Debug, PartialEq)]
pub struct Notice {
    /// Its number, to dismiss it by.
    pub id: u64,
    /// How serious.
    pub tone: Tone,
    /// What it says.
    pub message: Message,
}

/// Everything the page shows. Scenarios are compared by identity: a change makes another one.
#[derive(Clone, Debug)]
pub struct AppState {
    /// What the person entered or loaded.
    pub scenario: Rc<Scenario>,
    /// Grows with every change of the scenario, also by undo.
    pub revision: u64,
    /// Earlier scenarios, newest last.
    pub undo: Vec<Rc<Scenario>>,
    /// Undone ones, newest last.
    pub redo: Vec<Rc<Scenario>>,
    /// The edit a following one of the same kind merges with (typing in one field is one step of undo).
    pub open_edit: Option<String>,
    /// Which step.
    pub view: View,
    /// Reader's language.
    pub language: Language,
    /// Colours.
    pub theme: Theme,
    /// What is selected.
    pub selection: Selection,
    /// What the jobs said.
    pub answers: Answers,
    /// A file being read.
    pub importing: Option<Importing>,
    /// A file being looked at before it is taken over.
    pub review: Option<ImportReview>,
    /// Sentences for the reader, oldest first.
    pub notices: Vec<Notice>,
    /// Number of the next notice.
    pub next_notice: u64,
    /// Nothing was chosen yet: the welcome is shown.
    pub welcome: bool,
    /// The case study that is on its way, by its row.
    pub opening: Option<&'static str>,
}

/// The page need not know how to compare every kind of plan: the scenarios, now and to undo or redo, are told apart by
/// identity.
impl PartialEq for AppState {
    fn eq(&self, other: &Self) -> bool {
        let Self {
            scenario,
            revision,
            undo,
            redo,
            open_edit,
            view,
            language,
            theme,
            selection,
            answers,
            importing,
            review,
            notices,
            next_notice,
            welcome,
            opening,
        } = self;
        let same = |one: &[Rc<Scenario>], two: &[Rc<Scenario>]| {
            one.len() == two.len() && one.iter().zip(two).all(|(one, two)| Rc::ptr_eq(one, two))
        };
        Rc::ptr_eq(scenario, &other.scenario)
            && *revision == other.revision
            && same(undo, &other.undo)
            && same(redo, &other.redo)
            && *open_edit == other.open_edit
            && (*view, *language, *theme) == (other.view, other.language, other.theme)
            && *selection == other.selection
            && *answers == other.answers
            && *importing == other.importing
            && *review == other.review
            && *notices == other.notices
            && (*next_notice, *welcome, *opening) == (other.next_notice, other.welcome, other.opening)
    }
}

impl Default for AppState {
    fn default() -> Self {
        Self {
            scenario: Rc::new(Scenario::default()),
            revision: 0,
            undo: Vec::new(),
            redo: Vec::new(),
            open_edit: None,
            view: View::Organisations,
            language: Language::Id,
            theme: Theme::Auto,
            selection: Selection::default(),
            answers: Answers::default(),
            importing: None,
            review: None,
            notices: Vec::new(),
            next_notice: 0,
            welcome: true,
            opening: None,
        }
    }
}

/// What can happen.
#[derive(Clone, Debug)]
pub enum Action {
    /// Another scenario takes the place of the one on screen (undoable); shows this view.
    Open(Box<Scenario>, View),
    /// The case study of this row is on its way, or no longer.
    Opening(Option<&'static str>),
    /// The scenario of an earlier visit is put back (nothing to undo to).
    Restore(Box<Scenario>),
    /// A change by the person.
    Edit(Edit),
    /// Back one edit.
    Undo,
    /// Forward again.
    Redo,
    /// To a step.
    Go(View),
    /// Another language.
    SetLanguage(Language),
    /// Other colours.
    SetTheme(Theme),
    /// Narrow the organisations.
    Filter(OrganisationFilter),
    /// Mutual or gift.
    SetMode(Mode),
    /// Only partners of a region.
    SetRegion(Option<RegionCode>),
    /// Open or close the reasons of a partner.
    SelectPartner(Option<OrgId>),
    /// Open the statement of a pledge.
    SelectPledge(Option<PledgeId>),
    /// Partners for one organisation, or the whole room.
    ShowRoom(bool),
    /// The room is to be seated otherwise.
    SeatRoom(Rc<RoomChoice>),
    /// Show a part of the partnership step.
    ShowPart(PartnershipPart),
    /// Show a part of the pool step.
    ShowPoolPart(PoolPart),
    /// A job answered, for the scenario of this revision.
    Answered(JobId, u64, Said),
    /// A file is being read, or no longer.
    Importing(Option<Importing>),
    /// A file was read: show what was wrong before it is taken over.
    Review(ImportReview),
    /// Take the file over: add its organisations, or open its scenario.
    AcceptReview,
    /// Leave the work as it is.
    DismissReview,
    /// Say something.
    Notify(Tone, Message),
    /// Take a notice away.
    Dismiss(u64),
}

impl AppState {
    /// Whether the answer belongs to what is on screen now.
    pub fn is_fresh<T>(&self, answer: &Answer<T>) -> bool {
        answer.revision == self.revision
    }

    /// The problems of the file being reviewed, worst first is not needed: file order.
    pub fn review_problems(&self) -> &[RowProblem] {
        self.review
            .as_ref()
            .map_or(&[], |review| &review.imported.problems)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_one_part_of_one_step() {
        let of_pool = PoolPart::ALL.map(PoolPart::code);
        for (place, part) in PoolPart::ALL.into_iter().enumerate() {
            assert_eq!(PoolPart::from_code(part.code()), Some(part));
            assert_eq!(of_pool.iter().position(|code| *code == part.code()), Some(place));
        }
        for part in PartnershipPart::ALL {
            assert_eq!(PartnershipPart::from_code(part.code()), Some(part));
            assert!(!of_pool.contains(&part.code()), "{} names two parts", part.code());
        }
        assert_eq!(PoolPart::from_code("elsewhere"), None);
    }
}
