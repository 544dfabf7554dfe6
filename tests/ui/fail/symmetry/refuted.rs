//! Kernels that are not symmetric: two points and both values, and no second error where such a kernel is used.
use kernel_runtime::{Symmetric, gram, kernel};
use ndarray::Array2;

// The slip of the pen: x where y is meant.
#[kernel(assume(gamma > 0))]
pub fn slip(x: &[f64], y: &[f64], gamma: f64) -> f64 {
    (-gamma * sq_dist(x, y)).exp() * (1.0 + dot(x, x))
}

// On a line, in any order of coordinates, with a weight for each.
#[kernel]
pub fn shift(x: f64, y: f64) -> f64 {
    (-(x - y - 0.5).powi(2)).exp()
}

#[kernel]
pub fn crossed(u: &[f64; 2], v: &[f64; 2]) -> f64 {
    u[0] * v[1]
}

#[kernel(assume(0 <= weight && weight <= 1))]
pub fn weighted(x: &[f64], y: &[f64], weight: &[f64]) -> f64 {
    x.iter().zip(y).zip(weight).map(|((a, b), w)| (a - w * b).powi(2)).sum::<f64>()
}

fn triangle(_: &impl Symmetric) {}

fn main() {
    let k = Slip::new(1.0).unwrap();
    let x = Array2::zeros((2, 3));
    let _ = gram::k_gg(&k, &x, &x);
    triangle(&k);
}
