//! Expressions: nodes in an arena, each distinct expression stored once, so equality is equality of ids.

use std::collections::{HashMap, HashSet};

use super::function::Function;
use super::number::{Number, Rational};

/// An expression of a [`Graph`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(u32);

/// Which of the two points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// The first argument of the kernel.
    X,
    /// The second.
    Y,
}

impl Side {
    /// The other point.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::X => Self::Y,
            Self::Y => Self::X,
        }
    }
}

/// Mathematical constants kept by name, so that products and powers of them cancel exactly.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Constant {
    /// π
    Pi,
    /// e
    E,
    /// ln 2
    Ln2,
    /// ln 10
    Ln10,
}

impl Constant {
    /// The nearest double.
    #[must_use]
    pub const fn value(self) -> f64 {
        match self {
            Self::Pi => std::f64::consts::PI,
            Self::E => std::f64::consts::E,
            Self::Ln2 => std::f64::consts::LN_2,
            Self::Ln10 => std::f64::consts::LN_10,
        }
    }
}

/// What an expression can depend on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Symbol {
    /// A one-dimensional point.
    Point(Side),
    /// One coordinate of a point, `x[2]`.
    Pick(Side, usize),
    /// The current coordinate of a point, inside a reduction's body.
    Coordinate(Side),
    /// The current entry of a per-coordinate parameter, inside a reduction's body.
    Weight(usize),
    /// 1 at the coordinate with this number, else 0: the derivative of a pick.
    Unit(usize),
    /// 1 at the entry `l` of the per-coordinate parameter being differentiated, else 0.
    Entry,
    /// 1 if the entry being differentiated by is the one with this number, else 0.
    EntryAt(usize),
    /// A scalar parameter, by its place in the signature.
    Parameter(usize),
    /// Entry `.1` of the per-coordinate parameter with number `.0`, `w[2]`.
    PickWeight(usize, usize),
    /// The number of the current coordinate, inside a reduction's body.
    Index,
    /// A constant of the user's own, by its place among the kernel's constants.
    External(usize),
    /// The number of coordinates.
    Dimension,
    /// A named constant.
    Constant(Constant),
    /// A reduction over coordinates, see [`Reduction`].
    Sum(usize),
    /// The product, over coordinates, of the factors that are not 0 of product reduction `.0`, if exactly `.1` factors are
    /// 0; else 0. `(r, 0)` is the product itself, the others what its derivatives need: a factor is never divided by when it
    /// is 0.
    Product(usize, usize),
    /// The angle between the two points.
    Angle,
    /// |x||y| sin(angle).
    Cross,
    /// Sum number `.0` divided by sum number `.1`, both of second order where the points meet; 0 there.
    Ratio(usize, usize),
    /// ±1: the side from which one point approaches the other.
    Direction,
    /// The independent variable of a table rule.
    Argument(usize),
}

/// s = Σ_i body(x_i, y_i, w_i), or Π_i.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reduction {
    /// Whether the bodies are multiplied, not added.
    pub is_product: bool,
    /// The summand or factor, made of coordinates, weights, scalar parameters and constants.
    pub body: Id,
}

/// The comparison of a [`Node::Select`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Comparison {
    /// a < b
    Less,
    /// a ≤ b
    LessOrEqual,
    /// a = b
    Equal,
}

impl Comparison {
    /// Whether `a <comparison> b`.
    #[must_use]
    pub fn holds(self, a: f64, b: f64) -> bool {
        match self {
            Self::Less => a < b,
            Self::LessOrEqual => a <= b,
            Self::Equal => a == b,
        }
    }
}

/// One expression in canonical form, see [`simplify`](super::simplify).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Node {
    /// A constant.
    Number(Number),
    /// A variable.
    Symbol(Symbol),
    /// constant + Σ coefficient · term; terms sorted, neither numbers nor sums, coefficients not 0.
    Sum(Number, Vec<(Id, Number)>),
    /// Π base^exponent; bases sorted, neither products nor (but for roots of whole numbers) numbers, exponents not 0.
    Product(Vec<(Id, Rational)>),
    /// base^exponent with an exponent that is not a number.
    Power(Id, Id),
    /// A function call.
    Call(Function, Vec<Id>),
    /// `if a <comparison> b { then } else { otherwise }`
    Select(Comparison, Id, Id, Id, Id),
}

/// The arena.
#[derive(Clone, Debug, Default)]
pub struct Graph {
    nodes: Vec<Node>,
    index: HashMap<Node, Id>,
    reductions: Vec<Reduction>,
    nonnegative: HashSet<Symbol>,
    positive: HashSet<Symbol>,
    /// Per node: provably ≥ 0. Kept, because asking a shared graph again and again costs exponential time.
    signs: Vec<bool>,
}

impl Graph {
    /// An empty arena.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The node of an expression.
    ///
    /// # Panics
    /// If `id` comes from another graph.
    #[must_use]
    pub fn node(&self, id: Id) -> &Node {
        &self.nodes[id.0 as usize]
    }

    /// The number of distinct expressions made so far.
    #[must_use]
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Whether nothing has been made yet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// The reductions made so far; `Symbol::Sum(r)` is the r-th.
    #[must_use]
    pub fn reductions(&self) -> &[Reduction] {
        &self.reductions
    }

    /// Declares that a symbol is never negative (`assume(gamma > 0)`). Call it before building expressions.
    pub fn assume_nonnegative(&mut self, symbol: Symbol) {
        self.nonnegative.insert(symbol);
    }

    /// Declares that a symbol is never 0 nor negative. Call it before building expressions.
    pub fn assume_positive(&mut self, symbol: Symbol) {
        self.assume_nonnegative(symbol);
        self.positive.insert(symbol);
    }

    pub(super) fn intern(&mut self, node: Node) -> Id {
        if let Some(&id) = self.index.get(&node) {
            return id;
        }
        let id = Id(u32::try_from(self.nodes.len()).expect("fewer than 2^32 expressions"));
        self.signs.push(self.derive_sign(&node));
        self.nodes.push(node.clone());
        self.index.insert(node, id);
        id
    }

    pub(super) fn reduction_index(&mut self, body: Id, is_product: bool) -> usize {
        let reduction = Reduction { is_product, body };
        self.reductions.iter().position(|known| *known == reduction).unwrap_or_else(|| {
            self.reductions.push(reduction);
            self.reductions.len() - 1
        })
    }

    /// The constant `number`.
    pub fn number(&mut self, number: Number) -> Id {
        self.intern(Node::Number(number))
    }

    /// A whole number.
    pub fn integer(&mut self, value: i64) -> Id {
        self.number(Number::integer(value))
    }

    /// A decimal literal as the user wrote it, `None` if it is not one.
    pub fn literal(&mut self, text: &str) -> Option<Id> {
        Number::parse(text).map(|number| self.number(number))
    }

    /// A named constant.
    pub fn constant(&mut self, constant: Constant) -> Id {
        self.symbol(Symbol::Constant(constant))
    }

    /// A variable.
    pub fn symbol(&mut self, symbol: Symbol) -> Id {
        self.intern(Node::Symbol(symbol))
    }

    /// The expressions directly inside this one.
    #[must_use]
    pub fn children(&self, id: Id) -> Vec<Id> {
        match self.node(id) {
            Node::Number(_) | Node::Symbol(_) => Vec::new(),
            Node::Sum(_, terms) => terms.iter().map(|term| term.0).collect(),
            Node::Product(factors) => factors.iter().map(|factor| factor.0).collect(),
            Node::Power(base, exponent) => vec![*base, *exponent],
            Node::Call(_, arguments) => arguments.clone(),
            Node::Select(_, a, b, then, otherwise) => vec![*a, *b, *then, *otherwise],
        }
    }

    /// All expressions inside these roots (themselves included), each once, children before parents.
    #[must_use]
    pub fn reachable(&self, roots: &[Id]) -> Vec<Id> {
        let mut seen = HashSet::new();
        let mut order = Vec::new();
        let mut stack: Vec<(Id, bool)> = roots.iter().rev().map(|&root| (root, false)).collect();
        while let Some((id, done)) = stack.pop() {
            if done {
                order.push(id);
            } else if seen.insert(id) {
                stack.push((id, true));
                stack.extend(self.children(id).into_iter().rev().map(|child| (child, false)));
            }
        }
        order
    }

    /// The symbols an expression mentions, sorted (bodies of sums are not looked into).
    #[must_use]
    pub fn symbols(&self, roots: &[Id]) -> Vec<Symbol> {
        let mut symbols: Vec<Symbol> = self
            .reachable(roots)
            .into_iter()
            .filter_map(|id| match self.node(id) {
                Node::Symbol(symbol) => Some(*symbol),
                _ => None,
            })
            .collect();
        symbols.sort_unstable();
        symbols
    }

    /// Whether the expression depends on what varies from one coordinate to the next.
    #[must_use]
    pub fn is_per_coordinate(&self, id: Id) -> bool {
        self.symbols(&[id]).iter().any(|symbol| {
            matches!(
                symbol,
                Symbol::Coordinate(_) | Symbol::Weight(_) | Symbol::Unit(_) | Symbol::Entry | Symbol::Index
            )
        })
    }

    /// Whether the value is provably ≥ 0 (or NaN) wherever it is defined.
    #[must_use]
    pub fn is_nonnegative(&self, id: Id) -> bool {
        self.signs[id.0 as usize]
    }

    /// Whether the value is provably > 0 (or NaN).
    #[must_use]
    pub fn is_positive(&self, id: Id) -> bool {
        let mut known: HashMap<Id, bool> = HashMap::new();
        for node in self.reachable(&[id]) {
            let positive = match self.node(node) {
                Node::Number(number) => number.to_f64() > 0.0,
                Node::Symbol(Symbol::Constant(_) | Symbol::Dimension) => true,
                Node::Symbol(symbol) => self.positive.contains(symbol),
                Node::Sum(constant, terms) => {
                    let strict =
                        constant.to_f64() > 0.0 || terms.iter().any(|(term, c)| !c.is_negative() && known[term]);
                    strict && self.is_nonnegative(node)
                }
                // A parameter that is squared counts as not 0: what divides by it has no meaning otherwise.
                Node::Product(factors) => factors.iter().all(|(base, exponent)| {
                    let parameter = matches!(self.node(*base), Node::Symbol(Symbol::Parameter(_) | Symbol::Weight(_)));
                    known[base] || (parameter && is_even(*exponent))
                }),
                Node::Power(base, _) => known[base],
                Node::Call(Function::Exp | Function::Cosh, _) => true,
                Node::Call(Function::Abs | Function::Positive, arguments) => known[&arguments[0]],
                Node::Call(Function::Max, arguments) => arguments.iter().any(|argument| known[argument]),
                Node::Call(Function::Min, arguments) => arguments.iter().all(|argument| known[argument]),
                Node::Call(..) => false,
                Node::Select(_, _, _, then, otherwise) => known[then] && known[otherwise],
            };
            known.insert(node, positive);
        }
        known[&id]
    }

    fn derive_sign(&self, node: &Node) -> bool {
        match node {
            Node::Number(number) => !number.is_negative(),
            Node::Symbol(Symbol::Sum(r) | Symbol::Product(r, _)) => self.is_nonnegative(self.reductions[*r].body),
            Node::Symbol(
                Symbol::Constant(_)
                | Symbol::Dimension
                | Symbol::Angle
                | Symbol::Cross
                | Symbol::Unit(_)
                | Symbol::Entry,
            ) => true,
            Node::Symbol(symbol) => self.nonnegative.contains(symbol),
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
}

fn is_even(exponent: Rational) -> bool {
    exponent.as_integer().is_some_and(|n| n % 2 == 0)
}
