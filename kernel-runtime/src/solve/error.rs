//! What can be wrong with a system.

use std::error::Error;
use std::fmt::{self, Display, Formatter};

use crate::error::KernelError;

/// A system that cannot be solved, or not so.
///
/// ```
/// use kernel_runtime::gram::{Gram, Value};
/// use kernel_runtime::kernels::Rbf;
/// use kernel_runtime::solve::{Solve, SolveError};
/// use ndarray::array;
///
/// let (k, x) = (Rbf::new(1.0, 0.5)?, array![[0.0], [1.0]]);
/// let gram = Gram::new(&k, (Value, &x), (Value, &x))?;
/// let error = Solve::new(&gram).run(&array![1.0, 2.0, 3.0]).unwrap_err();
/// assert_eq!(error, SolveError::RightHandSide { expected: 2, got: 3 });
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum SolveError {
    /// The matrix has not the same points and operators on both sides.
    NotSymmetric {
        /// Its rows.
        rows: usize,
        /// Its columns.
        columns: usize,
    },
    /// The right-hand side, or the vector to start from, has the wrong length.
    RightHandSide {
        /// Rows of the matrix.
        expected: usize,
        /// Rows of the argument.
        got: usize,
    },
    /// The vector to start from has another number of columns than the right-hand side.
    StartColumns {
        /// Columns of the right-hand side.
        expected: usize,
        /// Columns of the argument.
        got: usize,
    },
    /// A tolerance that is negative or NaN.
    Tolerance {
        /// What it was.
        got: f64,
    },
    /// A preconditioner for a matrix of another size.
    PreconditionerSize {
        /// Rows of the matrix.
        expected: usize,
        /// Rows of the preconditioner.
        got: usize,
    },
    /// A number of the right-hand side, or of the vector to start from, is NaN or infinite.
    NotFinite {
        /// Its row.
        row: usize,
        /// Its column.
        column: usize,
    },
    /// Noise that is negative or NaN, or of which there is not one number for each row.
    Noise {
        /// What is wrong with it.
        problem: String,
    },
    /// A direction p was found with pᵀ(K + noise)p ≤ 0.
    NotPositiveDefinite {
        /// In which iteration, the first being 1.
        iteration: usize,
        /// pᵀ(K + noise)p / pᵀp, or NaN if that is no number
        curvature: f64,
    },
    /// A preconditioner that is not positive definite.
    Preconditioner {
        /// In which iteration it was found, 0 when it was made.
        iteration: usize,
    },
    /// A matrix without the structure that an exact solution of low rank needs.
    Structure {
        /// What is in the way.
        problem: String,
    },
    /// A Cholesky factorisation came to a pivot that is not positive.
    Pivot {
        /// Its row, of the matrix that was factorised.
        row: usize,
    },
    /// The covariance of what was observed, with noise, has no Cholesky factor because of one of its numbers.
    Observation {
        /// Its row.
        row: usize,
        /// The entry of the list of observations that it belongs to.
        entry: usize,
        /// The point of that entry.
        point: usize,
        /// Which number of those that the operator of the entry has at a point.
        component: usize,
        /// What is wrong with it.
        problem: String,
    },
    /// The product with the matrix failed.
    Kernel(KernelError),
}

/// Whether there is a variance for each row.
pub(super) fn one_for_each_row(variances: usize, rows: usize) -> Result<(), SolveError> {
    if variances == rows {
        return Ok(());
    }
    Err(SolveError::Noise { problem: format!("has {variances} numbers for {rows} rows") })
}

impl Display for SolveError {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotSymmetric { rows, columns } => write!(
                f,
                "the matrix has {rows} rows and {columns} columns of different points or operators: \
                 pass the same points and the same operator on both sides"
            ),
            Self::RightHandSide { expected, got } => write!(
                f,
                "the right-hand side, or the vector to start from, has {got} rows, but the matrix has {expected}: \
                 pass one number for each row"
            ),
            Self::StartColumns { expected, got } => write!(
                f,
                "the vector to start from has {got} columns, but the right-hand side has {expected}: \
                 pass an array of the shape of the right-hand side"
            ),
            Self::Tolerance { got } => {
                write!(f, "the tolerance is {got}: pass a part of the length of the right-hand side, such as 1e-6")
            }
            Self::PreconditionerSize { expected, got } => {
                write!(f, "the preconditioner has {got} rows, but the matrix has {expected}: make it from this matrix")
            }
            Self::NotFinite { row, column } => write!(
                f,
                "the right-hand side, or the vector to start from, is not a finite number in row {row} of column {column}"
            ),
            Self::Noise { problem } => {
                write!(f, "the noise {problem}: pass one variance, or one for each row, none of them negative")
            }
            Self::NotPositiveDefinite { iteration, curvature } => write!(
                f,
                "the matrix with noise is not positive definite: iteration {iteration} found a direction p with \
                 pᵀ(K + noise)p / pᵀp = {curvature:e}; add noise of more than that, or use a kernel that is `PositiveDefinite`"
            ),
            Self::Preconditioner { iteration: 0 } => write!(
                f,
                "the preconditioner is not positive definite: its blocks and noise are too small to be divided by; add noise"
            ),
            Self::Preconditioner { iteration } => {
                write!(f, "the preconditioner is not positive definite, as iteration {iteration} found")
            }
            Self::Structure { problem } => write!(
                f,
                "{problem}: `LowRank` takes gradients, with values or without, of kernels that are functions of ‖x - y‖, x·y, ‖x‖ and ‖y‖; \
                 use conjugate gradients, `Solve`"
            ),
            Self::Pivot { row } => write!(
                f,
                "the matrix with noise is not positive definite in floating point: pivot {row} of its Cholesky factor is not positive; \
                 add noise, or use a kernel that is `PositiveDefinite`"
            ),
            Self::Observation { row, entry, point, component, problem } => {
                write!(
                    f,
                    "number {component} at point {point} of entry {entry} of the observations, row {row}, {problem}"
                )
            }
            Self::Kernel(error) => error.fmt(f),
        }
    }
}

impl Error for SolveError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Kernel(error) => Some(error),
            _ => None,
        }
    }
}

impl From<KernelError> for SolveError {
    fn from(error: KernelError) -> Self {
        Self::Kernel(error)
    }
}
