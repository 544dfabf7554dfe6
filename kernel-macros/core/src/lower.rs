//! Expressions → machine operations: what is computed, once each, in which form.
//!
//! Powers become multiplications and roots, constants fold, factors that depend on parameters alone are gathered first (so
//! that they leave every loop), and equal operations are one operation. This knows no syntax either: it is what every
//! emitter prints, and what is counted as the cost of a block.

use std::collections::HashMap;

use crate::symbolic::{Comparison, Function, Graph, Id, Node, Number, Rational, Symbol};

/// An operation of a [`Program`].
pub type OpId = usize;

/// One operation on earlier ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Op {
    /// A constant.
    Number(Number),
    /// A variable.
    Symbol(Symbol),
    /// a + b
    Add(OpId, OpId),
    /// a - b
    Sub(OpId, OpId),
    /// a · b
    Mul(OpId, OpId),
    /// a / b
    Div(OpId, OpId),
    /// -a
    Neg(OpId),
    /// √a
    Sqrt(OpId),
    /// aᵇ
    Power(OpId, OpId),
    /// f(a) or f(a, b)
    Call(Function, OpId, Option<OpId>),
    /// `if a <comparison> b { c } else { d }`
    Select(Comparison, OpId, OpId, OpId, OpId),
}

/// Operations in an order in which each follows what it uses.
#[derive(Clone, Debug, Default)]
pub struct Program {
    ops: Vec<Op>,
    index: HashMap<Op, OpId>,
    known: HashMap<Id, OpId>,
    levels: Vec<Level>,
}

/// How often an operation has to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Once: constants.
    Constant,
    /// Once per kernel: parameters.
    Parameter,
    /// Once per pair of points.
    Pair,
    /// Once per coordinate.
    Coordinate,
}

impl Program {
    /// The operation with this number.
    #[must_use]
    pub fn op(&self, id: OpId) -> Op {
        self.ops[id]
    }

    /// How often the operation has to be done.
    #[must_use]
    pub fn level(&self, id: OpId) -> Level {
        self.levels[id]
    }

    /// What an operation uses.
    #[must_use]
    pub fn operands(&self, id: OpId) -> Vec<OpId> {
        match self.ops[id] {
            Op::Number(_) | Op::Symbol(_) => vec![],
            Op::Neg(a) | Op::Sqrt(a) | Op::Call(_, a, None) => vec![a],
            Op::Add(a, b)
            | Op::Sub(a, b)
            | Op::Mul(a, b)
            | Op::Div(a, b)
            | Op::Power(a, b)
            | Op::Call(_, a, Some(b)) => {
                vec![a, b]
            }
            Op::Select(_, a, b, c, d) => vec![a, b, c, d],
        }
    }

    /// Whether the operation costs nothing: a constant or a variable.
    #[must_use]
    pub fn is_leaf(&self, id: OpId) -> bool {
        matches!(self.ops[id], Op::Number(_) | Op::Symbol(_))
    }

    fn push(&mut self, op: Op) -> OpId {
        if let Some(&id) = self.index.get(&op) {
            return id;
        }
        let id = self.ops.len();
        self.ops.push(op);
        self.index.insert(op, id);
        let level = match op {
            Op::Number(_) | Op::Symbol(Symbol::Constant(_)) => Level::Constant,
            Op::Symbol(Symbol::Parameter(_) | Symbol::PickWeight(..) | Symbol::External(_) | Symbol::Dimension) => {
                Level::Parameter
            }
            Op::Symbol(Symbol::Coordinate(_) | Symbol::Weight(_) | Symbol::Unit(_) | Symbol::Entry | Symbol::Index) => {
                Level::Coordinate
            }
            Op::Symbol(_) => Level::Pair,
            _ => self.operands(id).into_iter().map(|operand| self.levels[operand]).max().unwrap_or(Level::Constant),
        };
        self.levels.push(level);
        id
    }

    fn number(&mut self, value: f64) -> OpId {
        self.push(Op::Number(Number::Float(value)))
    }

    /// Adds what computes `id`.
    ///
    /// # Panics
    /// Never: children precede their parents.
    pub fn lower(&mut self, graph: &Graph, id: Id) -> OpId {
        for node in graph.reachable(&[id]) {
            if !self.known.contains_key(&node) {
                let op = self.node(graph, node);
                self.known.insert(node, op);
            }
        }
        self.known[&id]
    }

    fn node(&mut self, graph: &Graph, id: Id) -> OpId {
        match graph.node(id) {
            Node::Number(number) => self.number(number.to_f64()),
            Node::Symbol(Symbol::Constant(constant)) => self.number(constant.value()),
            Node::Symbol(symbol) => self.push(Op::Symbol(*symbol)),
            Node::Sum(constant, terms) => self.sum(graph, *constant, terms),
            Node::Product(factors) => self.product(graph, 1.0, factors),
            Node::Power(base, exponent) => {
                let [base, exponent] = [self.known[base], self.known[exponent]];
                self.push(Op::Power(base, exponent))
            }
            Node::Call(Function::Ln, arguments) if self.after_one(graph, arguments[0]).is_some() => {
                let rest = self.after_one(graph, arguments[0]).unwrap_or_default();
                self.push(Op::Call(Function::Ln1p, rest, None))
            }
            Node::Call(function, arguments) => {
                let second = arguments.get(1).map(|argument| self.known[argument]);
                let op = Op::Call(*function, self.known[&arguments[0]], second);
                self.push(op)
            }
            Node::Select(comparison, a, b, then, otherwise) => {
                let [a, b, then, otherwise] = [a, b, then, otherwise].map(|id| self.known[id]);
                self.push(Op::Select(*comparison, a, b, then, otherwise))
            }
        }
    }

    /// `a` of `1 + a`: ln(1 + a) loses the digits of a small `a`, `ln_1p(a)` does not.
    fn after_one(&mut self, graph: &Graph, id: Id) -> Option<OpId> {
        let Node::Sum(constant, terms) = graph.node(id) else { return None };
        constant.is_one().then(|| self.sum(graph, Number::ZERO, terms))
    }

    /// The difference of a function from its value at 0, without cancellation: e^a - 1, 1 - cos a = 2 sin²(a/2),
    /// cosh a - 1 = 2 sinh²(a/2). Returns the term replaced and what replaces term and constant.
    fn difference_from_zero(
        &mut self,
        graph: &Graph,
        constant: Number,
        terms: &[(Id, Number)],
    ) -> Option<(usize, OpId, bool)> {
        for (place, &(term, coefficient)) in terms.iter().enumerate() {
            let Node::Call(function, arguments) = graph.node(term) else { continue };
            if coefficient != constant.neg() {
                continue;
            }
            let size = coefficient.to_f64().abs();
            let argument = self.known[&arguments[0]];
            let half = match function {
                Function::Exp => None,
                Function::Cos => Some((Function::Sin, true)),
                Function::Cosh => Some((Function::Sinh, false)),
                _ => continue,
            };
            let positive = !coefficient.is_negative();
            return Some(match half {
                None => {
                    let difference = self.push(Op::Call(Function::ExpM1, argument, None));
                    let size = self.number(size);
                    (place, self.multiply(size, difference), positive)
                }
                Some((function, flips)) => {
                    let half = self.number(0.5);
                    let half = self.multiply(half, argument);
                    let root = self.push(Op::Call(function, half, None));
                    let square = self.push(Op::Mul(root, root));
                    let size = self.number(2.0 * size);
                    (place, self.multiply(size, square), positive != flips)
                }
            });
        }
        None
    }

    /// Starts with what is added, so that nothing is negated that can be subtracted.
    fn sum(&mut self, graph: &Graph, constant: Number, terms: &[(Id, Number)]) -> OpId {
        let mut added = Vec::new();
        let mut subtracted = Vec::new();
        let replaced = if constant.is_zero() { None } else { self.difference_from_zero(graph, constant, terms) };
        if let Some((_, op, positive)) = replaced {
            if positive { added.push(op) } else { subtracted.push(op) }
        } else if !constant.is_zero() {
            let value = constant.to_f64();
            if value < 0.0 { subtracted.push(self.number(-value)) } else { added.push(self.number(value)) }
        }
        for (place, &(term, coefficient)) in terms.iter().enumerate() {
            if replaced.is_some_and(|(taken, ..)| taken == place) {
                continue;
            }
            let coefficient = coefficient.to_f64();
            let op = match graph.node(term) {
                Node::Product(factors) => self.product(graph, coefficient.abs(), factors),
                _ if coefficient.abs() == 1.0 => self.known[&term],
                _ => {
                    let size = self.number(coefficient.abs());
                    let term = self.known[&term];
                    self.multiply(size, term)
                }
            };
            if coefficient < 0.0 { subtracted.push(op) } else { added.push(op) }
        }
        let negative = added.is_empty();
        let first = if negative { &mut subtracted } else { &mut added };
        let mut total = first.remove(0);
        for op in added {
            total = self.push(Op::Add(total, op));
        }
        for op in subtracted {
            total = self.push(if negative { Op::Add(total, op) } else { Op::Sub(total, op) });
        }
        if negative { self.push(Op::Neg(total)) } else { total }
    }

    /// coefficient · Π base^exponent, as (parameters) · (the rest above) / (the rest below).
    fn product(&mut self, graph: &Graph, mut coefficient: f64, factors: &[(Id, Rational)]) -> OpId {
        let mut above: Vec<OpId> = Vec::new();
        let mut below: Vec<OpId> = Vec::new();
        for &(base, exponent) in factors {
            let constant = match graph.node(base) {
                Node::Number(number) => Some(number.to_f64()),
                Node::Symbol(Symbol::Constant(constant)) => Some(constant.value()),
                _ => None,
            };
            if let Some(value) = constant {
                coefficient *= if exponent == Rational::HALF { value.sqrt() } else { value.powf(exponent.to_f64()) };
                continue;
            }
            let size = if exponent.is_negative() { exponent.neg() } else { exponent };
            let op = self.power(self.known[&base], size);
            if exponent.is_negative() { below.push(op) } else { above.push(op) }
        }
        let fixed = |program: &Self, ops: &mut Vec<OpId>| {
            let (fixed, varying) = ops.iter().partition::<Vec<OpId>, _>(|&&op| program.levels[op] <= Level::Parameter);
            *ops = varying;
            fixed
        };
        let fixed_above = fixed(self, &mut above);
        let fixed_below = fixed(self, &mut below);
        above.sort_by_key(|&op| self.levels[op]);
        let mut total = self.chain(fixed_above);
        if let Some(below) = self.chain(fixed_below) {
            // The reciprocal is shared by all coefficients that have it.
            let one = self.number(1.0);
            let inverse = self.push(Op::Div(one, below));
            total = Some(total.map_or(inverse, |total| self.multiply(total, inverse)));
        }
        if coefficient != 1.0 {
            let coefficient = self.number(coefficient);
            total = Some(total.map_or(coefficient, |total| self.multiply(coefficient, total)));
        }
        for op in above {
            total = Some(total.map_or(op, |total| self.multiply(total, op)));
        }
        let total = total.unwrap_or_else(|| self.number(1.0));
        match self.chain(below) {
            Some(below) => self.push(Op::Div(total, below)),
            None => total,
        }
    }

    fn chain(&mut self, ops: Vec<OpId>) -> Option<OpId> {
        ops.into_iter().reduce(|a, b| self.push(Op::Mul(a, b)))
    }

    fn multiply(&mut self, a: OpId, b: OpId) -> OpId {
        match (self.ops[a], self.ops[b]) {
            (Op::Number(x), _) if x.to_f64() == 1.0 => b,
            (Op::Number(x), _) if x.to_f64() == -1.0 => self.push(Op::Neg(b)),
            (Op::Number(x), Op::Number(y)) => self.number(x.to_f64() * y.to_f64()),
            _ => self.push(Op::Mul(a, b)),
        }
    }

    /// base^exponent for a positive exponent: squarings, then roots, then `powf`.
    fn power(&mut self, base: OpId, exponent: Rational) -> OpId {
        let whole = exponent.floor();
        let fraction = Rational::new(-whole, 1).and_then(|n| exponent.add(n)).unwrap_or(Rational::ZERO);
        let whole = u32::try_from(whole).unwrap_or(u32::MAX);
        let integral = (whole > 0).then(|| self.whole_power(base, whole));
        let root = match (fraction.numerator(), fraction.denominator()) {
            (0, _) => None,
            (1, 2) => Some(self.push(Op::Sqrt(base))),
            (n @ (1 | 3), 4) => {
                let root = self.push(Op::Sqrt(base));
                let fourth = self.push(Op::Sqrt(root));
                Some(if n == 1 { fourth } else { self.push(Op::Mul(root, fourth)) })
            }
            (n @ (1 | 2), 3) => {
                let root = self.push(Op::Call(Function::Cbrt, base, None));
                Some(if n == 1 { root } else { self.push(Op::Mul(root, root)) })
            }
            _ => {
                let exponent = self.number(fraction.to_f64());
                Some(self.push(Op::Power(base, exponent)))
            }
        };
        match (integral, root) {
            (Some(integral), Some(root)) => self.push(Op::Mul(integral, root)),
            (Some(op), None) | (None, Some(op)) => op,
            (None, None) => self.number(1.0),
        }
    }

    fn whole_power(&mut self, base: OpId, n: u32) -> OpId {
        if n > 64 {
            let exponent = self.number(f64::from(n));
            return self.push(Op::Power(base, exponent));
        }
        if n == 1 {
            return base;
        }
        let half = self.whole_power(base, n / 2);
        let square = self.push(Op::Mul(half, half));
        if n.is_multiple_of(2) { square } else { self.push(Op::Mul(square, base)) }
    }
}
