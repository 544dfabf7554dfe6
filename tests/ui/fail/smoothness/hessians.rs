//! Hessians that do not exist, and some that batches do not know.

use kernel_runtime::gram::{Gram, Hessian, Value};
use kernel_runtime::{kernel, kernels};
use ndarray::array;

#[kernel(indefinite)]
pub fn product(x: &[f64], y: &[f64]) -> f64 {
    x.iter().zip(y).map(|(a, b)| 1.0 + a * b).product::<f64>()
}

fn main() {
    let x = array![[0.0], [1.0]];
    let _ = Gram::new(&kernels::Matern32::new(1.0, 0.5).unwrap(), (Hessian, &x), (Value, &x));
    let _ = Gram::new(&Product::new().unwrap(), (Value, &x), (Hessian, &x));
}
