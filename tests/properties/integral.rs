//! Rounding a table to whole units: every entry down or up, sums of rows exact, caps of columns kept.

#![allow(clippy::unwrap_used, reason = "a test stops at the first thing out of order")]

use gotong::funding::integral::{Share, round};
use proptest::prelude::*;

/// A table of fractions over a common denominator whose rows are made whole by their last entry.
fn table() -> impl Strategy<Value = (u128, Vec<Vec<u128>>)> {
    let row = |columns: usize| {
        proptest::collection::vec(
            prop_oneof![0..40_u128, Just(0), 0..1_000_000_000_000_000_000_u128],
            columns,
        )
    };
    (1..60_u128, 1..6_usize).prop_flat_map(move |(below, columns)| {
        (Just(below), proptest::collection::vec(row(columns), 1..7)).prop_map(|(below, mut rows)| {
            for row in &mut rows {
                let sum: u128 = row.iter().sum();
                if let Some(last) = row.last_mut() {
                    *last += (below - sum % below) % below;
                }
            }
            (below, rows)
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(3000) })]

    #[test]
    fn entries_are_rounded_down_or_up_and_sums_kept((below, rows) in table()) {
        let columns = rows[0].len();
        let totals: Vec<u64> = rows.iter().map(|row| u64::try_from(row.iter().sum::<u128>() / below).unwrap()).collect();
        let column = |at: usize| rows.iter().map(|row| row[at]).sum::<u128>();
        let caps: Vec<u64> = (0..columns).map(|at| u64::try_from(column(at).div_ceil(below)).unwrap()).collect();
        let entries = || rows.iter().enumerate().flat_map(|(row, list)| list.iter().enumerate().map(move |(at, &above)| (row, at, above)));
        let shares: Vec<Share> = entries().map(|(row, at, above)| Share::of_fraction(row, at, above, below)).collect();
        let amounts = round(&totals, &caps, &shares);
        let (mut by_row, mut by_column) = (vec![0; rows.len()], vec![0; columns]);
        for ((row, at, above), &amount) in entries().zip(&amounts) {
            prop_assert!((above / below..=above.div_ceil(below)).contains(&u128::from(amount)));
            by_row[row] += amount;
            by_column[at] += amount;
        }
        prop_assert_eq!(by_row, totals);
        prop_assert!(by_column.iter().zip(&caps).all(|(sum, cap)| sum <= cap));
    }

    #[test]
    fn shares_from_floating_point_keep_rows_and_caps(rows in proptest::collection::vec(proptest::collection::vec(0.0..1e6_f64, 3), 1..6), spare in 0..3_u64) {
        let totals: Vec<u64> = rows.iter().map(|row| {
            let sum: f64 = row.iter().sum();
            format!("{sum:.0}").parse().unwrap()
        }).collect();
        let caps: Vec<u64> = (0..3).map(|at| {
            let sum: f64 = rows.iter().map(|row| row[at]).sum();
            format!("{:.0}", sum.ceil()).parse::<u64>().unwrap() + rows.len() as u64 + spare
        }).collect();
        let entries = || rows.iter().enumerate().flat_map(|(row, list)| list.iter().enumerate().map(move |(at, &share)| (row, at, share)));
        let shares: Vec<Share> = entries().map(|(row, at, share)| Share::of_float(row, at, share)).collect();
        let amounts = round(&totals, &caps, &shares);
        let (mut by_row, mut by_column) = (vec![0; rows.len()], [0; 3]);
        for ((row, at, share), &amount) in entries().zip(&amounts) {
            prop_assert!((amount as f64 - share).abs() < 2.0);
            by_row[row] += amount;
            by_column[at] += amount;
        }
        prop_assert_eq!(by_row, totals);
        prop_assert!(by_column.iter().zip(&caps).all(|(sum, cap)| sum <= cap));
    }

    #[test]
    fn no_table_makes_it_panic_or_break_a_cap(
        totals in proptest::collection::vec(any::<u64>(), 0..4), caps in proptest::collection::vec(any::<u64>(), 0..4),
        shares in proptest::collection::vec((0..5_usize, 0..5_usize, any::<u64>(), any::<u32>()), 0..12), amount: f64,
    ) {
        let mut shares: Vec<Share> = shares.into_iter().map(|(row, column, whole, part)| Share { row, column, whole, part }).collect();
        shares.push(Share::of_float(0, 0, amount));
        shares.sort_by_key(|share| (share.row, share.column));
        shares.dedup_by_key(|share| (share.row, share.column));
        let amounts = round(&totals, &caps, &shares);
        for column in 0..5 {
            let sum: u128 = shares.iter().zip(&amounts).filter(|(share, _)| share.column == column).map(|(_, &amount)| u128::from(amount)).sum();
            prop_assert!(sum <= u128::from(caps.get(column).copied().unwrap_or(u64::MAX)));
        }
        for (row, &total) in totals.iter().enumerate() {
            let sum: u128 = shares.iter().zip(&amounts).filter(|(share, _)| share.row == row).map(|(_, &amount)| u128::from(amount)).sum();
            prop_assert!(sum <= u128::from(total));
        }
    }
}

/// What largest parts would do leaves the second row without anybody below a cap: one is pushed aside.
#[test]
fn a_full_column_makes_room() {
    let share = |row, column, above| Share::of_fraction(row, column, above, 10);
    let shares = [
        share(0, 0, 6),
        share(0, 1, 4),
        share(1, 0, 4),
        share(1, 2, 6),
        share(2, 2, 4),
        share(2, 1, 6),
    ];
    let amounts = round(&[1, 1, 1], &[1, 1, 1], &shares);
    assert_eq!(amounts.iter().sum::<u64>(), 3);
    let tight = [share(0, 0, 6), share(0, 1, 4), share(1, 0, 10)];
    assert_eq!(round(&[1, 1], &[1, 1], &tight), [0, 1, 1]);
}
