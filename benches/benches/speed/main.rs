//! Batches beside the limits of this machine, measured in the same run, and beside plain loops with `f64::exp`.
//!
//! ```text
//! cargo bench -p kernel-benches                  # all of it, about a minute
//! cargo bench -p kernel-benches -- joint two     # what has one of these words in its name
//! ```
//!
//! One thread, kept on its core; outputs made before. Contestants take turns, and what counts are ratios of their
//! medians: other programs at work make the times longer, the ratios hardly. The limit of a batch is the dearer of two:
//! writing its entries past the caches, and its operations, counted by hand, one after another at the rate of each on
//! its own. A goal that is missed is marked, and no failure: on which machine it is missed is for the reader to judge.

#![allow(missing_docs, clippy::items_after_statements, reason = "a program")]

mod batches;
mod figures;
mod memory;
mod operators;
mod products;
mod table;

use std::env;

use kernel_benches::timing::pin;
use kernel_runtime::Level;
use rayon::{ThreadPool, ThreadPoolBuilder};

use memory::Memory;

/// Turns of each contestant.
const ROUNDS: usize = 11;

/// What all measurements share.
struct Bench {
    /// Words of which a name has to contain one.
    words: Vec<String>,
    /// What ours writes, and what the plain loop does.
    out: Memory,
    plain: Memory,
    /// Two threads, wherever they like.
    two: ThreadPool,
}

impl Bench {
    fn wants(&self, name: &str) -> bool {
        self.words.is_empty() || self.words.iter().any(|word| name.contains(word.as_str()))
    }
}

fn main() {
    let words = env::args().skip(1).filter(|word| !word.starts_with("--")).collect();
    let two = ThreadPoolBuilder::new().num_threads(2).build().expect("threads can be made");
    // Whatever runs outside of `two` runs on this thread.
    ThreadPoolBuilder::new().num_threads(1).use_current_thread().build_global().expect("no pool was made before");
    pin();
    let bench = Bench { words, out: Memory::new(), plain: Memory::new(), two };
    println!("level {:?}, {ROUNDS} rounds", Level::current());
    batches::run(&bench);
    products::run(&bench);
    figures::run(&bench);
}
