//! Rounds of pairs or tables under rules, nobody meeting twice.

use super::RoomError;
use super::bound::upper_bound;
use super::groups::{Bond, GroupSearch, GroupTask, effort};
use super::matching::{Matching, MatchingSearch};
use super::seating_check::{check_rules, check_seating};
use super::task::{Obstacle, ObstacleCode, Odd, RoomTask, Round, SitOutCode};
use super::weights::Weights;

/// What is being worked on.
#[derive(Clone, Debug)]
enum Work {
    /// Between rounds.
    Next,
    /// The pairs of a round, or the pairs that bound its tables.
    Pairs(Box<(MatchingSearch, Weights)>),
    /// The tables of a round, with the pairs found before.
    Tables(Box<(GroupSearch, Matching)>),
    Over,
}

/// The rounds of a room, a little at a time.
///
/// Pairs: cardinality first (if `everybody`), then those who sat out before, then pairs of two sectors, then total weight,
/// each strictly before the next, in one matching with a certificate; one who is left over joins a pair (a search by
/// exchanges looks for the trio that loses least; its gap is stated). Tables of g: ⌊n/g⌋ tables, sizes differ by at most
/// one; local search of bounded work, with an upper bound. People meet once: pairs of a round are kept apart in later
/// ones. A pair that must sit together does so in the first round.
#[derive(Clone, Debug)]
pub struct SeatingSearch {
    task: RoomTask,
    /// The weights of pairs that have not met.
    open: Weights,
    rounds: Vec<Round>,
    obstacle: Option<Obstacle>,
    work: Work,
}

impl SeatingSearch {
    /// Starts; rules that contradict each other are an [`Obstacle`].
    ///
    /// # Errors
    /// [`RoomError::GroupSizeInvalid`], [`RoomError::SizesDiffer`], [`RoomError::UnknownOrganisation`].
    pub fn new(task: RoomTask) -> Result<Self, RoomError> {
        let n = task.weights.len();
        if task.size < 2 {
            return Err(RoomError::GroupSizeInvalid { size: task.size });
        }
        if !task.sectors.is_empty() && task.sectors.len() != n {
            let (expected, found) = (n, task.sectors.len());
            return Err(RoomError::SizesDiffer { expected, found });
        }
        if let Some(&(i, j)) = task.together.iter().find(|&&(i, j)| i >= n || j >= n) {
            let id = i.max(j).to_string();
            return Err(RoomError::UnknownOrganisation { id });
        }
        let obstacle = check_rules(&task);
        Ok(Self {
            open: task.weights.clone(),
            rounds: Vec::new(),
            work: if obstacle.is_some() {
                Work::Over
            } else {
                Work::Next
            },
            obstacle,
            task,
        })
    }

    /// Goes on for about `work` looks at a table cell; true while there is more to do. What is found does not depend on
    /// how the work is cut.
    ///
    /// # Errors
    /// [`RoomError::OutOfRange`], [`RoomError::WeightTooLarge`] if the weights leave no room for the order of
    /// aims; [`RoomError::CertificateFailed`], [`RoomError::SeatingInvalid`], which would be faults of this program.
    pub fn step(&mut self, work: u64) -> Result<bool, RoomError> {
        match std::mem::replace(&mut self.work, Work::Over) {
            Work::Over => return Ok(false),
            Work::Next if self.rounds.len() >= self.task.rounds => {
                check_seating(&self.task, &self.rounds)?;
                return Ok(false);
            }
            Work::Next => {
                let weights = self.paired_by()?;
                let search = MatchingSearch::new(&weights, self.task.everybody && self.is_pairs())?;
                self.work = Work::Pairs(Box::new((search, weights)));
            }
            Work::Pairs(mut pairs) => {
                if pairs.0.step(work) {
                    self.work = Work::Pairs(pairs);
                } else {
                    let matching = pairs.0.matching(&pairs.1)?;
                    self.paired(matching)?;
                }
            }
            Work::Tables(mut tables) => {
                if tables.0.step(work) {
                    self.work = Work::Tables(tables);
                } else {
                    self.seated(&tables.0.tables(), &tables.1);
                }
            }
        }
        Ok(true)
    }

    /// The rounds found so far, and what stopped them.
    pub fn found(&self) -> (&[Round], Option<&Obstacle>) {
        (&self.rounds, self.obstacle.as_ref())
    }

    fn is_pairs(&self) -> bool {
        self.task.size == 2
    }

    fn tables(&self) -> usize {
        (self.open.len() / self.task.size).max(1)
    }

    /// The weights the pairs of this round are found by.
    fn paired_by(&self) -> Result<Weights, RoomError> {
        let mut weights = self.open.clone();
        if !self.is_pairs() {
            return Ok(weights);
        }
        if self.rounds.is_empty() {
            for &(a, b) in self.task.together.iter().filter(|(a, b)| a != b) {
                for other in 0..weights.len() {
                    if other != a && other != b {
                        weights.remove(a, other);
                        weights.remove(b, other);
                    }
                }
            }
        }
        let n = i64::try_from(weights.len()).unwrap_or(i64::MAX);
        let all = |range: i64| range.saturating_mul(n).saturating_add(1);
        let range = weights
            .edges()
            .map(|edge| edge.2.saturating_abs())
            .max()
            .unwrap_or(0);
        let same_sector = if self.task.sectors.is_empty() {
            0
        } else {
            all(range)
        };
        let mut sat_out = vec![0; weights.len()];
        for &(i, _) in self.rounds.iter().flat_map(|round| &round.sitting_out) {
            sat_out[i] += 1;
        }
        let owed = if sat_out.iter().any(|&times| times > 0) {
            all(range.saturating_add(same_sector))
        } else {
            0
        };
        let edges: Vec<_> = weights.edges().collect();
        for (i, j, mut weight) in edges {
            if self.task.sectors.get(i) == self.task.sectors.get(j) {
                weight = weight.saturating_sub(same_sector);
            }
            weight = weight.saturating_add(owed.saturating_mul(sat_out[i] + sat_out[j]));
            weights.set(i, j, weight)?;
        }
        Ok(weights)
    }

    /// The pairs of a round are there: they are the round, or the start and the bound of its tables.
    fn paired(&mut self, matching: Matching) -> Result<(), RoomError> {
        let n = self.open.len();
        let mut tables: Vec<Vec<usize>> = matching.pairs.iter().map(|&(i, j)| vec![i, j]).collect();
        if self.is_pairs() {
            let mates = matching.mates(n);
            let alone: Vec<usize> = (0..n).filter(|&i| mates[i].is_none()).collect();
            let trio = self.task.everybody && self.task.odd == Odd::Trio && !tables.is_empty();
            if alone.len() != 1 || !trio {
                self.close_pairs(&matching);
                return Ok(());
            }
            let joins = |table: &Vec<usize>| {
                let worth = |&mate: &usize| self.open.get(mate, alone[0]).unwrap_or(-super::MAX_WEIGHT);
                table.iter().map(worth).sum::<i64>()
            };
            // Of equal ones the first.
            let best = (0..tables.len()).rev().max_by_key(|&t| joins(&tables[t]));
            tables[best.unwrap_or(0)].push(alone[0]);
        }
        let mut bonds = vec![Bond::Free; n * n];
        for i in 0..n {
            for j in (0..n).filter(|&j| j != i && self.open.get(i, j).is_none()) {
                bonds[i * n + j] = Bond::Apart;
            }
        }
        let first = self.rounds.is_empty();
        for &(i, j) in self.task.together.iter().filter(|(i, j)| first && i != j) {
            bonds[i * n + j] = Bond::Together;
            bonds[j * n + i] = Bond::Together;
        }
        let task = GroupTask {
            weights: &self.open,
            bonds: &bonds,
            sectors: &self.task.sectors,
            tables: self.tables(),
            seed: self.task.seed.wrapping_add(self.rounds.len() as u64),
        };
        let start = self.is_pairs().then_some(tables.as_slice());
        let search = GroupSearch::new(&task, start, effort(n))?;
        self.work = Work::Tables(Box::new((search, matching)));
        Ok(())
    }

    /// A round of pairs as matched.
    fn close_pairs(&mut self, matching: &Matching) {
        let n = self.open.len();
        let mates = matching.mates(n);
        let alone: Vec<usize> = (0..n).filter(|&i| mates[i].is_none()).collect();
        let code = match (self.task.everybody, alone.len()) {
            (false, _) => SitOutCode::TotalWithout,
            (true, 1) if n % 2 == 1 => SitOutCode::OddNumber,
            (true, _) => SitOutCode::NoPartnerLeft,
        };
        let code_of = |i: usize| {
            let none = self.open.at(i).next().is_none();
            (i, if none { SitOutCode::NoPartnerLeft } else { code })
        };
        let sitting_out: Vec<_> = alone.into_iter().map(code_of).collect();
        let first = self
            .rounds
            .first()
            .map_or(usize::MAX, |round| round.sitting_out.len());
        if self.task.everybody && sitting_out.len() > first
            || matching.pairs.is_empty() && !self.rounds.is_empty()
        {
            let who = sitting_out.into_iter().map(|(i, _)| i).collect();
            self.stop(ObstacleCode::RoundNotFound, who);
            return;
        }
        let tables = matching.pairs.iter().map(|&(i, j)| vec![i, j]).collect();
        let mut round = self.round(tables, sitting_out);
        round.upper_bound = round.total;
        round.certificate = Some(matching.certificate.clone());
        self.close(round);
    }

    /// The tables of a round are there, if they keep the rules.
    fn seated(&mut self, tables: &[Vec<usize>], matching: &Matching) {
        let mut apart = Vec::new();
        let mut table_of = vec![usize::MAX; self.open.len()];
        for (number, table) in tables.iter().enumerate() {
            for (at, &i) in table.iter().enumerate() {
                table_of[i] = number;
                let refused = table
                    .iter()
                    .skip(at + 1)
                    .filter(|&&j| self.open.get(i, j).is_none());
                apart.extend(refused.map(|&j| vec![i, j]));
            }
        }
        let first = self.rounds.is_empty();
        let split = self
            .task
            .together
            .iter()
            .find(|&&(i, j)| first && table_of[i] != table_of[j]);
        if let Some(who) = apart.into_iter().next() {
            if self.is_pairs() {
                // No pair can take the last one in.
                self.close_pairs(matching);
                return;
            }
            let code = if first {
                ObstacleCode::ApartNotMet
            } else {
                ObstacleCode::RoundNotFound
            };
            self.stop(code, who);
            return;
        }
        if let Some(&(i, j)) = split {
            self.stop(ObstacleCode::TogetherNotMet, vec![i, j]);
            return;
        }
        let mut round = self.round(tables.to_vec(), Vec::new());
        let by_weight =
            self.task.sectors.is_empty() && self.rounds.iter().all(|round| round.sitting_out.is_empty());
        let by_weight = by_weight && (self.task.together.is_empty() || !first);
        let pairs_total = by_weight.then_some(matching.weight);
        round.upper_bound = upper_bound(
            &self.open,
            self.tables(),
            pairs_total.filter(|_| !self.is_pairs()),
        );
        if let (true, Some(total)) = (self.is_pairs(), pairs_total) {
            // The trio's best pair and the others are a matching; its two other pairs share a vertex.
            let two_best = |i: usize| {
                let mut row: Vec<i64> = self.open.at(i).map(|edge| edge.1).collect();
                row.sort_unstable_by(|a, b| b.cmp(a));
                row.iter().take(2).sum::<i64>()
            };
            let most = (0..self.open.len()).map(two_best).max().unwrap_or(0);
            round.upper_bound = round.upper_bound.min(total.saturating_add(most));
        }
        self.close(round);
    }

    fn round(&self, tables: Vec<Vec<usize>>, sitting_out: Vec<(usize, SitOutCode)>) -> Round {
        let total = tables.iter().flat_map(|table| pairs_of(table));
        let total = total.filter_map(|(i, j)| self.open.get(i, j)).sum();
        Round {
            tables,
            total,
            upper_bound: i64::MAX,
            certificate: None,
            sitting_out,
        }
    }

    fn close(&mut self, round: Round) {
        for (i, j) in round.tables.iter().flat_map(|table| pairs_of(table)) {
            self.open.remove(i, j);
        }
        self.rounds.push(round);
        self.work = Work::Next;
    }

    fn stop(&mut self, code: ObstacleCode, who: Vec<usize>) {
        let round = self.rounds.len();
        // Everybody meets size − 1 others a round at least.
        let needed = round.saturating_add(1).saturating_mul(self.task.size - 1);
        let exhausted = code == ObstacleCode::RoundNotFound && needed >= self.open.len();
        let code = if exhausted {
            ObstacleCode::RoundsExhausted
        } else {
            code
        };
        self.obstacle = Some(Obstacle { code, who, round });
        // The rounds found before stand, and are checked.
        self.task.rounds = round;
        self.work = Work::Next;
    }
}

/// The pairs of a table.
pub(super) fn pairs_of(table: &[usize]) -> impl Iterator<Item = (usize, usize)> + '_ {
    let rest = |at: usize| table.iter().skip(at + 1);
    table
        .iter()
        .enumerate()
        .flat_map(move |(at, &i)| rest(at).map(move |&j| (i, j)))
}
