//! What a team's work would cost each group of its members, and how the team splits it.

use super::{Game, MAX_COST, MAX_PLAYERS, Means, SplitAnswer, SplitError, split_costs};
use crate::domain::{Currency, KindId, OrgId, Organisation, Project, ProjectId, Scenario};
use serde::{Deserialize, Serialize};

/// What a unit of a built-in kind costs on the market, in minor units of the rupiah. Illustrative, written for Indonesia in
/// 2026; a permit or a village's trust has no market, so its figure stands for the months of work it takes instead.
pub const MARKET_PRICES_RUPIAH: [(&str, u64); 12] = [
    ("funds", 1),
    ("expertise", 750_000),
    ("staff", 200_000),
    ("facilities", 15_000_000),
    ("technology", 3_000_000),
    ("permits", 20_000_000),
    ("data", 25_000_000),
    ("local-knowledge", 5_000_000),
    ("networks", 5_000),
    ("market-access", 10_000_000),
    ("goods", 150_000),
    ("fund-management", 10_000_000),
];

/// How the members of a partnership split what their project takes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TeamSplit {
    /// The players, lead first, then members in order of choice.
    pub members: Vec<OrgId>,
    /// The project; `None`: nothing is to be done together, and there is no cost but taking part.
    pub project: Option<ProjectId>,
    /// What each would have to pay alone, in minor units of the base currency.
    pub alone_minor: Vec<i64>,
    /// What of the team's cost is bought on the market because nobody of it brings it.
    pub bought_minor: i64,
    /// What of the team's cost is coordination, α per pair.
    pub coordination_minor: i64,
    /// Kinds without a market price: what lacks of them costs nothing here, and the split says so.
    pub unpriced: Vec<KindId>,
    /// Members whose cost of taking part is not stated; it counts as the highest one stated.
    pub unknown_costs: Vec<OrgId>,
    /// The splits. Players are places in `members`.
    pub answer: SplitAnswer,
}

/// The split of the partnership of `scenario`.
///
/// c(S) = min over T ⊆ S of Σ_{i∈T} cᵢ + α·|T|(|T|−1)/2 + Σ_r price_r · max(0, d_r − Σ_{i∈T} a_ir): the cheapest way for
/// the group S to get the project's requirements done, by whichever of its members take part, what they lack bought at
/// [`MARKET_PRICES_RUPIAH`]. Offers that are not quantified count 0, offers of kinds that may overlap count by their
/// largest, a cost not stated counts as the highest stated one, as in
/// [`coalition::of_project`](crate::matching::coalition::of_project). *Means* are what each pledges or offers in money,
/// *benefit* what each would pay alone.
///
/// Units: minor units of the base currency. Prices are known for rupiah, and for a currency the scenario converts rupiah
/// to. Order: `members`. Cost: O(2ⁿ · (n + r)) and what [`split_costs`] takes.
///
/// # Errors
/// [`SplitError::PlayersOutOfRange`] for nobody or more than [`MAX_PLAYERS`]; [`SplitError::CostOutOfRange`] where a group's
/// cost passes [`MAX_COST`]; what [`split_costs`] refuses.
///
/// ```
/// use gotong::cases::CaseStudy;
/// use gotong::matching::cost_split::team_split;
///
/// // Nobody of the Yogyakarta team pays more by the Shapley value than alone.
/// let scenario = CaseStudy::by_row("E2").unwrap().load().unwrap();
/// let split = team_split(&scenario).unwrap();
/// assert_eq!(split.members.len(), split.alone_minor.len());
/// assert!(split.answer.splits.iter().all(|one| one.shares.iter().sum::<i128>() == i128::from(split.answer.total)));
/// ```
///
/// Source: the cost game of a set-covering production problem in the sense of Owen 1975 (On the core of linear production
/// games), with indivisible members.
pub fn team_split(scenario: &Scenario) -> Result<TeamSplit, SplitError> {
    let plan = &scenario.partnership;
    let team: Vec<&Organisation> = plan
        .lead
        .iter()
        .chain(&plan.members)
        .filter_map(|id| scenario.organisation(id))
        .collect();
    if team.is_empty() || team.len() > MAX_PLAYERS {
        return Err(SplitError::PlayersOutOfRange {
            players: team.len(),
            most: MAX_PLAYERS,
        });
    }
    let project = plan.project.as_ref().and_then(|id| scenario.project(id));
    let work = Work::of(scenario, &team, project);
    let costs = work.costs()?;
    let group_of = |group: &[usize]| group.iter().fold(0_usize, |bits, &player| bits | 1 << player);
    let game = Game::new(team.len(), |group| {
        costs.get(group_of(group)).map_or(0, |cost| cost.total)
    })?;
    let alone_minor: Vec<i64> = (0..team.len())
        .map(|player| costs.get(1 << player).map_or(0, |cost| cost.total))
        .collect();
    let benefits: Vec<Option<u64>> = alone_minor.iter().map(|&cost| u64::try_from(cost).ok()).collect();
    let means: Vec<Option<u64>> = team.iter().map(|one| means_of(scenario, one)).collect();
    let answer = split_costs(
        &game,
        Means {
            means: &means,
            benefits: &benefits,
        },
    )?;
    let whole = costs.last().copied().unwrap_or_default();
    let ids = |keep: &dyn Fn(&Organisation) -> bool| {
        team.iter()
            .filter(|one| keep(one))
            .map(|one| one.id.clone())
            .collect()
    };
    Ok(TeamSplit {
        members: ids(&|_| true),
        project: project.map(|project| project.id.clone()),
        alone_minor,
        bought_minor: whole.bought,
        coordination_minor: whole.coordination,
        unpriced: work.unpriced,
        unknown_costs: ids(&|one| one.participation_cost_minor.is_none()),
        answer,
    })
}

/// What somebody can pay: its pledges, else the money it offers; `None` where the money offered is not said.
fn means_of(scenario: &Scenario, one: &Organisation) -> Option<u64> {
    let pledges = scenario.pledges.iter().filter(|pledge| pledge.funder == one.id);
    let pledged = pledges
        .filter_map(|pledge| scenario.in_base(pledge.amount))
        .fold(0, u64::saturating_add);
    if pledged > 0 {
        return Some(pledged);
    }
    let funds = one.offers.iter().find(|offer| offer.kind.as_str() == "funds");
    funds.map_or(Some(0), |offer| offer.quantity)
}

/// What is to be done and what each member brings to it.
struct Work {
    /// `taking_part[player]`.
    taking_part: Vec<u64>,
    alpha: u64,
    needs: Vec<Lack>,
    unpriced: Vec<KindId>,
}

/// One requirement: how much, at which price, who brings how much of it.
struct Lack {
    need: u64,
    price: u64,
    overlaps: bool,
    /// `brings[player]`.
    brings: Vec<u64>,
}

/// Of the cheapest way for a group.
#[derive(Clone, Copy, Debug, Default)]
struct Cost {
    total: i64,
    bought: i64,
    coordination: i64,
}

impl Work {
    fn of(scenario: &Scenario, team: &[&Organisation], project: Option<&Project>) -> Self {
        let stated = || {
            scenario
                .organisations
                .iter()
                .filter_map(|one| one.participation_cost_minor)
        };
        let assumed = stated().max().unwrap_or(0);
        let kinds = scenario.all_kinds();
        let mut unpriced = Vec::new();
        let mut needs: Vec<(&KindId, u64)> = Vec::new();
        for requirement in project.into_iter().flat_map(|project| &project.requirements) {
            match needs.iter_mut().find(|(kind, _)| *kind == &requirement.kind) {
                Some((_, need)) => *need = need.saturating_add(requirement.quantity),
                None => needs.push((&requirement.kind, requirement.quantity)),
            }
        }
        let lack = |(kind, need): (&KindId, u64)| {
            let price = market_price(scenario, kind);
            if price.is_none() {
                unpriced.push(kind.clone());
            }
            let offer = |one: &&Organisation| {
                let offers = one.offers.iter().filter(|offer| &offer.kind == kind);
                offers
                    .filter_map(|offer| offer.quantity)
                    .fold(0, u64::saturating_add)
            };
            Lack {
                need,
                price: price.unwrap_or(0),
                overlaps: kinds.iter().any(|known| &known.id == kind && known.may_overlap),
                brings: team.iter().map(offer).collect(),
            }
        };
        Self {
            taking_part: team
                .iter()
                .map(|one| one.participation_cost_minor.unwrap_or(assumed))
                .collect(),
            alpha: scenario.partnership.coalition.alpha_minor,
            needs: needs
                .into_iter()
                .filter(|(_, need)| *need > 0)
                .map(lack)
                .collect(),
            unpriced,
        }
    }

    /// The cheapest way of every group, by its bits; the empty group first.
    fn costs(&self) -> Result<Vec<Cost>, SplitError> {
        let players = self.taking_part.len();
        let mut best: Vec<Cost> = Vec::with_capacity(1 << players);
        for group in 0..1_usize << players {
            // The empty group pays nothing: nobody asked it for anything.
            let mut cheapest = if group == 0 {
                Some(Cost::default())
            } else {
                self.all_of(group)
            };
            for player in (0..players).filter(|player| group >> player & 1 == 1) {
                let without = group & !(1 << player);
                // Somebody has to see to it, so the empty group is no way out for anybody.
                let other = best.get(without).copied().filter(|_| without != 0);
                cheapest = match (cheapest, other) {
                    (Some(here), Some(other)) if other.total < here.total => Some(other),
                    (None, other) => other,
                    (here, _) => here,
                };
            }
            let cost = cheapest.ok_or_else(|| SplitError::CostOutOfRange {
                group: super::key(group, players),
            })?;
            best.push(cost);
        }
        Ok(best)
    }

    /// What it costs if all of the group take part; `None` beyond [`MAX_COST`].
    fn all_of(&self, group: usize) -> Option<Cost> {
        let inside = |figures: &[u64]| -> Vec<u64> {
            let members = figures.iter().enumerate();
            members
                .filter(|(player, _)| group >> player & 1 == 1)
                .map(|(_, &figure)| figure)
                .collect()
        };
        let taking_part = inside(&self.taking_part);
        let size = taking_part.len() as u128;
        let coordination = u128::from(self.alpha) * (size * size.saturating_sub(1) / 2);
        let bought: u128 = self
            .needs
            .iter()
            .map(|lack| {
                let brought = inside(&lack.brings);
                let brought = if lack.overlaps {
                    brought.into_iter().max().unwrap_or(0)
                } else {
                    brought.into_iter().fold(0, u64::saturating_add)
                };
                u128::from(lack.need.saturating_sub(brought)) * u128::from(lack.price)
            })
            .sum();
        let total = taking_part.into_iter().map(u128::from).sum::<u128>() + coordination + bought;
        let minor = |figure: u128| i64::try_from(figure).ok().filter(|&figure| figure <= MAX_COST);
        Some(Cost {
            total: minor(total)?,
            bought: minor(bought)?,
            coordination: minor(coordination)?,
        })
    }
}

/// The price of a unit in minor units of the base currency, rounded down but never to nothing.
fn market_price(scenario: &Scenario, kind: &KindId) -> Option<u64> {
    if kind.as_str() == "funds" {
        return Some(1);
    }
    let (_, rupiah) = MARKET_PRICES_RUPIAH
        .into_iter()
        .find(|(known, _)| *known == kind.as_str())?;
    let base = scenario.base_currency;
    if base == Currency::IDR {
        return Some(rupiah);
    }
    let rate = scenario
        .conversions
        .iter()
        .find(|rate| rate.from == Currency::IDR)?;
    rate.apply(rupiah, base).map(|price| price.max(1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cases::CaseStudy;
    use crate::domain::Sector;

    /// c(S) by trying every subset, written without the recursion.
    #[test]
    fn a_groups_cost_is_that_of_its_cheapest_part() {
        let mut scenario = CaseStudy::by_row("E2").unwrap().load().unwrap();
        scenario.partnership.coalition.alpha_minor = 3_000_000;
        let team: Vec<_> = scenario.organisations.iter().take(7).collect();
        let work = Work::of(&scenario, &team, scenario.projects.first());
        let costs = work.costs().unwrap();
        for (group, cost) in costs.iter().enumerate().skip(1) {
            let parts = (1..=group).filter(|part| part & group == *part);
            let least = parts
                .filter_map(|part| work.all_of(part))
                .map(|cost| cost.total)
                .min();
            assert_eq!(Some(cost.total), least, "{group:b}");
        }
    }

    #[test]
    fn what_nobody_brings_is_bought_and_what_has_no_price_is_said() {
        let mut scenario = CaseStudy::by_row("E2").unwrap().load().unwrap();
        // Alone, the lead lacks four rooms and a permit.
        let split = team_split(&scenario).unwrap();
        assert_eq!(
            (split.members.len(), split.bought_minor),
            (1, 4 * 15_000_000 + 20_000_000)
        );
        assert!(split.unpriced.is_empty());
        let others = scenario
            .organisations
            .iter()
            .filter(|one| one.sector == Sector::Academia);
        scenario.partnership.members = others.take(2).map(|one| one.id.clone()).collect();
        let split = team_split(&scenario).unwrap();
        assert_eq!((split.members.len(), split.bought_minor), (3, 0));
        assert!(split.alone_minor.iter().all(|&alone| alone > split.answer.total));
        scenario.base_currency = Currency::new("USD").unwrap();
        scenario.conversions.clear();
        assert!(!team_split(&scenario).unwrap().unpriced.is_empty());
    }

    #[test]
    fn nobody_and_too_many_are_refused() {
        let mut scenario = CaseStudy::by_row("E2").unwrap().load().unwrap();
        scenario.partnership.lead = None;
        scenario.partnership.members.clear();
        assert_eq!(
            team_split(&scenario).unwrap_err().code(),
            "split-players-out-of-range"
        );
        scenario.partnership.members = scenario.organisations.iter().map(|one| one.id.clone()).collect();
        assert_eq!(
            team_split(&scenario).unwrap_err().code(),
            "split-players-out-of-range"
        );
    }
}
