//! Linear systems with Gram matrices that are not formed.
//!
//! (K + noise) X = B for covariances K of values, gradients, or both, by conjugate gradients: as many products with K
//! as there are iterations, and memory for a few vectors. Several right-hand sides share each product, and what each
//! finds helps the others (block conjugate gradients: D. O'Leary, *The block conjugate gradient algorithm and related
//! methods*, Linear Algebra Appl. 29, 1980).
//!
//! ```
//! use kernel_runtime::gram::{Gradient, Gram};
//! use kernel_runtime::kernels::Rbf;
//! use kernel_runtime::solve::{PivotedCholesky, Solve};
//! use ndarray::{Array1, Array2};
//!
//! // Gradients at 30 points with 4 coordinates: 120 unknowns.
//! let x = Array2::from_shape_fn((30, 4), |(i, a)| (1.7 * i as f64 + 2.9 * a as f64).sin());
//! let k = Rbf::new(1.0, 1.5)?;
//! let gram = Gram::new(&k, (Gradient, &x), (Gradient, &x))?;
//! let b = Array1::from_shape_fn(120, |i| (i as f64).cos());
//!
//! let preconditioner = PivotedCholesky::new(&gram, 1e-3, 20)?;
//! let solution = Solve::new(&gram).noise(1e-3).tolerance(1e-8).preconditioner(&preconditioner).run(&b)?;
//! assert!(solution.converged);
//! let residual = gram.dot(&solution.x)? + 1e-3 * &solution.x - &b;
//! assert!(residual.dot(&residual).sqrt() <= 1e-8 * b.dot(&b).sqrt());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod conjugate_gradients;
#[cfg(feature = "gp")]
mod dense;
mod error;
#[cfg(feature = "gp")]
mod low_rank;
mod matrix;
mod orthogonal;
#[cfg(feature = "gp")]
mod posterior;
mod preconditioner;
mod small;

pub use conjugate_gradients::{Solution, Solve, Step};
pub use error::SolveError;
#[cfg(feature = "gp")]
pub use low_rank::LowRank;
pub use matrix::{CovarianceMatrix, Number, SymmetricMatrix};
#[cfg(feature = "gp")]
pub use posterior::Posterior;
pub use preconditioner::{BlockDiagonal, PivotedCholesky, Preconditioner};
