//! Expressions → machine operations: what is computed, once each, in which form.
//!
//! Powers become multiplications and roots, constants fold, factors that depend on parameters alone are gathered first
//! (so that they leave every loop), a product starts from the largest product already computed that it contains, and
//! equal operations are one operation. This knows no syntax either: it is what every emitter prints, and what is
//! counted as the cost of a block.

mod arrange;
mod product;
mod scale;
mod share;
mod stable;
mod sum;

use crate::map::{Map, Set};
use crate::symbolic::{Comparison, Function, Graph, Id, Node, Number, Rational, Symbol};

use product::Products;
use scale::Scaled;

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

impl Op {
    /// Visits what it uses.
    pub fn each_operand(self, mut visit: impl FnMut(OpId)) {
        match self {
            Self::Number(_) | Self::Symbol(_) => {}
            Self::Neg(a) | Self::Sqrt(a) | Self::Call(_, a, None) => visit(a),
            Self::Add(a, b)
            | Self::Sub(a, b)
            | Self::Mul(a, b)
            | Self::Div(a, b)
            | Self::Power(a, b)
            | Self::Call(_, a, Some(b)) => {
                visit(a);
                visit(b);
            }
            Self::Select(_, a, b, c, d) => [a, b, c, d].into_iter().for_each(visit),
        }
    }
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

impl Level {
    fn of(symbol: Symbol) -> Self {
        match symbol {
            Symbol::Constant(_) => Self::Constant,
            _ if symbol.is_fixed() => Self::Parameter,
            _ if symbol.is_own() || symbol.is_other() => Self::Coordinate,
            _ => Self::Pair,
        }
    }
}

/// What the operations are for, which decides between two ways to compute the same.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Usage {
    /// Many pairs of points: what depends on parameters alone costs next to nothing.
    #[default]
    Batch,
    /// One pair of points, in loops that share nothing of what they compute per coordinate.
    Loops,
    /// One pair of points, in loops that share everything once they are unrolled.
    Unrolled,
}

/// Operations in an order in which each follows what it uses.
#[derive(Clone, Debug, Default)]
pub struct Program {
    ops: Vec<Op>,
    index: Map<Op, OpId>,
    known: Map<Id, OpId>,
    levels: Vec<Level>,
    usage: Usage,
    products: Products,
    scaled: Map<Id, Scaled>,
    /// Sums known to be no less than their constant, which is 1 or more: products of them do not underflow.
    at_least_one: Set<OpId>,
    /// Functions that do not grow with the distance, as e⁻ʳ, and products with one.
    bounded: Set<OpId>,
}

/// What `prepare` does next.
enum Step {
    Node(Id),
    Common(f64, Vec<(Id, Rational)>),
}

impl Program {
    /// Without operations yet.
    #[must_use]
    pub fn new(usage: Usage) -> Self {
        Self { usage, ..Self::default() }
    }

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

    /// The number of operations.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ops.len()
    }

    /// Whether there are none yet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ops.is_empty()
    }

    /// These operations and all they use, in an order in which each follows what it uses.
    #[must_use]
    pub fn order(&self, roots: &[OpId]) -> Vec<OpId> {
        self.order_until(roots, |_| false)
    }

    /// The same without what is known, and what only that uses.
    pub fn order_until(&self, roots: &[OpId], is_known: impl Fn(OpId) -> bool) -> Vec<OpId> {
        let mut wanted = vec![false; self.len()];
        for &root in roots {
            wanted[root] = true;
        }
        let mut order = Vec::new();
        for op in (0..wanted.len()).rev() {
            if wanted[op] && !is_known(op) {
                order.push(op);
                self.ops[op].each_operand(|operand| wanted[operand] = true);
            }
        }
        order.reverse();
        order
    }

    /// For each operation, whether it is made of such symbols.
    #[must_use]
    pub fn made_of(&self, order: &[OpId], is_part: impl Fn(Symbol) -> bool) -> Vec<bool> {
        let mut made = vec![false; self.len()];
        for &op in order {
            let mut is_made = matches!(self.ops[op], Op::Symbol(symbol) if is_part(symbol));
            self.ops[op].each_operand(|operand| is_made |= made[operand]);
            made[op] = is_made;
        }
        made
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
            Op::Number(_) => Level::Constant,
            Op::Symbol(symbol) => Level::of(symbol),
            _ => {
                let mut level = Level::Constant;
                op.each_operand(|operand| level = level.max(self.levels[operand]));
                level
            }
        };
        self.levels.push(level);
        let bounded = match op {
            Op::Call(Function::Exp | Function::Positive | Function::Sin | Function::Cos, ..) => true,
            Op::Mul(a, b) => self.bounded.contains(&a) || self.bounded.contains(&b),
            Op::Neg(a) => self.bounded.contains(&a),
            _ => false,
        };
        if bounded {
            self.bounded.insert(id);
        }
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
        if let Some(&op) = self.known.get(&id) {
            return op;
        }
        self.prepare(graph, &[id]);
        self.known[&id]
    }

    /// Adds what computes all of `ids`. Known together, a large product is made from a small one whichever comes first.
    ///
    /// # Panics
    /// Never: children precede their parents.
    pub fn prepare(&mut self, graph: &Graph, ids: &[Id]) {
        let mut wanted: Set<Id> = Set::default();
        let mut pending: Vec<Id> = ids.to_vec();
        while let Some(id) = pending.pop() {
            if !self.known.contains_key(&id) && wanted.insert(id) {
                pending.extend(needs(graph, id));
            }
        }
        let mut order: Vec<Id> = wanted.into_vec();
        order.sort_unstable();
        let scales = scale::powers_of_two(graph, &order, ids);
        let mut depths: Map<Id, usize> = Map::default();
        for &id in &order {
            let depth = needs(graph, id).iter().filter_map(|need| depths.get(need)).max().map_or(0, |depth| depth + 1);
            depths.insert(id, depth);
        }
        let depth = |id: &Id| depths.get(id).copied().unwrap_or_default();
        let mut steps: Vec<(usize, usize, Step)> = share::common_factors(graph, &order, &scales)
            .into_iter()
            .map(|(coefficient, factors)| {
                let deepest = factors.iter().map(|factor| depth(&factor.0)).max().unwrap_or_default();
                (deepest + 1, share::degree(&factors), Step::Common(coefficient, factors))
            })
            .collect();
        for id in order {
            let degree = share::as_product(graph, id).map_or(0, |(_, factors)| share::degree(factors));
            steps.push((depth(&id), degree, Step::Node(id)));
        }
        steps.sort_by_key(|step| (step.0, step.1));
        for (_, _, step) in steps {
            match step {
                Step::Node(id) => {
                    let op = match scales.get(&id) {
                        Some(&scale) => self.scaled_sum(graph, id, scale),
                        None => self.node(graph, id),
                    };
                    self.known.insert(id, op);
                }
                Step::Common(coefficient, factors) => {
                    self.product(graph, coefficient, &factors);
                }
            }
        }
    }

    fn node(&mut self, graph: &Graph, id: Id) -> OpId {
        match graph.node(id) {
            Node::Number(number) => self.number(number.to_f64()),
            Node::Symbol(Symbol::Constant(constant)) => self.number(constant.value()),
            Node::Symbol(symbol) => self.push(Op::Symbol(*symbol)),
            Node::Sum(constant, terms) => {
                let op = self.sum(graph, *constant, terms);
                if constant.to_f64() >= 1.0
                    && terms.iter().all(|term| !term.1.is_negative() && graph.is_nonnegative(term.0))
                {
                    self.at_least_one.insert(op);
                }
                op
            }
            Node::Product(factors) => self.product(graph, 1.0, factors),
            Node::Power(base, exponent) => {
                let [base, exponent] = [self.known[base], self.known[exponent]];
                self.push(Op::Power(base, exponent))
            }
            Node::Call(function, arguments) => {
                if let Some(op) = self.logarithm_of_one_and(graph, *function, arguments[0]) {
                    return op;
                }
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
}

/// What must be computed before a node. A product that is a term of a sum is computed there, with its coefficient.
fn needs(graph: &Graph, id: Id) -> Vec<Id> {
    let bases = |factors: &[(Id, Rational)]| factors.iter().map(|factor| factor.0).collect::<Vec<Id>>();
    match graph.node(id) {
        Node::Sum(_, terms) => terms
            .iter()
            .flat_map(|&(term, _)| match graph.node(term) {
                Node::Product(factors) => bases(factors),
                _ => vec![term],
            })
            .collect(),
        Node::Product(factors) => bases(factors),
        _ => graph.children(id),
    }
}
