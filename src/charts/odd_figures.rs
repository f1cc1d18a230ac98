//! Whatever figures come, every picture and every file made of it is sound: only numbers in it, as many closed tags as
//! opened ones, nothing of a user's text read as markup.

use super::before_after::{Pair, PairLabels};
use super::drawing::{Drawing, Ink};
use super::fan::{FanMarks, FanPoint};
use super::flow::FlowBar;
use super::ranges::RangeRow;
use super::sankey::Link;
use super::sheet::{Palette, Words, standalone};
use super::tornado::TornadoRow;
use super::{bars, before_after, dots, fan, flow, ranges, scale, tornado};
use proptest::num::f64::ANY;
use proptest::prelude::*;

fn sound(drawing: &Drawing, text: &str) -> Result<(), TestCaseError> {
    let words = Words {
        title: text.to_owned(),
        finding: text.to_owned(),
        legend: text.to_owned(),
        source: text.to_owned(),
        language: "id".to_owned(),
    };
    let file = standalone(drawing, &words, &Palette::default(), 2.0).text;
    // Every attribute of a shape that is a number is one.
    let shapes = file.split("<g ").skip(1).flat_map(|group| group.split('<'));
    for shape in shapes {
        let attributes = shape.split('>').next().unwrap_or_default();
        prop_assert!(
            !attributes.contains("NaN") && !attributes.contains("inf"),
            "{}",
            attributes
        );
        for name in [
            "x",
            "y",
            "width",
            "height",
            "cx",
            "cy",
            "r",
            "font-size",
            "stroke-width",
            "opacity",
        ] {
            let Some(rest) = attributes.split(&format!(" {name}=\"")).nth(1) else {
                continue;
            };
            let value: f64 = rest.split('"').next().unwrap_or_default().parse().unwrap();
            prop_assert!(value.is_finite());
        }
    }
    for tag in ["text", "g", "title", "desc"] {
        let opened = file.matches(&format!("<{tag} ")).count() + file.matches(&format!("<{tag}>")).count();
        prop_assert_eq!(opened, file.matches(&format!("</{tag}>")).count());
    }
    // Markup of a user's is escaped, so every "<" opens a tag of ours.
    for after in file.split('<').skip(1) {
        let known = [
            "?xml", "svg", "/svg", "title", "/title", "desc", "/desc", "rect", "circle", "path", "text",
            "/text", "g ", "/g",
        ];
        prop_assert!(known.iter().any(|tag| after.starts_with(tag)), "<{}", after);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn no_figure_spoils_a_picture(
        figures in prop::collection::vec([ANY, ANY, ANY, ANY, ANY], 0..7),
        worst in prop::option::of(0_usize..9),
        size in [ANY, ANY],
        text in "\\PC{0,40}[<>&\"']{0,3}",
    ) {
        let points: Vec<FanPoint> = figures
            .iter()
            .map(|&quantiles| FanPoint { label: text.clone(), quantiles })
            .collect();
        let marks = FanMarks { worst, worst_words: text.clone(), bridge_words: text.clone() };
        sound(&fan::fan(&points, &marks, [700.0, 300.0], &|value| format!("{value}")), &text)?;
        sound(&fan::fan(&points, &marks, size, &|value| format!("{value:e}")), &text)?;
        let rows: Vec<RangeRow> = figures
            .iter()
            .map(|&[low, middle, high, promised, on_paper]| RangeRow {
                name: text.clone(),
                range: [low, middle, high],
                promised,
                on_paper,
                ink: Some(Ink::Gov),
                words: text.clone(),
                note: text.clone(),
            })
            .collect();
        sound(&ranges::drawing(&rows), &text)?;
        for row in &rows {
            let bar = ranges::range_bar(row, 290.0);
            prop_assert!(bar.bar[0] >= 0.0 && bar.bar[0] + bar.bar[1] <= 290.0 + 1e-9, "{:?}", bar);
            prop_assert!(bar.tick <= bar.promised && bar.on_paper <= bar.promised, "{:?}", bar);
        }
        let pulls: Vec<TornadoRow> = figures
            .iter()
            .map(|&[value, standard_error, ..]| TornadoRow {
                name: text.clone(),
                note: text.clone(),
                value,
                standard_error,
                figure: text.clone(),
            })
            .collect();
        sound(&tornado::drawing(&pulls, [&text, &text]), &text)?;
        let pairs: Vec<Pair> = figures
            .iter()
            .map(|&[before, after, other, ..]| Pair {
                name: text.clone(),
                before,
                after,
                clear: other > 0.0,
                ..Pair::default()
            })
            .collect();
        sound(&before_after::drawing(&PairLabels::default(), &pairs), &text)?;
        let often: Vec<dots::DotRow> = figures
            .iter()
            .map(|&[probability, ..]| dots::DotRow { name: text.clone(), probability, words: text.clone() })
            .collect();
        sound(&dots::drawing(&often), &text)?;
        let lengths: Vec<bars::BarRow> = figures
            .iter()
            .map(|&[share, from, to, ..]| bars::BarRow {
                name: text.clone(),
                bars: vec![bars::Bar { share, ink: Ink::Ngo, range: Some([from, to]) }],
                words: text.clone(),
            })
            .collect();
        sound(&bars::drawing(&lengths), &text)?;
        let ends: Vec<FlowBar> = figures
            .iter()
            .map(|&[total, ..]| FlowBar { name: text.clone(), note: text.clone(), total, ink: Ink::Ink })
            .collect();
        let links: Vec<Link> = figures
            .iter()
            .enumerate()
            .map(|(place, &[_, value, ..])| Link { source: place, target: place / 2, value })
            .collect();
        sound(&flow::drawing(&ends, &ends, &links), &text)?;
    }

    #[test]
    fn ticks_are_few_finite_and_rising(low in ANY, high in ANY, most in 1_usize..9) {
        let ticks = scale::ticks([low, high], most);
        prop_assert!((2..=most + 3).contains(&ticks.len()), "{:?}", ticks);
        prop_assert!(ticks.windows(2).all(|pair| pair[0] < pair[1]), "{:?}", ticks);
        prop_assert!(ticks.iter().all(|tick| tick.is_finite()));
        prop_assert!(ticks.contains(&0.0), "0 is always among them: {:?}", ticks);
    }

    #[test]
    fn dots_of_a_pair_count_both_probabilities(before in 0.0..=1.0_f64, after in 0.0..=1.0_f64) {
        use before_after::{Mark, marks};
        let dots = marks(before, after, true);
        let count = |of: &[Mark]| dots.iter().filter(|mark| of.contains(mark)).count();
        prop_assert_eq!(count(&[Mark::Kept, Mark::Lost]), dots::frequency(before).filled);
        prop_assert_eq!(count(&[Mark::Kept, Mark::Gained]), dots::frequency(after).filled);
        prop_assert!(count(&[Mark::Gained]) == 0 || count(&[Mark::Lost]) == 0);
    }
}
