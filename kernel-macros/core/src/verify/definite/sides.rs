//! Which of the two points an expression depends on, and how it falls apart into what depends on one of them.

use super::Judge;
use crate::symbolic::{Function, Gather, Id, Local, Node, Number, Rational, Reduction, Side, Symbol};

/// The points that an expression depends on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sides {
    /// On x.
    pub x: bool,
    /// On y.
    pub y: bool,
}

impl Sides {
    const NONE: Self = Self { x: false, y: false };
    const BOTH: Self = Self { x: true, y: true };

    const fn of(side: Side) -> Self {
        match side {
            Side::X => Self { x: true, y: false },
            Side::Y => Self { x: false, y: true },
        }
    }

    const fn and(self, other: Self) -> Self {
        Self { x: self.x || other.x, y: self.y || other.y }
    }

    /// On both points.
    pub const fn is_mixed(self) -> bool {
        self.x && self.y
    }

    /// On neither point.
    pub const fn is_fixed(self) -> bool {
        !self.x && !self.y
    }
}

/// c · f(x) · g(y)
#[derive(Clone, Copy, Debug)]
pub struct Separated {
    /// c
    pub fixed: Id,
    /// f(x)
    pub x: Id,
    /// g(y)
    pub y: Id,
}

impl Judge {
    /// The points that an expression depends on.
    pub fn sides(&mut self, id: Id) -> Sides {
        if let Some(&known) = self.sides.get(&id) {
            return known;
        }
        let mut sides = Sides::NONE;
        for symbol in self.graph.symbols(&[id]) {
            sides = sides.and(match symbol {
                Symbol::Point(side)
                | Symbol::Pick(side, _)
                | Symbol::Coordinate(side)
                | Symbol::Other(Local::Coordinate(side)) => Sides::of(side),
                Symbol::Sum(r) | Symbol::Product(r, _) => {
                    let body = self.graph.reductions()[r].body;
                    self.sides(body)
                }
                Symbol::Row(q) => {
                    let body = self.graph.rows()[q];
                    self.sides(body)
                }
                Symbol::Angle | Symbol::Cross | Symbol::Ratio(..) => Sides::BOTH,
                _ => Sides::NONE,
            });
        }
        self.sides.insert(id, sides);
        sides
    }

    /// Whether an expression depends on parameters alone.
    pub fn is_fixed(&mut self, id: Id) -> bool {
        self.sides(id).is_fixed()
    }

    /// `(fixed, rest)` with `id = fixed · rest`, `rest` made of the factors that depend on a point.
    pub fn without_fixed(&mut self, id: Id) -> (Id, Id) {
        let (coefficient, factors) = self.graph.split(id);
        let (fixed, rest): (Vec<_>, Vec<_>) = factors.into_iter().partition(|factor| self.is_fixed(factor.0));
        (self.graph.monomial(coefficient, fixed), self.graph.monomial(Number::ONE, rest))
    }

    /// The expression as c f(x) g(y), if it is one.
    pub fn separated(&mut self, id: Id) -> Option<Separated> {
        let one = self.graph.integer(1);
        let sides = self.sides(id);
        if !sides.is_mixed() {
            let trivial = Separated { fixed: one, x: one, y: one };
            return Some(match (sides.x, sides.y) {
                (true, _) => Separated { x: id, ..trivial },
                (_, true) => Separated { y: id, ..trivial },
                _ => Separated { fixed: id, ..trivial },
            });
        }
        match self.graph.node(id).clone() {
            Node::Sum(..) | Node::Product(_) => {
                let (coefficient, factors) = self.graph.split(id);
                if let [(base, Rational::ONE)] = factors[..]
                    && base == id
                {
                    return None;
                }
                let mut all = Separated { fixed: self.graph.number(coefficient), x: one, y: one };
                for (base, exponent) in factors {
                    let part = self.separated(base)?;
                    let fixed = self.graph.power(part.fixed, exponent);
                    all.fixed = self.graph.mul(all.fixed, fixed);
                    // √(f g) is √|f| √|g| where it is a number.
                    for (whole, factor) in [(&mut all.x, part.x), (&mut all.y, part.y)] {
                        let base = if exponent.as_integer().is_some() || self.graph.is_nonnegative(factor) {
                            factor
                        } else {
                            self.graph.call(Function::Abs, &[factor])
                        };
                        let power = self.graph.power(base, exponent);
                        *whole = self.graph.mul(*whole, power);
                    }
                }
                Some(all)
            }
            Node::Call(Function::Abs, arguments) => {
                let part = self.separated(arguments[0])?;
                let [fixed, x, y] =
                    [part.fixed, part.x, part.y].map(|factor| self.graph.call(Function::Abs, &[factor]));
                Some(Separated { fixed, x, y })
            }
            Node::Call(Function::Exp, arguments) => {
                let [fixed, x, y] = self.summands(arguments[0])?;
                let [fixed, x, y] = [fixed, x, y].map(|part| self.graph.call(Function::Exp, &[part]));
                Some(Separated { fixed, x, y })
            }
            Node::Symbol(Symbol::Product(r, 0)) => {
                let part = self.separated(self.graph.reductions()[r].body)?;
                let [fixed, x, y] = [part.fixed, part.x, part.y].map(|body| self.graph.product(body));
                Some(Separated { fixed, x, y })
            }
            _ => None,
        }
    }

    /// The expression as c + f(x) + g(y), if it is one.
    pub fn summands(&mut self, id: Id) -> Option<[Id; 3]> {
        let zero = self.graph.integer(0);
        let sides = self.sides(id);
        if !sides.is_mixed() {
            return Some(match (sides.x, sides.y) {
                (true, _) => [zero, id, zero],
                (_, true) => [zero, zero, id],
                _ => [id, zero, zero],
            });
        }
        match self.graph.node(id).clone() {
            Node::Sum(constant, terms) => {
                let mut parts = [self.graph.number(constant), zero, zero];
                for (term, coefficient) in terms {
                    for (whole, part) in parts.iter_mut().zip(self.summands(term)?) {
                        *whole = self.graph.linear(&[(*whole, Number::ONE), (part, coefficient)]);
                    }
                }
                Some(parts)
            }
            Node::Product(_) => {
                let (fixed, rest) = self.without_fixed(id);
                if rest == id {
                    return None;
                }
                let parts = self.summands(rest)?;
                Some(parts.map(|part| self.graph.mul(fixed, part)))
            }
            Node::Symbol(Symbol::Sum(r)) => {
                let Reduction { gather, body } = self.graph.reductions()[r];
                if gather != Gather::Sum {
                    return None;
                }
                let parts = self.summands(body)?;
                Some(parts.map(|part| self.graph.sum(part)))
            }
            _ => None,
        }
    }

    /// Whether the expression is f(x) - f(y).
    pub fn is_difference(&mut self, id: Id) -> bool {
        if !self.sides(id).is_mixed() {
            return false;
        }
        let Some([fixed, x, y]) = self.summands(id) else { return false };
        let opposite = self.graph.swap_points(x);
        let rest = self.graph.sum_of(&[fixed, opposite, y]);
        self.graph.is_zero(rest)
    }

    /// Whether the two are f(x) and f(y).
    pub fn is_pair(&mut self, a: Id, b: Id) -> bool {
        let sides = [self.sides(a), self.sides(b)];
        if sides.iter().any(|sides| sides.is_mixed() || sides.is_fixed()) || sides[0] == sides[1] {
            return false;
        }
        let there = self.graph.swap_points(a);
        let difference = self.graph.sub(there, b);
        self.graph.is_zero(difference)
    }

    /// c where f(x) g(y) = c f(x) f(y).
    pub fn same_on_both_sides(&mut self, x: Id, y: Id) -> Option<Id> {
        let there = self.graph.swap_points(x);
        let ratio = self.graph.div(y, there);
        if self.is_fixed(ratio) {
            return Some(ratio);
        }
        let difference = self.graph.sub(there, y);
        self.graph.is_zero(difference).then(|| self.graph.integer(1))
    }
}
