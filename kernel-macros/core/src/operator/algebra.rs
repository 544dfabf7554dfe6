//! The algebra of differential operators in normal order: coefficients on the left, partial derivatives on the right.

use std::collections::BTreeMap;

use crate::symbolic::{Graph, Id, Side, Symbol};

/// More terms, or expressions in all of them, are made by no operator that a person writes.
pub(super) const MOST_TERMS: usize = 500;
const MOST_EXPRESSIONS: usize = 20_000;

/// ∂^α as the coordinates that derivatives are taken by, ascending. Lower orders come first.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Partial {
    order: usize,
    by: Vec<usize>,
}

impl Partial {
    /// ∂_i ∂^α
    fn and(&self, coordinate: usize) -> Self {
        let mut by = self.by.clone();
        by.insert(by.partition_point(|&earlier| earlier <= coordinate), coordinate);
        Self { order: self.order + 1, by }
    }
}

/// Σ_α a_α(x) ∂^α
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Form {
    terms: BTreeMap<Partial, Id>,
}

impl Form {
    /// f ↦ a f
    pub(super) fn multiplication(coefficient: Id, graph: &mut Graph) -> Self {
        let mut form = Self::default();
        form.add(Partial::default(), coefficient, graph);
        form
    }

    /// f ↦ ∂f/∂x_i
    pub(super) fn derivative(coordinate: usize, graph: &mut Graph) -> Self {
        let mut form = Self::default();
        let one = graph.integer(1);
        form.add(Partial::default().and(coordinate), one, graph);
        form
    }

    /// The coordinates of each ∂^α with a_α, lower orders first.
    pub fn terms(&self) -> impl Iterator<Item = (&[usize], Id)> {
        self.terms.iter().map(|(partial, &coefficient)| (&*partial.by, coefficient))
    }

    /// The highest |α|.
    pub(super) fn order(&self) -> usize {
        self.terms.keys().next_back().map_or(0, |partial| partial.order)
    }

    /// a, if it is f ↦ a f.
    pub(super) fn as_multiplication(&self, graph: &mut Graph) -> Option<Id> {
        match self.order() {
            0 => Some(self.terms.values().next().copied().unwrap_or_else(|| graph.integer(0))),
            _ => None,
        }
    }

    /// Whether it is more than is worth multiplying out.
    pub(super) fn is_too_large(&self, graph: &Graph) -> bool {
        self.terms.len() > MOST_TERMS || graph.len() > MOST_EXPRESSIONS
    }

    /// f ↦ A f + B f
    pub(super) fn plus(mut self, other: &Self, graph: &mut Graph) -> Self {
        for (partial, &coefficient) in &other.terms {
            self.add(partial.clone(), coefficient, graph);
        }
        self
    }

    /// f ↦ -A f
    pub(super) fn negated(mut self, graph: &mut Graph) -> Self {
        self.terms.values_mut().for_each(|coefficient| *coefficient = graph.neg(*coefficient));
        self
    }

    /// f ↦ A (B f): a ∂^α B is a times what ∂_i makes of B for each i of α in turn. Less of it if it gets too large.
    pub(super) fn times(&self, other: &Self, graph: &mut Graph) -> Self {
        let mut product = Self::default();
        for (partial, &coefficient) in &self.terms {
            let derived = partial.by.iter().fold(other.clone(), |form, &i| form.derived(i, graph));
            for (partial, &inner) in &derived.terms {
                let coefficient = graph.mul(coefficient, inner);
                product.add(partial.clone(), coefficient, graph);
            }
            if product.is_too_large(graph) {
                break;
            }
        }
        product
    }

    /// f ↦ ∂_i (B f): ∂_i (b ∂^β f) = (∂_i b) ∂^β f + b ∂_i ∂^β f.
    fn derived(&self, coordinate: usize, graph: &mut Graph) -> Self {
        let mut derived = Self::default();
        for (partial, &coefficient) in &self.terms {
            let slope = graph.derivative(coefficient, Symbol::Pick(Side::X, coordinate));
            derived.add(partial.clone(), slope, graph);
            derived.add(partial.and(coordinate), coefficient, graph);
        }
        derived
    }

    /// f ↦ A (A (… f)). Less of it if it gets too large.
    pub(super) fn power(&self, exponent: u32, graph: &mut Graph) -> Self {
        if let Some(coefficient) = self.as_multiplication(graph) {
            let power = graph.powi(coefficient, i64::from(exponent));
            return Self::multiplication(power, graph);
        }
        let one = graph.integer(1);
        (0..exponent).fold(Self::multiplication(one, graph), |power, _| power.times(self, graph))
    }

    /// Without terms that are 0 once they are multiplied out.
    pub(super) fn without_zeros(mut self, graph: &mut Graph) -> Self {
        self.terms.retain(|_, coefficient| !graph.is_zero(*coefficient));
        self
    }

    fn add(&mut self, partial: Partial, coefficient: Id, graph: &mut Graph) {
        let zero = graph.integer(0);
        let sum = match self.terms.get(&partial) {
            Some(&known) => graph.add(known, coefficient),
            None => coefficient,
        };
        if sum == zero {
            self.terms.remove(&partial);
        } else {
            self.terms.insert(partial, sum);
        }
    }
}
