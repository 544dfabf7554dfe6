//! Multiply: from the coefficients of pairs of points to products of the blocks with vectors, none of which is formed.
//!
//! With v_j the number and V_j the vector of y_j, and t_q = g_q · V_j,
//!
//! ```text
//! (K v)_i     += k v_j + Σ_q grad_y[q] t_q
//! (K v)_i(a)  += Σ_p f_p(a) (grad_x[p] v_j + Σ_q rank[p, q] t_q)  +  Σ_e diagonal[e] h_e(a) V_j(a)
//!               + Σ_pq off_diagonal[p, q] f_p(a) (t_q - g_q(a) V_j(a)):
//! ```
//!
//! O(d) for each pair. Lanes run over y; the sums over y of each lane are kept until the last one.

use super::back::{Back, Made};
use super::both::{Both, SummedBack};
use super::coefficients::{COEFFICIENTS, Order};
use super::expand::Dense;
use super::factors::{Factors, One};
use super::packed::{line, whole_lines};
use super::reduce::ROWS;
use super::slices::{copy_to, product, product_to};
use super::tiled::{ByRows, Dot, Dots, Sum, Summed, add_sum, add_tiled, dots_of, sum_tiled};
use crate::kernel::Shape;
use crate::lane::{Task, Vector};
use crate::real::Real;

/// Which of the numbers that a point has in a vector: that of the value, those of the gradient, those of the Hessian,
/// in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entries {
    pub value: bool,
    pub gradient: bool,
    pub hessian: bool,
}

impl Entries {
    pub const NONE: Self = Self { value: false, gradient: false, hessian: false };
    pub const VALUE: Self = Self { value: true, ..Self::NONE };
    pub const GRADIENT: Self = Self { gradient: true, ..Self::NONE };
    pub const HESSIAN: Self = Self { hessian: true, ..Self::NONE };

    /// Those of both.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self {
            value: self.value || other.value,
            gradient: self.gradient || other.gradient,
            hessian: self.hessian || other.hessian,
        }
    }

    /// The order of the derivative at a place, and its number among those of this order.
    pub fn order_at(self, place: usize, d: usize) -> (usize, usize) {
        let order = (0..3).rev().find(|&order| self.has(order) && self.start(order, d) <= place).unwrap_or_default();
        (order, place - self.start(order, d))
    }

    /// Where a number of these stands among `others`, which have it, too.
    pub fn place_in(self, others: Self, place: usize, d: usize) -> usize {
        let (order, number) = self.order_at(place, d);
        others.start(order, d) + number
    }

    /// How many numbers a point of d coordinates has.
    pub fn count(self, d: usize) -> usize {
        self.hessian_at(d) + if self.hessian { d * d } else { 0 }
    }

    /// Whether there are derivatives of this order.
    pub fn has(self, order: usize) -> bool {
        [self.value, self.gradient, self.hessian][order]
    }

    /// Their highest order.
    pub fn order(self) -> usize {
        if self.hessian { 2 } else { usize::from(self.gradient) }
    }

    /// Where those of this order begin.
    pub fn start(self, order: usize, d: usize) -> usize {
        [0, usize::from(self.value), self.hessian_at(d)][order]
    }

    /// Where those of the Hessian begin.
    pub fn hessian_at(self, d: usize) -> usize {
        usize::from(self.value) + if self.gradient { d } else { 0 }
    }
}

/// A vector by points y, in tiles as those are.
#[derive(Clone, Copy)]
pub struct ByPoints<'a, S> {
    /// One number for each point, or none
    pub values: &'a [S],
    /// d numbers for each point, or none
    pub gradients: &'a [S],
}

impl<S> ByPoints<'_, S> {
    /// Those of points from `first` on.
    pub fn since(&self, first: usize, d: usize) -> Self {
        let values = self.values.get(first..).unwrap_or_default();
        Self { values, gradients: self.gradients.get(first * d..).unwrap_or_default() }
    }
}

/// Some points x and points y, whose coefficients are known, with one vector.
pub struct Multiply<'a, S> {
    pub shape: Shape,
    pub factors: &'a Factors<'a, S>,
    /// Terms e_t(a, b) of a pair, see [`Dense`]
    pub dense: Option<&'a Dense<'a, S>>,
    /// Of the product
    pub left: Entries,
    /// How many points x there are, at most [`ROWS`].
    pub rows: usize,
    /// Those, each with zeros to the end of the last vector.
    pub x: ByRows<'a, S>,
    pub d: usize,
    /// The points y in tiles, at most [`columns`].
    pub tiles: &'a [S],
    /// The points y one behind the other, and a line more
    pub y: &'a [S],
    pub coefficients: ByRows<'a, S>,
    /// How many points y there are.
    pub columns: usize,
    pub vector: ByPoints<'a, S>,
    /// The product of one factor g with the vector, if it is known already
    pub known: Dots<'a, S>,
    /// What the transposed blocks are multiplied with, if they are
    pub back: Option<Back<'a, S>>,
    /// Sums over y of each lane: of the value, then of each coordinate of the gradient, a line for each.
    pub sums: &'a mut [S],
    /// How many numbers those of the next x begin after.
    pub sums_stride: usize,
    /// [`scratch`] numbers.
    pub scratch: &'a mut [S],
}

/// How many factors are made before they are used.
fn arrays(shape: Shape) -> usize {
    if shape.custom_factors || shape.off_diagonal { shape.x + shape.y + shape.diagonal } else { 0 }
}

/// How many points y are taken at a time: what is made for all coordinates stays near.
pub fn columns<S>(shape: Shape, d: usize) -> usize {
    let most = (1 << 14) / (d * arrays(shape)).max(1);
    (most - most % line::<S>()).clamp(line::<S>(), COEFFICIENTS)
}

/// How many numbers [`Multiply`] needs beside the sums.
pub fn scratch<S>(shape: Shape, d: usize) -> usize {
    let columns = columns::<S>(shape, d);
    let dense = if shape.dense > 0 { d * whole_lines::<S>(d) + whole_lines::<S>(d) } else { 0 };
    whole_lines::<S>(arrays(shape) * d * columns + (shape.x + shape.y + 3) * ROWS * columns + dense)
}

impl<S: Real> Task<S> for Multiply<'_, S> {
    type Output = ();

    #[inline(always)]
    fn run<V: Vector<Scalar = S>>(mut self) {
        if self.rows == ROWS && !self.by_arrays() {
            self.points::<V, ROWS>(0);
        } else {
            for r in 0..self.rows {
                self.points::<V, 1>(r);
            }
        }
    }
}

impl<S: Real> Multiply<'_, S> {
    /// Whether factors are made before they are used.
    #[inline(always)]
    fn by_arrays(&self) -> bool {
        self.factors.count() > 0 && (self.factors.own.is_some() || self.shape.off_diagonal)
    }

    /// Coefficient `number` of point x number r.
    #[inline(always)]
    pub(super) fn coefficient(&self, r: usize, number: usize) -> &[S] {
        &self.coefficients.row(r)[number * COEFFICIENTS..][..whole_lines::<S>(self.columns)]
    }

    /// `R` points x from point `first` on.
    #[inline(always)]
    fn points<V: Vector<Scalar = S>, const R: usize>(&mut self, first: usize) {
        let [scratch, sums] = [std::mem::take(&mut self.scratch), std::mem::take(&mut self.sums)];
        let mut back = self.back.take();
        self.both_ways::<V, R>(first, sums, back.as_mut(), scratch);
        (self.scratch, self.back, self.sums) = (scratch, back, sums);
    }

    #[inline(always)]
    fn both_ways<V: Vector<Scalar = S>, const R: usize>(
        &self,
        first: usize,
        sums: &mut [S],
        mut back: Option<&mut Back<'_, S>>,
        scratch: &mut [S],
    ) {
        let (order, columns, d) = (Order::new(self.shape), whole_lines::<S>(self.columns), self.d);
        let [x_count, y_count, _] = self.factors.counts();
        let coefficient = |r: usize, number: usize| self.coefficient(first + r, number);
        let x = self.x.since(first);
        let values = self.vector.values.get(..columns);
        let gradients = self.vector.gradients.get(..columns * d);
        let (dots, rest) = scratch.split_at_mut(y_count * R * columns);
        let (dots_back, rest) = rest.split_at_mut(x_count * R * columns);
        let has_gradients = self.left.gradient || back.as_ref().is_some_and(|back| !back.to_gradients.is_empty());
        let (weights, rest) = rest.split_at_mut(if has_gradients { 3 * R * columns } else { 0 });
        let by_arrays = self.by_arrays();
        let (arrays, dense) = rest.split_at_mut(if by_arrays { self.factors.count() * d * columns } else { 0 });
        if by_arrays {
            let of_row = [&x.row(0)[..d], self.tiles, self.coefficients.row(first)];
            self.factors.fill_across::<V>(self.factors.count(), of_row, 0, columns, arrays);
        }
        if let Some(v) = gradients {
            for (q, dots) in dots.chunks_exact_mut(R * columns).enumerate() {
                if self.known.is_some_and(|(known, _)| known == q) {
                    continue;
                }
                if by_arrays {
                    dots.fill(S::of(0.0));
                    for i in 0..d {
                        let g = &arrays[((x_count + q) * d + i) * columns..][..columns];
                        add_tiled::<V>(g, v, d, i, dots);
                    }
                } else {
                    let dot = Dot::<S, R> { x, d, y: self.tiles, v, of_x: None, columns, to: dots };
                    self.factors.y[q].fill::<V>(dot);
                }
            }
        }
        if let Some(back) = &back {
            self.dots_back::<V, R>(back, first, arrays, dots_back);
        }
        let mut made = Made { first, arrays, dots: dots_back, diagonal: None };
        let known = self.known;
        let dot = |q: usize, r: usize| dots_of(known, dots, q, [first, r, R], columns);
        let terms = if gradients.is_some() { y_count } else { 0 };
        for r in 0..if self.left.value { R } else { 0 } {
            let to = &mut sums[(first + r) * self.sums_stride..][..line::<S>()];
            if let Some(values) = values {
                add_sum::<V>(coefficient(r, 0), values, to);
            }
            for q in 0..terms {
                add_sum::<V>(coefficient(r, order.grad_y + q), dot(q, r), to);
            }
        }
        let v = gradients.filter(|_| self.left.gradient);
        if self.left.gradient {
            let stride = self.sums_stride;
            // The usual diagonal is summed together with the first factor f.
            let with = v.filter(|_| x_count > 0 && !by_arrays).zip(self.factors.usual_diagonal()).map(|(v, e)| (e, v));
            let to = &mut sums[first * stride + line::<S>()..];
            for p in 0..x_count {
                let with = with.filter(|_| p == 0);
                let is_shared = !by_arrays && self.factors.is_shared(p);
                let shared = back.as_deref_mut().filter(|back| is_shared && !back.to_gradients.is_empty());
                let of_each = R * (1 + usize::from(with.is_some()) + usize::from(shared.is_some()));
                for r in 0..R {
                    if let Some(values) = values {
                        product_to::<V, false>(coefficient(r, order.grad_x + p), values, weights, r, of_each);
                    }
                    for q in 0..terms {
                        let c = coefficient(r, order.rank + p * self.shape.y + q);
                        if q == 0 && values.is_none() {
                            product_to::<V, false>(c, dot(q, r), weights, r, of_each);
                        } else {
                            product_to::<V, true>(c, dot(q, r), weights, r, of_each);
                        }
                    }
                    if let Some((e, _)) = with {
                        copy_to::<V>(coefficient(r, order.diagonal + e), weights, R + r, of_each);
                    }
                }
                if values.is_none() && terms == 0 {
                    weights.fill(S::of(0.0));
                }
                if by_arrays {
                    for i in 0..d {
                        let f = &arrays[(p * d + i) * columns..][..columns];
                        add_sum::<V>(f, &weights[..columns], &mut to[i * line::<S>()..]);
                    }
                } else if let Some((back, of_x)) = shared.and_then(|back| back.gradients.map(|of_x| (back, of_x))) {
                    self.weights_back::<V, R>(back, made, p, weights, [of_each - R, of_each]);
                    made.diagonal = made.diagonal.or(with.map(|(e, _)| e));
                    let summed =
                        with.map_or(SummedBack::Factor, |(e, _)| SummedBack::With(&self.factors.diagonal[e].weights));
                    let of_x = of_x.since(first);
                    self.factors.x[p].fill_difference::<V>(Both::<S, ROWS, true> {
                        x,
                        d,
                        y: self.tiles,
                        of_x,
                        of_y: v.unwrap_or(self.tiles),
                        coefficients: weights,
                        columns,
                        summed,
                        to,
                        stride,
                        back: back.to_gradients,
                    });
                } else {
                    let summed = with.map_or(Summed::Factor, |(e, v)| Summed::With {
                        v,
                        weights: &self.factors.diagonal[e].weights,
                    });
                    let coefficients = &*weights;
                    let sum = Sum::<S, R> { x, d, y: self.tiles, coefficients, columns, summed, to, stride };
                    self.factors.x[p].fill::<V>(sum);
                }
            }
            for e in 0..if v.is_some() { self.factors.diagonal.len() } else { 0 } {
                let Some(v) = v.filter(|_| with.is_none_or(|(with, _)| with != e)) else { continue };
                if by_arrays {
                    for i in 0..d {
                        let h = &arrays[((x_count + y_count + e) * d + i) * columns..][..columns];
                        let weights = &mut weights[..columns];
                        product::<V, false>(coefficient(0, order.diagonal + e), h, weights);
                        sum_tiled::<V>(weights, v, d, i, &mut to[i * line::<S>()..]);
                    }
                } else {
                    for r in 0..R {
                        copy_to::<V>(coefficient(r, order.diagonal + e), weights, r, R);
                    }
                    let (summed, coefficients) = (Summed::Times(v), &*weights);
                    let sum = Sum::<S, R> { x, d, y: self.tiles, coefficients, columns, summed, to, stride };
                    self.factors.diagonal[e].fill::<V>(sum);
                }
            }
            if let Some(v) = v.filter(|_| self.shape.off_diagonal) {
                for (p, q) in (0..x_count).flat_map(|p| (0..y_count).map(move |q| (p, q))) {
                    let c = coefficient(0, order.off_diagonal + p * self.shape.y + q);
                    for i in 0..d {
                        let f = &arrays[(p * d + i) * columns..][..columns];
                        let g = &arrays[((x_count + q) * d + i) * columns..][..columns];
                        let (to, weights) = (&mut to[i * line::<S>()..], &mut weights[..columns]);
                        product::<V, false>(c, f, weights);
                        add_sum::<V>(weights, dot(q, 0), to);
                        for (w, g) in weights.iter_mut().zip(g) {
                            *w = -(*w * *g);
                        }
                        sum_tiled::<V>(weights, v, d, i, to);
                    }
                }
            }
            for r in 0..if v.is_some() && self.dense.is_some() { R } else { 0 } {
                let to = &mut sums[(first + r) * self.sums_stride + line::<S>()..];
                self.add_dense(first + r, v.unwrap_or_default(), to, dense);
            }
        }
        if let Some(back) = back {
            self.points_back::<V, R>(back, made, weights, dense);
        }
    }

    /// Terms of all pairs of coordinates.
    #[inline(always)]
    fn add_dense(&self, r: usize, gradients: &[S], to: &mut [S], scratch: &mut [S]) {
        self.each_dense(r, scratch, |column, width, entries| {
            let tile = &gradients[column / line::<S>() * line::<S>() * self.d + column % line::<S>()..];
            for (b, entries) in entries.chunks_exact(width).take(self.d).enumerate() {
                let v = tile[b * line::<S>()];
                for (a, &entry) in entries[..self.d].iter().enumerate() {
                    to[a * line::<S>()] += entry * v;
                }
            }
        });
    }

    /// Calls `run` with each column and the terms of its pair with point r, a column of entries behind the other, each
    /// so wide.
    #[inline(always)]
    pub(super) fn each_dense(&self, r: usize, scratch: &mut [S], mut run: impl FnMut(usize, usize, &[S])) {
        let Some(fill) = self.dense else { return };
        let (d, width) = (self.d, whole_lines::<S>(self.d));
        for column in 0..self.columns {
            let pair =
                One { x: self.x.row(r), y: &self.y[column * d..], coefficients: self.coefficients.row(r), column };
            fill(pair, &mut scratch[..d * width]);
            run(column, width, &scratch[..d * width]);
        }
    }
}
