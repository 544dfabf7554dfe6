//! Inverse trigonometric functions.

use crate::lane::math::by_lane;
use crate::lane::register::Register;
use crate::real::Lane;

/// By number.
#[inline(always)]
pub fn asin<V: Register<Scalar = f64>>(x: V) -> V {
    by_lane(x, x, |x, _| <f64 as Lane>::asin(x))
}

/// By number.
#[inline(always)]
pub fn acos<V: Register<Scalar = f64>>(x: V) -> V {
    by_lane(x, x, |x, _| <f64 as Lane>::acos(x))
}

/// By number.
#[inline(always)]
pub fn atan<V: Register<Scalar = f64>>(x: V) -> V {
    by_lane(x, x, |x, _| <f64 as Lane>::atan(x))
}

/// By number.
#[inline(always)]
pub fn atan2<V: Register<Scalar = f64>>(a: V, b: V) -> V {
    by_lane(a, b, <f64 as Lane>::atan2)
}
