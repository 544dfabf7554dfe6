//! The stage that goes through the coordinates of a pair and fills its sums.

use proc_macro2::TokenStream;
use quote::quote;

use crate::lower::OpId;
use crate::symbolic::{Gather, Side, Symbol};

use super::code::Scope;
use super::stages::Stages;

impl Stages<'_> {
    /// What takes one coordinate into the sums, pass by pass.
    pub(super) fn reduce(&mut self) -> TokenStream {
        let mut picks = TokenStream::new();
        for (slot, &symbol) in self.sums.iter().enumerate() {
            picks.extend(match symbol {
                Symbol::Point(Side::X) => quote!(sums[#slot] = x;),
                Symbol::Point(Side::Y) => quote!(sums[#slot] = y;),
                Symbol::Pick(Side::X, k) => quote!(if i == #k { sums[#slot] = x; }),
                Symbol::Pick(Side::Y, k) => quote!(if i == #k { sums[#slot] = y; }),
                _ => continue,
            });
        }
        let mut passes = Vec::new();
        for pass in 0..self.passes() {
            let reductions = self.passes.get(pass).cloned().unwrap_or_default();
            let mut code = if pass == 0 { std::mem::take(&mut picks) } else { TokenStream::new() };
            code.extend(self.pass(&reductions));
            if pass == 1 && self.sums.contains(&Symbol::Cross) {
                code.extend(self.cross());
            }
            passes.push(code);
        }
        let place = quote!(let (i, x, y) = (place.i, place.x, place.y););
        if let [only] = &*passes {
            return quote!(#place #only);
        }
        let numbers = 0..passes.len();
        quote!(#place match pass { #(#numbers => { #passes })* _ => {} })
    }

    fn pass(&mut self, reductions: &[usize]) -> TokenStream {
        let plan = self.plan;
        let ops: Vec<(usize, OpId)> =
            reductions.iter().map(|&r| (r, self.coder.lower(plan.graph.reductions()[r].body))).collect();
        let gather = |r: usize| plan.graph.reductions()[r].gather;
        let (doubles, ops): (Vec<_>, Vec<_>) = ops.into_iter().partition(|op| gather(op.0) == Gather::DoubleSum);
        let mut coder = self.coder.again();
        let inside = |symbol| self.inside(symbol);
        let mut scope = Scope::new(&inside);
        let roots: Vec<OpId> = ops.iter().map(|op| op.1).collect();
        let mut inner_roots: Vec<OpId> = doubles.iter().map(|op| op.1).collect();
        let lets = coder.bind_shared(&mut scope, &roots);
        let additions: TokenStream = ops
            .iter()
            .map(|&(r, op)| {
                if gather(r) == Gather::Sum {
                    let (slot, body) = (self.slot(Symbol::Sum(r)), coder.operand(&scope, op));
                    return quote!(sums[#slot] = sums[#slot] + #body;);
                }
                let [slot, count] = [0, 1].map(|part| self.slot(Symbol::Product(r, part)));
                let (body, runtime) = (coder.expression(&scope, op), self.runtime);
                let choose = quote!(#runtime::__private::Lane::select_eq);
                quote! {
                    let factor = #body;
                    sums[#slot] = sums[#slot] * #choose(factor, V::of(0.0), V::of(1.0), factor);
                    sums[#count] = sums[#count] + #choose(factor, V::of(0.0), V::of(1.0), V::of(0.0));
                }
            })
            .collect();
        if doubles.is_empty() {
            return quote!(#lets #additions);
        }
        inner_roots.sort_unstable();
        let frontier = coder.frontier_of(&inner_roots, Symbol::is_other);
        let of_row = coder.bind(&mut scope, &frontier);
        let shared = coder.bind_shared(&mut scope, &inner_roots);
        let inner: TokenStream = doubles
            .iter()
            .map(|&(r, op)| {
                let (slot, body) = (self.slot(Symbol::Sum(r)), coder.operand(&scope, op));
                quote!(sums[#slot] = sums[#slot] + #body;)
            })
            .collect();
        quote!(#lets #additions #of_row for j in 0..place.all_x.len() { #shared #inner })
    }

    fn cross(&self) -> TokenStream {
        let [p, a, _] = self.plan.angle_sums.map(|sum| self.slot(Symbol::Sum(sum)));
        let cross = self.slot(Symbol::Cross);
        let runtime = self.runtime;
        quote! {
            let along = #runtime::__private::Lane::select_eq(sums[#a], V::of(0.0), V::of(0.0), sums[#p] / sums[#a]);
            let rest = y - along * x;
            sums[#cross] = sums[#cross] + rest * rest;
        }
    }
}
