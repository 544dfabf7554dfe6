//! Replacing symbols by expressions.

use std::collections::HashMap;
use std::hash::BuildHasher;

use super::expr::{Graph, Id, Node, Reduction, Side, Symbol};
use super::map::Map;

impl Graph {
    /// The expression with every symbol in the map replaced; bodies of sums stay as they are.
    ///
    /// # Panics
    /// Never: children precede their parents.
    pub fn substitute(&mut self, id: Id, map: &HashMap<Symbol, Id>) -> Id {
        let mut new: Map<Id, Id> = Map::default();
        for node in self.reachable(&[id]) {
            let replaced = match self.node(node) {
                Node::Symbol(symbol) => map.get(symbol).copied().unwrap_or(node),
                _ => self.rebuilt(node, &new),
            };
            new.insert(node, replaced);
        }
        new[&id]
    }

    /// One node with its children replaced.
    pub(crate) fn rebuilt(&mut self, node: Id, new: &HashMap<Id, Id, impl BuildHasher>) -> Id {
        match self.node(node).clone() {
            Node::Number(_) | Node::Symbol(_) => node,
            Node::Sum(constant, terms) => {
                let constant = self.number(constant);
                let mut terms: Vec<_> = terms.iter().map(|&(term, c)| (new[&term], c)).collect();
                terms.push((constant, super::number::Number::ONE));
                self.linear(&terms)
            }
            Node::Product(factors) => {
                let factors: Vec<Id> = factors.iter().map(|&(base, e)| self.power(new[&base], e)).collect();
                self.product_of(&factors)
            }
            Node::Power(base, exponent) => self.pow(new[&base], new[&exponent]),
            Node::Call(function, arguments) => {
                let arguments: Vec<Id> = arguments.iter().map(|argument| new[argument]).collect();
                self.call(function, &arguments)
            }
            Node::Select(comparison, a, b, then, otherwise) => {
                self.select(comparison, new[&a], new[&b], new[&then], new[&otherwise])
            }
        }
    }

    /// k(y, x): the expression with the two points exchanged, inside sums as well.
    pub fn swap_points(&mut self, id: Id) -> Id {
        use Side::{X, Y};
        let mut map = HashMap::new();
        for symbol in self.symbols(&[id]) {
            let swapped = match symbol {
                Symbol::Point(side) => self.symbol(Symbol::Point(side.other())),
                Symbol::Pick(side, k) => self.symbol(Symbol::Pick(side.other(), k)),
                Symbol::Sum(r) | Symbol::Product(r, _) => {
                    let [x, y] = [X, Y].map(|side| self.symbol(Symbol::Coordinate(side)));
                    let exchange = HashMap::from([(Symbol::Coordinate(X), y), (Symbol::Coordinate(Y), x)]);
                    let Reduction { body, is_product } = self.reductions()[r];
                    let body = self.substitute(body, &exchange);
                    if is_product { self.product(body) } else { self.sum(body) }
                }
                _ => continue,
            };
            map.insert(symbol, swapped);
        }
        self.substitute(id, &map)
    }
}
