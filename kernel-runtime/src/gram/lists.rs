//! Covariances of two lists of operators at points, block by block.

use std::ops::Range;

use ndarray::{Array1, Array2, ArrayRef, ArrayView2, ArrayViewMut2, Axis, CowArray, Ix2, s};

use super::batch::allocate;
use super::columns::{Columns, operands};
use super::covariance::Covariance;
use super::observations::Entry;
use crate::error::KernelError;
use crate::kernel::{Kernel, Symmetric};
use crate::real::Lane;

/// So many entries of a block are evaluated before they are put in their places.
const STRIP: usize = 1 << 18;
/// A block that has so many points on both sides is evaluated as a whole, its mirrored half as well.
const WHOLE: usize = 32;

/// A part of a matrix, and its rows and columns there.
type Take<'t, S> = dyn FnMut(&ArrayView2<'_, S>, &Rows<'_>, &Rows<'_>) + 't;

/// What belongs to one point: its block of a matrix, and the rows that this has there.
#[derive(Clone, Debug, PartialEq)]
pub struct OwnBlock<S> {
    /// As many as the block has, in its order.
    pub rows: Vec<usize>,
    /// The block.
    pub entries: Array2<S>,
}

/// Of the left list at its points with the right list at its points.
pub(super) struct Lists<'s, K: Kernel> {
    pub(super) kernel: &'s K,
    pub(super) rows: &'s [Entry<'s, K>],
    pub(super) columns: &'s [Entry<'s, K>],
}

impl<K: Kernel> Lists<'_, K> {
    pub(super) fn shape(&self) -> (usize, usize) {
        let [rows, columns] = [self.rows, self.columns].map(|list| list.iter().map(Entry::len).sum());
        (rows, columns)
    }

    fn covariance<'c>(&'c self, left: &'c Entry<'_, K>, right: &'c Entry<'_, K>) -> Covariance<'c, K> {
        Covariance { kernel: self.kernel, left: left.side(), right: right.side() }
    }

    /// All entries.
    pub(super) fn dense(&self) -> Result<Array2<K::Scalar>, KernelError> {
        let (rows, columns) = self.shape();
        let mut out = allocate(Ix2(rows, columns))?;
        for left in self.rows {
            for right in self.columns {
                let all = [0..points(left), 0..points(right)];
                self.strips(left, right, all, &mut |block, rows, columns| put(block, rows, columns, &mut out))?;
            }
        }
        Ok(out)
    }

    /// The product with a vector, or with several, into an array of the shape of the result.
    pub(super) fn dot_into<D: Columns>(
        &self,
        v: &ArrayRef<K::Scalar, D>,
        out: &mut ArrayRef<K::Scalar, D>,
    ) -> Result<(), KernelError> {
        let (v, out) = operands(self.shape(), v, out)?;
        self.multiply(&v, out)
    }

    /// The products with the columns of a matrix that has as many rows as this has columns.
    fn multiply(
        &self,
        v: &ArrayView2<'_, K::Scalar>,
        mut out: ArrayViewMut2<'_, K::Scalar>,
    ) -> Result<(), KernelError> {
        let mut sums = Vec::new();
        for left in self.rows {
            sums.push(allocate(Ix2(left.len(), v.ncols()))?);
        }
        let (once, mut done) = (K::SHAPE.symmetric && std::ptr::eq(self.rows, self.columns), Vec::new());
        for (a, left) in self.rows.iter().enumerate().filter(|(_, left)| left.len() > 0) {
            for (b, right) in self.columns.iter().enumerate().filter(|(_, right)| right.len() > 0) {
                if done.contains(&[a, b]) {
                    continue;
                }
                let (covariance, of_right) = (self.covariance(left, right), right.all_rows().of(v));
                // Of a list with itself, the pairs of two entries are those of the same two exchanged.
                if once && a < b {
                    let of_left = left.all_rows().of(v);
                    if let Some([own, others]) = covariance.multiply_both(&of_left.view(), &of_right.view())? {
                        sums[a] += &own;
                        sums[b] += &others;
                        done.push([b, a]);
                        continue;
                    }
                }
                let mut product = allocate(Ix2(left.len(), v.ncols()))?;
                covariance.multiply(&of_right.view(), product.view_mut())?;
                sums[a] += &product;
            }
        }
        let mut all = allocate(out.raw_dim())?;
        for (left, sum) in self.rows.iter().zip(&sums) {
            left.all_rows().put(sum, &mut all);
        }
        out.assign(&all);
        Ok(())
    }

    /// Column `number`, which is counted point by point, of entry `entry` of the right list.
    pub(super) fn column(&self, entry: usize, number: usize) -> Result<Array1<K::Scalar>, KernelError> {
        let mut out = allocate(Ix2(self.shape().0, 1))?;
        for left in self.rows.iter().filter(|left| left.len() > 0) {
            let column = self.covariance(left, &self.columns[entry]).column(number)?;
            left.all_rows().put(&column.insert_axis(Axis(1)), &mut out);
        }
        Ok(out.remove_axis(Axis(1)))
    }

    /// Entries (i, i), of a list with itself.
    pub(super) fn diagonal(&self) -> Result<Array1<K::Scalar>, KernelError> {
        let mut out = allocate(Ix2(self.shape().0, 1))?;
        for entry in self.rows.iter().filter(|entry| entry.len() > 0) {
            let diagonal = self.covariance(entry, entry).diagonal()?;
            entry.all_rows().put(&diagonal.insert_axis(Axis(1)), &mut out);
        }
        Ok(out.remove_axis(Axis(1)))
    }

    /// The rows of each point, and its covariance with itself, of a list with itself.
    pub(super) fn own_blocks(&self) -> Result<Vec<OwnBlock<K::Scalar>>, KernelError> {
        let mut blocks = Vec::new();
        for entry in self.rows.iter().filter(|entry| entry.len() > 0) {
            let width = entry.width();
            self.covariance(entry, entry).each_own(|i, block| {
                let rows = entry.rows(i * width..(i + 1) * width).to_vec();
                blocks.push(OwnBlock { rows, entries: block.to_owned() });
            })?;
        }
        Ok(blocks)
    }

    /// Hands on the covariances of some points with some others, as many at a time as a strip has.
    fn strips(
        &self,
        left: &Entry<'_, K>,
        right: &Entry<'_, K>,
        [x, y]: [Range<usize>; 2],
        take: &mut Take<'_, K::Scalar>,
    ) -> Result<(), KernelError> {
        let [of_x, of_y] = [left.width(), right.width()];
        if of_x * x.len() == 0 || of_y * y.len() == 0 {
            return Ok(());
        }
        let covariance = self.covariance(left, right);
        let at_once = (STRIP / (of_x * of_y).saturating_mul(y.len())).max(1);
        let columns = right.rows(y.start * of_y..y.end * of_y);
        for start in x.clone().step_by(at_once) {
            let end = x.end.min(start + at_once);
            let block = covariance.part(start..end, y.clone()).dense()?;
            take(&block.view(), &left.rows(start * of_x..end * of_x), &columns);
        }
        Ok(())
    }
}

impl<K: Symmetric> Lists<'_, K> {
    /// All entries of a list with itself, each pair of points evaluated once.
    pub(super) fn symmetric(&self) -> Result<Array2<K::Scalar>, KernelError> {
        let (rows, columns) = self.shape();
        let mut out = allocate(Ix2(rows, columns))?;
        for (number, left) in self.rows.iter().enumerate() {
            self.triangle(left, 0..points(left), &mut out)?;
            for right in &self.rows[number + 1..] {
                self.corner([left, right], [0..points(left), 0..points(right)], &mut out)?;
            }
        }
        Ok(out)
    }

    /// The matrix of some points of an entry as [[A, B], [Bᵀ, C]]: A and C in the same way.
    fn triangle(
        &self,
        entry: &Entry<'_, K>,
        points: Range<usize>,
        out: &mut Array2<K::Scalar>,
    ) -> Result<(), KernelError> {
        if points.len() > WHOLE {
            let middle = points.start + (points.len() / 2).next_multiple_of(WHOLE);
            self.triangle(entry, points.start..middle, out)?;
            self.triangle(entry, middle..points.end, out)?;
            return self.corner([entry; 2], [points.start..middle, middle..points.end], out);
        }
        let (covariance, width) = (self.covariance(entry, entry), entry.width());
        if points.is_empty() || width == 0 {
            return Ok(());
        }
        let mut block = covariance.part(points.clone(), points.clone()).dense()?;
        for i in 0..block.nrows() {
            for j in 0..i {
                block[[i, j]] = block[[j, i]];
            }
        }
        let rows = entry.rows(points.start * width..points.end * width);
        put(&block.view(), &rows, &rows, out);
        Ok(())
    }

    /// The covariances of some points with some others, and the transpose of that.
    fn corner(
        &self,
        [left, right]: [&Entry<'_, K>; 2],
        points: [Range<usize>; 2],
        out: &mut Array2<K::Scalar>,
    ) -> Result<(), KernelError> {
        self.strips(left, right, points, &mut |block, rows, columns| {
            put(block, rows, columns, out);
            put(&block.t(), columns, rows, out);
        })
    }
}

fn points<K: Kernel>(entry: &Entry<'_, K>) -> usize {
    entry.side().count()
}

/// Some rows, or columns, of a matrix.
pub(super) enum Rows<'r> {
    Together(Range<usize>),
    Each(&'r [usize]),
}

impl Rows<'_> {
    pub(super) fn to_vec(&self) -> Vec<usize> {
        match self {
            Self::Together(rows) => rows.clone().collect(),
            Self::Each(rows) => rows.to_vec(),
        }
    }

    fn of<'m, S: Lane>(&self, matrix: &'m ArrayView2<'_, S>) -> CowArray<'m, S, Ix2> {
        match self {
            Self::Together(rows) => matrix.slice(s![rows.clone(), ..]).into(),
            Self::Each(rows) => matrix.select(Axis(0), rows).into(),
        }
    }

    /// Writes whole rows.
    fn put<S: Lane>(&self, from: &Array2<S>, out: &mut Array2<S>) {
        put(&from.view(), self, &Rows::Together(0..from.ncols()), out);
    }
}

/// Writes to some rows and columns.
fn put<S: Lane>(block: &ArrayView2<'_, S>, rows: &Rows<'_>, columns: &Rows<'_>, out: &mut Array2<S>) {
    if let (Rows::Together(rows), Rows::Together(columns)) = (rows, columns) {
        out.slice_mut(s![rows.clone(), columns.clone()]).assign(block);
        return;
    }
    let columns = columns.to_vec();
    for (from, row) in block.rows().into_iter().zip(rows.to_vec()) {
        let mut to = out.row_mut(row);
        for (&entry, &column) in from.iter().zip(&columns) {
            to[column] = entry;
        }
    }
}
