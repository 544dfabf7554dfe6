//! Entries of a [`Gram`].

use ndarray::{Array1, Array2, Axis, Ix1, Ix2, s};

use super::PointsRef;
use super::batch::{Batch, allocate};
use super::layout::cells;
use super::lazy::{Gram, width};
use super::operator::{Gradient, Observed};
use crate::engine::{Parts, Steps, diagonal, traces};
use crate::error::KernelError;
use crate::kernel::{Differentiable, Kernel};
use crate::real::Lane;

/// Pairs of so few points are evaluated together where not all of their entries are wanted.
const FEW: usize = 8;

impl<K: Kernel, L: Observed<K>, R: Observed<K>> Gram<'_, K, L, R> {
    /// All entries.
    ///
    /// # Errors
    ///
    /// [`TooLarge`](KernelError::TooLarge) if they would not fit into memory.
    pub fn dense(&self) -> Result<Array2<K::Scalar>, KernelError> {
        let [n, m, d] = self.sizes;
        if const { L::GENERAL || R::GENERAL } {
            return self.of_operators();
        }
        let (left, right) = (self.left.places(d), self.right.places(d));
        if is_whole(&left, L::ENTRIES.count(d)) && is_whole(&right, R::ENTRIES.count(d)) {
            return self.whole(self.x, self.y);
        }
        let (rows, columns) = self.shape();
        let mut out = allocate(Ix2(rows, columns))?;
        let width = R::ENTRIES.count(d);
        for (i, j) in (0..n).flat_map(|i| (0..m).step_by(FEW).map(move |j| (i, j))) {
            let end = m.min(j + FEW);
            let (x, y) = (self.x.slice_axis(Axis(0), (i..=i).into()), self.y.slice_axis(Axis(0), (j..end).into()));
            let wanted: Vec<_> = (0..end - j).flat_map(|j| right.iter().map(move |place| j * width + place)).collect();
            let some = self.whole(&x, &y)?.select(Axis(0), &left).select(Axis(1), &wanted);
            let to = s![i * left.len()..(i + 1) * left.len(), j * right.len()..end * right.len()];
            out.slice_mut(to).assign(&some);
        }
        Ok(out)
    }

    /// All entries, of whole gradients.
    fn whole(&self, x: &PointsRef<K>, y: &PointsRef<K>) -> Result<Array2<K::Scalar>, KernelError> {
        let batch = Batch::of(self.kernel, x, y)?;
        let (d, left, right) = (batch.d, L::ENTRIES, R::ENTRIES);
        let (wide, at) = (right.count(d), usize::from(right.value));
        let mut out = allocate(Ix2(batch.n.saturating_mul(left.count(d)), batch.m.saturating_mul(wide)))?;
        if let Some(kernel) = self.tower() {
            batch.write_hessians(kernel, [left, right], out.view_mut());
            return Ok(out);
        }
        let below = |at| Steps { row: usize::from(left.value), row_step: 1, at };
        let parts = Parts {
            value: (left.value && right.value).then_some((0, 0)),
            grad_y: (left.value && right.gradient).then_some((0, at)),
            grad_x: (left.gradient && right.value).then_some(below(0)),
            hess_xy: (left.gradient && right.gradient).then_some(below(at)),
            widths: vec![wide; left.count(d)],
        };
        let target = cells(out.view_mut(), left.count(d), wide);
        batch.staged(self.kernel, [left, right], |staged| batch.write(staged, &parts, target));
        Ok(out)
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
        let of_point = width::<K, L>(&self.left, self.sizes[2]);
        if of_point == 0 {
            return self.dense();
        }
        let (first, last) = (rows.start / of_point, rows.end.div_ceil(of_point));
        let some = self.x.slice_axis(Axis(0), (first..last.max(first)).into());
        let sizes = [last.saturating_sub(first), self.sizes[1], self.sizes[2]];
        let all = Gram { x: &some, sizes, ..*self }.dense()?;
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
        let width = width::<K, R>(&self.right, self.sizes[2]);
        assert!(column < self.shape().1, "column {column} of a matrix with {} columns", self.shape().1);
        let (point, entry) = (column / width, column % width);
        let y = self.y.slice_axis(Axis(0), (point..=point).into());
        let mut unit = Array1::from_elem(width, K::Scalar::of(0.0));
        unit[entry] = K::Scalar::of(1.0);
        Gram { y: &y, sizes: [self.sizes[0], 1, self.sizes[2]], ..*self }.dot(&unit)
    }

    /// Whether both sides have the same operator at the same points, so that the matrix of a symmetric kernel is symmetric.
    pub(crate) fn has_equal_sides(&self) -> bool {
        self.has_equal_operators() && (std::ptr::eq(self.x, self.y) || self.x == self.y)
    }

    /// Whether each number of a point is the same on both sides.
    fn has_equal_operators(&self) -> bool {
        let d = self.sizes[2];
        if const { L::GENERAL || R::GENERAL } {
            return self.has_equal_descriptions();
        }
        L::ENTRIES == R::ENTRIES && self.left.places(d) == self.right.places(d)
    }

    /// The blocks that each point has with itself.
    pub(crate) fn own_blocks(&self) -> Result<Vec<Array2<K::Scalar>>, KernelError> {
        (0..self.sizes[0]).map(|i| self.block(i, i)).collect()
    }

    /// All that point x_i has with y_j.
    fn block(&self, i: usize, j: usize) -> Result<Array2<K::Scalar>, KernelError> {
        let (x, y) = (self.x.slice_axis(Axis(0), (i..=i).into()), self.y.slice_axis(Axis(0), (j..=j).into()));
        Gram { x: &x, y: &y, sizes: [1, 1, self.sizes[2]], ..*self }.dense()
    }

    /// Entries (i, i), in O(d) for each point; with Hessians, from whole blocks.
    ///
    /// # Errors
    ///
    /// [`NotSquare`](KernelError::NotSquare) if there are not as many rows as columns, or not the same numbers for each point of both.
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
        let ([n, m, d], (rows, columns)) = (self.sizes, self.shape());
        if n != m || !self.has_equal_operators() {
            return Err(KernelError::NotSquare { rows, columns });
        }
        if n == 0 {
            return Ok(Array1::from_elem(0, K::Scalar::of(0.0)));
        }
        if self.tower().is_some() {
            return self.diagonal_of_blocks();
        }
        let left = self.left.places(d);
        let mut all = allocate(Ix2(n, L::ENTRIES.count(d)))?;
        let batch = Batch::of(self.kernel, self.x, self.y)?;
        let points = batch.points(true);
        batch.staged(self.kernel, [L::ENTRIES, R::ENTRIES], |staged| {
            let y = [points.y.tiles(0, m), points.behind()];
            diagonal(staged, L::ENTRIES, d, &points.x, y, all.as_slice_mut().unwrap_or_default());
        });
        let mut out = allocate(Ix1(rows))?;
        for (mut out, all) in out.exact_chunks_mut(left.len().max(1)).into_iter().zip(all.rows()) {
            for (out, &place) in out.iter_mut().zip(&left) {
                *out = all[place];
            }
        }
        Ok(out)
    }
}

/// Whether a point has all numbers, in their order.
fn is_whole(places: &[usize], count: usize) -> bool {
    places.iter().copied().eq(0..count)
}

impl<K: Kernel, L: Observed<K>, R: Observed<K>> Gram<'_, K, L, R> {
    /// Of all entries that each point x has with the y of its number.
    fn diagonal_of_blocks(&self) -> Result<Array1<K::Scalar>, KernelError> {
        let count = width::<K, L>(&self.left, self.sizes[2]);
        let mut out = allocate(Ix1(self.shape().0))?;
        for (i, mut out) in out.exact_chunks_mut(count).into_iter().enumerate() {
            out.assign(&self.block(i, i)?.diag());
        }
        Ok(out)
    }
}

impl<K: Differentiable> Gram<'_, K, Gradient, Gradient> {
    /// The traces of the blocks, `out[i, j]` = tr ∂²k/∂x∂yᵀ (x_i, y_j) = Σ_a ∂²k/∂x_a∂y_a, shape (n, m), in O(d) for each pair: what Stein
    /// discrepancies (Liu, Lee and Jordan, ICML 2016, equation 7) need beside gradients.
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
