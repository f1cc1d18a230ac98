//! Whether a plan is what it says, by code that did not find it.

use super::fair::{FairShares, Ratio};
use super::flow::{Shipment, Transport};
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// What is wrong with a plan. Numbers are those of the instance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Fault {
    /// A list has another length than the instance.
    Shape,
    /// A transfer where nothing may go, of nothing, or named twice.
    Lane {
        /// The giver.
        from: usize,
        /// The receiver.
        to: usize,
    },
    /// A giver sends more than it has.
    Offer {
        /// The giver.
        from: usize,
    },
    /// Received and unmet do not sum to the need.
    Need {
        /// The receiver.
        to: usize,
    },
    /// The cost is not Σ cost · quantity.
    Cost,
    /// The price of what is unmet does not put it before cost.
    UnmetPrice,
    /// A giver's price is negative, or not 0 though something is left over.
    OfferPrice {
        /// The giver.
        from: usize,
    },
    /// A receiver's price is above that of what is unmet, or below it though something is unmet.
    NeedPrice {
        /// The receiver.
        to: usize,
    },
    /// A lane is cheaper than the prices at its ends, or used though it is dearer.
    ReducedCost {
        /// The giver.
        from: usize,
        /// The receiver.
        to: usize,
    },
    /// The value of the plan is not that of its prices.
    Duality,
    /// Where offers may overlap: no largest offer is given in full.
    Overlap {
        /// The receiver.
        to: usize,
    },
    /// A receiver could have more at the expense of one that has a larger part of its need, or of nobody.
    Unfair {
        /// The receiver.
        to: usize,
    },
    /// The answer names somebody or some kind that is not in the question, or not in the documented order.
    Stranger,
    /// A figure beside the flows does not follow from them.
    Summary,
}

impl Fault {
    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Shape => "shape",
            Self::Lane { .. } => "lane",
            Self::Offer { .. } => "offer",
            Self::Need { .. } => "need",
            Self::Cost => "cost",
            Self::UnmetPrice => "unmet-price",
            Self::OfferPrice { .. } => "offer-price",
            Self::NeedPrice { .. } => "need-price",
            Self::ReducedCost { .. } => "reduced-cost",
            Self::Duality => "duality",
            Self::Overlap { .. } => "overlap",
            Self::Unfair { .. } => "unfair",
            Self::Stranger => "stranger",
            Self::Summary => "summary",
        }
    }
}

type Flows = BTreeMap<(usize, usize), u64>;

/// The flows by pair, and every fault of shape, lanes, needs and cost.
fn conserved(transport: &Transport, shipment: &Shipment, faults: &mut Vec<Fault>) -> Option<Flows> {
    let needs = transport.needs();
    if shipment.unmet.len() != needs.len() || shipment.certificate.need_prices.len() != needs.len() {
        faults.push(Fault::Shape);
        return None;
    }
    let mut flows = Flows::new();
    for flow in &shipment.flows {
        let pair = (flow.from, flow.to);
        if flow.quantity == 0 || flows.insert(pair, flow.quantity).is_some() {
            faults.push(Fault::Lane {
                from: flow.from,
                to: flow.to,
            });
        }
    }
    let mut received: Vec<u128> = shipment.unmet.iter().map(|&unmet| u128::from(unmet)).collect();
    let (mut cost, mut on_lanes) = (0_u128, 0);
    for (from, to, each) in transport.lanes() {
        if let Some(&quantity) = flows.get(&(from, to)) {
            on_lanes += 1;
            received[to] += u128::from(quantity);
            cost += u128::from(quantity) * u128::from(each);
        }
    }
    if on_lanes != flows.len() {
        let lanes: BTreeMap<_, _> = transport.lanes().map(|(from, to, _)| ((from, to), ())).collect();
        let strange = flows.keys().filter(|pair| !lanes.contains_key(pair));
        faults.extend(strange.map(|&(from, to)| Fault::Lane { from, to }));
    }
    for (to, (received, &need)) in received.iter().zip(needs).enumerate() {
        if *received != u128::from(need) {
            faults.push(Fault::Need { to });
        }
    }
    if cost != shipment.cost {
        faults.push(Fault::Cost);
    }
    // min(givers, receivers) lanes of the dearest kind must be cheaper than one unit unmet.
    let dearest = transport.lanes().map(|(_, _, each)| each).max().unwrap_or(0);
    let hops = transport.offers().len().min(needs.len()) as u128;
    let price = i128::from(shipment.certificate.unmet_price);
    if !u128::try_from(price).is_ok_and(|price| price > hops * u128::from(dearest)) {
        faults.push(Fault::UnmetPrice);
    }
    Some(flows)
}

fn need_prices(transport: &Transport, shipment: &Shipment, faults: &mut Vec<Fault>) {
    let top = shipment.certificate.unmet_price;
    for to in 0..transport.needs().len() {
        let price = shipment.certificate.need_prices[to];
        if price > top || shipment.unmet[to] > 0 && price < top {
            faults.push(Fault::NeedPrice { to });
        }
    }
}

/// Every fault of a plan for something that is used up by giving; empty if it is feasible to the unit and
/// optimal.
///
/// Checks f on lanes only and above 0, Σⱼ fᵢⱼ ≤ oᵢ, Σᵢ fᵢⱼ + uⱼ = nⱼ, the cost; then that the prices prove
/// it: q ≥ 0, 0 where something is left over; p ≤ unmet price, equal where something is unmet; p − q ≤ c on
/// every lane, equal where something flows (complementary slackness), both sides of the duality equal; and
/// that the unmet price puts unmet first. Shares no code with the solver. O(lanes · log flows).
///
/// ```
/// use gotong::matching::plan::{Transport, min_cost_flow, verify};
///
/// // A printer gives 5 boxes of books to the far school although the near one is cheaper to reach.
/// let books = Transport::new(vec![5], vec![5, 5], [(0, 0, 1), (0, 1, 3)]).unwrap();
/// let mut plan = min_cost_flow(&books);
/// assert!(verify(&books, &plan).is_empty());
/// plan.flows[0].to = 1;
/// plan.unmet.swap(0, 1);
/// plan.cost = 15;
/// assert!(!verify(&books, &plan).is_empty());
/// ```
///
/// Source: linear programming duality (Ahuja, Magnanti, Orlin, Network Flows, 1993, theorem 9.4).
pub fn verify(transport: &Transport, shipment: &Shipment) -> Vec<Fault> {
    let mut faults = Vec::new();
    let offers = transport.offers();
    let certificate = &shipment.certificate;
    if certificate.offer_prices.len() != offers.len() {
        return vec![Fault::Shape];
    }
    let Some(flows) = conserved(transport, shipment, &mut faults) else {
        return faults;
    };
    let mut sent = vec![0_u128; offers.len()];
    for (&(from, _), &quantity) in &flows {
        if let Some(sent) = sent.get_mut(from) {
            *sent += u128::from(quantity);
        }
    }
    for (from, (&sent, &offer)) in sent.iter().zip(offers).enumerate() {
        if sent > u128::from(offer) {
            faults.push(Fault::Offer { from });
        }
        let price = certificate.offer_prices[from];
        if price < 0 || price > 0 && sent < u128::from(offer) {
            faults.push(Fault::OfferPrice { from });
        }
    }
    need_prices(transport, shipment, &mut faults);
    for (from, to, cost) in transport.lanes() {
        let gain = i128::from(certificate.need_prices[to]) - i128::from(certificate.offer_prices[from]);
        let used = flows.contains_key(&(from, to));
        match gain.cmp(&i128::from(cost)) {
            Ordering::Greater => faults.push(Fault::ReducedCost { from, to }),
            Ordering::Less if used => faults.push(Fault::ReducedCost { from, to }),
            _ => {}
        }
    }
    if faults.is_empty() && !dual(transport, shipment) {
        faults.push(Fault::Duality);
    }
    faults
}

/// cost + unmet price · unmet = Σ pn − Σ qo. It follows from the other checks; a second look at the
/// arithmetic.
fn dual(transport: &Transport, shipment: &Shipment) -> bool {
    let value = |prices: &[i64], quantities: &[u64]| -> i128 {
        let pairs = prices.iter().zip(quantities);
        pairs
            .map(|(&price, &quantity)| i128::from(price) * i128::from(quantity))
            .sum()
    };
    let certificate = &shipment.certificate;
    let unmet: i128 = shipment.unmet.iter().map(|&unmet| i128::from(unmet)).sum();
    let earned = value(&certificate.need_prices, transport.needs());
    let paid = value(&certificate.offer_prices, transport.offers());
    i128::try_from(shipment.cost)
        .is_ok_and(|cost| cost + i128::from(certificate.unmet_price) * unmet == earned - paid)
}

/// Every fault of a plan for something that giving does not use up.
///
/// As [`verify`], with fᵢⱼ ≤ oᵢ for every lane instead of Σⱼ fᵢⱼ ≤ oᵢ: a lane cheaper than the receiver's
/// price is full, a dearer one empty. With `may_overlap` the cheapest of the givers with the largest offer
/// (up to the need) gives all of it, and the rest is checked so.
pub fn verify_shared(transport: &Transport, shipment: &Shipment, may_overlap: bool) -> Vec<Fault> {
    let mut faults = Vec::new();
    let Some(flows) = conserved(transport, shipment, &mut faults) else {
        return faults;
    };
    need_prices(transport, shipment, &mut faults);
    let mut largest = vec![0; transport.needs().len()];
    for (from, to, _) in transport.lanes() {
        largest[to] = transport.offers()[from]
            .min(transport.needs()[to])
            .max(largest[to]);
    }
    let flow = |from, to| flows.get(&(from, to)).copied().unwrap_or(0);
    // By receiver: the cost of the cheapest lane that could carry the largest amount, and who carries it at
    // that cost.
    let mut cheapest = vec![u64::MAX; largest.len()];
    for (from, to, cost) in transport.lanes() {
        if transport.offers()[from] >= largest[to] {
            cheapest[to] = cheapest[to].min(cost);
        }
    }
    let mut anchor = vec![None; largest.len()];
    if may_overlap {
        for (from, to, cost) in transport.lanes() {
            if anchor[to].is_none() && cost == cheapest[to] && flow(from, to) == largest[to] {
                anchor[to] = Some(from);
            }
        }
        let bare = (0..largest.len()).filter(|&to| largest[to] > 0 && anchor[to].is_none());
        faults.extend(bare.map(|to| Fault::Overlap { to }));
    }
    for (from, to, cost) in transport.lanes() {
        let (quantity, offer) = (flow(from, to), transport.offers()[from]);
        if quantity > offer {
            faults.push(Fault::Offer { from });
        }
        let fits = match i128::from(shipment.certificate.need_prices[to]).cmp(&i128::from(cost)) {
            Ordering::Greater => quantity == offer,
            Ordering::Less => quantity == 0,
            Ordering::Equal => true,
        };
        if !fits && anchor[to] != Some(from) {
            faults.push(Fault::ReducedCost { from, to });
        }
    }
    faults
}

/// Every receiver whose share is not fair, given who in fact supplies whom.
///
/// Nobody who is short can be given one more unit, by any chain of changes, but at the expense of somebody
/// who would then be worse off than they (whole numbers), or whose exact coverage is at most theirs
/// (fractions, where besides everybody is within one unit of the exact amount). For these systems no single
/// exchange that helps means no better shares (Frank, Murota 2022). `shipment` delivers the amounts over the
/// lanes of `transport`, which has the full needs. O(lanes + m log m).
pub fn verify_fair(transport: &Transport, shipment: &Shipment, shares: &FairShares) -> Vec<Fault> {
    let (offers, needs) = (transport.offers(), transport.needs());
    let amounts = &shares.amounts;
    let fractions = !shares.exact.is_empty();
    if amounts.len() != needs.len() || fractions && shares.exact.len() != needs.len() {
        return vec![Fault::Shape];
    }
    let mut faults = Vec::new();
    let mut spare: Vec<u64> = offers.to_vec();
    let mut served: Vec<Vec<usize>> = vec![Vec::new(); offers.len()];
    let mut suppliers: Vec<Vec<usize>> = vec![Vec::new(); needs.len()];
    for flow in shipment.flows.iter().filter(|flow| flow.from < offers.len()) {
        spare[flow.from] = spare[flow.from].saturating_sub(flow.quantity);
        served[flow.from].push(flow.to);
    }
    for (from, to, _) in transport.lanes() {
        suppliers[to].push(from);
    }
    let ratio = |to: usize| match shares.exact.get(to) {
        Some(&exact) => exact,
        None => [amounts[to], needs[to]],
    };
    // Who is worst off first. Whoever it can take from, nobody after it may take from with more right; so
    // what one search has seen the next need not see again.
    let mut order: Vec<usize> = (0..needs.len()).filter(|&to| amounts[to] < needs[to]).collect();
    crate::order::sort_by(&mut order, |&a, &b| {
        compare(ratio(a), ratio(b)).then(needs[a].cmp(&needs[b]))
    });
    let rounded = |to: &usize| {
        let exact = shares.exact.get(*to);
        exact.is_some_and(|&exact| !within_one(amounts[*to], needs[*to], exact))
    };
    let strange = (0..needs.len()).filter(rounded);
    faults.extend(strange.map(|to| Fault::Unfair { to }));
    let (mut seen_giver, mut seen_receiver) = (vec![false; offers.len()], vec![false; needs.len()]);
    for to in order {
        let exact = shares.exact.get(to).copied();
        let mut stack = vec![to];
        let mut fair = true;
        while let Some(short) = stack.pop() {
            for &giver in &suppliers[short] {
                if std::mem::replace(&mut seen_giver[giver], true) {
                    continue;
                }
                fair &= spare[giver] == 0;
                for &other in &served[giver] {
                    if other >= needs.len() || std::mem::replace(&mut seen_receiver[other], true) {
                        continue;
                    }
                    fair &= other == to
                        || match exact {
                            Some(exact) => compare(ratio(other), exact) != Ordering::Greater,
                            None => !helps([amounts[to], needs[to]], [amounts[other], needs[other]]),
                        };
                    stack.push(other);
                }
            }
        }
        if !fair {
            faults.push(Fault::Unfair { to });
        }
    }
    faults
}

/// Whether a unit from `rich` to `poor` (amount, need) makes the sorted pair of coverages larger.
fn helps(poor: Ratio, rich: Ratio) -> bool {
    let [amount, need] = rich;
    amount > 0
        && match compare([amount - 1, need], poor) {
            Ordering::Greater => true,
            Ordering::Equal => compare([poor[0] + 1, poor[1]], rich) == Ordering::Greater,
            Ordering::Less => false,
        }
}

fn compare([a, b]: Ratio, [c, d]: Ratio) -> Ordering {
    (u128::from(a) * u128::from(d)).cmp(&(u128::from(c) * u128::from(b)))
}

/// Whether `amount` is the exact amount rounded down or up.
fn within_one(amount: u64, need: u64, [part, whole]: Ratio) -> bool {
    let exact = u128::from(need) * u128::from(part);
    let (amount, whole) = (u128::from(amount), u128::from(whole));
    exact < (amount + 1) * whole && amount * whole < exact + whole
}
