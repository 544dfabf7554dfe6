//! The indices of a term, told apart.

use crate::kernel::TowerTerm;

/// The indices of a block: of x the first, the second, … as bits from the lowest on, of y behind them.
pub type Indices = u8;

/// The bit of the first index of y.
pub const BY_Y: usize = 2;

/// The blocks of a term, each with its indices and its factor.
pub type Labelled = Vec<(Indices, usize)>;

/// All that a term becomes when indices of x are exchanged, or of y, each once: blocks in the order of the term's.
pub fn labellings(term: &TowerTerm) -> Vec<Labelled> {
    let [x, y] = term.indices();
    let blocks = labelled(term);
    let (mut all, mut known) = (Vec::new(), Vec::new());
    for exchange_x in [false, x == 2] {
        for exchange_y in [false, y == 2] {
            let exchanged = |&(indices, factor)| (exchanged(indices, exchange_x, exchange_y), factor);
            let labels: Labelled = blocks.iter().map(exchanged).collect();
            let mut sorted = labels.clone();
            sorted.sort_unstable();
            if !known.contains(&sorted) {
                known.push(sorted);
                all.push(labels);
            }
        }
    }
    all
}

/// With indices in the order in which they come.
fn labelled(term: &TowerTerm) -> Labelled {
    let mut next = [0, BY_Y];
    let blocks = term.blocks().iter().map(|block| {
        let mut indices = 0;
        for (next, count) in next.iter_mut().zip(block.indices) {
            for _ in 0..count {
                indices |= 1 << *next;
                *next += 1;
            }
        }
        (indices, block.factor)
    });
    blocks.collect()
}

/// With the indices of x exchanged, or those of y.
fn exchanged(indices: Indices, x: bool, y: bool) -> Indices {
    let of_side = |indices: Indices, exchange: bool| {
        if exchange { (indices & 1) << 1 | indices >> 1 } else { indices }
    };
    of_side(indices & 3, x) | of_side(indices >> 2, y) << 2
}
