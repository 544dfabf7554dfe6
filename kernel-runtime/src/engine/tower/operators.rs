//! One task's share of the covariances of two operators: of some points x with all points y.

use std::ops::Range;

use ndarray::{ArrayView2, ArrayViewMut2};

use super::TowerTask;
use super::arrays::{Arrays, Counts, wanted};
use super::blocks::Block;
use super::description::Description;
use super::evaluate::{Back, Dots, Evaluate, Plan, To, together};
use super::outer::{Asked, Frame};
use super::pairing::{Described, Pairing};
use super::source::{OfKernel, Sources};
use super::vectors::{ByChunks, chunk};
use crate::engine::leaf::pieces;
use crate::engine::packed::{line, whole_lines};
use crate::engine::reduce::{self, COLUMNS, ROWS, Reduce};
use crate::engine::rows::lead;
use crate::lane::{Detected, Fence};
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
    arrays: Arrays,
    /// Of each of [`ROWS`] points x.
    plans: Vec<Plan<S>>,
    /// Sums beside the kernel's own, and which factors are wanted.
    others: Vec<reduce::Described<S>>,
    filled: Vec<bool>,
    /// Which coefficients are.
    numbers: u64,
    /// The coefficients on the left
    left: ArrayView2<'a, S>,
    /// Those on the right, if any of them varies
    right: Option<ByChunks<S>>,
}

/// Some pairs of a point x, of which the numbers are there.
struct Pairs<'a, S: Real> {
    level: Detected,
    plan: &'a Plan<S>,
    weights: &'a [S],
    numbers: &'a mut [S],
    arrays: Arrays,
    /// The number of the point x, and of the first y.
    place: [usize; 2],
    columns: usize,
}

impl<S: Real> Pairs<'_, S> {
    fn to(&mut self, to: To<'_, S>) {
        let task = Evaluate {
            plan: self.plan,
            weights: self.weights,
            arrays: self.numbers,
            made: self.arrays.made,
            stride: self.arrays.stride,
            width: whole_lines::<S>(self.columns),
            to,
        };
        S::tower(self.level, TowerTask::Evaluate(task));
    }
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
        let kernel = OfKernel { sums: &block.usual, factors: &block.factors, scales: &block.scales, d: block.d };
        let mut sources = Sources::new(&pairing, kernel);
        let numbers = wanted(&pairing, &sources, block.shape.frame);
        let varies = right.operator.partials.iter().any(|partial| partial.varies);
        let (others, filled) = (std::mem::take(&mut sources.sums), std::mem::take(&mut sources.filled));
        let counts = Counts {
            sums: block.usual.len(),
            others: others.len(),
            coefficients: block.numbers,
            factors: if filled.contains(&true) { filled.len() } else { 0 },
            right: if varies { right.operator.partials.len() } else { 0 },
            made: sources.made.len(),
        };
        let at_once = filled.iter().filter(|&&filled| filled).count() * block.d + counts.made + counts.right;
        let entries = pairing.components.iter().product::<usize>();
        let numbers_of_point = ROWS * (counts.sums + counts.others) + numbers.count_ones() as usize + at_once + entries;
        let stride = near::<S>(numbers_of_point);
        let arrays = Arrays::new::<S>(counts, stride, block.d);
        let plans = (0..ROWS).map(|row| arrays.plan(&pairing, &sources, row)).collect();
        let right = varies.then(|| ByChunks::of(&right.coefficients, stride));
        Self { block, pairing, arrays, plans, others, filled, numbers, left: left.coefficients, right }
    }

    /// How many points of a vector come together.
    pub fn chunk(&self) -> usize {
        self.arrays.stride
    }

    /// How many entries a pair of points has, by rows and columns.
    pub fn components(&self) -> [usize; 2] {
        self.pairing.components
    }

    /// The weights of all terms at a point x.
    fn weights_at(&self, point: usize, all: &mut Vec<S>, out: &mut Vec<S>) {
        self.pairing.weights_at(&self.left.row(point), all);
        let weight = |sum: S, &(number, times): &(usize, S)| sum + times * all[number];
        out.extend(self.plans[0].terms.iter().map(|term| term.weights.iter().fold(S::of(0.0), weight)));
    }

    /// Hands on the pairs of each point x with some of the points y, the first of which begins a line.
    fn each(
        &self,
        first: usize,
        x: &[S],
        y: Range<usize>,
        memory: &mut Vec<S>,
        beside: usize,
        mut visit: impl FnMut(Pairs<'_, S>, &mut [S]),
    ) {
        let Self { block, arrays: Arrays { others, coefficients, factors, made, end, stride, slots, .. }, .. } = *self;
        let d = block.d;
        let [numbers, beside] = pieces(memory, [end, beside]);
        let (mut all, mut weights) = (Vec::new(), Vec::new());
        let fills = self.filled.contains(&true);
        for (n, x) in x.chunks(ROWS * d).enumerate() {
            if n == 0 || self.pairing.varies {
                weights.clear();
                for r in 0..x.len() / d {
                    self.weights_at(first + n * ROWS + r, &mut all, &mut weights);
                }
            }
            let mut next = y.start;
            while next < y.end {
                let from = next;
                next = y.end.min(from / stride * stride + stride);
                let (columns, width) = (next - from, whole_lines::<S>(next - from));
                let y = &block.tiles[from * d..(from + width) * d];
                let (sums, rest) = numbers.split_at_mut(others);
                block.reduce(x, y, sums);
                if slots[1] > 0 {
                    let out = &mut rest[..coefficients - others];
                    S::reduce(block.level, Reduce { sums: &self.others, except: None, x, y, d, out });
                }
                if let Some(right) = &self.right {
                    let (first, skip) = (from / stride * stride, from % stride);
                    for number in 0..right.count() {
                        let to = &mut numbers[self.arrays.right + number * stride..][..width];
                        to.copy_from_slice(&right.array(first, number)[skip..][..width]);
                    }
                }
                for (r, x) in x.chunks_exact(d).enumerate() {
                    let (sums, rest) = numbers.split_at_mut(coefficients);
                    let asked = Asked { order: self.pairing.order, numbers: self.numbers, columns: width, stride };
                    let sums = &sums[r * slots[0] * COLUMNS..];
                    block.kernel.coefficients(block.level, &asked, d, sums, &mut rest[..factors - coefficients]);
                    if fills {
                        let (before, out) = numbers[..made].split_at_mut(factors);
                        let frame = Frame { numbers: &before[coefficients..], stride };
                        let out = &mut out[..self.arrays.right - factors];
                        block.fill(&self.filled, x, y, frame, (width, stride), out);
                    }
                    let terms = self.plans[r].terms.len();
                    let pairs = Pairs {
                        level: block.level,
                        plan: &self.plans[r],
                        weights: &weights[r * terms..(r + 1) * terms],
                        numbers,
                        arrays: self.arrays,
                        place: [n * ROWS + r, from],
                        columns,
                    };
                    visit(pairs, beside);
                }
            }
        }
    }

    /// Writes the rows of some points x, the first of which is number `first`, past the caches if so told.
    pub fn write(&self, first: usize, x: &[S], mut out: ArrayViewMut2<'_, S>, streamed: bool, memory: &mut Vec<S>) {
        let ([p, q], stride) = (self.pairing.components, self.chunk());
        let stream = S::stream(self.block.level);
        let _fence = streamed.then(|| Fence);
        let mut begun = false;
        self.each(first, x, 0..self.block.columns, memory, p * q * stride, |mut pairs, entries| {
            if !begun {
                // What has no terms stays 0.
                entries.fill(S::of(0.0));
                begun = true;
            }
            let ([row, column], columns) = (pairs.place, pairs.columns);
            if p * q == 1
                && !self.plans[0].entries.is_empty()
                && columns % line::<S>() == 0
                && let Some(out) = out.row_mut(row).as_slice_mut()
            {
                let to = &mut out[column..column + columns];
                if !streamed || lead(to) == 0 {
                    return pairs.to(To::Row(to, streamed));
                }
            }
            pairs.to(To::Entries(entries, q));
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
        let (p, line) = (self.pairing.components[0], line::<S>());
        out.fill(S::of(0.0));
        self.each(first, x, 0..self.block.columns, memory, p * line * vectors.len(), |mut pairs, sums| {
            let (row, place) = (pairs.place[0], self.in_chunk(&pairs));
            sums.fill(S::of(0.0));
            pairs.to(To::Dots(Dots { vectors, place, sums, of_left: p }));
            for (n, total) in totals(sums).enumerate() {
                out[[row * p + n % p, n / p]] += total;
            }
        });
    }

    /// The products of the pairs of some points x with some points y, each pair taken once: hands on what is to be
    /// added to the numbers of the points x, and adds to those of the points y the products with vectors of the points
    /// x.
    pub fn multiply_both(&self, pairs: BothWays<'_, S>, mut add: impl FnMut(&mut [ByChunks<S>], [usize; 3], S)) {
        let BothWays { first, x, y, from, vectors, of_x, back, memory } = pairs;
        let (p, line, start) = (self.pairing.components[0], line::<S>(), y.start);
        let mut own = vec![S::of(0.0); p * vectors.len()];
        self.each(first, x, y, memory, p * line * vectors.len(), |mut pairs, sums| {
            let ([row, column], place) = (pairs.place, self.in_chunk(&pairs));
            for (n, own) in own.iter_mut().enumerate() {
                *own = of_x[[row * p + n % p, n / p]];
            }
            sums.fill(S::of(0.0));
            let from = (start + from).saturating_sub(column);
            let dots = Dots { vectors, place, sums: &mut *sums, of_left: p };
            pairs.to(To::Both(dots, Back { of_x: &own, sums: &mut *back, from }));
            for (n, total) in totals(sums).enumerate() {
                add(back, [row, n % p, n / p], total);
            }
        });
    }

    /// The first point y of a chunk, and how many of it come before those of some pairs.
    fn in_chunk(&self, pairs: &Pairs<'_, S>) -> [usize; 2] {
        let (column, chunk) = (pairs.place[1], self.chunk());
        [column / chunk * chunk, column % chunk]
    }

    /// Points whose pairs with each other are a part of a symmetric matrix that is not halved.
    pub const fn together() -> usize {
        together::<S>()
    }
}

/// Some pairs for [`Operators::multiply_both`].
pub struct BothWays<'a, S: Real> {
    /// The number of the first point x.
    pub first: usize,
    pub x: &'a [S],
    /// The first begins a line.
    pub y: Range<usize>,
    /// To so many of these, a multiple of [`Operators::together`], nothing is added.
    pub from: usize,
    /// By points y.
    pub vectors: &'a [ByChunks<S>],
    /// By these points x, one after the other: (numbers, vectors).
    pub of_x: ArrayView2<'a, S>,
    pub back: &'a mut [ByChunks<S>],
    pub memory: &'a mut Vec<S>,
}

/// The sums of lanes.
fn totals<S: Real>(sums: &[S]) -> impl Iterator<Item = S> {
    sums.chunks_exact(line::<S>()).map(|lanes| lanes.iter().fold(S::of(0.0), |sum, &lane| sum + lane))
}

/// How many points come together: as many as keep all that is made of them in the first cache, unless those are few.
fn near<S>(numbers_of_point: usize) -> usize {
    const CACHED: usize = 1 << 15;
    const FEW: usize = 64;
    let mut points = COLUMNS;
    while points > FEW && points * numbers_of_point * size_of::<S>() > CACHED {
        points /= 2;
    }
    chunk::<S>(numbers_of_point, points)
}
