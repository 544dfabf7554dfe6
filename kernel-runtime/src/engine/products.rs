//! One task's share of a product: rows of some points x with all points y, a few at a time, as for a [block](super::leaf).

use ndarray::ArrayViewMut2;

use super::coefficients::{COEFFICIENTS, Order};
use super::leaf::{Staged, pieces};
use super::multiply::{self, ByPoints, Entries, Multiply};
use super::packed::{line, whole_lines};
use super::reduce::{COLUMNS, ROWS};
use super::tiled::ByRows;
use crate::real::Real;

/// The products of a block with vectors.
pub struct Products<'a, S> {
    pub staged: Staged<'a, S>,
    /// Of the result
    pub left: Entries,
    pub d: usize,
    /// How many points y there are.
    pub columns: usize,
    /// Those in tiles
    pub tiles: &'a [S],
    /// Those one behind the other, and a line more, if the block has derivatives
    pub points: &'a [S],
    pub vectors: &'a [ByPoints<'a, S>],
}

impl<S: Real> Products<'_, S> {
    /// Writes the products of some points x, a column for each vector.
    pub fn write(&self, x: &[S], out: &mut ArrayViewMut2<'_, S>, memory: &mut Vec<S>) {
        let Staged { sums: reduced, outer, shape, .. } = self.staged;
        let (d, level, slots, entries) = (self.d, reduced.level, reduced.stride(), self.left.count(self.d));
        let of_vector = (1 + d) * line::<S>();
        let of_point = of_vector * self.vectors.len();
        let (numbers, padded) = (Order::new(shape).end * COEFFICIENTS, whole_lines::<S>(d) + line::<S>());
        let sizes = [ROWS * slots, ROWS * numbers, ROWS * padded, multiply::scratch::<S>(shape, d), ROWS * of_point];
        let [sums, coefficients, points, scratch, lanes] = pieces(memory, sizes);
        points.fill(S::of(0.0));
        let step = multiply::columns::<S>(shape, d);
        for (block, x) in x.chunks(ROWS * d).enumerate() {
            let rows = x.len() / d;
            for (x, point) in x.chunks_exact(d).zip(points.chunks_exact_mut(padded)) {
                point[..d].copy_from_slice(x);
            }
            lanes.fill(S::of(0.0));
            for first in (0..self.columns).step_by(COLUMNS) {
                let count = COLUMNS.min(self.columns - first);
                reduced.reduce(x, &self.tiles[first * d..(first + whole_lines::<S>(count)) * d], d, sums);
                for column in (0..count).step_by(COEFFICIENTS) {
                    let columns = COEFFICIENTS.min(count - column);
                    for (sums, to) in sums.chunks_exact(slots).zip(coefficients.chunks_exact_mut(numbers)).take(rows) {
                        outer(&sums[column..], whole_lines::<S>(columns), to);
                    }
                    for part in (0..columns).step_by(step) {
                        let (first, columns) = (first + column + part, step.min(columns - part));
                        for (v, vector) in self.vectors.iter().enumerate() {
                            let task = Multiply {
                                shape,
                                factors: self.staged.factors,
                                dense: self.staged.dense,
                                left: self.left,
                                rows,
                                x: ByRows { numbers: points, stride: padded },
                                d,
                                tiles: &self.tiles[first * d..(first + whole_lines::<S>(columns)) * d],
                                y: self.points.get(first * d..).unwrap_or_default(),
                                coefficients: ByRows { numbers: &coefficients[part..], stride: numbers },
                                columns,
                                vector: vector.since(first, d),
                                sums: &mut lanes[v * of_vector..],
                                sums_stride: of_point,
                                scratch,
                            };
                            S::multiply(level, task);
                        }
                    }
                }
            }
            let skip = usize::from(!self.left.value);
            for (r, lanes) in lanes.chunks_exact(of_point).take(x.len() / d).enumerate() {
                for (v, lanes) in lanes.chunks_exact(of_vector).enumerate() {
                    for (e, lanes) in lanes.chunks_exact(line::<S>()).skip(skip).take(entries).enumerate() {
                        out[[(block * ROWS + r) * entries + e, v]] =
                            lanes.iter().fold(S::of(0.0), |sum, &lane| sum + lane);
                    }
                }
            }
        }
    }
}
