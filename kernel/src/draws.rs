//! Uniform 32-bit numbers.

const MULTIPLIERS: [u32; 2] = [0xD251_1F53, 0xCD9E_8D57];
const KEY_STEPS: [u32; 2] = [0x9E37_79B9, 0xBB67_AE85];
const ROUNDS: u32 = 10;

/// Low and high half of a 64-bit number.
#[inline]
#[allow(clippy::cast_possible_truncation, reason = "taking halves is the purpose")]
fn halves(value: u64) -> (u32, u32) {
    (value as u32, (value >> 32) as u32)
}

/// Philox4x32-10: four uniform numbers for this counter under this key.
///
/// Source: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011.
#[inline(always)]
pub fn philox4x32(counter: [u32; 4], key: [u32; 2]) -> [u32; 4] {
    let [mut c0, mut c1, mut c2, mut c3] = counter;
    let [mut k0, mut k1] = key;
    for _ in 0..ROUNDS {
        let (low0, high0) = halves(u64::from(MULTIPLIERS[0]) * u64::from(c0));
        let (low1, high1) = halves(u64::from(MULTIPLIERS[1]) * u64::from(c2));
        (c0, c1, c2, c3) = (high1 ^ c1 ^ k0, low1, high0 ^ c3 ^ k1, low0);
        k0 = k0.wrapping_add(KEY_STEPS[0]);
        k1 = k1.wrapping_add(KEY_STEPS[1]);
    }
    [c0, c1, c2, c3]
}

/// The numbers of the counters [`quad`, ..`rest`], [`quad` + 1, ..`rest`] and so on, one after another.
pub fn philox_fill(quad: u32, rest: [u32; 3], key: [u32; 2], draws: &mut [u32]) {
    let numbers = |quad: u32| philox4x32([quad, rest[0], rest[1], rest[2]], key);
    let mut quads = quad..;
    let mut whole = draws.chunks_exact_mut(4);
    for (slots, quad) in whole.by_ref().zip(quads.by_ref()) {
        slots.copy_from_slice(&numbers(quad));
    }
    for (slots, quad) in whole.into_remainder().chunks_mut(4).zip(quads) {
        for (slot, number) in slots.iter_mut().zip(numbers(quad)) {
            *slot = number;
        }
    }
}

/// Points `base` ^ `offsets[k]` (bit-reversed), scrambled by `seed`, in ordinary order of bits.
pub fn scramble_run(base: u32, offsets: &[u32], seed: u32, points: &mut [u32]) {
    for (point, offset) in points.iter_mut().zip(offsets) {
        *point = owen_scramble_reversed(base ^ offset, seed).reverse_bits();
    }
}

/// Nested uniform scrambling of a bit-reversed fraction: every step carries from lower to higher bits only, so that
/// (reversed) a digit is flipped by a hash of the digits before it and of nothing else.
///
/// Source: Vegdahl, "Building a better LK hash", 2021.
#[inline]
pub fn owen_scramble_reversed(point: u32, seed: u32) -> u32 {
    let mut x = point;
    x ^= x.wrapping_mul(0x3d20_adea);
    x = x.wrapping_add(seed);
    x = x.wrapping_mul((seed >> 16) | 1);
    x ^= x.wrapping_mul(0x0552_6c56);
    x ^ x.wrapping_mul(0x53a2_2864)
}
