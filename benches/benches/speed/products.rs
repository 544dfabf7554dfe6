//! Products with vectors, the matrix not formed. The counts are of the least arithmetic that we know: the squared
//! distance, the product of the differences with the vector, and for each coordinate of the result one product with the
//! vector and one with the point. Ours takes differences again for the latter, one operation more, so that points far
//! from the origin lose no digits. Where the points y are the points x, the plain loop and the count are of all pairs;
//! ours takes each once, for both of its rows.

use kernel_benches::emitted::slice::Rbf;
use kernel_benches::limits::Count;
use kernel_benches::plain;
use kernel_benches::points::numbers;
use kernel_benches::timing::{Contestant, Times, compare};
use kernel_runtime::__measure::Function::{Exp, Sqrt};
use kernel_runtime::gram::{self, Gradient, Gram, Observed, Value};
use kernel_runtime::{Differentiable, VectorPoints, kernel, kernels};
use ndarray::{ArrayView1, ArrayViewMut1, Ix4};

use super::memory::{error, points, shaped};
use super::table::{self, Goal, Goals, Row};
use super::{Bench, ROUNDS};

const GAMMA: f64 = 0.01;

/// A kernel that nobody listed in advance.
#[kernel(assume(lengthscale > 0, bias >= 0))]
fn mixed(x: &[f64], y: &[f64], lengthscale: f64, bias: f64) -> f64 {
    let q = dist(x, y) * (5.0_f64.sqrt() / lengthscale);
    let matern = (1.0 + q + q * q / 3.0) * (-q).exp();
    let both = dot(x, y) + bias;
    let sides = ((1.0 + bias + sq_norm(x)) * (1.0 + bias + sq_norm(y))).sqrt();
    matern + 0.1 * both * both + (both / sides).asin()
}

type Plain<'a> = &'a dyn Fn(&[f64], &[f64], &[f64], &mut [f64]);

struct Product<'a, K, L> {
    name: &'a str,
    kernel: &'a K,
    side: L,
    /// Points x and y, and coordinates.
    sizes: [usize; 3],
    /// Whether the points y are the points x.
    same: bool,
    count: &'a Count,
    goals: (f64, f64),
}

impl Bench {
    fn product<K, L>(&self, product: &Product<'_, K, L>, plain: Plain<'_>)
    where
        K: Differentiable<Scalar = f64, Points = VectorPoints>,
        L: Observed<K>,
    {
        let &Product { name, kernel, side, sizes: [n, m, d], same, count, goals: (of_limit, times_plain) } = product;
        if !self.wants(name) {
            return;
        }
        let (x, y) = (numbers(1, n * d), numbers(if same { 1 } else { 2 }, m * d));
        let (xs, ys) = (points(d, &x), points(d, &y));
        let gram = Gram::new(kernel, (side, &xs), (side, &ys)).expect("points fit");
        let (rows, columns) = gram.shape();
        let v = numbers(3, columns);
        let ours = || {
            let mut out = self.out.numbers(0, rows);
            gram.dot_into(&ArrayView1::from(&v), &mut ArrayViewMut1::from(&mut *out)).expect("shapes fit");
        };
        // Fewer points x, for it takes longer.
        let few = (n / 8).max(1);
        let by_hand = || plain(&x[..few * d], &y, &v, &mut self.plain.numbers(0, rows / n * few));
        ours();
        by_hand();
        let error = error(&self.out.numbers(0, rows / n * few), &self.plain.numbers(0, rows / n * few));
        assert!(error < 1e-12, "{name}: off by {error:e}");
        let mut contestants = vec![Contestant::new(n * m, ours), Contestant::new(few * m, by_hand)];
        contestants.extend(count.contestants());
        let times = compare(ROUNDS, &mut contestants);
        let [ours, plain, operations @ ..] = &times[..] else { unreachable!("as many times as contestants") };
        let goal = |goal: f64| (goal > 0.0).then_some(goal);
        let goals = Goals { of_limit: goal(of_limit), times_plain: goal(times_plain) };
        Row { name, count, ours, write: None, operations, plain, error, goals }.print();
    }

    /// Nanoseconds for a pair of points, of products of gradients.
    fn per_pair<K: Differentiable<Scalar = f64, Points = VectorPoints>>(&self, kernel: &K, n: usize, d: usize) -> f64 {
        let x = numbers(1, n * d);
        let xs = points(d, &x);
        let gram = Gram::new(kernel, (Gradient, &xs), (Gradient, &xs)).expect("points fit");
        let v = numbers(3, n * d);
        let product = Contestant::new(n * n, || {
            let mut out = self.out.numbers(0, n * d);
            gram.dot_into(&ArrayView1::from(&v), &mut ArrayViewMut1::from(&mut *out)).expect("shapes fit");
        });
        compare(ROUNDS, &mut [product])[0].median()
    }
}

pub fn run(bench: &Bench) {
    table::heading_of("ns per pair of points");
    values(bench);
    for d in [8, 64, 1024] {
        gradients(bench, d);
    }
}

pub fn figures(bench: &Bench) {
    for d in [8, 64] {
        formed(bench, d);
    }
    growth(bench);
}

fn values(bench: &Bench) {
    let (n, d) = (16384, 3);
    let k = Rbf::new(0.7).expect("a parameter in range");
    let count = &Count::new(1, d, 2, &[(Exp, 1)]);
    for same in [true, false] {
        let name = &format!("K_ff v, RBF n={n} d={d}{}", of_two(same));
        let product = Product { name, kernel: &k, side: Value, sizes: [n, n, d], same, count, goals: (0.9, 11.0) };
        bench.product(&product, &|x, y, v, out| plain::value_product(d, x, y, v, out, |s| (-0.7 * s).exp()));
    }
}

/// The end of a name.
fn of_two(same: bool) -> &'static str {
    if same { "" } else { ", y not x" }
}

fn gradients(bench: &Bench, d: usize) {
    let n = 1024;
    let sizes = [n, n, d];
    let goals = if d == 64 { (0.8, 8.5) } else { (0.0, 0.0) };
    let rbf = Rbf::new(GAMMA).expect("a parameter in range");
    // Beside the sums over coordinates: the slope and its slope, and their products with that of the differences and
    // the vector.
    let count = &Count::new(1, d, 3 * d + 4, &[(Exp, 1)]);
    for same in [true, false] {
        let name = &format!("gradients, RBF n={n} d={d}{}", of_two(same));
        let product = Product { name, kernel: &rbf, side: Gradient, sizes, same, count, goals };
        bench.product(&product, &|x, y, v, out| {
            plain::gradient_product(d, x, y, v, out, |s| {
                let k = (-GAMMA * s).exp();
                [-GAMMA * k, GAMMA * GAMMA * k]
            });
        });
    }
    let (variance, lengthscale) = (1.3, 5.0);
    let matern = kernels::Matern52::new(variance, lengthscale).expect("parameters in range");
    let count = &Count::new(1, d, 3 * d + 6, &[(Exp, 1), (Sqrt, 1)]);
    let name = &format!("gradients, Matérn-5/2 n={n} d={d}");
    let product = Product { name, kernel: &matern, side: Gradient, sizes, same: true, count, goals: (0.0, 0.0) };
    bench.product(&product, &|x, y, v, out| {
        plain::gradient_product(d, x, y, v, out, |s| {
            let (rate, square) = (5.0_f64.sqrt() / lengthscale, lengthscale * lengthscale);
            let q = rate * s.sqrt();
            let k = variance * (-q).exp();
            [-5.0 / (6.0 * square) * (1.0 + q) * k, 25.0 / (12.0 * square * square) * k]
        });
    });
}

/// How many times as long it takes to form the blocks, a few at a time, and to multiply those.
fn formed(bench: &Bench, d: usize) {
    let n = 1024;
    let name = format!("blocks formed, user kernel n={n} d={d}, times ours");
    if !bench.wants(&name) {
        return;
    }
    let k = Mixed::new(5.0, 0.3).expect("parameters in range");
    let (x, v) = (numbers(1, n * d), numbers(3, n * d));
    let xs = points(d, &x);
    // As many points x as an output in the second cache has room for, and not fewer than one.
    let few = ((1 << 17) / (n * d * d)).max(1);
    let some = points(d, &x[..few * d]);
    let blocks = Contestant::new(few * n, || {
        let mut out = bench.out.numbers(0, few * n * d * d);
        gram::k_gg_into(&k, &some, &xs, &mut shaped(&mut out, Ix4(few, n, d, d))).expect("shapes fit");
        let mut product = bench.plain.numbers(0, few * d);
        plain::block_product(d, &out, &v, &mut product);
    });
    let gram = Gram::new(&k, (Gradient, &xs), (Gradient, &xs)).expect("points fit");
    let mut out = vec![0.0; n * d];
    let ours = Contestant::new(n * n, || {
        gram.dot_into(&ArrayView1::from(&v), &mut ArrayViewMut1::from(&mut out)).expect("shapes fit");
    });
    let times = compare(ROUNDS, &mut [ours, blocks]);
    let ratio = |of: fn(&Times) -> f64| of(&times[1]) / of(&times[0]);
    table::figure(&name, ratio(Times::median), ratio(Times::least), &Goal::AtLeast(1.0));
}

/// How the time of gradients grows: the slope of its logarithm.
fn growth(bench: &Bench) {
    let k = Rbf::new(GAMMA).expect("a parameter in range");
    let name = "growth with n, gradients, d=64";
    if bench.wants(name) {
        // Of fewer points, what is made for each of them takes a good part of the time.
        let sizes = [512.0, 1024.0, 2048.0, 4096.0, 8192.0];
        let times = [512, 1024, 2048, 4096, 8192].map(|n| bench.per_pair(&k, n, 64) * (n * n) as f64);
        table::figure(name, slope(&sizes, &times), slope(&sizes, &times), &Goal::Near(2.0, 0.1));
    }
    let name = "growth with d, gradients, n=512";
    if bench.wants(name) {
        let sizes = [64.0, 128.0, 256.0, 512.0, 1024.0];
        let times = [64, 128, 256, 512, 1024].map(|d| bench.per_pair(&k, 512, d));
        table::figure(name, slope(&sizes, &times), slope(&sizes, &times), &Goal::AtMost(1.1));
    }
    // S. Ament and C. Gomes, Scalable first-order Bayesian optimization via structured automatic differentiation, ICML
    // 2022: 0.394 s.
    let name = "gradients, Matérn-5/2 n=d=1024, s";
    if bench.wants(name) {
        let k = kernels::Matern52::new(1.3, 5.0).expect("parameters in range");
        let seconds = 1e-9 * bench.per_pair(&k, 1024, 1024) * 1024.0 * 1024.0;
        table::figure(name, seconds, seconds, &Goal::AtMost(0.394));
    }
}

/// Of the line through the logarithms with the least squares.
fn slope(x: &[f64], y: &[f64]) -> f64 {
    let logarithms = |numbers: &[f64]| {
        let all: Vec<f64> = numbers.iter().map(|number| number.ln()).collect();
        let mean = all.iter().sum::<f64>() / all.len() as f64;
        all.into_iter().map(|number| number - mean).collect::<Vec<_>>()
    };
    let (x, y) = (logarithms(x), logarithms(y));
    let sum = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
    sum(&x, &y) / sum(&x, &x)
}
