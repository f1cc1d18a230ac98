//! An exchange: who gives to whom, in a ring or in a line.

use crate::charts::coordinate;
use crate::charts::ring::{Arrow, RingFrame, RingLayout, Spot, chain, ring};
use crate::charts::words::wrap;
use yew::prelude::*;

/// A member of the ring.
#[derive(Clone, Debug, PartialEq)]
pub struct RingNode {
    /// Its name, wrapped to two lines.
    pub name: String,
    /// Its initials.
    pub initials: String,
    /// Name of its sector's class.
    pub sector: &'static str,
    /// What it gives to the next; empty where it gives nothing.
    pub gives: String,
    /// It is thought away: hollow, as are the arrows from and to it.
    pub gone: bool,
}

const LINE: f64 = 17.0;
/// Characters of a line, and lines of a name and of what is given.
const CHARACTERS: usize = 18;
const CHAIN_CHARACTERS: usize = 16;
const NAME_LINES: usize = 2;
const GIVES_LINES: usize = 3;

/// The wide picture, with names and what is given.
const WIDE: RingFrame = RingFrame {
    width: 640.0,
    height: 350.0,
    radius_x: 150.0,
    radius_y: 105.0,
    node: 20.0,
    margin: 80.0,
};
/// A chain needs less height.
const WIDE_CHAIN: RingFrame = RingFrame {
    height: 200.0,
    ..WIDE
};
/// For a phone: initials and numbers only, which the list beside it explains.
const SMALL: RingFrame = RingFrame {
    width: 260.0,
    height: 210.0,
    radius_x: 95.0,
    radius_y: 72.0,
    node: 18.0,
    margin: 20.0,
};
const SMALL_CHAIN: RingFrame = RingFrame {
    height: 60.0,
    node: 14.0,
    ..SMALL
};

/// The ring of `nodes`, or the chain they form (`open`). Decoration: a numbered list beside it says the same.
pub fn ring_picture(nodes: &[RingNode], open: bool) -> Html {
    let (wide, small) = if open {
        (WIDE_CHAIN, SMALL_CHAIN)
    } else {
        (WIDE, SMALL)
    };
    html! { <>
        { picture(nodes, open, &wide, true) }
        { picture(nodes, open, &small, false) }
    </> }
}

fn picture(nodes: &[RingNode], open: bool, frame: &RingFrame, words: bool) -> Html {
    let drawn: RingLayout = if open {
        chain(nodes.len(), frame)
    } else {
        ring(nodes.len(), frame)
    };
    let view_box = format!("0 0 {} {}", coordinate(frame.width), coordinate(frame.height));
    let class = classes!("ring-picture", if words { "wide" } else { "small" });
    // In a long chain the labels share its length.
    let room = (frame.width / nodes.len().max(1) as f64 / 9.5).max(6.0);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "6 to a few hundred"
    )]
    let characters = words.then(|| {
        if open {
            CHAIN_CHARACTERS.min(room as usize)
        } else {
            CHARACTERS
        }
    });
    let arrows = drawn.arrows.iter().enumerate().filter_map(|(index, drawn)| {
        let from = nodes.get(index)?;
        let to = nodes.get((index + 1) % nodes.len().max(1))?;
        Some(arrow(index, drawn, from, from.gone || to.gone, characters))
    });
    let members = drawn.nodes.iter().zip(nodes);
    html! {
        <svg {class} viewBox={view_box} aria-hidden="true" focusable="false">
            { for arrows }
            { for members.map(|(spot, node)| member(spot, node, frame.node, characters)) }
        </svg>
    }
}

fn arrow(index: usize, drawn: &Arrow, from: &RingNode, gone: bool, characters: Option<usize>) -> Html {
    let class = classes!(
        "ring-arrow",
        format!("fill-{}", from.sector),
        gone.then_some("gone")
    );
    let Spot { x, y, .. } = drawn.middle;
    html! {
        <g {class}>
            <path class="line" d={drawn.path.clone()} />
            <path class="head" d={drawn.head.clone()} />
            <circle cx={coordinate(x)} cy={coordinate(y)} r="10" />
            <text class="number" x={coordinate(x)} y={coordinate(y + 4.5)} text-anchor="middle">{ index + 1 }</text>
            { for characters.map(|width| label(&drawn.middle, &wrap(&from.gives, width + 2, GIVES_LINES), 15.0, "gives")) }
        </g>
    }
}

fn member(spot: &Spot, node: &RingNode, radius: f64, characters: Option<usize>) -> Html {
    let class = classes!(
        "ring-node",
        format!("fill-{}", node.sector),
        node.gone.then_some("gone")
    );
    let (x, y) = (coordinate(spot.x), coordinate(spot.y));
    let ink = (!node.gone).then(|| format!("ink-{}", node.sector));
    html! {
        <g {class}>
            <circle cx={x.clone()} cy={y} r={coordinate(radius)} />
            <text class={classes!("initials", ink)} {x} y={coordinate(spot.y + 5.0)} text-anchor="middle">{ &node.initials }</text>
            { for characters.map(|width| label(spot, &wrap(&node.name, width, NAME_LINES), radius + 6.0, "name")) }
        </g>
    }
}

fn label(spot: &Spot, lines: &[String], away: f64, class: &'static str) -> Html {
    let (anchor, x, first) = spot.label(away, lines.len(), LINE);
    html! { <>
        { for lines.iter().enumerate().map(|(line, words)| html! {
            <text {class} x={coordinate(x)} y={coordinate(first + LINE * line as f64)} text-anchor={anchor}>{ words }</text>
        }) }
    </> }
}
