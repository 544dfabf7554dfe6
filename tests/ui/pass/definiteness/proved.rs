//! Kernels that are marked because they are proved, and the ways around a proof.
use kernel_runtime::{PositiveDefinite, kernel};

#[kernel(psd, assume(gamma > 0))]
fn rbf(x: &[f64], y: &[f64], gamma: f64) -> f64 {
    (-gamma * sq_dist(x, y)).exp()
}

#[kernel(psd, assume(t >= 0))]
fn brownian(t: f64, u: f64) -> f64 {
    t.min(u)
}

#[kernel(psd)]
fn wendland<const D: usize>(x: &[f64; D], y: &[f64; D]) -> f64 {
    let r = dist(x, y);
    (1.0 - r).max(0.0).powi(4) * (4.0 * r + 1.0)
}

#[kernel(psd, assume(a > 0, b >= 0))]
fn composed(x: &[f64; 2], y: &[f64; 2], a: f64, b: f64) -> f64 {
    let quadratic = (dot(x, y) + b).powi(2);
    let wave = 1.0 + (x[0] - y[0]).cos();
    quadratic * wave + (a * (x[1].sin() * y[1].sin())).exp()
}

#[kernel]
mod normalised {
    fn inner(x: &[f64], y: &[f64]) -> f64 {
        1.0 + dot(x, y)
    }

    #[kernel(psd)]
    pub fn cosine(x: &[f64], y: &[f64]) -> f64 {
        inner(x, y) / (inner(x, x) * inner(y, y)).sqrt()
    }
}

#[kernel(psd = assume)]
fn vouched(x: f64, y: f64) -> f64 {
    x.min(y)
}

#[kernel(indefinite)]
fn opposite(x: f64, y: f64) -> f64 {
    -x * y
}

fn fit<K: PositiveDefinite>(_: K) {}

fn main() -> Result<(), kernel_runtime::ParamError> {
    fit(Rbf::new(0.5)?);
    fit(Brownian::new()?);
    fit(Wendland::<1>::new()?);
    fit(Wendland::<3>::new()?);
    fit(Composed::new(1.0, 0.0)?);
    fit(normalised::Cosine::new()?);
    fit(Vouched::new()?);
    fit(2.0 * Rbf::new(0.5)? * Rbf::new(1.0)?);
    let _ = Opposite::new()?;
    Ok(())
}
