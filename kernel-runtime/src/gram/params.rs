//! Derivatives by parameters.

use ndarray::{Array3, ArrayRef3, Ix3};

use super::PointsRef;
use super::batch::{Batch, allocate, expect_shape};
use crate::error::KernelError;
use crate::kernel::Kernel;
use crate::real::Real;

/// Derivatives by the parameters: `out[i, j, l]` = ∂k/∂θ_l (x_i, y_j), shape (n, m, p), for kernels of two numbers as
/// well.
///
/// θ_0, …, θ_{p-1} are the numbers that the parameters are, in the order of the kernel's `new`; a parameter with one
/// entry per coordinate is d of them. Of `a + b` and `a * b` those of `a` come first. The factor of `c * k`
/// ([`Scaled`](crate::Scaled)) is a parameter, before those of k: whoever fits a variance wants ∂(ck)/∂c = k. A kernel
/// without parameters has p = 0.
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
/// let k = 3.0 * Rbf::new(0.5)?;
/// let k_params = gram::k_params(&k, &array![[1.0, 1.0]], &array![[0.0, 0.0]])?;
/// let rbf = (-1.0_f64).exp();
/// // By the factor, rbf, and by γ, -3 ‖x - y‖² rbf.
/// let error = k_params - array![[[rbf, -6.0 * rbf]]];
/// assert!(error.iter().all(|error| error.abs() < 1e-15));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn k_params<K: Kernel>(kernel: &K, x: &PointsRef<K>, y: &PointsRef<K>) -> Result<Array3<K::Scalar>, KernelError> {
    let batch = Batch::of(kernel, x, y)?;
    let mut out = allocate(shape(&batch))?;
    batch.by_parameters(kernel, out.view_mut());
    Ok(out)
}

/// [`k_params`] into an array of shape (n, m, p).
///
/// # Errors
///
/// See [the module](super#errors). `out` is untouched then.
///
/// ```
/// use kernel_runtime::gram;
/// use kernel_runtime::kernels::ArdRbf;
/// use ndarray::{Array3, array};
///
/// let (k, x) = (ArdRbf::new(1.5, vec![0.5, 2.0])?, array![[0.0, 1.0], [2.0, 3.0], [4.0, 5.0]]);
/// let mut out = Array3::zeros((3, 3, 1 + 2)); // the variance, and two lengthscales
/// gram::k_params_into(&k, &x, &x, &mut out)?;
/// assert_eq!(out, gram::k_params(&k, &x, &x)?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn k_params_into<K: Kernel>(
    kernel: &K,
    x: &PointsRef<K>,
    y: &PointsRef<K>,
    out: &mut ArrayRef3<K::Scalar>,
) -> Result<(), KernelError> {
    let batch = Batch::of(kernel, x, y)?;
    expect_shape(out, &shape(&batch))?;
    batch.by_parameters(kernel, out.view_mut());
    Ok(())
}

fn shape<S: Real>(batch: &Batch<'_, S>) -> Ix3 {
    Ix3(batch.n, batch.m, batch.kernel.shape().parameter_numbers(batch.d))
}
