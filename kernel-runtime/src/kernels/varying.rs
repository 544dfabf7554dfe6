//! A lengthscale that varies in space.

use kernel_macros::kernel;

/// Gibbs' covariance with lengthscales that grow or shrink exponentially along each coordinate, k = σ² Πᵢ √(2 lᵢ(xᵢ)
/// lᵢ(yᵢ) / (lᵢ(xᵢ)² + lᵢ(yᵢ)²)) exp(-Σᵢ (xᵢ - yᵢ)² / (lᵢ(xᵢ)² + lᵢ(yᵢ)²)), lᵢ(t) = ℓᵢ exp(bᵢ t) (R&W eq. 4.32).
///
/// - `variance` σ² > 0: k(x, x), in squared units of the output
/// - `lengthscale` ℓ > 0: at the origin, for each coordinate in its units. The variance of ∂f/∂xᵢ is
///   σ²(1/lᵢ(xᵢ)² + bᵢ²/2).
/// - `growth` b: over 1/bᵢ the lengthscale grows by a factor e (shrinks, if b is negative). 0 makes the kernel
///   [`ArdRbf`](crate::kernels::ArdRbf).
///
/// For another lengthscale function l > 0, write this kernel with it: k is a covariance for every l.
///
/// Smooth. Positive definite: the convolution ∫ N(z; x, l(x)²/2) N(z; y, l(y)²/2) dz, normalised (Paciorek & Schervish
/// 2004).
#[kernel(crate = crate, psd, assume(variance > 0, lengthscale > 0))]
#[must_use]
pub fn gibbs(x: &[f64], y: &[f64], variance: f64, lengthscale: &[f64], growth: &[f64]) -> f64 {
    // With u = b(x - y) the ratio 2 l(x) l(y) / (l(x)² + l(y)²) is 1/cosh(u): nothing cancels where the points meet.
    let s = x
        .iter()
        .zip(y)
        .zip(lengthscale)
        .zip(growth)
        .map(|(((a, b), l), g)| {
            let c = (g * (a - b)).cosh();
            let product = l * l * (g * (a + b)).exp();
            (a - b).powi(2) / (product * c) + c.ln()
        })
        .sum::<f64>();
    variance * (-0.5 * s).exp()
}
