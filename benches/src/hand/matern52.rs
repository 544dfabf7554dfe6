//! k = σ² (1 + q + q²/3) exp(-q), q = √5 r / ℓ

use super::radial::Outer;

blocks!(radial, outer(variance, lengthscale));

#[inline(always)]
fn outer(s: f64, variance: f64, lengthscale: f64) -> Outer {
    let rate = 5.0_f64.sqrt() / lengthscale;
    let q = rate * s.sqrt();
    let decay = variance * (-q).exp();
    let square = rate * rate;
    let curvature = square / 3.0 * decay;
    let diagonal = curvature * (1.0 + q);
    Outer { value: (1.0 + q + q * q / 3.0) * decay, slope: -diagonal, diagonal, rank: -square * curvature }
}
