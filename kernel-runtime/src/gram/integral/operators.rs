//! The operators, as users see them.

use ndarray::{Array2, ArrayRef, ArrayRef2, ArrayView2, Dimension};

use super::super::operator::{Observed, Sealed};
use super::super::{Arrays, PointsRef};
use super::functional::Functional;
use super::measure::{Measure, Weight};
use super::normal::Covariance;
use crate::error::KernelError;
use crate::kernel::Integrable;
use crate::real::Real;

/// The integral ∫ f over a box, or the mean of f there: one number for each box. Boxes are pairs of corners: the points
/// of the operator are the lower ones, [`to`](Self::to) gives the upper ones, an array of the same shape. Bounds may be
/// infinite where what is asked for is finite.
///
/// With any operator on the other side, itself included, of a kernel that is [`Integrable`](crate::Integrable). For
/// k = exp(-Σ c_i (x_i - y_i)²) it is a product over coordinates of
///
/// ```text
/// ∫_a^b exp(-c (x - y)²) dx                  = √π/(2√c) (erf √c(b - y) - erf √c(a - y))
/// ∫_a^b ∫_p^q exp(-c (x - y)²) dy dx         = (G(b - p) - G(b - q) - G(a - p) + G(a - q)) / c,  G(z) = √π/2 √c z erf √c z + exp(-c z²)/2
/// ```
///
/// (A. O'Hagan, *Bayes-Hermite quadrature*, 1991), written so that nothing cancels: short boxes, far ones and
/// half-spaces have the same relative accuracy. Polynomials of a dot product of degree p take O(d p³). The unit is that
/// of f times the volume.
///
/// ```
/// use kernel_runtime::gram::{Gram, Integral, Value};
/// use kernel_runtime::kernels::Rbf;
/// use ndarray::array;
///
/// // ∫ f over [0, 1] and over [1, ∞), with f(1); lengthscale √½.
/// let (k, x) = (Rbf::new(1.0, 0.5_f64.sqrt())?, array![[1.0]]);
/// let (lower, upper) = (array![[0.0], [1.0]], array![[1.0], [f64::INFINITY]]);
/// let one_sided = Gram::new(&k, (Integral::to(&upper), &lower), (Value, &x))?.dense()?;
/// assert!((one_sided[[0, 0]] - 0.746_824_132_812_427).abs() < 1e-14); // √π/2 erf 1
/// assert!((one_sided[[1, 0]] - 0.886_226_925_452_758).abs() < 1e-14); // √π/2
///
/// // The variance of the first.
/// let (lower, upper) = (array![[0.0]], array![[1.0]]);
/// let boxes = (Integral::to(&upper), &*lower);
/// let variance = Gram::new(&k, boxes, boxes)?.diagonal()?;
/// assert!((variance[0] - 0.861_527_706_796_296).abs() < 1e-14); // √π erf 1 + 1/e - 1
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// Integrals are observed like anything else, and predicted: with values at a few points, the mean of ∫ f is a
/// quadrature rule, and its variance says how far off that may be ([`Posterior`](crate::solve::Posterior), with the
/// feature `gp`).
///
/// A kernel without closed forms is refused by the compiler:
///
/// ```compile_fail,E0277
/// use kernel_runtime::gram::{Gram, Integral, Value};
/// use kernel_runtime::kernels::Matern52;
/// use ndarray::array;
///
/// let (k, x) = (Matern52::new(1.0, 0.5)?, array![[0.0], [1.0]]);
/// let gram = Gram::new(&k, (Integral::to(&array![[1.0], [2.0]]), &x), (Value, &x))?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Integral<'a, S, D: Dimension> {
    upper: &'a ArrayRef<S, D>,
    mean: bool,
}

impl<'a, S, D: Dimension> Integral<'a, S, D> {
    /// ∫ f over the box from each point to the one in the same place of `upper`.
    #[must_use]
    pub fn to(upper: &'a ArrayRef<S, D>) -> Self {
        Self { upper, mean: false }
    }

    /// The mean of f over it, ∫ f / volume, in the unit of f: what a pixel or a bin shows.
    ///
    /// ```
    /// use kernel_runtime::gram::{Gram, Integral, Value};
    /// use kernel_runtime::kernels::Rbf;
    /// use ndarray::array;
    ///
    /// let (k, x) = (Rbf::new(1.0, 0.8)?, array![[0.2, 0.3]]);
    /// // Over a small box it is the value.
    /// let upper = &x + 1e-9;
    /// let mean = Gram::new(&k, (Integral::mean_to(&upper), &x), (Value, &x))?.dense()?;
    /// assert!((mean[[0, 0]] - 1.0).abs() < 1e-15);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn mean_to(upper: &'a ArrayRef<S, D>) -> Self {
        Self { upper, mean: true }
    }
}

impl<S, D: Dimension> Clone for Integral<'_, S, D> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<S, D: Dimension> Copy for Integral<'_, S, D> {}

impl<S, D: Dimension> Sealed for Integral<'_, S, D> {}

impl<K, D> Observed<K> for Integral<'_, K::Scalar, D>
where
    K: Integrable<Points: Arrays<Dim = D>>,
    D: Dimension,
{
    const MEASURE: bool = true;

    fn parts(&self, _: usize) -> Vec<usize> {
        vec![1]
    }

    fn measure(
        &self,
        kernel: &K,
        argument: &'static str,
        points: &PointsRef<K>,
    ) -> Result<Option<Measure>, KernelError> {
        let [lower, upper] = [points, self.upper].map(|corners| K::Points::rows(corners));
        same_shape(argument, "upper corners", &lower, &upper)?;
        let mut boxes = Array2::from_elem(lower.raw_dim(), Functional::Interval { bounds: [0.0; 2], mean: self.mean });
        for ((point, i), place) in boxes.indexed_iter_mut() {
            let [from, to] = [lower[[point, i]], upper[[point, i]]].map(K::Scalar::widened);
            let problem = if from.is_nan() || to.is_nan() {
                "bounds have to be numbers"
            } else if from == to && from.is_infinite() || from > to {
                "the upper bound has to be above the lower one"
            } else if from == to && self.mean {
                "a box without a volume has no mean"
            } else if (to - from).is_infinite() && self.mean {
                "a box without an end has no mean"
            } else {
                *place = Functional::Interval { bounds: [from, to], mean: self.mean };
                continue;
            };
            let problem = format!("coordinate {i} of box {point} goes from {from} to {to}: {problem}");
            return Err(KernelError::Measure { argument, problem });
        }
        Measure::new(kernel, lower.ncols(), Weight::Separate(boxes)).map(Some)
    }
}

/// The expectation E f(X) of normally distributed X: one number for each point, which is the mean of X. What is
/// observed where the place is not exactly known, and what a Gaussian filter makes of f; of a kernel it is the kernel
/// mean embedding of the distribution.
///
/// With X ~ N(μ, Σ) and Y ~ N(ν, T), for k = exp(-Σ c_i (x_i - y_i)²) and C the diagonal matrix of c,
///
/// ```text
/// E k(X, Y) = |B|^{-1/2} exp(-(μ - ν)ᵀ √C B⁻¹ √C (μ - ν)),  B = 1 + 2 √C (Σ + T) √C
/// ```
///
/// (A. Girard, C. E. Rasmussen, J. Quiñonero Candela, R. Murray-Smith, *Gaussian process priors with uncertain inputs*,
/// NIPS 2002). Of polynomials it is a sum of moments. Kernels are those of [`Integral`].
///
/// ```
/// use kernel_runtime::gram::{Expectation, Gram, Value};
/// use kernel_runtime::kernels::Rbf;
/// use ndarray::array;
///
/// let (k, x) = (Rbf::new(1.0, 1.0)?, array![[0.0, 0.0], [1.0, 2.0]]);
/// // Each coordinate with variances of its own: E k = Π √(1/(1 + σ²)) where the mean is the point.
/// let variances = array![[3.0, 0.0], [0.0, 8.0]];
/// let expectations = Gram::new(&k, (Expectation::independent(&variances), &x), (Value, &x))?.diagonal();
/// assert!(expectations.is_err()); // one operator is not the other
/// let expectations = Gram::new(&k, (Expectation::independent(&variances), &x), (Value, &x))?.dense()?;
/// assert!((expectations[[0, 0]] - 0.5).abs() < 1e-15 && (expectations[[1, 1]] - 1.0 / 3.0).abs() < 1e-15);
///
/// // One covariance for all points.
/// let covariance = array![[2.0, 1.0], [1.0, 2.0]]; // |1 + Σ| = 8
/// let expectations = Gram::new(&k, (Expectation::with(&covariance), &x), (Value, &x))?.dense()?;
/// assert!((expectations[[0, 0]] - 1.0 / 8_f64.sqrt()).abs() < 1e-15);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Expectation<'a, S, D: Dimension> {
    spread: &'a ArrayRef<S, D>,
    independent: bool,
}

impl<'a, S, D: Dimension> Expectation<'a, S, D> {
    /// With independent coordinates: a variance σ² ≥ 0 for each coordinate of each point, in an array of the shape of
    /// the points.
    #[must_use]
    pub fn independent(variances: &'a ArrayRef<S, D>) -> Self {
        Self { spread: variances, independent: true }
    }
}

impl<'a, S> Expectation<'a, S, ndarray::Ix2> {
    /// With one covariance Σ for all points, a positive semidefinite matrix of shape (d, d). Not beside [`Integral`] on
    /// the other side: over boxes, correlated normal distributions have no closed form.
    #[must_use]
    pub fn with(covariance: &'a ArrayRef2<S>) -> Self {
        Self { spread: covariance, independent: false }
    }
}

impl<S, D: Dimension> Clone for Expectation<'_, S, D> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<S, D: Dimension> Copy for Expectation<'_, S, D> {}

impl<S, D: Dimension> Sealed for Expectation<'_, S, D> {}

impl<K, D> Observed<K> for Expectation<'_, K::Scalar, D>
where
    K: Integrable<Points: Arrays<Dim = D>>,
    D: Dimension,
{
    const MEASURE: bool = true;

    fn parts(&self, _: usize) -> Vec<usize> {
        vec![1]
    }

    fn measure(
        &self,
        kernel: &K,
        argument: &'static str,
        points: &PointsRef<K>,
    ) -> Result<Option<Measure>, KernelError> {
        let [points, spread] = [points, self.spread].map(|array| K::Points::rows(array));
        let d = points.ncols();
        let means = points.mapv(K::Scalar::widened);
        let weight = if self.independent {
            same_shape(argument, "variances", &points, &spread)?;
            let mut normals = means.mapv(|mean| Functional::Normal { mean, variance: 0.0 });
            for ((point, i), normal) in normals.indexed_iter_mut() {
                let own = K::Scalar::widened(spread[[point, i]]);
                if !(0.0..f64::INFINITY).contains(&own) {
                    let problem = format!(
                        "the variance of coordinate {i} of point {point} is {own}: it has to be 0 or more, and finite"
                    );
                    return Err(KernelError::Measure { argument, problem });
                }
                *normal = Functional::Normal { mean: means[[point, i]], variance: own };
            }
            Weight::Separate(normals)
        } else {
            if spread.dim() != (d, d) {
                let problem = format!(
                    "the covariance has shape {:?}, but points have {d} coordinates: pass one of shape ({d}, {d})",
                    spread.dim()
                );
                return Err(KernelError::Measure { argument, problem });
            }
            let entries = spread.iter().map(|&entry| K::Scalar::widened(entry)).collect();
            let covariance = Covariance::new(d, entries)
                .map_err(|problem| KernelError::Measure { argument, problem: format!("the covariance {problem}") })?;
            Weight::Correlated { means, covariance }
        };
        Measure::new(kernel, d, weight).map(Some)
    }
}

fn same_shape<S>(
    argument: &'static str,
    what: &str,
    points: &ArrayView2<'_, S>,
    got: &ArrayView2<'_, S>,
) -> Result<(), KernelError> {
    if points.dim() == got.dim() {
        return Ok(());
    }
    let problem = format!(
        "{what} have shape {:?}, points have {:?}: pass as many, with as many coordinates",
        got.dim(),
        points.dim()
    );
    Err(KernelError::Measure { argument, problem })
}
