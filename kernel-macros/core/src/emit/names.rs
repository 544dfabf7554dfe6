//! How symbols are written in emitted functions.

use crate::map::Map;
use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use super::style::Style;
use crate::definition::{Definition, Points, Scalar};
use crate::symbolic::{Graph, Node, Number, Rational, Side, Symbol};

/// Names of sums and of what is made of them.
#[derive(Clone, Default)]
pub struct Names {
    known: Map<Symbol, TokenStream>,
    zeros: Map<usize, TokenStream>,
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

    /// Names the product of the factors of a reduction that are not 0, and the number of those that are.
    pub fn set_product(&mut self, r: usize, product: TokenStream, zeros: TokenStream) {
        self.known.insert(Symbol::Sum(r), product);
        self.zeros.insert(r, zeros);
    }

    /// The name of the number of factors that are 0.
    pub fn zeros(&self, r: usize) -> TokenStream {
        self.zeros.get(&r).cloned().unwrap_or_default()
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
            Symbol::PickWeight(p, k) => {
                let name = &definition.parameters[p].name;
                quote!(#name[#k])
            }
            Symbol::External(n) => {
                let constant = &definition.constants[n];
                number_of(definition, &quote!(#constant))
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
    let [x, _] = &definition.point_names;
    match &definition.points {
        Points::Scalar => Style::of(definition).literal(1.0),
        Points::Array { .. } | Points::Slice => number_of(definition, &quote!(#x.len())),
    }
}

/// An integer, or a constant of the user's, as a scalar.
pub fn number_of(definition: &Definition, count: &TokenStream) -> TokenStream {
    let scalar = scalar(definition);
    match definition.scalar {
        Scalar::Generic => quote!(#scalar::of(#count as ::core::primitive::f64)),
        Scalar::F64 | Scalar::F32 => quote!((#count as #scalar)),
    }
}

/// `f64` or `f32`, out of reach of a shadowing name.
pub fn scalar(definition: &Definition) -> TokenStream {
    match definition.scalar {
        Scalar::F64 => quote!(::core::primitive::f64),
        Scalar::F32 => quote!(::core::primitive::f32),
        Scalar::Generic => {
            let name = type_parameter(definition);
            quote!(#name)
        }
    }
}

/// `T` of `fn k<T: Real>`.
pub fn type_parameter(definition: &Definition) -> Ident {
    let declared = definition.item.sig.generics.type_params().next();
    declared.map_or_else(|| hidden("T"), |parameter| parameter.ident.clone())
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
