//! Kernels of each structure that products know.
#![allow(dead_code, reason = "not every test needs all")]

use kernel_runtime::kernel;
use ndarray::Array2;

/// A factor of each kind: more than one of each, with weights.
#[kernel(assume(lengthscale > 0))]
pub fn two_terms(x: &[f64], y: &[f64], lengthscale: &[f64]) -> f64 {
    let s = x.iter().zip(y).zip(lengthscale).map(|((a, b), l)| ((a - b) / l).powi(2)).sum::<f64>();
    (-s).exp() * (dot(x, y) + 2.0)
}

/// Sums and factors that are the kernel's own code.
#[kernel(indefinite)]
pub fn waves(x: &[f64], y: &[f64], w: &[f64]) -> f64 {
    let s = x.iter().zip(y).zip(w).map(|((a, b), w)| (*w * (*a - *b)).cos()).sum::<f64>();
    let t = x.iter().zip(y).map(|(a, b)| (*a + *b).exp()).sum::<f64>();
    s * (t + 1.0).ln()
}

/// Entries off the diagonal have weights of their own.
#[kernel(indefinite)]
pub fn product(x: &[f64], y: &[f64], gamma: f64) -> f64 {
    x.iter().zip(y).map(|(a, b)| 1.0 + gamma * *a * *b).product::<f64>()
}

/// Terms of every coordinate with every other.
#[kernel(indefinite)]
pub fn all_with_all(x: &[f64], y: &[f64], gamma: f64) -> f64 {
    let mut total = 0.0;
    for a in x {
        for b in y {
            total += (-gamma * (*a - *b).powi(2)).exp();
        }
    }
    total
}

/// Of x alone.
#[kernel(asymmetric, indefinite)]
pub fn of_x(x: &[f64], _y: &[f64], gamma: f64) -> f64 {
    (-gamma * sq_norm(x)).exp()
}

/// Of y alone.
#[kernel(asymmetric, indefinite)]
pub fn of_y(_x: &[f64], y: &[f64], gamma: f64) -> f64 {
    (-gamma * sq_norm(y)).exp()
}

/// Numbers between -1 and 1 without a pattern.
pub fn numbers(n: usize, d: usize, seed: f64) -> Array2<f64> {
    Array2::from_shape_fn((n, d), |(i, a)| (seed + 12.9898 * (i + 1) as f64 + 78.233 * (a + 1) as f64).sin())
}
