//! What the covariance of two operators is made of, found from the terms of a tower once for all pairs of points.
//!
//! A partial derivative by x and one by y is a sum of terms, each a coefficient of the pair and a factor for each
//! block, at the one coordinate that all indices of the block are. Where an index is a variable that is summed over,
//! blocks that share variables are one sum over coordinates, Σ_i w(i) f(i) g(i), and the term is the product of such
//! sums: O(d), however many variables there are.

use std::collections::HashMap;

use ndarray::ArrayView1;

use super::description::{Description, Index};
use super::distribute::distribute;
use super::outer::offsets;
use crate::kernel::{TowerShape, TowerTerm};
use crate::real::Real;

/// A number of a pair.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Node {
    /// A factor at a coordinate.
    Factor(usize, usize),
    /// Σ_i Π w(i) Π f(i), of weights and factors by their numbers.
    Sum { factors: Vec<usize>, weights: Vec<usize> },
    /// Of nodes before it, none of which is a product.
    Product(Vec<usize>),
}

/// Adds coefficient · Σ weight · node, times the coefficient of a partial derivative on the right if that varies, to an
/// entry.
#[derive(Clone, Debug)]
pub struct Group<S> {
    pub entry: usize,
    pub coefficient: usize,
    pub right: Option<usize>,
    pub terms: Vec<Weighted<S>>,
}

/// A node, or 1 without one, and its weight at a point x: a constant, and multiples of coefficients of partial
/// derivatives on the left.
#[derive(Clone, Debug)]
pub struct Weighted<S> {
    pub node: Option<usize>,
    pub constant: S,
    pub varying: Vec<(usize, S)>,
}

/// All that entries are made of: entry (p, q) of two components is number p · (components on the right) + q.
#[derive(Clone, Debug)]
pub struct Pairing<S> {
    pub nodes: Vec<Node>,
    /// The weights of [`Node::Sum`].
    pub weights: Vec<Vec<S>>,
    pub groups: Vec<Group<S>>,
    pub components: [usize; 2],
    /// The highest order of a derivative.
    pub order: usize,
    /// Whether weights are others at other points x.
    pub varies: bool,
}

/// An operator on one side, with the coefficients of its partial derivatives at some point.
#[derive(Clone, Copy)]
pub struct Described<'a, S> {
    pub operator: &'a Description<S>,
    pub coefficients: &'a [S],
}

impl<S: Real> Pairing<S> {
    pub fn new(terms: &[TowerTerm], shape: TowerShape, [left, right]: [Described<'_, S>; 2]) -> Self {
        let mut builder = Builder::new([left.operator, right.operator]);
        let offsets = offsets(shape);
        let mut order = 0;
        for (a, of_x) in left.operator.partials.iter().enumerate() {
            for (b, of_y) in right.operator.partials.iter().enumerate() {
                if of_x.function != of_y.function {
                    continue;
                }
                let by_y = builder.of_right(&of_y.indices);
                let orders = [of_x.indices.len(), of_y.indices.len()];
                for term in terms.iter().filter(|term| term.indices() == orders) {
                    order = order.max(orders[0] + orders[1]);
                    for (node, times) in builder.nodes_of(term, [&of_x.indices, &by_y]) {
                        let of_right = if of_y.varies { S::of(1.0) } else { right.coefficients[b] };
                        let weight = times * of_right;
                        let coefficient = offsets[term.coefficient[0]] + term.coefficient[1];
                        let entry = of_x.component * right.operator.components + of_y.component;
                        let weighted = builder.weighted((entry, coefficient, of_y.varies.then_some(b)), node);
                        if of_x.varies {
                            weighted.varying.push((a, weight));
                        } else {
                            weighted.constant += left.coefficients[a] * weight;
                        }
                    }
                }
            }
        }
        let components = [left.operator.components, right.operator.components];
        builder.finish(components, order)
    }

    /// The weights of all nodes of all groups at a point with these coefficients on the left.
    pub fn weights_at(&self, coefficients: &ArrayView1<'_, S>, out: &mut Vec<S>) {
        out.clear();
        out.extend(self.groups.iter().flat_map(|group| &group.terms).map(|term| {
            term.varying.iter().fold(term.constant, |sum, &(partial, times)| sum + times * coefficients[partial])
        }));
    }
}

/// Which entry, coefficient and partial derivative on the right a group is of.
type GroupKey = (usize, usize, Option<usize>);

struct Builder<'a, S> {
    operators: [&'a Description<S>; 2],
    weights: Vec<Vec<S>>,
    /// The number of the weight of each variable, of those on the left and of those on the right behind them.
    weight_of: Vec<Option<usize>>,
    nodes: Vec<Node>,
    known_nodes: HashMap<Node, usize>,
    groups: Vec<Group<S>>,
    known_groups: HashMap<GroupKey, usize>,
}

impl<'a, S: Real> Builder<'a, S> {
    fn new(operators: [&'a Description<S>; 2]) -> Self {
        let mut weights: Vec<Vec<S>> = Vec::new();
        let variables = operators.iter().flat_map(|operator| &operator.variables);
        let weight_of = variables.map(|variable| {
            variable.as_ref().map(|weight| {
                weights.iter().position(|known| known == weight).unwrap_or_else(|| {
                    weights.push(weight.clone());
                    weights.len() - 1
                })
            })
        });
        let weight_of = weight_of.collect();
        let (known_nodes, known_groups) = (HashMap::new(), HashMap::new());
        Self { operators, weights, weight_of, nodes: Vec::new(), known_nodes, groups: Vec::new(), known_groups }
    }

    /// Indices on the right. Variables there are others than on the left.
    fn of_right(&self, indices: &[Index]) -> Vec<Index> {
        let behind = self.operators[0].variables.len();
        let of_right = |&index: &Index| match index {
            Index::Along(variable) => Index::Along(behind + variable),
            at @ Index::At(_) => at,
        };
        indices.iter().map(of_right).collect()
    }

    /// What a term is, taken by these indices: nodes, or 1, and what they are multiplied with.
    fn nodes_of(&mut self, term: &TowerTerm, indices: [&[Index]; 2]) -> Vec<(Option<usize>, S)> {
        let mut found: Vec<(Option<usize>, S, f64)> = Vec::new();
        let equal = distribute(term, indices, &mut |count, indices| {
            let Some((times, node)) = self.node(term, indices) else { return };
            match found.iter_mut().find(|known| (known.0, known.1) == (node, times)) {
                Some(known) => known.2 += count,
                None => found.push((node, times, count)),
            }
        });
        // Counted first, for a sixth, added six times, need not be 1.
        found.into_iter().map(|(node, times, count)| (node, S::of(count / equal * term.times) * times)).collect()
    }

    /// The product of factors that blocks are with these indices, as a number times a node: nothing if a block has two
    /// coordinates.
    fn node(&mut self, term: &TowerTerm, indices: &[Vec<Index>]) -> Option<(S, Option<usize>)> {
        let mut times = S::of(1.0);
        let mut sums = Sums::default();
        let mut nodes = Vec::new();
        for (block, indices) in term.blocks().iter().zip(indices) {
            sums.add(indices, block.factor)?;
        }
        for Connected { at, variables, factors } in sums.0 {
            let weights: Vec<usize> = variables.iter().filter_map(|&variable| self.weight_of[variable]).collect();
            if let Some(i) = at {
                times = weights.iter().fold(times, |times, &weight| times * self.weights[weight][i]);
                nodes.extend(factors.into_iter().map(|factor| Node::Factor(factor, i)).map(|node| self.number(node)));
            } else {
                let node = sorted_sum(factors, weights);
                nodes.push(self.number(node));
            }
        }
        Some((times, self.product(nodes)))
    }

    fn number(&mut self, node: Node) -> usize {
        let nodes = &mut self.nodes;
        *self.known_nodes.entry(node).or_insert_with_key(|node| {
            nodes.push(node.clone());
            nodes.len() - 1
        })
    }

    /// The product of nodes, which is 1 of none.
    fn product(&mut self, mut nodes: Vec<usize>) -> Option<usize> {
        nodes.sort_unstable();
        if nodes.len() > 1 { Some(self.number(Node::Product(nodes))) } else { nodes.pop() }
    }

    /// Where the weight of a node in a group is.
    fn weighted(&mut self, key: GroupKey, node: Option<usize>) -> &mut Weighted<S> {
        let groups = &mut self.groups;
        let group = *self.known_groups.entry(key).or_insert_with(|| {
            let (entry, coefficient, right) = key;
            groups.push(Group { entry, coefficient, right, terms: Vec::new() });
            groups.len() - 1
        });
        let terms = &mut self.groups[group].terms;
        let place = terms.iter().position(|term| term.node == node).unwrap_or_else(|| {
            terms.push(Weighted { node, constant: S::of(0.0), varying: Vec::new() });
            terms.len() - 1
        });
        &mut terms[place]
    }

    /// Without what cancelled.
    fn finish(mut self, components: [usize; 2], order: usize) -> Pairing<S> {
        for group in &mut self.groups {
            group.terms.retain(|term| term.constant != S::of(0.0) || !term.varying.is_empty());
        }
        self.groups.retain(|group| !group.terms.is_empty());
        self.groups.sort_by_key(|group| group.entry);
        let varies = self.groups.iter().flat_map(|group| &group.terms).any(|term| !term.varying.is_empty());
        Pairing { nodes: self.nodes, weights: self.weights, groups: self.groups, components, order, varies }
    }
}

fn sorted_sum(mut factors: Vec<usize>, mut weights: Vec<usize>) -> Node {
    factors.sort_unstable();
    weights.sort_unstable();
    Node::Sum { factors, weights }
}

/// Blocks that are at one coordinate, or share variables, and so have to be at one coordinate.
struct Connected {
    at: Option<usize>,
    variables: Vec<usize>,
    factors: Vec<usize>,
}

/// Blocks that have been connected.
#[derive(Default)]
struct Sums(Vec<Connected>);

impl Sums {
    /// Connects a block to those that it shares labels with; nothing if that takes two coordinates to be one.
    fn add(&mut self, labels: &[Index], factor: usize) -> Option<()> {
        let mut own = Connected { at: None, variables: Vec::new(), factors: vec![factor] };
        for &label in labels {
            match label {
                Index::At(i) if own.at.is_some_and(|at| at != i) => return None,
                Index::At(i) => own.at = Some(i),
                Index::Along(variable) if own.variables.contains(&variable) => {}
                Index::Along(variable) => own.variables.push(variable),
            }
        }
        let (mut others, mut rest) = (Vec::new(), Vec::new());
        for known in self.0.drain(..) {
            let shares = known.variables.iter().any(|variable| own.variables.contains(variable));
            if shares { others.push(known) } else { rest.push(known) }
        }
        for other in others {
            if let (Some(a), Some(b)) = (own.at, other.at)
                && a != b
            {
                return None;
            }
            own.at = own.at.or(other.at);
            own.factors.extend(other.factors);
            own.variables.extend(
                other.variables.into_iter().filter(|variable| !own.variables.contains(variable)).collect::<Vec<_>>(),
            );
        }
        rest.push(own);
        self.0 = rest;
        Some(())
    }
}
