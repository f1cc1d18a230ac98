//! The mechanism, compiled once and run many times: the same code decides the plan on paper, its explanation
//! and each simulated future.

use super::accounts::Accounts;
use super::conditions::Settlement;
use super::groups::Groups;
use super::rules::{Agenda, Mechanism, Rule, rule};
use super::{FundingError, Instance, Outcome, Terms};
use crate::domain::{PoolPlan, RuleId};
use std::sync::Arc;

/// The most pairs of a project and a participant who may pay for it.
pub const MAX_PAIRS: usize = 5_000_000;

/// A rule compiled for an instance: who may pay for what, which projects are admitted, in which order.
#[derive(Clone)]
pub struct Pool {
    rule: &'static dyn Rule,
    mechanism: Arc<dyn Mechanism>,
    /// `None` = the whole cost (indivisible).
    least_minor: Vec<Option<u64>>,
    pub(super) votes: Vec<u64>,
    pub(super) votes_digits: u32,
    pub(super) agenda: Agenda,
    pub(super) groups: Groups,
    /// `payers[payer_start[p]..payer_start[p + 1]]`: who may pay for project p, ascending.
    payer_start: Vec<usize>,
    payers: Vec<u32>,
    /// Who shares a purse during a run; `None` = nobody does.
    accounts: Option<Accounts>,
    purses_minor: Vec<u64>,
    costs_minor: Vec<u64>,
    settlement: Option<Arc<Settlement>>,
    /// `limits[participant]`: the largest share it pays and its minimum ticket; empty where nobody states any.
    limits: Vec<Terms>,
    future_nanoseconds: u64,
}

impl Pool {
    /// Compiles `plan` for `instance`.
    ///
    /// # Errors
    /// [`FundingError::TooMany`] above [`MAX_PAIRS`] pairs of a project and a participant who may pay for it, or above
    /// [`MAX_CONDITIONS`](super::MAX_CONDITIONS) pledges with a condition; what the rule refuses.
    pub fn new(instance: &Instance, plan: &PoolPlan) -> Result<Self, FundingError> {
        let rule = rule(plan.rule);
        rule.check(instance, plan)?;
        let limits = limits(instance);
        if !limits.is_empty() && !rule.keeps_limits(instance) {
            return Err(FundingError::LimitsNotKept);
        }
        let settlement = Settlement::new(instance)?.map(Arc::new);
        let agenda = rule.agenda(instance, plan);
        let mut payer_start = vec![0];
        let mut payers = Vec::new();
        let by_project = transpose(instance, |position| rule.pays_for(&agenda, position));
        let pairs = by_project.iter().map(Vec::len).sum::<usize>();
        if pairs > MAX_PAIRS {
            return Err(FundingError::TooMany {
                what: "pairs".to_owned(),
                limit: MAX_PAIRS,
            });
        }
        for mut list in by_project {
            payers.append(&mut list);
            payer_start.push(payers.len());
        }
        let mut admitted = vec![false; instance.projects().len()];
        for &project in &agenda.candidates {
            if let Some(admitted) = admitted.get_mut(project as usize) {
                *admitted = true;
            }
        }
        let accounts = (rule.shares_accounts() && limits.is_empty()).then(|| {
            let own = |project: usize| &payers[payer_start[project]..payer_start[project + 1]];
            Accounts::new(instance.participants().len(), &admitted, own)
        });
        let least = |project: &super::FundingProject| {
            let divisible = project.is_divisible();
            divisible.then(|| project.least_grant_minor(u64::MAX))
        };
        let mut pool = Self {
            rule,
            mechanism: rule.mechanism(instance, plan),
            least_minor: instance.projects().iter().map(least).collect(),
            votes: instance
                .projects()
                .iter()
                .map(super::FundingProject::votes)
                .collect(),
            votes_digits: instance.votes_digits(),
            agenda,
            groups: Groups::new(instance),
            payer_start,
            payers,
            accounts,
            purses_minor: instance.purses_minor(),
            costs_minor: instance.costs_minor(),
            settlement,
            limits,
            future_nanoseconds: 1,
        };
        pool.future_nanoseconds = super::effort::future_nanoseconds(instance, &pool);
        Ok(pool)
    }

    /// Rough nanoseconds of native code that one of many runs takes: to slice work, never to decide a result.
    pub fn future_nanoseconds(&self) -> u64 {
        self.future_nanoseconds
    }

    /// Which rule it is.
    pub fn rule(&self) -> RuleId {
        self.rule.id()
    }

    /// What the rule says before it is asked what that buys, where it divides money.
    pub(super) fn division(&self, instance: &Instance, plan: &PoolPlan) -> Option<super::Division> {
        self.rule.division(instance, plan)
    }

    /// Number of projects.
    pub fn projects(&self) -> usize {
        self.costs_minor.len()
    }

    /// Number of participants.
    pub fn participants(&self) -> usize {
        self.purses_minor.len()
    }

    /// `purses_minor[participant]` on paper.
    pub fn purses_minor(&self) -> &[u64] {
        &self.purses_minor
    }

    /// `costs_minor[project]` on paper.
    pub fn costs_minor(&self) -> &[u64] {
        &self.costs_minor
    }

    /// What the rule does with these purses and costs, into `outcome`.
    ///
    /// Shape: `purses_minor[participant]`, `costs_minor[project]`, in minor units; a missing entry counts as an
    /// empty purse, or as a cost nobody can pay. Purses beyond 2⁶² together are cut there. Everything but
    /// purses and costs (votes, restrictions, minimums) is as compiled; a minimum above the cost of this run
    /// counts as that cost. Conditions of pledges are settled first, on these purses. Rules that look at one project
    /// after another allocate nothing once `outcome` has served a run of this size (unless somebody states a largest
    /// share or a ticket); those that weigh loads or welfare do. Exact: integers only, the same bytes everywhere.
    ///
    /// Cost: greedy rules O(pairs of project and payer), proportional O(projects² × pairs) at worst.
    pub fn run(&self, purses_minor: &[u64], costs_minor: &[u64], outcome: &mut Outcome) {
        outcome.start(self, purses_minor, costs_minor);
        self.mechanism.run(self, outcome);
        for &(project, verdict) in &self.agenda.excluded {
            outcome.record(self, project, verdict, 0);
        }
        outcome.finish(self);
    }

    pub(super) fn mechanism(&self) -> &dyn Mechanism {
        self.mechanism.as_ref()
    }

    /// What the rule does with the pledges and costs on paper.
    pub fn run_on_paper(&self) -> Outcome {
        let mut outcome = Outcome::explaining();
        self.run(&self.purses_minor, &self.costs_minor, &mut outcome);
        outcome
    }

    /// The conditions of the pledges, if there are any.
    pub(super) fn settlement(&self) -> Option<&Settlement> {
        self.settlement.as_deref()
    }

    /// Whether anybody states a largest share or a minimum ticket.
    pub(super) fn has_limits(&self) -> bool {
        !self.limits.is_empty()
    }

    /// The most `participant` pays for a project that costs `cost_minor`, by its largest share.
    pub(super) fn most_minor(&self, participant: usize, cost_minor: u64) -> u64 {
        let terms = self.limits.get(participant);
        terms.map_or(u64::MAX, |terms| terms.most_minor(cost_minor))
    }

    /// The least `participant` pays for a project it pays for at all.
    pub(super) fn ticket_minor(&self, participant: usize) -> u64 {
        self.limits
            .get(participant)
            .map_or(0, |terms| terms.minimum_ticket_minor)
    }

    /// Who may pay for `project`, ascending.
    pub(super) fn payers(&self, project: usize) -> &[u32] {
        let bound = |at: usize| self.payer_start.get(at).copied().unwrap_or(0);
        self.payers
            .get(bound(project)..bound(project + 1))
            .unwrap_or_default()
    }

    /// The purses that pay for `project` while the rule runs, ascending: accounts where there are any, else who may pay.
    pub(super) fn purses_for(&self, project: usize) -> &[u32] {
        match &self.accounts {
            Some(accounts) => accounts.payers(project),
            None => self.payers(project),
        }
    }

    /// The accounts, where purses are shared.
    pub(super) fn accounts(&self) -> Option<&Accounts> {
        self.accounts.as_ref()
    }

    /// The least amount worth granting to `project` when it costs `cost_minor`.
    pub(super) fn least_grant(&self, project: usize, cost_minor: u64) -> u64 {
        let least = self.least_minor.get(project).copied().flatten();
        least.map_or(cost_minor, |minimum| minimum.min(cost_minor))
    }
}

impl std::fmt::Debug for Pool {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "Pool({}, {} × {})",
            self.rule().code(),
            self.participants(),
            self.projects()
        )
    }
}

/// The limits each participant states; empty where none binds.
fn limits(instance: &Instance) -> Vec<Terms> {
    let participants = instance.participants();
    let binds = |terms: &Terms| terms.largest_share_basis_points.is_some() || terms.minimum_ticket_minor > 0;
    if !participants.iter().any(|who| binds(who.terms())) {
        return Vec::new();
    }
    participants.iter().map(|who| who.terms().clone()).collect()
}

/// For each project, the participants whose money the rule may spend on it.
fn transpose(instance: &Instance, pays_for: impl Fn(usize) -> super::rules::Payers) -> Vec<Vec<u32>> {
    let mut by_project = vec![Vec::new(); instance.projects().len()];
    for (participant, index) in instance.participants().iter().zip(0_u32..) {
        let mut add = |project: usize| {
            if let Some(list) = by_project.get_mut(project) {
                list.push(index);
            }
        };
        match pays_for(index as usize) {
            super::rules::Payers::Eligible => participant.eligible().iter().copied().for_each(&mut add),
            super::rules::Payers::Only(projects) => projects.into_iter().for_each(&mut add),
        }
    }
    by_project
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::funding::{FundingProject, Participant, Verdict};

    fn run(rule: RuleId, projects: Vec<FundingProject>, participants: Vec<Participant>) -> Outcome {
        let instance = Instance::new(projects, participants).unwrap();
        let plan = PoolPlan::of(rule);
        Pool::new(&instance, &plan).unwrap().run_on_paper()
    }

    fn project(id: &str, cost: u64, votes: u64) -> FundingProject {
        FundingProject::new(id, cost, votes)
    }

    #[test]
    fn greedy_skips_what_does_not_fit_and_no_skip_stops_there() {
        let projects = || vec![project("a", 60, 3), project("b", 70, 2), project("c", 40, 1)];
        let purse = || vec![Participant::new("pool", 100, vec![0, 1, 2])];
        assert_eq!(
            run(RuleId::Greedy, projects(), purse()).funded,
            [true, false, true]
        );
        let stopped = run(RuleId::GreedyNoSkip, projects(), purse());
        assert_eq!(stopped.funded, [true, false, false]);
        assert_eq!(stopped.steps[2].verdict, Verdict::AfterStop);
        let missing = Verdict::DoesNotFit {
            short_minor: 30,
            blocked_minor: 0,
        };
        assert_eq!(stopped.steps[1].verdict, missing);
        assert_eq!(
            run(RuleId::GreedyPerCost, projects(), purse()).funded,
            [true, false, true]
        );
    }

    #[test]
    fn a_restricted_purse_pays_only_where_it_may() {
        let participants = vec![
            Participant::new("open", 50, vec![0, 1]),
            Participant::new("tied", 50, vec![1]),
        ];
        let outcome = run(
            RuleId::Greedy,
            vec![project("a", 60, 2), project("b", 30, 1)],
            participants,
        );
        assert_eq!(outcome.granted_minor, [0, 30]);
        assert_eq!(outcome.spent_minor, [15, 15]);
        let blocked = Verdict::DoesNotFit {
            short_minor: 10,
            blocked_minor: 50,
        };
        assert_eq!(outcome.steps[0].verdict, blocked);
    }

    #[test]
    fn a_divisible_project_takes_what_there_is_from_its_minimum_on() {
        let purse = |minor| vec![Participant::new("pool", minor, vec![0])];
        let projects = || vec![project("a", 100, 1).divisible_from(30)];
        assert_eq!(run(RuleId::Greedy, projects(), purse(50)).granted_minor, [50]);
        assert_eq!(run(RuleId::Greedy, projects(), purse(29)).granted_minor, [0]);
        assert_eq!(
            run(RuleId::Proportional, projects(), purse(30)).granted_minor,
            [30]
        );
    }

    #[test]
    fn proportional_splits_by_wishes_drops_the_worst_covered_and_offers_again() {
        // 25 and 75 offered; a (25/70) is covered worst and drops, then x (100/200); what came back buys a.
        let participants = vec![Participant::new("donor", 100, vec![0, 1]).wishing(vec![(0, 1), (1, 3)])];
        let outcome = run(
            RuleId::Proportional,
            vec![project("a", 70, 0), project("x", 200, 0)],
            participants,
        );
        assert_eq!(outcome.granted_minor, [70, 0]);
        // Two donors meet on b: 50 of the one, all of the other.
        let participants = vec![
            Participant::new("d", 100, vec![0, 1]).wishing(vec![(0, 1), (1, 1)]),
            Participant::new("e", 30, vec![1]),
        ];
        let outcome = run(
            RuleId::Proportional,
            vec![project("a", 50, 0), project("b", 80, 0)],
            participants,
        );
        assert_eq!(outcome.granted_minor, [50, 80]);
        assert_eq!(outcome.spent_minor, [100, 30]);
    }
}
