//! B4 trust; B10 density and brokerage of the partnership graph.

use super::Ground;
use crate::partnership::effort::count;
use crate::partnership::{BenefitFigure, Ingredient, Measure, ParameterId, Range};

pub(super) fn mean_trust(ground: &Ground<'_>) -> BenefitFigure {
    let pairs = &ground.friction.pairs;
    let stated = ground.parties.trust();
    let with_history = stated.iter().flatten().filter(|&&level| level > 0.0).count() / 2;
    let from = vec![
        Ingredient::known("pairs", count(pairs.len())),
        Ingredient::known("pairs-with-trust", count(with_history)),
        Ingredient::known("trust-lift", ground.parameters.get(ParameterId::TrustLift)),
    ];
    let value = Range::mean(pairs.iter().map(|pair| Range::exactly(pair.trust)));
    BenefitFigure::of(Measure::MeanTrust, value, from)
}

/// Neighbours of each party: pairs with stated trust above 0, and the lead with everybody.
pub(in crate::partnership) fn neighbours(trust: &[Vec<f64>], has_lead: bool) -> Vec<Vec<usize>> {
    let linked = |a: usize, b: usize, level: f64| a != b && (level > 0.0 || has_lead && (a == 0 || b == 0));
    let row = |(a, levels): (usize, &Vec<f64>)| {
        let others = levels.iter().enumerate();
        others
            .filter(|&(b, &level)| linked(a, b, level))
            .map(|(b, _)| b)
            .collect()
    };
    trust.iter().enumerate().map(row).collect()
}

/// Betweenness of each node, pairs counted once (Brandes 2001). O(nodes · edges).
fn betweenness(graph: &[Vec<usize>]) -> Vec<f64> {
    let size = graph.len();
    let mut total = vec![0.0; size];
    for start in 0..size {
        let mut order: Vec<usize> = vec![start];
        let mut distance: Vec<Option<usize>> = vec![None; size];
        let mut paths = vec![0.0_f64; size];
        let mut share = vec![0.0_f64; size];
        // All indices are below `size`: they come from `0..size` and from `graph`, whose rows name its own
        // nodes.
        distance[start] = Some(0);
        paths[start] = 1.0;
        let mut next = 0;
        while let Some(&node) = order.get(next) {
            next += 1;
            let step = distance[node].map(|far| far + 1);
            for &other in &graph[node] {
                if distance[other].is_none() {
                    distance[other] = step;
                    order.push(other);
                }
                if distance[other] == step {
                    paths[other] += paths[node];
                }
            }
        }
        for &node in order.iter().rev() {
            let before = distance[node];
            for &other in &graph[node] {
                if distance[other].map(|far| far + 1) == before {
                    share[other] += paths[other] / paths[node] * (1.0 + share[node]);
                }
            }
            if node != start {
                total[node] += share[node] / 2.0;
            }
        }
    }
    total
}

pub(super) fn density_and_brokerage(ground: &Ground<'_>) -> [BenefitFigure; 2] {
    let parties = ground.parties;
    let graph = neighbours(&parties.trust(), parties.has_lead());
    let links = graph.iter().map(Vec::len).sum::<usize>() / 2;
    let contact = ground.parameters.get(ParameterId::ContactShare);
    let density = (parties.pairs() > 0).then(|| {
        let density = count(links) / count(parties.pairs());
        Range::exactly((density + contact * (1.0 - density)).min(1.0))
    });
    let mut broker = None;
    for (index, value) in betweenness(&graph).into_iter().enumerate() {
        if value > broker.map_or(0.0, |(_, most)| most) {
            broker = Some((index, value));
        }
    }
    // A broker stands between at most all pairs of the others.
    let others = parties.len().saturating_sub(1);
    let could = others * others.saturating_sub(1) / 2;
    let brokerage = (could > 0).then(|| {
        let most = broker.map_or(0.0, |(_, most)| most) / count(could);
        Range::exactly((most * (1.0 - contact)).clamp(0.0, 1.0))
    });
    let mut from = vec![Ingredient::known("contact-share", contact)];
    if let Some((org, most)) = broker.and_then(|(index, most)| Some((parties.orgs.get(index)?, most))) {
        from.push(Ingredient::named(
            format!("party:{}", org.id),
            Range::exactly(most),
        ));
    }
    let density_from = vec![
        Ingredient::known("links", count(links)),
        Ingredient::known("pairs", count(parties.pairs())),
        Ingredient::known("contact-share", contact),
    ];
    [
        BenefitFigure::of(Measure::Density, density, density_from),
        BenefitFigure::of(Measure::Brokerage, brokerage, from),
    ]
}
