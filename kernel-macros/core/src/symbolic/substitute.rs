//! Replacing symbols by expressions.

use super::expr::{Graph, Id, Local, Node, Reduction, Side, Symbol};
use crate::map::Map;

/// What a coordinate becomes: of the arena, the coordinate on a side, and its side.
type Image<'a> = dyn FnMut(&mut Graph, &dyn Fn(Side) -> Symbol, Side) -> Id + 'a;

/// What a node becomes, given what those before it have.
type Rewrite<'a> = dyn FnMut(&mut Graph, Id, &Map<Id, Id>) -> Option<Id> + 'a;

impl Graph {
    /// The expression with every symbol in the map replaced; bodies of reductions stay as they are.
    pub fn substitute(&mut self, id: Id, map: &Map<Symbol, Id>) -> Id {
        self.substitute_all(&[id], map)[0]
    }

    fn substitute_all(&mut self, ids: &[Id], map: &Map<Symbol, Id>) -> Vec<Id> {
        self.replace(ids, &mut |graph, symbol| map.get(&symbol).copied().unwrap_or_else(|| graph.symbol(symbol)))
    }

    /// The expressions with every symbol replaced by what `new` makes of it.
    pub(super) fn replace(&mut self, ids: &[Id], new: &mut dyn FnMut(&mut Self, Symbol) -> Id) -> Vec<Id> {
        self.rewritten(ids, &mut |graph, node, _| match *graph.node(node) {
            Node::Symbol(symbol) => Some(new(graph, symbol)),
            _ => None,
        })
    }

    /// The expression with some of its parts replaced.
    pub fn with_parts(&mut self, id: Id, parts: &[(Id, Id)]) -> Id {
        if parts.is_empty() {
            return id;
        }
        let parts: Map<Id, Id> = parts.iter().copied().collect();
        self.rewritten(&[id], &mut |_, node, _| parts.get(&node).copied())[0]
    }

    /// The expressions with every node replaced by what `new` makes of it, which is told what the nodes before it have
    /// become; where that is nothing, the node stays, with its children replaced.
    ///
    /// # Panics
    /// Never: children precede their parents.
    pub(crate) fn rewritten(&mut self, ids: &[Id], new: &mut Rewrite<'_>) -> Vec<Id> {
        let mut known: Map<Id, Id> = Map::default();
        for node in self.reachable(ids) {
            let replaced = new(self, node, &known).unwrap_or_else(|| self.rebuilt(node, &known));
            known.insert(node, replaced);
        }
        ids.iter().map(|id| known[id]).collect()
    }

    /// One node with its children replaced.
    fn rebuilt(&mut self, node: Id, new: &Map<Id, Id>) -> Id {
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

    /// k(y, x): the expression with the two points exchanged, inside reductions as well.
    pub fn swap_points(&mut self, id: Id) -> Id {
        self.map_points(&[id], &mut |graph, symbol, side| graph.symbol(symbol(side.other())))[0]
    }

    /// k(x, x) for each of these.
    pub fn meet(&mut self, ids: &[Id]) -> Vec<Id> {
        self.map_points(ids, &mut |graph, symbol, _| graph.symbol(symbol(Side::X)))
    }

    /// k(0, y) or k(x, 0); `None` where angles or products with gaps are involved.
    pub fn at_origin(&mut self, id: Id, origin: Side) -> Option<Id> {
        let plain = |symbol: &Symbol| !matches!(symbol, Symbol::Angle | Symbol::Cross | Symbol::Product(_, 1..));
        self.ingredients(&[id]).iter().all(plain).then(|| {
            self.map_points(&[id], &mut |graph, symbol, side| {
                if side == origin { graph.integer(0) } else { graph.symbol(symbol(side)) }
            })[0]
        })
    }

    /// The expressions with every coordinate of the points replaced by what `new` makes of it, inside reductions as
    /// well.
    fn map_points(&mut self, ids: &[Id], new: &mut Image<'_>) -> Vec<Id> {
        let mut map = Map::default();
        for side in [Side::X, Side::Y] {
            map.insert(Symbol::Coordinate(side), new(self, &Symbol::Coordinate, side));
            let other = |side| Symbol::Other(Local::Coordinate(side));
            map.insert(other(side), new(self, &other, side));
        }
        for symbol in self.ingredients(ids) {
            let mapped = match symbol {
                Symbol::Point(side) => new(self, &Symbol::Point, side),
                Symbol::Pick(side, k) => new(self, &|side| Symbol::Pick(side, k), side),
                Symbol::Sum(r) | Symbol::Product(r, 0) => {
                    let Reduction { gather, body } = self.reductions[r];
                    let body = self.substitute(body, &map);
                    self.gathered(gather, body)
                }
                Symbol::Row(q) => {
                    let body = self.substitute(self.rows[q], &map);
                    self.row(body)
                }
                _ => continue,
            };
            map.insert(symbol, mapped);
        }
        self.substitute_all(ids, &map)
    }
}
