//! The rings of a scenario: who gives what to whom, and what is left if somebody withdraws.

use super::near::{NEAR_LIMIT, NearCycle, NearSearch};
use super::{ExchangeGraph, NearRing, NearRings, PossibleArc, Progress, RingError, RingOptions, Search};
use crate::domain::{KindId, OrgId, Scenario};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Members of rings and chains up to which it is looked for what the whole scenario could do without each of them.
pub const MAX_REOPENED: usize = 60;

/// One kind that changes hands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ExchangeKind {
    /// Which.
    pub kind: KindId,
    /// How much is given: min(offered, needed), in the kind's unit.
    pub quantity: u64,
    /// How much is needed.
    pub need: u64,
    /// How much is offered.
    pub offered: u64,
}

/// What one member gives to the next.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Handover {
    /// The giver.
    pub from: OrgId,
    /// The receiver.
    pub to: OrgId,
    /// What, in documented order of kinds.
    pub items: Vec<ExchangeKind>,
    /// Coverage of the receiver's needs by it, in millionths.
    pub value_millionths: i64,
}

/// Rings and chains by their members' ids, and who receives something in them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Repacking {
    /// As in [`Packing::rings`](super::Packing::rings).
    pub rings: Vec<Vec<OrgId>>,
    /// As in [`Packing::chains`](super::Packing::chains).
    pub chains: Vec<Vec<OrgId>>,
    /// Sum of all coverages, in millionths.
    pub value_millionths: i128,
    /// No packing is worth more.
    pub upper_bound_millionths: i128,
    /// Whether both are equal.
    pub optimal: bool,
    /// Which of the other members of the ring still receive something.
    pub still_served: Vec<OrgId>,
}

/// What is left of an exchange if one member withdraws, solved anew without it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdrawal {
    /// Who withdraws.
    pub member: OrgId,
    /// The best among the remaining members of this ring or chain alone: nobody else is disturbed.
    pub inside: Repacking,
    /// The best of the whole scenario: other rings may be opened again. Not looked for where more than [`MAX_REOPENED`]
    /// are in rings and chains: that is a search a member, each as long as the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub whole: Option<Repacking>,
}

/// A ring or a chain.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Exchange {
    /// A chain started by a gift; else a ring.
    pub chain: bool,
    /// In order of giving; a ring starts with the member that stands first in the file.
    pub members: Vec<OrgId>,
    /// Each member to the next; in a ring also the last to the first.
    pub handovers: Vec<Handover>,
    /// Sum of the coverages, in millionths.
    pub value_millionths: i64,
    /// What is left if one member withdraws, one entry a member; fewer while the search is on.
    pub withdrawals: Vec<Withdrawal>,
}

/// The answer to "who can exchange with whom?".
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RingsAnswer {
    /// Rings, then chains; each by its first member in file order.
    pub exchanges: Vec<Exchange>,
    /// Sum of all coverages, in millionths of a fully covered organisation.
    pub value_millionths: i128,
    /// No packing is worth more.
    pub upper_bound_millionths: i128,
    /// (bound − value) / bound.
    pub gap: f64,
    /// Whether the value is proven to be the largest.
    pub optimal: bool,
    /// The packing passed [`verify`](super::verify).
    pub verified: bool,
    /// Nodes of the search, without those after withdrawals.
    pub nodes: u64,
    /// Exchanges that missing quantities could make possible; not used.
    pub possible: Vec<PossibleArc>,
    /// Rings that one offer, need or amount would close; none while the search for the packing is on.
    #[serde(default)]
    pub near: NearRings,
}

/// The search for the rings of a scenario, step by step: first the packing, then what is left after each withdrawal.
pub struct ScenarioRings {
    graph: ExchangeGraph,
    node_limit: u64,
    search: Search,
    /// Members of rings and chains with the row they stand in, once the packing is done.
    pending: Option<Vec<(usize, Vec<usize>)>>,
    /// The search without the member under way.
    current: Option<Search>,
    /// The search for near rings, once the packing is done.
    near: Option<NearSearch>,
    /// (member, inside, whole).
    found: Vec<(usize, Repacking, Option<Repacking>)>,
}

impl ScenarioRings {
    /// A search that has not begun.
    ///
    /// # Errors
    /// As [`ExchangeGraph::new`].
    pub fn new(scenario: &Scenario, options: &RingOptions) -> Result<Self, RingError> {
        let graph = ExchangeGraph::new(scenario, options)?;
        Ok(Self {
            search: Search::new(graph.instance.clone()),
            node_limit: options.node_limit.unwrap_or(u64::MAX),
            graph,
            pending: None,
            current: None,
            near: None,
            found: Vec::new(),
        })
    }

    /// Goes on for about `nodes` nodes, at most one search; true once nothing is left to do.
    pub fn step(&mut self, nodes: u64) -> bool {
        let Some(pending) = &mut self.pending else {
            if run(&mut self.search, nodes, self.node_limit) {
                let packing = self.search.packing();
                let rows = packing.rings.iter().chain(&packing.chains);
                let each = rows.flat_map(|row| row.iter().map(|&member| (member, row.clone())));
                // Taken from the end.
                self.pending = Some(each.rev().collect());
                self.near = Some(NearSearch::new(&self.graph.instance, &packing, NEAR_LIMIT));
            }
            return false;
        };
        if let Some(near) = self.near.as_mut().filter(|near| !near.ended()) {
            let graph = &self.graph;
            let closing = |from, to| graph.missing(from, to).map(|one| one.value_millionths);
            let ended = near.step(&graph.instance, nodes, closing);
            return ended && pending.is_empty();
        }
        let Some((member, row)) = pending.last().cloned() else {
            return true;
        };
        let reopened = self.found.len() + pending.len() <= MAX_REOPENED;
        let instance = &self.graph.instance;
        let mut whole = None;
        if reopened {
            let search = self
                .current
                .get_or_insert_with(|| Search::new(instance.restricted(|one| one != member)));
            if !run(search, nodes, self.node_limit) {
                return false;
            }
            whole = Some(repacking(&self.graph, search, &row));
        }
        // At most six members are left: the whole search is a matter of microseconds.
        let mut inside = Search::new(instance.restricted(|one| one != member && row.contains(&one)));
        inside.run_until(u64::MAX);
        let inside = repacking(&self.graph, &inside, &row);
        self.found.push((member, inside, whole));
        self.current = None;
        pending.pop();
        self.pending.as_ref().is_some_and(Vec::is_empty)
    }

    /// How far the search for the packing is.
    pub fn progress(&self) -> Progress {
        self.search.progress()
    }

    /// How many withdrawals are solved, and of how many; (0, 0) before the packing is done.
    pub fn withdrawals(&self) -> (usize, usize) {
        let open = self.pending.as_ref().map_or(0, Vec::len);
        (self.found.len(), self.found.len() + open)
    }

    /// The answer so far; complete once [`step`](Self::step) has said so.
    pub fn answer(&self) -> RingsAnswer {
        let packing = self.search.packing();
        let rings = packing.rings.iter().map(|row| self.exchange(row, false));
        let chains = packing.chains.iter().map(|row| self.exchange(row, true));
        RingsAnswer {
            exchanges: rings.chain(chains).collect(),
            value_millionths: packing.value,
            upper_bound_millionths: packing.upper_bound,
            gap: packing.gap(),
            optimal: packing.optimal,
            verified: packing.verified,
            nodes: packing.nodes,
            possible: self.graph.possible.clone(),
            near: self.near_rings(),
        }
    }

    fn near_rings(&self) -> NearRings {
        let Some(near) = &self.near else {
            return NearRings::default();
        };
        let named = |cycle: &NearCycle| {
            let missing = cycle.members.last().zip(cycle.members.first());
            Some(NearRing {
                members: ids(&self.graph, &cycle.members),
                missing: missing.and_then(|(&last, &first)| self.graph.missing(last, first))?,
                value_millionths: cycle.value,
                gain_millionths: cycle.gain,
                breaks: near.broken(&cycle.members),
            })
        };
        NearRings {
            rings: near.found().iter().filter_map(named).collect(),
            complete: near.complete(),
        }
    }

    fn exchange(&self, row: &[usize], chain: bool) -> Exchange {
        let back = row.first().copied().filter(|_| !chain);
        let receivers = row.iter().skip(1).copied().chain(back);
        let handovers: Vec<Handover> = row
            .iter()
            .zip(receivers)
            .filter_map(|(&from, to)| self.handover(from, to))
            .collect();
        let withdrawals = self.found.iter().filter(|(member, _, _)| row.contains(member));
        Exchange {
            chain,
            members: ids(&self.graph, row),
            value_millionths: handovers.iter().map(|one| one.value_millionths).sum(),
            handovers,
            withdrawals: withdrawals
                .filter_map(|(member, inside, whole)| {
                    Some(Withdrawal {
                        member: self.graph.id(*member)?.clone(),
                        inside: inside.clone(),
                        whole: whole.clone(),
                    })
                })
                .collect(),
        }
    }

    fn handover(&self, from: usize, to: usize) -> Option<Handover> {
        let items = self.graph.fills(from, to).into_iter().filter_map(|fill| {
            let (need, offered) = fill.need.zip(fill.offered)?;
            Some(ExchangeKind {
                kind: fill.kind,
                quantity: need.min(offered),
                need,
                offered,
            })
        });
        Some(Handover {
            from: self.graph.id(from)?.clone(),
            to: self.graph.id(to)?.clone(),
            items: items.collect(),
            value_millionths: self.graph.instance.value(from, to)?,
        })
    }
}

/// Goes on up to `limit` nodes in all; true if the search has ended or is out of nodes.
fn run(search: &mut Search, nodes: u64, limit: u64) -> bool {
    let until = search.progress().nodes.saturating_add(nodes).min(limit);
    search.run_until(until) || search.progress().nodes >= limit
}

fn ids(graph: &ExchangeGraph, row: &[usize]) -> Vec<OrgId> {
    row.iter()
        .filter_map(|&member| graph.id(member).cloned())
        .collect()
}

/// The packing of `search` in ids; served are those of `row` that receive.
fn repacking(graph: &ExchangeGraph, search: &Search, row: &[usize]) -> Repacking {
    let packing = search.packing();
    let in_rings = packing.rings.iter().flatten();
    let in_chains = packing.chains.iter().flat_map(|chain| chain.iter().skip(1));
    let served: BTreeSet<usize> = in_rings.chain(in_chains).copied().collect();
    let still: Vec<usize> = row
        .iter()
        .copied()
        .filter(|member| served.contains(member))
        .collect();
    Repacking {
        rings: packing.rings.iter().map(|ring| ids(graph, ring)).collect(),
        chains: packing.chains.iter().map(|chain| ids(graph, chain)).collect(),
        value_millionths: packing.value,
        upper_bound_millionths: packing.upper_bound,
        optimal: packing.optimal,
        still_served: ids(graph, &still),
    }
}

/// The best rings and chains of `scenario`, who gives what to whom in them, and what is left if one member withdraws.
///
/// The graph is that of [`ExchangeGraph`], the search that of [`Search`]. Units: values in millionths of a fully covered
/// organisation, quantities in their kind's unit. In a ring everybody gives to one and receives from one, so nothing is
/// given twice. Order and ties: as [`Search`]; exchanges by their first member. Cost: a search for the packing and one
/// for every member in it; [`ScenarioRings`] does the same step by step.
///
/// ```
/// use gotong::domain::{KindId, Need, Offer, OrgId, Organisation, Priority, Scenario, Sector};
/// use gotong::matching::rings::{RingOptions, find_rings};
///
/// // A school offers rooms and wants training, a college offers training and wants data, a village group offers
/// // data and wants rooms: no two fit, but the three do.
/// let organisation = |id: &str, offer: &str, need: &str| {
///     let kind = |id: &str| KindId::new(id).unwrap();
///     let mut organisation = Organisation::new(OrgId::new(id).unwrap(), id.into(), Sector::Community);
///     organisation.offers.push(Offer { kind: kind(offer), quantity: Some(2) });
///     organisation.needs.push(Need { kind: kind(need), quantity: Some(4), priority: Priority::default() });
///     organisation
/// };
/// let mut scenario = Scenario::default();
/// scenario.organisations.push(organisation("school", "facilities", "expertise"));
/// scenario.organisations.push(organisation("college", "expertise", "data"));
/// scenario.organisations.push(organisation("village", "data", "facilities"));
/// let answer = find_rings(&scenario, &RingOptions::default()).unwrap();
/// let ring: Vec<&str> = answer.exchanges[0].members.iter().map(|id| id.as_str()).collect();
/// assert_eq!(ring, ["school", "village", "college"]);
/// assert_eq!((answer.value_millionths, answer.optimal), (1_500_000, true));
/// // Without any one of them nothing is left.
/// assert!(answer.exchanges[0].withdrawals.iter().all(|one| one.inside.still_served.is_empty()));
/// ```
///
/// # Errors
/// As [`ExchangeGraph::new`].
pub fn find_rings(scenario: &Scenario, options: &RingOptions) -> Result<RingsAnswer, RingError> {
    let mut rings = ScenarioRings::new(scenario, options)?;
    while !rings.step(u64::MAX) {}
    Ok(rings.answer())
}

#[cfg(test)]
#[path = "answer_tests.rs"]
mod tests;
