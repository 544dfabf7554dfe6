//! Generated code under the strictest lints of a user.
#![forbid(unsafe_code)]
#![deny(warnings, missing_docs, missing_debug_implementations, unused_qualifications, unreachable_pub)]
#![deny(non_camel_case_types, non_snake_case, dead_code, unused_imports, unused_variables)]

use kernel_runtime::kernel;

/// Public and documented.
pub mod kernels {
    use kernel_runtime::kernel;

    /// Squared exponential.
    #[kernel(assume(gamma > 0))]
    pub fn rbf(x: &[f64], y: &[f64], gamma: f64) -> f64 {
        (-gamma * sq_dist(x, y)).exp()
    }

    /// Squared exponential with a lengthscale for each coordinate.
    #[kernel]
    pub fn ard<const D: usize>(x: &[f64; D], y: &[f64; D], lengthscale: &[f64; D]) -> f64 {
        (-x.iter().zip(y).zip(lengthscale).map(|((a, b), l)| ((a - b) / l).powi(2)).sum::<f64>()).exp()
    }
}

#[kernel]
fn private(x: f64, y: f64) -> f64 {
    x * y
}

fn main() {
    let _ = private(1.0, 2.0);
}
