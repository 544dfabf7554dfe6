//! Gram matrices of one set of points: half of the pairs, each entry written twice.

use ndarray::{Array2, ArrayRef2, ArrayViewMut2, Axis, Ix2};

use super::PointsRef;
use super::batch::{Batch, allocate, expect_shape};
use super::pair::Pair;
use super::tile::{Tile, both, drive};
use crate::error::KernelError;
use crate::kernel::{Kernel, Symmetric};

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
    let batch = Batch::new(kernel, x, x)?;
    let mut out = allocate(Ix2(batch.n, batch.n))?;
    batch.run_symmetric(|kernel, x, d, pairs| fill(kernel, x, d, pairs, out.view_mut()));
    Ok(out)
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
/// assert_eq!(out, array![[1.0, (-0.5_f64).exp()], [(-0.5_f64).exp(), 1.0]]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn k_ff_symmetric_into<K: Symmetric>(
    kernel: &K,
    x: &PointsRef<K>,
    out: &mut ArrayRef2<K::Scalar>,
) -> Result<(), KernelError> {
    let batch = Batch::new(kernel, x, x)?;
    expect_shape(out, &Ix2(batch.n, batch.n))?;
    batch.run_symmetric(|kernel, x, d, pairs| fill(kernel, x, d, pairs, out.view_mut()));
    Ok(())
}

/// The matrix of the points x as [[A, Bᵀ], [B, C]]: A and C in the same way, B as any other.
fn fill<K: Kernel>(kernel: &K, x: &[K::Scalar], d: usize, pairs: usize, out: ArrayViewMut2<'_, K::Scalar>) {
    let n = x.len() / d;
    if n * n <= pairs.max(1) {
        triangle(kernel, x, d, out);
        return;
    }
    let half = n / 2;
    let (above, below) = out.split_at(Axis(0), half);
    let ((first, mut mirror), (mut between, second)) = (above.split_at(Axis(1), half), below.split_at(Axis(1), half));
    let (x_first, x_second) = x.split_at(half * d);
    let corner = || {
        let tile = Tile { x: x_second, y: x_first, d, target: between.view_mut() };
        drive(tile, pairs, &|tile| super::dense::values_of(&mut Pair::new(kernel, d), tile));
        mirror.assign(&between.t());
    };
    let corners = || {
        both(|| fill(kernel, x_first, d, pairs, first), || fill(kernel, x_second, d, pairs, second));
    };
    both(corner, corners);
}

fn triangle<K: Kernel>(kernel: &K, x: &[K::Scalar], d: usize, mut out: ArrayViewMut2<'_, K::Scalar>) {
    let mut pair = Pair::new(kernel, d);
    for (i, a) in x.chunks_exact(d).enumerate() {
        for (j, b) in x.chunks_exact(d).enumerate().take(i + 1) {
            let value = pair.value(a, b);
            out[[i, j]] = value;
            out[[j, i]] = value;
        }
    }
}
