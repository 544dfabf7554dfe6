//! The stages that go through the coordinates of a pair and make the factors of its derivatives.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use crate::lower::OpId;
use crate::symbolic::{Id, Symbol};

use super::code::Scope;
use super::stages::Stages;

impl Stages<'_> {
    /// Writes each factor into `out`.
    pub(super) fn factors(&mut self, factors: &[Id]) -> TokenStream {
        let places: Vec<usize> = (0..factors.len()).collect();
        self.factors_at(&places, factors)
    }

    /// Writes each factor to its place in `out`.
    pub(super) fn factors_at(&mut self, places: &[usize], factors: &[Id]) -> TokenStream {
        let graph = &self.plan.graph;
        let ops: Vec<OpId> = factors.iter().map(|&id| self.coder.lower(id)).collect();
        let rows: Vec<usize> = graph.symbols(factors).into_iter().filter_map(row_number).collect();
        let bodies: Vec<Id> = rows.iter().map(|&q| graph.rows()[q]).collect();
        let row_ops: Vec<OpId> = bodies.iter().map(|&body| self.coder.lower(body)).collect();
        let mut coder = self.coder.again();
        let inside = |symbol| self.inside(symbol);
        let mut scope = Scope::new(&inside);
        for (place, &op) in self.frame.iter().enumerate() {
            scope.define(op, quote!(frame[#place]));
        }
        let mut code = self.coordinates(&[factors, &bodies].concat());
        for (q, op) in rows.into_iter().zip(row_ops) {
            let mut inner = scope.inner(&inside);
            let lets = coder.bind_shared(&mut inner, &[op]);
            let (name, body) = (row(q), coder.operand(&inner, op));
            code.extend(quote! {
                let mut #name = V::of(0.0);
                for j in 0..place.dimension() { #lets #name = #name + #body; }
            });
        }
        let lets = coder.bind_shared(&mut scope, &ops);
        let values = places.iter().zip(&ops).map(|(&place, &op)| {
            let value = coder.expression(&scope, op);
            quote!(out[#place] = #value;)
        });
        quote!(#code #lets #(#values)*)
    }
}

fn row_number(symbol: Symbol) -> Option<usize> {
    match symbol {
        Symbol::Row(q) => Some(q),
        _ => None,
    }
}

/// The name of a row at the current coordinate.
pub(super) fn row(q: usize) -> Ident {
    format_ident!("row_{q}")
}
