//! The graph of a scenario: who can supply a need of whom.

use super::{DEFAULT_LENGTH, Instance, MAX_MEMBERS, RingError};
use crate::domain::{KindId, OrgId, Scenario, Unit};
use crate::matching::pair::{Term, coverage};
use crate::matching::{Directory, KindFill, MatchError};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What full coverage of an organisation's needs is worth: values are whole millionths of it.
pub const VALUE_SCALE: i64 = 1_000_000;

/// Which kinds are exchanged.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum KindFilter {
    /// All.
    #[default]
    All,
    /// All but those measured in money.
    WithoutMoney,
    /// Only these; `expertise` alone is the knowledge exchange (M10).
    Only(Vec<KindId>),
}

/// What is searched in a scenario.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RingOptions {
    /// The most arcs of a ring or chain, 2 to 5.
    pub max_length: usize,
    /// Which kinds are exchanged.
    pub kinds: KindFilter,
    /// Whether organisations that need none of these kinds may start a chain.
    pub chains: bool,
    /// Nodes for the search, and again for every search after a withdrawal; `None` = until nothing is left to do.
    pub node_limit: Option<u64>,
}

impl Default for RingOptions {
    fn default() -> Self {
        Self {
            max_length: DEFAULT_LENGTH,
            kinds: KindFilter::default(),
            chains: true,
            node_limit: None,
        }
    }
}

/// Somebody who might supply somebody's need: the kinds match, but no pair of quantities is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PossibleArc {
    /// Who could give.
    pub from: OrgId,
    /// Who could receive.
    pub to: OrgId,
    /// Which kinds, in documented order.
    pub kinds: Vec<KindId>,
}

/// The exchange graph of a scenario.
///
/// An arc i → j stands for a kind i offers and j needs, both quantities known and above 0, where no conflict of
/// interest lies between them. Its value is the coverage s(i→j) = Σ w·min(o, n)/n ÷ Σ w over the needs of j (of the kinds
/// exchanged; an unknown one counts as not filled), in whole millionths, at least 1. Members are organisations
/// in file order; gifts are those that offer something of the kinds exchanged and need nothing of them.
///
/// Cost: O(n² · needs).
#[derive(Clone, Debug)]
pub struct ExchangeGraph {
    /// What is packed.
    pub instance: Instance,
    /// Arcs that missing quantities could make, by giver, then receiver. They are not used.
    pub possible: Vec<PossibleArc>,
    directory: Directory,
    allowed: Vec<bool>,
}

impl ExchangeGraph {
    /// The graph of `scenario`.
    ///
    /// # Errors
    /// [`RingError::TooManyMembers`], [`RingError::LengthOutOfRange`].
    pub fn new(scenario: &Scenario, options: &RingOptions) -> Result<Self, RingError> {
        let members = scenario.organisations.len();
        let too_many = RingError::TooManyMembers { members };
        if members > MAX_MEMBERS {
            return Err(too_many);
        }
        let directory = Directory::new(scenario).map_err(|error| match error {
            MatchError::DirectoryTooLarge { organisations, .. } => RingError::TooManyMembers {
                members: organisations,
            },
            _ => too_many,
        })?;
        let kinds = scenario.all_kinds();
        let allowed = |id: &KindId| match &options.kinds {
            KindFilter::All => true,
            KindFilter::WithoutMoney => !kinds
                .iter()
                .any(|kind| &kind.id == id && kind.unit == Unit::Money),
            KindFilter::Only(only) => only.contains(id),
        };
        let mut graph = Self {
            instance: Instance::new(0, &[], &[], options.max_length)?,
            possible: Vec::new(),
            allowed: directory.kinds.iter().map(allowed).collect(),
            directory,
        };
        let mut arcs = Vec::new();
        let conflicts: BTreeSet<(usize, usize)> = (0..members)
            .flat_map(|row| {
                graph
                    .directory
                    .conflicts
                    .row(row)
                    .iter()
                    .map(move |&other| (row, other))
            })
            .collect();
        for from in 0..members {
            for to in 0..members {
                // An organisation that appears twice in the file is no partner of itself.
                if graph.directory.ids[from] == graph.directory.ids[to] || conflicts.contains(&(from, to)) {
                    continue;
                }
                let terms = graph.terms(from, to);
                let ends = coverage(&terms);
                if ends.low > 0.0 {
                    arcs.push((from, to, millionths(ends.low)));
                } else if ends.high > 0.0 {
                    let open = terms.iter().filter(|term| term.filled().high > 0.0);
                    graph.possible.push(PossibleArc {
                        from: graph.directory.ids[from].clone(),
                        to: graph.directory.ids[to].clone(),
                        kinds: open
                            .map(|term| graph.directory.kinds[term.kind].clone())
                            .collect(),
                    });
                }
            }
        }
        let exchanged = |kind: usize| graph.allowed.get(kind) == Some(&true);
        let gifts: Vec<usize> = (0..members)
            .filter(|&row| {
                options.chains
                    && !graph
                        .directory
                        .needs
                        .row(row)
                        .iter()
                        .any(|need| exchanged(need.kind))
            })
            .filter(|&row| {
                graph
                    .directory
                    .offers
                    .row(row)
                    .iter()
                    .any(|offer| exchanged(offer.kind))
            })
            .collect();
        graph.instance = Instance::new(members, &arcs, &gifts, options.max_length)?;
        Ok(graph)
    }

    /// Who a member is.
    pub fn id(&self, member: usize) -> Option<&OrgId> {
        self.directory.ids.get(member)
    }

    /// What `from` gives `to`: the needs of the receiver it fills for certain, in documented order of kinds.
    pub fn fills(&self, from: usize, to: usize) -> Vec<KindFill> {
        let terms = self.terms(from, to).into_iter();
        let filled = terms.filter(|term| term.filled().low > 0.0);
        filled
            .map(|term| KindFill {
                kind: self.directory.kinds[term.kind].clone(),
                need: term.need,
                offered: term.offered,
                filled: term.filled().ends(),
            })
            .collect()
    }

    /// Needs of `to` of the kinds exchanged against the offers of `from`.
    fn terms(&self, from: usize, to: usize) -> Vec<Term> {
        let offers = self.directory.offers.row(from);
        let needs = self.directory.needs.row(to).iter();
        needs
            .filter(|need| self.allowed.get(need.kind) == Some(&true))
            .map(|need| {
                let at = offers.binary_search_by_key(&need.kind, |offer| offer.kind).ok();
                let offered = at
                    .and_then(|at| offers.get(at))
                    .map_or(Some(0), |offer| offer.quantity);
                Term {
                    kind: need.kind,
                    weight: need.weight,
                    need: need.quantity,
                    offered,
                }
            })
            .collect()
    }
}

/// A share in whole millionths, at least 1: an arc that serves a little is still an arc.
fn millionths(share: f64) -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "a share in (0, 1]")]
    let whole = (share * VALUE_SCALE as f64).round() as i64;
    whole.clamp(1, VALUE_SCALE)
}
