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

/// What a [`Gram`](super::Gram) has on either side: [`Value`], [`Gradient`], or `(Value, Gradient)`, of which the numbers of a point
/// follow each other, the value first.
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

mod sealed {
    pub trait Sealed {}
    impl Sealed for super::Value {}
    impl Sealed for super::Gradient {}
    impl Sealed for (super::Value, super::Gradient) {}
}
