//! Expand: from the coefficients of pairs of points to the entries of derivatives,
//!
//! ∂k/∂x_a = Σ_p c_p f_p(a) and ∂²k/∂x_a∂y_b = Σ_pq c_pq f_p(a) g_q(b) + δ_ab Σ_e c_e h_e(a).
//!
//! Lanes run over the coordinates of one pair, so that a row of its block is a few vectors; of points with one coordinate they run over
//! pairs.

use super::coefficients::COEFFICIENTS;
use super::combine::OfPairs;
use super::factors::{Factors, Pair};
use super::packed::{line, whole_lines};
use super::rows::Rows;
use crate::kernel::Shape;
use crate::lane::{Task, Vector};
use crate::real::Real;

/// Where the derivatives by coordinate a go: to row `row + a row_step`, from `at` numbers after the first of a pair on; one behind the other
/// if that is the same row for all.
#[derive(Clone, Copy, Debug)]
pub struct Steps {
    pub row: usize,
    pub row_step: usize,
    pub at: usize,
}

impl Steps {
    #[inline(always)]
    fn row(&self, a: usize) -> usize {
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
    /// The point, and zeros to the end of the last vector.
    pub x: &'a [S],
    /// The points, one behind the other, and a line more.
    pub y: &'a [S],
    pub d: usize,
    pub coefficients: &'a [S],
    pub columns: usize,
    pub rows: &'a mut Rows<'r, 'b, S>,
    /// [`scratch`] numbers.
    pub scratch: &'a mut [S],
}

/// Code of a kernel that computes the terms of all pairs of coordinates of one pair of points: entry (a, b) at `b * whole_lines(d) + a`.
pub type Dense<'a, S> = dyn Fn(Pair<'_, S>, &mut [S]) + Sync + 'a;

/// About so many numbers of a row are written at a time: few enough for the buffers between core and memory.
const AT_A_TIME: usize = 192;

/// How many pairs of points are expanded together.
#[inline(always)]
fn together(parts: &Parts) -> usize {
    (AT_A_TIME / parts.widths.iter().copied().max().unwrap_or(1)).clamp(1, COEFFICIENTS)
}

/// How many numbers may come to the buffer of a row at a time.
pub fn waiting(parts: &Parts, d: usize) -> usize {
    let widest = parts.widths.iter().copied().max().unwrap_or_default();
    match parts.hess_xy {
        _ if d == 1 => COEFFICIENTS * widest,
        // Blocks come row by row.
        Some(Steps { row_step: 0, .. }) => AT_A_TIME + d,
        _ => together(parts) * widest,
    }
}

/// How many numbers [`Expand`] needs beside the rows.
pub fn scratch<S>(shape: Shape, parts: &Parts, d: usize) -> usize {
    let numbers = shape.x + 2 * shape.y + shape.diagonal + 3;
    let pairs = if d == 1 { COEFFICIENTS } else { together(parts) * whole_lines::<S>(d) };
    numbers * pairs + if shape.dense > 0 { d * pairs } else { 0 }
}

impl<S: Real> Task<S> for Expand<'_, '_, '_, S> {
    type Output = ();

    #[inline(always)]
    fn run<V: Vector<Scalar = S>>(self) {
        let one = self.factors.x.len() == 1 && self.factors.y.len() == 1 && !self.shape.off_diagonal;
        match (self.d, one) {
            (1, _) => self.line::<V>(),
            (d, true) if d <= V::LANES => self.pairs::<V, true, true>(),
            (d, false) if d <= V::LANES => self.pairs::<V, true, false>(),
            _ => self.pairs::<V, false, false>(),
        }
    }
}

impl<S: Real> Expand<'_, '_, '_, S> {
    /// `SHORT`: the coordinates of a pair fit into one vector. `ONE`: there is one f, one g, and nothing that counts for a ≠ b only.
    #[inline(always)]
    fn pairs<V: Vector<Scalar = S>, const SHORT: bool, const ONE: bool>(mut self) {
        let (shape, width, together) = (self.shape, whole_lines::<S>(self.d), together(self.parts));
        let mut rest = std::mem::take(&mut self.scratch);
        let mut part = |count: usize| {
            let (part, others) = std::mem::take(&mut rest).split_at_mut(count * together * width);
            rest = others;
            part
        };
        let mut of_pairs = OfPairs {
            factors: part(shape.x + shape.y + shape.diagonal),
            weights: part(shape.y),
            diagonal: part(1),
            grad_x: part(1),
            grad_y: part(1),
            dense: rest,
            right: self.factors.x.len() * together * width,
            y_count: self.factors.y.len(),
            d: self.d,
            width,
            together,
        };
        for first in (0..self.columns).step_by(together) {
            let count = together.min(self.columns - first);
            self.dense(first, count, &mut of_pairs);
            if SHORT && ONE && self.factors.own.is_none() {
                self.combine_one::<V>(first, count, &mut of_pairs);
            } else {
                self.factors::<V, SHORT>(first, count, &mut of_pairs);
                for pair in 0..count {
                    self.combine::<V, SHORT>(first + pair, pair, &mut of_pairs);
                }
            }
            self.write_first::<V, SHORT>(first, count, &of_pairs);
            if let Some(steps) = self.parts.hess_xy {
                if steps.row_step == 0 {
                    self.write_blocks::<V, SHORT, ONE>(steps, count, &of_pairs);
                } else {
                    self.write_rows::<V, SHORT, ONE>(steps, count, &of_pairs);
                }
            }
        }
    }

    /// Values and gradients, but for those by x that have rows together with second derivatives.
    #[inline(always)]
    fn write_first<V: Vector<Scalar = S>, const SHORT: bool>(
        &mut self,
        first: usize,
        count: usize,
        from: &OfPairs<'_, S>,
    ) {
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
                for b in (0..if SHORT { 1 } else { self.d }).step_by(V::LANES) {
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

    /// Second derivatives, those of a pair one row behind the other.
    #[inline(always)]
    fn write_blocks<V: Vector<Scalar = S>, const SHORT: bool, const ONE: bool>(
        &mut self,
        steps: Steps,
        count: usize,
        from: &OfPairs<'_, S>,
    ) {
        let (d, seconds) = (self.d, from.seconds());
        if let Some(to) = self.direct::<V>(steps.row, count * d * d) {
            for (pair, to) in to.chunks_exact_mut(d * d).enumerate() {
                for a in 0..d {
                    seconds.row::<V, SHORT, ONE>(pair, a, true, &mut to[a * d..]);
                }
            }
            return;
        }
        let mut filled = 0;
        for pair in 0..count {
            for a in 0..d {
                let next = self.rows.next(steps.row) + filled;
                seconds.row::<V, SHORT, ONE>(pair, a, false, &mut self.rows.buffer[next..]);
                filled += d;
                if filled >= AT_A_TIME {
                    self.rows.commit(steps.row, filled, false);
                    filled = 0;
                }
            }
        }
        self.rows.commit(steps.row, filled, false);
    }

    /// Second derivatives, each by x_a in a row of its own, and gradients by x that have rows together with them.
    #[inline(always)]
    fn write_rows<V: Vector<Scalar = S>, const SHORT: bool, const ONE: bool>(
        &mut self,
        steps: Steps,
        count: usize,
        from: &OfPairs<'_, S>,
    ) {
        let (d, widths, seconds, grad_x) = (self.d, &self.parts.widths, from.seconds(), &*from.grad_x);
        for a in 0..d {
            let (r, mut waiting) = (steps.row(a), 0);
            if let Some(to) = self.direct::<V>(r, if widths[r] == d { count * d } else { 0 }) {
                for (pair, to) in to.chunks_exact_mut(d).enumerate() {
                    seconds.row::<V, SHORT, ONE>(pair, a, true, to);
                }
            } else {
                let (start, width) = (self.rows.next(r), widths[r]);
                let to = &mut self.rows.buffer[start..];
                let gradient = self.parts.grad_x.filter(|gradient| gradient.row(a) == r).map(|gradient| gradient.at);
                for pair in 0..count {
                    let to = &mut to[pair * width..];
                    seconds.row::<V, SHORT, ONE>(pair, a, false, &mut to[steps.at..]);
                    if let Some(at) = gradient {
                        to[at] = grad_x[pair * from.width + a];
                    }
                }
                waiting = count * width;
            }
            if let Some(gradient) = self.parts.grad_x.filter(|gradient| gradient.row(a) != r) {
                let other = gradient.row(a);
                let (start, width) = (self.rows.next(other), widths[other]);
                let to = &mut self.rows.buffer[start + gradient.at..];
                for pair in 0..count {
                    to[pair * width] = grad_x[pair * from.width + a];
                }
                self.rows.commit(other, count * width, false);
            }
            if waiting > 0 {
                self.rows.commit(r, waiting, false);
            }
        }
    }

    /// Where the next `count` numbers of row `r` may be written as they come, past the caches: vectors one behind the other.
    #[inline(always)]
    fn direct<V: Vector<Scalar = S>>(&mut self, r: usize, count: usize) -> Option<&mut [S]> {
        let fits = self.d == V::LANES && self.rows.stream.is_some() && self.dense.is_none();
        if fits && count.is_multiple_of(line::<S>()) { self.rows.direct(r, count) } else { None }
    }
}
