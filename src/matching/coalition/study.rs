//! Everything asked about one instance, step by step: the best coalitions, cost against coverage, size against α, and
//! where there is none, why.

use super::blocked::{Block, impossible};
use super::profile::{OfSize, envelope};
use super::{
    CONFLICTS_TRIED, FRONT_PERCENT, FrontPoint, Input, Instance, Limits, Outcome, PROFILE_SIZES, Progress,
    Report, Search, Solution,
};
use std::collections::VecDeque;

/// What one search of a study is for.
#[derive(Clone, Debug)]
enum Purpose {
    Best,
    Front(u8),
    Cheapest,
    Smallest,
    OfSize,
    Without(Block),
    /// The largest demand that still has a coalition lies in `low..high`; this search asks for `asked`.
    Close {
        index: usize,
        low: u64,
        high: u64,
        asked: u64,
    },
    Lift((usize, usize)),
    NeededSize,
}

/// A study that can be paused, shown and dropped at any node.
///
/// ```
/// use gotong::matching::coalition::{Block, Candidate, Input, Instance, Limits, Outcome, Study};
///
/// // Twelve days of training are asked for in Bantul; the three who teach have eleven.
/// let teacher = |cost, days| Candidate { cost, sector: 0, offers: vec![days] };
/// let candidates = vec![teacher(4, 5), teacher(3, 4), teacher(2, 2)];
/// let instance = Instance::new(Input { candidates, demand: vec![12], ..Input::default() }).unwrap();
/// let mut study = Study::new(&instance, Limits::default());
/// while !study.step(100) {}
/// assert_eq!(study.report().outcome, Outcome::Infeasible);
/// assert_eq!(study.report().blocked, [Block::Requirement { index: 0, short: 1 }]);
/// ```
pub struct Study {
    instance: Instance,
    limits: Limits,
    current: Option<(Purpose, Search)>,
    waiting: VecDeque<(Purpose, Instance, Limits)>,
    sizes: Vec<OfSize>,
    smallest: Option<usize>,
    report: Report,
}

impl Study {
    /// A study that has not begun.
    ///
    /// `limits.node_limit` holds for the search of the best; each other question gets a tenth of it, at least 1 000.
    pub fn new(instance: &Instance, limits: Limits) -> Self {
        let search = Search::new(instance, limits);
        Self {
            instance: instance.clone(),
            limits,
            current: Some((Purpose::Best, search)),
            waiting: VecDeque::new(),
            sizes: Vec::new(),
            smallest: None,
            report: Report::default(),
        }
    }

    /// Looks at up to `nodes` more nodes; true once everything is answered.
    pub fn step(&mut self, nodes: u64) -> bool {
        let mut left = nodes.max(1);
        while left > 0 {
            let Some((_, search)) = &mut self.current else {
                return true;
            };
            let before = search.progress().nodes;
            let progress = search.step(left);
            let spent = progress.nodes - before;
            self.report.nodes += spent;
            left = left.saturating_sub(spent.max(1));
            if progress.done {
                self.finish_one();
            }
        }
        self.current.is_none()
    }

    /// Where the search of the best stands; `None` once other questions are looked at.
    pub fn progress(&self) -> Option<Progress> {
        match &self.current {
            Some((Purpose::Best, search)) => Some(search.progress()),
            _ => None,
        }
    }

    /// Nodes looked at so far, of all questions.
    pub fn nodes(&self) -> u64 {
        self.report.nodes
    }

    /// What has been found so far.
    pub fn report(&self) -> Report {
        let mut report = self.report.clone();
        if let Some((Purpose::Best, search)) = &self.current {
            report.read(search);
        }
        report
    }

    fn finish_one(&mut self) {
        if let Some((purpose, search)) = self.current.take() {
            self.read(purpose, &search);
        }
        if self.waiting.is_empty() {
            self.report.alpha_profile = envelope(std::mem::take(&mut self.sizes));
            self.conclude();
        }
        if let Some((purpose, instance, limits)) = self.waiting.pop_front() {
            self.current = Some((purpose, Search::new(&instance, limits)));
        }
    }

    fn ask(&mut self, purpose: Purpose, first_only: bool, change: impl FnOnce(&mut Input)) {
        let node_limit = (self.limits.node_limit / 10).max(1_000);
        let limits = Limits {
            node_limit,
            k_best: 1,
            smallest: false,
            first_only,
        };
        self.waiting
            .push_back((purpose, self.instance.with(change), limits));
    }

    fn read(&mut self, purpose: Purpose, search: &Search) {
        let best = search.solutions().into_iter().next();
        let found = best.is_some();
        match purpose {
            Purpose::Best => {
                self.report.read(search);
                match self.report.outcome {
                    Outcome::Infeasible => self.ask_why(),
                    Outcome::Unknown => {}
                    _ => self.ask_more(),
                }
            }
            Purpose::Front(percent) => self.add_to_front(percent, best),
            Purpose::Smallest => self.smallest = best.map(|best| best.members.len()),
            Purpose::Cheapest => {
                let most = best.as_ref().map_or(0, |best| best.members.len());
                let least = self.smallest.unwrap_or(most);
                let from = least.max((most + 1).saturating_sub(PROFILE_SIZES));
                for size in from..most {
                    self.ask(Purpose::OfSize, false, |input| {
                        input.alpha = 0;
                        (input.min_size, input.max_size) = (size, Some(size));
                    });
                }
                self.add_size(best);
            }
            Purpose::OfSize => self.add_size(best),
            Purpose::Without(block) if found => self.note(block),
            Purpose::Close {
                index,
                low,
                high,
                asked,
            } => {
                let (low, high) = if found { (asked, high) } else { (low, asked) };
                self.close(index, low, high);
            }
            Purpose::Lift(pair) if found => {
                if let Some(Block::Conflicts { pairs }) = self.report.blocked.last_mut() {
                    pairs.push(pair);
                }
            }
            Purpose::NeededSize => {
                if let (Some(best), Some(most)) = (best, self.instance.input().max_size) {
                    let need = best.members.len();
                    self.report
                        .blocked
                        .retain(|block| !matches!(block, Block::Size { .. }));
                    self.report.blocked.push(Block::Size { need, most });
                }
            }
            Purpose::Without(_) | Purpose::Lift(_) => {}
        }
    }

    fn add_size(&mut self, best: Option<Solution>) {
        if let Some(Solution {
            members,
            objective: cost,
            optimal,
            ..
        }) = best
        {
            self.sizes.push(OfSize {
                size: members.len(),
                cost,
                members,
                optimal,
            });
        }
    }

    /// What is asked once there is a coalition.
    fn ask_more(&mut self) {
        let best = self.report.solutions.first().cloned();
        self.report.front.push(FrontPoint {
            coverage_percent: 100,
            solution: best,
        });
        for percent in FRONT_PERCENT.into_iter().skip(1) {
            self.ask(Purpose::Front(percent), false, |input| scale(input, percent));
        }
        self.ask(Purpose::Smallest, false, |input| {
            input.alpha = 1;
            input.candidates.iter_mut().for_each(|one| one.cost = 0);
        });
        self.ask(Purpose::Cheapest, false, |input| input.alpha = 0);
    }

    /// A coalition for a larger share is one for a smaller share too: where the limit stopped the search above it,
    /// the larger one is kept.
    fn add_to_front(&mut self, percent: u8, best: Option<Solution>) {
        let above = self.report.front.last().and_then(|point| point.solution.clone());
        let solution = match (best, above) {
            (Some(best), Some(above)) if above.objective < best.objective => Some(Solution {
                lower_bound: best.lower_bound,
                ..above
            }),
            (None, above) => above.map(|above| Solution {
                lower_bound: 0,
                ..above
            }),
            (best, _) => best,
        };
        let solution = solution.map(|solution| {
            let bound = solution.lower_bound;
            Solution::with_bound(solution.members, solution.objective, bound)
        });
        self.report.front.push(FrontPoint {
            coverage_percent: percent,
            solution,
        });
    }

    /// What is asked once there is none: everything that is impossible by itself; where nothing is, every rule and
    /// requirement is left out in turn.
    fn ask_why(&mut self) {
        self.report.blocked = impossible(&self.instance);
        let input = self.instance.input().clone();
        if let [Block::Requirement { index, .. }] = self.report.blocked[..] {
            // The candidates together have too little; what a coalition of them lacks may be more still.
            let block = Block::Requirement {
                index,
                short: input.demand[index],
            };
            self.ask(Purpose::Without(block), true, |input| input.demand[index] = 0);
        }
        if let [Block::Size { .. }] = self.report.blocked[..] {
            // Counting gives the fewest there must be; how many there have to be is another search.
            self.ask_needed_size();
        }
        if !self.report.blocked.is_empty() {
            return;
        }
        for (index, &short) in input.demand.iter().enumerate().filter(|(_, demand)| **demand > 0) {
            let block = Block::Requirement { index, short };
            self.ask(Purpose::Without(block), true, |input| input.demand[index] = 0);
        }
        if let Some(most) = input.max_size {
            let block = Block::Size { need: most, most };
            self.ask(Purpose::Without(block), true, |input| input.max_size = None);
        }
        if input.sector_min.iter().any(|&least| least > 0) || input.least_sectors > 0 {
            self.ask(Purpose::Without(Block::Quotas), true, |input| {
                input.sector_min.clear();
                input.least_sectors = 0;
            });
        }
        if input.sector_max.is_some() {
            self.ask(Purpose::Without(Block::QuotasMax), true, |input| {
                input.sector_max = None
            });
        }
        if !input.conflicts.is_empty() {
            let block = Block::Conflicts { pairs: Vec::new() };
            self.ask(Purpose::Without(block), true, |input| input.conflicts.clear());
        }
    }

    /// The fewest members a coalition has, if there may be any number.
    fn ask_needed_size(&mut self) {
        self.ask(Purpose::NeededSize, false, |input| {
            input.max_size = None;
            input.alpha = 1;
            input.candidates.iter_mut().for_each(|one| one.cost = 0);
        });
    }

    /// Without `block` there would be a coalition: what of it would have to change?
    fn note(&mut self, block: Block) {
        match block {
            Block::Requirement { index, short } => self.close(index, 0, short),
            Block::Size { .. } => self.ask_needed_size(),
            Block::Conflicts { .. } => {
                self.report.blocked.push(block);
                for pair in self
                    .instance
                    .input()
                    .conflicts
                    .clone()
                    .into_iter()
                    .take(CONFLICTS_TRIED)
                {
                    self.ask(Purpose::Lift(pair), true, |input| {
                        input
                            .conflicts
                            .retain(|other| *other != pair && *other != (pair.1, pair.0));
                    });
                }
            }
            block => self.report.blocked.push(block),
        }
    }

    /// Halves the interval in which the largest demand lies that still has a coalition.
    fn close(&mut self, index: usize, low: u64, high: u64) {
        let demand = self.instance.input().demand[index];
        if high - low <= 1 {
            let same =
                |block: &Block| matches!(block, Block::Requirement { index: known, .. } if *known == index);
            self.report.blocked.retain(|block| !same(block));
            self.report.blocked.push(Block::Requirement {
                index,
                short: demand - low,
            });
            return;
        }
        let asked = low + (high - low) / 2;
        self.ask(
            Purpose::Close {
                index,
                low,
                high,
                asked,
            },
            true,
            |input| input.demand[index] = asked,
        );
    }

    fn conclude(&mut self) {
        if self.report.outcome != Outcome::Infeasible {
            return;
        }
        if self.report.blocked.is_empty() {
            self.report.blocked.push(Block::Together);
        }
        crate::order::sort_by_key(&mut self.report.blocked, |block| match block {
            Block::Requirement { index, .. } => (0, *index),
            Block::Size { .. } => (1, 0),
            Block::Quotas => (2, 0),
            Block::QuotasMax => (3, 0),
            Block::Conflicts { .. } => (4, 0),
            _ => (5, 0),
        });
    }
}

/// Every demand at `percent` of itself, rounded up.
fn scale(input: &mut Input, percent: u8) {
    for demand in &mut input.demand {
        // At most 10¹⁵ · 100.
        *demand = (*demand * u64::from(percent)).div_ceil(100);
    }
}
