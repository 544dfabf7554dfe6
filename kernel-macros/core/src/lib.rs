//! The library behind `#[kernel]`: it reads a covariance kernel written as a Rust function, differentiates it
//! symbolically, works out how smooth it is where its two points meet, and emits specialised code.
//!
//! Data flows one way: tokens → [`Definition`] → symbolic expression → [`plan::Plan`] → tokens. [`kernel::expand`] is
//! that pipeline as one function, [`operator::expand`] the one of `operator!`; `kernel-macros` is the thin
//! procedural-macro crate around it.
#![forbid(unsafe_code)]

pub mod cost;
pub mod definition;
pub mod emit;
pub mod error;
pub mod kernel;
pub mod lower;
mod map;
pub mod module;
pub mod operator;
pub mod parse;
pub mod plan;
pub mod symbolic;
pub mod verify;

pub use definition::Definition;
