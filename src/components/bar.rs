//! A value in [0, 1] as a bar; an interval's doubt is drawn as hatching, never hidden.

use yew::prelude::*;

/// A bar filled to the low end of `value`, both ends in [0, 1], hatched to the high end, in the colour of `class`;
/// `from_right` grows from the right (the left wing of the zip). Decoration: the figure stands beside it as text.
///
/// Drawn with SVG attributes, because a `style` attribute would be dropped under the strict policy.
pub fn interval_bar(value: [f64; 2], class: impl Into<Classes>, from_right: bool) -> Html {
    let percent = |share: f64| {
        if share.is_finite() {
            share.clamp(0.0, 1.0) * 100.0
        } else {
            0.0
        }
    };
    let [low, high] = value.map(percent);
    let doubt = (high - low).max(0.0);
    let (sure_x, doubt_x) = if from_right {
        (100.0 - low, 100.0 - high)
    } else {
        (0.0, low)
    };
    let class = classes!("interval-bar", class.into(), from_right.then_some("from-right"));
    html! {
        <svg {class} viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true" focusable="false">
            <rect class="track" x="0" y="0" width="100" height="10" />
            <rect class="sure" x={format!("{sure_x:.2}")} y="0" width={format!("{low:.2}")} height="10" />
            if doubt > 0.0 {
                <line class="doubt" x1={format!("{doubt_x:.2}")} x2={format!("{:.2}", doubt_x + doubt)} y1="5" y2="5" />
            }
        </svg>
    }
}
