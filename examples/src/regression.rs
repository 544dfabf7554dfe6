//! Exact Gaussian-process regression on a line, for values and derivatives alike.
//!
//! Observations are y = f(t) + noise with f ~ GP(0, k). Differentiation is linear, so f′ is Gaussian together with f,
//! and conditioning needs nothing but the blocks of [`gram`]: with K = `k_ff`(t, t) + noise² I and * for the times
//! asked about,
//!
//! ```text
//! f (t*) | y ~ N( K_*f  K⁻¹ y,   K_**         - K_*f  K⁻¹ K_*fᵀ  )        K_*f  = k_ff(t*, t)
//! f′(t*) | y ~ N( K_*gf K⁻¹ y,   k_gg(t*, t*) - K_*gf K⁻¹ K_*gfᵀ )        K_*gf = k_gf(t*, t)
//! ```
//!
//! Where f is a sum of independent parts, f = g + h, the same holds for g alone: cov(g(t*), y) is the kernel of g, so
//! only the blocks marked * change. Hence the kernel of the part asked about is an argument of [`Regression::value`]
//! and [`Regression::derivative`].

use std::error::Error;
use std::fmt;
use std::ops::Range;

use faer::linalg::cholesky::llt::factor::LltError;
use faer::linalg::solvers::Llt;
use faer::prelude::*;
use faer::{Par, Side};
use faer_ext::{IntoFaer, IntoNdarray};
use kernel_runtime::{Differentiable, Kernel, KernelError, ScalarPoints, gram};
use ndarray::{Array1, Array2, s};

/// Observations and the factorised covariance that conditioning on them needs.
#[derive(Clone, Debug)]
pub struct Regression {
    times: Array1<f64>,
    /// K = L Lᵀ
    factor: Llt<f64>,
    /// K⁻¹ y
    weights: Array1<f64>,
}

impl Regression {
    /// Factorises the covariance of `values` observed at `times` (both of shape (n,)) with independent noise of the
    /// given standard deviation. O(n³).
    ///
    /// # Errors
    ///
    /// If the lengths differ, the kernel refuses the points, or the covariance is not positive definite in floating
    /// point.
    pub fn new<K>(kernel: &K, noise: f64, times: &Array1<f64>, values: &Array1<f64>) -> Result<Self, RegressionError>
    where
        K: Kernel<Scalar = f64, Points = ScalarPoints>,
    {
        if times.len() != values.len() {
            return Err(RegressionError::Lengths { times: times.len(), values: values.len() });
        }
        // faer's matrix product leaves the upper halves of the vector registers dirty on the threads of the rayon pool.
        // The kernels run there too, and every exp of theirs would take many times as long from then on.
        faer::set_global_parallelism(Par::Seq);

        let mut covariance = gram::k_ff(kernel, times, times)?;
        covariance.diag_mut().map_inplace(|v| *v += noise * noise);
        let factor = covariance.view().into_faer().llt(Side::Lower)?;
        let weights = factor.solve(values.iter().copied().collect::<Col<_>>());
        Ok(Self { times: times.clone(), factor, weights: weights.iter().copied().collect() })
    }

    /// The part of f with this kernel, given the observations, at each time of `at`.
    ///
    /// # Errors
    ///
    /// If the kernel refuses the points.
    pub fn value<K>(&self, part: &K, at: &Array1<f64>) -> Result<Posterior, RegressionError>
    where
        K: Kernel<Scalar = f64, Points = ScalarPoints>,
    {
        let cross = gram::k_ff(part, at, &self.times)?;
        Ok(self.condition(&cross, gram::k_ff(part, at, at)?))
    }

    /// The derivative by time of the part of f with this kernel, given the observations, at each time of `at`.
    ///
    /// # Errors
    ///
    /// If the kernel refuses the points.
    pub fn derivative<K>(&self, part: &K, at: &Array1<f64>) -> Result<Posterior, RegressionError>
    where
        K: Kernel<Scalar = f64, Points = ScalarPoints> + Differentiable,
    {
        let cross = gram::k_gf(part, at, &self.times)?;
        Ok(self.condition(&cross, gram::k_gg(part, at, at)?))
    }

    /// `cross`: cov(what is asked, y); `prior`: cov(what is asked). With `V = L⁻¹ crossᵀ` the posterior
    /// covariance is `prior - VᵀV`.
    fn condition(&self, cross: &Array2<f64>, prior: Array2<f64>) -> Posterior {
        let mut v = cross.t().into_faer().to_owned();
        self.factor.L().solve_lower_triangular_in_place(&mut v);
        let explained = v.transpose() * &v;
        Posterior { mean: cross.dot(&self.weights), covariance: prior - explained.as_ref().into_ndarray() }
    }
}

/// A Gaussian vector: m quantities given the observations.
#[derive(Clone, Debug)]
pub struct Posterior {
    /// Shape (m,).
    pub mean: Array1<f64>,
    /// Shape (m, m).
    pub covariance: Array2<f64>,
}

impl Posterior {
    /// Quantity `i` by itself.
    #[must_use]
    pub fn at(&self, i: usize) -> Estimate {
        self.average(i..i + 1)
    }

    /// The average of a range of quantities; its band takes their correlation into account.
    #[must_use]
    pub fn average(&self, range: Range<usize>) -> Estimate {
        let n = range.len() as f64;
        let covariance = self.covariance.slice(s![range.clone(), range.clone()]);
        // Rounding may leave a variance that should be nothing a little below it.
        let variance = covariance.sum().max(0.0);
        Estimate { mean: self.mean.slice(s![range]).sum() / n, deviation: variance.sqrt() / n }
    }
}

/// One Gaussian quantity.
#[derive(Clone, Copy, Debug)]
pub struct Estimate {
    /// Its mean.
    pub mean: f64,
    /// Its standard deviation.
    pub deviation: f64,
}

impl Estimate {
    /// Half the width of the 95 % band.
    #[must_use]
    pub fn margin(&self) -> f64 {
        1.959_964 * self.deviation
    }

    /// The 95 % band.
    #[must_use]
    pub fn band(&self) -> (f64, f64) {
        (self.mean - self.margin(), self.mean + self.margin())
    }
}

/// Why conditioning failed.
#[derive(Clone, Debug)]
pub enum RegressionError {
    /// There must be one value for each time.
    Lengths {
        /// How many times came.
        times: usize,
        /// How many values came.
        values: usize,
    },
    /// The kernel refused its arguments.
    Kernel(KernelError),
    /// The Cholesky factorisation met a pivot that is not positive.
    NotPositiveDefinite {
        /// The observation it stands for, from 0.
        observation: usize,
    },
}

impl fmt::Display for RegressionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Lengths { times, values } => {
                write!(f, "expected one value for each of {times} times, got {values}")
            }
            Self::Kernel(error) => error.fmt(f),
            Self::NotPositiveDefinite { observation } => write!(
                f,
                "the covariance of the observations is not positive definite in floating point (first at observation {observation}, \
                 counted from 0): more noise, or a kernel with a shorter length scale, would make it so"
            ),
        }
    }
}

impl Error for RegressionError {}

impl From<KernelError> for RegressionError {
    fn from(error: KernelError) -> Self {
        Self::Kernel(error)
    }
}

impl From<LltError> for RegressionError {
    fn from(error: LltError) -> Self {
        let LltError::NonPositivePivot { index } = error;
        Self::NotPositiveDefinite { observation: index }
    }
}

#[cfg(test)]
mod tests {
    use kernel_runtime::kernel;
    use ndarray::array;

    use super::*;

    #[kernel(assume(length > 0))]
    fn rbf(x: f64, y: f64, length: f64) -> f64 {
        let r = (x - y) / length;
        (-0.5 * r * r).exp()
    }

    /// One observation y at 0, with noise s: everything is a fraction with 1 + s² below.
    #[test]
    fn one_observation_as_on_paper() {
        let k = Rbf::new(1.0).unwrap();
        let (y, s, t) = (3.0, 0.5_f64, 0.7_f64);
        let regression = Regression::new(&k, s, &array![0.0], &array![y]).unwrap();
        let (k_t, below) = ((-0.5 * t * t).exp(), 1.0 + s * s);

        let value = regression.value(&k, &array![t]).unwrap();
        assert!((value.mean[0] - k_t * y / below).abs() < 1e-15);
        assert!((value.covariance[[0, 0]] - (1.0 - k_t * k_t / below)).abs() < 1e-15);

        let slope = regression.derivative(&k, &array![t]).unwrap();
        assert!((slope.mean[0] + t * k_t * y / below).abs() < 1e-15);
        assert!((slope.covariance[[0, 0]] - (1.0 - (t * k_t).powi(2) / below)).abs() < 1e-15);
    }

    #[test]
    fn an_average_knows_correlations() {
        let posterior = Posterior {
            mean: array![1.0, 3.0, 100.0],
            covariance: array![[1.0, -0.5, 9.0], [-0.5, 1.0, 9.0], [9.0, 9.0, 100.0]],
        };
        let average = posterior.average(0..2);
        assert_eq!((average.mean, average.deviation), (2.0, 0.5));
    }

    #[test]
    fn errors_say_what_is_wrong() {
        let k = Rbf::new(10.0).unwrap();
        let times = Array1::linspace(0.0, 1.0, 50);
        let error = Regression::new(&k, 0.0, &times, &times).unwrap_err();
        assert!(matches!(error, RegressionError::NotPositiveDefinite { .. }), "{error}");
        assert!(error.to_string().contains("not positive definite"), "{error}");

        let error = Regression::new(&k, 0.1, &times, &array![1.0]).unwrap_err();
        assert_eq!(error.to_string(), "expected one value for each of 50 times, got 1");
    }
}
