//! The covariance of [`Observations`] with themselves.

use ndarray::{Array, Array1, Array2, ArrayRef};

use super::batch::allocate;
use super::columns::Columns;
use super::layout::Layout;
use super::lists::OwnBlock;
use super::observations::Observations;
use crate::error::KernelError;
use crate::kernel::{Kernel, Symmetric};

impl<K: Symmetric, O: Layout> Observations<'_, K, O> {
    /// All entries of the covariance, shape (N, N), exactly symmetric. Each pair of points is evaluated once: of the
    /// blocks of two entries only those above the diagonal, of those on the diagonal about half.
    ///
    /// # Errors
    ///
    /// [`TooLarge`](KernelError::TooLarge) if they would not fit into memory.
    pub fn covariance(&self) -> Result<Array2<K::Scalar>, KernelError> {
        self.lists().symmetric()
    }

    /// The product of the covariance with a vector, or with several at once, the columns of a matrix: without its
    /// entries, as [`Gram::dot`](super::Gram::dot) does. Each pair of points is taken once, also
    /// those of two entries, but for [`Hessian`](super::Hessian)s, as there; memory is O(N + n d) for each vector
    /// beside argument and result.
    ///
    /// # Errors
    ///
    /// [`Operand`](KernelError::Operand) if `v` has not as many rows as numbers were observed.
    ///
    /// ```
    /// use kernel_runtime::gram::{Gradient, Observations, Value};
    /// use kernel_runtime::kernels::Rbf;
    /// use ndarray::{Array1, array};
    ///
    /// let (k, x, y) = (Rbf::new(1.0, 0.8)?, array![[0.0, 0.1], [1.0, 0.7]], array![[0.5, 0.5]]);
    /// let mut data = Observations::new(&k);
    /// data.push(Gradient, &x)?;
    /// data.push(Value, &y)?;
    /// let v = Array1::linspace(-1.0, 1.0, 5);
    /// let error = data.dot(&v)? - data.covariance()?.dot(&v);
    /// assert!(error.iter().all(|error| error.abs() < 1e-14));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn dot<D: Columns>(&self, v: &ArrayRef<K::Scalar, D>) -> Result<Array<K::Scalar, D>, KernelError> {
        let mut out = allocate(v.raw_dim().with_rows(self.len()))?;
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

    /// Column `column` of the covariance.
    ///
    /// # Errors
    ///
    /// [`NoRow`](KernelError::NoRow) if there are fewer, [`TooLarge`](KernelError::TooLarge) if it would not fit into
    /// memory.
    pub fn column(&self, column: usize) -> Result<Array1<K::Scalar>, KernelError> {
        let (entry, point, component) =
            self.locate(column).ok_or(KernelError::NoRow { row: column, rows: self.len() })?;
        self.lists().column(entry, point * self.entries[entry].width() + component)
    }
}

impl<K: Kernel, O: Layout> Observations<'_, K, O> {
    /// Entries (i, i) of the covariance: the variance of each number before anything is observed.
    ///
    /// # Errors
    ///
    /// [`TooLarge`](KernelError::TooLarge) if they would not fit into memory.
    ///
    /// ```
    /// use kernel_runtime::gram::{Gradient, Laplacian, Observations};
    /// use kernel_runtime::kernels::Rbf;
    /// use ndarray::array;
    ///
    /// // 1 / 0.5² for each derivative, (d² + 2d) / 0.5⁴ for the Laplacian.
    /// let (k, x) = (Rbf::new(1.0, 0.5)?, array![[0.0, 1.0]]);
    /// let mut data = Observations::new(&k);
    /// data.push(Gradient, &x)?;
    /// data.push(Laplacian, &x)?;
    /// assert_eq!(data.diagonal()?, array![4.0, 4.0, 128.0]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn diagonal(&self) -> Result<Array1<K::Scalar>, KernelError> {
        self.lists().diagonal()
    }

    /// The rows of each point of each entry, and its covariance with itself.
    pub(crate) fn own_blocks(&self) -> Result<Vec<OwnBlock<K::Scalar>>, KernelError> {
        self.lists().own_blocks()
    }
}
