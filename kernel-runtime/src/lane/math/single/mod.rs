//! Functions of `f32` registers.

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

/// Added to a number below 2²², it leaves no bits for a fraction.
const ROUND: f64 = 12_582_912.0;

/// x to the nearest integer, |x| < 2²².
#[inline(always)]
pub fn round<V: Register<Scalar = f32>>(x: V) -> V {
    x + V::of(ROUND) - V::of(ROUND)
}

/// A number's sign, to put on one that has none.
#[inline(always)]
fn sign<V: Register<Scalar = f32>>(x: V) -> V::Bits {
    x.to_bits() & V::splat_bits(0x8000_0000)
}

/// x with its sign changed where there is one in `sign`.
#[inline(always)]
fn flip<V: Register<Scalar = f32>>(x: V, sign: V::Bits) -> V {
    V::from_bits(x.to_bits() ^ sign)
}

/// 2ᵏ for an integer k from -126 to 127.
#[inline(always)]
fn power_of_two<V: Register<Scalar = f32>>(k: V) -> V {
    V::from_bits(V::shift_left((k + V::of(ROUND + 127.0)).to_bits(), 23))
}

/// [`Register::scale`] in two steps, of which only the second can round.
#[inline(always)]
pub fn scale<V: Register<Scalar = f32>>(a: V, k: V) -> V {
    // The last nine bits are k + 254, twice the exponent bias, positive and even at k = 0; those before are zeros.
    let biased = (k + V::of(ROUND + 254.0)).to_bits();
    let half = V::shift_left(biased, 22) & V::splat_bits(0x7f80_0000);
    a * V::from_bits(half) * V::from_bits(V::shift_left(biased, 23) - half)
}
