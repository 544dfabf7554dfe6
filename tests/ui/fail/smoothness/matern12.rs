//! Matérn-1/2 has no gradient at x = y: the blocks that need one do not compile.
use kernel_runtime::{Differentiable, gram, kernel};
use ndarray::Array2;

#[kernel(assume(lengthscale > 0))]
fn matern12(x: &[f64], y: &[f64], lengthscale: f64) -> f64 {
    (-dist(x, y) / lengthscale).exp()
}

fn needs_gradients(_: &impl Differentiable) {}

fn main() {
    let k = Matern12::new(1.0).unwrap();
    let x = Array2::zeros((2, 3));
    let _ = gram::k_ff(&k, &x, &x);
    let _ = gram::k_gf(&k, &x, &x);
    let _ = gram::k_fg(&k, &x, &x);
    let _ = gram::k_gg(&k, &x, &x);
    needs_gradients(&k);
}
