//! Why two organisations fit: the pair, the zip, the reasons, and what would change it.

use super::change::WhatWouldChange;
use super::reasons::Reasons;
use super::weights::HowComputed;
use super::zip::Zip;
use crate::app::{App, use_app};
use crate::components::sector_badge;
use crate::domain::{OrgId, Organisation};
use crate::matching::{Mode, PartnerList};
use crate::state::selectors;
use crate::text::say;
use crate::views::words::sector_and_place;
use std::rc::Rc;
use yew::prelude::*;

/// See [`Detail`].
#[derive(Clone, PartialEq, Properties)]
pub struct DetailProps {
    /// The answer the partner stands in.
    pub list: Rc<PartnerList>,
    /// Which partner.
    pub partner: OrgId,
}

/// Everything about one pair. Shows nothing for a partner that is not in the answer.
#[component(Detail)]
pub fn detail(props: &DetailProps) -> Html {
    let app = use_app();
    let scenario = &app.state().scenario;
    let found = selectors::match_of(&props.list, &props.partner);
    let (Some(found), Some(lead), Some(partner)) = (
        found,
        scenario.organisation(&props.list.seeker),
        scenario.organisation(&props.partner),
    ) else {
        return Html::default();
    };
    let label = match props.list.mode {
        Mode::Mutual => say::partners_score_mutual(),
        Mode::Gift => say::partners_score_gift(),
    };
    html! {
        <section class="why" id="partner-detail" aria-labelledby="partner-name">
            <div class="pair">
                <div>{ side(&app, lead, None) }</div>
                <p class="score" id="partner-score"><b>{ app.i18n.score(found.score) }</b><small>{ app.say(label) }</small></p>
                <div class="r">{ side(&app, partner, Some("partner-name")) }</div>
            </div>
            <Zip list={Rc::clone(&props.list)} partner={found.clone()} />
            <Reasons seeker={props.list.seeker.clone()} partner={found.clone()} />
            <WhatWouldChange list={Rc::clone(&props.list)} partner={found.clone()} />
            <HowComputed mode={props.list.mode} />
        </section>
    }
}

fn side(app: &App, organisation: &Organisation, id: Option<&'static str>) -> Html {
    let name = app.text(&organisation.name);
    html! { <>
        { sector_badge(organisation.sector, &name, true) }
        <h2 {id}>{ name }</h2>
        <small>{ sector_and_place(app, organisation) }</small>
    </> }
}
