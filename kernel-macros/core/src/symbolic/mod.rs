//! Pure mathematics on hash-consed expressions: no Rust syntax here.

mod call;
mod collect;
mod derivative;
mod display;
mod evaluate;
mod expand;
mod expr;
mod fact;
mod function;
mod growth;
mod memo;
mod number;
mod parity;
mod reduction;
mod rewrite;
mod sample;
mod series;
mod simplify;
mod substitute;
mod together;
mod walk;

pub use derivative::Seeds;
pub use display::Notation;
pub use evaluate::Evaluator;
pub use expr::{Comparison, Constant, Gather, Graph, Id, Local, Node, Reduction, Side, Symbol};
pub use function::{Function, Parity};
pub use growth::Growth;
pub use number::{Number, Rational};
pub use series::Series;
pub(crate) use simplify::Factors;
