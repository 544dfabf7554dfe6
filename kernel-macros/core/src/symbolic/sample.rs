//! Values of expressions at a few points, with a bound for what rounding did to them: nearly every question whether an
//! expression is identically 0 is answered by one value that is not.

use std::hash::{Hash as _, Hasher as _};

use super::expr::{Id, Local, Node, Symbol};
use super::number::Rational;
use crate::map::Mixer;

/// The number of points.
pub(super) const POINTS: usize = 2;

/// Rounding of an elementary function of the platform, with room.
const ULPS: f64 = 8.0 * f64::EPSILON;

/// `|value - true value| <= error`; an error that is not finite says that nothing is known.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sample {
    value: f64,
    error: f64,
}

impl Sample {
    const UNKNOWN: Self = Self { value: f64::NAN, error: f64::INFINITY };

    const fn exact(value: f64) -> Self {
        Self { value, error: 0.0 }
    }

    fn rounded(value: f64, error: f64) -> Self {
        let error = error + ULPS * value.abs() + f64::MIN_POSITIVE;
        if value.is_finite() && error.is_finite() { Self { value, error } } else { Self::UNKNOWN }
    }

    /// Whether the true value differs from 0.
    pub(super) fn is_surely_nonzero(&self) -> bool {
        self.error.is_finite() && self.value.abs() > 2.0 * self.error
    }

    /// Whether the true value may be 0, and is no more than rounding.
    pub(super) fn looks_zero(&self) -> bool {
        self.error < 1e-6 && !self.is_surely_nonzero()
    }

    /// f of a value, its error from the values at both ends of its uncertainty.
    fn map(self, f: impl Fn(f64) -> f64) -> Self {
        let value = f(self.value);
        if self.error == 0.0 {
            return Self::rounded(value, 0.0);
        }
        let reach = |end: f64| (f(end) - value).abs();
        let error = reach(self.value - self.error).max(reach(self.value + self.error));
        Self::rounded(value, 2.0 * error)
    }
}

/// The value of a node, made of those of its parts.
pub(super) fn sample(node: &Node, point: usize, part: &dyn Fn(Id) -> Sample) -> Sample {
    match node {
        Node::Number(number) => Sample::rounded(number.to_f64(), 0.0),
        Node::Symbol(symbol) => symbol_value(*symbol, point),
        Node::Sum(constant, terms) => {
            let mut total = constant.to_f64();
            let mut size = total.abs();
            let mut error = 0.0;
            for &(term, coefficient) in terms {
                let (term, coefficient) = (part(term), coefficient.to_f64());
                total += coefficient * term.value;
                size += (coefficient * term.value).abs();
                error += coefficient.abs() * term.error;
            }
            Sample::rounded(total, error + ULPS * size)
        }
        Node::Product(factors) => factors
            .iter()
            .map(|&(base, exponent)| power(part(base), exponent))
            .fold(Sample::exact(1.0), |a, b| Sample::rounded(a.value * b.value, spread(a, b))),
        Node::Power(base, exponent) => {
            let (base, exponent) = (part(*base), part(*exponent));
            let along_base = base.map(|base| base.powf(exponent.value));
            let along_exponent = exponent.map(|exponent| base.value.powf(exponent));
            Sample::rounded(along_base.value, 2.0 * (along_base.error + along_exponent.error))
        }
        Node::Call(function, arguments) => match arguments.as_slice() {
            [argument] => part(*argument).map(|argument| function.evaluate(&[argument])),
            [a, b] => {
                let (a, b) = (part(*a), part(*b));
                let along_a = a.map(|a| function.evaluate(&[a, b.value]));
                let along_b = b.map(|b| function.evaluate(&[a.value, b]));
                Sample::rounded(along_a.value, 2.0 * (along_a.error + along_b.error))
            }
            _ => Sample::UNKNOWN,
        },
        Node::Select(comparison, a, b, then, otherwise) => {
            let (a, b) = (part(*a), part(*b));
            let apart = (a.value - b.value).abs() > a.error + b.error;
            if !apart {
                return Sample::UNKNOWN;
            }
            part(if comparison.holds(a.value, b.value) { *then } else { *otherwise })
        }
    }
}

/// The error of a product.
fn spread(a: Sample, b: Sample) -> f64 {
    a.value.abs() * b.error + b.value.abs() * a.error + a.error * b.error
}

fn power(base: Sample, exponent: Rational) -> Sample {
    if exponent == Rational::ONE {
        return base;
    }
    let exponent = exponent.to_f64();
    base.map(|base| if exponent == 0.5 { base.sqrt() } else { base.powf(exponent) })
}

/// Where the points are: every symbol somewhere of its own, positive because any may be assumed to be, and small
/// because chains of products overflow elsewhere.
fn symbol_value(symbol: Symbol, point: usize) -> Sample {
    match symbol {
        Symbol::Constant(constant) => Sample::rounded(constant.value(), 0.0),
        Symbol::Dimension => Sample::exact([3.0, 2.0][point]),
        Symbol::Index => Sample::exact([2.0, 1.0][point]),
        Symbol::Other(Local::Index) => Sample::exact([1.0, 3.0][point]),
        Symbol::Direction => Sample::exact([1.0, -1.0][point]),
        Symbol::Unit(_) | Symbol::Entry | Symbol::EntryAt(_) => Sample::exact([1.0, 0.0][point]),
        Symbol::Other(Local::Entry) => Sample::exact([0.0, 1.0][point]),
        _ => {
            let mut mixer = Mixer::default();
            symbol.hash(&mut mixer);
            mixer.write_usize(point);
            let fraction = (mixer.finish() >> 11) as f64 / (1_u64 << 53) as f64;
            Sample::exact([0.05 + 0.2 * fraction, 0.3 + 1.5 * fraction][point])
        }
    }
}
