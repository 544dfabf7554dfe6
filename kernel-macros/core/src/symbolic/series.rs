//! Truncated power series whose coefficients are expressions: what a kernel does as its two points approach each other.

use super::expr::{Comparison, Constant, Graph, Id, Node, Symbol};
use super::function::Function;
use super::growth::Growth;
use super::number::{Number, Rational};
use crate::map::Map;

/// Σ_n `coefficients[n]` · t^(start + n), known to that many terms. A coefficient that contains
/// [`Symbol::LogDistance`], ln t, is not constant: see [`Growth`].
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
    variables: &'a Map<Symbol, Series>,
    terms: usize,
    /// Whether other than whole powers of t may be written as coefficients.
    any_power: bool,
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
    /// expansion (a function of ln t) or where it depends on what is not known (the sign of a parameter).
    pub fn series(&mut self, id: Id, variables: &Map<Symbol, Series>, terms: usize) -> Option<Series> {
        self.expansion(id, variables, terms, false)
    }

    /// The same with powers of t that are not whole, as those to a parameter, written as exp(e ln t).
    pub fn series_of_any_power(&mut self, id: Id, variables: &Map<Symbol, Series>, terms: usize) -> Option<Series> {
        self.expansion(id, variables, terms, true)
    }

    fn expansion(&mut self, id: Id, variables: &Map<Symbol, Series>, terms: usize, any_power: bool) -> Option<Series> {
        let mut expansion = Expansion { graph: self, variables, terms, any_power };
        let mut known: Map<Id, Series> = Map::default();
        for node in expansion.graph.reachable(&[id]) {
            let series = expansion.node(node, &known)?;
            known.insert(node, series);
        }
        known.get(&id).cloned()
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
                let base = self.strip(&known[&base])?;
                let constant = self.as_constant(&known[&exponent]);
                if let Some(exponent) = constant.filter(|_| base.start == 0 || self.any_power) {
                    let distance = self.graph.scale(exponent, Number::integer(base.start));
                    let unit = Series { start: 0, ..base };
                    let powers = self.binomial(&unit, exponent)?;
                    let distance = Growth::power(self.graph, distance);
                    return Some(self.times(&powers, distance));
                }
                if base.start != 0 {
                    return None;
                }
                // bᵉ = exp(e ln b)
                let logarithm = self.compose(Function::Ln, &base)?;
                let product = self.mul(&known[&exponent], &logarithm);
                self.compose(Function::Exp, &product)
            }
            Node::Call(Function::Abs, arguments) => {
                let argument = self.leading(&known[&arguments[0]])?;
                let leading = argument.coefficients[0];
                let absolute = self.graph.call(Function::Abs, &[leading]);
                let sign = self.graph.div(absolute, leading);
                Some(self.times(&argument, sign))
            }
            Node::Call(Function::Positive, arguments) => {
                let zero = self.zero();
                let argument = &known[&arguments[0]];
                self.chosen(argument, argument, &zero)
            }
            Node::Call(function @ (Function::Max | Function::Min), arguments) => {
                let [a, b] = [0, 1].map(|place| &known[&arguments[place]]);
                let difference = self.difference(a, b);
                let (above, below) = if function == Function::Max { (a, b) } else { (b, a) };
                self.chosen(&difference, above, below)
            }
            Node::Call(Function::Cbrt, arguments) => {
                let argument = self.leading(&known[&arguments[0]])?;
                let start = Rational::new(i128::from(argument.start), 3)?.as_integer()?;
                let third = self.graph.number(Number::Exact(Rational::new(1, 3)?));
                let root = self.graph.cbrt(argument.coefficients[0]);
                let powers = self.relative_powers(&argument.coefficients, third);
                Some(Series { start, ..self.times(&powers, root) })
            }
            Node::Call(Function::Ln, arguments) => self.logarithm(&known[&arguments[0]]),
            Node::Call(Function::Atan2, arguments) => self.arctangent(&known[&arguments[0]], &known[&arguments[1]]),
            Node::Call(function, arguments) => self.compose(function, &known[&arguments[0]]),
            Node::Select(comparison, a, b, then, otherwise) => {
                let difference = self.difference(&known[&a], &known[&b]);
                let (then, otherwise) = (&known[&then], &known[&otherwise]);
                match comparison {
                    Comparison::Equal => self.strip(&difference).map(|_| otherwise.clone()),
                    Comparison::Less | Comparison::LessOrEqual => self.chosen(&difference, otherwise, then),
                }
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

    /// One of two series by the sign of a third for small t > 0; where that sign is not certain, coefficient by
    /// coefficient.
    fn chosen(&mut self, by: &Series, above: &Series, below: &Series) -> Option<Series> {
        let leading = self.leading(by)?.coefficients[0];
        let negative = self.graph.neg(leading);
        match self.graph.node(leading) {
            Node::Number(number) => return Some(if number.is_negative() { below } else { above }.clone()),
            _ if self.graph.is_nonnegative(leading) => return Some(above.clone()),
            _ if self.graph.is_nonnegative(negative) => return Some(below.clone()),
            _ => {}
        }
        let zero = self.graph.integer(0);
        Some(
            self.paired(above, below, |graph, above, below| {
                graph.select(Comparison::Less, zero, leading, above, below)
            }),
        )
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
        self.paired(a, b, Graph::add)
    }

    fn difference(&mut self, a: &Series, b: &Series) -> Series {
        self.paired(a, b, Graph::sub)
    }

    /// Coefficient by coefficient.
    fn paired(&mut self, a: &Series, b: &Series, mut join: impl FnMut(&mut Graph, Id, Id) -> Id) -> Series {
        let start = a.start.min(b.start);
        let zero = self.graph.integer(0);
        let coefficients = (start..a.end().min(b.end()))
            .map(|n| {
                let [a, b] = [a, b].map(|series| series.coefficient(n).unwrap_or(zero));
                join(self.graph, a, b)
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
                let sum = self.graph.sum_of(&products);
                if self.any_power { Growth::up_to(self.graph, sum, terms - n) } else { sum }
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

    /// The same, where the first term is one of a power of t: what has ln t in it may be smaller than the next.
    fn leading(&mut self, series: &Series) -> Option<Series> {
        self.strip(series).filter(|series| !self.is_logarithmic(series.coefficients[0]))
    }

    fn power(&mut self, base: &Series, exponent: Rational) -> Option<Series> {
        if exponent == Rational::ONE {
            return Some(base.clone());
        }
        let Some(base) = self.strip(base) else {
            // 0 to a positive power, as far as is known.
            return (!exponent.is_negative()).then(|| base.clone());
        };
        if exponent == Rational::integer(2) {
            return Some(self.mul(&base, &base));
        }
        let start = exponent.mul(Rational::integer(base.start))?;
        let exponent = self.graph.number(Number::Exact(exponent));
        let unit = Series { start: 0, coefficients: base.coefficients };
        let powers = self.binomial(&unit, exponent)?;
        if let Some(start) = start.as_integer() {
            return Some(Series { start, ..powers });
        }
        let distance = self.graph.number(Number::Exact(start));
        let distance = Growth::power(self.graph, distance);
        self.any_power.then(|| self.times(&powers, distance))
    }

    /// (c₀ + c₁t + …)^e
    fn binomial(&mut self, base: &Series, exponent: Id) -> Option<Series> {
        let leading = base.coefficients[0];
        if self.is_logarithmic(leading) {
            let zero = self.graph.integer(0);
            let constant = self.constant_part(leading)?;
            if constant == zero {
                let is_single = base.coefficients[1..].iter().all(|&coefficient| coefficient == zero);
                let power = self.graph.pow(leading, exponent);
                return is_single.then(|| self.constant(power));
            }
            let variable = self.graph.symbol(Symbol::Argument(0));
            let power = self.graph.pow(variable, exponent);
            return self.expand_about(power, constant, base);
        }
        let powers = self.relative_powers(&base.coefficients, exponent);
        let scale = self.graph.pow(leading, exponent);
        Some(self.times(&powers, scale))
    }

    /// What is left of a coefficient as t → 0, if all else goes to 0 with t.
    fn constant_part(&mut self, coefficient: Id) -> Option<Id> {
        let zero = self.graph.integer(0);
        let mut constant = zero;
        for growth in Growth::of(self.graph, coefficient, Rational::ZERO)? {
            if growth.exponent == zero && !growth.is_logarithmic {
                constant = self.graph.add(constant, growth.coefficient);
            } else if !self.graph.is_positive(growth.exponent) {
                return None;
            }
        }
        Some(constant)
    }

    /// (1 + h₁t + …)^e with h = c/c₀ by Miller's recurrence: n b_n = Σ_j (e j - (n - j)) h_j b_{n-j}.
    fn relative_powers(&mut self, base: &[Id], exponent: Id) -> Series {
        let inverse = self.graph.powi(base[0], -1);
        let relative: Vec<Id> = base.iter().map(|&c| self.graph.mul(c, inverse)).collect();
        let zero = self.graph.integer(0);
        let mut powers = vec![self.graph.integer(1)];
        for n in 1..base.len() {
            let mut terms = Vec::with_capacity(n);
            for j in (1..=n).filter(|&j| relative[j] != zero) {
                let left = self.graph.scale(exponent, whole(j));
                let right = self.graph.number(whole(n - j));
                let weight = self.graph.sub(left, right);
                let term = self.graph.product_of(&[weight, relative[j], powers[n - j]]);
                terms.push((term, whole(n).recip()));
            }
            powers.push(self.graph.linear(&terms));
        }
        Series { start: 0, coefficients: powers }
    }

    /// ln(c tⁿ (1 + …)) = n ln t + ln c + ln(1 + …)
    fn logarithm(&mut self, series: &Series) -> Option<Series> {
        let Series { start, coefficients } = self.leading(series)?;
        let leading = self.compose(Function::Ln, &Series { start: 0, coefficients })?;
        let distance = self.graph.symbol(Symbol::LogDistance);
        let power = self.graph.scale(distance, Number::integer(start));
        let power = self.constant(power);
        Some(self.add(&leading, &power))
    }

    /// θ = atan2(a, b) from its value at the start and θ' = (b a' - a b')/(a² + b²).
    fn arctangent(&mut self, a: &Series, b: &Series) -> Option<Series> {
        // A common power of t > 0 turns nothing.
        let start = [a, b].into_iter().filter_map(|series| self.strip(series)).map(|series| series.start).min()?;
        let zero = self.graph.integer(0);
        let [a, b] = [a, b].map(|series| {
            let coefficients = (start..series.end()).map(|n| series.coefficient(n).unwrap_or(zero)).collect();
            Series { start: 0, coefficients }
        });
        let [first, second] = [&a, &b].map(|series| series.coefficients[0]);
        if self.is_logarithmic(first) || self.is_logarithmic(second) {
            return None;
        }
        let mut angle = self.graph.call(Function::Atan2, &[first, second]);
        if self.graph.is_zero(first)
            && let Some(rest) = self.strip(&a)
        {
            // On the axis; behind, at the cut, the side decides.
            let leading = rest.coefficients[0];
            let size = self.graph.call(Function::Abs, &[leading]);
            let side = self.graph.div(size, leading);
            let pi = self.graph.constant(Constant::Pi);
            let behind = self.graph.mul(side, pi);
            angle = self.graph.select(Comparison::Less, zero, second, zero, behind);
        }
        let rates = [&a, &b].map(|series| self.rate(series));
        let [left, right] = [self.mul(&b, &rates[0]), self.mul(&a, &rates[1])];
        let top = self.difference(&left, &right);
        let squares = [self.mul(&a, &a), self.mul(&b, &b)];
        let below = self.add(&squares[0], &squares[1]);
        let inverse = self.power(&below, Rational::ONE.neg())?;
        let rate = self.mul(&top, &inverse);
        let mut coefficients = vec![angle];
        for (n, &c) in rate.coefficients.iter().enumerate() {
            coefficients.push(self.graph.scale(c, whole(n + 1).recip()));
        }
        Some(Series { start: 0, coefficients })
    }

    /// The derivative by t of a series that starts at 0.
    fn rate(&mut self, series: &Series) -> Series {
        let terms = series.coefficients.iter().enumerate().skip(1);
        let coefficients = terms.map(|(n, &c)| self.graph.scale(c, whole(n))).collect();
        Series { start: 0, coefficients }
    }

    /// f(g)
    fn compose(&mut self, function: Function, argument: &Series) -> Option<Series> {
        if argument.start < 0 {
            return None;
        }
        let zero = self.graph.integer(0);
        let leading = argument.coefficient(0).unwrap_or(zero);
        let centre = if self.is_logarithmic(leading) { self.constant_part(leading)? } else { leading };
        let variable = self.graph.symbol(Symbol::Argument(0));
        let value = self.graph.call(function, &[variable]);
        self.expand_about(value, centre, argument)
    }

    /// f(g₀ + h) = Σ f⁽ⁿ⁾(g₀) hⁿ/n!
    fn expand_about(&mut self, function: Id, centre: Id, argument: &Series) -> Option<Series> {
        let zero = self.graph.integer(0);
        let mut step = argument.clone();
        if step.start == 0 {
            step.coefficients[0] = self.graph.sub(step.coefficients[0], centre);
        }
        let at_centre = Map::from_iter([(Symbol::Argument(0), centre)]);
        let mut derivative = function;
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

    /// Whether a coefficient contains ln t: it has no sign and no limit that could be known from it.
    fn is_logarithmic(&self, id: Id) -> bool {
        self.graph.symbols(&[id]).contains(&Symbol::LogDistance)
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

fn whole(n: usize) -> Number {
    Number::integer(i64::try_from(n).unwrap_or(i64::MAX))
}
