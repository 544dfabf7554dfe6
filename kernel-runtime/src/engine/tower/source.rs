//! Where the nodes of a pairing come from.
//!
//! A sum over coordinates of a product of usual factors is a usual sum, Σ (x_i - y_i)² of two differences: it is made as those of the
//! kernel are, or is one of them. Factors at one coordinate are made as they are wanted. Only what kernels compute themselves is filled
//! in for all coordinates first.

use super::pairing::{Node, Pairing};
use crate::engine::reduce::Described;
use crate::kernel::{Base, Term};
use crate::real::Real;

/// How a node is made.
pub enum Source<S> {
    /// base(x_i, y_i), times a weight.
    Made { base: Base, weight: S, i: usize },
    /// A factor that has been filled in, at a coordinate.
    Filled(usize, usize),
    /// One of the kernel's sums.
    Known(usize),
    /// One of [`Sources::sums`].
    Reduced(usize),
    /// Of all pairs the same.
    Constant(S),
    /// Σ_i Π w(i) Π f(i) of factors that have been filled in.
    Summed { factors: Vec<usize>, weights: Vec<usize> },
    /// Of two nodes before it.
    Product(usize, usize),
}

/// The sources of all nodes, each multiplied with numbers of the frame.
pub struct Sources<S> {
    pub nodes: Vec<(Source<S>, Vec<usize>)>,
    /// Sums to be made.
    pub sums: Vec<Described<S>>,
    /// Which factors have to be filled in.
    pub filled: Vec<bool>,
}

impl<S: Real> Sources<S> {
    /// `known` are the kernel's sums.
    pub fn new(
        pairing: &Pairing<S>,
        known: &[Described<S>],
        factors: &[Described<S>],
        scales: &[Option<usize>],
        d: usize,
    ) -> Self {
        let mut sources = Self { nodes: Vec::new(), sums: Vec::new(), filled: vec![false; factors.len()] };
        for node in &pairing.nodes {
            let of_factors: &[usize] = match node {
                Node::Factor(factor, _) => std::slice::from_ref(factor),
                Node::Sum { factors, .. } => factors,
                Node::Product(..) => &[],
            };
            let mut scaled = of_factors.iter().filter_map(|&factor| scales[factor]).collect();
            let source = match node {
                &Node::Product(a, b) => Source::Product(a, b),
                &Node::Factor(factor, i) => sources.factor(&factors[factor], factor, i),
                Node::Sum { factors: of_sum, weights } => sources.sum(pairing, [known, factors], of_sum, weights, d),
            };
            if let Source::Filled(..) | Source::Summed { .. } = source {
                // Scales are in what has been filled in.
                scaled = Vec::new();
            }
            sources.nodes.push((source, scaled));
        }
        sources
    }

    fn factor(&mut self, described: &Described<S>, factor: usize, i: usize) -> Source<S> {
        match described.term {
            Term::Plain(base) => Source::Made { base, weight: S::of(1.0), i },
            Term::Weighted(base) => Source::Made { base, weight: described.weights[i], i },
            Term::Pick(..) | Term::Custom => {
                self.filled[factor] = true;
                Source::Filled(factor, i)
            }
        }
    }

    fn sum(
        &mut self,
        pairing: &Pairing<S>,
        [known, factors]: [&[Described<S>]; 2],
        of_sum: &[usize],
        weights: &[usize],
        d: usize,
    ) -> Source<S> {
        let Some(base) = product(of_sum.iter().map(|&factor| factors[factor].term)) else {
            for &factor in of_sum {
                self.filled[factor] = true;
            }
            return Source::Summed { factors: of_sum.to_vec(), weights: weights.to_vec() };
        };
        let of_factors = of_sum.iter().map(|&factor| &factors[factor].weights).filter(|weights| !weights.is_empty());
        let all: Vec<&Vec<S>> = of_factors.chain(weights.iter().map(|&weight| &pairing.weights[weight])).collect();
        let weights: Vec<S> = if all.is_empty() {
            Vec::new()
        } else {
            (0..d).map(|i| all.iter().fold(S::of(1.0), |product, weight| product * weight[i])).collect()
        };
        if base == Base::One {
            let sum = weights.iter().fold(S::of(0.0), |sum, &weight| sum + weight);
            return Source::Constant(if weights.is_empty() { S::of(d as f64) } else { sum });
        }
        let term = if weights.is_empty() { Term::Plain(base) } else { Term::Weighted(base) };
        let described = Described { term, weights };
        if let Some(slot) = known.iter().position(|known| *known == described) {
            return Source::Known(slot);
        }
        let known = self.sums.iter().position(|known| *known == described);
        Source::Reduced(known.unwrap_or_else(|| {
            self.sums.push(described);
            self.sums.len() - 1
        }))
    }
}

/// The usual term that a product of such is, but for weights.
fn product(terms: impl Iterator<Item = Term>) -> Option<Base> {
    terms.into_iter().try_fold(Base::One, |product, term| {
        let (Term::Plain(base) | Term::Weighted(base)) = term else { return None };
        Some(match (product, base) {
            (Base::One, base) | (base, Base::One) => base,
            (Base::X, Base::X) => Base::SquareX,
            (Base::Y, Base::Y) => Base::SquareY,
            (Base::X, Base::Y) | (Base::Y, Base::X) => Base::Product,
            (Base::Difference, Base::Difference) => Base::SquareDifference,
            _ => return None,
        })
    })
}
