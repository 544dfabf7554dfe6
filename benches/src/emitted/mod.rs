//! The kernels as users write them.

pub mod array;
pub mod slice;
