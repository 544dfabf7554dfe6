//! Rust that is not an expression of the two points.
use kernel_runtime::kernel;

#[kernel]
fn for_loop(x: &[f64], y: &[f64]) -> f64 {
    let mut acc = 0.0;
    for i in 0..x.len() {
        acc += x[i] * y[i];
    }
    acc
}

#[kernel]
fn while_loop(x: f64, y: f64) -> f64 {
    while x < y {}
    x
}

#[kernel]
fn returns(x: f64, y: f64) -> f64 {
    return x * y;
}

#[kernel]
fn matches(x: f64, y: f64) -> f64 {
    match x {
        _ => y,
    }
}

#[kernel]
fn closure(x: f64, y: f64) -> f64 {
    let square = |t: f64| t * t;
    square(x - y)
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
fn destructured(x: &[f64; 2], y: &[f64; 2]) -> f64 {
    let [a, b] = x;
    a * b * y[0]
}

#[kernel]
fn inner_item(x: f64, y: f64) -> f64 {
    fn square(t: f64) -> f64 {
        t * t
    }
    square(x - y)
}

#[kernel]
fn empty(x: f64, y: f64) -> f64 {}

#[kernel]
fn discarded(x: f64, y: f64) -> f64 {
    x * y;
}

#[kernel]
fn late(x: f64, y: f64) -> f64 {
    let product;
    product = x * y;
    product
}

fn main() {}
