//! Shown figures that still add up.

/// Whole numbers of `10^-decimals` for `parts` that sum to the rounded `total`, each within one unit of its part.
///
/// Largest remainder: every part is rounded down, then the units still missing go one each to the parts that lost
/// most; of equal losses the earlier part gets it. If the parts themselves do not sum to `total` (they should),
/// the difference is spread evenly, so the figures shown sum to the total shown all the same.
/// A value that is not finite counts as 0; `decimals` above 12 counts as 12; magnitudes are held at 10¹⁵ units.
/// O(n log n) for n parts; nothing for no parts, whatever the total.
///
/// ```
/// // Three equal reasons for a score of 0.5, shown with two decimals: 0.17 + 0.17 + 0.16 = 0.50.
/// assert_eq!(gotong::explain::rounded_parts(&[0.5 / 3.0; 3], 0.5, 2), [17, 17, 16]);
/// ```
///
/// Source: Hamilton's method (Balinski & Young, Fair Representation, 1982), here for signed parts.
pub fn rounded_parts(parts: &[f64], total: f64, decimals: u32) -> Vec<i64> {
    let mut scale = 1.0;
    for _ in 0..decimals.min(12) {
        scale *= 10.0;
    }
    let scaled: Vec<f64> = parts.iter().map(|&part| units(part, scale)).collect();
    let mut shown: Vec<i64> = scaled.iter().map(|&part| whole(part.floor())).collect();
    let count = i64::try_from(shown.len()).unwrap_or(i64::MAX);
    if count == 0 {
        return shown;
    }
    let missing = whole(units(total, scale).round()) - shown.iter().sum::<i64>();
    let (everyone, some) = (missing.div_euclid(count), missing.rem_euclid(count));
    let mut order: Vec<usize> = (0..shown.len()).collect();
    let lost = |index: usize| scaled[index] - scaled[index].floor();
    crate::order::sort_by(&mut order, |&a, &b| lost(b).total_cmp(&lost(a)));
    for (rank, index) in (0_i64..).zip(order) {
        shown[index] += everyone + i64::from(rank < some);
    }
    shown
}

/// `value` in units of `1 / scale`. Six more digits are rounded away first, so that 0.29 × 100 is 29 and not
/// 28.999999999999996, whose floor would be 28.
fn units(value: f64, scale: f64) -> f64 {
    let scaled = if value.is_finite() { value * scale } else { 0.0 };
    let scaled = scaled.clamp(-1e15, 1e15);
    let nearest = scaled.round();
    if (scaled - nearest).abs() < 1e-6 {
        nearest
    } else {
        scaled
    }
}

fn whole(value: f64) -> i64 {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a whole number within ±10¹⁵, see `units`"
    )]
    let whole = value as i64;
    whole
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn negative_parts_round_too() {
        assert_eq!(rounded_parts(&[0.424, 0.254, -0.054], 0.624, 2), [42, 25, -5]);
        assert_eq!(rounded_parts(&[0.29, 0.57], 0.86, 2), [29, 57]);
        assert_eq!(rounded_parts(&[], 0.3, 2), Vec::<i64>::new());
        assert_eq!(rounded_parts(&[f64::NAN, 1.0], 1.0, 0), [0, 1]);
    }

    proptest! {
        #[test]
        fn shown_figures_sum_and_stay_within_one_unit(
            parts in prop::collection::vec(-1.0_f64..1.0, 1..20), decimals in 0_u32..6,
        ) {
            let total: f64 = parts.iter().sum();
            let shown = rounded_parts(&parts, total, decimals);
            let scale = libm::pow(10.0, f64::from(decimals));
            prop_assert_eq!(shown.iter().sum::<i64>() as f64, (total * scale).round());
            for (figure, part) in shown.iter().zip(&parts) {
                prop_assert!((*figure as f64 - part * scale).abs() <= 1.0 + 1e-6);
            }
        }
    }
}
