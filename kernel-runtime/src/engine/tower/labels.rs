//! The indices of a term, told apart.

use crate::kernel::{HIGHEST, TowerBlock, TowerTerm};

/// The indices of a block: of x the first, the second, … as bits from the lowest on, of y behind them.
pub type Indices = u16;

/// The bit of the first index of y.
pub const BY_Y: usize = HIGHEST;

/// The blocks of a term, each with its indices and its factor.
pub type Labelled = Vec<(Indices, usize)>;

/// All that a term becomes when indices of x are exchanged, or of y, each once: blocks in the order of the term's.
pub fn labellings(term: &TowerTerm) -> Vec<Labelled> {
    let [x, y] = term.indices();
    let all = first(x) | first(y) << BY_Y;
    let mut found = Vec::new();
    label(term.blocks(), all, &mut Vec::new(), &mut found);
    found
}

/// So many indices.
const fn first(count: usize) -> Indices {
    (1 << count) - 1
}

/// Gives the next of these blocks some of the indices that are left, and so on. Of equal blocks, which stand together,
/// an earlier one has the lower indices.
fn label(blocks: &[TowerBlock], left: Indices, before: &mut Labelled, found: &mut Vec<Labelled>) {
    let place = before.len();
    let Some(block) = blocks.get(place) else {
        found.push(before.clone());
        return;
    };
    let equal = before.last().filter(|_| blocks[place - 1] == *block).map(|earlier| earlier.0);
    // All parts of what is left, from itself down to nothing.
    let mut part = left;
    loop {
        let sizes = [part & first(BY_Y), part >> BY_Y].map(|side| side.count_ones() as usize);
        if sizes == block.indices && equal.is_none_or(|earlier| earlier < part) {
            before.push((part, block.factor));
            label(blocks, left & !part, before, found);
            before.pop();
        }
        if part == 0 {
            return;
        }
        part = (part - 1) & left;
    }
}
