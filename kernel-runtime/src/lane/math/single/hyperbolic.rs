//! Hyperbolic functions.

use super::exponential::{exp_reduced, reduce};
use super::{flip, power_of_two, sign};
use crate::lane::register::Register;

/// A quarter of 2ᵏ and of 2⁻ᵏ, r, sinh r - r and cosh r - 1, where |x| = k ln 2 + r with |r| ≤ ln 2 / 2; of degree 7,
/// 2⁻³⁴ of sinh, and 6, 2⁻³³ of cosh.
///
/// sinh x and cosh x follow by the addition theorems. The quarter, for the half of 2¹²⁹ is no number.
#[inline(always)]
fn parts<V: Register<Scalar = f32>>(size: V) -> [V; 5] {
    let (k, r) = reduce(V::min_or_second(V::of(89.6), size));
    let two = V::of(2.0);
    // 2⁻¹²⁴ already adds nothing.
    let [plus, minus] = [power_of_two(k - two), power_of_two(V::max_or_second(V::of(-124.0), -k) - two)];
    let square = r * r;
    let sinh = r * square * polynomial!(square, [0.166_666_672, 8.333_192_21e-3, 1.995_847_41e-4]);
    let cosh = square * polynomial!(square, [0.5, 4.166_645_56e-2, 1.393_576_27e-3]);
    [plus, minus, r, sinh, cosh]
}

/// sinh x, 1.6 ulp.
#[inline(always)]
pub fn sinh<V: Register<Scalar = f32>>(x: V) -> V {
    let size = V::abs(x);
    let [plus, minus, r, sinh, cosh] = parts(size);
    let [sum, difference] = [plus + minus, plus - minus];
    let half = sum.mul_add(r, difference) + difference.mul_add(cosh, sum * sinh);
    // It rounds to x, of which the half may be no number.
    V::select(V::lt(size, V::of(1e-4)), x, flip(half + half, sign(x)))
}

/// cosh x, 1.5 ulp.
#[inline(always)]
pub fn cosh<V: Register<Scalar = f32>>(x: V) -> V {
    let [plus, minus, r, sinh, cosh] = parts(V::abs(x));
    let [sum, difference] = [plus + minus, plus - minus];
    // The sum is rounded for k = 12, and its terms are not.
    let half = difference.mul_add(r, plus) + sum.mul_add(cosh, difference.mul_add(sinh, minus));
    half + half
}

/// tanh x, 1.6 ulp: up to 0.55 of degree 11, 2⁻²⁹, then 1 - 2/(e²ˣ + 1).
#[inline(always)]
pub fn tanh<V: Register<Scalar = f32>>(x: V) -> V {
    let size = V::abs(x);
    let square = size * size;
    let rest =
        polynomial!(square, [-0.333_333_164, 0.133_325_577, -5.384_986_10e-2, 2.106_300_37e-2, -6.263_358_98e-3]);
    let small = (size * square).mul_add(rest, size);
    // From 10 on it rounds to 1.
    let (k, r) = reduce(V::min_or_second(V::of(20.0), size + size));
    let one = V::of(1.0);
    let large = one - V::of(2.0) / (exp_reduced(r) * power_of_two(k) + one);
    flip(V::select(V::lt(size, V::of(0.55)), small, large), sign(x))
}
