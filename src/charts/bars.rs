//! Bars in rows for a file: names on the left, one or more bars, figures on the right.

use super::drawing::{Anchor, Drawing, Ink, Look, Type};
use super::scale::LinearScale;
use super::words::wrap;

/// One bar of a row.
#[derive(Clone, Debug, PartialEq)]
pub struct Bar {
    /// How much of the width, from 0 to 1.
    pub share: f64,
    /// Its colour.
    pub ink: Ink,
    /// Ends of a line over it that says how far it may be off, in the same measure.
    pub range: Option<[f64; 2]>,
}

/// A row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BarRow {
    /// Whose.
    pub name: String,
    /// Its bars, from top to bottom.
    pub bars: Vec<Bar>,
    /// The figure.
    pub words: String,
}

/// The picture. What is not between 0 and 1 ends at the nearest.
pub fn drawing(rows: &[BarRow]) -> Drawing {
    const WIDTH: f64 = 760.0;
    const BARS_AT: f64 = 250.0;
    const BARS: f64 = 320.0;
    const BAR: f64 = 13.0;
    const GAP: f64 = 4.0;
    let scale = LinearScale::new([0.0, 1.0], [0.0, BARS]);
    let high = |row: &BarRow| (row.bars.len() as f64 * (BAR + GAP)).max(16.0) + 22.0;
    let mut drawing = Drawing::new(WIDTH, rows.iter().map(high).sum::<f64>() + 8.0);
    let mut y = 0.0;
    for row in rows {
        let middle = y + high(row) / 2.0;
        drawing.line([0.0, y], [WIDTH, y], Look::line(Ink::Line, 1.0));
        let names = wrap(&row.name, 34, 2);
        let first = middle + 4.0 - 7.0 * (names.len() as f64 - 1.0);
        drawing.lines([0.0, first], 14.0, &names, Type::NAME);
        for (place, bar) in row.bars.iter().enumerate() {
            let top = middle + (place as f64 - row.bars.len() as f64 / 2.0) * (BAR + GAP) + GAP / 2.0;
            drawing.rect([BARS_AT, top], [BARS, BAR], Look::fill(Ink::Track));
            drawing.rect(
                [BARS_AT, top],
                [scale.position(bar.share), BAR],
                Look::fill(bar.ink),
            );
            if let Some(range) = bar.range {
                let [from, to] = range.map(|share| [BARS_AT + scale.position(share), top + BAR / 2.0]);
                drawing.line(from, to, Look::line(Ink::Ink, 2.0));
            }
        }
        let figure = wrap(&row.words, 26, 2);
        let first = middle + 4.0 - 7.0 * (figure.len() as f64 - 1.0);
        drawing.lines([WIDTH, first], 14.0, &figure, Type::NAME.from(Anchor::End));
        y += high(row);
    }
    drawing
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_end_where_the_width_does() {
        let bar = |share, range| Bar {
            share,
            ink: Ink::Accent,
            range,
        };
        let rows = [
            BarRow {
                name: "A".to_owned(),
                bars: vec![bar(0.5, None), bar(7.0, Some([f64::NAN, 9.0]))],
                words: "1".to_owned(),
            },
            BarRow {
                bars: vec![bar(f64::NAN, None), bar(-1.0, None)],
                ..BarRow::default()
            },
        ];
        let drawn = drawing(&rows);
        let colour = |ink: Ink| ink.token().to_owned();
        let widths: Vec<String> = drawn
            .elements(&colour)
            .filter(|element| element.tag == "rect" && element.attributes[4].1 == "accent")
            .map(|element| element.attributes[2].1.clone())
            .collect();
        assert_eq!(widths, ["160", "320", "0", "0"]);
        assert!(drawing(&[]).height() > 0.0);
    }
}
