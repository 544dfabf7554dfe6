//! One task's share of a product: rows of some points x with all points y, a few at a time, as for a [block](super::leaf).

use ndarray::ArrayViewMut2;

use super::coefficients::{COEFFICIENTS, Order};
use super::leaf::{Staged, pieces};
use super::multiply::{self, ByPoints, Entries, Multiply};
use super::packed::{line, whole_lines};
use super::reduce::{COLUMNS, ROWS};
use super::shared::{Pairing, Shared};
use super::tiled::ByRows;
use crate::real::Real;

/// The products of a block with vectors.
pub struct Products<'a, S> {
    pub staged: Staged<'a, S>,
    /// Of the result
    pub left: Entries,
    /// Which of these numbers the result has
    pub places: &'a [usize],
    pub d: usize,
    /// How many points y there are.
    pub columns: usize,
    /// Those in tiles
    pub tiles: &'a [S],
    /// Those one behind the other, and a line more, if the block has derivatives
    pub points: &'a [S],
    pub vectors: &'a [ByPoints<'a, S>],
}

/// So many coordinates of points y, and of vectors by them, are near from the sums to the products.
const CACHED: usize = 1 << 13;
/// So many stay in the second cache, beside the sums.
const PANEL: usize = 1 << 16;

impl<S: Real> Products<'_, S> {
    /// The sum and the factor that are made together.
    fn pairing(&self) -> Option<Pairing> {
        let Staged { sums, shape, factors, .. } = self.staged;
        let usual = sums.own.is_none() && factors.own.is_none() && !shape.off_diagonal;
        let has_gradients = self.vectors.first().is_some_and(|vector| !vector.gradients.is_empty());
        if usual && has_gradients { Pairing::find(&sums.usual, &factors.y) } else { None }
    }

    /// How many points y all points x are multiplied with before the next come: what is read of them stays in the second cache.
    fn panel(&self) -> usize {
        (PANEL / (self.d * self.vectors.len())).max(1).next_multiple_of(COLUMNS.min(self.together()))
    }

    /// How many points y are gone through at a time.
    fn together(&self) -> usize {
        let most = CACHED / self.d;
        (most - most % line::<S>()).clamp(2 * line::<S>(), COLUMNS)
    }

    /// Writes the products of some points x, a column for each vector.
    pub fn write(&self, x: &[S], out: &mut ArrayViewMut2<'_, S>, memory: &mut Vec<S>) {
        let Staged { sums: reduced, outer, shape, factors, dense } = self.staged;
        let (d, level, slots, entries) = (self.d, reduced.level, reduced.stride(), self.places.len());
        let of_vector = (1 + d) * line::<S>();
        let of_point = of_vector * self.vectors.len();
        let (numbers, padded) = (Order::new(shape).end * COEFFICIENTS, whole_lines::<S>(d) + line::<S>());
        let pairing = self.pairing();
        // Values have no coefficients behind them.
        let has_derivatives = self.left.gradient || self.vectors.iter().any(|vector| !vector.gradients.is_empty());
        let at_once = if has_derivatives { COEFFICIENTS } else { COLUMNS };
        let numbers = numbers.max(at_once);
        let sizes = [
            ROWS * slots,
            if pairing.is_some() { ROWS * COLUMNS } else { 0 },
            ROWS * numbers,
            ROWS * padded,
            multiply::scratch::<S>(shape, d),
            ROWS * of_point,
        ];
        let [sums, dots, coefficients, points, scratch, lanes] = pieces(memory, sizes);
        points.fill(S::of(0.0));
        let step = if has_derivatives { multiply::columns::<S>(shape, d) } else { COLUMNS };
        let (together, panel) = (self.together(), self.panel());
        let blocks = || x.chunks(ROWS * d).enumerate();
        let panels = (0..self.columns).step_by(panel);
        for (start, (block, x)) in panels.flat_map(|start| blocks().map(move |block| (start, block))) {
            let end = self.columns.min(start + panel);
            let rows = x.len() / d;
            for (x, point) in x.chunks_exact(d).zip(points.chunks_exact_mut(padded)) {
                point[..d].copy_from_slice(x);
            }
            lanes.fill(S::of(0.0));
            for first in (start..end).step_by(together) {
                let count = together.min(end - first);
                let y = &self.tiles[first * d..(first + whole_lines::<S>(count)) * d];
                if let Some(Pairing { slot, factor }) = pairing {
                    let task = Shared {
                        sum: &reduced.usual[slot],
                        factor: &factors.y[factor],
                        x: ByRows { numbers: points, stride: padded },
                        rows,
                        d,
                        y,
                        v: self.vectors[0].since(first, d).gradients,
                        columns: whole_lines::<S>(count),
                        sums: &mut sums[slot * COLUMNS..],
                        sums_stride: slots,
                        dots,
                        dots_stride: COLUMNS,
                    };
                    S::shared(level, task);
                }
                reduced.reduce_except(pairing.map(|pairing| pairing.slot), x, y, d, sums);
                for column in (0..count).step_by(at_once) {
                    let columns = at_once.min(count - column);
                    for (sums, to) in sums.chunks_exact(slots).zip(coefficients.chunks_exact_mut(numbers)).take(rows) {
                        outer(&sums[column..], whole_lines::<S>(columns), to);
                    }
                    for part in (0..columns).step_by(step) {
                        let (at, first) = (column + part, first + column + part);
                        let columns = step.min(columns - part);
                        for (v, vector) in self.vectors.iter().enumerate() {
                            let known = pairing
                                .filter(|_| v == 0)
                                .map(|pairing| (pairing.factor, ByRows { numbers: &dots[at..], stride: COLUMNS }));
                            let task = Multiply {
                                shape,
                                factors,
                                dense,
                                left: self.left,
                                rows,
                                x: ByRows { numbers: points, stride: padded },
                                d,
                                tiles: &self.tiles[first * d..(first + whole_lines::<S>(columns)) * d],
                                y: self.points.get(first * d..).unwrap_or_default(),
                                coefficients: ByRows { numbers: &coefficients[part..], stride: numbers },
                                columns,
                                vector: vector.since(first, d),
                                known,
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
                    for (e, place) in self.places.iter().enumerate() {
                        let lanes = &lanes[(skip + place) * line::<S>()..][..line::<S>()];
                        let out = &mut out[[(block * ROWS + r) * entries + e, v]];
                        *out = if start == 0 { total(lanes) } else { *out + total(lanes) };
                    }
                }
            }
        }
    }
}

/// The sum of a line, by halves.
fn total<S: Real>(lanes: &[S]) -> S {
    let mut sums = [S::of(0.0); 16];
    let mut count = lanes.len().min(sums.len());
    sums[..count].copy_from_slice(&lanes[..count]);
    while count > 1 {
        count /= 2;
        for i in 0..count {
            sums[i] += sums[i + count];
        }
    }
    sums[0]
}
