//! From factors and coefficients to what the entries of pairs of points are made of: the middle of [`expand`](super::expand).

use super::coefficients::{COEFFICIENTS, Order};
use super::expand::Expand;
use super::factors::{Factors, Pair};
use crate::lane::Vector;
use crate::real::Real;

/// Vectors over the coordinates of some pairs of points, those of pair p from `p * width` on.
pub struct OfPairs<'a, S> {
    /// f_p, then g_q, then h_e: those of number k from `k * together * width` on
    pub factors: &'a mut [S],
    /// Σ_p c_pq f_p, for each q as above
    pub weights: &'a mut [S],
    /// Entries (a, a)
    pub diagonal: &'a mut [S],
    pub grad_x: &'a mut [S],
    pub grad_y: &'a mut [S],
    /// Terms of all pairs of coordinates, those of pair p from `p * d * width` on
    pub dense: &'a mut [S],
    /// Of all f_p, where those of g_q begin
    pub right: usize,
    pub y_count: usize,
    pub d: usize,
    pub width: usize,
    pub together: usize,
}

impl<S: Real> OfPairs<'_, S> {
    /// Where the vectors of a pair begin in those of number `k`.
    #[inline(always)]
    pub fn at(&self, k: usize, pair: usize) -> usize {
        (k * self.together + pair) * self.width
    }

    #[inline(always)]
    pub fn pair(&self, pair: usize) -> OfPair<'_, S> {
        let (at, stride, width) = (self.at(0, pair), self.together * self.width, self.width);
        // All of them, up to the end of the last.
        let all = at..if self.y_count == 0 { at } else { at + (self.y_count - 1) * stride + width };
        OfPair {
            weights: self.weights.get(all.clone()).unwrap_or_default(),
            right: self.factors[self.right..].get(all).unwrap_or_default(),
            stride,
            diagonal: &self.diagonal[at..at + width],
            dense: self.dense.get(pair * self.d * width..(pair + 1) * self.d * width).unwrap_or_default(),
            width,
        }
    }
}

/// What the second derivatives of one pair are made of.
#[derive(Clone, Copy)]
pub struct OfPair<'a, S> {
    /// Those of q from `q * stride` on.
    pub weights: &'a [S],
    /// g_q, the same.
    pub right: &'a [S],
    pub stride: usize,
    pub diagonal: &'a [S],
    /// Entry (a, b) at `b * width + a`, or nothing.
    pub dense: &'a [S],
    pub width: usize,
}

impl<S: Real> Expand<'_, '_, '_, S> {
    /// Coefficient `number` of a column.
    #[inline(always)]
    fn coefficient<V: Vector<Scalar = S>>(&self, number: usize, column: usize) -> V {
        V::splat(self.coefficients[number * COEFFICIENTS + column])
    }

    /// All factors of the pairs in some columns.
    #[inline(always)]
    pub(super) fn factors<V: Vector<Scalar = S>, const SHORT: bool>(
        &self,
        first: usize,
        count: usize,
        out: &mut OfPairs<'_, S>,
    ) {
        let d = self.d;
        if let Some(fill) = self.factors.own {
            let stride = out.together * out.width;
            for pair in 0..count {
                let (column, y) = (first + pair, &self.y[(first + pair) * d..]);
                let of_one = Pair::One { x: self.x, y, coefficients: self.coefficients, column, stride };
                fill(of_one, out.factors.get_mut(pair * out.width..).unwrap_or_default());
            }
            return;
        }
        let Factors { x, y, diagonal, .. } = self.factors;
        for (k, factor) in x.iter().chain(y).chain(diagonal).enumerate() {
            for pair in 0..count {
                let (y, at) = (&self.y[(first + pair) * d..], out.at(k, pair));
                for i in (0..if SHORT { 1 } else { d }).step_by(V::LANES) {
                    factor.along::<V>(i, self.x, y).store(&mut out.factors[at + i..]);
                }
            }
        }
    }

    /// The terms of all pairs of coordinates of the pairs in some columns.
    #[inline(always)]
    pub(super) fn dense(&self, first: usize, count: usize, out: &mut OfPairs<'_, S>) {
        let Some(fill) = self.dense else { return };
        for pair in 0..count {
            let column = first + pair;
            let y = &self.y[column * self.d..];
            let of_one = Pair::One { x: self.x, y, coefficients: self.coefficients, column, stride: 0 };
            fill(of_one, &mut out.dense[pair * self.d * out.width..]);
        }
    }

    /// [`factors`](Self::factors) and [`combine`](Self::combine) of one f and one g, without leaving registers in between.
    #[inline(always)]
    pub(super) fn combine_one<V: Vector<Scalar = S>>(&self, first: usize, count: usize, out: &mut OfPairs<'_, S>) {
        let (order, parts, Factors { x, y, diagonal, .. }) = (Order::new(self.shape), self.parts, self.factors);
        let (width, points) = (out.width, &self.y[first * self.d..]);
        let [grad_x, grad_y, weights, entries, right] =
            [&mut *out.grad_x, &mut *out.grad_y, &mut *out.weights, &mut *out.diagonal, &mut out.factors[out.right..]];
        for pair in 0..count {
            let (column, at, point) = (first + pair, pair * width, &points[pair * self.d..]);
            let (f, g) = (x[0].along::<V>(0, self.x, point), y[0].along::<V>(0, self.x, point));
            if parts.grad_x.is_some() {
                (self.coefficient::<V>(order.grad_x, column) * f).store(&mut grad_x[at..]);
            }
            if parts.grad_y.is_some() {
                (self.coefficient::<V>(order.grad_y, column) * g).store(&mut grad_y[at..]);
            }
            if parts.hess_xy.is_some() {
                let mut own = V::of(0.0);
                for (e, h) in diagonal.iter().enumerate() {
                    own =
                        self.coefficient::<V>(order.diagonal + e, column).mul_add(h.along::<V>(0, self.x, point), own);
                }
                let weight = self.coefficient::<V>(order.rank, column) * f;
                weight.store(&mut weights[at..]);
                weight.mul_add(g, own).store(&mut entries[at..]);
                g.store(&mut right[at..]);
            }
        }
    }

    /// What the entries of a pair are made of.
    #[inline(always)]
    pub(super) fn combine<V: Vector<Scalar = S>, const SHORT: bool, const ONE: bool>(
        &self,
        column: usize,
        pair: usize,
        out: &mut OfPairs<'_, S>,
    ) {
        let (shape, order, parts) = (self.shape, Order::new(self.shape), self.parts);
        let x_count = if ONE { 1 } else { self.factors.x.len() };
        let y_count = if ONE { 1 } else { self.factors.y.len() };
        let at = out.at(0, pair);
        for i in (0..if SHORT { 1 } else { self.d }).step_by(V::LANES) {
            if parts.grad_x.is_some() {
                let mut grad_x = V::of(0.0);
                for p in 0..x_count {
                    let f = V::load(&out.factors[out.at(p, pair) + i..]);
                    grad_x = self.coefficient::<V>(order.grad_x + p, column).mul_add(f, grad_x);
                }
                grad_x.store(&mut out.grad_x[at + i..]);
            }
            if parts.grad_y.is_some() {
                let mut grad_y = V::of(0.0);
                for q in 0..y_count {
                    let g = V::load(&out.factors[out.at(x_count + q, pair) + i..]);
                    grad_y = self.coefficient::<V>(order.grad_y + q, column).mul_add(g, grad_y);
                }
                grad_y.store(&mut out.grad_y[at + i..]);
            }
            if parts.hess_xy.is_some() {
                let mut diagonal = V::of(0.0);
                for e in 0..self.factors.diagonal.len() {
                    let h = V::load(&out.factors[out.at(x_count + y_count + e, pair) + i..]);
                    diagonal = self.coefficient::<V>(order.diagonal + e, column).mul_add(h, diagonal);
                }
                for q in 0..y_count {
                    let (mut weight, mut off) = (V::of(0.0), V::of(0.0));
                    for p in 0..x_count {
                        let f = V::load(&out.factors[out.at(p, pair) + i..]);
                        let product = p * shape.y + q;
                        weight = self.coefficient::<V>(order.rank + product, column).mul_add(f, weight);
                        if !ONE && shape.off_diagonal {
                            off = self.coefficient::<V>(order.off_diagonal + product, column).mul_add(f, off);
                        }
                    }
                    let g = V::load(&out.factors[out.at(x_count + q, pair) + i..]);
                    diagonal = weight.mul_add(g, diagonal);
                    let at = out.at(q, pair) + i;
                    (if ONE { weight } else { weight + off }).store(&mut out.weights[at..]);
                }
                diagonal.store(&mut out.diagonal[at + i..]);
            }
        }
    }
}
