//! What is not known to be symmetric has neither marker of a covariance.
use kernel_runtime::{Kernel, PositiveDefinite, Symmetric, kernel};

// Two outputs of a process, one delayed.
#[kernel(asymmetric)]
pub fn delayed(x: f64, y: f64) -> f64 {
    (-(x - y - 0.5).powi(2)).exp()
}

// sin(x + y), written so that no rule finds it.
#[kernel]
pub fn hidden(x: f64, y: f64) -> f64 {
    (x - y).sin() + 2.0 * x.cos() * y.sin()
}

fn triangle<K: Kernel + Symmetric>(_: &K) {}

fn covariance<K: Kernel + PositiveDefinite>(_: &K) {}

fn main() {
    triangle(&Delayed::new().unwrap());
    covariance(&Delayed::new().unwrap());
    triangle(&Hidden::new().unwrap());
    covariance(&Hidden::new().unwrap());
}
