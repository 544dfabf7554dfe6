//! Waves.

use core::f64::consts::{PI, TAU};

use kernel_macros::kernel;

/// The periodic covariance, k = σ² exp(-2 Σᵢ sin²(π(xᵢ - yᵢ)/p) / ℓ²) (MacKay 1998; R&W eq. 4.31).
///
/// - `variance` σ² > 0: k(x, x), in squared units of the output
/// - `period` p > 0: of every coordinate, in units of the points
/// - `lengthscale` ℓ > 0: how smooth one period is, of no units (ℓ ≫ 1: nearly one sine wave)
///
/// Smooth. Positive semidefinite in any dimension: [`Rbf`](crate::kernels::Rbf) of the points (cos 2πxᵢ/p, sin 2πxᵢ/p),
/// whose squared distance is 4 sin²(π(xᵢ - yᵢ)/p). (The form with sin²(πr/p), of the distance, is a covariance in one
/// dimension only.)
#[kernel(crate = crate, psd, assume(variance > 0, period > 0, lengthscale > 0))]
#[must_use]
pub fn periodic(x: &[f64], y: &[f64], variance: f64, period: f64, lengthscale: f64) -> f64 {
    let s = x.iter().zip(y).map(|(a, b)| (PI * (a - b) / period).sin().powi(2)).sum::<f64>();
    variance * (-2.0 * s / lengthscale.powi(2)).exp()
}

/// [`periodic`](fn@crate::kernels::periodic) with a period and a lengthscale for each coordinate, k = σ² exp(-2 Σᵢ
/// sin²(π(xᵢ - yᵢ)/pᵢ) / ℓᵢ²).
///
/// - `variance` σ² > 0: k(x, x), in squared units of the output
/// - `period` p > 0: in units of the coordinate
/// - `lengthscale` ℓ > 0: how smooth one period is, of no units
///
/// Smooth. Positive semidefinite: a product of covariances of single coordinates.
#[kernel(crate = crate, psd, assume(variance > 0, period > 0, lengthscale > 0))]
#[must_use]
pub fn ard_periodic(x: &[f64], y: &[f64], variance: f64, period: &[f64], lengthscale: &[f64]) -> f64 {
    let s = x
        .iter()
        .zip(y)
        .zip(period)
        .zip(lengthscale)
        .map(|(((a, b), p), l)| ((PI * (a - b) / p).sin() / l).powi(2))
        .sum::<f64>();
    variance * (-2.0 * s).exp()
}

/// The cosine covariance, k = σ² cos(2π Σᵢ (xᵢ - yᵢ)/pᵢ): a plane wave of random amplitude and phase.
///
/// - `variance` σ² > 0: k(x, x), in squared units of the output
/// - `period` p ≠ 0: for each coordinate in its units; in one dimension the period of the wave (some libraries call
///   half of it so). Its signs turn the direction of the wave; ∞ leaves a coordinate out.
///
/// Smooth. Positive semidefinite, of rank 2: cos(u - v) = cos u cos v + sin u sin v.
#[kernel(crate = crate, psd, assume(variance > 0, period != 0))]
#[must_use]
pub fn cosine(x: &[f64], y: &[f64], variance: f64, period: &[f64]) -> f64 {
    let phase = x.iter().zip(y).zip(period).map(|((a, b), p)| (a - b) / p).sum::<f64>();
    variance * (TAU * phase).cos()
}
