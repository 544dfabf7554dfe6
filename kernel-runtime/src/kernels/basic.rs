//! An offset, and noise.

use kernel_macros::kernel;

/// The constant covariance, k = σ²: the process is one random number everywhere.
///
/// Added to another kernel it stands for an unknown mean; as a factor, a scaled kernel (`2.0 * k`) is cheaper.
///
/// Positive semidefinite: σ · σ, a product f(x) f(y).
#[kernel(crate = crate, psd, assume(variance > 0))]
#[must_use]
pub fn constant(_x: &[f64], _y: &[f64], variance: f64) -> f64 {
    variance
}

/// White noise, k = σ² if x = y, else 0: independent values at different points, however close.
///
/// Two observations at the same point count as the same one here; for noise that differs between them, add it to the
/// diagonal of the matrix instead. The process is not continuous, and has no gradient.
///
/// Positive semidefinite: a Gram matrix is σ² times a block matrix of ones.
#[kernel(crate = crate, psd, assume(variance > 0))]
#[must_use]
pub fn white_noise(x: &[f64], y: &[f64], variance: f64) -> f64 {
    // Not `sq_dist`: the square of a distance below 1e-162 is 0.
    if l1_dist(x, y) == 0.0 { variance } else { 0.0 }
}
