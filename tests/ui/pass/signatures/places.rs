//! Kernels in a function's body, in a module, private and public, with attributes and documentation of their own.
use kernel_runtime::kernel;

mod inner {
    use kernel_runtime::kernel;

    /// Documented.
    #[kernel]
    #[must_use]
    pub fn linear(x: &[f64], y: &[f64]) -> f64 {
        dot(x, y)
    }
}

fn main() {
    #[kernel(assume(gamma > 0))]
    fn rbf(x: f64, y: f64, gamma: f64) -> f64 {
        (-gamma * (x - y).powi(2)).exp()
    }
    assert!(rbf::grad(0.3, 0.3, 1.0) == 0.0);
    assert!(inner::linear(&[1.0, 2.0], &[3.0, 4.0]) == 11.0);
    let _ = inner::Linear::new();
}
