//! The two kinds of points.

/// Whether a kernel takes points with coordinates or plain numbers: [`VectorPoints`] or [`ScalarPoints`].
pub trait Points: sealed::Sealed + 'static {}

/// Points with coordinates: arrays of shape (points, coordinates). `K_gf` is (n, m, d), `K_gg` (n, m, d, d).
#[derive(Clone, Copy, Debug)]
pub enum VectorPoints {}

/// Points that are numbers: arrays of shape (points,). Every block is (n, m).
#[derive(Clone, Copy, Debug)]
pub enum ScalarPoints {}

impl Points for VectorPoints {}
impl Points for ScalarPoints {}

mod sealed {
    #[cfg(feature = "std")]
    pub trait Sealed: crate::gram::Arrays {}
    #[cfg(not(feature = "std"))]
    pub trait Sealed {}

    impl Sealed for super::VectorPoints {}
    impl Sealed for super::ScalarPoints {}
}
