//! Funders on the left, projects on the right, money between them, with names.

use super::drawing::{Anchor, Drawing, Ink, Look, Type};
use super::sankey::{Frame, Link, Node, layout};
use super::words::wrap;

/// A bar with its label.
#[derive(Clone, Debug, PartialEq)]
pub struct FlowBar {
    /// Its name, wrapped to two lines.
    pub name: String,
    /// A line below the name.
    pub note: String,
    /// Its total; what no link uses is drawn as an open outline.
    pub total: f64,
    /// Its colour; the bands of a bar on the left take it too.
    pub ink: Ink,
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

/// The picture for wide screens and files.
pub fn drawing(sources: &[FlowBar], targets: &[FlowBar], links: &[Link]) -> Drawing {
    let totals = |bars: &[FlowBar]| bars.iter().map(|bar| bar.total).collect::<Vec<_>>();
    let laid = layout(&totals(sources), &totals(targets), links, &FRAME);
    let mut drawing = Drawing::new(WIDTH, laid.height + 4.0);
    for band in &laid.bands {
        let source = links.get(band.link).and_then(|link| sources.get(link.source));
        if let Some(source) = source {
            drawing.path(&band.path, Look::fill(source.ink).faint(0.38));
        }
    }
    for node in &laid.sources {
        if let Some(label) = sources.get(node.index) {
            bar(&mut drawing, node, label, FRAME.left - 10.0, Anchor::End);
        }
    }
    for node in &laid.targets {
        if let Some(label) = targets.get(node.index) {
            let x = FRAME.right + FRAME.bar_width + 10.0;
            bar(&mut drawing, node, label, x, Anchor::Start);
        }
    }
    drawing
}

fn bar(drawing: &mut Drawing, node: &Node, label: &FlowBar, label_x: f64, anchor: Anchor) {
    drawing.rect(
        [node.x, node.y],
        [FRAME.bar_width, node.used_height],
        Look::fill(label.ink),
    );
    let rest = node.height - node.used_height;
    if rest > 0.5 {
        let look = Look::line(label.ink, 1.0).dashed("3 3");
        drawing.rect([node.x, node.y + node.used_height], [FRAME.bar_width, rest], look);
    }
    let lines = wrap(&label.name, LABEL_CHARACTERS, 2);
    let first = node.middle() - LINE * (lines.len() as f64) / 2.0 + 4.0;
    let below = drawing.lines([label_x, first], LINE, &lines, Type::NAME.from(anchor));
    drawing.text([label_x, below], &label.note, Type::NOTE.sized(12.5).from(anchor));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bars(totals: &[f64]) -> Vec<FlowBar> {
        let bar = |total: &f64| FlowBar {
            name: "Somebody".to_owned(),
            note: "Rp 1".to_owned(),
            total: *total,
            ink: Ink::Gov,
        };
        totals.iter().map(bar).collect()
    }

    #[test]
    fn a_band_for_each_payment_and_an_outline_for_what_is_left() {
        let link = Link {
            source: 0,
            target: 0,
            value: 60.0,
        };
        let drawn = drawing(&bars(&[100.0]), &bars(&[60.0]), &[link]);
        let colour = |ink: Ink| ink.token().to_owned();
        let tags: Vec<&str> = drawn.elements(&colour).map(|element| element.tag).collect();
        let count = |tag| tags.iter().filter(|other| **other == tag).count();
        assert_eq!((count("path"), count("rect"), count("text")), (1, 3, 4));
        assert_eq!(drawing(&[], &[], &[link]).height(), 4.0, "nothing to draw");
    }
}
