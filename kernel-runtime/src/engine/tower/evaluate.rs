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
        let (made_here, spare) = scratch.split_at_mut(pairing.nodes.len() * stride);
        let spare = &mut spare[..width];
        for (number, (source, scales)) in sources.nodes.iter().enumerate() {
            let (before, to) = made_here.split_at_mut(number * stride);
            let (nodes, to) = (Nodes { sources, chunk, width, stride, made: before }, &mut to[..width]);
            match source {
                &Source::Made { base, weight, i } => made::<V>(base, weight, i, chunk, to),
                &Source::Constant(number) => to.fill(number),
                &Source::Product(a, b) => product::<V, false>(nodes.get(a), nodes.get(b), to),
                Source::Summed { factors, weights } => {
                    let weights = |i| weights.iter().fold(S::of(1.0), |product, &w| product * pairing.weights[w][i]);
                    summed::<V>(factors, &weights, chunk, stride, spare, to);
                }
                Source::Filled(..) | Source::Known(_) | Source::Reduced(_) => {
                    if scales.is_empty() {
                        continue;
                    }
                    to.copy_from_slice(nodes.source(source));
                }
            }
            for &scale in scales {
                multiply::<V>(array(chunk.coefficients, scale, COEFFICIENTS, width), to);
            }
        }
        let nodes = Nodes { sources, chunk, width, stride, made: made_here };
        let mut done = None;
        for group in &pairing.groups {
            let (own, rest) = weights.split_at(group.terms.len());
            weights = rest;
            let to = array_mut(out, group.entry, stride, width);
            let c = array(chunk.coefficients, group.coefficient, COEFFICIENTS, width);
            let c = match group.right {
                Some(partial) => {
                    product::<V, false>(c, array(right, partial, stride, width), spare);
                    &*spare
                }
                None => c,
            };
            nodes.weigh::<V>(group, own, c, to, done == Some(group.entry));
            done = Some(group.entry);
        }
    }
}

/// The nodes that are known.
struct Nodes<'a, S> {
    sources: &'a Sources<S>,
    chunk: &'a Chunk<'a, S>,
    width: usize,
    stride: usize,
    made: &'a [S],
}

impl<'a, S: Real> Nodes<'a, S> {
    #[inline(always)]
    fn get(&self, number: usize) -> &'a [S] {
        let (source, scales) = &self.sources.nodes[number];
        match source {
            Source::Filled(..) | Source::Known(_) | Source::Reduced(_) if scales.is_empty() => self.source(source),
            _ => array(self.made, number, self.stride, self.width),
        }
    }

    /// What is there already.
    #[inline(always)]
    fn source(&self, source: &Source<S>) -> &'a [S] {
        match *source {
            Source::Filled(factor, i) => self.chunk.factor(factor, i, self.stride, self.width),
            Source::Known(slot) => array(self.chunk.sums, slot, COLUMNS, self.width),
            Source::Reduced(slot) => array(self.chunk.others, slot, COLUMNS, self.width),
            _ => &[],
        }
    }

    /// to = c Σ weight · node, or that more than it was.
    #[inline(always)]
    fn weigh<V: Vector<Scalar = S>>(&self, group: &Group<S>, weights: &[S], c: &[S], to: &mut [S], more: bool) {
        let mut constant = S::of(0.0);
        let (mut arrays, mut own, mut count, mut more) = ([&[][..]; AT_ONCE], [S::of(0.0); AT_ONCE], 0, more);
        for (term, &weight) in group.terms.iter().zip(weights) {
            let Some(node) = term.node else {
                constant += weight;
                continue;
            };
            (arrays[count], own[count], count) = (self.get(node), weight, count + 1);
            if count == AT_ONCE {
                combine::<V, AT_ONCE>(S::of(0.0), &arrays, &own, c, to, more);
                (count, more) = (0, true);
            }
        }
        match count {
            0 if more && constant == S::of(0.0) => {}
            0 => combine::<V, 0>(constant, &arrays, &own, c, to, more),
            1 => combine::<V, 1>(constant, &arrays, &own, c, to, more),
            _ => combine::<V, 2>(constant, &arrays, &own, c, to, more),
        }
    }
}

/// So many nodes are taken into an entry in one loop.
const AT_ONCE: usize = 3;

/// to = c (constant + Σ weight · array) of `N` arrays, or that more than it was.
#[inline(always)]
fn combine<V: Vector, const N: usize>(
    constant: V::Scalar,
    arrays: &[&[V::Scalar]; AT_ONCE],
    weights: &[V::Scalar; AT_ONCE],
    c: &[V::Scalar],
    to: &mut [V::Scalar],
    more: bool,
) {
    let count = to.len() / V::LANES;
    let (c, mut to, constant) = (Vectors::<V>::new(c, count), VectorsMut::<V>::new(to, count), V::splat(constant));
    let mut nodes = [Vectors::<V>::new(&[], 0); N];
    let mut own = [constant; N];
    for k in 0..N {
        (nodes[k], own[k]) = (Vectors::<V>::new(arrays[k], count), V::splat(weights[k]));
    }
    for v in 0..count {
        let mut inner = constant;
        for k in 0..N {
            inner = own[k].mul_add(nodes[k].get(v), inner);
        }
        let to = to.get(v);
        (if more { c.get(v).mul_add(inner, V::load(to)) } else { c.get(v) * inner }).store(to);
    }
}

impl<'a, S> Chunk<'a, S> {
    /// A factor that has been filled in.
    #[inline(always)]
    fn factor(&self, number: usize, i: usize, stride: usize, width: usize) -> &'a [S] {
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
