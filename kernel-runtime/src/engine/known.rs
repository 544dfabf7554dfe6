//! Kernels whose type is forgotten: what knows them by these traits alone is compiled once, not for each.

use std::marker::PhantomData;

use super::coefficients::{Values, own_sums};
use crate::error::KernelError;
use crate::kernel::{Kernel, Shape, Stage, Term};
use crate::lane::Detected;
use crate::real::Real;

/// What calls ask of a kernel before they begin.
pub trait Known<S: Real>: Sync {
    fn shape(&self) -> &Shape;
    /// [`Kernel::check`], and then [`Kernel::dimension`].
    fn checked_dimension(&self) -> Result<Option<usize>, KernelError>;
    /// [`Kernel::sum`]
    fn described_sum(&self, stage: Stage, slot: usize) -> Term;
    /// [`Kernel::sum_weight`]
    fn described_weight(&self, stage: Stage, slot: usize, i: usize, d: usize) -> S;
}

impl<K: Kernel> Known<K::Scalar> for K {
    fn shape(&self) -> &Shape {
        const { &K::SHAPE }
    }

    fn checked_dimension(&self) -> Result<Option<usize>, KernelError> {
        self.check()?;
        Ok(self.dimension())
    }

    fn described_sum(&self, stage: Stage, slot: usize) -> Term {
        self.sum(stage, slot)
    }

    fn described_weight(&self, stage: Stage, slot: usize, i: usize, d: usize) -> K::Scalar {
        self.sum_weight(stage, slot, i, d)
    }
}

/// The code that values have of a kernel's own.
pub trait Valued<S: Real>: Known<S> {
    /// Fills the sums of values of one point x and points y in tiles, if some are [`Term::Custom`].
    fn fill_sums(&self, level: Detected, x: &[S], y: &[S], out: &mut [S]);
    /// From the sums of a row to k, past the caches if so told.
    fn evaluate(&self, level: Detected, d: usize, streamed: bool, sums: &[S], out: &mut [S]);
}

impl<K: Kernel> Valued<K::Scalar> for K {
    fn fill_sums(&self, level: Detected, x: &[K::Scalar], y: &[K::Scalar], out: &mut [K::Scalar]) {
        if const { K::SHAPE.custom_sums } {
            own_sums::<{ Stage::Second as usize }, K>(self, level, Stage::Value)(x, y, out);
        }
    }

    fn evaluate(&self, level: Detected, d: usize, streamed: bool, sums: &[K::Scalar], out: &mut [K::Scalar]) {
        level.map(&Values { d, streamed, of: PhantomData }, self, sums, out);
    }
}
