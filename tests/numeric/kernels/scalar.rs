//! Points as `f64`: one dimension, without a reduction.

use std::f64::consts::{FRAC_2_PI, PI};

use kernel_runtime::kernel;

#[kernel(psd, assume(gamma > 0))]
pub(crate) fn rbf(x: f64, y: f64, gamma: f64) -> f64 {
    (-gamma * (x - y).powi(2)).exp()
}

#[kernel(psd, assume(variance > 0, lengthscale > 0))]
pub(crate) fn ard_rbf(x: f64, y: f64, variance: f64, lengthscale: f64) -> f64 {
    variance * (-0.5 * ((x - y) / lengthscale).powi(2)).exp()
}

#[kernel(psd, assume(variance > 0, alpha > 0, lengthscale > 0))]
pub(crate) fn rational_quadratic(x: f64, y: f64, variance: f64, alpha: f64, lengthscale: f64) -> f64 {
    let u = (x - y) / lengthscale;
    variance * (1.0 + u * u / (2.0 * alpha)).powf(-alpha)
}

#[kernel(psd, assume(variance > 0, lengthscale > 0))]
pub(crate) fn matern12(x: f64, y: f64, variance: f64, lengthscale: f64) -> f64 {
    variance * (-(x - y).abs() / lengthscale).exp()
}

#[kernel(psd, assume(variance > 0, lengthscale > 0))]
pub(crate) fn matern32(x: f64, y: f64, variance: f64, lengthscale: f64) -> f64 {
    let q = 3.0_f64.sqrt() * (x - y).abs() / lengthscale;
    variance * (1.0 + q) * (-q).exp()
}

#[kernel(psd, assume(variance > 0, lengthscale > 0))]
pub(crate) fn matern52(x: f64, y: f64, variance: f64, lengthscale: f64) -> f64 {
    let q = 5.0_f64.sqrt() * (x - y).abs() / lengthscale;
    variance * (1.0 + q + q * q / 3.0) * (-q).exp()
}

#[kernel(psd, assume(variance > 0, period > 0, lengthscale > 0))]
pub(crate) fn periodic(x: f64, y: f64, variance: f64, period: f64, lengthscale: f64) -> f64 {
    let sine = (PI * (x - y) / period).sin();
    variance * (-2.0 * sine.powi(2) / lengthscale.powi(2)).exp()
}

#[kernel(psd, assume(period > 0, lengthscale > 0))]
pub(crate) fn periodic_per_dim(x: f64, y: f64, period: f64, lengthscale: f64) -> f64 {
    let sine = (PI * (x - y).abs() / period).sin();
    (-2.0 * (sine / lengthscale).powi(2)).exp()
}

#[kernel(psd, assume(a > 0, c >= 0))]
pub(crate) fn polynomial(x: f64, y: f64, a: f64, c: f64) -> f64 {
    (a * x * y + c).powi(3)
}

#[kernel(psd, assume(variance > 0, bias >= 0))]
pub(crate) fn linear(x: f64, y: f64, variance: f64, bias: f64) -> f64 {
    variance * x * y + bias
}

#[kernel(psd, assume(variance > 0, lengthscale > 0))]
pub(crate) fn exp_dot(x: f64, y: f64, variance: f64, lengthscale: f64) -> f64 {
    variance * (x * y / lengthscale.powi(2)).exp()
}

#[kernel(psd, assume(variance > 0, b > 0, w > 0))]
pub(crate) fn nn_arcsin(x: f64, y: f64, variance: f64, b: f64, w: f64) -> f64 {
    let across = 2.0 * (b + w * x * y);
    let left = 1.0 + 2.0 * (b + w * x * x);
    let right = 1.0 + 2.0 * (b + w * y * y);
    variance * FRAC_2_PI * (across / (left * right).sqrt()).asin()
}

#[kernel(psd, assume(variance > 0, period > 0))]
pub(crate) fn cosine(x: f64, y: f64, variance: f64, period: f64) -> f64 {
    variance * (PI * (x - y) / period).cos()
}

#[kernel(psd, assume(variance > 0, radius > 0))]
pub(crate) fn wendland_c2(x: f64, y: f64, variance: f64, radius: f64) -> f64 {
    let u = (x - y).abs() / radius;
    variance * (1.0 - u).max(0.0).powi(4) * (4.0 * u + 1.0)
}

#[kernel(psd, assume(variance > 0, radius > 0))]
pub(crate) fn wendland_c4(x: f64, y: f64, variance: f64, radius: f64) -> f64 {
    let u = (x - y).abs() / radius;
    variance * (1.0 - u).max(0.0).powi(6) * (35.0 * u.powi(2) + 18.0 * u + 3.0) / 3.0
}

// l(x) and l(y) enter by their ratio: √(2 l(x) l(y) / (l(x)² + l(y)²)) = 1/√cosh(ln l(x) - ln l(y)), whose derivatives
// vanish at x = y without a cancellation.
#[kernel(psd, assume(a > 0))]
pub(crate) fn gibbs_1d(x: f64, y: f64, a: f64, b: f64) -> f64 {
    let lx = a * (b * x.tanh()).exp();
    let ly = a * (b * y.tanh()).exp();
    let c = (b * (x.tanh() - y.tanh())).cosh();
    (-(x - y).powi(2) / (2.0 * lx * ly * c)).exp() / c.sqrt()
}

#[kernel(psd, assume(variance > 0, c > 0))]
pub(crate) fn inverse_multiquadric(x: f64, y: f64, variance: f64, c: f64) -> f64 {
    variance / ((x - y).powi(2) + c.powi(2)).sqrt()
}

#[kernel(psd, assume(w > 0, v0 > 0))]
pub(crate) fn spectral_mixture(x: f64, y: f64, w: f64, v0: f64, mu0: f64) -> f64 {
    let t = x - y;
    w * (-2.0 * PI.powi(2) * t.powi(2) * v0).exp() * (2.0 * PI * t * mu0).cos()
}

#[kernel(psd, assume(gamma > 0, variance > 0, bias >= 0))]
pub(crate) fn rbf_times_linear(x: f64, y: f64, gamma: f64, variance: f64, bias: f64) -> f64 {
    (-gamma * (x - y).powi(2)).exp() * (variance * x * y + bias)
}

#[kernel(psd, assume(v1 > 0, lengthscale > 0, v2 > 0))]
pub(crate) fn matern52_plus_linear(x: f64, y: f64, v1: f64, lengthscale: f64, v2: f64) -> f64 {
    let q = 5.0_f64.sqrt() * (x - y).abs() / lengthscale;
    v1 * (1.0 + q + q.powi(2) / 3.0) * (-q).exp() + v2 * x * y
}
