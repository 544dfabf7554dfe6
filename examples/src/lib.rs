//! What the examples share: reading the data, exact Gaussian-process regression with derivatives, and pictures.
//!
//! The kernels themselves stand in the programs under `src/bin`, where a user would write them.

use std::io::{self, Write};

pub mod growth;
pub mod picture;
pub mod regression;
pub mod ridges;
pub mod seed;
pub mod weekly;

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
