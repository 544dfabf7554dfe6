//! What an operator does along one coordinate.

use super::gaussian;

/// A linear functional of functions of one variable.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Functional {
    /// A derivative at a point, or the value.
    Point { at: f64, order: usize },
    /// The integral over an interval, or the mean of the function there.
    Interval { bounds: [f64; 2], mean: bool },
    /// The expectation under a normal distribution.
    Normal { mean: f64, variance: f64 },
}

impl Functional {
    /// The two of exp(-c (x - y)²), one of x and one of y: infinite where the integral has no end.
    pub(super) fn of_gaussian(self, c: f64, other: Self) -> f64 {
        match (self, other) {
            // A normal distribution widens the Gaussian.
            (Self::Normal { mean, variance }, other) | (other, Self::Normal { mean, variance }) => {
                let wider = 1.0 + 2.0 * c * variance;
                Self::Point { at: mean, order: 0 }.of_gaussian(c / wider, other) / wider.sqrt()
            }
            (Self::Point { at: x, order: p }, Self::Point { at: y, order: q }) => {
                let sign = if q % 2 == 0 { 1.0 } else { -1.0 };
                sign * gaussian::derivative(c, x - y, p + q)
            }
            (Self::Interval { bounds, mean }, Self::Point { at, order })
            | (Self::Point { at, order }, Self::Interval { bounds, mean }) => {
                gaussian::interval(c, bounds, at, order) / divisor(bounds, mean)
            }
            (Self::Interval { bounds, mean }, Self::Interval { bounds: others, mean: of_other }) => {
                gaussian::intervals(c, bounds, others) / divisor(bounds, mean) / divisor(others, of_other)
            }
        }
    }

    /// Whether the two of any function that does not fall off have no end.
    pub(super) fn diverges(self, other: Self, c: f64) -> bool {
        let infinite = |bounds: [f64; 2]| bounds.iter().any(|bound| bound.is_infinite());
        match (self, other) {
            (Self::Interval { bounds, .. }, Self::Interval { bounds: others, .. }) if c > 0.0 => {
                gaussian::diverges(bounds, others)
            }
            (Self::Interval { bounds, .. }, _) | (_, Self::Interval { bounds, .. }) if c == 0.0 => {
                infinite(bounds) || matches!(other, Self::Interval { bounds, .. } if infinite(bounds))
            }
            _ => false,
        }
    }

    /// A point u₀ and the functional of (u - u₀)ᵏ for k up to a degree.
    pub(super) fn moments(self, degree: usize) -> (f64, Vec<f64>) {
        let mut moments = vec![0.0; degree + 1];
        match self {
            Self::Point { at, order } => {
                if let Some(moment) = moments.get_mut(order) {
                    *moment = (1..=order).map(|k| k as f64).product();
                }
                (at, moments)
            }
            Self::Interval { bounds, mean } => {
                let half = (bounds[1] - bounds[0]) / 2.0;
                let mut power = if mean { 1.0 } else { 2.0 * half };
                for k in (0..=degree).step_by(2) {
                    moments[k] = power / (k as f64 + 1.0);
                    power *= half * half;
                }
                (bounds[0] + half, moments)
            }
            Self::Normal { mean, variance } => {
                let mut moment = 1.0;
                for k in (0..=degree).step_by(2) {
                    moments[k] = moment;
                    moment *= (k as f64 + 1.0) * variance;
                }
                (mean, moments)
            }
        }
    }
}

fn divisor([lower, upper]: [f64; 2], mean: bool) -> f64 {
    if mean { upper - lower } else { 1.0 }
}
