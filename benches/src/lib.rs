//! The cost of emitted code, measured against the best closed forms written by hand.
//!
//! [`emitted`] has each kernel as a user writes it, [`hand`] its value, gradient and mixed Hessian as a good numerical
//! programmer writes them: each transcendental function evaluated once, no division that a factor can do, nothing per
//! coordinate that is the same for all. Both hold to one contract: lengths that differ panic, points without
//! coordinates do not, and where the points meet the result is exact. `scripts/instructions.sh` counts the instructions
//! of both.
//!
//! `cargo bench -p kernel-benches` times batches beside the [limits] of the machine that it runs on and beside plain
//! loops.

#![allow(
    clippy::inline_always,
    clippy::must_use_candidate,
    clippy::missing_panics_doc,
    reason = "what is measured is the function itself, inlined as emitted code is, with what a user would write on it"
)]

pub mod emitted;
pub mod hand;
pub mod limits;
pub mod plain;
pub mod points;
pub mod timing;
