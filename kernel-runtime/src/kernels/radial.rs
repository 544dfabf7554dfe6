//! Smooth functions of the distance.

use kernel_macros::kernel;

/// The squared-exponential covariance, k = σ² exp(-r²/(2ℓ²)) (R&W eq. 4.9), also called Gaussian.
///
/// - `variance` σ² > 0: k(x, x), in squared units of the output
/// - `lengthscale` ℓ > 0: in units of the points
///
/// Smooth. Positive definite: exp(-c s) is completely monotone in s = r² (Schoenberg's theorem).
#[kernel(crate = crate, psd, assume(variance > 0, lengthscale > 0))]
#[must_use]
pub fn rbf(x: &[f64], y: &[f64], variance: f64, lengthscale: f64) -> f64 {
    variance * (-sq_dist(x, y) / (2.0 * lengthscale.powi(2))).exp()
}

/// The squared-exponential covariance with a lengthscale for each coordinate, k = σ² exp(-½ Σᵢ (xᵢ - yᵢ)²/ℓᵢ²) (R&W eq.
/// 5.1).
///
/// - `variance` σ² > 0: k(x, x), in squared units of the output
/// - `lengthscale` ℓ > 0: for each coordinate in its units
///
/// Smooth. Positive definite: [`Rbf`](crate::kernels::Rbf) of the points xᵢ/ℓᵢ.
#[kernel(crate = crate, psd, assume(variance > 0, lengthscale > 0))]
#[must_use]
pub fn ard_rbf(x: &[f64], y: &[f64], variance: f64, lengthscale: &[f64]) -> f64 {
    let s = x.iter().zip(y).zip(lengthscale).map(|((a, b), l)| ((a - b) / l).powi(2)).sum::<f64>();
    variance * (-0.5 * s).exp()
}

/// The rational quadratic covariance, k = σ² (1 + r²/(2αℓ²))^-α (R&W eq. 4.19): a mixture of squared exponentials over
/// all lengthscales.
///
/// - `variance` σ² > 0: k(x, x), in squared units of the output
/// - `alpha` α > 0: how narrow the mixture is, of no units; [`Rbf`](crate::kernels::Rbf) as α → ∞
/// - `lengthscale` ℓ > 0: in units of the points
///
/// Smooth. Positive definite: completely monotone in r² (Schoenberg's theorem).
#[kernel(crate = crate, psd, assume(variance > 0, alpha > 0, lengthscale > 0))]
#[must_use]
pub fn rational_quadratic(x: &[f64], y: &[f64], variance: f64, alpha: f64, lengthscale: f64) -> f64 {
    variance * (1.0 + sq_dist(x, y) / (2.0 * alpha * lengthscale.powi(2))).powf(-alpha)
}

/// The inverse multiquadric, k = σ² / √(1 + r²/ℓ²): c/√(r² + c²) with c = ℓ for σ = 1.
///
/// - `variance` σ² > 0: k(x, x), in squared units of the output
/// - `lengthscale` ℓ > 0: in units of the points
///
/// Smooth; the rational quadratic with α = ½. Positive definite: completely monotone in r² (Schoenberg's theorem).
#[kernel(crate = crate, psd, assume(variance > 0, lengthscale > 0))]
#[must_use]
pub fn inverse_multiquadric(x: &[f64], y: &[f64], variance: f64, lengthscale: f64) -> f64 {
    variance / (1.0 + sq_dist(x, y) / lengthscale.powi(2)).sqrt()
}
