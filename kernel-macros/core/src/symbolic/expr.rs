//! Expressions: nodes in an arena, each distinct expression stored once, so equality is equality of ids.

use crate::map::Set;

use super::fact::Facts;
use super::function::Function;
use super::memo::Memo;
use super::number::{Number, Rational};

/// An expression of a [`Graph`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(u32);

impl Id {
    /// Its place in the arena.
    pub(crate) const fn place(self) -> u32 {
        self.0
    }

    /// The expression at a place.
    pub(crate) const fn at(place: u32) -> Self {
        Self(place)
    }

    pub(super) const fn index(self) -> usize {
        self.0 as usize
    }
}

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
    /// At the current coordinate, the vector along which derivatives by a point are taken.
    Along(Side),
    /// The same of the second coordinate, inside the body of a double sum or of a row.
    Other(Local),
    /// Row `.0`, see [`Graph::row`], at the current coordinate.
    Row(usize),
    /// A constant of the user's own, by its place among the kernel's constants.
    External(usize),
    /// The number of coordinates.
    Dimension,
    /// A named constant.
    Constant(Constant),
    /// A sum over coordinates, or a double sum, see [`Reduction`].
    Sum(usize),
    /// The product, over coordinates, of the factors that are not 0 of product reduction `.0`, if exactly `.1` factors
    /// are 0; else 0. `(r, 0)` is the product itself, the others what its derivatives need: a factor is never divided
    /// by when it is 0.
    Product(usize, usize),
    /// The angle between the two points.
    Angle,
    /// |x||y| sin(angle).
    Cross,
    /// Sum number `.0` divided by sum number `.1`, both of second order where the points meet; 0 there.
    Ratio(usize, usize),
    /// ±1: the side from which one point approaches the other.
    Direction,
    /// The logarithm of the distance that goes to 0, in the coefficients of its powers: t² ln t has the coefficient
    /// ln t.
    LogDistance,
    /// The independent variable of a table rule.
    Argument(usize),
}

impl Symbol {
    /// Whether it belongs to the current coordinate.
    #[must_use]
    pub const fn is_own(self) -> bool {
        matches!(
            self,
            Self::Coordinate(_)
                | Self::Weight(_)
                | Self::Unit(_)
                | Self::Entry
                | Self::Index
                | Self::Along(_)
                | Self::Row(_)
        )
    }

    /// Whether it is known before the points are.
    #[must_use]
    pub const fn is_fixed(self) -> bool {
        matches!(
            self,
            Self::Constant(_) | Self::Parameter(_) | Self::PickWeight(..) | Self::External(_) | Self::Dimension
        )
    }

    /// Whether it belongs to the second coordinate of a double sum.
    #[must_use]
    pub const fn is_other(self) -> bool {
        matches!(self, Self::Other(_))
    }

    /// The same of the current coordinate.
    #[must_use]
    pub const fn own(self) -> Self {
        match self {
            Self::Other(Local::Coordinate(side)) => Self::Coordinate(side),
            Self::Other(Local::Weight(parameter)) => Self::Weight(parameter),
            Self::Other(Local::Entry) => Self::Entry,
            Self::Other(Local::Index) => Self::Index,
            Self::Other(Local::Along(side)) => Self::Along(side),
            symbol => symbol,
        }
    }

    /// The same of the second coordinate.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Coordinate(side) => Self::Other(Local::Coordinate(side)),
            Self::Weight(parameter) => Self::Other(Local::Weight(parameter)),
            Self::Entry => Self::Other(Local::Entry),
            Self::Index => Self::Other(Local::Index),
            Self::Along(side) => Self::Other(Local::Along(side)),
            symbol => symbol,
        }
    }
}

/// What there is of each coordinate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Local {
    /// The coordinate itself.
    Coordinate(Side),
    /// The entry of a per-coordinate parameter.
    Weight(usize),
    /// 1 if it is the entry being differentiated by, else 0.
    Entry,
    /// Its number.
    Index,
    /// The vector along which derivatives by a point are taken.
    Along(Side),
}

/// How a reduction gathers its body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gather {
    /// Σ_i body(i)
    Sum,
    /// Π_i body(i)
    Product,
    /// Σ_i Σ_j body(i, j)
    DoubleSum,
}

/// What is gathered over all coordinates. Its body is made of coordinates, weights, parameters, constants, and of
/// reductions made before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reduction {
    /// How.
    pub gather: Gather,
    /// The summand or factor.
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

/// One expression in canonical form, see `simplify`.
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

impl Node {
    /// Visits the expressions directly inside.
    pub(super) fn each_child(&self, mut visit: impl FnMut(Id)) {
        match self {
            Self::Number(_) | Self::Symbol(_) => {}
            Self::Sum(_, terms) => terms.iter().for_each(|term| visit(term.0)),
            Self::Product(factors) => factors.iter().for_each(|factor| visit(factor.0)),
            Self::Power(base, exponent) => [*base, *exponent].into_iter().for_each(visit),
            Self::Call(_, arguments) => arguments.iter().copied().for_each(visit),
            Self::Select(_, a, b, then, otherwise) => [*a, *b, *then, *otherwise].into_iter().for_each(visit),
        }
    }
}

/// The arena.
#[derive(Clone, Debug, Default)]
pub struct Graph {
    nodes: Set<Node>,
    pub(super) reductions: Vec<Reduction>,
    pub(super) rows: Vec<Id>,
    /// The numbers of x·y, |x|², |y|² once there is an angle.
    pub(super) arc: Option<[usize; 3]>,
    nonnegative: Set<Symbol>,
    positive: Set<Symbol>,
    facts: Vec<Facts>,
    /// Products that stay factors of their own.
    whole: Set<Id>,
    /// 0 and 1 once they have been made.
    units: [Option<Id>; 2],
    pub(super) memo: Memo,
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
        self.nodes.at(id.index())
    }

    /// Constant and terms of an expression seen as a sum.
    #[must_use]
    pub fn terms(&self, id: Id) -> (Number, Vec<(Id, Number)>) {
        match self.node(id) {
            Node::Sum(constant, terms) => (*constant, terms.clone()),
            _ => (Number::ZERO, vec![(id, Number::ONE)]),
        }
    }

    /// Whether an expression is the number 1.
    #[must_use]
    pub fn is_one(&self, id: Id) -> bool {
        matches!(self.node(id), Node::Number(number) if number.is_one())
    }

    /// The number of distinct expressions made so far.
    #[must_use]
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Whether nothing has been made yet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The reductions made so far; `Symbol::Sum(r)` is the r-th.
    #[must_use]
    pub fn reductions(&self) -> &[Reduction] {
        &self.reductions
    }

    /// The bodies of rows: `Symbol::Row(q)` is Σ_j `rows[q]`(i, j).
    #[must_use]
    pub fn rows(&self) -> &[Id] {
        &self.rows
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

    pub(super) fn is_assumed_nonnegative(&self, symbol: Symbol) -> bool {
        self.nonnegative.contains(&symbol)
    }

    pub(super) fn is_assumed_positive(&self, symbol: Symbol) -> bool {
        self.positive.contains(&symbol)
    }

    /// Keeps a product from being opened inside others, from now on.
    pub(super) fn keep_whole(&mut self, id: Id) {
        self.whole.insert(id);
        self.memo.forget_answers();
    }

    pub(super) fn is_whole(&self, id: Id) -> bool {
        self.whole.contains(&id)
    }

    pub(super) fn facts(&self, id: Id) -> &Facts {
        &self.facts[id.index()]
    }

    pub(super) fn intern(&mut self, node: Node) -> Id {
        let place = self.nodes.place_or_insert(node);
        if place == self.facts.len() {
            self.facts.push(self.derive_facts(self.nodes.at(place)));
        }
        Id(u32::try_from(place).expect("fewer than 2^32 expressions"))
    }

    /// The constant `number`.
    pub fn number(&mut self, number: Number) -> Id {
        self.intern(Node::Number(number))
    }

    /// A whole number.
    pub fn integer(&mut self, value: i64) -> Id {
        let unit = usize::try_from(value).ok().filter(|&unit| unit < self.units.len());
        if let Some(known) = unit.and_then(|unit| self.units[unit]) {
            return known;
        }
        let id = self.number(Number::integer(value));
        if let Some(unit) = unit {
            self.units[unit] = Some(id);
        }
        id
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
}
