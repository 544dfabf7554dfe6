//! Kernels made of kernels: [`Sum`], [`Product`], [`Scaled`], and the operators `+` and `*` that make them.

mod coefficients;
mod integrable;
mod operators;
mod product;
mod scaled;
mod stages;
mod sum;
mod tower;

pub use operators::Multiplier;
pub use product::Product;
pub use scaled::Scaled;
pub use sum::Sum;

use crate::kernel::{
    Differentiable, Isotropic, Kernel, PositiveDefinite, Stationary, Symmetric, Tower2, Tower3, Tower4,
    TwiceDifferentiable,
};

macro_rules! markers {
    ($($marker:ident),*) => {$(
        impl<A: $marker, B: $marker> $marker for Sum<A, B>
        where
            B: Kernel<Scalar = A::Scalar, Points = A::Points>,
        {
        }

        impl<A: $marker, B: $marker> $marker for Product<A, B>
        where
            B: Kernel<Scalar = A::Scalar, Points = A::Points>,
        {
        }

        impl<K: $marker> $marker for Scaled<K> {}
    )*};
}
// Each property is closed under addition, multiplication (positive definiteness by Schur's product theorem) and
// nonnegative scaling.
markers!(
    Symmetric,
    PositiveDefinite,
    Stationary,
    Isotropic,
    Differentiable,
    TwiceDifferentiable,
    Tower2,
    Tower3,
    Tower4
);
