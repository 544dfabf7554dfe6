//! Jacobians at the points of one side of a matrix, and the numbers that they take there and back.

use std::ops::Range;

use ndarray::{Array2, ArrayView2, ArrayViewMut2, Axis, Ix2};

use super::map::{Jacobian, Warp};
use super::points::Points;
use crate::engine::Entries;
use crate::error::KernelError;
use crate::gram::batch::allocate;
use crate::gram::tile::both;
use crate::real::Real;

/// Steps that one task is worth.
const TASK: usize = 1 << 16;

/// For f(x) = g(w(x)) numbers of f at x are (f, ∂f/∂x) = (g, Jᵀ ∂g/∂w): those of g at w(x), times a matrix P of 1 and
/// Jᵀ.
pub(super) struct Side<S> {
    value: bool,
    /// Which partial derivatives there are
    coordinates: Vec<usize>,
    /// How many numbers g has at a point
    pub(super) inner: usize,
    diagonal: bool,
    /// At a point in each row: row by row of those columns, or the entries of a diagonal
    jacobians: Array2<S>,
}

impl<S: Real> Side<S> {
    /// For these of a value and partial derivatives.
    pub(super) fn new(
        (warp, shape): (&dyn Warp<S>, Jacobian),
        points: &Points<'_, S>,
        entries: Entries,
        places: &[usize],
    ) -> Result<Self, KernelError> {
        let d = points.all.ncols();
        let (diagonal, rows) = match shape {
            Jacobian::Full(q) => (false, q),
            Jacobian::Diagonal => (true, 1),
        };
        let side = |coordinates, jacobians| {
            let inner = entries.count(shape.rows(d));
            Self { value: entries.value, coordinates, inner, diagonal, jacobians }
        };
        if !entries.gradient {
            return Ok(side(Vec::new(), allocate(Ix2(points.all.nrows(), 0))?));
        }
        let at = usize::from(entries.value);
        let some: Vec<usize> = places[at..].iter().map(|place| place - at).collect();
        if some.iter().copied().eq(0..d) {
            let whole = points.each(rows.saturating_mul(d), true, &|x, out| warp.jacobian(x, out))?;
            return Ok(side(some, whole));
        }
        let columns = points.each(rows.saturating_mul(some.len()), true, &|x, out| {
            let mut whole = vec![S::of(0.0); rows * d];
            warp.jacobian(x, &mut whole);
            for (out, row) in out.chunks_exact_mut(some.len()).zip(whole.chunks_exact(d)) {
                for (out, &a) in out.iter_mut().zip(&some) {
                    *out = row[a];
                }
            }
        })?;
        Ok(side(some, columns))
    }

    /// How many numbers f has at a point.
    pub(super) fn outer(&self) -> usize {
        usize::from(self.value) + self.coordinates.len()
    }

    /// Whether another has the same numbers at its points.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        (self.value, self.inner, &self.coordinates) == (other.value, other.inner, &other.coordinates)
    }

    /// ∂w_a/∂x_a of those numbers that are derivatives, and 1 of the value, if each number of f is a multiple of one of
    /// g.
    pub(super) fn slopes(&self) -> Option<Array2<S>> {
        if !self.diagonal && !self.coordinates.is_empty() {
            return None;
        }
        let at = usize::from(self.value);
        let slope = |(i, e): (usize, usize)| if e < at { S::of(1.0) } else { self.jacobians[[i, e - at]] };
        Some(Array2::from_shape_fn((self.jacobians.nrows(), self.outer()), slope))
    }

    /// P, of points from number `first` on, times columns of what g has there.
    pub(super) fn pull(&self, first: usize, from: &ArrayView2<'_, S>, to: ArrayViewMut2<'_, S>) {
        let apply = |i, from: &[S], to: &mut [S]| self.pull_point(i, from, to);
        Columns { from, sides: [self.inner, self.outer()], apply: &apply }.write(first, 0, to);
    }

    /// Pᵀ, of some points, times columns of numbers that f has there.
    pub(super) fn push(&self, points: Range<usize>, from: &ArrayView2<'_, S>) -> Result<Array2<S>, KernelError> {
        let mut to = allocate(Ix2(points.len().saturating_mul(self.inner), from.ncols()))?;
        let apply = |i, from: &[S], to: &mut [S]| self.push_point(i, from, to);
        Columns { from, sides: [self.outer(), self.inner], apply: &apply }.write(points.start, 0, to.view_mut());
        Ok(to)
    }

    fn pull_point(&self, i: usize, from: &[S], to: &mut [S]) {
        let at = usize::from(self.value);
        to[..at].copy_from_slice(&from[..at]);
        let (from, to, jacobian) = (&from[at..], &mut to[at..], self.jacobian(i));
        if self.diagonal {
            for ((to, &slope), &a) in to.iter_mut().zip(jacobian).zip(&self.coordinates) {
                *to = slope * from[a];
            }
            return;
        }
        to.fill(S::of(0.0));
        for (row, &number) in jacobian.chunks_exact(to.len().max(1)).zip(from) {
            for (to, &entry) in to.iter_mut().zip(row) {
                *to += entry * number;
            }
        }
    }

    fn push_point(&self, i: usize, from: &[S], to: &mut [S]) {
        let at = usize::from(self.value);
        to[..at].copy_from_slice(&from[..at]);
        let (from, to, jacobian) = (&from[at..], &mut to[at..], self.jacobian(i));
        if self.diagonal {
            to.fill(S::of(0.0));
            for ((&number, &slope), &a) in from.iter().zip(jacobian).zip(&self.coordinates) {
                to[a] += slope * number;
            }
            return;
        }
        for (to, row) in to.iter_mut().zip(jacobian.chunks_exact(from.len().max(1))) {
            *to = dot(row, from);
        }
    }

    fn jacobian(&self, i: usize) -> &[S] {
        self.jacobians.row(i).to_slice().unwrap_or_default()
    }
}

/// Σ a_i b_i, in several sums that do not wait for one another.
fn dot<S: Real>(a: &[S], b: &[S]) -> S {
    let ((a, a_rest), (b, b_rest)) = (a.as_chunks::<8>(), b.as_chunks::<8>());
    let mut sums = [S::of(0.0); 8];
    for (a, b) in a.iter().zip(b) {
        for ((sum, &a), &b) in sums.iter_mut().zip(a).zip(b) {
            *sum += a * b;
        }
    }
    let rest: S = a_rest.iter().zip(b_rest).map(|(&a, &b)| a * b).sum();
    sums.into_iter().sum::<S>() + rest
}

/// Makes numbers of a point of others.
type OfPoint<'a, S> = dyn Fn(usize, &[S], &mut [S]) + Sync + 'a;

/// Columns of numbers by points, and what makes others of those of a point.
struct Columns<'a, S> {
    from: &'a ArrayView2<'a, S>,
    /// How many numbers a point has, and will have
    sides: [usize; 2],
    apply: &'a OfPoint<'a, S>,
}

impl<S: Real> Columns<'_, S> {
    /// Those of points from `begin` on, which stand before others as the points from `first` on do among all.
    fn write(&self, first: usize, begin: usize, mut to: ArrayViewMut2<'_, S>) {
        if to.is_empty() {
            return;
        }
        let ([had, has], (rows, columns)) = (self.sides, to.dim());
        let points = rows / has;
        if points > 1 && points.saturating_mul(had * has * columns) > TASK {
            let (to, rest) = to.split_at(Axis(0), points / 2 * has);
            let half = points / 2;
            return both(|| self.write(first, begin, to), || self.write(first, begin + half, rest));
        }
        let (mut here, mut there) = (vec![S::of(0.0); had], vec![S::of(0.0); has]);
        for i in 0..points {
            for c in 0..columns {
                for (e, number) in here.iter_mut().enumerate() {
                    *number = self.from[[(begin + i) * had + e, c]];
                }
                (self.apply)(first + begin + i, &here, &mut there);
                for (e, &number) in there.iter().enumerate() {
                    to[[i * has + e, c]] = number;
                }
            }
        }
    }
}
