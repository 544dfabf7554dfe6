//! Iterator chains that are not a sum over coordinates.
use kernel_runtime::kernel;

#[kernel]
fn zipped_number(x: &[f64], y: &[f64], gamma: f64) -> f64 {
    x.iter().zip(gamma).map(|(a, g)| a * g).sum::<f64>()
}

#[kernel]
fn flat_pattern(x: &[f64], y: &[f64], w: &[f64]) -> f64 {
    x.iter().zip(y).zip(w).map(|(a, b, w)| a * b * w).sum::<f64>()
}

#[kernel]
fn untyped(x: &[f64], y: &[f64]) -> f64 {
    x.iter().zip(y).map(|(a, b)| a * b)
}

#[kernel]
fn filtered(x: &[f64], y: &[f64]) -> f64 {
    x.iter().zip(y).filter(|(a, b)| a < b).map(|(a, b)| a * b).sum::<f64>()
}

#[kernel]
fn product(x: &[f64], y: &[f64]) -> f64 {
    x.iter().zip(y).map(|(a, b)| (a - b).cos()).product::<f64>()
}

#[kernel]
fn nested(x: &[f64], y: &[f64]) -> f64 {
    x.iter().map(|a| y.iter().map(|b| a * b).sum::<f64>()).sum::<f64>()
}

#[kernel]
fn enumerated(x: &[f64], y: &[f64]) -> f64 {
    x.iter().zip(y).enumerate().map(|(i, (a, b))| a * b / (i as f64 + 1.0)).sum::<f64>()
}

#[kernel]
fn numbers(x: f64, y: f64) -> f64 {
    x.iter().map(|a| a * a).sum::<f64>() * y
}

fn main() {}
