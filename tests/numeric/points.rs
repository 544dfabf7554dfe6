//! Reproducible points for the tests that need more than a handful.

use ndarray::Array2;

/// `n` points of `d` coordinates in [-1, 1), from the golden ratio's multiples.
pub(crate) fn scattered(n: usize, d: usize) -> Array2<f64> {
    Array2::from_shape_fn((n, d), |(i, a)| {
        let step = 0.618_033_988_749_894_8 * (1 + i * d + a) as f64;
        2.0 * step.fract() - 1.0
    })
}
