//! Gaussian processes given what was observed of them.

use std::f64::consts::PI;

use ndarray::{Array1, Array2, ArrayRef1, Axis, Slice};

use super::dense::Factor;
use super::error::{SolveError, one_for_each_row};
use super::matrix::Number;
use crate::gram::{Layout, Observations, Observed, PointsRef};
use crate::kernel::{Kernel, Symmetric};
use crate::real::Lane;

/// Numbers of covariances with the data that are worked on at once.
const STRIP: usize = 1 << 20;

/// f ~ GP(0, k) given [`Observations`] with noise: mean, variance and covariance of any operator at any points, by one
/// Cholesky factor.
///
/// With b = data + noise, N the variances of the noise, K the covariance of the data and C that of the queries with the
/// data,
///
/// ```text
/// mean        C (K + N)⁻¹ b
/// covariance  cov(queries, queries) - C (K + N)⁻¹ Cᵀ
/// log p(b)    -½ bᵀ (K + N)⁻¹ b - ½ ln det(K + N) - ½ n ln 2π
/// ```
///
/// (C. Rasmussen and C. Williams, *Gaussian Processes for Machine Learning*, 2006, equations 2.23, 2.24 and 2.30, with
/// derivatives as in section 9.4; for operators S. Särkkä, ICANN 2011). The queries are of f itself, without noise.
/// Means have the unit of what is asked for, variances its square. To make it takes O(n³) time and n² numbers of memory
/// for n observed numbers, each query O(n) for its mean and O(n²) for its variance; in double precision but for the
/// entries of the covariances. Where n is too large, there is the [mean alone](Observations#predictions).
///
/// ```
/// use kernel_runtime::gram::{Gradient, Observations, Value};
/// use kernel_runtime::kernels::Rbf;
/// use ndarray::{Array1, array};
///
/// // sin, of which the slope at 0 is known as well.
/// let (x, at_0) = (array![[0.0], [1.0], [2.0], [3.0]], array![[0.0]]);
/// let k = Rbf::new(1.0, 1.2)?;
/// let mut data = Observations::new(&k);
/// data.push(Value, &x)?;
/// data.push(Gradient, &at_0)?;
/// let b = array![0.0, 1_f64.sin(), 2_f64.sin(), 3_f64.sin(), 1.0];
/// let posterior = data.posterior(&b, &Array1::from_elem(5, 1e-8))?;
///
/// let z = array![[1.5]];
/// assert!((posterior.mean(Value, &z)?[0] - 1.5_f64.sin()).abs() < 5e-3);
/// assert!((posterior.mean(Gradient, &z)?[0] - 1.5_f64.cos()).abs() < 2e-2);
/// // Where it was observed, no more than the noise is left of the variance.
/// assert!(posterior.variance(Gradient, &at_0)?[0] < 1.1e-8);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// Integrals are queries and data as well, of kernels that have them in closed form
/// ([`Integral`](crate::gram::Integral)). From values alone that is Bayesian quadrature (A. O'Hagan, *Bayes-Hermite
/// quadrature*, 1991): the variance says how far off the rule may be.
///
/// ```
/// use kernel_runtime::gram::{Integral, Observations, Value};
/// use kernel_runtime::kernels::Rbf;
/// use ndarray::{Array1, array};
///
/// // ∫ sin from 0 to 3, of which the first third is known.
/// let (x, k) = (array![[0.0], [0.75], [1.5], [2.25], [3.0]], Rbf::new(1.0, 1.2)?);
/// let (zero, one, three) = (array![[0.0]], array![[1.0]], array![[3.0]]);
/// let mut data = Observations::new(&k);
/// data.push(Value, &x)?;
/// data.push(Integral::to(&one), &zero)?;
/// let b: Array1<f64> = x.iter().map(|x| x.sin()).chain([1.0 - 1_f64.cos()]).collect();
/// let posterior = data.posterior(&b, &Array1::from_elem(6, 1e-8))?;
///
/// let error = posterior.mean(Integral::to(&three), &zero)?[0] - (1.0 - 3_f64.cos());
/// let deviation = posterior.variance(Integral::to(&three), &zero)?[0].sqrt();
/// assert!(error.abs() < 1e-2 && error.abs() < 3.0 * deviation);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Posterior<'p, 'a, K: Kernel, O> {
    data: &'p Observations<'a, K, O>,
    factor: Factor,
    weights: Array1<f64>,
    log_likelihood: f64,
}

impl<'a, K, O> Observations<'a, K, O>
where
    K: Symmetric,
    K::Scalar: Number,
    O: Layout,
{
    /// The process given what was observed, a number for each row, with independent noise of a variance for each row,
    /// which may be 0.
    ///
    /// # Errors
    ///
    /// - [`RightHandSide`](SolveError::RightHandSide) if `b` has not one number for each row,
    ///   [`NotFinite`](SolveError::NotFinite) if one is infinite or NaN;
    /// - [`Noise`](SolveError::Noise) if there is not one variance for each row, or if one is negative or not finite;
    /// - [`Observation`](SolveError::Observation) if the covariance is not positive definite in floating point, or not
    ///   finite, with the first number that is to blame;
    /// - [`Kernel`](SolveError::Kernel) if the covariance does not fit into memory.
    pub fn posterior<'p>(
        &'p self,
        b: &ArrayRef1<K::Scalar>,
        variances: &ArrayRef1<K::Scalar>,
    ) -> Result<Posterior<'p, 'a, K, O>, SolveError> {
        let expected = self.len();
        if b.len() != expected {
            return Err(SolveError::RightHandSide { expected, got: b.len() });
        }
        if let Some(row) = b.iter().position(|number| !number.is_number()) {
            return Err(SolveError::NotFinite { row, column: 0 });
        }
        one_for_each_row(variances.len(), expected)?;
        let zero = K::Scalar::of(0.0);
        if let Some(row) = variances.iter().position(|&variance| !(variance >= zero && variance.is_number())) {
            return Err(SolveError::Noise { problem: format!("is {} in row {row}", variances[row]) });
        }
        let mut matrix: Array2<f64> = self.covariance()?.mapv(Into::into);
        // A NaN of one point is in the rows of all others as well, but on the diagonal in its own alone.
        let infinite = |entry: &f64| !entry.is_finite();
        let beside = || matrix.iter().position(infinite).map(|place| place / expected);
        if let Some(row) = matrix.diag().iter().position(infinite).or_else(beside) {
            return Err(self.blamed(row, NOT_FINITE));
        }
        let mut diagonal = matrix.diag_mut();
        diagonal += &variances.mapv(Into::<f64>::into);
        let whole = matrix.diag().to_owned();
        let factor = Factor::new(matrix).map_err(|error| match error {
            SolveError::Pivot { row } => self.blamed(row, NOT_POSITIVE),
            error => error,
        })?;
        // A pivot as small as what rounding leaves of a number is none.
        let is_none = |(root, &whole): (f64, &f64)| root * root <= 4.0 * f64::EPSILON * whole;
        if let Some(row) = factor.diagonal().zip(&whole).position(is_none) {
            return Err(self.blamed(row, NOT_POSITIVE));
        }
        let b: Array1<f64> = b.mapv(Into::into);
        let mut weights = b.clone();
        factor.solve(weights.as_slice_mut().unwrap_or_default(), 1);
        let half_log_determinant: f64 = factor.diagonal().map(f64::ln).sum();
        let log_likelihood = -0.5 * (b.dot(&weights) + b.len() as f64 * (2.0 * PI).ln()) - half_log_determinant;
        Ok(Posterior { data: self, factor, weights, log_likelihood })
    }

    /// Which number of which entry a row is.
    fn blamed(&self, row: usize, problem: &str) -> SolveError {
        let (entry, point, component) = self.locate(row).unwrap_or_default();
        SolveError::Observation { row, entry, point, component, problem: problem.to_owned() }
    }
}

const NOT_FINITE: &str =
    "has a covariance that is infinite or NaN: look for such a coordinate among the points of its entry";
const NOT_POSITIVE: &str = "follows from those before it, as far as floating point can tell, or the kernel is not positive definite: \
     give it more noise, leave it out if it was observed before (a Hessian has its mixed derivatives twice), or use a kernel that is \
     `PositiveDefinite`";

impl<K, O> Posterior<'_, '_, K, O>
where
    K: Symmetric,
    K::Scalar: Number,
    O: Layout,
{
    /// The mean of an operator at points x: a number for each row of [`cross`](Observations::cross), in the layout of
    /// the data.
    ///
    /// # Errors
    ///
    /// [`Kernel`](SolveError::Kernel) if points and operator do not fit, as in [`gram`](crate::gram#errors).
    pub fn mean<L: Observed<K>>(&self, operator: L, x: &PointsRef<K>) -> Result<Array1<K::Scalar>, SolveError> {
        Ok(self.data.cross(operator, x)?.dot(&self.weights.mapv(K::Scalar::of))?)
    }

    /// The variance of an operator at points x: a number for each row of [`cross`](Observations::cross), in the layout
    /// of the data.
    ///
    /// It is the difference of the variance before anything was observed, v, and what the observations explain. Where
    /// that is negative, but by no more than rounding can make it, 4(n + 1)ε v with n observed numbers and the ε of the
    /// kernel's numbers, it is 0. What is below is returned as it is: the kernel is not positive definite then, or the
    /// noise is too small for so many observations.
    ///
    /// # Errors
    ///
    /// As [`mean`](Self::mean).
    pub fn variance<L: Observed<K>>(&self, operator: L, x: &PointsRef<K>) -> Result<Array1<K::Scalar>, SolveError> {
        let queries = self.data.of_queries(&operator, x)?;
        let points = x.len_of(Axis(0));
        let (width, mut variance) = (queries.len() / points.max(1), queries.diagonal()?);
        let at_once = (STRIP / width.saturating_mul(self.data.len()).max(1)).max(1);
        for first in (0..points).step_by(at_once) {
            let some = x.slice_axis(Axis(0), Slice::from(first..points.min(first + at_once)));
            let strip = self.data.of_queries(&operator, &some)?;
            let explained = self.explained(&strip)?;
            for (i, e) in (0..some.len_of(Axis(0))).flat_map(|i| (0..width).map(move |e| (i, e))) {
                if let (Some(row), Some(place)) = (strip.index(0, i, e), queries.index(0, first + i, e)) {
                    let explained = explained.row(row);
                    variance[place] = self.left(variance[place].into(), explained.dot(&explained));
                }
            }
        }
        Ok(variance)
    }

    /// The covariance of an operator at points x with itself, exactly symmetric: rows and columns are the rows of
    /// [`cross`](Observations::cross), in the layout of the data. Its diagonal is [`variance`](Self::variance), clipped
    /// as that is.
    ///
    /// # Errors
    ///
    /// As [`mean`](Self::mean), and if the result does not fit into memory.
    pub fn covariance<L: Observed<K>>(&self, operator: L, x: &PointsRef<K>) -> Result<Array2<K::Scalar>, SolveError> {
        let queries = self.data.of_queries(&operator, x)?;
        let (mut covariance, explained) = (queries.covariance()?, self.explained(&queries)?);
        let products = explained.dot(&explained.t());
        for i in 0..queries.len() {
            covariance[[i, i]] = self.left(covariance[[i, i]].into(), products[[i, i]]);
            for j in 0..i {
                let prior: f64 = covariance[[i, j]].into();
                let left = K::Scalar::of(prior - products[[i, j]]);
                (covariance[[i, j]], covariance[[j, i]]) = (left, left);
            }
        }
        Ok(covariance)
    }

    /// V with V Vᵀ = C (K + N)⁻¹ Cᵀ, a row for each of C.
    fn explained(&self, queries: &Observations<'_, K, O>) -> Result<Array2<f64>, SolveError> {
        let mut cross: Array2<f64> = self.data.cross_with(queries)?.dense()?.mapv(Into::into);
        self.factor.divide(cross.as_slice_mut().unwrap_or_default(), queries.len());
        Ok(cross)
    }

    /// What is left of a variance.
    fn left(&self, variance: f64, explained: f64) -> K::Scalar {
        let rounding = 4.0 * (self.data.len() + 1) as f64 * K::Scalar::EPSILON * variance;
        let left = variance - explained;
        K::Scalar::of(if (-rounding..0.0).contains(&left) { 0.0 } else { left })
    }

    /// (K + N)⁻¹ b, a number for each row of the data.
    #[must_use]
    pub fn weights(&self) -> &Array1<f64> {
        &self.weights
    }

    /// ln p(b), the logarithm of the marginal likelihood: of the density of what was observed, in its units.
    #[must_use]
    pub fn log_likelihood(&self) -> f64 {
        self.log_likelihood
    }
}
