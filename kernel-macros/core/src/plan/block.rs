//! Gradient and Hessian blocks as coefficients times per-coordinate factors.

use crate::symbolic::{Gather, Graph, Id, Number, Seeds, Side, Symbol};
use crate::verify::{Approach, Kink};

use super::arc;
use super::form::{Matrix, Vector};
use super::limit::Care;
use super::nested::{self, Second};
use super::product::{self, Twice};
use super::regular::{self, Term, Terms};
use super::square;

/// A function of reductions with its first derivatives, shared by all its blocks.
pub struct Function {
    /// The reductions it depends on and F_r.
    slopes: Vec<(Symbol, Id)>,
    /// Factors of products that they leave out twice.
    twice: Vec<Twice>,
}

/// Makes the blocks of the functions of one kernel.
pub struct Builder<'a> {
    graph: &'a mut Graph,
    approaches: Vec<(Approach, Vec<Kink>)>,
    /// Sums, other than those of the approaches, whose roots may cancel: |x|² and the like.
    others: Vec<Id>,
}

impl<'a> Builder<'a> {
    pub(super) fn new(graph: &'a mut Graph, value: Id, approaches: Vec<(Approach, Vec<Kink>)>) -> Self {
        let vanishing: Vec<Id> = approaches.iter().map(|(approach, _)| approach.base(graph).0).collect();
        let others = graph
            .symbols(&[value])
            .into_iter()
            .filter(|symbol| matches!(symbol, Symbol::Sum(_)))
            .map(|symbol| graph.symbol(symbol))
            .filter(|sum| !vanishing.contains(sum))
            .collect();
        Self { graph, approaches, others }
    }

    pub(super) fn graph(&mut self) -> &mut Graph {
        self.graph
    }

    pub(super) fn approaches(&self) -> Vec<(Approach, Vec<Kink>)> {
        self.approaches.clone()
    }

    /// Prepares a function of the points for its blocks.
    pub(super) fn function(&mut self, value: Id) -> Function {
        let reductions = self.reductions(value);
        let twice = product::twice(self.graph, value, &reductions);
        let slopes = reductions
            .into_iter()
            .map(|symbol| {
                let slope = self.slope(value, symbol);
                (symbol, self.cancel(slope))
            })
            .collect();
        Function { slopes, twice }
    }

    /// ∂/∂side as a vector over coordinates.
    pub(super) fn gradient(&mut self, function: &Function, side: Side) -> Vector {
        let terms = self.gradient_terms(function, side);
        Vector { joined: self.joined(&terms), terms }
    }

    /// The terms of that vector, (coefficient, factor).
    pub(super) fn gradient_terms(&mut self, function: &Function, side: Side) -> Vec<(Id, Id)> {
        let mut terms = Terms::default();
        for &(symbol, slope) in &function.slopes {
            for (weight, direction) in self.directions(symbol, side) {
                let coefficient = self.graph.mul(slope, weight);
                self.push(&mut terms, coefficient, None, &[direction]);
            }
        }
        for twice in &function.twice {
            let (weight, factor) = twice.gradient(self.graph, side);
            let coefficient = self.graph.mul(twice.coefficient, weight);
            self.push(&mut terms, coefficient, None, &[factor]);
        }
        let terms = self.along_the_arc(terms, &[side]);
        self.finish(terms, 1).iter().map(|term| (term.coefficient, term.factors[0])).collect()
    }

    /// s f(i) + s c g(i) as s · (f + c g)(i), as many operations per coordinate, fewer per pair.
    fn joined(&mut self, terms: &[(Id, Id)]) -> Option<(Id, Id)> {
        if terms.len() < 2 {
            return None;
        }
        terms.iter().find_map(|&(common, _)| {
            let mut parts = Vec::with_capacity(terms.len());
            for &(coefficient, factor) in terms {
                let quotient = self.graph.contained_quotient(coefficient, common)?;
                if !self.graph.divides_by_positive(quotient) {
                    return None;
                }
                parts.push(self.graph.mul(quotient, factor));
            }
            Some((common, self.graph.sum_of(&parts)))
        })
    }

    /// ∂²/∂left∂rightᵀ as diagonal plus low rank.
    pub(super) fn hessian(&mut self, function: &Function, left: Side, right: Side) -> Matrix {
        let zero = self.graph.integer(0);
        let [mut rank, mut off_diagonal, mut diagonal, mut dense] = [const { Terms::new() }; 4];
        for &(symbol, slope) in &function.slopes {
            let line = self.is_kinked_line(symbol);
            let second = self.second(symbol, left, right);
            for (weight, curvature) in second.diagonal {
                let coefficient = self.graph.mul(slope, weight);
                self.push(&mut diagonal, coefficient, line.then_some(zero), &[curvature]);
            }
            for (weight, from, to) in second.rank {
                let coefficient = self.graph.mul(slope, weight);
                self.push(&mut rank, coefficient, None, &[from, to]);
            }
            for (weight, entry) in second.dense {
                let coefficient = self.graph.mul(slope, weight);
                self.push(&mut dense, coefficient, None, &[entry]);
            }
            if let Symbol::Product(r, zeros) = symbol {
                for (weight, from, to) in product::off_diagonal(self.graph, r, zeros, left, right) {
                    let coefficient = self.graph.mul(slope, weight);
                    self.push(&mut off_diagonal, coefficient, None, &[from, to]);
                }
            }
            let from = self.directions(symbol, left);
            for &(other, _) in &function.slopes {
                let to = self.directions(other, right);
                if from.is_empty() || to.is_empty() {
                    continue;
                }
                let second = self.slope(slope, other);
                let second = self.cancel(second);
                let on_a_line = (line && other == symbol).then(|| self.curvature_on_a_line(symbol, slope, second));
                for &(left_weight, from) in &from {
                    for &(right_weight, to) in &to {
                        let coefficient = self.graph.product_of(&[second, left_weight, right_weight]);
                        let (symbols, weights) = ([symbol, other], [left_weight, right_weight]);
                        let is_off = function.twice.iter().any(|twice| twice.are_both(self.graph, symbols, weights));
                        let terms = if is_off { &mut off_diagonal } else { &mut rank };
                        self.push(terms, coefficient, on_a_line, &[from, to]);
                    }
                }
            }
        }
        for twice in &function.twice {
            for (weight, from, to) in twice.off_diagonal(self.graph, left, right) {
                let coefficient = self.graph.mul(twice.coefficient, weight);
                self.push(&mut off_diagonal, coefficient, None, &[from, to]);
            }
            let (weight, factor) = twice.diagonal(self.graph, left, right);
            let coefficient = self.graph.mul(twice.coefficient, weight);
            self.push(&mut diagonal, coefficient, None, &[factor]);
            let [once, once_right] = [left, right].map(|side| twice.gradient(self.graph, side));
            for &(symbol, _) in function.slopes.iter().filter(|slope| !twice.is_same(slope.0)) {
                let slope = self.slope(twice.coefficient, symbol);
                for (weight, to) in self.directions(symbol, right) {
                    let coefficient = self.graph.product_of(&[slope, once.0, weight]);
                    self.push(&mut rank, coefficient, None, &[once.1, to]);
                }
                for (weight, from) in self.directions(symbol, left) {
                    let coefficient = self.graph.product_of(&[slope, once_right.0, weight]);
                    self.push(&mut rank, coefficient, None, &[from, once_right.1]);
                }
            }
        }
        let rank = self.along_the_arc(rank, &[left, right]);
        let [rank, off_diagonal]: [Vec<(Id, Id, Id)>; 2] = [rank, off_diagonal].map(|terms| {
            let finished = self.finish(terms, 2);
            finished.iter().map(|term| (term.coefficient, term.factors[0], term.factors[1])).collect()
        });
        let [diagonal, dense] = [diagonal, dense].map(|terms| {
            let finished = self.finish(terms, 2);
            finished.iter().map(|term| (term.coefficient, term.factors[0])).collect()
        });
        let square = square::completed(self.graph, &rank);
        Matrix { rank, square, off_diagonal, diagonal, dense }
    }

    /// Whether the distance √s has a kink at 0, so that F_s is unbounded there: Matérn-1/2.
    fn is_kinked_line(&self, symbol: Symbol) -> bool {
        let Symbol::Sum(r) = symbol else { return false };
        // Of one coordinate's own: s = w u².
        let reduction = self.graph.reductions()[r];
        let nested = |symbol: &Symbol| matches!(symbol, Symbol::Sum(_) | Symbol::Product(..) | Symbol::Pick(..));
        if reduction.gather != Gather::Sum || self.graph.symbols(&[reduction.body]).iter().any(nested) {
            return false;
        }
        let is_kink = |kink: &Kink| kink.order == 1 && !kink.depends;
        self.approaches.iter().any(|(approach, kinks)| *approach == Approach::Sum(r) && kinks.iter().any(is_kink))
    }

    /// With one coordinate, s = w u² and the distance √s is linear in u on either side of 0: its own second derivative,
    /// F_s b_xy + 2 s F_s (…) = 0, must not be left to cancel. All that remains is F_ss b_x b_y + F_s b_xy
    /// = (F_ss + F_s/(2s)) b_x b_y.
    fn curvature_on_a_line(&mut self, symbol: Symbol, slope: Id, second: Id) -> Id {
        let sum = self.graph.symbol(symbol);
        let share = self.graph.div(slope, sum);
        let half = Number::integer(2).recip();
        let total = self.graph.linear(&[(second, Number::ONE), (share, half)]);
        self.cancel(total)
    }

    /// ∂ by the variable the function sees its points through, with what the angle does when x·y, |x|² or |y|² change.
    pub(super) fn slope(&mut self, value: Id, symbol: Symbol) -> Id {
        if !self.has_angle() {
            return self.graph.derivative(value, symbol);
        }
        let mut seeds = Seeds::from_iter([(symbol, self.graph.integer(1))]);
        seeds.extend(arc::seeds(self.graph, symbol));
        self.graph.differentiate(value, &seeds)
    }

    /// The reductions a function depends on.
    pub(super) fn reductions(&mut self, value: Id) -> Vec<Symbol> {
        let mut symbols = self.graph.symbols(&[value]);
        if self.has_angle() {
            symbols.extend(arc::sums(self.graph));
            symbols.sort_unstable();
            symbols.dedup();
        }
        symbols.retain(|symbol| {
            matches!(symbol, Symbol::Sum(_) | Symbol::Product(..) | Symbol::Pick(..) | Symbol::Point(_))
        });
        symbols
    }

    /// The derivative of one reduction by coordinate i, as coefficients times per-coordinate factors.
    pub(super) fn directions(&mut self, symbol: Symbol, side: Side) -> Vec<(Id, Id)> {
        if let Symbol::Product(r, zeros) = symbol {
            let mut directions = product::directions(self.graph, r, zeros, side);
            let zero = self.graph.integer(0);
            directions.retain(|direction| direction.1 != zero);
            return directions;
        }
        nested::directions(self.graph, symbol, side)
    }

    /// The same, what does not vary by coordinate in the coefficients.
    pub(super) fn split_directions(&mut self, symbol: Symbol, side: Side) -> Vec<(Id, Id)> {
        let mut directions = self.directions(symbol, side);
        for (weight, factor) in &mut directions {
            let (outside, inside) = self.graph.split_per_coordinate(*factor);
            (*weight, *factor) = (self.graph.mul(*weight, outside), inside);
        }
        directions
    }

    /// Its second derivative, but for what products over coordinates have at i ≠ j.
    fn second(&mut self, symbol: Symbol, left: Side, right: Side) -> Second {
        if let Symbol::Product(r, zeros) = symbol {
            let diagonal = product::diagonal(self.graph, r, zeros, left, right);
            return Second { diagonal, ..Second::default() };
        }
        nested::second(self.graph, symbol, left, right)
    }

    /// Adds coefficient · Π factors, what does not vary by coordinate moved into the coefficient.
    fn push(&mut self, terms: &mut Terms, coefficient: Id, on_a_line: Option<Id>, factors: &[Id]) {
        let zero = self.graph.integer(0);
        if factors.contains(&zero) {
            return;
        }
        let mut outside = self.graph.integer(1);
        let factors = factors
            .iter()
            .map(|&factor| {
                let (common, factor) = self.graph.split_per_coordinate(factor);
                outside = self.graph.mul(outside, common);
                factor
            })
            .collect();
        let coefficient = self.graph.mul(coefficient, outside);
        let on_a_line = on_a_line.map(|line| self.graph.mul(line, outside));
        terms.add(self.graph, Term { coefficient, on_a_line, factors });
    }

    fn has_angle(&self) -> bool {
        self.approaches.iter().any(|(approach, _)| *approach == Approach::Angle)
    }

    fn along_the_arc(&mut self, terms: Terms, sides: &[Side]) -> Terms {
        if self.has_angle() { arc::perpendicular(self.graph, terms, sides) } else { terms }
    }

    pub(super) fn cancel(&mut self, id: Id) -> Id {
        let bases: Vec<Id> = self.approaches.iter().map(|(approach, _)| approach.base(self.graph).0).collect();
        let id = if self.has_angle() { arc::reduce(self.graph, id) } else { id };
        bases.into_iter().chain(self.others.clone()).fold(id, |id, base| self.graph.cancel(id, base))
    }

    /// The cheapest form found. Multiplying out around anything but what vanishes would trade digits for operations.
    pub(super) fn simpler(&mut self, id: Id) -> Id {
        let bases: Vec<Id> = self.approaches.iter().map(|(approach, _)| approach.base(self.graph).0).collect();
        let simpler = bases.iter().fold(id, |id, &base| self.graph.simpler(id, base));
        let together = self.graph.together(simpler);
        let no_worse =
            bases.iter().all(|&base| self.graph.has_pole(simpler, base) || !self.graph.has_pole(together, base));
        if no_worse { together } else { simpler }
    }

    /// Makes every coefficient finite where its block exists, NaN where it does not.
    fn finish(&mut self, terms: Terms, order: i64) -> Vec<Term> {
        let mut finished = Vec::new();
        for mut term in terms.into_vec() {
            term.coefficient = self.cancel(term.coefficient);
            term.on_a_line = term.on_a_line.map(|line| self.cancel(line));
            regular::drop_factors(self.graph, &mut term);
            for (approach, kinks) in self.approaches.clone() {
                let care = if order > 1 { Care::Unbounded } else { Care::All };
                regular::regularise(self.graph, &mut term, approach, care);
                for kink in kinks.iter().filter(|kink| kink.forbids(order)) {
                    regular::forbid(self.graph, &mut term, approach, kink.coefficient);
                }
            }
            term.map(|id| self.simpler(id));
            finished.push(term.joined(self.graph));
        }
        let zero = self.graph.integer(0);
        finished.retain(|term| term.coefficient != zero);
        finished
    }

    /// A value with its removable singularities removed.
    pub(super) fn regular_value(&mut self, value: Id) -> Id {
        let mut term = Term { coefficient: value, on_a_line: None, factors: Vec::new() };
        for (approach, _) in self.approaches.clone() {
            let (base, _) = approach.base(self.graph);
            term.coefficient = self.graph.cancel(term.coefficient, base);
            regular::regularise(self.graph, &mut term, approach, Care::All);
        }
        let value = self.simpler(term.coefficient);
        if self.has_angle() { arc::value_at_origin(self.graph, value) } else { value }
    }
}
