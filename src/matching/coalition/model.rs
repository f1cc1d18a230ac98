//! The instance as the search works on it: whole units without their common divisor, overlapping kinds as 0 or 1,
//! conflicts and dominance as lists.

use super::Instance;

/// An [`Instance`] compiled for the search. `offers[candidate * rows + requirement]`, at most the demand.
pub(super) struct Model {
    pub n: usize,
    pub rows: usize,
    pub sectors: usize,
    /// Greatest common divisor of all costs and α: objectives are counted in it.
    pub unit: u64,
    pub cost: Vec<u64>,
    pub alpha: u64,
    pub offers: Vec<u64>,
    pub demand: Vec<u64>,
    pub sector: Vec<usize>,
    pub sector_min: Vec<usize>,
    pub sector_max: Vec<usize>,
    pub least_sectors: usize,
    pub low: usize,
    pub high: usize,
    pub anchors: Vec<usize>,
    /// Who must not be in with each candidate; rising.
    pub conflicts: Vec<Vec<u32>>,
    /// Whom each candidate dominates: where those are in, it may be too at no loss. Empty where several answers
    /// are wanted.
    pub dominates: Vec<Vec<u32>>,
    /// The same the other way round.
    pub dominated_by: Vec<Vec<u32>>,
    /// What an objective counts for where members are counted too ([`Model::count_members`]); 1 where they are not.
    counts_for: u64,
}

impl Model {
    /// From now on the objective is cost · (n + 1) + members: the cheapest first, of those the smallest.
    pub fn count_members(&mut self) {
        self.counts_for = (self.n as u64).saturating_add(1);
        for cost in &mut self.cost {
            *cost = cost.saturating_mul(self.counts_for).saturating_add(1);
        }
        self.alpha = self.alpha.saturating_mul(self.counts_for);
    }

    /// The objective in which a cost and a size are counted.
    pub fn counting(&self, cost: u128, members: usize) -> u128 {
        let size = if self.counts_for > 1 { members as u128 } else { 0 };
        cost.saturating_mul(u128::from(self.counts_for))
            .saturating_add(size)
    }

    /// The cost that such an objective counts.
    pub fn without_members(&self, objective: u128, members: usize) -> u128 {
        let size = if self.counts_for > 1 { members as u128 } else { 0 };
        objective.saturating_sub(size) / u128::from(self.counts_for)
    }

    pub fn new(instance: &Instance, with_dominance: bool) -> Self {
        let input = instance.input();
        let n = input.candidates.len();
        let wanted: Vec<usize> = (0..input.demand.len())
            .filter(|&row| input.demand[row] > 0)
            .collect();
        let rows = wanted.len();
        let overlaps = |row: usize| input.overlapping.get(row).copied().unwrap_or(false);
        let demand: Vec<u64> = wanted
            .iter()
            .map(|&row| if overlaps(row) { 1 } else { input.demand[row] })
            .collect();
        let mut offers = Vec::with_capacity(n * rows);
        for candidate in &input.candidates {
            offers.extend(wanted.iter().map(|&row| {
                let (offer, need) = (candidate.offers[row], input.demand[row]);
                if overlaps(row) {
                    u64::from(offer >= need)
                } else {
                    offer.min(need)
                }
            }));
        }
        let divisor = input
            .candidates
            .iter()
            .fold(input.alpha, |sum, one| gcd(sum, one.cost))
            .max(1);
        let listed = input
            .sector_min
            .len()
            .max(input.sector_max.as_ref().map_or(0, Vec::len));
        let used = input
            .candidates
            .iter()
            .map(|one| one.sector + 1)
            .max()
            .unwrap_or(0);
        let sectors = listed.max(used);
        let mut conflicts = vec![Vec::new(); n];
        for &(a, b) in &input.conflicts {
            conflicts[a].push(index(b));
            conflicts[b].push(index(a));
        }
        for list in &mut conflicts {
            list.sort_unstable();
            list.dedup();
        }
        let mut anchors = input.anchors.clone();
        anchors.sort_unstable();
        anchors.dedup();
        let most = |sector: usize| {
            input
                .sector_max
                .as_ref()
                .and_then(|list| list.get(sector).copied())
        };
        let mut model = Self {
            n,
            rows,
            sectors,
            unit: divisor,
            cost: input.candidates.iter().map(|one| one.cost / divisor).collect(),
            alpha: input.alpha / divisor,
            offers,
            demand,
            sector: input.candidates.iter().map(|one| one.sector).collect(),
            sector_min: (0..sectors)
                .map(|s| input.sector_min.get(s).copied().unwrap_or(0))
                .collect(),
            sector_max: (0..sectors)
                .map(|s| most(s).map_or(n, |most| most.min(n)))
                .collect(),
            least_sectors: input.least_sectors,
            low: input.min_size,
            high: input.max_size.map_or(n, |most| most.min(n)),
            anchors,
            conflicts,
            dominates: vec![Vec::new(); n],
            dominated_by: vec![Vec::new(); n],
            counts_for: 1,
        };
        if with_dominance {
            model.find_dominance();
        }
        model
    }

    pub fn offers_of(&self, candidate: usize) -> &[u64] {
        &self.offers[candidate * self.rows..(candidate + 1) * self.rows]
    }

    /// Σ c + α·K(K−1)/2 in units.
    pub fn objective(&self, members: impl Iterator<Item = usize>) -> u128 {
        let (mut costs, mut size) = (0_u128, 0_u128);
        for member in members {
            costs += u128::from(self.cost[member]);
            size += 1;
        }
        costs + self.coordination(size)
    }

    /// α·K(K−1)/2 in units.
    pub fn coordination(&self, size: u128) -> u128 {
        u128::from(self.alpha) * (size * size.saturating_sub(1) / 2)
    }

    /// a dominates b: same sector, costs no more, brings no less of anything, no conflict b does not have, b is no
    /// anchor. A coalition with b and without a stays one, no dearer, with a in b's place. Of equals the first
    /// dominates, so that the relation has no cycle.
    fn find_dominance(&mut self) {
        for a in 0..self.n {
            for b in 0..self.n {
                let first = (self.cost[a], a) < (self.cost[b], b);
                if a == b || !first || self.sector[a] != self.sector[b] || self.anchors.contains(&b) {
                    continue;
                }
                let brings = self
                    .offers_of(a)
                    .iter()
                    .zip(self.offers_of(b))
                    .all(|(a, b)| a >= b);
                // A pair in conflict is left alone: the implication "b in, so a in" would then forbid b.
                let free = self.conflicts[a]
                    .iter()
                    .all(|other| self.conflicts[b].contains(other));
                if brings && free && !self.conflicts[a].contains(&index(b)) {
                    self.dominates[a].push(index(b));
                    self.dominated_by[b].push(index(a));
                }
            }
        }
    }
}

/// An index of at most [`MAX_CANDIDATES`](super::MAX_CANDIDATES) as it is kept in lists.
pub(super) fn index(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

fn gcd(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { gcd(b, a % b) }
}
