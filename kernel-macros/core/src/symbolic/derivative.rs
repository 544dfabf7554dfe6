//! Derivatives: the chain rule over the graph, with one table row per function.

use super::expr::{Comparison, Graph, Id, Node, Symbol};
use super::function::Function;
use super::memo::Question;
use super::number::{Number, Rational};
use super::simplify::{Factors, scale_exponents};
use crate::map::Map;

/// The derivative of each symbol that is not constant.
pub type Seeds = Map<Symbol, Id>;

/// A power of top/below, with below = rest + k · top.
struct Quotient {
    top: Id,
    below: Id,
    rest: Id,
    power: Rational,
    /// The factors of the power of `top`.
    parts: Factors,
}

impl Quotient {
    fn has(&self, base: Id) -> bool {
        base == self.below || self.parts.iter().any(|part| part.0 == base)
    }
}

impl Graph {
    /// The derivative of `id` by one symbol.
    pub fn derivative(&mut self, id: Id, by: Symbol) -> Id {
        let one = self.integer(1);
        self.answer(Question::Derivative(id, by), |graph| graph.differentiate(id, &Seeds::from_iter([(by, one)])))
    }

    /// The derivative of `id` along a direction in which each symbol changes at the seeded rate.
    ///
    /// # Panics
    /// Never: children precede their parents.
    pub fn differentiate(&mut self, id: Id, seeds: &Seeds) -> Id {
        let [zero, one] = [0, 1].map(|n| self.integer(n));
        let order = self.reachable(&[id]);
        let mut narrows = self.narrows(&order, seeds).into_iter().peekable();
        // What has been left behind at the last narrow, and its derivative: after it, only the rate by it is needed.
        let mut behind = one;
        let mut known: Map<Id, Id> = Map::default();
        for node in order {
            let derivative = match self.node(node).clone() {
                // Where there is no number, there is no derivative.
                Node::Number(number) if number.to_f64().is_nan() => node,
                Node::Number(_) => zero,
                Node::Symbol(symbol) => seeds.get(&symbol).copied().unwrap_or(zero),
                Node::Sum(_, terms) => {
                    let terms: Vec<_> = terms.iter().map(|&(term, c)| (known[&term], c)).collect();
                    self.linear(&terms)
                }
                Node::Product(factors) => {
                    let mut terms = Vec::new();
                    let quotient = self.quotient(&factors, &known);
                    for &(base, exponent) in &factors {
                        let is_part = quotient.as_ref().is_some_and(|quotient| quotient.has(base));
                        if known[&base] != zero && !is_part {
                            let term = self.with_rate(&factors, &[base], known[&base]);
                            terms.push((term, Number::Exact(exponent)));
                        }
                    }
                    if let Some(Quotient { top, below, rest, power, .. }) = quotient {
                        let rate = self.mul(known[&top], rest);
                        let term = self.with_rate(&factors, &[top, below], rate);
                        terms.push((term, Number::Exact(power)));
                    }
                    self.linear(&terms)
                }
                Node::Power(base, exponent) => {
                    self.power_rule(node, (base, known[&base]), (exponent, known[&exponent]))
                }
                Node::Call(function, arguments) => {
                    let mut terms = Vec::new();
                    for (place, &argument) in arguments.iter().enumerate() {
                        if known[&argument] != zero {
                            let outer = self.partial(function, &arguments, place);
                            terms.push(self.mul(outer, known[&argument]));
                        }
                    }
                    self.sum_of(&terms)
                }
                Node::Select(comparison, a, b, then, otherwise) => {
                    self.select(comparison, a, b, known[&then], known[&otherwise])
                }
            };
            known.insert(node, derivative);
            if narrows.next_if_eq(&node).is_some() {
                behind = self.mul(derivative, behind);
                self.keep_whole(behind);
                known.insert(node, one);
            }
        }
        self.mul(known[&id], behind)
    }

    /// The expressions through which alone the seeded symbols act on the last of `order`, where there are many, as in a
    /// chain of lets: the derivative of g(h(x)) is g'(h) h'(x), and written so it has as many factors as the chain has
    /// links.
    fn narrows(&self, order: &[Id], seeds: &Seeds) -> Vec<Id> {
        const MANY: usize = 16;
        let mut last_use: Map<Id, usize> = Map::default();
        let mut depends: Vec<(usize, Id)> = Vec::new();
        for (place, &node) in order.iter().enumerate() {
            let mut moves = matches!(self.node(node), Node::Symbol(symbol) if seeds.contains_key(symbol));
            self.node(node).each_child(|child| {
                if let Some(used) = last_use.get_mut(&child) {
                    *used = place;
                    moves = true;
                }
            });
            if moves {
                last_use.insert(node, place);
                depends.push((place, node));
            }
        }
        let mut earlier = 0;
        let mut narrows = Vec::new();
        for (place, node) in depends {
            let is_symbol = matches!(self.node(node), Node::Symbol(_));
            if earlier <= place && !is_symbol && place + 1 < order.len() {
                narrows.push(node);
            }
            earlier = earlier.max(last_use[&node]);
        }
        if narrows.len() < MANY { Vec::new() } else { narrows }
    }

    /// A product with one factor less of each of `bases`, and a rate instead.
    fn with_rate(&mut self, factors: &[(Id, Rational)], bases: &[Id], rate: Id) -> Id {
        let (coefficient, mut all) = self.split(rate);
        all.extend(bases.iter().map(|&base| (base, Rational::integer(-1))));
        all.extend(factors);
        self.monomial(coefficient, all)
    }

    /// A power of f/(r + k f) among the factors, with constant k and r: ((f/u)ⁿ)' = n (f/u)ⁿ f' r/(f u) has one term,
    /// and no difference that cancels where f is large.
    fn quotient(&mut self, factors: &[(Id, Rational)], known: &Map<Id, Id>) -> Option<Quotient> {
        let zero = self.integer(0);
        for &(below, exponent) in factors.iter().rev().filter(|factor| factor.1.is_negative()) {
            let Node::Sum(_, terms) = self.node(below) else { continue };
            let mut moving = terms.iter().filter(|term| known[&term.0] != zero);
            let (Some(&(top, coefficient)), None) = (moving.next(), moving.next()) else { continue };
            let power = exponent.neg();
            let parts = match self.node(top) {
                Node::Product(parts) if !factors.contains(&(top, power)) => scale_exponents(parts, power)?,
                _ => vec![(top, power)],
            };
            let is_part = |factor: &(Id, Rational)| factor.0 == below || parts.contains(factor);
            let is_whole = factors.iter().all(|factor| known[&factor.0] == zero || is_part(factor));
            if is_whole && parts.iter().all(|part| factors.contains(part)) {
                let rest = self.linear(&[(below, Number::ONE), (top, coefficient.neg())]);
                return Some(Quotient { top, below, rest, power, parts });
            }
        }
        None
    }

    /// (bᵉ)' = bᵉ (e b'/b + e' ln b)
    fn power_rule(&mut self, power: Id, base: (Id, Id), exponent: (Id, Id)) -> Id {
        let zero = self.integer(0);
        let mut rates = Vec::new();
        if base.1 != zero {
            let relative = self.div(base.1, base.0);
            rates.push(self.mul(exponent.0, relative));
        }
        if exponent.1 != zero {
            let logarithm = self.call(Function::Ln, &[base.0]);
            rates.push(self.mul(exponent.1, logarithm));
        }
        let terms: Vec<Id> = rates.into_iter().map(|rate| self.mul(power, rate)).collect();
        self.sum_of(&terms)
    }

    /// ∂f(a, b)/∂a or ∂b.
    fn partial(&mut self, function: Function, arguments: &[Id], place: usize) -> Id {
        use Function as F;
        let a = arguments[0];
        let zero = self.integer(0);
        let one = self.integer(1);
        match function {
            F::Exp | F::ExpM1 => self.call(F::Exp, &[a]),
            F::Ln => self.powi(a, -1),
            F::Ln1p => {
                let sum = self.add(one, a);
                self.powi(sum, -1)
            }
            F::Sin => self.call(F::Cos, &[a]),
            F::Cos => {
                let sine = self.call(F::Sin, &[a]);
                self.neg(sine)
            }
            // tan' = 1 + tan²
            F::Tan => {
                let tangent = self.call(F::Tan, &[a]);
                let square = self.powi(tangent, 2);
                self.add(one, square)
            }
            F::Asin => self.arcsine_slope(a),
            F::Acos => {
                let slope = self.arcsine_slope(a);
                self.neg(slope)
            }
            F::Atan => {
                let square = self.powi(a, 2);
                let sum = self.add(one, square);
                self.powi(sum, -1)
            }
            F::Sinh => self.call(F::Cosh, &[a]),
            F::Cosh => self.call(F::Sinh, &[a]),
            // 1/cosh²: 1 - tanh² is 0 to working precision already at a = 20.
            F::Tanh => {
                let cosh = self.call(F::Cosh, &[a]);
                self.powi(cosh, -2)
            }
            // 2/√π e^{-a²}
            F::Erf => {
                let square = self.powi(a, 2);
                let negative = self.neg(square);
                let bell = self.call(F::Exp, &[negative]);
                let pi = self.constant(super::expr::Constant::Pi);
                let root = self.sqrt(pi);
                let quotient = self.div(bell, root);
                self.scale(quotient, Number::integer(2))
            }
            // 1/(3 ∛a²)
            F::Cbrt => {
                let root = self.call(F::Cbrt, &[a]);
                let inverse = self.powi(root, -2);
                let third = Number::integer(3).recip();
                self.scale(inverse, third)
            }
            // |a|/a, which cancels where the derivative exists and is 0/0 where it does not
            F::Abs => {
                let absolute = self.call(F::Abs, &[a]);
                self.div(absolute, a)
            }
            F::Positive => self.select(Comparison::Less, zero, a, one, zero),
            F::Max | F::Min => {
                let (own, other) = (arguments[place], arguments[1 - place]);
                let (small, large) = if function == F::Max { (other, own) } else { (own, other) };
                let (comparison, tie) = match (self.varies(own), self.varies(other)) {
                    // Where they are equal there is none.
                    (true, true) => (Comparison::Less, self.number(Number::Float(f64::NAN))),
                    // A bound, as in min(c, 1), only keeps rounding within the domain of what follows.
                    (true, false) => (Comparison::LessOrEqual, zero),
                    (false, _) => (Comparison::Less, zero),
                };
                let otherwise = self.select(Comparison::Less, large, small, zero, tie);
                self.select(comparison, small, large, one, otherwise)
            }
            // ∂atan2(a, b) = (b ∂a - a ∂b)/(a² + b²)
            F::Atan2 => {
                let b = arguments[1];
                let squares = [self.powi(a, 2), self.powi(b, 2)];
                let norm = self.sum_of(&squares);
                let top = if place == 0 { b } else { self.neg(a) };
                self.div(top, norm)
            }
        }
    }

    /// Whether it depends on the points.
    fn varies(&self, id: Id) -> bool {
        let is_fixed = |symbol: Symbol| symbol.is_fixed() || matches!(symbol, Symbol::Weight(_) | Symbol::Index);
        !self.symbols(&[id]).into_iter().all(is_fixed)
    }

    /// 1/√((1-a)(1+a)), with a = n/m as m/√((m-n)(m+n)), or m/√(m² - n²) where m is made of roots: those go with their
    /// square.
    fn arcsine_slope(&mut self, a: Id) -> Id {
        let (coefficient, factors) = self.split(a);
        let (below, above): (Vec<_>, Vec<_>) = factors.into_iter().partition(|factor| factor.1.is_negative());
        let has_roots = below.iter().any(|factor| factor.1.as_integer().is_none());
        let below: Vec<Id> = below.into_iter().map(|(base, exponent)| self.power(base, exponent.neg())).collect();
        let (mut m, mut n) = (self.product_of(&below), self.monomial(coefficient, above));
        if !self.is_nonnegative(m) {
            (m, n) = (self.integer(1), a);
        }
        let inverse_root = Rational::HALF.neg();
        if has_roots {
            let [m2, n2] = [m, n].map(|side| self.powi(side, 2));
            let difference = self.sub(m2, n2);
            let root = self.power(difference, inverse_root);
            return self.mul(m, root);
        }
        let sides = [self.sub(m, n), self.add(m, n)];
        let [below, above] = sides.map(|side| self.power(side, inverse_root));
        self.product_of(&[m, below, above])
    }
}
