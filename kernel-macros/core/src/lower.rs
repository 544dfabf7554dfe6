//! Expressions → machine operations: what is computed, once each, in which form.
//!
//! Powers become multiplications and roots, constants fold, factors that depend on parameters alone are gathered first (so
//! that they leave every loop), a product starts from the largest product already computed that it contains, and equal
//! operations are one operation. This knows no syntax either: it is what every emitter prints, and what is counted as the
//! cost of a block.

use crate::map::{Map, Set};
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
    index: Map<Op, OpId>,
    known: Map<Id, OpId>,
    levels: Vec<Level>,
    monomials: Vec<Monomial>,
    /// Monomials by the last of their bases.
    by_base: Map<OpId, Vec<usize>>,
    one_loop: bool,
}

/// A product that has been computed: coefficient · Π base^exponent, bases in order.
#[derive(Clone, Debug)]
struct Monomial {
    coefficient: f64,
    factors: Vec<(OpId, Rational)>,
    op: OpId,
}

/// Operations per coordinate, per pair and per kernel: less of the first is always better.
type Price = [usize; 3];

/// How far back a product looks for another that it contains; a long one, of a chain of lets, less far, for there it is close.
const RECENT: usize = 12;

/// What one operation costs beside a multiplication.
const DIVISION: usize = 3;
const ROOT: usize = 4;
const CALL: usize = 20;

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

/// The levels of the variables in a product, from the outside in.
const LEVELS: [Level; 3] = [Level::Parameter, Level::Pair, Level::Coordinate];

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

    /// These operations and all they use, in an order in which each follows what it uses.
    #[must_use]
    pub fn order(&self, roots: &[OpId]) -> Vec<OpId> {
        let mut seen = Set::default();
        let mut stack = roots.to_vec();
        while let Some(op) = stack.pop() {
            if seen.insert(op) {
                stack.extend(self.operands(op));
            }
        }
        let mut order: Vec<OpId> = seen.into_iter().collect();
        order.sort_unstable();
        order
    }

    /// Whether the operation costs nothing: a constant or a variable.
    #[must_use]
    pub fn is_leaf(&self, id: OpId) -> bool {
        matches!(self.ops[id], Op::Number(_) | Op::Symbol(_))
    }

    /// All loops over coordinates share what they compute, as they do once they are unrolled. Otherwise each of them pays for
    /// what it uses.
    pub fn share_loops(&mut self) {
        self.one_loop = true;
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
            Op::Symbol(symbol) => level(symbol),
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
        let mut order: Vec<Id> = wanted.into_iter().collect();
        order.sort_unstable();
        let mut depths: Map<Id, usize> = Map::default();
        for &id in &order {
            let depth = needs(graph, id).iter().filter_map(|need| depths.get(need)).max().map_or(0, |depth| depth + 1);
            depths.insert(id, depth);
        }
        let depth = |id: &Id| depths.get(id).copied().unwrap_or_default();
        let mut steps: Vec<(usize, usize, Step)> = common_factors(graph, &order)
            .into_iter()
            .map(|(coefficient, factors)| {
                let deepest = factors.iter().map(|factor| depth(&factor.0)).max().unwrap_or_default();
                (deepest + 1, degree(&factors), Step::Common(coefficient, factors))
            })
            .collect();
        for id in order {
            let degree = as_product(graph, id).map_or(0, |(_, factors)| degree(factors));
            steps.push((depth(&id), degree, Step::Node(id)));
        }
        steps.sort_by_key(|step| (step.0, step.1));
        for (_, _, step) in steps {
            match step {
                Step::Node(id) => {
                    let op = self.node(graph, id);
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
        }
        let rest: Vec<(Id, f64)> = terms
            .iter()
            .enumerate()
            .filter(|(place, _)| replaced.is_none_or(|(taken, ..)| taken != *place))
            .map(|(_, &(term, coefficient))| (term, coefficient.to_f64()))
            .collect();
        let constant = if replaced.is_some() { 0.0 } else { constant.to_f64() };
        let mut negative = added.is_empty() && constant <= 0.0 && rest.iter().all(|term| term.1 < 0.0);
        if constant > 0.0 || (negative && constant < 0.0) {
            added.push(self.number(constant));
            negative = false;
        } else if constant < 0.0 {
            subtracted.push(self.number(-constant));
        }
        for (term, coefficient) in rest {
            // Where all are negative the sign of the first joins its coefficient, and leaves the loops with it.
            let keeps_sign = std::mem::take(&mut negative) && subtracted.is_empty();
            let signed = if keeps_sign { coefficient } else { coefficient.abs() };
            let op = match graph.node(term) {
                Node::Product(factors) => self.product(graph, signed, factors),
                _ => self.monomial(signed, vec![(self.known[&term], Rational::ONE)]),
            };
            if coefficient < 0.0 && !keeps_sign { subtracted.push(op) } else { added.push(op) }
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

    /// coefficient · Π base^exponent
    fn product(&mut self, graph: &Graph, mut coefficient: f64, factors: &[(Id, Rational)]) -> OpId {
        let mut bases: Vec<(OpId, Rational)> = Vec::new();
        for &(base, exponent) in factors {
            let constant = match graph.node(base) {
                Node::Number(number) => Some(number.to_f64()),
                Node::Symbol(Symbol::Constant(constant)) => Some(constant.value()),
                _ => None,
            };
            match constant {
                Some(value) if exponent == Rational::HALF => coefficient *= value.sqrt(),
                Some(value) => coefficient *= value.powf(exponent.to_f64()),
                None => bases.push((self.known[&base], exponent)),
            }
        }
        bases.sort_unstable();
        self.monomial(coefficient, bases)
    }

    /// The cheapest way to a product: from its factors, or from a product already computed that it contains (never from a
    /// larger one, which may have underflowed where it has not).
    fn monomial(&mut self, coefficient: f64, factors: Vec<(OpId, Rational)>) -> OpId {
        let mut best = (self.price(coefficient, &factors), coefficient, factors.clone());
        let long = factors.len() > RECENT;
        let reach = if long { 3 } else { RECENT };
        for _ in 0..reach {
            let (_, coefficient, factors) = best.clone();
            let recent = |base: OpId| self.by_base.get(&base).into_iter().flat_map(|all| all.iter().rev().take(reach));
            let candidates = factors.iter().rev().take(reach).flat_map(|factor| recent(factor.0));
            for known in candidates.map(|&place| &self.monomials[place]) {
                // Of a long one, no less than half.
                if long && 2 * known.factors.len() < factors.len() {
                    continue;
                }
                for times in 1..=2 {
                    let Some(mut rest) = quotient(&factors, &known.factors, times) else { break };
                    let coefficient = unrounded(coefficient / known.coefficient.powi(times));
                    let place = rest.partition_point(|factor| factor.0 < known.op);
                    rest.insert(place, (known.op, Rational::integer(times.into())));
                    let price = self.price(coefficient, &rest);
                    if price < best.0 && coefficient.is_normal() {
                        best = (price, coefficient, rest);
                    }
                }
            }
            if best.2 == factors {
                break;
            }
        }
        let op = match root(&factors).map(|half| (self.price(1.0, &half), half)) {
            // u²/w² = (u/w)²
            Some((price, half)) if coefficient == 1.0 && price[0] < best.0[0] => {
                let half = self.monomial(1.0, half);
                self.push(Op::Mul(half, half))
            }
            _ => self.arrange(best.1, &best.2),
        };
        let is_base = factors == [(op, Rational::ONE)];
        let shared = self.one_loop || self.levels[op] < Level::Coordinate;
        if let Some(&(last, _)) = factors.last().filter(|_| shared && coefficient.is_normal() && !is_base) {
            self.by_base.entry(last).or_default().push(self.monomials.len());
            self.monomials.push(Monomial { coefficient, factors, op });
        }
        op
    }

    /// What `arrange` would add, as far as it is not there yet.
    fn price(&self, coefficient: f64, factors: &[(OpId, Rational)]) -> Price {
        let mut price = [0; 3];
        let mut started = false;
        for (place, level) in LEVELS.into_iter().enumerate() {
            let here = || factors.iter().filter(|factor| self.levels[factor.0].max(Level::Parameter) == level);
            let above = here().filter(|factor| !factor.1.is_negative()).count();
            let below = here().count() - above;
            if above + below == 0 {
                continue;
            }
            let powers = here().filter(|&&(base, exponent)| !self.has_power(base, exponent));
            let mut cost: usize = powers.map(|factor| power_price(factor.1)).sum();
            cost += above.saturating_sub(1) + below.saturating_sub(1) + if below > 0 { DIVISION } else { 0 };
            let joins = started || coefficient != 1.0;
            cost += usize::from(joins && above > 0);
            price[LEVELS.len() - 1 - place] = cost;
            started = true;
        }
        price
    }

    fn has_power(&self, base: OpId, exponent: Rational) -> bool {
        let size = if exponent.is_negative() { exponent.neg() } else { exponent };
        let op = if size == Rational::HALF { Op::Sqrt(base) } else { Op::Mul(base, base) };
        (size == Rational::HALF || size == Rational::integer(2)) && self.index.contains_key(&op)
    }

    /// coefficient · Π base^exponent level by level, so that what depends on parameters alone leaves every loop.
    fn arrange(&mut self, coefficient: f64, factors: &[(OpId, Rational)]) -> OpId {
        let mut total: Option<OpId> = None;
        for level in LEVELS {
            let [mut above, mut below] = [const { Vec::new() }; 2];
            for &(base, exponent) in factors {
                if self.levels[base].max(Level::Parameter) != level {
                    continue;
                }
                let size = if exponent.is_negative() { exponent.neg() } else { exponent };
                let op = self.power(base, size);
                if exponent.is_negative() { below.push(op) } else { above.push(op) }
            }
            if above.is_empty() && below.is_empty() {
                continue;
            }
            let first = total.is_none() && coefficient != 1.0;
            let mut above = self.chain(above);
            if first {
                let number = self.number(coefficient);
                above = Some(above.map_or(number, |above| self.multiply(number, above)));
            }
            total = match (total, above) {
                (Some(total), Some(above)) => Some(self.push(Op::Mul(total, above))),
                (total, above) => total.or(above),
            };
            if let Some(below) = self.chain(below) {
                let above = total.unwrap_or_else(|| self.number(1.0));
                total = Some(self.push(Op::Div(above, below)));
            }
        }
        total.unwrap_or_else(|| self.number(coefficient))
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

/// What `prepare` does next.
enum Step {
    Node(Id),
    Common(f64, Vec<(Id, Rational)>),
}

/// Coefficient and factors of a product.
fn as_product(graph: &Graph, id: Id) -> Option<(f64, &[(Id, Rational)])> {
    match graph.node(id) {
        Node::Product(factors) => Some((1.0, factors)),
        Node::Sum(constant, terms) if constant.is_zero() && terms.len() == 1 => match graph.node(terms[0].0) {
            Node::Product(factors) => Some((terms[0].1.to_f64(), factors)),
            _ => None,
        },
        _ => None,
    }
}

/// A measure of products in which one is larger than those it contains.
fn degree(factors: &[(Id, Rational)]) -> usize {
    let size = |exponent: Rational| usize::try_from(exponent.numerator().abs() * 12 / exponent.denominator());
    factors.iter().map(|factor| size(factor.1).unwrap_or(usize::MAX / 64)).sum()
}

/// What two of a few products have in common, with the coefficient of one of them.
fn common_factors(graph: &Graph, ids: &[Id]) -> Vec<(f64, Vec<(Id, Rational)>)> {
    /// Of many, comparing each with each would take longer than it saves.
    const FEW: usize = 10;
    let products: Vec<_> = ids.iter().filter_map(|&id| as_product(graph, id)).collect();
    if products.len() > FEW {
        return Vec::new();
    }
    let mut found: Vec<(f64, Vec<(Id, Rational)>)> = Vec::new();
    for (place, &one) in products.iter().enumerate() {
        for &other in &products[..place] {
            let common: Vec<(Id, Rational)> = one.1.iter().filter_map(|&factor| shared(factor, other.1)).collect();
            if common.len() > 1 && common != one.1 && common != other.1 {
                // The other pays for its own coefficient, best where that costs nothing per pair of points.
                let varying = |product: &(f64, &[(Id, Rational)])| {
                    product.1.iter().filter(|factor| !common.contains(factor) && varies(graph, factor.0)).count()
                };
                let coefficient = if varying(&one) > varying(&other) { one.0 } else { other.0 };
                found.push((coefficient, common));
            }
        }
    }
    found.sort_by_key(|product| std::cmp::Reverse(degree(&product.1)));
    let mut largest: Vec<(f64, Vec<(Id, Rational)>)> = Vec::new();
    for (coefficient, common) in found {
        let contained = |known: &[(Id, Rational)]| common.iter().all(|&factor| shared(factor, known) == Some(factor));
        if !largest.iter().any(|known| contained(&known.1)) {
            largest.push((coefficient, common));
        }
    }
    largest
}

/// The power of a base that is also in a product.
fn shared((base, exponent): (Id, Rational), factors: &[(Id, Rational)]) -> Option<(Id, Rational)> {
    let other = factors.iter().find(|other| other.0 == base)?.1;
    let least = if exponent.is_negative() { exponent.max(other) } else { exponent.min(other) };
    (exponent.is_negative() == other.is_negative()).then_some((base, least))
}

fn varies(graph: &Graph, id: Id) -> bool {
    graph.symbols(&[id]).into_iter().any(|symbol| level(symbol) > Level::Parameter)
}

fn level(symbol: Symbol) -> Level {
    match symbol {
        Symbol::Constant(_) => Level::Constant,
        Symbol::Parameter(_) | Symbol::PickWeight(..) | Symbol::External(_) | Symbol::Dimension => Level::Parameter,
        symbol if symbol.is_own() || symbol.is_other() => Level::Coordinate,
        _ => Level::Pair,
    }
}

/// `factors / known^times`, if that only takes away from `factors`. Both are in order.
fn quotient(factors: &[(OpId, Rational)], known: &[(OpId, Rational)], times: i32) -> Option<Vec<(OpId, Rational)>> {
    let mut bases = factors.iter();
    if known.len() > factors.len() || !known.iter().all(|one| bases.any(|factor| factor.0 == one.0)) {
        return None;
    }
    let times = Rational::integer(times.into());
    let mut known = known.iter().peekable();
    let mut rest = Vec::with_capacity(factors.len() + 1);
    for &(base, exponent) in factors {
        let Some((_, taken)) = known.next_if(|one| one.0 == base) else {
            rest.push((base, exponent));
            continue;
        };
        let left = exponent.add(taken.mul(times)?.neg())?;
        let same = left == Rational::ZERO || left.is_negative() == exponent.is_negative();
        if !same || taken.is_negative() != exponent.is_negative() {
            return None;
        }
        if left != Rational::ZERO {
            rest.push((base, left));
        }
    }
    Some(rest)
}

/// The square root of an even product of several bases.
fn root(factors: &[(OpId, Rational)]) -> Option<Vec<(OpId, Rational)>> {
    let half = |&(base, exponent): &(OpId, Rational)| {
        let even = exponent.as_integer().is_some_and(|n| n % 2 == 0);
        exponent.mul(Rational::HALF).filter(|_| even).map(|half| (base, half))
    };
    if factors.len() < 2 { None } else { factors.iter().map(half).collect() }
}

/// ±1 where rounding has missed it.
fn unrounded(ratio: f64) -> f64 {
    if (ratio.abs() - 1.0).abs() < 4.0 * f64::EPSILON { ratio.signum() } else { ratio }
}

/// The operations of a power of one base.
fn power_price(exponent: Rational) -> usize {
    let size = if exponent.is_negative() { exponent.neg() } else { exponent };
    let whole = u32::try_from(size.floor()).unwrap_or(u32::MAX);
    if whole > 64 {
        return CALL;
    }
    let multiplications = if whole == 0 { 0 } else { whole.ilog2() + whole.count_ones() - 1 };
    let root = match (size.numerator() % size.denominator(), size.denominator()) {
        (0, _) => 0,
        (_, 2) => ROOT,
        (_, 4) => 2 * ROOT,
        _ => CALL,
    };
    multiplications as usize + root + usize::from(root > 0 && whole > 0)
}
