//! Sine, cosine and tangent.

use crate::lane::math::by_lane;
use crate::lane::register::Register;
use crate::real::Lane;

/// By number.
#[inline(always)]
pub fn sin<V: Register<Scalar = f64>>(x: V) -> V {
    by_lane(x, x, |x, _| <f64 as Lane>::sin(x))
}

/// By number.
#[inline(always)]
pub fn cos<V: Register<Scalar = f64>>(x: V) -> V {
    by_lane(x, x, |x, _| <f64 as Lane>::cos(x))
}

/// By number.
#[inline(always)]
pub fn tan<V: Register<Scalar = f64>>(x: V) -> V {
    by_lane(x, x, |x, _| <f64 as Lane>::tan(x))
}
