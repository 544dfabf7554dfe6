//! Coordinates as per-coordinate code sees them, in the two directions that lanes run.

use super::packed::line;
use crate::kernel::{Directed, Place};
use crate::lane::Vector;
use crate::real::{Lane, Real};

/// One coordinate of a point x and of several points y: lanes run over y.
#[derive(Clone, Copy)]
pub struct Across<'a, S> {
    /// Its number.
    pub i: usize,
    pub x: &'a [S],
    /// A tile of points, from the first of these on.
    pub y: &'a [S],
}

impl<S: Real, V: Vector<Scalar = S>> Place<V> for Across<'_, S> {
    #[inline(always)]
    fn at(&self, i: usize) -> Self {
        Self { i, ..*self }
    }

    #[inline(always)]
    fn x(&self) -> V {
        V::splat(self.x[self.i])
    }

    #[inline(always)]
    fn y(&self) -> V {
        V::load(&self.y[self.i * line::<S>()..])
    }

    #[inline(always)]
    fn index(&self) -> V {
        V::of(self.i as f64)
    }

    #[inline(always)]
    fn unit(&self, k: usize) -> V {
        V::of(if self.i == k { 1.0 } else { 0.0 })
    }

    #[inline(always)]
    fn entry(&self, of: &[S]) -> V {
        V::splat(of[self.i])
    }

    #[inline(always)]
    fn dimension(&self) -> usize {
        self.x.len()
    }

    #[inline(always)]
    fn other_x(&self, j: usize) -> V {
        V::splat(self.x[j])
    }

    #[inline(always)]
    fn other_y(&self, j: usize) -> V {
        V::load(&self.y[j * line::<S>()..])
    }
}

/// Several coordinates of one pair of points: lanes run over coordinates. Lanes past the last one hold anything.
#[derive(Clone, Copy)]
pub struct Along<'a, S> {
    /// The number of the first.
    pub i: usize,
    pub d: usize,
    /// The points, and what is behind them to the end of the last vector.
    pub x: &'a [S],
    pub y: &'a [S],
}

impl<S: Real, V: Vector<Scalar = S>> Place<V> for Along<'_, S> {
    #[inline(always)]
    fn at(&self, i: usize) -> Self {
        Self { i, ..*self }
    }

    #[inline(always)]
    fn x(&self) -> V {
        V::load(&self.x[self.i..])
    }

    #[inline(always)]
    fn y(&self) -> V {
        V::load(&self.y[self.i..])
    }

    #[inline(always)]
    fn index(&self) -> V {
        V::of(self.i as f64) + V::iota()
    }

    #[inline(always)]
    fn unit(&self, k: usize) -> V {
        let index: V = self.index();
        Lane::select_eq(index, V::of(k as f64), V::of(1.0), V::of(0.0))
    }

    #[inline(always)]
    fn entry(&self, of: &[S]) -> V {
        let rest = &of[self.i..self.d];
        if rest.len() < V::LANES { V::load_part(rest) } else { V::load(rest) }
    }

    #[inline(always)]
    fn dimension(&self) -> usize {
        self.d
    }

    #[inline(always)]
    fn other_x(&self, j: usize) -> V {
        V::splat(self.x[j])
    }

    #[inline(always)]
    fn other_y(&self, j: usize) -> V {
        V::splat(self.y[j])
    }
}

/// The same as [`Across`], with vectors along which derivatives by x (if `X`) and y (if `Y`) are taken, in tiles as the
/// points y are.
#[derive(Clone, Copy)]
pub struct AcrossAlong<'a, S, const X: bool, const Y: bool> {
    pub across: Across<'a, S>,
    pub u: &'a [S],
    pub v: &'a [S],
}

impl<S: Real, const X: bool, const Y: bool, V: Vector<Scalar = S>> Place<V> for AcrossAlong<'_, S, X, Y> {
    #[inline(always)]
    fn at(&self, i: usize) -> Self {
        Self { across: Across { i, ..self.across }, ..*self }
    }

    #[inline(always)]
    fn x(&self) -> V {
        self.across.x()
    }

    #[inline(always)]
    fn y(&self) -> V {
        self.across.y()
    }

    #[inline(always)]
    fn index(&self) -> V {
        self.across.index()
    }

    #[inline(always)]
    fn unit(&self, k: usize) -> V {
        self.across.unit(k)
    }

    #[inline(always)]
    fn entry(&self, of: &[S]) -> V {
        self.across.entry(of)
    }

    #[inline(always)]
    fn dimension(&self) -> usize {
        self.across.x.len()
    }

    #[inline(always)]
    fn other_x(&self, j: usize) -> V {
        self.across.other_x(j)
    }

    #[inline(always)]
    fn other_y(&self, j: usize) -> V {
        self.across.other_y(j)
    }
}

impl<S: Real, const X: bool, const Y: bool, V: Vector<Scalar = S>> Directed<V> for AcrossAlong<'_, S, X, Y> {
    #[inline(always)]
    fn along_x(&self) -> V {
        self.other_along_x(self.across.i)
    }

    #[inline(always)]
    fn along_y(&self) -> V {
        self.other_along_y(self.across.i)
    }

    #[inline(always)]
    fn other_along_x(&self, j: usize) -> V {
        if X { V::load(&self.u[j * line::<S>()..]) } else { V::of(0.0) }
    }

    #[inline(always)]
    fn other_along_y(&self, j: usize) -> V {
        if Y { V::load(&self.v[j * line::<S>()..]) } else { V::of(0.0) }
    }
}
