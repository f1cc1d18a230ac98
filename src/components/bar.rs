//! A value in [0, 1] as a bar; an interval's doubt is drawn as hatching, never hidden.

use yew::prelude::*;

/// See [`IntervalBar`].
#[derive(Clone, PartialEq, Properties)]
pub struct IntervalBarProps {
    /// Low and high end, in [0, 1].
    pub value: [f64; 2],
    /// Extra classes, such as the colour's.
    #[prop_or_default]
    pub class: Classes,
    /// Grows from the right (the left wing of the zip).
    #[prop_or_default]
    pub from_right: bool,
}

/// A bar filled to the low end, hatched to the high end. Decoration: the figure stands beside it as text.
///
/// Drawn with SVG attributes, because a `style` attribute would be dropped under the strict policy.
#[component(IntervalBar)]
pub fn interval_bar(props: &IntervalBarProps) -> Html {
    let percent = |share: f64| {
        if share.is_finite() {
            share.clamp(0.0, 1.0) * 100.0
        } else {
            0.0
        }
    };
    let [low, high] = props.value.map(percent);
    let doubt = (high - low).max(0.0);
    let (sure_x, doubt_x) = if props.from_right {
        (100.0 - low, 100.0 - high)
    } else {
        (0.0, low)
    };
    let class = classes!(
        "interval-bar",
        props.class.clone(),
        props.from_right.then_some("from-right")
    );
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
