//! The cheapest team among many members, exactly, by branch and bound that can be paused.

use super::SplitError;
use super::work::Work;

/// Whole parts of a bound's weights: a weight of this many stands for 1.
const ONE: i128 = 1024;
/// Amounts above this are refused, so that no sum over the members leaves 128 bits.
const MOST: i128 = 1 << 96;
/// Steps by which a bound's weights are moved, at the root of a search and below.
const STEPS: [usize; 2] = [60, 12];

/// Members as bits.
pub(super) type Members = u64;

/// f(T) = Σ_{i∈T} cᵢ + α·|T|(|T|−1)/2 + Σ_r max(0, whole_r − what T brings of r), all of it money.
///
/// f is supermodular: what a member saves never grows as others join (the sum of what is brought is cut off at the
/// need, the largest of what is brought grows less and less, coordination costs more and more).
#[derive(Clone, Debug)]
pub(super) struct Cheapest {
    costs: Vec<i128>,
    alpha: i128,
    lacks: Vec<Lacking>,
}

#[derive(Clone, Debug)]
struct Lacking {
    whole: i128,
    /// Items may be the same ones: the largest offer counts, not the sum.
    overlaps: bool,
    brings: Vec<i128>,
}

/// The members in `set`, ascending.
pub(super) fn players(set: Members) -> impl Iterator<Item = usize> {
    let mut rest = set;
    std::iter::from_fn(move || {
        let player = usize::try_from(rest.trailing_zeros())
            .ok()
            .filter(|_| rest != 0)?;
        rest &= rest - 1;
        Some(player)
    })
}

impl Cheapest {
    /// The problem of `work` in money.
    ///
    /// # Errors
    /// [`SplitError::CostOutOfRange`] where a requirement costs 2⁹⁶ or more.
    pub fn of(work: &Work) -> Result<Self, SplitError> {
        let members = work.taking_part.len();
        let everybody = || SplitError::CostOutOfRange {
            group: (0..members)
                .map(|player| player.to_string())
                .collect::<Vec<_>>()
                .join(","),
        };
        let money = |quantity: u64, price: u64| {
            i128::try_from(u128::from(quantity) * u128::from(price))
                .ok()
                .filter(|&money| money < MOST)
        };
        let mut lacks = Vec::new();
        for lack in work.needs.iter().filter(|lack| lack.price > 0) {
            let whole = money(lack.need, lack.price).ok_or_else(everybody)?;
            let brings = lack
                .brings
                .iter()
                .map(|&brings| money(brings.min(lack.need), lack.price));
            lacks.push(Lacking {
                whole,
                overlaps: lack.overlaps,
                brings: brings.collect::<Option<_>>().ok_or_else(everybody)?,
            });
        }
        Ok(Self {
            costs: work.taking_part.iter().map(|&cost| i128::from(cost)).collect(),
            alpha: i128::from(work.alpha),
            lacks,
        })
    }

    /// The same with every amount times `unit`, and `extra` more for each member; `None` if that leaves the range.
    pub fn scaled(&self, unit: i128, extra: &[i128]) -> Option<Self> {
        let times = |amount: &i128| amount.checked_mul(unit).filter(|&amount| amount < MOST << 16);
        let mut scaled = self.clone();
        for (cost, extra) in scaled.costs.iter_mut().zip(extra) {
            *cost = times(cost)?
                .checked_add(*extra)
                .filter(|&cost| cost < MOST << 16)?;
        }
        scaled.alpha = times(&scaled.alpha)?;
        for lack in &mut scaled.lacks {
            lack.whole = times(&lack.whole)?;
            for brings in &mut lack.brings {
                *brings = times(brings)?;
            }
        }
        Some(scaled)
    }

    /// f(T), by its definition.
    pub fn value(&self, team: Members) -> i128 {
        let size = i128::from(team.count_ones());
        let taking_part: i128 = players(team).map(|player| self.costs[player]).sum();
        let bought: i128 = (0..self.lacks.len()).map(|lack| self.left(lack, team)).sum();
        taking_part + self.alpha * (size * (size - 1) / 2) + bought
    }

    /// What of a requirement `team` would buy.
    fn left(&self, lack: usize, team: Members) -> i128 {
        let lack = &self.lacks[lack];
        let brought = players(team).map(|player| lack.brings[player]);
        let brought = if lack.overlaps {
            brought.max().unwrap_or(0)
        } else {
            brought.sum()
        };
        (lack.whole - brought).max(0)
    }

    /// The members who help somebody: the others save nothing that they do not cost, whoever is there already, so a
    /// cheapest team needs them only where they work alone.
    pub fn helpful(&self) -> Members {
        let everybody = (0..self.costs.len()).fold(0, |set, player| set | 1 << player);
        let empty = self.value(0);
        players(everybody)
            .filter(|&player| self.value(1 << player) < empty)
            .fold(0, |set, player| set | 1 << player)
    }
}

/// One search for the least f(T) over must ⊆ T ⊆ must ∪ may, T not empty, below a value known beforehand.
///
/// Branch and bound, depth first, the doubtful member decided first, taken before left out. At every node (T, rest):
///
/// - who saves nothing now saves nothing later and is left out; who would still save if all the rest were there is taken
///   (the preservation rules for supermodular functions);
/// - for weights 0 ≤ λ_r ≤ 1 and any k₀ no team below saves more than B = Σ_r (1−λ_r)·left_r + α·k₀(k₀+1)/2 + Σ_j v_j⁺,
///   v_j = Σ_r λ_r·save_jr − c_j − α·(|T| + k₀), since k(k−1)/2 ≥ k₀·k − k₀(k₀+1)/2. A node whose bound does not pass the best
///   is closed; a member whose v_j takes the bound there is decided. Floating point finds good weights, whole numbers
///   judge by them.
///
/// Cost a node: O(n·r). Sources: Goldengorin, Sierksma, Tijssen, Tso, "The data-correcting algorithm for the minimization of
/// supermodular functions", Management Science 1999; Fisher, "The Lagrangian relaxation method", Management Science 1981;
/// Polyak, "Minimization of unsmooth functionals", 1969 (length of a step).
#[derive(Clone, Debug)]
pub(super) struct Hunt {
    /// The least value known.
    pub best: i128,
    /// A team of that value.
    pub team: Members,
    open: Vec<Node>,
}

#[derive(Clone, Debug)]
struct Node {
    team: Members,
    rest: Members,
    /// λ of the node above; empty at the root.
    weights: Vec<f64>,
}

impl Hunt {
    /// Starts from `team` of value `best`, which must not pass what anybody of `may` costs alone unless `must` holds
    /// somebody. Without a cheaper one both stay.
    pub fn new(must: Members, may: Members, best: i128, team: Members) -> Self {
        Self {
            best,
            team,
            open: vec![Node {
                team: must,
                rest: may & !must,
                weights: Vec::new(),
            }],
        }
    }

    /// Looks at nodes until `budget` is used up; true once `best` is proven.
    pub fn run(&mut self, game: &Cheapest, budget: &mut u64) -> bool {
        while let Some(node) = self.open.pop() {
            if *budget == 0 {
                self.open.push(node);
                return false;
            }
            *budget -= 1;
            self.look(game, node);
        }
        true
    }

    fn look(&mut self, game: &Cheapest, node: Node) {
        let (mut team, mut rest, mut weights) = (node.team, node.rest, node.weights);
        let mut steps = if weights.is_empty() { STEPS[0] } else { STEPS[1] };
        loop {
            let saving = preserve(game, &mut team, &mut rest);
            let here = game.value(team);
            if team != 0 && here < self.best {
                (self.best, self.team) = (here, team);
            }
            if rest == 0 {
                return;
            }
            let wanted = here - self.best;
            let joining = saving.tune(game, rest, &mut weights, wanted, steps);
            let Some(judged) = saving.judge(game, rest, &weights, joining, wanted) else {
                return;
            };
            if judged.taken | judged.left_out == 0 {
                let rest = rest & !(1 << judged.doubtful);
                for team in [team, team | 1 << judged.doubtful] {
                    self.open.push(Node {
                        team,
                        rest,
                        weights: weights.clone(),
                    });
                }
                return;
            }
            team |= judged.taken;
            rest &= !(judged.taken | judged.left_out);
            steps = STEPS[1];
        }
    }
}

/// Leaves out who saves nothing and takes who saves in any case, until neither is found.
fn preserve(game: &Cheapest, team: &mut Members, rest: &mut Members) -> Saving {
    loop {
        let saving = Saving::of(game, *team, *rest);
        let size = i128::from(team.count_ones());
        for player in players(*rest) {
            if saving.all(player) <= game.costs[player] + game.alpha * size {
                *rest &= !(1 << player);
            }
        }
        let kept = players(*rest).find(|&player| saving.stays(game, *team, *rest, player));
        let Some(kept) = kept else { return saving };
        *team |= 1 << kept;
        *rest &= !(1 << kept);
    }
}

/// What is left at a node, by requirement, and what each member of the rest would save of it.
struct Saving {
    size: i128,
    left: Vec<i128>,
    /// `saves[lack * members + player]`.
    saves: Vec<i128>,
    members: usize,
}

/// What a bound says of a node that stays open.
struct Judged {
    taken: Members,
    left_out: Members,
    doubtful: usize,
}

impl Saving {
    fn of(game: &Cheapest, team: Members, rest: Members) -> Self {
        let members = game.costs.len();
        let mut saves = vec![0; members * game.lacks.len()];
        let mut left = Vec::with_capacity(game.lacks.len());
        for (index, lack) in game.lacks.iter().enumerate() {
            let still = game.left(index, team);
            left.push(still);
            if still == 0 {
                continue;
            }
            let brought = lack.whole - still;
            for player in players(rest) {
                let more = if lack.overlaps {
                    lack.brings[player] - brought
                } else {
                    lack.brings[player]
                };
                saves[index * members + player] = more.clamp(0, still);
            }
        }
        Self {
            size: i128::from(team.count_ones()),
            left,
            saves,
            members,
        }
    }

    /// What one member saves by requirement.
    fn by(&self, player: usize) -> impl Iterator<Item = i128> {
        self.saves.iter().skip(player).step_by(self.members).copied()
    }

    fn all(&self, player: usize) -> i128 {
        self.by(player).sum()
    }

    /// Whether `player` would still save at least its cost if all the rest were there.
    fn stays(&self, game: &Cheapest, team: Members, rest: Members, player: usize) -> bool {
        let others = rest & !(1 << player);
        let mut saves = 0;
        for (index, lack) in game.lacks.iter().enumerate() {
            let of = |one: usize| self.saves[index * self.members + one];
            let own = of(player);
            if own == 0 {
                continue;
            }
            saves += if lack.overlaps {
                (own - players(others).map(of).max().unwrap_or(0)).max(0)
            } else {
                let mut still = self.left[index];
                for other in players(others) {
                    still -= of(other);
                    if still <= 0 {
                        break;
                    }
                }
                own.min(still.max(0))
            };
        }
        saves >= game.costs[player] + game.alpha * i128::from((team | others).count_ones())
    }

    /// Moves `weights` so that the bound falls towards `wanted`; the k₀ of the best.
    fn tune(
        &self,
        game: &Cheapest,
        rest: Members,
        weights: &mut Vec<f64>,
        wanted: i128,
        steps: usize,
    ) -> i128 {
        weights.resize(self.left.len(), 1.0);
        let money = |amount: i128| amount as f64;
        let rest: Vec<usize> = players(rest).collect();
        let lacks: Vec<usize> = (0..self.left.len()).filter(|&lack| self.left[lack] > 0).collect();
        let left: Vec<f64> = lacks.iter().map(|&lack| money(self.left[lack])).collect();
        // By member, in units of what is left, so that all requirements weigh alike in a step.
        let saves: Vec<f64> = rest
            .iter()
            .flat_map(|&player| lacks.iter().map(move |&lack| (lack, player)))
            .map(|(lack, player)| money(self.saves[lack * self.members + player]))
            .collect();
        let costs: Vec<f64> = rest.iter().map(|&player| money(game.costs[player])).collect();
        let (alpha, size) = (money(game.alpha), money(self.size));
        let mut now: Vec<f64> = lacks.iter().map(|&lack| weights[lack]).collect();
        let mut joining = 0.0_f64;
        let mut best: (f64, Vec<f64>, f64) = (f64::INFINITY, now.clone(), joining);
        for _ in 0..=steps {
            let mut slope: Vec<f64> = left.iter().map(|left| -left).collect();
            let mut bound = alpha * joining * (joining + 1.0) / 2.0;
            bound += left
                .iter()
                .zip(&now)
                .map(|(left, weight)| (1.0 - weight) * left)
                .sum::<f64>();
            let mut count = 0.0;
            for (own, cost) in saves.chunks_exact(lacks.len().max(1)).zip(&costs) {
                let gain = own
                    .iter()
                    .zip(&now)
                    .map(|(saves, weight)| saves * weight)
                    .sum::<f64>()
                    - cost
                    - alpha * (size + joining);
                if gain > 0.0 {
                    bound += gain;
                    count += 1.0;
                    for (slope, saves) in slope.iter_mut().zip(own) {
                        *slope += saves;
                    }
                }
            }
            if bound < best.0 {
                best = (bound, now.clone(), joining);
            }
            let square: f64 = slope
                .iter()
                .zip(&left)
                .map(|(slope, left)| (slope / left) * (slope / left))
                .sum();
            if bound <= money(wanted) || square <= 0.0 {
                break;
            }
            let length = (bound - money(wanted)) / square;
            for ((weight, slope), left) in now.iter_mut().zip(&slope).zip(&left) {
                *weight = (*weight - length * slope / (left * left)).clamp(0.0, 1.0);
            }
            joining = f64::midpoint(joining, count).floor();
        }
        for (&lack, weight) in lacks.iter().zip(&best.1) {
            weights[lack] = *weight;
        }
        best.2 as i128
    }

    /// What the bound says, in whole numbers; `None` if it closes the node.
    fn judge(
        &self,
        game: &Cheapest,
        rest: Members,
        weights: &[f64],
        joining: i128,
        wanted: i128,
    ) -> Option<Judged> {
        let weights: Vec<i128> = weights
            .iter()
            .map(|weight| (weight * ONE as f64) as i128)
            .collect();
        let wanted = wanted * ONE;
        let each = game.alpha * (self.size + joining);
        let mut bound = ONE * game.alpha * (joining * (joining + 1) / 2);
        bound += self
            .left
            .iter()
            .zip(&weights)
            .map(|(left, weight)| (ONE - weight) * left)
            .sum::<i128>();
        let gain = |player: usize| {
            let saves = self
                .by(player)
                .zip(&weights)
                .map(|(saves, weight)| saves * weight);
            saves.sum::<i128>() - ONE * (game.costs[player] + each)
        };
        let gains: Vec<(usize, i128)> = players(rest).map(|player| (player, gain(player))).collect();
        bound += gains.iter().map(|(_, gain)| gain.max(&0)).sum::<i128>();
        if bound <= wanted {
            return None;
        }
        let mut judged = Judged {
            taken: 0,
            left_out: 0,
            doubtful: 0,
        };
        let mut least = i128::MAX;
        for &(player, gain) in &gains {
            if bound - gain.abs() <= wanted {
                if gain > 0 {
                    judged.taken |= 1 << player;
                } else {
                    judged.left_out |= 1 << player;
                }
            } else if gain.abs() < least {
                (least, judged.doubtful) = (gain.abs(), player);
            }
        }
        Some(judged)
    }
}
