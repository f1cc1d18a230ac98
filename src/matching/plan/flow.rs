//! Minimum-cost flow from givers to receivers: what is unmet first, then cost, then (by a heuristic) fewer
//! transfers.

use super::PlanError;
use super::simplex::{Basis, NO_LANE};
use serde::{Deserialize, Serialize};

/// The most one unit may cost: 10⁹.
pub const MAX_COST: u64 = 1_000_000_000;
/// The most all offers, or all needs, of one kind may sum to: 10¹⁹, ten thousand quantities of 10¹⁵. Its
/// square fits 128 bits, which the fair option needs.
pub const MAX_TOTAL: u64 = 10_000_000_000_000_000_000;
/// The most lanes of one kind: 2²³, about 200 MB while it is solved.
pub const MAX_LANES: usize = 1 << 23;

/// Where something may go, at what cost per unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Lane {
    pub from: u32,
    pub to: u32,
    pub cost: u32,
}

impl Lane {
    pub fn giver(self) -> usize {
        self.from as usize
    }

    pub fn receiver(self) -> usize {
        self.to as usize
    }
}

/// What givers have, what receivers lack, and which giver may supply which receiver at what cost.
///
/// Givers and receivers are numbered from 0 in the order given; lanes lie in ascending order of (giver,
/// receiver), at most one a pair. Quantities are in the unit of the kind and may be 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transport {
    offers: Vec<u64>,
    needs: Vec<u64>,
    lanes: Vec<Lane>,
}

impl Transport {
    /// An instance with the lanes (giver, receiver, cost per unit); of two lanes of one pair the cheaper
    /// counts.
    ///
    /// O(m log m) for m lanes.
    ///
    /// # Errors
    /// [`PlanError::LaneInvalid`], [`PlanError::CostTooLarge`], [`PlanError::TotalTooLarge`],
    /// [`PlanError::TooManyPairs`].
    pub fn new(
        offers: Vec<u64>,
        needs: Vec<u64>,
        lanes: impl IntoIterator<Item = (usize, usize, u64)>,
    ) -> Result<Self, PlanError> {
        let (givers, receivers) = (offers.len(), needs.len());
        if total(&offers).is_none() || total(&needs).is_none() {
            return Err(PlanError::TotalTooLarge);
        }
        let mut read = Vec::new();
        for (from, to, cost) in lanes {
            if from >= givers || to >= receivers {
                return Err(PlanError::LaneInvalid { from, to });
            }
            if cost > MAX_COST {
                return Err(PlanError::CostTooLarge { cost });
            }
            let lane = (u32::try_from(from), u32::try_from(to), u32::try_from(cost));
            let ((Ok(from), Ok(to), Ok(cost)), true) = (lane, read.len() < MAX_LANES) else {
                return Err(PlanError::TooManyPairs { givers, receivers });
            };
            read.push(Lane { from, to, cost });
        }
        if !read.is_sorted() {
            read.sort_unstable();
        }
        read.dedup_by_key(|lane| (lane.from, lane.to));
        Ok(Self {
            offers,
            needs,
            lanes: read,
        })
    }

    /// An instance in which `cost` says what a pair (giver, receiver) costs per unit, `None` where nothing
    /// may go.
    ///
    /// O(n · m) calls for n givers and m receivers.
    ///
    /// # Errors
    /// As [`Transport::new`].
    pub fn by_pair(
        offers: Vec<u64>,
        needs: Vec<u64>,
        mut cost: impl FnMut(usize, usize) -> Option<u64>,
    ) -> Result<Self, PlanError> {
        let (givers, receivers) = (offers.len(), needs.len());
        let pairs = (0..givers).flat_map(|from| (0..receivers).map(move |to| (from, to)));
        let lanes = pairs.filter_map(|(from, to)| cost(from, to).map(|cost| (from, to, cost)));
        Self::new(offers, needs, lanes)
    }

    /// How much each giver has.
    pub fn offers(&self) -> &[u64] {
        &self.offers
    }

    /// How much each receiver lacks.
    pub fn needs(&self) -> &[u64] {
        &self.needs
    }

    /// Every lane as (giver, receiver, cost), ascending.
    pub fn lanes(&self) -> impl Iterator<Item = (usize, usize, u64)> + '_ {
        self.lanes
            .iter()
            .map(|lane| (lane.giver(), lane.receiver(), u64::from(lane.cost)))
    }

    pub(super) fn all_lanes(&self) -> &[Lane] {
        &self.lanes
    }

    /// The same lanes with other needs, each at most what it was.
    pub(super) fn with_needs(&self, needs: Vec<u64>) -> Self {
        Self {
            offers: self.offers.clone(),
            needs,
            lanes: self.lanes.clone(),
        }
    }

    /// What an unmet unit is priced at: more than any detour can cost, so that unmet comes first.
    ///
    /// One unit more delivered changes the flow along a path that visits every giver and receiver at most
    /// once; it costs at most min(givers, receivers) times the dearest lane.
    pub(super) fn unmet_price(&self) -> i64 {
        let dearest = self
            .lanes
            .iter()
            .map(|lane| i64::from(lane.cost))
            .max()
            .unwrap_or(0);
        let hops = i64::try_from(self.offers.len().min(self.needs.len())).unwrap_or(i64::MAX);
        dearest.saturating_mul(hops).saturating_add(1)
    }
}

/// The sum, unless it exceeds [`MAX_TOTAL`].
pub(super) fn total(quantities: &[u64]) -> Option<u64> {
    quantities
        .iter()
        .try_fold(0_u64, |sum, &one| sum.checked_add(one))
        .filter(|&sum| sum <= MAX_TOTAL)
}

/// Some of the kind from one giver to one receiver.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flow {
    /// The giver's number.
    pub from: usize,
    /// The receiver's number.
    pub to: usize,
    /// How much, above 0.
    pub quantity: u64,
}

/// The dual solution: what proves that nothing better exists.
///
/// With prices q of what givers have and p of what receivers lack, of every plan
/// cost + unmet price · unmet ≥ Σ pⱼnⱼ − Σ qᵢoᵢ (weak duality), and a plan that reaches it is optimal. Read
/// as money: one more unit offered by i would save qᵢ, one unit less needed by j would save pⱼ.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Certificate {
    /// What an unmet unit is priced at; more than any detour can cost.
    pub unmet_price: i64,
    /// q, by giver, each at least 0. Empty for kinds that are not rival: offers are not used up.
    pub offer_prices: Vec<i64>,
    /// p, by receiver, each at most `unmet_price`.
    pub need_prices: Vec<i64>,
}

/// Who gives how much to whom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shipment {
    /// By giver, then receiver.
    pub flows: Vec<Flow>,
    /// By receiver: how much it still lacks.
    pub unmet: Vec<u64>,
    /// Σ cost · quantity.
    pub cost: u128,
    /// Why nothing better exists.
    pub certificate: Certificate,
}

/// The cheapest of the plans that leave least unmet, for something that is used up by giving.
///
/// Minimises Σⱼ uⱼ, then Σ cᵢⱼ fᵢⱼ, subject to Σⱼ fᵢⱼ ≤ oᵢ, Σᵢ fᵢⱼ + uⱼ = nⱼ, f, u ≥ 0, over the lanes. Then
/// the number of transfers is lowered without touching either sum or anybody's uⱼ, by cancelling cycles of
/// cost 0 while one leaves fewer transfers; never more than givers + receivers − 1, not claimed minimal
/// (fixed-charge flow is NP-hard).
///
/// Shape: n givers, m receivers, prices n and m. Units: the kind's own; whole numbers stay whole. Order:
/// flows by giver, then receiver; which of several optimal plans is returned is fixed by the order of the
/// lanes. Cost: some (n + m) pivots in practice, each a part of the lanes and a subtree; finite always, no
/// polynomial bound. No errors.
///
/// ```
/// use gotong::matching::plan::{Transport, min_cost_flow};
///
/// // Two village co-operatives hold 40 and 70 sacks of rice; three kitchens need 30, 50 and 40 of them. Per
/// // sack and hour on the road: 1, 4 and 3 from the first, 2, 2 and 6 from the second.
/// let hours = [[1, 4, 3], [2, 2, 6]];
/// let rice = Transport::by_pair(vec![40, 70], vec![30, 50, 40], |from, to| Some(hours[from][to])).unwrap();
/// let plan = min_cost_flow(&rice);
/// assert_eq!(plan.unmet.iter().sum::<u64>(), 10);
/// // 20 · 2 + 50 · 2 from the second; 10 · 1 + 30 · 3 from the first.
/// assert_eq!(plan.cost, 240);
/// ```
///
/// Source: network simplex with strongly feasible trees (W. H. Cunningham, A network simplex method, 1976)
/// and block search (Z. Király, P. Kovács, Efficient implementations of minimum-cost flow algorithms, 2012).
/// Deviations: lanes have no capacity of their own, and the artificial arcs are the plan's own "left over"
/// and "unmet", so that every basis is a plan.
pub fn min_cost_flow(transport: &Transport) -> Shipment {
    let wide = |list: &[u64]| list.iter().map(|&one| u128::from(one)).collect::<Vec<_>>();
    let mut basis = Basis::new(
        &wide(&transport.offers),
        &wide(&transport.needs),
        &transport.lanes,
        transport.unmet_price(),
    );
    basis.solve();
    super::fewer::fewer_transfers(&mut basis);
    shipment(transport, &basis)
}

fn shipment(transport: &Transport, basis: &Basis) -> Shipment {
    let givers = transport.offers.len();
    let narrow = |flow: u128| u64::try_from(flow).unwrap_or(u64::MAX);
    let mut flows: Vec<(usize, Flow)> = basis
        .tree_flows()
        .filter(|&(_, lane, flow)| lane != NO_LANE && flow > 0)
        .map(|(_, lane, flow)| {
            let Lane { from, to, .. } = transport.lanes[lane];
            let flow = Flow {
                from: from as usize,
                to: to as usize,
                quantity: narrow(flow),
            };
            (lane, flow)
        })
        .collect();
    // Lanes lie by giver, then receiver.
    crate::order::sort_by_key(&mut flows, |&(lane, _)| lane);
    let cost = flows.iter().fold(0_u128, |sum, (lane, flow)| {
        sum.saturating_add(u128::from(flow.quantity) * u128::from(transport.lanes[*lane].cost))
    });
    let mut unmet = vec![0; transport.needs.len()];
    for (node, lane, flow) in basis.tree_flows() {
        if lane == NO_LANE && node >= givers {
            unmet[node - givers] = narrow(flow);
        }
    }
    let (offer_prices, need_prices) = basis.prices();
    Shipment {
        flows: flows.into_iter().map(|(_, flow)| flow).collect(),
        unmet,
        cost,
        certificate: Certificate {
            unmet_price: basis.unmet_price(),
            offer_prices,
            need_prices,
        },
    }
}
