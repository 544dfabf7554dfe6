//! Sine, cosine and tangent.
//!
//! x = qπ/2 + r with an integer q and |r| ≤ π/4, reduced in steps of which the first ones are exact
//! (Cody & Waite 1980). That holds up to [`most`]. What lies beyond is libm's.

use super::{ROUND, flip, sign};
use crate::lane::math::rare;
use crate::lane::register::Register;

/// π/2 in parts of 12 bits, whose products with numbers of 12 bits are exact, and a last one of 24; and, for products
/// that are not rounded, in three of 24.
const PARTS: [[f64; 4]; 2] = [
    [1.570_800_781_25, -4.453_584_551_811_218e-6, -8.706_138_032_721_356e-10, 6.223_371_969_669_989e-14],
    [1.570_796_370_506_286_6, -4.371_138_828_673_793e-8, -1.715_124_510_005_881_9e-15, 0.0],
];

/// The largest |x| that is reduced here; without fused multiply-add, q has no more than 12 bits.
const fn most(fused: bool) -> f64 {
    if fused { 1e5 } else { 6.4e3 }
}

/// q, and q + [`ROUND`].
#[inline(always)]
fn quadrant<V: Register<Scalar = f32>>(size: V) -> (V, V) {
    let shifted = size.mul_add(V::of(std::f64::consts::FRAC_2_PI), V::of(ROUND));
    (shifted - V::of(ROUND), shifted)
}

/// r in two parts.
#[inline(always)]
fn reduce_pair<V: Register<Scalar = f32>>(size: V, q: V) -> (V, V) {
    let [first, second, third, fourth] = PARTS[usize::from(V::FUSED)];
    let rest = q * V::of(second);
    let start = q.mul_add(V::of(-first), size);
    let r = start - rest;
    let lost = (start - r) - rest;
    if V::FUSED {
        (r, lost - q.mul_add(V::of(third), q.mul_add(V::of(second), -rest)))
    } else {
        let lost = lost - q * V::of(third);
        let sum = r + lost;
        (sum, ((r - sum) + lost) - q * V::of(fourth))
    }
}

/// r. Where the last step but one rounds, the last one is too small to: it rounds once.
#[inline(always)]
fn reduce<V: Register<Scalar = f32>>(size: V, q: V) -> V {
    if V::FUSED {
        let [first, second, third, _] = PARTS[1];
        q.mul_add(V::of(-third), q.mul_add(V::of(-second), q.mul_add(V::of(-first), size)))
    } else {
        let (r, rest) = reduce_pair(size, q);
        r + rest
    }
}

/// Whether a number that [`ROUND`] was added to is odd.
#[inline(always)]
fn is_odd<V: Register<Scalar = f32>>(shifted: V) -> V::Mask {
    V::lt(flip(V::of(1.0), V::shift_left(shifted.to_bits(), 31)), V::of(0.0))
}

/// sin(r + qπ/2) by the quadrant, q + [`ROUND`]: sin r, of degree 7, 2⁻²⁷, or cos r, of degree 8, 2⁻³³, or the
/// negative.
#[inline(always)]
fn turned_sin<V: Register<Scalar = f32>>(r: V, quadrant: V::Bits) -> V {
    let square = r * r;
    let sin = (r * square).mul_add(polynomial!(square, [-0.166_666_552, 8.332_189_17e-3, -1.951_827_43e-4]), r);
    let cos = polynomial!(square, [-0.5, 4.166_664_56e-2, -1.388_731_06e-3, 2.443_255_83e-5]);
    let cos = square.mul_add(cos, V::of(1.0));
    let negative = V::shift_left(V::shift_right(quadrant, 1), 31);
    flip(V::select(is_odd(V::from_bits(quadrant)), cos, sin), negative)
}

/// sin x, 1.6 ulp.
#[inline(always)]
pub fn sin<V: Register<Scalar = f32>>(x: V) -> V {
    let size = V::abs(x);
    let (q, shifted) = quadrant(size);
    let result = flip(turned_sin(reduce(size, q), shifted.to_bits()), sign(x));
    rare::replace::<f32, V>(!V::le(size, V::of(most(V::FUSED))), x, x, result, |x, _| libm::sinf(x))
}

/// cos x, 1.6 ulp: the sine a quadrant on.
#[inline(always)]
pub fn cos<V: Register<Scalar = f32>>(x: V) -> V {
    let size = V::abs(x);
    let (q, shifted) = quadrant(size);
    let result = turned_sin(reduce(size, q), shifted.to_bits() + V::splat_bits(1));
    rare::replace::<f32, V>(!V::le(size, V::of(most(V::FUSED))), x, x, result, |x, _| libm::cosf(x))
}

/// tan x, 1.7 ulp: that of r, of degree 15, 2⁻²⁹, or for odd q its negative reciprocal.
#[inline(always)]
pub fn tan<V: Register<Scalar = f32>>(x: V) -> V {
    let size = V::abs(x);
    let one = V::of(1.0);
    let (q, shifted) = quadrant(size);
    let (r, rest) = reduce_pair(size, q);
    let square = r * r;
    let series = polynomial!(
        square,
        [
            0.333_333_492,
            0.133_326_754,
            5.405_892_06e-2,
            2.128_612_25e-2,
            1.082_779_00e-2,
            9.765_488_36e-5,
            4.373_059_61e-3,
        ],
    );
    // The tangent's derivative is about 1 + r².
    let t = r + (r * square).mul_add(series, rest.mul_add(square, rest));
    let odd = is_odd(shifted);
    let result = V::select(odd, -one, t) / V::select(odd, t, one);
    rare::replace::<f32, V>(!V::le(size, V::of(most(V::FUSED))), x, x, flip(result, sign(x)), |x, _| libm::tanf(x))
}
