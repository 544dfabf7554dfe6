//! Covariances of queries with observations.

use ndarray::{Array, Array2, ArrayRef};

use super::batch::allocate;
use super::columns::Columns;
use super::lists::Lists;
use super::observations::Entry;
use crate::error::KernelError;
use crate::kernel::Kernel;

/// cov(queries, data), a row for each number that is asked for and a column for each that is observed, as a matrix that
/// is not formed: what [`Observations::cross`](super::Observations::cross) makes.
///
/// Times (K + N)⁻¹ b it is the mean of the queries, where K is the covariance of the data, N the variances of its noise
/// and b what was observed (Rasmussen and Williams, 2006, equation 2.23).
///
/// ```
/// use kernel_runtime::gram::{Gradient, Gram, Observations, Value};
/// use kernel_runtime::kernels::Rbf;
/// use ndarray::{Array1, array};
///
/// let (k, x, z) = (Rbf::new(1.0, 0.8)?, array![[0.0, 0.1], [1.0, 0.7]], array![[0.5, 0.5]]);
/// let mut data = Observations::new(&k);
/// data.push(Value, &x)?;
/// let cross = data.cross(Gradient, &z)?;
/// assert_eq!(cross.dense()?, Gram::new(&k, (Gradient, &z), (Value, &x))?.dense()?);
/// assert_eq!(cross.dot(&Array1::ones(2))?.len(), 2);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Cross<'q, K: Kernel> {
    kernel: &'q K,
    lists: [Vec<Entry<'q, K>>; 2],
}

impl<'q, K: Kernel> Cross<'q, K> {
    pub(super) fn new(kernel: &'q K, lists: [Vec<Entry<'q, K>>; 2]) -> Self {
        Self { kernel, lists }
    }

    /// How many rows and columns it has.
    #[must_use]
    pub fn shape(&self) -> (usize, usize) {
        self.lists().shape()
    }

    /// All entries.
    ///
    /// # Errors
    ///
    /// [`TooLarge`](KernelError::TooLarge) if they would not fit into memory.
    pub fn dense(&self) -> Result<Array2<K::Scalar>, KernelError> {
        self.lists().dense()
    }

    /// The product with a vector, or with several at once: the columns of a matrix.
    ///
    /// # Errors
    ///
    /// [`Operand`](KernelError::Operand) if `v` has not as many rows as this has columns.
    pub fn dot<D: Columns>(&self, v: &ArrayRef<K::Scalar, D>) -> Result<Array<K::Scalar, D>, KernelError> {
        let mut out = allocate(v.raw_dim().with_rows(self.shape().0))?;
        self.dot_into(v, &mut out)?;
        Ok(out)
    }

    /// [`dot`](Self::dot) into an array of the shape of the result.
    ///
    /// # Errors
    ///
    /// As [`dot`](Self::dot), and [`OutputShape`](KernelError::OutputShape). `out` is untouched then.
    pub fn dot_into<D: Columns>(
        &self,
        v: &ArrayRef<K::Scalar, D>,
        out: &mut ArrayRef<K::Scalar, D>,
    ) -> Result<(), KernelError> {
        self.lists().dot_into(v, out)
    }

    fn lists(&self) -> Lists<'_, K> {
        let [rows, columns] = &self.lists;
        Lists { kernel: self.kernel, rows, columns }
    }
}
