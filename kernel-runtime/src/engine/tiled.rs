//! Sums over coordinates, and over points y, of points y and vectors in tiles: the loops of a
//! [product](super::multiply).

use super::fill::{Fill, Formula};
use super::packed::line;
use super::reduce::ROWS;
use crate::lane::{Grid, GridMut, Task, Vector, Vectors, VectorsMut};
use crate::real::{Lane, Real};

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

    /// Those of points from `first` on.
    #[inline(always)]
    pub fn since(&self, first: usize) -> Self {
        Self { numbers: self.row(first), stride: self.stride }
    }
}

/// Products of a factor with a vector, known for the factor with one number before others are made.
pub type Dots<'a, S> = Option<(usize, ByRows<'a, S>)>;

/// Those of the factor with this number and of point x number r of the `rows` from `first` on: known, or made.
#[inline(always)]
pub fn dots_of<'a, S>(
    known: Dots<'a, S>,
    made: &'a [S],
    number: usize,
    [first, r, rows]: [usize; 3],
    columns: usize,
) -> &'a [S] {
    match known {
        Some((known, dots)) if known == number => &dots.row(first + r)[..columns],
        _ => &made[(number * rows + r) * columns..][..columns],
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
pub fn tiled<V: Vector>(v: usize, d: usize, i: usize) -> usize {
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

/// to + c v, number by number.
#[inline(always)]
pub fn add_scaled<V: Vector>(c: &[V::Scalar], v: V::Scalar, to: &mut [V::Scalar]) {
    let count = c.len() / V::LANES;
    let (c, v, mut to) = (Vectors::<V>::new(c, count), V::splat(v), VectorsMut::<V>::new(to, count));
    for k in 0..count {
        let to = to.get(k);
        c.get(k).mul_add(v, V::load(to)).store(to);
    }
}

/// to(i) + c u, number by number, for coordinate i of numbers in tiles.
#[inline(always)]
pub fn add_to_tiled<V: Vector>(c: &[V::Scalar], u: &[V::Scalar], d: usize, i: usize, tiles: &mut [V::Scalar]) {
    let count = c.len() / V::LANES;
    let (c, u, mut tiles) =
        (Vectors::<V>::new(c, count), Vectors::<V>::new(u, count), VectorsMut::<V>::new(tiles, count * d));
    for k in 0..count {
        let to = tiles.get(tiled::<V>(k, d, i));
        c.get(k).mul_add(u.get(k), V::load(to)).store(to);
    }
}

/// The sum of all lanes, by halves.
#[inline(always)]
fn total<V: Vector<Scalar: Real>>(lanes: V) -> V::Scalar {
    let mut sums = [V::Scalar::of(0.0); 16];
    lanes.store(&mut sums[..V::LANES]);
    let mut count = V::LANES;
    while count > 1 {
        count /= 2;
        for i in 0..count {
            sums[i] += sums[i + count];
        }
    }
    sums[0]
}

/// The sums of lines, by halves.
pub struct Totals<'a, S> {
    pub lines: &'a [S],
    pub to: &'a mut [S],
}

impl<S: Real> Task<S> for Totals<'_, S> {
    type Output = ();

    #[inline(always)]
    fn run<V: Vector<Scalar = S>>(self) {
        let of_line = line::<S>() / V::LANES;
        let lines = Grid::<V>::new(self.lines, self.to.len(), of_line, of_line);
        for (i, to) in self.to.iter_mut().enumerate() {
            let mut sums = [V::of(0.0); 8];
            let mut count = of_line;
            for (k, sum) in sums.iter_mut().take(of_line).enumerate() {
                *sum = lines.get(i, k);
            }
            while count > 1 {
                count /= 2;
                for k in 0..count {
                    sums[k] = sums[k] + sums[k + count];
                }
            }
            *to = total(sums[0]);
        }
    }
}

/// Of so many vectors of points y the sums are kept in registers together: with those of [`ROWS`](super::reduce::ROWS)
/// points x as many as wide registers are, or half of them where there are half as many.
#[inline(always)]
pub const fn together<V: Vector>() -> usize {
    if V::LANES == line::<V::Scalar>() { 2 } else { 1 }
}

/// Goes through `$count` of something, as many as [`together`] at a time: `$FEW` from `$first` on.
macro_rules! by_few {
    ($V:ident, $count:expr, |$first:ident, $FEW:ident| $run:expr) => {
        let (mut $first, count) = (0, $count);
        if together::<$V>() == 2 {
            const $FEW: usize = 2;
            while $first + $FEW <= count {
                $run;
                $first += $FEW;
            }
        }
        while $first < count {
            const $FEW: usize = 1;
            $run;
            $first += $FEW;
        }
    };
}
pub(super) use by_few;

/// Sums over coordinates for `R` points x: Σ_i u(i) V(i) for each point y, of vectors V by these; or by points x, if
/// there are some.
pub struct Dot<'a, S, const R: usize> {
    pub x: ByRows<'a, S>,
    pub d: usize,
    pub y: &'a [S],
    pub v: &'a [S],
    pub of_x: Option<ByRows<'a, S>>,
    pub columns: usize,
    /// Those of the next x from `columns` on
    pub to: &'a mut [S],
}

impl<S: Real, const R: usize> Fill<S> for Dot<'_, S, R> {
    #[inline(always)]
    fn fill<V: Vector<Scalar = S>>(mut self, formula: impl Formula, weights: &[S]) {
        let count = self.columns / V::LANES;
        if R == ROWS && self.of_x.is_some() {
            by_few!(V, count, |first, FEW| self.vectors::<V, FEW, true>(first, formula, weights));
        } else {
            by_few!(V, count, |first, FEW| self.vectors::<V, FEW, false>(first, formula, weights));
        }
    }
}

impl<S: Real, const R: usize> Dot<'_, S, R> {
    #[inline(always)]
    #[allow(clippy::needless_range_loop, reason = "registers beside numbers")]
    fn vectors<V: Vector<Scalar = S>, const T: usize, const OF_X: bool>(
        &mut self,
        first: usize,
        formula: impl Formula,
        weights: &[S],
    ) {
        let (d, of_tile) = (self.d, line::<S>() / V::LANES);
        let (mut x, mut at) = ([self.x.row(0); R], [0; T]);
        let mut of_x = x;
        for r in 0..R {
            x[r] = &self.x.row(r)[..d];
            of_x[r] = &self.of_x.unwrap_or(self.x).row(r)[..d];
        }
        for t in 0..T {
            at[t] = tiled::<V>(first + t, d, 0);
        }
        let weights = if weights.is_empty() { x[0] } else { &weights[..d] };
        let (y, v) = (Vectors::<V>::all(self.y), Vectors::<V>::all(self.v));
        let mut sums = [[V::of(0.0); T]; R];
        for i in 0..d {
            let weight = V::splat(weights[i]);
            for t in 0..T {
                let y = y.get(at[t] + i * of_tile);
                let v = if OF_X { y } else { v.get(at[t] + i * of_tile) };
                for r in 0..R {
                    let v = if OF_X { V::splat(of_x[r][i]) } else { v };
                    sums[r][t] = formula.of(V::splat(x[r][i]), y, weight).mul_add(v, sums[r][t]);
                }
            }
        }
        for r in 0..R {
            for t in 0..T {
                sums[r][t].store(&mut self.to[r * self.columns + (first + t) * V::LANES..]);
            }
        }
    }
}

/// What is summed over points y.
#[derive(Clone, Copy)]
pub enum Summed<'a, S> {
    /// c u(i)
    Factor,
    /// c u(i) V(i)
    Times(&'a [S]),
    /// c u(i) + h w(i) V(i), w(i) = 1 if there are no weights
    With { v: &'a [S], weights: &'a [S] },
}

/// Sums over points y for `R` points x, added lane by lane and for each coordinate.
pub struct Sum<'a, S, const R: usize> {
    pub x: ByRows<'a, S>,
    pub d: usize,
    pub y: &'a [S],
    /// Vector t of c of all points x, then of h of all points x, for each t: a loop over t has one place to read from
    pub coefficients: &'a [S],
    pub columns: usize,
    pub summed: Summed<'a, S>,
    pub to: &'a mut [S],
    /// Where those of the next x begin
    pub stride: usize,
}

const FACTOR: usize = 0;
const TIMES: usize = 1;
const WITH: usize = 2;
const WITH_WEIGHTS: usize = 3;

impl<S: Real, const R: usize> Fill<S> for Sum<'_, S, R> {
    #[inline(always)]
    fn fill<V: Vector<Scalar = S>>(mut self, formula: impl Formula, weights: &[S]) {
        match self.summed {
            Summed::Factor => self.all::<V, FACTOR>(formula, weights),
            Summed::Times(_) => self.all::<V, TIMES>(formula, weights),
            Summed::With { weights: [], .. } => self.all::<V, WITH>(formula, weights),
            Summed::With { .. } => self.all::<V, WITH_WEIGHTS>(formula, weights),
        }
    }
}

impl<S: Real, const R: usize> Sum<'_, S, R> {
    #[inline(always)]
    #[allow(clippy::needless_range_loop, reason = "registers beside numbers")]
    fn all<V: Vector<Scalar = S>, const KIND: usize>(&mut self, formula: impl Formula, weights: &[S]) {
        let (d, of_tile, tiles) = (self.d, line::<S>() / V::LANES, self.columns / line::<S>());
        let (v, own) = match self.summed {
            Summed::Factor => (self.y, &[][..]),
            Summed::Times(v) => (v, &[][..]),
            Summed::With { v, weights } => (v, weights),
        };
        let of_each = if KIND == WITH || KIND == WITH_WEIGHTS { 2 * R } else { R };
        let mut x = [self.x.row(0); R];
        for r in 0..R {
            x[r] = &self.x.row(r)[..d];
        }
        let mut by_kind = OfKind::<'_, V, R, KIND> {
            x,
            d,
            y: Grid::new(self.y, tiles, d * of_tile, d * of_tile),
            v: Grid::new(v, tiles, d * of_tile, d * of_tile),
            coefficients: Grid::new(self.coefficients, tiles * of_tile, of_each, of_each),
            weights: if weights.is_empty() { x[0] } else { &weights[..d] },
            own: if own.is_empty() { x[0] } else { &own[..d] },
            to: GridMut::new(self.to, R, d * of_tile, self.stride / V::LANES),
        };
        by_few!(V, d, |first, FEW| by_kind.coordinates::<FEW>(first, formula));
    }
}

/// What is read, and added to.
struct OfKind<'a, V: Vector, const R: usize, const KIND: usize> {
    x: [&'a [V::Scalar]; R],
    d: usize,
    y: Grid<'a, V>,
    v: Grid<'a, V>,
    coefficients: Grid<'a, V>,
    /// Those of u, and of what V is multiplied with, or anything
    weights: &'a [V::Scalar],
    own: &'a [V::Scalar],
    to: GridMut<'a, V>,
}

impl<V: Vector<Scalar: Real>, const R: usize, const KIND: usize> OfKind<'_, V, R, KIND> {
    /// `A` coordinates, whose sums stay in registers.
    #[inline(always)]
    #[allow(clippy::needless_range_loop, reason = "registers beside numbers")]
    fn coordinates<const A: usize>(&mut self, first: usize, formula: impl Formula) {
        let of_tile = line::<V::Scalar>() / V::LANES;
        let (y, v, coefficients) = (self.y, self.v, self.coefficients);
        let (mut sums, mut xs) = ([[V::of(0.0); A]; R], [[V::of(0.0); A]; R]);
        let (mut of_u, mut of_v) = ([V::of(1.0); A], [V::of(1.0); A]);
        assert!(first + A <= self.d, "more coordinates than there are");
        for a in 0..A {
            of_u[a] = V::splat(self.weights[first + a]);
            of_v[a] = V::splat(self.own[first + a]);
            for r in 0..R {
                xs[r][a] = V::splat(self.x[r][first + a]);
                sums[r][a] = V::load(self.to.get(r, (first + a) * of_tile));
            }
        }
        for tile in 0..y.rows() {
            for k in 0..of_tile {
                let t = tile * of_tile + k;
                for a in 0..A {
                    let at = (first + a) * of_tile + k;
                    let (y, v) = (y.get(tile, at), v.get(tile, at));
                    let v = if KIND == WITH_WEIGHTS { v * of_v[a] } else { v };
                    for r in 0..R {
                        if KIND == WITH || KIND == WITH_WEIGHTS {
                            sums[r][a] = coefficients.get(t, R + r).mul_add(v, sums[r][a]);
                        }
                        let u = formula.of(xs[r][a], y, of_u[a]);
                        let u = if KIND == TIMES { u * v } else { u };
                        sums[r][a] = u.mul_add(coefficients.get(t, r), sums[r][a]);
                    }
                }
            }
        }
        for r in 0..R {
            for a in 0..A {
                sums[r][a].store(self.to.get(r, (first + a) * of_tile));
            }
        }
    }
}
