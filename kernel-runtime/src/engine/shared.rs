//! A sum of squared differences and the product of these differences with a vector, which most kernels need of the same
//! pairs: the differences are taken once.

use super::fill::{Difference, Formula, Weighted};
use super::packed::line;
use super::reduce::{Described, ROWS, SquareDifference, Summand, WeightedSquareDifference};
use super::tiled::{ByRows, by_few, tiled, together};
use crate::kernel::{Base, Term};
use crate::lane::{Task, Vector, Vectors};
use crate::real::Real;

/// A sum of a stage and a factor g that are made of the same differences.
#[derive(Clone, Copy)]
pub struct Pairing {
    pub slot: usize,
    pub factor: usize,
}

impl Pairing {
    pub fn find<S>(sums: &[Described<S>], factors: &[Described<S>]) -> Option<Self> {
        let weighted = |described: &Described<S>, base| match described.term {
            Term::Plain(of) if of == base => Some(false),
            Term::Weighted(of) if of == base => Some(true),
            _ => None,
        };
        let (slot, is_weighted) =
            sums.iter().enumerate().find_map(|(slot, sum)| Some((slot, weighted(sum, Base::SquareDifference)?)))?;
        let factor = factors.iter().position(|factor| weighted(factor, Base::Difference) == Some(is_weighted))?;
        Some(Self { slot, factor })
    }
}

/// Σ_i w_i (x_i - y_i)² and Σ_i u_i V_i, u_i = x_i - y_i or weighted, of some points x and points y in tiles.
pub struct Shared<'a, S> {
    pub sum: &'a Described<S>,
    pub factor: &'a Described<S>,
    pub x: ByRows<'a, S>,
    /// How many points x, at most [`ROWS`](super::reduce::ROWS)
    pub rows: usize,
    pub d: usize,
    pub y: &'a [S],
    pub v: &'a [S],
    /// How many vectors' worth of points y, in numbers
    pub columns: usize,
    /// Those of the next x from `sums_stride` on
    pub sums: &'a mut [S],
    pub sums_stride: usize,
    /// Those of the next x from `dots_stride` on
    pub dots: &'a mut [S],
    pub dots_stride: usize,
    /// Σ_i u_i W_i beside it, of [`ROWS`] vectors W by points x
    pub back: Option<SharedBack<'a, S>>,
}

/// Vectors by points x, and where their products go: as the other dots.
pub struct SharedBack<'a, S> {
    pub of_x: ByRows<'a, S>,
    pub dots: &'a mut [S],
}

impl<S: Real> Task<S> for Shared<'_, S> {
    type Output = ();

    #[inline(always)]
    fn run<V: Vector<Scalar = S>>(self) {
        if self.sum.weights.is_empty() {
            V::apart(Of { shared: self, add: SquareDifference, formula: Difference });
        } else {
            V::apart(Of { shared: self, add: WeightedSquareDifference, formula: Weighted(Difference) });
        }
    }
}

struct Of<'a, S, A, F> {
    shared: Shared<'a, S>,
    add: A,
    formula: F,
}

impl<S: Real, A: Summand, F: Formula> Task<S> for Of<'_, S, A, F> {
    type Output = ();

    #[inline(always)]
    fn run<V: Vector<Scalar = S>>(self) {
        let Self { mut shared, add, formula } = self;
        let (count, is_both) = (shared.columns / V::LANES, shared.back.is_some());
        if shared.rows == ROWS {
            let mut all = Rows::<'_, '_, S, ROWS> { shared: &mut shared, first: 0 };
            if is_both {
                by_few!(V, count, |vector, FEW| all.vectors::<V, FEW, true>(vector, add, formula));
            } else {
                by_few!(V, count, |vector, FEW| all.vectors::<V, FEW, false>(vector, add, formula));
            }
        } else {
            for first in 0..shared.rows {
                let mut one = Rows::<'_, '_, S, 1> { shared: &mut shared, first };
                by_few!(V, count, |vector, FEW| one.vectors::<V, FEW, false>(vector, add, formula));
            }
        }
    }
}

/// `R` points x.
struct Rows<'s, 'a, S, const R: usize> {
    shared: &'s mut Shared<'a, S>,
    first: usize,
}

impl<S: Real, const R: usize> Rows<'_, '_, S, R> {
    #[inline(always)]
    #[allow(clippy::needless_range_loop, reason = "registers beside numbers")]
    fn vectors<V: Vector<Scalar = S>, const T: usize, const BOTH: bool>(
        &mut self,
        vector: usize,
        add: impl Summand,
        formula: impl Formula,
    ) {
        let (Shared { sum, factor, d, y, v, x, .. }, first) = (&*self.shared, self.first);
        let (d, of_tile) = (*d, line::<S>() / V::LANES);
        let (mut xs, mut at) = ([x.row(first); R], [0; T]);
        let mut of_x = xs;
        for r in 0..R {
            xs[r] = &x.row(first + r)[..d];
            of_x[r] = self.shared.back.as_ref().map_or(xs[r], |back| &back.of_x.row(first + r)[..d]);
        }
        for t in 0..T {
            at[t] = tiled::<V>(vector + t, d, 0);
        }
        let of_sum = sum.weights.get(..d).unwrap_or(xs[0]);
        let of_factor = factor.weights.get(..d).unwrap_or(xs[0]);
        let (y, v) = (Vectors::<V>::all(y), Vectors::<V>::all(v));
        let (mut sums, mut dots, mut back) = ([[V::of(0.0); T]; R], [[V::of(0.0); T]; R], [[V::of(0.0); T]; R]);
        for i in 0..d {
            let (of_sum, of_factor) = (V::splat(of_sum[i]), V::splat(of_factor[i]));
            for t in 0..T {
                let (y, v) = (y.get(at[t] + i * of_tile), v.get(at[t] + i * of_tile));
                for r in 0..R {
                    let x = V::splat(xs[r][i]);
                    sums[r][t] = add.to(sums[r][t], x, y, of_sum);
                    let u = formula.of(x, y, of_factor);
                    dots[r][t] = u.mul_add(v, dots[r][t]);
                    if BOTH {
                        back[r][t] = u.mul_add(V::splat(of_x[r][i]), back[r][t]);
                    }
                }
            }
        }
        let Shared { sums: to_sums, sums_stride, dots: to_dots, dots_stride, back: to_back, .. } = &mut *self.shared;
        for r in 0..R {
            for t in 0..T {
                let column = (vector + t) * V::LANES;
                sums[r][t].store(&mut to_sums[(first + r) * *sums_stride + column..]);
                dots[r][t].store(&mut to_dots[(first + r) * *dots_stride + column..]);
                if let Some(to) = to_back.as_mut().filter(|_| BOTH) {
                    back[r][t].store(&mut to.dots[(first + r) * *dots_stride + column..]);
                }
            }
        }
    }
}
