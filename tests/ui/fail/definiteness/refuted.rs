//! Kernels that are the covariance of no process: points, parameters and the eigenvalue to check it by.
use kernel_runtime::kernel;

#[kernel(assume(a > 0, b > 0))]
fn sigmoid(x: &[f64], y: &[f64], a: f64, b: f64) -> f64 {
    (a * dot(x, y) + b).tanh()
}

#[kernel]
fn epanechnikov(x: f64, y: f64) -> f64 {
    (1.0 - (x - y).powi(2)).max(0.0)
}

#[kernel]
fn indicator(x: f64, y: f64) -> f64 {
    if (x - y).abs() < 1.0 { 1.0 } else { 0.0 }
}

#[kernel(assume(scale > 0))]
fn quartic(x: &[f64], y: &[f64], scale: f64) -> f64 {
    (-(dist(x, y) / scale).powi(4)).exp()
}

#[kernel]
fn wave(x: &[f64], y: &[f64]) -> f64 {
    dist(x, y).cos()
}

#[kernel]
fn wave_in_the_plane(x: &[f64; 2], y: &[f64; 2]) -> f64 {
    dist(x, y).cos()
}

#[kernel]
fn triangle(x: &[f64; 3], y: &[f64; 3]) -> f64 {
    (1.0 - dist(x, y)).max(0.0)
}

#[kernel]
fn opposite(x: &[f64], y: &[f64]) -> f64 {
    -dot(x, y)
}

#[kernel]
fn hat(x: f64, y: f64) -> f64 {
    let s = (x - y).powi(2);
    (-s).exp() - 0.8 * (-2.0 * s).exp()
}

#[kernel]
fn square(x: &[f64], y: &[f64]) -> f64 {
    sq_dist(x, y)
}

#[kernel(assume(c > 0))]
fn below(x: &[f64], y: &[f64], c: f64) -> f64 {
    dot(x, y) - c
}

#[kernel]
fn growing(x: &[f64], y: &[f64], gamma: f64) -> f64 {
    (gamma * sq_dist(x, y)).exp()
}

#[kernel(assume(0 < p && p <= 3))]
fn exponent(x: f64, y: f64, p: f64) -> f64 {
    (-(x - y).abs().powf(p)).exp()
}

#[kernel]
fn brownian(t: f64, u: f64) -> f64 {
    t.min(u)
}

#[kernel]
fn weights(x: &[f64], y: &[f64], w: &[f64]) -> f64 {
    w[0] - x.iter().zip(y).zip(w).map(|((a, b), w)| w * a * b).sum::<f64>()
}

fn main() {}
