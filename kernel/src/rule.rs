//! One purchase in many runs of a rule, and who paid for all of them.

/// Buys what costs at most what is left; what it got and whether it was bought.
pub fn buy_whole(left: &mut [u64], costs: &[u64], granted: &mut [u64], funded: &mut [bool]) {
    let runs = left.iter_mut().zip(costs).zip(granted.iter_mut().zip(funded));
    for ((left, &cost), (granted, funded)) in runs {
        *funded = *left >= cost;
        *granted = if *funded { cost } else { 0 };
        *left -= *granted;
    }
}

/// Buys what has a least amount (the lesser of `minimum` and its cost) of at most what is left, for its cost or all that
/// is left, where the run is still open; closes the others if `stops`.
pub fn buy(
    (minimum, stops): (u64, bool),
    left: &mut [u64],
    costs: &[u64],
    open: &mut [bool],
    granted: &mut [u64],
    funded: &mut [bool],
) {
    let runs = left
        .iter_mut()
        .zip(costs)
        .zip(granted.iter_mut().zip(funded))
        .zip(open);
    for (((left, &cost), (granted, funded)), open) in runs {
        *funded = *open & (*left >= cost.min(minimum));
        *open &= *funded | !stops;
        *granted = if *funded { cost.min(*left) } else { 0 };
        *left -= *granted;
    }
}

/// ⌊amount·weight/total⌋ for weight ≤ total, amount ≤ total < 2⁵⁰, total above 0 or all 0; `ratio`: amount / total as
/// floats, of a total of 0 as if it were 1.
///
/// The guess, rounded to the nearest whole number by adding 2⁵², is off by less than ½ + 2·2⁻⁵³·2⁵⁰ < 1: so it is the
/// quotient or one more, which the sign of its remainder tells. No jump, and the same for every rounding of the guess.
#[inline]
pub fn quotient_below_2_50(amount: u64, weight: u64, total: u64, ratio: f64) -> u64 {
    const WHOLE: f64 = 4_503_599_627_370_496.0;
    let guess = (weight.cast_signed() as f64 * ratio + WHOLE).to_bits() - WHOLE.to_bits();
    let remainder = amount
        .wrapping_mul(weight)
        .wrapping_sub(guess.wrapping_mul(total));
    guess - (remainder >> 63)
}

/// What is left becomes what was spent, and `ratios` its share of what was held; all below 2⁵⁰.
pub fn spend(held: &[u64], left: &mut [u64], ratios: &mut [f64]) {
    for ((spent, &held), ratio) in left.iter_mut().zip(held).zip(ratios) {
        *spent = held - *spent;
        // Signed, because that is the shorter way to a float.
        *ratio = spent.cast_signed() as f64 / held.max(1).cast_signed() as f64;
    }
}

/// What one of those who share an account spent, by cumulative rounding: `until` and `before` are the purses up to the one
/// before and what these spent, and are moved on.
pub fn tell_apart(
    (spent, held, ratios): (&[u64], &[u64], &[f64]),
    purses: &[u64],
    until: &mut [u64],
    before: &mut [u64],
    own: &mut [u64],
) {
    let sums = until.iter_mut().zip(before);
    let shares = spent.iter().zip(held).zip(ratios);
    for (((own, &purse), (until, before)), ((&spent, &held), &ratio)) in
        own.iter_mut().zip(purses).zip(sums).zip(shares)
    {
        *until += purse;
        let told = quotient_below_2_50(spent, *until, held, ratio);
        *own = told - *before;
        *before = told;
    }
}

/// The same of the last: what is left to tell.
pub fn tell_last(spent: &[u64], before: &[u64], own: &mut [u64]) {
    for ((own, spent), before) in own.iter_mut().zip(spent).zip(before) {
        *own = spent - before;
    }
}
