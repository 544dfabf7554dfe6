//! Entries of a [`Gram`].

use ndarray::{Array1, Array2, ArrayRef2, Ix2, s};

use super::batch::{Batch, allocate, expect_shape};
use super::lazy::Gram;
use super::lists::OwnBlock;
use super::operator::{Gradient, Observed};
use crate::engine::traces;
use crate::error::KernelError;
use crate::kernel::{Differentiable, Kernel};

impl<K: Kernel, L: Observed<K>, R: Observed<K>> Gram<'_, K, L, R> {
    /// All entries.
    ///
    /// # Errors
    ///
    /// [`TooLarge`](KernelError::TooLarge) if they would not fit into memory.
    pub fn dense(&self) -> Result<Array2<K::Scalar>, KernelError> {
        self.covariance().dense()
    }

    /// [`dense`](Self::dense) into an array of the shape of the result: fresh memory costs more than most entries do.
    ///
    /// # Errors
    ///
    /// [`OutputShape`](KernelError::OutputShape). `out` is untouched then.
    ///
    /// ```
    /// use kernel_runtime::gram::{Gram, Laplacian};
    /// use kernel_runtime::kernels::Rbf;
    /// use ndarray::{Array2, array};
    ///
    /// let (k, x) = (Rbf::new(1.0, 0.5)?, array![[0.0, 1.0], [1.0, 0.5], [2.0, 2.0]]);
    /// let gram = Gram::new(&k, (Laplacian, &x), (Laplacian, &x))?;
    /// let mut out = Array2::zeros(gram.shape());
    /// gram.dense_into(&mut out)?;
    /// assert_eq!(out, gram.dense()?);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn dense_into(&self, out: &mut ArrayRef2<K::Scalar>) -> Result<(), KernelError> {
        let (rows, columns) = self.shape();
        expect_shape(out, &Ix2(rows, columns))?;
        self.covariance().dense_into(out.view_mut())
    }

    /// Rows `rows` of all entries.
    ///
    /// # Errors
    ///
    /// As [`dense`](Self::dense).
    ///
    /// # Panics
    ///
    /// If there are fewer rows, as a slice of an array does.
    ///
    /// ```
    /// use kernel_runtime::gram::{Gradient, Gram, Value};
    /// use kernel_runtime::kernels::Rbf;
    /// use ndarray::{array, s};
    ///
    /// let (k, x) = (Rbf::new(1.0, 0.5)?, array![[0.0, 1.0], [1.0, 0.5], [2.0, 2.0]]);
    /// let gram = Gram::new(&k, ((Value, Gradient), &x), (Value, &x))?;
    /// assert_eq!(gram.rows(2..5)?, gram.dense()?.slice(s![2..5, ..]));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn rows(&self, rows: std::ops::Range<usize>) -> Result<Array2<K::Scalar>, KernelError> {
        let covariance = self.covariance();
        let of_point = covariance.left.width();
        if of_point == 0 {
            return covariance.dense();
        }
        let (first, last) = (rows.start / of_point, rows.end.div_ceil(of_point));
        let all = covariance.part(first..last.max(first), 0..self.sizes[1]).dense()?;
        let start = rows.start - first * of_point;
        Ok(all.slice(s![start..start + rows.len(), ..]).to_owned())
    }

    /// Column `column` of all entries, in O(n d).
    ///
    /// # Errors
    ///
    /// [`TooLarge`](KernelError::TooLarge) if it would not fit into memory.
    ///
    /// # Panics
    ///
    /// If there are fewer columns, as [`rows`](Self::rows) does.
    ///
    /// ```
    /// use kernel_runtime::gram::{Gradient, Gram};
    /// use kernel_runtime::kernels::Rbf;
    /// use ndarray::array;
    ///
    /// let (k, x) = (Rbf::new(1.0, 0.5)?, array![[0.0, 1.0], [1.0, 0.5], [2.0, 2.0]]);
    /// let gram = Gram::new(&k, (Gradient, &x), (Gradient, &x))?;
    /// let error = gram.column(3)? - gram.dense()?.column(3);
    /// assert!(error.iter().all(|error| error.abs() < 1e-15));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn column(&self, column: usize) -> Result<Array1<K::Scalar>, KernelError> {
        assert!(column < self.shape().1, "column {column} of a matrix with {} columns", self.shape().1);
        self.covariance().column(column)
    }

    /// Whether both sides have the same operator at the same points, so that the matrix of a symmetric kernel is
    /// symmetric.
    pub(crate) fn has_equal_sides(&self) -> bool {
        self.covariance().has_equal_sides()
    }

    /// The rows of each point, and the block that it has with itself.
    pub(crate) fn own_blocks(&self) -> Result<Vec<OwnBlock<K::Scalar>>, KernelError> {
        let covariance = self.covariance();
        let (width, mut blocks) = (covariance.left.width(), Vec::with_capacity(self.sizes[0]));
        covariance.each_own(|i, block| {
            blocks.push(OwnBlock { rows: (i * width..(i + 1) * width).collect(), entries: block.to_owned() });
        })?;
        Ok(blocks)
    }

    /// Entries (i, i), in O(d) for each point; with Hessians, and operators beyond the gradient, from whole blocks.
    ///
    /// # Errors
    ///
    /// [`NotSquare`](KernelError::NotSquare) if there are not as many rows as columns, or not the same numbers for each
    /// point of both.
    ///
    /// ```
    /// use kernel_runtime::gram::{Gradient, Gram, Value};
    /// use kernel_runtime::kernels::Rbf;
    /// use ndarray::array;
    ///
    /// // The variances of a process, 1, and of its derivatives, 1 / 0.5².
    /// let (k, x) = (Rbf::new(1.0, 0.5)?, array![[0.0, 1.0], [1.0, 0.5]]);
    /// let gram = Gram::new(&k, ((Value, Gradient), &x), ((Value, Gradient), &x))?;
    /// assert_eq!(gram.diagonal()?, array![1.0, 4.0, 4.0, 1.0, 4.0, 4.0]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn diagonal(&self) -> Result<Array1<K::Scalar>, KernelError> {
        let (covariance, [n, m, _], (rows, columns)) = (self.covariance(), self.sizes, self.shape());
        if n != m || !covariance.left.has_operator_of(&covariance.right) {
            return Err(KernelError::NotSquare { rows, columns });
        }
        covariance.diagonal()
    }
}

impl<K: Differentiable> Gram<'_, K, Gradient, Gradient> {
    /// The traces of the blocks, `out[i, j]` = tr ∂²k/∂x∂yᵀ (x_i, y_j) = Σ_a ∂²k/∂x_a∂y_a, shape (n, m), in O(d) for
    /// each pair: what Stein discrepancies (Liu, Lee and Jordan, ICML 2016, equation 7) need beside gradients.
    ///
    /// # Errors
    ///
    /// [`TooLarge`](KernelError::TooLarge) if they would not fit into memory.
    ///
    /// ```
    /// use kernel_runtime::gram::{Gradient, Gram};
    /// use kernel_runtime::kernels::Rbf;
    /// use ndarray::array;
    ///
    /// // Of d = 3 coordinates at distance 0, d / lengthscale².
    /// let (k, x) = (Rbf::new(1.0, 0.5)?, array![[0.0, 1.0, 2.0]]);
    /// let traces = Gram::new(&k, (Gradient, &x), (Gradient, &x))?.trace_blocks()?;
    /// assert_eq!(traces, array![[12.0]]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn trace_blocks(&self) -> Result<Array2<K::Scalar>, KernelError> {
        let [n, m, _] = self.sizes;
        let mut out = allocate(Ix2(n, m))?;
        let batch = Batch::of(self.kernel, self.x, self.y)?;
        batch.staged(self.kernel, [<Gradient as Observed<K>>::ENTRIES; 2], |staged| {
            batch.points(true).run(1, out.view_mut(), &|share, behind| traces(staged, behind, share));
        });
        Ok(out)
    }
}
