//! Emitted functions keep the types of the function they come from.
use kernel_runtime::{gram, kernel};
use ndarray::{Array1, Array2};

#[kernel(assume(gamma > 0))]
fn rbf(x: &[f64], y: &[f64], gamma: f64) -> f64 {
    (-gamma * sq_dist(x, y)).exp()
}

#[kernel(assume(gamma > 0))]
fn rbf_3<const D: usize>(x: &[f64; D], y: &[f64; D], gamma: f64) -> f64 {
    (-gamma * sq_dist(x, y)).exp()
}

fn main() {
    rbf::grad(&[0.0], &[1.0], 0.5);
    rbf_3::grad(&[0.0; 2], &[1.0; 3], 0.5);
    let k = Rbf::new(0.5).unwrap();
    let numbers = Array1::<f64>::zeros(3);
    let singles = Array2::<f32>::zeros((3, 2));
    let _ = gram::k_ff(&k, &numbers, &numbers);
    let _ = gram::k_ff(&k, &singles, &singles);
}
