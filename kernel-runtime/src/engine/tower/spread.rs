//! The entries of the blocks of a point x and a few points y, term by term.
//!
//! An index of a derivative is the coordinate of its block, so where an entry stands is a sum over blocks: each
//! coordinate of a block goes so many entries further. Terms with indices of a side exchanged are the same with other
//! steps.

use super::labels::{BY_Y, Indices, labellings};
use super::loops::{array, array_mut, weigh};
use super::outer::offsets;
use crate::engine::coefficients::COEFFICIENTS;
use crate::engine::multiply::Entries;
use crate::engine::slices::{add, product};
use crate::kernel::{TowerShape, TowerTerm};
use crate::lane::Vector;
use crate::real::Real;

/// A term, and where it goes.
pub struct Placed {
    times: f64,
    coefficient: usize,
    factors: Vec<usize>,
    /// Where the first entry stands, and how far a coordinate of each block goes.
    places: Vec<(usize, Vec<usize>)>,
}

impl Placed {
    /// A term of a block with these sides, if it is of theirs.
    pub fn new(term: &TowerTerm, shape: TowerShape, [left, right]: [Entries; 2], d: usize) -> Option<Self> {
        let [x, y] = term.indices();
        if !left.has(x) || !right.has(y) {
            return None;
        }
        let width = right.count(d);
        let start = left.start(x, d) * width + right.start(y, d);
        // The first of two indices counts rows of a Hessian.
        let [of_x, of_y] = [[if x == 2 { d * width } else { width }, width], [if y == 2 { d } else { 1 }, 1]];
        let step = |indices: Indices, steps: [usize; 2]| -> usize {
            steps.iter().enumerate().filter(|(n, _)| indices >> n & 1 == 1).map(|(_, step)| step).sum()
        };
        let step = |indices: Indices| step(indices, of_x) + step(indices >> BY_Y, of_y);
        let places =
            labellings(term).into_iter().map(|blocks| (start, blocks.iter().map(|block| step(block.0)).collect()));
        let coefficient = offsets(shape)[term.coefficient[0]] + term.coefficient[1];
        let factors = term.blocks().iter().map(|block| block.factor).collect();
        Some(Self { times: term.times, coefficient, factors, places: places.collect() })
    }
}

/// Fills an array for each entry of the blocks of a point x and a few points y. Of entries of Hessians that are the
/// same derivative, those below the diagonal count: products in another order are rounded otherwise.
pub struct Spread<'a, S> {
    pub terms: &'a [Placed],
    pub d: usize,
    /// How many points y there are, in whole lines.
    pub width: usize,
    /// How many numbers an array begins after another.
    pub stride: usize,
    /// Number k of coordinate i is array `k * d + i`.
    pub factors: &'a [S],
    /// Every [`COEFFICIENTS`] numbers one
    pub coefficients: &'a [S],
    pub out: &'a mut [S],
    /// [`LEVELS`] arrays
    pub scratch: &'a mut [S],
}

/// A term has four blocks at most.
pub const LEVELS: usize = 4;

impl<S: Real> Spread<'_, S> {
    #[inline(always)]
    pub fn run<V: Vector<Scalar = S>>(self) {
        let Self { terms, d, width, stride, factors, coefficients, out, scratch } = self;
        out.fill(S::of(0.0));
        for term in terms {
            let first = array_mut(scratch, 0, stride, width);
            first.fill(S::of(0.0));
            weigh::<V>(S::of(term.times), array(coefficients, term.coefficient, COEFFICIENTS, width), None, first);
            let Some((&last, before)) = term.factors.split_last() else {
                for (start, _) in &term.places {
                    add::<V>(first, array_mut(out, *start, stride, width));
                }
                continue;
            };
            // The coordinates of all blocks but the last, counted up; level l has the product of the first l factors
            // there.
            let (mut coordinates, mut known) = ([0; LEVELS], 0);
            loop {
                for level in known..before.len() {
                    let (from, to) = scratch.split_at_mut((level + 1) * stride);
                    let factor = array(factors, before[level] * d + coordinates[level], stride, width);
                    product::<V, false>(array(from, level, stride, width), factor, &mut to[..width]);
                }
                let weight = array(scratch, before.len(), stride, width);
                for (start, steps) in &term.places {
                    let at: usize = coordinates.iter().zip(&steps[..before.len()]).map(|(i, step)| i * step).sum();
                    for i in 0..d {
                        let to = array_mut(out, start + at + i * steps[before.len()], stride, width);
                        product::<V, true>(weight, array(factors, last * d + i, stride, width), to);
                    }
                }
                let Some(level) = (0..before.len()).rev().find(|&level| coordinates[level] + 1 < d) else { break };
                coordinates[level] += 1;
                coordinates[level + 1..].fill(0);
                known = level;
            }
        }
    }
}
