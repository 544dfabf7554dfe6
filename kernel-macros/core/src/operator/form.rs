//! The normal-ordered operator as a formula: L = ∂₀ - alpha ∂₁².

use quote::quote;

use super::{Definition, Term};
use crate::emit::{NOTATION, letter};
use crate::symbolic::{Constant, Id, Node, Notation, Symbol};

/// The formula of the whole operator.
pub(super) fn formula(definition: &Definition) -> String {
    let components: Vec<String> = (0..definition.components).map(|place| component(definition, place)).collect();
    match &*components {
        [one] => format!("L = {one}"),
        several => format!("L = {}", NOTATION.group(&several.join(", "))),
    }
}

fn component(definition: &Definition, place: usize) -> String {
    let mut text = String::new();
    for term in definition.terms.iter().filter(|term| term.component == place) {
        let written = self::term(definition, term);
        match (text.is_empty(), written.strip_prefix('-')) {
            (true, _) => text = written,
            (false, Some(positive)) => text = format!("{text} - {positive}"),
            (false, None) => text = format!("{text} + {written}"),
        }
    }
    text
}

fn term(definition: &Definition, term: &Term) -> String {
    let coefficient = definition.graph.formula(term.coefficient, NOTATION, &|symbol| name(definition, symbol));
    if term.by.is_empty() {
        return coefficient;
    }
    let partials = partials(&term.by);
    let (constant, terms) = definition.graph.terms(term.coefficient);
    let is_sum = terms.len() + usize::from(!constant.is_zero()) > 1;
    let (sign, size) = match coefficient.strip_prefix('-') {
        Some(size) if !is_sum => ("-", size),
        _ => ("", &*coefficient),
    };
    // A quotient on one line would seem to go on after its denominator.
    let is_loose = is_sum || NOTATION == Notation::Unicode && terms.iter().any(|term| is_quotient(definition, term.0));
    match size {
        "1" => format!("{sign}{partials}"),
        _ if is_loose => format!("{sign}{} {partials}", NOTATION.group(size)),
        _ => format!("{sign}{size} {partials}"),
    }
}

fn is_quotient(definition: &Definition, id: Id) -> bool {
    match definition.graph.node(id) {
        Node::Product(factors) => factors.iter().any(|factor| factor.1.is_negative()),
        _ => false,
    }
}

/// ∂₀∂₁²
fn partials(by: &[usize]) -> String {
    let partial = |same: &[usize]| {
        let (coordinate, times) = (same[0], same.len());
        match (NOTATION, times) {
            (Notation::Unicode, 1) => format!("∂{}", digits(coordinate, "₀₁₂₃₄₅₆₇₈₉")),
            (Notation::Unicode, _) => {
                format!("∂{}{}", digits(coordinate, "₀₁₂₃₄₅₆₇₈₉"), digits(times, "⁰¹²³⁴⁵⁶⁷⁸⁹"))
            }
            (Notation::Tex, 1) => format!(r"\partial_{{{coordinate}}}"),
            (Notation::Tex, _) => format!(r"\partial_{{{coordinate}}}^{{{times}}}"),
        }
    };
    by.chunk_by(|a, b| a == b).map(partial).collect()
}

/// A number in digits of another kind.
fn digits(number: usize, kind: &str) -> String {
    let digit = |plain: char| plain.to_digit(10).and_then(|digit| kind.chars().nth(digit as usize)).unwrap_or(plain);
    number.to_string().chars().map(digit).collect()
}

fn name(definition: &Definition, symbol: Symbol) -> String {
    let word = |name: &str| match NOTATION {
        Notation::Unicode => name.to_owned(),
        Notation::Tex => letter(name),
    };
    match symbol {
        Symbol::Pick(_, coordinate) => format!("x[{coordinate}]"),
        Symbol::Parameter(p) => word(&definition.head.parameters[p].to_string()),
        Symbol::External(n) => {
            let path = &definition.constants[n];
            word(&quote!(#path).to_string().replace(' ', ""))
        }
        Symbol::Constant(Constant::Pi) => match NOTATION {
            Notation::Unicode => "π".to_owned(),
            Notation::Tex => r"\pi".to_owned(),
        },
        Symbol::Constant(constant) => constant.value().to_string(),
        other => format!("{other:?}"),
    }
}
