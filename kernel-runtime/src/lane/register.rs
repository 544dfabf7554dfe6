//! What elementary functions ask of a register, and the macros that write one down as a list of intrinsics.

use std::ops::{Add, BitAnd, BitOr, BitXor, Not, Sub};

use super::Vector;

/// A register whose numbers are also seen as bits.
pub trait Register: Vector {
    /// An unsigned integer as wide as the number, beside each other. Sums wrap around.
    type Bits: Copy
        + BitAnd<Output = Self::Bits>
        + BitOr<Output = Self::Bits>
        + BitXor<Output = Self::Bits>
        + Add<Output = Self::Bits>
        + Sub<Output = Self::Bits>;
    /// A truth value per number.
    type Mask: Copy + BitAnd<Output = Self::Mask> + BitOr<Output = Self::Mask> + Not<Output = Self::Mask>;

    /// Whether [`mul_add`](Vector::mul_add) rounds once.
    const FUSED: bool;

    fn to_bits(self) -> Self::Bits;
    fn from_bits(bits: Self::Bits) -> Self;
    /// The same bits everywhere; of `bits` as many as the number has.
    fn splat_bits(bits: u64) -> Self::Bits;
    fn shift_left(bits: Self::Bits, by: u32) -> Self::Bits;
    /// Zeros come in.
    fn shift_right(bits: Self::Bits, by: u32) -> Self::Bits;

    /// a < b, as the others false if either is NaN
    fn lt(a: Self, b: Self) -> Self::Mask;
    /// a <= b
    fn le(a: Self, b: Self) -> Self::Mask;
    /// a == b
    fn eq(a: Self, b: Self) -> Self::Mask;
    fn select(mask: Self::Mask, then: Self, otherwise: Self) -> Self;
    /// Whether it is true anywhere.
    fn any(mask: Self::Mask) -> bool;

    /// The larger, b if either is NaN.
    fn max_or_second(a: Self, b: Self) -> Self;
    /// The smaller, b if either is NaN.
    fn min_or_second(a: Self, b: Self) -> Self;
    /// √a, correctly rounded.
    fn root(a: Self) -> Self;
    /// a·2ᵏ rounded once, for integers k with |k| ≤ 2000 (f64), 250 (f32) and ½ ≤ |a| ≤ 2.
    fn scale(a: Self, k: Self) -> Self;

    /// Whether [`scale`](Self::scale) is an instruction, which takes any a and k, ⌊k⌋ of a fraction, and to which
    /// NaN·2^∞ is ∞.
    const SCALES: bool;
    /// Whether to [`pick`](Self::pick) from 16 numbers is as cheap as from 8.
    const PICKS_SIXTEEN: bool;
    /// Of a table of 8 or 16 numbers those that the last 3 or 4 bits of the indices tell.
    fn pick<const N: usize>(table: &[Self::Scalar; N], index: Self::Bits) -> Self;
}

/// Functions of a register, each an expression in intrinsics.
macro_rules! intrinsics {
    ($(fn $name:ident($($argument:ident: $type:ty),*) $(-> $output:ty)? { $body:expr })*) => {
        $(
            #[inline(always)]
            fn $name($($argument: $type),*) $(-> $output)? {
                // SAFETY: detected, see `lane`; what reads and writes memory asserts its length first.
                unsafe { $body }
            }
        )*
    };
}

/// Operators of a newtype, each an intrinsic.
macro_rules! operators {
    ($T:ident: $($Trait:ident $method:ident $intrinsic:ident),*) => {
        $(
            impl $Trait for $T {
                type Output = Self;

                #[inline(always)]
                fn $method(self, b: Self) -> Self {
                    // SAFETY: detected, see `lane`.
                    Self(unsafe { $intrinsic(self.0, b.0) })
                }
            }
        )*
    };
}

/// What is the same for the registers of all instruction sets, given their [`Register`] and the features that their
/// level enables.
///
/// Elementary functions of more than a few instructions are functions of their own, compiled once: inlined into every
/// kernel they would cost its compilation more than the call costs its evaluation.
macro_rules! lanes {
    ($V:ident, $S:ident, $math:ident $(, $features:literal)?) => {
        impl std::ops::Neg for $V {
            type Output = Self;

            #[inline(always)]
            fn neg(self) -> Self {
                Self::from_bits(self.to_bits() ^ <$V as $crate::real::Lane>::splat(-0.0).to_bits())
            }
        }

        impl $crate::lane::Apart for $V {
            #[inline(always)]
            fn apart<T: $crate::lane::Task<$S>>(task: T) -> T::Output {
                #[inline(never)]
                $(#[target_feature(enable = $features)])?
                fn apart<T: $crate::lane::Task<$S>>(task: T) -> T::Output { task.run::<$V>() }
                apart!(apart(task) $(, $features)?)
            }
        }

        impl $crate::real::Lane for $V {
            type Scalar = $S;

            #[inline(always)]
            fn splat(value: $S) -> Self { Self::broadcast(value) }
            #[inline(always)]
            #[allow(clippy::cast_possible_truncation, trivial_numeric_casts, reason = "a literal is rounded to the kernel's precision")]
            fn of(value: f64) -> Self { Self::broadcast(value as $S) }

            #[inline(always)]
            fn exp(a: Self) -> Self { $crate::lane::math::$math::exp(a) }
            #[inline(always)]
            fn sqrt(a: Self) -> Self { Self::root(a) }
            #[inline(always)]
            fn abs(a: Self) -> Self { Self::from_bits(a.to_bits() & Self::splat_bits(!(1 << (8 * size_of::<$S>() - 1)))) }
            #[inline(always)]
            fn recip(a: Self) -> Self { Self::broadcast(1.0) / a }
            #[inline(always)]
            fn max(a: Self, b: Self) -> Self { Self::select(Self::eq(a, a), Self::max_or_second(a, b), a) }
            #[inline(always)]
            fn min(a: Self, b: Self) -> Self { Self::select(Self::eq(a, a), Self::min_or_second(a, b), a) }
            #[inline(always)]
            fn select_lt(a: Self, b: Self, then: Self, otherwise: Self) -> Self { Self::select(Self::lt(a, b), then, otherwise) }
            #[inline(always)]
            fn select_le(a: Self, b: Self, then: Self, otherwise: Self) -> Self { Self::select(Self::le(a, b), then, otherwise) }
            #[inline(always)]
            fn select_eq(a: Self, b: Self, then: Self, otherwise: Self) -> Self { Self::select(Self::eq(a, b), then, otherwise) }

            #[inline(always)]
            fn powi(a: Self, n: i32) -> Self { $crate::lane::math::$math::powi(a, n) }
            called!($V, $math $(, $features)?:
                exp_m1(a) ln(a) ln_1p(a) cbrt(a) powf(a, b) sin(a) cos(a) tan(a) asin(a) acos(a) atan(a) atan2(a, b)
                sinh(a) cosh(a) tanh(a) erf(a));
        }
    };
}

/// A call of a function with features, if there are some.
macro_rules! apart {
    ($call:expr) => {
        $call
    };
    ($call:expr, $features:literal) => {
        // SAFETY: detected, see `lane`.
        unsafe { $call }
    };
}

/// Elementary functions that are called, not inlined.
macro_rules! called {
    ($V:ident, $math:ident: $($function:ident($($argument:ident),*))*) => {
        $(
            #[inline(never)]
            fn $function($($argument: Self),*) -> Self { $crate::lane::math::$math::$function($($argument),*) }
        )*
    };
    ($V:ident, $math:ident, $features:literal: $($function:ident $arguments:tt)*) => {
        $(called!(@ $V, $math, $features, $function $arguments);)*
    };
    (@ $V:ident, $math:ident, $features:literal, $function:ident($($argument:ident),*)) => {
        #[inline(always)]
        fn $function($($argument: Self),*) -> Self {
            #[inline(never)]
            #[target_feature(enable = $features)]
            fn called($($argument: $V),*) -> $V { $crate::lane::math::$math::$function($($argument),*) }
            // SAFETY: detected, see `lane`.
            unsafe { called($($argument),*) }
        }
    };
}

/// Parts of registers on levels whose loads and stores take no mask.
macro_rules! parts {
    ($S:ident) => {
        #[inline(always)]
        fn load_part(from: &[$S]) -> Self {
            let mut whole = [0.0; Self::LANES];
            whole[..from.len()].copy_from_slice(from);
            Self::load(&whole)
        }

        #[inline(always)]
        fn store_part(self, to: &mut [$S]) {
            let mut whole = [0.0; Self::LANES];
            self.store(&mut whole);
            to.copy_from_slice(&whole[..to.len()]);
        }
    };
}
