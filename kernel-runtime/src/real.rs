//! The numbers kernels are evaluated with.

use core::fmt::{Debug, Display};
use core::iter;
use core::ops::{Add, AddAssign, Div, DivAssign, Mul, MulAssign, Neg, Sub, SubAssign};

#[cfg(feature = "std")]
use crate::engine::Precompiled as Sealed;
use crate::float;
#[cfg(not(feature = "std"))]
use sealed::Sealed;

/// Arithmetic that the stages of a kernel run on: one number, or several side by side.
///
/// Every function takes its operands by position (`Lane::exp(a)`), none is a method: a number that is both [`Real`] and
/// `Lane` then has one meaning of `a.exp()`.
#[doc(hidden)]
pub trait Lane:
    Copy + Add<Output = Self> + Sub<Output = Self> + Mul<Output = Self> + Div<Output = Self> + Neg<Output = Self>
{
    type Scalar: Real;

    fn splat(value: Self::Scalar) -> Self;
    /// A literal.
    fn of(value: f64) -> Self;

    fn exp(a: Self) -> Self;
    fn exp_m1(a: Self) -> Self;
    fn ln(a: Self) -> Self;
    fn ln_1p(a: Self) -> Self;
    fn sqrt(a: Self) -> Self;
    fn cbrt(a: Self) -> Self;
    fn sin(a: Self) -> Self;
    fn cos(a: Self) -> Self;
    fn tan(a: Self) -> Self;
    fn asin(a: Self) -> Self;
    fn acos(a: Self) -> Self;
    fn atan(a: Self) -> Self;
    fn sinh(a: Self) -> Self;
    fn cosh(a: Self) -> Self;
    fn tanh(a: Self) -> Self;
    fn erf(a: Self) -> Self;
    fn abs(a: Self) -> Self;
    fn recip(a: Self) -> Self;
    fn powi(a: Self, n: i32) -> Self;
    fn powf(a: Self, b: Self) -> Self;
    fn atan2(a: Self, b: Self) -> Self;
    /// NaN if either is: a clamp must not hide that a point was NaN.
    fn max(a: Self, b: Self) -> Self;
    /// NaN if either is.
    fn min(a: Self, b: Self) -> Self;
    /// `if a < b { then } else { otherwise }`, both computed.
    fn select_lt(a: Self, b: Self, then: Self, otherwise: Self) -> Self;
    /// `if a <= b { then } else { otherwise }`, both computed.
    fn select_le(a: Self, b: Self, then: Self, otherwise: Self) -> Self;
    /// `if a == b { then } else { otherwise }`, both computed.
    fn select_eq(a: Self, b: Self, then: Self, otherwise: Self) -> Self;
}

/// A floating-point number: `f64` or `f32`.
///
/// Bound a function by it to write it once for both. The methods have the names and the meaning of the standard
/// library's; a literal is `T::of(2.0)`.
///
/// ```
/// use kernel_runtime::{Real, sq_dist};
///
/// fn rational<T: Real>(x: &[T], y: &[T]) -> T {
///     (T::of(1.0) + sq_dist(x, y)).recip()
/// }
///
/// assert_eq!(rational(&[0.0_f64], &[1.0]), 0.5);
/// assert_eq!(rational(&[0.0_f32], &[1.0]), 0.5);
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a number that kernels are evaluated with",
    note = "points and parameters are `f64` or `f32`"
)]
pub trait Real:
    Sealed
    + Lane<Scalar = Self>
    + PartialOrd
    + AddAssign
    + SubAssign
    + MulAssign
    + DivAssign
    + iter::Sum
    + for<'a> iter::Sum<&'a Self>
    + iter::Product
    + for<'a> iter::Product<&'a Self>
    + Debug
    + Display
    + Send
    + Sync
    + 'static
{
    /// eᵃ
    #[must_use]
    fn exp(self) -> Self;
    /// eᵃ - 1, accurate near 0
    #[must_use]
    fn exp_m1(self) -> Self;
    /// Natural logarithm.
    #[must_use]
    fn ln(self) -> Self;
    /// ln(1 + a), accurate near 0
    #[must_use]
    fn ln_1p(self) -> Self;
    /// √a
    #[must_use]
    fn sqrt(self) -> Self;
    /// ∛a
    #[must_use]
    fn cbrt(self) -> Self;
    /// aⁿ for an integer n
    #[must_use]
    fn powi(self, n: i32) -> Self;
    /// aᵇ
    #[must_use]
    fn powf(self, b: Self) -> Self;
    /// 1/a
    #[must_use]
    fn recip(self) -> Self;
    /// Sine.
    #[must_use]
    fn sin(self) -> Self;
    /// Cosine.
    #[must_use]
    fn cos(self) -> Self;
    /// Tangent.
    #[must_use]
    fn tan(self) -> Self;
    /// Arcsine.
    #[must_use]
    fn asin(self) -> Self;
    /// Arccosine.
    #[must_use]
    fn acos(self) -> Self;
    /// Arctangent.
    #[must_use]
    fn atan(self) -> Self;
    /// Angle of the point (b, a) in the plane.
    #[must_use]
    fn atan2(self, b: Self) -> Self;
    /// Hyperbolic sine.
    #[must_use]
    fn sinh(self) -> Self;
    /// Hyperbolic cosine.
    #[must_use]
    fn cosh(self) -> Self;
    /// Hyperbolic tangent.
    #[must_use]
    fn tanh(self) -> Self;
    /// |a|
    #[must_use]
    fn abs(self) -> Self;
    /// The larger of two; the other one if one is NaN.
    #[must_use]
    fn max(self, b: Self) -> Self;
    /// The smaller of two; the other one if one is NaN.
    #[must_use]
    fn min(self, b: Self) -> Self;
    /// a·b + c, rounded once
    #[must_use]
    fn mul_add(self, b: Self, c: Self) -> Self;
    /// √(a² + b²) without overflow
    #[must_use]
    fn hypot(self, b: Self) -> Self;
    /// 2ᵃ
    #[must_use]
    fn exp2(self) -> Self;
    /// Logarithm to a base.
    #[must_use]
    fn log(self, base: Self) -> Self;
    /// Logarithm to base 2.
    #[must_use]
    fn log2(self) -> Self;
    /// Logarithm to base 10.
    #[must_use]
    fn log10(self) -> Self;
    /// Sine and cosine.
    #[must_use]
    fn sin_cos(self) -> (Self, Self);
    /// `low` if smaller, `high` if larger. Panics if `low > high` or one of them is NaN.
    #[must_use]
    fn clamp(self, low: Self, high: Self) -> Self;
    /// Degrees to radians.
    #[must_use]
    fn to_radians(self) -> Self;
    /// Radians to degrees.
    #[must_use]
    fn to_degrees(self) -> Self;
    /// Neither infinite nor NaN.
    #[must_use]
    fn is_finite(self) -> bool;
    /// The number in double precision, exactly.
    #[doc(hidden)]
    fn widened(a: Self) -> f64;
}

#[cfg(not(feature = "std"))]
mod sealed {
    pub trait Sealed {}
    impl Sealed for f64 {}
    impl Sealed for f32 {}
}

macro_rules! real {
    ($S:ident, $erf:path) => {
        real!(@impl $S, $erf,
            [exp exp_m1 ln ln_1p sqrt cbrt sin cos tan asin acos atan sinh cosh tanh]
            [exp2 log2 log10]
            [powf atan2 hypot log]
        );
    };
    (@impl $S:ident, $erf:path, [$($unary:ident)*] [$($real:ident)*] [$($binary:ident)*]) => {
        impl Real for $S {
            $(#[inline(always)] fn $unary(self) -> Self { float::$S::$unary(self) })*
            $(#[inline(always)] fn $real(self) -> Self { float::$S::$real(self) })*
            $(#[inline(always)] fn $binary(self, b: Self) -> Self { float::$S::$binary(self, b) })*
            #[inline(always)]
            fn powi(self, n: i32) -> Self { float::$S::powi(self, n) }
            #[inline(always)]
            fn mul_add(self, b: Self, c: Self) -> Self { float::$S::mul_add(self, b, c) }
            #[inline(always)]
            fn sin_cos(self) -> (Self, Self) { float::$S::sin_cos(self) }
            #[inline(always)]
            fn abs(self) -> Self { $S::abs(self) }
            #[inline(always)]
            fn recip(self) -> Self { $S::recip(self) }
            #[inline(always)]
            fn max(self, b: Self) -> Self { $S::max(self, b) }
            #[inline(always)]
            fn min(self, b: Self) -> Self { $S::min(self, b) }
            #[inline(always)]
            fn clamp(self, low: Self, high: Self) -> Self { $S::clamp(self, low, high) }
            #[inline(always)]
            fn to_radians(self) -> Self { $S::to_radians(self) }
            #[inline(always)]
            fn to_degrees(self) -> Self { $S::to_degrees(self) }
            #[inline(always)]
            fn is_finite(self) -> bool { $S::is_finite(self) }
            #[inline(always)]
            fn widened(a: Self) -> f64 { f64::from(a) }
        }

        impl Lane for $S {
            type Scalar = Self;

            #[inline(always)]
            fn splat(value: Self) -> Self { value }
            #[inline(always)]
            #[allow(clippy::cast_possible_truncation, reason = "a literal is rounded to the kernel's precision")]
            fn of(value: f64) -> Self { value as Self }

            $(#[inline(always)] fn $unary(a: Self) -> Self { float::$S::$unary(a) })*
            #[inline(always)]
            fn abs(a: Self) -> Self { $S::abs(a) }
            #[inline(always)]
            fn recip(a: Self) -> Self { $S::recip(a) }
            #[inline(always)]
            fn erf(a: Self) -> Self { $erf(a) }
            #[inline(always)]
            fn powi(a: Self, n: i32) -> Self { float::$S::powi(a, n) }
            #[inline(always)]
            fn powf(a: Self, b: Self) -> Self { float::$S::powf(a, b) }
            #[inline(always)]
            fn atan2(a: Self, b: Self) -> Self { float::$S::atan2(a, b) }
            // The standard library's `max` drops a NaN.
            #[inline(always)]
            fn max(a: Self, b: Self) -> Self { if a > b || a.is_nan() { a } else { b } }
            #[inline(always)]
            fn min(a: Self, b: Self) -> Self { if a < b || a.is_nan() { a } else { b } }
            #[inline(always)]
            fn select_lt(a: Self, b: Self, then: Self, otherwise: Self) -> Self { if a < b { then } else { otherwise } }
            #[inline(always)]
            fn select_le(a: Self, b: Self, then: Self, otherwise: Self) -> Self { if a <= b { then } else { otherwise } }
            #[inline(always)]
            fn select_eq(a: Self, b: Self, then: Self, otherwise: Self) -> Self { if a == b { then } else { otherwise } }
        }
    };
}

real!(f64, libm::erf);
real!(f32, libm::erff);

#[cfg(test)]
mod tests {
    use super::Lane;

    #[test]
    fn clamps_propagate_nan() {
        for (a, b) in [(f64::NAN, 0.0), (0.0, f64::NAN), (f64::NAN, f64::NAN)] {
            assert!(Lane::max(a, b).is_nan());
            assert!(Lane::min(a, b).is_nan());
        }
        assert_eq!(Lane::max(1.0, 2.0), 2.0);
        assert_eq!(Lane::max(2.0, 1.0), 2.0);
        assert_eq!(Lane::min(1.0_f32, f32::NEG_INFINITY), f32::NEG_INFINITY);
    }

    #[test]
    fn a_comparison_with_nan_is_false() {
        assert_eq!(Lane::select_lt(f64::NAN, 0.0, 1.0, 2.0), 2.0);
        assert_eq!(Lane::select_le(0.0, f64::NAN, 1.0, 2.0), 2.0);
        assert_eq!(Lane::select_eq(f64::NAN, f64::NAN, 1.0, 2.0), 2.0);
        assert_eq!(Lane::select_le(0.0, 0.0, 1.0, 2.0), 1.0);
        assert_eq!(Lane::select_lt(0.0, 0.0, 1.0, 2.0), 2.0);
    }

    #[test]
    fn a_literal_is_rounded_once() {
        assert_eq!(<f32 as Lane>::of(0.1), 0.1_f32);
    }
}
