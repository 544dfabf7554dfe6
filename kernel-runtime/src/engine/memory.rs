//! What is precompiled for each type of numbers, and the memory that calls on one thread share.

use std::cell::Cell;

use super::leaf::{Derivatives, Values};
use crate::lane::{Dispatch, Level};

/// A number that the engine is compiled for.
pub trait Precompiled: Dispatch {
    #[doc(hidden)]
    fn values(level: Level, task: Values<'_, '_, Self>);
    #[doc(hidden)]
    fn derivatives(level: Level, task: Derivatives<'_, '_, Self>);
    /// Memory of an earlier call on this thread.
    #[doc(hidden)]
    fn memory() -> Vec<Self>;
    /// Leaves memory to the next call on this thread.
    #[doc(hidden)]
    fn keep(memory: Vec<Self>);
}

/// Memory for more numbers is not kept: a call that needs it does more than allocate.
const KEPT: usize = 1 << 17;

macro_rules! precompiled {
    ($S:ident, $memory:ident) => {
        thread_local! {
            static $memory: Cell<Vec<Vec<$S>>> = const { Cell::new(Vec::new()) };
        }

        impl Precompiled for $S {
            #[inline(never)]
            fn values(level: Level, task: Values<'_, '_, Self>) {
                level.run(task);
            }

            #[inline(never)]
            fn derivatives(level: Level, task: Derivatives<'_, '_, Self>) {
                level.run(task);
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
                if memory.capacity() <= KEPT {
                    $memory.with(|cell| {
                        let mut all = cell.take();
                        all.push(memory);
                        cell.set(all);
                    });
                }
            }
        }
    };
}
precompiled!(f64, DOUBLE);
precompiled!(f32, SINGLE);
