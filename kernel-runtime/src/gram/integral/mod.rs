//! Integrals as operators: over boxes, and against normal distributions.
//!
//! A side of a matrix with integrals holds a [`Measure`]; the other side has one, too, or derivatives at points.
//! Entries are computed in double precision, one pair of points at a time.

mod evaluate;
mod functional;
mod gaussian;
mod measure;
mod normal;
mod operators;
mod polynomial;
mod products;

pub use measure::Measure;
pub use operators::{Expectation, Integral};
