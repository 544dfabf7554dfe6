//! A flow without sources in the plane, recovered from scattered noisy measurements: as the curl of a potential, and
//! component by component.

use std::error::Error;

use kernel_runtime::gram::{Curl, Gradient, Observations, Value};
use kernel_runtime::kernels::Rbf;
use kernel_runtime::operator;
use ndarray::{Array1, Array2, Array3, ArrayRef2, Axis, array};

use crate::largest;
use crate::sampling::{normals, unit_points};

operator! {
    /// All partial derivatives of the curl of a potential, ∂v_a/∂x_b in row a b: v = (∂ψ/∂x_1, -∂ψ/∂x_0).
    pub CurlJacobian = (d[0] * d[1], d[1] * d[1], -d[0] * d[0], -d[0] * d[1])
}

/// Strength, place and radius of each vortex: the potential is Σ strength exp(-‖x - place‖² / 2 radius²).
const VORTICES: [(f64, [f64; 2], f64); 3] =
    [(0.20, [0.30, 0.35], 0.16), (-0.16, [0.72, 0.62], 0.18), (0.06, [0.25, 0.80], 0.12)];

/// The flow itself, at each row of `x`: shape (m, 2).
#[must_use]
pub fn truth(x: &ArrayRef2<f64>) -> Array2<f64> {
    let mut flow = Array2::zeros((x.nrows(), 2));
    for (x, mut v) in x.rows().into_iter().zip(flow.rows_mut()) {
        for (strength, place, radius) in VORTICES {
            let [r0, r1] = [x[0] - place[0], x[1] - place[1]];
            let slope = strength / radius.powi(2) * (-0.5 * (r0 * r0 + r1 * r1) / radius.powi(2)).exp();
            v += &array![-r1 * slope, r0 * slope];
        }
    }
    flow
}

/// Measurements of both components of a flow.
#[derive(Clone, Debug)]
pub struct Measurements {
    /// Where; shape (n, 2).
    pub points: Array2<f64>,
    /// What; shape (n, 2).
    pub velocities: Array2<f64>,
    /// The standard deviation of each number.
    pub noise: f64,
}

impl Measurements {
    /// The true flow at `n` points scattered over the unit square, with independent noise.
    #[must_use]
    pub fn new(seed: u64, n: usize, noise: f64) -> Self {
        let points = unit_points(seed, n, 2);
        let errors = normals(seed + 1, 2 * n);
        let mut velocities = truth(&points);
        velocities.iter_mut().zip(&errors).for_each(|(v, error)| *v += noise * error);
        Self { points, velocities, noise }
    }

    /// The variance of a component, as far as it is not noise.
    fn variance(&self) -> f64 {
        let squares = self.velocities.mapv(|v| v * v).sum() / self.velocities.len() as f64;
        (squares - self.noise.powi(2)).max(self.noise.powi(2))
    }
}

/// A flow that was recovered.
#[derive(Clone, Debug)]
pub struct Recovered {
    /// The lengthscale of its kernel: the likeliest.
    pub lengthscale: f64,
    /// Its logarithmic marginal likelihood.
    pub log_likelihood: f64,
    /// The flow at m points; shape (m, 2).
    pub velocities: Array2<f64>,
    /// ∂v_a/∂x_b; shape (m, 2, 2).
    pub jacobians: Array3<f64>,
}

impl Recovered {
    /// ∂v_0/∂x_0 + ∂v_1/∂x_1 at each point.
    #[must_use]
    pub fn divergences(&self) -> Array1<f64> {
        self.jacobians.axis_iter(Axis(0)).map(|of| of[[0, 0]] + of[[1, 1]]).collect()
    }

    /// max ‖∇v‖, in the norm of Frobenius.
    #[must_use]
    pub fn largest_jacobian(&self) -> f64 {
        largest(self.jacobians.axis_iter(Axis(0)).map(|of| of.iter().map(|entry| entry * entry).sum::<f64>().sqrt()))
    }

    /// max |∇·v| / max ‖∇v‖
    #[must_use]
    pub fn relative_divergence(&self) -> f64 {
        largest(self.divergences()) / self.largest_jacobian()
    }

    /// The root mean square of its error in parts of that of the truth at these points.
    #[must_use]
    pub fn relative_error(&self, truth: &Array2<f64>) -> f64 {
        let square = |v: &Array2<f64>| v.iter().map(|v| v * v).sum::<f64>();
        (square(&(&self.velocities - truth)) / square(truth)).sqrt()
    }
}

/// The divergence at each row of `at` by differences of fourth order between velocities `h` apart: no derivative is
/// asked of what recovers.
///
/// # Errors
///
/// Those of `velocities`.
pub fn divergence_by_differences(
    at: &Array2<f64>,
    h: f64,
    velocities: impl Fn(&Array2<f64>) -> Result<Array2<f64>, Box<dyn Error>>,
) -> Result<Array1<f64>, Box<dyn Error>> {
    let mut divergence = Array1::zeros(at.nrows());
    for a in 0..2 {
        for (steps, weight) in [(-2.0, 1.0), (-1.0, -8.0), (1.0, 8.0), (2.0, -1.0)] {
            let mut moved = at.clone();
            moved.column_mut(a).mapv_inplace(|x| x + steps * h);
            divergence.scaled_add(weight / (12.0 * h), &velocities(&moved)?.column(a));
        }
    }
    Ok(divergence)
}

/// The flow at `at` as the curl of a potential ψ ~ GP(0, k), whatever k: what is measured is `Curl` of ψ, and all that
/// is predicted is an operator of the same ψ, so the divergence ∂_0∂_1ψ - ∂_1∂_0ψ of the mean is 0 as it is of each
/// sample.
///
/// # Errors
///
/// If the covariance of the measurements is not positive definite in floating point.
pub fn as_curl(data: &Measurements, at: &ArrayRef2<f64>) -> Result<Recovered, Box<dyn Error>> {
    let b: Array1<f64> = data.velocities.iter().copied().collect();
    likeliest(at, |lengthscale, at| {
        // A component ∂ψ/∂x has the variance σ²/ℓ², with the σ² of ψ.
        let kernel = Rbf::new(data.variance() * lengthscale.powi(2), lengthscale)?;
        let mut observed = Observations::new(&kernel);
        observed.push(Curl, &data.points)?;
        let posterior = observed.posterior(&b, &Array1::from_elem(b.len(), data.noise.powi(2)))?;
        Ok(Recovered {
            lengthscale,
            log_likelihood: posterior.log_likelihood(),
            velocities: posterior.mean(Curl, at)?.into_shape_with_order((at.nrows(), 2))?,
            jacobians: posterior.mean(CurlJacobian, at)?.into_shape_with_order((at.nrows(), 2, 2))?,
        })
    })
}

/// The same with a Gaussian process for each component, independent of the other.
///
/// # Errors
///
/// As [`as_curl`].
pub fn by_components(data: &Measurements, at: &ArrayRef2<f64>) -> Result<Recovered, Box<dyn Error>> {
    likeliest(at, |lengthscale, at| {
        let kernel = Rbf::new(data.variance(), lengthscale)?;
        let mut observed = Observations::new(&kernel);
        observed.push(Value, &data.points)?;
        let noise = Array1::from_elem(data.points.nrows(), data.noise.powi(2));
        let mut recovered = Recovered {
            lengthscale,
            log_likelihood: 0.0,
            velocities: Array2::zeros((at.nrows(), 2)),
            jacobians: Array3::zeros((at.nrows(), 2, 2)),
        };
        for (a, component) in data.velocities.columns().into_iter().enumerate() {
            let posterior = observed.posterior(&component, &noise)?;
            let gradients = posterior.mean(Gradient, at)?.into_shape_with_order((at.nrows(), 2))?;
            recovered.log_likelihood += posterior.log_likelihood();
            recovered.velocities.column_mut(a).assign(&posterior.mean(Value, at)?);
            recovered.jacobians.index_axis_mut(Axis(1), a).assign(&gradients);
        }
        Ok(recovered)
    })
}

/// Of lengthscales from a tenth of the square to a whole side of it.
fn likeliest(
    at: &ArrayRef2<f64>,
    fit: impl Fn(f64, &ArrayRef2<f64>) -> Result<Recovered, Box<dyn Error>>,
) -> Result<Recovered, Box<dyn Error>> {
    let (nowhere, mut best) = (Array2::zeros((0, 2)), (f64::NEG_INFINITY, 1.0));
    for lengthscale in (0..=20).map(|step| 10_f64.powf(f64::from(step) / 20.0 - 1.0)) {
        let log_likelihood = fit(lengthscale, &nowhere)?.log_likelihood;
        if log_likelihood > best.0 {
            best = (log_likelihood, lengthscale);
        }
    }
    fit(best.1, at)
}
