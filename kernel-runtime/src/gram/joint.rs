//! Values and gradients as one matrix.

use ndarray::{Array2, ArrayRef2, ArrayViewMut2, Ix2};

use super::PointsRef;
use super::batch::{Batch, allocate, expect_shape};
use super::layout::Layout;
use crate::error::KernelError;
use crate::kernel::{Differentiable, Kernel};
use crate::real::Real;

/// Covariance of (f, ∂f/∂x) at x with (f, ∂f/∂y) at y, shape (n(1+d), m(1+d)); (2n, 2m) for kernels of two numbers.
///
/// `layout` is the order of rows and columns: [`Blocked`](super::Blocked), [[`K_ff`, `K_fg`], [`K_gf`, `K_gg`]] with
/// ∂/∂x_a of point i in row n + i d + a, or [`Interleaved`](super::Interleaved), the value of point i in row i (1 + d)
/// and ∂/∂x_a in the 1 + a-th row after it.
///
/// # Errors
///
/// See [the module](super#errors).
///
/// ```
/// use kernel_runtime::{gram, kernel, sq_dist};
/// use ndarray::{array, s};
///
/// #[kernel(assume(gamma > 0))]
/// pub fn rbf(x: &[f64], y: &[f64], gamma: f64) -> f64 {
///     (-gamma * sq_dist(x, y)).exp()
/// }
///
/// let k = Rbf::new(0.5)?;
/// let x = array![[0.0, 0.0], [1.0, 0.5], [0.0, 2.0]];
/// let joint = gram::joint(&k, &x, &x, gram::Blocked)?;
/// assert_eq!(joint.dim(), (9, 9));
/// assert_eq!(joint.slice(s![..3, ..3]), gram::k_ff(&k, &x, &x)?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn joint<K: Differentiable>(
    kernel: &K,
    x: &PointsRef<K>,
    y: &PointsRef<K>,
    layout: impl Layout,
) -> Result<Array2<K::Scalar>, KernelError> {
    let batch = Batch::of(kernel, x, y)?;
    let mut out = allocate(shape(&batch))?;
    values_and_gradients(kernel, &batch, layout, out.view_mut());
    Ok(out)
}

/// [`joint`] into an array of its shape.
///
/// # Errors
///
/// See [the module](super#errors). `out` is untouched then.
///
/// ```
/// use kernel_runtime::{gram, kernel, sq_dist};
/// use ndarray::{Array2, array};
///
/// #[kernel]
/// pub fn rbf(x: &[f64], y: &[f64]) -> f64 {
///     (-sq_dist(x, y)).exp()
/// }
///
/// let (k, x) = (Rbf::new()?, array![[0.0, 1.0], [2.0, 3.0], [4.0, 5.0]]);
/// let mut out = Array2::zeros((9, 9));
/// gram::joint_into(&k, &x, &x, gram::Interleaved, &mut out)?;
/// assert_eq!(out[[1, 1]], 2.0); // cov(∂f/∂x_0, ∂f/∂x_0) = 2γ
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn joint_into<K: Differentiable>(
    kernel: &K,
    x: &PointsRef<K>,
    y: &PointsRef<K>,
    layout: impl Layout,
    out: &mut ArrayRef2<K::Scalar>,
) -> Result<(), KernelError> {
    let batch = Batch::of(kernel, x, y)?;
    expect_shape(out, &shape(&batch))?;
    values_and_gradients(kernel, &batch, layout, out.view_mut());
    Ok(())
}

/// Saturated where it overflows: no array has that shape.
fn shape<S: Real>(batch: &Batch<'_, S>) -> Ix2 {
    let side = batch.d.saturating_add(1);
    Ix2(batch.n.saturating_mul(side), batch.m.saturating_mul(side))
}

fn values_and_gradients<K: Kernel>(
    kernel: &K,
    batch: &Batch<'_, K::Scalar>,
    layout: impl Layout,
    out: ArrayViewMut2<'_, K::Scalar>,
) {
    let target = layout.target(out, batch.n, batch.m, batch.d);
    batch.second_derivatives(kernel, target, &layout.parts(batch.d).0);
}
