//! What a kernel is to the runtime: stages that evaluate it, and markers for what is known of it.

mod integrable;
mod stage;
mod term;
mod tower;

pub use integrable::{ClosedForm, Integrable, PowerProduct, SquaredExponential, squared_exponential};
pub use stage::{Directed, First, Pairs, Place, Second, Shape, Stage};
pub use term::{Base, Side, Term};
#[cfg(feature = "std")]
pub(crate) use tower::HIGHEST;
pub(crate) use tower::{BEFORE_BEYOND, ORDERS};
pub use tower::{
    KnownTo, Order, SomeOrder, Tower, Tower2, Tower3, Tower4, TowerBlock, TowerOut, TowerShape, TowerTerm,
};

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
/// The hidden items are the three stages of its evaluation: `start` and `reduce` (once per pair and coordinate) fill
/// the sums, `value`, `first` and `second` (once per pair) make the coefficients, `factors_x`, `factors_y` and
/// `diagonals` (once per coordinate) the factors f, g and h, `entries` (once per pair of coordinates) what is no
/// product of such, `params` (once per pair) the derivatives by parameters, `contract` the same of the products of a
/// pair's blocks with two vectors. Sums and factors of the usual forms are also described, by `sum` and `factor`:
/// whoever knows the forms need not run the code. They are an agreement between `#[kernel]` and this crate that any
/// version may change.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a covariance kernel",
    note = "write `#[kernel] pub fn rbf(x: &[f64], y: &[f64], gamma: f64) -> f64 {{ … }}` and pass the struct it makes, `Rbf::new(0.5)?`"
)]
pub trait Kernel: Sync {
    /// Type of coordinates, parameters and values.
    type Scalar: Real;
    /// [`VectorPoints`](crate::VectorPoints) or [`ScalarPoints`](crate::ScalarPoints).
    type Points: Points;

    /// How many numbers the stages make.
    #[doc(hidden)]
    const SHAPE: Shape;

    /// How many coordinates points have, where their type says so.
    #[doc(hidden)]
    const COORDINATES: Option<usize> = None;

    /// How many coordinates points must have, `None` if any number will do.
    fn dimension(&self) -> Option<usize>;

    /// Whether its parts fit together and its parameters are in range, as far as its constructors could not say so.
    #[doc(hidden)]
    fn check(&self) -> Result<(), KernelError> {
        Ok(())
    }

    /// What number `slot` of a stage's sums adds up.
    #[doc(hidden)]
    fn sum(&self, stage: Stage, slot: usize) -> Term {
        let _ = (stage, slot);
        Term::Custom
    }

    /// w(i) of a [`Term::Weighted`] sum, of d coordinates.
    #[doc(hidden)]
    fn sum_weight(&self, stage: Stage, slot: usize, i: usize, d: usize) -> Self::Scalar {
        let _ = (stage, slot, i, d);
        Self::Scalar::of(1.0)
    }

    /// What factor f_p, g_q or h_e is at a coordinate.
    #[doc(hidden)]
    fn factor(&self, side: Side, number: usize) -> Term {
        let _ = (side, number);
        Term::Custom
    }

    /// w(i) of a [`Term::Weighted`] factor, of d coordinates.
    #[doc(hidden)]
    fn factor_weight(&self, side: Side, number: usize, i: usize, d: usize) -> Self::Scalar {
        let _ = (side, number, i, d);
        Self::Scalar::of(1.0)
    }

    /// Neutral elements: 0 for sums, 1 for products.
    #[doc(hidden)]
    #[inline(always)]
    fn start<V: Lane<Scalar = Self::Scalar>>(&self, stage: Stage, sums: &mut [V]) {
        let _ = stage;
        sums.fill(V::of(0.0));
    }

    /// Takes one coordinate of a pair into the sums of a stage. A later pass may read what an earlier one finished.
    #[doc(hidden)]
    fn reduce<V, P>(&self, stage: Stage, pass: usize, place: &P, sums: &mut [V])
    where
        V: Lane<Scalar = Self::Scalar>,
        P: Place<V>;

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
    fn factors_x<V, P>(&self, place: &P, frame: &[V], out: &mut [V])
    where
        V: Lane<Scalar = Self::Scalar>,
        P: Place<V>;

    /// g_q(i)
    #[doc(hidden)]
    fn factors_y<V, P>(&self, place: &P, frame: &[V], out: &mut [V])
    where
        V: Lane<Scalar = Self::Scalar>,
        P: Place<V>;

    /// h_e(i)
    #[doc(hidden)]
    fn diagonals<V, P>(&self, place: &P, frame: &[V], out: &mut [V])
    where
        V: Lane<Scalar = Self::Scalar>,
        P: Place<V>;

    /// e_t(i, j)
    #[doc(hidden)]
    fn entries<V, P>(&self, place: &P, j: usize, frame: &[V], out: &mut [V])
    where
        V: Lane<Scalar = Self::Scalar>,
        P: Place<V>,
    {
        let _ = (place, j, frame, out);
    }

    /// k, and ∂k/∂θ for every number of every parameter: of a vector, its entries. `place` is any of the pair's.
    #[doc(hidden)]
    #[inline(always)]
    fn params<V, P>(&self, place: &P, sums: &[V], out: &mut [V]) -> V
    where
        V: Lane<Scalar = Self::Scalar>,
        P: Place<V>,
    {
        let _ = out;
        self.value(place.dimension(), sums)
    }

    /// k, uᵀ ∂k/∂x, ∂k/∂yᵀ v and uᵀ ∂²k/∂x∂yᵀ v, and the same four of ∂k/∂θ for every number of every parameter.
    /// `place` is any of the pair's.
    #[doc(hidden)]
    fn contract<V, P>(&self, place: &P, sums: &[V], out: &mut [[V; 4]]) -> [V; 4]
    where
        V: Lane<Scalar = Self::Scalar>,
        P: Directed<V>;
}

/// k(x, y) = k(y, x), proved by `#[kernel]` from the expression.
///
/// A kernel at which two points with two values show the contrary does not compile, unless it is declared `asymmetric`,
/// as the covariance of two different processes is. One that is neither proved nor refuted has no marker.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not known to be a symmetric kernel",
    note = "`#[kernel]` marks a kernel symmetric when swapping `x` and `y` leaves its expression unchanged"
)]
pub trait Symmetric: Kernel {}

/// Every Gram matrix is positive semidefinite: k is the covariance of some process. (A Cholesky factorisation still
/// needs noise or jitter on the diagonal.)
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

/// ∂²k/∂x∂y exists and is continuous where x = y: the process is differentiable in mean square, and covariances with
/// its gradient exist.
///
/// `#[kernel]` expands the kernel where its points meet. A kernel without the marker says in the error which term of
/// that expansion is not smooth, `k ≈ 1 - r/lengthscale as r = ‖x - y‖ → 0`, in sums and products of kernels as well.
/// `smooth = assume(1)` vouches for a kernel for which neither is proved.
#[diagnostic::on_unimplemented(
    message = "the gradient of a process with covariance `{Self}` does not exist",
    label = "∂²k/∂x∂y is not known to exist where x = y",
    note = "use a smoother kernel (Matérn-3/2 instead of Matérn-1/2), or vouch for this one: `#[kernel(smooth = assume(1))]`"
)]
pub trait Differentiable: Kernel {}

/// ∂⁴k/∂x²∂y² exists and is continuous where x = y: the process is twice differentiable in mean square.
/// `smooth = assume(2)` vouches for it.
#[diagnostic::on_unimplemented(
    message = "second derivatives of a process with covariance `{Self}` do not exist",
    label = "∂⁴k/∂x²∂y² is not known to exist where x = y",
    note = "use a smoother kernel (Matérn-5/2 instead of Matérn-3/2), or vouch for this one: `#[kernel(smooth = assume(2))]`"
)]
pub trait TwiceDifferentiable: Differentiable {}
