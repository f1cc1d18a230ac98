//! One bar of a tornado.

use crate::charts::{coordinate, tornado};
use yew::prelude::*;

/// See [`TornadoBar`].
#[derive(Clone, PartialEq, Properties)]
pub struct TornadoBarProps {
    /// Left is down, right is up.
    pub value: f64,
    /// Standard error of the value, drawn as hatching.
    pub standard_error: f64,
    /// The value that fills half the width; the same for all bars of a tornado.
    pub extent: f64,
}

const WIDTH: f64 = 200.0;

/// A bar left or right of the middle line.
#[component(TornadoBar)]
pub fn tornado_bar(props: &TornadoBarProps) -> Html {
    let bar = tornado::bar(props.value, props.standard_error, props.extent, WIDTH);
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
