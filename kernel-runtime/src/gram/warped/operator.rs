//! What is observed of a warped kernel, and what that takes of the kernel behind the map.

use crate::gram::operator::{FirstOrder, Gradient, Observed, Partials, Value};
use crate::kernel::{Differentiable, Kernel};

/// What a [`WarpedGram`](super::WarpedGram) has on either side: [`Value`], [`Gradient`], [`Partials`],
/// `(Value, Gradient)` or `(Value, Partials)`. A Hessian would need second derivatives of the map as well.
///
/// ```compile_fail
/// use kernel_runtime::gram::{Coordinatewise, Gradient, Warped, WarpedGram};
/// use kernel_runtime::kernels::Matern12;
/// use ndarray::array;
///
/// let (k, x) = (Warped::new(Matern12::new(1.0, 0.5)?, Coordinatewise(|_, x: f64| (x, 1.0))), array![[0.0], [1.0]]);
/// let gram = WarpedGram::new(&k, (Gradient, &x), (Gradient, &x))?; // no smoother than its kernel
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub trait PulledBack<K: Kernel>: Observed<K> + FirstOrder {
    /// What is observed of the kernel: all of its gradient, for some of the coordinates x may move all of w(x).
    #[doc(hidden)]
    type Inner: Observed<K> + FirstOrder;
    #[doc(hidden)]
    const INNER: Self::Inner;
}

impl<K: Kernel> PulledBack<K> for Value {
    type Inner = Self;
    const INNER: Self = Self;
}

impl<K: Differentiable> PulledBack<K> for Gradient {
    type Inner = Self;
    const INNER: Self = Self;
}

impl<K: Differentiable> PulledBack<K> for (Value, Gradient) {
    type Inner = Self;
    const INNER: Self = (Value, Gradient);
}

impl<K: Differentiable> PulledBack<K> for Partials<'_> {
    type Inner = Gradient;
    const INNER: Gradient = Gradient;
}

impl<K: Differentiable> PulledBack<K> for (Value, Partials<'_>) {
    type Inner = (Value, Gradient);
    const INNER: (Value, Gradient) = (Value, Gradient);
}
