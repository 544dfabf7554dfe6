//! Every way to make a kink where the points meet: the blocks with gradients of both points say which.
use kernel_runtime::{Differentiable, TwiceDifferentiable, kernel};

#[kernel(assume(c > 0))]
fn triangle(x: f64, y: f64, c: f64) -> f64 {
    (1.0 - (x - y).abs() / c).max(0.0)
}

#[kernel(assume(c > 0))]
fn askey(x: &[f64], y: &[f64], c: f64) -> f64 {
    (1.0 - dist(x, y) / c).max(0.0).powi(2)
}

#[kernel]
fn branches(x: f64, y: f64) -> f64 {
    let r = (x - y).abs();
    if r < 1.0 { 1.0 - r } else { 0.0 }
}

#[kernel(assume(x >= 0))]
fn brownian(x: f64, y: f64) -> f64 {
    x.min(y)
}

#[kernel]
fn weighted(x: f64, y: f64) -> f64 {
    (1.0 + x * y) * (-(x - y).abs()).exp()
}

#[kernel]
fn exponential(x: &[f64], y: &[f64]) -> f64 {
    (-l1_dist(x, y)).exp()
}

#[kernel(assume(lengthscale > 0))]
fn ard(x: &[f64], y: &[f64], lengthscale: &[f64]) -> f64 {
    (-x.iter().zip(y).zip(lengthscale).map(|((a, b), l)| ((a - b) / l).powi(2)).sum::<f64>().sqrt()).exp()
}

#[kernel]
fn tent(x: &[f64], y: &[f64]) -> f64 {
    x.iter().zip(y).map(|(a, b)| (1.0 - (a - b).abs()).max(0.0)).product()
}

#[kernel]
fn power(x: &[f64], y: &[f64]) -> f64 {
    (-sq_dist(x, y).powf(0.75)).exp()
}

#[kernel]
fn wendland2(x: &[f64], y: &[f64]) -> f64 {
    let r = dist(x, y);
    (1.0 - r).max(0.0).powi(4) * (4.0 * r + 1.0)
}

fn gradient(_: &impl Differentiable) {}

fn hessian(_: &impl TwiceDifferentiable) {}

fn main() {
    gradient(&Triangle::new(1.0).unwrap());
    gradient(&Askey::new(1.0).unwrap());
    gradient(&Branches::new().unwrap());
    gradient(&Brownian::new().unwrap());
    gradient(&Weighted::new().unwrap());
    gradient(&Exponential::new().unwrap());
    gradient(&Ard::new(vec![1.0]).unwrap());
    gradient(&Tent::new().unwrap());
    gradient(&Power::new().unwrap());
    hessian(&Wendland2::new().unwrap());
}
