//! The cheapest team among many members, exactly, by branch and bound that can be paused.

use super::cheapest::{Cheapest, Members, players};
use super::saving::Saving;

/// Steps by which a bound's weights are moved, at the root of a search and below.
const STEPS: [usize; 2] = [60, 12];

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
