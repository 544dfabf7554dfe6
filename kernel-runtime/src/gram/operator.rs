//! What is observed at a point.

use crate::engine::{Derived, Entries};
use crate::kernel::{Differentiable, Kernel, Tower};

/// The value f(x): one number for each point.
///
/// ```
/// use kernel_runtime::gram::{Gram, Value};
/// use kernel_runtime::kernels::Rbf;
/// use ndarray::array;
///
/// let (k, x) = (Rbf::new(1.0, 0.5)?, array![[0.0], [1.0], [2.0]]);
/// assert_eq!(Gram::new(&k, (Value, &x), (Value, &x))?.shape(), (3, 3));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Value;

/// The gradient ∂f/∂x: d numbers for each point.
///
/// ```
/// use kernel_runtime::gram::{Gradient, Gram};
/// use kernel_runtime::kernels::Rbf;
/// use ndarray::array;
///
/// let (k, x) = (Rbf::new(1.0, 0.5)?, array![[0.0, 1.0], [1.0, 0.5]]);
/// assert_eq!(Gram::new(&k, (Gradient, &x), (Gradient, &x))?.shape(), (4, 4));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Gradient;

/// Some partial derivatives ∂f/∂x_a, those by the coordinates listed, in that order: as many numbers for each point.
///
/// ```
/// use kernel_runtime::gram::{Gradient, Gram, Partials};
/// use kernel_runtime::kernels::Rbf;
/// use ndarray::{array, s};
///
/// let (k, x) = (Rbf::new(1.0, 0.5)?, array![[0.0, 1.0, 0.2], [1.0, 0.5, 0.4]]);
/// let some = Gram::new(&k, (Partials(&[2, 0]), &x), (Gradient, &x))?;
/// let all = Gram::new(&k, (Gradient, &x), (Gradient, &x))?.dense()?;
/// assert_eq!(some.shape(), (4, 6));
/// assert_eq!(some.dense()?.row(2), all.row(3 + 2)); // ∂/∂x_2 at the second point
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Partials<'a>(pub &'a [usize]);

/// The Hessian ∂²f/∂x_a∂x_b: d² numbers for each point, row by row, those above the diagonal as well as those below.
///
/// A vector that a [`Gram`](super::Gram) of Hessians is multiplied with may be any: two numbers that stand for the same derivative count
/// by their sum. The matrix is singular in as many directions; leave out what is double before a factorisation.
///
/// ```
/// use kernel_runtime::gram::{Gram, Hessian, Value};
/// use kernel_runtime::kernels::Rbf;
/// use ndarray::array;
///
/// let (k, x) = (Rbf::new(1.0, 1.0)?, array![[0.0, 0.0], [1.0, 0.5]]);
/// let gram = Gram::new(&k, (Hessian, &x), (Hessian, &x))?;
/// assert_eq!(gram.shape(), (8, 8));
/// // Where the points are the same: ∂⁴k/∂x_0²∂y_0² = 3/ℓ⁴, ∂⁴k/∂x_0²∂y_1² = ∂⁴k/∂x_0∂x_1∂y_0∂y_1 = 1/ℓ⁴.
/// let dense = gram.dense()?;
/// assert_eq!([dense[[0, 0]], dense[[0, 3]], dense[[1, 1]], dense[[1, 2]]], [3.0, 1.0, 1.0, 1.0]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Hessian;

/// What a [`Gram`](super::Gram) has on either side: [`Value`], [`Gradient`], [`Partials`], [`Hessian`], or `(Value, Gradient)`,
/// `(Value, Partials)` or `(Value, Gradient, Hessian)`, of which the numbers of a point follow each other in this order.
///
/// A kernel that is not [`Differentiable`] has only values, one that is not a [`Tower`] no Hessians:
///
/// ```compile_fail
/// use kernel_runtime::gram::{Gradient, Gram};
/// use kernel_runtime::kernels::Matern12;
/// use ndarray::array;
///
/// let (k, x) = (Matern12::new(1.0, 0.5)?, array![[0.0], [1.0]]);
/// let gram = Gram::new(&k, (Gradient, &x), (Gradient, &x))?; // no gradient where points coincide
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub trait Observed<K: ?Sized>: sealed::Sealed + Copy + Sync {
    #[doc(hidden)]
    #[allow(private_interfaces, reason = "hidden")]
    const ENTRIES: Entries;
    /// Which of the gradient, if not all of it
    #[doc(hidden)]
    fn coordinates(&self) -> Option<&[usize]> {
        None
    }

    /// The kernel with its derivatives beyond the gradient, if this has some.
    #[doc(hidden)]
    #[allow(private_interfaces, reason = "hidden")]
    fn tower(kernel: &K) -> Option<&dyn Derived<K::Scalar>>
    where
        K: Kernel,
    {
        let _ = kernel;
        None
    }
}

impl<K: Kernel> Observed<K> for Value {
    #[allow(private_interfaces, reason = "hidden")]
    const ENTRIES: Entries = Entries::VALUE;
}

impl<K: Differentiable> Observed<K> for Gradient {
    #[allow(private_interfaces, reason = "hidden")]
    const ENTRIES: Entries = Entries::GRADIENT;
}

impl<K: Differentiable> Observed<K> for (Value, Gradient) {
    #[allow(private_interfaces, reason = "hidden")]
    const ENTRIES: Entries = Entries { value: true, gradient: true, hessian: false };
}

impl<K: Tower> Observed<K> for Hessian {
    #[allow(private_interfaces, reason = "hidden")]
    const ENTRIES: Entries = Entries { value: false, gradient: false, hessian: true };

    #[allow(private_interfaces, reason = "hidden")]
    fn tower(kernel: &K) -> Option<&dyn Derived<K::Scalar>> {
        Some(kernel)
    }
}

impl<K: Tower> Observed<K> for (Value, Gradient, Hessian) {
    #[allow(private_interfaces, reason = "hidden")]
    const ENTRIES: Entries = Entries { value: true, gradient: true, hessian: true };

    #[allow(private_interfaces, reason = "hidden")]
    fn tower(kernel: &K) -> Option<&dyn Derived<K::Scalar>> {
        Some(kernel)
    }
}

impl<K: Differentiable> Observed<K> for Partials<'_> {
    #[allow(private_interfaces, reason = "hidden")]
    const ENTRIES: Entries = Entries::GRADIENT;

    fn coordinates(&self) -> Option<&[usize]> {
        Some(self.0)
    }
}

impl<K: Differentiable> Observed<K> for (Value, Partials<'_>) {
    #[allow(private_interfaces, reason = "hidden")]
    const ENTRIES: Entries = Entries { value: true, gradient: true, hessian: false };

    fn coordinates(&self) -> Option<&[usize]> {
        Some(self.1.0)
    }
}

/// What has no derivatives beyond the gradient: of its covariances there are derivatives by parameters,
/// [`contract_params`](super::Gram::contract_params).
#[diagnostic::on_unimplemented(
    message = "derivatives by parameters of covariances with `{Self}` are not worked out",
    note = "they are of `Value`, `Gradient`, `Partials`, `(Value, Gradient)` and `(Value, Partials)`, not of a `Hessian`"
)]
pub trait FirstOrder: sealed::Sealed {}

impl FirstOrder for Value {}
impl FirstOrder for Gradient {}
impl FirstOrder for Partials<'_> {}
impl FirstOrder for (Value, Gradient) {}
impl FirstOrder for (Value, Partials<'_>) {}

mod sealed {
    pub trait Sealed {}
    impl Sealed for super::Value {}
    impl Sealed for super::Gradient {}
    impl Sealed for super::Partials<'_> {}
    impl Sealed for (super::Value, super::Gradient) {}
    impl Sealed for (super::Value, super::Partials<'_>) {}
    impl Sealed for super::Hessian {}
    impl Sealed for (super::Value, super::Gradient, super::Hessian) {}
}
