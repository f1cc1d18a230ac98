//! Fair shares of what is scarce: the receiver worst off is as well off as can be, then the next, and so on.

use super::flow::{Lane, Transport};
use super::residual::Residual;
use super::simplex::{Basis, NO_LANE};
use serde::{Deserialize, Serialize};

/// Part and whole of a share: `[3, 4]` is three quarters.
pub type Ratio = [u64; 2];

/// How much each receiver gets under the fair option.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FairShares {
    /// By receiver, at most its need.
    pub amounts: Vec<u64>,
    /// By receiver, for divisible kinds: the exact coverage, [part, whole], before rounding to whole units.
    /// Empty for indivisible kinds.
    pub exact: Vec<Ratio>,
}

/// The lexicographically max-min shares: the vector of coverages xⱼ/nⱼ, sorted upwards, is the largest
/// possible.
///
/// `divisible`: over all real plans, exactly, as fractions; then whole units by largest remainder: everybody
/// gets the exact amount rounded down, and what is left of a group goes one unit each to the largest
/// remainders some giver of the group can still reach. Not `divisible`: over the whole-numbered plans
/// themselves (decreasingly minimal in the sense of Frank and Murota, for coverages). Both leave as little
/// unmet in total as any plan does.
///
/// Shape: one amount a receiver; a need of 0 gets 0, exactly `[1, 1]`. Ties: of equal remainders the earlier
/// receiver; of equal coverages the smaller need (a unit lifts it more), then the earlier receiver. Cost: one
/// maximum flow a step, few steps a group of equal coverage, at most as many groups as receivers; independent
/// of the size of the quantities but for logarithms. No errors.
///
/// ```
/// use gotong::matching::plan::{Transport, fair_shares};
///
/// // Rp 900 for villages that lack 600, 600 and 300: 3/5 each. Then desks, which are whole: the first
/// // workshop (4) reaches only the first school, so the other two schools share the 3 of the second.
/// let money = Transport::by_pair(vec![900], vec![600, 600, 300], |_, _| Some(0)).unwrap();
/// assert_eq!(fair_shares(&money, true).amounts, [360, 360, 180]);
/// let lanes = [(0, 0, 0), (1, 0, 0), (1, 1, 0), (1, 2, 0)];
/// let desks = Transport::new(vec![4, 3], vec![8, 4, 2], lanes).unwrap();
/// assert_eq!(fair_shares(&desks, false).amounts, [4, 2, 1]);
/// ```
///
/// Source: N. Megiddo, Optimal flows in networks with multiple sources and sinks, 1974 (lexicographic
/// optimum); S. Fujishige, Lexicographically optimal base of a polymatroid, 1980 (decomposition into tight
/// groups); W. Dinkelbach, On nonlinear fractional programming, 1967 (each ratio by a few cuts); A.
/// Federgruen, H. Groenevelt, The greedy procedure for resource allocation problems, 1986, and A. Frank, K.
/// Murota, Decreasing minimization on M-convex sets, 2022 (whole numbers). Deviation: the greedy hands out
/// all units below a coverage at once.
pub fn fair_shares(transport: &Transport, divisible: bool) -> FairShares {
    let lanes: Vec<Lane> = transport
        .all_lanes()
        .iter()
        .map(|&lane| Lane { cost: 0, ..lane })
        .collect();
    if divisible {
        in_fractions(transport, &lanes)
    } else {
        FairShares {
            amounts: in_units(transport, &lanes),
            exact: Vec::new(),
        }
    }
}

/// A maximum flow, and the receivers and givers of a smallest cut if somebody is short.
struct MaxFlow {
    /// (giver, receiver, flow), above 0.
    flows: Vec<(usize, usize, u128)>,
    /// Receivers that cannot all be filled, and every giver that reaches one of them; both ascending.
    short: Option<(Vec<usize>, Vec<usize>)>,
}

/// At cost 0 and a price of 1 for what is unmet, the prices 0 and 1 are the two sides of a smallest cut.
fn max_flow(offers: &[u128], needs: &[u128], lanes: &[Lane]) -> MaxFlow {
    let mut basis = Basis::new(offers, needs, lanes, 1);
    basis.solve();
    let givers = offers.len();
    let flows = basis
        .tree_flows()
        .filter(|&(_, lane, flow)| lane != NO_LANE && flow > 0)
        .map(|(_, lane, flow)| (lanes[lane].giver(), lanes[lane].receiver(), flow))
        .collect();
    let unmet = basis
        .tree_flows()
        .any(|(node, lane, flow)| node >= givers && lane == NO_LANE && flow > 0);
    let (offer_prices, need_prices) = basis.prices();
    let dear = |prices: &[i64]| (0..prices.len()).filter(|&at| prices[at] > 0).collect::<Vec<_>>();
    let short = unmet.then(|| {
        let receivers = dear(&need_prices);
        (
            receivers.into_iter().filter(|&at| needs[at] > 0).collect(),
            dear(&offer_prices),
        )
    });
    MaxFlow { flows, short }
}

fn in_fractions(transport: &Transport, lanes: &[Lane]) -> FairShares {
    let wide = |list: &[u64]| list.iter().map(|&one| u128::from(one)).collect::<Vec<_>>();
    let (mut offers, mut needs) = (wide(transport.offers()), wide(transport.needs()));
    let mut shares = FairShares {
        amounts: transport.needs().to_vec(),
        exact: vec![[1, 1]; needs.len()],
    };
    // Each round takes the group that is worst off, and all that can reach it, out of the instance.
    while let Some((receivers, givers)) = worst_off(&offers, &needs, lanes) {
        let supply: u128 = givers.iter().map(|&at| offers[at]).sum();
        let demand: u128 = receivers.iter().map(|&at| needs[at]).sum();
        let mut rounded = vec![0; needs.len()];
        let mut remainders = Vec::new();
        for &receiver in &receivers {
            let share = needs[receiver] * supply;
            rounded[receiver] = share / demand;
            remainders.push((receiver, share % demand));
            shares.exact[receiver] = [narrow(supply), narrow(demand)];
        }
        let mut group_offers = vec![0; offers.len()];
        for &giver in &givers {
            group_offers[giver] = offers[giver];
            offers[giver] = 0;
        }
        for &receiver in &receivers {
            needs[receiver] = 0;
        }
        crate::order::sort_by_key(&mut remainders, |&(_, remainder)| std::cmp::Reverse(remainder));
        remainders.retain(|&(_, remainder)| remainder > 0);
        round_up(&mut rounded, &group_offers, lanes, &remainders, supply);
        for &receiver in &receivers {
            shares.amounts[receiver] = narrow(rounded[receiver]);
        }
    }
    shares
}

/// Raises `rounded` to the sum `supply` by one unit each, in the order of `remainders`, past those nobody can
/// reach.
fn round_up(
    rounded: &mut Vec<u128>,
    offers: &[u128],
    lanes: &[Lane],
    remainders: &[(usize, u128)],
    supply: u128,
) {
    let missing = supply.saturating_sub(rounded.iter().sum());
    let missing = usize::try_from(missing).unwrap_or(usize::MAX);
    // Mostly the largest remainders can all be reached: one flow tells, instead of one search a unit.
    let mut largest = rounded.clone();
    for &(receiver, _) in remainders.iter().take(missing) {
        largest[receiver] += 1;
    }
    if max_flow(offers, &largest, lanes).short.is_none() {
        *rounded = largest;
        return;
    }
    let flow = max_flow(offers, rounded, lanes);
    let mut residual = Residual::new(offers.to_vec(), rounded.len(), lanes, &flow.flows);
    for &(receiver, _) in remainders {
        if residual.raise(receiver) {
            rounded[receiver] += 1;
        }
    }
}

/// Shares and totals are at most [`MAX_TOTAL`](super::MAX_TOTAL).
fn narrow(quantity: u128) -> u64 {
    u64::try_from(quantity).unwrap_or(u64::MAX)
}

/// The group S with the least o(N(S)) / n(S), and N(S); `None` if everybody can be filled.
fn worst_off(offers: &[u128], needs: &[u128], lanes: &[Lane]) -> Option<(Vec<usize>, Vec<usize>)> {
    let (mut part, mut whole, mut worst) = (1_u128, 1_u128, None);
    loop {
        let scaled = |list: &[u128], by: u128| list.iter().map(|&one| one * by).collect::<Vec<_>>();
        let flow = max_flow(&scaled(offers, whole), &scaled(needs, part), lanes);
        let Some((receivers, givers)) = flow.short else {
            return worst;
        };
        part = givers.iter().map(|&at| offers[at]).sum();
        whole = receivers.iter().map(|&at| needs[at]).sum();
        worst = Some((receivers, givers));
    }
}

/// How many units of `need` begin below the coverage part/whole: the t-th unit begins at (t − 1)/need.
fn units_below(need: u64, [part, whole]: Ratio) -> u64 {
    let units = (u128::from(need) * u128::from(part)).div_ceil(u128::from(whole));
    narrow(units).min(need)
}

fn in_units(transport: &Transport, lanes: &[Lane]) -> Vec<u64> {
    let needs = transport.needs();
    let offers: Vec<u128> = transport.offers().iter().map(|&one| u128::from(one)).collect();
    let mut settled: Vec<Option<u64>> = needs.iter().map(|&need| (need == 0).then_some(0)).collect();
    while settled.iter().any(Option::is_none) {
        // The highest coverage up to which everybody not settled can have all units.
        let mut level = [1, 1];
        let (mut amounts, flow) = loop {
            let amounts: Vec<u64> = (needs.iter().zip(&settled))
                .map(|(&need, settled)| settled.unwrap_or_else(|| units_below(need, level)))
                .collect();
            let wide: Vec<u128> = amounts.iter().map(|&one| u128::from(one)).collect();
            let flow = max_flow(&offers, &wide, lanes);
            let Some((receivers, givers)) = flow.short else {
                break (amounts, flow);
            };
            let supply = givers.iter().map(|&at| offers[at]).sum();
            level = highest_level(needs, &settled, &receivers, supply);
        };
        // The units that begin exactly there do not all fit: one by one.
        let mut residual = Residual::new(offers.clone(), needs.len(), lanes, &flow.flows);
        let mut next: Vec<usize> = (0..needs.len())
            .filter(|&at| {
                let begins = u128::from(needs[at]) * u128::from(level[0]);
                settled[at].is_none() && begins % u128::from(level[1]) == 0 && amounts[at] < needs[at]
            })
            .collect();
        crate::order::sort_by_key(&mut next, |&at| needs[at]);
        for receiver in next {
            if residual.raise(receiver) {
                amounts[receiver] += 1;
            }
        }
        let open = residual.raisable();
        for at in 0..needs.len() {
            if settled[at].is_none() && (amounts[at] == needs[at] || !open[at]) {
                settled[at] = Some(amounts[at]);
            }
        }
    }
    settled.into_iter().map(Option::unwrap_or_default).collect()
}

/// The highest coverage at which a unit of one of `receivers` begins and all units that begin below it fit
/// `supply`.
fn highest_level(needs: &[u64], settled: &[Option<u64>], receivers: &[usize], supply: u128) -> Ratio {
    let fits = |level: Ratio| {
        let units = |&at: &usize| u128::from(settled[at].unwrap_or_else(|| units_below(needs[at], level)));
        receivers.iter().map(units).sum::<u128>() <= supply
    };
    let mut best: Ratio = [0, 1];
    for &receiver in receivers.iter().filter(|&&at| settled[at].is_none()) {
        let need = needs[receiver];
        let above = u128::from(best[0]) * u128::from(need) / u128::from(best[1]) + 1;
        let mut low = narrow(above);
        if low >= need || !fits([low, need]) {
            continue;
        }
        let mut high = need;
        while high - low > 1 {
            let middle = low + (high - low) / 2;
            if fits([middle, need]) {
                low = middle;
            } else {
                high = middle;
            }
        }
        best = [low, need];
    }
    best
}
