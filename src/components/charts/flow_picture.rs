//! Funders on the left, projects on the right, money between them.

use crate::charts::coordinate;
use crate::charts::sankey::{Frame, Layout, Link, Node, layout};
use crate::charts::words::wrap;
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
    /// Class that carries its colour.
    pub class: &'static str,
}

const WIDTH: f64 = 780.0;
const LABEL_CHARACTERS: usize = 25;
const LINE: f64 = 16.0;
const FRAME: Frame = Frame {
    left: 205.0,
    right: 570.0,
    bar_width: 12.0,
    bars_height: 260.0,
    slot_height: 50.0,
    gap: 8.0,
};

/// The picture for wide screens. Decoration: the finding and the table beside it say the same.
pub fn flow_picture(sources: &[PictureNode], targets: &[PictureNode], links: &[Link]) -> Html {
    let totals = |nodes: &[PictureNode]| nodes.iter().map(|node| node.total).collect::<Vec<_>>();
    let drawn: Layout = layout(&totals(sources), &totals(targets), links, &FRAME);
    let view_box = format!("0 -2 {WIDTH} {}", coordinate(drawn.height + 4.0));
    let bands = drawn.bands.iter().filter_map(|band| {
        let link = links.get(band.link)?;
        let source = sources.get(link.source)?;
        Some(html! { <path class={classes!("band", source.class)} d={band.path.clone()} /> })
    });
    let left = drawn
        .sources
        .iter()
        .filter_map(|node| Some(bar(node, sources.get(node.index)?, FRAME.left - 10.0, "end")));
    let label_x = FRAME.right + FRAME.bar_width + 10.0;
    let right = drawn
        .targets
        .iter()
        .filter_map(|node| Some(bar(node, targets.get(node.index)?, label_x, "start")));
    html! {
        <svg class="flow-picture" viewBox={view_box} aria-hidden="true" focusable="false">
            { for bands }
            { for left }
            { for right }
        </svg>
    }
}

fn bar(node: &Node, label: &PictureNode, label_x: f64, anchor: &'static str) -> Html {
    let (x, width) = (coordinate(node.x), coordinate(FRAME.bar_width));
    let rest = node.height - node.used_height;
    let lines = wrap(&label.name, LABEL_CHARACTERS, 2);
    let first = node.middle() - LINE * (lines.len() as f64) / 2.0 + 4.0;
    let line_y = |line: usize| coordinate(first + LINE * line as f64);
    html! {
        <g class={classes!("flow-node", label.class)}>
            <rect class="used" x={x.clone()} y={coordinate(node.y)} width={width.clone()} height={coordinate(node.used_height)} rx="1.5" />
            if rest > 0.5 {
                <rect class="rest" {x} y={coordinate(node.y + node.used_height)} {width} height={coordinate(rest)} rx="1.5" />
            }
            { for lines.iter().enumerate().map(|(line, words)| html! {
                <text class="name" x={coordinate(label_x)} y={line_y(line)} text-anchor={anchor}>{ words }</text>
            }) }
            <text class="note" x={coordinate(label_x)} y={line_y(lines.len())} text-anchor={anchor}>{ &label.note }</text>
        </g>
    }
}
