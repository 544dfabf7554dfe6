//! Expand for points with few coordinates, whose rows have few numbers for each pair: those of as many pairs as a
//! vector has lanes fill vectors without gaps.
//!
//! Number r of a pair is Σ_q w_q g_q(r). The g_q of some pairs are laid out as a row is; for each vector of them the
//! w_q, of which a pair has one in each row, are spread over its lanes.

use super::coefficients::{COEFFICIENTS, Order};
use super::combination::Combination;
use super::expand::{Expand, Parts};
use super::factors::{Factors, One, Pair};
use super::fill::{AcrossPairs, AlongPairs};
use super::packed::{line, whole_lines};
use super::slices::{Across, entries};
use super::woven::{WovenRow, WriteWoven};
use crate::kernel::{Base, Shape, Term};
use crate::lane::Vector;
use crate::real::Real;

/// Points with more coordinates are not woven: vectors that belong to one pair alone are most of them.
const FEW: usize = 64;
/// About so many numbers of a row are written at a time: few enough for all that they are made of to stay in the first
/// cache.
const AT_A_TIME: usize = 640;

/// How many numbers weaving takes at a time.
#[derive(Clone, Copy)]
pub struct Sizes {
    /// Of a row for each pair, but for rows with one
    pub width: usize,
    /// Pairs of points: whole vectors of them
    pub together: usize,
    /// What the vectors of a row need, with room for what is stored behind them
    laid_out: usize,
    /// Of the parts of [`Made`], in that order
    parts: [usize; 9],
}

impl Sizes {
    /// None if rows of the block are not woven.
    pub fn new<S>(shape: Shape, parts: &Parts, d: usize) -> Option<Self> {
        let seconds = parts.hess_xy.is_some();
        let blocks = parts.hess_xy.is_some_and(|steps| steps.row_step == 0 && d > 1);
        let width = parts.widths.iter().copied().max().unwrap_or(1);
        if (d > FEW && width > 1) || blocks || (seconds && shape.dense > 0) {
            return None;
        }
        let most = AT_A_TIME / width;
        let together = (most - most % line::<S>()).clamp(line::<S>(), COEFFICIENTS);
        let laid_out = whole_lines::<S>(together * width) + 2 * line::<S>();
        let factors = (shape.x + shape.y + shape.diagonal) * whole_lines::<S>(d) * together;
        let by_x = d * together;
        let [right, left] = [shape.y, shape.x].map(|count| count.max(1) * laid_out);
        let parts = [factors, shape.y.max(1) * by_x, by_x, by_x, right, left, laid_out, together, together];
        Some(Self { width, together, laid_out, parts })
    }

    /// How many numbers there are beside the rows.
    pub fn numbers(&self) -> usize {
        self.parts.iter().sum()
    }
}

/// What rows are made of, for some pairs of points.
struct Made<'a, S> {
    /// f_p, g_q, h_e by coordinate a from `(number * d + a) * together` on; or of all coordinates of one pair.
    factors: &'a mut [S],
    /// w_q by coordinate a from `(q * d + a) * together` on
    weights: &'a mut [S],
    /// ∂²k/∂x_a∂y_a from `a * together` on
    diagonal: &'a mut [S],
    /// ∂k/∂x_a as well
    grad_x: &'a mut [S],
    /// g_q as rows have them, from `q * laid_out` on
    right: &'a mut [S],
    /// f_p as well
    left: &'a mut [S],
    /// As many as a row has, or `diagonal`
    spare: &'a mut [S],
    /// For each pair
    ones: &'a mut [S],
    zeros: &'a mut [S],
    /// How many pairs these have room for
    together: usize,
    laid_out: usize,
    /// How many numbers of a row belong to a pair
    width: usize,
}

impl<S: Real> Expand<'_, '_, '_, S> {
    #[inline(always)]
    pub(super) fn weave<V: Vector<Scalar = S>>(mut self, sizes: Sizes) {
        let Sizes {
            width,
            together,
            laid_out,
            parts: [factors, weights, diagonal, grad_x, right, left, spare, ones, zeros],
        } = sizes;
        let parts = self.parts;
        let (factors, rest) = std::mem::take(&mut self.scratch).split_at_mut(factors);
        let (weights, rest) = rest.split_at_mut(weights);
        let (diagonal, rest) = rest.split_at_mut(diagonal);
        let (grad_x, rest) = rest.split_at_mut(grad_x);
        let (right, rest) = rest.split_at_mut(right);
        let (left, rest) = rest.split_at_mut(left);
        let (spare, rest) = rest.split_at_mut(spare);
        let (ones, rest) = rest.split_at_mut(ones);
        let zeros = &mut rest[..zeros];
        ones.fill(S::of(1.0));
        zeros.fill(S::of(0.0));
        let mut made =
            Made { factors, weights, diagonal, grad_x, right, left, spare, ones, zeros, together, laid_out, width };
        let by_x = parts.hess_xy.is_some() || parts.grad_x.is_some_and(|steps| steps.row_step != 0);
        for first in (0..self.columns).step_by(together) {
            let count = together.min(self.columns - first);
            self.lay_out::<V>(first, count, &mut made);
            if by_x {
                self.across::<V>(first, whole_lines::<S>(count), together, made.factors);
                self.combine_across::<V>(first, whole_lines::<S>(count), &mut made);
            }
            self.write_woven::<V>(first, count, &mut made);
        }
    }

    /// Where the numbers by coordinates of y begin among those of a pair.
    #[inline(always)]
    fn lead(&self) -> usize {
        self.parts.hess_xy.map(|steps| steps.at).or(self.parts.grad_y.map(|(_, at)| at)).unwrap_or(0)
    }

    /// The factors that rows are laid out by.
    #[inline(always)]
    fn lay_out<V: Vector<Scalar = S>>(&self, first: usize, count: usize, made: &mut Made<'_, S>) {
        let (d, parts, width) = (self.d, self.parts, made.width);
        let by_y = parts.grad_y.is_some() || (parts.hess_xy.is_some() && width > 1);
        let by_x = parts.grad_x.is_some_and(|steps| steps.row_step == 0);
        let (lead, laid_out, own_width) = (self.lead(), made.laid_out, whole_lines::<S>(d));
        let sides = [
            (by_x, &self.factors.x, 0, &mut *made.left),
            (by_y, &self.factors.y, self.factors.x.len(), &mut *made.right),
        ];
        for (_, side, before, to) in sides.into_iter().filter(|side| side.0) {
            if side.is_empty() {
                to.fill(S::of(0.0));
            }
            let Some(fill) = self.factors.own else {
                for (k, factor) in side.iter().enumerate() {
                    let to = &mut to[k * laid_out + lead..];
                    if width == 1 {
                        let (x, y) = (&self.x[..1], &self.tiles[first..first + whole_lines::<S>(count)]);
                        factor.fill::<V>(AcrossPairs { x, y, to, stride: laid_out });
                    } else {
                        let y = &self.y[first * d..];
                        factor.fill::<V>(AlongPairs { d, count, x: self.x, y, to, stride: width });
                    }
                }
                continue;
            };
            for pair in 0..count {
                let (column, y) = (first + pair, &self.y[(first + pair) * d..]);
                let of_one = One { x: self.x, y, coefficients: self.coefficients, column };
                fill(Pair::One { pair: of_one, stride: own_width }, made.factors);
                for k in 0..side.len() {
                    let to = &mut to[k * laid_out + lead + pair * width..];
                    for i in (0..d).step_by(V::LANES) {
                        V::load(&made.factors[(before + k) * own_width + i..]).store(&mut to[i..]);
                    }
                }
            }
        }
    }

    /// All factors, by coordinates.
    #[inline(always)]
    fn across<V: Vector<Scalar = S>>(&self, first: usize, columns: usize, stride: usize, factors: &mut [S]) {
        let d = self.d;
        let (x, y) = (&self.x[..d], &self.tiles[first * d..(first + columns) * d]);
        // A constant of a plain product is not read.
        let count = self.factors.count() - usize::from(self.is_plain() && self.has_constant());
        self.factors.fill_across::<V>(count, [x, y, self.coefficients], first, stride, factors);
    }

    /// Whether h is 1.
    #[inline(always)]
    fn has_constant(&self) -> bool {
        self.factors.own.is_none()
            && self.factors.diagonal.first().is_some_and(|h| matches!(h.term, Term::Plain(Base::One)))
    }

    /// Whether there is one f, one g, at most one h, and nothing that counts for a ≠ b only.
    #[inline(always)]
    pub(super) fn is_plain(&self) -> bool {
        let Factors { x, y, diagonal, .. } = self.factors;
        x.len() == 1 && y.len() == 1 && diagonal.len() <= 1 && !self.shape.off_diagonal
    }

    /// What rows by coordinates of x are made of.
    #[inline(always)]
    fn combine_across<V: Vector<Scalar = S>>(&self, first: usize, columns: usize, made: &mut Made<'_, S>) {
        let (order, parts, of_each) = (Order::new(self.shape), self.parts, self.d * made.together);
        let counts @ [x, _, h] = self.factors.counts();
        let factors = &*made.factors;
        let all = Combination {
            shape: self.shape,
            counts,
            coefficients: &self.coefficients[first..],
            pairs: columns,
            factors,
            of_each,
            applied: Across(made.together),
        };
        // Products in front of other numbers are taken where they are needed.
        if parts.grad_x.is_some_and(|gradient| x != 1 || parts.hess_xy.is_none_or(|row| row.row != gradient.row)) {
            all.sum::<V>(x, order.grad_x, 1, 0, &mut made.grad_x[..of_each]);
        }
        let diagonal = &mut made.diagonal[..of_each];
        if parts.hess_xy.is_some() && self.is_plain() {
            let factor = |number: usize| &factors[number * of_each..][..of_each];
            let h = (h > 0)
                .then(|| (all.coefficient(order.diagonal), if self.has_constant() { None } else { Some(factor(2)) }));
            entries::<V>([all.coefficient(order.rank), factor(0), factor(1)], h, diagonal, made.together);
        } else if parts.hess_xy.is_some() {
            all.seconds::<V>(made.weights, diagonal, made.spare);
        }
    }

    #[inline(always)]
    fn write_woven<V: Vector<Scalar = S>>(&mut self, first: usize, count: usize, made: &mut Made<'_, S>) {
        let (d, parts, order, together) = (self.d, self.parts, Order::new(self.shape), made.together);
        let all = self.coefficients;
        let coefficients = |number: usize| &all[number * COEFFICIENTS + first..];
        let values = coefficients(0);
        let (x_count, y_count) = (self.factors.x.len(), self.factors.y.len());
        let firsts =
            |count: usize, start: usize| [if count == 0 { &*made.zeros } else { coefficients(start) }, &*made.ones];
        let base = WovenRow {
            tables: self.tables,
            width: made.width,
            weights: firsts(y_count, order.grad_y),
            strides: [COEFFICIENTS, 0],
            right: made.right,
            laid_out: made.laid_out,
            count: y_count.max(1),
            front: None,
            own: None,
        };
        let with_values = parts.value.filter(|value| parts.grad_y.is_some_and(|gradient| gradient.0 == value.0));
        if let Some((row, _)) = parts.value.filter(|_| with_values.is_none()) {
            self.rows.write(row, &values[..count]);
        }
        if let Some((row, _)) = parts.grad_y {
            let front = with_values.map(|_| [values, &*made.ones]);
            self.write_row::<V>(row, count, &WovenRow { front, ..base }, made.spare);
        }
        if let Some(steps) = parts.grad_x.filter(|steps| steps.row_step == 0) {
            let weights = firsts(x_count, order.grad_x);
            let of_x = WovenRow { weights, right: made.left, count: x_count.max(1), ..base };
            self.write_row::<V>(steps.row, count, &of_x, made.spare);
        }
        for a in 0..d {
            let at = a * together;
            let gradient = parts.grad_x.filter(|steps| steps.row_step != 0).map(|steps| steps.row(a));
            let second = parts.hess_xy.map(|steps| steps.row(a));
            if let Some(row) = gradient.filter(|&gradient| Some(gradient) != second) {
                self.rows.write(row, &made.grad_x[at..at + count]);
            }
            if let Some(row) = second.filter(|&row| parts.widths[row] == 1) {
                self.rows.write(row, &made.diagonal[at..at + count]);
            } else if let Some(row) = second {
                let f = made.factors.get(at..).unwrap_or_default();
                let in_front =
                    if x_count == 1 { [coefficients(order.grad_x), f] } else { [&made.grad_x[at..], &*made.ones] };
                let (weights, strides) = if self.is_plain() {
                    ([coefficients(order.rank), f], [0, 0])
                } else if y_count == 0 {
                    ([&*made.zeros, &*made.ones], [0, 0])
                } else {
                    ([&made.weights[at..], &*made.ones], [d * together, 0])
                };
                let front = (gradient == second).then_some(in_front);
                let own = Some((self.lead() + a, &made.diagonal[at..]));
                let of_a = WovenRow { weights, strides, front, own, ..base };
                self.write_row::<V>(row, count, &of_a, made.spare);
            }
        }
    }

    /// The numbers of `count` pairs.
    #[inline(always)]
    fn write_row<V: Vector<Scalar = S>>(&mut self, r: usize, count: usize, row: &WovenRow<'_, S>, sums: &mut [S]) {
        let (row, all, stream, mut done) = (*row, count * row.width, self.rows.stream, 0);
        if let Some(to) = self.rows.direct(r, all) {
            done = to.len();
            match stream {
                // Sums are not to be read from where they are streamed to.
                Some(stream) if row.count > 1 => {
                    V::apart(WriteWoven { row, start: 0, to: &mut sums[..done], past: false });
                    stream(&sums[..done], to);
                }
                _ => V::apart(WriteWoven { row, start: 0, to, past: stream.is_some() }),
            }
        }
        if done < all {
            let (next, rest) = (self.rows.next(r), all - done);
            let to = &mut self.rows.buffer[next..][..rest.next_multiple_of(V::LANES)];
            V::apart(WriteWoven { row, start: done / V::LANES, to, past: false });
            self.rows.commit(r, rest, false);
        }
    }
}
