//! From a scenario to a seated room, step by step.

use super::answer::{
    Comparison, OrgExposure, PairingFigures, RoomAnswer, RoomBlossom, RoomObstacle, RoomOptions, RoomOutcome,
    RoomProof, RoomRound, RoomTable, SittingOut, StableAnswer,
};
use super::egalitarian::EgalitarianSearch;
use super::seating::{SeatingSearch, pairs_of};
use super::stable::{Stability, stable_matching};
use super::task::{ObstacleCode, RoomTask, Round};
use super::views::{Views, blocking_pairs, exposure, weakest};
use super::{MAX_VERTICES, RoomError, Weights};
use crate::domain::{OrgId, Scenario, ScoreWeights};
use crate::matching::pair::Pair;
use crate::matching::{Direction, Directory, MatchError, Mode};

/// Scores in [0, 1] are counted in millionths, rounded to the nearest, so that sums and certificates are exact.
pub const SCORE_SCALE: i64 = 1_000_000;

/// What a pair of organisations costs to score, in looks at a table cell.
const SCORE_WORK: u64 = 400;

enum Phase {
    Scores(usize),
    Seating(Box<SeatingSearch>),
    Egalitarian(Box<(Vec<Round>, Option<RoomObstacle>, EgalitarianSearch)>),
    Done(Box<RoomAnswer>),
}

/// A room being seated, a little at a time; drop it to cancel.
///
/// Weights: the low end of the score of every pair (`docs/matching.md`) in millionths; conflicts and `apart` take a pair
/// out. In gift mode organisation i's view of j is how much of i's needs j covers, a pair is worth the sum of both views,
/// and stability goes by the views. Phases: scores (O(n²) of them), rounds ([`SeatingSearch`]), and for pairs
/// the stable and the egalitarian pairing of the first round. A room of more than [`MAX_VERTICES`] is answered at
/// once with the obstacle `too-many`.
///
/// ```
/// use gotong::cases::CaseStudy;
/// use gotong::matching::room::{RoomOptions, RoomOutcome, RoomSearch};
///
/// // The education forum of Yogyakarta meets: everybody is to talk to somebody, in two rounds.
/// let scenario = CaseStudy::by_row("E2").unwrap().load().unwrap();
/// let options = RoomOptions { rounds: 2, ..RoomOptions::default() };
/// let mut search = RoomSearch::new(&scenario, options).unwrap();
/// while search.step(1_000_000).unwrap() {}
/// let room = search.answer().unwrap();
/// assert_eq!((room.outcome, room.rounds.len()), (RoomOutcome::Seated, 2));
/// assert!(room.rounds.iter().all(|round| round.sitting_out.is_empty()));
/// ```
pub struct RoomSearch {
    directory: Directory,
    score_weights: ScoreWeights,
    sectors: Vec<usize>,
    options: RoomOptions,
    apart: Vec<(usize, usize)>,
    together: Vec<(usize, usize)>,
    weights: Weights,
    views: Views,
    phase: Phase,
}

impl RoomSearch {
    /// Reads the scenario and the rules.
    ///
    /// # Errors
    /// [`RoomError::UnknownOrganisation`] if a rule names nobody, [`RoomError::GroupSizeInvalid`], [`RoomError::Scores`] if
    /// the weights of the score are invalid or the directory is too large.
    pub fn new(scenario: &Scenario, options: RoomOptions) -> Result<Self, RoomError> {
        let scores = |error: MatchError| RoomError::Scores {
            code: error.code(),
            detail: error.to_string(),
        };
        crate::matching::search::check(&scenario.score_weights).map_err(scores)?;
        if options.size < 2 {
            return Err(RoomError::GroupSizeInvalid { size: options.size });
        }
        let n = scenario.organisations.len();
        let too_many = n > MAX_VERTICES;
        let empty = Scenario::default();
        let directory = Directory::new(if too_many { &empty } else { scenario }).map_err(scores)?;
        let rows = |rules: &[(OrgId, OrgId)]| -> Result<Vec<(usize, usize)>, RoomError> {
            let row = |id: &OrgId| {
                let unknown = || RoomError::UnknownOrganisation { id: id.to_string() };
                directory.row_of(id).ok_or_else(unknown)
            };
            rules.iter().map(|(a, b)| Ok((row(a)?, row(b)?))).collect()
        };
        let (apart, together) = if too_many {
            (Vec::new(), Vec::new())
        } else {
            (rows(&options.apart)?, rows(&options.together)?)
        };
        let phase = if too_many {
            let obstacle = RoomObstacle {
                code: ObstacleCode::TooMany,
                who: Vec::new(),
                round: 0,
                limit: Some(MAX_VERTICES),
            };
            Phase::Done(Box::new(unseated(obstacle, n)))
        } else {
            Phase::Scores(0)
        };
        let len = directory.len();
        let organisations = scenario.organisations.iter().take(len);
        Ok(Self {
            score_weights: scenario.score_weights,
            sectors: organisations.map(|org| org.sector as usize).collect(),
            weights: Weights::new(len)?,
            views: Views::new(len)?,
            directory,
            options,
            apart,
            together,
            phase,
        })
    }

    /// Goes on for about `work` looks at a table cell (a nanosecond or two each, natively); true while there is more to
    /// do. The answer does not depend on how the work is cut.
    ///
    /// # Errors
    /// As [`SeatingSearch::step`] and [`EgalitarianSearch::step`].
    pub fn step(&mut self, work: u64) -> Result<bool, RoomError> {
        match &mut self.phase {
            Phase::Done(_) => return Ok(false),
            Phase::Scores(row) => {
                let from = *row;
                let cost = (self.directory.len() as u64).saturating_mul(SCORE_WORK).max(1);
                let rows = usize::try_from(work / cost).unwrap_or(usize::MAX).max(1);
                let to = from.saturating_add(rows).min(self.directory.len());
                for i in from..to {
                    self.score(i)?;
                }
                self.phase = if to < self.directory.len() {
                    Phase::Scores(to)
                } else {
                    Phase::Seating(Box::new(self.start()?))
                };
            }
            Phase::Seating(search) => {
                if !search.step(work)? {
                    let (rounds, obstacle) = search.found();
                    let rounds = rounds.to_vec();
                    let obstacle = obstacle.map(|obstacle| RoomObstacle {
                        code: obstacle.code,
                        who: obstacle
                            .who
                            .iter()
                            .map(|&i| self.directory.ids[i].clone())
                            .collect(),
                        round: obstacle.round,
                        limit: None,
                    });
                    if self.options.size == 2 && !rounds.is_empty() {
                        let search = EgalitarianSearch::new(self.weights.clone())?;
                        self.phase = Phase::Egalitarian(Box::new((rounds, obstacle, search)));
                    } else {
                        self.phase = Phase::Done(Box::new(self.put(&rounds, obstacle, None)));
                    }
                }
            }
            Phase::Egalitarian(state) => {
                if !state.2.step(work)? {
                    let fair = state.2.answer()?.matching.pairs;
                    let (rounds, obstacle) = (state.0.clone(), state.1.clone());
                    let comparison = self.compare(&rounds, &fair);
                    self.phase = Phase::Done(Box::new(self.put(&rounds, obstacle, comparison)));
                }
            }
        }
        Ok(!matches!(self.phase, Phase::Done(_)))
    }

    /// The answer, once there is no more to do.
    pub fn answer(&self) -> Option<&RoomAnswer> {
        match &self.phase {
            Phase::Done(answer) => Some(answer),
            _ => None,
        }
    }

    /// Scores `i` with everybody after it.
    fn score(&mut self, i: usize) -> Result<(), RoomError> {
        let low = |i: usize, j: usize, direction: Direction| {
            millionths(
                Pair::of(&self.directory, i, j)
                    .score(direction, &self.score_weights)
                    .low,
            )
        };
        for j in i + 1..self.directory.len() {
            let views = match self.options.mode {
                Mode::Mutual => [low(i, j, Direction::Both); 2],
                Mode::Gift => [
                    low(i, j, Direction::SeekerReceives),
                    low(j, i, Direction::SeekerReceives),
                ],
            };
            let worth = match self.options.mode {
                Mode::Mutual => views[0],
                Mode::Gift => views[0] + views[1],
            };
            self.weights.set(i, j, worth)?;
            self.views.set(i, j, views[0])?;
            self.views.set(j, i, views[1])?;
        }
        Ok(())
    }

    fn start(&mut self) -> Result<SeatingSearch, RoomError> {
        let conflicts = (0..self.directory.len())
            .flat_map(|i| self.directory.conflicts.row(i).iter().map(move |&j| (i, j)));
        for (i, j) in conflicts.chain(self.apart.iter().copied()) {
            if i != j {
                self.weights.remove(i, j);
                self.views.remove(i, j);
            }
        }
        SeatingSearch::new(RoomTask {
            weights: self.weights.clone(),
            together: self.together.clone(),
            sectors: if self.options.mix_sectors {
                self.sectors.clone()
            } else {
                Vec::new()
            },
            size: self.options.size,
            rounds: self.options.rounds,
            odd: self.options.odd,
            everybody: self.options.everybody,
            seed: self.options.seed,
        })
    }

    fn id(&self, i: usize) -> OrgId {
        self.directory.ids[i].clone()
    }

    fn ids(&self, list: &[usize]) -> Vec<OrgId> {
        list.iter().map(|&i| self.id(i)).collect()
    }

    fn figures(&self, tables: &[Vec<usize>]) -> PairingFigures {
        let weights = || {
            let pairs = tables.iter().flat_map(|table| pairs_of(table));
            pairs.filter_map(|(i, j)| self.weights.get(i, j))
        };
        PairingFigures {
            tables: tables.iter().map(|table| self.ids(table)).collect(),
            total: score(weights().sum()),
            weakest: weights().min().map(score),
            blocking: blocking_pairs(&self.views, tables).len(),
        }
    }

    fn compare(&self, rounds: &[Round], fair: &[(usize, usize)]) -> Option<Comparison> {
        let tables = |pairs: &[(usize, usize)]| -> Vec<Vec<usize>> {
            pairs.iter().map(|&(i, j)| vec![i, j]).collect()
        };
        let stable = match stable_matching(&self.views) {
            Stability::Stable(pairs) => StableAnswer::Stable(self.figures(&tables(&pairs))),
            Stability::NoneExists { left_over, ties } => StableAnswer::NoneExists {
                left_over: self.id(left_over),
                ties,
            },
        };
        Some(Comparison {
            best_total: self.figures(&rounds.first()?.tables),
            stable,
            egalitarian: self.figures(&tables(fair)),
        })
    }

    fn put(
        &self,
        rounds: &[Round],
        obstacle: Option<RoomObstacle>,
        comparison: Option<Comparison>,
    ) -> RoomAnswer {
        let chances = exposure(&self.views, self.options.top);
        let mut views = self.views.clone();
        let mut shown = Vec::new();
        for round in rounds {
            shown.push(self.round(round, &views));
            for (i, j) in round.tables.iter().flat_map(|table| pairs_of(table)) {
                views.remove(i, j);
            }
        }
        RoomAnswer {
            outcome: match (&obstacle, rounds.is_empty()) {
                (None, _) => RoomOutcome::Seated,
                (Some(_), false) => RoomOutcome::Partly,
                (Some(_), true) => RoomOutcome::Infeasible,
            },
            obstacle,
            organisations: self.directory.len(),
            rounds: shown,
            comparison,
            exposure: chances
                .iter()
                .enumerate()
                .map(|(i, chance)| OrgExposure {
                    org: self.id(i),
                    listed_by: chance.listed_by,
                    best: chance.best.map(score),
                })
                .collect(),
            weakest: self.ids(&weakest(&chances, self.options.top)),
        }
    }

    fn round(&self, round: &Round, views: &Views) -> RoomRound {
        let table = |table: &Vec<usize>| RoomTable {
            members: self.ids(table),
            score: score(pairs_of(table).filter_map(|(i, j)| self.weights.get(i, j)).sum()),
        };
        let proof = match &round.certificate {
            Some(certificate) => RoomProof::Certificate {
                vertex: certificate
                    .vertex_doubled
                    .iter()
                    .enumerate()
                    .map(|(i, &doubled)| (self.id(i), score(doubled) / 2.0))
                    .collect(),
                blossoms: certificate
                    .blossoms
                    .iter()
                    .map(|blossom| RoomBlossom {
                        members: self.ids(&blossom.members),
                        value: score(blossom.value),
                    })
                    .collect(),
            },
            None => RoomProof::Bound {
                upper_bound: score(round.upper_bound),
                gap: if round.upper_bound > 0 {
                    score(round.upper_bound - round.total) / score(round.upper_bound)
                } else {
                    0.0
                },
            },
        };
        RoomRound {
            tables: round.tables.iter().map(table).collect(),
            total: score(round.total),
            proof,
            blocking: blocking_pairs(views, &round.tables)
                .into_iter()
                .map(|(i, j)| (self.id(i), self.id(j)))
                .collect(),
            sitting_out: round
                .sitting_out
                .iter()
                .map(|&(i, code)| SittingOut {
                    org: self.id(i),
                    code,
                })
                .collect(),
        }
    }
}

fn unseated(obstacle: RoomObstacle, organisations: usize) -> RoomAnswer {
    RoomAnswer {
        outcome: RoomOutcome::Infeasible,
        obstacle: Some(obstacle),
        organisations,
        rounds: Vec::new(),
        comparison: None,
        exposure: Vec::new(),
        weakest: Vec::new(),
    }
}

/// A score in [0, 1] in millionths.
#[expect(clippy::cast_possible_truncation, reason = "at most 10⁶")]
fn millionths(score: f64) -> i64 {
    (score.clamp(0.0, 1.0) * 1e6 + 0.5) as i64
}

#[expect(clippy::cast_precision_loss, reason = "sums of millionths are far below 2⁵³")]
fn score(millionths: i64) -> f64 {
    millionths as f64 / SCORE_SCALE as f64
}
