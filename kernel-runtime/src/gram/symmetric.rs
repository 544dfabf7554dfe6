//! Gram matrices of one set of points: half of the pairs, each entry written twice.

use ndarray::{Array2, ArrayRef2, ArrayView2, ArrayViewMut2, Axis, Ix2};

use super::batch::{Batch, EnginePoints, Leaf, allocate, expect_shape};
use super::tile::{Tile, both};
use super::{Arrays, PointsRef};
use crate::engine::Valued;
use crate::error::KernelError;
use crate::kernel::Symmetric;
use crate::real::Real;

/// Values: `out[i, j]` = k(x_i, x_j), shape (n, n), exactly symmetric. k is evaluated for half of the pairs of points,
/// which a kernel that is [`Symmetric`] allows: k(x, y) = k(y, x) was proved when it was compiled.
///
/// # Errors
///
/// See [the module](super#errors).
///
/// ```
/// use kernel_runtime::{gram, kernels};
/// use ndarray::array;
///
/// let k = kernels::Matern52::new(1.0, 0.5)?;
/// let x = array![[0.0, 1.0], [2.0, 3.0], [0.5, 0.5]];
/// let k_ff = gram::k_ff_symmetric(&k, &x)?;
/// assert_eq!(k_ff, k_ff.t());
/// assert_eq!(k_ff, gram::k_ff(&k, &x, &x)?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn k_ff_symmetric<K: Symmetric>(kernel: &K, x: &PointsRef<K>) -> Result<Array2<K::Scalar>, KernelError> {
    values(kernel, &K::Points::rows(x))
}

/// [`k_ff_symmetric`] into an array of shape (n, n).
///
/// # Errors
///
/// See [the module](super#errors). `out` is untouched then.
///
/// ```
/// use kernel_runtime::{gram, kernels};
/// use ndarray::{Array2, array};
///
/// let (k, x) = (kernels::Rbf::new(1.0, 0.5)?, array![[0.0], [0.5]]);
/// let mut out = Array2::zeros((2, 2));
/// gram::k_ff_symmetric_into(&k, &x, &mut out)?;
/// let error = out - array![[1.0, (-0.5_f64).exp()], [(-0.5_f64).exp(), 1.0]];
/// assert!(error.iter().all(|error| error.abs() < 1e-15));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn k_ff_symmetric_into<K: Symmetric>(
    kernel: &K,
    x: &PointsRef<K>,
    out: &mut ArrayRef2<K::Scalar>,
) -> Result<(), KernelError> {
    values_into(kernel, &K::Points::rows(x), out)
}

// What follows knows no kernel, so that it is compiled once, not for each.

#[inline(never)]
fn values<S: Real>(kernel: &dyn Valued<S>, x: &ArrayView2<'_, S>) -> Result<Array2<S>, KernelError> {
    let batch = Batch::new(kernel, x, x)?;
    let mut out = allocate(Ix2(batch.n, batch.n))?;
    fill(kernel, &batch, out.view_mut());
    Ok(out)
}

#[inline(never)]
fn values_into<S: Real>(
    kernel: &dyn Valued<S>,
    x: &ArrayView2<'_, S>,
    out: &mut ArrayRef2<S>,
) -> Result<(), KernelError> {
    let batch = Batch::new(kernel, x, x)?;
    expect_shape(out, &Ix2(batch.n, batch.n))?;
    fill(kernel, &batch, out.view_mut());
    Ok(())
}

fn fill<S: Real>(kernel: &dyn Valued<S>, batch: &Batch<'_, S>, out: ArrayViewMut2<'_, S>) {
    if batch.n > 0 {
        let points = batch.points(false);
        batch.with_values(kernel, |leaf| Square { points: &points, d: batch.d, leaf }.triangle(0, out));
    }
}

/// Blocks of so many points are evaluated, then mirrored while they are in cache: a multiple of the points in a tile.
const BLOCK: usize = 128;

/// All pairs of some points.
struct Square<'a, S: Real> {
    points: &'a EnginePoints<'a, S>,
    d: usize,
    leaf: &'a Leaf<'a, S>,
}

impl<S: Real> Square<'_, S> {
    /// The matrix of the points from `first` on as [[A, Bᵀ], [B, C]]: A and C in the same way, B as any other.
    fn triangle(&self, first: usize, mut out: ArrayViewMut2<'_, S>) {
        let n = out.nrows();
        if n <= BLOCK {
            self.pairs(first, first, out.view_mut());
            for i in 0..n {
                for j in 0..i {
                    out[[j, i]] = out[[i, j]];
                }
            }
            return;
        }
        let half = (n / 2).next_multiple_of(BLOCK);
        let (above, below) = out.split_at(Axis(0), half);
        let ((a, mirror), (b, c)) = (above.split_at(Axis(1), half), below.split_at(Axis(1), half));
        let triangles = || both(|| self.triangle(first, a), || self.triangle(first + half, c));
        both(|| self.corner(first + half, first, b, mirror), triangles);
    }

    /// The pairs of points x from `row` on with points y from `column` on, and the transpose of that.
    fn corner(&self, row: usize, column: usize, mut out: ArrayViewMut2<'_, S>, mut mirror: ArrayViewMut2<'_, S>) {
        let (n, m) = out.dim();
        if n <= BLOCK && m <= BLOCK {
            self.pairs(row, column, out.view_mut());
            mirror.assign(&out.t());
            return;
        }
        let axis = Axis(usize::from(n < m));
        let half = (n.max(m) / 2).next_multiple_of(BLOCK);
        let ((out, out_rest), (mirror, mirror_rest)) =
            (out.split_at(axis, half), mirror.split_at(Axis(1 - axis.0), half));
        let (row_rest, column_rest) = if n < m { (row, column + half) } else { (row + half, column) };
        both(|| self.corner(row, column, out, mirror), || self.corner(row_rest, column_rest, out_rest, mirror_rest));
    }

    fn pairs(&self, row: usize, column: usize, out: ArrayViewMut2<'_, S>) {
        let x = &self.points.x[row * self.d..(row + out.nrows()) * self.d];
        let tile = Tile { x, d: self.d, first: column, columns: out.ncols(), target: out };
        self.points.drive(tile, 1, false, self.leaf);
    }
}
