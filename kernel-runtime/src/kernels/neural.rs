//! Infinitely wide networks with one hidden layer.

use core::f64::consts::{FRAC_2_PI, PI};

use kernel_macros::kernel;

/// The arc-cosine covariance of order 0, k = σ² (1 - θ/π), with θ the angle between x and y (Cho & Saul 2009, eqs. 3,
/// 4): a network of step functions.
///
/// It depends on directions alone. Give points a further coordinate that is always 1 (a bias) where the origin should
/// not be special.
///
/// - `variance` σ² > 0: k(x, x), in squared units of the output
///
/// Not differentiable: k has a term θ. Positive semidefinite: the inner product ∫ N(w; 0, 1) Θ(w·x) Θ(w·y) dw of
/// features, times 2σ²; that is assumed, not proved, since it fails at the origin, from which every angle counts as 0.
#[kernel(crate = crate, psd = assume, assume(variance > 0))]
#[must_use]
pub fn arc_cosine0(x: &[f64], y: &[f64], variance: f64) -> f64 {
    variance * (1.0 - angle(x, y) / PI)
}

/// The arc-cosine covariance of order 1, k = σ²/π ‖x‖‖y‖ (sin θ + (π - θ) cos θ), with θ the angle between x and y (Cho
/// & Saul 2009, eqs. 3, 4): a network of rectified linear units.
///
/// - `variance` σ² > 0: k(x, x) = σ²‖x‖², so it is in squared units of the output over those of the points
///
/// Once differentiable in mean square everywhere but at the origin, where a ramp has no slope. That is no property of
/// all points, so the kernel is not marked [`Differentiable`](crate::Differentiable); where the points stay away from
/// the origin (they do if one coordinate, a bias, is always 1), write the same function with
/// `#[kernel(smooth = assume(1))]`.
///
/// Positive semidefinite: the inner product ∫ N(w; 0, 1) max(0, w·x) max(0, w·y) dw of features, times 2σ².
#[kernel(crate = crate, psd, assume(variance > 0))]
#[must_use]
pub fn arc_cosine1(x: &[f64], y: &[f64], variance: f64) -> f64 {
    let theta = angle(x, y);
    variance * norm(x) * norm(y) * (theta.sin() + (PI - theta) * theta.cos()) / PI
}

/// The arc-cosine covariance of order 2, k = σ²/(3π) ‖x‖²‖y‖² (3 sin θ cos θ + (π - θ)(1 + 2 cos² θ)), with θ the angle
/// between x and y (Cho & Saul 2009, eqs. 3, 4, with the factor that makes k(x, x) = σ²‖x‖⁴): a network of squared
/// ramps.
///
/// - `variance` σ² > 0: in squared units of the output over the fourth power of those of the points
///
/// Once differentiable in mean square, at the origin too: its gradient is a network of ramps, which is 0 there. With x
/// or y exactly at the origin the derivatives come out as NaN all the same, since the angle has none; add a bias, or
/// move the points.
///
/// Positive semidefinite: the inner product ∫ N(w; 0, 1) max(0, w·x)² max(0, w·y)² dw of features, times 2σ²/3.
#[kernel(crate = crate, psd, smooth = assume(1), assume(variance > 0))]
#[must_use]
pub fn arc_cosine2(x: &[f64], y: &[f64], variance: f64) -> f64 {
    let theta = angle(x, y);
    let d = dot(x, y);
    // Not in cos θ = d/(‖x‖‖y‖), a quotient that is undefined at the origin where k is 0.
    let product = 3.0 * norm(x) * norm(y) * theta.sin() * d;
    variance * (product + (PI - theta) * (sq_norm(x) * sq_norm(y) + 2.0 * d.powi(2))) / (3.0 * PI)
}

/// The neural-network covariance, k = σ² (2/π) asin(2(b + w x·y) / √((1 + 2(b + w‖x‖²))(1 + 2(b + w‖y‖²)))) (Williams
/// 1998; R&W eq. 4.29): a network of sigmoids erf(u₀ + u·x), u₀ ~ N(0, b), u ~ N(0, w I).
///
/// - `variance` σ² > 0: the limit of k(x, x) far from the origin, in squared units of the output
/// - `bias` b ≥ 0: how far from the origin the sigmoids turn, of no units
/// - `weight` w > 0: their steepness, in one over squared units of the points
///
/// Smooth, not stationary. Positive semidefinite: the inner product E[erf(u₀ + u·x) erf(u₀ + u·y)] of features.
#[kernel(crate = crate, psd, assume(variance > 0, bias >= 0, weight > 0))]
#[must_use]
pub fn nn_arcsine(x: &[f64], y: &[f64], variance: f64, bias: f64, weight: f64) -> f64 {
    let across = 2.0 * (bias + weight * dot(x, y));
    let left = 1.0 + 2.0 * (bias + weight * sq_norm(x));
    let right = 1.0 + 2.0 * (bias + weight * sq_norm(y));
    variance * FRAC_2_PI * (across / (left * right).sqrt()).asin()
}
