//! What a runner may ask of where it runs: the time, and others who compute along. Nothing of it may change an answer.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::rc::Rc;

/// Where a runner runs. Others run this same program; each has a number that is never used twice.
pub trait Host: fmt::Debug {
    /// Milliseconds of a clock that never goes back.
    fn now_ms(&self) -> f64;

    /// Rough nanoseconds of native work from which a run is worth dividing here: much where others would have to be started
    /// first.
    fn worth_sharing(&self) -> u64;

    /// Sees to it that as many others are there as this device should have; who is there now. Nobody, where none can be
    /// had.
    fn hire(&self) -> Vec<usize>;

    /// Nobody is needed for now: after a while the others may be sent away.
    fn rest(&self);

    /// Sends `message` to another; one that is gone hears nothing.
    fn post(&self, member: usize, message: Vec<u8>);

    /// The next thing that was heard: from whom, and what; without a message it is gone.
    fn hear(&self) -> Option<(usize, Option<Vec<u8>>)>;
}

/// How a runner finds its host when a job first needs it.
pub type FindHost = fn() -> Rc<dyn Host>;

/// How a long run gets on: of this device, no part of any answer.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Pace {
    /// How many compute.
    pub workers: u32,
    /// How many stopped on the way; their part was computed again.
    pub lost: u32,
    /// Futures a second, all together.
    pub per_second: f64,
    /// Futures still to come.
    pub left: u32,
}

/// The most workers a run is divided among on the page: more gain little and take memory from the rest of the device.
const MOST_WORKERS: usize = 4;

/// How many should compute on a device of so many processors and GiB of memory, as far as it tells: one processor is left
/// to the page, and a device of little memory gets fewer.
pub fn workers_for(processors: Option<f64>, memory_gib: Option<f64>) -> usize {
    let processors = processors.filter(|count| *count >= 1.0).unwrap_or(1.0);
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "between 0 and MOST_WORKERS"
    )]
    let spare = (processors - 1.0).min(MOST_WORKERS as f64) as usize;
    let room = match memory_gib {
        Some(gib) if gib <= 1.0 => 1,
        Some(gib) if gib <= 2.0 => 2,
        _ => MOST_WORKERS,
    };
    spare.clamp(1, room)
}

#[cfg(test)]
mod tests {
    use super::workers_for;

    #[test]
    fn one_processor_is_left_to_the_page_and_little_memory_means_few() {
        let of = |processors| workers_for(Some(processors), None);
        assert_eq!([1.0, 2.0, 3.0, 4.0, 5.0, 64.0].map(of), [1, 1, 2, 3, 4, 4]);
        assert_eq!(workers_for(None, None), 1);
        assert_eq!(workers_for(Some(f64::NAN), Some(f64::NAN)), 1);
        assert_eq!(
            [0.25, 1.0, 2.0, 4.0, 8.0].map(|gib| workers_for(Some(8.0), Some(gib))),
            [1, 1, 2, 4, 4]
        );
    }
}
