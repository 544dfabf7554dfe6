//! The reason is that of the part that is to blame, through sums, products and multiples, in every bound.
use kernel_runtime::{Differentiable, Kernel, TwiceDifferentiable, gram, kernel};
use ndarray::Array2;

#[kernel(assume(gamma > 0))]
fn rbf(x: &[f64], y: &[f64], gamma: f64) -> f64 {
    (-gamma * sq_dist(x, y)).exp()
}

#[kernel(assume(lengthscale > 0))]
fn laplace(x: &[f64], y: &[f64], lengthscale: f64) -> f64 {
    (-l1_dist(x, y) / lengthscale).exp()
}

#[kernel(assume(lengthscale > 0))]
fn matern32(x: &[f64], y: &[f64], lengthscale: f64) -> f64 {
    let q = 3.0_f64.sqrt() * dist(x, y) / lengthscale;
    (1.0 + q) * (-q).exp()
}

fn fit<K: Kernel + Differentiable>(_: &K) {}

fn curve<K: TwiceDifferentiable>(_: &K) {}

fn main() {
    let x = Array2::zeros((2, 3));
    let sum = Rbf::new(1.0).unwrap() + Laplace::new(1.0).unwrap();
    let _ = gram::k_gg(&sum, &x, &x);
    fit(&(2.0 * sum));
    curve(&(Rbf::new(1.0).unwrap() * Matern32::new(1.0).unwrap()));
}
