//! What is to hold of two measurements, or of one.

use std::cell::RefCell;
use std::hint::black_box;

use kernel_benches::emitted::array;
use kernel_benches::emitted::slice::Rbf;
use kernel_benches::hand;
use kernel_benches::plain;
use kernel_benches::points::numbers;
use kernel_benches::timing::{Clock, Contestant, compare};
use kernel_runtime::{Level, gram};
use ndarray::Ix2;

use super::memory::{points, shaped};
use super::table::{self, Goal};
use super::{Bench, ROUNDS, operators, products};

const GAMMA: f64 = 0.7;

pub fn run(bench: &Bench) {
    table::heading_of_figures();
    squared_exponential(bench);
    small(bench);
    products::figures(bench);
    operators::figures(bench);
    for kernel in ["rbf", "matern52"] {
        single(bench, kernel);
    }
}

/// How many times as fast as the first the second is.
fn ratio(bench: &Bench, name: &str, goal: &Goal, contestants: [Contestant<'_>; 2]) {
    if bench.wants(name) {
        let mut contestants = contestants;
        let times = compare(ROUNDS, &mut contestants);
        table::figure(name, times[0].median() / times[1].median(), times[0].least() / times[1].least(), goal);
    }
}

fn squared_exponential(bench: &Bench) {
    const N: usize = 4096;
    let (d, entries, shape) = (3, N * N, Ix2(N, N));
    let (x, y) = (numbers(1, N * d), numbers(2, N * d));
    let (xs, ys) = (points(d, &x), points(d, &y));
    let k = Rbf::new(GAMMA).expect("a parameter in range");
    let batch = || {
        let mut out = bench.out.numbers(0, entries);
        gram::k_ff_into(&k, &xs, &ys, &mut shaped(&mut out, shape)).expect("shapes fit");
    };
    let ours = || Contestant::new(entries, batch);
    let plain = || plain::rbf(d, &x, &y, GAMMA, &mut bench.plain.numbers(0, entries));

    #[expect(clippy::cast_possible_truncation, reason = "single precision is what is measured")]
    let narrow = |numbers: &[f64]| numbers.iter().map(|&v| v as f32).collect::<Vec<_>>();
    let (x32, y32) = (narrow(&x), narrow(&y));
    let (xs32, ys32) = (points(d, &x32), points(d, &y32));
    #[expect(clippy::cast_possible_truncation, reason = "single precision is what is measured")]
    let k32 = Rbf::with_scalar(GAMMA as f32).expect("a parameter in range");
    let out32 = RefCell::new(vec![1.0_f32; entries + 16]);
    let single = Contestant::new(entries, || {
        let out = &mut *out32.borrow_mut();
        let start = out.as_ptr().align_offset(64);
        gram::k_ff_into(&k32, &xs32, &ys32, &mut shaped(&mut out[start..start + entries], shape)).expect("shapes fit");
    });
    ratio(bench, "f32 Gram 4096² d=3, times the f64 rate", &Goal::AtLeast(1.8), [ours(), single]);

    // Several, one after the other: the system takes milliseconds to give threads that slept a core each.
    let two_threads = Contestant::new(IN_A_ROW * entries, || {
        let mut out = bench.out.numbers(0, entries);
        let out = &mut *out;
        bench.two.install(|| {
            for _ in 0..IN_A_ROW {
                gram::k_ff_into(&k, &xs, &ys, &mut shaped(out, shape)).expect("shapes fit");
            }
        });
    });
    let contestants = [ours().by(Clock::Wall), two_threads.by(Clock::Wall)];
    ratio(bench, "two threads, RBF Gram 4096² d=3, times one", &Goal::AtLeast(1.85), contestants);

    let avx2 = Contestant::new(entries, || Level::Avx2.with(batch));
    let contestants = [Contestant::new(entries, plain), avx2];
    ratio(bench, "AVX2 forced, RBF Gram 4096² d=3, times plain", &Goal::AtLeast(4.0), contestants);
}

/// Gram matrices that two threads compute at a time.
const IN_A_ROW: usize = 5;

/// Calls that a clock can tell.
const CALLS: usize = 2000;

/// The notebook's own Gram matrix, which took it 201 µs.
fn small(bench: &Bench) {
    let (n, d) = (10, 2);
    let x = numbers(1, n * d);
    let xs = points(d, &x);
    let k = Rbf::new(1.0).expect("a parameter in range");
    let (mut out, mut by_hand) = (vec![0.0; n * n], vec![0.0; n * n]);
    let mut contestants = [
        Contestant::new(CALLS, || {
            for _ in 0..CALLS {
                gram::k_ff_into(black_box(&k), &xs, &xs, &mut shaped(black_box(&mut out), Ix2(n, n)))
                    .expect("shapes fit");
            }
        }),
        Contestant::new(CALLS, || {
            for _ in 0..CALLS {
                plain::rbf(d, black_box(&x), black_box(&x), 1.0, black_box(&mut by_hand));
            }
        }),
    ];
    let name = "k_ff_into, n=10 d=2, µs";
    if bench.wants(name) {
        let [ours, plain] = &compare(ROUNDS, &mut contestants)[..] else { unreachable!("two contestants") };
        table::figure(name, 1e-3 * ours.median(), 1e-3 * ours.least(), &Goal::AtMost(0.5));
        let (median, least) = (plain.median() / ours.median(), plain.least() / ours.least());
        table::figure("k_ff_into, n=10 d=2, times plain", median, least, &Goal::AtLeast(1.0));
    }
}

/// Calls a function through a pointer, as if it were another crate's, for one pair of points after another.
macro_rules! calls {
    ($function:expr, $pairs:expr, $($value:expr),*) => {{
        let function = black_box($function as fn(&[f64; 3], &[f64; 3] $(, calls!(@any $value))*) -> _);
        Contestant::new(CALLS, move || {
            for pair in $pairs {
                // By reference: a copy would wait for the stores it copies.
                black_box(&function(&pair[0], &pair[1] $(, black_box($value))*));
            }
        })
    }};
    (@any $value:expr) => { _ };
}

/// One pair of points of three coordinates, as arrays: emitted code beside the closed form written by hand.
fn single(bench: &Bench, kernel: &str) {
    let numbers = numbers(1, CALLS * 6);
    let pairs: Vec<[[f64; 3]; 2]> = numbers.as_chunks::<3>().0.as_chunks::<2>().0.to_vec();
    let pairs = &pairs[..];
    macro_rules! kernel {
        ($kernel:ident($($value:expr),*)) => {
            [
                ("value", [calls!(array::$kernel, pairs, $($value),*), calls!(hand::$kernel::array::value, pairs, $($value),*)]),
                ("grad", [calls!(array::$kernel::grad, pairs, $($value),*), calls!(hand::$kernel::array::grad, pairs, $($value),*)]),
                ("hess_xy", [
                    calls!(array::$kernel::hess_xy, pairs, $($value),*),
                    calls!(hand::$kernel::array::hess_xy, pairs, $($value),*),
                ]),
            ]
        };
    }
    let blocks = if kernel == "rbf" { kernel!(rbf(GAMMA)) } else { kernel!(matern52(1.3, 0.9)) };
    for (block, contestants) in blocks {
        ratio(bench, &format!("one call, {kernel} {block} d=3, of hand-written"), &Goal::AtMost(1.05), contestants);
    }
}
