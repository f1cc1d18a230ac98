//! Buying where somebody pays at most a share of any project, or not below a ticket.

use super::{Outcome, Payment, Pool, Verdict};

/// What one payer may pay for the project at hand.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bound {
    payer: usize,
    /// What it has left: what shares are in proportion to.
    left: u64,
    /// The least it pays if it pays at all.
    ticket: u64,
    /// The most: what it has left, its share of the cost, or all of it.
    most: u64,
}

impl Outcome {
    /// [`Outcome::affordable`] where shares or tickets bind, and who would pay: each payer pays nothing, or between its ticket and its most,
    /// else in proportion to what it has left.
    ///
    /// 1. Who cannot reach its own ticket is out.
    /// 2. While the tickets of those in exceed the price, one drops: among those the others can do without, the one
    ///    whose money is the smallest multiple of its ticket (ties: the later). Which subset of tickets adds up is a
    ///    knapsack, so a project only another choice could fund may be passed over.
    /// 3. The price is split in proportion to what is left, by largest remainder. Parts above their most or below their
    ///    ticket are fixed there, whichever side is farther off as a whole, and the rest is split again.
    pub(super) fn within_limits(&self, pool: &Pool, project: usize) -> Result<(Vec<Bound>, u64), Verdict> {
        let cost = self.cost(project);
        let least = pool.least_grant(project, cost);
        let most = cost.min(pool.groups.room(&self.taken, project, least)?);
        let mut bounds = self.bounds(pool, project, cost);
        let mut available = reach(&bounds);
        while available >= least {
            let Some(out) = unaffordable(&bounds, most.min(available), available - least) else {
                break;
            };
            bounds.remove(out);
            available = reach(&bounds);
        }
        if available < least {
            return Err(Verdict::DoesNotFit {
                short_minor: least - available,
                blocked_minor: self.pool_left_minor.saturating_sub(available),
            });
        }
        Ok((bounds, most.min(available)))
    }

    /// [`Outcome::grant`] where shares or tickets bind; at most `price`.
    pub(super) fn grant_within_limits(&mut self, pool: &Pool, project: usize, price: u64) -> Verdict {
        let (bounds, most) = match self.within_limits(pool, project) {
            Ok(found) => found,
            Err(verdict) => {
                self.record(pool, project, verdict, 0);
                return verdict;
            }
        };
        let price = price.min(most);
        for (payer, amount_minor) in self.split_within(&bounds, price) {
            self.pay(Payment {
                project,
                participant: payer,
                amount_minor,
            });
        }
        self.pool_left_minor -= price;
        let verdict = self.verdict_of(project, price);
        self.record(pool, project, verdict, price);
        verdict
    }

    /// [`Outcome::reach`] where shares or tickets bind.
    pub(super) fn reach_within_limits(&self, pool: &Pool, project: usize) -> u64 {
        reach(&self.bounds(pool, project, self.cost(project)))
    }

    fn bounds(&self, pool: &Pool, project: usize, cost: u64) -> Vec<Bound> {
        let bound = |&payer: &u32| {
            let payer = payer as usize;
            let left = self.left_minor.get(payer).copied().unwrap_or(0);
            let most = left.min(pool.most_minor(payer, cost)).min(cost);
            let ticket = pool.ticket_minor(payer);
            (most > 0 && most >= ticket).then_some(Bound {
                payer,
                left,
                ticket,
                most,
            })
        };
        pool.payers(project).iter().filter_map(bound).collect()
    }

    /// (payer, amount above 0), by payer; tickets ≤ price ≤ most, all together.
    fn split_within(&mut self, bounds: &[Bound], mut price: u64) -> Vec<(usize, u64)> {
        let mut fixed = vec![None; bounds.len()];
        loop {
            let open: Vec<usize> = (0..bounds.len()).filter(|&at| fixed[at].is_none()).collect();
            let weights: Vec<u64> = open.iter().map(|&at| bounds[at].left).collect();
            let total = weights.iter().sum();
            let (splitter, shares) = self.splitter();
            splitter.split(price, &weights, total, shares);
            let parts = || open.iter().zip(shares.iter()).map(|(&at, &share)| (at, share));
            let above: u64 = parts()
                .map(|(at, share)| share.saturating_sub(bounds[at].most))
                .sum();
            let below: u64 = parts()
                .map(|(at, share)| bounds[at].ticket.saturating_sub(share))
                .sum();
            for (at, share) in parts() {
                let Bound { ticket, most, .. } = bounds[at];
                fixed[at] = match () {
                    () if above == 0 && below == 0 => Some(share),
                    () if above >= below && share > most => Some(most),
                    () if below >= above && share < ticket => Some(ticket),
                    () => None,
                };
            }
            let now = open.iter().filter_map(|&at| fixed[at]).sum::<u64>();
            price -= now.min(price);
            if fixed.iter().all(Option::is_some) {
                break;
            }
        }
        let paid = bounds.iter().zip(fixed);
        let paid = paid.map(|(bound, share)| (bound.payer, share.unwrap_or(0)));
        paid.filter(|&(_, amount)| amount > 0).collect()
    }
}

/// What they can pay together.
fn reach(bounds: &[Bound]) -> u64 {
    bounds.iter().map(|bound| bound.most).sum()
}

/// Whom to leave out because the tickets exceed the price; `None` if they do not. `spare`: what may be missing.
fn unaffordable(bounds: &[Bound], price: u64, spare: u64) -> Option<usize> {
    let tickets: u128 = bounds.iter().map(|bound| u128::from(bound.ticket)).sum();
    if tickets <= u128::from(price) {
        return None;
    }
    let worst = |may_go: &dyn Fn(&Bound) -> bool| {
        let bounded = bounds.iter().enumerate();
        let bounded = bounded.filter(|(_, bound)| bound.ticket > 0 && may_go(bound));
        let less = |a: &Bound, b: &Bound| {
            let cross = |left: u64, ticket: u64| u128::from(left) * u128::from(ticket);
            cross(a.left, b.ticket).cmp(&cross(b.left, a.ticket))
        };
        let worst = bounded.min_by(|(at, a), (other, b)| less(a, b).then(other.cmp(at)));
        worst.map(|(at, _)| at)
    };
    worst(&|bound| bound.most <= spare).or_else(|| worst(&|_| true))
}
