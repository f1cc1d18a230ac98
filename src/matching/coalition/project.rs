//! The instance of a scenario's project, and the answer in its own names.

use super::profile::proposed_alpha;
use super::{
    AlphaStep, Block, Candidate, CoalitionError, FrontPoint, Input, Instance, Outcome, Report, Solution,
};
use crate::domain::{
    CoalitionSettings, Form, KindId, OrgId, Organisation, Project, ProjectId, Scenario, Sector,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// An organisation that offers something the project needs and does not say how much.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnknownOffer {
    /// Who.
    pub org: OrgId,
    /// Of which kind.
    pub kind: KindId,
}

/// A project as an instance, with the names of its indices.
#[derive(Clone, Debug)]
pub struct Posed {
    /// What is solved.
    pub instance: Instance,
    /// `orgs[candidate]`, in file order.
    pub orgs: Vec<OrgId>,
    /// `kinds[requirement]`, as the requirements stand in the file.
    pub kinds: Vec<KindId>,
    /// Candidates who do not state what taking part costs them, in file order.
    pub unknown_costs: Vec<OrgId>,
    /// What each of them is counted with: the highest cost a candidate states; 0 where nobody states one.
    pub assumed_cost_minor: u64,
    /// Offers of required kinds without a quantity: they count 0, and could also serve if they said how much. In
    /// file order, then in order of the requirements.
    pub unknown_offers: Vec<UnknownOffer>,
    /// Organisations left out for want of the project's theme (M7), in file order.
    pub without_theme: Vec<OrgId>,
    /// α as proposed, with the reason `share-of-median-cost`; `None`: nobody states a cost.
    pub proposed_alpha_minor: Option<u64>,
}

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

/// What a form asks of the sectors of a coalition: who must be present, and how many different ones.
///
/// M1 and M8 government and business; M2 three sectors; M3 community; M4 civil society and business; M5 academia and
/// business; M6 business, government and civil society; M7, M9 and M10 nothing. The reading of
/// [`form_gaps`](crate::matching::form::form_gaps), in the form a search needs.
pub fn quotas_of(form: Option<Form>) -> (&'static [Sector], usize) {
    use Sector::{Academia, Business, CivilSociety, Community, Government};
    match form {
        Some(Form::PublicPrivate | Form::GovernmentAndPrivate) => (&[Government, Business], 2),
        Some(Form::CrossSector) => (&[], 3),
        Some(Form::CommunityDecides) => (&[Community], 1),
        Some(Form::EducationAlliance) => (&[CivilSociety, Business], 2),
        Some(Form::ResearchAndIndustry) => (&[Academia, Business], 2),
        Some(Form::CsrProgramme) => (&[Business, Government, CivilSociety], 3),
        Some(Form::ThematicCoalition | Form::JointFundraising | Form::KnowledgeExchange) | None => (&[], 0),
    }
}

/// The coalition of `project` as an instance.
///
/// Candidates are all organisations of the scenario (under M7 those who share a goal with the project, where it names
/// any). Requirements are the project's, of one kind summed, those of 0 left out. Anchors are the partnership's lead,
/// the project's lead and `settings.anchors`. At least two members, as a partnership takes. An offer not quantified
/// counts 0; offers of kinds that may overlap count by the largest, since only that is certain; a cost not stated
/// counts as the highest stated one, so that silence is never an advantage, and its low end 0 is reported beside.
///
/// Units: minor units and the kinds' own. Order: file order. Cost: O(n · r · offers).
///
/// ```
/// use gotong::cases::CaseStudy;
/// use gotong::matching::coalition::{Limits, Outcome, Study, of_project};
///
/// // Community-based education in Yogyakarta: who carries the first project together?
/// let scenario = CaseStudy::by_row("E2").unwrap().load().unwrap();
/// let project = &scenario.projects[0].id;
/// let posed = of_project(&scenario, project, &scenario.partnership.coalition).unwrap();
/// let mut study = Study::new(&posed.instance, Limits::default());
/// while !study.step(1_000) {}
/// let answer = posed.answer(&scenario, project, &study.report());
/// assert!(matches!(answer.outcome, Outcome::Optimal | Outcome::Infeasible));
/// assert_eq!(answer.best.is_some(), answer.blocked.is_empty());
/// ```
///
/// # Errors
/// [`CoalitionError`]: a project or an anchor the scenario does not hold, or more than the limits of an instance.
pub fn of_project(
    scenario: &Scenario,
    project: &ProjectId,
    settings: &CoalitionSettings,
) -> Result<Posed, CoalitionError> {
    let unknown = || CoalitionError::UnknownProject {
        id: project.to_string(),
    };
    let project = scenario.project(project).ok_or_else(unknown)?;
    let plan = &scenario.partnership;
    let anchors: BTreeSet<&OrgId> = plan
        .lead
        .iter()
        .chain(&project.lead)
        .chain(&settings.anchors)
        .collect();
    for &anchor in &anchors {
        if scenario.organisation(anchor).is_none() {
            return Err(CoalitionError::UnknownOrganisation {
                id: anchor.to_string(),
            });
        }
    }
    let themed = plan.form == Some(Form::ThematicCoalition) && !project.goals.is_empty();
    let fits = |org: &&Organisation| {
        !themed || anchors.contains(&org.id) || org.goals.iter().any(|goal| project.goals.contains(goal))
    };
    let candidates: Vec<&Organisation> = scenario.organisations.iter().filter(fits).collect();
    let needs = needs(project);
    let kinds: Vec<KindId> = needs.iter().map(|(kind, _)| kind.clone()).collect();
    let overlaps = |kind: &KindId| {
        scenario
            .all_kinds()
            .iter()
            .any(|known| &known.id == kind && known.may_overlap)
    };
    let stated = || candidates.iter().filter_map(|one| one.participation_cost_minor);
    let assumed = stated().max().unwrap_or(0);
    let place = |id: &OrgId| candidates.iter().position(|one| &one.id == id);
    let conflicts = scenario.conflicts.iter().filter_map(|conflict| {
        let (a, b) = &conflict.between;
        place(a).zip(place(b)).filter(|(a, b)| a != b)
    });
    let (sectors, least_sectors) = quotas_of(plan.form);
    let input = Input {
        candidates: candidates
            .iter()
            .map(|one| candidate(one, &kinds, assumed))
            .collect(),
        demand: needs.iter().map(|(_, need)| *need).collect(),
        overlapping: kinds.iter().map(overlaps).collect(),
        sector_min: sector_min(sectors, settings),
        sector_max: sector_max(settings),
        least_sectors,
        anchors: anchors.iter().filter_map(|anchor| place(anchor)).collect(),
        conflicts: conflicts.collect(),
        min_size: 2,
        max_size: settings.max_size.map(usize::from),
        alpha: settings.alpha_minor,
    };
    let silent = |one: &&Organisation| one.participation_cost_minor.is_none();
    let unknown_offers = candidates.iter().flat_map(|one| {
        let open = kinds
            .iter()
            .filter(|kind| one.offer(kind).is_some_and(|offer| offer.quantity.is_none()));
        open.map(|kind| UnknownOffer {
            org: one.id.clone(),
            kind: kind.clone(),
        })
    });
    let left_out = scenario.organisations.iter().filter(|org| !fits(org));
    Ok(Posed {
        instance: Instance::new(input)?,
        orgs: candidates.iter().map(|one| one.id.clone()).collect(),
        unknown_costs: candidates
            .iter()
            .copied()
            .filter(silent)
            .map(|one| one.id.clone())
            .collect(),
        assumed_cost_minor: assumed,
        unknown_offers: unknown_offers.collect(),
        without_theme: left_out.map(|org| org.id.clone()).collect(),
        proposed_alpha_minor: proposed_alpha(stated()),
        kinds,
    })
}

/// The requirements of a project, one a kind, their sum, where the first stands; without those of 0.
fn needs(project: &Project) -> Vec<(KindId, u64)> {
    let mut needs: Vec<(KindId, u64)> = Vec::new();
    for requirement in &project.requirements {
        match needs.iter_mut().find(|(kind, _)| *kind == requirement.kind) {
            Some((_, sum)) => *sum = sum.saturating_add(requirement.quantity),
            None => needs.push((requirement.kind.clone(), requirement.quantity)),
        }
    }
    needs.retain(|(_, need)| *need > 0);
    needs
}

fn candidate(org: &Organisation, kinds: &[KindId], assumed: u64) -> Candidate {
    let offered = |kind: &KindId| org.offer(kind).and_then(|offer| offer.quantity).unwrap_or(0);
    Candidate {
        cost: org.participation_cost_minor.unwrap_or(assumed),
        sector: org.sector.index(),
        offers: kinds.iter().map(offered).collect(),
    }
}

fn sector_min(sectors: &[Sector], settings: &CoalitionSettings) -> Vec<usize> {
    let of = |sector: Sector| {
        let asked = settings
            .sector_min
            .iter()
            .filter(|(one, _)| *one == sector)
            .map(|(_, least)| usize::from(*least));
        asked
            .max()
            .unwrap_or(0)
            .max(usize::from(sectors.contains(&sector)))
    };
    Sector::ALL.map(of).to_vec()
}

fn sector_max(settings: &CoalitionSettings) -> Option<Vec<usize>> {
    let of = |sector: Sector| {
        let asked = settings
            .sector_max
            .iter()
            .filter(|(one, _)| *one == sector)
            .map(|(_, most)| usize::from(*most));
        asked.min().unwrap_or(usize::MAX)
    };
    (!settings.sector_max.is_empty()).then(|| Sector::ALL.map(of).to_vec())
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
