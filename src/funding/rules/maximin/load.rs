//! The heaviest load of any supporter when the cost of some projects is spread as evenly as it can be.

use super::super::supporters::Supporters;
use crate::funding::max_flow::Network;
use crate::funding::natural::gcd;
use std::cmp::Ordering;

/// Money per person, exact: `money` < 2⁷⁶ (10 000 projects of 2⁶² at most) and `people` ≤ 2⁵², so that products of a
/// money and a number of people fit into 128 bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Load {
    money: u128,
    people: u128,
}

impl Load {
    pub(super) const NONE: Self = Self { money: 0, people: 1 };

    /// `people` above 0.
    fn new(money: u128, people: u128) -> Self {
        let common = gcd(money, people).max(1);
        Self {
            money: money / common,
            people: people / common,
        }
    }

    /// For readers.
    pub(super) fn to_f64(self) -> f64 {
        self.money as f64 / self.people as f64
    }
}

impl Ord for Load {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.money * other.people).cmp(&(other.money * self.people))
    }
}

impl PartialOrd for Load {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// The projects bought so far, and people grouped by which of these they support.
#[derive(Debug)]
pub(super) struct Bought {
    /// (project, cost), in order of purchase.
    projects: Vec<(u32, u64)>,
    /// `class[group]`: its supported purchases are those of `classes[class[group]]`.
    class: Vec<u32>,
    /// Places in `projects`, and the people who support exactly these.
    classes: Vec<(Vec<u32>, u64)>,
    /// The heaviest load of these projects alone.
    pub(super) load: Load,
    network: Network,
    /// Arcs looked at.
    pub(super) looks: u64,
}

impl Bought {
    pub(super) fn nothing(supporters: &Supporters) -> Self {
        Self {
            projects: Vec::new(),
            class: vec![0; supporters.people.len()],
            classes: vec![(Vec::new(), supporters.people.iter().sum())],
            load: Load::NONE,
            network: Network::default(),
            looks: 0,
        }
    }

    /// Adds `project`, with which the heaviest load is `load`.
    pub(super) fn add(&mut self, supporters: &Supporters, project: usize, cost: u64, load: Load) {
        let place = u32::try_from(self.projects.len()).unwrap_or(u32::MAX);
        self.projects
            .push((u32::try_from(project).unwrap_or(u32::MAX), cost));
        self.load = load;
        // Each class is split in two: who supports the new project goes into a class of its own.
        let mut split = vec![None; self.classes.len()];
        for &group in supporters.groups(project) {
            let people = supporters.people(group);
            let Some(class) = self.class.get_mut(group as usize) else {
                continue;
            };
            let next = u32::try_from(self.classes.len()).unwrap_or(u32::MAX);
            let (Some(new), Some((set, rest))) = (
                split.get_mut(*class as usize),
                self.classes.get_mut(*class as usize),
            ) else {
                continue;
            };
            *rest -= people;
            let to = *new.get_or_insert(next);
            let set = (to == next).then(|| {
                let mut set = set.clone();
                set.push(place);
                set
            });
            *class = to;
            match (self.classes.get_mut(to as usize), set) {
                (Some((_, count)), _) => *count += people,
                (None, Some(set)) => self.classes.push((set, people)),
                (None, None) => {}
            }
        }
    }

    /// The least t such that the cost of the projects bought and of `project` can be spread over their supporters with
    /// nobody above t: max over sets S of these projects of c(S) / |N(S)|. At least `known`, a load some set has.
    ///
    /// Newton's method on the density (Dinkelbach 1967): at load t the cost flows from projects to people, t each. What
    /// does not get through is held up at a least cut, whose projects S have c(S) > t·|N(S)|; their density is the next
    /// t. Each turn ends at the load of a set and loads only grow, so it ends, exactly; it takes two or three turns.
    pub(super) fn load_with(
        &mut self,
        supporters: &Supporters,
        project: usize,
        cost: u64,
        known: Load,
    ) -> Load {
        // People of each class who support the project too.
        let mut with = vec![0_u64; self.classes.len()];
        for &group in supporters.groups(project) {
            let class = self.class.get(group as usize).copied().unwrap_or(0);
            if let Some(with) = with.get_mut(class as usize) {
                *with += supporters.people(group);
            }
        }
        let alone = Load::new(cost.into(), supporters.behind(project).max(1).into());
        let mut load = known.max(self.load).max(alone);
        let total: u128 = self
            .projects
            .iter()
            .map(|&(_, cost)| u128::from(cost))
            .sum::<u128>()
            + u128::from(cost);
        loop {
            let Some((money, people)) = self.held_up(load, &with, cost, total) else {
                return load;
            };
            let next = Load::new(money, people);
            // A cut that holds something up is denser than the load: this is for the reader of the loop.
            if next <= load {
                return load;
            }
            load = next;
        }
    }

    /// Cost and supporters of the projects that cannot all be paid when nobody carries more than `load`; `None` if all
    /// can.
    fn held_up(&mut self, load: Load, with: &[u64], cost: u64, total: u128) -> Option<(u128, u128)> {
        // Nodes: source, sink, the projects bought, the candidate, a class's people with and without it.
        let projects = self.projects.len();
        let node = |place: usize| u32::try_from(place).unwrap_or(u32::MAX);
        let candidate = node(2 + projects);
        let network = &mut self.network;
        network.start(3 + projects + 2 * self.classes.len());
        for (place, &(_, cost)) in self.projects.iter().enumerate() {
            network.arc(Network::SOURCE, node(2 + place), u128::from(cost) * load.people);
        }
        network.arc(Network::SOURCE, candidate, u128::from(cost) * load.people);
        let first = 3 + projects;
        for (at, ((set, people), &with)) in self.classes.iter().zip(with).enumerate() {
            for (side, people) in [(0, with), (1, people - with)] {
                let here = node(first + 2 * at + side);
                if people == 0 || (set.is_empty() && side == 1) {
                    continue;
                }
                network.arc(here, Network::SINK, u128::from(people) * load.money);
                for &place in set {
                    network.arc(node(2 + place as usize), here, u128::MAX >> 1);
                }
                if side == 0 {
                    network.arc(candidate, here, u128::MAX >> 1);
                }
            }
        }
        self.looks += network.arcs();
        if network.fill() == total * load.people {
            return None;
        }
        let reached = |place: usize| network.is_reached(node(place));
        let bought = self.projects.iter().enumerate();
        let money = bought
            .filter(|(place, _)| reached(2 + place))
            .map(|(_, &(_, cost))| u128::from(cost))
            .sum::<u128>()
            + if reached(2 + projects) {
                u128::from(cost)
            } else {
                0
            };
        let classes = self.classes.iter().zip(with).enumerate();
        let people = classes
            .map(|(at, ((_, people), &with))| {
                let side = |side: usize, people: u64| {
                    if reached(first + 2 * at + side) {
                        u128::from(people)
                    } else {
                        0
                    }
                };
                side(0, with) + side(1, people - with)
            })
            .sum::<u128>();
        Some((money, people.max(1)))
    }
}
