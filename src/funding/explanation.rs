//! What takes many runs of the rule to say: worked out after the result is on screen.

use super::additive::{AdditiveShares, additive_shares};
use super::changes::{WhyNot, WhyNots};
use super::effort::{is_light, runs_allowed};
use super::leaving::{LeaveChoice, leaving};
use super::properties::{PropertyReport, properties};
use super::{FundReport, FundingError, Instance, Outcome, Pool};
use crate::domain::PoolPlan;
use serde::{Deserialize, Serialize};

/// Everything about a result that is not needed to show it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Explanation {
    /// Shares of the funders that may be summed; none where they would take too many runs.
    pub additive: Option<AdditiveShares>,
    /// `leaving[participant]`: whether it would do better alone; shorter where the rule is too heavy for all.
    pub leaving: Vec<LeaveChoice>,
    /// Why the unfunded projects are not funded.
    pub why_not: Vec<WhyNot>,
    /// Unfunded projects not looked into.
    pub why_not_left_out: usize,
    /// What holds of the result.
    pub properties: Vec<PropertyReport>,
}

/// The explanation of `report`, which must be that of the same instance and plan.
///
/// Cost: one run a participant, up to 2¹² for the shares, and some hundreds for each unfunded project; a heavy rule gets
/// fewer, and what is missing then is said. The same bytes everywhere.
///
/// # Errors
/// As [`report_instance`](super::report_instance).
pub fn explain(
    instance: &Instance,
    plan: &PoolPlan,
    report: &FundReport,
) -> Result<Explanation, FundingError> {
    let mut explainer = Explainer::new(instance.clone(), plan.clone(), report)?;
    while !explainer.step()? {}
    Ok(explainer.explanation)
}

/// Which part comes next.
enum Stage {
    Properties,
    Leaving(usize),
    WhyNot(Box<WhyNots>),
    Additive,
    Over,
}

/// [`explain`], a part at a time.
pub struct Explainer {
    instance: Instance,
    plan: PoolPlan,
    pool: Pool,
    now: Outcome,
    without: Outcome,
    spent_minor: u64,
    allocation: super::Allocation,
    stage: Stage,
    explanation: Explanation,
}

impl Explainer {
    /// Nothing is explained yet.
    ///
    /// # Errors
    /// As [`explain`].
    pub fn new(instance: Instance, plan: PoolPlan, report: &FundReport) -> Result<Self, FundingError> {
        let pool = Pool::new(&instance, &plan)?;
        Ok(Self {
            now: Outcome::default(),
            without: Outcome::default(),
            spent_minor: report.spent_minor,
            allocation: report.allocation.clone(),
            stage: Stage::Properties,
            explanation: Explanation::default(),
            instance,
            plan,
            pool,
        })
    }

    /// Explains the next part; whether that was the last.
    ///
    /// # Errors
    /// As [`explain`].
    pub fn step(&mut self) -> Result<bool, FundingError> {
        self.stage = match std::mem::replace(&mut self.stage, Stage::Over) {
            Stage::Properties => {
                self.explanation.properties = properties(&self.instance, &self.plan, &self.allocation);
                if is_light(&self.instance, &self.pool) {
                    self.now = self.pool.run_on_paper();
                    Stage::Leaving(0)
                } else {
                    let bought = self.allocation.selected.len();
                    self.explanation.why_not_left_out =
                        self.pool.projects() - bought.min(self.pool.projects());
                    Stage::Over
                }
            }
            Stage::Leaving(participant)
                if participant < self.pool.participants()
                    && (participant as u64) < runs_allowed(&self.instance, &self.pool) =>
            {
                self.leave(participant);
                Stage::Leaving(participant + 1)
            }
            Stage::Leaving(_) => {
                let why_not = WhyNots::new(&self.instance, &self.plan, &self.pool, &self.now)?;
                self.explanation.why_not_left_out = why_not.left_out();
                Stage::WhyNot(Box::new(why_not))
            }
            Stage::WhyNot(mut why_not) => {
                match why_not.next(&self.instance, &self.plan, &self.pool, &self.now)? {
                    Some(answer) => {
                        self.explanation.why_not.push(answer);
                        Stage::WhyNot(why_not)
                    }
                    None => Stage::Additive,
                }
            }
            Stage::Additive => {
                self.explanation.additive = additive_shares(&self.instance, &self.pool, self.spent_minor);
                Stage::Over
            }
            Stage::Over => Stage::Over,
        };
        Ok(matches!(self.stage, Stage::Over))
    }

    /// What is explained by now; all of it after the last step.
    pub fn into_explanation(self) -> Explanation {
        self.explanation
    }

    fn leave(&mut self, participant: usize) {
        let mut purses = self.pool.purses_minor().to_vec();
        if let Some(purse) = purses.get_mut(participant) {
            *purse = 0;
        }
        self.pool.run(&purses, self.pool.costs_minor(), &mut self.without);
        let choice = leaving(&self.instance, participant, &self.now, &self.without);
        self.explanation.leaving.push(choice);
    }
}
