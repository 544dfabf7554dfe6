//! Bands of frequencies.

use core::f64::consts::{PI, TAU};

use kernel_macros::kernel;

/// One component of a spectral mixture, k = σ² exp(-2π² Σᵢ (xᵢ - yᵢ)² sᵢ²) cos(2π Σᵢ μᵢ(xᵢ - yᵢ)): its spectral density
/// is a Gaussian around the frequency μ, and its mirror image (Wilson & Adams 2013).
///
/// A mixture is a sum of these with different parameters; sums of them come as near to any stationary covariance as one
/// likes.
///
/// - `variance` σ² > 0: the weight of the component, in squared units of the output
/// - `frequency` μ: for each coordinate, in periods per unit. In one dimension its sign does not matter.
/// - `bandwidth` s > 0: the standard deviation of the spectral density (√v in the paper), in the units of μ; the
///   lengthscale is 1/(2πs)
///
/// Smooth. Positive definite: the Fourier transform of a density (Bochner's theorem).
#[kernel(crate = crate, psd, assume(variance > 0, bandwidth > 0))]
#[must_use]
pub fn spectral_mixture(x: &[f64], y: &[f64], variance: f64, frequency: &[f64], bandwidth: &[f64]) -> f64 {
    let width = x.iter().zip(y).zip(bandwidth).map(|((a, b), s)| ((a - b) * s).powi(2)).sum::<f64>();
    let phase = x.iter().zip(y).zip(frequency).map(|((a, b), m)| (a - b) * m).sum::<f64>();
    variance * (-2.0 * PI.powi(2) * width).exp() * (TAU * phase).cos()
}

/// One component of a spectral mixture product, k = σ² Πᵢ exp(-2π²(xᵢ - yᵢ)² sᵢ²) cos(2πμᵢ(xᵢ - yᵢ)): its spectral
/// density is a Gaussian around every (±μ₁, …, ±μ_d), so the process has the same frequencies in all quadrants. In one
/// dimension it is [`SpectralMixture`](crate::kernels::SpectralMixture). Libraries differ in which of the two they call
/// a spectral mixture.
///
/// - `variance` σ² > 0: the weight of the component, in squared units of the output
/// - `frequency` μ: for each coordinate, in periods per unit. Its signs do not matter.
/// - `bandwidth` s > 0: the standard deviation of the spectral density, in the units of μ
///
/// Smooth. Positive definite: a product of covariances of single coordinates (Schur's product theorem).
#[kernel(crate = crate, psd, assume(variance > 0, bandwidth > 0))]
#[must_use]
pub fn spectral_product(x: &[f64], y: &[f64], variance: f64, frequency: &[f64], bandwidth: &[f64]) -> f64 {
    let width = x.iter().zip(y).zip(bandwidth).map(|((a, b), s)| ((a - b) * s).powi(2)).sum::<f64>();
    let waves = x.iter().zip(y).zip(frequency).map(|((a, b), m)| (TAU * (a - b) * m).cos()).product::<f64>();
    variance * (-2.0 * PI.powi(2) * width).exp() * waves
}
