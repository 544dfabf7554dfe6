//! Registers of every machine: arrays, and arithmetic on each number.

#![allow(clippy::cast_possible_truncation, reason = "bits, of which a number has fewer than the widest one")]

use std::ops::{Add, BitAnd, BitOr, BitXor, Div, Mul, Not, Sub};

use super::register::Register;
use super::{Vector, math};

/// An array of an expression in each of 2 or 4 indices. `array::from_fn` and `[a; 2]` are loops for the compiler to
/// unroll, again and again.
macro_rules! each {
    (2, |$i:pat_param| $entry:expr) => { each!(@ 0 1, |$i| $entry) };
    (4, |$i:pat_param| $entry:expr) => { each!(@ 0 1 2 3, |$i| $entry) };
    (@ $($index:literal)*, |$i:pat_param| $entry:expr) => {
        [$({
            let $i: usize = $index;
            $entry
        }),*]
    };
}

macro_rules! elementwise {
    ($T:ident $lanes:tt: $($Trait:ident $method:ident $function:path),*) => {
        $(
            impl $Trait for $T {
                type Output = Self;

                #[inline(always)]
                fn $method(self, b: Self) -> Self {
                    Self(each!($lanes, |i| $function(self.0[i], b.0[i])))
                }
            }
        )*
    };
}

macro_rules! baseline {
    ($F:ident, $U:ident, $S:ident, $I:ident, $lanes:tt, $math:ident) => {
        /// As many numbers as fill 16 bytes.
        #[derive(Clone, Copy)]
        pub struct $F([$S; $lanes]);

        /// Their bits; as a mask, all of a number's are ones or zeros.
        #[derive(Clone, Copy)]
        pub struct $U([$I; $lanes]);

        elementwise!($F $lanes: Add add $S::add, Sub sub $S::sub, Mul mul $S::mul, Div div $S::div);
        elementwise!($U $lanes: BitAnd bitand $I::bitand, BitOr bitor $I::bitor, BitXor bitxor $I::bitxor);
        elementwise!($U $lanes: Add add $I::wrapping_add, Sub sub $I::wrapping_sub);
        lanes!($F, $S, $math);

        impl Not for $U {
            type Output = Self;

            #[inline(always)]
            fn not(self) -> Self {
                Self(each!($lanes, |i| !self.0[i]))
            }
        }

        impl $F {
            #[inline(always)]
            fn broadcast(value: $S) -> Self {
                Self(each!($lanes, |_| value))
            }

            #[inline(always)]
            fn compare(a: Self, b: Self, holds: impl Fn(&$S, &$S) -> bool) -> $U {
                $U(each!($lanes, |i| if holds(&a.0[i], &b.0[i]) { $I::MAX } else { 0 }))
            }
        }

        impl Vector for $F {
            const LANES: usize = $lanes;

            parts!($S);

            #[inline(always)]
            fn load(from: &[$S]) -> Self {
                let from = &from[..$lanes];
                Self(each!($lanes, |i| from[i]))
            }

            #[inline(always)]
            fn store(self, to: &mut [$S]) {
                to[..$lanes].copy_from_slice(&self.0);
            }

            #[inline(always)]
            fn spread(self, lanes: Self) -> Self {
                Self(each!($lanes, |i| self.0[lanes.0[i].to_bits() as usize]))
            }

            #[inline(always)]
            fn lane(i: usize) -> $S {
                $S::from_bits(i as $I)
            }

            #[inline(always)]
            fn iota() -> Self {
                Self(each!($lanes, |i| i as $S))
            }

            #[inline(always)]
            fn mul_add(self, b: Self, c: Self) -> Self {
                self * b + c
            }

            #[inline(always)]
            fn store_past(self, to: &mut [$S]) {
                self.store(to);
            }

            #[inline(always)]
            fn stream(from: &[$S], to: &mut [$S]) {
                to.copy_from_slice(from);
            }
        }

        impl Register for $F {
            type Bits = $U;
            type Mask = $U;

            const FUSED: bool = false;

            #[inline(always)]
            fn to_bits(self) -> $U {
                $U(each!($lanes, |i| self.0[i].to_bits()))
            }

            #[inline(always)]
            fn from_bits(bits: $U) -> Self {
                Self(each!($lanes, |i| $S::from_bits(bits.0[i])))
            }

            #[inline(always)]
            fn splat_bits(bits: u64) -> $U {
                $U(each!($lanes, |_| bits as $I))
            }

            #[inline(always)]
            fn shift_left(bits: $U, by: u32) -> $U {
                $U(each!($lanes, |i| bits.0[i] << by))
            }

            #[inline(always)]
            fn shift_right(bits: $U, by: u32) -> $U {
                $U(each!($lanes, |i| bits.0[i] >> by))
            }

            #[inline(always)]
            fn lt(a: Self, b: Self) -> $U {
                Self::compare(a, b, $S::lt)
            }

            #[inline(always)]
            fn le(a: Self, b: Self) -> $U {
                Self::compare(a, b, $S::le)
            }

            #[inline(always)]
            fn eq(a: Self, b: Self) -> $U {
                Self::compare(a, b, $S::eq)
            }

            #[inline(always)]
            fn select(mask: $U, then: Self, otherwise: Self) -> Self {
                Self::from_bits((then.to_bits() & mask) | (otherwise.to_bits() & !mask))
            }

            #[inline(always)]
            fn any(mask: $U) -> bool {
                mask.0 != [0; $lanes]
            }

            #[inline(always)]
            fn max_or_second(a: Self, b: Self) -> Self {
                Self(each!($lanes, |i| if a.0[i] > b.0[i] { a.0[i] } else { b.0[i] }))
            }

            #[inline(always)]
            fn min_or_second(a: Self, b: Self) -> Self {
                Self(each!($lanes, |i| if a.0[i] < b.0[i] { a.0[i] } else { b.0[i] }))
            }

            #[inline(always)]
            fn root(a: Self) -> Self {
                Self(each!($lanes, |i| a.0[i].sqrt()))
            }

            #[inline(always)]
            fn scale(a: Self, k: Self) -> Self {
                math::$math::scale(a, k)
            }

            const SCALES: bool = false;
            const PICKS_SIXTEEN: bool = false;

            #[inline(always)]
            #[allow(clippy::cast_possible_truncation, reason = "the last bits are what is wanted")]
            fn pick<const N: usize>(table: &[$S; N], index: $U) -> Self {
                Self(each!($lanes, |i| table[index.0[i] as usize % N]))
            }
        }
    };
}

baseline!(F64, U64, f64, u64, 2, double);
baseline!(F32, U32, f32, u32, 4, single);
