//! Logarithms.

use super::exponential::LN_2;
use crate::lane::register::Register;

/// x = 2ᵏm, for positive finite x: k, and the bits of m above those of a number from ½ to 1 that is the least m.
#[inline(always)]
fn split<V: Register<Scalar = f64>>(x: V, least: f64) -> (V, V::Bits) {
    let subnormal = V::lt(x, V::of(f64::MIN_POSITIVE));
    let (k, above) = split_normal(V::select(subnormal, x * V::of(TWO_54), x), least);
    (V::select(subnormal, k - V::of(54.0), k), above)
}

/// The same for x that is not subnormal.
#[inline(always)]
fn split_normal<V: Register<Scalar = f64>>(x: V, least: f64) -> (V, V::Bits) {
    let above = x.to_bits() + V::splat_bits(1.0_f64.to_bits() - least.to_bits());
    let exponent = V::from_bits(V::shift_right(above, 52) | V::of(TWO_52).to_bits());
    (exponent - V::of(TWO_52 + 1023.0), above & V::splat_bits((1 << 52) - 1))
}

const TWO_52: f64 = 4_503_599_627_370_496.0;
const TWO_54: f64 = 18_014_398_509_481_984.0;

/// ln(1 + f) + k ln 2 + low, 1 ulp; √½ ≤ 1 + f ≤ √2.
///
/// With s = f/(2 + f), ln(1 + f) = 2 artanh s = f - s(f - R) = f - f²/2 + s(f²/2 + R), R = 2 artanh s / s - 2 of degree
/// 7 in s²: 2⁻⁵⁷.⁶. The last form has small terms beside the exact f (Ng 1993).
#[inline(always)]
fn ln_of_sum<V: Register<Scalar = f64>>(k: V, f: V, low: V) -> V {
    let s = f / (V::of(2.0) + f);
    let z = s * s;
    let rest = z * polynomial_in_pairs!(
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

/// Numbers c of 21 bits about 1/m in sixteen parts of a binade that begins at 0.703125, of which one, with c = 1, is
/// about m = 1.
static RECIPROCALS: [f64; 16] = [
    1.389_395_713_806_152_3,
    1.334_560_394_287_109_4,
    1.280_024_528_503_418,
    1.233_477_592_468_261_7,
    1.180_746_078_491_211,
    1.144_852_638_244_629,
    1.106_676_101_684_570_3,
    1.062_311_172_485_351_6,
    1.037_580_490_112_304_7,
    1.0,
    0.942_584_037_780_761_7,
    0.888_883_590_698_242_2,
    0.842_570_304_870_605_5,
    0.797_259_330_749_511_7,
    0.765_764_236_450_195_3,
    0.724_478_721_618_652_3,
];

/// -ln c: the c are those for which this is within 2⁻⁶⁷ of a number (Gal 1986).
static LOGARITHMS: [f64; 16] = [
    -0.328_868_914_347_566_93,
    -0.288_601_944_954_645,
    -0.246_879_240_641_215_2,
    -0.209_837_491_008_136_7,
    -0.166_146_508_586_974_36,
    -0.135_275_928_500_587_1,
    -0.101_361_019_842_532_24,
    -6.044_688_600_857_512e-2,
    -3.689_155_094_461_632e-2,
    0.0,
    5.913_019_888_078_779e-2,
    0.117_788_996_138_624_63,
    0.171_298_172_319_571_45,
    0.226_575_269_492_208_2,
    0.266_880_941_930_227_43,
    0.322_302_887_399_211_04,
];

/// ln x in two parts for positive finite x, the first rounded: 2⁻⁶⁴.
#[inline(always)]
pub fn ln_in_two<V: Register<Scalar = f64>>(x: V) -> (V, V) {
    of_parts_in_two(split(x, LEAST))
}

/// The same for x that is not subnormal.
#[inline(always)]
pub fn ln_in_two_of_normal<V: Register<Scalar = f64>>(x: V) -> (V, V) {
    of_parts_in_two(split_normal(x, LEAST))
}

/// Where a binade of [`RECIPROCALS`] begins.
const LEAST: f64 = 0.703_125;

/// ln m = ln(1 + r) - ln c where r = cm - 1 (Tang 1990), |r| ≤ 2⁻⁵; r - r²/2 in two parts, and of degree 11, 2⁻⁶⁶.
#[inline(always)]
fn of_parts_in_two<V: Register<Scalar = f64>>((k, above): (V, V::Bits)) -> (V, V) {
    let m = V::from_bits(above + V::of(LEAST).to_bits());
    let part = V::shift_right(above, 48);
    let (c, ln_c) = (V::pick(&RECIPROCALS, part), V::pick(&LOGARITHMS, part));
    // r + r_low, exactly, where r has fewer bits the smaller it is; and ln(1 + r + r_low) - ln(1 + r).
    let (r, of_low) = if V::FUSED {
        let product = c * m;
        let (r, r_low) = (product - V::of(1.0), c.mul_add(m, -product));
        (r, r_low.mul_add(r * r - r, r_low))
    } else {
        let head = short(m);
        let of_head = head * c - V::of(1.0);
        let of_tail = (m - head) * c;
        let r = of_head + of_tail;
        let r_low = of_tail - (r - of_head);
        (r, r_low - r_low * r)
    };
    // r² = square + square_low
    let whole = r * r;
    let (square, square_low) = if V::FUSED {
        (whole, r.mul_add(r, -whole))
    } else {
        let head = short(r);
        (head * head, (r - head) * (r + head))
    };
    let half = V::of(-0.5);
    let rest = polynomial_in_pairs!(
        r,
        [
            0.333_333_333_333_333_3,
            -0.249_999_999_999_996_92,
            0.200_000_000_000_235_27,
            -0.166_666_666_707_205_2,
            0.142_857_142_060_800_3,
            -0.124_999_855_833_858_23,
            0.111_112_064_262_423_15,
            -0.100_189_914_198_107_12,
            9.061_131_300_973_864e-2,
        ],
    );
    // Each of these sums has its larger term first, or it is 0.
    let (sum, low_1) = fast_sum(k * V::of(LN_2[0]), ln_c);
    let (sum, low_2) = fast_sum(sum, r);
    let (sum, low_3) = fast_sum(sum, half * square);
    let small = half.mul_add(square_low, of_low) + (whole * r) * rest;
    fast_sum(sum, k.mul_add(V::of(LN_2[1]), low_1 + low_2 + low_3) + small)
}

/// a + b = sum + low, exactly, for |a| ≥ |b| (Dekker 1971).
#[inline(always)]
fn fast_sum<V: Register<Scalar = f64>>(a: V, b: V) -> (V, V) {
    let sum = a + b;
    (sum, b - (sum - a))
}

/// The first 26 bits of a number: products of two such are exact, and the rest has 27.
#[inline(always)]
pub fn short<V: Register<Scalar = f64>>(x: V) -> V {
    V::from_bits(x.to_bits() & V::splat_bits(!((1 << 27) - 1)))
}
