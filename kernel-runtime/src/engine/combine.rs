//! From factors and coefficients to what the entries of pairs of points are made of: the middle of
//! [`expand`](super::expand).

use super::coefficients::{COEFFICIENTS, Order};
use super::combination::Combination;
use super::expand::Expand;
use super::factors::{Factors, One, Pair};
use super::fill::AlongPairs;
use super::pattern::OF_BLOCKS;
use super::slices::Along;
use crate::kernel::Shape;
use crate::lane::{Vector, Vectors, VectorsMut};
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
    pub spare: &'a mut [S],
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

/// A square of d rows, entries w_a g_b but for those on the diagonal, by its [tables](super::pattern::Pattern::Blocks);
/// added to what is there if `ADD`.
#[inline(always)]
pub fn square<V: Vector, const ADD: bool>(
    [weight, right, own]: [V; 3],
    tables: &[V::Scalar],
    past: bool,
    to: &mut [V::Scalar],
) {
    let count = to.len() / V::LANES;
    let (tables, mut to) = (Vectors::<V>::new(tables, OF_BLOCKS * count), VectorsMut::<V>::new(to, count));
    for v in 0..count {
        let (rows, columns) = (tables.get(OF_BLOCKS * v), tables.get(OF_BLOCKS * v + 1));
        let (is_own, to) = (tables.get(OF_BLOCKS * v + 2), to.get(v));
        let (weight, right) = (weight.spread(rows), right.spread(columns));
        let entries = if ADD { weight.mul_add(right, V::load(to)) } else { weight * right };
        let entries = V::select_eq(is_own, V::of(1.0), own.spread(rows), entries);
        if past { entries.store_past(to) } else { entries.store(to) }
    }
}

impl<S: Real> OfSeconds<'_, S> {
    /// ∂²k/∂x_a∂y of one pair, and anything behind it to the end of a vector. Past the caches if so told: d fills
    /// vectors, and nothing is added.
    #[inline(always)]
    pub fn row<V: Vector<Scalar = S>>(self, pair: usize, a: usize, past: bool, to: &mut [S]) {
        let (at, count) = (pair * self.width, self.d.div_ceil(V::LANES));
        let own = V::splat(self.diagonal[at + a]);
        let mut to_vectors = VectorsMut::<V>::new(to, count);
        let stride = self.together * self.width;
        for v in 0..count {
            let b = v * V::LANES;
            let mut entries = V::of(0.0);
            for q in 0..self.y_count {
                let at = at + q * stride;
                let (weight, g) = (V::splat(self.weights[at + a]), V::load(&self.right[at + b..]));
                entries = if q == 0 { weight * g } else { weight.mul_add(g, entries) };
            }
            if a / V::LANES == v {
                entries = V::select_eq(V::iota(), V::of((a - b) as f64), own, entries);
            }
            let to = to_vectors.get(v);
            if past { entries.store_past(to) } else { entries.store(to) }
        }
        if !self.dense.is_empty() {
            for (b, to) in to[..self.d].iter_mut().enumerate() {
                *to += self.dense[(pair * self.d + b) * self.width + a];
            }
        }
    }

    /// ∂²k/∂x∂yᵀ of one pair, and anything behind it to the end of a vector, if a vector has all coordinates. Past the
    /// caches if so told: the square fills vectors, and is no sum.
    #[inline(always)]
    pub fn block<V: Vector<Scalar = S>>(self, pair: usize, tables: &[S], past: bool, to: &mut [S]) {
        let at = pair * self.width;
        let own = V::load(&self.diagonal[at..]);
        let zero = V::of(0.0);
        if self.y_count == 0 {
            return square::<V, false>([zero, zero, own], tables, past, to);
        }
        for q in 0..self.y_count {
            let at = at + q * self.together * self.width;
            let numbers = [V::load(&self.weights[at..]), V::load(&self.right[at..]), own];
            if q == 0 {
                square::<V, false>(numbers, tables, past && self.y_count == 1, to);
            } else {
                square::<V, true>(numbers, tables, false, to);
            }
        }
    }
}

/// What [plain squares](Expand::is_plain_square) are made of.
#[derive(Clone, Copy)]
pub struct PlainSquares<'a, S> {
    pub shape: Shape,
    pub coefficients: &'a [S],
    /// f, g and h, as in [`OfPairs`]
    pub factors: &'a [S],
    pub stride: usize,
    pub width: usize,
    pub tables: &'a [S],
}

impl<S: Real> PlainSquares<'_, S> {
    /// Coefficient `number` of a column.
    #[inline(always)]
    fn coefficient<V: Vector<Scalar = S>>(&self, number: usize, column: usize) -> V {
        V::splat(self.coefficients[number * COEFFICIENTS + column])
    }

    /// ∂²k/∂x∂yᵀ of a pair, as [`OfSeconds::block`].
    #[inline(always)]
    pub fn block<V: Vector<Scalar = S>>(&self, column: usize, pair: usize, past: bool, to: &mut [S]) {
        let (order, at) = (Order::new(self.shape), pair * self.width);
        let (f, g) = (V::load(&self.factors[at..]), V::load(&self.factors[self.stride + at..]));
        let weight = self.coefficient::<V>(order.rank, column) * f;
        let own = if self.shape.diagonal == 0 {
            weight * g
        } else {
            let h = V::load(&self.factors[2 * self.stride + at..]);
            weight.mul_add(g, self.coefficient::<V>(order.diagonal, column) * h)
        };
        square::<V, false>([weight, g, own], self.tables, past, to);
    }
}

impl<S: Real> Expand<'_, '_, '_, S> {
    /// All factors of the pairs in some columns.
    #[inline(always)]
    pub(super) fn factors<V: Vector<Scalar = S>>(&self, first: usize, count: usize, out: &mut OfPairs<'_, S>) {
        let d = self.d;
        if let Some(fill) = self.factors.own {
            let stride = out.together * out.width;
            for pair in 0..count {
                let (column, y) = (first + pair, &self.y[(first + pair) * d..]);
                let of_one = Pair::One { pair: One { x: self.x, y, coefficients: self.coefficients, column }, stride };
                fill(of_one, out.factors.get_mut(pair * out.width..).unwrap_or_default());
            }
            return;
        }
        let Factors { x, y, diagonal, .. } = self.factors;
        for (k, factor) in x.iter().chain(y).chain(diagonal).enumerate() {
            let (at, y) = (out.at(k, 0), &self.y[first * d..]);
            factor.fill::<V>(AlongPairs { d, count, x: self.x, y, to: &mut out.factors[at..], stride: out.width });
        }
    }

    /// The terms of all pairs of coordinates of the pairs in some columns.
    #[inline(always)]
    pub(super) fn dense(&self, first: usize, count: usize, out: &mut OfPairs<'_, S>) {
        let Some(fill) = self.dense else { return };
        for pair in 0..count {
            let column = first + pair;
            let y = &self.y[column * self.d..];
            fill(
                One { x: self.x, y, coefficients: self.coefficients, column },
                &mut out.dense[pair * self.d * out.width..],
            );
        }
    }

    /// Whether blocks are squares of [plain](Self::is_plain) products, whose parts stay in registers.
    #[inline(always)]
    pub(super) fn is_plain_square<V: Vector<Scalar = S>>(&self) -> bool {
        self.d <= V::LANES
            && self.dense.is_none()
            && self.is_plain()
            && self.parts.hess_xy.is_some_and(|steps| steps.row_step == 0)
    }

    /// What the entries of `count` pairs are made of.
    #[inline(always)]
    pub(super) fn combine<V: Vector<Scalar = S>>(&self, first: usize, count: usize, out: &mut OfPairs<'_, S>) {
        let (order, parts, numbers) = (Order::new(self.shape), self.parts, count * out.width);
        let counts @ [x, y, _] = self.factors.counts();
        let all = Combination {
            shape: self.shape,
            counts,
            coefficients: &self.coefficients[first..],
            pairs: count,
            factors: &*out.factors,
            of_each: out.together * out.width,
            applied: Along(out.width),
        };
        if parts.grad_x.is_some() {
            all.sum::<V>(x, order.grad_x, 1, 0, &mut out.grad_x[..numbers]);
        }
        if parts.grad_y.is_some() {
            all.sum::<V>(y, order.grad_y, 1, x, &mut out.grad_y[..numbers]);
        }
        if parts.hess_xy.is_some() && !self.is_plain_square::<V>() {
            all.seconds::<V>(out.weights, &mut out.diagonal[..numbers], out.spare);
        }
    }
}
