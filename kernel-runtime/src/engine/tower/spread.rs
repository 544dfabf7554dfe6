//! The entries of the blocks of a point x and a few points y, term by term.
//!
//! An index of a derivative is the coordinate of its block, so where an entry stands is a sum over blocks: each coordinate of a block goes
//! so many entries further. Terms with indices of a side exchanged are the same with other steps.

use crate::engine::coefficients::COEFFICIENTS;
use crate::engine::multiply::Entries;
use crate::kernel::{TowerShape, TowerTerm};
use crate::real::Real;

use super::outer::offsets;

/// A term, and where it goes.
pub struct Placed {
    times: f64,
    coefficient: usize,
    factors: Vec<usize>,
    /// Where the first entry stands, and how far a coordinate of each block goes.
    places: Vec<(usize, Vec<usize>)>,
}

/// An index of a block, by x or by y: the first or the second.
type Index = (usize, usize);

impl Placed {
    /// A term of a block with these sides, if it is of theirs.
    pub fn new(term: &TowerTerm, shape: TowerShape, [left, right]: [Entries; 2], d: usize) -> Option<Self> {
        let [x, y] = term.indices();
        if !left.has(x) || !right.has(y) {
            return None;
        }
        let mut next = [0, 0];
        let mut labelled = Vec::new();
        for block in term.blocks() {
            let mut indices: Vec<Index> = Vec::new();
            for side in 0..2 {
                indices.extend((0..block.indices[side]).map(|n| (side, next[side] + n)));
                next[side] += block.indices[side];
            }
            labelled.push((indices, block.factor));
        }
        let mut orders: Vec<Vec<(Vec<Index>, usize)>> = Vec::new();
        for exchanged in [[false, false], [true, false], [false, true], [true, true]] {
            let mut order = labelled.clone();
            for (side, index) in order.iter_mut().flat_map(|block| &mut block.0) {
                if exchanged[*side] && [x, y][*side] == 2 {
                    *index = 1 - *index;
                }
            }
            for block in &mut order {
                block.0.sort_unstable();
            }
            order.sort_unstable();
            if !orders.contains(&order) {
                orders.push(order);
            }
        }
        let width = right.count(d);
        let step = |&(side, index): &Index| {
            let along = if [x, y][side] == 2 && index == 0 { d } else { 1 };
            along * if side == 0 { width } else { 1 }
        };
        let start = left.start(x, d) * width + right.start(y, d);
        // The same factors in each order: those of the first.
        let factors: Vec<usize> = labelled.iter().map(|block| block.1).collect();
        let places = orders.iter().map(|order| {
            let mut rest = order.clone();
            let steps = factors.iter().zip(&labelled).map(|(&factor, (indices, _))| {
                let is_same = |block: &(Vec<Index>, usize)| {
                    block.1 == factor
                        && [0, 1].map(|side| of_side(&block.0, side)) == [0, 1].map(|side| of_side(indices, side))
                };
                let place = rest.iter().position(is_same).unwrap_or_default();
                rest.swap_remove(place).0.iter().map(step).sum()
            });
            (start, steps.collect())
        });
        let places = places.collect();
        let coefficient = offsets(shape)[term.coefficient[0]] + term.coefficient[1];
        Some(Self { times: term.times, coefficient, factors, places })
    }
}

fn of_side(indices: &[Index], side: usize) -> usize {
    indices.iter().filter(|index| index.0 == side).count()
}

/// Fills the blocks of as many points y as `columns`, one behind the other.
pub struct Spread<'a, S> {
    pub terms: &'a [Placed],
    pub d: usize,
    pub columns: usize,
    /// How many numbers an array begins after another.
    pub stride: usize,
    /// Number k of coordinate i is array `k * d + i`.
    pub factors: &'a [S],
    /// Every [`COEFFICIENTS`] numbers one
    pub coefficients: &'a [S],
    pub sides: [Entries; 2],
    pub out: &'a mut [S],
    /// d numbers for each factor
    pub scratch: &'a mut [S],
}

impl<S: Real> Spread<'_, S> {
    pub fn run(self) {
        let Self { terms, d, columns, stride, factors, coefficients, sides, out, scratch } = self;
        let entries = sides[0].count(d) * sides[1].count(d);
        for (column, out) in out.chunks_exact_mut(entries).take(columns).enumerate() {
            out.fill(S::of(0.0));
            for (number, own) in scratch.iter_mut().enumerate() {
                *own = factors[number * stride + column];
            }
            for term in terms {
                let weight = S::of(term.times) * coefficients[term.coefficient * COEFFICIENTS + column];
                for (start, steps) in &term.places {
                    add(weight, &term.factors, steps, scratch, d, &mut out[*start..]);
                }
            }
            mirror(out, sides, d);
        }
    }
}

/// Makes the entries of Hessians that are the same derivative the same number: products in another order are rounded otherwise.
fn mirror<S: Real>(out: &mut [S], [left, right]: [Entries; 2], d: usize) {
    let width = right.count(d);
    let below = (0..d).flat_map(|a| (0..a).map(move |b| (a * d + b, b * d + a)));
    if right.hessian {
        let start = right.hessian_at(d);
        for row in out.chunks_exact_mut(width) {
            for (below, above) in below.clone() {
                row[start + above] = row[start + below];
            }
        }
    }
    if left.hessian {
        let start = left.hessian_at(d);
        for (below, above) in below {
            let from = (start + below) * width;
            out.copy_within(from..from + width, (start + above) * width);
        }
    }
}

/// Adds weight · Π factors to the entries of all coordinates of the blocks that are left.
fn add<S: Real>(weight: S, factors: &[usize], steps: &[usize], all: &[S], d: usize, out: &mut [S]) {
    let (Some((&factor, factors)), Some((&step, steps))) = (factors.split_first(), steps.split_first()) else {
        out[0] += weight;
        return;
    };
    let own = &all[factor * d..][..d];
    for (i, &own) in own.iter().enumerate() {
        add(weight * own, factors, steps, all, d, &mut out[i * step..]);
    }
}
