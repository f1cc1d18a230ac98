//! Money in an account over time as a fan: what it is in half of all futures, in eight of ten and in nine of ten.

use super::drawing::{Anchor, Drawing, Ink, Look, Type};
use super::scale::{LinearScale, ticks};

/// One point in time.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FanPoint {
    /// Written below it.
    pub label: String,
    /// P5, P10, P50, P90, P95; none is drawn below the one before.
    pub quantiles: [f64; 5],
}

/// What is drawn beside the fan.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FanMarks {
    /// Position of the point to be named.
    pub worst: Option<usize>,
    /// What is written at it.
    pub worst_words: String,
    /// Below 0, what stands between 0 and P10 there; blank for nothing.
    pub bridge_words: String,
}

/// Where the fan of `points` lies in `size`, with figures on the left as `figure` writes them.
///
/// 0 is always in the picture. At least one point is drawn as a stretch from the left to the right; none as an empty
/// axis. Whatever is not finite counts as 0.
pub fn fan(
    points: &[FanPoint],
    marks: &FanMarks,
    [width, height]: [f64; 2],
    figure: &dyn Fn(f64) -> String,
) -> Drawing {
    let mut drawing = Drawing::new(width, height);
    let sound: Vec<[f64; 5]> = points.iter().map(|point| in_order(point.quantiles)).collect();
    let low = sound.iter().map(|point| point[0]).fold(0.0, f64::min);
    let high = sound.iter().map(|point| point[4]).fold(0.0, f64::max);
    let marked = ticks([low, high], 5);
    let [low, high] = [
        marked.first().copied().unwrap_or(0.0).min(low),
        marked.last().copied().unwrap_or(1.0).max(high),
    ];
    let figures: Vec<String> = marked.iter().map(|&value| figure(value)).collect();
    let widest = figures.iter().map(|text| text.chars().count()).max().unwrap_or(0);
    let left = (widest as f64 * 6.6 + 10.0).min(width / 3.0);
    let (top, bottom, right) = (34.0, height - 26.0, width - 14.0);
    let across = LinearScale::new([0.0, points.len().saturating_sub(1) as f64], [left + 8.0, right]);
    let up = LinearScale::new([low, high], [bottom, top]);
    for (&value, words) in marked.iter().zip(&figures) {
        let y = up.position(value);
        let look = if value == 0.0 {
            Look::line(Ink::Strong, 1.2)
        } else {
            Look::line(Ink::Line, 1.0)
        };
        drawing.line([left, y], [width, y], look);
        drawing.text([left - 6.0, y + 4.0], words, Type::NOTE.from(Anchor::End));
    }
    let at = |index: usize, quantile: usize| {
        let value = sound.get(index).map_or(0.0, |point| point[quantile]);
        [across.position(index as f64), up.position(value)]
    };
    let stretch = |quantile: usize| -> Vec<[f64; 2]> {
        match points.len() {
            1 => {
                let [_, y] = at(0, quantile);
                vec![[left + 8.0, y], [right, y]]
            }
            count => (0..count).map(|index| at(index, quantile)).collect(),
        }
    };
    let band = |drawing: &mut Drawing, [below, above]: [usize; 2], opacity: f64| {
        let mut outline = stretch(above);
        outline.extend(stretch(below).into_iter().rev());
        drawing.area(&outline, Look::fill(Ink::Accent).faint(opacity));
    };
    band(&mut drawing, [0, 4], 0.18);
    band(&mut drawing, [1, 3], 0.3);
    drawing.polyline(&stretch(2), Look::line(Ink::Accent, 2.5));
    // Every label where there is room, else every second, third, …
    let room = (right - left) / 44.0;
    let every = (1..=points.len().max(1))
        .find(|&every| points.len() as f64 / every as f64 <= room)
        .unwrap_or(1);
    for (index, point) in points.iter().enumerate() {
        let named = marks.worst == Some(index);
        let far = marks.worst.is_none_or(|worst| worst.abs_diff(index) >= every);
        if named || index % every == 0 && far {
            let [x, _] = at(index, 2);
            let mut kind = Type::NOTE.from(Anchor::Middle);
            if named {
                kind = kind.in_ink(Ink::Warn).strong();
            }
            drawing.text([x, height - 8.0], &point.label, kind);
        }
    }
    if let Some(worst) = marks.worst.filter(|&worst| worst < points.len()) {
        mark_worst(
            &mut drawing,
            marks,
            worst,
            &at,
            [up.position(0.0), left, right, bottom],
        );
    }
    drawing
}

/// The worst point: an upright through it, its name on top, and what must be bridged.
fn mark_worst(
    drawing: &mut Drawing,
    marks: &FanMarks,
    worst: usize,
    at: &dyn Fn(usize, usize) -> [f64; 2],
    [zero, left, right, bottom]: [f64; 4],
) {
    let [x, deep] = at(worst, 1);
    drawing.line([x, 24.0], [x, bottom], Look::line(Ink::Warn, 1.0).dashed("4 3"));
    let (anchor, beside) = if x > f64::midpoint(left, right) {
        (Anchor::End, x - 8.0)
    } else {
        (Anchor::Start, x + 8.0)
    };
    let words = Type::NAME.in_ink(Ink::Warn).strong().from(anchor);
    drawing.text(
        [if anchor == Anchor::End { x + 4.0 } else { x - 4.0 }, 16.0],
        &marks.worst_words,
        words,
    );
    if deep > zero && !marks.bridge_words.is_empty() {
        drawing.line([x, zero], [x, deep], Look::line(Ink::Warn, 3.0));
        drawing.circle([x, deep], 4.0, Look::fill(Ink::Warn));
        // On a patch of its own, so that no band runs through it.
        let (wide, y) = (marks.bridge_words.chars().count() as f64 * 7.6 + 8.0, deep + 5.0);
        let patch = if anchor == Anchor::End {
            beside + 4.0 - wide
        } else {
            beside - 4.0
        };
        drawing.rect(
            [patch, y - 13.0],
            [wide, 18.0],
            Look::fill(Ink::Surface).faint(0.8),
        );
        drawing.text([beside, y], &marks.bridge_words, words);
    }
}

/// Finite and rising: none is below the one before.
fn in_order(quantiles: [f64; 5]) -> [f64; 5] {
    let mut least = f64::NEG_INFINITY;
    quantiles.map(|value| {
        least = least.max(if value.is_finite() { value } else { 0.0 });
        least
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(quantiles: [f64; 5]) -> FanPoint {
        FanPoint {
            label: "Q1".to_owned(),
            quantiles,
        }
    }

    fn text(drawing: &Drawing) -> String {
        let colour = |ink: Ink| ink.token().to_owned();
        drawing
            .elements(&colour)
            .map(|element| format!("{element:?}\n"))
            .collect()
    }

    #[test]
    fn bands_hold_each_other_and_stay_in_the_picture() {
        let points = [
            point([-50.0, -20.0, 0.0, 10.0, 30.0]),
            point([-90.0, -60.0, 5.0, 40.0, 100.0]),
            point([0.0, 0.0, 20.0, 60.0, 80.0]),
        ];
        let marks = FanMarks {
            worst: Some(1),
            worst_words: "worst".to_owned(),
            bridge_words: "60".to_owned(),
        };
        let drawn = fan(&points, &marks, [700.0, 300.0], &|value| format!("{value}"));
        let colour = |ink: Ink| ink.token().to_owned();
        let paths: Vec<String> = drawn
            .elements(&colour)
            .filter(|element| element.tag == "path")
            .map(|element| element.attributes[0].1.clone())
            .collect();
        for path in &paths {
            let numbers = path
                .split(|c: char| "MLZ ".contains(c))
                .filter(|part| !part.is_empty())
                .map(|part| part.parse::<f64>().unwrap());
            for (place, number) in numbers.enumerate() {
                let most = if place % 2 == 0 { 700.0 } else { 300.0 };
                assert!((0.0..=most).contains(&number), "{number} in {path}");
            }
        }
        let words = text(&drawn);
        assert!(
            words.contains("worst") && words.contains("Some(\"60\")"),
            "{words}"
        );
        assert!(
            words.contains("Some(\"-100\")") && words.contains("Some(\"100\")"),
            "ticks: {words}"
        );
    }

    #[test]
    fn odd_figures_draw_something_plain() {
        let odd = [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, f64::NAN, 1e300];
        for points in [
            vec![],
            vec![point(odd)],
            vec![point(odd); 40],
            vec![point([0.0; 5]); 2],
        ] {
            let marks = FanMarks {
                worst: Some(7),
                bridge_words: "x".to_owned(),
                ..FanMarks::default()
            };
            let drawn = fan(&points, &marks, [300.0, 200.0], &|_| "0".to_owned());
            let words = text(&drawn);
            assert!(!words.contains("NaN") && !words.contains("inf"), "{words}");
        }
    }

    #[test]
    fn nothing_is_bridged_where_nothing_is_short() {
        let points = [point([1.0, 2.0, 3.0, 4.0, 5.0]), point([1.0, 2.0, 3.0, 4.0, 5.0])];
        let marks = FanMarks {
            worst: Some(0),
            worst_words: "worst".to_owned(),
            bridge_words: "bridge".to_owned(),
        };
        let words = text(&fan(&points, &marks, [700.0, 300.0], &|value| format!("{value}")));
        assert!(words.contains("worst") && !words.contains("bridge"), "{words}");
    }
}
