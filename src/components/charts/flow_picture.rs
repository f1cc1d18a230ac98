//! Funders on the left, projects on the right, money between them.

use super::drawn;
use crate::charts::drawing::{Drawing, Ink};
use crate::charts::flow::{FlowBar, drawing};
use crate::charts::sankey::Link;
use yew::prelude::*;

/// A bar with its label.
#[derive(Clone, Debug, PartialEq)]
pub struct PictureNode {
    /// Its name, wrapped to two lines.
    pub name: String,
    /// A line below the name.
    pub note: String,
    /// Its total; what no link uses is drawn as an open outline.
    pub total: f64,
    /// Class that carries its colour: `fill-` and a sector or `ink`.
    pub class: &'static str,
}

/// The picture for wide screens. Decoration: the finding and the table beside it say the same.
pub fn flow_picture(sources: &[PictureNode], targets: &[PictureNode], links: &[Link]) -> Html {
    drawn(&flow_drawing(sources, targets, links), "flow-picture", None)
}

/// The same as a drawing, to be saved.
pub fn flow_drawing(sources: &[PictureNode], targets: &[PictureNode], links: &[Link]) -> Drawing {
    let bars = |nodes: &[PictureNode]| nodes.iter().map(bar).collect::<Vec<_>>();
    drawing(&bars(sources), &bars(targets), links)
}

fn bar(node: &PictureNode) -> FlowBar {
    FlowBar {
        name: node.name.clone(),
        note: node.note.clone(),
        total: node.total,
        ink: Ink::of_sector(node.class.strip_prefix("fill-").unwrap_or_default()),
    }
}
