//! Pairs nobody would leave together: stable roommates.

use super::views::Views;

/// Whether there are pairs that no two would leave for each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stability {
    /// These, i < j, ascending. Who is in no pair has none in any stable matching of these rankings.
    Stable(Vec<(usize, usize)>),
    /// There are none.
    NoneExists {
        /// Who runs out of partners: everybody who would have it is promised better.
        left_over: usize,
        /// Whether somebody sees two as equal. Then none exists for the documented order of ties; to decide it for every
        /// order is NP-complete (Ronn 1990).
        ties: bool,
    },
}

/// The rankings while they are cut from behind.
struct Lists {
    order: Vec<Vec<usize>>,
    /// `rank[i * n + j]`: the place of j with i.
    rank: Vec<usize>,
    n: usize,
    /// The last place not cut.
    last: Vec<usize>,
    /// No entry before this place is left.
    first: Vec<usize>,
    /// No entry after the first and before this place is left.
    second: Vec<usize>,
}

impl Lists {
    fn new(views: &Views) -> Self {
        let n = views.len();
        let order: Vec<Vec<usize>> = (0..n).map(|i| views.ranking(i)).collect();
        let mut rank = vec![usize::MAX; n * n];
        for (i, list) in order.iter().enumerate() {
            for (place, &j) in list.iter().enumerate() {
                rank[i * n + j] = place;
            }
        }
        Self {
            last: vec![usize::MAX - 1; n],
            first: vec![0; n],
            second: vec![0; n],
            order,
            rank,
            n,
        }
    }

    fn is_left(&self, i: usize, j: usize) -> bool {
        self.rank[i * self.n + j] <= self.last[i] && self.rank[j * self.n + i] <= self.last[j]
    }

    /// The first place from `place` on whose entry is left.
    fn next(&self, i: usize, mut place: usize) -> usize {
        while self.order[i].get(place).is_some_and(|&j| !self.is_left(i, j)) {
            place += 1;
        }
        place
    }

    fn first(&mut self, i: usize) -> Option<usize> {
        self.first[i] = self.next(i, self.first[i]);
        self.order[i].get(self.first[i]).copied()
    }

    fn second(&mut self, i: usize) -> Option<usize> {
        self.first(i)?;
        self.second[i] = self.next(i, self.second[i].max(self.first[i] + 1));
        self.order[i].get(self.second[i]).copied()
    }

    /// Cuts off what stands behind `i` on the list of `j`.
    fn cut_behind(&mut self, j: usize, i: usize) {
        self.last[j] = self.rank[j * self.n + i];
    }
}

/// A matching without blocking pairs, or the news that there is none.
///
/// Everybody ranks the acceptable others by worth, of equal ones the lower number first. First phase: everybody proposes
/// down the list, everybody holds the best proposal and cuts off what is worse. Second phase: rotations are removed until
/// every list has one entry; if one runs out, no stable matching exists. With symmetric worths one always does.
///
/// Cost: O(n² log n) time for the rankings, O(n²) for the rest and for space. No errors.
///
/// ```
/// use gotong::matching::room::{Stability, Views, stable_matching};
///
/// // Three foundations, each of which would rather fund with the next: whoever pairs up, the third can do better
/// // with one of them. A community (3) is everybody's last choice.
/// let mut views = Views::new(4).unwrap();
/// for (i, list) in [[1, 2, 3], [2, 0, 3], [0, 1, 3], [0, 1, 2]].iter().enumerate() {
///     for (&j, worth) in list.iter().zip([3, 2, 1]) {
///         views.set(i, j, worth).unwrap();
///     }
/// }
/// assert!(matches!(stable_matching(&views), Stability::NoneExists { ties: false, .. }));
/// ```
///
/// Source: R. W. Irving, "An efficient algorithm for the 'stable roommates' problem", 1985 (the example is Gale and
/// Shapley's, 1962); incomplete lists as in D. Gusfield, R. W. Irving, "The Stable Marriage Problem", 1989.
pub fn stable_matching(views: &Views) -> Stability {
    let n = views.len();
    let mut lists = Lists::new(views);
    let mut held: Vec<Option<usize>> = vec![None; n];
    for start in 0..n {
        let mut free = Some(start);
        while let Some(i) = free {
            let Some(j) = lists.first(i) else { break };
            // What is left on a list is better than what is held.
            free = held[j].replace(i);
            lists.cut_behind(j, i);
        }
    }
    let taking_part: Vec<usize> = (0..n).filter(|&i| lists.first(i).is_some()).collect();
    let mut way: Vec<usize> = Vec::new();
    let mut place_on_way = vec![usize::MAX; n];
    let mut starts = taking_part.iter().copied().peekable();
    loop {
        let Some(&p) = way.last() else {
            let Some(&start) = starts.peek() else { break };
            if lists.second(start).is_some() {
                place_on_way[start] = 0;
                way.push(start);
            } else {
                starts.next();
            }
            continue;
        };
        let Some(q) = lists.second(p) else {
            way.pop();
            place_on_way[p] = usize::MAX;
            continue;
        };
        let Some(&r) = lists.order[q].get(lists.last[q]) else {
            break;
        };
        let from = place_on_way[r];
        if from == usize::MAX {
            place_on_way[r] = way.len();
            way.push(r);
            continue;
        }
        // The way has closed: everybody on it goes from the first choice to the second, all at once.
        let rotation = way.split_off(from);
        let moves: Vec<(usize, usize)> = rotation
            .iter()
            .filter_map(|&p| lists.second(p).map(|q| (p, q)))
            .collect();
        for &p in &rotation {
            place_on_way[p] = usize::MAX;
        }
        for &(p, q) in &moves {
            lists.cut_behind(q, p);
        }
        for &(p, q) in &moves {
            for left_over in [p, q] {
                if lists.first(left_over).is_none() {
                    let ties = has_ties(views);
                    return Stability::NoneExists { left_over, ties };
                }
            }
        }
    }
    let mut pairs = Vec::new();
    for i in taking_part {
        if let Some(j) = lists.first(i).filter(|&j| i < j) {
            pairs.push((i, j));
        }
    }
    Stability::Stable(pairs)
}

fn has_ties(views: &Views) -> bool {
    (0..views.len()).any(|i| {
        let ranking = views.ranking(i);
        let mut neighbours = ranking.iter().zip(ranking.iter().skip(1));
        neighbours.any(|(&a, &b)| views.get(i, a) == views.get(i, b))
    })
}
