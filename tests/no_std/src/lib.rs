//! What a crate without the standard library can do: write kernels and call them and their derivatives for one pair of
//! points.
//!
//! `.ci/run` builds it for a microcontroller. These functions are not generic, so the build compiles all they call.

#![no_std]
#![forbid(unsafe_code)]
#![allow(clippy::must_use_candidate, reason = "kernels stand here as users write them")]

use core::f64::consts::PI;

use kernel_runtime::{ParamError, Real, kernel, kernels};

/// A damped wave, with a lengthscale per coordinate: most functions that `core` has not got.
#[kernel(indefinite, assume(lengthscale > 0))]
pub fn wave(x: &[f64], y: &[f64], frequency: f64, lengthscale: &[f64]) -> f64 {
    let s = x.iter().zip(y).zip(lengthscale).map(|((a, b), l)| ((a - b) / l).powi(2)).sum::<f64>();
    (-s.sqrt().exp2().ln_1p()).exp() * (frequency * PI * s).cos() + erf(s) + s.powi(-3).tanh()
}

/// Rational quadratic, on arrays.
#[kernel(assume(alpha > 0, lengthscale > 0))]
pub fn rational<const D: usize>(x: &[f64; D], y: &[f64; D], alpha: f64, lengthscale: f64) -> f64 {
    (1.0 + sq_dist(x, y) / (2.0 * alpha * lengthscale.powi(2))).powf(-alpha)
}

/// Squared-exponential, in any precision.
#[kernel(assume(gamma > 0))]
pub fn rbf<T: Real>(x: T, y: T, gamma: T) -> T {
    (-gamma * sq_dist(x, y)).exp()
}

/// Value, gradient, mixed Hessian and derivatives by the parameters.
pub type Derivatives<const D: usize, const P: usize> = (f64, [f64; D], [[f64; D]; D], [f64; P]);

/// [`wave()`] at one pair of points, through the functions that write into slices.
pub fn of_slices(x: &[f64; 2], y: &[f64; 2], frequency: f64, lengthscale: &[f64; 2]) -> Derivatives<2, 3> {
    let (mut grad, mut hess, mut params) = ([0.0; 2], [0.0; 4], [0.0; 3]);
    wave::grad(x, y, frequency, lengthscale, &mut grad);
    wave::hess_xy(x, y, frequency, lengthscale, &mut hess);
    wave::grad_params(x, y, frequency, lengthscale, &mut params);
    let [a, b, c, d] = hess;
    (wave(x, y, frequency, lengthscale), grad, [[a, b], [c, d]], params)
}

/// [`rational()`] at one pair of points, through the functions that return arrays.
pub fn of_arrays(x: &[f64; 3], y: &[f64; 3], alpha: f64, lengthscale: f64) -> Derivatives<3, 2> {
    (
        rational(x, y, alpha, lengthscale),
        rational::grad(x, y, alpha, lengthscale),
        rational::hess_xy(x, y, alpha, lengthscale),
        rational::grad_params(x, y, alpha, lengthscale),
    )
}

/// [`rbf()`] and its mixed derivative in single precision, as a microcontroller would.
pub fn of_singles(x: f32, y: f32, gamma: f32) -> (f32, f32) {
    (rbf(x, y, gamma), rbf::hess_xy(x, y, gamma))
}

/// A stock kernel.
pub fn of_stock(x: &[f64; 3], y: &[f64; 3]) -> (f64, [f64; 3]) {
    let mut grad = [0.0; 3];
    kernels::matern52::grad(x, y, 2.0, 0.5, &mut grad);
    (kernels::matern52(x, y, 2.0, 0.5), grad)
}

/// The structs, and what combines them, are there for code that is generic over kernels.
///
/// # Errors
///
/// If `gamma` is not positive.
pub fn combined(gamma: f64) -> Result<impl kernel_runtime::PositiveDefinite<Scalar = f64>, ParamError> {
    let [a, b, c] = [Rbf::<f64>::new(gamma)?, Rbf::new(2.0 * gamma)?, Rbf::new(3.0 * gamma)?];
    Ok(2.0 * (a * b) + c)
}
