//! Logarithms.

use crate::lane::math::by_lane;
use crate::lane::register::Register;
use crate::real::Lane;

/// By number.
#[inline(always)]
pub fn ln<V: Register<Scalar = f32>>(x: V) -> V {
    by_lane(x, x, |x, _| <f32 as Lane>::ln(x))
}

/// By number.
#[inline(always)]
pub fn ln_1p<V: Register<Scalar = f32>>(x: V) -> V {
    by_lane(x, x, |x, _| <f32 as Lane>::ln_1p(x))
}
