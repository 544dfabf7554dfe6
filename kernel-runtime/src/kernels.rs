//! The stock kernels, each written with [`#[kernel]`](macro@crate::kernel) as yours would be.
//!
//! Every kernel is a function `k(x, y, parameters…)`, its derivatives at one pair of points (`rbf::grad`,
//! `rbf::hess_xy`, …), and a struct that holds its parameters, for [`gram`](crate::gram):
//!
//! ```
//! use kernel_runtime::{gram, kernels};
//! use ndarray::array;
//!
//! let k = kernels::Matern52::new(2.0, 0.5)?; // variance, lengthscale
//! let x = array![[0.0_f64, 0.0], [0.3, -0.1]];
//! let k_gg = gram::k_gg(&k, &x, &x)?; // (2, 2, 2, 2): cov(∂f/∂x_a, ∂f/∂y_b)
//! // Where the points coincide: 5σ²/(3ℓ²) on the diagonal.
//! assert!((k_gg[[0, 0, 0, 0]] - 5.0 * 2.0 / (3.0 * 0.25)).abs() < 1e-14);
//!
//! let mut gradient = [0.0; 2];
//! kernels::matern52::grad(&[0.0, 0.0], &[0.3, -0.1], 2.0, 0.5, &mut gradient);
//! assert!(gradient[0] > 0.0 && gradient[1] < 0.0);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! A parameter out of its range is refused:
//!
//! ```
//! use kernel_runtime::kernels;
//!
//! assert!(kernels::Rbf::new(1.0, -0.5).is_err());
//! ```
//!
//! So is, by the compiler, a covariance that does not exist:
//!
//! ```compile_fail,E0277
//! use kernel_runtime::{gram, kernels};
//!
//! let x = ndarray::array![[0.0], [1.0]];
//! let k_gg = gram::k_gg(&kernels::Matern12::new(1.0, 0.5)?, &x, &x)?; // rough: f has no gradient
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Which one
//!
//! | kernel | process | differentiable in mean square |
//! |---|---|---|
//! | [`Rbf`], [`ArdRbf`] | smooth | always |
//! | [`Matern12`] … [`Matern92`], [`ArdMatern12`] … [`ArdMatern92`] | as rough as data usually are | 0, 1, 2, 3, 4 times |
//! | [`RationalQuadratic`], [`InverseMultiquadric`] | smooth, on many lengthscales at once | always |
//! | [`WendlandC2`], [`WendlandC4`] | independent beyond a radius: sparse matrices | 1, 2 times |
//! | [`Periodic`], [`ArdPeriodic`] | repeats itself, any shape of wave | always |
//! | [`Cosine`] | one sine wave | always |
//! | [`SpectralMixture`], [`SpectralProduct`] | a band of frequencies | always |
//! | [`Linear`], [`Polynomial2`], [`Polynomial3`] | polynomials | always |
//! | [`ArcCosine0`], [`ArcCosine1`], [`ArcCosine2`] | infinitely wide networks of steps, ramps, squared ramps | 0, 1 but at the origin, 1 |
//! | [`NnArcsine`] | infinitely wide network of sigmoids | always |
//! | [`Gibbs`] | smooth, with a lengthscale that varies in space | always |
//! | [`Constant`], [`WhiteNoise`] | an offset, noise | always, never |
//!
//! Integrals over boxes and expectations under normal distributions have closed forms for [`Rbf`], [`ArdRbf`],
//! [`Constant`], and for [`Linear`], [`Polynomial2`] and [`Polynomial3`] ([`Integrable`](crate::Integrable)).
//!
//! # Conventions
//!
//! Points are `&[f64]` of any dimension (the Wendland functions, which are covariances in one, two and three dimensions
//! only, take `&[f64; D]`). Units:
//!
//! - `variance` σ² > 0 is in squared units of the output. Of a stationary kernel it is k(x, x).
//! - `lengthscale` ℓ > 0, `period` and `radius` are in units of the points; a slice has one for each coordinate,
//!   *automatic relevance
//!   determination*: a coordinate with a long lengthscale hardly matters.
//! - r is ‖x - y‖.
//!
//! Distances are measured by their squares. Where r² overflows (r above 1e154, in `f32` 1e19) entries that vanish may
//! be NaN, a polynomial that is ∞ times an exponential that is 0. Where fourth powers occur that is so from 1e77
//! (`f32`: 1e9) on: in Matérn-7/2 and -9/2 for r/ℓ, in the kernels of networks for ‖x‖ and ‖y‖. Two points that are
//! closer than 1e-162 (1e-23) count as one, but for white noise.
//!
//! All are positive semidefinite, and marked so ([`PositiveDefinite`](crate::PositiveDefinite)): proved while this
//! crate compiles, with the proof in the documentation of each struct, but for [`ArcCosine0`], which is one away from
//! the origin. A Cholesky factorisation still needs noise or jitter on the diagonal.
//!
//! # Combinations
//!
//! Sums, products and multiples of these are kernels with all derivatives. A seasonal cycle that changes slowly, on a
//! trend:
//!
//! ```
//! use kernel_runtime::{gram, kernels};
//! use ndarray::array;
//!
//! let season = kernels::Periodic::new(1.0, 1.0, 1.3)? * kernels::Rbf::new(5.8, 90.0)?;
//! let k = season + kernels::Linear::new(0.1, 1.0)?;
//! let years = array![[2020.0], [2020.5], [2021.0]];
//! assert_eq!(gram::k_gg(&k, &years, &years)?.dim(), (3, 3, 1, 1));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! A spectral mixture of Q components is a sum of Q [`SpectralMixture`]s; (σ² x·y + b)⁴ is `Polynomial2 * Polynomial2`.
//!
//! # References
//!
//! - C. E. Rasmussen, C. K. I. Williams, *Gaussian Processes for Machine Learning*, MIT Press 2006
//!   (R&W in what follows).
//! - I. J. Schoenberg, *Metric spaces and completely monotone functions*, Annals of Mathematics 39 (1938).
//! - H. Wendland, *Piecewise polynomial, positive definite and compactly supported radial functions of minimal degree*,
//!   Advances in Computational Mathematics 4 (1995).
//! - C. K. I. Williams, *Computation with infinite neural networks*, Neural Computation 10 (1998).
//! - C. J. Paciorek, M. J. Schervish, *Nonstationary covariance functions for Gaussian process regression*, NIPS 2003
//!   (2004).
//! - Y. Cho, L. K. Saul, *Kernel methods for deep learning*, NIPS 2009.
//! - A. G. Wilson, R. P. Adams, *Gaussian process kernels for pattern discovery and extrapolation*, ICML 2013.

mod basic;
mod matern;
mod neural;
mod polynomial;
mod radial;
mod spectral;
mod varying;
mod waves;
mod wendland;

pub use basic::{Constant, WhiteNoise, constant, white_noise};
pub use matern::{
    ArdMatern12, ArdMatern32, ArdMatern52, ArdMatern72, ArdMatern92, Matern12, Matern32, Matern52, Matern72, Matern92,
    ard_matern12, ard_matern32, ard_matern52, ard_matern72, ard_matern92, matern12, matern32, matern52, matern72,
    matern92,
};
pub use neural::{ArcCosine0, ArcCosine1, ArcCosine2, NnArcsine, arc_cosine0, arc_cosine1, arc_cosine2, nn_arcsine};
pub use polynomial::{Linear, Polynomial2, Polynomial3, linear, polynomial2, polynomial3};
pub use radial::{
    ArdRbf, InverseMultiquadric, RationalQuadratic, Rbf, ard_rbf, inverse_multiquadric, rational_quadratic, rbf,
};
pub use spectral::{SpectralMixture, SpectralProduct, spectral_mixture, spectral_product};
pub use varying::{Gibbs, gibbs};
pub use waves::{ArdPeriodic, Cosine, Periodic, ard_periodic, cosine, periodic};
pub use wendland::{WendlandC2, WendlandC4, wendland_c2, wendland_c4};
