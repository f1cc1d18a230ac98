//! Fewer transfers at the same cost: a heuristic, since the fewest is NP-hard.

use super::simplex::{Basis, Entering, NO_LANE};

/// The most tree arcs looked at, some tenths of a second; the plan is as good as it is then.
const STEP_LIMIT: u64 = 20_000_000;

/// Pivots over arcs of reduced cost 0 (cycles that cost nothing) while one leaves fewer transfers, round
/// after round in the order of the lanes, then of what givers have left over. Cycles through what is unmet
/// are left alone: nobody loses what the plan gave them. O(lanes · depth) a round, each round but the last
/// saves a transfer.
pub(super) fn fewer_transfers(basis: &mut Basis) {
    let lanes = basis.lanes();
    let all = lanes.len() + basis.givers();
    let (mut steps, mut since, mut index) = (0, 0, 0);
    while since < all && steps < STEP_LIMIT {
        let entering = if index < lanes.len() {
            basis.entering_lane(index)
        } else {
            basis.entering_root(index - lanes.len())
        };
        let idle = lanes.get(index).is_some_and(|&lane| basis.is_idle(lane));
        steps += 1;
        since += 1;
        index = (index + 1) % all;
        if !idle && basis.gain(entering) == 0 && saves(basis, entering, &mut steps) {
            basis.pivot(entering);
            since = 0;
        }
    }
}

/// Whether the cycle of `entering` leaves fewer transfers than it finds.
fn saves(basis: &Basis, entering: Entering, steps: &mut u64) -> bool {
    let (mut delta, mut ended, mut begun) = (u128::MAX, 0_usize, 0_usize);
    let mut through_unmet = false;
    basis.around(entering, |node, _, grows| {
        *steps += 1;
        let (flow, is_transfer) = (basis.flow_of(node), basis.lane_of(node) != NO_LANE);
        through_unmet |= !is_transfer && node >= basis.givers();
        if grows {
            begun += usize::from(is_transfer && flow == 0);
        } else if flow < delta {
            (delta, ended) = (flow, usize::from(is_transfer));
        } else if flow == delta {
            ended += usize::from(is_transfer);
        }
    });
    begun += usize::from(entering.lane != NO_LANE);
    !through_unmet && delta > 0 && ended > begun
}
