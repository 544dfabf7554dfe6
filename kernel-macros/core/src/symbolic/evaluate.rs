//! Numeric evaluation, for tests, for zero tests and for the second opinion on emitted code.

use std::collections::HashMap;

use super::expr::{Gather, Graph, Id, Node, Reduction, Side, Symbol};
use crate::map::Map;

impl Graph {
    /// The value of an expression where each symbol has the value `at` gives it.
    ///
    /// # Panics
    /// Never: children precede their parents.
    #[must_use]
    pub fn evaluate(&self, id: Id, at: &dyn Fn(Symbol) -> f64) -> f64 {
        let mut values: Map<Id, f64> = Map::default();
        for node in self.reachable(&[id]) {
            let value = match self.node(node) {
                Node::Number(number) => number.to_f64(),
                Node::Symbol(Symbol::Constant(constant)) => constant.value(),
                Node::Symbol(symbol) => at(*symbol),
                Node::Sum(constant, terms) => {
                    terms.iter().fold(constant.to_f64(), |sum, (term, c)| c.to_f64().mul_add(values[term], sum))
                }
                Node::Product(factors) => {
                    factors.iter().map(|(base, exponent)| power(values[base], exponent.to_f64())).product()
                }
                Node::Power(base, exponent) => values[base].powf(values[exponent]),
                Node::Call(function, arguments) => {
                    let arguments: Vec<f64> = arguments.iter().map(|argument| values[argument]).collect();
                    function.evaluate(&arguments)
                }
                Node::Select(comparison, a, b, then, otherwise) => {
                    if comparison.holds(values[a], values[b]) {
                        values[then]
                    } else {
                        values[otherwise]
                    }
                }
            };
            values.insert(node, value);
        }
        values[&id]
    }

    /// The value at two points, sums carried out: what the kernel's author meant.
    #[must_use]
    pub fn evaluate_at(&self, id: Id, x: &[f64], y: &[f64], parameters: &[Vec<f64>]) -> f64 {
        let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
        let cross = || {
            let pairs = (0..x.len()).flat_map(|i| (0..i).map(move |j| (i, j)));
            pairs.map(|(i, j)| (x[i] * y[j] - x[j] * y[i]).powi(2)).sum::<f64>().sqrt()
        };
        let point = |side| if side == Side::X { x } else { y };
        let local = |symbol, i: usize| match symbol {
            Symbol::Coordinate(side) => point(side)[i],
            Symbol::Weight(p) => parameters[p][i],
            Symbol::Unit(k) => f64::from(u8::from(i == k)),
            Symbol::Index => i as f64,
            _ => f64::NAN,
        };
        let simple = |symbol| match symbol {
            Symbol::Point(side) => point(side)[0],
            Symbol::Pick(side, k) => point(side)[k],
            Symbol::Parameter(p) => parameters[p][0],
            Symbol::PickWeight(p, k) => parameters[p][k],
            Symbol::Dimension => x.len() as f64,
            Symbol::Cross => cross(),
            Symbol::Angle => cross().atan2(dot(x, y)),
            _ => f64::NAN,
        };
        let mut known: HashMap<Symbol, f64> = HashMap::new();
        for symbol in self.ingredients(&[id]) {
            let (Symbol::Sum(r) | Symbol::Product(r, _)) = symbol else {
                known.insert(symbol, simple(symbol));
                continue;
            };
            let Reduction { gather, body } = self.reductions()[r];
            let at = |i: usize, j: usize| {
                self.evaluate(body, &|symbol| match symbol {
                    _ if symbol.is_other() => local(symbol.own(), j),
                    _ if symbol.is_own() => local(symbol, i),
                    _ => known[&symbol],
                })
            };
            let diagonal = (0..x.len()).map(|i| at(i, i));
            let value = match (gather, symbol) {
                (Gather::DoubleSum, _) => {
                    (0..x.len()).flat_map(|i| (0..x.len()).map(move |j| (i, j))).map(|(i, j)| at(i, j)).sum()
                }
                (_, Symbol::Product(_, zeros)) => {
                    let factors: Vec<f64> = diagonal.collect();
                    let exactly = factors.iter().filter(|&&factor| factor == 0.0).count() == zeros;
                    if exactly { factors.iter().filter(|&&factor| factor != 0.0).product() } else { 0.0 }
                }
                _ => diagonal.sum(),
            };
            known.insert(symbol, value);
        }
        self.evaluate(id, &|symbol| known[&symbol])
    }
}

fn power(base: f64, exponent: f64) -> f64 {
    if exponent == 0.5 { base.sqrt() } else { base.powf(exponent) }
}
