//! What is not used up by giving: every receiver may get up to the whole offer of every giver.

use super::flow::{Certificate, Flow, Lane, Shipment, Transport};
use std::cmp::Reverse;

/// The cheapest of the plans that leave least unmet, for something giving does not use up (a permit, a
/// dataset).
///
/// Minimises Σⱼ uⱼ, then Σ cᵢⱼ fᵢⱼ, then the number of transfers, subject to fᵢⱼ ≤ oᵢ, Σᵢ fᵢⱼ + uⱼ = nⱼ, over
/// the lanes: receivers do not compete, so each is filled by itself, from the cheapest lane on, of equally
/// cheap ones from the largest offer on, which here is exactly the fewest transfers.
///
/// With `may_overlap` two offers may be of the same thing (villages known), and what is covered is the
/// interval [max, sum]. Then the low end comes first: somebody with the largest offer (up to the need) gives
/// all of it, the cheapest such giver; the others fill the rest as above. A need of n with offers of 8 and 5
/// is covered between 8 and min(n, 13).
///
/// Shape: `offer_prices` is empty, `need_prices` m. Order: flows by giver, then receiver; of equal lanes the
/// earlier giver. Cost: O(m log m) for m lanes. No errors.
///
/// ```
/// use gotong::matching::plan::{Transport, share_flow};
///
/// // The health office has 3 datasets, the university 5; clinics need 4 and 6. Both may have all of them.
/// let data = Transport::by_pair(vec![3, 5], vec![4, 6], |_, _| Some(0)).unwrap();
/// let plan = share_flow(&data, false);
/// assert_eq!(plan.unmet, [0, 0]);
/// let received: Vec<_> = plan.flows.iter().map(|flow| (flow.from, flow.to, flow.quantity)).collect();
/// assert_eq!(received, [(0, 1, 1), (1, 0, 4), (1, 1, 5)]);
/// ```
///
/// Source: the continuous knapsack, filled by cost (Dantzig, Discrete-variable extremum problems, 1957).
pub fn share_flow(transport: &Transport, may_overlap: bool) -> Shipment {
    let offers = transport.offers();
    let mut into: Vec<Vec<Lane>> = vec![Vec::new(); transport.needs().len()];
    for &lane in transport.all_lanes() {
        if offers[lane.giver()] > 0 {
            into[lane.receiver()].push(lane);
        }
    }
    let unmet_price = transport.unmet_price();
    let mut flows = Vec::new();
    let (mut unmet, mut need_prices) = (Vec::new(), Vec::new());
    let mut cost = 0_u128;
    for (mut lanes, &need) in into.into_iter().zip(transport.needs()) {
        let offer = |lane: &Lane| offers[lane.giver()];
        lanes.sort_by_key(|lane| (lane.cost, Reverse(offer(lane))));
        if may_overlap {
            let largest = lanes.iter().map(offer).max().unwrap_or(0).min(need);
            // The cheapest lies first; behind it nothing changes places.
            if let Some(at) = lanes.iter().position(|lane| offer(lane) >= largest) {
                lanes[..=at].rotate_right(1);
            }
        }
        let mut left = need;
        let mut price = 0;
        for (index, lane) in lanes.iter().enumerate() {
            let quantity = left.min(offer(lane));
            if quantity == 0 {
                break;
            }
            left -= quantity;
            cost = cost.saturating_add(u128::from(quantity) * u128::from(lane.cost));
            if !(may_overlap && index == 0) {
                price = i64::from(lane.cost);
            }
            flows.push(Flow {
                from: lane.giver(),
                to: lane.receiver(),
                quantity,
            });
        }
        need_prices.push(if left > 0 { unmet_price } else { price });
        unmet.push(left);
    }
    crate::order::sort_by_key(&mut flows, |flow| (flow.from, flow.to));
    Shipment {
        flows,
        unmet,
        cost,
        certificate: Certificate {
            unmet_price,
            offer_prices: Vec::new(),
            need_prices,
        },
    }
}
