//! The Matérn class at half-integer smoothness ν: a polynomial in q = √(2ν) r/ℓ times exp(-q) (R&W eq. 4.16).

use kernel_macros::kernel;

/// The Matérn-1/2 covariance, k = σ² exp(-q), q = r/ℓ (R&W section 4.2.1).
///
/// - `variance` σ² > 0: k(x, x), in squared units of the output
/// - `lengthscale` ℓ > 0: in units of the points
///
/// Not differentiable: the Ornstein–Uhlenbeck process in one dimension. Positive definite: its spectral density is that
/// of Student's t (Bochner's theorem).
#[kernel(crate = crate, psd, assume(variance > 0, lengthscale > 0))]
#[must_use]
pub fn matern12(x: &[f64], y: &[f64], variance: f64, lengthscale: f64) -> f64 {
    let q = dist(x, y) / lengthscale;
    variance * (-q).exp()
}

/// The Matérn-3/2 covariance, k = σ² (1 + q) exp(-q), q = √3 r/ℓ (R&W eq. 4.17).
///
/// - `variance` σ² > 0: k(x, x), in squared units of the output
/// - `lengthscale` ℓ > 0: in units of the points
///
/// Once differentiable in mean square: Var ∂f/∂xᵢ = 3σ²/ℓ². Positive definite: its spectral density is that of
/// Student's t (Bochner's theorem).
#[kernel(crate = crate, psd, assume(variance > 0, lengthscale > 0))]
#[must_use]
pub fn matern32(x: &[f64], y: &[f64], variance: f64, lengthscale: f64) -> f64 {
    let q = 3.0_f64.sqrt() * dist(x, y) / lengthscale;
    variance * (1.0 + q) * (-q).exp()
}

/// The Matérn-5/2 covariance, k = σ² (1 + q + q²/3) exp(-q), q = √5 r/ℓ (R&W eq. 4.17).
///
/// - `variance` σ² > 0: k(x, x), in squared units of the output
/// - `lengthscale` ℓ > 0: in units of the points
///
/// Twice differentiable in mean square: Var ∂f/∂xᵢ = 5σ²/(3ℓ²). Positive definite: its spectral density is that of
/// Student's t (Bochner's theorem).
#[kernel(crate = crate, psd, assume(variance > 0, lengthscale > 0))]
#[must_use]
pub fn matern52(x: &[f64], y: &[f64], variance: f64, lengthscale: f64) -> f64 {
    let q = 5.0_f64.sqrt() * dist(x, y) / lengthscale;
    variance * (1.0 + q + q.powi(2) / 3.0) * (-q).exp()
}

/// The Matérn-7/2 covariance, k = σ² (1 + q + 2q²/5 + q³/15) exp(-q), q = √7 r/ℓ (R&W eq. 4.16).
///
/// - `variance` σ² > 0: k(x, x), in squared units of the output
/// - `lengthscale` ℓ > 0: in units of the points
///
/// Three times differentiable in mean square: Var ∂f/∂xᵢ = 7σ²/(5ℓ²). Positive definite: its spectral density is that
/// of Student's t (Bochner's theorem).
#[kernel(crate = crate, psd, assume(variance > 0, lengthscale > 0))]
#[must_use]
pub fn matern72(x: &[f64], y: &[f64], variance: f64, lengthscale: f64) -> f64 {
    let q = 7.0_f64.sqrt() * dist(x, y) / lengthscale;
    variance * (1.0 + q + 0.4 * q.powi(2) + q.powi(3) / 15.0) * (-q).exp()
}

/// The Matérn-9/2 covariance, k = σ² (1 + q + 3q²/7 + 2q³/21 + q⁴/105) exp(-q), q = 3r/ℓ (R&W eq. 4.16).
///
/// - `variance` σ² > 0: k(x, x), in squared units of the output
/// - `lengthscale` ℓ > 0: in units of the points
///
/// Four times differentiable in mean square: Var ∂f/∂xᵢ = 9σ²/(7ℓ²). Positive definite: its spectral density is that of
/// Student's t (Bochner's theorem).
#[kernel(crate = crate, psd, assume(variance > 0, lengthscale > 0))]
#[must_use]
pub fn matern92(x: &[f64], y: &[f64], variance: f64, lengthscale: f64) -> f64 {
    let q = 3.0 * dist(x, y) / lengthscale;
    variance * (1.0 + q + 3.0 * q.powi(2) / 7.0 + 2.0 * q.powi(3) / 21.0 + q.powi(4) / 105.0) * (-q).exp()
}

/// The Matérn-1/2 covariance with a lengthscale for each coordinate, k = σ² exp(-q), q² = Σᵢ (xᵢ - yᵢ)²/ℓᵢ².
///
/// - `variance` σ² > 0: k(x, x), in squared units of the output
/// - `lengthscale` ℓ > 0: for each coordinate in its units
///
/// Positive definite, and as smooth as [`Matern12`](crate::kernels::Matern12), which it is of the points xᵢ/ℓᵢ.
#[kernel(crate = crate, psd, assume(variance > 0, lengthscale > 0))]
#[must_use]
pub fn ard_matern12(x: &[f64], y: &[f64], variance: f64, lengthscale: &[f64]) -> f64 {
    let s = x.iter().zip(y).zip(lengthscale).map(|((a, b), l)| ((a - b) / l).powi(2)).sum::<f64>();
    let q = s.sqrt();
    variance * (-q).exp()
}

/// The Matérn-3/2 covariance with a lengthscale for each coordinate, k = σ² (1 + q) exp(-q), q² = 3 Σᵢ (xᵢ - yᵢ)²/ℓᵢ².
///
/// - `variance` σ² > 0: k(x, x), in squared units of the output
/// - `lengthscale` ℓ > 0: for each coordinate in its units
///
/// Positive definite, and as smooth as [`Matern32`](crate::kernels::Matern32), which it is of the points xᵢ/ℓᵢ.
#[kernel(crate = crate, psd, assume(variance > 0, lengthscale > 0))]
#[must_use]
pub fn ard_matern32(x: &[f64], y: &[f64], variance: f64, lengthscale: &[f64]) -> f64 {
    let s = x.iter().zip(y).zip(lengthscale).map(|((a, b), l)| ((a - b) / l).powi(2)).sum::<f64>();
    let q = 3.0_f64.sqrt() * s.sqrt();
    variance * (1.0 + q) * (-q).exp()
}

/// The Matérn-5/2 covariance with a lengthscale for each coordinate, k = σ² (1 + q + q²/3) exp(-q), q² = 5 Σᵢ
/// (xᵢ - yᵢ)²/ℓᵢ².
///
/// - `variance` σ² > 0: k(x, x), in squared units of the output
/// - `lengthscale` ℓ > 0: for each coordinate in its units
///
/// Positive definite, and as smooth as [`Matern52`](crate::kernels::Matern52), which it is of the points xᵢ/ℓᵢ.
#[kernel(crate = crate, psd, assume(variance > 0, lengthscale > 0))]
#[must_use]
pub fn ard_matern52(x: &[f64], y: &[f64], variance: f64, lengthscale: &[f64]) -> f64 {
    let s = x.iter().zip(y).zip(lengthscale).map(|((a, b), l)| ((a - b) / l).powi(2)).sum::<f64>();
    let q = 5.0_f64.sqrt() * s.sqrt();
    variance * (1.0 + q + q.powi(2) / 3.0) * (-q).exp()
}

/// The Matérn-7/2 covariance with a lengthscale for each coordinate, k = σ² (1 + q + 2q²/5 + q³/15) exp(-q), q² = 7 Σᵢ
/// (xᵢ - yᵢ)²/ℓᵢ².
///
/// - `variance` σ² > 0: k(x, x), in squared units of the output
/// - `lengthscale` ℓ > 0: for each coordinate in its units
///
/// Positive definite, and as smooth as [`Matern72`](crate::kernels::Matern72), which it is of the points xᵢ/ℓᵢ.
#[kernel(crate = crate, psd, assume(variance > 0, lengthscale > 0))]
#[must_use]
pub fn ard_matern72(x: &[f64], y: &[f64], variance: f64, lengthscale: &[f64]) -> f64 {
    let s = x.iter().zip(y).zip(lengthscale).map(|((a, b), l)| ((a - b) / l).powi(2)).sum::<f64>();
    let q = 7.0_f64.sqrt() * s.sqrt();
    variance * (1.0 + q + 0.4 * q.powi(2) + q.powi(3) / 15.0) * (-q).exp()
}

/// The Matérn-9/2 covariance with a lengthscale for each coordinate, k = σ² (1 + q + 3q²/7 + 2q³/21 + q⁴/105) exp(-q),
/// q² = 9 Σᵢ (xᵢ - yᵢ)²/ℓᵢ².
///
/// - `variance` σ² > 0: k(x, x), in squared units of the output
/// - `lengthscale` ℓ > 0: for each coordinate in its units
///
/// Positive definite, and as smooth as [`Matern92`](crate::kernels::Matern92), which it is of the points xᵢ/ℓᵢ.
#[kernel(crate = crate, psd, assume(variance > 0, lengthscale > 0))]
#[must_use]
pub fn ard_matern92(x: &[f64], y: &[f64], variance: f64, lengthscale: &[f64]) -> f64 {
    let s = x.iter().zip(y).zip(lengthscale).map(|((a, b), l)| ((a - b) / l).powi(2)).sum::<f64>();
    let q = 3.0 * s.sqrt();
    variance * (1.0 + q + 3.0 * q.powi(2) / 7.0 + 2.0 * q.powi(3) / 21.0 + q.powi(4) / 105.0) * (-q).exp()
}
