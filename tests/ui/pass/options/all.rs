//! Every option, alone and together.
use kernel_runtime::kernel;

#[kernel(assume(0 < p && p <= 2, lengthscale > 0.0, shift != 1, 0.5 <= scale))]
fn bounds(x: f64, y: f64, p: f64, lengthscale: f64, shift: f64, scale: f64) -> f64 {
    scale * shift * (-(((x - y) / lengthscale).abs() + 1.0).powf(p)).exp()
}

#[kernel(psd = assume)]
fn vouched(x: f64, y: f64) -> f64 {
    x.min(y)
}

#[kernel(indefinite)]
fn sigmoid(x: &[f64], y: &[f64]) -> f64 {
    (dot(x, y) - 1.0).tanh()
}

#[kernel(asymmetric, indefinite)]
fn oneway(x: f64, y: f64) -> f64 {
    x - 2.0 * y
}

#[kernel(smooth = assume(1))]
fn smooth(x: f64, y: f64) -> f64 {
    (-(x - y).powi(2)).exp()
}

#[kernel(name = SquaredExponential, assume(gamma > 0))]
fn rbf(x: &[f64], y: &[f64], gamma: f64) -> f64 {
    (-gamma * sq_dist(x, y)).exp()
}

mod elsewhere {
    pub use kernel_runtime as runtime;
}

#[kernel(crate = crate::elsewhere::runtime)]
fn rerouted(x: &[f64], y: &[f64]) -> f64 {
    dot(x, y)
}

fn main() {
    assert!(Bounds::new(2.0, 1.0, 0.0, 0.5).is_ok());
    assert!(Bounds::new(2.5, 1.0, 0.0, 0.5).is_err());
    assert!(Bounds::new(1.0, 0.0, 0.0, 0.5).is_err());
    assert!(Bounds::new(1.0, 1.0, 1.0, 0.5).is_err());
    assert!(Bounds::new(1.0, 1.0, 0.0, 0.4).is_err());
    assert!(SquaredExponential::new(0.5).is_ok());
    let _ = (Vouched::new(), Sigmoid::new(), Oneway::new(), Smooth::new(), Rerouted::new());
}
