//! The covariances of two operators, of a point x and a few points y.

use super::blocks::Chunk;
use super::loops::{array, array_mut, multiply, sum2};
use super::pairing::{Group, Pairing};
use super::source::{Source, Sources};
use crate::engine::coefficients::COEFFICIENTS;
use crate::engine::packed::line;
use crate::engine::reduce::{COLUMNS, base};
use crate::engine::slices::{add, product};
use crate::kernel::Base;
use crate::lane::{Vector, Vectors, VectorsMut};
use crate::real::{Lane, Real};

/// Fills an array for each entry.
pub struct Evaluate<'a, S> {
    pub pairing: &'a Pairing<S>,
    pub sources: &'a Sources<S>,
    /// Of each term of each group.
    pub weights: &'a [S],
    pub chunk: Chunk<'a, S>,
    /// How many points y there are, in whole lines.
    pub width: usize,
    /// How many numbers an array begins after another.
    pub stride: usize,
    /// An array for the coefficient of each partial derivative on the right, if any of them varies.
    pub right: &'a [S],
    /// [`scratch`] numbers.
    pub scratch: &'a mut [S],
    pub out: &'a mut [S],
}

/// How many numbers it needs beside the entries.
pub fn scratch<S>(pairing: &Pairing<S>, stride: usize) -> usize {
    (pairing.nodes.len() + 1) * stride
}

impl<S: Real> Evaluate<'_, S> {
    #[inline(always)]
    pub fn run<V: Vector<Scalar = S>>(self) {
        let Self { pairing, sources, mut weights, ref chunk, width, stride, right, scratch, out } = self;
        let (nodes, spare) = scratch.split_at_mut(pairing.nodes.len() * stride);
        let spare = &mut spare[..width];
        for (number, (source, scales)) in sources.nodes.iter().enumerate() {
            let (before, to) = nodes.split_at_mut(number * stride);
            let to = &mut to[..width];
            match source {
                &Source::Made { base, weight, i } => made::<V>(base, weight, i, chunk, to),
                &Source::Filled(factor, i) => to.copy_from_slice(chunk.factor(factor, i, stride, width)),
                &Source::Known(slot) => to.copy_from_slice(array(chunk.sums, slot, COLUMNS, width)),
                &Source::Reduced(slot) => to.copy_from_slice(array(chunk.others, slot, COLUMNS, width)),
                &Source::Constant(number) => to.fill(number),
                &Source::Product(a, b) => {
                    let [a, b] = [a, b].map(|node| array(before, node, stride, width));
                    product::<V, false>(a, b, to);
                }
                Source::Summed { factors, weights } => {
                    let weights = |i| weights.iter().fold(S::of(1.0), |product, &w| product * pairing.weights[w][i]);
                    summed::<V>(factors, &weights, chunk, stride, spare, to);
                }
            }
            for &scale in scales {
                multiply::<V>(array(chunk.coefficients, scale, COEFFICIENTS, width), to);
            }
        }
        let mut done = None;
        for group in &pairing.groups {
            let (own, rest) = weights.split_at(group.terms.len());
            weights = rest;
            let to = array_mut(out, group.entry, stride, width);
            if done != Some(group.entry) {
                done = Some(group.entry);
                to.fill(S::of(0.0));
            }
            let c = array(chunk.coefficients, group.coefficient, COEFFICIENTS, width);
            let c = match group.right {
                Some(partial) => {
                    product::<V, false>(c, array(right, partial, stride, width), spare);
                    &*spare
                }
                None => c,
            };
            weigh::<V>(group, own, c, (nodes, stride), to);
        }
    }
}

impl<S> Chunk<'_, S> {
    /// A factor that has been filled in.
    #[inline(always)]
    fn factor(&self, number: usize, i: usize, stride: usize, width: usize) -> &[S] {
        array(self.factors, number * self.x.len() + i, stride, width)
    }
}

/// base(x_i, y_i) times a weight.
#[inline(always)]
fn made<V: Vector>(of: Base, weight: V::Scalar, i: usize, chunk: &Chunk<'_, V::Scalar>, to: &mut [V::Scalar]) {
    let (x, weight) = (V::splat(chunk.x[i]), V::splat(weight));
    let lines = chunk.y.chunks_exact(chunk.x.len() * line::<V::Scalar>());
    for (tile, to) in lines.zip(to.chunks_exact_mut(line::<V::Scalar>())) {
        let y = &tile[i * line::<V::Scalar>()..][..line::<V::Scalar>()];
        for (y, to) in y.chunks_exact(V::LANES).zip(to.chunks_exact_mut(V::LANES)) {
            (weight * base(of, x, V::load(y))).store(to);
        }
    }
}

/// Σ_i w(i) Π f(i)
#[inline(always)]
fn summed<V: Vector>(
    factors: &[usize],
    weight: &dyn Fn(usize) -> V::Scalar,
    chunk: &Chunk<'_, V::Scalar>,
    stride: usize,
    spare: &mut [V::Scalar],
    to: &mut [V::Scalar],
) {
    let width = to.len();
    to.fill(V::Scalar::of(0.0));
    for i in 0..chunk.x.len() {
        spare.fill(weight(i));
        for &factor in factors {
            multiply::<V>(chunk.factor(factor, i, stride, width), spare);
        }
        add::<V>(spare, to);
    }
}

/// to + c Σ weight · node
#[inline(always)]
fn weigh<V: Vector>(
    group: &Group<V::Scalar>,
    weights: &[V::Scalar],
    c: &[V::Scalar],
    (nodes, stride): (&[V::Scalar], usize),
    to: &mut [V::Scalar],
) {
    let (count, step) = (to.len() / V::LANES, stride / V::LANES);
    let (nodes, c, mut to) = (Vectors::<V>::all(nodes), Vectors::<V>::new(c, count), VectorsMut::<V>::new(to, count));
    for v in 0..count {
        let mut inner = V::of(0.0);
        for (term, &weight) in group.terms.iter().zip(weights) {
            inner = match term.node {
                Some(node) => V::splat(weight).mul_add(nodes.get(node * step + v), inner),
                None => inner + V::splat(weight),
            };
        }
        let to = to.get(v);
        c.get(v).mul_add(inner, V::load(to)).store(to);
    }
}

/// Sums of entries times the numbers that points y have in a vector, lane by lane: a line for each component on the left.
pub struct Dots<'a, S> {
    pub entries: &'a [S],
    /// An array for each component on the right.
    pub vector: &'a [S],
    pub stride: usize,
    /// How many points y there are, in whole lines.
    pub width: usize,
    pub sums: &'a mut [S],
}

impl<S: Real> Dots<'_, S> {
    #[inline(always)]
    pub fn run<V: Vector<Scalar = S>>(self) {
        let Self { entries, vector, stride, width, sums } = self;
        sums.fill(S::of(0.0));
        let of_left = entries.len() / (sums.len() / line::<S>());
        for (sums, entries) in sums.chunks_exact_mut(line::<S>()).zip(entries.chunks_exact(of_left)) {
            for number in 0..of_left / stride {
                let [entries, vector] = [entries, vector].map(|all| array(all, number, stride, width));
                sum2::<V>(entries, vector, sums);
            }
        }
    }
}
