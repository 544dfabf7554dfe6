//! How symbols are written in emitted functions.

use std::collections::HashMap;

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use crate::definition::{Definition, Points, Scalar};
use crate::symbolic::{Graph, Node, Number, Rational, Side, Symbol};

/// Names of sums and of what is made of them.
#[derive(Clone, Default)]
pub struct Names {
    known: HashMap<Symbol, TokenStream>,
}

impl Names {
    /// Gives a symbol a name.
    pub fn set(&mut self, symbol: Symbol, name: TokenStream) {
        self.known.insert(symbol, name);
    }

    /// The name of a sum.
    pub fn sum(&self, r: usize) -> TokenStream {
        self.known.get(&Symbol::Sum(r)).cloned().unwrap_or_default()
    }

    /// Whether a sum has been computed.
    pub fn has_sum(&self, r: usize) -> bool {
        self.known.contains_key(&Symbol::Sum(r))
    }

    /// A symbol outside coordinate loops of a pair function.
    pub fn symbol(&self, definition: &Definition, symbol: Symbol) -> TokenStream {
        match symbol {
            Symbol::Point(side) => {
                let point = point(definition, side);
                quote!(#point)
            }
            Symbol::Pick(side, k) => {
                let point = point(definition, side);
                quote!(#point[#k])
            }
            Symbol::Parameter(p) => {
                let name = &definition.parameters[p].name;
                quote!(#name)
            }
            Symbol::Dimension => dimension(definition),
            _ => self.known.get(&symbol).cloned().unwrap_or_default(),
        }
    }
}

fn point(definition: &Definition, side: Side) -> &Ident {
    &definition.point_names[usize::from(side == Side::Y)]
}

/// The number of coordinates as a scalar.
fn dimension(definition: &Definition) -> TokenStream {
    let scalar = scalar(definition);
    let [x, _] = &definition.point_names;
    match &definition.points {
        Points::Scalar => super::code::literal(1.0, super::code::Style::Scalar(definition.scalar)),
        Points::Array { .. } | Points::Slice => quote!((#x.len() as #scalar)),
    }
}

/// `f64` or `f32`, out of reach of a shadowing name.
pub fn scalar(definition: &Definition) -> TokenStream {
    match definition.scalar {
        Scalar::F64 => quote!(::core::primitive::f64),
        Scalar::F32 => quote!(::core::primitive::f32),
    }
}

/// A name a reader knows for a sum: `r2`, `xy`, `xx`, `yy`, else `sum`.
pub fn sum_name(graph: &Graph, r: usize) -> &'static str {
    let coordinate = |id| match graph.node(id) {
        Node::Symbol(Symbol::Coordinate(side)) => Some(*side),
        _ => None,
    };
    let Node::Product(factors) = graph.node(graph.reductions()[r].body) else { return "sum" };
    let two = Rational::integer(2);
    match factors.as_slice() {
        [(base, exponent)] if *exponent == two => match (coordinate(*base), graph.node(*base)) {
            (Some(Side::X), _) => "xx",
            (Some(Side::Y), _) => "yy",
            (None, Node::Sum(Number::Exact(Rational::ZERO), terms)) => {
                let both = terms.len() == 2 && terms.iter().all(|term| coordinate(term.0).is_some());
                if both && terms.iter().any(|term| term.1 == Number::MINUS_ONE) { "r2" } else { "sum" }
            }
            _ => "sum",
        },
        [(a, Rational::ONE), (b, Rational::ONE)] if coordinate(*a).is_some() && coordinate(*b).is_some() => "xy",
        _ => "sum",
    }
}

/// An identifier no user can have written or see.
pub fn hidden(name: &str) -> Ident {
    Ident::new(name, Span::mixed_site())
}
