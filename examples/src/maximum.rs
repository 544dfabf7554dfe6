//! The maximum of a log likelihood of a few parameters, and how sure it is of them.

use std::error::Error;

use faer::Side;
use faer::linalg::solvers::Solve as _;
use faer_ext::{IntoFaer, IntoNdarray};
use ndarray::{Array1, Array2};

/// A maximum of a log likelihood.
#[derive(Clone, Debug)]
pub struct Maximum {
    /// The parameters there.
    pub at: Array1<f64>,
    /// The log likelihood there.
    pub value: f64,
    /// The inverse of the observed information, minus the matrix of second derivatives: the covariance of the estimate
    /// as far as the log likelihood is quadratic.
    pub covariance: Array2<f64>,
}

/// Differences are taken between parameters so far apart: to be used for logarithms, where a hundredth is one of a
/// hundred.
const STEP: f64 = 1e-2;
const ITERATIONS: usize = 50;
/// Of the increase that is expected of the next step.
const TOLERANCE: f64 = 1e-5;

/// By Newton's method from `start`, with derivatives from differences. Where it would not go up, a multiple of the
/// identity is added to the information, as Levenberg and Marquardt do: a step that is shorter, and more along the
/// gradient.
///
/// # Errors
///
/// Those of `f` at the start. If it has no value elsewhere the step is too long. If there is no maximum after 50 steps.
pub fn maximise(
    start: &Array1<f64>,
    f: impl Fn(&Array1<f64>) -> Result<f64, Box<dyn Error>>,
) -> Result<Maximum, Box<dyn Error>> {
    let (mut at, mut value, mut damping) = (start.clone(), f(start)?, 0.0);
    for _ in 0..ITERATIONS {
        let (gradient, information) = derivatives(&at, value, &f)?;
        loop {
            let damped = &information + &(damping * Array2::<f64>::eye(at.len()));
            if let Some(inverse) = inverse_of_positive(&damped) {
                let step = inverse.dot(&gradient);
                if damping == 0.0 && gradient.dot(&step) < TOLERANCE {
                    return Ok(Maximum { at, value, covariance: inverse });
                }
                // Beyond a factor of e or so the differences say nothing of it.
                if step.iter().all(|step| step.abs() < 1.0)
                    && let Ok(next) = f(&(&at + &step))
                    && next > value
                {
                    (at, value) = (&at + &step, next);
                    damping = if damping < 1.0 { 0.0 } else { damping / 10.0 };
                    break;
                }
            }
            damping = (10.0 * damping).max(1.0);
            if damping > 1e12 {
                return Err(
                    format!("no step from {at:.2} goes up: rounding is as large as what is left to gain").into()
                );
            }
        }
    }
    Err(format!("no maximum after {ITERATIONS} steps").into())
}

/// The gradient, and minus the second derivatives.
fn derivatives(
    at: &Array1<f64>,
    value: f64,
    f: impl Fn(&Array1<f64>) -> Result<f64, Box<dyn Error>>,
) -> Result<(Array1<f64>, Array2<f64>), Box<dyn Error>> {
    let n = at.len();
    let moved = |steps: &[(usize, f64)]| {
        let mut there = at.clone();
        for &(i, sign) in steps {
            there[i] += sign * STEP;
        }
        f(&there)
    };
    let (mut gradient, mut information) = (Array1::zeros(n), Array2::zeros((n, n)));
    for i in 0..n {
        let [up, down] = [moved(&[(i, 1.0)])?, moved(&[(i, -1.0)])?];
        gradient[i] = (up - down) / (2.0 * STEP);
        information[[i, i]] = (2.0 * value - up - down) / (STEP * STEP);
        for j in 0..i {
            let mut mixed = 0.0;
            for (a, b) in [(1.0, 1.0), (1.0, -1.0), (-1.0, 1.0), (-1.0, -1.0)] {
                mixed += a * b * moved(&[(i, a), (j, b)])?;
            }
            information[[i, j]] = -mixed / (4.0 * STEP * STEP);
            information[[j, i]] = information[[i, j]];
        }
    }
    Ok((gradient, information))
}

/// `None` if it is not positive definite.
fn inverse_of_positive(matrix: &Array2<f64>) -> Option<Array2<f64>> {
    let factor = matrix.view().into_faer().llt(Side::Lower).ok()?;
    let inverse = factor.solve(Array2::<f64>::eye(matrix.nrows()).view().into_faer());
    Some(inverse.as_ref().into_ndarray().to_owned())
}

#[cfg(test)]
mod tests {
    use ndarray::array;

    use super::*;

    /// A normal density of correlated numbers, bent: its maximum is at 0, and its covariance that of the normal one
    /// there.
    #[test]
    fn a_bent_normal_density() {
        let f = |x: &Array1<f64>| {
            let (u, v) = (x[0] + 0.3 * x[1] * x[1], x[1]);
            Ok(-0.5 * (4.0 * u * u - 2.0 * u * v + 9.0 * v * v))
        };
        let maximum = maximise(&array![1.5, -2.0], f).unwrap();
        assert!(maximum.at.iter().all(|x| x.abs() < 1e-3), "{maximum:?}");
        let expected = array![[9.0, 1.0], [1.0, 4.0]] / 35.0;
        assert!((maximum.covariance - expected).iter().all(|error| error.abs() < 1e-3));
    }

    #[test]
    fn what_has_no_maximum_is_an_error() {
        assert!(maximise(&array![0.0], |x| Ok(x[0])).is_err());
    }
}
