//! One scenario under several rules, side by side.

mod figures;
mod shift;

pub use figures::{Agreement, ColumnFigures};
pub use shift::{MAX_NAMED_FUNDERS, Shift, ShiftedMoney};

use super::{FundingError, Instance, Pool, violations};
use crate::domain::{PoolPlan, Scenario};
use figures::figures;
use serde::{Deserialize, Serialize};
use shift::shift;

/// The most rules in one comparison.
pub const MAX_COMPARED: usize = 16;

/// What one rule does.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Column {
    /// The rule, with its settings.
    pub plan: PoolPlan,
    /// Its figures, if it can be run here.
    pub figures: Option<ColumnFigures>,
    /// Why it cannot.
    pub refused: Option<FundingError>,
}

/// Several rules on one scenario.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    /// Ids of the projects, so that indices can be read back.
    pub project_ids: Vec<String>,
    /// Costs, in minor units.
    pub cost_minor: Vec<u64>,
    /// Ids of the participants (the pledges).
    pub participant_ids: Vec<String>,
    /// All purses together.
    pub budget_minor: u64,
    /// All people whose voice counts (pledges, where the funders are the voices).
    pub people: u64,
    /// One a plan, in the order asked.
    pub columns: Vec<Column>,
    /// For each two columns that ran, the first before the second.
    pub agreement: Vec<Agreement>,
    /// Who wins and loses by changing from the first to the second of each of these.
    pub shifts: Vec<Shift>,
}

/// What each of `plans` does with the scenario, and how they differ.
///
/// A plan that cannot be run says why in its column and is left out of the rest. Of more than [`MAX_COMPARED`] plans the
/// first count.
///
/// Cost: one run a plan, and O(plans² · (projects + voices)).
///
/// # Errors
/// [`FundingError`] where the scenario has no sound instance.
pub fn compare(scenario: &Scenario, plans: &[PoolPlan]) -> Result<Comparison, FundingError> {
    let instance = Instance::from_scenario(scenario)?;
    let people: Vec<Option<u64>> = scenario
        .projects
        .iter()
        .map(|project| project.beneficiaries)
        .collect();
    let mut columns = Vec::new();
    let mut benefits = Vec::new();
    for plan in plans.iter().take(MAX_COMPARED) {
        let (column, benefit) = match run(&instance, plan, &people) {
            Ok((figures, benefit)) => (Ok(figures), benefit),
            Err(error) => (Err(error), Vec::new()),
        };
        benefits.push(benefit);
        columns.push(Column {
            plan: plan.clone(),
            refused: column.as_ref().err().cloned(),
            figures: column.ok(),
        });
    }
    let (mut agreement, mut shifts) = (Vec::new(), Vec::new());
    for (first, one) in columns.iter().enumerate() {
        for (second, other) in columns.iter().enumerate().skip(first + 1) {
            if let (Some(one), Some(other)) = (&one.figures, &other.figures) {
                agreement.push(Agreement::of([first, second], one, other));
                let voices = [&benefits[first], &benefits[second]].map(Vec::as_slice);
                shifts.push(shift(&instance, [first, second], [one, other], voices));
            }
        }
    }
    let voices = instance.voices();
    Ok(Comparison {
        project_ids: instance.project_ids(),
        cost_minor: instance.costs_minor(),
        participant_ids: instance.participant_ids(),
        budget_minor: instance.budget_minor(),
        people: voices
            .iter()
            .fold(0, |sum: u64, voice| sum.saturating_add(voice.voters)),
        columns,
        agreement,
        shifts,
    })
}

/// The figures of one rule, and the benefit of each voice.
fn run(
    instance: &Instance,
    plan: &PoolPlan,
    people: &[Option<u64>],
) -> Result<(ColumnFigures, Vec<u64>), FundingError> {
    let pool = Pool::new(instance, plan)?;
    let run = super::run::explain(instance, &pool, &pool.run_on_paper());
    let verified = violations(instance, plan, &run.allocation).is_empty();
    Ok(figures(instance, &run.allocation, people, verified))
}
