//! The plain form of the command line: rows of names and whole numbers, so that anyone can compare with
//! another solver.

use super::check::Fault;
use super::deliver::{Sharing, deliver, faults};
use super::flow::{Certificate, Flow, Shipment, Transport};
use super::{FairShares, MAX_COST, MAX_QUANTITY, PlanError, RowProblem};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt;

/// An organisation or a kind as the file names it. `3` and `"3"` are the same name, written as first seen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Name {
    /// A whole number.
    Number(i64),
    /// Text.
    Text(String),
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => write!(f, "{number}"),
            Self::Text(text) => f.write_str(text),
        }
    }
}

/// What [`plan_plain`] reads. Rows are kept as they stand in the file, so that one that cannot be read is
/// named.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlainInput {
    /// `[org, kind, quantity]`. Rows of the same org and kind add up.
    pub offers: Vec<Value>,
    /// `[org, kind, quantity]`. Rows of the same org and kind add up.
    pub needs: Vec<Value>,
    /// Whether giving a kind uses it up; kinds not named are rival, the cautious reading.
    #[serde(default)]
    pub rival: BTreeMap<String, bool>,
    /// `[from, to, cost per unit]`; pairs not named cost 0. Rows of the same pair add up.
    #[serde(default)]
    pub cost: Vec<Value>,
    /// Share what is scarce fairly ([`fair_shares`](super::fair_shares)).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub fair: bool,
    /// For the fair option: whether a kind can be split; kinds not named can.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub divisible: BTreeMap<String, bool>,
}

/// The prices that prove the plan of one kind, see [`Certificate`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlainCertificate {
    /// Which kind.
    pub kind: Name,
    /// What an unmet unit is priced at.
    pub unmet_price: i64,
    /// `[org, price]` of everybody who offers it; empty for kinds that are not rival.
    pub offer_prices: Vec<(Name, i64)>,
    /// `[org, price]` of everybody who needs it.
    pub need_prices: Vec<(Name, i64)>,
}

/// What [`plan_plain`] answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlainAnswer {
    /// `[from, to, kind, quantity]`, quantities above 0.
    pub flows: Vec<(Name, Name, Name, u64)>,
    /// `[org, kind, quantity]`, quantities above 0.
    pub unmet: Vec<(Name, Name, u64)>,
    /// Σ cost · quantity over all kinds.
    pub cost: u128,
    /// One entry a kind that is both offered and needed.
    pub certificates: Vec<PlainCertificate>,
    /// What the independent check found in this answer; empty when all is well.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub faults: Vec<Fault>,
}

/// Who gives what to whom in a plain file: least unmet first, then least cost, kind by kind.
///
/// Definition of each kind: [`min_cost_flow`](super::min_cost_flow) where it is rival,
/// [`share_flow`](super::share_flow) without overlaps where not; under `fair` what is rival is shared by
/// [`fair_shares`](super::fair_shares). Nobody supplies itself: a need is what is lacking beside one's own
/// means. Everybody else may supply everybody.
///
/// Order: kinds, givers and receivers each as they first appear in the file (offers before needs); flows by
/// kind, giver, receiver, unmet by kind, receiver. Cost: as the solvers, over all pairs of one kind. The
/// answer is checked by [`verify_plain`].
///
/// ```
/// use gotong::matching::plan::{PlainInput, plan_plain};
///
/// // A clinic and a school both lack volunteers' days; a youth group lives next to the school.
/// let input: PlainInput = serde_json::from_str(r#"{
///     "offers": [["youth", "staff", 20], ["campus", "staff", 30]],
///     "needs": [["clinic", "staff", 25], ["school", "staff", 20]],
///     "rival": {"staff": true},
///     "cost": [["youth", "clinic", 4], ["campus", "clinic", 1], ["campus", "school", 2]]
/// }"#).unwrap();
/// let answer = plan_plain(&input).unwrap();
/// assert_eq!(answer.cost, 25);
/// assert_eq!(
///     serde_json::to_string(&answer.flows).unwrap(),
///     r#"[["youth","school","staff",20],["campus","clinic","staff",25]]"#
/// );
/// ```
///
/// # Errors
/// [`PlanError::RowInvalid`] names the first bad row, offers before needs before costs;
/// [`PlanError::TotalTooLarge`], [`PlanError::TooManyPairs`].
pub fn plan_plain(input: &PlainInput) -> Result<PlainAnswer, PlanError> {
    let table = Table::read(input)?;
    let mut answer = PlainAnswer {
        flows: Vec::new(),
        unmet: Vec::new(),
        cost: 0,
        certificates: Vec::new(),
        faults: Vec::new(),
    };
    for market in &table.markets {
        let transport = market.transport(&table)?;
        let sharing = table.sharing(input, market);
        let (shipment, shares) = deliver(&transport, sharing);
        if shares.is_some() {
            answer
                .faults
                .extend(faults(&transport, sharing, &shipment, shares.as_ref()));
        }
        let name = |number: usize| table.names[number].clone();
        let kind = || table.kinds[market.kind].clone();
        for flow in &shipment.flows {
            let (from, to) = (market.givers[flow.from], market.receivers[flow.to]);
            answer.flows.push((name(from), name(to), kind(), flow.quantity));
        }
        for (&receiver, &unmet) in market.receivers.iter().zip(&shipment.unmet) {
            if unmet > 0 {
                answer.unmet.push((name(receiver), kind(), unmet));
            }
        }
        answer.cost = answer.cost.saturating_add(shipment.cost);
        let Certificate {
            unmet_price,
            offer_prices,
            need_prices,
        } = shipment.certificate;
        if !market.givers.is_empty() && !market.receivers.is_empty() {
            let named = |numbers: &[usize], prices: Vec<i64>| {
                let names = numbers.iter().map(|&number| name(number));
                names.zip(prices).collect()
            };
            answer.certificates.push(PlainCertificate {
                kind: kind(),
                unmet_price,
                offer_prices: named(&market.givers, offer_prices),
                need_prices: named(&market.receivers, need_prices),
            });
        }
    }
    answer.faults.extend(verify_plain(input, &answer)?);
    Ok(answer)
}

/// Every fault of an answer to `input`, from its flows, unmet and prices alone: conservation to the unit,
/// cost, optimality; under `fair` conservation, cost and the totals (the shares themselves are checked where
/// they are made).
///
/// # Errors
/// As [`plan_plain`], if `input` cannot be read.
pub fn verify_plain(input: &PlainInput, answer: &PlainAnswer) -> Result<Vec<Fault>, PlanError> {
    let table = Table::read(input)?;
    let numbers: BTreeMap<String, usize> = (table.names.iter().map(Name::to_string)).zip(0..).collect();
    let mut found = Vec::new();
    let (mut flows_seen, mut unmet_seen, mut cost) = (0, 0, 0_u128);
    for market in &table.markets {
        let transport = market.transport(&table)?;
        let kind = table.kinds[market.kind].to_string();
        // Givers and receivers lie in ascending order of their numbers.
        let number_in = |list: &[usize], name: &Name| {
            let number = numbers.get(&name.to_string())?;
            list.binary_search(number).ok()
        };
        let mut shipment = Shipment {
            flows: Vec::new(),
            unmet: vec![0; market.receivers.len()],
            cost: 0,
            certificate: Certificate::default(),
        };
        for (from, to, _, quantity) in answer.flows.iter().filter(|row| row.2.to_string() == kind) {
            let ends = number_in(&market.givers, from).zip(number_in(&market.receivers, to));
            let Some((from, to)) = ends else { continue };
            flows_seen += 1;
            let quantity = *quantity;
            shipment.flows.push(Flow { from, to, quantity });
        }
        for (receiver, _, unmet) in answer.unmet.iter().filter(|row| row.1.to_string() == kind) {
            if let Some(at) = number_in(&market.receivers, receiver) {
                unmet_seen += 1;
                shipment.unmet[at] += unmet;
            }
        }
        let costs: BTreeMap<(usize, usize), u64> = transport
            .lanes()
            .map(|(from, to, cost)| ((from, to), cost))
            .collect();
        for flow in &shipment.flows {
            let each = costs.get(&(flow.from, flow.to)).copied().unwrap_or(0);
            shipment.cost += u128::from(each) * u128::from(flow.quantity);
        }
        cost = cost.saturating_add(shipment.cost);
        let stated = answer
            .certificates
            .iter()
            .find(|one| one.kind.to_string() == kind);
        if let Some(stated) = stated {
            shipment.certificate = Certificate {
                unmet_price: stated.unmet_price,
                offer_prices: stated.offer_prices.iter().map(|&(_, price)| price).collect(),
                need_prices: stated.need_prices.iter().map(|&(_, price)| price).collect(),
            };
        } else {
            // Nobody offers it or nobody needs it: everything needed is unmet.
            shipment.certificate.unmet_price = 1;
            shipment.certificate.offer_prices = vec![0; market.givers.len()];
            shipment.certificate.need_prices = vec![1; market.receivers.len()];
        }
        let sharing = table.sharing(input, market);
        let shares = matches!(sharing, Sharing::Fair { .. }).then(|| FairShares {
            amounts: (transport.needs().iter().zip(&shipment.unmet))
                .map(|(&need, &unmet)| need.saturating_sub(unmet))
                .collect(),
            exact: Vec::new(),
        });
        let sharing = match sharing {
            // The exact shares are not part of the answer: only whole-numbered fairness can be checked from
            // it.
            Sharing::Fair { divisible: true } => Sharing::Rival,
            other => other,
        };
        found.extend(match (sharing, shares) {
            (Sharing::Rival, Some(shares)) => {
                let reduced = transport.with_needs(shares.amounts);
                shipment.unmet.fill(0);
                faults(&reduced, sharing, &shipment, None)
            }
            (sharing, shares) => faults(&transport, sharing, &shipment, shares.as_ref()),
        });
    }
    if flows_seen != answer.flows.len() || unmet_seen != answer.unmet.len() {
        found.push(Fault::Stranger);
    }
    if cost != answer.cost {
        found.push(Fault::Cost);
    }
    Ok(found)
}

/// One kind: who offers and who needs how much of it, by number of the name, ascending.
#[derive(Default)]
struct Market {
    kind: usize,
    givers: Vec<usize>,
    offers: Vec<u64>,
    receivers: Vec<usize>,
    needs: Vec<u64>,
}

impl Market {
    fn transport(&self, table: &Table) -> Result<Transport, PlanError> {
        Transport::by_pair(self.offers.clone(), self.needs.clone(), |from, to| {
            let (from, to) = (self.givers[from], self.receivers[to]);
            let cost = || table.cost.get(&(from, to)).copied().unwrap_or(0);
            (from != to).then(cost)
        })
    }
}

/// The file with names as numbers.
#[derive(Default)]
struct Table {
    names: Vec<Name>,
    kinds: Vec<Name>,
    markets: Vec<Market>,
    cost: BTreeMap<(usize, usize), u64>,
}

impl Table {
    fn read(input: &PlainInput) -> Result<Self, PlanError> {
        let (mut table, mut names, mut kinds) = (Self::default(), BTreeMap::new(), BTreeMap::new());
        let mut sums: BTreeMap<(usize, bool, usize), u64> = BTreeMap::new();
        for (is_need, list, rows) in [(false, "offers", &input.offers), (true, "needs", &input.needs)] {
            for (row, value) in rows.iter().enumerate() {
                let problem = |problem| PlanError::RowInvalid { list, row, problem };
                let (org, kind, quantity) = read_row(value, MAX_QUANTITY).map_err(problem)?;
                let org = number(org, &mut names, &mut table.names);
                let kind = number(kind, &mut kinds, &mut table.kinds);
                let sum = sums.entry((kind, is_need, org)).or_default();
                *sum = sum.saturating_add(quantity);
            }
        }
        for (row, value) in input.cost.iter().enumerate() {
            let problem = |problem| PlanError::RowInvalid {
                list: "cost",
                row,
                problem,
            };
            let (from, to, cost) = read_row(value, MAX_COST).map_err(problem)?;
            let from = number(from, &mut names, &mut table.names);
            let to = number(to, &mut names, &mut table.names);
            let sum = table.cost.entry((from, to)).or_default();
            *sum += cost;
            if *sum > MAX_COST {
                return Err(problem(RowProblem::TooLarge));
            }
        }
        table.markets = (0..table.kinds.len())
            .map(|kind| Market {
                kind,
                ..Market::default()
            })
            .collect();
        for ((kind, is_need, org), sum) in sums {
            let market = &mut table.markets[kind];
            if is_need {
                market.receivers.push(org);
                market.needs.push(sum);
            } else {
                market.givers.push(org);
                market.offers.push(sum);
            }
        }
        Ok(table)
    }

    fn sharing(&self, input: &PlainInput, market: &Market) -> Sharing {
        let kind = self.kinds[market.kind].to_string();
        let stated = |map: &BTreeMap<String, bool>| map.get(&kind).copied().unwrap_or(true);
        match (stated(&input.rival), input.fair) {
            (false, _) => Sharing::Shared { may_overlap: false },
            (true, false) => Sharing::Rival,
            (true, true) => Sharing::Fair {
                divisible: stated(&input.divisible),
            },
        }
    }
}

fn number(name: Name, numbers: &mut BTreeMap<String, usize>, names: &mut Vec<Name>) -> usize {
    *numbers.entry(name.to_string()).or_insert_with(|| {
        names.push(name);
        names.len() - 1
    })
}

fn read_row(row: &Value, most: u64) -> Result<(Name, Name, u64), RowProblem> {
    match row.as_array().map(Vec::as_slice) {
        Some([a, b, quantity]) => Ok((read_name(a)?, read_name(b)?, read_whole(quantity, most)?)),
        _ => Err(RowProblem::Shape),
    }
}

fn read_name(value: &Value) -> Result<Name, RowProblem> {
    let text = value.as_str().map(|text| Name::Text(text.to_owned()));
    text.or_else(|| value.as_i64().map(Name::Number))
        .ok_or(RowProblem::Name)
}

/// A whole number from 0 to `most`; `12.0` is one too.
fn read_whole(value: &Value, most: u64) -> Result<u64, RowProblem> {
    let whole = value.as_u64().or_else(|| {
        let real = value.as_f64()?;
        let whole = (0.0..=1e18).contains(&real) && real.fract() == 0.0;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a whole number from 0 to 10¹⁸"
        )]
        let exact = real as u64;
        whole.then_some(exact)
    });
    match whole {
        Some(whole) if whole <= most => Ok(whole),
        Some(_) => Err(RowProblem::TooLarge),
        None if value.as_f64().is_some_and(|real| real > 1e18) => Err(RowProblem::TooLarge),
        None => Err(RowProblem::NotWhole),
    }
}

#[cfg(test)]
#[path = "plain_tests.rs"]
mod tests;
