//! The transposed blocks of a [product](super::multiply): of a kernel with k(x, y) = k(y, x), the block of y and x.
//!
//! With v_i the number and V_i the vector of x_i, and s_p = f_p · V_i,
//!
//! ```text
//! (K v)_j     += k v_i + Σ_p grad_x[p] s_p
//! (K v)_j(b)  += Σ_q g_q(b) (grad_y[q] v_i + Σ_p rank[p, q] s_p)  +  Σ_e diagonal[e] h_e(b) V_i(b)
//!               + Σ_pq off_diagonal[p, q] g_q(b) (s_p - f_p(b) V_i(b)):
//! ```
//!
//! O(d) for each pair, lanes over y as before. What a difference f = g gives in both directions is made together.
//! Points x need not have a number and a vector both, and points y need not get both.

use super::both::{Both, SummedBack};
use super::coefficients::Order;
use super::multiply::Multiply;
use super::packed::{line, whole_lines};
use super::reduce::ROWS;
use super::slices::{copy_to, product, product_to, scaled_to};
use super::tiled::{ByRows, Dot, Dots, add_scaled, add_to_tiled, dots_of};
use crate::lane::Vector;
use crate::real::Real;

/// A vector by points x, and where its products go.
pub struct Back<'a, S> {
    /// One number for each point, or none
    pub values: &'a [S],
    /// d numbers for each point, or none
    pub gradients: Option<ByRows<'a, S>>,
    /// The product of one factor f with the vector, if it is known already
    pub known: Dots<'a, S>,
    /// Sums over x, by points y, if those have values
    pub to_values: &'a mut [S],
    /// The same of gradients, in tiles
    pub to_gradients: &'a mut [S],
}

/// What is known of the factors of `R` points x from point `first` on.
#[derive(Clone, Copy)]
pub struct Made<'a, S> {
    pub first: usize,
    /// All factors of all coordinates, or none
    pub arrays: &'a [S],
    /// Those s_p that are not known
    pub dots: &'a [S],
    /// The term of the diagonal whose products are made already
    pub diagonal: Option<usize>,
}

impl<S: Real> Multiply<'_, S> {
    /// The s_p of `R` points x from point `first` on.
    #[inline(always)]
    pub(super) fn dots_back<V: Vector<Scalar = S>, const R: usize>(
        &self,
        back: &Back<'_, S>,
        first: usize,
        arrays: &[S],
        dots: &mut [S],
    ) {
        let Some(v) = back.gradients else { return };
        let (columns, d) = (whole_lines::<S>(self.columns), self.d);
        let x = self.x.since(first);
        let v = v.since(first);
        for (p, dots) in dots.chunks_exact_mut(R * columns).enumerate() {
            if back.known.is_some_and(|(known, _)| known == p) {
                continue;
            }
            if arrays.is_empty() {
                let of_x = Some(v);
                self.factors.x[p].fill::<V>(Dot::<S, ROWS> { x, d, y: self.tiles, v: &[], of_x, columns, to: dots });
            } else {
                dots.fill(S::of(0.0));
                for i in 0..d {
                    add_scaled::<V>(&arrays[(p * d + i) * columns..][..columns], v.row(0)[i], dots);
                }
            }
        }
    }

    /// What g_q is multiplied with, to vectors `at`, `at + of_each`, …
    #[inline(always)]
    pub(super) fn weights_back<V: Vector<Scalar = S>, const R: usize>(
        &self,
        back: &Back<'_, S>,
        made: Made<'_, S>,
        q: usize,
        weights: &mut [S],
        [at, of_each]: [usize; 2],
    ) {
        let (order, columns) = (Order::new(self.shape), whole_lines::<S>(self.columns));
        for r in 0..R {
            let coefficient = |number: usize| self.coefficient(made.first + r, number);
            let mut is_first = true;
            if let Some(&v) = back.values.get(made.first + r) {
                scaled_to::<V>(coefficient(order.grad_y + q), v, weights, at + r, of_each);
                is_first = false;
            }
            for p in 0..if back.gradients.is_some() { self.factors.x.len() } else { 0 } {
                let c = coefficient(order.rank + p * self.shape.y + q);
                let s = dots_of(back.known, made.dots, p, [made.first, r, R], columns);
                if std::mem::take(&mut is_first) {
                    product_to::<V, false>(c, s, weights, at + r, of_each);
                } else {
                    product_to::<V, true>(c, s, weights, at + r, of_each);
                }
            }
        }
    }

    /// All but the products of differences that `points` makes in both directions.
    #[inline(always)]
    pub(super) fn points_back<V: Vector<Scalar = S>, const R: usize>(
        &self,
        back: &mut Back<'_, S>,
        made: Made<'_, S>,
        weights: &mut [S],
        dense: &mut [S],
    ) {
        let (order, columns, d) = (Order::new(self.shape), whole_lines::<S>(self.columns), self.d);
        let first = made.first;
        let [x_count, y_count, _] = self.factors.counts();
        for r in 0..if back.to_values.is_empty() { 0 } else { R } {
            let to = &mut back.to_values[..columns];
            if let Some(&v) = back.values.get(first + r) {
                add_scaled::<V>(self.coefficient(first + r, 0), v, to);
            }
            for p in 0..if back.gradients.is_some() { x_count } else { 0 } {
                let s = dots_of(back.known, made.dots, p, [first, r, R], columns);
                product::<V, true>(self.coefficient(first + r, order.grad_x + p), s, &mut back.to_values[..columns]);
            }
        }
        if back.to_gradients.is_empty() {
            return;
        }
        let x = self.x.since(first);
        let v = back.gradients.map(|v| v.since(first));
        let of_x = v.unwrap_or(x);
        let by_arrays = !made.arrays.is_empty();
        let array = |number: usize, i: usize| &made.arrays[(number * d + i) * columns..][..columns];
        let mut with = self.factors.usual_diagonal().filter(|_| made.diagonal.is_none() && !by_arrays && v.is_some());
        let mut done = made.diagonal;
        // Those that are shared have been made beside sums over y.
        for q in (0..y_count).filter(|&q| by_arrays || v.is_none() || !self.factors.is_shared(q)) {
            let with = with.take();
            done = done.or(with);
            let of_each = if with.is_some() { 2 * R } else { R };
            self.weights_back::<V, R>(back, made, q, weights, [of_each - R, of_each]);
            if by_arrays {
                for i in 0..d {
                    add_to_tiled::<V>(array(x_count + q, i), &weights[..columns], d, i, back.to_gradients);
                }
                continue;
            }
            let mut summed = SummedBack::Factor;
            if let Some(e) = with {
                summed = SummedBack::With(&self.factors.diagonal[e].weights);
                for r in 0..R {
                    copy_to::<V>(self.coefficient(first + r, order.diagonal + e), weights, r, of_each);
                }
            }
            self.factors.y[q].fill::<V>(self.apart([x, of_x], weights, summed, back.to_gradients));
        }
        let Some(v) = v else { return };
        for e in (0..self.factors.diagonal.len()).filter(|&e| Some(e) != done) {
            if by_arrays {
                for i in 0..d {
                    let (h, weights) = (array(x_count + y_count + e, i), &mut weights[..columns]);
                    scaled_to::<V>(self.coefficient(first, order.diagonal + e), of_x.row(0)[i], weights, 0, 1);
                    add_to_tiled::<V>(h, weights, d, i, back.to_gradients);
                }
                continue;
            }
            for r in 0..R {
                copy_to::<V>(self.coefficient(first + r, order.diagonal + e), weights, r, R);
            }
            let both = self.apart([x, of_x], weights, SummedBack::Times, back.to_gradients);
            self.factors.diagonal[e].fill::<V>(both);
        }
        if self.shape.off_diagonal {
            for (p, q) in (0..x_count).flat_map(|p| (0..y_count).map(move |q| (p, q))) {
                let c = self.coefficient(first, order.off_diagonal + p * self.shape.y + q);
                for i in 0..d {
                    let (others, weights) = weights.split_at_mut(columns);
                    others.copy_from_slice(dots_of(back.known, made.dots, p, [first, 0, 1], columns));
                    add_scaled::<V>(array(p, i), -of_x.row(0)[i], others);
                    product::<V, false>(c, others, &mut weights[..columns]);
                    add_to_tiled::<V>(array(x_count + q, i), &weights[..columns], d, i, back.to_gradients);
                }
            }
        }
        for r in 0..if self.dense.is_some() { R } else { 0 } {
            self.add_dense_back(first + r, v.row(r), back.to_gradients, dense);
        }
    }

    /// Sums over x that are made apart from those over y: of [`ROWS`] points x, for factors that are filled for fewer
    /// are in arrays.
    fn apart<'s>(
        &'s self,
        [x, of_x]: [ByRows<'s, S>; 2],
        coefficients: &'s [S],
        summed: SummedBack<'s, S>,
        back: &'s mut [S],
    ) -> Both<'s, S, ROWS, false> {
        let (columns, d) = (whole_lines::<S>(self.columns), self.d);
        Both {
            x,
            d,
            y: self.tiles,
            of_x,
            of_y: self.tiles,
            coefficients,
            columns,
            summed,
            to: &mut [],
            stride: 0,
            back,
        }
    }

    /// Terms of all pairs of coordinates.
    #[inline(always)]
    fn add_dense_back(&self, r: usize, v: &[S], back: &mut [S], scratch: &mut [S]) {
        let d = self.d;
        self.each_dense(r, scratch, |column, width, entries| {
            let tile = &mut back[column / line::<S>() * line::<S>() * d + column % line::<S>()..];
            for (b, entries) in entries.chunks_exact(width).take(d).enumerate() {
                for (&entry, &v) in entries[..d].iter().zip(v) {
                    tile[b * line::<S>()] += entry * v;
                }
            }
        });
    }
}
