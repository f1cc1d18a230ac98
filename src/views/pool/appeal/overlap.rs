//! Who asks whom, and what asking the same donor several times does.

use super::words::net;
use crate::app::App;
use crate::domain::Donor;
use crate::partnership::appeal::{AppealReport, DonorLine};
use crate::text::say;
use yew::prelude::*;

/// The card.
pub(super) fn overlap(app: &App, report: &AppealReport) -> Html {
    let donors = &app.state().scenario.appeal.donors;
    let title = app.say(say::appeal_overlap_title());
    let finding = say::appeal_overlap_finding(report.asks_alone, report.asks_joint, report.shared_donors);
    let heading = |line: &crate::partnership::appeal::PartyLine| {
        html! { <th scope="col" key={line.organisation.as_str()}>{ app.org_name(&line.organisation) }</th> }
    };
    let row = |(donor, line): (&Donor, &DonorLine)| {
        let asks = |place: usize| line.asked_by.binary_search(&place).is_ok();
        let mark = |place: usize| {
            let words = app.say(if asks(place) {
                say::appeal_asks()
            } else {
                say::appeal_asks_not()
            });
            html! { <td class="mark"><span aria-hidden="true">{ if asks(place) { "●" } else { "·" } }</span><span class="visually-hidden">{ words }</span></td> }
        };
        let counted = |words: String| if line.counted { words } else { "–".to_owned() };
        html! {
            <tr>
                <th scope="row">{ app.text(&donor.name) }</th>
                { for (0..report.parties.len()).map(mark) }
                <td class="number">{ app.i18n.percent(line.chance_alone) }</td>
                <td class="number">{ counted(net(app, line.alone_minor)) }</td>
                <td class="number">{ app.i18n.percent(line.chance_joint) }</td>
                <td class="number">{ counted(net(app, line.joint_minor)) }</td>
            </tr>
        }
    };
    html! {
        <section class="card whole" id="appeal-overlap" aria-labelledby="appeal-overlap-title">
            <h2 id="appeal-overlap-title">{ title.clone() }</h2>
            <p class="finding">{ app.say(finding) }</p>
            <div class="table-wrap" tabindex="0" role="group" aria-label={title}>
                <table class="overlap">
                    <caption class="visually-hidden">{ app.say(say::appeal_overlap_title()) }</caption>
                    <thead><tr>
                        <th scope="col">{ app.say(say::appeal_donor()) }</th>
                        { for report.parties.iter().map(heading) }
                        <th scope="col" class="number">{ app.say(say::appeal_column_yes()) }</th>
                        <th scope="col" class="number">{ app.say(say::appeal_column_gives()) }</th>
                        <th scope="col" class="number">{ app.say(say::appeal_column_yes_joint()) }</th>
                        <th scope="col" class="number">{ app.say(say::appeal_column_gives_joint()) }</th>
                    </tr></thead>
                    <tbody>{ for donors.iter().zip(&report.donors).map(row) }</tbody>
                </table>
            </div>
        </section>
    }
}
