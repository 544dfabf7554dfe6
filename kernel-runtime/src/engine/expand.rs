//! Expand: from the coefficients of pairs of points to the entries of derivatives,
//!
//! ∂k/∂x_a = Σ_p c_p f_p(a) and ∂²k/∂x_a∂y_b = Σ_pq c_pq f_p(a) g_q(b) + δ_ab Σ_e c_e h_e(a).
//!
//! Lanes run over the coordinates of one pair, so that a row of its block is a few vectors; of points with one coordinate they run over
//! pairs.

use super::coefficients::{COEFFICIENTS, Order};
use super::factors::{Factor, Factors, Pair};
use super::packed::whole_lines;
use super::rows::Rows;
use crate::kernel::Shape;
use crate::lane::{Task, Vector};
use crate::real::Real;

/// Where the derivatives by coordinate a go: to row `row + a row_step`, `at + a step` numbers after the first of a pair.
#[derive(Clone, Copy, Debug)]
pub struct Steps {
    pub row: usize,
    pub row_step: usize,
    pub at: usize,
    pub step: usize,
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

/// How many numbers [`Expand`] needs beside the rows.
pub fn scratch<S>(shape: Shape, d: usize) -> usize {
    let numbers = shape.x + 3 * shape.y + shape.diagonal + 3 + if shape.dense > 0 { d } else { 0 };
    numbers * whole_lines::<S>(d).max(COEFFICIENTS)
}

/// About so many numbers are written at a time: few enough for the buffers between core and memory.
const AT_A_TIME: usize = 192;

/// How many pairs of points are written at a time.
#[inline(always)]
fn at_a_time(widths: &[usize]) -> usize {
    (AT_A_TIME / widths.iter().sum::<usize>()).max(1)
}

/// How many numbers come to the buffer of a row at a time.
pub fn waiting(widths: &[usize], d: usize) -> usize {
    let pairs = if d == 1 { COEFFICIENTS } else { at_a_time(widths) };
    pairs * widths.iter().copied().max().unwrap_or_default()
}

impl<S: Real> Task<S> for Expand<'_, '_, '_, S> {
    type Output = ();

    #[inline(always)]
    fn run<V: Vector<Scalar = S>>(self) {
        if self.d == 1 {
            self.line::<V>();
        } else if self.d <= V::LANES {
            self.pairs::<V, true>();
        } else {
            self.pairs::<V, false>();
        }
    }
}

/// Numbers of one pair of points: vectors over its coordinates, `width` numbers each.
struct OfPair<'a, S> {
    /// f_p, then g_q, then h_e, where they are the kernel's own
    factors: &'a mut [S],
    /// g_q
    right: &'a mut [S],
    /// Σ_p c_pq f_p, for each q
    weights: &'a mut [S],
    /// Entries (a, a)
    diagonal: &'a mut [S],
    grad_x: &'a mut [S],
    grad_y: &'a mut [S],
    /// Terms of all pairs of coordinates
    dense: &'a mut [S],
}

impl<S: Real> Expand<'_, '_, '_, S> {
    /// `SHORT`: the coordinates of a pair fit into one vector.
    #[inline(always)]
    fn pairs<V: Vector<Scalar = S>, const SHORT: bool>(mut self) {
        let (d, shape, width) = (self.d, self.shape, whole_lines::<S>(self.d));
        let mut rest = std::mem::take(&mut self.scratch);
        let mut part = |count: usize| {
            let (part, others) = std::mem::take(&mut rest).split_at_mut(count * width);
            rest = others;
            part
        };
        let mut of_pair = OfPair {
            factors: part(shape.x + shape.y + shape.diagonal),
            right: part(shape.y),
            weights: part(shape.y),
            diagonal: part(1),
            grad_x: part(1),
            grad_y: part(1),
            dense: part(if shape.dense > 0 { d } else { 0 }),
        };
        let at_a_time = at_a_time(&self.parts.widths);
        for first in (0..self.columns).step_by(at_a_time) {
            let count = at_a_time.min(self.columns - first);
            for place in 0..count {
                self.numbers::<V, SHORT>(first + place, &mut of_pair);
                self.write::<V, SHORT>(first + place, place, &of_pair);
            }
            for r in 0..self.parts.widths.len() {
                self.rows.commit::<V>(r, count * self.parts.widths[r], false);
            }
        }
    }

    /// Coefficient `number` of a column.
    #[inline(always)]
    fn coefficient(&self, number: usize, column: usize) -> S {
        self.coefficients[number * COEFFICIENTS + column]
    }

    /// Vectors over the coordinates of the pair in `column`.
    #[inline(always)]
    fn numbers<V: Vector<Scalar = S>, const SHORT: bool>(&self, column: usize, out: &mut OfPair<'_, S>) {
        let (d, shape, width) = (self.d, self.shape, whole_lines::<S>(self.d));
        let order = Order::new(shape);
        let y = &self.y[column * d..];
        let own = |pair| Pair::One { x: self.x, y, coefficients: self.coefficients, column: pair };
        if let Some(fill) = self.factors.own {
            fill(own(column), out.factors);
        }
        if let Some(fill) = self.dense {
            fill(own(column), out.dense);
        }
        let [x_count, y_count, diagonal_count] =
            [&self.factors.x, &self.factors.y, &self.factors.diagonal].map(|factors| factors.len());
        let is_own = self.factors.own.is_some();
        for i in (0..if SHORT { 1 } else { d }).step_by(V::LANES) {
            let factor = |factors: &[Factor<S>], number: usize, at: usize| {
                if is_own { V::load(&out.factors[at * width + i..]) } else { factors[number].along::<V>(i, self.x, y) }
            };
            let coefficient = |number| V::splat(self.coefficient(number, column));
            if self.parts.grad_y.is_some() || self.parts.hess_xy.is_some() {
                let mut diagonal = V::of(0.0);
                if self.parts.hess_xy.is_some() {
                    for e in 0..diagonal_count {
                        let h = factor(&self.factors.diagonal, e, x_count + y_count + e);
                        diagonal = coefficient(order.diagonal + e).mul_add(h, diagonal);
                    }
                }
                let mut grad_y = V::of(0.0);
                for q in 0..y_count {
                    let g = factor(&self.factors.y, q, x_count + q);
                    grad_y = coefficient(order.grad_y + q).mul_add(g, grad_y);
                    if self.parts.hess_xy.is_some() {
                        let (mut weight, mut off) = (V::of(0.0), V::of(0.0));
                        for p in 0..x_count {
                            let f = factor(&self.factors.x, p, p);
                            let product = p * shape.y + q;
                            weight = coefficient(order.rank + product).mul_add(f, weight);
                            if shape.off_diagonal {
                                off = coefficient(order.off_diagonal + product).mul_add(f, off);
                            }
                        }
                        diagonal = weight.mul_add(g, diagonal);
                        (weight + off).store(&mut out.weights[q * width + i..]);
                        g.store(&mut out.right[q * width + i..]);
                    }
                }
                grad_y.store(&mut out.grad_y[i..]);
                diagonal.store(&mut out.diagonal[i..]);
            }
            if self.parts.grad_x.is_some() {
                let mut grad_x = V::of(0.0);
                for p in 0..x_count {
                    let f = factor(&self.factors.x, p, p);
                    grad_x = coefficient(order.grad_x + p).mul_add(f, grad_x);
                }
                grad_x.store(&mut out.grad_x[i..]);
            }
        }
    }

    /// Into the buffers of the rows, as pair number `place` of those that are written together. What is written past the end of a
    /// pair's part is overwritten by the next.
    #[inline(always)]
    fn write<V: Vector<Scalar = S>, const SHORT: bool>(&mut self, column: usize, place: usize, from: &OfPair<'_, S>) {
        let (d, width, rows) = (self.d, whole_lines::<S>(self.d), &mut *self.rows);
        let widths = &self.parts.widths;
        if let Some((row, at)) = self.parts.value {
            rows.buffer[rows.next(row) + place * widths[row] + at] = self.coefficients[column];
        }
        if let Some((row, at)) = self.parts.grad_y {
            let at = rows.next(row) + place * widths[row] + at;
            for b in (0..if SHORT { 1 } else { d }).step_by(V::LANES) {
                V::load(&from.grad_y[b..]).store(&mut rows.buffer[at + b..]);
            }
        }
        if let Some(steps) = self.parts.grad_x {
            for a in 0..d {
                let row = steps.row(a);
                rows.buffer[rows.next(row) + place * widths[row] + steps.at + a * steps.step] = from.grad_x[a];
            }
        }
        let Some(steps) = self.parts.hess_xy else { return };
        let y_count = self.factors.y.len();
        let g = |q: usize, b: usize| V::load(&from.right[q * width + b..]);
        for a in 0..d {
            let row = steps.row(a);
            let at = rows.next(row) + place * widths[row] + steps.at + a * steps.step;
            for b in (0..if SHORT { 1 } else { d }).step_by(V::LANES) {
                let mut entries = if y_count == 0 { V::of(0.0) } else { V::splat(from.weights[a]) * g(0, b) };
                for q in 1..y_count {
                    entries = V::splat(from.weights[q * width + a]).mul_add(g(q, b), entries);
                }
                entries.store(&mut rows.buffer[at + b..]);
            }
            rows.buffer[at + a] = from.diagonal[a];
            if self.dense.is_some() {
                for b in 0..d {
                    rows.buffer[at + b] = rows.buffer[at + b] + from.dense[b * width + a];
                }
            }
        }
    }

    /// Points with one coordinate.
    #[inline(always)]
    fn line<V: Vector<Scalar = S>>(self) {
        let (shape, factors, order) = (self.shape, self.factors, Order::new(self.shape));
        let columns = whole_lines::<S>(self.columns);
        let [x_count, y_count, diagonal_count] =
            [&factors.x, &factors.y, &factors.diagonal].map(|factors| factors.len());
        let (own, rest) = self.scratch.split_at_mut((x_count + y_count + diagonal_count) * columns);
        let pair = Pair::Line { x: &self.x[..1], y: &self.y[..columns], coefficients: self.coefficients, column: 0 };
        if let Some(fill) = factors.own {
            fill(pair, own);
        }
        let (dense, rest) = rest.split_at_mut(if self.dense.is_some() { columns } else { 0 });
        if let Some(fill) = self.dense {
            fill(pair, dense);
        }
        let (grad_x, rest) = rest.split_at_mut(columns);
        let (grad_y, hess_xy) = rest.split_at_mut(columns);
        let x = V::splat(self.x[0]);
        for column in (0..columns).step_by(V::LANES) {
            let y = V::load(&self.y[column..]);
            let factor = |factors: &[Factor<S>], number: usize, at: usize| {
                if self.factors.own.is_some() {
                    V::load(&own[at * columns + column..])
                } else {
                    factors[number].across::<V>(x, y)
                }
            };
            let coefficient = |number: usize| V::load(&self.coefficients[number * COEFFICIENTS + column..]);
            let (mut by_x, mut by_y, mut by_both) = (V::of(0.0), V::of(0.0), V::of(0.0));
            if self.parts.grad_x.is_some() {
                for p in 0..x_count {
                    by_x = coefficient(order.grad_x + p).mul_add(factor(&factors.x, p, p), by_x);
                }
            }
            if self.parts.grad_y.is_some() {
                for q in 0..y_count {
                    by_y = coefficient(order.grad_y + q).mul_add(factor(&factors.y, q, x_count + q), by_y);
                }
            }
            if self.parts.hess_xy.is_some() {
                for e in 0..diagonal_count {
                    let h = factor(&factors.diagonal, e, x_count + y_count + e);
                    by_both = coefficient(order.diagonal + e).mul_add(h, by_both);
                }
                for p in 0..x_count {
                    for q in 0..y_count {
                        let product = coefficient(order.rank + p * shape.y + q) * factor(&factors.x, p, p);
                        by_both = product.mul_add(factor(&factors.y, q, x_count + q), by_both);
                    }
                }
                if self.dense.is_some() {
                    by_both = by_both + V::load(&dense[column..]);
                }
            }
            by_x.store(&mut grad_x[column..]);
            by_y.store(&mut grad_y[column..]);
            by_both.store(&mut hess_xy[column..]);
        }
        let parts = [
            (self.parts.value, &self.coefficients[..columns]),
            (self.parts.grad_y, &*grad_y),
            (self.parts.grad_x.map(|steps| (steps.row, steps.at)), &*grad_x),
            (self.parts.hess_xy.map(|steps| (steps.row, steps.at)), &*hess_xy),
        ];
        for (part, from) in parts {
            let Some((row, at)) = part else { continue };
            let (at, width) = (self.rows.next(row) + at, self.parts.widths[row]);
            for (place, &number) in from[..self.columns].iter().enumerate() {
                self.rows.buffer[at + place * width] = number;
            }
        }
        for (r, width) in self.parts.widths.iter().enumerate() {
            self.rows.commit::<V>(r, self.columns * width, false);
        }
    }
}
