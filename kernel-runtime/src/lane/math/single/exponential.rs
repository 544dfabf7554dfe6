//! eˣ and eˣ - 1.

use super::round;
use crate::lane::math::{by_lane, polynomial};
use crate::lane::register::Register;
use crate::real::Lane;

/// ln 2 in two parts, the first of 12 bits: its products with numbers of 12 bits are exact.
const LN_2: [f64; 2] = [0.693_115_234_375, 3.194_618_329_871_446e-5];

/// eˣ, 1 ulp, as [`double::exp`](super::double::exp); eʳ of degree 6, 2⁻²⁸.
#[inline(always)]
pub fn exp<V: Register<Scalar = f32>>(x: V) -> V {
    let x = V::max_or_second(V::of(-105.0), V::min_or_second(V::of(89.0), x));
    let k = round(x * V::of(std::f64::consts::LOG2_E));
    let r = k.mul_add(V::of(-LN_2[1]), k.mul_add(V::of(-LN_2[0]), x));
    let rest = polynomial(
        r,
        [
            0.499_999_910_593_032_84,
            0.166_665_211_319_923_4,
            4.166_896_268_725_395e-2,
            8.368_670_940_399_17e-3,
            1.378_247_747_197_747_2e-3,
        ],
    );
    V::scale((r * r).mul_add(rest, r) + V::of(1.0), k)
}

/// By number.
#[inline(always)]
pub fn exp_m1<V: Register<Scalar = f32>>(x: V) -> V {
    by_lane(x, x, |x, _| <f32 as Lane>::exp_m1(x))
}
