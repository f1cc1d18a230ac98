//! Amounts split over periods.

use crate::funding::{Columns, Splitter};

/// Parts by period: `weights[k]` of `total` in period k + 1. Never empty, the last one above 0.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Parts {
    weights: Vec<u64>,
    total: u64,
}

/// Room for splitting, and the last split done: most futures repeat it.
#[derive(Clone, Debug, Default)]
pub(super) struct Splitting {
    splitter: Splitter,
    shares: Vec<u64>,
}

impl Parts {
    /// Stated parts; none, or only zeros, is all in the first period.
    pub(super) fn new(stated: &[u32]) -> Self {
        let len = stated
            .iter()
            .rposition(|&part| part > 0)
            .map_or(0, |last| last + 1);
        let weights: Vec<u64> = stated.iter().take(len).map(|&part| u64::from(part)).collect();
        if weights.is_empty() {
            return Self {
                weights: vec![1],
                total: 1,
            };
        }
        Self {
            total: weights.iter().sum(),
            weights,
        }
    }

    /// The number of periods up to the last part.
    pub(super) fn len(&self) -> usize {
        self.weights.len()
    }

    /// The share of period `k`, counted from 0, in the whole.
    pub(super) fn share(&self, k: usize) -> f64 {
        self.weights.get(k).copied().unwrap_or(0) as f64 / self.total as f64
    }

    /// `amount` split over the parts of the first `upto` periods, by largest remainder, ties to the earlier period, as
    /// the schedule on paper does.
    pub(super) fn split<'a>(&self, amount: u64, upto: usize, room: &'a mut Splitting) -> &'a [u64] {
        let weights = self.weights.get(..upto).unwrap_or(&self.weights);
        let total = weights.iter().sum();
        room.splitter.split(amount, weights, total, &mut room.shares);
        &room.shares
    }

    /// What of `amount`, split over all parts, belongs to the first `upto` periods.
    pub(super) fn paid_of(&self, amount: u64, upto: usize, room: &mut Splitting) -> u64 {
        if upto >= self.len() {
            return amount;
        }
        self.split(amount, self.len(), room).iter().take(upto).sum()
    }

    /// Adds `amount`, split over the first `upto` periods and `shift` periods later, to a future's cells of `flows`; what
    /// comes after the last of these columns is returned.
    pub(super) fn add(
        &self,
        amount: u64,
        (upto, shift): (usize, usize),
        (flows, periods, place): (&mut Columns<u64>, usize, usize),
        room: &mut Splitting,
    ) -> u64 {
        let mut later = 0;
        let mut put = |period: usize, share: u64| {
            let cell = flows
                .column_mut(period)
                .get_mut(place)
                .filter(|_| period < periods);
            match cell {
                Some(cell) => *cell += share,
                None => later += share,
            }
        };
        if amount == 0 {
            return 0;
        }
        if self.len() == 1 {
            put(shift, amount);
            return later;
        }
        for (k, &share) in self.split(amount, upto, room).iter().enumerate() {
            put(k + shift, share);
        }
        later
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_those_of_the_schedule_on_paper() {
        let room = &mut Splitting::default();
        assert_eq!(Parts::new(&[]), Parts::new(&[0, 0]));
        assert_eq!(Parts::new(&[]), Parts::new(&[7]).clone_with_total_one());
        let thirds = Parts::new(&[1, 1, 1, 0]);
        assert_eq!((thirds.len(), thirds.split(100, 3, room)), (3, &[34, 33, 33][..]));
        assert_eq!(thirds.split(100, 2, room), &[50, 50]);
        assert_eq!(
            [0, 1, 2, 3].map(|upto| thirds.paid_of(100, upto, room)),
            [0, 34, 67, 100]
        );
        let mut flows = Columns::new(3);
        flows.set_len(2);
        let later = thirds.add(100, (3, 1), (&mut flows, 3, 1), room);
        let cells = [0, 1, 2].map(|period| flows.column(period)[1]);
        assert_eq!((cells, later), ([0, 34, 33], 33));
    }

    impl Parts {
        fn clone_with_total_one(&self) -> Self {
            Self {
                weights: vec![1],
                total: u64::from(self.total > 0),
            }
        }
    }
}
