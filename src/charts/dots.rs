//! Frequencies as dots: "17 of 20 futures". People judge counted outcomes better than percentages or densities
//! (Kay, Kola, Hullman, Munson, "When (ish) is my bus?", CHI 2016, whose plots hold 20 dots).

use super::drawing::{Anchor, Drawing, Ink, Look, Type};
use super::words::wrap;

/// How many dots a row has.
pub const DOTS: usize = 20;

/// A probability in whole dots, rounded to the nearest; halves go up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Frequency {
    /// Filled dots of [`DOTS`].
    pub filled: usize,
    /// Whether all (or none) are filled although a few futures differ: the words must say "almost".
    pub almost: bool,
}

/// The frequency nearest to `probability`. What is no probability counts as the nearest one, NaN as 0.
///
/// ```
/// use gotong::charts::dots::frequency;
/// assert_eq!((frequency(0.87).filled, frequency(0.87).almost), (17, false));
/// assert_eq!((frequency(0.99).filled, frequency(0.99).almost), (20, true));
/// ```
pub fn frequency(probability: f64) -> Frequency {
    let probability = if probability.is_nan() {
        0.0
    } else {
        probability.clamp(0.0, 1.0)
    };
    let filled = (0..DOTS)
        .filter(|&dot| probability * (2 * DOTS) as f64 >= (2 * dot + 1) as f64)
        .count();
    let exact = probability == 0.0 || probability == 1.0;
    Frequency {
        filled,
        almost: !exact && (filled == 0 || filled == DOTS),
    }
}

/// Centre of dot number `index` in a block of `columns` dots a line, each in a cell of `cell` × `cell`.
pub fn centre(index: usize, columns: usize, cell: f64) -> (f64, f64) {
    let columns = columns.max(1);
    let at = |place: usize| (place as f64 + 0.5) * cell;
    (at(index % columns), at(index / columns))
}

/// A row of the picture: what may hold, and how often in words.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DotRow {
    /// What.
    pub name: String,
    /// How often.
    pub probability: f64,
    /// The same in words, such as "17 of 20".
    pub words: String,
}

/// The whole picture for a file: name, twenty dots, words.
pub fn drawing(rows: &[DotRow]) -> Drawing {
    const CELL: f64 = 15.0;
    const ROW: f64 = 36.0;
    const WIDTH: f64 = 760.0;
    const DOTS_AT: f64 = 300.0;
    let mut drawing = Drawing::new(WIDTH, ROW * rows.len() as f64 + 8.0);
    for (index, row) in rows.iter().enumerate() {
        let middle = ROW * (index as f64 + 0.5);
        drawing.line(
            [0.0, ROW * index as f64],
            [WIDTH, ROW * index as f64],
            Look::line(Ink::Line, 1.0),
        );
        let names = wrap(&row.name, 42, 2);
        let first = middle + 4.0 - 7.0 * (names.len() as f64 - 1.0);
        drawing.lines([0.0, first], 14.0, &names, Type::NAME);
        let filled = frequency(row.probability).filled;
        for dot in 0..DOTS {
            let (x, _) = centre(dot, DOTS, CELL);
            // A gap after ten, so that they are counted at a glance.
            let gap = if dot < DOTS / 2 { 0.0 } else { 8.0 };
            let look = if dot < filled {
                Look::fill(Ink::Accent)
            } else {
                Look::line(Ink::Strong, 1.0)
            };
            drawing.circle([DOTS_AT + x + gap, middle], 5.6, look);
        }
        drawing.text(
            [WIDTH, middle + 4.0],
            &row.words,
            Type::NAME.from(Anchor::End).strong(),
        );
    }
    drawing
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn probabilities_become_the_nearest_number_of_dots() {
        let filled = |probability| frequency(probability).filled;
        assert_eq!(
            [0.0, 0.024, 0.025, 0.5, 0.87, 0.974, 0.975, 1.0].map(filled),
            [0, 0, 1, 10, 17, 19, 20, 20]
        );
        assert_eq!([f64::NAN, -3.0, 7.0].map(filled), [0, 0, 20]);
    }

    #[test]
    fn certainty_is_never_claimed_for_what_is_only_almost_certain() {
        let almost = |probability| frequency(probability).almost;
        assert_eq!(
            [0.0, 0.01, 0.5, 0.999, 1.0].map(almost),
            [false, true, false, true, false]
        );
    }

    #[test]
    fn a_file_has_a_row_of_twenty_for_each() {
        let row = |probability| DotRow {
            name: "A".to_owned(),
            probability,
            words: "1 of 20".to_owned(),
        };
        let drawn = drawing(&[row(0.5), row(f64::NAN)]);
        let colour = |ink: Ink| ink.token().to_owned();
        let filled = |element: &super::super::drawing::Element<'_>| {
            element.tag == "circle" && element.attributes.iter().any(|(_, value)| value == "accent")
        };
        assert_eq!(
            drawn
                .elements(&colour)
                .filter(|element| element.tag == "circle")
                .count(),
            40
        );
        assert_eq!(drawn.elements(&colour).filter(filled).count(), 10);
    }

    #[test]
    fn dots_stand_in_lines() {
        assert_eq!(centre(0, 10, 10.0), (5.0, 5.0));
        assert_eq!(centre(19, 10, 10.0), (95.0, 15.0));
        assert_eq!(centre(3, 0, 10.0), (5.0, 35.0), "no columns is one column");
    }
}
