//! What sums and factors are, told to the runtime instead of computed.

use proc_macro2::TokenStream;
use quote::quote;

use crate::definition::{Definition, Scalar};
use crate::lower::Usage;
use crate::plan::{Base, Term};
use crate::symbolic::{Gather, Id, Side, Symbol};

use super::code::{Coder, Scope};
use super::item::Item;
use super::stages::{Stages, entry};

/// A term as the runtime knows it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Told {
    Term(Term),
    Pick(Side, usize),
}

impl Stages<'_> {
    /// Whether some sum of a stage or those before it is not of a form that the runtime knows.
    pub(super) fn has_custom_sums(&self, stage: usize) -> bool {
        self.sums[..self.counts[stage]].iter().any(|&symbol| self.sum(symbol) == Told::Term(Term::Custom))
    }

    /// The same of the factors.
    pub(super) fn has_custom_factors(&self) -> bool {
        self.described_factors().any(|(_, factor)| self.plan.term(factor) == Term::Custom)
    }

    /// The functions that tell what the sums and factors are.
    pub(super) fn terms(&self, item: &Item) -> TokenStream {
        let runtime = self.runtime;
        let scalar = &item.scalar;
        let sums = self.sums.iter().enumerate().map(|(slot, &symbol)| (quote!(#slot), self.sum(symbol)));
        let factors = self.described_factors().map(|(place, factor)| (place, Told::Term(self.plan.term(factor))));
        let [sum, sum_weight] = self.told(&quote!(slot), sums.collect(), item);
        let [factor, factor_weight] = self.told(&quote!((side, number)), factors.collect(), item);
        let term = quote!(#runtime::__private::Term);
        let stage = quote!(stage: #runtime::__private::Stage, slot: usize);
        let side = quote!(side: #runtime::__private::Side, number: usize);
        let sum = sum.map(|body| quote!(fn sum(&self, #stage) -> #term { #body }));
        let sum_weight =
            sum_weight.map(|body| quote!(fn sum_weight(&self, #stage, i: usize, d: usize) -> #scalar { #body }));
        let factor = factor.map(|body| quote!(fn factor(&self, #side) -> #term { #body }));
        let factor_weight =
            factor_weight.map(|body| quote!(fn factor_weight(&self, #side, i: usize, d: usize) -> #scalar { #body }));
        quote!(#sum #sum_weight #factor #factor_weight)
    }

    fn sum(&self, symbol: Symbol) -> Told {
        match symbol {
            Symbol::Point(side) => Told::Pick(side, 0),
            Symbol::Pick(side, k) => Told::Pick(side, k),
            Symbol::Sum(r) if self.plan.graph.reductions()[r].gather == Gather::Sum => {
                Told::Term(self.plan.term(self.plan.graph.reductions()[r].body))
            }
            _ => Told::Term(Term::Custom),
        }
    }

    /// The factors f, g and h, each with the pattern that finds it.
    fn described_factors(&self) -> impl Iterator<Item = (TokenStream, Id)> {
        let runtime = self.runtime;
        let sides = [(quote!(X), &self.left), (quote!(Y), &self.right), (quote!(Diagonal), &self.diagonal)];
        sides.into_iter().flat_map(move |(side, factors)| {
            factors
                .iter()
                .enumerate()
                .map(move |(number, &factor)| (quote!((#runtime::__private::Side::#side, #number)), factor))
        })
    }

    /// The bodies of a function that tells the terms and of one that tells their weights, where there is anything to
    /// tell.
    pub(super) fn told(
        &self,
        by: &TokenStream,
        terms: Vec<(TokenStream, Told)>,
        item: &Item,
    ) -> [Option<TokenStream>; 2] {
        let runtime = self.runtime;
        let custom = Told::Term(Term::Custom);
        let names = terms.iter().map(|(place, term)| (place.clone(), self.name(*term))).collect();
        let names = (!terms.iter().all(|term| term.1 == custom))
            .then(|| choice(by, names, &quote!(#runtime::__private::Term::Custom)));
        let weights: Vec<(TokenStream, TokenStream)> = terms
            .into_iter()
            .filter_map(|(place, term)| match term {
                Told::Term(Term::Weighted(_, weight)) => Some((place, self.weight_of(weight, item))),
                _ => None,
            })
            .collect();
        let one = item.style(self.definition).literal(1.0);
        let weights = (!weights.is_empty()).then(|| choice(by, weights, &one));
        [names, weights]
    }

    fn name(&self, term: Told) -> TokenStream {
        let runtime = self.runtime;
        let base = |base: Base| {
            let name = quote::format_ident!("{base:?}");
            quote!(#runtime::__private::Base::#name)
        };
        let name = match term {
            Told::Pick(side, k) => {
                let base = base(if side == Side::X { Base::X } else { Base::Y });
                quote!(Pick(#base, #k))
            }
            Told::Term(Term::Plain(known)) => {
                let base = base(known);
                quote!(Plain(#base))
            }
            Told::Term(Term::Weighted(known, _)) => {
                let base = base(known);
                quote!(Weighted(#base))
            }
            Told::Term(Term::Custom) => quote!(Custom),
        };
        quote!(#runtime::__private::Term::#name)
    }

    /// A weight at coordinate `i` of `d`, as a scalar.
    pub(super) fn weight_of(&self, weight: Id, item: &Item) -> TokenStream {
        let style = item.style(self.definition);
        let mut coder = Coder::new(&self.plan.graph, style.clone(), Usage::Batch, self.runtime);
        let (one, zero) = (style.literal(1.0), style.literal(0.0));
        let symbols = |symbol| match symbol {
            Symbol::Parameter(p) => {
                let name = &self.definition.parameters[p].name;
                quote!(self.#name)
            }
            Symbol::Weight(p) => entry(self.definition, p, &quote!(i)),
            Symbol::PickWeight(p, k) => entry(self.definition, p, &quote!(#k)),
            Symbol::External(n) => {
                let constant = &self.definition.constants[n];
                number(self.definition, item, &quote!(#constant))
            }
            Symbol::Index => number(self.definition, item, &quote!(i)),
            Symbol::Unit(k) => quote!((if i == #k { #one } else { #zero })),
            _ => number(self.definition, item, &quote!(d)),
        };
        let mut scope = Scope::new(&symbols);
        let op = coder.lower(weight);
        let lets = coder.bind_shared(&mut scope, &[op]);
        let value = coder.expression(&scope, op);
        if lets.is_empty() { value } else { quote!({ #lets #value }) }
    }
}

/// A count, or a constant of the user's, as the kernel's scalar.
fn number(definition: &Definition, item: &Item, count: &TokenStream) -> TokenStream {
    let scalar = &item.scalar;
    match definition.scalar {
        Scalar::F32 => quote!((#count as #scalar)),
        Scalar::F64 | Scalar::Generic => quote!(#scalar::of(#count as ::core::primitive::f64)),
    }
}

/// `match by { … }`, or the one value that all places have.
fn choice(by: &TokenStream, values: Vec<(TokenStream, TokenStream)>, otherwise: &TokenStream) -> TokenStream {
    let (places, values): (Vec<TokenStream>, Vec<TokenStream>) = values.into_iter().unzip();
    if values.iter().all(|value| value.to_string() == values[0].to_string()) {
        return values[0].clone();
    }
    quote!(match #by { #(#places => #values,)* _ => #otherwise })
}
