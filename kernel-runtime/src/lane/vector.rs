//! What the engine asks of a register.

use super::Task;
use crate::real::Lane;

/// Registers that tasks can run with in functions of their own.
pub trait Apart: Lane {
    /// Calls a task. A function that is given by instruction set, type and kind of loop, with all of it inlined, takes
    /// the compiler minutes.
    fn apart<T: Task<Self::Scalar>>(task: T) -> T::Output;
}

/// A register of numbers.
pub trait Vector: Lane + Apart {
    /// Numbers in it.
    const LANES: usize;

    /// The first [`LANES`](Self::LANES) numbers of a slice.
    fn load(from: &[Self::Scalar]) -> Self;
    /// A slice no longer than a register, and zeros behind it.
    fn load_part(from: &[Self::Scalar]) -> Self;
    /// To the first [`LANES`](Self::LANES) numbers of a slice.
    fn store(self, to: &mut [Self::Scalar]);
    /// As [`store`](Self::store), past the caches where there are such stores; the slice begins at a multiple of the
    /// register's size.
    ///
    /// A [`Fence`](super::Fence) as for [`stream`](Self::stream).
    fn store_past(self, to: &mut [Self::Scalar]);
    /// As many as fit in a slice no longer than a register.
    fn store_part(self, to: &mut [Self::Scalar]);
    /// 0, 1, 2, …
    fn iota() -> Self;
    /// In each lane the number of the lane that `lanes` names there, as [`lane`](Self::lane) does.
    fn spread(self, lanes: Self) -> Self;
    /// The name of lane `i`: a number by its bits only.
    fn lane(i: usize) -> Self::Scalar;
    /// a·b + c, rounded once on levels with such an instruction. Twice on the others, and with feature `reproducible`.
    fn mul_add(self, b: Self, c: Self) -> Self;
    /// Copies past the caches: full cache lines of `to` with non-temporal stores, where there are such. Slices are of
    /// one length.
    ///
    /// To be called while there is a [`Fence`](super::Fence), and not to be read before that is gone.
    fn stream(from: &[Self::Scalar], to: &mut [Self::Scalar]);
}
