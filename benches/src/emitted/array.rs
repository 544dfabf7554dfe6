//! Points as `&[f64; D]`.

use std::f64::consts::{FRAC_2_PI, PI};

use kernel_runtime::kernel;

/// Squared-exponential with a lengthscale per coordinate.
#[kernel(assume(variance > 0))]
pub fn ard_rbf<const D: usize>(x: &[f64; D], y: &[f64; D], variance: f64, lengthscale: &[f64; D]) -> f64 {
    let s = x.iter().zip(y).zip(lengthscale).map(|((a, b), l)| ((a - b) / l).powi(2)).sum::<f64>();
    variance * (-0.5 * s).exp()
}

/// Squared-exponential.
#[kernel(assume(gamma > 0))]
pub fn rbf<const D: usize>(x: &[f64; D], y: &[f64; D], gamma: f64) -> f64 {
    (-gamma * sq_dist(x, y)).exp()
}

/// Rational quadratic.
#[kernel(assume(variance > 0, alpha > 0, lengthscale > 0))]
pub fn rational_quadratic<const D: usize>(
    x: &[f64; D],
    y: &[f64; D],
    variance: f64,
    alpha: f64,
    lengthscale: f64,
) -> f64 {
    variance * (1.0 + sq_dist(x, y) / (2.0 * alpha * lengthscale.powi(2))).powf(-alpha)
}

/// Matérn-3/2.
#[kernel(assume(variance > 0, lengthscale > 0))]
pub fn matern32<const D: usize>(x: &[f64; D], y: &[f64; D], variance: f64, lengthscale: f64) -> f64 {
    let q = 3.0_f64.sqrt() * dist(x, y) / lengthscale;
    variance * (1.0 + q) * (-q).exp()
}

/// Matérn-5/2.
#[kernel(assume(variance > 0, lengthscale > 0))]
pub fn matern52<const D: usize>(x: &[f64; D], y: &[f64; D], variance: f64, lengthscale: f64) -> f64 {
    let q = 5.0_f64.sqrt() / lengthscale * dist(x, y);
    variance * (1.0 + q + q * q / 3.0) * (-q).exp()
}

/// Periodic, of the Euclidean distance: a covariance in one dimension only.
#[kernel(indefinite, assume(variance > 0, period > 0, lengthscale > 0))]
pub fn periodic<const D: usize>(x: &[f64; D], y: &[f64; D], variance: f64, period: f64, lengthscale: f64) -> f64 {
    let sine = (PI * dist(x, y) / period).sin();
    variance * (-2.0 * sine.powi(2) / lengthscale.powi(2)).exp()
}

/// Cubic polynomial.
#[kernel(assume(a > 0, c >= 0))]
pub fn polynomial<const D: usize>(x: &[f64; D], y: &[f64; D], a: f64, c: f64) -> f64 {
    (a * dot(x, y) + c).powi(3)
}

/// Linear.
#[kernel(assume(variance > 0, bias >= 0))]
pub fn linear<const D: usize>(x: &[f64; D], y: &[f64; D], variance: f64, bias: f64) -> f64 {
    variance * dot(x, y) + bias
}

/// Neural network with infinitely many error-function units.
#[kernel(assume(variance > 0, b > 0, w > 0))]
pub fn arcsine<const D: usize>(x: &[f64; D], y: &[f64; D], variance: f64, b: f64, w: f64) -> f64 {
    let across = 2.0 * (b + w * dot(x, y));
    let left = 1.0 + 2.0 * (b + w * sq_norm(x));
    let right = 1.0 + 2.0 * (b + w * sq_norm(y));
    variance * FRAC_2_PI * (across / (left * right).sqrt()).asin()
}
