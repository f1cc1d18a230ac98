//! Exact fractions, and whole shares that still sum.

use serde::{Deserialize, Serialize};
use std::cmp::Ordering;
use std::fmt;

/// An exact number n/d in lowest terms, d > 0. Written `7/3`, or `2` where it is whole.
///
/// Order: by value, exactly. All arithmetic is checked: `None` if a term leaves 128 bits.
///
/// ```
/// use gotong::matching::cost_split::Fraction;
///
/// let third = Fraction::new(-2, -6).unwrap();
/// assert_eq!((third.to_string().as_str(), third.to_f64()), ("1/3", 1.0 / 3.0));
/// assert_eq!(third.plus(Fraction::whole(1)).unwrap().to_string(), "4/3");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Fraction {
    numerator: i128,
    denominator: i128,
}

impl Fraction {
    /// 0.
    pub const ZERO: Self = Self::whole(0);

    /// A whole number.
    pub const fn whole(numerator: i128) -> Self {
        Self {
            numerator,
            denominator: 1,
        }
    }

    /// numerator / denominator; `None` if the denominator is 0 or a term overflows.
    pub fn new(numerator: i128, denominator: i128) -> Option<Self> {
        let divisor = i128::try_from(gcd(numerator.unsigned_abs(), denominator.unsigned_abs())).ok()?;
        let (numerator, denominator) = (numerator.checked_div(divisor)?, denominator.checked_div(divisor)?);
        match denominator.cmp(&0) {
            Ordering::Greater => Some(Self {
                numerator,
                denominator,
            }),
            Ordering::Less => Some(Self {
                numerator: numerator.checked_neg()?,
                denominator: denominator.checked_neg()?,
            }),
            Ordering::Equal => None,
        }
    }

    /// The number above the line.
    pub fn numerator(self) -> i128 {
        self.numerator
    }

    /// The number below the line, above 0.
    pub fn denominator(self) -> i128 {
        self.denominator
    }

    /// self + other.
    pub fn plus(self, other: Self) -> Option<Self> {
        // Over the least common denominator, so that terms stay small.
        let divisor = i128::try_from(gcd(
            self.denominator.unsigned_abs(),
            other.denominator.unsigned_abs(),
        ))
        .ok()?;
        let (mine, theirs) = (other.denominator / divisor, self.denominator / divisor);
        let sum = self
            .numerator
            .checked_mul(mine)?
            .checked_add(other.numerator.checked_mul(theirs)?)?;
        Self::new(sum, self.denominator.checked_mul(mine)?)
    }

    /// self − other.
    pub fn minus(self, other: Self) -> Option<Self> {
        self.plus(other.negated()?)
    }

    /// −self.
    pub fn negated(self) -> Option<Self> {
        Some(Self {
            numerator: self.numerator.checked_neg()?,
            denominator: self.denominator,
        })
    }

    /// self · other.
    pub fn times(self, other: Self) -> Option<Self> {
        let left = Self::new(self.numerator, other.denominator)?;
        let right = Self::new(other.numerator, self.denominator)?;
        let numerator = left.numerator.checked_mul(right.numerator)?;
        let denominator = left.denominator.checked_mul(right.denominator)?;
        Some(Self {
            numerator,
            denominator,
        })
    }

    /// The nearest whole number not above it.
    pub fn floor(self) -> i128 {
        self.numerator.div_euclid(self.denominator)
    }

    /// For drawing and printing; the fraction stays the exact value.
    pub fn to_f64(self) -> f64 {
        let whole = self.floor();
        let rest = self.numerator - whole * self.denominator;
        whole as f64 + rest as f64 / self.denominator as f64
    }
}

impl Ord for Fraction {
    fn cmp(&self, other: &Self) -> Ordering {
        // Whole parts, then the parts after the point by their reciprocals: nothing is multiplied, so nothing
        // overflows. O(log d) as Euclid's algorithm.
        let (mut a, mut b) = (*self, *other);
        let mut turned = false;
        loop {
            let (whole_a, whole_b) = (a.floor(), b.floor());
            let rest_a = a.numerator - whole_a * a.denominator;
            let rest_b = b.numerator - whole_b * b.denominator;
            let here = whole_a.cmp(&whole_b).then_with(|| match (rest_a, rest_b) {
                (0, 0) => Ordering::Equal,
                (0, _) => Ordering::Less,
                (_, 0) => Ordering::Greater,
                _ => Ordering::Equal,
            });
            if here != Ordering::Equal || rest_a == 0 {
                return if turned { here.reverse() } else { here };
            }
            (a, b) = (
                Self {
                    numerator: a.denominator,
                    denominator: rest_a,
                },
                Self {
                    numerator: b.denominator,
                    denominator: rest_b,
                },
            );
            turned = !turned;
        }
    }
}

impl PartialOrd for Fraction {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Fraction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.denominator {
            1 => write!(f, "{}", self.numerator),
            denominator => write!(f, "{}/{denominator}", self.numerator),
        }
    }
}

impl From<Fraction> for String {
    fn from(fraction: Fraction) -> Self {
        fraction.to_string()
    }
}

impl TryFrom<String> for Fraction {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let (numerator, denominator) = text.split_once('/').unwrap_or((&text, "1"));
        let parsed = numerator.parse().ok().zip(denominator.parse().ok());
        parsed
            .and_then(|(numerator, denominator)| Self::new(numerator, denominator))
            .ok_or("fraction-invalid")
    }
}

/// The greatest common divisor; of 0 and n it is n, of 0 and 0 it is 0.
pub(super) fn gcd(a: u128, b: u128) -> u128 {
    let (mut a, mut b) = (a, b);
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

/// The least unit in which all of `parts` are whole, as 1 over it, and the parts in that unit; `None` beyond 128 bits.
pub(super) fn common_unit(parts: &[Fraction]) -> Option<(i128, Vec<i128>)> {
    let mut unit = 1_i128;
    for part in parts {
        let divisor = gcd(unit.unsigned_abs(), part.denominator.unsigned_abs());
        unit = unit.checked_mul(part.denominator / i128::try_from(divisor).ok()?)?;
    }
    let whole = parts
        .iter()
        .map(|part| part.numerator.checked_mul(unit / part.denominator));
    Some((unit, whole.collect::<Option<_>>()?))
}

/// Whole shares for exact `parts` that sum to `total`, each within one unit of its part if the parts sum to `total`.
///
/// Largest remainder: every part is rounded down, then the units still missing go one each to the parts that lost
/// most; of equal losses the earlier gets it. `None` if a term overflows. O(n log n).
///
/// Source: Hamilton's method (Balinski & Young, Fair Representation, 1982); [`explain::rounded_parts`] does the same
/// for floats.
///
/// [`explain::rounded_parts`]: crate::explain::rounded_parts
pub fn whole_shares(parts: &[Fraction], total: i128) -> Option<Vec<i128>> {
    let mut shares: Vec<i128> = parts.iter().map(|part| part.floor()).collect();
    let mut missing = total;
    for share in &shares {
        missing = missing.checked_sub(*share)?;
    }
    let count = i128::try_from(shares.len()).ok().filter(|&count| count > 0)?;
    let (everyone, some) = (missing.div_euclid(count), missing.rem_euclid(count));
    let mut order: Vec<(Fraction, usize)> = Vec::new();
    for (index, part) in parts.iter().enumerate() {
        order.push((part.minus(Fraction::whole(part.floor()))?, index));
    }
    crate::order::sort_by(&mut order, |a, b| b.0.cmp(&a.0));
    for (rank, (_, index)) in (0_i128..).zip(order) {
        if let Some(share) = shares.get_mut(index) {
            *share = share.checked_add(everyone + i128::from(rank < some))?;
        }
    }
    Some(shares)
}
