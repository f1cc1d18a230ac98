//! A drawing on the page, painted with the page's own colours.

use crate::charts::coordinate;
use crate::charts::drawing::{Drawing, Ink};
use yew::prelude::*;
use yew::virtual_dom::VTag;

/// The SVG of `drawing` with this class. With a `label` it is an image for screen readers too; without one it is
/// decoration, and a sentence beside it says the same.
pub fn drawn(drawing: &Drawing, class: &'static str, label: Option<AttrValue>) -> Html {
    let mut svg = VTag::new("svg");
    let view_box = format!(
        "0 0 {} {}",
        coordinate(drawing.width()),
        coordinate(drawing.height())
    );
    svg.add_attribute("viewBox", view_box);
    svg.add_attribute("class", class);
    svg.add_attribute("focusable", "false");
    match label {
        Some(label) => {
            svg.add_attribute("role", "img");
            svg.add_attribute("aria-label", label);
        }
        None => svg.add_attribute("aria-hidden", "true"),
    }
    let colour = |ink: Ink| format!("var(--{})", ink.token());
    for element in drawing.elements(&colour) {
        let mut shape = VTag::new(element.tag);
        for (name, value) in element.attributes {
            shape.add_attribute(name, value);
        }
        if let Some(words) = element.text {
            shape.add_child(html! { { words.to_owned() } });
        }
        svg.add_child(shape.into());
    }
    svg.into()
}
