//! Operators of kernels that have no such derivatives.

use kernel_runtime::gram::{Biharmonic, Directional, Gram, Laplacian, Value};
use kernel_runtime::{kernels, operator};
use ndarray::array;

operator!(Heat(alpha) = d[0] - alpha * d[1] * d[1]);
operator!(Third = d[0].powi(3));

fn main() {
    let x = array![[0.0, 0.5]];
    let _ = Gram::new(&kernels::Matern32::new(1.0, 0.5).unwrap(), (Heat::new(0.1).unwrap(), &x), (Value, &x));
    let _ = Gram::new(&kernels::Matern32::new(1.0, 0.5).unwrap(), (Value, &x), ((Value, Laplacian), &x));
    let _ = Gram::new(&kernels::Matern52::new(1.0, 0.5).unwrap(), (Third, &x), (Value, &x));
    let _ = Gram::new(&kernels::Matern72::new(1.0, 0.5).unwrap(), (Biharmonic, &x), (Value, &x));
    let _ = Gram::new(&kernels::Matern12::new(1.0, 0.5).unwrap(), (Directional(&[1.0, 0.0]), &x), (Value, &x));
}
