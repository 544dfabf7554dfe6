//! What is observed at a point.

use crate::engine::Entries;
use crate::kernel::{Differentiable, Kernel};

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

/// What a [`Gram`](super::Gram) has on either side: [`Value`], [`Gradient`], [`Partials`], or a value and one of the two others,
/// `(Value, Gradient)`, of which the numbers of a point follow each other, the value first.
///
/// A kernel that is not [`Differentiable`] has only values:
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
}

impl<K: Kernel> Observed<K> for Value {
    #[allow(private_interfaces, reason = "hidden")]
    const ENTRIES: Entries = Entries { value: true, gradient: false };
}

impl<K: Differentiable> Observed<K> for Gradient {
    #[allow(private_interfaces, reason = "hidden")]
    const ENTRIES: Entries = Entries { value: false, gradient: true };
}

impl<K: Differentiable> Observed<K> for (Value, Gradient) {
    #[allow(private_interfaces, reason = "hidden")]
    const ENTRIES: Entries = Entries { value: true, gradient: true };
}

impl<K: Differentiable> Observed<K> for Partials<'_> {
    #[allow(private_interfaces, reason = "hidden")]
    const ENTRIES: Entries = Entries { value: false, gradient: true };

    fn coordinates(&self) -> Option<&[usize]> {
        Some(self.0)
    }
}

impl<K: Differentiable> Observed<K> for (Value, Partials<'_>) {
    #[allow(private_interfaces, reason = "hidden")]
    const ENTRIES: Entries = Entries { value: true, gradient: true };

    fn coordinates(&self) -> Option<&[usize]> {
        Some(self.1.0)
    }
}

mod sealed {
    pub trait Sealed {}
    impl Sealed for super::Value {}
    impl Sealed for super::Gradient {}
    impl Sealed for super::Partials<'_> {}
    impl Sealed for (super::Value, super::Gradient) {}
    impl Sealed for (super::Value, super::Partials<'_>) {}
}
