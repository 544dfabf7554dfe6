//! Sums over coordinates, and over points y, of points y and vectors in tiles: the loops of a [product](super::multiply).

use super::fill::{Fill, Formula};
use super::packed::line;
use crate::lane::{Vector, Vectors, VectorsMut};
use crate::real::Real;

/// Numbers by points x, those of the next from `stride` on.
#[derive(Clone, Copy)]
pub struct ByRows<'a, S> {
    pub numbers: &'a [S],
    pub stride: usize,
}

impl<'a, S> ByRows<'a, S> {
    #[inline(always)]
    pub fn row(&self, r: usize) -> &'a [S] {
        &self.numbers[r * self.stride..]
    }
}

/// to + Σ c u, lane by lane, of whole vectors.
#[inline(always)]
pub fn add_sum<V: Vector>(c: &[V::Scalar], u: &[V::Scalar], to: &mut [V::Scalar]) {
    let count = c.len() / V::LANES;
    let (c, u) = (Vectors::<V>::new(c, count), Vectors::<V>::new(u, count));
    let (mut sum, mut other) = (V::load(to), V::of(0.0));
    for i in 0..count {
        (sum, other) = (other, c.get(i).mul_add(u.get(i), sum));
    }
    (sum + other).store(to);
}

/// Coordinate i of vectors in tiles.
#[inline(always)]
fn tiled<V: Vector>(v: usize, d: usize, i: usize) -> usize {
    let of_tile = line::<V::Scalar>() / V::LANES;
    (v / of_tile * d + i) * of_tile + v % of_tile
}

/// As [`add_sum`], for coordinate i of vectors in tiles.
#[inline(always)]
pub fn sum_tiled<V: Vector>(c: &[V::Scalar], tiles: &[V::Scalar], d: usize, i: usize, to: &mut [V::Scalar]) {
    let count = c.len() / V::LANES;
    let (c, tiles) = (Vectors::<V>::new(c, count), Vectors::<V>::new(tiles, count * d));
    let (mut sum, mut other) = (V::load(to), V::of(0.0));
    for k in 0..count {
        (sum, other) = (other, c.get(k).mul_add(tiles.get(tiled::<V>(k, d, i)), sum));
    }
    (sum + other).store(to);
}

/// to + c V(i), number by number, for coordinate i of vectors in tiles.
#[inline(always)]
pub fn add_tiled<V: Vector>(c: &[V::Scalar], tiles: &[V::Scalar], d: usize, i: usize, to: &mut [V::Scalar]) {
    let count = c.len() / V::LANES;
    let (c, tiles, mut to) =
        (Vectors::<V>::new(c, count), Vectors::<V>::new(tiles, count * d), VectorsMut::<V>::new(to, count));
    for k in 0..count {
        let to = to.get(k);
        c.get(k).mul_add(tiles.get(tiled::<V>(k, d, i)), V::load(to)).store(to);
    }
}

/// So many tiles are gone through together, coordinate by coordinate: the sum of each waits for itself, not for the others.
const TOGETHER: usize = 4;
/// Registers of a tile, at most.
const OF_TILE: usize = 4;

/// `T` tiles from tile `first` on.
#[inline(always)]
fn tiles<'a, V: Vector, const T: usize>(all: &Vectors<'a, V>, first: usize, d: usize) -> [Vectors<'a, V>; T] {
    let of_each = d * line::<V::Scalar>() / V::LANES;
    let mut tiles = [all.part(first * of_each, of_each); T];
    for (t, tile) in tiles.iter_mut().enumerate() {
        *tile = all.part((first + t) * of_each, of_each);
    }
    tiles
}

/// Goes through all tiles, most of them together.
macro_rules! by_tiles {
    ($self:ident.$group:ident::<$V:ident>($together:expr, $formula:ident, $weights:ident)) => {
        let (mut first, count) = (0, $self.columns / line::<S>());
        while first + $together <= count {
            $self.$group::<$V, { $together }>(first, $formula, $weights);
            first += $together;
        }
        while first < count {
            $self.$group::<$V, 1>(first, $formula, $weights);
            first += 1;
        }
    };
}

/// Sums over coordinates for `R` points x: Σ_i u(i) V(i) for each point y.
pub struct Dot<'a, S, const R: usize> {
    pub x: ByRows<'a, S>,
    pub d: usize,
    pub y: &'a [S],
    pub v: &'a [S],
    pub columns: usize,
    /// Those of the next x from `columns` on
    pub to: &'a mut [S],
}

impl<S: Real, const R: usize> Fill<S> for Dot<'_, S, R> {
    #[inline(always)]
    fn fill<V: Vector<Scalar = S>>(mut self, formula: impl Formula, weights: &[S]) {
        by_tiles!(self.group::<V>(2, formula, weights));
    }
}

impl<S: Real, const R: usize> Dot<'_, S, R> {
    #[inline(always)]
    #[allow(clippy::needless_range_loop, reason = "registers beside numbers")]
    fn group<V: Vector<Scalar = S>, const T: usize>(&mut self, first: usize, formula: impl Formula, weights: &[S]) {
        let (d, of_tile) = (self.d, line::<S>() / V::LANES);
        let mut x = [self.x.row(0); R];
        for r in 0..R {
            x[r] = &self.x.row(r)[..d];
        }
        let weights = if weights.is_empty() { x[0] } else { &weights[..d] };
        let y = tiles::<V, T>(&Vectors::all(self.y), first, d);
        let v = tiles::<V, T>(&Vectors::all(self.v), first, d);
        let mut sums = [[[V::of(0.0); OF_TILE]; T]; R];
        for i in 0..d {
            let weight = V::splat(weights[i]);
            for t in 0..T {
                for k in 0..of_tile {
                    let (y, v) = (y[t].get(i * of_tile + k), v[t].get(i * of_tile + k));
                    for r in 0..R {
                        sums[r][t][k] = formula.of(V::splat(x[r][i]), y, weight).mul_add(v, sums[r][t][k]);
                    }
                }
            }
        }
        for r in 0..R {
            for t in 0..T {
                for k in 0..of_tile {
                    sums[r][t][k].store(&mut self.to[r * self.columns + (first + t) * line::<S>() + k * V::LANES..]);
                }
            }
        }
    }
}

/// Sums over points y for `R` points x: to + Σ c u(i), or Σ c u(i) V(i), lane by lane and for each coordinate.
pub struct Sum<'a, S, const R: usize> {
    pub x: ByRows<'a, S>,
    pub d: usize,
    pub y: &'a [S],
    pub c: ByRows<'a, S>,
    pub columns: usize,
    pub v: Option<&'a [S]>,
    pub to: &'a mut [S],
    /// Where those of the next x begin
    pub stride: usize,
}

impl<S: Real, const R: usize> Fill<S> for Sum<'_, S, R> {
    #[inline(always)]
    fn fill<V: Vector<Scalar = S>>(mut self, formula: impl Formula, weights: &[S]) {
        by_tiles!(self.group::<V>(TOGETHER, formula, weights));
    }
}

impl<S: Real, const R: usize> Sum<'_, S, R> {
    #[inline(always)]
    #[allow(clippy::needless_range_loop, reason = "registers beside numbers")]
    fn group<V: Vector<Scalar = S>, const T: usize>(&mut self, first: usize, formula: impl Formula, weights: &[S]) {
        let (d, of_tile) = (self.d, line::<S>() / V::LANES);
        let mut x = [self.x.row(0); R];
        let mut c = [[[V::of(0.0); OF_TILE]; T]; R];
        for r in 0..R {
            x[r] = &self.x.row(r)[..d];
            for t in 0..T {
                for k in 0..of_tile {
                    c[r][t][k] = V::load(&self.c.row(r)[(first + t) * line::<S>() + k * V::LANES..]);
                }
            }
        }
        let weights = if weights.is_empty() { x[0] } else { &weights[..d] };
        let y = tiles::<V, T>(&Vectors::all(self.y), first, d);
        let v = tiles::<V, T>(&Vectors::all(self.v.unwrap_or(self.y)), first, d);
        let (step, of_row) = (line::<S>() / V::LANES, self.stride / V::LANES);
        let mut to = VectorsMut::<V>::new(self.to, (R - 1) * of_row + (d - 1) * step + 1);
        for i in 0..d {
            let weight = V::splat(weights[i]);
            let mut sums = [V::of(0.0); R];
            for r in 0..R {
                sums[r] = V::load(to.get(r * of_row + i * step));
            }
            for t in 0..T {
                for k in 0..of_tile {
                    let (y, v) = (y[t].get(i * of_tile + k), v[t].get(i * of_tile + k));
                    for r in 0..R {
                        let u = formula.of(V::splat(x[r][i]), y, weight);
                        let u = if self.v.is_some() { u * v } else { u };
                        sums[r] = c[r][t][k].mul_add(u, sums[r]);
                    }
                }
            }
            for r in 0..R {
                sums[r].store(to.get(r * of_row + i * step));
            }
        }
    }
}
