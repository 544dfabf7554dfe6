//! Expand: from the coefficients of pairs of points to the entries of derivatives,
//!
//! ∂k/∂x_a = Σ_p c_p f_p(a) and ∂²k/∂x_a∂y_b = Σ_pq c_pq f_p(a) g_q(b) + δ_ab Σ_e c_e h_e(a).
//!
//! Points with few coordinates are [woven](super::weave). Else, and in squares of a pair one behind the other, lanes
//! run over the coordinates of one pair, so that a row of its block is a few vectors.

use super::coefficients::COEFFICIENTS;
use super::combine::{OfPairs, PlainSquares};
use super::factors::{Factors, One};
use super::packed::{line, whole_lines};
use super::pattern::Pattern;
use super::rows::Rows;
use super::weave::Sizes;
use crate::kernel::Shape;
use crate::lane::{Task, Vector};
use crate::real::Real;

/// Where the derivatives by coordinate a go: to row `row + a row_step`, from `at` numbers after the first of a pair on;
/// one behind the other if that is the same row for all.
#[derive(Clone, Copy, Debug)]
pub struct Steps {
    pub row: usize,
    pub row_step: usize,
    pub at: usize,
}

impl Steps {
    #[inline(always)]
    pub fn row(&self, a: usize) -> usize {
        self.row + a * self.row_step
    }
}

/// Where the parts of a block go: row, and how many numbers after the first of a pair.
#[derive(Clone, Debug, Default)]
pub struct Parts {
    /// k
    pub value: Option<(usize, usize)>,
    /// ∂k/∂y, one number behind the other.
    pub grad_y: Option<(usize, usize)>,
    /// ∂k/∂x_a
    pub grad_x: Option<Steps>,
    /// ∂²k/∂x_a∂y, one number behind the other.
    pub hess_xy: Option<Steps>,
    /// How many numbers of each row belong to one pair.
    pub widths: Vec<usize>,
}

impl Parts {
    /// Nothing, in one row that has so many numbers for each pair.
    pub fn of_width(width: usize) -> Self {
        Self { widths: vec![width], ..Self::default() }
    }

    /// How many numbers a pair has.
    pub fn entries(&self) -> usize {
        self.widths.iter().sum()
    }
}

/// One point x and points y, whose coefficients are known.
pub struct Expand<'a, 'r, 'b, S> {
    pub shape: Shape,
    pub factors: &'a Factors<'a, S>,
    /// Terms e_t(a, b), added to a d × d block.
    pub dense: Option<&'a Dense<'a, S>>,
    pub parts: &'a Parts,
    pub woven: Option<Sizes>,
    /// The point, and zeros to the end of the last vector.
    pub x: &'a [S],
    /// The points, one behind the other, and a line more.
    pub y: &'a [S],
    /// The points in tiles.
    pub tiles: &'a [S],
    /// Of [`pattern`].
    pub tables: &'a [S],
    pub d: usize,
    pub coefficients: &'a [S],
    pub columns: usize,
    pub rows: &'a mut Rows<'r, 'b, S>,
    /// [`scratch`] numbers.
    pub scratch: &'a mut [S],
}

/// Code of a kernel that computes the terms of all pairs of coordinates of one pair of points: entry (a, b) at
/// `b * whole_lines(d) + a`.
pub type Dense<'a, S> = dyn Fn(One<'_, S>, &mut [S]) + Sync + 'a;

/// About so many numbers of a row are written at a time: few enough for the buffers between core and memory.
const AT_A_TIME: usize = 192;
/// The same of squares that fill vectors without gaps.
const OF_SQUARES: usize = 1024;
/// About so many numbers by coordinates are taken together for the others.
const OF_VECTORS: usize = 256;

/// How many pairs of points are expanded together.
#[inline(always)]
fn together<S>(parts: &Parts, d: usize) -> usize {
    let blocks = parts.hess_xy.is_some_and(|steps| steps.row_step == 0);
    let numbers = match blocks {
        true if d <= line::<S>() => OF_SQUARES / (d * d),
        true => OF_VECTORS / d,
        false => AT_A_TIME / parts.widths.iter().copied().max().unwrap_or(1),
    };
    numbers.clamp(1, COEFFICIENTS)
}

/// How numbers follow each other in the block, where that takes tables.
pub fn pattern<S>(woven: Option<Sizes>, d: usize) -> Option<Pattern> {
    if let Some(sizes) = woven {
        Some(Pattern::Rows(sizes.width))
    } else if d <= line::<S>() {
        Some(Pattern::Blocks(d))
    } else {
        None
    }
}

/// How many numbers may come to the buffer of a row at a time.
pub fn waiting<S>(woven: Option<Sizes>, parts: &Parts, d: usize) -> usize {
    let widest = parts.widths.iter().copied().max().unwrap_or_default();
    if let Some(sizes) = woven {
        return sizes.together * widest;
    }
    match parts.hess_xy {
        Some(Steps { row_step: 0, .. }) if d <= line::<S>() => together::<S>(parts, d) * widest,
        // Blocks come row by row.
        Some(Steps { row_step: 0, .. }) => AT_A_TIME + d,
        _ => together::<S>(parts, d) * widest,
    }
}

/// How many numbers [`Expand`] needs beside the rows.
pub fn scratch<S>(woven: Option<Sizes>, shape: Shape, parts: &Parts, d: usize) -> usize {
    if let Some(sizes) = woven {
        return sizes.numbers();
    }
    let numbers = shape.x + 2 * shape.y + shape.diagonal + 4;
    let pairs = together::<S>(parts, d) * whole_lines::<S>(d);
    numbers * pairs + if shape.dense > 0 { d * pairs } else { 0 }
}

impl<S: Real> Task<S> for Expand<'_, '_, '_, S> {
    type Output = ();

    #[inline(always)]
    fn run<V: Vector<Scalar = S>>(self) {
        if let Some(sizes) = self.woven { self.weave::<V>(sizes) } else { V::apart(ByPairs(self)) }
    }
}

/// Lanes run over coordinates.
struct ByPairs<'a, 'r, 'b, S>(Expand<'a, 'r, 'b, S>);

impl<S: Real> Task<S> for ByPairs<'_, '_, '_, S> {
    type Output = ();

    #[inline(always)]
    fn run<V: Vector<Scalar = S>>(self) {
        self.0.pairs::<V>();
    }
}

impl<S: Real> Expand<'_, '_, '_, S> {
    #[inline(always)]
    fn pairs<V: Vector<Scalar = S>>(mut self) {
        let (shape, width, together) = (self.shape, whole_lines::<S>(self.d), together::<S>(self.parts, self.d));
        let of_one = together * width;
        let (factors, rest) =
            std::mem::take(&mut self.scratch).split_at_mut((shape.x + shape.y + shape.diagonal) * of_one);
        let (weights, rest) = rest.split_at_mut(shape.y * of_one);
        let (diagonal, rest) = rest.split_at_mut(of_one);
        let (grad_x, rest) = rest.split_at_mut(of_one);
        let (grad_y, rest) = rest.split_at_mut(of_one);
        let (spare, dense) = rest.split_at_mut(of_one);
        let mut of_pairs = OfPairs {
            factors,
            weights,
            diagonal,
            grad_x,
            grad_y,
            spare,
            dense,
            right: self.factors.x.len() * of_one,
            y_count: self.factors.y.len(),
            d: self.d,
            width,
            together,
        };
        for first in (0..self.columns).step_by(together) {
            let count = together.min(self.columns - first);
            self.dense(first, count, &mut of_pairs);
            self.factors::<V>(first, count, &mut of_pairs);
            self.combine::<V>(first, count, &mut of_pairs);
            self.write_first::<V>(first, count, &of_pairs);
            if let Some(steps) = self.parts.hess_xy {
                if steps.row_step != 0 {
                    self.write_rows::<V>(steps, count, &of_pairs);
                } else if self.d <= V::LANES && self.dense.is_none() {
                    self.write_squares::<V>(steps.row, first, count, &of_pairs);
                } else {
                    self.write_blocks::<V>(steps.row, count, &of_pairs);
                }
            }
        }
    }

    /// Values and gradients, but for those by x that have rows together with second derivatives.
    #[inline(always)]
    fn write_first<V: Vector<Scalar = S>>(&mut self, first: usize, count: usize, from: &OfPairs<'_, S>) {
        let (parts, rows) = (self.parts, &mut *self.rows);
        if let Some((row, at)) = parts.value {
            let (next, width) = (rows.next(row) + at, parts.widths[row]);
            for pair in 0..count {
                rows.buffer[next + pair * width] = self.coefficients[first + pair];
            }
        }
        let gradients = [
            (parts.grad_y, &*from.grad_y),
            (parts.grad_x.filter(|steps| steps.row_step == 0).map(|steps| (steps.row, steps.at)), &*from.grad_x),
        ];
        for (part, from_pairs) in gradients {
            let Some((row, at)) = part else { continue };
            let (next, width) = (rows.next(row) + at, parts.widths[row]);
            for pair in 0..count {
                // What is written past the end of a pair's part is overwritten by the next.
                for b in (0..self.d).step_by(V::LANES) {
                    let numbers = V::load(&from_pairs[from.at(0, pair) + b..]);
                    numbers.store(&mut rows.buffer[next + pair * width + b..]);
                }
                if let Some((_, value)) = parts.value.filter(|value| value.0 == row) {
                    rows.buffer[rows.next(row) + pair * width + value] = self.coefficients[first + pair];
                }
            }
        }
        let rows_of_first = parts.hess_xy.map_or(parts.widths.len(), |steps| steps.row);
        for r in 0..parts.grad_x.map_or(rows_of_first, |steps| rows_of_first.min(steps.row + 1 - steps.row_step)) {
            rows.commit(r, count * parts.widths[r], false);
        }
    }

    /// Second derivatives, those of a pair one row behind the other, if a vector has all coordinates.
    #[inline(always)]
    fn write_squares<V: Vector<Scalar = S>>(&mut self, r: usize, first: usize, count: usize, from: &OfPairs<'_, S>) {
        let (seconds, square, past) = (from.seconds(), self.d * self.d, self.rows.stream.is_some());
        let direct = square.is_multiple_of(V::LANES) && (count * square).is_multiple_of(line::<S>());
        let (is_plain, sums) = (self.is_plain_square::<V>(), self.factors.y.len() > 1);
        let plain = PlainSquares {
            shape: self.shape,
            coefficients: self.coefficients,
            factors: from.factors,
            stride: from.together * from.width,
            width: from.width,
            tables: self.tables,
        };
        macro_rules! write {
            ($pair:expr, $past:expr, $to:expr) => {
                if is_plain {
                    plain.block::<V>(first + $pair, $pair, $past, $to);
                } else {
                    seconds.block::<V>($pair, plain.tables, $past, $to);
                }
            };
        }
        // Sums are not to be read from where they are streamed to.
        if direct
            && !(past && sums)
            && let Some(to) = self.rows.direct(r, count * square)
        {
            for (pair, to) in to.chunks_exact_mut(square).enumerate() {
                write!(pair, past, to);
            }
            return;
        }
        let next = self.rows.next(r);
        for pair in 0..count {
            let to = &mut self.rows.buffer[next + pair * square..][..square.next_multiple_of(V::LANES)];
            write!(pair, false, to);
        }
        self.rows.commit(r, count * square, false);
    }

    /// Second derivatives, those of a pair one row behind the other.
    #[inline(always)]
    fn write_blocks<V: Vector<Scalar = S>>(&mut self, r: usize, count: usize, from: &OfPairs<'_, S>) {
        let (d, seconds) = (self.d, from.seconds());
        if d.is_multiple_of(line::<S>())
            && self.dense.is_none()
            && let past = self.rows.stream.is_some()
            && let Some(to) = self.rows.direct(r, count * d * d)
        {
            for (row, to) in to.chunks_exact_mut(d).enumerate() {
                seconds.row::<V>(row / d, row % d, past, to);
            }
            return;
        }
        let mut filled = 0;
        for pair in 0..count {
            for a in 0..d {
                let next = self.rows.next(r) + filled;
                seconds.row::<V>(pair, a, false, &mut self.rows.buffer[next..]);
                filled += d;
                if filled >= AT_A_TIME {
                    self.rows.commit(r, filled, false);
                    filled = 0;
                }
            }
        }
        self.rows.commit(r, filled, false);
    }

    /// Second derivatives, each by x_a in a row of its own, and gradients by x that have rows together with them.
    #[inline(always)]
    fn write_rows<V: Vector<Scalar = S>>(&mut self, steps: Steps, count: usize, from: &OfPairs<'_, S>) {
        let (d, widths, seconds, grad_x) = (self.d, &self.parts.widths, from.seconds(), &*from.grad_x);
        for a in 0..d {
            let r = steps.row(a);
            let (start, width) = (self.rows.next(r), widths[r]);
            let to = &mut self.rows.buffer[start..];
            let gradient = self.parts.grad_x.filter(|gradient| gradient.row(a) == r).map(|gradient| gradient.at);
            for pair in 0..count {
                let to = &mut to[pair * width..];
                seconds.row::<V>(pair, a, false, &mut to[steps.at..]);
                if let Some(at) = gradient {
                    to[at] = grad_x[pair * from.width + a];
                }
            }
            self.rows.commit(r, count * width, false);
            if let Some(gradient) = self.parts.grad_x.filter(|gradient| gradient.row(a) != r) {
                let other = gradient.row(a);
                let (start, width) = (self.rows.next(other), widths[other]);
                let to = &mut self.rows.buffer[start + gradient.at..];
                for pair in 0..count {
                    to[pair * width] = grad_x[pair * from.width + a];
                }
                self.rows.commit(other, count * width, false);
            }
        }
    }
}
