//! What a team's work would cost each group of its members, and how the team splits it.

use super::work::Work;
use super::{Game, MAX_TEAM, Means, SplitAnswer, SplitError, SplitLimits, TeamSplitSearch, split_costs};
use crate::domain::{KindId, OrgId, Organisation, ProjectId, Scenario};
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
/// to. Order: `members`. Up to [`MAX_PLAYERS`](super::MAX_PLAYERS) members everything is exact: O(2ⁿ · (n + r)) and what
/// [`split_costs`] takes. Up to [`MAX_TEAM`] the Shapley value is sampled, with its standard error, until
/// [`SplitLimits::default`] is reached: [`TeamSplitSearch`] does the same a little at a time.
///
/// # Errors
/// [`SplitError::PlayersOutOfRange`] for nobody or more than [`MAX_TEAM`]; [`SplitError::CostOutOfRange`] where a group's
/// cost passes [`MAX_COST`](super::MAX_COST); [`SplitError::TooHard`]; what [`split_costs`] refuses.
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
    let mut search = TeamSplitSearch::new(scenario, SplitLimits::default())?;
    while !search.step(u64::MAX)? {}
    search.answer().ok_or(SplitError::Inexact)
}

/// Who splits what, before any group's cost is known.
#[derive(Debug)]
pub(super) struct Team {
    pub members: Vec<OrgId>,
    pub project: Option<ProjectId>,
    pub unknown_costs: Vec<OrgId>,
    /// What each can pay, if it is said.
    pub means: Vec<Option<u64>>,
    pub work: Work,
}

impl Team {
    /// The partnership of `scenario`.
    ///
    /// # Errors
    /// [`SplitError::PlayersOutOfRange`] for nobody or more than [`MAX_TEAM`].
    pub fn of(scenario: &Scenario) -> Result<Self, SplitError> {
        let plan = &scenario.partnership;
        let team: Vec<&Organisation> = plan
            .lead
            .iter()
            .chain(&plan.members)
            .filter_map(|id| scenario.organisation(id))
            .collect();
        if team.is_empty() || team.len() > MAX_TEAM {
            return Err(SplitError::PlayersOutOfRange {
                players: team.len(),
                most: MAX_TEAM,
            });
        }
        let project = plan.project.as_ref().and_then(|id| scenario.project(id));
        let silent = team.iter().filter(|one| one.participation_cost_minor.is_none());
        Ok(Self {
            work: Work::of(scenario, &team, project),
            project: project.map(|project| project.id.clone()),
            unknown_costs: silent.map(|one| one.id.clone()).collect(),
            means: team.iter().map(|one| means_of(scenario, one)).collect(),
            members: team.iter().map(|one| one.id.clone()).collect(),
        })
    }

    /// The split over all 2ⁿ groups.
    ///
    /// # Errors
    /// [`SplitError::CostOutOfRange`]; what [`split_costs`] refuses.
    pub fn split_exactly(&self) -> Result<TeamSplit, SplitError> {
        let costs = self.work.costs()?;
        let group_of = |group: &[usize]| group.iter().fold(0_usize, |bits, &player| bits | 1 << player);
        let cost_of = |group: usize| costs.get(group).map_or(0, |cost| cost.total);
        let game = Game::new(self.members.len(), |group| cost_of(group_of(group)))?;
        let alone: Vec<i64> = (0..self.members.len())
            .map(|player| cost_of(1 << player))
            .collect();
        let benefits: Vec<Option<u64>> = alone.iter().map(|&cost| u64::try_from(cost).ok()).collect();
        let answer = split_costs(
            &game,
            Means {
                means: &self.means,
                benefits: &benefits,
            },
        )?;
        let whole = costs.last().copied().unwrap_or_default();
        Ok(self.split(alone, whole.bought, whole.coordination, answer))
    }

    /// The answer with who and what it is about.
    pub fn split(
        &self,
        alone_minor: Vec<i64>,
        bought_minor: i64,
        coordination_minor: i64,
        answer: SplitAnswer,
    ) -> TeamSplit {
        TeamSplit {
            members: self.members.clone(),
            project: self.project.clone(),
            alone_minor,
            bought_minor,
            coordination_minor,
            unpriced: self.work.unpriced.clone(),
            unknown_costs: self.unknown_costs.clone(),
            answer,
        }
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cases::CaseStudy;
    use crate::domain::{Currency, Sector};

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
        let one = scenario.organisations[0].id.clone();
        scenario.partnership.members = vec![one; MAX_TEAM + 1];
        assert_eq!(
            team_split(&scenario).unwrap_err().code(),
            "split-players-out-of-range"
        );
    }
}
