//! Covariances of two operators at points, whatever types those have.

use std::ops::Range;

use ndarray::{Array1, Array2, ArrayView1, ArrayView2, ArrayViewMut2, Axis, Ix1, Ix2, s};

use super::batch::{Batch, EnginePoints, allocate};
use super::halves::Sides;
use super::layout::cells;
use super::pairwise::{across, pairwise};
use super::side::Side;
use super::tile::both;
use crate::engine::{ByPoints, Entries, Packed, Parts, Products, ROWS, Staged, Steps, Tall, diagonal, line};
use crate::error::KernelError;
use crate::kernel::Kernel;
use crate::real::{Lane, Real};

/// Pairs of so few points are evaluated together where not all of their entries are wanted.
const FEW: usize = 8;
/// If a pair has at most so many entries.
const SMALL: usize = 1 << 10;

/// L_x k(x, y) R_y for all pairs of points x and y, which have as many coordinates as the kernel takes.
pub(crate) struct Covariance<'a, K: Kernel> {
    pub(super) kernel: &'a K,
    pub(super) left: Side<'a, K>,
    pub(super) right: Side<'a, K>,
}

impl<K: Kernel> Covariance<'_, K> {
    /// How many points x and y there are, and how many coordinates they have.
    pub(super) fn sizes(&self) -> [usize; 3] {
        [self.left.count(), self.right.count(), self.left.rows().ncols()]
    }

    pub(crate) fn shape(&self) -> (usize, usize) {
        let [rows, columns] = [&self.left, &self.right].map(|side| side.count().saturating_mul(side.width()));
        (rows, columns)
    }

    pub(super) fn batch(&self) -> Result<Batch<'_, K::Scalar>, KernelError> {
        Batch::of(self.kernel, &self.left.points, &self.right.points)
    }

    /// The kernel with its derivatives beyond the gradient, if either side has some.
    pub(super) fn tower(&self) -> Option<Tall<'_, K::Scalar>> {
        [self.left.tower(), self.right.tower()].into_iter().flatten().reduce(Tall::higher)
    }

    fn entries(&self) -> [Entries; 2] {
        [self.left.entries(), self.right.entries()]
    }

    pub(super) fn is_general(&self) -> bool {
        self.left.is_general() || self.right.is_general()
    }

    /// Some of the points.
    pub(super) fn part(&self, x: Range<usize>, y: Range<usize>) -> Self {
        Self { kernel: self.kernel, left: self.left.part(x), right: self.right.part(y) }
    }

    /// The products with the columns of a matrix that has as many rows as this has columns.
    pub(super) fn multiply(
        &self,
        v: &ArrayView2<'_, K::Scalar>,
        mut out: ArrayViewMut2<'_, K::Scalar>,
    ) -> Result<(), KernelError> {
        let [n, m, d] = self.sizes();
        if n == 0 || m == 0 || v.ncols() == 0 {
            out.fill(K::Scalar::of(0.0));
            return Ok(());
        }
        if self.is_integral() {
            return self.multiply_integrals(v, out);
        }
        if self.is_general() {
            return self.multiply_operators(v, out);
        }
        let (batch, [left, right]) = (self.batch()?, self.entries());
        if let Some(kernel) = self.tower() {
            let places = [self.left.places(), self.right.places()];
            batch.multiply_hessians(kernel, [left, right], places, v, out);
            return Ok(());
        }
        let points = self.engine_points(&batch);
        let packed = packed(v, m, d, &self.right);
        let vectors: Vec<_> = packed.iter().map(Vectors::by_points).collect();
        batch.staged(self.kernel, [left, right], |staged| {
            let products = self.products(staged, &points, &vectors, &vectors);
            if K::SHAPE.symmetric && self.has_equal_sides() && n > line::<K::Scalar>() {
                pairwise(&points.x, n, out, &products);
                return;
            }
            drive(&points, d, m * d * vectors.len(), out, &products);
        });
        Ok(())
    }

    /// The product with `of_y`, and that of the transposed matrix with `of_x`, each pair of points taken once; nothing
    /// where they are taken twice.
    pub(super) fn multiply_both(
        &self,
        of_x: &ArrayView2<'_, K::Scalar>,
        of_y: &ArrayView2<'_, K::Scalar>,
    ) -> Result<Option<Sides<K::Scalar>>, KernelError> {
        let [n, m, d] = self.sizes();
        if n == 0 || m == 0 || of_x.ncols() == 0 {
            return Ok(None);
        }
        if self.is_integral() {
            return self.multiply_integrals_both(of_x, of_y).map(Some);
        }
        if self.is_general() {
            return self.multiply_operators_both(of_x, of_y);
        }
        if self.tower().is_some() {
            // Contractions of Hessians take the time, not what they begin with. One in both directions, which keeps the
            // sums of each y in memory, was measured to take 1.0 (d = 2) to 2.0 times (d = 16) as long as two.
            return Ok(None);
        }
        let (batch, [left, right]) = (self.batch()?, self.entries());
        let points = self.engine_points(&batch);
        let (packed_x, packed_y) = (packed(of_x, n, d, &self.left), packed(of_y, m, d, &self.right));
        let [vectors_x, vectors_y] =
            [&packed_x, &packed_y].map(|packed| packed.iter().map(Vectors::by_points).collect::<Vec<_>>());
        let mut sides = [(n, &self.left), (m, &self.right)]
            .map(|(count, side)| Array2::from_elem((count * side.width(), of_x.ncols()), K::Scalar::of(0.0)));
        // Points that are repeated have numbers where others have.
        let mut x = points.x.to_vec();
        for _ in n..n.next_multiple_of(ROWS) {
            x.extend_from_within((n - 1) * d..n * d);
        }
        batch.staged(self.kernel, [left, right], |staged| {
            let products = self.products(staged, &points, &vectors_y, &vectors_x);
            let [to_x, to_y] = &mut sides;
            across(&x, [n, m], (right, self.right.places()), [to_x.view_mut(), to_y.view_mut()], &products);
        });
        Ok(Some(sides))
    }

    fn engine_points<'b>(&self, batch: &'b Batch<'_, K::Scalar>) -> EnginePoints<'b, K::Scalar> {
        let [left, right] = self.entries();
        batch.points(left.gradient && right.gradient && K::SHAPE.dense > 0)
    }

    /// Of values and partial derivatives with vectors by points y, and of the transposed matrix with those by points x.
    fn products<'p>(
        &'p self,
        staged: Staged<'p, K::Scalar>,
        points: &'p EnginePoints<'_, K::Scalar>,
        vectors: &'p [ByPoints<'p, K::Scalar>],
        of_x: &'p [ByPoints<'p, K::Scalar>],
    ) -> Products<'p, K::Scalar> {
        let [_, m, d] = self.sizes();
        Products {
            staged,
            left: self.left.entries(),
            places: self.left.places(),
            d,
            columns: m,
            tiles: points.y.tiles(0, m),
            points: points.behind(),
            vectors,
            of_x,
        }
    }

    /// All entries.
    pub(super) fn dense(&self) -> Result<Array2<K::Scalar>, KernelError> {
        let (rows, columns) = self.shape();
        let mut out = allocate(Ix2(rows, columns))?;
        self.dense_into(out.view_mut())?;
        Ok(out)
    }

    /// All entries, into memory of their shape.
    pub(super) fn dense_into(&self, mut out: ArrayViewMut2<'_, K::Scalar>) -> Result<(), KernelError> {
        if self.is_integral() {
            return self.of_integrals(out);
        }
        if self.is_general() {
            return self.of_operators(out);
        }
        if self.left.operator.is_whole() && self.right.operator.is_whole() {
            return self.whole(out);
        }
        let [n, m, d] = self.sizes();
        let (left, right) = (self.left.places(), self.right.places());
        let [rows, columns] = [self.left.entries(), self.right.entries()].map(|entries| entries.count(d));
        let mut some = allocate(Ix2(rows, FEW.min(m) * columns))?;
        for (i, j) in (0..n).flat_map(|i| (0..m).step_by(FEW).map(move |j| (i, j))) {
            let end = m.min(j + FEW);
            let mut some = some.slice_mut(s![.., ..(end - j) * columns]);
            self.part(i..i + 1, j..end).whole(some.view_mut())?;
            for (row, &from) in left.iter().enumerate() {
                for (point, column) in (j..end).flat_map(|point| (0..right.len()).map(move |column| (point, column))) {
                    let entry = some[[from, (point - j) * columns + right[column]]];
                    out[[i * left.len() + row, point * right.len() + column]] = entry;
                }
            }
        }
        Ok(())
    }

    /// All entries, of whole gradients.
    fn whole(&self, mut out: ArrayViewMut2<'_, K::Scalar>) -> Result<(), KernelError> {
        let (batch, [left, right]) = (self.batch()?, self.entries());
        let (d, wide, at) = (batch.d, right.count(batch.d), usize::from(right.value));
        if let Some(kernel) = self.tower() {
            if out.is_standard_layout() {
                batch.write_hessians(kernel, [left, right], out);
                return Ok(());
            }
            let mut all = allocate(out.raw_dim())?;
            batch.write_hessians(kernel, [left, right], all.view_mut());
            out.assign(&all);
            return Ok(());
        }
        let below = |at| Steps { row: usize::from(left.value), row_step: 1, at };
        let parts = Parts {
            value: (left.value && right.value).then_some((0, 0)),
            grad_y: (left.value && right.gradient).then_some((0, at)),
            grad_x: (left.gradient && right.value).then_some(below(0)),
            hess_xy: (left.gradient && right.gradient).then_some(below(at)),
            widths: vec![wide; left.count(d)],
        };
        let target = cells(out, left.count(d), wide);
        batch.staged(self.kernel, [left, right], |staged| batch.write(staged, &parts, target));
        Ok(())
    }

    /// Hands on all that each point x has with the y of its number.
    pub(super) fn each_own(&self, mut take: impl FnMut(usize, ArrayView2<'_, K::Scalar>)) -> Result<(), KernelError> {
        let (n, rows, columns) = (self.left.count(), self.left.width(), self.right.width());
        // All pairs of a few points take less time than what a batch begins with does for each. Integrals begin with
        // nothing.
        let at_once = if rows * columns <= SMALL && !self.is_integral() { FEW } else { 1 };
        for first in (0..n).step_by(at_once) {
            let end = n.min(first + at_once);
            let all = self.part(first..end, first..end).dense()?;
            for i in first..end {
                let (row, column) = ((i - first) * rows, (i - first) * columns);
                take(i, all.slice(s![row..row + rows, column..column + columns]));
            }
        }
        Ok(())
    }

    /// Column `column` of all entries.
    pub(super) fn column(&self, column: usize) -> Result<Array1<K::Scalar>, KernelError> {
        let width = self.right.width();
        let (point, entry) = (column / width, column % width);
        let mut unit = Array2::from_elem((width, 1), K::Scalar::of(0.0));
        unit[[entry, 0]] = K::Scalar::of(1.0);
        let mut out = allocate(Ix2(self.shape().0, 1))?;
        self.part(0..self.left.count(), point..point + 1).multiply(&unit.view(), out.view_mut())?;
        Ok(out.remove_axis(Axis(1)))
    }

    /// Whether both sides have the same operator at the same points, so that the matrix of a symmetric kernel is
    /// symmetric.
    pub(super) fn has_equal_sides(&self) -> bool {
        self.left.has_points_of(&self.right) && self.left.has_operator_of(&self.right)
    }

    /// Entries (i, i) of as many points x and y with the same operator.
    pub(super) fn diagonal(&self) -> Result<Array1<K::Scalar>, KernelError> {
        let ([n, m, d], mut out) = (self.sizes(), allocate(Ix1(self.shape().0))?);
        let count = self.left.width().max(1);
        if self.is_integral() || self.is_general() || self.tower().is_some() {
            let width = self.left.width();
            self.each_own(|i, block| out.slice_mut(s![i * width..(i + 1) * width]).assign(&block.diag()))?;
            return Ok(out);
        }
        if n == 0 {
            return Ok(out);
        }
        let (batch, entries) = (self.batch()?, self.left.entries());
        let (points, mut all) = (batch.points(true), allocate(Ix2(n, entries.count(d)))?);
        batch.staged(self.kernel, [entries; 2], |staged| {
            let y = [points.y.tiles(0, m), points.behind()];
            diagonal(staged, entries, d, &points.x, y, all.as_slice_mut().unwrap_or_default());
        });
        for (mut out, all) in out.exact_chunks_mut(count).into_iter().zip(all.rows()) {
            for (out, &place) in out.iter_mut().zip(self.left.places()) {
                *out = all[place];
            }
        }
        Ok(out)
    }
}

/// A vector by points y, as the engine wants it.
struct Vectors<S: Real> {
    values: Packed<S>,
    gradients: Packed<S>,
    m: usize,
    entries: Entries,
}

impl<S: Real> Vectors<S> {
    /// Number e of a point goes to its [place](places) e.
    fn new(column: &ArrayView1<'_, S>, m: usize, d: usize, entries: Entries, places: &[usize]) -> Self {
        let (at, count) = (usize::from(entries.value), entries.count(d));
        let pack = |all: &ArrayView2<'_, S>| {
            [all.slice(s![.., ..at]), all.slice(s![.., at..])]
                .map(|part| if part.ncols() == 0 { Packed::default() } else { Packed::with_zeros(&part) })
        };
        let [values, gradients] = match column.to_slice().map(|all| ArrayView2::from_shape((m, count), all)) {
            Some(Ok(all)) if places.iter().copied().eq(0..count) => pack(&all),
            _ => {
                let mut all = Array2::from_elem((m, count), S::of(0.0));
                for (j, mut point) in all.rows_mut().into_iter().enumerate() {
                    for (e, &place) in places.iter().enumerate() {
                        point[place] += column[j * places.len() + e];
                    }
                }
                pack(&all.view())
            }
        };
        Self { values, gradients, m, entries }
    }

    fn by_points(&self) -> ByPoints<'_, S> {
        ByPoints {
            values: if self.entries.value { self.values.tiles(0, self.m) } else { &[] },
            gradients: if self.entries.gradient { self.gradients.tiles(0, self.m) } else { &[] },
        }
    }
}

/// The columns of a matrix by the points of a side.
fn packed<K: Kernel>(
    v: &ArrayView2<'_, K::Scalar>,
    points: usize,
    d: usize,
    side: &Side<'_, K>,
) -> Vec<Vectors<K::Scalar>> {
    let pack = |column| Vectors::new(&column, points, d, side.entries(), side.places());
    v.columns().into_iter().map(pack).collect()
}

/// Pairs and coordinates that one task is worth.
const TASK: usize = 1 << 18;
/// A task has so many points x, for which points y stay in the second cache.
const LEAST: usize = 32;

/// All rows, on several threads if they pay. Each is computed the same way in whatever task it falls.
fn drive<S: Real>(
    points: &EnginePoints<'_, S>,
    d: usize,
    of_row: usize,
    out: ArrayViewMut2<'_, S>,
    products: &Products<'_, S>,
) {
    fn part<S: Real>(x: &[S], d: usize, rows: usize, mut out: ArrayViewMut2<'_, S>, products: &Products<'_, S>) {
        let n = x.len() / d;
        if n <= rows {
            let mut memory = S::memory();
            products.write(x, &mut out, &mut memory);
            S::keep(memory);
            return;
        }
        let at = (n / 2).next_multiple_of(ROWS);
        let ((x_above, x_below), (above, below)) =
            (x.split_at(at * d), out.split_at(Axis(0), at * products.places.len()));
        both(|| part(x_above, d, rows, above, products), || part(x_below, d, rows, below, products));
    }
    let rows = (TASK / of_row.max(1)).next_multiple_of(ROWS).max(LEAST);
    part(&points.x, d, rows, out, products);
}
