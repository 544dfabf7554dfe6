//! The stage that goes through the coordinates of a pair and fills its sums.

use std::ops::Range;

use proc_macro2::TokenStream;
use quote::quote;

use crate::lower::OpId;
use crate::symbolic::{Gather, Id, Side, Symbol};

use super::code::{Coder, Scope};
use super::stages::Stages;

impl Stages<'_> {
    /// Neutral elements, where they are not all 0.
    pub(super) fn start(&self) -> TokenStream {
        let is_factor = |slot: usize| matches!(self.sums[slot], Symbol::Product(_, 0));
        let groups = self.groups(is_factor).into_iter().map(|(stage, slots)| {
            let ones = slots.into_iter().map(|slot| quote!(sums[#slot] = V::of(1.0);));
            (stage, quote!(#(#ones)*))
        });
        nested(groups.collect())
    }

    /// What takes one coordinate into the sums, pass by pass.
    pub(super) fn reduce(&mut self) -> TokenStream {
        let passes: Vec<TokenStream> = (0..self.passes()).map(|pass| self.pass(pass)).collect();
        if let [only] = &*passes {
            return only.clone();
        }
        let numbers = 0..passes.len();
        quote!(match pass { #(#numbers => { #passes })* _ => {} })
    }

    fn pass(&mut self, pass: usize) -> TokenStream {
        let reductions = self.passes.get(pass).cloned().unwrap_or_default();
        let is_here = |symbol| match symbol {
            Symbol::Sum(r) | Symbol::Product(r, 0) => reductions.contains(&r),
            Symbol::Point(_) | Symbol::Pick(..) => pass == 0,
            Symbol::Cross => pass == 1,
            _ => false,
        };
        let groups = self.groups(|slot| is_here(self.sums[slot]));
        let bodies: Vec<Id> = reductions.iter().map(|&r| self.plan.graph.reductions()[r].body).collect();
        let ops: Vec<OpId> = bodies.iter().map(|&body| self.coder.lower(body)).collect();
        let op_of = |r: usize| reductions.iter().position(|&known| known == r).map(|place| ops[place]);
        let mut coder = self.coder.again();
        let inside = |symbol| self.inside(symbol);
        let mut scope = Scope::new(&inside);
        let groups =
            groups.into_iter().map(|(stage, slots)| (stage, self.additions(&mut coder, &mut scope, &slots, op_of)));
        let groups = groups.collect();
        let coordinates = if pass == 1 && self.sums.contains(&Symbol::Cross) {
            quote!(let (x, y) = (place.x(), place.y());)
        } else {
            self.coordinates(&bodies)
        };
        let additions = nested(groups);
        quote!(#coordinates #additions)
    }

    /// Takes a coordinate into some slots.
    fn additions(
        &self,
        coder: &mut Coder<'_>,
        scope: &mut Scope<'_>,
        slots: &[usize],
        op_of: impl Fn(usize) -> Option<OpId>,
    ) -> TokenStream {
        let mut code = TokenStream::new();
        let (mut simple, mut doubles) = (Vec::new(), Vec::new());
        for &slot in slots {
            match self.sums[slot] {
                Symbol::Point(Side::X) => code.extend(quote!(sums[#slot] = place.other_x(0);)),
                Symbol::Point(Side::Y) => code.extend(quote!(sums[#slot] = place.other_y(0);)),
                Symbol::Pick(Side::X, k) => code.extend(quote!(sums[#slot] = place.other_x(#k);)),
                Symbol::Pick(Side::Y, k) => code.extend(quote!(sums[#slot] = place.other_y(#k);)),
                Symbol::Cross => code.extend(self.cross()),
                Symbol::Sum(r) | Symbol::Product(r, _) => {
                    let is_double = self.plan.graph.reductions()[r].gather == Gather::DoubleSum;
                    let list = if is_double { &mut doubles } else { &mut simple };
                    list.extend(op_of(r).map(|op| (slot, r, op)));
                }
                _ => {}
            }
        }
        let roots: Vec<OpId> = simple.iter().map(|&(.., op)| op).collect();
        code.extend(coder.bind_shared(scope, &roots));
        for (slot, r, op) in simple {
            if self.plan.graph.reductions()[r].gather == Gather::Sum {
                let body = coder.operand(scope, op);
                code.extend(quote!(sums[#slot] = sums[#slot] + #body;));
                continue;
            }
            let count = self.slot(Symbol::Product(r, 1));
            let (body, runtime) = (coder.expression(scope, op), self.runtime);
            let choose = quote!(#runtime::__private::Lane::select_eq);
            code.extend(quote! {
                let factor = #body;
                sums[#slot] = sums[#slot] * #choose(factor, V::of(0.0), V::of(1.0), factor);
                sums[#count] = sums[#count] + #choose(factor, V::of(0.0), V::of(1.0), V::of(0.0));
            });
        }
        if doubles.is_empty() {
            return code;
        }
        let mut roots: Vec<OpId> = doubles.iter().map(|&(.., op)| op).collect();
        roots.sort_unstable();
        let frontier = coder.frontier_of(&roots, Symbol::is_other);
        let of_row = coder.bind(scope, &frontier);
        let mut inner_scope = scope.inner(scope.symbols());
        let shared = coder.bind_shared(&mut inner_scope, &roots);
        let inner = doubles.into_iter().map(|(slot, _, op)| {
            let body = coder.operand(&inner_scope, op);
            quote!(sums[#slot] = sums[#slot] + #body;)
        });
        quote!(#code #of_row for j in 0..place.dimension() { #shared #(#inner)* })
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

    /// Some of the slots, by the first stage that needs them.
    fn groups(&self, is_wanted: impl Fn(usize) -> bool) -> Vec<(usize, Vec<usize>)> {
        let mut start = 0;
        let groups = self.counts.iter().enumerate().map(|(stage, &count)| {
            let slots: Range<usize> = start..count;
            start = count;
            (stage, slots.filter(|&slot| is_wanted(slot)).collect::<Vec<usize>>())
        });
        groups.filter(|group| !group.1.is_empty()).collect()
    }
}

/// What each stage adds to what those before it do, inside that: names reach further in.
fn nested(groups: Vec<(usize, TokenStream)>) -> TokenStream {
    groups.into_iter().rev().fold(TokenStream::new(), |inner, (stage, code)| {
        if stage == 0 { quote!(#code #inner) } else { quote!(if stage as usize >= #stage { #code #inner }) }
    })
}
