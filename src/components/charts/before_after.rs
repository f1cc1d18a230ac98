//! Before and after a change: a row of dots a thing that may hold.

use super::drawn;
use crate::charts::before_after::{Mark, Pair, PairLabels, dots, marks};
use crate::charts::dots::DOTS;
use yew::prelude::*;

/// A list with a row a pair: its name, twenty dots with what was gained and lost, both frequencies and the change in
/// words; and what the marks mean, where any is shown.
///
/// [`drawing`](crate::charts::before_after::drawing) of the same labels and pairs is the picture to save.
pub fn before_after(labels: &PairLabels, pairs: &[Pair]) -> Html {
    let marks_of = |pair: &Pair| marks(pair.before, pair.after, pair.clear);
    let shown = |mark: Mark| pairs.iter().any(|pair| marks_of(pair).contains(&mark));
    let row = |pair: &Pair| {
        let class = match (pair.clear, pair.after > pair.before) {
            (false, _) => "change",
            (true, true) => "change good",
            (true, false) => "change warn",
        };
        html! {
            <li>
                <span class="name">{ &pair.name }</span>
                { drawn(&dots(&marks_of(pair), DOTS / 2), "pair-dots", None) }
                <span class="odds">{ &pair.before_words }<span aria-hidden="true">{ " → " }</span>
                    <span class="visually-hidden">{ format!(", {}: ", labels.after) }</span>{ &pair.after_words }</span>
                <b {class}>{ &pair.change }</b>
            </li>
        }
    };
    let key = |mark: Mark, words: &str| {
        let mut sample = crate::charts::drawing::Drawing::new(12.0, 12.0);
        crate::charts::before_after::draw_mark(&mut sample, [6.0, 6.0], mark);
        html! { <span>{ drawn(&sample, "pair-key", None) }{ words.to_owned() }</span> }
    };
    html! { <>
        <p class="meta" aria-hidden="true">{ format!("{} → {}", labels.before, labels.after) }</p>
        <ul class="pairs">{ for pairs.iter().map(row) }</ul>
        if shown(Mark::Gained) || shown(Mark::Lost) {
            <p class="meta pair-keys">
                if shown(Mark::Gained) { { key(Mark::Gained, &labels.gained) } }
                if shown(Mark::Lost) { { key(Mark::Lost, &labels.lost) } }
            </p>
        }
    </> }
}
