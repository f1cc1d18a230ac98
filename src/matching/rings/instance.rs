//! Who can supply whom, and the rings and chains that follow from it.

use super::RingError;
use crate::matching::ragged::Ragged;
use std::collections::BTreeMap;

/// The shortest limit a search accepts: two organisations that serve each other.
pub const MIN_LENGTH: usize = 2;
/// The longest limit a search accepts. A ring holds only while every member delivers; longer ones break too easily.
pub const MAX_LENGTH: usize = 5;
/// The most members of an instance: the relaxation keeps a matrix of their square (32 MB here).
pub const MAX_MEMBERS: usize = 2000;
/// The largest magnitude of an arc's value, so that no sum of a ring overflows.
pub const MAX_VALUE: i64 = 1_000_000_000_000_000;

/// A directed graph whose arc i → j of value w says that i can supply a need of j, and who may give without
/// receiving.
///
/// Shape: `n` members, 0 to n − 1; of several arcs i → j the largest value counts. A *ring* is a simple cycle of at
/// most `max_length` arcs; a *chain* is a simple path of one to `max_length` arcs that starts at a gift. An arc into
/// a gift is not forbidden: who needs nothing in return may still be given something. Values are any whole unit and
/// may be negative (an arc that costs more than it serves); a ring counts if its sum is above 0.
#[derive(Clone, Debug)]
pub struct Instance {
    members: usize,
    max_length: usize,
    /// Receivers in ascending order with the value of the arc.
    pub(super) out: Ragged<(usize, i64)>,
    pub(super) gifts: Vec<bool>,
}

impl Instance {
    /// The instance of these arcs `(from, to, value)`, in any order.
    ///
    /// Cost: O(m log m) for m arcs.
    ///
    /// # Errors
    /// [`RingError`]: a length outside [`MIN_LENGTH`] to [`MAX_LENGTH`], too many members, the first arc (in the order
    /// given) that is out of range, a loop or too large, the first gift out of range.
    pub fn new(
        members: usize,
        arcs: &[(usize, usize, i64)],
        gifts: &[usize],
        max_length: usize,
    ) -> Result<Self, RingError> {
        if !(MIN_LENGTH..=MAX_LENGTH).contains(&max_length) {
            return Err(RingError::LengthOutOfRange { length: max_length });
        }
        if members > MAX_MEMBERS {
            return Err(RingError::TooManyMembers { members });
        }
        let mut best: BTreeMap<(usize, usize), i64> = BTreeMap::new();
        for (arc, &(from, to, value)) in arcs.iter().enumerate() {
            if from >= members || to >= members {
                return Err(RingError::ArcOutOfRange { arc, from, to });
            }
            if from == to {
                return Err(RingError::SelfLoop { arc, member: from });
            }
            if value.unsigned_abs() > MAX_VALUE.unsigned_abs() {
                return Err(RingError::ValueOutOfRange { arc, from, to });
            }
            let known = best.entry((from, to)).or_insert(value);
            *known = value.max(*known);
        }
        let mut is_gift = vec![false; members];
        for &gift in gifts {
            *is_gift.get_mut(gift).ok_or(RingError::GiftOutOfRange { gift })? = true;
        }
        let rows = best
            .into_iter()
            .map(|((from, to), value)| (from, (to, value)))
            .collect();
        Ok(Self {
            members,
            max_length,
            out: Ragged::grouped(members, rows),
            gifts: is_gift,
        })
    }

    /// How many members.
    pub fn members(&self) -> usize {
        self.members
    }

    /// The most arcs of a ring or a chain.
    pub fn max_length(&self) -> usize {
        self.max_length
    }

    /// Whether `member` may start a chain.
    pub fn is_gift(&self, member: usize) -> bool {
        self.gifts.get(member).copied().unwrap_or(false)
    }

    /// The value of the arc `from` → `to`; `None` where there is none.
    pub fn value(&self, from: usize, to: usize) -> Option<i64> {
        let row = self.out.row(from);
        let at = row.binary_search_by_key(&to, |&(to, _)| to).ok()?;
        row.get(at).map(|&(_, value)| value)
    }

    /// The same instance with only the members `keep` says yes to; the others keep their numbers without arcs.
    #[must_use]
    pub fn restricted(&self, keep: impl Fn(usize) -> bool) -> Self {
        let mut out = Ragged::new();
        for from in 0..self.members {
            let row = self.out.row(from).iter().copied();
            out.push(row.filter(|&(to, _)| keep(from) && keep(to)));
        }
        Self {
            members: self.members,
            max_length: self.max_length,
            out,
            gifts: (0..self.members)
                .map(|one| keep(one) && self.is_gift(one))
                .collect(),
        }
    }
}
