//! A call whose arguments have been checked.

use std::borrow::Cow;

use ndarray::{Array, ArrayRef, ArrayRef1, ArrayView2, Dimension};

use super::Arrays;
use super::PointsRef;
use super::pair::Pair;
use super::tile::{Target, Tile, drive};
use crate::error::KernelError;
use crate::kernel::Kernel;
use crate::real::Lane;

/// Numbers that one task is worth: some ten microseconds of work. Calls smaller than this run on the calling thread.
const TASK: usize = 1 << 14;

/// n points x and m points y of d coordinates, which the kernel takes.
pub(super) struct Batch<'a, K: Kernel> {
    kernel: &'a K,
    x: ArrayView2<'a, K::Scalar>,
    y: ArrayView2<'a, K::Scalar>,
    pub(super) n: usize,
    pub(super) m: usize,
    pub(super) d: usize,
}

impl<'a, K: Kernel> Batch<'a, K> {
    pub(super) fn new(kernel: &'a K, x: &'a PointsRef<K>, y: &'a PointsRef<K>) -> Result<Self, KernelError> {
        kernel.check()?;
        let (x, y) = (K::Points::rows(x), K::Points::rows(y));
        for (argument, points) in [("x", &x), ("y", &y)] {
            let (points, got) = points.dim();
            if got == 0 {
                return Err(KernelError::NoCoordinates { argument, points });
            }
            if let Some(expected) = kernel.dimension().filter(|&expected| expected != got) {
                return Err(KernelError::Dimension { argument, expected, got });
            }
            let expected = K::SHAPE.coordinates;
            if got < expected {
                return Err(KernelError::TooFewCoordinates { argument, expected, got });
            }
        }
        let ((n, d), (m, d_y)) = (x.dim(), y.dim());
        if d != d_y {
            return Err(KernelError::UnequalDimensions { x: d, y: d_y });
        }
        Ok(Self { kernel, x, y, n, m, d })
    }

    /// Runs `leaf` on tiles of the target, on several threads if they pay. `entries` are written for each pair of points.
    pub(super) fn run<T: Target>(
        &self,
        entries: usize,
        target: T,
        leaf: impl Fn(&mut Pair<'a, K>, Tile<'_, K::Scalar, T>) + Sync,
    ) {
        if self.n == 0 || self.m == 0 {
            return;
        }
        let (x, y) = (pack(&self.x), pack(&self.y));
        let tile = Tile { x: &x, y: &y, d: self.d, target };
        let pairs = TASK / entries.max(self.d);
        drive(tile, pairs, &|tile| {
            leaf(&mut Pair::new(self.kernel, self.d), tile);
        });
    }

    /// Runs `fill` with the kernel, the points x one behind the other, d, and the number of pairs a task is worth.
    pub(super) fn run_symmetric(&self, fill: impl FnOnce(&'a K, &[K::Scalar], usize, usize)) {
        if self.n > 0 {
            fill(self.kernel, &pack(&self.x), self.d, TASK / self.d);
        }
    }

    /// k(x_i, y_i)
    pub(super) fn diagonal(&self, out: &mut ArrayRef1<K::Scalar>) {
        let (x, y) = (pack(&self.x), pack(&self.y));
        let mut pair = Pair::new(self.kernel, self.d);
        let points = x.chunks_exact(self.d).zip(y.chunks_exact(self.d));
        for ((x, y), entry) in points.zip(out) {
            *entry = pair.value(x, y);
        }
    }
}

/// The points one behind the other: as they are, if they lie so.
fn pack<'a, S: Lane>(points: &ArrayView2<'a, S>) -> Cow<'a, [S]> {
    points.to_slice().map_or_else(|| points.iter().copied().collect(), Cow::Borrowed)
}

/// An array for the result.
pub(super) fn allocate<S: Lane, D: Dimension>(shape: D) -> Result<Array<S, D>, KernelError> {
    let entries = entries::<S>(shape.slice())?;
    // An allocation that fails ends the process, so ask first.
    Vec::<S>::new().try_reserve_exact(entries).map_err(|_| too_large(shape.slice()))?;
    Ok(Array::from_elem(shape, S::of(0.0)))
}

/// Whether the array to write into has the shape of the result.
pub(super) fn expect_shape<S: Lane, D: Dimension>(out: &ArrayRef<S, D>, shape: &D) -> Result<(), KernelError> {
    entries::<S>(shape.slice())?;
    if out.raw_dim() == *shape {
        Ok(())
    } else {
        Err(KernelError::OutputShape { expected: shape.slice().to_vec(), got: out.shape().to_vec() })
    }
}

/// How many entries an array has. Extents of zero do not excuse the others: ndarray wants their product in range.
fn entries<S>(shape: &[usize]) -> Result<usize, KernelError> {
    let bytes = shape
        .iter()
        .filter(|&&extent| extent != 0)
        .try_fold(size_of::<S>(), |bytes, &extent| bytes.checked_mul(extent))
        .filter(|&bytes| isize::try_from(bytes).is_ok())
        .ok_or_else(|| too_large(shape))?;
    if shape.contains(&0) { Ok(0) } else { Ok(bytes / size_of::<S>()) }
}

fn too_large(shape: &[usize]) -> KernelError {
    KernelError::TooLarge { shape: shape.to_vec() }
}
