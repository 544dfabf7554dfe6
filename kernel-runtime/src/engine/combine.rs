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

    /// What second derivatives are made of.
    #[inline(always)]
    pub fn seconds(&self) -> OfSeconds<'_, S> {
        OfSeconds {
            weights: self.weights,
            right: &self.factors[self.right..],
            y_count: self.y_count,
            diagonal: self.diagonal,
            dense: self.dense,
            d: self.d,
            width: self.width,
            together: self.together,
        }
    }
}

/// What second derivatives are made of, as in [`OfPairs`]: a value, for a reference to it might be to what is written.
#[derive(Clone, Copy)]
pub struct OfSeconds<'a, S> {
    weights: &'a [S],
    right: &'a [S],
    y_count: usize,
    diagonal: &'a [S],
    dense: &'a [S],
    d: usize,
    width: usize,
    together: usize,
}

impl<S: Real> OfSeconds<'_, S> {
    /// ∂²k/∂x_a∂y of one pair, and anything behind it to the end of a vector. Past the caches if d fills vectors and nothing is added.
    #[inline(always)]
    pub fn row<V: Vector<Scalar = S>, const SHORT: bool, const ONE: bool>(
        self,
        pair: usize,
        a: usize,
        past: bool,
        to: &mut [S],
    ) {
        let at = pair * self.width;
        for b in (0..if SHORT { 1 } else { self.d }).step_by(V::LANES) {
            let mut entries = V::of(0.0);
            if ONE {
                entries = V::splat(self.weights[at + a]) * V::load(&self.right[at + b..]);
            } else {
                for q in 0..self.y_count {
                    let at = at + q * self.together * self.width;
                    let (weight, g) = (V::splat(self.weights[at + a]), V::load(&self.right[at + b..]));
                    entries = if q == 0 { weight * g } else { weight.mul_add(g, entries) };
                }
            }
            if SHORT {
                let own = V::load(&self.diagonal[at..]);
                entries = V::select_eq(V::iota(), V::of(a as f64), own, entries);
            }
            if SHORT && past {
                entries.store_past(to);
                return;
            }
            entries.store(&mut to[b..]);
        }
        if !SHORT {
            to[a] = self.diagonal[at + a];
        }
        if !self.dense.is_empty() {
            for (b, to) in to[..self.d].iter_mut().enumerate() {
                *to += self.dense[(pair * self.d + b) * self.width + a];
            }
        }
    }
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

    /// What the entries of a pair are made of. Sums begin with a product, as [`combine_one`](Self::combine_one) does: 0 + -0 is 0.
    #[inline(always)]
    pub(super) fn combine<V: Vector<Scalar = S>, const SHORT: bool>(
        &self,
        column: usize,
        pair: usize,
        out: &mut OfPairs<'_, S>,
    ) {
        let (shape, order, parts) = (self.shape, Order::new(self.shape), self.parts);
        let (x_count, y_count) = (self.factors.x.len(), self.factors.y.len());
        let at = out.at(0, pair);
        for i in (0..if SHORT { 1 } else { self.d }).step_by(V::LANES) {
            // Σ_k c_k u_k of a coefficient and a factor by their numbers. Not a closure, which might not be inlined.
            macro_rules! sum {
                ($count:expr, |$k:ident| $c:expr, $u:expr) => {{
                    let mut sum = V::of(0.0);
                    for $k in 0..$count {
                        let (c, u) = (self.coefficient::<V>($c, column), V::load(&out.factors[out.at($u, pair) + i..]));
                        sum = if $k == 0 { c * u } else { c.mul_add(u, sum) };
                    }
                    sum
                }};
            }
            if parts.grad_x.is_some() {
                sum!(x_count, |p| order.grad_x + p, p).store(&mut out.grad_x[at + i..]);
            }
            if parts.grad_y.is_some() {
                sum!(y_count, |q| order.grad_y + q, x_count + q).store(&mut out.grad_y[at + i..]);
            }
            if parts.hess_xy.is_some() {
                let mut diagonal = V::of(0.0);
                for e in 0..self.factors.diagonal.len() {
                    let h = V::load(&out.factors[out.at(x_count + y_count + e, pair) + i..]);
                    diagonal = self.coefficient::<V>(order.diagonal + e, column).mul_add(h, diagonal);
                }
                for q in 0..y_count {
                    let mut weight = sum!(x_count, |p| order.rank + p * shape.y + q, p);
                    let g = V::load(&out.factors[out.at(x_count + q, pair) + i..]);
                    diagonal = weight.mul_add(g, diagonal);
                    if shape.off_diagonal {
                        weight = weight + sum!(x_count, |p| order.off_diagonal + p * shape.y + q, p);
                    }
                    let at = out.at(q, pair) + i;
                    weight.store(&mut out.weights[at..]);
                }
                diagonal.store(&mut out.diagonal[at + i..]);
            }
        }
    }
}
