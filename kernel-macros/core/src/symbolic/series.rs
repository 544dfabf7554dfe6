//! Truncated power series whose coefficients are expressions: what a kernel does as its two points approach each other.

use std::collections::HashMap;

use crate::map::Map;

use super::expr::{Comparison, Graph, Id, Node, Symbol};
use super::function::Function;
use super::number::{Number, Rational};

/// Σ_n `coefficients[n]` · t^(start + n), known to that many terms.
#[derive(Clone, Debug)]
pub struct Series {
    /// The exponent of the first coefficient.
    pub start: i64,
    /// The coefficients.
    pub coefficients: Vec<Id>,
}

impl Series {
    /// The exponent from which on nothing is known.
    #[must_use]
    pub fn end(&self) -> i64 {
        self.start + i64::try_from(self.coefficients.len()).unwrap_or(i64::MAX)
    }

    /// The coefficient of t^n, `None` if it is beyond what is known or before the start.
    #[must_use]
    pub fn coefficient(&self, n: i64) -> Option<Id> {
        usize::try_from(n - self.start).ok().and_then(|place| self.coefficients.get(place).copied())
    }
}

/// Where the variables of an expression go, and to how many terms.
struct Expansion<'a> {
    graph: &'a mut Graph,
    variables: &'a HashMap<Symbol, Series>,
    terms: usize,
}

impl Graph {
    /// The series c · t^exponent with `terms` terms.
    pub fn monomial_series(&mut self, coefficient: Id, exponent: i64, terms: usize) -> Series {
        let zero = self.integer(0);
        let mut coefficients = vec![zero; terms];
        coefficients[0] = coefficient;
        Series { start: exponent, coefficients }
    }

    /// Expands `id` where the symbols in `variables` are the given series in t → 0⁺. `None` where there is no such
    /// expansion (a logarithm at 0) or where it depends on what is not known (the sign of a parameter).
    pub fn series(&mut self, id: Id, variables: &HashMap<Symbol, Series>, terms: usize) -> Option<Series> {
        let mut expansion = Expansion { graph: self, variables, terms };
        let mut known: Map<Id, Series> = Map::default();
        for node in expansion.graph.reachable(&[id]) {
            let series = expansion.node(node, &known)?;
            known.insert(node, series);
        }
        known.remove(&id)
    }
}

impl Expansion<'_> {
    fn node(&mut self, id: Id, known: &Map<Id, Series>) -> Option<Series> {
        match self.graph.node(id).clone() {
            Node::Number(_) => Some(self.constant(id)),
            Node::Symbol(symbol) => Some(self.variables.get(&symbol).cloned().unwrap_or_else(|| self.constant(id))),
            Node::Sum(constant, terms) => {
                let constant = self.graph.number(constant);
                let mut sum = self.constant(constant);
                for (term, coefficient) in terms {
                    let scaled = self.scaled(&known[&term], coefficient);
                    sum = self.add(&sum, &scaled);
                }
                Some(sum)
            }
            Node::Product(factors) => {
                let one = self.graph.integer(1);
                let mut product = self.constant(one);
                for (base, exponent) in factors {
                    let factor = self.power(&known[&base], exponent)?;
                    product = self.mul(&product, &factor);
                }
                Some(product)
            }
            Node::Power(base, exponent) => {
                let exponent = self.as_constant(&known[&exponent])?;
                let base = self.strip(&known[&base])?;
                (base.start == 0).then(|| self.binomial(&base, exponent))
            }
            Node::Call(Function::Abs, arguments) => {
                let argument = self.strip(&known[&arguments[0]])?;
                let leading = argument.coefficients[0];
                let absolute = self.graph.call(Function::Abs, &[leading]);
                let sign = self.graph.div(absolute, leading);
                Some(self.times(&argument, sign))
            }
            Node::Call(Function::Positive, arguments) => {
                let argument = known[&arguments[0]].clone();
                Some(if self.sign(&argument)? { argument } else { self.zero() })
            }
            Node::Call(function @ (Function::Max | Function::Min), arguments) => {
                let (a, b) = (known[&arguments[0]].clone(), known[&arguments[1]].clone());
                let negative = self.scaled(&b, Number::MINUS_ONE);
                let difference = self.add(&a, &negative);
                let first = self.sign(&difference)? == (function == Function::Max);
                Some(if first { a } else { b })
            }
            Node::Call(Function::Cbrt, arguments) => {
                let argument = self.strip(&known[&arguments[0]])?;
                let third = Rational::new(1, 3)?;
                self.graph.is_nonnegative(argument.coefficients[0]).then(|| self.power(&argument, third))?
            }
            Node::Call(Function::Atan2, _) => None,
            Node::Call(function, arguments) => self.compose(function, &known[&arguments[0]]),
            Node::Select(comparison, a, b, then, otherwise) => {
                let negative = self.scaled(&known[&b], Number::MINUS_ONE);
                let difference = self.add(&known[&a], &negative);
                let positive = self.sign(&difference)?;
                let holds = comparison != Comparison::Equal && !positive;
                Some(known[if holds { &then } else { &otherwise }].clone())
            }
        }
    }

    fn constant(&mut self, id: Id) -> Series {
        self.graph.monomial_series(id, 0, self.terms)
    }

    fn zero(&mut self) -> Series {
        let zero = self.graph.integer(0);
        self.constant(zero)
    }

    /// The value of a series that does not vary.
    fn as_constant(&mut self, series: &Series) -> Option<Id> {
        let varies = (series.start..series.end())
            .filter(|&n| n != 0)
            .any(|n| series.coefficient(n).is_some_and(|c| !self.graph.is_zero(c)));
        (!varies).then(|| series.coefficient(0)).flatten()
    }

    /// Whether the series is positive for small t > 0, where that is certain.
    fn sign(&mut self, series: &Series) -> Option<bool> {
        let leading = self.strip(series)?.coefficients[0];
        match self.graph.node(leading) {
            Node::Number(number) => Some(!number.is_negative()),
            _ if self.graph.is_nonnegative(leading) => Some(true),
            _ => {
                let negative = self.graph.neg(leading);
                self.graph.is_nonnegative(negative).then_some(false)
            }
        }
    }

    fn scaled(&mut self, series: &Series, by: Number) -> Series {
        let coefficients = series.coefficients.iter().map(|&c| self.graph.scale(c, by)).collect();
        Series { start: series.start, coefficients }
    }

    fn times(&mut self, series: &Series, by: Id) -> Series {
        let coefficients = series.coefficients.iter().map(|&c| self.graph.mul(c, by)).collect();
        Series { start: series.start, coefficients }
    }

    fn add(&mut self, a: &Series, b: &Series) -> Series {
        let start = a.start.min(b.start);
        let zero = self.graph.integer(0);
        let coefficients = (start..a.end().min(b.end()))
            .map(|n| {
                let [a, b] = [a, b].map(|series| series.coefficient(n).unwrap_or(zero));
                self.graph.add(a, b)
            })
            .collect();
        Series { start, coefficients }
    }

    fn mul(&mut self, a: &Series, b: &Series) -> Series {
        let zero = self.graph.integer(0);
        let terms = a.coefficients.len().min(b.coefficients.len());
        let coefficients = (0..terms)
            .map(|n| {
                // In powers of r² every other coefficient is 0.
                let pairs = (0..=n).map(|k| (a.coefficients[k], b.coefficients[n - k]));
                let products: Vec<Id> =
                    pairs.filter(|pair| pair.0 != zero && pair.1 != zero).map(|(a, b)| self.graph.mul(a, b)).collect();
                self.graph.sum_of(&products)
            })
            .collect();
        Series { start: a.start + b.start, coefficients }
    }

    /// Without leading coefficients that are 0; `None` if none is left.
    fn strip(&mut self, series: &Series) -> Option<Series> {
        let zeros = series.coefficients.iter().take_while(|&&c| self.graph.is_zero(c)).count();
        let coefficients = series.coefficients.get(zeros..).filter(|rest| !rest.is_empty())?.to_vec();
        Some(Series { start: series.start + i64::try_from(zeros).ok()?, coefficients })
    }

    fn power(&mut self, base: &Series, exponent: Rational) -> Option<Series> {
        if exponent == Rational::ONE {
            return Some(base.clone());
        }
        let Some(base) = self.strip(base) else {
            // 0 to a positive power, as far as is known.
            return (!exponent.is_negative()).then(|| base.clone());
        };
        let start = exponent.mul(Rational::integer(base.start))?.as_integer()?;
        let exponent = self.graph.number(Number::Exact(exponent));
        let unit = Series { start: 0, coefficients: base.coefficients };
        Some(Series { start, ..self.binomial(&unit, exponent) })
    }

    /// (c₀ + c₁t + …)^e by Miller's recurrence: n b_n = Σ_j (e j - (n - j)) h_j b_{n-j}, h = c/c₀.
    fn binomial(&mut self, base: &Series, exponent: Id) -> Series {
        let leading = base.coefficients[0];
        let inverse = self.graph.powi(leading, -1);
        let relative = self.times(base, inverse);
        let zero = self.graph.integer(0);
        let mut powers = vec![self.graph.integer(1)];
        for n in 1..base.coefficients.len() {
            let mut terms = Vec::with_capacity(n);
            for j in (1..=n).filter(|&j| relative.coefficients[j] != zero) {
                let index = |k: usize| Number::integer(i64::try_from(k).unwrap_or(i64::MAX));
                let left = self.graph.scale(exponent, index(j));
                let right = self.graph.number(index(n - j));
                let weight = self.graph.sub(left, right);
                let term = self.graph.product_of(&[weight, relative.coefficients[j], powers[n - j]]);
                terms.push((term, index(n).recip()));
            }
            powers.push(self.graph.linear(&terms));
        }
        let scale = self.graph.pow(leading, exponent);
        self.times(&Series { start: 0, coefficients: powers }, scale)
    }

    /// f(g₀ + h) = Σ f⁽ⁿ⁾(g₀) hⁿ/n!
    fn compose(&mut self, function: Function, argument: &Series) -> Option<Series> {
        let zero = self.graph.integer(0);
        if argument.start < 0 {
            return None;
        }
        let centre = argument.coefficient(0).unwrap_or(zero);
        let mut step = argument.clone();
        if step.start == 0 {
            step.coefficients[0] = zero;
        }
        let variable = self.graph.symbol(Symbol::Argument(0));
        let at_centre = HashMap::from([(Symbol::Argument(0), centre)]);
        let mut derivative = self.graph.call(function, &[variable]);
        let one = self.graph.integer(1);
        let mut power = self.constant(one);
        let mut total = self.zero();
        for n in 0..self.terms {
            let value = self.graph.substitute(derivative, &at_centre);
            if !self.is_finite(value) {
                return None;
            }
            let term = self.times(&power, value);
            total = if n == 0 { term } else { self.add(&total, &term) };
            let order = Number::integer(i64::try_from(n + 1).ok()?);
            power = self.mul(&power, &step);
            if power.coefficients.iter().all(|&coefficient| coefficient == zero) {
                break;
            }
            power = self.scaled(&power, order.recip());
            derivative = self.graph.derivative(derivative, Symbol::Argument(0));
        }
        Some(total)
    }

    fn is_finite(&self, id: Id) -> bool {
        self.graph.reachable(&[id]).into_iter().all(|node| match self.graph.node(node) {
            Node::Number(number) => number.to_f64().is_finite(),
            Node::Call(Function::Ln, arguments) => {
                !matches!(self.graph.node(arguments[0]), Node::Number(number) if number.to_f64() <= 0.0)
            }
            _ => true,
        })
    }
}
