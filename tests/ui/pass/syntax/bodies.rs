//! `let`, constants, conditions, indices, iterator chains, casts, blocks, comments.
use kernel_runtime::kernel;
use std::f64::consts::PI;

#[kernel]
fn lets(x: &[f64], y: &[f64], gamma: f64) -> f64 {
    // A comment.
    let s: f64 = sq_dist(x, y);
    let s = s * gamma * gamma; // shadows
    let e = {
        let inner = -s;
        inner.exp()
    };
    e
}

#[kernel]
fn constants(x: f64, y: f64) -> f64 {
    (PI * (x - y)).cos() * core::f64::consts::E + std::f64::consts::SQRT_2 - 1.0e-3 + 2_f64 + 1_000.0
}

#[kernel]
fn conditions(x: f64, y: f64) -> f64 {
    let u = (x - y).abs();
    if u < 1.0 { (1.0 - u).powi(4) * (4.0 * u + 1.0) } else { 0.0 }
}

#[kernel]
fn indices(x: &[f64; 3], y: &[f64; 3]) -> f64 {
    x[0] * y[0] + x[1] * y[1] * x[2] * y[2]
}

#[kernel]
fn dimension(x: &[f64], y: &[f64]) -> f64 {
    dot(x, y) / x.len() as f64
}

#[kernel]
fn chains(x: &[f64], y: &[f64], w: &[f64]) -> f64 {
    let first: f64 = x.iter().zip(y.iter()).map(|(a, b)| a * b).sum();
    let second = w.iter().zip(x).zip(y).map(|((w, &a), &b)| w * w * a * b).sum::<f64>();
    let third = x.iter().map(|a| a * a).sum::<f64>() * y.iter().map(|b| b.powi(2)).sum::<f64>();
    first + second + third
}

#[kernel]
fn words(x: &[f64], y: &[f64]) -> f64 {
    dot(x, y) + norm(x) * norm(y) + (-dist(x, y)).exp() + (-l1_dist(x, y)).exp() + sq_norm(x) * sq_norm(y)
        + (-sq_dist(x, y)).exp()
}

fn main() {
    assert!((lets(&[1.0], &[1.0], 2.0) - 1.0).abs() < 1e-15);
    assert!(conditions::grad(0.0, 3.0) == 0.0);
    assert!(constants(0.5, 0.5) > 0.0);
    assert!(indices::grad(&[1.0, 2.0, 3.0], &[4.0, 5.0, 6.0])[0] == 4.0);
    assert!(dimension(&[1.0, 2.0], &[1.0, 2.0]) == 2.5);
    assert!(chains(&[1.0], &[1.0], &[1.0]) == 3.0);
    assert!(words(&[1.0], &[1.0]) == 6.0);
}
