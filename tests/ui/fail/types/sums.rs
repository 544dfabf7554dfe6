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
fn numbers(x: f64, y: f64) -> f64 {
    x.iter().map(|a| a * a).sum::<f64>() * y
}

#[kernel]
fn three_deep(x: &[f64], y: &[f64]) -> f64 {
    x.iter().map(|a| y.iter().map(|b| x.iter().map(|c| a * b * c).sum::<f64>()).sum::<f64>()).sum::<f64>()
}

#[kernel]
fn of_an_inner_sum(x: &[f64], y: &[f64]) -> f64 {
    x.iter().map(|a| y.iter().map(|b| (a - b).powi(2)).sum::<f64>().sqrt()).sum::<f64>()
}

#[kernel]
fn product_in_sum(x: &[f64], y: &[f64]) -> f64 {
    x.iter().map(|a| y.iter().map(|b| (a - b).cos()).product::<f64>()).sum::<f64>()
}

#[kernel]
fn whole_factor(x: &[f64], y: &[f64]) -> f64 {
    x.iter().zip(y).map(|(a, b)| a * b + norm(x) * norm(y)).product::<f64>()
}

fn main() {}
