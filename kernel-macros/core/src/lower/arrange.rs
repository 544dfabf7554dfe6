//! A product of powers as multiplications, divisions and roots, level by level, so that what depends on parameters
//! alone leaves every loop.

use crate::symbolic::{Function, Rational};

use super::product::Factors;
use super::{Level, Op, OpId, Program};

/// The levels of the variables in a product, from the outside in.
const LEVELS: [Level; 3] = [Level::Parameter, Level::Pair, Level::Coordinate];

/// Operations, those that are done most often first.
pub(super) type Price = [usize; 3];

/// What one operation costs beside a multiplication.
const DIVISION: usize = 3;
const ROOT: usize = 4;
const CALL: usize = 20;

/// Numerator and denominator of the factors at one level, exponents positive.
#[derive(Default)]
struct Fraction {
    above: Factors,
    below: Factors,
}

impl Program {
    /// The factors at each of the levels.
    fn by_level(&self, factors: &[(OpId, Rational)]) -> [Fraction; 3] {
        let mut fractions = <[Fraction; 3]>::default();
        for &(base, exponent) in factors {
            let fraction = match self.levels[base] {
                Level::Constant | Level::Parameter => &mut fractions[0],
                Level::Pair => &mut fractions[1],
                Level::Coordinate => &mut fractions[2],
            };
            if exponent.is_negative() {
                fraction.below.push((base, exponent.neg()));
            } else {
                fraction.above.push((base, exponent));
            }
        }
        fractions
    }

    /// What `arrange` would add, as far as it is not there yet, per coordinate, per pair and per kernel.
    pub(super) fn arrangement_price(&self, coefficient: f64, factors: &[(OpId, Rational)]) -> Price {
        let mut price = [0; 3];
        let mut started = false;
        for (place, Fraction { above, below }) in self.by_level(factors).into_iter().enumerate() {
            if above.is_empty() && below.is_empty() {
                continue;
            }
            let mut sum = 0;
            if !above.is_empty() {
                sum += self.powers_price(&above) + usize::from(started || coefficient != 1.0);
            }
            if !below.is_empty() {
                sum += self.powers_price(&below) + DIVISION;
            }
            price[LEVELS.len() - 1 - place] = sum;
            started = true;
        }
        price
    }

    /// Of the product of some powers.
    fn powers_price(&self, factors: &[(OpId, Rational)]) -> usize {
        let parts = self.joined_roots(factors);
        let (joined, single) = parts.as_ref().map_or((&[][..], factors), |(joined, single)| (joined, single));
        let whole = |factor: &(OpId, Rational)| Rational::new(factor.1.floor(), 1).filter(|n| *n != Rational::ZERO);
        let mut price = 0;
        for &(base, exponent) in single {
            if exponent != Rational::ONE && !self.has_power(base, exponent) {
                price += power_price(exponent);
            }
        }
        let mut count = single.len();
        if !joined.is_empty() {
            price += ROOT + joined.len() - 1;
            count += 1;
            for n in joined.iter().filter_map(whole) {
                price += power_price(n);
                count += 1;
            }
        }
        price + count.saturating_sub(1)
    }

    fn has_power(&self, base: OpId, exponent: Rational) -> bool {
        let op = if exponent == Rational::HALF { Op::Sqrt(base) } else { Op::Mul(base, base) };
        (exponent == Rational::HALF || exponent == Rational::integer(2)) && self.index.contains_key(&op)
    }

    /// Square roots that one root of a product can take the place of, if there are, and the other factors. Nothing is
    /// lost where the factors are no less than 1: their product does not underflow.
    fn joined_roots(&self, factors: &[(OpId, Rational)]) -> Option<(Factors, Factors)> {
        let joins = |factor: &&(OpId, Rational)| factor.1.denominator() == 2 && self.at_least_one.contains(&factor.0);
        let several = factors.len() > 1 && factors.iter().filter(joins).count() > 1;
        several.then(|| factors.iter().partition(joins))
    }

    /// coefficient · Π base^exponent
    pub(super) fn arrange(&mut self, coefficient: f64, factors: &[(OpId, Rational)]) -> OpId {
        let mut total: Option<OpId> = None;
        for (level, Fraction { above, below }) in LEVELS.into_iter().zip(self.by_level(factors)) {
            if above.is_empty() && below.is_empty() {
                continue;
            }
            let first = total.is_none() && coefficient != 1.0;
            let mut above = self.powers(&above);
            if first {
                let number = self.number(coefficient);
                above = Some(above.map_or(number, |above| self.multiply(number, above)));
            }
            total = match (total, above) {
                (Some(total), Some(above)) => Some(self.push(Op::Mul(total, above))),
                (total, above) => total.or(above),
            };
            if let Some(below) = self.powers(&below) {
                let above = total.unwrap_or_else(|| self.number(1.0));
                total = Some(self.push(Op::Div(above, below)));
            }
            if let (Level::Parameter, Some(prefix)) = (level, total) {
                let fixed = |factor: &&(OpId, Rational)| self.levels[factor.0] <= Level::Parameter;
                let factors = factors.iter().filter(fixed).copied().collect();
                self.remember(coefficient, factors, prefix);
            }
        }
        total.unwrap_or_else(|| self.number(coefficient))
    }

    /// The product of some powers.
    fn powers(&mut self, factors: &[(OpId, Rational)]) -> Option<OpId> {
        let (joined, single) = self.joined_roots(factors).unwrap_or_else(|| (Vec::new(), factors.to_vec()));
        let mut ops: Vec<OpId> = single.into_iter().map(|(base, exponent)| self.power(base, exponent)).collect();
        if let Some(inside) = self.chain(joined.iter().map(|factor| factor.0)) {
            for &(base, exponent) in &joined {
                let whole = u32::try_from(exponent.floor()).unwrap_or(u32::MAX);
                if whole > 0 {
                    ops.push(self.whole_power(base, whole));
                }
            }
            ops.push(self.push(Op::Sqrt(inside)));
        }
        // e⁻ʳ·r·r² is 0 where r·r²·e⁻ʳ is ∞·0.
        if ops.iter().filter(|op| !self.bounded.contains(op)).count() > 1 {
            ops.sort_by_key(|op| !self.bounded.contains(op));
        }
        self.chain(ops)
    }

    fn chain(&mut self, ops: impl IntoIterator<Item = OpId>) -> Option<OpId> {
        ops.into_iter().reduce(|a, b| self.push(Op::Mul(a, b)))
    }

    pub(super) fn multiply(&mut self, a: OpId, b: OpId) -> OpId {
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

/// The operations of a power of one base, the exponent positive.
fn power_price(exponent: Rational) -> usize {
    let whole = u32::try_from(exponent.floor()).unwrap_or(u32::MAX);
    if whole > 64 {
        return CALL;
    }
    let multiplications = if whole == 0 { 0 } else { whole.ilog2() + whole.count_ones() - 1 };
    let root = match (exponent.numerator() % exponent.denominator(), exponent.denominator()) {
        (0, _) => 0,
        (_, 2) => ROOT,
        (_, 4) => 2 * ROOT,
        _ => CALL,
    };
    multiplications as usize + root + usize::from(root > 0 && whole > 0)
}
