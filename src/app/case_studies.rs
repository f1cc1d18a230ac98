//! A case study in place of the plan on screen: fetched, checked, opened.

use super::context::App;
use super::focus::focus_later;
use crate::browser::fetch::fetch_text;
use crate::cases::CaseStudy;
use crate::state::{Action, Tone, View};
use crate::text::{Message, say};

impl App {
    /// Opens a case study at `view` once its file is there; says so if it cannot be had. The plan that was on
    /// screen is kept, and undo brings it back.
    pub fn open_case(&self, case: CaseStudy, view: View) {
        self.dispatch(Action::Opening(Some(case.row)));
        let app = self.clone();
        fetch_text(&format!("scenarios/{}", case.file), move |text| {
            let title = case.title(app.i18n.language);
            match text.as_deref().map(CaseStudy::read) {
                Some(Ok(scenario)) => {
                    let replaces = !app.state().scenario.organisations.is_empty();
                    app.dispatch(Action::Open(Box::new(scenario), view));
                    if view == View::Organisations {
                        // A step that comes into view takes the focus itself; this one was in view already.
                        focus_later("plan-title");
                    }
                    if replaces {
                        app.dispatch(Action::Notify(Tone::Good, say::org_opened(title)));
                    }
                }
                Some(Err(error)) => {
                    let reason =
                        Message::named(error.code()).unwrap_or_else(|| say::case_unreadable(case.row));
                    app.no_case(reason);
                }
                None => app.no_case(say::case_missed(title)),
            }
        });
    }

    fn no_case(&self, reason: Message) {
        self.dispatch(Action::Opening(None));
        self.dispatch(Action::Notify(Tone::Bad, reason));
    }
}
