//! Expressions of the wrong kind in the wrong place.
use kernel_runtime::kernel;

#[kernel]
fn point_as_number(x: &[f64], y: &[f64], gamma: f64) -> f64 {
    gamma * x
}

#[kernel]
fn difference(x: &[f64], y: &[f64]) -> f64 {
    norm(x - y)
}

#[kernel]
fn number_as_point(x: &[f64], y: &[f64], gamma: f64) -> f64 {
    dot(x, gamma)
}

#[kernel]
fn integer_literal(x: f64, y: f64) -> f64 {
    2 * x * y
}

#[kernel]
fn float_power(x: f64, y: f64) -> f64 {
    (x * y).powi(2.5)
}

#[kernel]
fn integer_power(x: f64, y: f64) -> f64 {
    (x * y).powf(2)
}

#[kernel]
fn outside(x: &[f64; 2], y: &[f64; 2]) -> f64 {
    x[2] * y[2]
}

#[kernel]
fn variable_index(x: &[f64; 2], y: &[f64; 2]) -> f64 {
    let i = 0;
    x[i] * y[i]
}

#[kernel]
fn truth(x: f64, y: f64) -> f64 {
    x < y
}

#[kernel]
fn remainder(x: f64, y: f64) -> f64 {
    (x - y) % 1.0
}

#[kernel]
fn text(x: f64, y: f64) -> f64 {
    "x" * y
}

#[kernel]
fn cast(x: f64, y: f64) -> f64 {
    (x * y) as f32 as f64
}

#[kernel]
fn condition(x: f64, y: f64) -> f64 {
    if x * y { x } else { y }
}

#[kernel]
fn no_else(x: f64, y: f64) -> f64 {
    if x < y {
        x
    }
}

fn main() {}
