//! The vectors that stand beside the blocks of a Gram matrix, or the weights of its entries, as the engine wants them.

use ndarray::{ArrayView2, s};

use crate::engine::{Between, ByTiles, Packed, Pairs, line};
use crate::real::Real;

/// Numbers of points y, those of one after those of the other, in tiles.
fn tiles<S: Real>(numbers: impl Iterator<Item = S>, m: usize, count: usize) -> Packed<S> {
    if m == 0 || count == 0 {
        return Packed::default();
    }
    let numbers: Vec<S> = numbers.collect();
    Packed::with_zeros(&ArrayView2::from_shape((m, count), &numbers).expect("as many as the matrix has columns"))
}

/// Pairs of vectors for a matrix with derivatives: for each pair of columns u has numbers of a point x, v of a point y.
pub(super) struct Columnwise<'a, S: Real> {
    u: ArrayView2<'a, S>,
    v: Vec<Packed<S>>,
    /// How many numbers a point x has, and a point y.
    sides: [usize; 2],
    m: usize,
}

impl<'a, S: Real> Columnwise<'a, S> {
    pub(super) fn new([u, v]: [ArrayView2<'a, S>; 2], m: usize, sides: [usize; 2]) -> Self {
        let v = v.columns().into_iter().map(|v| tiles(v.iter().copied(), m, sides[1])).collect();
        Self { u, v, sides, m }
    }
}

impl<S: Real> Between<S> for Columnwise<'_, S> {
    fn count(&self) -> usize {
        self.v.len()
    }

    fn lengths(&self) -> [usize; 2] {
        [self.sides[0], 0]
    }

    fn at<'s>(&'s self, pairs: Pairs, k: usize, [memory, _]: [&'s mut [S]; 2]) -> [ByTiles<'s, S>; 2] {
        let [rows, columns] = self.sides;
        let first = pairs.point * rows;
        let u = self.u.slice(s![first..first + rows, k]);
        [ByTiles::of_all(u.into_iter().copied(), memory), since(&self.v[k], self.m, pairs.first, columns)]
    }
}

/// Those of points y from `first` on, which begins a tile.
fn since<S: Real>(v: &Packed<S>, m: usize, first: usize, count: usize) -> ByTiles<'_, S> {
    ByTiles { numbers: &v.tiles(0, m)[first * count..], step: count * line::<S>() }
}

/// The same for a matrix of values, all columns at once.
pub(super) struct Together<'a, S: Real> {
    u: ArrayView2<'a, S>,
    v: Packed<S>,
    m: usize,
}

impl<'a, S: Real> Together<'a, S> {
    pub(super) fn new([u, v]: [ArrayView2<'a, S>; 2], m: usize) -> Self {
        Self { u, v: tiles(v.iter().copied(), m, v.ncols()), m }
    }
}

impl<S: Real> Between<S> for Together<'_, S> {
    fn count(&self) -> usize {
        usize::from(self.u.ncols() > 0)
    }

    fn lengths(&self) -> [usize; 2] {
        [self.u.ncols(), 0]
    }

    fn at<'s>(&'s self, pairs: Pairs, _: usize, [memory, _]: [&'s mut [S]; 2]) -> [ByTiles<'s, S>; 2] {
        let u = self.u.row(pairs.point);
        [ByTiles::of_all(u.into_iter().copied(), memory), since(&self.v, self.m, pairs.first, self.u.ncols())]
    }
}

/// A matrix of weights for one with derivatives by y: each of its rows is a vector v, beside a unit vector u.
pub(super) struct ByRow<'a, S> {
    pub(super) w: ArrayView2<'a, S>,
    /// How many numbers a point x has, and a point y.
    pub(super) sides: [usize; 2],
}

impl<S: Real> Between<S> for ByRow<'_, S> {
    fn count(&self) -> usize {
        self.sides[0]
    }

    fn lengths(&self) -> [usize; 2] {
        self.sides
    }

    fn at<'s>(&'s self, pairs: Pairs, k: usize, [unit, memory]: [&'s mut [S]; 2]) -> [ByTiles<'s, S>; 2] {
        let [rows, columns] = self.sides;
        let unit = ByTiles::of_all((0..rows).map(|e| S::of(f64::from(u8::from(e == k)))), unit);
        let row = self.w.row(pairs.point * rows + k);
        let of_pairs = row.slice_move(s![pairs.first * columns..(pairs.first + pairs.columns) * columns]);
        let numbers = |e: usize| of_pairs.slice_move(s![e..; columns]).into_iter().copied();
        [unit, ByTiles::packed([columns, pairs.columns], numbers, memory)]
    }
}

/// A matrix of weights for one with values of y: its numbers of a pair are a vector u, beside v = 1.
pub(super) struct ByPair<'a, S> {
    pub(super) w: ArrayView2<'a, S>,
    /// How many numbers a point x has.
    pub(super) of_point: usize,
}

impl<S: Real> Between<S> for ByPair<'_, S> {
    fn count(&self) -> usize {
        1
    }

    fn lengths(&self) -> [usize; 2] {
        [self.of_point, 1]
    }

    fn at<'s>(&'s self, pairs: Pairs, _: usize, [memory, one]: [&'s mut [S]; 2]) -> [ByTiles<'s, S>; 2] {
        let first = pairs.point * self.of_point;
        let numbers = |e: usize| {
            let of_pairs = self.w.slice_move(s![first + e, pairs.first..pairs.first + pairs.columns]);
            of_pairs.into_iter().copied()
        };
        [
            ByTiles::packed([self.of_point, pairs.columns], numbers, memory),
            ByTiles::of_all(std::iter::once(S::of(1.0)), one),
        ]
    }
}
