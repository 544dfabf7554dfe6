//! Numbers whose count each kernel knows when it is compiled.

use crate::real::Lane;

/// More than so many go to the heap.
const FEW: usize = 16;

/// In registers if they are few: on the heap their count would be forgotten, and every `sums[0] = sums[0] + …` would go
/// through memory, at five times the cost.
pub struct Registers<V> {
    few: [V; FEW],
    many: Vec<V>,
}

impl<V: Lane> Registers<V> {
    #[inline(always)]
    pub fn new(count: usize) -> Self {
        let zero = V::of(0.0);
        Self { few: [zero; FEW], many: if count > FEW { vec![zero; count] } else { Vec::new() } }
    }

    /// The first `count` numbers, of as many as it was made for.
    #[inline(always)]
    pub fn get(&mut self, count: usize) -> &mut [V] {
        if count > FEW { &mut self.many[..count] } else { &mut self.few[..count] }
    }
}
