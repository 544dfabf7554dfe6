//! Where the nodes of a pairing come from.
//!
//! A sum over coordinates of a product of usual factors is a usual sum, Σ (x_i - y_i)² of two differences: it is made
//! as those of the kernel are, or is one of them. So is a usual factor at one coordinate, or the product of two such.
//! Only what kernels compute themselves is filled in for all coordinates first. A node is a number times at most two of
//! these: of more, products are made first.

use std::collections::HashMap;

use super::pairing::{Node, Pairing};
use crate::engine::reduce::Described;
use crate::kernel::{Base, Term};
use crate::real::Real;

/// What there is for each pair of points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Operand {
    /// One of the kernel's sums.
    Known(usize),
    /// One of [`Sources::sums`].
    Reduced(usize),
    /// A number of the frame, or a coefficient.
    Coefficient(usize),
    /// A factor that has been filled in, at a coordinate.
    Filled(usize, usize),
    /// One of [`Sources::made`].
    Made(usize),
    /// The coefficient of a partial derivative on the right.
    Right(usize),
}

/// What is made before all entries.
pub enum Made<S> {
    Product([Operand; 2]),
    /// Σ_i w(i) Π f(i) of factors that have been filled in.
    Summed {
        factors: Vec<usize>,
        weights: Vec<S>,
    },
}

/// A number times some operands.
pub struct Value<S> {
    pub times: S,
    pub operands: Vec<Operand>,
}

/// What all terms of all groups of a pairing are.
pub struct Sources<S> {
    /// At most two operands each.
    pub terms: Vec<Value<S>>,
    /// Sums to be made.
    pub sums: Vec<Described<S>>,
    pub made: Vec<Made<S>>,
    /// Which factors have to be filled in.
    pub filled: Vec<bool>,
}

/// What a kernel has.
#[derive(Clone, Copy)]
pub struct OfKernel<'a, S> {
    pub sums: &'a [Described<S>],
    pub factors: &'a [Described<S>],
    pub scales: &'a [Option<usize>],
    pub d: usize,
}

impl<S: Real> Sources<S> {
    pub fn new(pairing: &Pairing<S>, kernel: OfKernel<'_, S>) -> Self {
        let mut builder = Builder {
            kernel,
            usual: Vec::new(),
            summed: Vec::new(),
            known: HashMap::new(),
            products: HashMap::new(),
            sums: Vec::new(),
            made: Vec::new(),
            filled: vec![false; kernel.factors.len()],
        };
        let mut nodes = Vec::new();
        for node in &pairing.nodes {
            let symbols = builder.node(pairing, node, &nodes);
            nodes.push(symbols);
        }
        let of_groups = pairing.groups.iter().flat_map(|group| &group.terms);
        let terms = of_groups.map(|term| {
            let (times, symbols) = term.node.map_or((S::of(1.0), Vec::new()), |node| nodes[node].clone());
            builder.value(times, symbols)
        });
        let terms = terms.collect();
        let Builder { sums, made, filled, .. } = builder;
        Self { terms, sums, made, filled }
    }
}

/// An operand that nobody may have asked for yet.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Symbol {
    /// One of [`Builder::usual`].
    Usual(usize),
    /// One of [`Builder::summed`].
    Summed(usize),
    Filled(usize, usize),
    Coefficient(usize),
}

struct Builder<'a, S> {
    kernel: OfKernel<'a, S>,
    /// Sums, and factors at a coordinate, of the usual forms.
    usual: Vec<Described<S>>,
    /// Sums of factors that have been filled in, with their weights.
    summed: Vec<(Vec<usize>, Vec<S>)>,
    /// What of those has been asked for.
    known: HashMap<Symbol, Operand>,
    products: HashMap<[Operand; 2], Operand>,
    sums: Vec<Described<S>>,
    made: Vec<Made<S>>,
    filled: Vec<bool>,
}

impl<S: Real> Builder<'_, S> {
    fn node(&mut self, pairing: &Pairing<S>, node: &Node, before: &[(S, Vec<Symbol>)]) -> (S, Vec<Symbol>) {
        let (of_factors, (times, symbol)) = match node {
            Node::Factor(factor, i) => (std::slice::from_ref(factor), self.factor(*factor, *i)),
            Node::Sum { factors, weights } => (&factors[..], self.sum(pairing, factors, weights)),
            Node::Product(nodes) => {
                let times = nodes.iter().fold(S::of(1.0), |times, &node| times * before[node].0);
                return (times, nodes.iter().flat_map(|&node| before[node].1.iter().copied()).collect());
            }
        };
        let mut symbols: Vec<Symbol> = symbol.into_iter().collect();
        // Scales are in what is filled in.
        if !matches!(symbol, Some(Symbol::Filled(..) | Symbol::Summed(_))) {
            let scales = of_factors.iter().filter_map(|&factor| self.kernel.scales[factor]);
            symbols.extend(scales.map(Symbol::Coefficient));
        }
        (times, symbols)
    }

    fn factor(&mut self, factor: usize, i: usize) -> (S, Option<Symbol>) {
        let described = &self.kernel.factors[factor];
        let weights = described.weights.get(i).copied();
        match described.term {
            Term::Plain(Base::One) | Term::Weighted(Base::One) => (weights.unwrap_or(S::of(1.0)), None),
            Term::Plain(base) | Term::Weighted(base) => {
                let weights = weights.into_iter().collect();
                (S::of(1.0), Some(self.usual(Described { term: Term::Pick(base, i), weights })))
            }
            Term::Pick(..) | Term::Custom => (S::of(1.0), Some(Symbol::Filled(factor, i))),
        }
    }

    fn sum(&mut self, pairing: &Pairing<S>, of_sum: &[usize], weights: &[usize]) -> (S, Option<Symbol>) {
        let (factors, d) = (self.kernel.factors, self.kernel.d);
        let of_variables = weights.iter().map(|&weight| &pairing.weights[weight]);
        let Some(base) = product(of_sum.iter().map(|&factor| factors[factor].term)) else {
            let weights = products(&of_variables.collect::<Vec<_>>(), d);
            self.summed.push((of_sum.to_vec(), weights));
            return (S::of(1.0), Some(Symbol::Summed(self.summed.len() - 1)));
        };
        let of_factors = of_sum.iter().map(|&factor| &factors[factor].weights).filter(|weights| !weights.is_empty());
        let all: Vec<&Vec<S>> = of_factors.chain(of_variables).collect();
        if base == Base::One {
            return (products(&all, d).into_iter().fold(S::of(0.0), |sum, weight| sum + weight), None);
        }
        let described = if all.is_empty() {
            Described { term: Term::Plain(base), weights: Vec::new() }
        } else {
            Described { term: Term::Weighted(base), weights: products(&all, d) }
        };
        (S::of(1.0), Some(self.usual(described)))
    }

    fn usual(&mut self, described: Described<S>) -> Symbol {
        Symbol::Usual(place(&mut self.usual, described))
    }

    /// A number times at most two operands that are there.
    fn value(&mut self, times: S, mut symbols: Vec<Symbol>) -> Value<S> {
        self.square(&mut symbols);
        let mut operands: Vec<Operand> = symbols.into_iter().map(|symbol| self.operand(symbol)).collect();
        operands.sort_unstable();
        // Pairs of equal ones first, so that powers are squares of powers.
        while operands.len() > 2 {
            let pair = (1..operands.len()).find(|&n| operands[n - 1] == operands[n]).unwrap_or(1);
            let product = self.product([operands[pair - 1], operands[pair]]);
            operands.splice(pair - 1..=pair, [product]);
            operands.sort_unstable();
        }
        Value { times, operands }
    }

    /// Takes factors at one coordinate together, but for those with weights: products of these could overflow.
    fn square(&mut self, symbols: &mut Vec<Symbol>) {
        let at = |usual: &[Described<S>], symbol: Symbol| match symbol {
            Symbol::Usual(number) => match usual[number].term {
                Term::Pick(base, i) if usual[number].weights.is_empty() => Some((base, i)),
                _ => None,
            },
            _ => None,
        };
        let pairs = |n: usize| (0..n).flat_map(|a| (0..a).map(move |b| (a, b)));
        while let Some((a, b, base, i)) = pairs(symbols.len()).find_map(|(a, b)| {
            let [(base, i), (other, j)] = [at(&self.usual, symbols[a])?, at(&self.usual, symbols[b])?];
            let base = product([Term::Plain(base), Term::Plain(other)].into_iter()).filter(|_| i == j)?;
            Some((a, b, base, i))
        }) {
            symbols.remove(a);
            symbols[b] = self.usual(Described { term: Term::Pick(base, i), weights: Vec::new() });
        }
    }

    fn operand(&mut self, symbol: Symbol) -> Operand {
        if let Some(&known) = self.known.get(&symbol) {
            return known;
        }
        let operand = match symbol {
            Symbol::Usual(number) => {
                let described = &self.usual[number];
                self.kernel
                    .sums
                    .iter()
                    .position(|known| known == described)
                    .map_or_else(|| Operand::Reduced(place(&mut self.sums, described.clone())), Operand::Known)
            }
            Symbol::Summed(number) => {
                let (factors, weights) = self.summed[number].clone();
                for &factor in &factors {
                    self.filled[factor] = true;
                }
                self.make(Made::Summed { factors, weights })
            }
            Symbol::Filled(factor, i) => {
                self.filled[factor] = true;
                Operand::Filled(factor, i)
            }
            Symbol::Coefficient(number) => Operand::Coefficient(number),
        };
        self.known.insert(symbol, operand);
        operand
    }

    fn product(&mut self, of: [Operand; 2]) -> Operand {
        if let Some(&known) = self.products.get(&of) {
            return known;
        }
        let product = self.make(Made::Product(of));
        self.products.insert(of, product);
        product
    }

    fn make(&mut self, made: Made<S>) -> Operand {
        self.made.push(made);
        Operand::Made(self.made.len() - 1)
    }
}

/// The number of an element, which is new if there is no such.
fn place<T: PartialEq>(all: &mut Vec<T>, element: T) -> usize {
    all.iter().position(|known| *known == element).unwrap_or_else(|| {
        all.push(element);
        all.len() - 1
    })
}

/// Products of the weights of each of d coordinates.
fn products<S: Real>(weights: &[&Vec<S>], d: usize) -> Vec<S> {
    (0..d).map(|i| weights.iter().fold(S::of(1.0), |product, weights| product * weights[i])).collect()
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
