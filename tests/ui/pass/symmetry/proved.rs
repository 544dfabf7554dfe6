//! Kernels that are proved symmetric, and one that is declared not to be.
use kernel_runtime::{Kernel, Symmetric, gram, kernel};
use ndarray::array;

#[kernel(indefinite)]
fn brownian(x: f64, y: f64) -> f64 {
    if x < y { x } else { y }
}

#[kernel(indefinite)]
fn smaller(x: f64, y: f64) -> f64 {
    x.min(y) / x.max(y)
}

#[kernel(indefinite)]
fn fractions(x: f64, y: f64) -> f64 {
    1.0 / (1.0 + x * x) + 1.0 / (1.0 + y * y) - (2.0 + x * x + y * y) / ((1.0 + x * x) * (1.0 + y * y)) + x * y
}

#[kernel(assume(bias >= 0))]
fn arcsine(x: &[f64], y: &[f64], bias: f64) -> f64 {
    (2.0 * (bias + dot(x, y)) / ((1.0 + 2.0 * sq_norm(x)).sqrt() * (1.0 + 2.0 * sq_norm(y)).sqrt())).asin()
}

#[kernel(indefinite)]
fn gibbs(x: &[f64], y: &[f64]) -> f64 {
    let (a, b) = (1.0 + sq_norm(x), 1.0 + sq_norm(y));
    (2.0 * a * b / (a * a + b * b)).sqrt() * (-sq_dist(x, y) / (a * a + b * b)).exp()
}

// Said not to be symmetric, though it is: taken at its word, without a marker.
#[kernel(asymmetric)]
fn symmetric_after_all(x: f64, y: f64) -> f64 {
    x * y
}

fn triangle<K: Kernel + Symmetric>(_: K) {}

fn main() {
    triangle(Brownian::new().unwrap());
    triangle(Smaller::new().unwrap());
    triangle(Fractions::new().unwrap());
    triangle(Arcsine::new(1.0).unwrap());
    triangle(Gibbs::new().unwrap());
    let k = SymmetricAfterAll::new().unwrap();
    assert_eq!(gram::k_ff(&k, &array![2.0], &array![3.0]).unwrap(), array![[6.0]]);
}
