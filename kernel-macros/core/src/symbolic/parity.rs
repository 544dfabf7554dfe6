//! What the sign of one symbol does to an expression, read off its form.

use crate::map::Map;

use super::expr::{Graph, Id, Node, Symbol};
use super::function::Parity;
use super::number::Rational;

impl Graph {
    /// Whether the expression is seen to be even or odd in a symbol; `Parity::None` where its form does not tell.
    ///
    /// # Panics
    /// Never: children precede their parents.
    #[must_use]
    pub fn parity(&self, id: Id, symbol: Symbol) -> Parity {
        let mut known: Map<Id, Parity> = Map::default();
        for node in self.reachable(&[id]) {
            let parity = match self.node(node) {
                Node::Symbol(other) if *other == symbol => Parity::Odd,
                Node::Number(_) | Node::Symbol(_) => Parity::Even,
                Node::Sum(constant, terms) => {
                    let constant = (!constant.is_zero()).then_some(Parity::Even);
                    common(terms.iter().map(|term| known[&term.0]).chain(constant))
                }
                Node::Product(factors) => {
                    let parities = factors.iter().map(|&(base, exponent)| power(known[&base], exponent));
                    parities.reduce(product).unwrap_or(Parity::Even)
                }
                Node::Call(function, arguments) => match known[&arguments[0]] {
                    Parity::Odd if arguments.len() == 1 => function.parity(),
                    _ => common(arguments.iter().map(|argument| known[argument]).chain([Parity::Even])),
                },
                Node::Power(base, exponent) => {
                    common([*base, *exponent].map(|part| known[&part]).into_iter().chain([Parity::Even]))
                }
                Node::Select(_, a, b, then, otherwise) => {
                    match common([known[a], known[b], Parity::Even].into_iter()) {
                        Parity::Even => common([known[then], known[otherwise]].into_iter()),
                        _ => Parity::None,
                    }
                }
            };
            known.insert(node, parity);
        }
        known[&id]
    }
}

/// The parity that all have.
fn common(parities: impl Iterator<Item = Parity>) -> Parity {
    parities.reduce(|a, b| if a == b { a } else { Parity::None }).unwrap_or(Parity::Even)
}

fn product(a: Parity, b: Parity) -> Parity {
    match (a, b) {
        (Parity::None, _) | (_, Parity::None) => Parity::None,
        _ if a == b => Parity::Even,
        _ => Parity::Odd,
    }
}

fn power(base: Parity, exponent: Rational) -> Parity {
    match (base, exponent.as_integer()) {
        (Parity::Odd, Some(n)) if n % 2 == 0 => Parity::Even,
        (Parity::Odd, None) => Parity::None,
        _ => base,
    }
}
