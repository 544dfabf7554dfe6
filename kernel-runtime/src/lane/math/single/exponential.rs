//! eˣ and eˣ - 1.

use super::{ROUND, power_of_two};
use crate::lane::register::Register;

/// ln 2 in two parts, the first of 12 bits: its products with numbers of 12 bits are exact.
pub const LN_2: [f64; 2] = [0.693_115_234_375, 3.194_618_329_871_446e-5];

/// k and r of x = k ln 2 + r with an integer k and |r| ≤ ln 2 / 2.
#[inline(always)]
pub fn reduce<V: Register<Scalar = f32>>(x: V) -> (V, V) {
    let k = x.mul_add(V::of(std::f64::consts::LOG2_E), V::of(ROUND)) - V::of(ROUND);
    (k, k.mul_add(V::of(-LN_2[1]), k.mul_add(V::of(-LN_2[0]), x)))
}

/// eʳ for |r| ≤ ln 2 / 2, of degree 6, 2⁻²⁸.
#[inline(always)]
pub fn exp_reduced<V: Register<Scalar = f32>>(r: V) -> V {
    polynomial!(
        r,
        [
            1.0,
            1.0,
            0.499_999_910_593_032_84,
            0.166_665_211_319_923_4,
            4.166_896_268_725_395e-2,
            8.368_670_940_399_17e-3,
            1.378_247_747_197_747_2e-3,
        ],
    )
}

/// eˣ, 1.2 ulp, as [`double::exp`](super::double::exp).
#[inline(always)]
pub fn exp<V: Register<Scalar = f32>>(x: V) -> V {
    let (k, r) = reduce(V::max_or_second(V::of(-105.0), V::min_or_second(V::of(89.0), x)));
    V::scale(exp_reduced(r), k)
}

/// eˣ - 1 = 2ᵏ(eʳ - 1) + (2ᵏ - 1), 1.3 ulp; eʳ - 1 of degree 6, 2⁻²⁶.
///
/// The terms are added by size: where they cancel, k = ±1, the larger ones are exact.
#[inline(always)]
pub fn exp_m1<V: Register<Scalar = f32>>(x: V) -> V {
    let (k, r) = reduce(V::max_or_second(V::of(-18.0), V::min_or_second(V::of(89.0), x)));
    // Half of it all, for 2¹²⁸ is no number.
    let power = power_of_two(k - V::of(1.0));
    let rest = polynomial!(
        r,
        [
            0.499_999_970_197_677_6,
            0.166_665_434_837_341_3,
            4.166_750_237_345_695_5e-2,
            8.366_539_143_025_876e-3,
            1.386_455_609_463_155_3e-3,
        ],
    );
    let half = power.mul_add(r * r * rest, power.mul_add(r, power - V::of(0.5)));
    // eˣ - 1 rounds to x, of which the half may be no number, and -0 keeps its sign.
    V::select(V::lt(V::abs(x), V::of(1e-8)), x, half + half)
}
