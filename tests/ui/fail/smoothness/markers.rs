//! Markers that a kernel has not earned.
use kernel_runtime::{PositiveDefinite, TwiceDifferentiable, kernel};

#[kernel(indefinite)]
fn sigmoid(x: &[f64], y: &[f64]) -> f64 {
    (dot(x, y) - 1.0).tanh()
}

#[kernel(assume(lengthscale > 0))]
fn matern32(x: &[f64], y: &[f64], lengthscale: f64) -> f64 {
    let q = 3.0_f64.sqrt() * dist(x, y) / lengthscale;
    (1.0 + q) * (-q).exp()
}

fn covariance(_: &impl PositiveDefinite) {}

fn twice(_: &impl TwiceDifferentiable) {}

fn main() {
    covariance(&Sigmoid::new().unwrap());
    twice(&Matern32::new(1.0).unwrap());
}
