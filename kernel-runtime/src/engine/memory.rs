//! What is precompiled for each type of numbers, and the memory that calls on one thread share.

use std::cell::Cell;

use super::diagonals::Diagonals;
use super::expand::Expand;
use super::multiply::Multiply;
use super::reduce::Reduce;
use super::rows::Copying;
use super::shared::Shared;
use super::tiled::Totals;
use super::tower::TowerTask;
use crate::lane::{Detected, Dispatch, Task, Vector};
use crate::real::Real;

/// A number that the engine is compiled for.
pub trait Precompiled: Dispatch {
    #[doc(hidden)]
    fn reduce(level: Detected, task: Reduce<'_, Self>);
    #[doc(hidden)]
    fn shared(level: Detected, task: Shared<'_, Self>);
    #[doc(hidden)]
    fn expand(level: Detected, task: Expand<'_, '_, '_, Self>);
    #[doc(hidden)]
    fn multiply(level: Detected, task: Multiply<'_, Self>);
    #[doc(hidden)]
    fn totals(level: Detected, task: Totals<'_, Self>);
    #[doc(hidden)]
    fn diagonals(level: Detected, task: Diagonals<'_, Self>);
    #[doc(hidden)]
    fn tower(level: Detected, task: TowerTask<'_, Self>)
    where
        Self: Real;
    /// What copies past the caches.
    #[doc(hidden)]
    fn stream(level: Detected) -> Copying<Self>;
    /// Memory of an earlier call on this thread.
    #[doc(hidden)]
    fn memory() -> Vec<Self>;
    /// Leaves memory to the next call on this thread.
    #[doc(hidden)]
    fn keep(memory: Vec<Self>);
}

/// The streaming copy of a register.
struct Stream;

impl<S: Real> Task<S> for Stream {
    type Output = Copying<S>;

    #[inline(always)]
    fn run<V: Vector<Scalar = S>>(self) -> Self::Output {
        V::stream
    }
}

/// Memory for more numbers is not kept: a call that needs it does more than allocate.
const KEPT: usize = 1 << 17;
/// As many pieces of memory as one call needs are kept.
const PIECES: usize = 4;

macro_rules! precompiled {
    ($S:ident, $memory:ident) => {
        thread_local! {
            static $memory: Cell<Vec<Vec<$S>>> = const { Cell::new(Vec::new()) };
        }

        impl Precompiled for $S {
            #[inline(never)]
            fn reduce(level: Detected, task: Reduce<'_, Self>) {
                level.run(task);
            }

            #[inline(never)]
            fn shared(level: Detected, task: Shared<'_, Self>) {
                level.run(task);
            }

            #[inline(never)]
            fn expand(level: Detected, task: Expand<'_, '_, '_, Self>) {
                level.run(task);
            }

            #[inline(never)]
            fn multiply(level: Detected, task: Multiply<'_, Self>) {
                level.run(task);
            }

            #[inline(never)]
            fn totals(level: Detected, task: Totals<'_, Self>) {
                level.run(task);
            }

            #[inline(never)]
            fn diagonals(level: Detected, task: Diagonals<'_, Self>) {
                level.run(task);
            }

            #[inline(never)]
            fn tower(level: Detected, task: TowerTask<'_, Self>) {
                level.run(task);
            }

            fn stream(level: Detected) -> Copying<Self> {
                level.run(Stream)
            }

            fn memory() -> Vec<Self> {
                // Taken out and put back: what runs in between may be another call on this thread.
                $memory.with(|cell| {
                    let mut all = cell.take();
                    let memory = all.pop();
                    cell.set(all);
                    memory.unwrap_or_default()
                })
            }

            fn keep(memory: Vec<Self>) {
                if memory.capacity() > 0 && memory.capacity() <= KEPT {
                    $memory.with(|cell| {
                        let mut all = cell.take();
                        if all.len() < PIECES {
                            all.push(memory);
                        }
                        cell.set(all);
                    });
                }
            }
        }
    };
}
precompiled!(f64, DOUBLE);
precompiled!(f32, SINGLE);
