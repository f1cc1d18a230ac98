//! Twenty dots: how many of twenty futures.

use crate::charts::coordinate;
use crate::charts::dots::{DOTS, centre};
use yew::prelude::*;

const CELL: f64 = 11.0;
const BLOCK: usize = DOTS / 2;

/// Twenty dots with `filled` filled, in two blocks of ten: side by side where there is room, one below the other on a phone.
pub fn dot_row(filled: usize) -> Html {
    let block = |first: usize| {
        let size = format!("0 0 {} {}", coordinate(CELL * BLOCK as f64), coordinate(CELL));
        html! {
            <svg viewBox={size} focusable="false">
                { for (0..BLOCK).map(|index| {
                    let (x, y) = centre(index, BLOCK, CELL);
                    let class = if first + index < filled { "dot on" } else { "dot" };
                    html! { <circle {class} cx={coordinate(x)} cy={coordinate(y)} r="4.2" /> }
                }) }
            </svg>
        }
    };
    html! { <span class="dots" aria-hidden="true">{ block(0) }{ block(BLOCK) }</span> }
}
