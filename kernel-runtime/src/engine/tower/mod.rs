//! Covariances with Hessians and other operators: sums over the terms of a [`Tower`](crate::kernel::Tower), of which
//! each is a coefficient of the pair times a factor for each block of a partition of the indices.
//!
//! Reduce and outer are as for [first and second derivatives](super). Then factors of one coordinate are filled for a
//! point x and a few points y, lanes over y, and with them terms are [contracted](contract) with vectors, none of which
//! needs more than d² steps, or [spread](spread) over the entries of a block.

mod arrays;
mod blocks;
mod contract;
mod description;
mod distribute;
mod evaluate;
mod fill;
mod labels;
mod loops;
mod operators;
mod outer;
mod pairing;
mod program;
mod source;
mod spread;
mod vectors;

pub(crate) use blocks::{Block, Matrix, Product};
pub use description::Description;
pub(crate) use description::{Index, Partial};
pub(crate) use operators::{Applied, BothWays, Operators};
pub use outer::{Derived, Tall, derived};
pub(crate) use vectors::ByChunks;

use contract::Contract;
use evaluate::Evaluate;
use fill::Fill;
use spread::Spread;

use crate::lane::{Task, Vector};
use crate::real::Real;

/// What is compiled for each type of numbers, not for each kernel.
pub enum TowerTask<'a, S: Real> {
    Fill(Fill<'a, S>),
    Contract(Contract<'a, S>),
    Spread(Spread<'a, S>),
    Evaluate(Evaluate<'a, S>),
}

impl<S: Real> Task<S> for TowerTask<'_, S> {
    type Output = ();

    #[inline(always)]
    fn run<V: Vector<Scalar = S>>(self) {
        match self {
            Self::Fill(task) => task.run::<V>(),
            Self::Contract(task) => task.run::<V>(),
            Self::Spread(task) => task.run::<V>(),
            Self::Evaluate(task) => task.run::<V>(),
        }
    }
}
