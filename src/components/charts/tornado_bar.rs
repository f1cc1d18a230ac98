//! One bar of a tornado.

use crate::charts::{coordinate, tornado};
use yew::prelude::*;

const WIDTH: f64 = 200.0;

/// A bar left (down) or right (up) of the middle line, its standard error hatched. `extent` is the value that fills
/// half the width, the same for all bars of a tornado.
pub fn tornado_bar(value: f64, standard_error: f64, extent: f64) -> Html {
    let bar = tornado::bar(value, standard_error, extent, WIDTH);
    let class = if bar.positive {
        "tornado-bar up"
    } else {
        "tornado-bar down"
    };
    let middle = coordinate(WIDTH / 2.0);
    html! {
        <svg {class} viewBox="0 0 200 16" preserveAspectRatio="none" aria-hidden="true" focusable="false">
            <rect class="sure" x={coordinate(bar.sure[0])} y="2" width={coordinate(bar.sure[1])} height="12" />
            <line class="doubt" x1={coordinate(bar.doubt[0])} x2={coordinate(bar.doubt[0] + bar.doubt[1])} y1="8" y2="8" />
            <line class="axis" x1={middle.clone()} x2={middle} y1="0" y2="16" />
        </svg>
    }
}
