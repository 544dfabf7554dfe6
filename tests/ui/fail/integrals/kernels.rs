//! Kernels whose integrals have no closed form, alone and in combinations, and integrals where none can stand.

use kernel_runtime::gram::{Expectation, Gram, Integral, Value};
use kernel_runtime::{kernel, kernels};
use ndarray::array;

#[kernel(assume(a > 0))]
pub fn wavy(x: &[f64], y: &[f64], a: f64) -> f64 {
    (a * (x[0] - y[0])).cos()
}

fn main() {
    let (lower, upper) = (array![[0.0], [1.0]], array![[1.0], [2.0]]);
    let rbf = kernels::Rbf::new(1.0, 0.5).unwrap();
    let matern = kernels::Matern52::new(1.0, 0.5).unwrap();
    let linear = kernels::Linear::new(1.0, 0.5).unwrap();
    let _ = Gram::new(&matern, (Integral::to(&upper), &lower), (Value, &lower));
    let _ = Gram::new(&(rbf.clone() + matern.clone()), (Value, &lower), (Integral::to(&upper), &lower));
    let _ = Gram::new(&(rbf.clone() * linear), (Integral::to(&upper), &lower), (Value, &lower));
    let _ = Gram::new(&Wavy::new(1.0).unwrap(), (Expectation::independent(&upper), &lower), (Value, &lower));
}
