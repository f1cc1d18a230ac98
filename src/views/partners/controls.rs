//! For whom, in which way, and where partners are looked for.

use crate::app::App;
use crate::components::SelectField;
use crate::domain::RegionCode;
use crate::matching::Mode;
use crate::state::Action;
use crate::text::{Message, say};
use crate::views::choose_lead::lead_select;
use crate::views::words::place_name;
use yew::prelude::*;

/// The lead, the mode, the province, and how many were looked at.
pub(super) fn controls(app: &App, provinces: &[RegionCode], considered: Option<usize>) -> Html {
    let state = app.state();
    let mode = |id: &'static str, mode: Mode, label: Message| {
        let pressed = state.selection.mode == mode;
        html! {
            <button {id} aria-pressed={pressed.to_string()} onclick={app.on(Action::SetMode(mode))}>{ app.say(label) }</button>
        }
    };
    let everywhere = (AttrValue::from(""), app.say(say::partners_all_regions()));
    let named = provinces.iter().map(|region| {
        (
            AttrValue::from(region.to_string()),
            AttrValue::from(place_name(region)),
        )
    });
    let options: Vec<_> = std::iter::once(everywhere).chain(named).collect();
    let region = state.selection.region.as_ref();
    let value = region.map(ToString::to_string).unwrap_or_default();
    let on_region = app.on_event(|code: String| Action::SetRegion(RegionCode::new(&code).ok()));
    html! {
        <div class="partners-controls">
            { lead_select(app, app.say(say::partners_for())) }
            <div class="chips" role="group" aria-label={app.say(say::partners_mode())}>
                { mode("mode-mutual", Mode::Mutual, say::partners_mode_mutual()) }
                { mode("mode-gift", Mode::Gift, say::partners_mode_gift()) }
            </div>
            <div class={classes!("region-chip", region.map(|_| "on"))}>
                <SelectField id="partner-region" label={app.say(say::partners_region())} hide_label=true {options} {value} on_change={on_region} />
            </div>
            <p class="meta" id="partner-count" role="status">
                if let Some(considered) = considered {
                    { app.say(say::partners_ranked(say::partners_count(considered))) }
                }
            </p>
        </div>
    }
}
