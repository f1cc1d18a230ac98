//! The rules: a table of data behind a small trait. A new rule is one file and one line in the table.

mod division;
mod equal_shares;
mod matched;
mod max_welfare;
mod maximin;
mod ordered;
mod ordered_columns;
mod phragmen;
mod proportional;
mod supporters;

use super::columns::{BlockOutcome, Columns};
use super::{Division, FundingError, Instance, Outcome, Pool, Verdict};
use crate::domain::{PoolPlan, RuleId};
use division::Divided;
use equal_shares::EqualShares;
use matched::Matched;
use max_welfare::MaxWelfareRule;
use maximin::MaximinRule;
use ordered::{Key, Ordered};
use phragmen::PhragmenRule;
use proportional::Proportional;
use std::ops::Range;
use std::sync::Arc;

pub(super) use proportional::Fill;

/// What a rule settles before it sees any money.
#[derive(Clone, Debug, Default)]
pub(super) struct Agenda {
    /// Admitted projects, in the order the rule looks at them (as far as it is known without the costs).
    pub candidates: Vec<u32>,
    /// Projects never bought, with the reason, in file order.
    pub excluded: Vec<(usize, Verdict)>,
    /// `wishes[participant]`: (project, weight; `None` = its cost) its purse is split over, where the rule
    /// splits purses; ascending.
    pub wishes: Vec<Vec<(u32, Option<u32>)>>,
}

/// Which projects a participant's money may go to under a rule.
pub(super) enum Payers {
    /// All its restrictions allow.
    Eligible,
    /// Only these, ascending.
    Only(Vec<usize>),
}

/// A funding rule.
pub(super) trait Rule: Sync {
    /// Its name in files.
    fn id(&self) -> RuleId;

    /// Whether the rule applies to this instance under this plan: by default to all.
    fn check(&self, _instance: &Instance, _plan: &PoolPlan) -> Result<(), FundingError> {
        Ok(())
    }

    /// Whether it keeps largest shares and minimum tickets on this instance: by default yes, as whatever is bought through
    /// the ledger does.
    fn keeps_limits(&self, _instance: &Instance) -> bool {
        true
    }

    /// Whether purses that may pay for the same projects are one account during the run ([`Accounts`]): for rules that never
    /// look into a purse but buy through the ledger. By default no.
    ///
    /// [`Accounts`]: super::accounts::Accounts
    fn shares_accounts(&self) -> bool {
        false
    }

    /// Which projects are admitted, in which order; computed once per pool.
    fn agenda(&self, instance: &Instance, plan: &PoolPlan) -> Agenda;

    /// Whose money may go where: by default, wherever restrictions allow.
    fn pays_for(&self, _agenda: &Agenda, _participant: usize) -> Payers {
        Payers::Eligible
    }

    /// What the rule says before it is asked what that buys, for rules that divide money.
    fn division(&self, _instance: &Instance, _plan: &PoolPlan) -> Option<Division> {
        None
    }

    /// The rule made ready for an instance, computed once per pool.
    fn mechanism(&self, instance: &Instance, plan: &PoolPlan) -> Arc<dyn Mechanism>;
}

/// A rule made ready for an instance: run many times, with other purses and costs.
pub(super) trait Mechanism: Send + Sync {
    /// Spends the purses in `outcome`, recording each decision about an admitted project exactly once.
    fn run(&self, pool: &Pool, outcome: &mut Outcome);

    /// The same in the runs at `places` of a block, whose accounts are filled, without a record of decisions; whether it
    /// can. By default it cannot, and each run is made by itself.
    fn run_columns(
        &self,
        _pool: &Pool,
        _costs_minor: &Columns<u64>,
        _places: &Range<usize>,
        _results: &mut BlockOutcome,
    ) -> bool {
        false
    }
}

/// Every rule.
static TABLE: &[&dyn Rule] = &[
    &Ordered::new(RuleId::Greedy, Key::Votes),
    &Ordered::new(RuleId::GreedyPerCost, Key::VotesPerCost),
    &Ordered::new(RuleId::GreedyNoSkip, Key::Votes).stopping_at_misfit(),
    &Ordered::new(RuleId::GreedyThreshold, Key::Votes).with_threshold(),
    &Proportional,
    &Ordered::new(RuleId::InOrder, Key::File).stopping_at_misfit(),
    &EqualShares,
    &PhragmenRule,
    &MaximinRule,
    &MaxWelfareRule,
    &Matched::QUADRATIC,
    &Matched::PAIRWISE,
    &Divided::NASH,
    &Divided::EQUILIBRIUM,
];

/// The rule of this id (a test holds that the table has each; the default rule stands in for none).
pub(super) fn rule(id: RuleId) -> &'static dyn Rule {
    TABLE
        .iter()
        .copied()
        .find(|rule| rule.id() == id)
        .unwrap_or(TABLE[0])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_has_every_rule_once() {
        let ids: Vec<RuleId> = TABLE.iter().map(|rule| rule.id()).collect();
        assert_eq!(ids, RuleId::ALL);
    }
}
