//! k = σ² exp(-2 sin²(a r) / ℓ²), a = π / p; with b = sin(a r) cos(a r): φ' = -(4 a / ℓ²) k b and
//! φ'' = (4 a² / ℓ²) k [4 b² / ℓ² - cos(2 a r)].

use std::f64::consts::PI;

use super::radial::Outer;

blocks!(radial, outer(variance, period, lengthscale));

#[inline(always)]
fn outer(s: f64, variance: f64, period: f64, lengthscale: f64) -> Outer {
    let rate = PI / period;
    let inverse = 2.0 / (lengthscale * lengthscale);
    let r = s.sqrt();
    let (sin, cos) = (rate * r).sin_cos();
    let square = sin * sin;
    let value = variance * (-inverse * square).exp();
    let scaled = 2.0 * rate * inverse * value;
    let bend = sin * cos;
    let limit = scaled * rate;
    let diagonal = if r == 0.0 { limit } else { scaled * bend / r };
    let second = scaled * (2.0 * rate) * (inverse * bend * bend - (0.5 - square));
    let rank = if s == 0.0 { 0.0 } else { -(second + diagonal) / s };
    Outer { value, slope: -diagonal, diagonal, rank }
}
