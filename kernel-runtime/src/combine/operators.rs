//! `+` and `*` between kernels, and between kernels and numbers.

use core::ops::{Add, Mul};

use super::{Product, Scaled, Sum};
use crate::kernel::Kernel;

/// What may stand on the right of `kernel * …`: another kernel, or a number.
///
/// A kernel's own crate cannot implement `Mul<C>` for every kernel `C` beside `Mul<f64>`, lest `f64` became a kernel
/// one day. It implements `Mul<R: Multiplier<Self>>` instead.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "a kernel cannot be multiplied by `{Self}`",
    note = "multiply it by a kernel on the same points, or by a number of its own type (`f64` or `f32`)"
)]
pub trait Multiplier<K> {
    type Output;
    fn multiply(self, kernel: K) -> Self::Output;
}

impl<K, R> Multiplier<K> for R
where
    K: Kernel,
    R: Kernel<Scalar = K::Scalar, Points = K::Points>,
{
    type Output = Product<K, R>;

    fn multiply(self, kernel: K) -> Product<K, R> {
        Product::new(kernel, self)
    }
}

macro_rules! scalar_operators {
    ($($S:ty),*) => {$(
        impl<K: Kernel<Scalar = $S>> Multiplier<K> for $S {
            type Output = Scaled<K>;

            fn multiply(self, kernel: K) -> Scaled<K> {
                Scaled::checked_at_use(self, kernel)
            }
        }

        scalar_operators!(@left $S, Sum<A, B>, A, B);
        scalar_operators!(@left $S, Product<A, B>, A, B);
        scalar_operators!(@left $S, Scaled<A>, A);
    )*};
    (@left $S:ty, $K:ty, $($part:ident),*) => {
        impl<$($part: Kernel),*> Mul<$K> for $S
        where
            $K: Kernel<Scalar = $S>,
        {
            type Output = Scaled<$K>;

            fn mul(self, kernel: $K) -> Self::Output {
                Scaled::checked_at_use(self, kernel)
            }
        }
    };
}
scalar_operators!(f64, f32);

macro_rules! operators {
    ($K:ty, $($part:ident),*) => {
        impl<$($part: Kernel,)* R> Add<R> for $K
        where
            Self: Kernel,
            R: Kernel<Scalar = <Self as Kernel>::Scalar, Points = <Self as Kernel>::Points>,
        {
            type Output = Sum<Self, R>;

            fn add(self, right: R) -> Self::Output {
                Sum::new(self, right)
            }
        }

        impl<$($part: Kernel,)* R: Multiplier<Self>> Mul<R> for $K {
            type Output = R::Output;

            fn mul(self, right: R) -> Self::Output {
                right.multiply(self)
            }
        }
    };
}
operators!(Sum<A, B>, A, B);
operators!(Product<A, B>, A, B);
operators!(Scaled<A>, A);
