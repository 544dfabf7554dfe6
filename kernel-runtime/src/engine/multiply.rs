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

use super::coefficients::{COEFFICIENTS, Order};
use super::factors::{Factors, Fill, Formula, One, Pair};
use super::packed::{line, whole_lines};
use super::slices::product;
use crate::kernel::Shape;
use crate::lane::{Task, Vector, Vectors, VectorsMut};
use crate::real::Real;

/// Which of the numbers that a point has in a vector: that of the value, those of the gradient, or both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entries {
    pub value: bool,
    pub gradient: bool,
}

impl Entries {
    /// How many numbers a point of d coordinates has.
    pub fn count(self, d: usize) -> usize {
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
    pub fn from_point(&self, first: usize, d: usize) -> Self {
        let values = self.values.get(first..).unwrap_or_default();
        Self { values, gradients: self.gradients.get(first * d..).unwrap_or_default() }
    }
}

/// One point x and points y, whose coefficients are known, with one vector.
pub struct Multiply<'a, S> {
    pub shape: Shape,
    pub factors: &'a Factors<'a, S>,
    /// Terms e_t(a, b) of a pair, see [`Dense`](super::expand::Dense)
    pub dense: Option<&'a super::expand::Dense<'a, S>>,
    /// Of the product
    pub left: Entries,
    /// The point, and zeros to the end of the last vector.
    pub x: &'a [S],
    pub d: usize,
    /// The points in tiles, at most [`columns`].
    pub tiles: &'a [S],
    /// The points one behind the other, and a line more
    pub y: &'a [S],
    pub coefficients: &'a [S],
    /// How many points y there are.
    pub columns: usize,
    pub vector: ByPoints<'a, S>,
    /// Sums over y of each lane: of the value, then of each coordinate of the gradient, a line for each.
    pub sums: &'a mut [S],
    /// [`scratch`] numbers.
    pub scratch: &'a mut [S],
}

/// How many points y are taken at a time: what is made for all coordinates stays near.
pub fn columns<S>(shape: Shape, d: usize) -> usize {
    let arrays = if shape.custom_factors || shape.off_diagonal { shape.x + shape.y + shape.diagonal } else { 0 };
    let most = (1 << 14) / (d * arrays).max(1);
    (most - most % line::<S>()).clamp(line::<S>(), COEFFICIENTS)
}

/// How many numbers [`Multiply`] needs beside the sums.
pub fn scratch<S>(shape: Shape, d: usize) -> usize {
    let columns = columns::<S>(shape, d);
    let arrays = if shape.custom_factors || shape.off_diagonal { shape.x + shape.y + shape.diagonal } else { 0 };
    let dense = if shape.dense > 0 { d * whole_lines::<S>(d) + whole_lines::<S>(d) } else { 0 };
    whole_lines::<S>(arrays * d * columns + (shape.y + 1) * columns + dense)
}

impl<S: Real> Task<S> for Multiply<'_, S> {
    type Output = ();

    #[inline(always)]
    fn run<V: Vector<Scalar = S>>(mut self) {
        let (order, columns) = (Order::new(self.shape), whole_lines::<S>(self.columns));
        let (all, scratch) = (self.coefficients, std::mem::take(&mut self.scratch));
        let (x_count, y_count) = (self.factors.x.len(), self.factors.y.len());
        let coefficient = |number: usize| &all[number * COEFFICIENTS..][..columns];
        let values = self.vector.values.get(..columns);
        let gradients = self.vector.gradients.get(..columns * self.d);
        let (dots, rest) = scratch.split_at_mut(y_count * columns);
        let (weights, rest) = rest.split_at_mut(columns);
        let by_arrays = self.factors.own.is_some() || self.shape.off_diagonal;
        let made = if by_arrays { (x_count + y_count + self.factors.diagonal.len()) * self.d * columns } else { 0 };
        let (arrays, rest) = rest.split_at_mut(made);
        if by_arrays {
            self.fill_arrays::<V>(columns, arrays);
        }
        if let Some(gradients) = gradients {
            for (q, dot) in dots.chunks_exact_mut(columns).enumerate() {
                if by_arrays {
                    dot.fill(S::of(0.0));
                    for i in 0..self.d {
                        let g = &arrays[((x_count + q) * self.d + i) * columns..][..columns];
                        add_tiled::<V>(g, gradients, self.d, i, dot);
                    }
                } else {
                    dot.fill(S::of(0.0));
                    let dot = Dot { x: &self.x[..self.d], y: self.tiles, v: gradients, to: dot };
                    self.factors.y[q].fill::<V>(dot);
                }
            }
        }
        if self.left.value {
            let to = &mut self.sums[..line::<S>()];
            if let Some(values) = values {
                add_sum::<V>(coefficient(0), values, to);
            }
            for (q, dot) in dots.chunks_exact(columns).enumerate().filter(|_| gradients.is_some()) {
                add_sum::<V>(coefficient(order.grad_y + q), dot, to);
            }
        }
        if !self.left.gradient {
            return;
        }
        for p in 0..x_count {
            match values {
                Some(values) => product::<V, false>(coefficient(order.grad_x + p), values, weights),
                None => weights.fill(S::of(0.0)),
            }
            for (q, dot) in dots.chunks_exact(columns).enumerate().filter(|_| gradients.is_some()) {
                product::<V, true>(coefficient(order.rank + p * self.shape.y + q), dot, weights);
            }
            let to = &mut self.sums[line::<S>()..];
            if by_arrays {
                for i in 0..self.d {
                    let f = &arrays[(p * self.d + i) * columns..][..columns];
                    add_sum::<V>(f, weights, &mut to[i * line::<S>()..]);
                }
            } else {
                let sum = Sum { x: &self.x[..self.d], y: self.tiles, c: weights, v: None, to };
                self.factors.x[p].fill::<V>(sum);
            }
        }
        let Some(gradients) = gradients else { return };
        for e in 0..self.factors.diagonal.len() {
            let (c, to) = (coefficient(order.diagonal + e), &mut self.sums[line::<S>()..]);
            if by_arrays {
                for i in 0..self.d {
                    let h = &arrays[((x_count + y_count + e) * self.d + i) * columns..][..columns];
                    product::<V, false>(c, h, weights);
                    sum_tiled::<V>(weights, gradients, self.d, i, &mut to[i * line::<S>()..]);
                }
            } else {
                let sum = Sum { x: &self.x[..self.d], y: self.tiles, c, v: Some(gradients), to };
                self.factors.diagonal[e].fill::<V>(sum);
            }
        }
        if self.shape.off_diagonal {
            for (p, q) in (0..x_count).flat_map(|p| (0..y_count).map(move |q| (p, q))) {
                let c = coefficient(order.off_diagonal + p * self.shape.y + q);
                for i in 0..self.d {
                    let f = &arrays[(p * self.d + i) * columns..][..columns];
                    let g = &arrays[((x_count + q) * self.d + i) * columns..][..columns];
                    let to = &mut self.sums[(1 + i) * line::<S>()..];
                    product::<V, false>(c, f, weights);
                    add_sum::<V>(weights, &dots[q * columns..][..columns], to);
                    for (w, g) in weights.iter_mut().zip(g) {
                        *w = -(*w * *g);
                    }
                    sum_tiled::<V>(weights, gradients, self.d, i, to);
                }
            }
        }
        self.add_dense(gradients, rest);
    }
}

impl<S: Real> Multiply<'_, S> {
    /// All factors by coordinates: number k of coordinate i from `(k * d + i) * columns` on.
    #[inline(always)]
    fn fill_arrays<V: Vector<Scalar = S>>(&self, columns: usize, arrays: &mut [S]) {
        let (d, x) = (self.d, &self.x[..self.d]);
        if let Some(fill) = self.factors.own {
            for i in 0..d {
                let (y, coefficients, stride) = (self.tiles, self.coefficients, d * columns);
                let pair = Pair::Across { i, x, y, coefficients, column: 0, stride };
                fill(pair, arrays.get_mut(i * columns..).unwrap_or_default());
            }
            return;
        }
        let all = &self.factors;
        for (k, factor) in all.x.iter().chain(&all.y).chain(&all.diagonal).enumerate() {
            let to = &mut arrays[k * d * columns..][..d * columns];
            factor.fill::<V>(super::factors::AcrossPairs { x, y: self.tiles, to, stride: columns });
        }
    }

    /// Terms of all pairs of coordinates.
    #[inline(always)]
    fn add_dense(&mut self, gradients: &[S], scratch: &mut [S]) {
        let Some(fill) = self.dense else { return };
        let (d, width) = (self.d, whole_lines::<S>(self.d));
        for column in 0..self.columns {
            let pair = One { x: self.x, y: &self.y[column * d..], coefficients: self.coefficients, column };
            fill(pair, &mut scratch[..d * width]);
            let tile = &gradients[column / line::<S>() * line::<S>() * d + column % line::<S>()..];
            for (b, entries) in scratch.chunks_exact(width).take(d).enumerate() {
                let v = tile[b * line::<S>()];
                for (a, &entry) in entries[..d].iter().enumerate() {
                    self.sums[(1 + a) * line::<S>()] += entry * v;
                }
            }
        }
    }
}

/// to + Σ c u, lane by lane, of whole vectors.
#[inline(always)]
fn add_sum<V: Vector>(c: &[V::Scalar], u: &[V::Scalar], to: &mut [V::Scalar]) {
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
fn sum_tiled<V: Vector>(c: &[V::Scalar], tiles: &[V::Scalar], d: usize, i: usize, to: &mut [V::Scalar]) {
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
fn add_tiled<V: Vector>(c: &[V::Scalar], tiles: &[V::Scalar], d: usize, i: usize, to: &mut [V::Scalar]) {
    let count = c.len() / V::LANES;
    let (c, tiles, mut to) =
        (Vectors::<V>::new(c, count), Vectors::<V>::new(tiles, count * d), VectorsMut::<V>::new(to, count));
    for k in 0..count {
        let to = to.get(k);
        c.get(k).mul_add(tiles.get(tiled::<V>(k, d, i)), V::load(to)).store(to);
    }
}

/// Sums over coordinates: to + Σ_i u(i) V(i).
struct Dot<'a, S> {
    x: &'a [S],
    y: &'a [S],
    v: &'a [S],
    to: &'a mut [S],
}

/// So many vectors are summed at a time: each waits for the one before.
const AT_ONCE: usize = 4;

impl<S: Real> Fill<S> for Dot<'_, S> {
    #[inline(always)]
    fn fill<V: Vector<Scalar = S>>(self, formula: impl Formula, weights: &[S]) {
        let Self { x, y, v, to } = self;
        let (d, count) = (x.len(), to.len() / V::LANES);
        let (y, v) = (Vectors::<V>::new(y, count * d), Vectors::<V>::new(v, count * d));
        let mut to = VectorsMut::<V>::new(to, count);
        let weights = if weights.is_empty() { x } else { weights };
        for first in (0..count).step_by(AT_ONCE) {
            if first + AT_ONCE <= count {
                let mut sums = [V::of(0.0); AT_ONCE];
                for (i, (&x, &weight)) in x.iter().zip(weights).enumerate() {
                    let (x, weight) = (V::splat(x), V::splat(weight));
                    for (k, sum) in sums.iter_mut().enumerate() {
                        let at = tiled::<V>(first + k, d, i);
                        *sum = formula.of(x, y.get(at), weight).mul_add(v.get(at), *sum);
                    }
                }
                for (k, sum) in sums.into_iter().enumerate() {
                    sum.store(to.get(first + k));
                }
            } else {
                for k in first..count {
                    let mut sum = V::of(0.0);
                    for (i, (&x, &weight)) in x.iter().zip(weights).enumerate() {
                        let at = tiled::<V>(k, d, i);
                        sum = formula.of(V::splat(x), y.get(at), V::splat(weight)).mul_add(v.get(at), sum);
                    }
                    sum.store(to.get(k));
                }
            }
        }
    }
}

/// Sums over points y: to + Σ c u(i), or Σ c u(i) V(i), lane by lane and for each coordinate.
struct Sum<'a, S> {
    x: &'a [S],
    y: &'a [S],
    c: &'a [S],
    v: Option<&'a [S]>,
    to: &'a mut [S],
}

impl<S: Real> Fill<S> for Sum<'_, S> {
    #[inline(always)]
    fn fill<V: Vector<Scalar = S>>(self, formula: impl Formula, weights: &[S]) {
        let Self { x, y, c, v, to } = self;
        let (d, count) = (x.len(), c.len() / V::LANES);
        let (c, y) = (Vectors::<V>::new(c, count), Vectors::<V>::new(y, count * d));
        let v = v.map(|v| Vectors::<V>::new(v, count * d));
        let weights = if weights.is_empty() { x } else { weights };
        for ((i, (&x, &weight)), to) in x.iter().zip(weights).enumerate().zip(to.chunks_exact_mut(line::<S>())) {
            let (x, weight) = (V::splat(x), V::splat(weight));
            let (mut sum, mut other) = (V::load(to), V::of(0.0));
            for k in 0..count {
                let at = tiled::<V>(k, d, i);
                let u = formula.of(x, y.get(at), weight);
                let u = if let Some(v) = &v { u * v.get(at) } else { u };
                (sum, other) = (other, c.get(k).mul_add(u, sum));
            }
            (sum + other).store(to);
        }
    }
}
