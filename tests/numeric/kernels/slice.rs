//! Points as `&[f64]`, reductions in the vocabulary's words.

use std::f64::consts::{FRAC_2_PI, PI};

use kernel_runtime::kernel;

#[kernel(psd, assume(gamma > 0))]
pub(crate) fn rbf(x: &[f64], y: &[f64], gamma: f64) -> f64 {
    (-gamma * sq_dist(x, y)).exp()
}

#[kernel(psd, assume(variance > 0))]
pub(crate) fn ard_rbf(x: &[f64], y: &[f64], variance: f64, lengthscale: &[f64]) -> f64 {
    let s = x.iter().zip(y).zip(lengthscale).map(|((a, b), l)| ((a - b) / l).powi(2)).sum::<f64>();
    variance * (-0.5 * s).exp()
}

#[kernel(psd, assume(variance > 0, alpha > 0, lengthscale > 0))]
pub(crate) fn rational_quadratic(x: &[f64], y: &[f64], variance: f64, alpha: f64, lengthscale: f64) -> f64 {
    variance * (1.0 + sq_dist(x, y) / (2.0 * alpha * lengthscale.powi(2))).powf(-alpha)
}

#[kernel(psd, assume(variance > 0, lengthscale > 0))]
pub(crate) fn matern12(x: &[f64], y: &[f64], variance: f64, lengthscale: f64) -> f64 {
    variance * (-dist(x, y) / lengthscale).exp()
}

#[kernel(psd, assume(variance > 0, lengthscale > 0))]
pub(crate) fn matern32(x: &[f64], y: &[f64], variance: f64, lengthscale: f64) -> f64 {
    let q = 3.0_f64.sqrt() * dist(x, y) / lengthscale;
    variance * (1.0 + q) * (-q).exp()
}

#[kernel(psd, assume(variance > 0, lengthscale > 0))]
pub(crate) fn matern52(x: &[f64], y: &[f64], variance: f64, lengthscale: f64) -> f64 {
    let q = 5.0_f64.sqrt() * dist(x, y) / lengthscale;
    variance * (1.0 + q + q * q / 3.0) * (-q).exp()
}

// Of the Euclidean distance: a covariance in one dimension only.
#[kernel(indefinite, assume(variance > 0, period > 0, lengthscale > 0))]
pub(crate) fn periodic(x: &[f64], y: &[f64], variance: f64, period: f64, lengthscale: f64) -> f64 {
    let sine = (PI * dist(x, y) / period).sin();
    variance * (-2.0 * sine.powi(2) / lengthscale.powi(2)).exp()
}

#[kernel(psd, assume(lengthscale > 0))]
pub(crate) fn periodic_per_dim(x: &[f64], y: &[f64], period: &[f64], lengthscale: f64) -> f64 {
    let s = x.iter().zip(y).zip(period).map(|((a, b), p)| (PI * (a - b) / p).sin().powi(2)).sum::<f64>();
    (-2.0 * s / lengthscale.powi(2)).exp()
}

#[kernel(psd, assume(a > 0, c >= 0))]
pub(crate) fn polynomial(x: &[f64], y: &[f64], a: f64, c: f64) -> f64 {
    (a * dot(x, y) + c).powi(3)
}

#[kernel(psd, assume(variance > 0, bias >= 0))]
pub(crate) fn linear(x: &[f64], y: &[f64], variance: f64, bias: f64) -> f64 {
    variance * dot(x, y) + bias
}

#[kernel(psd, assume(variance > 0, lengthscale > 0))]
pub(crate) fn exp_dot(x: &[f64], y: &[f64], variance: f64, lengthscale: f64) -> f64 {
    variance * (dot(x, y) / lengthscale.powi(2)).exp()
}

// Once differentiable in mean square but at the origin, which is why it has to be vouched for.
#[kernel(psd, assume(variance > 0), smooth = assume(1))]
pub(crate) fn arccosine1(x: &[f64], y: &[f64], variance: f64) -> f64 {
    let theta = angle(x, y);
    variance * norm(x) * norm(y) * (theta.sin() + (PI - theta) * theta.cos()) / PI
}

#[kernel(psd, assume(variance > 0, b > 0, w > 0))]
pub(crate) fn nn_arcsin(x: &[f64], y: &[f64], variance: f64, b: f64, w: f64) -> f64 {
    let across = 2.0 * (b + w * dot(x, y));
    let left = 1.0 + 2.0 * (b + w * sq_norm(x));
    let right = 1.0 + 2.0 * (b + w * sq_norm(y));
    variance * FRAC_2_PI * (across / (left * right).sqrt()).asin()
}

// A covariance in one dimension only.
#[kernel(indefinite, assume(variance > 0, period > 0))]
pub(crate) fn cosine(x: &[f64], y: &[f64], variance: f64, period: f64) -> f64 {
    variance * (PI * dist(x, y) / period).cos()
}

// A covariance in up to three dimensions.
// Proved in up to three dimensions only, which is not for slices to say.
#[kernel(assume(variance > 0, radius > 0))]
pub(crate) fn wendland_c2(x: &[f64], y: &[f64], variance: f64, radius: f64) -> f64 {
    let u = dist(x, y) / radius;
    variance * (1.0 - u).max(0.0).powi(4) * (4.0 * u + 1.0)
}

// A covariance in up to three dimensions.
#[kernel(assume(variance > 0, radius > 0))]
pub(crate) fn wendland_c4(x: &[f64], y: &[f64], variance: f64, radius: f64) -> f64 {
    let u = dist(x, y) / radius;
    variance * (1.0 - u).max(0.0).powi(6) * (35.0 * u.powi(2) + 18.0 * u + 3.0) / 3.0
}

#[kernel(psd, assume(variance > 0, c > 0))]
pub(crate) fn inverse_multiquadric(x: &[f64], y: &[f64], variance: f64, c: f64) -> f64 {
    variance / (sq_dist(x, y) + c.powi(2)).sqrt()
}

#[kernel(psd, assume(gamma > 0, variance > 0, bias >= 0))]
pub(crate) fn rbf_times_linear(x: &[f64], y: &[f64], gamma: f64, variance: f64, bias: f64) -> f64 {
    (-gamma * sq_dist(x, y)).exp() * (variance * dot(x, y) + bias)
}

#[kernel(psd, assume(v1 > 0, lengthscale > 0, v2 > 0))]
pub(crate) fn matern52_plus_linear(x: &[f64], y: &[f64], v1: f64, lengthscale: f64, v2: f64) -> f64 {
    let q = 5.0_f64.sqrt() * dist(x, y) / lengthscale;
    v1 * (1.0 + q + q.powi(2) / 3.0) * (-q).exp() + v2 * dot(x, y)
}
