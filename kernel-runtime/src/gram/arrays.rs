//! The arrays that go with the two kinds of points.

use ndarray::{
    Array, Array1, Array2, ArrayRef, ArrayView2, ArrayViewMut3, ArrayViewMut4, Axis, Dimension, Ix1, Ix2, Ix3, Ix4,
};

#[allow(unused_imports, reason = "the docs link to it")]
use crate::points::Points;
use crate::points::{ScalarPoints, VectorPoints};
use crate::real::Real;

/// Dimensionalities of arrays, for each kind of [`Points`]. [`PointsRef`](super::PointsRef) is what follows from them.
pub trait Arrays {
    /// Of an array of points.
    type Dim: Dimension;
    /// Of `k_gf` and `k_fg`.
    type Gradient: Dimension;
    /// Of `k_gg`.
    type Hessian: Dimension;

    #[doc(hidden)]
    fn gradient_shape(n: usize, m: usize, d: usize) -> Self::Gradient;
    #[doc(hidden)]
    fn hessian_shape(n: usize, m: usize, d: usize) -> Self::Hessian;

    // One path through the code: plain numbers are points with one coordinate.
    #[doc(hidden)]
    fn rows<S: Real>(points: &ArrayRef<S, Self::Dim>) -> ArrayView2<'_, S>;
    /// Points from rows of as many coordinates as they have.
    #[doc(hidden)]
    fn from_rows<S: Real>(rows: Array2<S>) -> Array<S, Self::Dim>;
    #[doc(hidden)]
    fn gradient<S: Real>(out: &mut ArrayRef<S, Self::Gradient>) -> ArrayViewMut3<'_, S>;
    #[doc(hidden)]
    fn hessian<S: Real>(out: &mut ArrayRef<S, Self::Hessian>) -> ArrayViewMut4<'_, S>;
}

impl Arrays for VectorPoints {
    type Dim = Ix2;
    type Gradient = Ix3;
    type Hessian = Ix4;

    fn gradient_shape(n: usize, m: usize, d: usize) -> Ix3 {
        Ix3(n, m, d)
    }

    fn hessian_shape(n: usize, m: usize, d: usize) -> Ix4 {
        Ix4(n, m, d, d)
    }

    fn rows<S: Real>(points: &ArrayRef<S, Ix2>) -> ArrayView2<'_, S> {
        points.view()
    }

    fn from_rows<S: Real>(rows: Array2<S>) -> Array2<S> {
        rows
    }

    fn gradient<S: Real>(out: &mut ArrayRef<S, Ix3>) -> ArrayViewMut3<'_, S> {
        out.view_mut()
    }

    fn hessian<S: Real>(out: &mut ArrayRef<S, Ix4>) -> ArrayViewMut4<'_, S> {
        out.view_mut()
    }
}

impl Arrays for ScalarPoints {
    type Dim = Ix1;
    type Gradient = Ix2;
    type Hessian = Ix2;

    fn gradient_shape(n: usize, m: usize, _: usize) -> Ix2 {
        Ix2(n, m)
    }

    fn hessian_shape(n: usize, m: usize, _: usize) -> Ix2 {
        Ix2(n, m)
    }

    fn rows<S: Real>(points: &ArrayRef<S, Ix1>) -> ArrayView2<'_, S> {
        points.view().insert_axis(Axis(1))
    }

    fn from_rows<S: Real>(rows: Array2<S>) -> Array1<S> {
        rows.index_axis_move(Axis(1), 0)
    }

    fn gradient<S: Real>(out: &mut ArrayRef<S, Ix2>) -> ArrayViewMut3<'_, S> {
        out.view_mut().insert_axis(Axis(2))
    }

    fn hessian<S: Real>(out: &mut ArrayRef<S, Ix2>) -> ArrayViewMut4<'_, S> {
        out.view_mut().insert_axis(Axis(2)).insert_axis(Axis(3))
    }
}
