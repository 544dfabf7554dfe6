//! Logarithms.

use super::exponential::LN_2;
use crate::lane::math::{polynomial, polynomial_in_pairs};
use crate::lane::register::Register;

/// x = 2ᵏm, for positive finite x: k, and the bits of m above those of a number from ½ to 1 that is the least m.
#[inline(always)]
fn split<V: Register<Scalar = f64>>(x: V, least: f64) -> (V, V::Bits) {
    let subnormal = V::lt(x, V::of(f64::MIN_POSITIVE));
    let x = V::select(subnormal, x * V::of(TWO_54), x);
    let above = x.to_bits() + V::splat_bits(1.0_f64.to_bits() - least.to_bits());
    let exponent = V::from_bits(V::shift_right(above, 52) | V::of(TWO_52).to_bits());
    let bias = V::select(subnormal, V::of(TWO_52 + 1023.0 + 54.0), V::of(TWO_52 + 1023.0));
    (exponent - bias, above & V::splat_bits((1 << 52) - 1))
}

const TWO_52: f64 = 4_503_599_627_370_496.0;
const TWO_54: f64 = 18_014_398_509_481_984.0;

/// ln(1 + f) + k ln 2 + low, 1 ulp; √½ ≤ 1 + f ≤ √2.
///
/// With s = f/(2 + f), ln(1 + f) = 2 artanh s = f - s(f - R) = f - f²/2 + s(f²/2 + R), R = 2 artanh s / s - 2 of degree 7 in s²: 2⁻⁵⁷.⁶.
/// The last form has small terms beside the exact f (Ng 1993).
#[inline(always)]
fn ln_of_sum<V: Register<Scalar = f64>>(k: V, f: V, low: V) -> V {
    let s = f / (V::of(2.0) + f);
    let z = s * s;
    let rest = z * polynomial_in_pairs(
        z,
        [
            0.666_666_666_666_667,
            0.399_999_999_998_985_67,
            0.285_714_286_265_949_47,
            0.222_222_110_235_057_56,
            0.181_828_975_092_716_6,
            0.153_314_397_976_039_05,
            0.146_199_381_231_241_04,
        ],
    );
    let half_square = V::of(0.5) * f * f;
    let small = s.mul_add(half_square + rest, k.mul_add(V::of(LN_2[1]), low));
    k.mul_add(V::of(LN_2[0]), f - (half_square - small))
}

/// The logarithm at 0, ∞, below 0 and of NaN, and what was computed elsewhere.
#[inline(always)]
fn with_special<V: Register<Scalar = f64>>(x: V, ln: V) -> V {
    let infinity = V::of(f64::INFINITY);
    let finite = V::select(V::lt(x, infinity), ln, x);
    let positive = V::select(V::lt(V::of(0.0), x), finite, V::of(f64::NAN));
    V::select(V::eq(x, V::of(0.0)), -infinity, positive)
}

/// ln x, 1 ulp.
#[inline(always)]
pub fn ln<V: Register<Scalar = f64>>(x: V) -> V {
    let least = std::f64::consts::FRAC_1_SQRT_2;
    let (k, above) = split(x, least);
    let m = V::from_bits(above + V::of(least).to_bits());
    with_special(x, ln_of_sum(k, m - V::of(1.0), V::of(0.0)))
}

/// ln(1 + x), 1 ulp.
#[inline(always)]
pub fn ln_1p<V: Register<Scalar = f64>>(x: V) -> V {
    let one = V::of(1.0);
    let sum = one + x;
    // 1 + x = sum + lost, exactly (Knuth 1969).
    let of_x = sum - one;
    let lost = (one - (sum - of_x)) + (x - of_x);
    let least = std::f64::consts::FRAC_1_SQRT_2;
    let (k, above) = split(sum, least);
    let m = V::from_bits(above + V::of(least).to_bits());
    // f + low = 2⁻ᵏ(sum + lost) - 1, exactly where k is 0.
    // 2¹⁻ᵏ and not 2⁻ᵏ, which k = 1024 has no exponent for.
    let twice_unit = V::from_bits(V::of(2.0).to_bits() + m.to_bits() - sum.to_bits());
    let lost = lost * twice_unit * V::of(0.5);
    let f = (m - one) + lost;
    let low = lost - (f - (m - one));
    let ln = ln_of_sum(k, f, low - low * f);
    V::select(V::eq(x, V::of(0.0)), x, with_special(sum, ln))
}
