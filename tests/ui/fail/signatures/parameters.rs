//! Parameters of a type that is not a number or a number per coordinate.
use kernel_runtime::kernel;

#[kernel]
fn integer(x: &[f64], y: &[f64], degree: i32) -> f64 {
    dot(x, y).powi(degree)
}

#[kernel]
fn single(x: &[f64], y: &[f64], gamma: f32) -> f64 {
    (-sq_dist(x, y)).exp()
}

#[kernel]
fn wrong_length(x: &[f64; 3], y: &[f64; 3], w: &[f64; 2]) -> f64 {
    dot(x, y)
}

#[kernel]
fn vector_for_numbers(x: f64, y: f64, w: &[f64]) -> f64 {
    x * y
}

#[kernel]
fn by_value(x: &[f64], y: &[f64], w: Vec<f64>) -> f64 {
    dot(x, y)
}

#[kernel]
fn function(x: f64, y: f64, f: fn(f64) -> f64) -> f64 {
    f(x - y)
}

fn main() {}
