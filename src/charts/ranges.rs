//! Ranges against what was promised: P10 to P90 as a bar, the middle as a tick, the promise as the track behind.

use super::drawing::{Drawing, Ink, Look, Type};
use super::scale::LinearScale;
use super::words::wrap;

/// A row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RangeRow {
    /// Whose.
    pub name: String,
    /// P10, P50 and P90.
    pub range: [f64; 3],
    /// What was promised: nothing goes beyond it.
    pub promised: f64,
    /// What it is on paper.
    pub on_paper: f64,
    /// Its colour.
    pub ink: Option<Ink>,
    /// The range in words.
    pub words: String,
    /// A further line in words.
    pub note: String,
}

/// The positions of a row in a box.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RangeBar {
    /// Width of the track.
    pub promised: f64,
    /// Left end and width of the bar; at least a hair wide, so that a certain value is seen.
    pub bar: [f64; 2],
    /// The middle.
    pub tick: f64,
    /// What it is on paper.
    pub on_paper: f64,
}

/// Lays out one row: its promise is the whole width, whatever its size. No end is drawn below the one before; nothing leaves the track.
pub fn range_bar(row: &RangeRow, width: f64) -> RangeBar {
    let scale = LinearScale::new([0.0, row.promised], [0.0, width]);
    let promised = scale.position(row.promised);
    let mut least = 0.0_f64;
    let [low, middle, high] = row.range.map(|value| {
        least = least.max(scale.position(value).min(promised));
        least
    });
    let hair = 2.0_f64.min(width);
    let from = low.min((width - hair).max(0.0));
    RangeBar {
        promised,
        bar: [from, (high - from).max(hair)],
        tick: middle,
        on_paper: scale.position(row.on_paper).min(promised),
    }
}

/// Height of a bar.
const BAR: f64 = 14.0;
const ROW: f64 = 56.0;
const WIDTH: f64 = 760.0;
const BARS_AT: f64 = 220.0;
const BARS: f64 = 230.0;
const WORDS_AT: f64 = 470.0;

/// Draws the bar of a row with its left top corner at a place.
pub fn draw_bar(drawing: &mut Drawing, [x, y]: [f64; 2], bar: &RangeBar, ink: Ink) {
    let middle = y + BAR / 2.0;
    drawing.rect([x, y], [bar.promised, BAR], Look::fill(Ink::Track));
    drawing.rect(
        [x + bar.bar[0], y + 2.0],
        [bar.bar[1], BAR - 4.0],
        Look::fill(ink).faint(0.65),
    );
    drawing.line(
        [x + bar.tick, y - 1.0],
        [x + bar.tick, y + BAR + 1.0],
        Look::line(Ink::Ink, 2.5),
    );
    drawing.circle([x + bar.on_paper, middle], 4.0, Look::line(Ink::Surface, 3.5));
    drawing.circle([x + bar.on_paper, middle], 4.0, Look::line(Ink::Ink, 1.5));
}

/// One bar by itself, for a list.
pub fn bar_alone(row: &RangeRow, width: f64) -> Drawing {
    let mut drawing = Drawing::new(width, BAR + 4.0);
    let bar = range_bar(row, width - 12.0);
    draw_bar(&mut drawing, [6.0, 2.0], &bar, row.ink.unwrap_or(Ink::Accent));
    drawing
}

/// The whole picture for a file.
pub fn drawing(rows: &[RangeRow]) -> Drawing {
    let mut drawing = Drawing::new(WIDTH, ROW * rows.len() as f64 + 8.0);
    for (index, row) in rows.iter().enumerate() {
        let y = ROW * index as f64;
        drawing.line([0.0, y], [WIDTH, y], Look::line(Ink::Line, 1.0));
        let names = wrap(&row.name, 30, 2);
        let first = y + 32.0 - 7.0 * (names.len() as f64 - 1.0);
        drawing.lines([0.0, first], 14.0, &names, Type::NAME);
        let bar = range_bar(row, BARS);
        draw_bar(
            &mut drawing,
            [BARS_AT, y + 21.0],
            &bar,
            row.ink.unwrap_or(Ink::Accent),
        );
        drawing.text([WORDS_AT, y + 18.0], &row.words, Type::NAME.strong());
        drawing.lines([WORDS_AT, y + 33.0], 14.0, &wrap(&row.note, 50, 2), Type::NOTE);
    }
    drawing
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(range: [f64; 3], promised: f64) -> RangeRow {
        RangeRow {
            range,
            promised,
            on_paper: promised,
            ..RangeRow::default()
        }
    }

    #[test]
    fn bars_lie_on_their_track() {
        let bar = range_bar(&row([20.0, 40.0, 50.0], 50.0), 100.0);
        assert_eq!(
            (bar.promised, bar.bar, bar.tick, bar.on_paper),
            (100.0, [40.0, 60.0], 80.0, 100.0)
        );
        let over = range_bar(&row([20.0, 90.0, 500.0], 50.0), 100.0);
        assert_eq!(over.bar[0] + over.bar[1], 100.0, "nobody pays above its pledge");
    }

    #[test]
    fn a_certain_value_is_seen_and_odd_ones_do_no_harm() {
        assert_eq!(range_bar(&row([50.0; 3], 50.0), 100.0).bar, [98.0, 2.0]);
        assert_eq!(range_bar(&row([0.0; 3], 0.0), 100.0).bar, [0.0, 2.0]);
        for odd in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, -5.0] {
            let bar = range_bar(&row([odd, 1.0, odd], odd), 100.0);
            let all = [bar.promised, bar.bar[0], bar.bar[1], bar.tick, bar.on_paper];
            assert!(
                all.iter().all(|value| (0.0..=100.0).contains(value)),
                "{odd}: {bar:?}"
            );
        }
        assert!(drawing(&[]).height() > 0.0);
    }
}
