//! Derivatives by parameters of the kernel behind the map.

use ndarray::{Array1, ArrayRef, ArrayRef2, Axis, s};

use super::lazy::WarpedGram;
use super::operator::PulledBack;
use crate::error::KernelError;
use crate::gram::{Arrays, Columns, Gram};
use crate::kernel::Kernel;
use crate::real::Lane;

impl<K: Kernel, L: PulledBack<K>, R: PulledBack<K>> WarpedGram<'_, K, L, R> {
    /// uᵀ ∂K/∂θ v for every number θ of every parameter of k, as [`Gram::contract_params`] has it. Parameters of the
    /// map are none of these.
    ///
    /// # Errors
    ///
    /// [`LeftOperand`](KernelError::LeftOperand) if `u` has not as many rows as this has,
    /// [`Operand`](KernelError::Operand) if `v` has not as many as this has columns,
    /// [`UnequalColumns`](KernelError::UnequalColumns) if one has more columns than the other.
    ///
    /// ```
    /// use kernel_runtime::gram::{Coordinatewise, Gradient, Warped, WarpedGram};
    /// use kernel_runtime::kernels::Rbf;
    /// use ndarray::{Array1, array};
    ///
    /// let (x, v) = (array![[1.0, 2.0], [3.0, 0.5]], Array1::linspace(-1.0, 1.0, 4));
    /// let map = Coordinatewise(|_, x: f64| (x.ln(), x.recip()));
    /// let k = Warped::new(Rbf::new(1.5, 0.7)?, map);
    /// let gram = WarpedGram::new(&k, (Gradient, &x), (Gradient, &x))?;
    /// // The variance is a factor.
    /// assert!((gram.contract_params(&v, &v)?[0] - v.dot(&gram.dot(&v)?) / 1.5).abs() < 1e-14);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn contract_params<D: Columns>(
        &self,
        u: &ArrayRef<K::Scalar, D>,
        v: &ArrayRef<K::Scalar, D>,
    ) -> Result<Array1<K::Scalar>, KernelError> {
        let ((rows, columns), (u, v)) = (self.shape(), (D::columns(u), D::columns(v)));
        if u.nrows() != rows {
            return Err(KernelError::LeftOperand { expected: rows, got: u.nrows() });
        }
        if v.nrows() != columns {
            return Err(KernelError::Operand { expected: columns, got: v.nrows() });
        }
        let [n, m, _] = self.sizes;
        self.inner()?.contract_params(&self.left.push(0..n, &u)?, &self.right().push(0..m, &v)?)
    }

    /// Σ_ij w_ij ∂K_ij/∂θ for every number θ of every parameter of k, as [`Gram::contract_params_with`] has it.
    ///
    /// # Errors
    ///
    /// [`Weights`](KernelError::Weights) if w has another shape.
    ///
    /// ```
    /// use kernel_runtime::gram::{Coordinatewise, Gradient, Value, Warped, WarpedGram};
    /// use kernel_runtime::kernels::Rbf;
    /// use ndarray::{Array2, array};
    ///
    /// let (x, y) = (array![[1.0, 2.0], [3.0, 0.5]], array![[0.3, 0.4]]);
    /// let map = Coordinatewise(|_, x: f64| (x.ln(), x.recip()));
    /// let k = Warped::new(Rbf::new(1.5, 0.7)?, map);
    /// let gram = WarpedGram::new(&k, (Gradient, &x), (Value, &y))?;
    /// let gradient = gram.contract_params_with(&Array2::ones((4, 1)))?;
    /// // The variance is a factor.
    /// assert!((gradient[0] - gram.dense()?.sum() / 1.5).abs() < 1e-14);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn contract_params_with(&self, w: &ArrayRef2<K::Scalar>) -> Result<Array1<K::Scalar>, KernelError> {
        if w.dim() != self.shape() {
            return Err(KernelError::Weights { expected: self.shape(), got: w.dim() });
        }
        let ([n, m, _], of_point) = (self.sizes, self.left.outer());
        let numbers = K::SHAPE.parameter_numbers(K::Points::rows(&self.x).ncols());
        let mut total = Array1::from_elem(numbers, K::Scalar::of(0.0));
        for points in self.parts(0..n) {
            let rows = w.slice(s![points.start * of_point..points.end * of_point, ..]);
            let x = self.x.slice_axis(Axis(0), points.clone().into());
            let half = self.left.push(points, &rows)?;
            let w = self.right().push(0..m, &half.t())?;
            let some = Gram::new(self.kernel, (L::INNER, &x), (R::INNER, self.y()))?.contract_params_with(&w.t())?;
            for (total, &some) in total.iter_mut().zip(&some) {
                *total += some;
            }
        }
        Ok(total)
    }
}
