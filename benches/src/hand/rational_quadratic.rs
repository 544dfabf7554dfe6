//! k = σ² b^-α, b = 1 + s / (2 α ℓ²)

use super::radial::Outer;

blocks!(radial, outer(variance, alpha, lengthscale));

#[inline(always)]
fn outer(s: f64, variance: f64, alpha: f64, lengthscale: f64) -> Outer {
    let share = 1.0 / (alpha * (lengthscale * lengthscale));
    let base = 1.0 + 0.5 * share * s;
    let value = variance * base.powf(-alpha);
    let slope = -alpha * share * value / base;
    Outer { value, slope, diagonal: -slope, rank: (alpha + 1.0) * share * slope / base }
}
