//! What a kernel is to the runtime: stages that evaluate it, and markers for what is known of it.

use crate::error::KernelError;
use crate::points::Points;
use crate::real::{Lane, Real};

/// A covariance function k(x, y) with its parameters. `#[kernel]` writes the implementation.
///
/// The block of second derivatives of a kernel made from sums over coordinates is a matrix of low rank plus a diagonal:
///
/// ```text
/// ∂k/∂x_i       = Σ_p  grad_x[p] f_p(i)
/// ∂k/∂y_i       = Σ_q  grad_y[q] g_q(i)
/// ∂²k/∂x_i∂y_j  = Σ_pq (rank[p, q] + [i ≠ j] off_diagonal[p, q]) f_p(i) g_q(j)  +  δ_ij Σ_e diagonal[e] h_e(i)
/// ```
///
/// Bound functions of your own by it:
///
/// ```
/// use kernel_runtime::gram::{self, PointsRef};
/// use kernel_runtime::{Kernel, KernelError, kernel};
/// use ndarray::array;
///
/// #[kernel(assume(x >= 0))]
/// pub fn brownian(x: f64, y: f64) -> f64 {
///     x.min(y)
/// }
///
/// fn total_variance<K: Kernel<Scalar = f64>>(k: &K, x: &PointsRef<K>) -> Result<f64, KernelError> {
///     Ok(gram::diagonal(k, x)?.sum())
/// }
///
/// assert_eq!(total_variance(&Brownian::new()?, &array![1.0, 2.0])?, 3.0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// The hidden methods are the three stages of its evaluation: `start` and `reduce` (once per pair and coordinate) fill the sums,
/// `value`, `first` and `second` (once per pair) make the coefficients, `factors_x`, `factors_y` and `diagonals` (once per
/// coordinate) the factors f, g and h, `entries` (once per pair of coordinates) what is no product of such. They are an agreement between `#[kernel]` and this crate that any version may change.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a covariance kernel",
    note = "write `#[kernel] pub fn rbf(x: &[f64], y: &[f64], gamma: f64) -> f64 {{ … }}` and pass the struct it makes, `Rbf::new(0.5)?`"
)]
pub trait Kernel: Sync {
    /// Type of coordinates, parameters and values.
    type Scalar: Real;
    /// [`VectorPoints`](crate::VectorPoints) or [`ScalarPoints`](crate::ScalarPoints).
    type Points: Points;

    /// How many coordinates points must have, `None` if any number will do.
    fn dimension(&self) -> Option<usize>;

    /// Whether its parts fit together and its parameters are in range, as far as its constructors could not say so.
    #[doc(hidden)]
    fn check(&self) -> Result<(), KernelError> {
        Ok(())
    }

    #[doc(hidden)]
    fn shape(&self) -> Shape;

    /// Neutral elements: 0 for sums, 1 for products.
    #[doc(hidden)]
    fn start<V: Lane<Scalar = Self::Scalar>>(&self, sums: &mut [V]);

    /// Takes one coordinate of a pair into the sums. A later pass may read what an earlier one finished.
    #[doc(hidden)]
    fn reduce<V: Lane<Scalar = Self::Scalar>>(&self, pass: usize, place: Place<'_, V>, sums: &mut [V]);

    /// k
    #[doc(hidden)]
    fn value<V: Lane<Scalar = Self::Scalar>>(&self, d: usize, sums: &[V]) -> V;

    /// k, and what first derivatives need.
    #[doc(hidden)]
    fn first<V: Lane<Scalar = Self::Scalar>>(&self, d: usize, sums: &[V], out: &mut First<'_, V>) -> V;

    /// k, and what first and second derivatives need.
    #[doc(hidden)]
    fn second<V: Lane<Scalar = Self::Scalar>>(&self, d: usize, sums: &[V], out: &mut Second<'_, V>) -> V;

    /// f_p(i)
    #[doc(hidden)]
    fn factors_x<V: Lane<Scalar = Self::Scalar>>(&self, place: Place<'_, V>, frame: &[V], out: &mut [V]);

    /// g_q(i)
    #[doc(hidden)]
    fn factors_y<V: Lane<Scalar = Self::Scalar>>(&self, place: Place<'_, V>, frame: &[V], out: &mut [V]);

    /// h_e(i)
    #[doc(hidden)]
    fn diagonals<V: Lane<Scalar = Self::Scalar>>(&self, place: Place<'_, V>, frame: &[V], out: &mut [V]);

    /// e_t(i, j)
    #[doc(hidden)]
    fn entries<V: Lane<Scalar = Self::Scalar>>(&self, place: Place<'_, V>, j: usize, frame: &[V], out: &mut [V]) {
        let _ = (place, j, frame, out);
    }
}

/// A coordinate of one pair of points.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct Place<'a, V> {
    /// Its number.
    pub i: usize,
    /// x_i
    pub x: V,
    /// y_i
    pub y: V,
    /// All of x, for sums inside sums.
    pub all_x: &'a [V],
    /// All of y, as many.
    pub all_y: &'a [V],
}

/// How many numbers each stage of a kernel makes.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Shape {
    /// Reductions over coordinates.
    pub sums: usize,
    /// Scalars of a pair that the factors read.
    pub frame: usize,
    /// Factors f_p on the side of x.
    pub x: usize,
    /// Factors g_q on the side of y.
    pub y: usize,
    /// Terms h_e of the diagonal.
    pub diagonal: usize,
    /// Terms e_t of all pairs of coordinates, which double sums have.
    pub dense: usize,
    /// How often the coordinates are gone through.
    pub passes: usize,
    /// Whether some products of factors count for i ≠ j only.
    pub off_diagonal: bool,
}

/// What [`Kernel::first`] writes: every entry.
#[doc(hidden)]
#[derive(Debug)]
pub struct First<'a, V> {
    pub frame: &'a mut [V],
    /// One per factor f_p.
    pub grad_x: &'a mut [V],
    /// One per factor g_q.
    pub grad_y: &'a mut [V],
}

/// What [`Kernel::second`] writes: every entry.
#[doc(hidden)]
#[derive(Debug)]
pub struct Second<'a, V> {
    pub frame: &'a mut [V],
    /// One per factor f_p.
    pub grad_x: &'a mut [V],
    /// One per factor g_q.
    pub grad_y: &'a mut [V],
    /// Element (p, q) stands at `p * stride + q`.
    pub rank: &'a mut [V],
    pub stride: usize,
    /// The same for what counts for i ≠ j only; empty if the kernel's shape has none.
    pub off_diagonal: &'a mut [V],
    /// One per term h_e.
    pub diagonal: &'a mut [V],
    /// One per term e_t.
    pub dense: &'a mut [V],
}

/// k(x, y) = k(y, x), proved by `#[kernel]` from the expression.
///
/// A kernel at which two points with two values show the contrary does not compile, unless it is declared `asymmetric`, as the
/// covariance of two different processes is. One that is neither proved nor refuted has no marker.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not known to be a symmetric kernel",
    note = "`#[kernel]` marks a kernel symmetric when swapping `x` and `y` leaves its expression unchanged"
)]
pub trait Symmetric: Kernel {}

/// Every Gram matrix is positive semidefinite: k is the covariance of some process. (A Cholesky factorisation still needs noise
/// or jitter on the diagonal.)
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not known to be positive definite",
    note = "state what its parameters satisfy, `#[kernel(assume(gamma > 0))]`, or vouch for it: `#[kernel(psd = assume)]`"
)]
pub trait PositiveDefinite: Symmetric {}

/// k depends on x - y alone.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not known to be stationary",
    note = "`#[kernel]` marks a kernel stationary when it is a function of `x - y`, as `sq_dist(x, y)` and `dist(x, y)` are"
)]
pub trait Stationary: Kernel {}

/// k depends on ‖x - y‖ alone.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not known to be isotropic",
    note = "`#[kernel]` marks a kernel isotropic when it is a function of `sq_dist(x, y)` or `dist(x, y)` alone"
)]
pub trait Isotropic: Stationary {}

/// ∂²k/∂x∂y exists and is continuous where x = y: the process is differentiable in mean square, and covariances with its gradient exist.
///
/// `#[kernel]` expands the kernel where its points meet. A kernel without the marker says in the error which term of that expansion is
/// not smooth, `k ≈ 1 - r/lengthscale as r = ‖x - y‖ → 0`, in sums and products of kernels as well. `smooth = assume(1)` vouches for a
/// kernel for which neither is proved.
#[diagnostic::on_unimplemented(
    message = "the gradient of a process with covariance `{Self}` does not exist",
    label = "∂²k/∂x∂y is not known to exist where x = y",
    note = "use a smoother kernel (Matérn-3/2 instead of Matérn-1/2), or vouch for this one: `#[kernel(smooth = assume(1))]`"
)]
pub trait Differentiable: Kernel {}

/// ∂⁴k/∂x²∂y² exists and is continuous where x = y: the process is twice differentiable in mean square. `smooth = assume(2)` vouches
/// for it.
#[diagnostic::on_unimplemented(
    message = "second derivatives of a process with covariance `{Self}` do not exist",
    label = "∂⁴k/∂x²∂y² is not known to exist where x = y",
    note = "use a smoother kernel (Matérn-5/2 instead of Matérn-3/2), or vouch for this one: `#[kernel(smooth = assume(2))]`"
)]
pub trait TwiceDifferentiable: Differentiable {}
