//! Loops, closures, functions, late values, sums in sums, products, modules.
use kernel_runtime::kernel;

#[kernel]
fn for_loop(x: &[f64], y: &[f64]) -> f64 {
    let mut acc = 0.0;
    for i in 0..x.len() {
        acc += x[i] * y[i];
    }
    acc
}

#[kernel]
fn returns(x: f64, y: f64) -> f64 {
    return x * y;
}

#[kernel(indefinite)]
fn closure(x: f64, y: f64) -> f64 {
    let square = |t: f64| t * t;
    square(x - y)
}

#[kernel(asymmetric)]
fn destructured(x: &[f64; 2], y: &[f64; 2]) -> f64 {
    let [a, b] = x;
    a * b * y[0]
}

#[kernel(indefinite)]
fn inner_item(x: f64, y: f64) -> f64 {
    fn square(t: f64) -> f64 {
        t * t
    }
    square(x - y)
}

#[kernel]
fn late(x: f64, y: f64) -> f64 {
    let product;
    product = x * y;
    product
}

#[kernel]
fn product(x: &[f64], y: &[f64]) -> f64 {
    x.iter().zip(y).map(|(a, b)| (a - b).cos()).product::<f64>()
}

#[kernel]
fn enumerated(x: &[f64], y: &[f64]) -> f64 {
    x.iter().zip(y).enumerate().map(|(i, (a, b))| a * b / (i as f64 + 1.0)).sum::<f64>()
}

#[kernel]
fn nested(x: &[f64], y: &[f64]) -> f64 {
    x.iter().map(|a| y.iter().map(|b| (-(a - b).powi(2)).exp()).sum::<f64>()).sum::<f64>()
}

#[kernel]
fn centred(x: &[f64], y: &[f64]) -> f64 {
    let (m, n) = (x.iter().sum::<f64>() / x.len() as f64, y.iter().sum::<f64>() / y.len() as f64);
    x.iter().zip(y).map(|(a, b)| (a - m) * (b - n)).sum()
}

#[kernel]
fn real<T: kernel_runtime::Real>(x: &[T], y: &[T]) -> T {
    dot(x, y)
}

#[kernel]
fn constant(x: f64, y: f64) -> f64 {
    (std::f64::consts::TAU * (x - y)).cos()
}

#[kernel]
mod kernels {
    use kernel_runtime::kernel;

    fn scaled(t: f64, l: f64) -> f64 {
        t / l
    }

    #[kernel(assume(l > 0))]
    pub fn rbf(x: &[f64], y: &[f64], l: f64) -> f64 {
        (-0.5 * scaled(dist(x, y), l).powi(2)).exp()
    }

    #[kernel(assume(l > 0))]
    pub fn wavy(x: &[f64], y: &[f64], l: f64) -> f64 {
        rbf(x, y, l) * scaled(dot(x, y), l)
    }
}

fn main() {
    let mut out = [0.0; 2];
    let (x, y) = (&[1.0, 2.0], &[3.0, 5.0]);
    for_loop::grad(x, y, &mut out);
    assert_eq!(out, [3.0, 5.0]);
    enumerated::grad(x, y, &mut out);
    assert_eq!(out, [3.0, 2.5]);
    centred::grad(x, y, &mut out);
    assert_eq!(out, [-1.0, 1.0]);
    real::grad(x, y, &mut out);
    assert_eq!(out, [3.0, 5.0]);
    nested::grad(x, x, &mut out);
    product::grad(x, x, &mut out);
    assert_eq!(out, [0.0, 0.0]);
    kernels::wavy::grad(x, x, 1.0, &mut out);
    assert_eq!(out, [1.0, 2.0]);
    assert_eq!(returns::grad(2.0, 3.0), 3.0);
    assert_eq!(closure::grad(2.0, 3.0), -2.0);
    assert_eq!(inner_item::grad(2.0, 3.0), -2.0);
    assert_eq!(late::grad(2.0, 3.0), 3.0);
    assert_eq!(destructured::grad(&[2.0, 3.0], &[5.0, 7.0]), [15.0, 10.0]);
    assert_eq!(constant::grad(0.5, 0.5), 0.0);
}
