//! Tiles of pairs: all of them halved again and again until a part is a task's worth, so that tasks are near square and their points
//! stay in cache. Every entry is computed the same way in whatever tile it falls.

use ndarray::{ArrayViewMut, Axis, Dimension};

/// Memory that the pairs of some points x and some points y are written to.
pub(super) trait Target: Send + Sized {
    /// The parts before and from point `at` of x (axis 0) or y (axis 1).
    fn split_at(self, axis: Axis, at: usize) -> (Self, Self);
}

impl<S: Send, D: Dimension> Target for ArrayViewMut<'_, S, D> {
    fn split_at(self, axis: Axis, at: usize) -> (Self, Self) {
        ArrayViewMut::split_at(self, axis, at)
    }
}

/// Some points x, some points y, `d` numbers each, and the memory of their pairs.
pub(super) struct Tile<'a, S, T> {
    pub(super) x: &'a [S],
    pub(super) y: &'a [S],
    pub(super) d: usize,
    pub(super) target: T,
}

impl<S, T: Target> Tile<'_, S, T> {
    fn pairs(&self) -> usize {
        (self.x.len() / self.d) * (self.y.len() / self.d)
    }

    /// Halves along the longer side.
    fn halves(self) -> (Self, Self) {
        let (n, m) = (self.x.len() / self.d, self.y.len() / self.d);
        let d = self.d;
        if n >= m {
            let (first, second) = self.target.split_at(Axis(0), n / 2);
            let (x_first, x_second) = self.x.split_at(n / 2 * d);
            (Self { x: x_first, target: first, ..self }, Self { x: x_second, target: second, ..self })
        } else {
            let (first, second) = self.target.split_at(Axis(1), m / 2);
            let (y_first, y_second) = self.y.split_at(m / 2 * d);
            (Self { y: y_first, target: first, ..self }, Self { y: y_second, target: second, ..self })
        }
    }
}

/// Runs `leaf` on every tile of at most `pairs` pairs (at least one).
pub(super) fn drive<S: Sync, T: Target>(tile: Tile<'_, S, T>, pairs: usize, leaf: &(impl Fn(Tile<'_, S, T>) + Sync)) {
    if tile.pairs() <= pairs.max(1) {
        leaf(tile);
    } else {
        let (first, second) = tile.halves();
        both(|| drive(first, pairs, leaf), || drive(second, pairs, leaf));
    }
}

#[cfg(feature = "parallel")]
pub(super) fn both(first: impl FnOnce() + Send, second: impl FnOnce() + Send) {
    rayon::join(first, second);
}

#[cfg(not(feature = "parallel"))]
pub(super) fn both(first: impl FnOnce(), second: impl FnOnce()) {
    first();
    second();
}
