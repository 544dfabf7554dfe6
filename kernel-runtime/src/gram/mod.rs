//! Gram matrices: a kernel and its derivatives for all pairs of two sets of points.
//!
//! For f ~ GP(0, k) and linear operators L, R: cov(L f(x), R f(y)) = `L_x` k(x, y) `R_y` (S. Särkkä, *Linear operators
//! and stochastic partial differential equations in Gaussian process regression*, ICANN 2011). With n points x, m
//! points y of d coordinates:
//!
//! | function | entry | shape | scalar points |
//! |---|---|---|---|
//! | [`k_ff`] | `[i, j]` = k(x_i, y_j) | (n, m) | (n, m) |
//! | [`k_gf`] | `[i, j, a]` = ∂k/∂x_a | (n, m, d) | (n, m) |
//! | [`k_fg`] | `[i, j, b]` = ∂k/∂y_b | (n, m, d) | (n, m) |
//! | [`k_gg`] | `[i, j, a, b]` = ∂²k/∂x_a∂y_b | (n, m, d, d) | (n, m) |
//! | [`joint`] | [[`K_ff`, `K_fg`], [`K_gf`, `K_gg`]] as one matrix | (n(1+d), m(1+d)) | (2n, 2m) |
//! | [`k_ff_symmetric`] | `[i, j]` = k(x_i, x_j), from half of the pairs | (n, n) | (n, n) |
//! | [`k_params`] | `[i, j, l]` = ∂k/∂θ_l, of p parameter numbers | (n, m, p) | (n, m, p) |
//! | [`diagonal`] | `[i]` = k(x_i, x_i) | (n,) | (n,) |
//!
//! [`Gram`] is any of the first five as a matrix that is not formed, to be multiplied with vectors. It has covariances
//! with the [`Hessian`], ∂⁴k/∂x_a∂x_b∂y_c∂y_e, and other linear differential operators ([`Operator`]) as well, and with
//! integrals over boxes ([`Integral`]) and expectations under normal distributions ([`Expectation`]) of kernels that
//! have them in closed form. [`Observations`] is the joint covariance of several operators, each at points of its own.
//! [`Warped`] is a kernel of points that a map has moved, k(w(x), w(y)), with values and gradients.
//!
//! Points are arrays of shape (points, coordinates), or (points,) for kernels of two numbers. Arrays and views pass
//! alike, `&x` and `&x.t()`, with any strides, and so do outputs. Each function has an `_into` form that writes into
//! the caller's array: fresh memory costs more than the mathematics, so whoever evaluates repeatedly uses these. No
//! temporary larger than the points themselves is made.
//!
//! # Errors
//!
//! All functions fail, before they write anything, if
//! - `x` or `y` has points of another dimension than the kernel takes ([`Dimension`](KernelError::Dimension),
//!   [`TooFewCoordinates`](KernelError::TooFewCoordinates)), the two differ
//!   ([`UnequalDimensions`](KernelError::UnequalDimensions)), or points have no coordinates
//!   ([`NoCoordinates`](KernelError::NoCoordinates));
//! - a vector to be multiplied with has another length than the matrix has columns ([`Operand`](KernelError::Operand)),
//!   or from the left, than it has rows ([`LeftOperand`](KernelError::LeftOperand));
//! - an operator reads a coordinate that points do not have ([`Coordinate`](KernelError::Coordinate),
//!   [`Direction`](KernelError::Direction)); what is wrong with an entry of [`Observations`] says which it is
//!   ([`Entry`](KernelError::Entry), [`EntryDimension`](KernelError::EntryDimension));
//! - bounds, variances or the covariance of an integral are impossible, or its covariances infinite or of no closed
//!   form ([`Measure`](KernelError::Measure));
//! - the output has another shape than the result ([`OutputShape`](KernelError::OutputShape)), or the result would not
//!   fit into memory ([`TooLarge`](KernelError::TooLarge));
//! - a map gives points that the kernel behind it does not take ([`Mapped`](KernelError::Mapped)), or is not finite
//!   where its point is ([`NotMapped`](KernelError::NotMapped));
//! - a combined kernel is impossible ([`Incompatible`](KernelError::Incompatible),
//!   [`Parameter`](KernelError::Parameter)).
//!
//! No points at all (n = 0 or m = 0) give an empty result. NaN in a point stays in the entries of that point.

mod arrays;
mod batch;
mod between;
mod blocks;
mod columns;
mod contract;
mod covariance;
mod cross;
mod dense;
mod differential;
mod entries;
mod halves;
mod hessian;
mod integral;
mod joint;
mod layout;
mod lazy;
mod lists;
mod observations;
mod observed;
mod operator;
mod operators;
mod pairwise;
mod params;
#[cfg(feature = "gp")]
mod rotated;
mod side;
mod symmetric;
mod tile;
mod warped;

pub use arrays::Arrays;
pub use columns::Columns;
pub use cross::Cross;
pub use dense::{diagonal, diagonal_into, k_ff, k_ff_into, k_fg, k_fg_into, k_gf, k_gf_into, k_gg, k_gg_into};
pub use differential::{Biharmonic, ByParameter, Curl, Directional, Laplacian, Operator};
#[doc(hidden)]
pub use differential::{OperatorTerm, check_coordinates, described_terms};
pub use integral::{Expectation, Integral};
pub use joint::{joint, joint_into};
pub use layout::{Blocked, Interleaved, Layout};
pub use lazy::Gram;
pub use lists::OwnBlock;
pub use observations::Observations;
#[doc(hidden)]
pub use operator::Sealed;
pub use operator::{FirstOrder, Gradient, Hessian, Observed, Partials, Value};
pub use params::{k_params, k_params_into};
pub use symmetric::{k_ff_symmetric, k_ff_symmetric_into};
pub use warped::{Coordinatewise, Jacobian, PulledBack, Warp, Warped, WarpedGram};

use ndarray::ArrayRef;

#[allow(unused_imports, reason = "the docs link to it")]
use crate::error::KernelError;
use crate::kernel::Kernel;

/// An array of the points that `K` takes: (points, coordinates), or (points,) for kernels of two numbers.
pub type PointsRef<K> = ArrayRef<<K as Kernel>::Scalar, <<K as Kernel>::Points as Arrays>::Dim>;
/// What [`k_gf`] and [`k_fg`] write: (n, m, d), or (n, m) for kernels of two numbers.
pub type GradientRef<K> = ArrayRef<<K as Kernel>::Scalar, <<K as Kernel>::Points as Arrays>::Gradient>;
/// What [`k_gg`] writes: (n, m, d, d), or (n, m) for kernels of two numbers.
pub type HessianRef<K> = ArrayRef<<K as Kernel>::Scalar, <<K as Kernel>::Points as Arrays>::Hessian>;
