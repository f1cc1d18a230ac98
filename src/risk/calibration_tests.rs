//! Calibration against published values and closed forms.

use super::*;

#[test]
fn the_beta_update_is_the_published_one() {
    // Gelman et al. section 2.4, placenta previa: uniform prior, 437 girls of 980 births: Beta(438, 544), mean 0.446,
    // 95 % interval [0.415, 0.477].
    let update = ChanceUpdate::new(0.5, 2.0, 437, 980);
    assert_eq!(update.shapes, (438.0, 544.0));
    assert!((update.mean - 0.446).abs() < 5e-4);
    let beta = Beta::new(438.0, 544.0).unwrap();
    assert!((beta.quantile(0.025) - 0.415).abs() < 5e-4 && (beta.quantile(0.975) - 0.477).abs() < 5e-4);
    let (low, high) = update.interval.unwrap();
    assert!(beta.cdf(low) - 0.05 < 1e-9 && beta.cdf(high) - 0.95 < 1e-9);
}

#[test]
fn a_chance_never_stated_and_never_seen_stays_and_has_no_interval() {
    let never = ChanceUpdate::new(0.0, 4.0, 0, 3);
    assert_eq!((never.mean, never.interval), (0.0, None));
    let once = ChanceUpdate::new(0.0, 4.0, 1, 3);
    assert!((once.mean - 1.0 / 7.0).abs() < 1e-15 && once.interval.is_some());
    assert_eq!(ChanceUpdate::new(1.0, 4.0, 5, 5).mean, 1.0);
}

#[test]
fn student_quantiles_are_those_of_the_tables() {
    // Abramowitz, Stegun, table 26.10: t at 0.90.
    for (degrees, t) in [
        (1.0, 3.078),
        (2.0, 1.886),
        (5.0, 1.476),
        (10.0, 1.372),
        (30.0, 1.310),
    ] {
        assert!(
            (student_p90(degrees) - t).abs() < 6e-4,
            "{degrees}: {}",
            student_p90(degrees)
        );
    }
    assert!((student_p90(20_000.0) - NORMAL_P90).abs() < 1e-4);
}

#[test]
fn a_haircut_moves_towards_what_was_lost_and_keeps_its_concentration() {
    let update = haircut(Some((2.0, 6.0)), 4.0, 4, 4 * 7_500);
    assert_eq!((update.stated, update.lost, update.mean), (0.25, 3.0, 0.5));
    assert_eq!(update.shapes, Some((4.0, 4.0)));
    // All thought lost and all lost: it stays so.
    assert_eq!(haircut(None, 4.0, 2, 20_000).shapes, None);
    // All thought lost, nothing lost: below 1, and a shape a scenario accepts.
    let kinder = haircut(None, 4.0, 4, 0);
    assert_eq!((kinder.mean, kinder.shapes), (0.5, Some((2.0, 2.0))));
}

#[test]
fn the_mean_delay_is_the_weighted_mean_of_stated_and_seen() {
    let update = delay(Some((0.5, 3.0)), 4.0, [2, 6], 2 * 6).unwrap();
    assert!((update.mean - (4.0 * 3.0 + 12.0) / 6.0).abs() < 1e-12);
    assert!((update.chance.mean - (2.0 + 2.0) / 10.0).abs() < 1e-12);
    // The same by the Beta prior on θ: E[1/θ] = (α + β − 1)/(α − 1).
    let (alpha, beta) = (4.0 + 1.0 + 2.0, 4.0 * 2.0 + (12.0 - 2.0));
    assert!((update.mean - (alpha + beta - 1.0) / (alpha - 1.0)).abs() < 1e-12);
    assert_eq!(delay(None, 4.0, [2, 5], 5).unwrap().mean, 2.5);
    assert_eq!(delay(None, 4.0, [0, 5], 0), None);
}
