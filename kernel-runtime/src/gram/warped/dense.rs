//! The blocks of a warped kernel one by one.

use ndarray::{Array, Array1, Array2, Ix2};

use super::map::Warp;
use super::{Warped, WarpedGram};
use crate::error::KernelError;
use crate::gram::batch::allocate;
use crate::gram::{Arrays, Gradient, Layout, PointsRef, Value};
use crate::kernel::{Differentiable, Kernel};

/// An array of gradients: (n, m, d), or (n, m) for kernels of two numbers.
type Gradients<K> = Array<<K as Kernel>::Scalar, <<K as Kernel>::Points as Arrays>::Gradient>;
/// An array of second derivatives: (n, m, d, d), or (n, m) for kernels of two numbers.
type Hessians<K> = Array<<K as Kernel>::Scalar, <<K as Kernel>::Points as Arrays>::Hessian>;

impl<K: Kernel, W: Warp<K::Scalar>> Warped<K, W> {
    /// Values, as [`gram::k_ff`](crate::gram::k_ff()) has them: `out[i, j]` = k(w(x_i), w(y_j)).
    ///
    /// # Errors
    ///
    /// See [the module](crate::gram#errors).
    pub fn k_ff(&self, x: &PointsRef<K>, y: &PointsRef<K>) -> Result<Array2<K::Scalar>, KernelError> {
        WarpedGram::new(self, (Value, x), (Value, y))?.dense()
    }

    /// Variances, as [`gram::diagonal`](crate::gram::diagonal()) has them: `out[i]` = k(w(x_i), w(x_i)).
    ///
    /// # Errors
    ///
    /// See [the module](crate::gram#errors).
    pub fn diagonal(&self, x: &PointsRef<K>) -> Result<Array1<K::Scalar>, KernelError> {
        WarpedGram::new(self, (Value, x), (Value, x))?.diagonal()
    }
}

impl<K: Differentiable, W: Warp<K::Scalar>> Warped<K, W> {
    /// Covariance of gradients at x with values at y, as [`gram::k_gf`](crate::gram::k_gf()) has it:
    /// `out[i, j, a]` = ∂/∂x_a k(w(x_i), w(y_j)).
    ///
    /// # Errors
    ///
    /// See [the module](crate::gram#errors).
    pub fn k_gf(&self, x: &PointsRef<K>, y: &PointsRef<K>) -> Result<Gradients<K>, KernelError> {
        let gram = WarpedGram::new(self, (Gradient, x), (Value, y))?;
        let [n, m, d] = gram.sizes;
        let mut out = allocate(K::Points::gradient_shape(n, m, d))?;
        let mut entries = K::Points::gradient(&mut out);
        for points in gram.parts(0..n) {
            for ((row, j), &entry) in gram.block(points.clone(), 0..m)?.indexed_iter() {
                entries[[points.start + row / d, j, row % d]] = entry;
            }
        }
        Ok(out)
    }

    /// Covariance of values at x with gradients at y, as [`gram::k_fg`](crate::gram::k_fg()) has it:
    /// `out[i, j, b]` = ∂/∂y_b k(w(x_i), w(y_j)).
    ///
    /// # Errors
    ///
    /// See [the module](crate::gram#errors).
    pub fn k_fg(&self, x: &PointsRef<K>, y: &PointsRef<K>) -> Result<Gradients<K>, KernelError> {
        let gram = WarpedGram::new(self, (Value, x), (Gradient, y))?;
        let [n, m, d] = gram.sizes;
        let mut out = allocate(K::Points::gradient_shape(n, m, d))?;
        let mut entries = K::Points::gradient(&mut out);
        for points in gram.parts(0..n) {
            for ((row, column), &entry) in gram.block(points.clone(), 0..m)?.indexed_iter() {
                entries[[points.start + row, column / d, column % d]] = entry;
            }
        }
        Ok(out)
    }

    /// Covariance of gradients at x with gradients at y, as [`gram::k_gg`](crate::gram::k_gg()) has it:
    /// `out[i, j, a, b]` = ∂²/∂x_a∂y_b k(w(x_i), w(y_j)).
    ///
    /// # Errors
    ///
    /// See [the module](crate::gram#errors).
    pub fn k_gg(&self, x: &PointsRef<K>, y: &PointsRef<K>) -> Result<Hessians<K>, KernelError> {
        let gram = WarpedGram::new(self, (Gradient, x), (Gradient, y))?;
        let [n, m, d] = gram.sizes;
        let mut out = allocate(K::Points::hessian_shape(n, m, d))?;
        let mut entries = K::Points::hessian(&mut out);
        for points in gram.parts(0..n) {
            for ((row, column), &entry) in gram.block(points.clone(), 0..m)?.indexed_iter() {
                entries[[points.start + row / d, column / d, row % d, column % d]] = entry;
            }
        }
        Ok(out)
    }

    /// Covariance of values and gradients at x with those at y, as [`gram::joint`](crate::gram::joint()) has it: of
    /// shape (n(1+d), m(1+d)).
    ///
    /// # Errors
    ///
    /// See [the module](crate::gram#errors).
    pub fn joint(
        &self,
        x: &PointsRef<K>,
        y: &PointsRef<K>,
        layout: impl Layout,
    ) -> Result<Array2<K::Scalar>, KernelError> {
        let gram = WarpedGram::new(self, ((Value, Gradient), x), ((Value, Gradient), y))?;
        let ([n, m, d], (rows, columns)) = (gram.sizes, gram.shape());
        let place =
            |points, number: usize| layout.index(points, d, number / (1 + d), (number % (1 + d)).checked_sub(1));
        let mut out = allocate(Ix2(rows, columns))?;
        for points in gram.parts(0..n) {
            for ((row, column), &entry) in gram.block(points.clone(), 0..m)?.indexed_iter() {
                out[[place(n, points.start * (1 + d) + row), place(m, column)]] = entry;
            }
        }
        Ok(out)
    }
}
