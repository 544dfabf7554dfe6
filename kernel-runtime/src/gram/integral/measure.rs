//! Operators that are integrals, at all points of a side.

use ndarray::Array2;

use super::functional::Functional;
use super::normal::Covariance;
use super::polynomial::Polynomial;
use crate::error::{KernelError, ParamError};
use crate::kernel::{ClosedForm, Integrable, PowerProduct};
use crate::real::Real;

/// What the functions are integrated with, and the kernel as a sum of parts whose integrals are known.
#[doc(hidden)]
#[derive(Clone, Debug)]
pub struct Measure {
    pub(super) parts: Vec<Part>,
    pub(super) weight: Weight,
}

#[derive(Clone, Debug)]
pub(super) enum Part {
    /// a exp(-Σ_i c_i (x_i - y_i)²)
    Gaussian {
        amplitude: f64,
        rates: Vec<f64>,
    },
    Polynomial(Polynomial),
}

/// At each point, a measure.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Weight {
    /// A functional of each coordinate of each point.
    Separate(Array2<Functional>),
    /// Normal distributions around the points.
    Correlated { means: Array2<f64>, covariance: Covariance },
}

impl Measure {
    /// For points of d coordinates.
    pub(super) fn new<K: Integrable>(kernel: &K, d: usize, weight: Weight) -> Result<Self, KernelError> {
        let mut parts = Vec::new();
        kernel.closed_forms(d, &mut |form| {
            parts.push(match form {
                ClosedForm::Gaussian { amplitude, rates } => Part::Gaussian {
                    amplitude: K::Scalar::widened(amplitude),
                    rates: rates.into_iter().map(K::Scalar::widened).collect(),
                },
                ClosedForm::Polynomial { weights, products } => Part::Polynomial(Polynomial::new(
                    weights.into_iter().map(K::Scalar::widened).collect(),
                    products.into_iter().map(widened).collect(),
                )),
            });
        });
        for part in &parts {
            let Part::Gaussian { rates, .. } = part else { continue };
            if let Some(i) = rates.iter().position(|&rate| !(0.0..f64::INFINITY).contains(&rate)) {
                let value = format_args!("{} of coordinate {i}", rates[i]);
                return Err(
                    ParamError::new("the factor of -(x - y)² in the exponent", "0 <= factor < inf", value).into()
                );
            }
        }
        Ok(Self { parts, weight })
    }

    /// Whether some points of this have the same measures as some of another.
    pub(crate) fn has_points_of(&self, other: &Self, [first, of_other]: [usize; 2], count: usize) -> bool {
        match (&self.weight, &other.weight) {
            (Weight::Separate(mine), Weight::Separate(others)) => {
                (0..count).all(|i| mine.row(first + i) == others.row(of_other + i))
            }
            // Means are the points, which are compared elsewhere.
            (Weight::Correlated { covariance: mine, .. }, Weight::Correlated { covariance: others, .. }) => {
                mine == others
            }
            _ => false,
        }
    }
}

fn widened<S: Real>(product: PowerProduct<S>) -> PowerProduct<f64> {
    let factors = product.factors.into_iter();
    PowerProduct {
        amplitude: S::widened(product.amplitude),
        factors: factors.map(|(slope, offset, power)| (S::widened(slope), S::widened(offset), power)).collect(),
    }
}
