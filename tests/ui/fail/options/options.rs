//! Options that do not exist, contradict each other, or say something else.
use kernel_runtime::kernel;

#[kernel(symmetric)]
fn unknown(x: f64, y: f64) -> f64 {
    x * y
}

#[kernel(psd, indefinite)]
fn contradiction(x: f64, y: f64) -> f64 {
    x * y
}

#[kernel(asymmetric, asymmetric)]
fn twice(x: f64, y: f64) -> f64 {
    x * y
}

#[kernel(psd = yes)]
fn psd_value(x: f64, y: f64) -> f64 {
    x * y
}

#[kernel(smooth = 1)]
fn smooth_value(x: f64, y: f64) -> f64 {
    x * y
}

#[kernel(smooth = assume(high))]
fn smooth_order(x: f64, y: f64) -> f64 {
    x * y
}

#[kernel(name = "Rbf")]
fn name_value(x: f64, y: f64) -> f64 {
    x * y
}

#[kernel(crate = "path")]
fn crate_value(x: f64, y: f64) -> f64 {
    x * y
}

#[kernel(assume = gamma > 0)]
fn assume_value(x: f64, y: f64, gamma: f64) -> f64 {
    gamma * gamma * x * y
}

fn main() {}
