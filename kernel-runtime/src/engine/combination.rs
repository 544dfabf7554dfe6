//! Sums of factors with coefficients, for some pairs of points and all coordinates, in whatever order these are.

use super::coefficients::{COEFFICIENTS, Order};
use super::slices::{Applied, add, product};
use crate::kernel::Shape;
use crate::lane::{Task, Vector};
use crate::real::Real;

/// Factors, and the coefficients of some pairs.
#[derive(Clone, Copy)]
pub struct Combination<'a, S, A> {
    pub shape: Shape,
    /// How many f, g and h there are
    pub counts: [usize; 3],
    /// In [`Order`], of the first pair on
    pub coefficients: &'a [S],
    pub pairs: usize,
    /// f_p, then g_q, then h_e: those of number k from `k * of_each` on
    pub factors: &'a [S],
    pub of_each: usize,
    pub applied: A,
}

impl<'a, S: Real, A: Applied> Combination<'a, S, A> {
    #[inline(always)]
    pub fn coefficient(&self, number: usize) -> &'a [S] {
        &self.coefficients[number * COEFFICIENTS..][..self.pairs]
    }

    /// Σ_k c_k u_k of coefficients every so many numbers and factors one behind the other. Begins with a product:
    /// 0 + -0 is 0.
    #[inline(always)]
    pub fn sum<V: Vector<Scalar = S>>(&self, count: usize, start: usize, step: usize, factor: usize, to: &mut [S]) {
        if count == 0 {
            to.fill(S::of(0.0));
        }
        for k in 0..count {
            let (c, u) = (self.coefficient(start + k * step), &self.factors[(factor + k) * self.of_each..][..to.len()]);
            if k == 0 {
                self.applied.apply::<V, false>(c, u, to);
            } else {
                self.applied.apply::<V, true>(c, u, to);
            }
        }
    }

    /// What second derivatives are made of, see [`Seconds`].
    #[inline(always)]
    pub fn seconds<V: Vector<Scalar = S>>(self, weights: &mut [S], diagonal: &mut [S], spare: &mut [S]) {
        V::apart(Seconds { of: self, weights, diagonal, spare });
    }
}

/// Σ_p c_pq f_p for each q, from `q * of_each` on, and entries (a, a).
struct Seconds<'a, 'b, S, A> {
    of: Combination<'a, S, A>,
    weights: &'b mut [S],
    diagonal: &'b mut [S],
    spare: &'b mut [S],
}

impl<S: Real, A: Applied> Task<S> for Seconds<'_, '_, S, A> {
    type Output = ();

    #[inline(always)]
    fn run<V: Vector<Scalar = S>>(self) {
        let Self { of, weights, diagonal, spare } = self;
        let (order, [x, y, h], step) = (Order::new(of.shape), of.counts, of.shape.y);
        let factor = |number: usize| &of.factors[number * of.of_each..];
        diagonal.fill(S::of(0.0));
        for e in 0..h {
            let (c, u) = (of.coefficient(order.diagonal + e), &factor(x + y + e)[..diagonal.len()]);
            of.applied.apply::<V, true>(c, u, diagonal);
        }
        for q in 0..y {
            let weights = &mut weights[q * of.of_each..][..diagonal.len()];
            of.sum::<V>(x, order.rank + q, step, 0, weights);
            product::<V, true>(weights, factor(x + q), diagonal);
            if of.shape.off_diagonal {
                let spare = &mut spare[..diagonal.len()];
                of.sum::<V>(x, order.off_diagonal + q, step, 0, spare);
                add::<V>(spare, weights);
            }
        }
    }
}
