//! Derivatives by parameters of what a Gram matrix is multiplied with, without a derivative of the matrix.

use ndarray::{Array1, ArrayRef, ArrayRef2};

use super::batch::Batch;
use super::between::{ByPair, ByRow, Columnwise, Together};
use super::columns::Columns;
use super::lazy::Gram;
use super::operator::{FirstOrder, Observed};
use super::tile::both;
use crate::engine::{
    Between, Contraction, OuterTotals, OwnSums, Places, ROWS, Sums, outer_of_derivatives, outer_of_values, own_sums,
};
use crate::error::KernelError;
use crate::kernel::{Kernel, Stage};
use crate::lane::Level;
use crate::real::{Lane, Real};

impl<K: Kernel, L: Observed<K>, R: Observed<K>> Gram<'_, K, L, R> {
    /// uᵀ ∂K/∂θ v for every number θ of every parameter: entry l is Σ_ij u_i v_j ∂K_ij/∂θ_l, with the numbers in the
    /// order of [`k_params`](super::k_params). Of matrices u and v the products of their columns are added up: Σ_c u_cᵀ
    /// ∂K/∂θ v_c.
    ///
    /// It is the gradient by θ of uᵀ K v. A pair of points takes O(d) for all parameters together, also if there is one
    /// for each coordinate, and memory is O((n + m) d): no ∂K/∂θ is formed. The result is the same, bit for bit, on
    /// however many threads.
    ///
    /// Covariances with Hessians, and with operators beyond the gradient, have none: that is an error when it is
    /// compiled.
    ///
    /// ```compile_fail
    /// use kernel_runtime::gram::{Gram, Hessian, Value};
    /// use kernel_runtime::kernels::Rbf;
    /// use ndarray::{Array1, array};
    ///
    /// let (k, x) = (Rbf::new(1.0, 0.5)?, array![[0.0], [1.0]]);
    /// let gram = Gram::new(&k, (Hessian, &x), (Value, &x))?;
    /// gram.contract_params(&Array1::ones(2), &Array1::ones(2))?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`LeftOperand`](KernelError::LeftOperand) if `u` has not as many rows as this has,
    /// [`Operand`](KernelError::Operand) if `v` has not as many as this has columns,
    /// [`UnequalColumns`](KernelError::UnequalColumns) if one has more columns than the other.
    ///
    /// ```
    /// use kernel_runtime::gram::{Gradient, Gram};
    /// use kernel_runtime::{kernel, sq_dist};
    /// use ndarray::{Array1, array};
    ///
    /// #[kernel(assume(gamma > 0))]
    /// pub fn rbf(x: &[f64], y: &[f64], gamma: f64) -> f64 {
    ///     (-gamma * sq_dist(x, y)).exp()
    /// }
    ///
    /// let x = array![[0.0, 0.0], [1.0, 0.5], [0.0, 2.0]];
    /// let (u, v) = (Array1::linspace(-1.0, 1.0, 6), Array1::linspace(2.0, 1.0, 6));
    /// let k = Rbf::new(0.5)?;
    /// let derivative = Gram::new(&k, (Gradient, &x), (Gradient, &x))?.contract_params(&u, &v)?;
    ///
    /// let at = |gamma| -> Result<f64, Box<dyn std::error::Error>> {
    ///     let k = Rbf::new(gamma)?;
    ///     Ok(u.dot(&Gram::new(&k, (Gradient, &x), (Gradient, &x))?.dot(&v)?))
    /// };
    /// let difference = (at(0.5 + 1e-5)? - at(0.5 - 1e-5)?) / 2e-5;
    /// assert!((derivative[0] - difference).abs() < 1e-8);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn contract_params<D: Columns>(
        &self,
        u: &ArrayRef<K::Scalar, D>,
        v: &ArrayRef<K::Scalar, D>,
    ) -> Result<Array1<K::Scalar>, KernelError>
    where
        L: FirstOrder,
        R: FirstOrder,
    {
        let ((rows, columns), (u, v)) = (self.shape(), (D::columns(u), D::columns(v)));
        if u.nrows() != rows {
            return Err(KernelError::LeftOperand { expected: rows, got: u.nrows() });
        }
        if v.nrows() != columns {
            return Err(KernelError::Operand { expected: columns, got: v.nrows() });
        }
        if u.ncols() != v.ncols() {
            return Err(KernelError::UnequalColumns { u: u.ncols(), v: v.ncols() });
        }
        let (m, left, right) = (self.sizes[1], L::ENTRIES, R::ENTRIES);
        if left.gradient || right.gradient {
            self.contracted(&Columnwise::new([u, v], m, self.places()))
        } else {
            self.contracted(&Together::new([u, v], m))
        }
    }

    /// Σ_ij w_ij ∂K_ij/∂θ for every number θ of every parameter, in the order of [`k_params`](super::k_params), of any
    /// matrix w as large as this one: the gradient by θ of a function of K whose gradient by K is w. Of the log
    /// marginal likelihood that is w = (α αᵀ - K⁻¹)/2 with α = K⁻¹ y.
    ///
    /// A pair of points takes O(d), and between two gradients, where w has d² numbers for it, O(d²): for all parameters
    /// together, also if there is one for each coordinate.
    ///
    /// # Errors
    ///
    /// [`Weights`](KernelError::Weights) if w has another shape.
    ///
    /// ```
    /// use kernel_runtime::gram::{self, Gram, Value};
    /// use kernel_runtime::kernels::Rbf;
    /// use ndarray::{Axis, array};
    ///
    /// let (k, x) = (Rbf::new(1.3, 0.5)?, array![[0.0], [1.0], [1.5]]);
    /// let w = array![[1.0, 0.5, -1.0], [0.5, 2.0, 0.0], [-1.0, 0.0, 3.0]];
    /// let gradient = Gram::new(&k, (Value, &x), (Value, &x))?.contract_params_with(&w)?;
    ///
    /// let k_params = gram::k_params(&k, &x, &x)?; // (3, 3, 2), which the above does not form
    /// let sums = (&k_params * &w.insert_axis(Axis(2))).sum_axis(Axis(0)).sum_axis(Axis(0));
    /// assert!((gradient - sums).iter().all(|error| error.abs() < 1e-14));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn contract_params_with(&self, w: &ArrayRef2<K::Scalar>) -> Result<Array1<K::Scalar>, KernelError>
    where
        L: FirstOrder,
        R: FirstOrder,
    {
        if w.dim() != self.shape() {
            return Err(KernelError::Weights { expected: self.shape(), got: w.dim() });
        }
        let (w, sides) = (w.view(), self.places());
        if R::ENTRIES.gradient { self.contracted(&ByRow { w, sides }) } else { self.contracted(&ByPair { w, sides }) }
    }

    fn places(&self) -> [Places; 2] {
        let (covariance, d) = (self.covariance(), self.sizes[2]);
        [covariance.left, covariance.right]
            .map(|side| Places { places: side.places().to_vec(), count: side.entries().count(d) })
    }

    fn contracted(&self, vectors: &dyn Between<K::Scalar>) -> Result<Array1<K::Scalar>, KernelError> {
        let ([n, m, d], kernel, level) = (self.sizes, self.kernel, Level::current().detected());
        if n == 0 || m == 0 || K::SHAPE.parameter_numbers(d) == 0 || vectors.count() == 0 {
            return Ok(Array1::from_elem(K::SHAPE.parameter_numbers(d), K::Scalar::of(0.0)));
        }
        let (batch, sides) = (Batch::of(kernel, self.x, self.y)?, [L::ENTRIES, R::ENTRIES]);
        if const { !L::ENTRIES.gradient && !R::ENTRIES.gradient } {
            let own = own_sums::<{ Stage::Params as usize }, K>(kernel, level, Stage::Params);
            let own: Option<&OwnSums<'_, _>> = if const { K::SHAPE.custom_params } { Some(&own) } else { None };
            let sums = batch.sums(Stage::Params, level, own);
            return Ok(batch.totals(&sums, &outer_of_values(kernel, level), vectors));
        }
        let own = own_sums::<{ Stage::Contract as usize }, K>(kernel, level, Stage::Contract);
        let own: Option<&OwnSums<'_, _>> = if const { K::SHAPE.custom_contract } { Some(&own) } else { None };
        let sums = batch.sums(Stage::Contract, level, own);
        Ok(if const { !R::ENTRIES.gradient } {
            batch.totals(&sums, &outer_of_derivatives::<K, true, false>(kernel, level, sides), vectors)
        } else if const { !L::ENTRIES.gradient } {
            batch.totals(&sums, &outer_of_derivatives::<K, false, true>(kernel, level, sides), vectors)
        } else {
            batch.totals(&sums, &outer_of_derivatives::<K, true, true>(kernel, level, sides), vectors)
        })
    }
}

impl<S: Real> Batch<'_, S> {
    /// The totals of all pairs, one for each parameter number.
    fn totals(&self, sums: &Sums<'_, S>, outer: &OuterTotals<'_, S>, vectors: &dyn Between<S>) -> Array1<S> {
        let (points, d, columns) = (self.points(false), self.d, self.m);
        let (tiles, numbers) = (points.y.tiles(0, columns), self.kernel.shape().parameter_numbers(d));
        let contraction = Contraction { sums, outer, d, columns, tiles, vectors, numbers };
        let of_row = columns.saturating_mul(d).saturating_mul(vectors.count());
        let rows = (TASK / of_row.max(1)).next_multiple_of(ROWS).max(ROWS);
        part(0, &points.x, rows, &contraction).into()
    }
}

/// Numbers of the vectors that one task is worth.
const TASK: usize = 1 << 18;

/// The totals of points x from number `first` on, on several threads if they pay. Parts are added in the order of their
/// points, whoever made them.
fn part<S: Real>(first: usize, x: &[S], rows: usize, contraction: &Contraction<'_, S>) -> Vec<S> {
    let (d, n) = (contraction.d, x.len() / contraction.d);
    if n <= rows {
        let mut memory = S::memory();
        let totals = contraction.totals(first, x, &mut memory);
        S::keep(memory);
        return totals;
    }
    let at = (n / 2).next_multiple_of(ROWS);
    let (x_above, x_below) = x.split_at(at * d);
    let (mut above, mut below) = (Vec::new(), Vec::new());
    both(|| above = part(first, x_above, rows, contraction), || below = part(first + at, x_below, rows, contraction));
    above.iter().zip(&below).map(|(&above, &below)| above + below).collect()
}
