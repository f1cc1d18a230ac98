//! Frequencies as dots: "17 of 20 futures". People judge counted outcomes better than percentages or densities
//! (Kay, Kola, Hullman, Munson, "When (ish) is my bus?", CHI 2016, whose plots hold 20 dots).

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
    fn dots_stand_in_lines() {
        assert_eq!(centre(0, 10, 10.0), (5.0, 5.0));
        assert_eq!(centre(19, 10, 10.0), (95.0, 15.0));
        assert_eq!(centre(3, 0, 10.0), (5.0, 35.0), "no columns is one column");
    }
}
