//! Where the value and the partial derivatives of a point stand in a joint matrix.

use ndarray::{ArrayViewMut1, ArrayViewMut2, Axis};

use super::tile::Target;
use crate::real::Real;

/// The order of rows and columns in [`joint`](super::joint()): [`Blocked`] or [`Interleaved`].
pub trait Layout: sealed::Sealed + Copy {
    /// Row (or column) of the value of point `point` (`partial` is `None`), or of its partial derivative by coordinate `partial`,
    /// among `points` points with `d` coordinates.
    ///
    /// ```
    /// use kernel_runtime::gram::{Blocked, Interleaved, Layout};
    ///
    /// // 10 points with 3 coordinates: ∂f/∂x_2 at point 4
    /// assert_eq!(Blocked.index(10, 3, 4, Some(2)), 10 + 4 * 3 + 2);
    /// assert_eq!(Interleaved.index(10, 3, 4, Some(2)), 4 * (1 + 3) + 1 + 2);
    /// ```
    #[must_use]
    fn index(self, points: usize, d: usize, point: usize, partial: Option<usize>) -> usize;

    #[doc(hidden)]
    type Target<'a, S: Real>: JointTarget<S>;

    #[doc(hidden)]
    fn target<S: Real>(self, out: ArrayViewMut2<'_, S>, n: usize, m: usize, d: usize) -> Self::Target<'_, S>;
}

/// All values first, then all gradients point by point: [[`K_ff`, `K_fg`], [`K_gf`, `K_gg`]].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Blocked;

/// Point by point: its value, then its gradient.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Interleaved;

/// The rows of each pair in a joint matrix.
#[doc(hidden)]
#[allow(private_bounds, reason = "sealed")]
pub trait JointTarget<S>: Target {
    /// Writes what row `row` of x point `i` (0 its value, 1 + a its partial derivative by coordinate a) has to do with y point `j`:
    /// `fill` makes the derivatives by y, and returns the entry of its value. `spare` holds d numbers.
    fn write(&mut self, i: usize, j: usize, row: usize, spare: &mut [S], fill: impl FnOnce(&mut [S]) -> S);
}

impl Layout for Blocked {
    fn index(self, points: usize, d: usize, point: usize, partial: Option<usize>) -> usize {
        partial.map_or(point, |a| points + point * d + a)
    }

    type Target<'a, S: Real> = Blocks<'a, S>;

    fn target<S: Real>(self, out: ArrayViewMut2<'_, S>, n: usize, m: usize, d: usize) -> Blocks<'_, S> {
        let (values, gradients) = out.split_at(Axis(0), n);
        let (ff, fg) = values.split_at(Axis(1), m);
        let (gf, gg) = gradients.split_at(Axis(1), m);
        Blocks { ff, fg, gf, gg, d }
    }
}

impl Layout for Interleaved {
    fn index(self, _: usize, d: usize, point: usize, partial: Option<usize>) -> usize {
        point * (1 + d) + partial.map_or(0, |a| 1 + a)
    }

    type Target<'a, S: Real> = Cells<'a, S>;

    fn target<S: Real>(self, out: ArrayViewMut2<'_, S>, _: usize, _: usize, d: usize) -> Cells<'_, S> {
        Cells { all: out, side: 1 + d }
    }
}

/// Four blocks of a matrix, each in its own memory.
#[doc(hidden)]
#[derive(Debug)]
pub struct Blocks<'a, S> {
    ff: ArrayViewMut2<'a, S>,
    fg: ArrayViewMut2<'a, S>,
    gf: ArrayViewMut2<'a, S>,
    gg: ArrayViewMut2<'a, S>,
    d: usize,
}

impl<S: Send> Target for Blocks<'_, S> {
    fn split_at(self, axis: Axis, at: usize) -> (Self, Self) {
        let d = self.d;
        // Only one of the two sides of each block counts gradients.
        let (rows, columns) = if axis == Axis(0) { (d, 1) } else { (1, d) };
        let (ff, ff_rest) = self.ff.split_at(axis, at);
        let (fg, fg_rest) = self.fg.split_at(axis, at * columns);
        let (gf, gf_rest) = self.gf.split_at(axis, at * rows);
        let (gg, gg_rest) = self.gg.split_at(axis, at * d);
        (Self { ff, fg, gf, gg, d }, Self { ff: ff_rest, fg: fg_rest, gf: gf_rest, gg: gg_rest, d })
    }
}

impl<S: Real> JointTarget<S> for Blocks<'_, S> {
    #[inline(always)]
    fn write(&mut self, i: usize, j: usize, row: usize, spare: &mut [S], fill: impl FnOnce(&mut [S]) -> S) {
        let (mut values, gradients) = if row == 0 {
            (self.ff.row_mut(i), self.fg.row_mut(i))
        } else {
            let row = i * self.d + row - 1;
            (self.gf.row_mut(row), self.gg.row_mut(row))
        };
        values[j] = write_part(gradients, j * self.d, spare, fill);
    }
}

/// One square cell of 1 + d rows for each pair.
#[doc(hidden)]
#[derive(Debug)]
pub struct Cells<'a, S> {
    all: ArrayViewMut2<'a, S>,
    side: usize,
}

impl<S: Send> Target for Cells<'_, S> {
    fn split_at(self, axis: Axis, at: usize) -> (Self, Self) {
        let side = self.side;
        let (all, rest) = self.all.split_at(axis, at * side);
        (Self { all, side }, Self { all: rest, side })
    }
}

impl<S: Real> JointTarget<S> for Cells<'_, S> {
    #[inline(always)]
    fn write(&mut self, i: usize, j: usize, row: usize, spare: &mut [S], fill: impl FnOnce(&mut [S]) -> S) {
        let mut row = self.all.row_mut(i * self.side + row);
        let value = write_part(row.view_mut(), j * self.side + 1, spare, fill);
        row[j * self.side] = value;
    }
}

/// Lets `fill` write the entries of a row from `start` on, as many as `spare` holds: in place if they lie side by side, otherwise
/// by way of `spare`.
#[inline(always)]
pub(super) fn write_part<S: Copy, R>(
    mut row: ArrayViewMut1<'_, S>,
    start: usize,
    spare: &mut [S],
    fill: impl FnOnce(&mut [S]) -> R,
) -> R {
    let in_place = row.as_slice_mut().is_some();
    let part = match row.as_slice_mut() {
        Some(row) => &mut row[start..start + spare.len()],
        None => &mut *spare,
    };
    let result = fill(part);
    if !in_place {
        for (k, &entry) in spare.iter().enumerate() {
            row[start + k] = entry;
        }
    }
    result
}

mod sealed {
    pub trait Sealed {}
    impl Sealed for super::Blocked {}
    impl Sealed for super::Interleaved {}
}
