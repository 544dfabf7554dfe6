//! Points of a fixed number of coordinates, taken by index: what a product over coordinates can be written as today.

use std::f64::consts::PI;

use kernel_runtime::kernel;

#[kernel(assume(w > 0, v0 > 0, v1 > 0), name = SpectralMixture2)]
pub(crate) fn spectral_mixture_2d(x: &[f64; 2], y: &[f64; 2], w: f64, v0: f64, v1: f64, mu0: f64, mu1: f64) -> f64 {
    let s = x[0] - y[0];
    let t = x[1] - y[1];
    let envelope = (-2.0 * PI.powi(2) * (s.powi(2) * v0 + t.powi(2) * v1)).exp();
    w * envelope * (2.0 * PI * s * mu0).cos() * (2.0 * PI * t * mu1).cos()
}

#[expect(clippy::too_many_arguments)]
#[kernel(assume(w > 0, v0 > 0, v1 > 0, v2 > 0), name = SpectralMixture3)]
pub(crate) fn spectral_mixture_3d(
    x: &[f64; 3],
    y: &[f64; 3],
    w: f64,
    v0: f64,
    v1: f64,
    v2: f64,
    mu0: f64,
    mu1: f64,
    mu2: f64,
) -> f64 {
    let envelope =
        (-2.0 * PI.powi(2) * ((x[0] - y[0]).powi(2) * v0 + (x[1] - y[1]).powi(2) * v1 + (x[2] - y[2]).powi(2) * v2))
            .exp();
    let tau = 2.0 * PI;
    w * envelope
        * (tau * (x[0] - y[0]) * mu0).cos()
        * (tau * (x[1] - y[1]) * mu1).cos()
        * (tau * (x[2] - y[2]) * mu2).cos()
}
