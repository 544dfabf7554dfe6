//! The covariances of two operators, of a point x and a few points y.

use super::loops::{array, array_mut, multiply, sum2, weigh};
use super::pairing::{Node, Pairing, Weighted};
use crate::engine::coefficients::COEFFICIENTS;
use crate::engine::packed::line;
use crate::engine::slices::{add, product};
use crate::lane::Vector;
use crate::real::Real;

/// Fills an array for each entry.
pub struct Evaluate<'a, S> {
    pub pairing: &'a Pairing<S>,
    /// Of each term of each group.
    pub weights: &'a [S],
    pub d: usize,
    /// How many points y there are, in whole lines.
    pub width: usize,
    /// How many numbers an array begins after another.
    pub stride: usize,
    /// Number k of coordinate i is array `k * d + i`.
    pub factors: &'a [S],
    /// Every [`COEFFICIENTS`] numbers one
    pub coefficients: &'a [S],
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
        let Self { pairing, mut weights, d, width, stride, factors, coefficients, right, scratch, out } = self;
        let (nodes, spare) = scratch.split_at_mut(pairing.nodes.len() * stride);
        let spare = &mut spare[..width];
        for (number, node) in pairing.nodes.iter().enumerate() {
            let (before, to) = nodes.split_at_mut(number * stride);
            let (nodes, to) = (Nodes { pairing, d, width, stride, factors, nodes: before }, &mut to[..width]);
            match node {
                Node::Factor(..) => {}
                &Node::Product(a, b) => product::<V, false>(nodes.get(a), nodes.get(b), to),
                Node::Sum { factors, weights } => nodes.sum::<V>(factors, weights, spare, to),
            }
        }
        let nodes = Nodes { pairing, d, width, stride, factors, nodes };
        out.fill(S::of(0.0));
        for group in &pairing.groups {
            let (own, rest) = weights.split_at(group.terms.len());
            weights = rest;
            nodes.weigh::<V>(&group.terms, own, spare);
            if let Some(partial) = group.right {
                multiply::<V>(array(right, partial, stride, width), spare);
            }
            let c = array(coefficients, group.coefficient, COEFFICIENTS, width);
            product::<V, true>(c, spare, array_mut(out, group.entry, stride, width));
        }
    }
}

/// The nodes that are known.
struct Nodes<'a, S> {
    pairing: &'a Pairing<S>,
    d: usize,
    width: usize,
    stride: usize,
    factors: &'a [S],
    nodes: &'a [S],
}

impl<'a, S: Real> Nodes<'a, S> {
    #[inline(always)]
    fn get(&self, number: usize) -> &'a [S] {
        match self.pairing.nodes[number] {
            Node::Factor(factor, i) => self.factor(factor, i),
            _ => array(self.nodes, number, self.stride, self.width),
        }
    }

    #[inline(always)]
    fn factor(&self, number: usize, i: usize) -> &'a [S] {
        array(self.factors, number * self.d + i, self.stride, self.width)
    }

    /// Σ_i Π w(i) Π f(i)
    #[inline(always)]
    fn sum<V: Vector<Scalar = S>>(&self, factors: &[usize], weights: &[usize], spare: &mut [S], to: &mut [S]) {
        let Some((&first, others)) = factors.split_first() else { return };
        to.fill(S::of(0.0));
        for i in 0..self.d {
            let weight = weights.iter().fold(S::of(1.0), |product, &w| product * self.pairing.weights[w][i]);
            let first = self.factor(first, i);
            match (others, weights) {
                ([], []) => add::<V>(first, to),
                (&[second], []) => product::<V, true>(first, self.factor(second, i), to),
                _ => {
                    spare.fill(weight);
                    for &other in others {
                        multiply::<V>(self.factor(other, i), spare);
                    }
                    product::<V, true>(first, spare, to);
                }
            }
        }
    }

    /// to = Σ weight · node
    #[inline(always)]
    fn weigh<V: Vector<Scalar = S>>(&self, terms: &[Weighted<S>], weights: &[S], to: &mut [S]) {
        let without = terms.iter().zip(weights).filter(|(term, _)| term.node.is_none());
        to.fill(without.fold(S::of(0.0), |sum, (_, &weight)| sum + weight));
        for (term, &weight) in terms.iter().zip(weights) {
            if let Some(node) = term.node {
                weigh::<V>(weight, self.get(node), None, to);
            }
        }
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
