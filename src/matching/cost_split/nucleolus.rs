//! The nucleolus and the least core, exactly, with a certificate.

use super::fraction::gcd;
use super::game::Game;
use super::simplex::{Column, Optimum, minimise};
use super::{Fraction, SplitError};
use serde::{Deserialize, Serialize};

/// The most players of an exact nucleolus.
pub const MAX_NUCLEOLUS_PLAYERS: usize = 12;

/// One step of the proof: the least satisfied groups cannot be made better off.
///
/// Σ weights·1_S + Σ at_cap·1_i + Σ balance·1_F = 0, all weights and `at_cap` above 0 and the weights summing to 1, where
/// F are groups settled before (or everybody): whatever a player gains, a group among these loses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NucleolusLevel {
    /// What each group not settled before saves at least: c(S) − x(S) ≥ this. May be below 0.
    pub saves: Fraction,
    /// The groups that save exactly this, as bit sets, with their weights.
    pub weights: Vec<(usize, Fraction)>,
    /// Players that pay as much as alone and cannot be asked for more, with their weights.
    pub at_cap: Vec<(usize, Fraction)>,
    /// Groups settled before, with their multipliers of any sign.
    pub balance: Vec<(usize, Fraction)>,
}

/// What each player pays by the nucleolus, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Nucleolus {
    /// By player, summing to the total.
    pub shares: Vec<Fraction>,
    /// Nobody pays more than alone. False if that is impossible, since all together pay more than all alone: then the
    /// shares are the prenucleolus, which does without this condition.
    pub individually_rational: bool,
    /// The proof, level by level; see [`verify_nucleolus`](super::verify_nucleolus).
    pub levels: Vec<NucleolusLevel>,
}

/// What each player pays by the nucleolus, exactly.
///
/// With the saving e(S, x) = c(S) − x(S) of every proper group, the nucleolus is the x with Σx = c(N) and x_i ≤ c({i}) whose
/// savings in ascending order are lexicographically largest: the group that saves least saves as much as possible, then
/// the next. There is exactly one. It lies in the core if the core is not empty. Shape: by player. Units: the game's.
///
/// Method: a sequence of linear programs max ε with x(S) + ε ≤ c(S) for the groups not settled; groups with a dual weight
/// save ε in every optimum and are settled, at least one more dimension each time. The dual is solved by an exact
/// simplex method in whole numbers.
///
/// Cost: at most n programs of 2ⁿ columns and n + 1 rows.
///
/// # Errors
/// [`SplitError::PlayersOutOfRange`] beyond [`MAX_NUCLEOLUS_PLAYERS`]; [`SplitError::Inexact`] if 128 bits do not suffice.
///
/// ```
/// use gotong::matching::cost_split::{Game, nucleolus, verify_nucleolus};
///
/// // Three cooperatives owed 100, 200 and 300 million share the 200 that are left (Talmud, Ketubot 93a): what a group
/// // gets alone is what is left once the others are paid. Gains are negative costs.
/// let owed = [100, 200, 300];
/// let game = Game::new(3, |group| {
///     let others: i64 = (0..3).filter(|one| !group.contains(one)).map(|one| owed[one]).sum();
///     -(200 - others).max(0)
/// }).unwrap();
/// let found = nucleolus(&game).unwrap();
/// let received: Vec<f64> = found.shares.iter().map(|share| -share.to_f64()).collect();
/// assert_eq!(received, [50.0, 75.0, 75.0]);
/// assert!(verify_nucleolus(&game, &found).is_ok());
/// ```
///
/// Source: Schmeidler, "The nucleolus of a characteristic function game", SIAM J. Appl. Math. 1969; sequence of programs:
/// Maschler, Peleg, Shapley 1979; settling by dual weights: Potters, Reijnierse, Ansing 1996.
pub fn nucleolus(game: &Game) -> Result<Nucleolus, SplitError> {
    let players = game.players();
    if players > MAX_NUCLEOLUS_PLAYERS {
        return Err(SplitError::PlayersOutOfRange {
            players,
            most: MAX_NUCLEOLUS_PLAYERS,
        });
    }
    let alone: i128 = (0..players)
        .map(|player| i128::from(game.cost(1 << player)))
        .sum();
    let mut found = Nucleolus {
        shares: vec![Fraction::whole(i128::from(game.total()))],
        individually_rational: alone >= i128::from(game.total()),
        levels: Vec::new(),
    };
    let mut settled = Settled::new(game);
    while settled.span.len() < players {
        let (columns, scale) = settled.columns(game, found.individually_rational)?;
        let optimum = minimise(players, &columns)?.ok_or(SplitError::Inexact)?;
        let (shares, saves) = solution(&optimum, scale)?;
        let mut level = NucleolusLevel {
            saves,
            weights: Vec::new(),
            at_cap: Vec::new(),
            balance: Vec::new(),
        };
        for &(index, amount) in &optimum.levels {
            let column = columns[index];
            let weight = Fraction::new(amount, optimum.denominator).ok_or(SplitError::Inexact)?;
            if column.free {
                level.balance.push((column.group, weight));
                continue;
            }
            if column.counted {
                level.weights.push((column.group, weight));
            } else {
                let player = usize::try_from(column.group.trailing_zeros()).unwrap_or(0);
                level.at_cap.push((player, weight));
            }
            settled.add(column.group, players, &shares)?;
        }
        crate::order::sort_by_key(&mut level.weights, |&(group, _)| group);
        crate::order::sort_by_key(&mut level.at_cap, |&(player, _)| player);
        crate::order::sort_by_key(&mut level.balance, |&(group, _)| group);
        found.shares = shares;
        found.levels.push(level);
    }
    Ok(found)
}

/// The largest ε such that some split lets every proper group save at least ε: max min_S c(S) − x(S). The core is empty if
/// and only if it is below 0; then −ε is what a group must be charged for going alone to keep everybody in.
///
/// `None` for one player, who has no proper group. Units: the game's. Cost: one program of 2ⁿ columns.
///
/// # Errors
/// [`SplitError::Inexact`] if 128 bits do not suffice.
///
/// Source: Maschler, Peleg, Shapley, "Geometric properties of the kernel, nucleolus, and related solution concepts",
/// Mathematics of Operations Research 1979.
pub fn least_core(game: &Game) -> Result<Option<Fraction>, SplitError> {
    if game.players() == 1 {
        return Ok(None);
    }
    let (columns, scale) = Settled::new(game).columns(game, false)?;
    let optimum = minimise(game.players(), &columns)?.ok_or(SplitError::Inexact)?;
    solution(&optimum, scale).map(|(_, saves)| Some(saves))
}

/// The shares and ε of an optimum whose costs were multiplied by `scale`.
fn solution(optimum: &Optimum, scale: i128) -> Result<(Vec<Fraction>, Fraction), SplitError> {
    let part = |price: i128| {
        Fraction::new(price, optimum.denominator)
            .zip(Fraction::new(1, scale))
            .and_then(|(price, unit)| price.times(unit))
            .ok_or(SplitError::Inexact)
    };
    let mut shares = Vec::with_capacity(optimum.prices.len());
    for &price in &optimum.prices {
        shares.push(part(price)?);
    }
    let saves = shares.pop().ok_or(SplitError::Inexact)?;
    Ok((shares, saves))
}

/// Groups whose payment is settled, independent of each other, everybody first.
struct Settled {
    groups: Vec<(usize, Fraction)>,
    span: Span,
}

impl Settled {
    fn new(game: &Game) -> Self {
        let mut span = Span::default();
        span.add(game.everybody(), game.players());
        Self {
            groups: vec![(game.everybody(), Fraction::whole(i128::from(game.total())))],
            span,
        }
    }

    fn add(&mut self, group: usize, players: usize, shares: &[Fraction]) -> Result<(), SplitError> {
        if self.span.add(group, players) {
            let mut paid = Fraction::ZERO;
            for (player, share) in shares.iter().enumerate() {
                if group >> player & 1 == 1 {
                    paid = paid.plus(*share).ok_or(SplitError::Inexact)?;
                }
            }
            self.groups.push((group, paid));
        }
        Ok(())
    }

    /// The columns of the next program, costs multiplied by the scale that makes all of them whole.
    fn columns(&self, game: &Game, capped: bool) -> Result<(Vec<Column>, i128), SplitError> {
        let mut scale = 1_i128;
        for (_, paid) in &self.groups {
            let denominator = paid.denominator();
            let common = gcd(scale.unsigned_abs(), denominator.unsigned_abs());
            let common = i128::try_from(common).map_err(|_| SplitError::Inexact)?;
            scale = scale
                .checked_mul(denominator / common)
                .ok_or(SplitError::Inexact)?;
        }
        let mut columns = Vec::new();
        let mut push = |group, counted, free, cost: Option<i128>| {
            columns.push(Column {
                group,
                counted,
                free,
                cost: cost.ok_or(SplitError::Inexact)?,
            });
            Ok::<(), SplitError>(())
        };
        for (group, paid) in &self.groups {
            let cost = paid.numerator().checked_mul(scale / paid.denominator());
            push(*group, false, true, cost)?;
        }
        let players = game.players();
        for group in game.proper_groups() {
            if !self.span.contains(group, players) {
                push(
                    group,
                    true,
                    false,
                    i128::from(game.cost(group)).checked_mul(scale),
                )?;
            }
        }
        for player in (0..players).filter(|_| capped) {
            let cost = i128::from(game.cost(1 << player)).checked_mul(scale);
            push(1 << player, false, false, cost)?;
        }
        Ok((columns, scale))
    }
}

/// A prime above every minor of up to 15 rows of zeros and ones, so that ranks modulo it are the true ones.
const PRIME: u64 = (1 << 61) - 1;

/// The space some groups span, as rows in echelon form modulo [`PRIME`].
#[derive(Default)]
struct Span {
    /// (place of the leading 1, row).
    rows: Vec<(usize, Vec<u64>)>,
}

impl Span {
    fn len(&self) -> usize {
        self.rows.len()
    }

    fn contains(&self, group: usize, players: usize) -> bool {
        self.rest(group, players).is_none()
    }

    /// False if the group lies in the space already.
    fn add(&mut self, group: usize, players: usize) -> bool {
        let Some((place, mut row)) = self.rest(group, players) else {
            return false;
        };
        let inverse = power(row[place], PRIME - 2);
        for entry in &mut row {
            *entry = product(*entry, inverse);
        }
        self.rows.push((place, row));
        true
    }

    /// What is left of a group without its part in the space, and its first place that is not 0.
    fn rest(&self, group: usize, players: usize) -> Option<(usize, Vec<u64>)> {
        let mut rest: Vec<u64> = (0..players)
            .map(|player| u64::from(group >> player & 1 == 1))
            .collect();
        for (place, row) in &self.rows {
            let factor = rest[*place];
            if factor != 0 {
                for (entry, other) in rest.iter_mut().zip(row) {
                    *entry = (*entry + PRIME - product(factor, *other)) % PRIME;
                }
            }
        }
        let place = rest.iter().position(|&entry| entry != 0)?;
        Some((place, rest))
    }
}

fn product(a: u64, b: u64) -> u64 {
    u64::try_from(u128::from(a) * u128::from(b) % u128::from(PRIME)).unwrap_or(0)
}

fn power(base: u64, exponent: u64) -> u64 {
    let (mut result, mut base, mut exponent) = (1, base, exponent);
    while exponent > 0 {
        if exponent & 1 == 1 {
            result = product(result, base);
        }
        base = product(base, base);
        exponent >>= 1;
    }
    result
}
