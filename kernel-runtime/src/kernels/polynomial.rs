//! Polynomials of the dot product.

use kernel_macros::kernel;

/// The linear covariance, k = σ² x·y + b: f(x) = w·x + c with w ~ N(0, σ² I), c ~ N(0, b).
///
/// - `variance` σ² > 0: of each slope wᵢ, in squared units of the output over those of the points
/// - `bias` b ≥ 0: of the offset c, in squared units of the output
///
/// Smooth, not stationary. Positive semidefinite, of rank d + 1 at most: a sum of products f(x) f(y).
#[kernel(crate = crate, psd, assume(variance > 0, bias >= 0))]
#[must_use]
pub fn linear(x: &[f64], y: &[f64], variance: f64, bias: f64) -> f64 {
    variance * dot(x, y) + bias
}

/// The quadratic covariance, k = (σ² x·y + b)² (R&W section 4.2.2): polynomials of degree 2.
///
/// - `variance` σ² > 0 and `bias` b ≥ 0: the square of σ² x·y + b is in squared units of the output
///
/// Smooth, not stationary. Positive semidefinite: the square of [`Linear`](crate::kernels::Linear) (Schur's product
/// theorem).
#[kernel(crate = crate, psd, assume(variance > 0, bias >= 0))]
#[must_use]
pub fn polynomial2(x: &[f64], y: &[f64], variance: f64, bias: f64) -> f64 {
    (variance * dot(x, y) + bias).powi(2)
}

/// The cubic covariance, k = (σ² x·y + b)³ (R&W section 4.2.2): polynomials of degree 3.
///
/// Other degrees are products of these, or a `#[kernel]` of your own with another constant.
///
/// - `variance` σ² > 0 and `bias` b ≥ 0: the cube of σ² x·y + b is in squared units of the output
///
/// Smooth, not stationary. Positive semidefinite: the cube of [`Linear`](crate::kernels::Linear) (Schur's product
/// theorem).
#[kernel(crate = crate, psd, assume(variance > 0, bias >= 0))]
#[must_use]
pub fn polynomial3(x: &[f64], y: &[f64], variance: f64, bias: f64) -> f64 {
    (variance * dot(x, y) + bias).powi(3)
}
