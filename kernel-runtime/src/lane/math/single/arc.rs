//! Inverse trigonometric functions.

use super::{flip, sign};
use crate::lane::register::Register;

/// π/2 and π in two parts.
const FRAC_PI_2: [f64; 2] = [1.570_796_370_506_286_6, -4.371_138_828_673_793e-8];
const PI: [f64; 2] = [3.141_592_741_012_573_2, -8.742_277_657_347_586e-8];

/// One or the other number in two parts.
#[inline(always)]
fn either<V: Register<Scalar = f32>>(mask: V::Mask, then: [f64; 2], otherwise: [f64; 2]) -> [V; 2] {
    [V::select(mask, V::of(then[0]), V::of(otherwise[0])), V::select(mask, V::of(then[1]), V::of(otherwise[1]))]
}

/// y and (arcsin s - s)·y/s with s = |x| = y, or with s = √((1 - |x|)/2) = y/2 where |x| > ½, which is the mask; of
/// degree 11, 2⁻²⁷.
#[inline(always)]
fn half_angle<V: Register<Scalar = f32>>(size: V) -> (V, V, V::Mask) {
    let large = V::lt(V::of(0.5), size);
    let square = V::select(large, size.mul_add(V::of(-0.5), V::of(0.5)), size * size);
    let root = V::root(square);
    let y = V::select(large, root + root, size);
    let rest = polynomial!(square, [0.166_667_521, 7.495_310_16e-2, 4.546_901_96e-2, 2.418_550_29e-2, 4.215_701_30e-2]);
    (y, y * square * rest, large)
}

/// arcsin x, 1.7 ulp; π/2 - 2 arcsin √((1 - x)/2) from ½ on.
#[inline(always)]
pub fn asin<V: Register<Scalar = f32>>(x: V) -> V {
    let (y, rest, large) = half_angle(V::abs(x));
    let result = V::select(large, V::of(FRAC_PI_2[0]) - (y + (rest - V::of(FRAC_PI_2[1]))), y + rest);
    flip(result, sign(x))
}

/// arccos x, 1.2 ulp, as [`asin`].
#[inline(always)]
pub fn acos<V: Register<Scalar = f32>>(x: V) -> V {
    let (y, rest, large) = half_angle(V::abs(x));
    let negative = V::lt(x, V::of(0.0));
    // π/2 - arcsin x, 2 arcsin √… or π - 2 arcsin √….
    let [end, end_rest] = either(negative, PI, [0.0; 2]);
    let [middle, middle_rest] = FRAC_PI_2;
    let base = V::select(large, end, V::of(middle));
    let base_rest = V::select(large, end_rest, V::of(middle_rest));
    let sign = sign(V::select(large, -x, x));
    base - (flip(y, sign) + (flip(rest, sign) - base_rest))
}

/// base + arctan t for |t| ≤ 1, of degree 19, 2⁻²⁸.
#[inline(always)]
fn arc<V: Register<Scalar = f32>>(base: [V; 2], t: V) -> V {
    let square = t * t;
    let rest = polynomial!(
        square,
        [
            -0.333_332_986,
            0.199_985_355,
            -0.142_641_261,
            0.109_516_546,
            -8.402_056_25e-2,
            5.793_580_03e-2,
            -3.115_776_55e-2,
            1.090_453_66e-2,
            -1.791_502_00e-3,
        ],
    );
    base[0] + (t + (t * square).mul_add(rest, base[1]))
}

/// arctan x, 1.3 ulp; π/2 - arctan(1/x) from 1 on.
#[inline(always)]
pub fn atan<V: Register<Scalar = f32>>(x: V) -> V {
    let size = V::abs(x);
    let one = V::of(1.0);
    let large = V::lt(one, size);
    let t = V::select(large, -one, size) / V::select(large, size, one);
    flip(arc(either(large, FRAC_PI_2, [0.0; 2]), t), sign(x))
}

/// Angle of the point (b, a), 1.6 ulp, as [`atan`] of the smaller coordinate over the larger.
#[inline(always)]
pub fn atan2<V: Register<Scalar = f32>>(a: V, b: V) -> V {
    let [height, width] = [V::abs(a), V::abs(b)];
    let steep = V::lt(width, height);
    let [less, more] = [V::select(steep, width, height), V::select(steep, height, width)];
    // 0/0 is to be 0, and ∞/∞ 1.
    let ratio = less / V::max_or_second(V::of(1e-45), more);
    let endless = V::of(f64::INFINITY);
    let ratio = V::select(V::eq(less, endless) & V::eq(more, endless), V::of(1.0), ratio);
    // -0 is left of the origin, too.
    let left = V::lt(V::from_bits(sign(b) | V::of(1.0).to_bits()), V::of(0.0));
    let [end, end_rest] = either(left, PI, [0.0; 2]);
    let base = [V::select(steep, V::of(FRAC_PI_2[0]), end), V::select(steep, V::of(FRAC_PI_2[1]), end_rest)];
    let turned = V::select(steep, -ratio, ratio);
    flip(arc(base, flip(turned, sign(b))), sign(a))
}
