//! Quadratic funding: what a matching pool adds to gifts.

use super::gifts::{Gifts, MAX_GIFT_PAIRS};

/// What each project draws from a matching pool.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MatchSplit {
    /// `unscaled[project]`: what the formula asks for.
    pub unscaled: Vec<f64>,
    /// `matched[project]`: what the pool pays, never above `unscaled`.
    pub matched: Vec<f64>,
    /// What the pool keeps.
    pub rest: f64,
    /// λ: what is paid of each project's formula where no cap binds, in [0, 1].
    pub scale: f64,
}

/// m_p = (Σ√c_i)² − Σc_i over the people who give to p: quadratic funding (Buterin, Hitzig and Weyl, *A Flexible Design for
/// Funding Public Goods*, Management Science 2019).
///
/// In the unit of the gifts. Computed as 2·Σ_{i<j} √c_i·√c_j, which is the same and loses nothing to cancellation: exactly 0
/// for one donor, never negative. Order: ascending by donor. Cost: O(gifts).
pub fn quadratic(gifts: &Gifts) -> Vec<f64> {
    let of_project = |project: usize| {
        let (mut roots, mut pairs) = (0.0, 0.0);
        for &(donor, amount) in gifts.of_project(project) {
            let (root, people) = (amount.sqrt(), gifts.people(donor));
            // With those before, and among the people of this group themselves.
            pairs += roots * root * people + amount * (people * (people - 1.0) / 2.0);
            roots += root * people;
        }
        2.0 * pairs
    };
    (0..gifts.projects()).map(of_project).collect()
}

/// m_p = Σ over unordered pairs i, j of 2·k_ij·√(c_ip·c_jp), with k_ij = M/(M + Σ_q √(c_iq·c_jq)): pairwise-bounded quadratic
/// funding (Buterin, *Pairwise coordination subsidies*, ethresear.ch 2019). What two donors draw together, over all projects,
/// stays below 2·M, however much they give.
///
/// `bound` is M, finite and at least 0, in the unit of the gifts; 0 matches nothing. `None`: more than
/// [`MAX_GIFT_PAIRS`] pairs of donors. Order: ascending by donor, then partner, then project. Cost: O(pairs).
pub fn pair_bounded(gifts: &Gifts, bound: f64) -> Option<Vec<f64>> {
    if gifts.pairs() > MAX_GIFT_PAIRS {
        return None;
    }
    let mut matched = vec![0.0; gifts.projects()];
    if bound <= 0.0 {
        return Some(matched);
    }
    // What each donor gives: (project, place in the project's list).
    let mut given: Vec<Vec<(usize, usize)>> = vec![Vec::new(); gifts.donors()];
    let roots: Vec<Vec<(usize, f64)>> = (0..gifts.projects())
        .map(|project| {
            let list = gifts.of_project(project).iter().enumerate();
            let rooted = list.map(|(place, &(donor, amount))| {
                given[donor].push((project, place));
                (donor, amount.sqrt())
            });
            rooted.collect()
        })
        .collect();
    let mut together = vec![0.0; gifts.donors()];
    for (donor, own) in given.iter().enumerate() {
        for &(project, place) in own {
            let (_, root) = roots[project][place];
            for &(other, other_root) in &roots[project][place..] {
                together[other] += root * other_root;
            }
        }
        let people = gifts.people(donor);
        for &(project, place) in own {
            let (_, root) = roots[project][place];
            for &(other, other_root) in &roots[project][place..] {
                // Pairs within a group of equal people, or across two groups.
                let pairs = if other == donor {
                    people * (people - 1.0) / 2.0
                } else {
                    people * gifts.people(other)
                };
                matched[project] += 2.0 * pairs * (bound / (bound + together[other])) * (root * other_root);
            }
        }
        for &(project, place) in own {
            for &(other, _) in &roots[project][place..] {
                together[other] = 0.0;
            }
        }
    }
    Some(matched)
}

/// What a pool pays of the `unscaled` matches: min(cap_p, λ·m_p), with the largest λ ≤ 1 the pool can pay.
///
/// This is: scale down to the pool, never up; clip what is above its cap; give what was clipped to the projects below
/// theirs, in proportion, again and again. It ends where nothing is above its cap, or where everybody has its cap or all of
/// its own m_p; the rest stays in the pool. `caps[project]` (missing: none) and `pool` are in the unit of the matches.
///
/// Σ matched + rest = pool up to rounding; a monotone function of the pool. Cost: O(projects²) at worst.
pub fn share_of_pool(unscaled: Vec<f64>, pool: f64, caps: &[f64]) -> MatchSplit {
    let cap = |project: usize| caps.get(project).copied().unwrap_or(f64::INFINITY).max(0.0);
    let pool = pool.max(0.0);
    let mut capped = vec![false; unscaled.len()];
    let mut scale = 1.0_f64;
    // Every turn that does not end the search puts one project more at its cap; λ grows from turn to turn.
    for _ in 0..=unscaled.len() {
        let (mut money, mut open) = (pool, 0.0);
        for (project, &wanted) in unscaled.iter().enumerate() {
            if capped[project] {
                money -= cap(project);
            } else {
                open += wanted;
            }
        }
        scale = if open > money {
            (money / open).max(0.0)
        } else {
            1.0
        };
        let mut changed = false;
        for (project, &wanted) in unscaled.iter().enumerate() {
            if !capped[project] && wanted * scale > cap(project) {
                capped[project] = true;
                changed = true;
            }
        }
        if !changed {
            break;
        }
    }
    let matched: Vec<f64> = unscaled
        .iter()
        .enumerate()
        .map(|(project, &wanted)| {
            if capped[project] {
                cap(project)
            } else {
                wanted * scale
            }
        })
        .collect();
    let rest = (pool - matched.iter().sum::<f64>()).max(0.0);
    MatchSplit {
        unscaled,
        matched,
        rest,
        scale,
    }
}
