//! What is known of an expression from the moment it is made, found from what is known of its parts: asked for again
//! and again, on shared expressions, it would cost exponential time.

use super::expr::{Graph, Id, Node, Symbol};
use super::function::Function;
use super::number::Rational;
use super::sample::Sample;

/// The facts of one expression.
#[derive(Clone, Copy, Debug)]
pub(super) struct Facts {
    /// Provably ≥ 0 (or NaN) wherever it is defined.
    nonnegative: bool,
    /// Provably > 0 (or NaN).
    positive: bool,
    varies: Varies,
    /// Whether it divides by anything, or takes a logarithm, outside other calls.
    divides: bool,
}

/// What an expression depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Varies {
    /// What is known before the points are.
    Never,
    ByPair,
    ByCoordinate,
}

impl Graph {
    /// Whether the value is provably ≥ 0 (or NaN) wherever it is defined.
    #[must_use]
    pub fn is_nonnegative(&self, id: Id) -> bool {
        self.facts(id).nonnegative
    }

    /// Whether the value is provably > 0 (or NaN).
    #[must_use]
    pub fn is_positive(&self, id: Id) -> bool {
        self.facts(id).positive
    }

    /// Whether the expression depends on what varies from one coordinate to the next.
    #[must_use]
    pub fn is_per_coordinate(&self, id: Id) -> bool {
        self.facts(id).varies == Varies::ByCoordinate
    }

    /// Whether the expression is made of what is known before the points are.
    #[must_use]
    pub fn is_fixed(&self, id: Id) -> bool {
        self.facts(id).varies == Varies::Never
    }

    /// Whether the expression is certainly not identically 0: of two points looked at, it is not 0 at one.
    #[must_use]
    pub fn is_surely_nonzero(&self, id: Id) -> bool {
        self.samples(id).iter().any(Sample::is_surely_nonzero)
    }

    /// Whether it is 0 to rounding wherever it has been looked at.
    pub(super) fn looks_zero(&self, id: Id) -> bool {
        self.samples(id).iter().all(Sample::looks_zero)
    }

    /// Whether it may have poles as it is written.
    pub(super) fn may_have_poles(&self, id: Id) -> bool {
        self.facts(id).divides
    }

    pub(super) fn derive_facts(&self, node: &Node) -> Facts {
        let nonnegative = self.derive_nonnegative(node);
        Facts {
            nonnegative,
            positive: self.derive_positive(node, nonnegative),
            varies: self.derive_varies(node),
            divides: self.derive_divides(node),
        }
    }

    fn derive_divides(&self, node: &Node) -> bool {
        match node {
            Node::Call(function, _) => *function == Function::Ln,
            Node::Power(..) => false,
            _ => {
                let mut divides = matches!(node, Node::Product(factors) if factors.iter().any(|f| f.1.is_negative()));
                node.each_child(|child| divides |= self.facts(child).divides);
                divides
            }
        }
    }

    fn derive_varies(&self, node: &Node) -> Varies {
        let mut varies = match node {
            Node::Symbol(symbol) if symbol.is_own() || symbol.is_other() => Varies::ByCoordinate,
            Node::Symbol(symbol) if !symbol.is_fixed() => Varies::ByPair,
            _ => Varies::Never,
        };
        node.each_child(|child| varies = varies.max(self.facts(child).varies));
        varies
    }

    fn derive_nonnegative(&self, node: &Node) -> bool {
        match node {
            Node::Number(number) => !number.is_negative(),
            Node::Symbol(Symbol::Sum(r) | Symbol::Product(r, _)) => self.is_nonnegative(self.reductions()[*r].body),
            Node::Symbol(
                Symbol::Constant(_)
                | Symbol::Dimension
                | Symbol::Angle
                | Symbol::Cross
                | Symbol::Unit(_)
                | Symbol::Entry,
            ) => true,
            Node::Symbol(Symbol::Row(q)) => self.is_nonnegative(self.rows()[*q]),
            Node::Symbol(symbol) => self.is_assumed_nonnegative(symbol.own()),
            Node::Sum(constant, terms) => {
                !constant.is_negative() && terms.iter().all(|(term, c)| !c.is_negative() && self.is_nonnegative(*term))
            }
            Node::Product(factors) => factors.iter().all(|(base, exponent)| {
                is_even(*exponent) || exponent.as_integer().is_none() || self.is_nonnegative(*base)
            }),
            Node::Power(base, _) => self.is_nonnegative(*base),
            Node::Call(function, arguments) => {
                function.is_nonnegative(arguments.iter().all(|&a| self.is_nonnegative(a)))
            }
            Node::Select(_, _, _, then, otherwise) => self.is_nonnegative(*then) && self.is_nonnegative(*otherwise),
        }
    }

    fn derive_positive(&self, node: &Node, nonnegative: bool) -> bool {
        match node {
            Node::Number(number) => number.to_f64() > 0.0,
            Node::Symbol(Symbol::Constant(_) | Symbol::Dimension) => true,
            Node::Symbol(symbol) => self.is_assumed_positive(symbol.own()),
            Node::Sum(constant, terms) => {
                let strict = constant.to_f64() > 0.0
                    || terms.iter().any(|&(term, c)| !c.is_negative() && self.is_positive(term));
                strict && nonnegative
            }
            // A parameter that is squared counts as not 0: what divides by it has no meaning otherwise.
            Node::Product(factors) => factors.iter().all(|&(base, exponent)| {
                let parameter = matches!(self.node(base), Node::Symbol(Symbol::Parameter(_) | Symbol::Weight(_)));
                self.is_positive(base) || (parameter && is_even(exponent))
            }),
            Node::Power(base, _) => self.is_positive(*base),
            Node::Call(Function::Exp | Function::Cosh, _) => true,
            Node::Call(Function::Abs | Function::Positive, arguments) => self.is_positive(arguments[0]),
            Node::Call(Function::Max, arguments) => arguments.iter().any(|&argument| self.is_positive(argument)),
            Node::Call(Function::Min, arguments) => arguments.iter().all(|&argument| self.is_positive(argument)),
            Node::Call(..) => false,
            Node::Select(_, _, _, then, otherwise) => self.is_positive(*then) && self.is_positive(*otherwise),
        }
    }
}

fn is_even(exponent: Rational) -> bool {
    exponent.as_integer().is_some_and(|n| n % 2 == 0)
}
