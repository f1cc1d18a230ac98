//! Bars to the left and right of a middle line: what pulls a result down or up, with its doubt.

use super::drawing::{Anchor, Drawing, Ink, Look, Type};
use super::scale::LinearScale;
use super::words::wrap;

/// One bar in a box of `width` with its middle at `width / 2`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bar {
    /// Left end and width of the part that is sure: up to one standard error short of the value.
    pub sure: [f64; 2],
    /// Left end and width of the doubt: one standard error to either side of the value.
    pub doubt: [f64; 2],
    /// Whether it points right.
    pub positive: bool,
}

/// The bar of `value` with its standard error, where ±`extent` is the whole width. The doubt never crosses the
/// middle line and never leaves the box.
///
/// ```
/// use gotong::charts::tornado::bar;
/// assert_eq!(bar(-0.5, 0.1, 1.0, 200.0).sure, [60.0, 40.0]);
/// ```
pub fn bar(value: f64, standard_error: f64, extent: f64, width: f64) -> Bar {
    let value = if value.is_finite() { value } else { 0.0 };
    let error = if standard_error.is_finite() {
        standard_error.abs()
    } else {
        0.0
    };
    let length = LinearScale::new([0.0, extent], [0.0, width / 2.0]);
    let near = length.position(value.abs() - error);
    let far = length.position(value.abs() + error);
    let middle = width / 2.0;
    let positive = value >= 0.0;
    let [sure_from, doubt_from] = if positive {
        [middle, middle + near]
    } else {
        [middle - near, middle - far]
    };
    Bar {
        sure: [sure_from, near],
        doubt: [doubt_from, far - near],
        positive,
    }
}

/// A row of the picture.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TornadoRow {
    /// What varies.
    pub name: String,
    /// A line below the name; blank for nothing.
    pub note: String,
    /// How strongly it pulls, and to which side.
    pub value: f64,
    /// Its standard error.
    pub standard_error: f64,
    /// The value in words.
    pub figure: String,
}

/// The value that fills half the width: the largest with its error.
pub fn extent(rows: &[TornadoRow]) -> f64 {
    let reach = |row: &TornadoRow| row.value.abs() + row.standard_error.abs();
    rows.iter()
        .map(reach)
        .filter(|reach| reach.is_finite())
        .fold(0.0, f64::max)
}

/// The whole picture for a file, with what pulling to the left and to the right means as heads.
pub fn drawing(rows: &[TornadoRow], [left, right]: [&str; 2]) -> Drawing {
    const WIDTH: f64 = 760.0;
    const ROW: f64 = 40.0;
    const BARS_AT: f64 = 310.0;
    const BARS: f64 = 380.0;
    const HEAD: f64 = 26.0;
    let names = |row: &TornadoRow| wrap(&row.name, 42, 2);
    let high = |row: &TornadoRow| ROW + 15.0 * (names(row).len() as f64 - 1.0);
    let foot = HEAD + rows.iter().map(high).sum::<f64>();
    let mut drawing = Drawing::new(WIDTH, foot + 8.0);
    let middle = BARS_AT + BARS / 2.0;
    drawing.text([middle - 10.0, 14.0], left, Type::NOTE.from(Anchor::End));
    drawing.text([middle + 10.0, 14.0], right, Type::NOTE);
    let extent = extent(rows);
    let mut y = HEAD;
    for row in rows {
        drawing.line([0.0, y], [WIDTH, y], Look::line(Ink::Line, 1.0));
        let below = drawing.lines([0.0, y + 17.0], 15.0, &names(row), Type::NAME);
        drawing.text([0.0, below], &row.note, Type::NOTE);
        let bar = bar(row.value, row.standard_error, extent, BARS);
        let ink = if bar.positive { Ink::Ngo } else { Ink::Business };
        let top = y + high(row) / 2.0 - 8.0;
        drawing.rect([BARS_AT + bar.sure[0], top], [bar.sure[1], 16.0], Look::fill(ink));
        let doubt = Look::fill(ink).faint(0.4);
        drawing.rect([BARS_AT + bar.doubt[0], top], [bar.doubt[1], 16.0], doubt);
        let figure = Type::NAME.from(Anchor::End).strong();
        drawing.text([WIDTH, top + 12.0], &row.figure, figure);
        y += high(row);
    }
    drawing.line([middle, 20.0], [middle, foot], Look::line(Ink::Strong, 1.0));
    drawing
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_mirror_each_other_and_stay_in_the_box() {
        let right = bar(0.4, 0.1, 1.0, 100.0);
        let left = bar(-0.4, 0.1, 1.0, 100.0);
        assert!((right.sure[0] - 50.0).abs() < 1e-9 && (right.sure[1] - 15.0).abs() < 1e-9);
        assert!((left.doubt[0] - (100.0 - right.doubt[0] - right.doubt[1])).abs() < 1e-9);
        let full = bar(1.0, 0.2, 1.0, 100.0);
        assert!(full.doubt[0] + full.doubt[1] <= 100.0);
        assert_eq!(
            bar(0.2, 0.0, 0.4, 100.0).sure,
            [50.0, 25.0],
            "the extent is the width"
        );
    }

    #[test]
    fn the_strongest_fills_its_half_and_odd_ones_do_no_harm() {
        let row = |value, standard_error| TornadoRow {
            value,
            standard_error,
            ..TornadoRow::default()
        };
        assert_eq!(extent(&[row(-0.5, 0.1), row(0.2, 0.0)]), 0.6);
        let odd = [row(f64::NAN, 0.1), row(f64::INFINITY, f64::NAN)];
        assert_eq!(extent(&odd), 0.0);
        let colour = |ink: Ink| ink.token().to_owned();
        let drawn = drawing(&odd, ["fewer", "more"]);
        let all: String = drawn
            .elements(&colour)
            .map(|element| format!("{element:?}"))
            .collect();
        assert!(!all.contains("NaN") && !all.contains("inf"), "{all}");
    }

    #[test]
    fn a_value_smaller_than_its_error_is_all_doubt() {
        let unclear = bar(0.01, 0.05, 1.0, 100.0);
        assert_eq!(unclear.sure[1], 0.0);
        assert!((unclear.doubt[1] - 3.0).abs() < 1e-9);
        assert_eq!(bar(f64::NAN, f64::NAN, 0.0, 100.0).doubt[1], 0.0);
    }
}
