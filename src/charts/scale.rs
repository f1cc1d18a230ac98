//! From data to positions.

/// A linear scale from a domain of data to a range of positions.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LinearScale {
    domain: [f64; 2],
    range: [f64; 2],
}

impl LinearScale {
    /// The scale that takes `domain[0]` to `range[0]` and `domain[1]` to `range[1]`.
    pub fn new(domain: [f64; 2], range: [f64; 2]) -> Self {
        Self { domain, range }
    }

    /// Where `value` lies, never outside the range. An empty domain and what is not finite lie at its start.
    ///
    /// ```
    /// use gotong::charts::scale::LinearScale;
    /// let scale = LinearScale::new([-1.0, 1.0], [0.0, 200.0]);
    /// assert_eq!(scale.position(0.5), 150.0);
    /// ```
    pub fn position(&self, value: f64) -> f64 {
        let [from, to] = self.domain;
        let [start, end] = self.range;
        let share = (value - from) / (to - from);
        if share.is_finite() {
            start + share.clamp(0.0, 1.0) * (end - start)
        } else {
            start
        }
    }
}

/// Round figures (1, 2 or 5 times a power of ten apart) from at or below `from` to at or above `to`, about `most` of them
/// and 0 always among them. What is not finite counts as 0.
///
/// ```
/// use gotong::charts::scale::ticks;
/// assert_eq!(ticks([-30.0, 170.0], 5), [-50.0, 0.0, 50.0, 100.0, 150.0, 200.0]);
/// ```
pub fn ticks([from, to]: [f64; 2], most: usize) -> Vec<f64> {
    // Far beyond any sum of money; keeps every product below finite.
    const FAR: f64 = 1e30;
    let sound = |value: f64| {
        if value.is_finite() {
            value.clamp(-FAR, FAR)
        } else {
            0.0
        }
    };
    let (from, to) = (sound(from).min(0.0), sound(to).max(0.0));
    let wanted = (to - from) / most.max(1) as f64;
    let mut step = 1.0;
    while step > wanted && step > 1e-9 {
        step /= 10.0;
    }
    while step * 10.0 <= wanted {
        step *= 10.0;
    }
    let step = [1.0, 2.0, 5.0, 10.0]
        .map(|times| times * step)
        .into_iter()
        .find(|step| *step >= wanted)
        .unwrap_or(step);
    let first = libm::floor(from / step);
    let last = libm::ceil(to / step).max(first + 1.0);
    // At most `most` and one at each end.
    let mut out = Vec::new();
    let mut place = first;
    while place <= last && out.len() <= most + 2 {
        out.push(place * step);
        place += 1.0;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_few_and_enclose() {
        let spans = [
            0.0,
            0.3,
            1.0,
            7.0,
            19.0,
            2.5e8,
            1e15,
            f64::NAN,
            f64::INFINITY,
            1e300,
        ];
        for low in spans {
            for high in spans {
                let out = ticks([-low, high], 5);
                assert!((2..=8).contains(&out.len()), "{low} {high}: {out:?}");
                assert!(out.contains(&0.0) || out.contains(&-0.0), "{out:?}");
                assert!(
                    out.is_sorted() && out.iter().all(|tick| tick.is_finite()),
                    "{out:?}"
                );
                if low.is_finite() && low < 1e29 {
                    assert!(out[0] <= -low, "{low} {high}: {out:?}");
                }
                if high.is_finite() && high < 1e29 {
                    assert!(out[out.len() - 1] >= high, "{low} {high}: {out:?}");
                }
            }
        }
        assert_eq!(ticks([0.0, 0.0], 5).len(), 2, "nothing still has a scale");
    }

    #[test]
    fn positions_stay_in_the_range_whatever_comes() {
        let scale = LinearScale::new([0.0, 10.0], [100.0, 20.0]);
        let at = |value| scale.position(value);
        assert_eq!(
            [at(0.0), at(5.0), at(10.0), at(99.0), at(-1.0)],
            [100.0, 60.0, 20.0, 20.0, 100.0]
        );
        assert_eq!(at(f64::NAN), 100.0);
        assert_eq!(
            LinearScale::new([3.0, 3.0], [0.0, 1.0]).position(3.0),
            0.0,
            "an empty domain"
        );
    }
}
