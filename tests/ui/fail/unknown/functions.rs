//! Functions and methods that the macro cannot differentiate.
use kernel_runtime::kernel;

#[kernel]
fn typo(x: &[f64], y: &[f64]) -> f64 {
    (-sqdist(x, y)).exp()
}

#[kernel]
fn bessel(x: f64, y: f64) -> f64 {
    bessel_k(0.5, x - y)
}

#[kernel]
fn method(x: f64, y: f64) -> f64 {
    (x - y).gamma()
}

#[kernel]
fn rounding(x: f64, y: f64) -> f64 {
    (x - y).floor()
}

#[kernel]
fn path(x: f64, y: f64) -> f64 {
    libm::erf(x - y)
}

#[kernel]
fn too_many(x: &[f64], y: &[f64]) -> f64 {
    dot(x, y, x)
}

#[kernel]
fn too_few(x: f64, y: f64) -> f64 {
    (x * y).powi()
}

fn main() {}
