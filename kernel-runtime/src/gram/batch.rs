//! A call whose arguments have been checked.

use std::borrow::Cow;

use ndarray::{Array, ArrayRef, ArrayView2, Dimension};

use super::tile::{Target, Tile, drive};
use super::{Arrays, PointsRef};
use crate::engine::{Aligned, Known, Packed, Share, is_streamed, line};
use crate::error::KernelError;
use crate::kernel::Kernel;
use crate::lane::Fence;
use crate::real::{Lane, Real};

/// Numbers that one task is worth: some thirty microseconds of work. Calls smaller than this run on the calling thread.
const TASK: usize = 1 << 16;

/// n points x and m points y of d coordinates, which the kernel takes.
pub(super) struct Batch<'a, S: Real> {
    pub(super) kernel: &'a dyn Known<S>,
    x: ArrayView2<'a, S>,
    y: ArrayView2<'a, S>,
    pub(super) n: usize,
    pub(super) m: usize,
    pub(super) d: usize,
}

impl<'a, S: Real> Batch<'a, S> {
    pub(super) fn of<K: Kernel<Scalar = S>>(
        kernel: &'a K,
        x: &'a PointsRef<K>,
        y: &'a PointsRef<K>,
    ) -> Result<Self, KernelError> {
        Self::new(kernel, &K::Points::rows(x), &K::Points::rows(y))
    }

    // What follows knows no kernel, so that it is compiled once, not for each.

    #[inline(never)]
    pub(super) fn new(
        kernel: &'a dyn Known<S>,
        x: &ArrayView2<'a, S>,
        y: &ArrayView2<'a, S>,
    ) -> Result<Self, KernelError> {
        let dimension = kernel.checked_dimension()?;
        let (n, m, d) = sizes(x, y, dimension, kernel.shape().coordinates)?;
        Ok(Self { kernel, x: *x, y: *y, n, m, d })
    }

    /// Points as the engine wants them. Derivatives read points y one behind the other, too.
    pub(super) fn points(&self, derivatives: bool) -> EnginePoints<'_, S> {
        EnginePoints::new(&self.x, &self.y, derivatives)
    }
}

/// How many points x and y there are, and how many coordinates they have: `dimension` if the kernel says so, and
/// `least` at least.
pub(super) fn sizes<S: Real>(
    x: &ArrayView2<'_, S>,
    y: &ArrayView2<'_, S>,
    dimension: Option<usize>,
    least: usize,
) -> Result<(usize, usize, usize), KernelError> {
    for (argument, points) in [("x", x), ("y", y)] {
        let (points, got) = points.dim();
        if got == 0 {
            return Err(KernelError::NoCoordinates { argument, points });
        }
        if let Some(expected) = dimension.filter(|&expected| expected != got) {
            return Err(KernelError::Dimension { argument, expected, got });
        }
        if got < least {
            return Err(KernelError::TooFewCoordinates { argument, expected: least, got });
        }
    }
    let ((n, d), (m, d_y)) = (x.dim(), y.dim());
    if d == d_y { Ok((n, m, d)) } else { Err(KernelError::UnequalDimensions { x: d, y: d_y }) }
}

/// What does a task's share: its points and rows, and the points y one behind the other from the first of them on.
pub(super) type Leaf<'a, S> = dyn Fn(Share<'_, '_, S>, &[S]) + Sync + 'a;

/// The points of a call.
pub(super) struct EnginePoints<'a, S: Real> {
    /// One behind the other.
    pub(super) x: Cow<'a, [S]>,
    pub(super) y: Packed<S>,
    /// The points y one behind the other, and a line more.
    behind: Aligned<S>,
    n: usize,
    m: usize,
    d: usize,
}

impl<'a, S: Real> EnginePoints<'a, S> {
    fn new(x: &'a ArrayView2<'_, S>, y: &ArrayView2<'_, S>, derivatives: bool) -> Self {
        let (n, (m, d)) = (x.nrows(), y.dim());
        if n == 0 || m == 0 {
            return Self { x: Cow::default(), y: Packed::default(), behind: Aligned::default(), n, m, d };
        }
        let mut behind = Aligned::default();
        if derivatives {
            behind = Aligned::zeros(m * d + line::<S>(), S::memory());
            copy(y, &mut behind[..m * d]);
        }
        Self { x: contiguous(x), y: Packed::new(y, S::memory()), behind, n, m, d }
    }

    /// The points y one behind the other, and a line more; empty if they were not wanted.
    pub(super) fn behind(&self) -> &[S] {
        &self.behind
    }

    /// Runs `leaf` on tiles of the target, on several threads if they pay. `entries` are written for each pair of
    /// points.
    pub(super) fn run<'t, T: Target<'t, S>>(&self, entries: usize, target: T, leaf: &Leaf<'_, S>) {
        if self.n > 0 && self.m > 0 {
            let streamed = is_streamed::<S>(self.n.saturating_mul(self.m).saturating_mul(entries));
            let tile = Tile { x: &self.x[..], d: self.d, first: 0, columns: self.m, target };
            self.drive(tile, entries, streamed, leaf);
        }
    }

    /// The same for a part of the pairs.
    pub(super) fn drive<'t, T: Target<'t, S>>(
        &self,
        tile: Tile<'_, S, T>,
        entries: usize,
        streamed: bool,
        leaf: &Leaf<'_, S>,
    ) {
        drive(tile, TASK / entries.max(self.d), &|tile| {
            let Tile { x, d, first, columns, target } = tile;
            let (mut rows, mut memory) = (target.rows(), S::memory());
            let y = self.y.tiles(first, columns);
            let behind = self.behind.get(first * d..).unwrap_or_default();
            let _fence = streamed.then(|| Fence);
            leaf(Share { x, y, d, columns, rows: &mut rows, streamed, memory: &mut memory }, behind);
            S::keep(memory);
        });
    }
}

impl<S: Real> Drop for EnginePoints<'_, S> {
    fn drop(&mut self) {
        S::keep(std::mem::take(&mut self.y).into_memory());
        S::keep(std::mem::take(&mut self.behind).into_memory());
    }
}

/// The points one behind the other: as they are, if they lie so.
pub(super) fn contiguous<'a, S: Lane>(points: &ArrayView2<'a, S>) -> Cow<'a, [S]> {
    points.to_slice().map_or_else(|| points.iter().copied().collect(), Cow::Borrowed)
}

fn copy<S: Real>(points: &ArrayView2<'_, S>, to: &mut [S]) {
    if let Some(points) = points.to_slice() {
        to.copy_from_slice(points);
    } else {
        for (to, &coordinate) in to.iter_mut().zip(points) {
            *to = coordinate;
        }
    }
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
