//! The reducer: state and action in, state out. Exhaustive, pure, quick.

use super::{Action, Answer, AppState, Edit, Notice, Said, Tone, UNDO_LIMIT, View};
use crate::domain::Scenario;
use crate::interchange::Format;
use crate::text::{Message, say};
use std::rc::Rc;

/// The state after `action`.
pub fn reduce(mut state: AppState, action: Action) -> AppState {
    match action {
        Action::Open(scenario, view) => open(&mut state, *scenario, view),
        Action::Opening(row) => state.opening = row,
        Action::Restore(scenario) => {
            replace(&mut state, Rc::new(*scenario));
            state.undo.clear();
            state.welcome = false;
        }
        Action::Edit(edit) => apply(&mut state, edit),
        Action::Undo => {
            if let Some(earlier) = state.undo.pop() {
                forget_good_news(&mut state);
                state.redo.push(Rc::clone(&state.scenario));
                replace(&mut state, earlier);
            }
        }
        Action::Redo => {
            if let Some(later) = state.redo.pop() {
                forget_good_news(&mut state);
                state.undo.push(Rc::clone(&state.scenario));
                replace(&mut state, later);
            }
        }
        Action::Go(view) => {
            forget_good_news(&mut state);
            state.view = view;
            state.open_edit = None;
            state.welcome = false;
        }
        Action::SetLanguage(language) => state.language = language,
        Action::SetTheme(theme) => state.theme = theme,
        Action::Filter(filter) => state.selection.organisations = filter,
        Action::SetMode(mode) if mode != state.selection.mode => {
            state.selection.mode = mode;
            state.answers.partners = None;
        }
        Action::SetRegion(region) if region != state.selection.region => {
            state.selection.region = region;
            state.answers.partners = None;
        }
        // Chosen again: what is on screen is the answer.
        Action::SetMode(_) | Action::SetRegion(_) => {}
        Action::SelectPartner(partner) => state.selection.partner = partner,
        Action::ShowRoom(whole) => {
            forget_good_news(&mut state);
            state.selection.whole_room = whole;
        }
        Action::SeatRoom(choice) => state.selection.room = Some(choice),
        Action::ShowPart(part) => {
            forget_good_news(&mut state);
            state.selection.part = part;
        }
        Action::ShowPoolPart(part) => {
            forget_good_news(&mut state);
            state.selection.pool_part = part;
        }
        Action::SelectPledge(pledge) => state.selection.pledge = pledge,
        Action::Answered(job, revision, Said::Pace(pace)) => {
            state.answers.pace = Some((job, revision, pace));
        }
        Action::Answered(_, revision, said) => answered(&mut state, revision, said),
        Action::Importing(importing) => state.importing = importing,
        Action::Review(review) => {
            state.importing = None;
            state.review = Some(review);
        }
        Action::AcceptReview => accept_review(&mut state),
        Action::DismissReview => state.review = None,
        Action::Notify(tone, message) => notify(&mut state, tone, message),
        Action::Dismiss(id) => state.notices.retain(|notice| notice.id != id),
    }
    state
}

fn replace(state: &mut AppState, scenario: Rc<Scenario>) {
    state.scenario = scenario;
    state.revision += 1;
    state.open_edit = None;
    drop_dangling_selection(state);
}

fn drop_dangling_selection(state: &mut AppState) {
    let scenario = &state.scenario;
    let selection = &mut state.selection;
    selection.partner = selection
        .partner
        .take()
        .filter(|id| scenario.organisation(id).is_some());
    // A province nobody sits in any more would leave the list empty without saying why.
    selection.region = selection
        .region
        .take()
        .filter(|region| super::selectors::provinces(scenario).contains(region));
    selection.pledge = selection
        .pledge
        .take()
        .filter(|id| scenario.pledges.iter().any(|pledge| &pledge.id == id));
}

fn remember(state: &mut AppState) {
    state.undo.push(Rc::clone(&state.scenario));
    if state.undo.len() > UNDO_LIMIT {
        state.undo.remove(0);
    }
    state.redo.clear();
}

fn open(state: &mut AppState, scenario: Scenario, view: View) {
    if !state.scenario.is_blank() {
        remember(state);
    }
    replace(state, Rc::new(scenario));
    state.answers = super::Answers::default();
    state.selection = super::Selection {
        part: state.selection.part,
        pool_part: state.selection.pool_part,
        whole_room: state.selection.whole_room,
        ..super::Selection::default()
    };
    state.view = view;
    state.welcome = false;
    state.opening = None;
}

fn apply(state: &mut AppState, edit: Edit) {
    let key = edit.merge_key();
    let Some(scenario) = edit.applied(&state.scenario) else {
        return;
    };
    let merges = key.is_some() && key == state.open_edit;
    if !merges {
        remember(state);
    }
    replace(state, Rc::new(scenario));
    state.open_edit = key;
    state.welcome = false;
}

/// Keeps an answer unless one for a newer scenario is there already.
fn answered(state: &mut AppState, revision: u64, said: Said) {
    fn keep<T>(place: &mut Option<Answer<T>>, value: Rc<T>, revision: u64) {
        if place.as_ref().is_none_or(|known| known.revision <= revision) {
            *place = Some(Answer { value, revision });
        }
    }
    match said {
        Said::Partners(list) => {
            let wanted = state.scenario.partnership.lead.as_ref() == Some(&list.seeker);
            if wanted && list.mode == state.selection.mode {
                keep(&mut state.answers.partners, list, revision);
            }
        }
        Said::Fund(report) => keep(&mut state.answers.fund, report, revision),
        Said::Futures(futures) => keep(&mut state.answers.futures, futures, revision),
        Said::Pace(_) => {}
    }
}

fn accept_review(state: &mut AppState) {
    let Some(review) = state.review.take() else { return };
    let imported = &review.imported;
    match imported.format {
        Format::OrganisationsCsv => {
            let count = imported.scenario.organisations.len();
            apply(state, Edit::AddTable(Box::new(imported.scenario.clone())));
            notify(state, Tone::Good, say::import_added(count, review.file));
        }
        Format::ScenarioJson | Format::Pabulib => {
            open(state, imported.scenario.clone(), View::Organisations);
            notify(state, Tone::Good, say::import_opened(review.file));
        }
    }
}

/// "… was removed" is no longer true once that is undone, and no longer news on the next screen.
fn forget_good_news(state: &mut AppState) {
    state.notices.retain(|notice| notice.tone != Tone::Good);
}

/// At most so many sentences lie over the page.
const MAX_NOTICES: usize = 3;

/// What went well is said until the next thing is said; what went wrong stays, the newest few.
fn notify(state: &mut AppState, tone: Tone, message: Message) {
    state
        .notices
        .retain(|notice| notice.tone != Tone::Good && notice.message != message);
    let surplus = (state.notices.len() + 1).saturating_sub(MAX_NOTICES);
    state.notices.drain(..surplus);
    let id = state.next_notice;
    state.next_notice += 1;
    state.notices.push(Notice { id, tone, message });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Language, OrgId, Organisation, SectionCode, Sector};

    fn organisation(id: &str, name: &str) -> Organisation {
        Organisation::new(OrgId::new(id).unwrap(), name.into(), Sector::Community)
    }

    fn put(id: &str, name: &str) -> Action {
        Action::Edit(Edit::PutOrganisation(Box::new(organisation(id, name))))
    }

    #[test]
    fn typing_a_name_letter_by_letter_is_one_step_of_undo() {
        let mut state = reduce(AppState::default(), put("a", "K"));
        for name in ["Ka", "Kar", "Karang"] {
            state = reduce(state, put("a", name));
        }
        state = reduce(state, put("b", "B"));
        assert_eq!(state.undo.len(), 2);
        state = reduce(state, Action::Undo);
        assert_eq!(state.scenario.organisations[0].name, "Karang".into());
        state = reduce(state, Action::Undo);
        assert!(state.scenario.organisations.is_empty());
        state = reduce(reduce(state, Action::Redo), Action::Redo);
        assert_eq!(state.scenario.organisations.len(), 2);
    }

    #[test]
    fn removing_an_organisation_leaves_nothing_that_points_to_it() {
        let a = OrgId::new("a").unwrap();
        let mut state = reduce(reduce(AppState::default(), put("a", "A")), put("b", "B"));
        state = reduce(state, Action::Edit(Edit::SetLead(Some(a.clone()))));
        state = reduce(state, Action::SelectPartner(Some(a.clone())));
        state = reduce(state, Action::Edit(Edit::RemoveOrganisation(a)));
        assert_eq!(state.scenario.problems(), Vec::new());
        assert_eq!(
            (
                state.scenario.partnership.lead.clone(),
                state.selection.partner.clone()
            ),
            (None, None)
        );
    }

    #[test]
    fn notices_do_not_pile_up_and_undo_takes_back_what_was_said_to_be_done() {
        let mut state = reduce(AppState::default(), put("a", "A"));
        let codes = |state: &AppState| state.notices.iter().map(|notice| notice.tone).collect::<Vec<_>>();
        for row in ["E1", "E2", "E3", "E4"] {
            state = reduce(state, Action::Notify(Tone::Bad, say::case_unreadable(row)));
        }
        assert_eq!(codes(&state), [Tone::Bad; 3]);
        state = reduce(state, Action::Notify(Tone::Good, say::org_saved("A")));
        state = reduce(state, Action::Notify(Tone::Good, say::org_removed("A")));
        assert_eq!(codes(&state), [Tone::Bad, Tone::Bad, Tone::Good]);
        state = reduce(state, Action::Undo);
        assert_eq!(codes(&state), [Tone::Bad; 2]);
    }

    #[test]
    fn own_words_in_an_agreement_are_one_step_and_going_back_to_the_draft_is_another() {
        let (section, language) = (SectionCode::Exit, Language::Id);
        let write = |words: &str| {
            Action::Edit(Edit::WriteAgreement {
                section,
                language,
                words: words.to_owned(),
            })
        };
        let own = |state: &AppState| {
            let agreement = &state.scenario.partnership.agreement;
            agreement.own_words(section, language).map(str::to_owned)
        };
        let mut state = reduce(reduce(AppState::default(), write("S")), write("Setahun."));
        assert_eq!((own(&state).as_deref(), state.undo.len()), (Some("Setahun."), 1));
        state = reduce(state, Action::Edit(Edit::DraftAgreement { section, language }));
        assert_eq!(own(&state), None);
        state = reduce(state, Action::Undo);
        assert_eq!(own(&state).as_deref(), Some("Setahun."));
        state = reduce(state, Action::Undo);
        assert_eq!(own(&state), None);
    }

    #[test]
    fn a_choice_made_again_keeps_the_list_on_screen() {
        let mut state = AppState::default();
        let list = crate::matching::PartnerList {
            seeker: OrgId::new("a").unwrap(),
            mode: crate::matching::Mode::Mutual,
            direction: crate::matching::Direction::Both,
            partners: Vec::new(),
            could_belong: Vec::new(),
            near_misses: Vec::new(),
            excluded: Vec::new(),
            considered: 0,
            suggest_gift: false,
        };
        state.answers.partners = Some(Answer {
            value: Rc::new(list),
            revision: 0,
        });
        let again = reduce(state, Action::SetMode(crate::matching::Mode::Mutual));
        let again = reduce(again, Action::SetRegion(None));
        assert!(again.answers.partners.is_some());
        assert!(
            reduce(again, Action::SetMode(crate::matching::Mode::Gift))
                .answers
                .partners
                .is_none()
        );
    }

    #[test]
    fn an_edit_that_changes_nothing_is_not_a_step() {
        let state = reduce(AppState::default(), put("a", "A"));
        let again = reduce(state.clone(), put("a", "A"));
        assert_eq!(again.revision, state.revision);
        assert_eq!(again.undo.len(), state.undo.len());
    }

    #[test]
    fn the_lead_is_never_its_own_partner() {
        let a = OrgId::new("a").unwrap();
        let mut state = reduce(AppState::default(), put("a", "A"));
        state = reduce(state, Action::Edit(Edit::ToggleMember(a.clone())));
        state = reduce(state, Action::Edit(Edit::SetLead(Some(a.clone()))));
        assert!(state.scenario.partnership.members.is_empty());
        state = reduce(state, Action::Edit(Edit::ToggleMember(a)));
        assert!(state.scenario.partnership.members.is_empty());
    }
}
