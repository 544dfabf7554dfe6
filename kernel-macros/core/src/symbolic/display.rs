//! Formulas for the documentation of emitted items, as a reader or as KaTeX wants them.

use super::expr::{Comparison, Graph, Id, Node, Symbol};
use super::function::Function;
use super::number::{Number, Rational};

/// How formulas are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notation {
    /// √(1 + x²)
    Unicode,
    /// `\sqrt{1 + {x}^{2}}`
    Tex,
}

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
    pub fn formula(&self, id: Id, notation: Notation, name: &dyn Fn(Symbol) -> String) -> String {
        Writer { graph: self, notation, name, budget: LONGEST }.text(id).0
    }
}

impl Notation {
    /// In parentheses.
    #[must_use]
    pub fn group(self, text: &str) -> String {
        match self {
            Self::Unicode => format!("({text})"),
            Self::Tex => format!(r"\left({text}\right)"),
        }
    }

    /// Between factors.
    #[must_use]
    pub const fn times(self) -> &'static str {
        match self {
            Self::Unicode => "·",
            Self::Tex => r" \, ",
        }
    }

    fn number(self, number: Number) -> (String, Binding) {
        match (number.as_rational(), self) {
            (Some(ratio), _) if ratio.denominator() == 1 => (ratio.numerator().to_string(), Binding::Atom),
            (Some(ratio), Self::Unicode) if ratio.denominator() < 1000 => {
                (format!("({}/{})", ratio.numerator(), ratio.denominator()), Binding::Atom)
            }
            (Some(ratio), Self::Tex) if ratio.denominator() < 1000 => {
                (format!(r"\tfrac{{{}}}{{{}}}", ratio.numerator(), ratio.denominator()), Binding::Product)
            }
            _ => (number.to_f64().to_string(), Binding::Atom),
        }
    }

    /// `top/bottom`, where either may be missing.
    fn quotient(self, top: &str, bottom: &str, several_below: bool) -> String {
        let above = if top.is_empty() { "1" } else { top };
        match self {
            _ if bottom.is_empty() => top.into(),
            Self::Tex => format!(r"\frac{{{above}}}{{{bottom}}}"),
            Self::Unicode if several_below => format!("{above}/({bottom})"),
            Self::Unicode => format!("{above}/{bottom}"),
        }
    }

    fn root(self, (text, binding): &(String, Binding)) -> String {
        match self {
            Self::Unicode if *binding == Binding::Atom => format!("√{text}"),
            Self::Unicode => format!("√({text})"),
            Self::Tex => format!(r"\sqrt{{{text}}}"),
        }
    }

    fn power(self, base: &str, exponent: Rational) -> String {
        match (exponent.as_integer(), self) {
            (Some(n), Self::Tex) => format!("{{{base}}}^{{{n}}}"),
            (None, Self::Tex) => format!("{{{base}}}^{{{}/{}}}", exponent.numerator(), exponent.denominator()),
            (Some(n), Self::Unicode) if (0..=99).contains(&n) => format!("{base}{}", superscript(n)),
            (_, Self::Unicode) => format!("{base}^({}/{})", exponent.numerator(), exponent.denominator()),
        }
    }

    fn variable_power(self, base: &str, exponent: &str) -> String {
        match self {
            Self::Unicode => format!("{base}^({exponent})"),
            Self::Tex => format!("{{{base}}}^{{{exponent}}}"),
        }
    }

    fn call(self, function: Function, arguments: &[String]) -> String {
        let all = arguments.join(", ");
        match (function, self) {
            (Function::Abs, Self::Unicode) => format!("|{all}|"),
            (Function::Abs, Self::Tex) => format!(r"\left|{all}\right|"),
            (Function::Cbrt, Self::Unicode) => format!("∛({all})"),
            (Function::Cbrt, Self::Tex) => format!(r"\sqrt[3]{{{all}}}"),
            (_, Self::Unicode) => format!("{}({all})", function.name()),
            (_, Self::Tex) => {
                let name = function.name().replace('_', r"\_");
                format!(r"\operatorname{{{name}}}{}", self.group(&all))
            }
        }
    }

    fn choice(self, comparison: Comparison, [a, b, then, otherwise]: &[String; 4]) -> String {
        let sign = match (comparison, self) {
            (Comparison::Less, _) => "<",
            (Comparison::LessOrEqual, Self::Unicode) => "≤",
            (Comparison::LessOrEqual, Self::Tex) => r"\le",
            (Comparison::Equal, _) => "=",
        };
        match self {
            Self::Unicode => format!("{{{then} if {a} {sign} {b}, else {otherwise}}}"),
            Self::Tex => {
                format!(r"\begin{{cases}} {then} & {a} {sign} {b} \\ {otherwise} & \text{{else}} \end{{cases}}")
            }
        }
    }
}

struct Writer<'a> {
    graph: &'a Graph,
    notation: Notation,
    name: &'a dyn Fn(Symbol) -> String,
    budget: usize,
}

impl Writer<'_> {
    fn text(&mut self, id: Id) -> (String, Binding) {
        if self.budget == 0 {
            return ("…".into(), Binding::Atom);
        }
        self.budget = self.budget.saturating_sub(4);
        match self.graph.node(id) {
            Node::Number(number) => self.notation.number(*number),
            Node::Symbol(symbol) => ((self.name)(*symbol), Binding::Atom),
            Node::Sum(constant, terms) => self.sum(*constant, terms),
            Node::Product(factors) => {
                let (below, above): (Vec<_>, Vec<_>) = factors.iter().partition(|factor| factor.1.is_negative());
                let [top, bottom] = [self.factors(&above), self.factors(&below)];
                (self.notation.quotient(&top, &bottom, below.len() > 1), Binding::Product)
            }
            Node::Power(base, exponent) => {
                let base = self.wrapped(*base, Binding::Atom);
                let exponent = self.text(*exponent).0;
                (self.notation.variable_power(&base, &exponent), Binding::Power)
            }
            Node::Call(function, arguments) => {
                let mut arguments: Vec<String> = arguments.iter().map(|&a| self.text(a).0).collect();
                if *function == Function::Positive {
                    arguments.push("0".into());
                }
                (self.notation.call(*function, &arguments), Binding::Atom)
            }
            Node::Select(comparison, a, b, then, otherwise) => {
                let parts = [a, b, then, otherwise].map(|&id| self.text(id).0);
                (self.notation.choice(*comparison, &parts), Binding::Atom)
            }
        }
    }

    fn sum(&mut self, constant: Number, terms: &[(Id, Number)]) -> (String, Binding) {
        let mut text = if constant.is_zero() { String::new() } else { self.notation.number(constant).0 };
        for &(term, coefficient) in terms {
            let sign = match (text.is_empty(), coefficient.is_negative()) {
                (true, true) => "-",
                (true, false) => "",
                (false, true) => " - ",
                (false, false) => " + ",
            };
            let size = if coefficient.is_negative() { coefficient.neg() } else { coefficient };
            let size = if size.is_one() {
                String::new()
            } else {
                format!("{}{}", self.notation.number(size).0, self.notation.times())
            };
            let term = self.wrapped(term, Binding::Product);
            text = format!("{text}{sign}{size}{term}");
        }
        let single = terms.len() == 1 && constant.is_zero();
        (text, if single { Binding::Product } else { Binding::Sum })
    }

    /// Powers, all with positive exponents, multiplied.
    fn factors(&mut self, factors: &[&(Id, Rational)]) -> String {
        let texts: Vec<String> = factors
            .iter()
            .map(|&&(base, exponent)| self.power(base, if exponent.is_negative() { exponent.neg() } else { exponent }))
            .collect();
        texts.join(self.notation.times())
    }

    fn power(&mut self, base: Id, exponent: Rational) -> String {
        if exponent == Rational::ONE {
            return self.wrapped(base, Binding::Product);
        }
        if exponent == Rational::HALF {
            let text = self.text(base);
            return self.notation.root(&text);
        }
        let base = self.wrapped(base, Binding::Atom);
        self.notation.power(&base, exponent)
    }

    fn wrapped(&mut self, id: Id, least: Binding) -> String {
        let (text, binding) = self.text(id);
        if binding < least { self.notation.group(&text) } else { text }
    }
}

fn superscript(n: i64) -> String {
    n.to_string()
        .chars()
        .map(|digit| "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().nth(digit as usize - '0' as usize).unwrap_or(digit))
        .collect()
}
