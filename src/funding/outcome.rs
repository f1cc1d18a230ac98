//! What one run decided, and the ledger a rule writes it into.

use super::conditions::Settled;
use super::groups::Taken;
use super::rules::Fill;
use super::share::Splitter;
use super::{ConditionStep, EqualSharesNote, MAX_BUDGET_MINOR, Pool, Round, Verdict, Welfare};

/// One payment, in the order it was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Payment {
    /// For what.
    pub project: usize,
    /// By whom.
    pub participant: usize,
    /// How much, above 0.
    pub amount_minor: u64,
}

/// One decision, in the order it was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// About which project.
    pub project: usize,
    /// What was decided.
    pub verdict: Verdict,
    /// What it got.
    pub granted_minor: u64,
    /// What is left in all purses afterwards.
    pub pool_left_minor: u64,
}

/// What one run decided. Reused from run to run: after the first, a run allocates nothing.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// `granted_minor[project]`: its cost if bought whole, less if in part, else 0.
    pub granted_minor: Vec<u64>,
    /// `spent_minor[participant]`: never above its purse.
    pub spent_minor: Vec<u64>,
    /// `funded[project]`: bought whole, or a divisible one with at least its minimum.
    pub funded: Vec<bool>,
    /// Every decision, in order.
    pub steps: Vec<Step>,
    /// Every payment, in order; on paper only.
    pub payments: Vec<Payment>,
    /// What was compared, round by round, on paper; rules without rounds leave it empty.
    pub rounds: Vec<Round>,
    /// What the voters' virtual parts paid for what the rule bought in its rounds, on paper: `participant` is a position
    /// among the voters. Real purses pay pro rata beside it.
    pub voice_payments: Vec<Payment>,
    /// What the method of equal shares did beside its rounds; `None` for other rules.
    pub equal_shares: Option<EqualSharesNote>,
    /// How good the set is, for the rule that looks for the best.
    pub welfare: Option<Welfare>,
    /// How the conditions of the pledges were settled, on paper: those who dropped first, in order.
    pub conditions: Vec<ConditionStep>,
    pub(super) settled: Settled,
    /// Whether rounds are to be kept: on paper yes, in a simulated future no.
    explaining: bool,
    pub(super) costs_minor: Vec<u64>,
    /// What is left in each purse the rule sees: accounts where there are any, else participants.
    pub(super) left_minor: Vec<u64>,
    pub(super) pool_left_minor: u64,
    pub(super) order: Vec<u32>,
    pub(super) fill: Fill,
    pub(super) taken: Vec<Taken>,
    /// How much a rule that searches had to look at; next to nothing for the others.
    pub(super) looks: u64,
    weights: Vec<u64>,
    shares: Vec<u64>,
    splitter: Splitter,
}

impl Outcome {
    /// A ledger that keeps the rounds too.
    pub(super) fn explaining() -> Self {
        Self {
            explaining: true,
            ..Self::default()
        }
    }

    /// Whether rounds and the payments of voters are wanted.
    pub(super) fn is_explaining(&self) -> bool {
        self.explaining
    }

    /// The same ledger, without keeping rounds.
    pub(super) fn without_rounds(&self) -> Self {
        Self {
            explaining: false,
            ..self.clone()
        }
    }

    /// Keeps a round, where rounds are wanted: building one costs time a simulated future does not have.
    /// `round` is given the costs of this run.
    pub(super) fn keep_round(&mut self, round: impl FnOnce(&[u64]) -> Round) {
        if self.explaining {
            self.rounds.push(round(&self.costs_minor));
        }
    }

    /// An empty ledger for these purses and costs.
    pub(super) fn start(&mut self, pool: &Pool, purses_minor: &[u64], costs_minor: &[u64]) {
        let (projects, participants) = (pool.projects(), pool.participants());
        let refill = |list: &mut Vec<u64>, values: &[u64], len: usize, missing: u64| {
            list.clear();
            list.extend(values.iter().take(len));
            list.resize(len, missing);
        };
        refill(&mut self.costs_minor, costs_minor, projects, u64::MAX);
        refill(&mut self.left_minor, purses_minor, participants, 0);
        refill(&mut self.granted_minor, &[], projects, 0);
        self.funded.clear();
        self.funded.resize(projects, false);
        self.steps.clear();
        self.payments.clear();
        self.rounds.clear();
        self.voice_payments.clear();
        self.equal_shares = None;
        self.welfare = None;
        self.looks = 0;
        self.taken.clear();
        self.taken.extend(pool.groups.none_taken());
        let mut room = MAX_BUDGET_MINOR;
        for purse in &mut self.left_minor {
            *purse = (*purse).min(room);
            room -= *purse;
        }
        self.conditions.clear();
        match pool.settlement() {
            Some(settlement) => {
                self.conditions = settlement.settle(&mut self.left_minor, &mut self.settled, self.explaining);
                self.pool_left_minor = self.left_minor.iter().sum();
            }
            None => {
                self.settled.clear(participants);
                self.pool_left_minor = MAX_BUDGET_MINOR - room;
            }
        }
        // Until `finish`: what each purse held, conditions settled.
        refill(&mut self.spent_minor, &self.left_minor, participants, 0);
        if let Some(accounts) = pool.accounts() {
            accounts.pool(&self.spent_minor, &mut self.left_minor);
        }
    }

    /// Closes the ledger: what each purse held becomes what was spent of it.
    pub(super) fn finish(&mut self, pool: &Pool) {
        let Some(accounts) = pool.accounts() else {
            for (spent, left) in self.spent_minor.iter_mut().zip(&self.left_minor) {
                *spent -= left;
            }
            return;
        };
        let purses_minor = if self.explaining {
            self.spent_minor.clone()
        } else {
            Vec::new()
        };
        for (account, &left) in self.left_minor.iter().enumerate() {
            accounts.tell_apart(account, left, &mut self.spent_minor);
        }
        if self.explaining {
            self.payments = accounts.payments(&self.payments, &purses_minor, &mut self.spent_minor);
        }
    }

    /// Buys `project` if its groups allow it and the money its payers have left reaches: whole, or in part from its
    /// minimum on.
    ///
    /// The price is paid pro rata to what each purse has left, by largest remainder, so none pays more than
    /// it has; who shares an account is told apart when the rule has ended. Records the decision and returns it.
    pub(super) fn buy(&mut self, pool: &Pool, project: usize) -> Verdict {
        match self.affordable(pool, project) {
            Ok(price) => self.grant(pool, project, price),
            Err(verdict) => {
                self.record(pool, project, verdict, 0);
                verdict
            }
        }
    }

    /// What `project` would be bought for now: its cost, or less if it is divisible.
    ///
    /// # Errors
    /// Why it cannot be bought: the limits of its groups, then the money its payers have left.
    pub(super) fn affordable(&self, pool: &Pool, project: usize) -> Result<u64, Verdict> {
        if pool.has_limits() {
            return self.within_limits(pool, project).map(|(_, price)| price);
        }
        let cost = self.cost(project);
        let least = pool.least_grant(project, cost);
        let room = pool.groups.room(&self.taken, project, least)?;
        let left = |&payer: &u32| self.left_minor.get(payer as usize).copied().unwrap_or(0);
        let available: u64 = pool.purses_for(project).iter().map(left).sum();
        if available < least {
            return Err(Verdict::DoesNotFit {
                short_minor: least - available,
                blocked_minor: self.pool_left_minor - available,
            });
        }
        Ok(cost.min(available).min(room))
    }

    /// Buys `project` for `price`, at most what [`Outcome::affordable`] says, pro rata to what its payers have left.
    pub(super) fn grant(&mut self, pool: &Pool, project: usize, price: u64) -> Verdict {
        if pool.has_limits() {
            return self.grant_within_limits(pool, project, price);
        }
        let left = |&payer: &u32| self.left_minor.get(payer as usize).copied().unwrap_or(0);
        self.weights.clear();
        self.weights.extend(pool.purses_for(project).iter().map(left));
        let available = self.weights.iter().sum();
        self.charge(pool, project, price, available);
        let verdict = self.verdict_of(project, price);
        self.record(pool, project, verdict, price);
        verdict
    }

    /// The money its payers have left.
    pub(super) fn reach(&self, pool: &Pool, project: usize) -> u64 {
        if pool.has_limits() {
            return self.reach_within_limits(pool, project);
        }
        let left = |&payer: &u32| self.left_minor.get(payer as usize).copied().unwrap_or(0);
        pool.purses_for(project).iter().map(left).sum()
    }

    /// Bought whole or in part.
    pub(super) fn verdict_of(&self, project: usize, price: u64) -> Verdict {
        if price == self.cost(project) {
            Verdict::Bought
        } else {
            Verdict::BoughtInPart
        }
    }

    /// Splits `price` over the payers whose purses `grant` has put into `weights`.
    fn charge(&mut self, pool: &Pool, project: usize, price: u64, available: u64) {
        self.splitter
            .split(price, &self.weights, available, &mut self.shares);
        let shares = std::mem::take(&mut self.shares);
        for (&payer, &amount_minor) in pool.purses_for(project).iter().zip(&shares) {
            if amount_minor > 0 {
                self.pay(Payment {
                    project,
                    participant: payer as usize,
                    amount_minor,
                });
            }
        }
        self.shares = shares;
        self.pool_left_minor -= price;
    }

    /// Books one payment out of its purse (the caller keeps `pool_left_minor`).
    pub(super) fn pay(&mut self, payment: Payment) {
        let purse = self.left_minor.get_mut(payment.participant);
        if let Some(left) = purse {
            *left -= payment.amount_minor;
            if self.explaining {
                self.payments.push(payment);
            }
        }
    }

    /// Does `work` as if those with `aside[participant]` had nothing left.
    pub(super) fn without(&mut self, aside: &[bool], work: impl FnOnce(&mut Self)) {
        let kept = self.left_minor.iter().zip(aside);
        let kept: Vec<u64> = kept.map(|(&left, &aside)| if aside { left } else { 0 }).collect();
        let total: u64 = kept.iter().sum();
        for (left, kept) in self.left_minor.iter_mut().zip(&kept) {
            *left -= kept;
        }
        self.pool_left_minor -= total;
        let before = self.steps.len();
        work(self);
        for (left, kept) in self.left_minor.iter_mut().zip(&kept) {
            *left += kept;
        }
        self.pool_left_minor += total;
        for step in self.steps.iter_mut().skip(before) {
            step.pool_left_minor += total;
        }
    }

    /// The splitter and where it writes, for rules that split by weights of their own.
    pub(super) fn splitter(&mut self) -> (&mut Splitter, &mut Vec<u64>) {
        (&mut self.splitter, &mut self.shares)
    }

    pub(super) fn cost(&self, project: usize) -> u64 {
        self.costs_minor.get(project).copied().unwrap_or(u64::MAX)
    }

    /// Books a decision about `project`; one that is bought counts in its groups.
    pub(super) fn record(&mut self, pool: &Pool, project: usize, verdict: Verdict, granted_minor: u64) {
        let funded = matches!(verdict, Verdict::Bought | Verdict::BoughtInPart);
        if let (Some(granted), Some(flag)) =
            (self.granted_minor.get_mut(project), self.funded.get_mut(project))
        {
            *granted = granted_minor;
            *flag = funded;
        }
        if funded {
            pool.groups.take(&mut self.taken, project, granted_minor);
        }
        self.steps.push(Step {
            project,
            verdict,
            granted_minor,
            pool_left_minor: self.pool_left_minor,
        });
    }
}
