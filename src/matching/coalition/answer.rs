//! The answer in the names of the scenario.

use super::project::{Posed, UnknownOffer};
use super::{AlphaStep, Block, FrontPoint, Outcome, Report, Solution};
use crate::domain::{KindId, OrgId, Organisation, ProjectId, Scenario, Sector};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What a member brings to a requirement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Brings {
    /// Of which kind.
    pub kind: KindId,
    /// How much, in its unit; `None` = some, not said.
    pub offered: Option<u64>,
}

/// A member of a coalition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// Who.
    pub org: OrgId,
    /// Its sector.
    pub sector: Sector,
    /// What taking part costs, in minor units; `None` = not said.
    pub cost_minor: Option<u64>,
    /// What it brings of what is required; nothing of 0.
    pub brings: Vec<Brings>,
}

/// A requirement and what a coalition covers of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Covered {
    /// Which kind.
    pub kind: KindId,
    /// How much is required.
    pub need: u64,
    /// Low and high end of what the members bring: [max, sum] where offers may overlap; an amount not said adds up
    /// to the whole need to the high end.
    pub brought: [u64; 2],
}

/// A coalition by name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NamedSolution {
    /// Who is in, in file order.
    pub members: Vec<Member>,
    /// What they cover, as the requirements stand in the file.
    pub covered: Vec<Covered>,
    /// K.
    pub size: usize,
    /// The sectors present, A1 to A5.
    pub sectors: Vec<Sector>,
    /// Pairs of partners, K(K−1)/2.
    pub pairs: u64,
    /// Σ c, unknown costs as assumed, in minor units.
    pub participation_cost_minor: u128,
    /// The same with nothing for unknown costs: the low end.
    pub stated_cost_minor: u128,
    /// α · pairs, in minor units.
    pub coordination_cost_minor: u128,
    /// The sum of participation and coordination.
    pub objective_minor: u128,
    /// No coalition costs less, in minor units.
    pub lower_bound_minor: u128,
    /// (objective − lower bound) / objective, in [0, 1].
    pub gap: f64,
    /// Whether the bound proves that no other costs less.
    pub optimal: bool,
}

/// One level of the front by name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NamedFrontPoint {
    /// Share of every requirement, in percent.
    pub coverage_percent: u8,
    /// Who would be in; absent if no coalition was found.
    pub members: Option<Vec<OrgId>>,
    /// What it costs, in minor units.
    pub objective_minor: Option<u128>,
    /// Whether that is proven least.
    pub optimal: bool,
}

/// One size of the α profile by name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedAlphaStep {
    /// From this α on, in minor units per pair.
    pub from_alpha_minor: u64,
    /// How many members are best.
    pub size: usize,
    /// Who.
    pub members: Vec<OrgId>,
    /// Σ c of them, in minor units.
    pub participation_cost_minor: u128,
    /// Whether that is proven least for the size.
    pub optimal: bool,
}

/// What blocks, by name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum NamedBlock {
    /// `short` more of `kind` is needed.
    Requirement {
        /// Which kind.
        kind: KindId,
        /// How much more, in its unit.
        short: u64,
        /// Whose offers of it have no quantity: ask them first.
        ask: Vec<OrgId>,
    },
    /// Too few of a sector.
    SectorMin {
        /// Which.
        sector: Sector,
        /// How many could be in.
        have: usize,
        /// How many must be.
        need: usize,
    },
    /// Too many anchors of a sector.
    SectorMax {
        /// Which.
        sector: Sector,
        /// How many must be in.
        have: usize,
        /// How many may be.
        most: usize,
    },
    /// Two who must both be in are in conflict.
    Anchors {
        /// The pair.
        pair: (OrgId, OrgId),
    },
    /// Any one of these conflicts, lifted, would do; empty where only several together would.
    Conflicts {
        /// In file order.
        pairs: Vec<(OrgId, OrgId)>,
    },
    /// What has no name of its own: sizes, quotas together, several rules together.
    Rule(Block),
}

/// The answer to "which coalition for this project?".
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CoalitionAnswer {
    /// Which project.
    pub project: ProjectId,
    /// What is known.
    pub outcome: Outcome,
    /// α it was computed with, in minor units per pair.
    pub alpha_minor: u64,
    /// The best coalition found; absent if there is none.
    pub best: Option<NamedSolution>,
    /// The next best, by objective, then file order of the members.
    pub alternatives: Vec<NamedSolution>,
    /// Whether best and alternatives are proven to be the first ones.
    pub complete: bool,
    /// Cost against coverage.
    pub front: Vec<NamedFrontPoint>,
    /// From which α on fewer partners are best.
    pub alpha_profile: Vec<NamedAlphaStep>,
    /// α as proposed (`share-of-median-cost`); absent if nobody states a cost.
    pub proposed_alpha_minor: Option<u64>,
    /// Why there is none.
    pub blocked: Vec<NamedBlock>,
    /// Who does not state a cost, among the candidates.
    pub unknown_costs: Vec<OrgId>,
    /// What each of them is counted with, in minor units.
    pub assumed_cost_minor: u64,
    /// Who could also serve if they said how much.
    pub unknown_offers: Vec<UnknownOffer>,
    /// Left out for want of the project's theme.
    pub without_theme: Vec<OrgId>,
    /// Nodes of all searches.
    pub nodes: u64,
}

impl Posed {
    /// `report` in the names of the scenario this was posed from.
    pub fn answer(&self, scenario: &Scenario, project: &ProjectId, report: &Report) -> CoalitionAnswer {
        let named = |solution: &Solution| self.named(scenario, solution);
        CoalitionAnswer {
            project: project.clone(),
            outcome: report.outcome,
            alpha_minor: self.instance.input().alpha,
            best: report.solutions.first().map(named),
            alternatives: report.solutions.iter().skip(1).map(named).collect(),
            complete: report.complete,
            front: report.front.iter().map(|point| self.front_point(point)).collect(),
            alpha_profile: report
                .alpha_profile
                .iter()
                .map(|step| self.alpha_step(step))
                .collect(),
            proposed_alpha_minor: self.proposed_alpha_minor,
            blocked: report.blocked.iter().map(|block| self.block(block)).collect(),
            unknown_costs: self.unknown_costs.clone(),
            assumed_cost_minor: self.assumed_cost_minor,
            unknown_offers: self.unknown_offers.clone(),
            without_theme: self.without_theme.clone(),
            nodes: report.nodes,
        }
    }

    fn ids(&self, members: &[usize]) -> Vec<OrgId> {
        members
            .iter()
            .filter_map(|&at| self.orgs.get(at).cloned())
            .collect()
    }

    fn named(&self, scenario: &Scenario, solution: &Solution) -> NamedSolution {
        let input = self.instance.input();
        let orgs = self
            .orgs
            .iter()
            .enumerate()
            .filter(|(at, _)| solution.members.contains(at));
        let organisations: Vec<&Organisation> =
            orgs.filter_map(|(_, id)| scenario.organisation(id)).collect();
        let size = solution.members.len() as u64;
        let pairs = size * size.saturating_sub(1) / 2;
        let coordination = u128::from(input.alpha) * u128::from(pairs);
        let stated = organisations
            .iter()
            .filter_map(|one| one.participation_cost_minor);
        let sectors: BTreeSet<Sector> = organisations.iter().map(|one| one.sector).collect();
        let covered = self.kinds.iter().enumerate().map(|(row, kind)| {
            let offers = || organisations.iter().filter_map(|one| one.offer(kind));
            let said = || offers().filter_map(|offer| offer.quantity);
            let need = input.demand[row];
            let sum = said().fold(0, u64::saturating_add);
            let low = if input.overlapping[row] {
                said().max().unwrap_or(0)
            } else {
                sum
            };
            let silent = offers().any(|offer| offer.quantity.is_none());
            let high = if silent { sum.saturating_add(need) } else { sum };
            Covered {
                kind: kind.clone(),
                need,
                brought: [low, high],
            }
        });
        NamedSolution {
            members: organisations.iter().map(|one| self.member(one)).collect(),
            covered: covered.collect(),
            size: solution.members.len(),
            sectors: sectors.into_iter().collect(),
            pairs,
            participation_cost_minor: solution.objective.saturating_sub(coordination),
            stated_cost_minor: stated.map(u128::from).sum(),
            coordination_cost_minor: coordination,
            objective_minor: solution.objective,
            lower_bound_minor: solution.lower_bound,
            gap: solution.gap,
            optimal: solution.optimal,
        }
    }

    fn member(&self, org: &Organisation) -> Member {
        let brings = self.kinds.iter().filter_map(|kind| {
            let offered = org.offer(kind)?.quantity;
            (offered != Some(0)).then(|| Brings {
                kind: kind.clone(),
                offered,
            })
        });
        Member {
            org: org.id.clone(),
            sector: org.sector,
            cost_minor: org.participation_cost_minor,
            brings: brings.collect(),
        }
    }

    fn front_point(&self, point: &FrontPoint) -> NamedFrontPoint {
        let solution = point.solution.as_ref();
        NamedFrontPoint {
            coverage_percent: point.coverage_percent,
            members: solution.map(|one| self.ids(&one.members)),
            objective_minor: solution.map(|one| one.objective),
            optimal: solution.is_some_and(|one| one.optimal),
        }
    }

    fn alpha_step(&self, step: &AlphaStep) -> NamedAlphaStep {
        NamedAlphaStep {
            from_alpha_minor: step.from_alpha,
            size: step.size,
            members: self.ids(&step.members),
            participation_cost_minor: step.participation_cost,
            optimal: step.optimal,
        }
    }

    fn block(&self, block: &Block) -> NamedBlock {
        let sector = |index: usize| Sector::ALL.get(index).copied();
        let pair = |&(a, b): &(usize, usize)| self.orgs.get(a).cloned().zip(self.orgs.get(b).cloned());
        let named = match block {
            Block::Requirement { index, short } => self.kinds.get(*index).map(|kind| {
                let open = self.unknown_offers.iter().filter(|offer| &offer.kind == kind);
                let ask = open.map(|offer| offer.org.clone()).collect();
                NamedBlock::Requirement {
                    kind: kind.clone(),
                    short: *short,
                    ask,
                }
            }),
            &Block::SectorMin { index, have, need } => {
                sector(index).map(|sector| NamedBlock::SectorMin { sector, have, need })
            }
            &Block::SectorMax { index, have, most } => {
                sector(index).map(|sector| NamedBlock::SectorMax { sector, have, most })
            }
            Block::Anchors { pair: both } => pair(both).map(|pair| NamedBlock::Anchors { pair }),
            Block::Conflicts { pairs } => Some(NamedBlock::Conflicts {
                pairs: pairs.iter().filter_map(pair).collect(),
            }),
            _ => None,
        };
        named.unwrap_or_else(|| NamedBlock::Rule(block.clone()))
    }
}
