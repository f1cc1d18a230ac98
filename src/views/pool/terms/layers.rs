//! What if money is lost: who bears how much, layer by layer.

use crate::app::{App, use_app};
use crate::browser::dom::HtmlInputElement;
use crate::charts::bars::{Bar, BarRow, drawing};
use crate::charts::drawing::Ink;
use crate::components::{AmountField, interval_bar};
use crate::domain::Layer;
use crate::funding::{FundReport, LayerLoss, LayeredCapital};
use crate::text::{Message, say};
use crate::views::money_words::funder_at;
use crate::views::picture::Saved;
use crate::views::pool::card::picture_card;
use std::rc::Rc;
use yew::prelude::*;

/// See [`LayersCard`].
#[derive(Clone, PartialEq, Properties)]
pub struct LayersCardProps {
    /// The report whose capital it is.
    pub report: Rc<FundReport>,
}

/// The card; nothing where no pledge states its layer. How much is lost is a question of the reader, no part of the
/// plan: it is not kept.
#[component(LayersCard)]
pub fn layers_card(props: &LayersCardProps) -> Html {
    let app = use_app();
    // A fifth, until the reader says otherwise.
    let share = use_state(|| Lost::Share(20));
    let report = &*props.report;
    let Some(capital) = &report.layers else {
        return html! {};
    };
    let lost = share.of(capital.at_risk_minor);
    let losses = capital.losses(lost);
    let on_amount = {
        let share = share.setter();
        Callback::from(move |minor: Option<u64>| share.set(Lost::Amount(minor.unwrap_or(0))))
    };
    let oninput = {
        let share = share.setter();
        Callback::from(move |event: InputEvent| {
            let text = event.target_unchecked_into::<HtmlInputElement>().value();
            if let Ok(percent) = text.parse::<u64>() {
                share.set(Lost::Share(percent));
            }
        })
    };
    let percent = share.percent(capital.at_risk_minor);
    let picture = html! { <>
        <div class="fields lost-fields">
            <AmountField id="layers-lost" label={app.say(say::layers_lost())} value={Some(lost)} on_change={on_amount} />
            <input type="range" id="layers-slider" min="0" max="100" step="1" value={percent.to_string()}
                aria-label={app.say(say::layers_share())} aria-valuetext={app.i18n.money(lost)} {oninput} />
        </div>
        <ul class="loss-list">{ for losses.iter().map(|loss| row(&app, capital, loss)) }</ul>
        <p class="meta">{ app.say(say::layers_note()) }</p>
    </> };
    let finding = app.say(finding(&app, lost, &losses));
    let saved = Saved {
        finding: finding.to_string(),
        legend: app.say(say::layers_note()).to_string(),
        drawing: drawing(
            &losses
                .iter()
                .map(|loss| bar_row(&app, capital, loss))
                .collect::<Vec<_>>(),
        ),
    };
    let finding = html! { <p class="finding" aria-live="polite">{ finding }</p> };
    picture_card(
        &app,
        "pool-layers",
        app.say(say::layers_title()),
        finding,
        table(&app, report, capital, &losses),
        picture,
        saved,
    )
}

/// How much is lost, as the reader said it: a share follows the plan, an amount stays.
#[derive(Clone, Copy, PartialEq)]
enum Lost {
    /// Percent of what is at risk.
    Share(u64),
    /// Minor units.
    Amount(u64),
}

impl Lost {
    fn of(self, at_risk_minor: u64) -> u64 {
        match self {
            Self::Share(percent) => {
                let part = u128::from(at_risk_minor) * u128::from(percent.min(100)) / 100;
                u64::try_from(part).unwrap_or(at_risk_minor)
            }
            Self::Amount(minor) => minor.min(at_risk_minor),
        }
    }

    fn percent(self, at_risk_minor: u64) -> u64 {
        match self {
            Self::Share(percent) => percent.min(100),
            Self::Amount(minor) => {
                let part = u128::from(minor.min(at_risk_minor)) * 100 / u128::from(at_risk_minor.max(1));
                u64::try_from(part).unwrap_or(100)
            }
        }
    }
}

fn layer_name(app: &App, layer: Layer) -> AttrValue {
    app.say(Message::of_code("layer", layer.code()))
}

fn finding(app: &App, lost_minor: u64, losses: &[LayerLoss]) -> Message {
    let lost = app.i18n.compact_money(lost_minor);
    let of = |layer: Layer| losses.iter().find(|loss| loss.layer == layer);
    match (of(Layer::Senior), losses.first()) {
        (Some(senior), _) if senior.loss_minor > 0 => {
            say::layers_finding_senior(lost, app.i18n.compact_money(senior.loss_minor))
        }
        (None, Some(first)) => say::layers_finding_first(
            app.i18n.compact_money(first.loss_minor),
            layer_name(app, first.layer).to_string(),
            lost,
        ),
        _ => say::layers_finding_spared(lost),
    }
}

/// How much of a layer is lost, and that in words.
fn lost_of(app: &App, capital: &LayeredCapital, loss: &LayerLoss) -> (f64, AttrValue) {
    let layer = capital.layers.iter().find(|layer| layer.layer == loss.layer);
    let stands_for = layer.map_or(0, |layer| layer.capital_minor);
    let figure = say::layers_loses(
        app.i18n.compact_money(stands_for),
        app.i18n.compact_money(loss.loss_minor),
    );
    (loss.loss_minor as f64 / stands_for.max(1) as f64, app.say(figure))
}

fn row(app: &App, capital: &LayeredCapital, loss: &LayerLoss) -> Html {
    let (share, figure) = lost_of(app, capital, loss);
    html! {
        <li key={loss.layer.code()}>
            <span>{ layer_name(app, loss.layer) }</span>
            { interval_bar([share, share], "loss-bar", false) }
            <span class="figure">{ figure }</span>
        </li>
    }
}

fn bar_row(app: &App, capital: &LayeredCapital, loss: &LayerLoss) -> BarRow {
    let (share, figure) = lost_of(app, capital, loss);
    BarRow {
        name: layer_name(app, loss.layer).to_string(),
        bars: vec![Bar {
            share,
            ink: Ink::Business,
            range: None,
        }],
        words: figure.to_string(),
    }
}

fn table(app: &App, report: &FundReport, capital: &LayeredCapital, losses: &[LayerLoss]) -> Html {
    let layers = capital.layers.iter().zip(losses);
    let rows = layers.flat_map(|(layer, loss)| {
        let members = layer.members.iter().zip(&loss.members);
        members.map(move |(member, lost)| (layer.layer, member.0, member.1, lost.1))
    });
    html! {
        <table>
            <caption>{ app.say(say::layers_caption()) }</caption>
            <thead><tr>
                <th scope="col">{ app.say(say::column_funder()) }</th>
                <th scope="col">{ app.say(say::layers_layer()) }</th>
                <th scope="col" class="number">{ app.say(say::layers_stands_for()) }</th>
                <th scope="col" class="number">{ app.say(say::layers_lost_column()) }</th>
            </tr></thead>
            <tbody>{ for rows.map(|(layer, participant, stands_for, lost)| html! {
                <tr>
                    <th scope="row">{ funder_at(app, report, participant) }</th>
                    <td>{ layer_name(app, layer) }</td>
                    <td class="number">{ app.i18n.money(stands_for) }</td>
                    <td class="number">{ app.i18n.money(lost) }</td>
                </tr>
            }) }</tbody>
        </table>
    }
}
