//! Tiles of pairs: all of them divided again and again until a part is a task's worth. Every entry is computed the same
//! way in whatever tile it falls.

use ndarray::{ArrayViewMut2, ArrayViewMut3, ArrayViewMut4, Axis};

use crate::engine::{COLUMNS, ROWS, Row};
use crate::real::Real;

/// Memory that the pairs of some points x and some points y are written to.
pub(super) trait Target<'a, S>: Send + Sized {
    /// The parts before and from point `at` of x (axis 0) or y (axis 1).
    fn split_at(self, axis: Axis, at: usize) -> (Self, Self);
    /// The rows of each point x, those of one after those of the other.
    fn rows(self) -> Vec<Row<'a, S>>;
}

macro_rules! targets {
    ($($view:ident => |$row:ident| $three:expr;)*) => {$(
        impl<'a, S: Real> Target<'a, S> for $view<'a, S> {
            fn split_at(self, axis: Axis, at: usize) -> (Self, Self) {
                $view::split_at(self, axis, at)
            }

            fn rows(self) -> Vec<Row<'a, S>> {
                self.into_outer_iter_mut().map(|$row| Row::new($three)).collect()
            }
        }
    )*};
}
targets! {
    ArrayViewMut2 => |row| row.insert_axis(Axis(1)).insert_axis(Axis(2));
    ArrayViewMut3 => |row| row.insert_axis(Axis(2));
    ArrayViewMut4 => |row| row;
}

/// Some points x one behind the other, `columns` points y from point `first` on, and the memory of their pairs.
pub(super) struct Tile<'a, S, T> {
    pub(super) x: &'a [S],
    pub(super) d: usize,
    pub(super) first: usize,
    pub(super) columns: usize,
    pub(super) target: T,
}

/// The coordinates of so many points y stay in the second cache while points x go by.
const CACHED: usize = 1 << 15;

impl<'a, S: Real, T: Target<'a, S>> Tile<'_, S, T> {
    fn rows(&self) -> usize {
        self.x.len() / self.d
    }

    /// Two parts, if there is a place to divide at. Rows are the longer the better, for each is a stream of its own.
    fn divided(self) -> Result<(Self, Self), Self> {
        let (n, d) = (self.rows(), self.d);
        let by_columns = self.columns > COLUMNS && (self.columns * d > CACHED || n <= ROWS);
        if by_columns {
            let at = (self.columns / 2).next_multiple_of(COLUMNS);
            let (left, right) = self.target.split_at(Axis(1), at);
            let columns = self.columns - at;
            Ok((
                Self { columns: at, target: left, ..self },
                Self { first: self.first + at, columns, target: right, ..self },
            ))
        } else if n > ROWS {
            let at = (n / 2).next_multiple_of(ROWS);
            let (above, below) = self.target.split_at(Axis(0), at);
            let (x_above, x_below) = self.x.split_at(at * d);
            Ok((Self { x: x_above, target: above, ..self }, Self { x: x_below, target: below, ..self }))
        } else {
            Err(self)
        }
    }
}

/// Runs `leaf` on every tile of at most `pairs` pairs, or of as few as there can be.
pub(super) fn drive<'a, S: Real, T: Target<'a, S>>(
    tile: Tile<'_, S, T>,
    pairs: usize,
    leaf: &(impl Fn(Tile<'_, S, T>) + Sync),
) {
    if tile.rows() * tile.columns <= pairs {
        return leaf(tile);
    }
    match tile.divided() {
        Ok((first, second)) => both(|| drive(first, pairs, leaf), || drive(second, pairs, leaf)),
        Err(tile) => leaf(tile),
    }
}

#[cfg(feature = "parallel")]
pub(super) fn both(first: impl FnOnce() + Send, second: impl FnOnce() + Send) {
    // To a pool of one thread, the work would only move.
    if rayon::current_num_threads() == 1 {
        first();
        second();
    } else {
        rayon::join(first, second);
    }
}

#[cfg(not(feature = "parallel"))]
pub(super) fn both(first: impl FnOnce(), second: impl FnOnce()) {
    first();
    second();
}
