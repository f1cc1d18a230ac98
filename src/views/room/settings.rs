//! How the room is to be seated.

use super::asked::{Aim, Asked};
use super::rules::rules;
use super::words::aim_name;
use crate::app::App;
use crate::components::{CheckField, SelectField};
use crate::matching::Mode;
use crate::matching::room::Odd;
use crate::text::say;
use yew::prelude::*;

const SIZES: std::ops::RangeInclusive<usize> = 2..=6;
const ROUNDS: std::ops::RangeInclusive<usize> = 1..=8;

/// Size, rounds and what counts most; then wishes, and rules about two.
pub(super) fn settings(app: &App, asked: &UseStateHandle<Asked>) -> Html {
    let options = &asked.options;
    let rule_count = options.together.len() + options.apart.len();
    let pairs = asked.is_pairs();
    html! {
        <section class="card room-settings" id="room-settings" aria-labelledby="room-settings-title">
            <h2 id="room-settings-title">{ app.say(say::room_settings_title()) }</h2>
            <div class="room-fields">
                { size(app, asked) }
                { rounds(app, asked) }
                if pairs { { aim(app, asked) } }
            </div>
            <fieldset class="room-wishes">
                <legend>{ app.say(say::room_wishes_title()) }</legend>
                if pairs {
                    <CheckField id="room-everybody" label={app.say(say::room_everybody())} checked={options.everybody}
                        on_change={Asked::on(asked, |asked, on| asked.options.everybody = on)} />
                }
                <CheckField id="room-mix" label={app.say(say::room_mix())} checked={options.mix_sectors}
                    on_change={Asked::on(asked, |asked, on| asked.options.mix_sectors = on)} />
            </fieldset>
            <div class="room-fields">
                if pairs { { odd(app, asked) } }
                { mode(app, asked) }
            </div>
            <details class="room-rules" id="room-rules-part">
                <summary>{ app.say(if rule_count == 0 { say::room_rules() } else { say::room_rules_title(rule_count) }) }</summary>
                { rules(app, asked) }
            </details>
        </section>
    }
}

fn option(value: impl ToString, label: AttrValue) -> (AttrValue, AttrValue) {
    (AttrValue::from(value.to_string()), label)
}

fn size(app: &App, asked: &UseStateHandle<Asked>) -> Html {
    let options: Vec<_> = SIZES
        .map(|size| {
            let label = if size == 2 {
                say::room_size_pairs()
            } else {
                say::room_size_groups(size)
            };
            option(size, app.say(label))
        })
        .collect();
    let on_change = Asked::on(asked, |asked, size: String| {
        asked.options.size = size.parse().unwrap_or(2);
    });
    html! { <SelectField id="room-size" label={app.say(say::room_size())} {options} value={asked.options.size.to_string()} {on_change} /> }
}

fn rounds(app: &App, asked: &UseStateHandle<Asked>) -> Html {
    let options: Vec<_> = ROUNDS
        .map(|rounds| option(rounds, app.say(say::room_rounds_count(rounds))))
        .collect();
    let on_change = Asked::on(asked, |asked, rounds: String| {
        asked.options.rounds = rounds.parse().unwrap_or(1);
        // The other aims pair one round only.
        if asked.options.rounds > 1 {
            asked.chosen_aim = Aim::BestTotal;
        }
    });
    html! { <SelectField id="room-rounds" label={app.say(say::room_rounds())} {options} value={asked.options.rounds.to_string()} {on_change} /> }
}

fn aim(app: &App, asked: &UseStateHandle<Asked>) -> Html {
    let options: Vec<_> = Aim::ALL
        .map(|aim| option(aim.code(), app.say(aim_name(aim))))
        .to_vec();
    let on_change = Asked::on(asked, |asked, code: String| {
        asked.chosen_aim = Aim::from_code(&code)
    });
    html! { <SelectField id="room-aim" label={app.say(say::room_aim())} {options} value={asked.aim().code()} {on_change} /> }
}

fn odd(app: &App, asked: &UseStateHandle<Asked>) -> Html {
    let options = vec![
        option("trio", app.say(say::room_odd_trio())),
        option("sit-out", app.say(say::room_odd_sit_out())),
    ];
    let value = match asked.options.odd {
        Odd::Trio => "trio",
        Odd::SitOut => "sit-out",
    };
    let on_change = Asked::on(asked, |asked, code: String| {
        asked.options.odd = if code == "sit-out" { Odd::SitOut } else { Odd::Trio };
    });
    html! { <SelectField id="room-odd" label={app.say(say::room_odd())} {options} {value} {on_change} /> }
}

fn mode(app: &App, asked: &UseStateHandle<Asked>) -> Html {
    let options = vec![
        option("mutual", app.say(say::partners_mode_mutual())),
        option("gift", app.say(say::partners_mode_gift())),
    ];
    let value = match asked.options.mode {
        Mode::Mutual => "mutual",
        Mode::Gift => "gift",
    };
    let on_change = Asked::on(asked, |asked, code: String| {
        asked.options.mode = if code == "gift" { Mode::Gift } else { Mode::Mutual };
    });
    html! { <SelectField id="room-mode" label={app.say(say::partners_mode())} {options} {value} {on_change} /> }
}
