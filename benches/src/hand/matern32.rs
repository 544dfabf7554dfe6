//! k = σ² (1 + q) exp(-q), q = √3 r / ℓ

use super::radial::Outer;

blocks!(radial, outer(variance, lengthscale));

#[inline(always)]
fn outer(s: f64, variance: f64, lengthscale: f64) -> Outer {
    let rate = 3.0_f64.sqrt() / lengthscale;
    let r = s.sqrt();
    let q = rate * r;
    let decay = variance * (-q).exp();
    let diagonal = rate * rate * decay;
    // u uᵀ / r is 0 where the points meet.
    let rank = if r == 0.0 { 0.0 } else { -rate * diagonal / r };
    Outer { value: (1.0 + q) * decay, slope: -diagonal, diagonal, rank }
}
