//! Hessians as observations: dense blocks and products of them, on all threads.

use ndarray::{ArrayView2, ArrayViewMut2, Axis};

use super::batch::Batch;
use super::tile::both;
use crate::engine::{Block, ByChunks, Entries, Matrix, Product, ROWS, Tall};
use crate::lane::Level;
use crate::real::Real;

/// Steps that one task is worth.
pub(super) const TASK: usize = 1 << 18;

/// What does some points x, the first of which has this number, with the rows of the result that are theirs.
pub(super) type Leaf<'a, S> = dyn Fn(usize, &[S], ArrayViewMut2<'_, S>, &mut Vec<S>) + Sync + 'a;

impl<S: Real> Batch<'_, S> {
    /// The product with each column of `v`, of those numbers of a point that have a place.
    pub(super) fn multiply_hessians(
        &self,
        kernel: Tall<'_, S>,
        sides: [Entries; 2],
        [left, right]: [&[usize]; 2],
        v: &ArrayView2<'_, S>,
        out: ArrayViewMut2<'_, S>,
    ) {
        let (points, d) = (self.points(false), self.d);
        let block = Block::new(
            kernel,
            Level::current().detected(),
            sides.map(Entries::order),
            d,
            (self.m, points.y.tiles(0, self.m)),
        );
        let product = Product::new(&block, sides, left);
        let pack = |column| ByChunks::new(&column, self.m, sides[1], right, d, product.chunk());
        let vectors: Vec<ByChunks<S>> = v.columns().into_iter().map(pack).collect();
        let of_point = self.m.saturating_mul(d * d).saturating_mul(vectors.len());
        let write = |_: usize, x: &[S], mut out: ArrayViewMut2<'_, S>, memory: &mut Vec<S>| {
            product.write(x, &vectors, &mut out, memory);
        };
        divide((0, &points.x), [d, left.len()], TASK / of_point.max(1), out, &write);
    }

    /// All entries, one row behind the other.
    pub(super) fn write_hessians(&self, kernel: Tall<'_, S>, sides: [Entries; 2], out: ArrayViewMut2<'_, S>) {
        if self.n == 0 || self.m == 0 {
            return;
        }
        let (points, d) = (self.points(false), self.d);
        let block = Block::new(
            kernel,
            Level::current().detected(),
            sides.map(Entries::order),
            d,
            (self.m, points.y.tiles(0, self.m)),
        );
        let matrix = Matrix::new(&block, sides);
        let rows = sides[0].count(d);
        let of_point = self.m.saturating_mul(rows).saturating_mul(sides[1].count(d));
        let write = |_: usize, x: &[S], out: ArrayViewMut2<'_, S>, memory: &mut Vec<S>| {
            matrix.write(x, out.into_slice().unwrap_or_default(), memory);
        };
        divide((0, &points.x), [d, rows], TASK / of_point.max(1), out, &write);
    }
}

/// Points x halved again and again until a part is a task's worth. Each is computed the same way in whatever part it
/// falls.
pub(super) fn divide<S: Real>(
    (first, x): (usize, &[S]),
    [d, rows]: [usize; 2],
    points: usize,
    out: ArrayViewMut2<'_, S>,
    leaf: &Leaf<'_, S>,
) {
    let n = x.len() / d;
    if n <= points.max(ROWS) {
        let mut memory = S::memory();
        leaf(first, x, out, &mut memory);
        return S::keep(memory);
    }
    let at = (n / 2).next_multiple_of(ROWS);
    let ((x_above, x_below), (above, below)) = (x.split_at(at * d), out.split_at(Axis(0), at * rows));
    both(
        || divide((first, x_above), [d, rows], points, above, leaf),
        || divide((first + at, x_below), [d, rows], points, below, leaf),
    );
}
