//! Single operations on the registers of the current level, for benchmarks: what they cost is the limit of what batches
//! can reach.

use crate::lane::{Fence, Level, Task, Vector};
use crate::real::Real;

/// Chains that do not wait for one another: enough to fill the pipes, few enough to stay in registers on every level.
const CHAINS: usize = 10;

macro_rules! functions {
    ($($Function:ident $name:ident),*) => {
        /// An elementary function.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[allow(missing_docs)]
        pub enum Function {
            $($Function),*,
            Powf,
        }

        struct Apply<'a, S> {
            function: Function,
            from: &'a [S],
            to: &'a mut [S],
        }

        impl<S: Real> Task<S> for Apply<'_, S> {
            type Output = ();

            #[inline(always)]
            fn run<V: Vector<Scalar = S>>(self) {
                let registers = self.from.chunks_exact(V::LANES).zip(self.to.chunks_exact_mut(V::LANES));
                match self.function {
                    $(Function::$Function => for (from, to) in registers {
                        V::$name(V::load(from)).store(to);
                    })*
                    Function::Powf => for (from, to) in registers {
                        V::powf(V::load(from), V::of(-1.3)).store(to);
                    },
                }
            }
        }
    };
}

functions!(Exp exp, Sin sin, Asin asin, Sqrt sqrt, Recip recip);

/// Writes a function of each number, register by register; of `Powf` the power -1.3.
pub fn apply<S: Real>(function: Function, from: &[S], to: &mut [S]) {
    Level::current().detected().run(Apply { function, from, to });
}

struct Arithmetic {
    differences: bool,
    rounds: usize,
}

impl<S: Real> Task<S> for Arithmetic {
    type Output = (usize, S);

    #[inline(always)]
    fn run<V: Vector<Scalar = S>>(self) -> (usize, S) {
        let (half, one) = (V::of(0.5), V::of(1.0));
        let mut chains = [V::iota(); CHAINS];
        if self.differences {
            for _ in 0..self.rounds {
                for chain in &mut chains {
                    *chain = (*chain - one).mul_add(half, one);
                }
            }
        } else {
            for _ in 0..self.rounds {
                for chain in &mut chains {
                    *chain = chain.mul_add(half, one);
                }
            }
        }
        let mut lanes = [S::of(0.0); 16];
        chains.into_iter().reduce(|sum, chain| sum + chain).expect("there are chains").store(&mut lanes);
        (self.rounds * CHAINS * V::LANES, lanes[0])
    }
}

/// Multiplies and adds `rounds` times in each of some registers. How often in all, over numbers, and a number to keep.
#[must_use]
pub fn mul_add<S: Real>(rounds: usize) -> (usize, S) {
    Level::current().detected().run(Arithmetic { differences: false, rounds })
}

/// [`mul_add`] with a subtraction before each: some machines do both at once, others one after the other.
#[must_use]
pub fn difference<S: Real>(rounds: usize) -> (usize, S) {
    Level::current().detected().run(Arithmetic { differences: true, rounds })
}

struct Stream<'a, S> {
    from: &'a [S],
    to: &'a mut [S],
}

impl<S: Real> Task<S> for Stream<'_, S> {
    type Output = ();

    #[inline(always)]
    fn run<V: Vector<Scalar = S>>(self) {
        let _fence = Fence;
        for to in self.to.chunks_mut(self.from.len()) {
            V::stream(&self.from[..to.len()], to);
        }
    }
}

/// Writes `from`, again and again, past the caches.
pub fn stream<S: Real>(from: &[S], to: &mut [S]) {
    Level::current().detected().run(Stream { from, to });
}
