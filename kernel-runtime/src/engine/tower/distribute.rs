//! The ways in which the blocks of a term have the coordinates that a derivative is taken by.

use super::description::Index;
use crate::kernel::{TowerBlock, TowerTerm};

/// Equal indices of one side.
struct Equal {
    index: Index,
    side: usize,
    left: usize,
}

/// Hands on what the blocks of a term have for indices, and how many exchanges of indices of a side give that: of three
/// of x that are a, a, b, the blocks of two and of one have {a, a} and {b} once, {a, b} and {a} twice. No block has two
/// coordinates. Says of how many such exchanges all are the same, for they are of equal blocks.
pub fn distribute(term: &TowerTerm, indices: [&[Index]; 2], visit: &mut dyn FnMut(f64, &[Vec<Index>])) -> f64 {
    let mut all: Vec<Equal> = Vec::new();
    for (side, indices) in indices.into_iter().enumerate() {
        for &index in indices {
            match all.iter_mut().find(|equal| (equal.index, equal.side) == (index, side)) {
                Some(equal) => equal.left += 1,
                None => all.push(Equal { index, side, left: 1 }),
            }
        }
    }
    let mut taken = Taken { blocks: term.blocks(), all, of_blocks: Vec::new(), visit };
    taken.next_block(1.0);
    let equal = term.blocks().chunk_by(|a, b| a == b);
    equal.map(|run| (1..=run.len()).product::<usize>() as f64).product()
}

struct Taken<'a> {
    blocks: &'a [TowerBlock],
    /// What is left of the indices.
    all: Vec<Equal>,
    /// What blocks have: the last is under way.
    of_blocks: Vec<Vec<Index>>,
    visit: &'a mut dyn FnMut(f64, &[Vec<Index>]),
}

impl Taken<'_> {
    /// Takes so many indices of each side from those equal ones on that have this number.
    fn take(&mut self, number: usize, missing: [usize; 2], times: f64) {
        let Some(&Equal { index, side, left }) = self.all.get(number) else {
            if missing == [0, 0] {
                self.next_block(times);
            }
            return;
        };
        self.take(number + 1, missing, times);
        let block = self.of_blocks.len() - 1;
        let is_elsewhere = |known: &Index| matches!((known, index), (Index::At(i), Index::At(k)) if *i != k);
        if self.of_blocks[block].iter().any(is_elsewhere) {
            return;
        }
        self.of_blocks[block].push(index);
        let mut choices = times;
        for count in 1..=left.min(missing[side]) {
            choices *= (left + 1 - count) as f64 / count as f64;
            let mut missing = missing;
            missing[side] -= count;
            self.all[number].left = left - count;
            self.take(number + 1, missing, choices);
        }
        self.all[number].left = left;
        self.of_blocks[block].pop();
    }

    fn next_block(&mut self, times: f64) {
        match self.blocks.get(self.of_blocks.len()) {
            Some(block) => {
                self.of_blocks.push(Vec::new());
                self.take(0, block.indices, times);
                self.of_blocks.pop();
            }
            None => (self.visit)(times, &self.of_blocks),
        }
    }
}
