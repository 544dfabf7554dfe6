//! Sums over points x beside those over points y: what a pair of points gives to the product of its block with the
//! vector of y, and to that of the transposed block with the vector of x.

use super::fill::{Fill, Formula};
use super::packed::line;
use super::tiled::{ByRows, by_few, together};
use crate::lane::{Grid, GridMut, Vector};
use crate::real::Real;

/// What is summed over points x.
#[derive(Clone, Copy)]
pub enum SummedBack<'a, S> {
    /// c u(i)
    Factor,
    /// c u(i) V(i), V of x
    Times,
    /// c u(i) + h w(i) V(i), w(i) = 1 if there are no weights
    With(&'a [S]),
}

/// Sums over `R` points x, added for each coordinate of points y in tiles; with `FORWARD` those over points y too, as
/// in [`Sum`](super::tiled::Sum), whose factors u are the same then.
pub struct Both<'a, S, const R: usize, const FORWARD: bool> {
    pub x: ByRows<'a, S>,
    pub d: usize,
    pub y: &'a [S],
    /// The vectors of x, and of y in tiles: the latter for sums over y alone.
    pub of_x: ByRows<'a, S>,
    pub of_y: &'a [S],
    /// Vector t of the c of sums over y (with `FORWARD`) of all points x, then of h of all points x
    /// (if there are some), then of the c of sums over x of all points x, for each t
    pub coefficients: &'a [S],
    pub columns: usize,
    pub summed: SummedBack<'a, S>,
    /// As [`Sum`](super::tiled::Sum) has it
    pub to: &'a mut [S],
    pub stride: usize,
    /// In tiles, as the points y are
    pub back: &'a mut [S],
}

const FACTOR: usize = 0;
const TIMES: usize = 1;
const WITH: usize = 2;
const WITH_WEIGHTS: usize = 3;

impl<S: Real, const R: usize, const FORWARD: bool> Fill<S> for Both<'_, S, R, FORWARD> {
    #[inline(always)]
    fn fill<V: Vector<Scalar = S>>(mut self, formula: impl Formula, weights: &[S]) {
        match self.summed {
            SummedBack::Factor => self.all::<V, FACTOR>(formula, weights),
            // Factors of the diagonal are no factors of a gradient: nothing is shared.
            SummedBack::Times if FORWARD => unreachable!("sums over y are made apart"),
            SummedBack::Times => self.all::<V, TIMES>(formula, weights),
            SummedBack::With([]) => self.all::<V, WITH>(formula, weights),
            SummedBack::With(_) => self.all::<V, WITH_WEIGHTS>(formula, weights),
        }
    }
}

impl<S: Real, const R: usize, const FORWARD: bool> Both<'_, S, R, FORWARD> {
    #[inline(always)]
    #[allow(clippy::needless_range_loop, reason = "registers beside numbers")]
    fn all<V: Vector<Scalar = S>, const KIND: usize>(&mut self, formula: impl Formula, weights: &[S]) {
        let (d, of_tile, tiles) = (self.d, line::<S>() / V::LANES, self.columns / line::<S>());
        let own = if let SummedBack::With(weights) = self.summed { weights } else { &[] };
        let of_each = R * (usize::from(FORWARD) + 1 + usize::from(KIND == WITH || KIND == WITH_WEIGHTS));
        let (mut x, mut of_x) = ([self.x.row(0); R], [self.of_x.row(0); R]);
        for r in 0..R {
            x[r] = &self.x.row(r)[..d];
            of_x[r] = &self.of_x.row(r)[..d];
        }
        let rows = if FORWARD { R } else { 0 };
        let mut by_kind = OfKind::<'_, V, R, FORWARD, KIND> {
            x,
            of_x,
            d,
            y: Grid::new(self.y, tiles, d * of_tile, d * of_tile),
            of_y: Grid::new(self.of_y, tiles, d * of_tile, d * of_tile),
            coefficients: Grid::new(self.coefficients, tiles * of_tile, of_each, of_each),
            weights: if weights.is_empty() { x[0] } else { &weights[..d] },
            own: if own.is_empty() { x[0] } else { &own[..d] },
            to: GridMut::new(self.to, rows, d * of_tile, self.stride / V::LANES),
            back: GridMut::new(self.back, tiles, d * of_tile, d * of_tile),
        };
        by_few!(V, d, |first, FEW| by_kind.coordinates::<FEW>(first, formula));
    }
}

/// What is read, and added to.
struct OfKind<'a, V: Vector, const R: usize, const FORWARD: bool, const KIND: usize> {
    x: [&'a [V::Scalar]; R],
    of_x: [&'a [V::Scalar]; R],
    d: usize,
    y: Grid<'a, V>,
    of_y: Grid<'a, V>,
    coefficients: Grid<'a, V>,
    /// Those of u, and of what the vectors are multiplied with, or anything
    weights: &'a [V::Scalar],
    own: &'a [V::Scalar],
    to: GridMut<'a, V>,
    back: GridMut<'a, V>,
}

impl<V: Vector<Scalar: Real>, const R: usize, const FORWARD: bool, const KIND: usize> OfKind<'_, V, R, FORWARD, KIND> {
    /// `A` coordinates, whose sums over y stay in registers.
    #[inline(always)]
    #[allow(clippy::needless_range_loop, reason = "registers beside numbers")]
    fn coordinates<const A: usize>(&mut self, first: usize, formula: impl Formula) {
        let of_tile = line::<V::Scalar>() / V::LANES;
        let (y, of_y, coefficients) = (self.y, self.of_y, self.coefficients);
        let is_with = KIND == WITH || KIND == WITH_WEIGHTS;
        let (h, c) = (if FORWARD { R } else { 0 }, R * (usize::from(FORWARD) + usize::from(is_with)));
        let (mut sums, mut xs, mut vs) = ([[V::of(0.0); A]; R], [[V::of(0.0); A]; R], [[V::of(0.0); A]; R]);
        let (mut of_u, mut of_v) = ([V::of(1.0); A], [V::of(1.0); A]);
        assert!(first + A <= self.d, "more coordinates than there are");
        for a in 0..A {
            of_u[a] = V::splat(self.weights[first + a]);
            of_v[a] = V::splat(self.own[first + a]);
            for r in 0..R {
                xs[r][a] = V::splat(self.x[r][first + a]);
                vs[r][a] = V::splat(self.of_x[r][first + a]);
                if KIND == WITH_WEIGHTS {
                    vs[r][a] = vs[r][a] * of_v[a];
                }
                if FORWARD {
                    sums[r][a] = V::load(self.to.get(r, (first + a) * of_tile));
                }
            }
        }
        for tile in 0..y.rows() {
            for k in 0..of_tile {
                let t = tile * of_tile + k;
                for a in 0..A {
                    let at = (first + a) * of_tile + k;
                    let y = y.get(tile, at);
                    let back = self.back.get(tile, at);
                    let mut sum = V::load(back);
                    for r in 0..R {
                        let u = formula.of(xs[r][a], y, of_u[a]);
                        if FORWARD {
                            sums[r][a] = u.mul_add(coefficients.get(t, r), sums[r][a]);
                        }
                        let u = if KIND == TIMES { u * vs[r][a] } else { u };
                        sum = u.mul_add(coefficients.get(t, c + r), sum);
                    }
                    if is_with {
                        let v = if FORWARD { of_y.get(tile, at) } else { y };
                        let v = if KIND == WITH_WEIGHTS { v * of_v[a] } else { v };
                        for r in 0..R {
                            let h = coefficients.get(t, h + r);
                            if FORWARD {
                                sums[r][a] = h.mul_add(v, sums[r][a]);
                            }
                            sum = h.mul_add(vs[r][a], sum);
                        }
                    }
                    sum.store(back);
                }
            }
        }
        if FORWARD {
            for r in 0..R {
                for a in 0..A {
                    sums[r][a].store(self.to.get(r, (first + a) * of_tile));
                }
            }
        }
    }
}
