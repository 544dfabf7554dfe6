//! Batches of each kind. The counts are those of the least arithmetic that we know for the formula, with everything
//! that depends on one point alone computed once for it.

use kernel_benches::emitted::slice::Rbf;
use kernel_benches::limits::{Count, write};
use kernel_benches::plain;
use kernel_benches::points::numbers;
use kernel_benches::timing::{Contestant, compare};
use kernel_runtime::__measure::Function::{Asin, Exp, Powf, Recip, Sin, Sqrt};
use kernel_runtime::{gram, kernel, kernels};
use ndarray::{Ix2, Ix4};

use super::memory::{error, points, shaped};
use super::table::{self, Goals, Row};
use super::{Bench, ROUNDS};

/// A kernel with a sum of its own over coordinates: a hyperbola of each difference, a parabola where it is small.
#[kernel(assume(gamma > 0))]
fn hyperbola(x: &[f64], y: &[f64], gamma: f64) -> f64 {
    let s = x.iter().zip(y).map(|(a, b)| (1.0 + (a - b).powi(2)).sqrt() - 1.0).sum::<f64>();
    (-gamma * s).exp()
}

type Fill<'a> = &'a dyn Fn(&mut [f64]);

struct Batch<'a> {
    name: &'a str,
    entries: usize,
    /// Of the output, from the start of a cache line.
    offset: usize,
    count: &'a Count,
    /// Of the limit, and times the plain loop.
    goals: (f64, f64),
}

impl Bench {
    fn batch(&self, batch: &Batch<'_>, ours: Fill<'_>, plain: Fill<'_>) {
        let &Batch { name, entries, offset, count, goals: (of_limit, times_plain) } = batch;
        if !self.wants(name) {
            return;
        }
        ours(&mut self.out.numbers(offset, entries));
        plain(&mut self.plain.numbers(0, entries));
        let error = error(&self.out.numbers(offset, entries), &self.plain.numbers(0, entries));
        assert!(error < 1e-13, "{name}: off by {error:e}");

        let mut contestants = vec![
            Contestant::new(entries, || ours(&mut self.out.numbers(offset, entries))),
            Contestant::new(entries, || plain(&mut self.plain.numbers(0, entries))),
            Contestant::new(entries, || write(&mut self.out.numbers(0, entries))),
        ];
        contestants.extend(count.contestants());
        let times = compare(ROUNDS, &mut contestants);
        let [ours, plain, write, operations @ ..] = &times[..] else { unreachable!("as many times as contestants") };
        let goal = |goal: f64| (goal > 0.0).then_some(goal);
        let goals = Goals { of_limit: goal(of_limit), times_plain: goal(times_plain) };
        Row { name, count, ours, write: Some(write), operations, plain, error, goals }.print();
    }
}

pub fn run(bench: &Bench) {
    table::heading_of("ns per entry");
    squared_exponentials(bench);
    grams(bench);
    derivatives(bench);
}

const N: usize = 4096;
const GAMMA: f64 = 0.7;

fn squared_exponentials(bench: &Bench) {
    for (d, aligned, times_plain) in [(3, 0.88, 9.0), (8, 0.85, 8.0)] {
        let (x, y) = (numbers(1, N * d), numbers(2, N * d));
        let (xs, ys) = (points(d, &x), points(d, &y));
        let k = Rbf::new(GAMMA).expect("a parameter in range");
        let count = Count::new(1, d, 1, &[(Exp, 1)]);
        let ours = |out: &mut [f64]| gram::k_ff_into(&k, &xs, &ys, &mut shaped(out, Ix2(N, N))).expect("shapes fit");
        let plain = |out: &mut [f64]| plain::rbf(d, &x, &y, GAMMA, out);
        for (alignment, offset, of_limit) in [("64-byte aligned", 0, aligned), ("8-byte aligned", 3, 0.72)] {
            let name = &format!("RBF Gram {N}² d={d}, {alignment}");
            let batch = Batch { name, entries: N * N, offset, count: &count, goals: (of_limit, times_plain) };
            bench.batch(&batch, &ours, &plain);
        }
    }
}

/// A row for a kernel on points of `d` coordinates: differences, other arithmetic and functions of an entry.
macro_rules! gram {
    ($bench:expr, $name:literal, $d:expr, $goals:expr, $kernel:ident::$plain:ident($($value:expr),*), $differences:expr, $arithmetic:expr, $functions:expr) => {{
        let d: usize = $d;
        let (x, y) = (numbers(1, N * d), numbers(2, N * d));
        let (xs, ys) = (points(d, &x), points(d, &y));
        let k = $kernel::new($($value),*).expect("parameters in range");
        let name = &format!("{} Gram {N}² d={d}", $name);
        let batch = Batch { name, entries: N * N, offset: 0, count: &Count::new(1, $differences, $arithmetic, &$functions), goals: $goals };
        $bench.batch(
            &batch,
            &|out| gram::k_ff_into(&k, &xs, &ys, &mut shaped(out, Ix2(N, N))).expect("shapes fit"),
            &|out| plain::$plain(d, &x, &y, $($value,)* out),
        );
    }};
}

fn grams(bench: &Bench) {
    use kernels::{ArdRbf, Matern52, NnArcsine, Periodic, RationalQuadratic};

    for d in [3, 8] {
        // √s times a rate; two steps of Horner's rule; the variance and the exponential.
        gram!(bench, "Matérn-5/2", d, (0.8, 6.5), Matern52::matern52(1.3, 0.9), d, 5, [(Sqrt, 1), (Exp, 1)]);
    }
    let d = 3;
    let goals = (0.6, 5.0);
    gram!(
        bench,
        "rational quadratic",
        d,
        goals,
        RationalQuadratic::rational_quadratic(1.3, 0.8, 1.1),
        d,
        2,
        [(Powf, 1)]
    );
    // Difference, its angle, and the square of its sine in the sum; scale and variance.
    gram!(bench, "periodic", d, goals, Periodic::periodic(1.3, 1.7, 1.1), d, d + 2, [(Sin, d), (Exp, 1)]);
    // x·y, scale and bias, the product of the sides, the quotient by its root, the variance.
    gram!(bench, "arcsine", d, goals, NnArcsine::arcsine(1.3, 0.3, 0.9), 0, d + 4, [(Sqrt, 1), (Recip, 1), (Asin, 1)]);
    let lengthscale = &[0.8, 1.3, 2.1];
    gram!(bench, "ARD-RBF", d, goals, ArdRbf::ard_rbf(1.3, lengthscale), d, d + 2, [(Exp, 1)]);
    // Difference, its square, the sum of roots; all ones at once.
    gram!(bench, "own coordinate sum", d, goals, Hyperbola::hyperbola(GAMMA), d, d + 1, [(Sqrt, d), (Exp, 1)]);
}

fn derivatives(bench: &Bench) {
    let d = 8;
    let k = Rbf::new(GAMMA).expect("a parameter in range");
    // Beside the differences of the value: its scale, and that of its slope; 2γ(x - y), times the slope; a product for
    // each entry of the block, and a sum for each on its diagonal. The other gradient is one product more.
    let seconds = 2 + 2 * d + d * d + d;

    let n = 256;
    let (x, y) = (numbers(1, n * d), numbers(2, n * d));
    let (xs, ys) = (points(d, &x), points(d, &y));
    let (side, pair) = (n * (1 + d), (1 + d) * (1 + d));
    let count = &Count::new(pair, d, seconds + d, &[(Exp, 1)]);
    let (entries, offset, goals) = (side * side, 0, (0.88, 1.7));
    let name = &format!("joint value+gradient n={n} d={d}");
    let ours = |out: &mut [f64]| {
        gram::joint_into(&k, &xs, &ys, gram::Interleaved, &mut shaped(out, Ix2(side, side))).expect("shapes fit");
    };
    let batch = Batch { name, entries, offset, count, goals };
    bench.batch(&batch, &ours, &|out| plain::rbf_joint(d, &x, &y, GAMMA, out));

    let n = 512;
    let (x, y) = (numbers(1, n * d), numbers(2, n * d));
    let (xs, ys) = (points(d, &x), points(d, &y));
    let count = &Count::new(d * d, d, seconds, &[(Exp, 1)]);
    let (entries, goals) = (n * n * d * d, (0.85, 0.0));
    let name = &format!("K_gg n={n} d={d}");
    let ours = |out: &mut [f64]| {
        gram::k_gg_into(&k, &xs, &ys, &mut shaped(out, Ix4(n, n, d, d))).expect("shapes fit");
    };
    let batch = Batch { name, entries, offset, count, goals };
    bench.batch(&batch, &ours, &|out| plain::rbf_k_gg(d, &x, &y, GAMMA, out));
}
