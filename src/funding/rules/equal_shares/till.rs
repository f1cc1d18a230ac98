//! Whether the real money follows a choice.

use crate::funding::{Outcome, Pool};

/// What real money says to a choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// It is paid.
    Pays,
    /// The pledges that may go to it do not reach.
    Cannot,
    /// All pledges together do not reach.
    TooMuch,
}

/// The real purses of one run, asked again and again.
pub(super) enum Till<'a> {
    /// Voices pay with their own money: what they choose is paid.
    Own,
    /// Pledges pay pro rata.
    Pledges {
        pool: &'a Pool,
        costs: &'a [u64],
        budget: u64,
        spent: u64,
        /// Full purses and those of the run, where some pledges may not go everywhere.
        purses: Option<Box<(Outcome, Outcome)>>,
        is_raised: bool,
    },
}

impl<'a> Till<'a> {
    /// The pledges in `outcome`, untouched so far.
    pub fn of_pledges(pool: &'a Pool, costs: &'a [u64], outcome: &Outcome) -> Self {
        let everybody = pool.participants();
        let tied = |&project: &u32| pool.payers(project as usize).len() < everybody;
        let purses = pool.agenda.candidates.iter().any(tied).then(|| {
            let quiet = outcome.without_rounds();
            Box::new((quiet.clone(), quiet))
        });
        Self::Pledges {
            pool,
            costs,
            budget: outcome.pool_left_minor,
            spent: 0,
            purses,
            is_raised: false,
        }
    }

    /// From now on more is promised than there is, and to choose too much is an answer of its own.
    pub fn raise(&mut self) {
        if let Self::Pledges { is_raised, .. } = self {
            *is_raised = true;
        }
    }

    /// All purses full again.
    pub fn reset(&mut self) {
        if let Self::Pledges { spent, purses, .. } = self {
            *spent = 0;
            if let Some(pair) = purses {
                let (full, now) = &mut **pair;
                now.clone_from(full);
            }
        }
    }

    pub fn ask(&mut self, project: usize) -> Answer {
        let Self::Pledges {
            pool,
            costs,
            budget,
            spent,
            purses,
            is_raised,
        } = self
        else {
            return Answer::Pays;
        };
        let cost = costs.get(project).copied().unwrap_or(u64::MAX);
        if cost > *budget - *spent {
            return if *is_raised {
                Answer::TooMuch
            } else {
                Answer::Cannot
            };
        }
        if let Some(pair) = purses {
            let now = &mut pair.1;
            if now.reach(pool, project) < cost {
                return Answer::Cannot;
            }
            now.buy(pool, project);
        }
        *spent += cost;
        Answer::Pays
    }
}
