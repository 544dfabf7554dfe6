//! Functions of `f64` registers.

mod arc;
mod erf;
mod exponential;
mod hyperbolic;
mod logarithm;
mod power;
mod trigonometric;

pub use arc::{acos, asin, atan, atan2};
pub use erf::erf;
pub use exponential::{exp, exp_m1};
pub use hyperbolic::{cosh, sinh, tanh};
pub use logarithm::{ln, ln_1p};
pub use power::{cbrt, powf, powi};
pub use trigonometric::{cos, sin, tan};

use crate::lane::register::Register;

/// Added to a number below 2⁵¹, it leaves no bits for a fraction.
pub const ROUND: f64 = 6_755_399_441_055_744.0;

/// x to the nearest integer, |x| < 2⁵¹.
#[inline(always)]
pub fn round<V: Register<Scalar = f64>>(x: V) -> V {
    x + V::of(ROUND) - V::of(ROUND)
}

/// [`Register::scale`] in two steps, of which only the second can round.
#[inline(always)]
pub fn scale<V: Register<Scalar = f64>>(a: V, k: V) -> V {
    // The last twelve bits are k + 2046, twice the exponent bias, positive and even at k = 0.
    let biased = (k + V::of(ROUND + 2046.0)).to_bits();
    let half = V::shift_right(biased, 1);
    let power = |exponent| V::from_bits(V::shift_left(exponent, 52));
    a * power(half) * power(biased - half)
}

/// x, its sign changed where that of `of` is negative: so an odd function of |x| becomes one of x, at -0 too.
#[inline(always)]
fn signed<V: Register<Scalar = f64>>(x: V, of: V) -> V {
    V::from_bits(x.to_bits() ^ (of.to_bits() & V::splat_bits(1 << 63)))
}
