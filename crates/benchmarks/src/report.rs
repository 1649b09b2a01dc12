//! The figures of a benchmark and their form: `{"runs","cases":[{"name","cpu","network","metric","unit","ours","peer","ratio"}]}`.

use serde::Serialize;

/// One figure of ours beside the same figure of one peer.
#[derive(Debug, Clone, Serialize)]
pub struct Case {
    /// The peer.
    pub name: String,
    /// How much slower the processor was made.
    pub cpu: String,
    /// The network's shape.
    pub network: String,
    /// What was measured.
    pub metric: String,
    /// Of `ours` and `peer`.
    pub unit: &'static str,
    /// Our median.
    pub ours: f64,
    /// The peer's median.
    pub peer: f64,
    /// Ours by the peer's: below 1 is less of it. `null` where the peer's is nothing.
    pub ratio: Option<f64>,
}

/// A whole benchmark.
#[derive(Debug, Serialize)]
pub struct Report<C = Case> {
    /// How often each figure was taken.
    pub runs: usize,
    /// The figures.
    pub cases: Vec<C>,
}

/// The middle of the figures; of an even number, the mean of the two in the middle.
pub fn median(figures: &[f64]) -> f64 {
    let mut sorted = figures.to_vec();
    sorted.sort_by(f64::total_cmp);
    let middle = sorted.len() / 2;
    match sorted.len() {
        0 => 0.0,
        odd if odd % 2 == 1 => sorted[middle],
        _ => f64::midpoint(sorted[middle - 1], sorted[middle]),
    }
}

/// Between which two figures the middle half lies: how far one can be trusted.
pub fn middle_half(figures: &[f64]) -> [f64; 2] {
    let mut sorted = figures.to_vec();
    sorted.sort_by(f64::total_cmp);
    let last = sorted.len().saturating_sub(1);
    let quarter = sorted.len() / 4;
    [quarter, last.saturating_sub(quarter)].map(|place| sorted.get(place).copied().unwrap_or_default())
}

/// To three digits after the point: more would claim what no run here can know.
pub fn rounded(figure: f64) -> f64 {
    (figure * 1000.0).round() / 1000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[allow(clippy::float_cmp, reason = "these are exact")]
    fn one_wild_figure_does_not_move_the_median() {
        assert_eq!(median(&[3.0, 1.0, 900.0]), 3.0);
        assert_eq!(median(&[4.0, 2.0]), 3.0);
        assert_eq!(median(&[]), 0.0);
    }

    #[test]
    #[allow(clippy::float_cmp, reason = "these are exact")]
    fn a_quarter_of_the_figures_lies_on_either_side_of_the_middle_half() {
        assert_eq!(middle_half(&[9.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0]), [3.0, 6.0]);
        assert_eq!(middle_half(&[2.0, 1.0]), [1.0, 2.0]);
        assert_eq!(middle_half(&[]), [0.0, 0.0]);
    }
}
