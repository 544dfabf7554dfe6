//! How fast heat spreads in a rod, from noisy temperatures and the equation u_t = α u_xx.

use std::error::Error;
use std::f64::consts::PI;

use kernel_runtime::gram::{Interleaved, Observations, Operator, Value};
use kernel_runtime::kernels::ArdRbf;
use kernel_runtime::operator;
use kernel_runtime::solve::Posterior;
use ndarray::{Array1, Array2, ArrayRef2, Axis, array, concatenate, s};

use crate::maximum::{Maximum, maximise};
use crate::regression::Estimate;
use crate::sampling::{lattice, normals, unit_points};

operator! {
    /// Of points (t, x).
    pub Heat(alpha) = d[0] - alpha * d[1] * d[1]
}

/// The α of all that is measured.
pub const ALPHA: f64 = 0.1;

/// Two modes that decay, at each row (t, x) of `points`: e^(-απ²t) sin πx + ½ e^(-4απ²t) sin 2πx.
#[must_use]
pub fn truth(points: &ArrayRef2<f64>) -> Array1<f64> {
    let mode = |k: f64, t: f64, x: f64| (-ALPHA * (k * PI).powi(2) * t).exp() * (k * PI * x).sin();
    points.rows().into_iter().map(|p| mode(1.0, p[0], p[1]) + 0.5 * mode(2.0, p[0], p[1])).collect()
}

/// What is known.
#[derive(Clone, Debug)]
pub struct Rod {
    /// Where and when temperatures were measured, rows (t, x): at the start, at both ends, and at scattered points.
    pub measured: Array2<f64>,
    /// The temperatures.
    pub temperatures: Array1<f64>,
    /// The standard deviation of each.
    pub noise: f64,
    /// Where the equation is imposed.
    pub collocation: Array2<f64>,
}

/// Standard deviation of u_t - α u_xx at the points where it is 0, in temperatures per time, of which typical ones
/// are 1. It is not 0, since residuals of a smooth process so near to one another follow from one another as far as
/// Cholesky's method can tell.
const RESIDUAL: f64 = 1e-3;

/// Logarithms of α, of the variance, and of the lengthscales in t and in x.
pub type Parameters = Array1<f64>;

/// ln α as it was estimated, with the kernel's parameters as uncertain as they are.
#[must_use]
pub fn log_alpha(fit: &Maximum) -> Estimate {
    Estimate { mean: fit.at[0], deviation: fit.covariance[[0, 0]].sqrt() }
}

type Conditioned<'p, 'a> = Posterior<'p, 'a, ArdRbf, Interleaved>;

impl Rod {
    /// `n` temperatures at scattered points, half as many at the start and at each end, and the equation at m × m
    /// points.
    #[must_use]
    pub fn new(seed: u64, n: usize, m: usize, noise: f64) -> Self {
        let along = |fixed: usize, value: f64| {
            Array2::from_shape_fn(
                (n / 2, 2),
                |(i, a)| if a == fixed { value } else { (i as f64 + 0.5) / (n / 2) as f64 },
            )
        };
        let parts = [along(0, 0.0), along(1, 0.0), along(1, 1.0), unit_points(seed, n, 2)];
        let measured = parts.iter().fold(Array2::zeros((0, 2)), |all, part| concatenate![Axis(0), all, *part]);
        let temperatures = truth(&measured) + noise * normals(seed + 1, measured.nrows());
        Self { measured, temperatures, noise, collocation: lattice(m) }
    }

    /// ln p(temperatures | the equation holds, α, kernel), at its maximum.
    ///
    /// # Errors
    ///
    /// If there is none, or a covariance is not positive definite in floating point.
    pub fn fit(&self) -> Result<Maximum, Box<dyn Error>> {
        maximise(&array![0.3, 1.0, 0.5, 0.3].mapv(f64::ln), |parameters| self.log_likelihood(parameters))
    }

    /// ln p(temperatures | the equation holds) = ln p(temperatures, 0) - ln p(0), where 0 are the residuals of the
    /// equation.
    ///
    /// Without the second term smoother kernels are ever likelier, whatever the temperatures are, as all residuals of
    /// theirs are smaller: the maximum is then where rounding sets it, in a trial at lengthscales of 19 and 1.8 and an
    /// α of 0.07.
    ///
    /// # Errors
    ///
    /// If a covariance is not positive definite in floating point.
    pub fn log_likelihood(&self, parameters: &Parameters) -> Result<f64, Box<dyn Error>> {
        let of = |posterior: &Conditioned<'_, '_>| Ok(posterior.log_likelihood());
        Ok(self.given(true, parameters, of)? - self.given(false, parameters, of)?)
    }

    /// Its derivative by α.
    ///
    /// # Errors
    ///
    /// As [`log_likelihood`](Self::log_likelihood).
    pub fn score(&self, parameters: &Parameters) -> Result<f64, Box<dyn Error>> {
        let heat = Heat::new(parameters[0].exp())?;
        let by_alpha = heat.by("alpha").ok_or("the operator has no parameter alpha")?;
        // Fisher's identity: ∂ ln p(b) = E[∂ ln p(b | u) | b], in which α is only in the residuals, -(L u)²/(2 s²) for
        // each. So it is -Σ (E[L u] E[∂L u] + cov(L u, ∂L u))/s²: no K⁻¹, and no ∂K/∂α.
        let of = |posterior: &Conditioned<'_, '_>| {
            let points = &self.collocation;
            let (mean, slope) = (posterior.mean(heat, points)?, posterior.mean(by_alpha, points)?);
            let both = posterior.covariance((heat, by_alpha), points)?;
            let covariances: f64 = (0..points.nrows()).map(|i| both[[2 * i, 2 * i + 1]]).sum();
            Ok(-(mean.dot(&slope) + covariances) / RESIDUAL.powi(2))
        };
        Ok(self.given(true, parameters, of)? - self.given(false, parameters, of)?)
    }

    /// Means and standard deviations of the temperature at each row of `at`, with these parameters.
    ///
    /// # Errors
    ///
    /// As [`log_likelihood`](Self::log_likelihood).
    pub fn predict(
        &self,
        parameters: &Parameters,
        at: &Array2<f64>,
    ) -> Result<(Array1<f64>, Array1<f64>), Box<dyn Error>> {
        self.given(true, parameters, |posterior| {
            let variance = posterior.variance(Value, at)?;
            Ok((posterior.mean(Value, at)?, variance.mapv(|variance| variance.max(0.0).sqrt())))
        })
    }

    /// What is asked of the process for which the equation holds, with or without the measurements.
    fn given<T>(
        &self,
        measurements: bool,
        parameters: &Parameters,
        ask: impl FnOnce(&Conditioned<'_, '_>) -> Result<T, Box<dyn Error>>,
    ) -> Result<T, Box<dyn Error>> {
        let [alpha, variance] = [parameters[0].exp(), parameters[1].exp()];
        let kernel = ArdRbf::new(variance, parameters.slice(s![2..]).mapv(f64::exp).to_vec())?;
        let mut data = Observations::new(&kernel);
        data.push(Heat::new(alpha)?, &self.collocation)?;
        if measurements {
            data.push(Value, &self.measured)?;
        }
        let of_each = |row: usize| row.checked_sub(self.collocation.nrows());
        let b = Array1::from_shape_fn(data.len(), |row| of_each(row).map_or(0.0, |i| self.temperatures[i]));
        let deviations = Array1::from_shape_fn(data.len(), |row| of_each(row).map_or(RESIDUAL, |_| self.noise));
        ask(&data.posterior(&b, &(&deviations * &deviations))?)
    }
}
