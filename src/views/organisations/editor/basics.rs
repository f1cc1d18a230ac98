//! Who it is and where.

use super::{Part, Place};
use crate::app::App;
use crate::cases::regions;
use crate::components::{CheckField, SelectField, TextField, sector_name};
use crate::domain::{RegionCode, Sector};
use crate::text::say;
use crate::views::words::place_name;
use yew::prelude::*;

/// Name, sector, region, a sentence, and whether it is "my organisation".
pub(super) fn basics(app: &App, part: &Part) -> Html {
    let draft = &part.draft;
    let sectors = Sector::ALL.map(|sector| (AttrValue::from(sector.code()), app.say(sector_name(sector))));
    let mut sector_options = vec![(AttrValue::from(""), app.say(say::org_choose()))];
    sector_options.extend(sectors);
    let on_sector = part.on(|draft, code: String| {
        draft.sector = Sector::ALL.into_iter().find(|sector| sector.code() == code);
    });
    let wrong_sector = part.problem(app, Place::Sector);
    html! {
        <section class="part basics">
            <TextField id="org-name" label={app.say(say::org_field_name())} value={draft.name.clone()}
                on_input={part.on(|draft, name| draft.name = name)} error={part.problem(app, Place::Name)} />
            <div class={classes!(wrong_sector.is_some().then_some("field wrong"))}>
                <SelectField id="org-sector" label={app.say(say::org_field_sector())} options={sector_options}
                    value={draft.sector.map_or("", Sector::code)} on_change={on_sector} />
                if let Some(problem) = wrong_sector { <p class="note">{ problem }</p> }
            </div>
            { place(app, part) }
            <TextField id="org-description" label={app.say(say::org_field_description())} value={draft.description.clone()}
                on_input={part.on(|draft, text| draft.description = text)} max_length={400} />
            <CheckField id="org-is-mine" label={app.say(say::org_is_mine())} checked={draft.is_lead}
                on_change={part.on(|draft, is_lead| draft.is_lead = is_lead)} />
        </section>
    }
}

/// Province, then regency or city. A code of another country stays a choice of its own.
fn place(app: &App, part: &Part) -> Html {
    let code = part.draft.region.clone();
    let province = code.as_ref().map_or("", |code| code.province()).to_owned();
    let mut provinces = vec![(AttrValue::from(""), app.say(say::org_not_said()))];
    provinces.extend(regions::provinces().map(|region| (region.code.into(), region.name.into())));
    if let Some(code) = code
        .as_ref()
        .filter(|code| regions::region(code.province()).is_none())
    {
        provinces.push((
            AttrValue::from(province.clone()),
            AttrValue::from(place_name(code)),
        ));
    }
    let mut regencies = vec![(AttrValue::from(""), app.say(say::org_whole_province()))];
    regencies.extend(regions::regencies_of(&province).map(|region| (region.code.into(), region.name.into())));
    let on_province = part.on(|draft, code: String| draft.region = RegionCode::new(&code).ok());
    let on_regency = {
        let province = province.clone();
        part.on(move |draft, code: String| {
            let code = if code.is_empty() { &province } else { &code };
            draft.region = RegionCode::new(code).ok();
        })
    };
    let regency = code
        .filter(|code| code.parent().is_some())
        .map(|code| code.to_string())
        .unwrap_or_default();
    html! {
        <div class="org-pair">
            <SelectField id="org-province" label={app.say(say::org_field_province())} options={provinces} value={province} on_change={on_province} />
            if regencies.len() > 1 {
                <SelectField id="org-regency" label={app.say(say::org_field_regency())} options={regencies} value={regency} on_change={on_regency} />
            }
        </div>
    }
}
