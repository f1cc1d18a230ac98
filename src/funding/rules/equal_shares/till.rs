//! Whether the real money follows a choice.

use crate::funding::groups::Taken;
use crate::funding::{Outcome, Pool};

/// What real money says to a choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// It is paid.
    Pays,
    /// The pledges that may go to it do not reach, or the limits of its groups leave no room.
    Cannot,
    /// All pledges together do not reach.
    TooMuch,
}

/// The real money of one run, asked again and again.
pub(super) struct Till<'a> {
    pool: &'a Pool,
    costs: &'a [u64],
    taken: Vec<Taken>,
    purses: Purses,
}

/// Whose purses pay.
enum Purses {
    /// Voices pay with their own money: what they choose is paid.
    Own,
    /// Pledges pay pro rata.
    Pledges {
        budget: u64,
        spent: u64,
        /// Full purses and those of the run, where some pledges may not go everywhere.
        purses: Option<Box<(Outcome, Outcome)>>,
        is_raised: bool,
    },
}

impl<'a> Till<'a> {
    /// Voices with purses of their own.
    pub fn own(pool: &'a Pool, costs: &'a [u64]) -> Self {
        Self::new(pool, costs, Purses::Own)
    }

    fn new(pool: &'a Pool, costs: &'a [u64], purses: Purses) -> Self {
        Self {
            pool,
            costs,
            taken: pool.groups.none_taken().collect(),
            purses,
        }
    }

    /// The pledges in `outcome`, untouched so far.
    pub fn of_pledges(pool: &'a Pool, costs: &'a [u64], outcome: &Outcome) -> Self {
        let everybody = pool.participants();
        let tied = |&project: &u32| pool.payers(project as usize).len() < everybody;
        let purses = pool.agenda.candidates.iter().any(tied).then(|| {
            let quiet = outcome.without_rounds();
            Box::new((quiet.clone(), quiet))
        });
        let pledges = Purses::Pledges {
            budget: outcome.pool_left_minor,
            spent: 0,
            purses,
            is_raised: false,
        };
        Self::new(pool, costs, pledges)
    }

    /// From now on more is promised than there is, and to choose too much is an answer of its own.
    pub fn raise(&mut self) {
        if let Purses::Pledges { is_raised, .. } = &mut self.purses {
            *is_raised = true;
        }
    }

    /// All purses full again.
    pub fn reset(&mut self) {
        self.taken.clear();
        self.taken.extend(self.pool.groups.none_taken());
        if let Purses::Pledges { spent, purses, .. } = &mut self.purses {
            *spent = 0;
            if let Some(pair) = purses {
                let (full, now) = &mut **pair;
                now.clone_from(full);
            }
        }
    }

    pub fn ask(&mut self, project: usize) -> Answer {
        let cost = self.costs.get(project).copied().unwrap_or(u64::MAX);
        if self.pool.groups.room(&self.taken, project, cost).is_err() {
            return Answer::Cannot;
        }
        let answer = self.ask_purses(project, cost);
        if answer == Answer::Pays {
            self.pool.groups.take(&mut self.taken, project, cost);
        }
        answer
    }

    fn ask_purses(&mut self, project: usize, cost: u64) -> Answer {
        let Purses::Pledges {
            budget,
            spent,
            purses,
            is_raised,
        } = &mut self.purses
        else {
            return Answer::Pays;
        };
        if cost > *budget - *spent {
            return if *is_raised {
                Answer::TooMuch
            } else {
                Answer::Cannot
            };
        }
        if let Some(pair) = purses {
            let now = &mut pair.1;
            if now.reach(self.pool, project) < cost {
                return Answer::Cannot;
            }
            now.buy(self.pool, project);
        }
        *spent += cost;
        Answer::Pays
    }
}
