//! Results, qualifiers, generics and items that are not kernels.
use kernel_runtime::kernel;

#[kernel]
fn no_result(x: f64, y: f64) {}

#[kernel]
fn another_result(x: f64, y: f64) -> f32 {
    1.0
}

#[kernel]
fn tuple(x: f64, y: f64) -> (f64, f64) {
    (x, y)
}

#[kernel]
async fn later(x: f64, y: f64) -> f64 {
    x * y
}

#[kernel]
unsafe fn danger(x: f64, y: f64) -> f64 {
    x * y
}

#[kernel]
fn generic<T: Copy>(x: f64, y: f64, t: T) -> f64 {
    x * y
}

#[kernel]
struct Rbf {
    gamma: f64,
}

fn main() {}
