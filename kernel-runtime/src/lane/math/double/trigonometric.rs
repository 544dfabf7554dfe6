//! Sine, cosine and tangent.

use std::f64::consts::{FRAC_2_PI, FRAC_PI_2};

use super::{ROUND, signed};
use crate::lane::math::rare;
use crate::lane::register::Register;

/// π/2 in three parts, of which the first two are so short that their products with k are exact, and the largest |x|
/// reduced by them.
///
/// No double but 0 is nearer than 2⁻⁶⁰ to a multiple of π/2 (Kahan 1983), so what remains is exact to 2⁻¹¹³ for the
/// rounding of the last product to be lost in it.
struct Quarter {
    parts: [f64; 3],
    bound: f64,
}

impl Quarter {
    /// 53 bits, as what is fused is exact, and 29 for k of 24.
    const FUSED: Self =
        Self { parts: [FRAC_PI_2, 6.123_233_994_092_14e-17, 1.644_625_693_632_425_8e-26], bound: 2.5e7 };
    /// 38 bits each, for k of 15.
    const SPLIT: Self = Self {
        parts: [1.570_796_326_792_333_3, 2.563_344_151_597_190_7e-12, -2.671_890_733_861_015_5e-24],
        bound: 5e4,
    };

    const fn of<V: Register>() -> Self {
        if V::FUSED { Self::FUSED } else { Self::SPLIT }
    }
}

/// |x| = kπ/2 + r + low with |r| ≤ π/4.
struct Reduced<V> {
    r: V,
    low: V,
    /// r + low
    sum: V,
    /// Of k + `ahead`: ±0 where it is even, ±2 where it is odd, negative where it is 2 or 3 mod 4.
    turn: V,
}

/// In three steps (Cody & Waite 1980). The first is exact, as x, kπ₁ and their difference are multiples of one power of
/// two.
#[inline(always)]
fn reduced<V: Register<Scalar = f64>>(x: V, ahead: f64) -> Reduced<V> {
    let parts = const { Quarter::of::<V>() }.parts;
    let x = V::abs(x);
    let rounded = x.mul_add(V::of(FRAC_2_PI), V::of(ROUND));
    let k = rounded - V::of(ROUND);
    let first = k.mul_add(V::of(-parts[0]), x);
    let r = k.mul_add(V::of(-parts[1]), first);
    let sum = k.mul_add(V::of(-parts[2]), r);
    let low = k.mul_add(V::of(-parts[2]), k.mul_add(V::of(-parts[1]), first - r));
    // Its last two bits are those of the integer. They become the sign and the first bit of the exponent.
    let turn = V::from_bits(V::shift_left((rounded + V::of(ahead)).to_bits(), 62));
    Reduced { r, low, sum, turn }
}

/// Of (sin r - r)/r and of cos r - 1 in powers of r² from the first on: the sine is of degree 13, 2⁻⁵⁷.⁸, the cosine of
/// degree 14, 2⁻⁶³.⁸.
const COEFFICIENTS: [[f64; 2]; 7] = [
    [-0.166_666_666_666_666_3, -0.5],
    [8.333_333_333_321_924e-3, 4.166_666_666_666_659e-2],
    [-1.984_126_982_946_497e-4, -1.388_888_888_887_234_7e-3],
    [2.755_731_358_503_001_4e-6, 2.480_158_728_846_751_7e-5],
    [-2.505_074_281_420_656_4e-8, -2.755_731_408_077_065e-7],
    [1.589_597_502_800_739_8e-10, 2.087_568_874_502_671_4e-9],
    [0.0, -1.135_796_329_362_48e-11],
];

/// sin(|x| + ahead π/2)
///
/// A polynomial of which each coefficient is chosen takes fewer multiplications than the choice between two.
#[inline(always)]
fn sine_ahead<V: Register<Scalar = f64>>(x: V, ahead: f64) -> V {
    let Reduced { sum: r, turn, .. } = reduced(x, ahead);
    let square = r * r;
    let even = V::eq(turn, V::of(0.0));
    let mut sum: V = one_of(even, COEFFICIENTS[6]);
    for &pair in COEFFICIENTS[..6].iter().rev() {
        sum = sum.mul_add(square, one_of(even, pair));
    }
    let first = V::select(even, r, V::of(1.0));
    signed((first * square).mul_add(sum, first), turn)
}

#[inline(always)]
fn one_of<V: Register<Scalar = f64>>(first: V::Mask, pair: [f64; 2]) -> V {
    V::select(first, V::of(pair[0]), V::of(pair[1]))
}

/// The value, and where the reduction of x is not exact that of libm's function.
#[inline(always)]
fn or_large<V: Register<Scalar = f64>>(x: V, value: V, function: fn(f64, f64) -> f64) -> V {
    let bound = V::of(const { Quarter::of::<V>() }.bound);
    rare::replace::<f64, V>(V::lt(bound, V::abs(x)), x, x, value, function)
}

/// sin x, 1.5 ulp.
#[inline(always)]
pub fn sin<V: Register<Scalar = f64>>(x: V) -> V {
    or_large(x, signed(sine_ahead(x, 0.0), x), |x, _| libm::sin(x))
}

/// cos x, 1.5 ulp.
#[inline(always)]
pub fn cos<V: Register<Scalar = f64>>(x: V) -> V {
    or_large(x, sine_ahead(x, 1.0), |x, _| libm::cos(x))
}

/// tan x, 1.6 ulp.
///
/// t + t₁ = tan r of degree 29, 2⁻⁵⁶.², with t₁ what was lost in rounding to t. For odd k, -1/(t + t₁) = q + q²t₁ with
/// q = -1/t.
#[inline(always)]
pub fn tan<V: Register<Scalar = f64>>(x: V) -> V {
    let Reduced { r, low, turn, .. } = reduced(x, 0.0);
    let square = r * r;
    let rest = polynomial_in_pairs!(
        square,
        [
            0.333_333_333_333_327_8,
            0.133_333_333_334_141_24,
            5.396_825_392_688_858e-2,
            2.186_948_960_399_421_8e-2,
            8.863_219_231_867_62e-3,
            3.592_288_489_616_039e-3,
            1.454_761_441_043_936_1e-3,
            5.950_504_976_992_01e-4,
            2.224_209_536_170_226e-4,
            1.364_420_990_138_707_4e-4,
            -2.626_990_952_096_340_8e-5,
            8.934_643_188_455_517e-5,
            -4.481_977_912_625_237e-5,
            2.084_967_718_221_766e-5,
        ],
    );
    let rest = (r * square).mul_add(rest, low);
    let tangent = r + rest;
    let lost = r - tangent + rest;
    let inverse = V::of(-1.0) / tangent;
    let inverse = (inverse * inverse).mul_add(lost, inverse);
    let even = V::eq(turn, V::of(0.0));
    or_large(x, signed(V::select(even, tangent, inverse), x), |x, _| libm::tan(x))
}
