//! How fast batches are on this machine, and how far from what it can do at most: a table and a picture.
//!
//! ```text
//! cargo run --release --bin speed
//! ```
//!
//! The limit of an entry is what its operations cost, counted by hand and each at the rate that the registers of this
//! machine do it at when they do nothing else, or what writing it costs, whichever is more. `--quick` measures a few
//! sizes, once.

use std::env;
use std::error::Error;
use std::fmt::Write as _;
use std::hint::black_box;
use std::path::Path;
use std::process::ExitCode;

use indicatif::ProgressBar;
use kernel_benches::limits::{Count, write};
use kernel_benches::points::numbers;
use kernel_benches::timing::{Contestant, Times, compare, pin};
use kernel_examples::picture::{Costs, Sweep, draw_speed};
use kernel_examples::print;
use kernel_runtime::__measure::Function::{Asin, Exp, Powf, Recip, Sin, Sqrt};
use kernel_runtime::{Level, gram, kernels};
use ndarray::{ArrayView2, ArrayViewMut2};

const PICTURE: &str = "speed.svg";

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("speed: {error}");
            ExitCode::from(2)
        }
    }
}

/// What is measured.
struct Plan {
    points: Vec<usize>,
    coordinates: Vec<usize>,
    rounds: usize,
}

/// The numbers held fixed while the other goes through its values.
const POINTS: usize = 1024;
const COORDINATES: usize = 3;

impl Plan {
    fn new(quick: bool) -> Self {
        let (points, coordinates, rounds) = if quick { (9, 3, 1) } else { (13, 7, 5) };
        let powers = |from, to| (from..to).map(|power: usize| 1 << power).collect();
        Self { points: powers(3, points), coordinates: powers(0, coordinates), rounds }
    }
}

fn run() -> Result<(), Box<dyn Error>> {
    let plan = Plan::new(env::args().any(|argument| argument == "--quick"));
    rayon::ThreadPoolBuilder::new().num_threads(1).use_current_thread().build_global()?;
    pin();
    let sizes = plan.points.iter().map(|&n| (n, COORDINATES));
    let sizes: Vec<_> = sizes.chain(plan.coordinates.iter().map(|&d| (POINTS, d))).collect();
    let largest = sizes.iter().map(|size| size.0).max().unwrap_or_default();
    let mut memory = vec![1.0; largest * largest + 8];
    let start = memory.as_ptr().align_offset(64);

    let progress = ProgressBar::new((subjects(1)?.len() * sizes.len()) as u64);
    let mut sweeps: Vec<Sweep> = Vec::new();
    for (i, &(n, d)) in sizes.iter().enumerate() {
        for (which, subject) in subjects(d)?.iter().enumerate() {
            if i == 0 {
                sweeps.push(Sweep { name: subject.name.to_owned(), points: Vec::new(), coordinates: Vec::new() });
            }
            let out = &mut memory[start..start + n * n];
            let (by_points, rounds) = (i < plan.points.len(), plan.rounds);
            let costs = subject.measure(n, d, if by_points { n } else { d }, rounds, out);
            let sweep = &mut sweeps[which];
            if by_points { &mut sweep.points } else { &mut sweep.coordinates }.push(costs);
            progress.inc(1);
        }
    }
    progress.finish_and_clear();

    let level = format!("{:?}", Level::current());
    let notes = [
        format!("instruction set: {level}; double precision"),
        String::from("medians; each n × n entries, both axes logarithmic"),
    ];
    draw_speed(Path::new(PICTURE), &sweeps, &notes)?;
    report(&sweeps, &level)
}

type Series = fn(&Sweep) -> &[Costs];

fn report(sweeps: &[Sweep], level: &str) -> Result<(), Box<dyn Error>> {
    let mut report = format!("Gram matrices on one thread, {level}: ns per entry\n");
    let series: [(_, Series); 2] = [("d = 3, n", |sweep| &sweep.points), ("n = 1024, d", |sweep| &sweep.coordinates)];
    for (what, of) in series {
        let Some(last) = sweeps.first().and_then(|sweep| of(sweep).last()) else { continue };
        writeln!(
            report,
            "\n{:<37}{:>8}{:>14}{:>8}{:>10}",
            format!("{what} = {}", last.at),
            "batch",
            "pair by pair",
            "limit",
            "of limit"
        )?;
        for sweep in sweeps {
            if let Some(Costs { batch, pairs, limit, .. }) = of(sweep).last() {
                writeln!(report, "    {:<33}{batch:8.2}{pairs:14.2}{limit:8.2}{:10.2}", sweep.name, limit / batch)?;
            }
        }
    }
    writeln!(report, "\nPicture: {}", std::path::absolute(PICTURE)?.display())?;
    print(&report)?;
    Ok(())
}

trait Batch: Fn(&ArrayView2<'_, f64>, &ArrayView2<'_, f64>, &mut ArrayViewMut2<'_, f64>) {}
impl<F: Fn(&ArrayView2<'_, f64>, &ArrayView2<'_, f64>, &mut ArrayViewMut2<'_, f64>)> Batch for F {}
trait Pair: Fn(&[f64], &[f64]) -> f64 {}
impl<F: Fn(&[f64], &[f64]) -> f64> Pair for F {}

/// A kernel on points of some number of coordinates.
struct Subject {
    name: &'static str,
    batch: Box<dyn Batch>,
    pair: Box<dyn Pair>,
    count: Count,
}

/// The stock kernels: parameters, then differences, other arithmetic, and functions of an entry.
fn subjects(d: usize) -> Result<Vec<Subject>, Box<dyn Error>> {
    let lengthscales = vec![0.9; d];
    macro_rules! subjects {
        ($($name:literal $Kernel:ident::$kernel:ident($($value:expr),*): $differences:expr, $arithmetic:expr, $functions:expr;)*) => {
            vec![$({
                let k = kernels::$Kernel::new($($value),*)?;
                let lengthscales = lengthscales.clone();
                let _ = &lengthscales;
                Subject {
                    name: $name,
                    batch: Box::new(move |x, y, out| gram::k_ff_into(&k, x, y, out).expect("shapes fit")),
                    pair: Box::new(move |x, y| subjects!(@call $kernel, x, y, lengthscales, $($value),*)),
                    count: Count::new(1, $differences, $arithmetic, &$functions),
                }
            }),*]
        };
        (@call ard_rbf, $x:ident, $y:ident, $lengthscales:ident, $variance:expr, $value:expr) => {
            kernels::ard_rbf($x, $y, $variance, &$lengthscales)
        };
        (@call $kernel:ident, $x:ident, $y:ident, $lengthscales:ident, $($value:expr),*) => {
            kernels::$kernel($x, $y, $($value),*)
        };
    }
    Ok(subjects! {
        "RBF" Rbf::rbf(1.3, 0.9): d, 2, [(Exp, 1)];
        "RBF, a lengthscale per coordinate" ArdRbf::ard_rbf(1.3, lengthscales.clone()): d, d + 2, [(Exp, 1)];
        "Matérn-3/2" Matern32::matern32(1.3, 0.9): d, 4, [(Sqrt, 1), (Exp, 1)];
        "Matérn-5/2" Matern52::matern52(1.3, 0.9): d, 5, [(Sqrt, 1), (Exp, 1)];
        "rational quadratic" RationalQuadratic::rational_quadratic(1.3, 0.8, 1.1): d, 2, [(Powf, 1)];
        "periodic" Periodic::periodic(1.3, 1.7, 1.1): d, d + 2, [(Sin, d), (Exp, 1)];
        "neural network" NnArcsine::nn_arcsine(1.3, 0.3, 0.9): 0, d + 4, [(Sqrt, 1), (Recip, 1), (Asin, 1)];
    })
}

/// Entries that a clock can tell, and more than enough of them pair by pair.
const TIMED: usize = 1 << 15;

impl Subject {
    fn measure(&self, n: usize, d: usize, at: usize, rounds: usize, out: &mut [f64]) -> Costs {
        let (x, y) = (numbers(1, n * d), numbers(2, n * d));
        let [xs, ys] = [&x, &y].map(|points| ArrayView2::from_shape((n, d), points).expect("n points"));
        let calls = TIMED.div_ceil(n * n);
        let median = |contestant: Contestant<'_>| compare(rounds, &mut [contestant])[0].median();
        let batch = median(Contestant::new(calls * n * n, || {
            let mut out = ArrayViewMut2::from_shape((n, n), black_box(&mut *out)).expect("n × n numbers");
            (0..calls).for_each(|_| (self.batch)(&xs, &ys, &mut out));
        }));
        let streamed = median(Contestant::new(calls * n * n, || (0..calls).for_each(|_| write(out))));
        let filled = median(Contestant::new(calls * n * n, || (0..calls).for_each(|_| black_box(&mut *out).fill(1.0))));
        let rows = TIMED.div_ceil(n).min(n);
        let repeats = calls.min(TIMED.div_ceil(rows * n));
        let pairs = median(Contestant::new(repeats * rows * n, || {
            for _ in 0..repeats {
                for (x, row) in x.chunks_exact(d).zip(out.chunks_exact_mut(n)).take(rows) {
                    for (y, out) in y.chunks_exact(d).zip(row) {
                        *out = (self.pair)(x, y);
                    }
                }
            }
        }));
        let operations = compare(rounds, &mut self.count.contestants().collect::<Vec<_>>());
        let limit = self.count.cost(&operations, Times::median).max(streamed.min(filled));
        Costs { at, batch, pairs, limit }
    }
}
