//! Formulas in Unicode, for the documentation of emitted items.

use super::expr::{Comparison, Graph, Id, Node, Symbol};
use super::function::Function;
use super::number::{Number, Rational};

/// How tightly a piece of text binds.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Binding {
    Sum,
    Product,
    Power,
    Atom,
}

/// Longer formulas help nobody.
const LONGEST: usize = 400;

impl Graph {
    /// The formula of `id` in the names `name` gives its symbols; `…` where it would be too long to read.
    #[must_use]
    pub fn formula(&self, id: Id, name: &dyn Fn(Symbol) -> String) -> String {
        let mut budget = LONGEST;
        self.text(id, name, &mut budget).0
    }

    fn text(&self, id: Id, name: &dyn Fn(Symbol) -> String, budget: &mut usize) -> (String, Binding) {
        if *budget == 0 {
            return ("…".into(), Binding::Atom);
        }
        *budget = budget.saturating_sub(4);
        match self.node(id) {
            Node::Number(number) => number_text(*number),
            Node::Symbol(symbol) => (name(*symbol), Binding::Atom),
            Node::Sum(constant, terms) => {
                let mut text = String::new();
                if !constant.is_zero() {
                    text = number_text(*constant).0;
                }
                for &(term, coefficient) in terms {
                    let negative = coefficient.is_negative();
                    let sign = match (text.is_empty(), negative) {
                        (true, true) => "-",
                        (true, false) => "",
                        (false, true) => " - ",
                        (false, false) => " + ",
                    };
                    let size = if negative { coefficient.neg() } else { coefficient };
                    let size = if size.is_one() { String::new() } else { format!("{}·", number_text(size).0) };
                    let term = self.wrapped(term, Binding::Product, name, budget);
                    text = format!("{text}{sign}{size}{term}");
                }
                let single = terms.len() == 1 && constant.is_zero();
                (text, if single { Binding::Product } else { Binding::Sum })
            }
            Node::Product(factors) => {
                let (below, above): (Vec<_>, Vec<_>) = factors.iter().partition(|factor| factor.1.is_negative());
                let mut part = |factors: &[&(Id, Rational)], sign: bool| {
                    let texts: Vec<String> = factors
                        .iter()
                        .map(|(base, exponent)| {
                            let exponent = if sign { exponent.neg() } else { *exponent };
                            self.power_text(*base, exponent, name, budget)
                        })
                        .collect();
                    texts.join("·")
                };
                let top = part(&above, false);
                let bottom = part(&below, true);
                let text = match (top.as_str(), bottom.as_str()) {
                    (_, "") => top,
                    ("", _) => format!("1/{}", group(&bottom, below.len() > 1)),
                    _ => format!("{top}/{}", group(&bottom, below.len() > 1)),
                };
                (text, Binding::Product)
            }
            Node::Power(base, exponent) => {
                let base = self.wrapped(*base, Binding::Atom, name, budget);
                let exponent = self.text(*exponent, name, budget).0;
                (format!("{base}^({exponent})"), Binding::Power)
            }
            Node::Call(function, arguments) => {
                let mut arguments: Vec<String> = arguments.iter().map(|&a| self.text(a, name, budget).0).collect();
                if *function == Function::Positive {
                    arguments.push("0".into());
                }
                let text = match function {
                    Function::Abs => format!("|{}|", arguments[0]),
                    Function::Cbrt => format!("∛({})", arguments[0]),
                    _ => format!("{}({})", function.name(), arguments.join(", ")),
                };
                (text, Binding::Atom)
            }
            Node::Select(comparison, a, b, then, otherwise) => {
                let sign = match comparison {
                    Comparison::Less => "<",
                    Comparison::LessOrEqual => "≤",
                    Comparison::Equal => "=",
                };
                let [a, b, then, otherwise] = [a, b, then, otherwise].map(|&id| self.text(id, name, budget).0);
                (format!("{{{then} if {a} {sign} {b}, else {otherwise}}}"), Binding::Atom)
            }
        }
    }

    fn power_text(&self, base: Id, exponent: Rational, name: &dyn Fn(Symbol) -> String, budget: &mut usize) -> String {
        if exponent == Rational::ONE {
            return self.wrapped(base, Binding::Product, name, budget);
        }
        if exponent == Rational::HALF {
            return match self.text(base, name, budget) {
                (text, Binding::Atom) => format!("√{text}"),
                (text, _) => format!("√({text})"),
            };
        }
        let base = self.wrapped(base, Binding::Atom, name, budget);
        match exponent.as_integer() {
            Some(n) if (0..=99).contains(&n) => format!("{base}{}", superscript(n)),
            _ => format!("{base}^({}/{})", exponent.numerator(), exponent.denominator()),
        }
    }

    fn wrapped(&self, id: Id, least: Binding, name: &dyn Fn(Symbol) -> String, budget: &mut usize) -> String {
        let (text, binding) = self.text(id, name, budget);
        group(&text, binding < least)
    }
}

fn group(text: &str, wanted: bool) -> String {
    if wanted { format!("({text})") } else { text.into() }
}

fn superscript(n: i64) -> String {
    n.to_string()
        .chars()
        .map(|digit| "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().nth(digit as usize - '0' as usize).unwrap_or(digit))
        .collect()
}

fn number_text(number: Number) -> (String, Binding) {
    match number.as_rational() {
        Some(ratio) if ratio.denominator() == 1 => (ratio.numerator().to_string(), Binding::Atom),
        Some(ratio) if ratio.denominator() < 1000 => {
            (format!("({}/{})", ratio.numerator(), ratio.denominator()), Binding::Atom)
        }
        _ => (number.to_f64().to_string(), Binding::Atom),
    }
}
