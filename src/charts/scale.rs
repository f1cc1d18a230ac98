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

#[cfg(test)]
mod tests {
    use super::*;

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
