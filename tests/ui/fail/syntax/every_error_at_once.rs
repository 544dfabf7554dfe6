//! One kernel with three mistakes; the function itself and its other users stay.
use kernel_runtime::kernel;

#[kernel(assume(gama > 0))]
fn rbf(x: &[f64], y: &[f64], gamma: f64) -> f64 {
    let s = sqdist(x, y);
    (-gamma * s).expp()
}

fn main() {
    let _: f64 = rbf(&[0.0], &[1.0], 0.5);
}
