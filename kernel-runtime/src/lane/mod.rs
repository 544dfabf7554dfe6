//! Numbers side by side: the registers of each instruction set, elementary functions on them, and the one place that
//! chooses.
//!
//! # Soundness
//!
//! A register type such as [`avx512::F64`] wraps intrinsics, which are undefined behaviour on a machine without them,
//! in safe functions. That is sound because code that mentions the type runs only after its instruction set was found:
//! the module is private and no public type, trait or function names what is in it, so that the only way to a register
//! is a [`Task`], and [`Detected::run`] hands a task the registers of no level but one that [`Level::is_available`].
//! `SAFETY: detected` refers to this.
//!
//! Non-temporal stores are ordered by no other than a fence, and must not be read before it. [`Vector::stream`] trusts
//! its caller there, `gram::batch`, which makes a [`Fence`] before a task and hands the memory on after it, whether the
//! task ends or panics.
//!
//! Every function on the way from [`Detected::run`] to an intrinsic is `#[inline(always)]`: it has none of the target
//! features itself, and only by being inlined into the function that has them does it become one instruction and not a
//! call.

#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    reason = "bits are cut and signed as intrinsics want them"
)]
#![allow(clippy::wildcard_imports, reason = "of intrinsics")]

#[macro_use]
mod register;

#[cfg(all(test, not(miri)))]
mod accuracy;
#[cfg(target_arch = "x86_64")]
mod avx2;
#[cfg(target_arch = "x86_64")]
mod avx512;
mod baseline;
mod level;
mod math;
#[cfg(target_arch = "aarch64")]
mod neon;
mod stream;
#[cfg(test)]
mod tests;
mod vector;
mod vectors;

pub use level::{Detected, Dispatch, Level, Map, Task};
pub use stream::Fence;
pub use vector::{Apart, Vector};
pub use vectors::{Grid, GridMut, Strided, StridedMut, Vectors, VectorsMut};
