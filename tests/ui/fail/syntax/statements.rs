//! Rust that is not an expression of the two points.
use kernel_runtime::kernel;

#[kernel]
fn while_loop(x: f64, y: f64) -> f64 {
    while x < y {}
    x
}

#[kernel]
fn matches(x: f64, y: f64) -> f64 {
    match x {
        _ => y,
    }
}

#[kernel]
fn assertion(x: f64, y: f64) -> f64 {
    assert!(x < y);
    x * y
}

#[kernel]
fn formatted(x: f64, y: f64) -> f64 {
    println!("{x}");
    x * y
}

#[kernel]
fn empty(x: f64, y: f64) -> f64 {}

#[kernel]
fn discarded(x: f64, y: f64) -> f64 {
    x * y;
}

fn main() {}
