//! `impl Tower`: the derivatives of higher order by each point.

use std::ops::RangeInclusive;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::lower::{OpId, Usage};
use crate::plan::{ORDERS, Plan, Term, Tower};
use crate::symbolic::Id;

use super::Tokens;
use super::code::{Coder, Scope};
use super::item::Item;
use super::stages::Stages;
use super::style::Style;
use super::terms::Told;

/// Derivatives of so low an order are made together: whoever has a Hessian on one side needs them.
const TOGETHER: usize = 2;

/// Up to this order, derivatives are those of operators of second order on both sides; those beyond are a function of
/// their own, so that nobody else has their code, nor in debug builds room on the stack for it.
const BEFORE_BEYOND: usize = 4;

impl<'a> Stages<'a> {
    /// The implementation of `Tower`, of kernels that have one.
    pub(super) fn tower(&mut self, item: &Item) -> Option<TokenStream> {
        let (plan, runtime): (&'a Plan, _) = (self.plan, self.runtime);
        let tower = plan.tower.as_ref().ok()?;
        self.coder = Coder::new(&plan.graph, Style::Lane(format_ident!("V")), Usage::Batch, runtime);
        let own = tower.factors.iter().enumerate().filter(|(_, factor)| plan.term(factor.factor) == Term::Custom);
        let (places, custom): (Vec<usize>, Vec<Id>) = own.map(|(place, factor)| (place, factor.factor)).unzip();
        let scales: Vec<Id> = tower.scales();
        let mut frame: Vec<OpId> = scales.iter().map(|&id| self.coder.lower(id)).collect();
        let factors: Vec<OpId> = custom.iter().map(|&id| self.coder.lower(id)).collect();
        frame.extend(self.coder.frontier(&factors));
        let shape = shape(tower, frame.len(), !custom.is_empty(), runtime);
        let terms = terms(tower, runtime);
        let described = self.described(tower, &scales, item);
        let coefficients = self.coefficients(tower, &frame, 0..=BEFORE_BEYOND);
        let beyond = (2 * tower.highest > BEFORE_BEYOND).then(|| {
            let coder = Coder::new(&plan.graph, Style::Lane(format_ident!("V")), Usage::Batch, runtime);
            let before = std::mem::replace(&mut self.coder, coder);
            let beyond = self.coefficients(tower, &[], BEFORE_BEYOND + 1..=ORDERS);
            self.coder = before;
            beyond
        });
        let lane = {
            let scalar = &item.scalar;
            quote!(V: #runtime::__private::Lane<Scalar = #scalar>)
        };
        let beyond = beyond.map(|code| {
            quote! {
                #[inline(always)]
                fn tower_beyond<#lane>(&self, order: usize, d: usize, sums: &[V], out: &mut #runtime::__private::TowerOut<'_, V>) { #code }
            }
        });
        self.frame = frame;
        let factors = (!custom.is_empty()).then(|| {
            let factors = self.factors_at(&places, &custom);
            quote! {
                #[inline(always)]
                fn tower_factors<#lane, P: #runtime::__private::Place<V>>(&self, place: &P, frame: &[V], out: &mut [V]) { #factors }
            }
        });
        let Item { name, impl_generics, type_arguments, bounds, .. } = item;
        Some(quote! {
            #[automatically_derived]
            #[allow(unused_variables, clippy::all, clippy::pedantic, clippy::nursery, reason = "one signature serves all kernels")]
            impl #impl_generics #runtime::Tower for #name #type_arguments #bounds {
                const TOWER: #runtime::__private::TowerShape = #shape;

                fn tower_terms(limits: [usize; 2], each: &mut dyn ::core::ops::FnMut(#runtime::__private::TowerTerm)) { #terms }

                #described

                #[inline(always)]
                fn tower<#lane>(&self, order: usize, d: usize, sums: &[V], out: &mut #runtime::__private::TowerOut<'_, V>) { #coefficients }

                #beyond

                #factors
            }
        })
    }

    /// What factors are, told to the runtime.
    fn described(&self, tower: &Tower, scales: &[Id], item: &Item) -> TokenStream {
        let runtime = self.runtime;
        let scalar = &item.scalar;
        let numbered = tower.factors.iter().enumerate();
        let told =
            numbered.clone().map(|(number, factor)| (quote!(#number), Told::Term(self.plan.term(factor.factor))));
        let [factor, weight] = self.told(&quote!(number), told.collect(), item);
        let factor =
            factor.map(|body| quote!(fn tower_factor(&self, number: usize) -> #runtime::__private::Term { #body }));
        let weight =
            weight.map(|body| quote!(fn tower_weight(&self, number: usize, i: usize, d: usize) -> #scalar { #body }));
        let scaled: Vec<TokenStream> = numbered
            .filter_map(|(number, factor)| {
                let place = scales.iter().position(|&scale| Some(scale) == factor.scale)?;
                Some(quote!(#number => ::core::option::Option::Some(#place),))
            })
            .collect();
        let scale = (!scaled.is_empty()).then(|| {
            quote! {
                fn tower_scale(number: usize) -> ::core::option::Option<usize> {
                    match number { #(#scaled)* _ => ::core::option::Option::None }
                }
            }
        });
        quote!(#factor #weight #scale)
    }

    /// Writes the frame and the coefficients of derivatives of these orders, as far as they are wanted.
    fn coefficients(&mut self, tower: &Tower, frame: &[OpId], orders: RangeInclusive<usize>) -> TokenStream {
        let is_here = |coefficient: &&(Id, usize)| orders.contains(&coefficient.1);
        let expressions: Vec<Id> = tower.coefficients.iter().filter(is_here).map(|coefficient| coefficient.0).collect();
        self.coder.prepare(&expressions);
        let mut parts: [Vec<(TokenStream, OpId)>; ORDERS - TOGETHER] = Default::default();
        parts[0].extend(frame.iter().enumerate().map(|(place, &op)| (quote!(out.frame[#place]), op)));
        for (coefficient, &(id, order)) in tower.coefficients.iter().enumerate().filter(|known| is_here(&known.1)) {
            let place = tower.place(coefficient)[1];
            let op = self.coder.lower(id);
            parts[order.saturating_sub(TOGETHER)].push((quote!(out.coefficients[#order][#place]), op));
        }
        let roots = parts.each_ref().map(|part| part.iter().map(|target| target.1).collect::<Vec<OpId>>());
        let mut coder = self.coder.again();
        let outside = |symbol| self.outside(symbol);
        let mut scope = Scope::new(&outside);
        let lets = coder.bind_in_turn(&mut scope, roots.each_ref().map(Vec::as_slice), 1);
        let mut code = TokenStream::new();
        for (step, (lets, targets)) in lets.into_iter().zip(&parts).enumerate() {
            if step > 0 && targets.is_empty() {
                continue;
            }
            if step > 0 {
                let order = TOGETHER + step;
                code.extend(quote!(if order < #order { return; }));
            }
            let values = targets.iter().map(|(target, op)| {
                let value = coder.expression(&scope, *op);
                quote!(#target = #value;)
            });
            code.extend(quote!(#lets #(#values)*));
        }
        code
    }
}

fn shape(tower: &Tower, frame: usize, custom: bool, runtime: &Tokens) -> TokenStream {
    let factors = tower.factors.len();
    let counts = tower.counts();
    quote! {
        #runtime::__private::TowerShape {
            frame: #frame,
            factors: #factors,
            coefficients: [#(#counts),*],
            custom: #custom,
        }
    }
}

/// A term is a word: the order and the number of its coefficient, what that is multiplied with, and the blocks.
fn terms(tower: &Tower, runtime: &Tokens) -> TokenStream {
    let terms = tower.terms.iter().map(|term| {
        let [order, number] = tower.place(term.coefficient);
        let blocks = term.blocks.iter().map(|([x, y], factor)| format!(",{x}.{y}.{factor}"));
        format!("{order}.{number},{}{}", term.times, blocks.collect::<String>())
    });
    let terms = terms.collect::<Vec<_>>().join(" ");
    quote! { #runtime::__private::TowerTerm::read(#terms, limits, each) }
}
