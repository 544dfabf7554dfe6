//! eˣ and eˣ - 1.

use super::round;
use crate::lane::math::{by_lane, polynomial};
use crate::lane::register::Register;
use crate::real::Lane;

/// ln 2 in two parts, the first of 32 bits: its products with numbers of 21 bits are exact.
const LN_2: [f64; 2] = [0.693_147_180_601_954_5, -4.200_915_072_681_084_6e-11];

/// eˣ, 1 ulp.
///
/// x = k ln 2 + r with |r| ≤ ln 2 / 2, reduced in two steps (Cody & Waite 1980); eʳ of degree 11, 2⁻⁵⁷.⁹.
#[inline(always)]
pub fn exp<V: Register<Scalar = f64>>(x: V) -> V {
    // Beyond these the result is 0 or infinite. A NaN passes.
    let x = V::max_or_second(V::of(-746.0), V::min_or_second(V::of(710.0), x));
    let k = round(x * V::of(std::f64::consts::LOG2_E));
    let r = k.mul_add(V::of(-LN_2[1]), k.mul_add(V::of(-LN_2[0]), x));
    let rest = polynomial(
        r,
        [
            0.500_000_000_000_000_1,
            0.166_666_666_666_664_24,
            4.166_666_666_652_703e-2,
            8.333_333_333_487_045e-3,
            1.388_888_894_431_961_7e-3,
            1.984_126_952_249_767_3e-4,
            2.480_149_248_959_043e-5,
            2.755_757_224_585_234_9e-6,
            2.763_044_778_677_185_4e-7,
            2.500_451_041_542_390_8e-8,
        ],
    );
    V::scale((r * r).mul_add(rest, r) + V::of(1.0), k)
}

/// By number.
#[inline(always)]
pub fn exp_m1<V: Register<Scalar = f64>>(x: V) -> V {
    by_lane(x, x, |x, _| <f64 as Lane>::exp_m1(x))
}
