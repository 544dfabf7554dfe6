//! The two kinds of points, and the shapes that follow from them.

use ndarray::{ArrayRef, ArrayView2, ArrayViewMut3, ArrayViewMut4, Axis, Dimension, Ix1, Ix2, Ix3, Ix4};

use crate::real::Real;

/// Whether a kernel takes points with coordinates or plain numbers: [`VectorPoints`] or [`ScalarPoints`].
pub trait Points: sealed::Sealed + 'static {
    /// Dimensionality of an array of points.
    type Dim: Dimension;
    /// Dimensionality of `k_gf` and `k_fg`.
    type Gradient: Dimension;
    /// Dimensionality of `k_gg`.
    type Hessian: Dimension;

    #[doc(hidden)]
    fn gradient_shape(n: usize, m: usize, d: usize) -> Self::Gradient;
    #[doc(hidden)]
    fn hessian_shape(n: usize, m: usize, d: usize) -> Self::Hessian;

    // One path through the code: plain numbers are points with one coordinate.
    #[doc(hidden)]
    fn rows<S: Real>(points: &ArrayRef<S, Self::Dim>) -> ArrayView2<'_, S>;
    #[doc(hidden)]
    fn gradient<S: Real>(out: &mut ArrayRef<S, Self::Gradient>) -> ArrayViewMut3<'_, S>;
    #[doc(hidden)]
    fn hessian<S: Real>(out: &mut ArrayRef<S, Self::Hessian>) -> ArrayViewMut4<'_, S>;
}

/// Points with coordinates: arrays of shape (points, coordinates). `K_gf` is (n, m, d), `K_gg` (n, m, d, d).
#[derive(Clone, Copy, Debug)]
pub enum VectorPoints {}

/// Points that are numbers: arrays of shape (points,). Every block is (n, m).
#[derive(Clone, Copy, Debug)]
pub enum ScalarPoints {}

impl Points for VectorPoints {
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

    fn gradient<S: Real>(out: &mut ArrayRef<S, Ix3>) -> ArrayViewMut3<'_, S> {
        out.view_mut()
    }

    fn hessian<S: Real>(out: &mut ArrayRef<S, Ix4>) -> ArrayViewMut4<'_, S> {
        out.view_mut()
    }
}

impl Points for ScalarPoints {
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

    fn gradient<S: Real>(out: &mut ArrayRef<S, Ix2>) -> ArrayViewMut3<'_, S> {
        out.view_mut().insert_axis(Axis(2))
    }

    fn hessian<S: Real>(out: &mut ArrayRef<S, Ix2>) -> ArrayViewMut4<'_, S> {
        out.view_mut().insert_axis(Axis(2)).insert_axis(Axis(3))
    }
}

mod sealed {
    pub trait Sealed {}
    impl Sealed for super::VectorPoints {}
    impl Sealed for super::ScalarPoints {}
}
