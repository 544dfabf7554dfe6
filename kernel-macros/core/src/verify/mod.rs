//! What can be proved about a kernel: symmetry, stationarity, smoothness.

mod approach;
mod cases;
pub mod definite;
mod domain;
mod guard;
mod invariance;
mod joint;
mod leading;
mod powers;
mod probe;
mod singular;
mod smoothness;
mod symmetry;

pub use approach::{Approach, TERMS, approaches, order_at_diagonal};
pub use domain::{Domain, Edge, Note, domain};
pub use guard::without_guards;
pub use invariance::{Invariance, invariance};
pub use leading::{DISTANCE, Leading};
pub use singular::Singular;
pub use smoothness::{Along, Doubt, Kink, Meetings, Smoothness, kinks, meetings, smoothness};
pub use symmetry::{Counterexample, asymmetry};
