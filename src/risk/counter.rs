//! The named generator: Philox4x32-10, a counter-based generator.
//!
//! Any draw of any quantity can be computed on its own, in any order, on any number of workers, and is the same
//! bytes on every platform: it uses 32-bit integer arithmetic only. Why not the `rand` crate:
//! `docs/decisions/0007-random-numbers.md`.
//!
//! Source: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011.

use gotong_kernel::draws::{philox_fill, philox4x32};

/// Low and high half of a 64-bit number.
#[inline]
#[allow(clippy::cast_possible_truncation, reason = "taking halves is the purpose")]
fn halves(value: u64) -> (u32, u32) {
    (value as u32, (value >> 32) as u32)
}

/// What a draw is for: keeps the draws of one purpose apart from those of another.
#[derive(Clone, Copy, Debug)]
pub(super) enum Purpose {
    /// The uniform of an uncertain quantity in one future.
    Point = 0,
    /// The seed of an Owen scramble.
    Scramble = 1,
    /// Yes or no: whether somebody gives who is asked.
    YesOrNo = 2,
}

/// The random numbers of one uncertain quantity: keyed by the run's seed and by the quantity's stable id, so that
/// they do not depend on what else is uncertain.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stream {
    key: [u32; 2],
    id: [u32; 2],
    purpose: u32,
}

impl Stream {
    /// The stream of the quantity whose id hashes to `id_hash` ([`stable_hash`]).
    pub(super) fn new(seed: u64, id_hash: u64, purpose: Purpose) -> Self {
        let (key0, key1) = halves(seed);
        let (id0, id1) = halves(id_hash);
        Self {
            key: [key0, key1],
            id: [id0, id1],
            purpose: purpose as u32,
        }
    }

    /// Draws 4·`quad` to 4·`quad` + 3.
    #[inline]
    pub(super) fn quad(&self, quad: u32) -> [u32; 4] {
        philox4x32([quad, self.purpose, self.id[0], self.id[1]], self.key)
    }

    /// Draws from 4·`quad` on.
    pub(super) fn fill(&self, quad: u32, draws: &mut [u32]) {
        philox_fill(quad, [self.purpose, self.id[0], self.id[1]], self.key, draws);
    }

    /// Draw number `index`.
    #[inline]
    pub(super) fn at(&self, index: u32) -> u32 {
        self.quad(index / 4)[(index % 4) as usize]
    }
}

/// FNV-1a, 64 bits: the same on every platform and in every version (the standard library's hasher promises
/// neither). Two ids that collide would share their random numbers; for honest ids the chance is below 10⁻¹².
///
/// Source: Fowler, Noll, Vo (1991), parameters of RFC 9923.
pub(super) fn stable_hash(id: &str) -> u64 {
    id.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn philox_gives_the_published_vectors() {
        // Random123 `kat_vectors`, lines `philox4x32 10`.
        let published = [
            (
                [0; 4],
                [0; 2],
                [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8],
            ),
            (
                [u32::MAX; 4],
                [u32::MAX; 2],
                [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd],
            ),
            (
                [0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344],
                [0xa409_3822, 0x299f_31d0],
                [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1],
            ),
        ];
        for (counter, key, expected) in published {
            assert_eq!(philox4x32(counter, key), expected);
        }
    }

    #[test]
    fn the_stable_hash_gives_the_published_vectors() {
        // Landon Curt Noll's FNV-1a 64-bit test vectors.
        assert_eq!(stable_hash(""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(stable_hash("a"), 0xaf63_dc4c_8601_ec8c);
        assert_eq!(stable_hash("foobar"), 0x8594_4171_f739_67e8);
    }

    #[test]
    fn single_draws_are_those_of_their_quad() {
        let stream = Stream::new(7, stable_hash("cost:well"), Purpose::Point);
        for index in 0..12 {
            assert_eq!(stream.at(index), stream.quad(index / 4)[(index % 4) as usize]);
        }
        for len in [0, 1, 31, 32, 71] {
            let mut draws = vec![0; len];
            stream.fill(5, &mut draws);
            let singly: Vec<u32> = (20..).take(len).map(|index| stream.at(index)).collect();
            assert_eq!(draws, singly);
        }
    }
}
