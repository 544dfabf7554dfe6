//! What the examples share: reading the data, exact Gaussian-process regression with derivatives, and pictures.
//!
//! Kernels stand in the programs under `src/bin`, where a user would write them. Problems with an answer to compare
//! with have a module here, which the programs report on and the tests check: [`flow`], [`heat`], [`poisson`].

use std::io::{self, Write};

pub mod flow;
pub mod growth;
pub mod heat;
pub mod maximum;
pub mod picture;
pub mod poisson;
pub mod regression;
pub mod ridges;
pub mod sampling;
pub mod seed;
pub mod weekly;

/// max |number|
#[must_use]
pub fn largest(numbers: impl IntoIterator<Item = f64>) -> f64 {
    numbers.into_iter().fold(0.0, |largest, number| f64::max(largest, number.abs()))
}

/// Prints, and does not mind a reader that has seen enough (`| head`).
///
/// # Errors
///
/// If standard output cannot be written to for another reason.
pub fn print(text: &str) -> io::Result<()> {
    match io::stdout().write_all(text.as_bytes()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        result => result,
    }
}
