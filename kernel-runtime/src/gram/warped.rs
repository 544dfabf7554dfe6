//! Kernels of points that a map has moved.

mod contract;
mod dense;
mod entries;
mod lazy;
mod map;
mod operator;
mod points;
mod side;

pub use lazy::WarpedGram;
pub use map::{Coordinatewise, Jacobian, Warp};
pub use operator::PulledBack;

use crate::kernel::Kernel;

/// k(w(x), w(y)) for a kernel k and a differentiable map w, a [`Warp`]: a stationary kernel becomes one that is not.
///
/// It is a covariance where k is one, that of f(x) = g(w(x)) for g ~ GP(0, k). With J, the Jacobian of w, it has the
/// derivatives
///
/// ```text
/// ∂/∂x k(w(x), w(y))     = J(x)ᵀ ∂k/∂w
/// ∂²/∂x∂yᵀ k(w(x), w(y)) = J(x)ᵀ [∂²k/∂w∂wᵀ] J(y)
/// ```
///
/// and no second derivative of w. For a map of each coordinate see J. Snoek, K. Swersky, R. Zemel and R. Adams, *Input
/// warping for Bayesian optimization of non-stationary functions*, ICML 2014; for networks R. Calandra, J. Peters, C.
/// Rasmussen and M. Deisenroth, *Manifold Gaussian processes for regression*, IJCNN 2016, and A. Wilson, Z. Hu, R.
/// Salakhutdinov and E. Xing, *Deep kernel learning*, AISTATS 2016.
///
/// Its blocks are [`k_ff`](Self::k_ff), [`k_gf`](Self::k_gf), [`k_fg`](Self::k_fg), [`k_gg`](Self::k_gg) and
/// [`joint`](Self::joint), as those of [`gram`](super) are, and [`WarpedGram`] stands for them without their entries,
/// to be multiplied with vectors and solved with.
///
/// It is no [`Kernel`]: a kernel is evaluated for each pair of points, and the map for each point. So sums and products
/// of kernels behind the same map are taken there, `Warped::new(a + b, w)`; of those with different maps, or one with
/// none, the Gram matrices are added: their products, as a [`SymmetricMatrix`](crate::solve::SymmetricMatrix) of one's
/// own, where it is solved with.
///
/// ```
/// use kernel_runtime::gram::{Coordinatewise, Warped};
/// use kernel_runtime::kernels::Rbf;
/// use ndarray::array;
///
/// // A process that varies with the logarithm of time.
/// let k = Warped::new(Rbf::new(1.0, 0.5)?, Coordinatewise(|_, t: f64| (t.ln(), t.recip())));
/// let t = array![[1.0], [2.0], [8.0]];
/// let k_gg = k.k_gg(&t, &t)?; // (3, 3, 1, 1)
/// assert_eq!(k_gg[[2, 2, 0, 0]], 1.0 / 0.25 / 64.0); // (1/ℓ²) w'(t)²
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Warped<K, W> {
    kernel: K,
    warp: W,
}

impl<K: Kernel, W: Warp<K::Scalar>> Warped<K, W> {
    /// k(w(x), w(y))
    ///
    /// Whether kernel and map fit together depends on the points, too, and is found by the first function that is given
    /// some.
    pub fn new(kernel: K, warp: W) -> Self {
        Self { kernel, warp }
    }

    /// k
    #[must_use]
    pub fn kernel(&self) -> &K {
        &self.kernel
    }

    /// w
    #[must_use]
    pub fn warp(&self) -> &W {
        &self.warp
    }
}
