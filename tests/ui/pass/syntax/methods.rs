//! Every float method of the grammar, called as Rust users call it.
use kernel_runtime::kernel;

#[kernel(indefinite, asymmetric)]
fn all(x: f64, y: f64, a: f64) -> f64 {
    let t = x - y;
    let first = t.exp() + t.exp_m1() + t.abs().ln_1p() + (1.0 + t * t).ln() + (t * t).sqrt() + t.cbrt();
    let second = t.powi(3) + (1.0 + t * t).powf(a) + (2.0 + t * t).recip();
    let third = t.sin() + t.cos() + t.tan() + t.tanh().asin() + t.tanh().acos() + t.atan();
    let fourth = t.sinh() + t.cosh() + t.tanh() + t.abs() + t.max(a) + t.min(0.5);
    let fifth = t.mul_add(a, 1.0) + t.hypot(a) + erf(t) + f64::exp(t) + f64::max(t, 0.0);
    first + second + third + fourth + fifth
}

fn main() {
    assert!(all::grad(0.3, 0.1, 1.5).is_finite());
}
