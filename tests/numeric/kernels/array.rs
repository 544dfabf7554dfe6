//! Points as `&[f64; D]`, reductions written out in plain Rust.

use kernel_runtime::kernel;

#[kernel(psd, assume(gamma > 0))]
pub(crate) fn rbf<const D: usize>(x: &[f64; D], y: &[f64; D], gamma: f64) -> f64 {
    let s = x.iter().zip(y).map(|(a, b)| (a - b) * (a - b)).sum::<f64>();
    (-gamma * s).exp()
}

#[kernel(psd, assume(variance > 0))]
pub(crate) fn ard_rbf<const D: usize>(x: &[f64; D], y: &[f64; D], variance: f64, lengthscale: &[f64; D]) -> f64 {
    let s: f64 = x.iter().zip(y.iter()).zip(lengthscale.iter()).map(|((a, b), l)| (a - b).powi(2) / (l * l)).sum();
    variance * (-s / 2.0).exp()
}

#[kernel(psd, assume(variance > 0, alpha > 0, lengthscale > 0))]
pub(crate) fn rational_quadratic<const D: usize>(
    x: &[f64; D],
    y: &[f64; D],
    variance: f64,
    alpha: f64,
    lengthscale: f64,
) -> f64 {
    let s = x.iter().zip(y).map(|(a, b)| (a - b).powi(2)).sum::<f64>();
    variance / (1.0 + s / (2.0 * alpha * lengthscale * lengthscale)).powf(alpha)
}

#[kernel(psd, assume(variance > 0, lengthscale > 0))]
pub(crate) fn matern12<const D: usize>(x: &[f64; D], y: &[f64; D], variance: f64, lengthscale: f64) -> f64 {
    let r = x.iter().zip(y).map(|(a, b)| (a - b).powi(2)).sum::<f64>().sqrt();
    variance * (-r / lengthscale).exp()
}

#[kernel(psd, assume(variance > 0, lengthscale > 0))]
pub(crate) fn matern32<const D: usize>(x: &[f64; D], y: &[f64; D], variance: f64, lengthscale: f64) -> f64 {
    let q = (3.0 * sq_dist(x, y)).sqrt() / lengthscale;
    variance * (1.0 + q) * (-q).exp()
}

#[kernel(psd, assume(variance > 0, lengthscale > 0))]
pub(crate) fn matern52<const D: usize>(x: &[f64; D], y: &[f64; D], variance: f64, lengthscale: f64) -> f64 {
    let s = sq_dist(x, y) / (lengthscale * lengthscale);
    let q = (5.0 * s).sqrt();
    variance * (1.0 + q + 5.0 / 3.0 * s) * (-q).exp()
}

#[kernel(indefinite, assume(variance > 0, period > 0, lengthscale > 0))]
pub(crate) fn periodic<const D: usize>(
    x: &[f64; D],
    y: &[f64; D],
    variance: f64,
    period: f64,
    lengthscale: f64,
) -> f64 {
    let sine = (std::f64::consts::PI * dist(x, y) / period).sin() / lengthscale;
    variance * (-2.0 * sine * sine).exp()
}

#[kernel(psd, assume(lengthscale > 0))]
pub(crate) fn periodic_per_dim<const D: usize>(x: &[f64; D], y: &[f64; D], period: &[f64; D], lengthscale: f64) -> f64 {
    let s = x
        .iter()
        .zip(y)
        .zip(period)
        .map(|((a, b), p)| {
            let sine = (std::f64::consts::PI * (a - b) / p).sin();
            sine * sine
        })
        .sum::<f64>();
    (-2.0 * s / lengthscale.powi(2)).exp()
}

#[kernel(psd, assume(a > 0, c >= 0))]
pub(crate) fn polynomial<const D: usize>(x: &[f64; D], y: &[f64; D], a: f64, c: f64) -> f64 {
    let base = a * x.iter().zip(y).map(|(s, t)| s * t).sum::<f64>() + c;
    base * base * base
}

#[kernel(psd, assume(variance > 0, bias >= 0))]
pub(crate) fn linear<const D: usize>(x: &[f64; D], y: &[f64; D], variance: f64, bias: f64) -> f64 {
    variance * x.iter().zip(y).map(|(a, b)| a * b).sum::<f64>() + bias
}

#[kernel(psd, assume(variance > 0, lengthscale > 0))]
pub(crate) fn exp_dot<const D: usize>(x: &[f64; D], y: &[f64; D], variance: f64, lengthscale: f64) -> f64 {
    variance * (dot(x, y) / (lengthscale * lengthscale)).exp()
}

// Once differentiable in mean square but at the origin, which is why it has to be vouched for.
#[kernel(psd, assume(variance > 0), smooth = assume(1))]
pub(crate) fn arccosine1<const D: usize>(x: &[f64; D], y: &[f64; D], variance: f64) -> f64 {
    let theta = angle(x, y);
    let scale = (sq_norm(x) * sq_norm(y)).sqrt() * variance * std::f64::consts::FRAC_1_PI;
    scale * (theta.sin() + (std::f64::consts::PI - theta) * theta.cos())
}

#[kernel(psd, assume(variance > 0, b > 0, w > 0))]
pub(crate) fn nn_arcsin<const D: usize>(x: &[f64; D], y: &[f64; D], variance: f64, b: f64, w: f64) -> f64 {
    let across = 2.0 * (b + w * dot(x, y));
    let left = (1.0 + 2.0 * (b + w * x.iter().map(|a| a * a).sum::<f64>())).sqrt();
    let right = (1.0 + 2.0 * (b + w * y.iter().map(|a| a * a).sum::<f64>())).sqrt();
    2.0 * variance / std::f64::consts::PI * (across / (left * right)).asin()
}

#[kernel(indefinite, assume(variance > 0, period > 0))]
pub(crate) fn cosine<const D: usize>(x: &[f64; D], y: &[f64; D], variance: f64, period: f64) -> f64 {
    variance * (std::f64::consts::PI * sq_dist(x, y).sqrt() / period).cos()
}

#[kernel(psd, assume(variance > 0, radius > 0))]
pub(crate) fn wendland_c2<const D: usize>(x: &[f64; D], y: &[f64; D], variance: f64, radius: f64) -> f64 {
    let u = sq_dist(x, y).sqrt() / radius;
    let rest = (1.0 - u).max(0.0);
    variance * rest.powi(4) * (4.0 * u + 1.0)
}

#[kernel(psd, assume(variance > 0, radius > 0))]
pub(crate) fn wendland_c4<const D: usize>(x: &[f64; D], y: &[f64; D], variance: f64, radius: f64) -> f64 {
    let u = dist(x, y) / radius;
    let rest = if u < 1.0 { 1.0 - u } else { 0.0 };
    variance * rest.powi(6) * (35.0 * u * u + 18.0 * u + 3.0) / 3.0
}

#[kernel(psd, assume(variance > 0, c > 0))]
pub(crate) fn inverse_multiquadric<const D: usize>(x: &[f64; D], y: &[f64; D], variance: f64, c: f64) -> f64 {
    variance * (sq_dist(x, y) + c * c).powf(-0.5)
}

#[kernel(psd, assume(gamma > 0, variance > 0, bias >= 0))]
pub(crate) fn rbf_times_linear<const D: usize>(
    x: &[f64; D],
    y: &[f64; D],
    gamma: f64,
    variance: f64,
    bias: f64,
) -> f64 {
    let line = variance * dot(x, y) + bias;
    line * (-gamma * sq_dist(x, y)).exp()
}

#[kernel(psd, assume(v1 > 0, lengthscale > 0, v2 > 0))]
pub(crate) fn matern52_plus_linear<const D: usize>(
    x: &[f64; D],
    y: &[f64; D],
    v1: f64,
    lengthscale: f64,
    v2: f64,
) -> f64 {
    let q = 5.0_f64.sqrt() * dist(x, y) / lengthscale;
    let matern = (1.0 + q + q.powi(2) / 3.0) * (-q).exp();
    v1 * matern + v2 * x.iter().zip(y).map(|(a, b)| a * b).sum::<f64>()
}
