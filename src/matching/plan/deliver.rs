//! One kind, whatever its flags: the plan for it and its check.

use super::check::{Fault, verify, verify_fair, verify_shared};
use super::fair::{FairShares, fair_shares};
use super::flow::{Shipment, Transport, min_cost_flow};
use super::shared::share_flow;

/// How a kind may be given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sharing {
    /// Giving uses it up.
    Rival,
    /// Giving uses it up, and what is scarce is shared fairly.
    Fair { divisible: bool },
    /// Everybody may have it.
    Shared { may_overlap: bool },
}

/// The plan for one kind; under the fair option with the shares, of which `shipment` is the cheapest
/// delivery.
pub(super) fn deliver(transport: &Transport, sharing: Sharing) -> (Shipment, Option<FairShares>) {
    match sharing {
        Sharing::Rival => (min_cost_flow(transport), None),
        Sharing::Shared { may_overlap } => (share_flow(transport, may_overlap), None),
        Sharing::Fair { divisible } => {
            let shares = fair_shares(transport, divisible);
            let mut shipment = min_cost_flow(&transport.with_needs(shares.amounts.clone()));
            let held_back = transport.needs().iter().zip(&shares.amounts);
            for (unmet, (&need, &amount)) in shipment.unmet.iter_mut().zip(held_back) {
                *unmet += need.saturating_sub(amount);
            }
            (shipment, Some(shares))
        }
    }
}

/// Every fault of [`deliver`]'s answer.
pub(super) fn faults(
    transport: &Transport,
    sharing: Sharing,
    shipment: &Shipment,
    shares: Option<&FairShares>,
) -> Vec<Fault> {
    match (sharing, shares) {
        (Sharing::Rival, None) => verify(transport, shipment),
        (Sharing::Shared { may_overlap }, None) => verify_shared(transport, shipment, may_overlap),
        (Sharing::Fair { divisible }, Some(shares))
            if shares.amounts.len() == transport.needs().len()
                && shares.exact.len() == if divisible { shares.amounts.len() } else { 0 }
                && shipment.unmet.len() == shares.amounts.len() =>
        {
            let short = |(&need, &amount): (&u64, &u64)| need.checked_sub(amount);
            let held_back: Option<Vec<u64>> =
                transport.needs().iter().zip(&shares.amounts).map(short).collect();
            // Fair shares can all be delivered: nothing is unmet but what they hold back.
            match held_back {
                Some(held_back) if held_back == shipment.unmet => {
                    let mut delivery = shipment.clone();
                    delivery.unmet = vec![0; held_back.len()];
                    let mut faults = verify(&transport.with_needs(shares.amounts.clone()), &delivery);
                    faults.extend(verify_fair(transport, shipment, shares));
                    faults
                }
                _ => vec![Fault::Shape],
            }
        }
        _ => vec![Fault::Shape],
    }
}
