//! Positive definiteness: proved by rules, each a theorem.

mod conditional;
mod features;
mod judge;
mod positive;
mod proof;
mod radial;
mod refute;
mod report;
mod sides;
mod sign;
mod special;
mod spectrum;
mod verdict;

pub use judge::Judge;
pub(super) use proof::joined;
pub use proof::{Claim, Found, Need, Proof, Subject};
pub use refute::{Counterexample, refute};
pub use verdict::{Rescue, Verdict, is_open_in_type, verdict};
