//! A line in steps, for what changes only at a few places.

use crate::charts::coordinate;
use crate::charts::scale::LinearScale;
use yew::prelude::*;

/// A place where the line changes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StepPoint {
    /// Where, along the picture.
    pub at: f64,
    /// How high the line is.
    pub height: f64,
    /// Written on the line beside it; blank for nothing.
    pub label: String,
    /// Written below the picture; blank for nothing.
    pub below: String,
}

const HEIGHT: f64 = 168.0;
const TOP: f64 = 28.0;
const BOTTOM: f64 = 140.0;
/// Room at both ends for half a figure, in per cent of the width.
const ENDS: [f64; 2] = [4.0, 96.0];
/// A stretch shorter than this, in per cent of the width, has no room for its label.
const ROOM: f64 = 7.0;

/// The line through `points`, from left to right within `range`. If `late`, the line takes a point's height at the point
/// and keeps it until the next; otherwise it has a point's height already since the point before. `marker` is a dashed
/// upright.
///
/// Everything along the picture is in per cent, so that it stretches with the page while figures keep their size.
/// Decoration: a sentence and a table say the same.
pub fn step_line(points: &[StepPoint], [start, end]: [f64; 2], late: bool, marker: Option<f64>) -> Html {
    let tallest = points.iter().map(|point| point.height).fold(0.0, f64::max);
    let along = LinearScale::new([start, end], ENDS);
    let up = LinearScale::new([0.0, tallest], [BOTTOM, TOP]);
    let x = |value: f64| format!("{}%", coordinate(along.position(value)));
    let y = |value: f64| coordinate(up.position(value));
    let line = |from: f64, to: f64, low: f64, high: f64| {
        html! { <line class="step" x1={x(from)} x2={x(to)} y1={y(low)} y2={y(high)} /> }
    };
    let label = |from: f64, to: f64, point: &StepPoint| {
        let above = coordinate(up.position(point.height) - 8.0);
        let below = coordinate(up.position(point.height) + 18.0);
        let middle = f64::midpoint(along.position(from), along.position(to));
        let wide = along.position(to) - along.position(from) >= ROOM;
        // Below a rising line nothing crosses a figure that starts with its stretch, nor above its end.
        let (place, y, anchor) = match (late, to >= end) {
            (true, _) => (middle, above, "middle"),
            (false, true) => (ENDS[1], above, "end"),
            (false, false) => (along.position(from), below, "start"),
        };
        html! {
            if !point.label.is_empty() && (wide || !late) {
                <text class="on-line" x={format!("{}%", coordinate(place))} {y} dx={if anchor == "start" { "4" } else { "0" }} text-anchor={anchor}>{ point.label.clone() }</text>
            }
        }
    };
    let stretch = |index: usize| {
        let point = points.get(index)?;
        let before = index.checked_sub(1).and_then(|index| points.get(index));
        let (from, to) = if late {
            (point.at, points.get(index + 1).map_or(end, |next| next.at))
        } else {
            (before.map_or(start, |before| before.at), point.at)
        };
        let rise = before.map(|before| line(from, from, before.height, point.height));
        Some(html! { <>
            { for rise }
            { line(from, to, point.height, point.height) }
            { label(from, to, point) }
        </> })
    };
    html! {
        <svg class="step-line" width="100%" height={coordinate(HEIGHT)} aria-hidden="true" focusable="false">
            <line class="axis" x1={x(start)} x2={x(end)} y1={coordinate(BOTTOM)} y2={coordinate(BOTTOM)} />
            { for marker.map(|at| html! {
                <line class="marker" x1={x(at)} x2={x(at)} y1={coordinate(TOP - 12.0)} y2={coordinate(BOTTOM)} />
            }) }
            { for (0..points.len()).filter_map(stretch) }
            { for points.iter().filter(|point| !point.below.is_empty()).map(|point| html! { <>
                <line class="tick" x1={x(point.at)} x2={x(point.at)} y1={coordinate(BOTTOM)} y2={coordinate(BOTTOM + 4.0)} />
                <text class="below" x={x(point.at)} y={coordinate(BOTTOM + 20.0)} text-anchor="middle">{ point.below.clone() }</text>
            </> }) }
        </svg>
    }
}
