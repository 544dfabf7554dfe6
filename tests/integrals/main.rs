//! Integrals as operators: against values that are not ours, and by what has to hold between them.

mod golden;
mod properties;
