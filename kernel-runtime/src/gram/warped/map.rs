//! Maps of points.

use crate::real::Real;

/// A differentiable map w from points with d coordinates to points with q, for [`Warped`](super::Warped) kernels: a
/// neural network, a change of coordinates. Of maps that take each coordinate by itself, [`Coordinatewise`] is one made
/// from a closure.
///
/// ```
/// use kernel_runtime::gram::{Gradient, Jacobian, Warp, Warped, WarpedGram};
/// use kernel_runtime::kernels::Matern52;
/// use ndarray::{Array2, array};
///
/// /// w(x) = tanh(A x): a layer of a network.
/// struct Layer(Array2<f64>);
///
/// impl Warp<f64> for Layer {
///     fn dimension(&self) -> Option<usize> {
///         Some(self.0.ncols())
///     }
///
///     fn jacobian_shape(&self, _d: usize) -> Jacobian {
///         Jacobian::Full(self.0.nrows())
///     }
///
///     fn map(&self, x: &[f64], out: &mut [f64]) {
///         for (out, weights) in out.iter_mut().zip(self.0.rows()) {
///             *out = weights.iter().zip(x).map(|(a, x)| a * x).sum::<f64>().tanh();
///         }
///     }
///
///     fn jacobian(&self, x: &[f64], out: &mut [f64]) {
///         for (out, weights) in out.chunks_exact_mut(x.len()).zip(self.0.rows()) {
///             let mapped = weights.iter().zip(x).map(|(a, x)| a * x).sum::<f64>().tanh();
///             for (out, weight) in out.iter_mut().zip(weights) {
///                 *out = (1.0 - mapped * mapped) * weight;
///             }
///         }
///     }
/// }
///
/// let layer = Layer(array![[1.0, -0.5], [0.3, 0.8], [-0.2, 0.4]]);
/// let k = Warped::new(Matern52::new(1.0, 0.7)?, layer);
/// let x = array![[0.0, 0.1], [1.0, 0.5], [-0.4, 2.0], [0.7, 0.7]];
/// let gram = WarpedGram::new(&k, (Gradient, &x), (Gradient, &x))?;
/// assert_eq!(gram.shape(), (8, 8)); // two partial derivatives at each point, of a kernel of three coordinates
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub trait Warp<S>: Sync {
    /// d, how many coordinates points must have, `None` if any number will do.
    fn dimension(&self) -> Option<usize> {
        None
    }

    /// What [`jacobian`](Self::jacobian) writes at points with d coordinates, and with it q.
    fn jacobian_shape(&self, d: usize) -> Jacobian;

    /// Writes w(x), of q numbers, to `out`, which holds zeros.
    fn map(&self, x: &[S], out: &mut [S]);

    /// Writes ∂w/∂x to `out`, which holds zeros: entry r d + a is ∂w_r/∂x_a, or where the Jacobian is
    /// [`Diagonal`](Jacobian::Diagonal), entry a is ∂w_a/∂x_a.
    fn jacobian(&self, x: &[S], out: &mut [S]);
}

/// Of a [`Warp`] at points with d coordinates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Jacobian {
    /// Any matrix of so many rows, q, and d columns: each coordinate of w(x) is a function of all of x.
    Full(usize),
    /// A diagonal matrix, of which d numbers are kept: coordinate a of w(x) is a function of x_a alone.
    Diagonal,
}

impl Jacobian {
    /// q
    pub(super) fn rows(self, d: usize) -> usize {
        match self {
            Self::Full(q) => q,
            Self::Diagonal => d,
        }
    }
}

/// A map of each coordinate by itself, from a function of its number and itself to w_a(x_a) and its derivative.
///
/// ```
/// use kernel_runtime::gram::{Coordinatewise, Warped};
/// use kernel_runtime::kernels::Rbf;
/// use ndarray::array;
///
/// // Lengths by their logarithms, angles as they are.
/// let map = Coordinatewise(|a, x: f64| if a == 0 { (x.ln(), x.recip()) } else { (x, 1.0) });
/// let k = Warped::new(Rbf::new(1.0, 1.0)?, map);
/// let k_ff = k.k_ff(&array![[1.0, 0.2]], &array![[2.0, 0.5]])?;
/// let truth = (-0.5 * (2.0_f64.ln().powi(2) + 0.3_f64.powi(2))).exp();
/// assert!((k_ff[[0, 0]] - truth).abs() < 1e-15);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Coordinatewise<F>(pub F);

impl<S: Real, F: Fn(usize, S) -> (S, S) + Sync> Warp<S> for Coordinatewise<F> {
    fn jacobian_shape(&self, _: usize) -> Jacobian {
        Jacobian::Diagonal
    }

    fn map(&self, x: &[S], out: &mut [S]) {
        for (a, (out, &x)) in out.iter_mut().zip(x).enumerate() {
            *out = (self.0)(a, x).0;
        }
    }

    fn jacobian(&self, x: &[S], out: &mut [S]) {
        for (a, (out, &x)) in out.iter_mut().zip(x).enumerate() {
            *out = (self.0)(a, x).1;
        }
    }
}
