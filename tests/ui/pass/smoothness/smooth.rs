//! Kernels with gradients, and with second derivatives: none of them is refused.
use kernel_runtime::{Differentiable, TwiceDifferentiable, gram, kernel};
use ndarray::array;

#[kernel(assume(c > 0))]
fn askey3(x: &[f64], y: &[f64], c: f64) -> f64 {
    let r = dist(x, y) / c;
    (1.0 - r).max(0.0).powi(4) * (4.0 * r + 1.0)
}

#[kernel]
fn wendland4(x: &[f64], y: &[f64]) -> f64 {
    let r = dist(x, y);
    (1.0 - r).max(0.0).powi(6) * (35.0 * r * r + 18.0 * r + 3.0)
}

#[kernel]
fn cubic(x: f64, y: f64) -> f64 {
    let r = (x - y).abs();
    if r < 1.0 { (1.0 - r).powi(3) * (1.0 + 3.0 * r) } else { 0.0 }
}

#[kernel]
fn matern32(x: f64, y: f64) -> f64 {
    let q = (x - y).abs();
    (1.0 + q) * (-q).exp()
}

#[kernel]
fn coordinates(x: &[f64; 2], y: &[f64; 2]) -> f64 {
    (-(x[0] - y[0]).powi(2) - 2.0 * (x[1] - y[1]).powi(2)).exp()
}

#[kernel]
fn quadratic(x: &[f64; 2], y: &[f64; 2]) -> f64 {
    1.0 / (1.0 + ((x[0] - y[0]).powi(2) + (x[1] - y[1]).powi(2)).sqrt().powi(2))
}

#[kernel]
fn even(x: f64, y: f64) -> f64 {
    (-(x - y).abs().powi(2)).exp()
}

// Once differentiable where its parameter is large enough, which the user knows.
#[kernel(smooth = assume(1), assume(p >= 3), indefinite)]
fn powers(x: &[f64], y: &[f64], p: f64) -> f64 {
    (-dist(x, y).powf(p)).exp()
}

fn once(_: &impl Differentiable) {}

fn twice(_: &impl TwiceDifferentiable) {}

fn main() {
    once(&Askey3::new(1.0).unwrap());
    twice(&Wendland4::new().unwrap());
    once(&Cubic::new().unwrap());
    once(&Matern32::new().unwrap());
    twice(&Coordinates::new().unwrap());
    twice(&Quadratic::new().unwrap());
    twice(&Even::new().unwrap());
    once(&Powers::new(4.0).unwrap());
    let k = 2.0 * Askey3::new(1.0).unwrap() + Wendland4::new().unwrap();
    let x = array![[0.0, 0.0], [0.5, 0.25]];
    assert!(gram::k_gg(&k, &x, &x).unwrap().iter().all(|entry| entry.is_finite()));
}
