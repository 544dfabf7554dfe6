//! Sums and products over coordinates in canonical form: what does not vary leaves them, and what falls apart is taken
//! apart.
//!
//! A body may hold reductions made before it (*staged* sums, Σ_i (x_i - m)(y_i - n) with the means m and n); a
//! reduction's number is larger than those of all that it holds. The body of a double sum Σ_i Σ_j g(i, j) sees two
//! coordinates, the current one and the [other](Symbol::Other). Its derivatives by coordinate i are *rows*, Σ_j
//! h(i, j).

use super::expr::{Gather, Graph, Id, Local, Node, Reduction, Side, Symbol};
use super::function::Function;
use super::number::Number;
use super::simplify::Factors;
use crate::map::Map;

impl Graph {
    /// Σ_i body. Factors that do not vary leave the sum; a body that does not vary at all is `body · d`.
    pub fn sum(&mut self, body: Id) -> Id {
        let zero = self.integer(0);
        if body == zero {
            return zero;
        }
        let (outside, inside) = self.split_where(body, Symbol::is_own);
        let sum = if inside == self.integer(1) {
            self.symbol(Symbol::Dimension)
        } else {
            self.reduction(Gather::Sum, inside)
        };
        self.mul(outside, sum)
    }

    /// The same where what varies with the points stays in the sum: 1/r² overflows where u/r · v/r does not.
    pub fn sum_of_quotients(&mut self, body: Id) -> Id {
        let (outside, inside) = self.split_where(body, |symbol| !symbol.is_fixed());
        if self.symbols(&[inside]).into_iter().any(Symbol::is_own) {
            let sum = self.reduction(Gather::Sum, inside);
            return self.mul(outside, sum);
        }
        self.sum(body)
    }

    /// Σ_i Σ_j body. Σ_i Σ_j a(i) b(j) = Σ a Σ b.
    pub fn double_sum(&mut self, body: Id) -> Id {
        let zero = self.integer(0);
        if body == zero {
            return zero;
        }
        let (outside, inside) = self.split_where(body, |symbol| symbol.is_own() || symbol.is_other());
        let (other, rest) = self.split_where(inside, Symbol::is_own);
        let (own, mixed) = self.split_where(rest, Symbol::is_other);
        let sum = if mixed == self.integer(1) {
            let other = self.exchange(other);
            let sums = [self.sum(own), self.sum(other)];
            self.product_of(&sums)
        } else {
            // Of g(i, j) and g(j, i), one: that which has the entry that is differentiated by at i.
            let exchanged = self.exchange(inside);
            let (scale, exchanged) = self.split_where(exchanged, |symbol| symbol.is_own() || symbol.is_other());
            let [is_turned, would_be] =
                [inside, exchanged].map(|body| self.symbols(&[body]).contains(&Symbol::Other(Local::Entry)));
            if is_turned || (exchanged < inside && !would_be) {
                let sum = self.reduction(Gather::DoubleSum, exchanged);
                self.mul(scale, sum)
            } else {
                self.reduction(Gather::DoubleSum, inside)
            }
        };
        self.mul(outside, sum)
    }

    /// Σ_j body, at the current coordinate i.
    pub fn row(&mut self, body: Id) -> Id {
        let zero = self.integer(0);
        if body == zero {
            return zero;
        }
        let (outside, inside) = self.split_where(body, Symbol::is_other);
        let sum = if self.symbols(&[inside]).into_iter().any(Symbol::is_own) {
            let number = self.rows.iter().position(|&known| known == inside).unwrap_or_else(|| {
                self.rows.push(inside);
                self.rows.len() - 1
            });
            self.symbol(Symbol::Row(number))
        } else {
            let inside = self.exchange(inside);
            self.sum(inside)
        };
        self.mul(outside, sum)
    }

    /// Π_i body. Factors that do not vary come out to the power d, exponentials as the exponential of a sum.
    pub fn product(&mut self, body: Id) -> Id {
        let dimension = self.symbol(Symbol::Dimension);
        let (outside, inside) = self.split_per_coordinate(body);
        let mut parts = vec![self.pow(outside, dimension)];
        let mut rest = Vec::new();
        for (base, exponent) in self.split(inside).1 {
            let factor = self.power(base, exponent);
            match (self.node(base).clone(), exponent.as_integer()) {
                (Node::Call(Function::Exp, arguments), Some(n)) => {
                    let argument = self.scale(arguments[0], Number::integer(n));
                    let sum = self.sum(argument);
                    parts.push(self.call(Function::Exp, &[sum]));
                }
                _ => rest.push(factor),
            }
        }
        if !rest.is_empty() {
            let body = self.product_of(&rest);
            parts.push(self.reduction(Gather::Product, body));
        }
        self.product_of(&parts)
    }

    /// What gathers another body the way a reduction does.
    pub fn gathered(&mut self, gather: Gather, body: Id) -> Id {
        match gather {
            Gather::Sum => self.sum(body),
            Gather::Product => self.product(body),
            Gather::DoubleSum => self.double_sum(body),
        }
    }

    fn reduction(&mut self, gather: Gather, body: Id) -> Id {
        let reduction = Reduction { gather, body };
        let number = self.reductions.iter().position(|known| *known == reduction).unwrap_or_else(|| {
            self.reductions.push(reduction);
            self.reductions.len() - 1
        });
        self.symbol(if gather == Gather::Product { Symbol::Product(number, 0) } else { Symbol::Sum(number) })
    }

    /// `(outside, inside)` with `id = outside · inside`, `inside` holding the number-free factors that vary by
    /// coordinate.
    pub fn split_per_coordinate(&mut self, id: Id) -> (Id, Id) {
        self.split_where(id, |symbol| symbol.is_own() || symbol.is_other())
    }

    /// `(weight, rest)` with `id = weight · rest`, `rest` holding the number-free factors with coordinates of the
    /// points.
    pub fn split_by_points(&mut self, id: Id) -> (Id, Id) {
        self.split_where(id, |symbol| matches!(symbol, Symbol::Coordinate(_)))
    }

    /// `(outside, inside)` with `id = outside · inside`, `inside` holding the number-free factors with such symbols.
    fn split_where(&mut self, id: Id, varies: impl Fn(Symbol) -> bool) -> (Id, Id) {
        let (coefficient, factors) = self.split(id);
        let (inside, outside): (Factors, Factors) =
            factors.into_iter().partition(|factor| self.symbols(&[factor.0]).into_iter().any(&varies));
        (self.monomial(coefficient, outside), self.monomial(Number::ONE, inside))
    }

    /// body(i, j) → body(j, i)
    pub fn exchange(&mut self, body: Id) -> Id {
        let mut other = |graph: &mut Self, symbol: Symbol| {
            let exchanged = if symbol.is_other() { symbol.own() } else { symbol.other() };
            graph.symbol(exchanged)
        };
        self.replace(&[body], &mut other)[0]
    }

    /// All that these expressions are made of but coordinates: their symbols, and those of the bodies of reductions and
    /// rows among them; sorted so that each follows what it is made of.
    #[must_use]
    pub fn ingredients(&self, roots: &[Id]) -> Vec<Symbol> {
        let mut found: Vec<Symbol> = Vec::new();
        let mut pending = self.symbols(roots);
        while let Some(symbol) = pending.pop() {
            if found.contains(&symbol) {
                continue;
            }
            found.push(symbol);
            match symbol {
                Symbol::Sum(r) | Symbol::Product(r, _) => pending.extend(self.symbols(&[self.reductions[r].body])),
                Symbol::Row(q) => pending.extend(self.symbols(&[self.rows[q]])),
                Symbol::Ratio(t, r) => pending.extend([t, r].map(Symbol::Sum)),
                Symbol::Angle | Symbol::Cross => pending.extend(self.arc.into_iter().flatten().map(Symbol::Sum)),
                _ => {}
            }
        }
        found.retain(|symbol| matches!(symbol, Symbol::Row(_)) || !symbol.is_own() && !symbol.is_other());
        found.sort_by_key(|&symbol| match symbol {
            Symbol::Sum(r) | Symbol::Product(r, _) => (1, r, symbol),
            // Only factors, which come after all reductions, are made of rows.
            Symbol::Row(q) => (2, q, symbol),
            _ => (0, 0, symbol),
        });
        found
    }

    /// An expression, and the bodies of all reductions that it is made of.
    #[must_use]
    pub fn with_bodies(&self, id: Id) -> Vec<Id> {
        let bodies = self.ingredients(&[id]).into_iter().filter_map(|symbol| match symbol {
            Symbol::Sum(r) | Symbol::Product(r, _) => Some(self.reductions[r].body),
            _ => None,
        });
        std::iter::once(id).chain(bodies).collect()
    }

    /// Whether an ingredient is another for each entry of the parameter that is differentiated by.
    #[must_use]
    pub fn is_of_entry(&self, symbol: Symbol) -> bool {
        match symbol {
            Symbol::EntryAt(_) => true,
            Symbol::Sum(r) => self.symbols(&[self.reductions[r].body]).contains(&Symbol::Entry),
            Symbol::Ratio(t, r) => [t, r].into_iter().any(|sum| self.is_of_entry(Symbol::Sum(sum))),
            _ => false,
        }
    }

    /// Whether an ingredient is a sum with the vectors along which derivatives are taken.
    #[must_use]
    pub fn is_along(&self, symbol: Symbol) -> bool {
        let Symbol::Sum(r) = symbol else { return false };
        let along = |symbol: &Symbol| matches!(symbol.own(), Symbol::Along(_));
        self.symbols(&[self.reductions[r].body]).iter().any(along)
    }

    /// Reductions that can be computed together, in the order in which they follow each other: staged ones after what
    /// they are made of.
    #[must_use]
    pub fn passes(&self, ingredients: &[Symbol]) -> Vec<Vec<usize>> {
        let mut passes: Vec<Vec<usize>> = Vec::new();
        let mut known: Map<usize, usize> = Map::default();
        for &symbol in ingredients {
            let (Symbol::Sum(r) | Symbol::Product(r, _)) = symbol else { continue };
            if known.contains_key(&r) {
                continue;
            }
            let before = self.symbols(&[self.reductions[r].body]).into_iter().filter_map(|symbol| match symbol {
                Symbol::Sum(q) | Symbol::Product(q, _) => Some(known[&q] + 1),
                // Batches pick coordinates in their first pass.
                Symbol::Pick(..) => Some(1),
                _ => None,
            });
            let pass = before.max().unwrap_or(0);
            known.insert(r, pass);
            passes.resize(passes.len().max(pass + 1), Vec::new());
            passes[pass].push(r);
        }
        passes
    }

    /// The angle between the points, made of x·y, |x|² and |y|².
    pub fn angle(&mut self) -> Id {
        self.angle_sums();
        self.symbol(Symbol::Angle)
    }

    /// x·y, |x|², |y|².
    pub fn angle_sums(&mut self) -> [Id; 3] {
        use Side::{X, Y};
        let sums = [(X, Y), (X, X), (Y, Y)].map(|(left, right)| {
            let left = self.symbol(Symbol::Coordinate(left));
            let right = self.symbol(Symbol::Coordinate(right));
            let body = self.mul(left, right);
            self.sum(body)
        });
        self.arc = Some(sums.map(|sum| match *self.node(sum) {
            Node::Symbol(Symbol::Sum(r)) => r,
            _ => unreachable!("nothing leaves these sums"),
        }));
        sums
    }
}
