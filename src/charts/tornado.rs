//! Bars to the left and right of a middle line: what pulls a result down or up, with its doubt.

use super::scale::LinearScale;

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
    fn a_value_smaller_than_its_error_is_all_doubt() {
        let unclear = bar(0.01, 0.05, 1.0, 100.0);
        assert_eq!(unclear.sure[1], 0.0);
        assert!((unclear.doubt[1] - 3.0).abs() < 1e-9);
        assert_eq!(bar(f64::NAN, f64::NAN, 0.0, 100.0).doubt[1], 0.0);
    }
}
