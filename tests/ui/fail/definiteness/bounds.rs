//! Functions that ask for a covariance.
use kernel_runtime::{Kernel, PositiveDefinite, kernel};

#[kernel]
fn rbf(x: &[f64], y: &[f64], gamma: f64) -> f64 {
    (-gamma * sq_dist(x, y)).exp()
}

#[kernel(indefinite)]
fn multiquadric(x: &[f64], y: &[f64]) -> f64 {
    (1.0 + sq_dist(x, y)).sqrt()
}

#[kernel]
fn wendland<const D: usize>(x: &[f64; D], y: &[f64; D]) -> f64 {
    let r = dist(x, y);
    (1.0 - r).max(0.0).powi(4) * (4.0 * r + 1.0)
}

#[kernel]
fn linear(x: &[f64], y: &[f64]) -> f64 {
    dot(x, y)
}

fn fit<K: Kernel + PositiveDefinite>(_: K) {}

fn main() -> Result<(), kernel_runtime::ParamError> {
    fit(Rbf::new(0.5)?);
    fit(Multiquadric::new()?);
    fit(Wendland::<4>::new()?);
    fit(Linear::new()? + Multiquadric::new()?);
    Ok(())
}
