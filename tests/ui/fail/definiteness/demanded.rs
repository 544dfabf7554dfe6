//! `psd` demands a proof.
use kernel_runtime::kernel;

#[kernel(psd)]
fn rbf(x: &[f64], y: &[f64], gamma: f64) -> f64 {
    (-gamma * sq_dist(x, y)).exp()
}

#[kernel(psd, assume(variance > 0, 0 < p && p < 4))]
fn powered(x: f64, y: f64, variance: f64, bias: f64, p: f64) -> f64 {
    variance / (1.0 + (x - y).abs()).powf(p) + bias
}

#[kernel(psd)]
fn wendland(x: &[f64], y: &[f64]) -> f64 {
    let r = dist(x, y);
    (1.0 - r).max(0.0).powi(4) * (4.0 * r + 1.0)
}

#[kernel(psd)]
fn wendland_in_space(x: &[f64; 4], y: &[f64; 4]) -> f64 {
    let r = dist(x, y);
    (1.0 - r).max(0.0).powi(4) * (4.0 * r + 1.0)
}

#[kernel(psd)]
fn no_rule(x: f64, y: f64) -> f64 {
    (x * y).sin().sin() + 3.0 * (x * y).exp()
}

fn main() {}
