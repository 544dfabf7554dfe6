//! Positive definiteness: proved by rules, each a theorem.

mod conditional;
mod judge;
mod positive;
mod proof;
mod radial;
mod refute;
mod sides;
mod sign;
mod special;
mod spectrum;

pub use judge::Judge;
pub use proof::{Claim, Found, Need, Proof, Subject};
pub use refute::{Counterexample, refute};
