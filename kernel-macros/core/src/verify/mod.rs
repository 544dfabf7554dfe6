//! What can be proved about a kernel: symmetry, stationarity, smoothness.

pub mod definite;
mod guard;
mod invariance;
mod smoothness;

pub use guard::without_guards;
pub use invariance::{Invariance, invariance};
pub use smoothness::{
    Approach, Kink, Meetings, Smoothness, TERMS, approaches, meetings, order_at_diagonal, smoothness,
};
