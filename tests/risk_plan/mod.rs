//! Plans for tests, benches and examples: the plan of 8 funders and 10 projects that the futures are measured on
//! (invented figures, in rupiah), and small plain plans.

#![allow(dead_code, reason = "each user takes what it needs")]
#![allow(clippy::unwrap_used, reason = "figures written here")]

use gotong::domain::{
    Ballot, CostEstimate, CostShape, Currency, FutureSettings, Money, OrgId, Organisation, Pledge, PledgeId,
    PledgeTerms, PoolPlan, Probability, Project, ProjectId, Reliability, Restriction, RuleId, Sampler,
    Scenario, Sector, Text,
};

use gotong::risk::{Futures, Label, PlainCost, PlainPlan, PlainPledge, PlainProject, Simulation};

/// (name, sector, pledge in millions, chance of default, haircut)
type FunderRow = (&'static str, Sector, u64, f64, Option<(f64, f64)>);
/// (name, shape, low, likely and high in millions, votes)
type ProjectRow = (&'static str, CostShape, [u64; 3], u32);

const FUNDERS: [FunderRow; 8] = [
    ("province", Sector::Government, 650, 0.10, Some((2.0, 3.0))),
    ("regency", Sector::Government, 300, 0.20, Some((2.0, 2.0))),
    ("energy", Sector::Business, 550, 0.15, Some((3.0, 2.0))),
    ("telecom", Sector::Business, 450, 0.15, Some((2.0, 2.0))),
    ("bank", Sector::Business, 350, 0.10, None),
    ("foundation", Sector::CivilSociety, 400, 0.05, Some((1.5, 4.0))),
    ("alumni", Sector::CivilSociety, 150, 0.25, Some((2.0, 2.0))),
    ("university", Sector::Academia, 150, 0.10, Some((2.0, 5.0))),
];

const PROJECTS: [ProjectRow; 10] = [
    ("well", CostShape::Pert, [260, 300, 420], 950),
    ("clinic", CostShape::Pert, [500, 600, 900], 900),
    ("school", CostShape::Triangular, [420, 500, 700], 820),
    ("latrines", CostShape::Lognormal, [240, 300, 400], 760),
    ("teachers", CostShape::Pert, [350, 400, 520], 640),
    ("waste", CostShape::Triangular, [280, 350, 500], 580),
    ("library", CostShape::Pert, [200, 250, 380], 430),
    ("market", CostShape::Lognormal, [380, 450, 600], 390),
    ("seeds", CostShape::Pert, [150, 200, 260], 310),
    ("radio", CostShape::Triangular, [90, 120, 200], 150),
];

const MILLION: u64 = 1_000_000;

/// The plan: greedy by votes, one ballot per project.
pub fn plan_8x10() -> Scenario {
    let mut scenario = Scenario::default();
    for (name, sector, millions, probability, haircut) in FUNDERS {
        let id = OrgId::new(name).unwrap();
        scenario
            .organisations
            .push(Organisation::new(id.clone(), name.into(), sector));
        scenario.pledges.push(Pledge {
            id: PledgeId::new(name).unwrap(),
            funder: id,
            amount: Money::new(millions * MILLION, Currency::IDR).unwrap(),
            source: None,
            restriction: Restriction::default(),
            wishes: Vec::new(),
            terms: PledgeTerms::default(),
            reliability: Reliability {
                default_probability: Probability::new(probability).unwrap(),
                haircut,
                ..Reliability::default()
            },
        });
    }
    for (name, shape, [low, likely, high], voters) in PROJECTS {
        let id = ProjectId::new(name).unwrap();
        scenario.ballots.push(Ballot {
            name: name.into(),
            voters,
            approves: vec![id.clone()],
            points: Vec::new(),
        });
        scenario.projects.push(Project {
            id,
            name: name.into(),
            description: Text::default(),
            lead: None,
            goals: Vec::new(),
            region: None,
            cost: CostEstimate {
                shape,
                low_minor: low * MILLION,
                likely_minor: likely * MILLION,
                high_minor: high * MILLION,
            },
            divisible: false,
            minimum_minor: None,
            beneficiaries: None,
            requirements: Vec::new(),
            duration_months: None,
            tranches: Vec::new(),
        });
    }
    scenario
}

/// The greedy rule.
pub fn greedy() -> PoolPlan {
    PoolPlan::of(RuleId::Greedy)
}

/// Settings with a common shock of 0.3.
pub fn settings(trials: u32, seed: u64, sampler: Sampler) -> FutureSettings {
    FutureSettings {
        trials,
        seed,
        sampler,
        ..FutureSettings::default()
    }
}

/// A pledge.
pub fn pledge(
    amount: f64,
    default_probability: f64,
    haircut: Option<(f64, f64)>,
    sector: Option<&str>,
) -> PlainPledge {
    PlainPledge {
        id: None,
        amount,
        default_probability,
        haircut,
        sector: sector.map(|sector| Label::Text(sector.to_owned())),
        tranches: Vec::new(),
        delay: None,
        withdrawal: 0.0,
        trust: 0.0,
        currency: None,
    }
}

/// A project of this shape.
pub fn project(id: &str, shape: CostShape, [low, likely, high]: [f64; 3]) -> PlainProject {
    PlainProject {
        id: Label::Text(id.to_owned()),
        cost: PlainCost {
            shape,
            low: Some(low),
            likely: Some(likely),
            high: Some(high),
        },
        tranches: Vec::new(),
    }
}

/// A project of known cost.
pub fn fixed(id: &str, cost: f64) -> PlainProject {
    project(id, CostShape::Fixed, [cost; 3])
}

/// In order, with a common shock.
pub fn plan(pledges: Vec<PlainPledge>, projects: Vec<PlainProject>, rho: f64) -> PlainPlan {
    PlainPlan {
        pledges,
        projects,
        rule: RuleId::InOrder,
        common_shock: Some(rho),
        period_months: 0,
        periods: 0,
        opening: 0.0,
        volatility: Vec::new(),
    }
}

/// All futures of a plain plan.
pub fn run(plan: &PlainPlan, trials: u32, seed: u64, sampler: Sampler) -> Futures {
    let mut simulation = Simulation::from_plain(plan, &settings(trials, seed, sampler)).unwrap();
    while simulation.step() {}
    simulation.snapshot()
}
