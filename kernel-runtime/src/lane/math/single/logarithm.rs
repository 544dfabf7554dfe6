//! Logarithms.

use super::exponential::LN_2;
use super::sign;
use crate::lane::math::rare;
use crate::lane::register::Register;

/// Bits of 1.
const ONE: u64 = 0x3f80_0000;

/// k and m of a normal x = 2ᵏ m with `least` ≤ m < 2·`least`, and the bits of 2ᵏ.
#[inline(always)]
pub fn split<V: Register<Scalar = f32>>(x: V, least: f32) -> (V, V, V::Bits) {
    let least = V::splat_bits(u64::from(least.to_bits()));
    let shifted = x.to_bits() - least + V::splat_bits(ONE);
    let fraction = shifted & V::splat_bits(0x007f_ffff);
    // The exponent as the last bits of a float's fraction, where it counts units: 2²³ + k + 127.
    let k = V::from_bits(V::shift_right(shifted, 23) | V::splat_bits(0x4b00_0000)) - V::of(8_388_735.0);
    (k, V::from_bits(fraction + least), shifted - fraction)
}

/// k ln 2 + ln(1 + f) for -1/3 ≤ f ≤ 1/3, of degree 10, 2⁻²⁷.
#[inline(always)]
fn ln_sum<V: Register<Scalar = f32>>(k: V, f: V) -> V {
    let rest = polynomial!(
        f,
        [
            -0.5,
            0.333_332_151,
            -0.249_997_973,
            0.200_104_460,
            -0.166_805_059,
            0.140_053_063,
            -0.121_839_724,
            0.139_868_975,
            -0.128_930_315,
        ],
    );
    k.mul_add(V::of(LN_2[0]), f + (f * f).mul_add(rest, k * V::of(LN_2[1])))
}

/// ln x, 1 ulp; x = 2ᵏ(1 + f) (Tang 1990, without his table).
#[inline(always)]
pub fn ln<V: Register<Scalar = f32>>(x: V) -> V {
    let (k, m, _) = split(x, 2.0 / 3.0);
    let usual = V::le(V::of(f32::MIN_POSITIVE.into()), x) & V::lt(x, V::of(f64::INFINITY));
    rare::replace::<f32, V>(!usual, x, x, ln_sum(k, m - V::of(1.0)), |x, _| libm::logf(x))
}

/// ln(1 + x), 1.7 ulp, as [`ln`] of the rounded sum and of what the rounding lost.
#[inline(always)]
pub fn ln_1p<V: Register<Scalar = f32>>(x: V) -> V {
    let one = V::of(1.0);
    let sum = x + one;
    let lost = x - (sum - one);
    let (k, m, power) = split(sum, 2.0 / 3.0);
    let inverse = V::from_bits(V::splat_bits(2 * ONE) - power);
    let result = ln_sum(k, lost.mul_add(inverse, m - one));
    // Of +0 and -0, each its own.
    let result = V::from_bits(V::abs(result).to_bits() | sign(x));
    // Up to where 2⁻ᵏ is normal.
    let usual = V::lt(V::of(-1.0), x) & V::lt(x, V::of(5e37));
    rare::replace::<f32, V>(!usual, x, x, result, |x, _| libm::log1pf(x))
}
