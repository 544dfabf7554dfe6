//! Products with a matrix of operators and with the transposed one, each pair of points evaluated once.
//!
//! What is added to numbers of points y is kept apart by parts of the points x, of which there are as many on however
//! many threads, and then added up: the sums are the same, bit for bit.

use std::ops::Range;

use ndarray::{Array2, ArrayView2, ArrayViewMut2, s};

use super::tile::both;
use crate::engine::{BothWays, ByChunks, Operators, ROWS};
use crate::real::Real;

/// At most so many parts. Of these there are at one time as many as threads, and a few that wait to be added.
const PARTS: usize = 16;

/// What pairs of points x and y, those of `operators`, are multiplied with.
pub(super) struct Halves<'a, 'o, S: Real> {
    pub(super) operators: &'a Operators<'o, S>,
    pub(super) x: &'a [S],
    pub(super) d: usize,
    /// How many points y there are.
    pub(super) columns: usize,
    /// By points y.
    pub(super) vectors: &'a [ByChunks<S>],
}

/// The product of a matrix, and that of the transposed one: (rows, vectors) and (columns, vectors).
pub(super) type Sides<S> = [Array2<S>; 2];

/// One part of the points x: what it gives to points y, and its own rows.
type Share<S> = (Vec<ByChunks<S>>, Vec<S>);

impl<S: Real> Halves<'_, '_, S> {
    fn rows(&self) -> usize {
        self.x.len() / self.d
    }

    /// Whether [`within`](Self::within) takes less time than all pairs: of 2048 points a half to two thirds of it,
    /// whatever the kernel costs.
    pub(super) fn pay_within(&self) -> bool {
        self.rows() > 2 * Operators::<S>::together()
    }

    fn zeros(&self) -> Vec<ByChunks<S>> {
        let [_, width] = self.operators.components();
        self.vectors.iter().map(|_| ByChunks::zeros(self.columns, width, self.operators.chunk())).collect()
    }

    /// Points x are the points y, and the matrix is symmetric: its product with `v`, which the vectors are.
    pub(super) fn within(&self, v: &ArrayView2<'_, S>, mut out: ArrayViewMut2<'_, S>) {
        let (n, together, [width, _]) = (self.rows(), Operators::<S>::together(), self.operators.components());
        let parts = PARTS.min(n.div_ceil(together));
        // Points of which a pair is taken twice are as near to each other as those in registers at a time. Each part
        // has some of the longer rows.
        let part = |part: usize| {
            let (mut back, mut memory) = (self.zeros(), S::memory());
            for first in (part * together..n).step_by(parts * together) {
                let end = n.min(first + together);
                let pairs = BothWays {
                    first,
                    x: &self.x[first * self.d..end * self.d],
                    y: first..n,
                    from: together,
                    vectors: self.vectors,
                    of_x: v.slice(s![first * width..end * width, ..]),
                    back: &mut back,
                    memory: &mut memory,
                };
                self.operators.multiply_both(pairs, |back, [row, a, v], sum| back[v].add_to(first + row, a, sum));
            }
            S::keep(memory);
            (back, Vec::new())
        };
        let (sums, _) = all(0..parts, &part);
        for ((row, v), out) in out.indexed_iter_mut() {
            *out = sums[v].number(row / width, row % width);
        }
    }

    /// Both products; `of_x` is by points x.
    pub(super) fn between(&self, of_x: &ArrayView2<'_, S>) -> Sides<S> {
        let (n, count, [rows, columns]) = (self.rows(), self.vectors.len(), self.operators.components());
        let size = n.div_ceil(PARTS).next_multiple_of(4 * ROWS);
        let part = |part: usize| {
            let (first, end) = (part * size, n.min((part + 1) * size));
            let (mut back, mut memory) = (self.zeros(), S::memory());
            let mut own = vec![S::of(0.0); (end - first) * rows * count];
            let pairs = BothWays {
                first,
                x: &self.x[first * self.d..end * self.d],
                y: 0..self.columns,
                from: 0,
                vectors: self.vectors,
                of_x: of_x.slice(s![first * rows..end * rows, ..]),
                back: &mut back,
                memory: &mut memory,
            };
            self.operators.multiply_both(pairs, |_, [row, a, v], sum| own[(row * rows + a) * count + v] += sum);
            S::keep(memory);
            (back, own)
        };
        let (sums, own) = all(0..n.div_ceil(size), &part);
        let own = own.chunks_exact(count).collect::<Vec<_>>();
        [
            Array2::from_shape_fn((n * rows, count), |(row, v)| own[row][v]),
            Array2::from_shape_fn((self.columns * columns, count), |(row, v)| {
                sums[v].number(row / columns, row % columns)
            }),
        ]
    }
}

/// The sum of what parts give to points y, and their own rows one after the other.
fn all<S: Real>(parts: Range<usize>, part: &(impl Fn(usize) -> Share<S> + Sync)) -> Share<S> {
    if parts.len() <= 1 {
        return part(parts.start);
    }
    let middle = parts.start + parts.len() / 2;
    let (mut before, mut after) = (Share::default(), Share::default());
    both(|| before = all(parts.start..middle, part), || after = all(middle..parts.end, part));
    for (sum, other) in before.0.iter_mut().zip(&after.0) {
        sum.add(other);
    }
    before.1.extend(after.1);
    before
}
