//! How often something holds before and after a change, in dots of twenty, so that only the change shows.

use super::dots::{DOTS, centre, frequency};
use super::drawing::{Anchor, Drawing, Ink, Look, Type};
use super::words::wrap;

/// What becomes of one of twenty futures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// It holds, before and after.
    Kept,
    /// It holds only after.
    Gained,
    /// It holds only before.
    Lost,
    /// It does not hold, neither before nor after.
    Missed,
}

/// A row: something that holds more or less often after a change.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pair {
    /// What.
    pub name: String,
    /// Its probability before.
    pub before: f64,
    /// Its probability after.
    pub after: f64,
    /// Whether the difference is larger than its error; if not, no dot claims one.
    pub clear: bool,
    /// The frequency before in words, such as "9 of 20".
    pub before_words: String,
    /// The frequency after in words.
    pub after_words: String,
    /// The change in words, such as "+4 of 20" or "no clear difference".
    pub change: String,
}

/// Heads and meanings of the marks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PairLabels {
    /// Head of the frequencies before.
    pub before: String,
    /// Head of the frequencies after.
    pub after: String,
    /// Meaning of [`Mark::Gained`].
    pub gained: String,
    /// Meaning of [`Mark::Lost`].
    pub lost: String,
}

/// The twenty dots of a pair, those that hold first. Without a clear difference they are those before.
///
/// ```
/// use gotong::charts::before_after::{Mark, marks};
/// let dots = marks(0.5, 0.6, true);
/// assert_eq!(dots.iter().filter(|dot| **dot == Mark::Gained).count(), 2);
/// assert!(!marks(0.5, 0.6, false).contains(&Mark::Gained));
/// ```
pub fn marks(before: f64, after: f64, clear: bool) -> [Mark; DOTS] {
    let before = frequency(before).filled;
    let after = if clear { frequency(after).filled } else { before };
    std::array::from_fn(|dot| match (dot < before, dot < after) {
        (true, true) => Mark::Kept,
        (false, true) => Mark::Gained,
        (true, false) => Mark::Lost,
        (false, false) => Mark::Missed,
    })
}

/// Side of a dot's cell.
const CELL: f64 = 12.0;
const RADIUS: f64 = 4.6;

/// Draws the dot at its centre. Gained and lost are told by a sign, not by colour alone.
pub fn draw_mark(drawing: &mut Drawing, [x, y]: [f64; 2], mark: Mark) {
    let arm = 2.4;
    match mark {
        Mark::Kept => drawing.circle([x, y], RADIUS, Look::fill(Ink::Accent)),
        Mark::Missed => drawing.circle([x, y], RADIUS - 0.4, Look::line(Ink::Strong, 1.0)),
        Mark::Gained => {
            drawing.circle([x, y], RADIUS + 0.6, Look::fill(Ink::Good));
            let sign = Look::line(Ink::Surface, 1.4);
            drawing.line([x - arm, y], [x + arm, y], sign);
            drawing.line([x, y - arm], [x, y + arm], sign);
        }
        Mark::Lost => {
            drawing.circle([x, y], RADIUS, Look::line(Ink::Warn, 1.4));
            drawing.line([x - arm, y], [x + arm, y], Look::line(Ink::Warn, 1.6));
        }
    }
}

/// The twenty dots alone, in one line, or in two of ten where there is less room.
pub fn dots(marks: &[Mark; DOTS], columns: usize) -> Drawing {
    let columns = columns.clamp(1, DOTS);
    let lines = DOTS.div_ceil(columns);
    let mut drawing = Drawing::new(CELL * columns as f64, CELL * lines as f64);
    for (index, mark) in marks.iter().enumerate() {
        let (x, y) = centre(index, columns, CELL);
        draw_mark(&mut drawing, [x, y], *mark);
    }
    drawing
}

const ROW: f64 = 34.0;
const DOTS_AT: f64 = 240.0;
const BEFORE_AT: f64 = 500.0;
const AFTER_AT: f64 = 510.0;
const WIDTH: f64 = 760.0;

/// The whole picture for a file: a row a pair with its name, its dots, and both frequencies and the change in words.
pub fn drawing(labels: &PairLabels, pairs: &[Pair]) -> Drawing {
    let height = ROW * (pairs.len() as f64 + 2.0);
    let mut drawing = Drawing::new(WIDTH, height);
    drawing.text(
        [DOTS_AT, 14.0],
        &format!("{} → {}", labels.before, labels.after),
        Type::NOTE,
    );
    for (row, pair) in pairs.iter().enumerate() {
        let y = ROW * (row as f64 + 1.0);
        drawing.line([0.0, y - 6.0], [WIDTH, y - 6.0], Look::line(Ink::Line, 1.0));
        let names = wrap(&pair.name, 34, 2);
        let first = y + 13.0 - 7.0 * (names.len() as f64 - 1.0);
        drawing.lines([0.0, first], 14.0, &names, Type::NAME);
        for (index, mark) in marks(pair.before, pair.after, pair.clear).into_iter().enumerate() {
            let (x, _) = centre(index, DOTS, CELL);
            draw_mark(&mut drawing, [DOTS_AT + x, y + 9.0], mark);
        }
        let words = format!("{} → {}", pair.before_words, pair.after_words);
        drawing.text([AFTER_AT, y + 7.0], &words, Type::NOTE);
        let ink = match (pair.clear, pair.after > pair.before) {
            (false, _) => Ink::Soft,
            (true, true) => Ink::Good,
            (true, false) => Ink::Warn,
        };
        drawing.text(
            [AFTER_AT, y + 22.0],
            &pair.change,
            Type::NAME.in_ink(ink).strong(),
        );
    }
    let y = ROW * (pairs.len() as f64 + 1.0) + 12.0;
    draw_mark(&mut drawing, [DOTS_AT + 6.0, y], Mark::Gained);
    drawing.text([DOTS_AT + 18.0, y + 4.0], &labels.gained, Type::NOTE);
    draw_mark(&mut drawing, [BEFORE_AT + 6.0, y], Mark::Lost);
    drawing.text(
        [BEFORE_AT + 18.0, y + 4.0],
        &labels.lost,
        Type::NOTE.from(Anchor::Start),
    );
    drawing
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(before: f64, after: f64, clear: bool) -> [usize; 4] {
        let dots = marks(before, after, clear);
        [Mark::Kept, Mark::Gained, Mark::Lost, Mark::Missed]
            .map(|mark| dots.iter().filter(|dot| **dot == mark).count())
    }

    #[test]
    fn only_the_change_shows() {
        assert_eq!(count(0.45, 0.7, true), [9, 5, 0, 6]);
        assert_eq!(count(0.7, 0.45, true), [9, 0, 5, 6]);
        assert_eq!(count(0.5, 0.5, true), [10, 0, 0, 10]);
        assert_eq!(
            count(0.45, 0.7, false),
            [9, 0, 0, 11],
            "an unclear change is none"
        );
        assert_eq!(count(f64::NAN, f64::INFINITY, true), [0, 20, 0, 0]);
        assert_eq!(count(2.0, -1.0, true), [0, 0, 20, 0]);
    }

    #[test]
    fn a_picture_of_no_pairs_is_a_picture() {
        let labels = PairLabels::default();
        assert!(drawing(&labels, &[]).height() > 0.0);
        let odd = Pair {
            before: f64::NAN,
            after: f64::NEG_INFINITY,
            clear: true,
            ..Pair::default()
        };
        let drawn = drawing(&labels, &[odd]);
        let colour = |ink: Ink| ink.token().to_owned();
        let circles = drawn.elements(&colour).filter(|element| element.tag == "circle");
        assert_eq!(
            circles.count(),
            DOTS + 2,
            "twenty dots and two signs of the legend"
        );
    }

    #[test]
    fn dots_stand_in_one_line_or_in_two() {
        let dots_of = |columns| dots(&marks(0.3, 0.6, true), columns);
        assert_eq!((dots_of(20).width(), dots_of(20).height()), (240.0, 12.0));
        assert_eq!((dots_of(10).width(), dots_of(10).height()), (120.0, 24.0));
        assert_eq!(dots_of(0).width(), 12.0, "no columns is one column");
    }
}
