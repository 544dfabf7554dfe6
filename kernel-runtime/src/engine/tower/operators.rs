//! One task's share of the covariances of two operators: of some points x with all points y.

use ndarray::{ArrayView2, ArrayViewMut2};

use super::TowerTask;
use super::blocks::{Block, Chunk, Wanted};
use super::description::Description;
use super::evaluate::{self, Dots, Evaluate};
use super::pairing::{Described, Pairing};
use super::source::Sources;
use super::vectors::{ByChunks, chunk};
use crate::engine::coefficients::COEFFICIENTS;
use crate::engine::leaf::pieces;
use crate::engine::packed::{line, whole_lines};
use crate::engine::reduce::{COLUMNS, ROWS};
use crate::lane::Fence;
use crate::real::Real;

/// An operator on one side, and the coefficients of its partial derivatives at each point.
pub struct Applied<'a, S> {
    pub operator: &'a Description<S>,
    /// (points, partial derivatives)
    pub coefficients: ArrayView2<'a, S>,
}

/// The covariances of two operators.
pub struct Operators<'a, S: Real> {
    block: &'a Block<'a, S>,
    pairing: Pairing<S>,
    sources: Sources<S>,
    /// The coefficients on the left
    left: ArrayView2<'a, S>,
    /// Those on the right, if any of them varies
    right: Option<ByChunks<S>>,
    chunk: usize,
}

impl<'a, S: Real> Operators<'a, S> {
    pub fn new(block: &'a Block<'a, S>, [left, right]: [Applied<'a, S>; 2]) -> Self {
        let described = |applied: &Applied<'a, S>| applied.coefficients.row(0).to_vec();
        let (of_x, of_y) = (described(&left), described(&right));
        let sides = [
            Described { operator: left.operator, coefficients: &of_x },
            Described { operator: right.operator, coefficients: &of_y },
        ];
        let pairing = Pairing::new(&block.terms, block.shape, sides);
        let sources = Sources::new(&pairing, &block.usual, &block.factors, &block.scales, block.d);
        let filled = sources.filled.iter().filter(|&&filled| filled).count() * block.d;
        let entries = pairing.components.iter().product::<usize>();
        let chunk = chunk::<S>(filled + pairing.nodes.len() + entries, COEFFICIENTS);
        let varies = right.operator.partials.iter().any(|partial| partial.varies);
        let right = varies.then(|| ByChunks::of(&right.coefficients, chunk));
        Self { block, pairing, sources, left: left.coefficients, right, chunk }
    }

    /// How many points of a vector come together.
    pub fn chunk(&self) -> usize {
        self.chunk
    }

    /// Hands on the entries of each point x with a few points y, an array for each.
    fn each(
        &self,
        first: usize,
        x: &[S],
        memory: &mut Vec<S>,
        beside: usize,
        mut visit: impl FnMut([usize; 2], usize, &[S], &mut [S]),
    ) {
        let (Self { block, pairing, sources, left, right, chunk: stride }, d) = (self, self.block.d);
        let stride = *stride;
        let [sums, coefficients, factors] = block.sizes(stride);
        let others = ROWS * sources.sums.len() * COLUMNS;
        let entries = pairing.components.iter().product::<usize>() * stride;
        let sizes = [sums, coefficients, factors, others, evaluate::scratch(pairing, stride), entries, beside];
        let [sums, coefficients, factors, others, scratch, out, beside] = pieces(memory, sizes);
        // What has no terms stays 0.
        out.fill(S::of(0.0));
        let wanted = Wanted { order: pairing.order, stride, factors: &sources.filled, sums: &sources.sums };
        let mut weights = vec![Vec::new(); ROWS];
        for (n, x) in x.chunks(ROWS * d).enumerate() {
            if n == 0 || pairing.varies {
                for (r, weights) in weights.iter_mut().enumerate().take(x.len() / d) {
                    pairing.weights_at(&left.row(first + n * ROWS + r), weights);
                }
            }
            let pieces = [&mut *sums, &mut *coefficients, &mut *factors, &mut *others];
            block.each_chunk(&wanted, x, pieces, |chunk: Chunk<'_, S>| {
                let Chunk { place: [r, column], columns, .. } = chunk;
                let task = Evaluate {
                    pairing,
                    sources,
                    weights: &weights[r],
                    chunk,
                    width: whole_lines::<S>(columns),
                    stride,
                    right: right.as_ref().map_or(&[], |right| right.chunk(column)),
                    scratch,
                    out,
                };
                S::tower(block.level, TowerTask::Evaluate(task));
                visit([n * ROWS + r, column], columns, out, beside);
            });
        }
    }

    /// Writes the rows of some points x, the first of which is number `first`, past the caches if so told.
    pub fn write(&self, first: usize, x: &[S], mut out: ArrayViewMut2<'_, S>, streamed: bool, memory: &mut Vec<S>) {
        let ([p, q], stride) = (self.pairing.components, self.chunk);
        let stream = S::stream(self.block.level);
        let _fence = streamed.then(|| Fence);
        self.each(first, x, memory, 0, |[row, column], columns, entries, _| {
            for (a, entries) in entries.chunks_exact(q * stride).enumerate() {
                let mut out = out.row_mut(row * p + a);
                if let (1, Some(out)) = (q, out.as_slice_mut()) {
                    let to = &mut out[column..column + columns];
                    if streamed {
                        stream(&entries[..columns], to);
                    } else {
                        to.copy_from_slice(&entries[..columns]);
                    }
                    continue;
                }
                for (b, entries) in entries.chunks_exact(stride).enumerate() {
                    for (j, &entry) in entries[..columns].iter().enumerate() {
                        out[(column + j) * q + b] = entry;
                    }
                }
            }
        });
    }

    /// Writes the products of the rows of some points x with vectors, a column for each.
    pub fn multiply(
        &self,
        first: usize,
        x: &[S],
        vectors: &[ByChunks<S>],
        out: &mut ArrayViewMut2<'_, S>,
        memory: &mut Vec<S>,
    ) {
        let ([p, _], stride, width) = (self.pairing.components, self.chunk, line::<S>());
        out.fill(S::of(0.0));
        self.each(first, x, memory, p * width, |[row, column], columns, entries, sums| {
            for (v, vector) in vectors.iter().enumerate() {
                let (vector, width) = (vector.chunk(column), whole_lines::<S>(columns));
                S::tower(self.block.level, TowerTask::Dots(Dots { entries, vector, stride, width, sums }));
                for (a, lanes) in sums.chunks_exact(line::<S>()).enumerate() {
                    out[[row * p + a, v]] += lanes.iter().fold(S::of(0.0), |sum, &lane| sum + lane);
                }
            }
        });
    }
}
