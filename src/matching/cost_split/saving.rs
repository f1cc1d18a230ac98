//! What is left at a node of the search for the cheapest team, and how little anybody can still save.

use super::cheapest::{Cheapest, Members, players};

/// Whole parts of a bound's weights: a weight of this many stands for 1.
const ONE: i128 = 1024;

/// What is left at a node, by requirement, and what each member of the rest would save of it.
pub(super) struct Saving {
    size: i128,
    left: Vec<i128>,
    /// `saves[lack * members + player]`.
    saves: Vec<i128>,
    members: usize,
}

/// What a bound says of a node that stays open.
pub(super) struct Judged {
    pub taken: Members,
    pub left_out: Members,
    pub doubtful: usize,
}

impl Saving {
    pub fn of(game: &Cheapest, team: Members, rest: Members) -> Self {
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

    pub fn all(&self, player: usize) -> i128 {
        self.by(player).sum()
    }

    /// Whether `player` would still save at least its cost if all the rest were there.
    pub fn stays(&self, game: &Cheapest, team: Members, rest: Members, player: usize) -> bool {
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
    pub fn tune(
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
        whole(best.2)
    }

    /// What the bound says, in whole numbers; `None` if it closes the node.
    pub fn judge(
        &self,
        game: &Cheapest,
        rest: Members,
        weights: &[f64],
        joining: i128,
        wanted: i128,
    ) -> Option<Judged> {
        let weights: Vec<i128> = weights.iter().map(|weight| whole(weight * ONE as f64)).collect();
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

/// A figure of the steering, cut off to a whole one.
#[expect(clippy::cast_possible_truncation, reason = "at most the members, or ONE")]
fn whole(figure: f64) -> i128 {
    figure as i128
}
