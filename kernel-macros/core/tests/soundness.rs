//! No false proof: random kernels, right and almost right ones, are given to the prover, and the Gram matrices of what
//! it proves are looked at in extended precision, whose rounding is 10⁻²⁰ times that of f64.

#[path = "soundness/build.rs"]
mod build;
#[path = "soundness/expression.rs"]
mod expression;
#[path = "soundness/families.rs"]
mod families;
#[path = "soundness/generate.rs"]
mod generate;
#[path = "soundness/gram.rs"]
mod gram;
#[path = "property/random.rs"]
mod random;
#[path = "soundness/real.rs"]
mod real;
#[path = "soundness/sample.rs"]
mod sample;
#[path = "soundness/wrong.rs"]
mod wrong;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

use generate::{Kernel, Points};
use kernel_core::parse::parse;
use kernel_core::verify::definite::{Judge, Proof, refute};
use kernel_core::verify::{invariance, without_guards};
use random::Random;
use sample::Conditions;

/// Optimised, so many take half a minute.
const KERNELS: u64 = if cfg!(debug_assertions) { 400 } else { 10_000 };
/// At least so many of a hundred must be proved, or the test says little.
const PROVED: u64 = 15;
/// Gram matrices of each proved kernel.
const MATRICES: usize = if cfg!(debug_assertions) { 1 } else { 2 };
/// Coordinates that are looked at where the proof is for all.
const MOST_COORDINATES: usize = 5;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Proved,
    UnderConditions,
    Refuted,
    Open,
}

/// What the prover makes of a kernel, and what is wrong with that.
fn check(seed: u64) -> (Verdict, Vec<String>) {
    let kernel = generate::kernel(seed);
    let source = kernel.source();
    let options = kernel.options();
    let mut definition = parse(options.parse().expect("tokens"), source.parse().expect("tokens"))
        .unwrap_or_else(|failure| panic!("kernel {seed}: {}\n{source}", failure.errors));
    let value = definition.value;
    let invariance = invariance(&mut definition.graph, value);
    let mut graph = definition.graph.clone();
    let value = without_guards(&mut graph, value);
    let mut judge = Judge::new(graph, &definition.options);
    let proof = judge.positive(value).filter(|proof| reaches(&kernel, proof));
    let Some(proof) = proof else {
        let found = refute(&definition, invariance.stationary);
        return (if found.is_some() { Verdict::Refuted } else { Verdict::Open }, Vec::new());
    };
    let mut complaints = Vec::new();
    let text = |what: &str| format!("kernel {seed}: {what}\n#[kernel({options})]\n{source}\n{}", chain(&proof));
    let conditions = Conditions { needs: &proof.needs, limit: proof.limit };
    if let Some(found) = sample::counterexample(&kernel, &conditions, &mut Random::new(!seed), MATRICES) {
        complaints.push(text(&found));
    }
    if !proof.is_unconditional() {
        return (Verdict::UnderConditions, complaints);
    }
    if let Some(found) = refute(&definition, invariance.stationary) {
        complaints.push(text(&format!("is proved, and refuted: {found:?}")));
    }
    (Verdict::Proved, complaints)
}

/// Whether the proof says something of these points.
fn reaches(kernel: &Kernel, proof: &Proof) -> bool {
    let Points::Array(dimension) = kernel.points else { return true };
    proof.limit.is_none_or(|limit| dimension <= limit)
}

fn chain(proof: &std::rc::Rc<Proof>) -> String {
    let steps = proof.steps();
    let lines = steps.iter().map(|step| format!("  {} because {}\n", step.claim.text(), step.because));
    format!("{}  needs {:?}, for up to {:?} coordinates", lines.collect::<String>(), proof.needs, proof.limit)
}

/// `KERNEL_SEEDS=20000..40000` looks at others. Run it with `--release`.
#[test]
fn what_is_proved_has_no_negative_direction() {
    let range = std::env::var("KERNEL_SEEDS").unwrap_or_else(|_| format!("0..{KERNELS}"));
    let (first, end) = range.split_once("..").expect("KERNEL_SEEDS is first..end");
    let [first, end] = [first, end].map(|seed| seed.parse::<u64>().expect("KERNEL_SEEDS is first..end"));

    let next = AtomicU64::new(first);
    let results = Mutex::new((Vec::new(), Vec::new()));
    let work = || loop {
        let seed = next.fetch_add(1, Ordering::Relaxed);
        if seed >= end {
            break;
        }
        let (verdict, complaints) = catch_unwind(AssertUnwindSafe(|| check(seed))).unwrap_or_else(|_| {
            (Verdict::Open, vec![format!("kernel {seed}: panics\n{}", generate::kernel(seed).source())])
        });
        let mut results = results.lock().unwrap_or_else(PoisonError::into_inner);
        results.0.push(verdict);
        results.1.extend(complaints);
    };
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(work);
        }
    });

    let (verdicts, mut complaints) = results.into_inner().unwrap_or_else(PoisonError::into_inner);
    let count = |verdict| verdicts.iter().filter(|known| **known == verdict).count() as u64;
    let [proved, conditional, refuted, open] =
        [Verdict::Proved, Verdict::UnderConditions, Verdict::Refuted, Verdict::Open].map(count);
    println!("{proved} proved, {conditional} proved under conditions, {refuted} refuted, {open} open");
    complaints.sort_by_key(String::len);
    assert!(
        complaints.is_empty(),
        "{} proofs are false, the shortest first\n{}",
        complaints.len(),
        complaints.join("\n\n")
    );
    assert!(100 * proved >= PROVED * (end - first), "too few are proved to say much");
}

/// Claims that are false, some only just, are seen to be.
#[test]
fn a_false_claim_is_caught() {
    let missed: Vec<&str> = wrong::KERNELS
        .iter()
        .filter(|(_, points, limit, body)| {
            let kernel = Kernel { points: *points, parameters: Vec::new(), domain: [None, None], body: body() };
            let conditions = Conditions { needs: &[], limit: *limit };
            sample::counterexample(&kernel, &conditions, &mut Random::new(1), 40).is_none()
        })
        .map(|(name, ..)| *name)
        .collect();
    assert!(missed.is_empty(), "{missed:?}");
}
