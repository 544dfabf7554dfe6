//! Entries of a [`WarpedGram`].

use std::ops::Range;

use ndarray::{Array1, Array2, Axis, Ix1, Ix2, s};

use super::lazy::WarpedGram;
use super::operator::PulledBack;
use crate::error::KernelError;
use crate::gram::Gram;
use crate::gram::batch::allocate;
use crate::gram::lists::OwnBlock;
use crate::kernel::Kernel;
use crate::real::Lane;

/// So many entries are made at a time, or those of one point: a task for each thread, and little beside the result.
const ENTRIES: usize = 1 << 20;

impl<K: Kernel, L: PulledBack<K>, R: PulledBack<K>> WarpedGram<'_, K, L, R> {
    /// All entries, some points x at a time: beside the result it takes memory for a few million numbers, or for the
    /// entries of one point.
    ///
    /// # Errors
    ///
    /// [`TooLarge`](KernelError::TooLarge) if they would not fit into memory.
    pub fn dense(&self) -> Result<Array2<K::Scalar>, KernelError> {
        self.rows_of(0..self.sizes[0])
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
    pub fn rows(&self, rows: Range<usize>) -> Result<Array2<K::Scalar>, KernelError> {
        let of_point = self.left.outer();
        if of_point == 0 {
            return self.dense();
        }
        let (first, last) = (rows.start / of_point, rows.end.div_ceil(of_point));
        let all = self.rows_of(first..last.max(first))?;
        let start = rows.start - first * of_point;
        Ok(all.slice(s![start..start + rows.len(), ..]).to_owned())
    }

    /// Column `column` of all entries, in O(n q d).
    ///
    /// # Errors
    ///
    /// [`TooLarge`](KernelError::TooLarge) if it would not fit into memory.
    ///
    /// # Panics
    ///
    /// If there are fewer columns, as [`rows`](Self::rows) does.
    pub fn column(&self, column: usize) -> Result<Array1<K::Scalar>, KernelError> {
        let (rows, columns) = self.shape();
        assert!(column < columns, "column {column} of a matrix with {columns} columns");
        let width = self.right().outer();
        let (point, entry) = (column / width, column % width);
        let mut unit = Array2::from_elem((width, 1), K::Scalar::of(0.0));
        unit[[entry, 0]] = K::Scalar::of(1.0);
        let unit = self.right().push(point..point + 1, &unit.view())?;
        let y = self.y().slice_axis(Axis(0), (point..=point).into());
        let inner = Gram::new(self.kernel, (L::INNER, &self.x), (R::INNER, &y))?.dot(&unit)?;
        let mut out = allocate(Ix2(rows, 1))?;
        self.left.pull(0, &inner.view(), out.view_mut());
        Ok(out.index_axis_move(Axis(1), 0))
    }

    /// Entries (i, i): of a [`Diagonal`](super::Jacobian::Diagonal) Jacobian, or of values alone, in O(q) for each
    /// point; else from its whole block, in O(q² d).
    ///
    /// # Errors
    ///
    /// [`NotSquare`](KernelError::NotSquare) if there are not as many rows as columns, or not the same numbers for each
    /// point of both.
    pub fn diagonal(&self) -> Result<Array1<K::Scalar>, KernelError> {
        let ([n, m, _], (rows, columns)) = (self.sizes, self.shape());
        if n != m || !self.left.is_like(self.right()) {
            return Err(KernelError::NotSquare { rows, columns });
        }
        let mut out = allocate(Ix1(rows))?;
        if let Some(slopes) = self.right().slopes() {
            let inner = self.inner()?.diagonal()?.insert_axis(Axis(1));
            self.left.pull(0, &inner.view(), out.view_mut().insert_axis(Axis(1)));
            for (entry, &slope) in out.iter_mut().zip(&slopes) {
                *entry *= slope;
            }
            return Ok(out);
        }
        for (i, mut out) in out.exact_chunks_mut(self.left.outer().max(1)).into_iter().enumerate() {
            out.assign(&self.block(i..i + 1, i..i + 1)?.diag());
        }
        Ok(out)
    }

    /// The blocks that each point x has with the y of its number.
    pub(crate) fn own_blocks(&self) -> Result<Vec<OwnBlock<K::Scalar>>, KernelError> {
        let width = self.left.outer();
        let block = |i| {
            let rows = (i * width..(i + 1) * width).collect();
            Ok(OwnBlock { rows, entries: self.block(i..i + 1, i..i + 1)? })
        };
        (0..self.sizes[0]).map(block).collect()
    }

    fn rows_of(&self, points: Range<usize>) -> Result<Array2<K::Scalar>, KernelError> {
        let (of_point, columns) = (self.left.outer(), self.shape().1);
        let mut out = allocate(Ix2(points.len().saturating_mul(of_point), columns))?;
        for some in self.parts(points.clone()) {
            let [start, end] = [some.start, some.end].map(|point| (point - points.start) * of_point);
            out.slice_mut(s![start..end, ..]).assign(&self.block(some, 0..self.sizes[1])?);
        }
        Ok(out)
    }

    /// Parts of some points x whose entries, with all points y, are made together.
    pub(super) fn parts(&self, points: Range<usize>) -> impl Iterator<Item = Range<usize>> + use<K, L, R> {
        let of_point = self.sizes[1].saturating_mul(self.left.inner).saturating_mul(self.right().inner);
        let (count, end) = ((ENTRIES / of_point.max(1)).max(1), points.end);
        points.step_by(count).map(move |start| start..end.min(start.saturating_add(count)))
    }

    /// The entries of some points x with some points y.
    pub(super) fn block(&self, x: Range<usize>, y: Range<usize>) -> Result<Array2<K::Scalar>, KernelError> {
        let (left, right) = (&self.left, self.right());
        let x_behind = self.x.slice_axis(Axis(0), x.clone().into());
        let y_behind = self.y().slice_axis(Axis(0), y.clone().into());
        let mut all = Gram::new(self.kernel, (L::INNER, &x_behind), (R::INNER, &y_behind))?.dense()?;
        if L::ENTRIES.gradient {
            let mut rows = allocate(Ix2(x.len().saturating_mul(left.outer()), all.ncols()))?;
            left.pull(x.start, &all.view(), rows.view_mut());
            all = rows;
        }
        if R::ENTRIES.gradient {
            let mut columns = allocate(Ix2(all.nrows(), y.len().saturating_mul(right.outer())))?;
            right.pull(y.start, &all.t(), columns.view_mut().reversed_axes());
            all = columns;
        }
        Ok(all)
    }
}
