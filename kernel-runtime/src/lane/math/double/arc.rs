//! Inverse trigonometric functions.

use std::f64::consts::FRAC_PI_2;

use super::signed;
use crate::lane::register::Register;

/// What π/2 is more than the number next to it. That has three zeros for last bits, so that ½, 1, 3/2 and 2 times it
/// are exact.
const FRAC_PI_2_LOW: f64 = 6.123_233_995_736_766e-17;

/// The largest number whose double is finite.
const HALF_MAX: f64 = f64::MAX / 2.0;

/// asin s = s + rest, where s is |x|, and beyond ½, where asin is `steep`, √((1 - |x|)/2): the sine of half of
/// acos |x|.
struct Half<V: Register> {
    steep: V::Mask,
    s: V,
    rest: V,
}

/// s + s³p(s²) of degree 25, 2⁻⁵⁵.⁹.
#[inline(always)]
fn half<V: Register<Scalar = f64>>(x: V) -> Half<V> {
    let x = V::abs(x);
    let steep = V::lt(V::of(0.5), x);
    let square = V::select(steep, V::of(0.5) - V::of(0.5) * x, x * x);
    let s = V::select(steep, V::root(square), x);
    let rest = polynomial_in_pairs!(
        square,
        [
            0.166_666_666_666_654_08,
            7.500_000_000_337_102e-2,
            4.464_285_682_827_013e-2,
            3.038_195_913_898_112_5e-2,
            2.237_175_800_873_783_5e-2,
            1.735_970_531_637_236e-2,
            1.388_523_060_203_971_5e-2,
            1.216_924_034_452_072_4e-2,
            6.527_862_707_984_047e-3,
            1.952_854_689_638_849_2e-2,
            -1.622_466_016_607_629_7e-2,
            3.191_252_891_780_875e-2,
        ],
    );
    Half { steep, s, rest: s * square * rest }
}

/// asin x, 1.3 ulp.
///
/// asin s, or π/2 - 2 asin s. NaN for |x| > 1 comes from the root.
#[inline(always)]
pub fn asin<V: Register<Scalar = f64>>(x: V) -> V {
    let Half { steep, s, rest } = half(x);
    let turn = V::select(steep, V::of(FRAC_PI_2), V::of(0.0));
    let turn_low = V::select(steep, V::of(FRAC_PI_2_LOW), V::of(0.0));
    let times = V::select(steep, V::of(-2.0), V::of(1.0));
    signed(sum(turn, turn_low, times * s, times * rest), x)
}

/// acos x, 1.2 ulp.
///
/// π/2 ∓ asin s, or 2 asin s and π - 2 asin s.
#[inline(always)]
pub fn acos<V: Register<Scalar = f64>>(x: V) -> V {
    let Half { steep, s, rest } = half(x);
    let negative = V::lt(x, V::of(0.0));
    let quarters = V::select(steep, V::select(negative, V::of(2.0), V::of(0.0)), V::of(1.0));
    let times = signed(V::select(steep, V::of(2.0), V::of(-1.0)), V::select(negative, V::of(-1.0), V::of(1.0)));
    sum(quarters * V::of(FRAC_PI_2), quarters * V::of(FRAC_PI_2_LOW), times * s, times * rest)
}

/// a + a₁ + b + b₁ for |a| ≥ |b| or a = 0: a + b is exact in two numbers (Dekker 1971).
#[inline(always)]
fn sum<V: Register<Scalar = f64>>(a: V, a_low: V, b: V, b_low: V) -> V {
    let sum = a + b;
    let lost = a - sum + b;
    sum + (lost + (a_low + b_low))
}

/// `quarters` π/2 ± atan(n/d) for 0 ≤ n ≤ d, d > 0, of the sign of `sign`.
///
/// Beyond ½, atan(n/d) = π/4 + atan((n - d)/(n + d)), with n - d exact (Sterbenz 1974). The arctangent of degree 25,
/// 2⁻⁵⁷.⁷.
#[inline(always)]
fn octant<V: Register<Scalar = f64>>(n: V, d: V, quarters: V, sign: V) -> V {
    let wide = V::lt(d, n + n);
    let t = V::select(wide, n - d, n) / V::select(wide, n + d, d);
    let square = t * t;
    let rest = polynomial_in_pairs!(
        square,
        [
            -0.333_333_333_333_329_8,
            0.199_999_999_999_031_23,
            -0.142_857_142_763_874_6,
            0.111_111_106_597_088_77,
            -9.090_896_246_524_784e-2,
            7.692_073_939_411_088e-2,
            -6.663_810_877_468_25e-2,
            5.858_300_584_703_023e-2,
            -5.122_012_812_093_896e-2,
            4.186_522_989_600_964_5e-2,
            -2.743_523_444_709_722_3e-2,
            1.011_703_755_257_075_2e-2,
        ],
    );
    let quarters = quarters + signed(V::select(wide, V::of(0.5), V::of(0.0)), sign);
    let t = signed(t, sign);
    sum(quarters * V::of(FRAC_PI_2), quarters * V::of(FRAC_PI_2_LOW), t, t * square * rest)
}

/// atan x, 1.4 ulp.
///
/// π/2 - atan(1/|x|) beyond 1.
#[inline(always)]
pub fn atan<V: Register<Scalar = f64>>(x: V) -> V {
    let a = V::abs(x);
    let steep = V::lt(V::of(1.0), a);
    let n = V::select(steep, V::of(1.0), a);
    let d = V::select(steep, a, V::of(1.0));
    let quarters = V::select(steep, V::of(1.0), V::of(0.0));
    signed(octant(n, d, quarters, V::select(steep, V::of(-1.0), V::of(1.0))), x)
}

/// The angle of the point (x, y), 1.5 ulp.
///
/// The angle to the nearer axis, and from there.
#[inline(always)]
pub fn atan2<V: Register<Scalar = f64>>(y: V, x: V) -> V {
    let (a, b) = (V::abs(y), V::abs(x));
    let steep = V::lt(b, a);
    let (mut n, mut d) = (V::select(steep, b, a), V::select(steep, a, b));
    let rare = V::eq(d, V::of(0.0)) | V::lt(V::of(HALF_MAX), d);
    if V::any(rare) {
        // 0/0 is as 0/1 and ∞/∞ as 1/1. No sum shall overflow; where n loses bits, n/d is 0 all the same.
        let infinite = V::eq(n, V::of(f64::INFINITY)) & V::eq(n, d);
        let scale = V::select(rare, V::of(0.25), V::of(1.0));
        n = V::select(infinite, V::of(1.0), n * scale);
        d = V::select(infinite | V::eq(d, V::of(0.0)), V::of(1.0), d * scale);
    }
    let behind = signed(V::of(1.0), x);
    let sign = signed(V::select(steep, V::of(-1.0), V::of(1.0)), x);
    let quarters = V::select(steep, V::of(1.0), V::of(1.0) - behind);
    signed(octant(n, d, quarters, sign), y)
}
