//! Batches in a development build, where nothing is optimised: slow, but not so slow that one would do without them.
#![cfg(debug_assertions)]

use std::time::{Duration, Instant};

use kernel_runtime::gram::{self, PointsRef};
use kernel_runtime::{Kernel, Level, VectorPoints, kernel, kernels};
use ndarray::Array2;

/// Ten times what `scripts/compile_time.sh` asks for: this machine may be a slow one, and busy.
const LIMIT: Duration = Duration::from_secs(3);

#[kernel(assume(gamma > 0))]
fn rbf(x: &[f64], y: &[f64], gamma: f64) -> f64 {
    (-gamma * sq_dist(x, y)).exp()
}

#[kernel(assume(l > 0))]
fn matern52(x: &[f64], y: &[f64], l: f64) -> f64 {
    let q = 5.0_f64.sqrt() * dist(x, y) / l;
    (1.0 + q + q * q / 3.0) * (-q).exp()
}

#[kernel(assume(a > 0, l > 0))]
fn rational_quadratic(x: &[f64], y: &[f64], a: f64, l: f64) -> f64 {
    (1.0 + sq_dist(x, y) / (2.0 * a * l.powi(2))).powf(-a)
}

#[kernel]
fn coordinates(x: &[f64], y: &[f64]) -> f64 {
    x.iter().zip(y).map(|(a, b)| (-(a - b).abs()).exp()).sum::<f64>()
}

fn is_quick<K: Kernel<Scalar = f64, Points = VectorPoints>>(name: &str, k: &K) {
    let x = Array2::from_shape_fn((1000, 3), |(i, a)| ((i * (a + 2)) % 97) as f64 / 97.0);
    let x: &PointsRef<K> = &x;
    let once = || {
        let start = Instant::now();
        gram::k_ff(k, x, x).unwrap();
        start.elapsed()
    };
    assert!((0..5).any(|_| once() < LIMIT), "{name}: {:?} for a Gram matrix of 1000²", once());
}

#[test]
fn a_gram_matrix_is_not_worth_waiting_for() {
    if Level::best() == Level::Baseline {
        return;
    }
    is_quick("stock", &kernels::Rbf::new(1.0, 0.5).unwrap());
    is_quick("rbf", &Rbf::new(0.5).unwrap());
    is_quick("matern52", &Matern52::new(0.5).unwrap());
    is_quick("rational_quadratic", &RationalQuadratic::new(1.3, 0.5).unwrap());
    is_quick("coordinates", &Coordinates::new().unwrap());
}
