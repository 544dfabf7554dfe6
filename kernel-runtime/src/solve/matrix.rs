//! What is solved with.

use ndarray::{Array1, ArrayRef2, LinalgScalar};

use super::error::SolveError;
use crate::error::KernelError;
use crate::gram::{Gram, Layout, Observations, Observed, OwnBlock, PulledBack, WarpedGram};
use crate::kernel;
use crate::real::Real;

/// f64 and f32.
pub trait Number: Real + LinalgScalar + Into<f64> {
    /// The distance from 1 to the next number.
    const EPSILON: f64;

    /// Neither infinite nor NaN.
    fn is_number(self) -> bool {
        self.into().is_finite()
    }
}

impl Number for f64 {
    const EPSILON: f64 = f64::EPSILON;
}

impl Number for f32 {
    const EPSILON: f64 = f32::EPSILON as f64;
}

/// A symmetric matrix that vectors can be multiplied with: a [`Gram`] of the same points and operators on both sides,
/// the covariance of [`Observations`], or your own.
///
/// ```
/// use kernel_runtime::KernelError;
/// use kernel_runtime::solve::{Solve, SymmetricMatrix};
/// use ndarray::{ArrayRef2, array};
///
/// /// 2 on the diagonal, -1 beside it.
/// struct SecondDifference(usize);
///
/// impl SymmetricMatrix<f64> for SecondDifference {
///     fn size(&self) -> usize {
///         self.0
///     }
///
///     fn multiply(&self, v: &ArrayRef2<f64>, out: &mut ArrayRef2<f64>) -> Result<(), KernelError> {
///         for ((i, c), out) in out.indexed_iter_mut() {
///             let at = |i: usize| v.get((i, c)).copied().unwrap_or(0.0);
///             *out = 2.0 * at(i) - at(i.wrapping_sub(1)) - at(i + 1);
///         }
///         Ok(())
///     }
/// }
///
/// let solution = Solve::new(&SecondDifference(3)).run(&array![1.0, 0.0, 1.0])?;
/// assert!((solution.x - array![1.0, 1.0, 1.0]).iter().all(|error| error.abs() < 1e-12));
/// # Ok::<(), kernel_runtime::solve::SolveError>(())
/// ```
pub trait SymmetricMatrix<S> {
    /// How many rows and columns it has.
    fn size(&self) -> usize;

    /// Writes the products with the columns of `v` to those of `out`, an array of the same shape.
    ///
    /// # Errors
    ///
    /// What is wrong with the product.
    fn multiply(&self, v: &ArrayRef2<S>, out: &mut ArrayRef2<S>) -> Result<(), KernelError>;

    /// Whether it is what it says, asked before the first product.
    ///
    /// # Errors
    ///
    /// [`NotSymmetric`](SolveError::NotSymmetric), for instance.
    fn check(&self) -> Result<(), SolveError> {
        Ok(())
    }
}

/// A symmetric matrix some of whose entries can be had without the others: what preconditioners are made of.
pub trait CovarianceMatrix<S>: SymmetricMatrix<S> {
    /// Entries (i, i).
    ///
    /// # Errors
    ///
    /// What is wrong with them.
    fn diagonal(&self) -> Result<Array1<S>, KernelError>;

    /// Column `column`, one of the matrix.
    ///
    /// # Errors
    ///
    /// What is wrong with it.
    fn column(&self, column: usize) -> Result<Array1<S>, KernelError>;

    /// Blocks on the diagonal that do not overlap: what belongs to one point.
    ///
    /// # Errors
    ///
    /// What is wrong with them.
    fn own_blocks(&self) -> Result<Vec<OwnBlock<S>>, KernelError>;
}

macro_rules! symmetric {
    ($Gram:ident, $Observed:ident) => {
        impl<K, T> SymmetricMatrix<K::Scalar> for $Gram<'_, K, T, T>
        where
            K: kernel::Symmetric,
            K::Scalar: Number,
            T: $Observed<K>,
        {
            fn size(&self) -> usize {
                self.shape().0
            }

            fn multiply(&self, v: &ArrayRef2<K::Scalar>, out: &mut ArrayRef2<K::Scalar>) -> Result<(), KernelError> {
                self.dot_into(v, out)
            }

            fn check(&self) -> Result<(), SolveError> {
                let (rows, columns) = self.shape();
                if self.has_equal_sides() { Ok(()) } else { Err(SolveError::NotSymmetric { rows, columns }) }
            }
        }

        impl<K, T> CovarianceMatrix<K::Scalar> for $Gram<'_, K, T, T>
        where
            K: kernel::Symmetric,
            K::Scalar: Number,
            T: $Observed<K>,
        {
            fn diagonal(&self) -> Result<Array1<K::Scalar>, KernelError> {
                self.diagonal()
            }

            fn column(&self, column: usize) -> Result<Array1<K::Scalar>, KernelError> {
                self.column(column)
            }

            fn own_blocks(&self) -> Result<Vec<OwnBlock<K::Scalar>>, KernelError> {
                self.own_blocks()
            }
        }
    };
}
symmetric!(Gram, Observed);
symmetric!(WarpedGram, PulledBack);

impl<K, O> SymmetricMatrix<K::Scalar> for Observations<'_, K, O>
where
    K: kernel::Symmetric,
    K::Scalar: Number,
    O: Layout,
{
    fn size(&self) -> usize {
        self.len()
    }

    fn multiply(&self, v: &ArrayRef2<K::Scalar>, out: &mut ArrayRef2<K::Scalar>) -> Result<(), KernelError> {
        self.dot_into(v, out)
    }
}

impl<K, O> CovarianceMatrix<K::Scalar> for Observations<'_, K, O>
where
    K: kernel::Symmetric,
    K::Scalar: Number,
    O: Layout,
{
    fn diagonal(&self) -> Result<Array1<K::Scalar>, KernelError> {
        self.diagonal()
    }

    fn column(&self, column: usize) -> Result<Array1<K::Scalar>, KernelError> {
        self.column(column)
    }

    fn own_blocks(&self) -> Result<Vec<OwnBlock<K::Scalar>>, KernelError> {
        self.own_blocks()
    }
}
