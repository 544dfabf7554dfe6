//! One task's share of a product: rows of some points x with all points y, a few at a time, as for a
//! [block](super::leaf).

use std::ops::Range;

use ndarray::{ArrayViewMut1, ArrayViewMut2};

use super::back::Back;
use super::coefficients::{COEFFICIENTS, Order};
use super::leaf::{Staged, pieces};
use super::multiply::{self, ByPoints, Entries, Multiply};
use super::packed::{line, whole_lines};
use super::reduce::{COLUMNS, ROWS};
use super::shared::{Pairing, Shared, SharedBack};
use super::tiled::{ByRows, Totals};
use crate::real::Real;

/// The products of a block with vectors.
pub struct Products<'a, S> {
    pub staged: Staged<'a, S>,
    /// Of the result
    pub left: Entries,
    /// Which of these numbers the result has
    pub places: &'a [usize],
    pub d: usize,
    /// How many points y there are.
    pub columns: usize,
    /// Those in tiles
    pub tiles: &'a [S],
    /// Those one behind the other, and a line more, if the block has derivatives
    pub points: &'a [S],
    pub vectors: &'a [ByPoints<'a, S>],
    /// What the transposed matrix is multiplied with, by points x, if it is
    pub of_x: &'a [ByPoints<'a, S>],
}

/// So many coordinates of points y, and of vectors by them, are near from the sums to the products.
const CACHED: usize = 1 << 13;
/// So many stay in the second cache, beside the sums.
const PANEL: usize = 1 << 16;
/// A panel has so many points at least, even where they do not stay there: sums over y are kept for each lane, eight
/// times the result, and begun and ended for each panel. With d = 512 panels of 128 points took a sixth longer.
const LEAST: usize = 256;

impl<S: Real> Products<'_, S> {
    /// The sum and the factor that are made together.
    fn pairing(&self) -> Option<Pairing> {
        let Staged { sums, shape, factors, .. } = self.staged;
        let usual = sums.own.is_none() && factors.own.is_none() && !shape.off_diagonal;
        let has_gradients = self.vectors.first().is_some_and(|vector| !vector.gradients.is_empty());
        if usual && has_gradients { Pairing::find(&sums.usual, &factors.y) } else { None }
    }

    /// How many points y all points x are multiplied with before the next come: what is read of them stays in the
    /// second cache, where points have not too many coordinates.
    fn panel(&self) -> usize {
        (PANEL / (self.d * self.vectors.len())).max(LEAST).next_multiple_of(self.together())
    }

    /// How many points y are gone through at a time.
    fn together(&self) -> usize {
        let most = CACHED / self.d;
        // Fewer than a stage takes at once are not worth reading the sums of all coordinates again.
        (most - most % line::<S>()).clamp(COEFFICIENTS, COLUMNS)
    }

    /// Writes the products of some points x, a column for each vector.
    pub fn write(&self, x: &[S], out: &mut ArrayViewMut2<'_, S>, memory: &mut Vec<S>) {
        let (entries, skip) = (self.places.len(), usize::from(!self.left.value));
        let panel = self.panel();
        let mut work = Work::new(self, memory, false);
        let blocks = || x.chunks(ROWS * self.d).enumerate();
        let panels = (0..self.columns).step_by(panel);
        for (start, (block, x)) in panels.flat_map(|start| blocks().map(move |block| (start, block))) {
            work.begin(x, self.d);
            self.pairs(&mut work, x, start..self.columns.min(start + panel), None);
            work.totals(self, x.len() / self.d, |r, v, totals| {
                for (e, place) in self.places.iter().enumerate() {
                    let out = &mut out[[(block * ROWS + r) * entries + e, v]];
                    let total = totals[skip + place];
                    *out = if start == 0 { total } else { *out + total };
                }
            });
        }
    }

    /// How many points a [panel](Panel) has.
    pub fn panel_of_both(&self) -> usize {
        // Points y, their vectors and what is added to by them, of both panels. With fewer points, sums over a panel
        // cost more than they are of; with more, fewer threads find work.
        let near = PANEL / (self.d * self.vectors.len());
        (self.columns / 32).max(LEAST).min(near.max(LEAST / 2)).next_multiple_of(line::<S>())
    }

    /// How many numbers the products of `points` points are, in a [`Panel`] of such entries.
    pub fn numbers(&self, points: usize, entries: Entries) -> usize {
        whole_lines::<S>(points) * entries.count(self.d) * self.vectors.len()
    }

    /// Adds the products of the pairs of one panel, each pair taken once.
    pub fn write_within(&self, x: &[S], panel: &mut Panel<'_, S>, memory: &mut Vec<S>) {
        let mut work = Work::new(self, memory, true);
        let end = panel.first + panel.count;
        for (r, x) in x[panel.first * self.d..end * self.d].chunks(ROWS * self.d).enumerate() {
            let row = panel.first + r * ROWS;
            // Points x are as near to each other as the points of a line: of those both halves are made.
            let line_end = end.min((row / line::<S>() + 1) * line::<S>());
            work.begin(x, self.d);
            self.pairs(&mut work, x, row / line::<S>() * line::<S>()..line_end, None);
            if line_end < end {
                work.vectors(self, row);
                self.pairs(&mut work, x, line_end..end, Some(panel));
            }
            panel.add(self, &mut work, row, x.len() / self.d);
        }
    }

    /// The same of the pairs of two panels, one of points x, a multiple of [`ROWS`], and one of points y.
    pub fn write_between(&self, x: &[S], above: &mut Panel<'_, S>, below: &mut Panel<'_, S>, memory: &mut Vec<S>) {
        let mut work = Work::new(self, memory, true);
        let rows = &x[above.first * self.d..(above.first + above.count) * self.d];
        for (r, x) in rows.chunks(ROWS * self.d).enumerate() {
            let row = above.first + r * ROWS;
            work.begin(x, self.d);
            work.vectors(self, row);
            self.pairs(&mut work, x, below.first..below.first + below.count, Some(below));
            above.add(self, &mut work, row, x.len() / self.d);
        }
    }

    /// Adds the products of a few points x with points y from the start of a line on, and those of the transposed
    /// blocks `back`.
    fn pairs(&self, work: &mut Work<'_, S>, x: &[S], columns: Range<usize>, mut back: Option<&mut Panel<'_, S>>) {
        let Staged { sums: reduced, outer, shape, factors, dense } = self.staged;
        let (d, level, slots, rows) = (self.d, reduced.level, reduced.stride(), x.len() / self.d);
        let Work { sums, dots, dots_back, coefficients, points, scratch, lanes, of_x, sizes, .. } = work;
        let Sizes { numbers, padded, of_vector, of_point, at_once, step } = *sizes;
        let points = ByRows { numbers: points, stride: padded };
        let pairing = self.pairing();
        let is_shared =
            pairing.filter(|pairing| back.is_some() && self.left.gradient && factors.is_shared(pairing.factor));
        let together = self.together();
        for first in columns.clone().step_by(together) {
            let count = together.min(columns.end - first);
            let y = &self.tiles[first * d..(first + whole_lines::<S>(count)) * d];
            if let Some(Pairing { slot, factor }) = pairing {
                let of_x = ByRows { numbers: of_x.get(ROWS..).unwrap_or_default(), stride: padded };
                let task = Shared {
                    sum: &reduced.usual[slot],
                    factor: &factors.y[factor],
                    x: points,
                    rows,
                    d,
                    y,
                    v: self.vectors[0].since(first, d).gradients,
                    columns: whole_lines::<S>(count),
                    sums: &mut sums[slot * COLUMNS..],
                    sums_stride: slots,
                    dots,
                    dots_stride: COLUMNS,
                    back: is_shared.map(|_| SharedBack { of_x, dots: dots_back }),
                };
                S::shared(level, task);
            }
            reduced.reduce_except(pairing.map(|pairing| pairing.slot), x, y, d, sums);
            for column in (0..count).step_by(at_once) {
                let columns = at_once.min(count - column);
                for (sums, to) in sums.chunks_exact(slots).zip(coefficients.chunks_exact_mut(numbers)).take(rows) {
                    outer(&sums[column..], whole_lines::<S>(columns), to);
                }
                for part in (0..columns).step_by(step) {
                    let (at, first) = (column + part, first + column + part);
                    let columns = step.min(columns - part);
                    for (v, vector) in self.vectors.iter().enumerate() {
                        let pairing = pairing.filter(|_| v == 0);
                        let known =
                            |pairing: Pairing, dots| (pairing.factor, ByRows { numbers: dots, stride: COLUMNS });
                        let of_x = of_x.get(v * ROWS * (1 + padded)..).unwrap_or_default();
                        let back = back.as_mut().map(|panel| {
                            let [to_values, to_gradients] = panel.since(self, v, first);
                            Back {
                                values: if self.left.value { &of_x[..ROWS] } else { &[] },
                                gradients: self
                                    .left
                                    .gradient
                                    .then_some(ByRows { numbers: &of_x[ROWS..], stride: padded }),
                                known: pairing.and(is_shared).map(|pairing| known(pairing, &dots_back[at..])),
                                to_values,
                                to_gradients,
                            }
                        });
                        let task = Multiply {
                            shape,
                            factors,
                            dense,
                            left: self.left,
                            rows,
                            x: points,
                            d,
                            tiles: &self.tiles[first * d..(first + whole_lines::<S>(columns)) * d],
                            y: self.points.get(first * d..).unwrap_or_default(),
                            coefficients: ByRows { numbers: &coefficients[part..], stride: numbers },
                            columns,
                            vector: vector.since(first, d),
                            known: pairing.map(|pairing| known(pairing, &dots[at..])),
                            back,
                            sums: &mut lanes[v * of_vector..],
                            sums_stride: of_point,
                            scratch,
                        };
                        S::multiply(level, task);
                    }
                }
            }
        }
    }
}

/// Products of points x or y, from point `first` on, which begins a line: for each vector the value of each point, then
/// the gradients, as far as there are some, in tiles.
pub struct Panel<'a, S> {
    pub first: usize,
    pub count: usize,
    pub entries: Entries,
    pub numbers: &'a mut [S],
}

impl<S: Real> Panel<'_, S> {
    /// Those by vector v, of points from `first` on: the values, and the gradients.
    fn since(&mut self, products: &Products<'_, S>, v: usize, first: usize) -> [&mut [S]; 2] {
        let points = whole_lines::<S>(self.count);
        let (d, at, count) = (products.d, first - self.first, self.entries.count(products.d));
        let of_vector = &mut self.numbers[v * points * count..][..points * count];
        let (values, gradients) = of_vector.split_at_mut(if self.entries.value { points } else { 0 });
        [values.get_mut(at..).unwrap_or_default(), gradients.get_mut(at * d..).unwrap_or_default()]
    }

    /// Adds the sums over points y of some points x from point `first` on.
    fn add(&mut self, products: &Products<'_, S>, work: &mut Work<'_, S>, first: usize, rows: usize) {
        work.totals(products, rows, |r, v, totals| {
            let row = first + r;
            let [values, gradients] = self.since(products, v, row / line::<S>() * line::<S>());
            let at = row % line::<S>();
            if let Some(value) = values.get_mut(at) {
                *value += totals[0];
            }
            let gradient = gradients.get_mut(at..).unwrap_or_default().iter_mut().step_by(line::<S>());
            for (entry, &total) in gradient.zip(&totals[1..]) {
                *entry += total;
            }
        });
    }

    /// Writes those by vector v, of each point the numbers at these places, as far as there is room.
    pub fn write(&mut self, products: &Products<'_, S>, v: usize, places: &[usize], mut out: ArrayViewMut1<'_, S>) {
        let (d, count, value) = (products.d, self.count, usize::from(self.entries.value));
        let [values, gradients] = self.since(products, v, self.first);
        let mut numbers = out.iter_mut();
        for i in 0..count {
            let (tile, lane) = (i / line::<S>() * line::<S>(), i % line::<S>());
            for (&place, out) in places.iter().zip(&mut numbers) {
                *out = match place.checked_sub(value) {
                    Some(a) => gradients[tile * d + a * line::<S>() + lane],
                    None => values[tile + lane],
                };
            }
        }
    }
}

/// How much there is of what a task works with.
#[derive(Clone, Copy)]
struct Sizes {
    /// Coefficients of a point x
    numbers: usize,
    /// Coordinates of a point x, with zeros
    padded: usize,
    /// Sums over y, by one vector and by all
    of_vector: usize,
    of_point: usize,
    /// Of so many points y coefficients are made at once, and used
    at_once: usize,
    step: usize,
}

/// What a task works with.
struct Work<'m, S> {
    sums: &'m mut [S],
    dots: &'m mut [S],
    dots_back: &'m mut [S],
    coefficients: &'m mut [S],
    points: &'m mut [S],
    scratch: &'m mut [S],
    lanes: &'m mut [S],
    totals: &'m mut [S],
    /// By each vector: the numbers of points x, then their gradients
    of_x: &'m mut [S],
    sizes: Sizes,
}

impl<'m, S: Real> Work<'m, S> {
    fn new(products: &Products<'_, S>, memory: &'m mut Vec<S>, is_both: bool) -> Self {
        let (d, Staged { sums: reduced, shape, .. }, vectors) = (products.d, products.staged, products.vectors);
        let has_pairing = products.pairing().is_some();
        // Values have no coefficients behind them.
        let has_derivatives = products.left.gradient || vectors.iter().any(|vector| !vector.gradients.is_empty());
        let at_once = if has_derivatives { COEFFICIENTS } else { COLUMNS };
        let of_vector = (1 + if products.left.gradient { d } else { 0 }) * line::<S>();
        let sizes = Sizes {
            numbers: (Order::new(shape).end * COEFFICIENTS).max(at_once),
            padded: whole_lines::<S>(d) + line::<S>(),
            of_vector,
            of_point: of_vector * vectors.len(),
            at_once,
            step: if has_derivatives { multiply::columns::<S>(shape, d) } else { COLUMNS },
        };
        let pieces = pieces(
            memory,
            [
                ROWS * reduced.stride(),
                if has_pairing { ROWS * COLUMNS } else { 0 },
                if has_pairing && is_both { ROWS * COLUMNS } else { 0 },
                ROWS * sizes.numbers,
                ROWS * sizes.padded,
                multiply::scratch::<S>(shape, d),
                ROWS * sizes.of_point,
                ROWS * sizes.of_point / line::<S>(),
                if is_both { ROWS * (1 + sizes.padded) * vectors.len() } else { 0 },
            ],
        );
        let [sums, dots, dots_back, coefficients, points, scratch, lanes, totals, of_x] = pieces;
        points.fill(S::of(0.0));
        Self { sums, dots, dots_back, coefficients, points, scratch, lanes, totals, of_x, sizes }
    }

    /// Some points x, whose sums are 0 so far.
    fn begin(&mut self, x: &[S], d: usize) {
        for (x, point) in x.chunks_exact(d).zip(self.points.chunks_exact_mut(self.sizes.padded)) {
            point[..d].copy_from_slice(x);
        }
        self.lanes.fill(S::of(0.0));
    }

    /// The vectors of [`ROWS`] points x from point `first` on.
    fn vectors(&mut self, products: &Products<'_, S>, first: usize) {
        let (d, padded) = (products.d, self.sizes.padded);
        let (tile, at) = (first / line::<S>() * line::<S>(), first % line::<S>());
        for (vector, of_x) in products.of_x.iter().zip(self.of_x.chunks_exact_mut(ROWS * (1 + padded))) {
            let (values, gradients) = of_x.split_at_mut(ROWS);
            if let Some(from) = vector.values.get(first..first + ROWS) {
                values.copy_from_slice(from);
            }
            if let Some(tile) = vector.gradients.get(tile * d..(tile + line::<S>()) * d) {
                for (r, to) in gradients.chunks_exact_mut(padded).enumerate() {
                    for (to, &from) in to.iter_mut().zip(tile[at + r..].iter().step_by(line::<S>())) {
                        *to = from;
                    }
                }
            }
        }
    }

    /// Hands the sums over y of each point x by each vector to `run`, the value before the gradient.
    fn totals(&mut self, products: &Products<'_, S>, rows: usize, mut run: impl FnMut(usize, usize, &[S])) {
        let Sizes { of_vector, of_point, .. } = self.sizes;
        let lines = &self.lanes[..rows * of_point];
        let totals = &mut self.totals[..lines.len() / line::<S>()];
        S::totals(products.staged.sums.level, Totals { lines, to: &mut *totals });
        for (r, of_point) in totals.chunks_exact(of_point / line::<S>()).enumerate() {
            for (v, of_vector) in of_point.chunks_exact(of_vector / line::<S>()).enumerate() {
                run(r, v, of_vector);
            }
        }
    }
}
