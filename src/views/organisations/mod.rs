//! The organisations step: who there is, added by hand, by a table, or with a case study.

mod editor;
mod filter;
mod head;
mod list;
mod loading;
mod review;
mod row;
mod words;

pub(super) use loading::{ACCEPT, loading};

use crate::app::{focus_later, use_app, use_wide};
use crate::components::{FileButton, FileDrop, empty_state};
use crate::domain::OrgId;
use crate::text::say;
use yew::prelude::*;

/// Which organisation's form is open.
#[derive(Clone, Debug, PartialEq)]
enum Open {
    New,
    Known(OrgId),
}

/// The step as a whole.
#[component(Organisations)]
pub fn organisations() -> Html {
    let app = use_app();
    let open = use_state(|| None::<Open>);
    let cases = use_state(|| false);
    let about_open = use_wide();
    let on_add = {
        let open = open.clone();
        Callback::from(move |_: MouseEvent| open.set(Some(Open::New)))
    };
    let on_edit = {
        let open = open.clone();
        Callback::from(move |id: OrgId| open.set(Some(Open::Known(id))))
    };
    let on_close = {
        let open = open.clone();
        // The focus returns to what opened the form, or to the organisation just added.
        Callback::from(move |saved: Option<OrgId>| {
            match (&*open, saved) {
                (Some(Open::Known(id)), _) => focus_later(row::edit_id(id)),
                (_, Some(id)) => focus_later(row::edit_id(&id)),
                (_, None) => focus_later("add-organisation"),
            }
            open.set(None);
        })
    };
    let on_file = {
        let app = app.clone();
        Callback::from(move |file| app.import(&file))
    };
    let on_other = {
        let cases = cases.clone();
        Callback::from(move |()| cases.set(!*cases))
    };
    let empty = app.state().scenario.organisations.is_empty();
    let plan = head::Head {
        on_add: on_add.clone(),
        on_file: on_file.clone(),
        on_other,
        other_open: *cases,
        empty,
        about_open,
    };
    html! {
        <FileDrop label={app.say(say::import_drop_here())} on_file={on_file.clone()}>
            <section class="org-view" id="organisations">
                { head::head(&app, &plan) }
                { loading(&app) }
                if empty {
                    { empty_state(&app.say(say::org_empty()), &app.say(say::org_empty_hint()), html! { <>
                        <button class="primary" id="add-organisation" onclick={on_add}>{ app.say(say::org_add_mine()) }</button>
                        <FileButton id="import-empty" label={app.say(say::import_choose())} accept={ACCEPT} {on_file} />
                    </> }) }
                    <p class="meta import-hint">{ app.say(say::import_hint()) }</p>
                    { head::cases(&app) }
                } else {
                    <list::List {on_edit} />
                }
                if let Some(open) = &*open {
                    { app.later(|| editor::editor_of(open, on_close)) }
                }
            </section>
        </FileDrop>
    }
}
