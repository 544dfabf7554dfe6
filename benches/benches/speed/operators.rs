//! Covariances of operators beside the closed forms that a person derives for them, each a kernel of its own, compiled
//! by the same macro.

use std::cell::RefCell;

use kernel_benches::points::numbers;
use kernel_benches::timing::{Contestant, compare};
use kernel_runtime::gram::{Gram, Laplacian, Observed, Value};
use kernel_runtime::{Kernel, VectorPoints, kernel, kernels, operator};
use ndarray::{Array1, Ix2};

use super::memory::{points, shaped};
use super::table::{self, Goal};
use super::{Bench, ROUNDS};

operator!(Heat(alpha) = d[0] - alpha * d[1] * d[1]);

/// (∂_0 - α ∂_1²) k (∂_0 - α ∂_1²) of k = exp(-γ r²)
#[kernel(indefinite)]
fn heat_of_rbf(x: &[f64], y: &[f64], gamma: f64, alpha: f64) -> f64 {
    let (u, v) = ((x[0] - y[0]).powi(2), (x[1] - y[1]).powi(2));
    let w = gamma * v;
    let time = 2.0 * gamma - 4.0 * gamma * gamma * u;
    let space = alpha * alpha * gamma * gamma * (12.0 + w * (16.0 * w - 48.0));
    (time + space) * (-gamma * (u + v)).exp()
}

/// Δ k Δ of the same
#[kernel(indefinite)]
fn laplacian_of_rbf(x: &[f64], y: &[f64], gamma: f64) -> f64 {
    let (w, d) = (gamma * sq_dist(x, y), x.len() as f64);
    4.0 * gamma * gamma * (w * (4.0 * w - 4.0 * (d + 2.0)) + d * (d + 2.0)) * (-w).exp()
}

const N: usize = 2048;
const ALPHA: f64 = 0.3;

pub fn figures(bench: &Bench) {
    // exp(-r²/2ℓ²) with ℓ = 1
    let rbf = kernels::Rbf::new(1.0, 1.0).expect("parameters in range");
    let gamma = 0.5;
    let heat = Heat::new(ALPHA).expect("a finite number");
    let by_hand = HeatOfRbf::new(gamma, ALPHA).expect("parameters in range");
    beside(bench, "heat equation", 2, (&by_hand, &rbf), heat);
    let by_hand = LaplacianOfRbf::new(gamma).expect("parameters in range");
    for d in [2, 8, 64] {
        beside(bench, "Laplacian", d, (&by_hand, &rbf), Laplacian);
    }
}

fn beside<H, K, L>(bench: &Bench, what: &str, d: usize, (by_hand, kernel): (&H, &K), operator: L)
where
    H: Kernel<Scalar = f64, Points = VectorPoints>,
    K: Kernel<Scalar = f64, Points = VectorPoints>,
    L: Observed<K>,
{
    let (x, y) = (numbers(1, N * d), numbers(2, N * d));
    let (xs, ys) = (points(d, &x), points(d, &y));
    let by_hand = Gram::new(by_hand, (Value, &xs), (Value, &ys)).expect("points fit");
    let gram = Gram::new(kernel, (operator, &xs), (operator, &ys)).expect("points fit");
    let goal = Goal::AtMost(1.3);
    let compared = |name: &str, goal: &Goal, contestants: [Contestant<'_>; 2]| {
        if bench.wants(name) {
            let mut contestants = contestants;
            let times = compare(ROUNDS, &mut contestants);
            table::figure(name, times[0].median() / times[1].median(), times[0].least() / times[1].least(), goal);
        }
    };
    let entries = N * N;
    let ours = || {
        let mut out = bench.out.numbers(0, entries);
        gram.dense_into(&mut shaped(&mut out, Ix2(N, N))).expect("shapes fit");
    };
    let derived = || {
        let mut out = bench.plain.numbers(0, entries);
        by_hand.dense_into(&mut shaped(&mut out, Ix2(N, N))).expect("shapes fit");
    };
    let name = format!("{what} block {N}² d={d}, of hand-derived");
    compared(&name, &goal, [Contestant::new(entries, ours), Contestant::new(entries, derived)]);

    let v = Array1::from(numbers(3, N));
    let (out, other) = (RefCell::new(Array1::zeros(N)), RefCell::new(Array1::zeros(N)));
    let ours = || gram.dot_into(&v, &mut *out.borrow_mut()).expect("shapes fit");
    let derived = || by_hand.dot_into(&v, &mut *other.borrow_mut()).expect("shapes fit");
    ours();
    derived();
    let (ours_is, derived_is) = (out.borrow().clone(), other.borrow().clone());
    let size = derived_is.iter().fold(0.0_f64, |size, entry| size.max(entry.abs()));
    assert!((ours_is - derived_is).iter().all(|error| error.abs() < 1e-11 * size), "{what}: not the same");
    let name = format!("{what} product {N}² d={d}, of hand-derived");
    compared(&name, &goal, [Contestant::new(entries, ours), Contestant::new(entries, derived)]);
}
