//! Hyperbolic functions.

use crate::lane::math::by_lane;
use crate::lane::register::Register;
use crate::real::Lane;

/// By number.
#[inline(always)]
pub fn sinh<V: Register<Scalar = f64>>(x: V) -> V {
    by_lane(x, x, |x, _| <f64 as Lane>::sinh(x))
}

/// By number.
#[inline(always)]
pub fn cosh<V: Register<Scalar = f64>>(x: V) -> V {
    by_lane(x, x, |x, _| <f64 as Lane>::cosh(x))
}

/// By number.
#[inline(always)]
pub fn tanh<V: Register<Scalar = f64>>(x: V) -> V {
    by_lane(x, x, |x, _| <f64 as Lane>::tanh(x))
}
