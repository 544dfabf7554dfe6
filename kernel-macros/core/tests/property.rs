//! Random kernels: what their plans compute against hyper-dual numbers, which know nothing of them.

#[path = "property/blocks.rs"]
mod blocks;
#[path = "property/expression.rs"]
mod expression;
#[path = "property/generate.rs"]
mod generate;
#[path = "property/judge.rs"]
mod judge;
#[path = "property/known.rs"]
mod known;
#[path = "property/machine.rs"]
mod machine;
#[path = "property/oracle.rs"]
mod oracle;
#[path = "property/points.rs"]
mod points;
#[path = "property/random.rs"]
mod random;

use std::collections::BTreeMap;
use std::panic::catch_unwind;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use generate::Size;
use judge::Kind;
use kernel_core::parse::parse;
use kernel_core::plan::plan;
use machine::Machine;
use random::Random;

/// Optimised, ten thousand kernels take half a minute; not optimised, a twentieth of them does.
const KERNELS: u64 = if cfg!(debug_assertions) { 500 } else { 10_000 };
/// One in so many has another level of nesting.
const DEEP: u64 = 10;
/// Ten times what the slowest kernel needs, on a machine that does other things as well.
const LIMIT: Duration = Duration::from_secs(60);

/// What is wrong with one kernel at one pair of points.
struct Complaint {
    seed: u64,
    kind: Kind,
    excuse: Option<&'static str>,
    text: String,
    length: usize,
}

impl Complaint {
    fn panic(seed: u64) -> Self {
        let source = kernel(seed).source("k");
        let text = format!("kernel {seed}: panics\n{source}");
        Self { seed, kind: Kind::Panic, excuse: None, text, length: source.len() }
    }
}

fn kernel(seed: u64) -> expression::Kernel {
    generate::kernel(seed, Size { depth: if seed.is_multiple_of(DEEP) { 3 } else { 2 } })
}

fn check(seed: u64) -> Vec<Complaint> {
    let kernel = kernel(seed);
    let source = kernel.source("k");
    let options = kernel.options().parse().expect("tokens");
    let start = Instant::now();
    let definition = parse(options, source.parse().expect("tokens"))
        .unwrap_or_else(|failure| panic!("kernel {seed}: {}\n{source}", failure.errors));
    let plan = plan(&definition);
    let time = start.elapsed();
    let mut complaints = Vec::new();
    if time > LIMIT {
        let text = format!("kernel {seed}: planned in {time:?}\n{source}");
        complaints.push(Complaint { seed, kind: Kind::Slow, excuse: None, text, length: source.len() });
    }
    let machine = Machine::new(&definition, &plan);
    let mut random = Random::new(!seed);
    for input in points::inputs(&mut random, &kernel) {
        for miss in judge::judge(&kernel, &input, &machine.blocks(&input)) {
            let text = format!("kernel {seed}: {miss}\n  at {input:?}\n{source}");
            let excuse = known::excuse(&kernel, &miss).map(|known| known.reason);
            complaints.push(Complaint { seed, kind: miss.kind, excuse, text, length: source.len() });
        }
    }
    complaints
}

/// `KERNEL_SEEDS=10000..20000` looks at others. Run it with `--release`.
#[test]
fn plans_compute_what_hyper_dual_numbers_do() {
    let range = std::env::var("KERNEL_SEEDS").unwrap_or_else(|_| format!("0..{KERNELS}"));
    let (first, end) = range.split_once("..").expect("KERNEL_SEEDS is first..end");
    let [first, end] = [first, end].map(|seed| seed.parse::<u64>().expect("KERNEL_SEEDS is first..end"));

    let (next, complaints) = (AtomicU64::new(first), Mutex::new(Vec::new()));
    let work = || loop {
        let seed = next.fetch_add(1, Ordering::Relaxed);
        if seed >= end {
            break;
        }
        let found = catch_unwind(|| check(seed)).unwrap_or_else(|_| vec![Complaint::panic(seed)]);
        complaints.lock().unwrap_or_else(PoisonError::into_inner).extend(found);
    };
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(work);
        }
    });

    let mut complaints = complaints.into_inner().unwrap_or_else(PoisonError::into_inner);
    complaints.sort_by_key(|complaint| (complaint.kind, complaint.length, complaint.seed));
    // One per kernel.
    complaints.dedup_by_key(|complaint| (complaint.kind, complaint.seed));
    let mut excused = BTreeMap::<&str, usize>::new();
    complaints.iter().filter_map(|complaint| complaint.excuse).for_each(|bug| *excused.entry(bug).or_default() += 1);
    println!("excused: {excused:#?}");
    complaints.retain(|complaint| complaint.excuse.is_none());
    let texts: Vec<&str> = complaints.iter().map(|complaint| complaint.text.as_str()).collect();
    assert!(texts.is_empty(), "{} kernels are wrong, the shortest first\n{}", texts.len(), texts.join("\n"));
}
