//! Vouching for derivatives that certainly do not exist.
use kernel_runtime::{gram, kernel};
use ndarray::Array2;

#[kernel(smooth = assume(1), assume(lengthscale > 0))]
fn matern12(x: &[f64], y: &[f64], lengthscale: f64) -> f64 {
    (-dist(x, y) / lengthscale).exp()
}

#[kernel(smooth = assume(2))]
fn matern32(x: f64, y: f64) -> f64 {
    let q = (x - y).abs();
    (1.0 + q) * (-q).exp()
}

#[kernel(smooth = assume(1))]
fn exponential(x: &[f64], y: &[f64]) -> f64 {
    (-l1_dist(x, y)).exp()
}

fn main() {
    // Taken at its word here: one error for one mistake.
    let x = Array2::zeros((2, 3));
    let _ = gram::k_gg(&Matern12::new(1.0).unwrap(), &x, &x);
}
