//! Function calls and choices in canonical form.

use super::expr::{Comparison, Graph, Id, Node, Symbol};
use super::function::{Function, Parity};
use super::number::Rational;

impl Graph {
    /// A function call, with parity, folding and the vocabulary's identities applied.
    ///
    /// # Panics
    /// If the number of arguments is not the function's.
    pub fn call(&mut self, function: Function, arguments: &[Id]) -> Id {
        let a = arguments[0];
        if let Node::Number(number) = self.node(a)
            && arguments.len() == 1
        {
            if number.is_zero()
                && let Some(value) = function.at_zero()
            {
                return self.integer(value);
            }
            if number.is_one() && matches!(function, Function::Ln | Function::Acos) {
                return self.integer(0);
            }
            if function == Function::Abs {
                let absolute = if number.is_negative() { number.neg() } else { *number };
                return self.number(absolute);
            }
        }
        match function {
            Function::Max | Function::Min => return self.extremum(function, a, arguments[1]),
            Function::Abs if self.is_nonnegative(a) => return a,
            Function::Abs => return self.absolute(a),
            Function::Sin | Function::Cos if self.node(a) == &Node::Symbol(Symbol::Angle) => {
                return self.angle_part(function);
            }
            _ => {}
        }
        if function.parity() != Parity::None && self.leads_negative(a) {
            let positive = self.neg(a);
            let value = self.call(function, &[positive]);
            return if function.parity() == Parity::Odd { self.neg(value) } else { value };
        }
        if function.parity() == Parity::Even {
            let bare = self.without_absolute(a);
            return self.intern(Node::Call(function, vec![bare]));
        }
        self.intern(Node::Call(function, arguments.to_vec()))
    }

    /// Whether the coefficient of the expression, seen as a product, is negative.
    pub(crate) fn leads_negative(&mut self, a: Id) -> bool {
        self.split(a).0.is_negative()
    }

    /// cos|u| = cos u, also with factors before it.
    fn without_absolute(&mut self, a: Id) -> Id {
        let (coefficient, factors) = self.split(a);
        let bare = factors
            .into_iter()
            .map(|(base, exponent)| match self.node(base) {
                Node::Call(Function::Abs, arguments) if exponent.as_integer().is_some() => (arguments[0], exponent),
                _ => (base, exponent),
            })
            .collect();
        self.monomial(coefficient, bare)
    }

    /// |c Π b^e| = |c| Π |b|^e.
    fn absolute(&mut self, a: Id) -> Id {
        let (coefficient, factors) = self.split(a);
        let coefficient = if coefficient.is_negative() { coefficient.neg() } else { coefficient };
        let factors = factors
            .into_iter()
            .map(|(base, exponent)| {
                let plain = self.is_nonnegative(base)
                    || exponent.as_integer().is_none()
                    || matches!(self.node(base), Node::Call(Function::Abs, _));
                if plain || self.node(base) == &Node::Symbol(Symbol::Direction) {
                    let one = self.node(base) == &Node::Symbol(Symbol::Direction);
                    (base, if one { Rational::ZERO } else { exponent })
                } else {
                    (self.intern(Node::Call(Function::Abs, vec![base])), exponent)
                }
            })
            .filter(|factor| factor.1 != Rational::ZERO)
            .collect();
        self.monomial(coefficient, factors)
    }

    fn extremum(&mut self, function: Function, a: Id, b: Id) -> Id {
        let zero = self.integer(0);
        match (function, a == zero, b == zero) {
            _ if a == b => a,
            (Function::Max, false, true) => self.positive(a),
            (Function::Max, true, false) => self.positive(b),
            // Either order is the same value.
            _ => self.intern(Node::Call(function, vec![a.min(b), a.max(b)])),
        }
    }

    fn positive(&mut self, a: Id) -> Id {
        if self.is_nonnegative(a) { a } else { self.intern(Node::Call(Function::Positive, vec![a])) }
    }

    /// sin θ = c/(|x||y|), cos θ = x·y/(|x||y|).
    fn angle_part(&mut self, function: Function) -> Id {
        let [dot, xx, yy] = self.angle_sums();
        let top = if function == Function::Sin { self.symbol(Symbol::Cross) } else { dot };
        let lengths = self.mul(xx, yy);
        let length = self.sqrt(lengths);
        self.div(top, length)
    }

    /// `if a <comparison> b { then } else { otherwise }`.
    pub fn select(&mut self, comparison: Comparison, a: Id, b: Id, then: Id, otherwise: Id) -> Id {
        if then == otherwise {
            return then;
        }
        if let (Node::Number(a), Node::Number(b)) = (self.node(a), self.node(b)) {
            return if comparison.holds(a.to_f64(), b.to_f64()) { then } else { otherwise };
        }
        if comparison == Comparison::Equal {
            let [a, b] = self.same_equation(a, b);
            return self.intern(Node::Select(comparison, a, b, then, otherwise));
        }
        self.as_support(comparison, a, b, then, otherwise)
            .unwrap_or_else(|| self.intern(Node::Select(comparison, a, b, then, otherwise)))
    }

    /// Both sides in one order, and -a = 0 as a = 0.
    fn same_equation(&mut self, a: Id, b: Id) -> [Id; 2] {
        let zero = self.integer(0);
        let turned = |graph: &mut Self, id: Id| if graph.leads_negative(id) { graph.neg(id) } else { id };
        match (a == zero, b == zero) {
            (_, true) => [turned(self, a), zero],
            (true, _) => [turned(self, b), zero],
            _ => [a.min(b), a.max(b)],
        }
    }

    /// `if u < 1 { 1 - u } else { 0 }` is max(1 - u, 0).
    fn as_support(&mut self, comparison: Comparison, a: Id, b: Id, then: Id, otherwise: Id) -> Option<Id> {
        let zero = self.integer(0);
        if comparison == Comparison::Equal || (then != zero && otherwise != zero) {
            return None;
        }
        let (inside, difference) = if otherwise == zero { (then, self.sub(b, a)) } else { (otherwise, self.sub(a, b)) };
        (inside == difference).then(|| self.positive(inside))
    }
}
