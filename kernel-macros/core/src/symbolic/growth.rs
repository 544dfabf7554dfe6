//! What coefficients of a series that contain ln t do as t → 0: c t^e (ln t)^k, where e may depend on parameters.

use super::expr::{Comparison, Graph, Id, Node, Symbol};
use super::function::Function;
use super::number::{Number, Rational};

/// c t^e (ln t)^k
#[derive(Clone, Copy, Debug)]
pub struct Growth {
    /// c
    pub coefficient: Id,
    /// e
    pub exponent: Id,
    /// Whether k > 0.
    pub is_logarithmic: bool,
}

impl Growth {
    /// t^e as a coefficient of t⁰.
    pub(super) fn power(graph: &mut Graph, exponent: Id) -> Id {
        let logarithm = graph.symbol(Symbol::LogDistance);
        let inside = graph.mul(exponent, logarithm);
        graph.call(Function::Exp, &[inside])
    }

    /// A coefficient to so many orders: those of powers as coefficients are cut off too, counted like t².
    pub(super) fn up_to(graph: &mut Graph, coefficient: Id, orders: usize) -> Id {
        if !is_of_distance(graph, coefficient) {
            return coefficient;
        }
        let expanded = graph.expand(coefficient);
        let Node::Sum(constant, terms) = graph.node(expanded).clone() else { return expanded };
        let mut kept = vec![(graph.number(constant), Number::ONE)];
        kept.extend(terms.into_iter().filter(|&(term, _)| {
            let factors = graph.split(term).1.into_iter();
            let powers = factors.filter(|factor| matches!(graph.node(factor.0), Node::Call(Function::Exp, _)));
            let powers = powers.filter(|factor| is_of_distance(graph, factor.0));
            powers.map(|factor| factor.1.to_f64()).sum::<f64>() < orders as f64 / 2.0
        }));
        graph.linear(&kept)
    }

    /// The terms of `coefficient` · t^`power` that no other outlasts as t → 0; `None` if they are not all of this form.
    pub fn of(graph: &mut Graph, coefficient: Id, power: Rational) -> Option<Vec<Self>> {
        let expanded = graph.expand(coefficient);
        let (constant, terms) = graph.terms(expanded);
        let power = graph.number(Number::Exact(power));
        let mut all = Vec::new();
        if !constant.is_zero() {
            all.push(Self { coefficient: graph.number(constant), exponent: power, is_logarithmic: false });
        }
        for (term, number) in terms {
            let growth = Self::of_term(graph, term)?;
            let coefficient = graph.scale(growth.coefficient, number);
            all.push(Self { coefficient, exponent: graph.add(growth.exponent, power), ..growth });
        }
        Some(all)
    }

    fn of_term(graph: &mut Graph, term: Id) -> Option<Self> {
        let logarithm = graph.symbol(Symbol::LogDistance);
        let (number, factors) = graph.split(term);
        let mut coefficient = graph.number(number);
        let mut exponent = graph.integer(0);
        let mut is_logarithmic = false;
        for (base, power) in factors {
            if !is_of_distance(graph, base) {
                let factor = graph.power(base, power);
                coefficient = graph.mul(coefficient, factor);
            } else if base == logarithm && !power.is_negative() {
                is_logarithmic = true;
            } else if let Node::Call(Function::Exp, arguments) = graph.node(base).clone() {
                let rate = graph.div(arguments[0], logarithm);
                if is_of_distance(graph, rate) {
                    return None;
                }
                let rate = graph.scale(rate, Number::Exact(power));
                exponent = graph.add(exponent, rate);
            } else {
                return None;
            }
        }
        Some(Self { coefficient, exponent, is_logarithmic })
    }

    /// Those that no other is sure to outlast as t → 0.
    pub fn leading(graph: &mut Graph, all: &[Self]) -> Vec<Self> {
        let mut leading = all.to_vec();
        leading.retain(|growth| {
            !all.iter().any(|other| {
                let difference = graph.sub(growth.exponent, other.exponent);
                graph.is_positive(difference)
            })
        });
        leading
    }

    /// The limit as t → 0, NaN for values of the parameters for which there is none; `None` if there is none for any.
    pub fn limit(self, graph: &mut Graph) -> Option<Id> {
        let zero = graph.integer(0);
        if graph.is_positive(self.exponent) {
            return Some(zero);
        }
        let is_constant = !self.is_logarithmic && !self.is_directed(graph);
        let falling = graph.neg(self.exponent);
        if graph.is_positive(falling) || (graph.is_nonnegative(falling) && !is_constant) {
            return None;
        }
        let nan = graph.number(Number::Float(f64::NAN));
        let there = if is_constant { self.coefficient } else { nan };
        let otherwise = graph.select(Comparison::Equal, self.exponent, zero, there, nan);
        Some(graph.select(Comparison::Less, zero, self.exponent, zero, otherwise))
    }

    /// Whether the coefficient depends on where t → 0 comes from.
    #[must_use]
    pub fn is_directed(self, graph: &Graph) -> bool {
        graph.symbols(&[self.coefficient]).iter().any(|symbol| matches!(symbol, Symbol::Direction | Symbol::Ratio(..)))
    }
}

fn is_of_distance(graph: &Graph, id: Id) -> bool {
    graph.symbols(&[id]).contains(&Symbol::LogDistance)
}
