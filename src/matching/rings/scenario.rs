//! The graph of a scenario: who can supply a need of whom.

use super::{DEFAULT_LENGTH, Instance, MAX_MEMBERS, Missing, MissingForm, RingError};
use crate::domain::{KindId, OrgId, Priority, Scenario, Unit};
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
    conflicts: BTreeSet<(usize, usize)>,
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
            conflicts: BTreeSet::new(),
        };
        let mut arcs = Vec::new();
        graph.conflicts = (0..members)
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
                if graph.directory.ids[from] == graph.directory.ids[to]
                    || graph.conflicts.contains(&(from, to))
                {
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

    /// The best single thing that would make an arc from `from` to `to` where there is none; `None` where nothing would:
    /// a conflict of interest, nobody else, no need and no offer to start from.
    ///
    /// An offer of what the receiver needs, as much as it needs; an amount not said; a need, of the default priority, of
    /// what the giver offers, where the receiver already has others (who needs nothing is a gift, not a ring in waiting). Each is worth
    /// the coverage it would bring: w/Σw, or w/(Σw + w) for a new need. Largest value first, then the least effort
    /// ([`MissingForm`]), then the order of kinds.
    pub fn missing(&self, from: usize, to: usize) -> Option<Missing> {
        let (giver, receiver) = (self.id(from)?, self.id(to)?);
        if giver == receiver || self.conflicts.contains(&(from, to)) {
            return None;
        }
        let terms = self.terms(from, to);
        let all: u64 = terms.iter().map(|term| u64::from(term.weight)).sum();
        if all == 0 {
            return None;
        }
        let share = |weight: u8, of: u64| millionths(f64::from(weight) / of as f64);
        let mut ways = Vec::new();
        for term in &terms {
            let way = match (term.need, term.offered) {
                (Some(need), Some(0)) => (MissingForm::Offer, Some(need)),
                (None, Some(0)) => continue,
                (Some(need), None) => (MissingForm::Amount, Some(need)),
                (None, offered) => (MissingForm::Amount, offered),
                // An arc already.
                (Some(_), Some(_)) => return None,
            };
            ways.push((way.0, term.kind, way.1, share(term.weight, all)));
        }
        let weight = Priority::default().level();
        for offer in self.directory.offers.row(from) {
            let exchanged = self.allowed.get(offer.kind) == Some(&true);
            let needed = terms.iter().any(|term| term.kind == offer.kind);
            if exchanged && !needed && offer.quantity.is_some() {
                let value = share(weight, all + u64::from(weight));
                ways.push((MissingForm::Need, offer.kind, offer.quantity, value));
            }
        }
        let best = ways
            .into_iter()
            .min_by_key(|&(form, kind, _, value)| (std::cmp::Reverse(value), form, kind));
        let (form, kind, quantity, value_millionths) = best?;
        Some(Missing {
            form,
            from: giver.clone(),
            to: receiver.clone(),
            kind: self.directory.kinds.get(kind)?.clone(),
            quantity,
            value_millionths,
        })
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
