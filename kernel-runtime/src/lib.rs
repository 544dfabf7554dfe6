//! Covariance kernels with symbolic derivatives.
//!
//! A kernel is written once, as a function of two points. [`#[kernel]`](macro@kernel) differentiates it while the crate
//! compiles; [`gram`] evaluates it and its derivatives for all pairs of two sets of points.
//!
//! ```
//! use kernel_runtime::{gram, kernel, sq_dist};
//! use ndarray::array;
//!
//! /// Squared-exponential covariance.
//! #[kernel(assume(gamma > 0))]
//! pub fn rbf(x: &[f64], y: &[f64], gamma: f64) -> f64 {
//!     (-gamma * sq_dist(x, y)).exp()
//! }
//!
//! let k = Rbf::new(0.5)?;
//! let x = array![[0.0, 0.0], [1.0, 0.0]];
//! let y = array![[0.0, 0.0]];
//!
//! let k_ff = gram::k_ff(&k, &x, &y)?; // (2, 1): cov(f(x_i), f(y_j))
//! let k_gg = gram::k_gg(&k, &x, &y)?; // (2, 1, 2, 2): cov(∂f/∂x_a, ∂f/∂y_b)
//! assert!((k_ff[[1, 0]] - (-0.5_f64).exp()).abs() < 1e-15);
//! assert_eq!(k_gg[[0, 0, 1, 1]], 1.0);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! - Body of a kernel: the [vocabulary](dot) `dot`, `sq_dist`, `dist`, `norm`, `sq_norm`, `l1_dist`, `angle`, `erf`,
//!   and Rust's own arithmetic and float methods.
//! - Products with matrices that nobody forms: [`gram::Gram`], in O(n²d) for gradients of n points with d coordinates;
//!   and systems with them: [`solve`]. Values, derivatives and operators, each at points of its own, together:
//!   [`gram::Observations`].
//! - Linear differential operators are types, usable with every kernel: [`operator!`](macro@operator) makes one of
//!   `Heat(alpha) = d[0] - alpha * d[1] * d[1]`.
//! - Integrals over boxes and expectations are operators, too, of kernels that have them in closed form:
//!   [`gram::Integral`], [`Integrable`].
//! - Kernels combine: `2.0 * k1 + k2 * k3` is a kernel with all its derivatives ([`Sum`], [`Product`], [`Scaled`]).
//! - Points that a map moves first, k(w(x), w(y)), with derivatives by x and y: [`gram::Warped`].
//! - What is known of a kernel is in its type: [`Symmetric`], [`PositiveDefinite`], [`Stationary`], [`Isotropic`],
//!   [`Differentiable`], [`TwiceDifferentiable`]. Asking for gradient covariances that do not exist is a compile error.
//!
//! # Features
//!
//! - `std` (default): [`gram`], on [ndarray](https://docs.rs/ndarray), and the standard library's elementary functions.
//!   Without it the crate is `no_std` and needs `alloc`, for the text of errors alone: kernels, their derivatives for
//!   one pair of points and [`kernels`] remain, with the elementary functions of [libm](https://docs.rs/libm).
//! - `parallel` (default, implies `std`): batches are evaluated on all threads of the current
//!   [rayon](https://docs.rs/rayon) pool. Without it the same code runs on one; the results are the same, bit for bit.
//! - `gp`: means and variances of a process given observations, `Observations::posterior`, and exact solutions for
//!   gradients of few points in many dimensions, `solve::LowRank`, by the factorisations of
//!   [faer](https://docs.rs/faer).
//! - `reproducible`: the same results, bit for bit, on all [levels](Level) of instruction sets: multiplications and
//!   additions are rounded one by one. Without it results of two machines may differ in the last digits.
//! - `katex`: the closed forms in the documentation of what `#[kernel]` emits are KaTeX, not Unicode, for crates whose
//!   documentation loads it: `[package.metadata.docs.rs]` with `features = ["katex"]` and
//!   `rustdoc-args = ["--html-in-header", "katex.html"]`.
//!
//! # Development builds
//!
//! Unoptimised, batches take a hundred times as long. With `opt-level = 1` in `[profile.dev.package.kernel-runtime]`
//! what this crate has compiled before it knows a kernel is fast, with `opt-level = 1` in `[profile.dev]` all of it.

#![cfg_attr(not(feature = "std"), no_std)]
#![deny(unsafe_code)]
#![allow(clippy::inline_always, reason = "stages and drivers are written to become one loop per kernel")]
#![allow(clippy::doc_markdown, reason = "x_i and K_gg are mathematics here")]

extern crate alloc;

#[cfg(feature = "measure")]
#[doc(hidden)]
#[path = "measure.rs"]
pub mod __measure;
mod combine;
#[cfg(feature = "std")]
mod engine;
mod error;
mod float;
#[cfg(feature = "std")]
pub mod gram;
mod kernel;
pub mod kernels;
#[cfg(feature = "std")]
#[allow(unsafe_code, reason = "intrinsics")]
mod lane;
mod length;
mod loops;
mod points;
mod real;
#[cfg(feature = "std")]
pub mod solve;
mod vocabulary;

pub use combine::{Product, Scaled, Sum};
pub use error::{KernelError, ParamError};
pub use kernel::{
    Differentiable, Integrable, Isotropic, Kernel, KnownTo, Order, PositiveDefinite, SquaredExponential, Stationary,
    Symmetric, Tower, Tower2, Tower3, Tower4, TwiceDifferentiable,
};
pub use kernel_macros::kernel;
#[cfg(feature = "std")]
pub use kernel_macros::operator;
#[cfg(feature = "std")]
pub use lane::Level;
pub use points::{Points, ScalarPoints, VectorPoints};
pub use real::Real;
pub use vocabulary::{Point, angle, dist, dot, erf, l1_dist, norm, sq_dist, sq_norm};

/// Paths for emitted code.
#[doc(hidden)]
pub mod __private {
    pub use crate::combine::Multiplier;
    #[cfg(feature = "std")]
    pub use crate::engine::{Derived, Description, Tall, derived};
    #[cfg(feature = "std")]
    pub use crate::gram::{OperatorTerm, Sealed, check_coordinates, described_terms};
    pub use crate::kernel::{
        Base, ClosedForm, Directed, First, Pairs, Place, PowerProduct, Second, Shape, Side, SomeOrder, Stage, Term,
        TowerBlock, TowerOut, TowerShape, TowerTerm, squared_exponential,
    };
    pub use crate::length::lengths;
    pub use crate::loops::{entries, pairs, rows};
    pub use crate::points::{ScalarPoints, VectorPoints};
    pub use crate::real::Lane;
    pub use alloc::vec::Vec;
}
