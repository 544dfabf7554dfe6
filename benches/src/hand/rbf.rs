//! k = exp(-γ s)

use super::radial::Outer;

blocks!(radial, outer(gamma));

#[inline(always)]
fn outer(s: f64, gamma: f64) -> Outer {
    let value = (-gamma * s).exp();
    let twice = -2.0 * gamma;
    let slope = twice * value;
    Outer { value, slope, diagonal: -slope, rank: -twice * slope }
}
