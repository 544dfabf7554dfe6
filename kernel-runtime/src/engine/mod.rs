//! The engine behind [`gram`](crate::gram): blocks of pairs of points in three stages,
//!
//! ```text
//! reduce   sums over coordinates   for each pair        precompiled, or the kernel's own
//! outer    coefficients            for each pair        the kernel's own
//! expand   entries                 for each coordinate  precompiled, or the kernel's own factors
//! ```
//!
//! on the registers of the best instruction set the machine has. What is precompiled is so once, in this crate, for
//! each instruction set; for a kernel only its own parts are compiled, as [`Task`](crate::lane::Task)s that the
//! precompiled loops call for a hundred pairs at a time.

mod back;
mod both;
mod coefficients;
mod combination;
mod combine;
mod contract;
mod diagonals;
mod expand;
mod factors;
mod fill;
mod known;
mod leaf;
mod memory;
mod multiply;
mod packed;
mod parameters;
mod pattern;
mod place;
mod products;
mod reduce;
mod registers;
mod rows;
mod shared;
mod slices;
#[cfg(test)]
mod tests;
mod tiled;
mod tower;
mod variances;
mod weave;
mod woven;

pub(crate) use coefficients::{Firsts, Seconds, own_sums};
pub(crate) use contract::{
    Between, ByTiles, Contraction, OuterTotals, Pairs, Places, outer_of_derivatives, outer_of_values,
};
pub(crate) use diagonals::{diagonal, traces};
pub(crate) use expand::{Dense, Parts, Steps};
pub(crate) use factors::{Sides, own_dense, own_factors, usual_factors};
pub(crate) use known::{Known, Valued};
pub(crate) use leaf::{Derivatives, OuterCoefficients, OwnSums, Share, Staged, Sums, values};
pub use memory::Precompiled;
pub(crate) use multiply::{ByPoints, Entries};
pub(crate) use packed::{Aligned, Packed, line};
pub(crate) use parameters::{outer_parameters, parameters};
pub(crate) use products::{Panel, Products};
pub(crate) use reduce::{COLUMNS, ROWS, usual_sums};
pub(crate) use rows::{Row, is_streamed};
pub(crate) use tower::{Applied, Block, BothWays, ByChunks, Index, Matrix, Operators, Partial, Product};
pub use tower::{Derived, Description, Tall, derived};
pub(crate) use variances::Variances;
