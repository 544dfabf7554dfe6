//! Where the value and the partial derivatives of a point stand in a joint matrix.

use std::iter::repeat_n;

use ndarray::{ArrayViewMut2, Axis};

use super::tile::Target;
use crate::engine::{Parts, Row, Steps};
use crate::real::Real;

/// The order of rows and columns in [`joint`](super::joint()), and of those of an entry of
/// [`Observations`](super::Observations): [`Blocked`] or [`Interleaved`].
pub trait Layout: sealed::Sealed + Copy {
    /// Row (or column) of the value of point `point` (`partial` is `None`), or of its partial derivative by coordinate
    /// `partial`, among `points` points with `d` coordinates.
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

    /// Whether the numbers of a tuple are not point by point.
    #[doc(hidden)]
    const MOVES: bool;

    /// Where number `number` of point `point` stands among those of `points` points, if a point has parts of so many
    /// numbers.
    #[doc(hidden)]
    fn place(self, points: usize, parts: &[usize], point: usize, number: usize) -> usize;

    #[doc(hidden)]
    #[allow(private_bounds, reason = "sealed")]
    type Target<'a, S: Real>: Target<'a, S>;

    #[doc(hidden)]
    fn target<S: Real>(self, out: ArrayViewMut2<'_, S>, n: usize, m: usize, d: usize) -> Self::Target<'_, S>;

    /// Where the parts of a pair go in the rows of its target.
    #[doc(hidden)]
    fn parts(self, d: usize) -> JointParts;
}

/// Of a layout.
#[doc(hidden)]
#[derive(Debug)]
pub struct JointParts(pub(super) Parts);

/// All values first, then all gradients point by point: [[`K_ff`, `K_fg`], [`K_gf`, `K_gg`]]. Of any tuple, the first
/// member at all points, then the second at all points, and so on, each point by point.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Blocked;

/// Point by point: its value, then its gradient; of any tuple, one member after the other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Interleaved;

impl Layout for Blocked {
    fn index(self, points: usize, d: usize, point: usize, partial: Option<usize>) -> usize {
        partial.map_or(point, |a| points + point * d + a)
    }

    const MOVES: bool = true;

    fn place(self, points: usize, parts: &[usize], point: usize, number: usize) -> usize {
        let mut before = 0;
        for &part in parts {
            if number < before + part {
                return before * points + point * part + (number - before);
            }
            before += part;
        }
        before * points
    }

    type Target<'a, S: Real> = Blocks<'a, S>;

    fn target<S: Real>(self, out: ArrayViewMut2<'_, S>, n: usize, m: usize, d: usize) -> Blocks<'_, S> {
        let (values, gradients) = out.split_at(Axis(0), n);
        let (ff, fg) = values.split_at(Axis(1), m);
        let (gf, gg) = gradients.split_at(Axis(1), m);
        Blocks { ff, fg, gf, gg, d }
    }

    fn parts(self, d: usize) -> JointParts {
        let below = |row| Some(Steps { row, row_step: 1, at: 0 });
        JointParts(Parts {
            value: Some((0, 0)),
            grad_y: Some((1, 0)),
            grad_x: below(2),
            hess_xy: below(2 + d),
            widths: [1, d].into_iter().chain(repeat_n(1, d)).chain(repeat_n(d, d)).collect(),
        })
    }
}

impl Layout for Interleaved {
    fn index(self, _: usize, d: usize, point: usize, partial: Option<usize>) -> usize {
        point * (1 + d) + partial.map_or(0, |a| 1 + a)
    }

    const MOVES: bool = false;

    fn place(self, _: usize, parts: &[usize], point: usize, number: usize) -> usize {
        point * parts.iter().sum::<usize>() + number
    }

    type Target<'a, S: Real> = Cells<'a, S>;

    fn target<S: Real>(self, out: ArrayViewMut2<'_, S>, _: usize, _: usize, d: usize) -> Cells<'_, S> {
        cells(out, 1 + d, 1 + d)
    }

    fn parts(self, d: usize) -> JointParts {
        let below = |at| Some(Steps { row: 1, row_step: 1, at });
        JointParts(Parts {
            value: Some((0, 0)),
            grad_y: Some((0, 1)),
            grad_x: below(0),
            hess_xy: below(1),
            widths: vec![1 + d; 1 + d],
        })
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

impl<'a, S: Real> Target<'a, S> for Blocks<'a, S> {
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

    fn rows(self) -> Vec<Row<'a, S>> {
        let Self { ff, fg, gf, gg, d } = self;
        let (mut gf, mut gg) = (rows(gf), rows(gg));
        let mut all = Vec::new();
        for (value, gradient) in rows(ff).zip(rows(fg)) {
            all.extend([value, gradient]);
            all.extend(gf.by_ref().take(d));
            all.extend(gg.by_ref().take(d));
        }
        all
    }
}

/// One cell of so many rows and columns for each pair.
#[doc(hidden)]
#[derive(Debug)]
pub struct Cells<'a, S> {
    all: ArrayViewMut2<'a, S>,
    sides: [usize; 2],
}

pub(super) fn cells<S>(all: ArrayViewMut2<'_, S>, rows: usize, columns: usize) -> Cells<'_, S> {
    Cells { all, sides: [rows, columns] }
}

impl<'a, S: Real> Target<'a, S> for Cells<'a, S> {
    fn split_at(self, axis: Axis, at: usize) -> (Self, Self) {
        let sides = self.sides;
        let (all, rest) = self.all.split_at(axis, at * sides[axis.0]);
        (Self { all, sides }, Self { all: rest, sides })
    }

    fn rows(self) -> Vec<Row<'a, S>> {
        rows(self.all).collect()
    }
}

/// The rows of a matrix.
fn rows<S: Real>(matrix: ArrayViewMut2<'_, S>) -> impl Iterator<Item = Row<'_, S>> {
    matrix.into_outer_iter_mut().map(|row| Row::new(row.insert_axis(Axis(1)).insert_axis(Axis(2))))
}

mod sealed {
    pub trait Sealed {}
    impl Sealed for super::Blocked {}
    impl Sealed for super::Interleaved {}
}
