//! What the machine can do at most: the cost of single operations on registers, and of writing.

use std::hint::black_box;

use kernel_runtime::__measure::{self as measure, Function};

use crate::timing::{Contestant, Times};

/// Numbers that stay in the first cache, from and to, and how often they are gone through.
const NUMBERS: usize = 1024;
const PASSES: usize = 128;

/// An operation on every number of a register.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    /// A fused multiplication and addition, or one of its parts: they take the same pipe for the same time.
    Arithmetic,
    /// A subtraction, and a fused multiplication and addition after it: on some machines no more than the latter alone.
    Difference,
    /// An elementary function as the runtime has it.
    Function(Function),
}

impl Operation {
    /// This operation and no other, as often as it takes to be measured.
    pub fn contestant<'a>(self) -> Contestant<'a> {
        match self {
            Self::Arithmetic => arithmetic(measure::mul_add::<f64>),
            Self::Difference => arithmetic(measure::difference::<f64>),
            Self::Function(function) => {
                // Arguments as kernels have them: small, of either sign but for roots.
                let sign = if matches!(function, Function::Sqrt | Function::Powf) { 1.0 } else { -1.0 };
                let from: Vec<_> = (1..=NUMBERS).map(|i| sign * i as f64 / (NUMBERS + 1) as f64).collect();
                let mut to = vec![0.0; NUMBERS];
                Contestant::new(NUMBERS * PASSES, move || {
                    for _ in 0..PASSES {
                        measure::apply(function, black_box(&from), black_box(&mut to));
                    }
                })
            }
        }
    }
}

fn arithmetic<'a>(run: fn(usize) -> (usize, f64)) -> Contestant<'a> {
    let rounds = 2 * NUMBERS;
    let (units, _) = run(1);
    Contestant::new(rounds * units, move || {
        black_box(run(black_box(rounds)));
    })
}

/// Writes memory past the caches, from what is in the first one.
pub fn write(to: &mut [f64]) {
    measure::stream(black_box(&[1.0; NUMBERS]), to);
}

/// How often each operation is done for an entry.
#[derive(Clone, Debug)]
pub struct Count(Vec<(Operation, f64)>);

impl Count {
    /// So many differences that are multiplied and added, so much other arithmetic, and these functions, for each of
    /// `entries` entries.
    pub fn new(entries: usize, differences: usize, arithmetic: usize, functions: &[(Function, usize)]) -> Self {
        let functions = functions.iter().map(|&(function, count)| (Operation::Function(function), count));
        let all =
            [(Operation::Difference, differences), (Operation::Arithmetic, arithmetic)].into_iter().chain(functions);
        Self(all.map(|(operation, count)| (operation, count as f64 / entries as f64)).collect())
    }

    /// The contestants that tell what the operations cost.
    pub fn contestants<'a>(&self) -> impl Iterator<Item = Contestant<'a>> {
        self.0.iter().map(|(operation, _)| operation.contestant())
    }

    /// Nanoseconds for an entry, of the times of [`contestants`](Self::contestants).
    pub fn cost(&self, times: &[Times], of: impl Fn(&Times) -> f64) -> f64 {
        self.0.iter().zip(times).map(|((_, count), times)| count * of(times)).sum()
    }
}
