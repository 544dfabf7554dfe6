//! Covariances that are 0 beyond a radius. They are positive definite in up to three dimensions, hence arrays for
//! points: the dimension is part of the type, and so is what is known of it.

use kernel_macros::kernel;

/// Wendland's function φ₃,₁ of r/ρ, k = σ² (1 - r/ρ)⁴₊ (4r/ρ + 1): independent beyond the radius (Wendland 1995; R&W
/// eq. 4.21).
///
/// - `variance` σ² > 0: k(x, x), in squared units of the output
/// - `radius` ρ > 0: in units of the points
///
/// The dimension is written at the type, `WendlandC2::<2>::new(1.0, 3.0)`.
///
/// Once differentiable in mean square. Positive definite for D = 1, 2 and 3, and marked so for these; in more
/// dimensions it is not a covariance.
#[kernel(crate = crate, psd, assume(variance > 0, radius > 0))]
#[must_use]
pub fn wendland_c2<const D: usize>(x: &[f64; D], y: &[f64; D], variance: f64, radius: f64) -> f64 {
    let u = dist(x, y) / radius;
    variance * (1.0 - u).max(0.0).powi(4) * (4.0 * u + 1.0)
}

/// Wendland's function φ₃,₂ of r/ρ, k = σ² (1 - r/ρ)⁶₊ (35(r/ρ)² + 18r/ρ + 3)/3: independent beyond the radius
/// (Wendland 1995; R&W eq. 4.21).
///
/// - `variance` σ² > 0: k(x, x), in squared units of the output
/// - `radius` ρ > 0: in units of the points
///
/// The dimension is written at the type, `WendlandC4::<2>::new(1.0, 3.0)`.
///
/// Twice differentiable in mean square. Positive definite for D = 1, 2 and 3, and marked so for these; in more
/// dimensions it is not a covariance.
#[kernel(crate = crate, psd, assume(variance > 0, radius > 0))]
#[must_use]
pub fn wendland_c4<const D: usize>(x: &[f64; D], y: &[f64; D], variance: f64, radius: f64) -> f64 {
    let u = dist(x, y) / radius;
    variance * (1.0 - u).max(0.0).powi(6) * (35.0 * u.powi(2) + 18.0 * u + 3.0) / 3.0
}
