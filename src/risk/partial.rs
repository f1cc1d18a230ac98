//! What some blocks of a run count up to, as bytes: computed anywhere, added up by the owner of the run.
//!
//! All that a run keeps are whole numbers that are added up, so a run is the sum of its blocks whoever computed them and
//! however they were divided. Whatever is kept implements [`Counts`], which takes it apart field by field: a new field
//! that is not written does not compile.
//!
//! Form: whole numbers of seven bits a byte, lowest first (LEB128); long lists as pairs of a gap and a value that is not 0.

use super::histogram::Histogram;
use std::fmt;
use std::ops::Range;

/// First byte of a partial: another form would be another number.
const FORM: u8 = 1;

/// What the futures of some blocks of a run count up to.
///
/// Made by [`Simulation::take_partial`](super::Simulation::take_partial), added by
/// [`Simulation::absorb`](super::Simulation::absorb). As bytes it goes between threads and workers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Partial {
    blocks: Range<u32>,
    bytes: Vec<u8>,
}

/// Why a partial cannot be added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartialError {
    /// Its blocks are not the next ones of the run.
    OutOfTurn {
        /// The first block that is wanted.
        wanted: u32,
        /// The first block it has.
        found: u32,
    },
    /// The bytes are not what this build writes for this run.
    Damaged,
}

impl fmt::Display for PartialError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OutOfTurn { wanted, found } => write!(f, "blocks from {found} where {wanted} is next"),
            Self::Damaged => f.write_str("a partial that cannot be read"),
        }
    }
}

impl std::error::Error for PartialError {}

impl Partial {
    /// `counts` of these blocks of the run that `key` tells from others.
    pub(super) fn of(blocks: Range<u32>, key: u64, counts: &impl Counts) -> Self {
        let mut bytes = vec![FORM];
        for head in [u64::from(blocks.start), u64::from(blocks.end), key] {
            write_number(&mut bytes, head.into());
        }
        counts.write(&mut bytes);
        Self { blocks, bytes }
    }

    /// The partial that these bytes hold, as far as its head tells.
    ///
    /// # Errors
    /// [`PartialError::Damaged`].
    pub fn from_bytes(bytes: Vec<u8>) -> Result<Self, PartialError> {
        let mut input = Input(&bytes);
        let blocks = input.head().ok_or(PartialError::Damaged)?;
        Ok(Self { blocks, bytes })
    }

    /// The bytes, to be sent.
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    /// Which blocks it holds.
    pub fn blocks(&self) -> Range<u32> {
        self.blocks.clone()
    }

    /// Adds everything to `counts`; `None` if the bytes are of another run or damaged: then `counts` is spoilt.
    pub(super) fn add_to(&self, key: u64, counts: &mut impl Counts) -> Option<()> {
        let mut input = Input(&self.bytes);
        (input.head()? == self.blocks && input.number()? == u128::from(key)).then_some(())?;
        counts.add_from(&mut input)?;
        input.0.is_empty().then_some(())
    }
}

/// Whole numbers that are kept of the futures and added up.
pub(super) trait Counts {
    /// Writes all of it.
    fn write(&self, out: &mut Vec<u8>);

    /// Adds what [`Counts::write`] of one of the same shape wrote; `None` if it is of another shape, or cut short.
    fn add_from(&mut self, input: &mut Input<'_>) -> Option<()>;
}

/// Bytes still to be read.
#[derive(Debug)]
pub(super) struct Input<'a>(&'a [u8]);

impl Input<'_> {
    /// The next number.
    pub(super) fn number(&mut self) -> Option<u128> {
        let mut number = 0_u128;
        for place in 0..19 {
            let (&byte, rest) = self.0.split_first()?;
            self.0 = rest;
            number |= u128::from(byte & 0x7f) << (7 * place);
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    fn head(&mut self) -> Option<Range<u32>> {
        let (&form, rest) = self.0.split_first()?;
        self.0 = rest;
        let from = u32::try_from(self.number()?).ok()?;
        let to = u32::try_from(self.number()?).ok()?;
        (form == FORM && from < to).then_some(from..to)
    }

    /// Whether the next number is this length.
    fn length(&mut self, length: usize) -> Option<()> {
        (self.number()? == length as u128).then_some(())
    }
}

/// Writes a number.
pub(super) fn write_number(out: &mut Vec<u8>, mut number: u128) {
    loop {
        #[allow(clippy::cast_possible_truncation, reason = "the lowest seven bits")]
        let byte = (number & 0x7f) as u8;
        number >>= 7;
        if number == 0 {
            return out.push(byte);
        }
        out.push(byte | 0x80);
    }
}

macro_rules! count_of_number {
    ($($number:ty),*) => {$(
        impl Counts for $number {
            fn write(&self, out: &mut Vec<u8>) {
                write_number(out, u128::from(*self));
            }

            fn add_from(&mut self, input: &mut Input<'_>) -> Option<()> {
                *self = self.checked_add(<$number>::try_from(input.number()?).ok()?)?;
                Some(())
            }
        }
    )*};
}

count_of_number!(u32, u64, u128);

/// As many as there are: what both sides know is not written.
impl<T: Counts, const N: usize> Counts for [T; N] {
    fn write(&self, out: &mut Vec<u8>) {
        self.iter().for_each(|each| each.write(out));
    }

    fn add_from(&mut self, input: &mut Input<'_>) -> Option<()> {
        self.iter_mut().try_for_each(|each| each.add_from(input))
    }
}

impl<T: Counts> Counts for Vec<T> {
    fn write(&self, out: &mut Vec<u8>) {
        write_number(out, self.len() as u128);
        self.iter().for_each(|each| each.write(out));
    }

    fn add_from(&mut self, input: &mut Input<'_>) -> Option<()> {
        input.length(self.len())?;
        self.iter_mut().try_for_each(|each| each.add_from(input))
    }
}

/// A long list most of which is 0.
#[derive(Debug)]
pub(super) struct Sparse<'a>(pub &'a mut [u32]);

impl Sparse<'_> {
    /// Writes a list, as a gap of zeros and a value in turns; a value 0 ends it.
    pub(super) fn write(list: &[u32], out: &mut Vec<u8>) {
        write_number(out, list.len() as u128);
        let mut gap = 0_u32;
        for &value in list {
            if value == 0 {
                gap += 1;
            } else {
                write_number(out, gap.into());
                write_number(out, value.into());
                gap = 0;
            }
        }
        write_number(out, gap.into());
        write_number(out, 0);
    }

    /// Adds a list that was written from one of the same length.
    pub(super) fn add_from(&mut self, input: &mut Input<'_>) -> Option<()> {
        input.length(self.0.len())?;
        let mut at = 0_usize;
        loop {
            at = at.checked_add(usize::try_from(input.number()?).ok()?)?;
            let value = u32::try_from(input.number()?).ok()?;
            if value == 0 {
                return (at == self.0.len()).then_some(());
            }
            let slot = self.0.get_mut(at)?;
            *slot = slot.checked_add(value)?;
            at += 1;
        }
    }
}

/// The buckets that hold something, as a gap in their numbers, the count and the sum; a count 0 ends it.
impl Counts for Histogram {
    fn write(&self, out: &mut Vec<u8>) {
        let mut next = 0;
        for (number, count, sum) in self.held() {
            write_number(out, (number - next) as u128);
            write_number(out, count.into());
            write_number(out, sum.into());
            next = number + 1;
        }
        write_number(out, 0);
        write_number(out, 0);
    }

    fn add_from(&mut self, input: &mut Input<'_>) -> Option<()> {
        let mut next = 0_usize;
        loop {
            let number = next.checked_add(usize::try_from(input.number()?).ok()?)?;
            let count = u64::try_from(input.number()?).ok()?;
            if count == 0 {
                return Some(());
            }
            self.add_held(number, count, u64::try_from(input.number()?).ok()?)?;
            next = number + 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(write: impl FnOnce(&mut Vec<u8>)) -> Vec<u8> {
        let mut out = Vec::new();
        write(&mut out);
        out
    }

    #[test]
    fn numbers_of_every_size_come_back_and_add_up() {
        for number in [0, 1, 127, 128, 300, u128::from(u64::MAX), u128::MAX] {
            let bytes = written(|out| write_number(out, number));
            assert_eq!(Input(&bytes).number(), Some(number));
            assert_eq!(
                Input(&bytes[..bytes.len() - 1]).number(),
                None,
                "{number} cut short"
            );
        }
        // The example of the DWARF standard, appendix C.
        assert_eq!(written(|out| write_number(out, 624_485)), [0xe5, 0x8e, 0x26]);
        let mut sum = 7_u64;
        sum.add_from(&mut Input(&written(|out| 5_u64.write(out))))
            .unwrap();
        assert_eq!(sum, 12);
        assert_eq!(
            1_u32.add_from(&mut Input(&written(|out| u64::MAX.write(out)))),
            None
        );
        assert_eq!(
            { u32::MAX }.add_from(&mut Input(&[1])),
            None,
            "a sum that does not fit"
        );
    }

    #[test]
    fn lists_add_up_and_those_of_another_shape_are_refused() {
        for list in [vec![], vec![0, 0], vec![3], vec![0, 5, 0, 0, 9], vec![1, 0, 2, 0]] {
            let bytes = written(|out| Sparse::write(&list, out));
            let mut twice = list.clone();
            let mut input = Input(&bytes);
            Sparse(&mut twice).add_from(&mut input).unwrap();
            assert!(input.0.is_empty());
            assert!(twice.iter().zip(&list).all(|(sum, each)| *sum == 2 * each));
            let mut longer = vec![0; list.len() + 1];
            assert_eq!(Sparse(&mut longer).add_from(&mut Input(&bytes)), None);
        }
        let bytes = written(|out| vec![1_u32, 2].write(out));
        let mut sum = vec![10_u32, 20];
        sum.add_from(&mut Input(&bytes)).unwrap();
        assert_eq!(sum, [11, 22]);
        assert_eq!(vec![0_u32; 3].add_from(&mut Input(&bytes)), None);
    }

    #[test]
    fn histograms_of_parts_add_up_to_that_of_the_whole() {
        let values: Vec<u64> = (0..3000_u64)
            .map(|i| i.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (i % 60))
            .chain([0, 1, 1 << 50, u64::MAX])
            .collect();
        let mut whole = Histogram::default();
        whole.add_column(&values);
        let mut sum = Histogram::default();
        for part in values.chunks(700) {
            let mut own = Histogram::default();
            own.add_column(part);
            let bytes = written(|out| own.write(out));
            sum.add_from(&mut Input(&bytes)).unwrap();
        }
        assert_eq!(sum.quantiles(), whole.quantiles());
        assert_eq!(written(|out| sum.write(out)), written(|out| whole.write(out)));
    }

    #[test]
    fn what_is_cut_short_or_of_another_run_is_refused_wherever_it_is_cut() {
        let mut histogram = Histogram::default();
        histogram.add_column(&[0, 5, 1_000_000, 77]);
        let partial = Partial::of(2..4, 9, &vec![histogram]);
        let empty = || vec![Histogram::default()];
        assert_eq!(partial.add_to(9, &mut empty()), Some(()));
        assert_eq!(partial.add_to(8, &mut empty()), None);
        let bytes = partial.into_bytes();
        for len in 0..bytes.len() {
            let cut = Partial::from_bytes(bytes[..len].to_vec());
            assert!(
                cut.is_err() || cut.unwrap().add_to(9, &mut empty()).is_none(),
                "{len}"
            );
        }
        assert_eq!(Partial::from_bytes(vec![0, 1, 2]), Err(PartialError::Damaged));
    }
}
