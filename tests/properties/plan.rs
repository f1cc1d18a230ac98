//! The resource plan against brute force, against published examples, and its check against planted faults.
#![allow(missing_docs, clippy::unwrap_used, clippy::needless_range_loop)]

use crate::plan_reference::{Small, compare, coverages, filling, fillings, reachable, received, small};
use gotong::matching::plan::{
    FairShares, Flow, PlainInput, Transport, fair_shares, min_cost_flow, plan_plain, share_flow, verify,
    verify_fair, verify_shared,
};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn least_unmet_then_least_cost_equal_brute_force(small in small(5, 5)) {
        let transport = small.transport();
        let plan = min_cost_flow(&transport);
        prop_assert_eq!(verify(&transport, &plan), vec![]);
        let best = reachable(&small)
            .into_iter()
            .map(|(got, (cost, _))| (std::cmp::Reverse(got.iter().sum::<u64>()), cost))
            .min()
            .unwrap();
        let total = received(&small, &plan).iter().sum::<u64>();
        prop_assert_eq!((std::cmp::Reverse(total), plan.cost), (best.0, u128::from(best.1)));
        // The heuristic is bounded from both sides: never below the true least, never above a forest.
        let fewest = reachable(&small)[&received(&small, &plan)];
        prop_assert!(plan.flows.len() >= fewest.1);
        prop_assert!(plan.flows.len() < small.offers.len() + small.needs.len());
    }

    #[test]
    fn whole_fair_shares_equal_brute_force(small in small(0, 6)) {
        let transport = small.transport();
        let shares = fair_shares(&transport, false);
        let all = reachable(&small);
        prop_assert!(all.contains_key(&shares.amounts), "{:?}", shares.amounts);
        let ours = coverages(&small.needs, &shares.amounts);
        for amounts in all.keys() {
            let theirs = coverages(&small.needs, amounts);
            let first = ours.iter().zip(&theirs).map(|(a, b)| compare(*a, *b)).find(|order| order.is_ne());
            prop_assert!(first != Some(std::cmp::Ordering::Less), "{amounts:?} is fairer than {:?}", shares.amounts);
        }
        let most = all.keys().map(|amounts| amounts.iter().sum::<u64>()).max().unwrap();
        prop_assert_eq!(shares.amounts.iter().sum::<u64>(), most, "fairness costs no coverage");
    }

    #[test]
    fn exact_fair_shares_equal_progressive_filling(small in small(0, 9)) {
        let transport = small.transport();
        let shares = fair_shares(&transport, true);
        for (at, level) in filling(&small).into_iter().enumerate() {
            let [part, whole] = shares.exact[at];
            prop_assert!((part as f64 / whole as f64 - level).abs() < 1e-7, "{at}: {part}/{whole}, {level}");
            let exact = small.needs[at] as f64 * level;
            prop_assert!((shares.amounts[at] as f64 - exact).abs() < 1.0 - 1e-9);
        }
        let all = reachable(&small);
        prop_assert!(all.contains_key(&shares.amounts), "rounded amounts can be delivered");
        let most = all.keys().map(|amounts| amounts.iter().sum::<u64>()).max().unwrap();
        prop_assert_eq!(shares.amounts.iter().sum::<u64>(), most);
    }

    #[test]
    fn what_is_shared_equals_brute_force(small in small(4, 4), may_overlap: bool) {
        let transport = small.transport();
        let plan = share_flow(&transport, may_overlap);
        prop_assert_eq!(verify_shared(&transport, &plan, may_overlap), vec![]);
        for (to, &need) in small.needs.iter().enumerate() {
            let lanes: Vec<_> = (0..small.offers.len())
                .filter_map(|from| small.lanes[from][to].map(|cost| (small.offers[from], cost)))
                .collect();
            let key = |&(largest, total, cost, count): &(u64, u64, u64, usize)| {
                let first = if may_overlap { u64::MAX - largest } else { 0 };
                (first, u64::MAX - total, cost, count)
            };
            let best = fillings(need, &lanes).into_iter().min_by_key(key).unwrap();
            let flows: Vec<&Flow> = plan.flows.iter().filter(|flow| flow.to == to).collect();
            let ours = (
                flows.iter().map(|flow| flow.quantity).max().unwrap_or(0),
                flows.iter().map(|flow| flow.quantity).sum::<u64>(),
                flows.iter().map(|flow| flow.quantity * small.lanes[flow.from][to].unwrap()).sum::<u64>(),
                flows.len(),
            );
            prop_assert_eq!(ours.1 + plan.unmet[to], need);
            if may_overlap {
                prop_assert_eq!((ours.0, ours.1, ours.2), (best.0, best.1, best.2));
            } else {
                prop_assert_eq!((ours.1, ours.2, ours.3), (best.1, best.2, best.3));
            }
        }
    }

    #[test]
    fn the_check_finds_every_planted_change(small in small(5, 5), at in 0_usize..100, by in 1_u64..3) {
        let transport = small.transport();
        let plan = min_cost_flow(&transport);
        prop_assume!(!plan.flows.is_empty());
        let at = at % plan.flows.len();
        let mut more = plan.clone();
        more.flows[at].quantity += by;
        prop_assert!(!verify(&transport, &more).is_empty());
        let mut less = plan.clone();
        // A consistent plan that delivers less is not optimal, whatever its prices are.
        let cost = small.lanes[less.flows[at].from][less.flows[at].to].unwrap();
        less.unmet[less.flows[at].to] += 1;
        less.cost -= u128::from(cost);
        less.flows[at].quantity -= 1;
        less.flows.retain(|flow| flow.quantity > 0);
        prop_assert!(!verify(&transport, &less).is_empty());
        let mut twice = plan.clone();
        twice.flows.push(plan.flows[at]);
        prop_assert!(!verify(&transport, &twice).is_empty());
        let mut cheap = plan;
        cheap.certificate.unmet_price = 0;
        prop_assert!(!verify(&transport, &cheap).is_empty());
    }

    #[test]
    fn the_check_finds_unfair_shares(small in small(0, 6)) {
        let transport = small.transport();
        let fair = fair_shares(&transport, false);
        let deliver = |amounts: &[u64]| {
            let part = Transport::new(small.offers.clone(), amounts.to_vec(), transport.lanes()).unwrap();
            min_cost_flow(&part)
        };
        prop_assert_eq!(verify_fair(&transport, &deliver(&fair.amounts), &fair), vec![]);
        let exact = fair_shares(&transport, true);
        prop_assert_eq!(verify_fair(&transport, &deliver(&exact.amounts), &exact), vec![]);
        // Any other amounts pass only if their coverages are as good.
        let ours = coverages(&small.needs, &fair.amounts);
        for amounts in reachable(&small).into_keys() {
            let equal = coverages(&small.needs, &amounts).iter().zip(&ours).all(|(a, b)| compare(*a, *b).is_eq());
            let shares = FairShares { amounts, exact: Vec::new() };
            let found = verify_fair(&transport, &deliver(&shares.amounts), &shares);
            prop_assert_eq!(found.is_empty(), equal, "{:?}", shares.amounts);
        }
    }

    #[test]
    fn the_plain_form_does_not_depend_on_the_order_of_rows(
        offers in prop::collection::vec((0_usize..5, 0_usize..3, 0_u64..6), 0..9),
        needs in prop::collection::vec((0_usize..5, 0_usize..3, 0_u64..6), 0..9),
        costs in prop::collection::btree_map((0_usize..5, 0_usize..5), 0_u64..4, 0..9),
        shared: bool,
    ) {
        let row = |row: &(usize, usize, u64)| serde_json::json!([format!("o{}", row.0), row.1, row.2]);
        let mut input = PlainInput {
            offers: offers.iter().map(row).collect(),
            needs: needs.iter().map(row).collect(),
            cost: costs.iter().map(|((a, b), c)| serde_json::json!([format!("o{a}"), format!("o{b}"), c])).collect(),
            ..PlainInput::default()
        };
        input.rival.insert("2".to_owned(), !shared);
        let total = |input: &PlainInput| {
            let answer = plan_plain(input).unwrap();
            assert_eq!(answer.faults, vec![]);
            assert!(answer.flows.iter().all(|(from, to, _, quantity)| from != to && *quantity > 0));
            (answer.unmet.iter().map(|row| row.2).sum::<u64>(), answer.cost)
        };
        let first = total(&input);
        input.offers.reverse();
        input.needs.reverse();
        input.cost.reverse();
        prop_assert_eq!(total(&input), first);
        // The same by brute force, kind by kind.
        let (mut unmet, mut cost) = (0, 0);
        for kind in 0..3 {
            let sum = |rows: &[(usize, usize, u64)], org| -> u64 {
                rows.iter().filter(|row| row.0 == org && row.1 == kind).map(|row| row.2).sum()
            };
            let small = Small {
                offers: (0..5).map(|org| sum(&offers, org).min(9)).collect(),
                needs: (0..5).map(|org| sum(&needs, org).min(9)).collect(),
                lanes: (0..5)
                    .map(|a| (0..5).map(|b| (a != b).then(|| costs.get(&(a, b)).copied().unwrap_or(0))).collect())
                    .collect(),
            };
            if kind == 2 && shared {
                let each = share_flow(&small.transport(), false);
                unmet += each.unmet.iter().sum::<u64>();
                cost += each.cost;
            } else {
                let best = reachable(&small).into_iter()
                    .map(|(got, (cost, _))| (std::cmp::Reverse(got.iter().sum::<u64>()), cost))
                    .min().unwrap();
                unmet += small.needs.iter().sum::<u64>() - best.0.0;
                cost += u128::from(best.1);
            }
        }
        let large = |rows: &[(usize, usize, u64)]| {
            let mut sums = BTreeMap::new();
            rows.iter().for_each(|row| *sums.entry((row.0, row.1)).or_insert(0) += row.2);
            sums.values().any(|&sum| sum > 9)
        };
        if !large(&offers) && !large(&needs) {
            prop_assert_eq!((unmet, cost), first);
        }
    }
}

/// A sparse or dense instance of some size with large quantities and many ties.
fn large() -> impl Strategy<Value = Transport> {
    (5_usize..40, 5_usize..40, 0_u32..3, 1_u64..4).prop_flat_map(|(givers, receivers, scale, dearest)| {
        let unit = [1, 1_000, 100_000_000_000_000][scale as usize];
        let quantities =
            move |count| prop::collection::vec((0_u64..=9).prop_map(move |n| n * unit + n), count);
        let lane = (0..givers, 0..receivers, 0..=dearest);
        let lanes = prop::collection::vec(lane, 1..400);
        (quantities(givers), quantities(receivers), lanes)
            .prop_map(|(offers, needs, lanes)| Transport::new(offers, needs, lanes).unwrap())
    })
}

proptest! {
    #[test]
    fn larger_plans_prove_themselves(transport in large()) {
        let plan = min_cost_flow(&transport);
        prop_assert_eq!(verify(&transport, &plan), vec![]);
        prop_assert_eq!(&min_cost_flow(&transport), &plan, "same input, same plan");
        for divisible in [false, true] {
            let shares = fair_shares(&transport, divisible);
            let part = Transport::new(transport.offers().to_vec(), shares.amounts.clone(), transport.lanes()).unwrap();
            let delivery = min_cost_flow(&part);
            prop_assert_eq!(delivery.unmet.iter().sum::<u64>(), 0);
            prop_assert_eq!(verify_fair(&transport, &delivery, &shares), vec![]);
            prop_assert_eq!(shares.amounts.iter().sum::<u64>(), plan.flows.iter().map(|flow| flow.quantity).sum::<u64>());
        }
        // A forest: no cycle of transfers is left.
        let ends: BTreeSet<usize> = plan.flows.iter().flat_map(|flow| [flow.from, 1_000 + flow.to]).collect();
        prop_assert!(plan.flows.is_empty() || plan.flows.len() < ends.len());
    }
}

/// W. L. Winston, *Operations Research: Applications and Algorithms*, the Powerco problem (transportation
/// problems, section 1): three power plants, four cities, least cost 1 020.
#[test]
fn powerco_of_winston() {
    let costs = [[8, 6, 10, 9], [9, 12, 13, 7], [14, 9, 16, 5]];
    let power = Transport::by_pair(vec![35, 50, 40], vec![45, 20, 30, 30], |from, to| {
        Some(costs[from][to])
    })
    .unwrap();
    let plan = min_cost_flow(&power);
    assert_eq!((plan.cost, plan.unmet), (1_020, vec![0; 4]));
}

/// F. S. Hillier, G. J. Lieberman, *Introduction to Operations Research*, the P&T Company problem
/// (transportation and assignment problems, section 1): three canneries, four warehouses, least cost 152 535.
#[test]
fn canned_peas_of_hillier_and_lieberman() {
    let costs = [[464, 513, 654, 867], [352, 416, 690, 791], [995, 682, 388, 685]];
    let peas = Transport::by_pair(vec![75, 125, 100], vec![80, 65, 70, 85], |from, to| {
        Some(costs[from][to])
    })
    .unwrap();
    let plan = min_cost_flow(&peas);
    assert_eq!((plan.cost, plan.unmet), (152_535, vec![0; 4]));
    assert_eq!(plan.flows.len(), 6);
}

/// Two givers could each fill the need of 6; one transfer is enough, whoever comes first in the file.
#[test]
fn one_transfer_where_one_is_enough() {
    for offers in [vec![3, 10], vec![10, 3], vec![10, 10, 1]] {
        let transport = Transport::by_pair(offers, vec![6], |_, _| Some(2)).unwrap();
        assert_eq!(min_cost_flow(&transport).flows.len(), 1);
    }
}

#[test]
fn what_is_too_large_is_refused() {
    let code =
        |offers, lanes: Vec<(usize, usize, u64)>| Transport::new(offers, vec![1], lanes).unwrap_err().code();
    assert_eq!(code(vec![u64::MAX], vec![]), "plan-total-too-large");
    assert_eq!(code(vec![u64::MAX, u64::MAX], vec![]), "plan-total-too-large");
    assert_eq!(code(vec![1], vec![(0, 1, 0)]), "plan-lane-invalid");
    assert_eq!(code(vec![1], vec![(0, 0, 1_000_000_001)]), "plan-cost-too-large");
}

#[test]
fn the_largest_totals_are_shared_exactly() {
    let most = 1_000_000_000_000_000_u64;
    let offers = vec![most; 9_000];
    let needs = vec![most; 10_000];
    let lanes = (0..9_000).flat_map(|at| [(at, at, 1), (at, at + 1, 0), (at, 9_999, 1_000_000_000)]);
    let transport = Transport::new(offers, needs, lanes.collect::<Vec<_>>()).unwrap();
    let plan = min_cost_flow(&transport);
    assert_eq!(verify(&transport, &plan), vec![]);
    let narrow = Transport::by_pair(vec![most * 9_999], vec![most; 10_000], |_, _| Some(0)).unwrap();
    let shares = fair_shares(&narrow, true);
    assert!(
        shares
            .amounts
            .iter()
            .all(|&amount| amount == most / 10_000 * 9_999)
    );
    let whole = fair_shares(&narrow, false);
    assert_eq!(whole.amounts, shares.amounts);
}
