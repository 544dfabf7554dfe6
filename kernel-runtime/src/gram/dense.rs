//! The blocks one by one.

use ndarray::{Array, Array1, Array2, ArrayRef1, ArrayRef2, ArrayView2, ArrayViewMut4, Ix1, Ix2};

use super::batch::{Batch, allocate, expect_shape};
use super::{Arrays, GradientRef, HessianRef, PointsRef};
use crate::engine::{Parts, Steps, Valued};
use crate::error::KernelError;
use crate::kernel::{Differentiable, Kernel};
use crate::real::Real;

/// An array of gradients: (n, m, d), or (n, m) for kernels of two numbers.
type Gradients<K> = Array<<K as Kernel>::Scalar, <<K as Kernel>::Points as Arrays>::Gradient>;
/// An array of second derivatives: (n, m, d, d), or (n, m) for kernels of two numbers.
type Hessians<K> = Array<<K as Kernel>::Scalar, <<K as Kernel>::Points as Arrays>::Hessian>;

/// Values: `out[i, j]` = k(x_i, y_j), shape (n, m).
///
/// # Errors
///
/// See [the module](super#errors).
///
/// ```
/// use kernel_runtime::{gram, kernel, sq_dist};
/// use ndarray::array;
///
/// #[kernel(assume(gamma > 0))]
/// pub fn rbf(x: &[f64], y: &[f64], gamma: f64) -> f64 {
///     (-gamma * sq_dist(x, y)).exp()
/// }
///
/// let k = Rbf::new(0.5)?;
/// let x = array![[0.0, 1.0], [2.0, 3.0]];
/// let k_ff = gram::k_ff(&k, &x, &x)?;
/// let error = k_ff - array![[1.0, (-4.0_f64).exp()], [(-4.0_f64).exp(), 1.0]];
/// assert!(error.iter().all(|error| error.abs() < 1e-15));
///
/// // Views pass as arrays do: here the points are columns.
/// let columns = gram::k_ff(&k, &x.t(), &x.t())?;
/// assert!((columns[[0, 1]] - (-1.0_f64).exp()).abs() < 1e-15);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn k_ff<K: Kernel>(kernel: &K, x: &PointsRef<K>, y: &PointsRef<K>) -> Result<Array2<K::Scalar>, KernelError> {
    values(kernel, &K::Points::rows(x), &K::Points::rows(y))
}

/// [`k_ff`] into an array of shape (n, m).
///
/// # Errors
///
/// See [the module](super#errors). `out` is untouched then.
///
/// ```
/// use kernel_runtime::{gram, kernel, sq_dist};
/// use ndarray::{Array2, array, s};
///
/// #[kernel]
/// pub fn rbf(x: &[f64], y: &[f64]) -> f64 {
///     (-sq_dist(x, y)).exp()
/// }
///
/// let k = Rbf::new()?;
/// let x = array![[0.0], [1.0]];
/// let mut out = Array2::zeros((2, 4));
/// gram::k_ff_into(&k, &x, &x, &mut out.slice_mut(s![.., 1..3]))?;
/// let error = &out.row(0) - array![0.0, 1.0, (-1.0_f64).exp(), 0.0];
/// assert!(error.iter().all(|error| error.abs() < 1e-15));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn k_ff_into<K: Kernel>(
    kernel: &K,
    x: &PointsRef<K>,
    y: &PointsRef<K>,
    out: &mut ArrayRef2<K::Scalar>,
) -> Result<(), KernelError> {
    values_into(kernel, &K::Points::rows(x), &K::Points::rows(y), out)
}

/// Covariance of gradients at x with values at y: `out[i, j, a]` = ∂k/∂x_a (x_i, y_j), shape (n, m, d); (n, m) for
/// kernels of two numbers.
///
/// # Errors
///
/// See [the module](super#errors).
///
/// ```
/// use kernel_runtime::{gram, kernel, sq_dist};
/// use ndarray::array;
///
/// #[kernel(assume(gamma > 0))]
/// pub fn rbf(x: &[f64], y: &[f64], gamma: f64) -> f64 {
///     (-gamma * sq_dist(x, y)).exp()
/// }
///
/// let k_gf = gram::k_gf(&Rbf::new(0.5)?, &array![[1.0, 0.0]], &array![[0.0, 0.0]])?;
/// // -2γ (x_a - y_a) k
/// let error = k_gf - array![[[-(-0.5_f64).exp(), 0.0]]];
/// assert!(error.iter().all(|error| error.abs() < 1e-15));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn k_gf<K: Differentiable>(kernel: &K, x: &PointsRef<K>, y: &PointsRef<K>) -> Result<Gradients<K>, KernelError> {
    let batch = Batch::of(kernel, x, y)?;
    let mut out = allocate(K::Points::gradient_shape(batch.n, batch.m, batch.d))?;
    batch.gradients_x(kernel, K::Points::gradient(&mut out));
    Ok(out)
}

/// [`k_gf`] into an array of its shape.
///
/// # Errors
///
/// See [the module](super#errors). `out` is untouched then.
///
/// ```
/// use kernel_runtime::{gram, kernel, sq_dist};
/// use ndarray::{Array3, array};
///
/// #[kernel]
/// pub fn rbf(x: &[f64], y: &[f64]) -> f64 {
///     (-sq_dist(x, y)).exp()
/// }
///
/// let (k, x) = (Rbf::new()?, array![[0.0, 1.0], [2.0, 3.0], [4.0, 5.0]]);
/// let mut out = Array3::zeros((3, 3, 2));
/// gram::k_gf_into(&k, &x, &x, &mut out)?;
/// assert_eq!(out, gram::k_gf(&k, &x, &x)?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn k_gf_into<K: Differentiable>(
    kernel: &K,
    x: &PointsRef<K>,
    y: &PointsRef<K>,
    out: &mut GradientRef<K>,
) -> Result<(), KernelError> {
    let batch = Batch::of(kernel, x, y)?;
    let shape = K::Points::gradient_shape(batch.n, batch.m, batch.d);
    expect_shape(out, &shape)?;
    batch.gradients_x(kernel, K::Points::gradient(out));
    Ok(())
}

/// Covariance of values at x with gradients at y: `out[i, j, b]` = ∂k/∂y_b (x_i, y_j), shape (n, m, d); (n, m) for
/// kernels of two numbers.
///
/// # Errors
///
/// See [the module](super#errors).
///
/// ```
/// use kernel_runtime::{gram, kernel, sq_dist};
/// use ndarray::array;
///
/// #[kernel(assume(gamma > 0))]
/// pub fn rbf(x: &[f64], y: &[f64], gamma: f64) -> f64 {
///     (-gamma * sq_dist(x, y)).exp()
/// }
///
/// let k_fg = gram::k_fg(&Rbf::new(0.5)?, &array![[1.0, 0.0]], &array![[0.0, 0.0]])?;
/// // +2γ (x_b - y_b) k
/// let error = k_fg - array![[[(-0.5_f64).exp(), 0.0]]];
/// assert!(error.iter().all(|error| error.abs() < 1e-15));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn k_fg<K: Differentiable>(kernel: &K, x: &PointsRef<K>, y: &PointsRef<K>) -> Result<Gradients<K>, KernelError> {
    let batch = Batch::of(kernel, x, y)?;
    let mut out = allocate(K::Points::gradient_shape(batch.n, batch.m, batch.d))?;
    batch.gradients_y(kernel, K::Points::gradient(&mut out));
    Ok(out)
}

/// [`k_fg`] into an array of its shape.
///
/// # Errors
///
/// See [the module](super#errors). `out` is untouched then.
///
/// ```
/// use kernel_runtime::{gram, kernel, sq_dist};
/// use ndarray::{Array3, array};
///
/// #[kernel]
/// pub fn rbf(x: &[f64], y: &[f64]) -> f64 {
///     (-sq_dist(x, y)).exp()
/// }
///
/// let (k, x) = (Rbf::new()?, array![[0.0, 1.0], [2.0, 3.0], [4.0, 5.0]]);
/// let mut out = Array3::zeros((3, 3, 2));
/// gram::k_fg_into(&k, &x, &x, &mut out)?;
/// assert_eq!(out, gram::k_fg(&k, &x, &x)?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn k_fg_into<K: Differentiable>(
    kernel: &K,
    x: &PointsRef<K>,
    y: &PointsRef<K>,
    out: &mut GradientRef<K>,
) -> Result<(), KernelError> {
    let batch = Batch::of(kernel, x, y)?;
    let shape = K::Points::gradient_shape(batch.n, batch.m, batch.d);
    expect_shape(out, &shape)?;
    batch.gradients_y(kernel, K::Points::gradient(out));
    Ok(())
}

/// Covariance of gradients at x with gradients at y: `out[i, j, a, b]` = ∂²k/∂x_a∂y_b (x_i, y_j), shape (n, m, d, d);
/// (n, m) for kernels of two numbers.
///
/// # Errors
///
/// See [the module](super#errors).
///
/// ```
/// use kernel_runtime::{gram, kernel, sq_dist};
/// use ndarray::array;
///
/// #[kernel(assume(gamma > 0))]
/// pub fn rbf(x: &[f64], y: &[f64], gamma: f64) -> f64 {
///     (-gamma * sq_dist(x, y)).exp()
/// }
///
/// let k_gg = gram::k_gg(&Rbf::new(0.5)?, &array![[1.0, 0.0]], &array![[0.0, 0.0]])?;
/// // [2γ δ_ab - 4γ² (x_a - y_a)(x_b - y_b)] k
/// let error = k_gg - array![[[[0.0, 0.0], [0.0, (-0.5_f64).exp()]]]];
/// assert!(error.iter().all(|error| error.abs() < 1e-15));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn k_gg<K: Differentiable>(kernel: &K, x: &PointsRef<K>, y: &PointsRef<K>) -> Result<Hessians<K>, KernelError> {
    let batch = Batch::of(kernel, x, y)?;
    let mut out = allocate(K::Points::hessian_shape(batch.n, batch.m, batch.d))?;
    hessians(kernel, &batch, K::Points::hessian(&mut out));
    Ok(out)
}

/// [`k_gg`] into an array of its shape.
///
/// # Errors
///
/// See [the module](super#errors). `out` is untouched then.
///
/// ```
/// use kernel_runtime::{gram, kernel, sq_dist};
/// use ndarray::{Array4, array};
///
/// #[kernel]
/// pub fn rbf(x: &[f64], y: &[f64]) -> f64 {
///     (-sq_dist(x, y)).exp()
/// }
///
/// let (k, x) = (Rbf::new()?, array![[0.0, 1.0], [2.0, 3.0], [4.0, 5.0]]);
/// let mut out = Array4::zeros((3, 3, 2, 2));
/// gram::k_gg_into(&k, &x, &x, &mut out)?;
/// assert_eq!(out, gram::k_gg(&k, &x, &x)?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn k_gg_into<K: Differentiable>(
    kernel: &K,
    x: &PointsRef<K>,
    y: &PointsRef<K>,
    out: &mut HessianRef<K>,
) -> Result<(), KernelError> {
    let batch = Batch::of(kernel, x, y)?;
    let shape = K::Points::hessian_shape(batch.n, batch.m, batch.d);
    expect_shape(out, &shape)?;
    hessians(kernel, &batch, K::Points::hessian(out));
    Ok(())
}

/// Variances: `out[i]` = k(x_i, x_i), shape (n,).
///
/// # Errors
///
/// See [the module](super#errors).
///
/// ```
/// use kernel_runtime::{dot, gram, kernel};
/// use ndarray::array;
///
/// #[kernel]
/// pub fn linear(x: &[f64], y: &[f64]) -> f64 {
///     dot(x, y)
/// }
///
/// let x = array![[1.0, 2.0], [3.0, 4.0]];
/// assert_eq!(gram::diagonal(&Linear::new()?, &x)?, array![5.0, 25.0]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn diagonal<K: Kernel>(kernel: &K, x: &PointsRef<K>) -> Result<Array1<K::Scalar>, KernelError> {
    let batch = Batch::of(kernel, x, x)?;
    let mut out = allocate(Ix1(batch.n))?;
    batch.variances(kernel, out.view_mut());
    Ok(out)
}

/// [`diagonal`] into an array of shape (n,).
///
/// # Errors
///
/// See [the module](super#errors). `out` is untouched then.
///
/// ```
/// use kernel_runtime::{gram, kernel, sq_dist};
/// use ndarray::{Array1, array};
///
/// #[kernel]
/// pub fn rbf(x: &[f64], y: &[f64]) -> f64 {
///     (-sq_dist(x, y)).exp()
/// }
///
/// let (k, x) = (Rbf::new()?, array![[0.0, 1.0], [2.0, 3.0], [4.0, 5.0]]);
/// let mut out = Array1::zeros(3);
/// gram::diagonal_into(&k, &x, &mut out)?;
/// assert_eq!(out, gram::diagonal(&k, &x)?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn diagonal_into<K: Kernel>(
    kernel: &K,
    x: &PointsRef<K>,
    out: &mut ArrayRef1<K::Scalar>,
) -> Result<(), KernelError> {
    let batch = Batch::of(kernel, x, x)?;
    expect_shape(out, &Ix1(batch.n))?;
    batch.variances(kernel, out.view_mut());
    Ok(())
}

// These know no kernel, so that they are compiled once, not for each.

#[inline(never)]
fn values<S: Real>(
    kernel: &dyn Valued<S>,
    x: &ArrayView2<'_, S>,
    y: &ArrayView2<'_, S>,
) -> Result<Array2<S>, KernelError> {
    let batch = Batch::new(kernel, x, y)?;
    let mut out = allocate(Ix2(batch.n, batch.m))?;
    batch.with_values(kernel, |leaf| batch.points(false).run(1, out.view_mut(), leaf));
    Ok(out)
}

#[inline(never)]
fn values_into<S: Real>(
    kernel: &dyn Valued<S>,
    x: &ArrayView2<'_, S>,
    y: &ArrayView2<'_, S>,
    out: &mut ArrayRef2<S>,
) -> Result<(), KernelError> {
    let batch = Batch::new(kernel, x, y)?;
    expect_shape(out, &Ix2(batch.n, batch.m))?;
    batch.with_values(kernel, |leaf| batch.points(false).run(1, out.view_mut(), leaf));
    Ok(())
}

fn hessians<K: Kernel>(kernel: &K, batch: &Batch<'_, K::Scalar>, out: ArrayViewMut4<'_, K::Scalar>) {
    let d = batch.d;
    let hess_xy = Some(Steps { row: 0, row_step: 0, at: 0 });
    batch.second_derivatives(kernel, out, &Parts { hess_xy, ..Parts::of_width(d * d) });
}
