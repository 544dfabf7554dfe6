//! The error function.

use crate::lane::math::by_lane;
use crate::lane::register::Register;
use crate::real::Lane;

/// By number.
#[inline(always)]
pub fn erf<V: Register<Scalar = f32>>(x: V) -> V {
    by_lane(x, x, |x, _| <f32 as Lane>::erf(x))
}
