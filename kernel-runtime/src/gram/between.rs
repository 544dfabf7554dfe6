//! The vectors that stand beside the blocks of a Gram matrix, or the weights of its entries, as the engine wants them.

use ndarray::{Array2, ArrayView2, s};

use crate::engine::{Between, ByTiles, Packed, Pairs, Places, line};
use crate::real::Real;

/// Pairs of vectors for a matrix with derivatives: for each pair of columns u has numbers of a point x, v of a point y.
pub(super) struct Columnwise<'a, S: Real> {
    u: ArrayView2<'a, S>,
    v: Vec<ByPoints<S>>,
    left: Places,
}

impl<'a, S: Real> Columnwise<'a, S> {
    pub(super) fn new([u, v]: [ArrayView2<'a, S>; 2], m: usize, [left, right]: [Places; 2]) -> Self {
        let columns = (0..v.ncols()).map(|k| v.slice(s![.., k..=k]));
        Self { u, v: columns.map(|column| ByPoints::new(&column, m, &right)).collect(), left }
    }
}

impl<S: Real> Between<S> for Columnwise<'_, S> {
    fn count(&self) -> usize {
        self.v.len()
    }

    fn lengths(&self) -> [usize; 2] {
        [self.left.count, 0]
    }

    fn at<'s>(&'s self, pairs: Pairs, k: usize, [memory, _]: [&'s mut [S]; 2]) -> [ByTiles<'s, S>; 2] {
        let numbers = self.left.places.len();
        let u = self.u.slice(s![pairs.point * numbers..(pairs.point + 1) * numbers, k]);
        [ByTiles::of_all(&self.left, u.into_iter().copied(), memory), self.v[k].since(pairs.first)]
    }
}

/// The same for a matrix of values, all columns at once.
pub(super) struct Together<'a, S: Real> {
    u: ArrayView2<'a, S>,
    v: ByPoints<S>,
    columns: Places,
}

impl<'a, S: Real> Together<'a, S> {
    pub(super) fn new([u, v]: [ArrayView2<'a, S>; 2], m: usize) -> Self {
        let columns = Places { places: (0..u.ncols()).collect(), count: u.ncols() };
        Self { u, v: ByPoints::new(&v, m, &columns), columns }
    }
}

impl<S: Real> Between<S> for Together<'_, S> {
    fn count(&self) -> usize {
        usize::from(self.columns.count > 0)
    }

    fn lengths(&self) -> [usize; 2] {
        [self.columns.count, 0]
    }

    fn at<'s>(&'s self, pairs: Pairs, _: usize, [memory, _]: [&'s mut [S]; 2]) -> [ByTiles<'s, S>; 2] {
        let u = self.u.row(pairs.point);
        [ByTiles::of_all(&self.columns, u.into_iter().copied(), memory), self.v.since(pairs.first)]
    }
}

/// A matrix of weights for one with derivatives by y: each of its rows is a vector v, beside a unit vector u.
pub(super) struct ByRow<'a, S> {
    pub(super) w: ArrayView2<'a, S>,
    pub(super) sides: [Places; 2],
}

impl<S: Real> Between<S> for ByRow<'_, S> {
    fn count(&self) -> usize {
        self.sides[0].places.len()
    }

    fn lengths(&self) -> [usize; 2] {
        [self.sides[0].count, self.sides[1].count]
    }

    fn at<'s>(&'s self, pairs: Pairs, k: usize, [unit, memory]: [&'s mut [S]; 2]) -> [ByTiles<'s, S>; 2] {
        let [left, right] = &self.sides;
        let [rows, columns] = [left, right].map(|side| side.places.len());
        let unit = ByTiles::of_all(left, (0..rows).map(|e| S::of(f64::from(u8::from(e == k)))), unit);
        let of_pairs = pairs.first * columns..(pairs.first + pairs.columns) * columns;
        let row = self.w.slice(s![pairs.point * rows + k, of_pairs]);
        let numbers = |e: usize| row.slice_move(s![e..; columns]).into_iter().copied();
        [unit, ByTiles::packed(right, pairs.columns, numbers, memory)]
    }
}

/// A matrix of weights for one with values of y: its numbers of a pair are a vector u, beside v = 1.
pub(super) struct ByPair<'a, S> {
    pub(super) w: ArrayView2<'a, S>,
    pub(super) sides: [Places; 2],
}

impl<S: Real> Between<S> for ByPair<'_, S> {
    fn count(&self) -> usize {
        1
    }

    fn lengths(&self) -> [usize; 2] {
        [self.sides[0].count, self.sides[1].count]
    }

    fn at<'s>(&'s self, pairs: Pairs, _: usize, [memory, one]: [&'s mut [S]; 2]) -> [ByTiles<'s, S>; 2] {
        let [left, right] = &self.sides;
        let (first, of_pairs) = (pairs.point * left.places.len(), pairs.first..pairs.first + pairs.columns);
        let numbers = |e: usize| self.w.slice_move(s![first + e, of_pairs.clone()]).into_iter().copied();
        [
            ByTiles::packed(left, pairs.columns, numbers, memory),
            ByTiles::of_all(right, std::iter::once(S::of(1.0)), one),
        ]
    }
}

/// Vectors by points y, in tiles.
struct ByPoints<S> {
    numbers: Packed<S>,
    m: usize,
    count: usize,
}

impl<S: Real> ByPoints<S> {
    /// Of m points, whose numbers stand in v row by row.
    fn new(v: &ArrayView2<'_, S>, m: usize, places: &Places) -> Self {
        let mut all = Array2::from_elem((m, places.count), S::of(0.0));
        let of_points = v.iter().zip((0..m).flat_map(|j| places.places.iter().map(move |&place| [j, place])));
        for (&number, place) in of_points {
            all[place] += number;
        }
        let is_empty = all.is_empty();
        let numbers = if is_empty { Packed::default() } else { Packed::with_zeros(&all.view()) };
        Self { numbers, m, count: places.count }
    }

    /// From point `first` on, which begins a tile.
    fn since(&self, first: usize) -> ByTiles<'_, S> {
        ByTiles { numbers: &self.numbers.tiles(0, self.m)[first * self.count..], step: self.count * line::<S>() }
    }
}
