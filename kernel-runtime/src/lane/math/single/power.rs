//! Powers and roots.

use crate::lane::math::by_lane;
use crate::lane::register::Register;
use crate::real::Lane;

/// By number.
#[inline(always)]
pub fn cbrt<V: Register<Scalar = f32>>(x: V) -> V {
    by_lane(x, x, |x, _| <f32 as Lane>::cbrt(x))
}

/// By number.
#[inline(always)]
pub fn powf<V: Register<Scalar = f32>>(a: V, b: V) -> V {
    by_lane(a, b, <f32 as Lane>::powf)
}

/// By number.
#[inline(always)]
pub fn powi<V: Register<Scalar = f32>>(x: V, n: i32) -> V {
    by_lane(x, x, |x, _| <f32 as Lane>::powi(x, n))
}
