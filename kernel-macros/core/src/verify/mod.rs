//! What can be proved about a kernel: symmetry, stationarity, smoothness.

pub mod definite;
mod guard;
mod invariance;
mod smoothness;

use crate::definition::{Definiteness, Definition};
use crate::error::message;

pub use guard::without_guards;
pub use invariance::{Invariance, invariance};
pub use smoothness::{
    Approach, Kink, Meetings, Smoothness, TERMS, approaches, meetings, order_at_diagonal, smoothness,
};

/// What the user demands to have proved and this version cannot prove.
#[must_use]
pub fn unproved(definition: &Definition) -> Option<syn::Error> {
    let demanded = definition.options.definiteness == Definiteness::Demand;
    demanded.then(|| syn::Error::new(definition.span, message::NO_PROOF))
}
