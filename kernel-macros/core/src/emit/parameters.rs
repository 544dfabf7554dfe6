//! The stages that make the derivatives by parameters, from finished sums and, entry by entry, the coordinate that goes
//! with an entry: Σ_i [i = l] ∂b(i)/∂w_l is the summand at l.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use crate::lower::OpId;
use crate::plan::Products;
use crate::symbolic::{Gather, Id, Symbol};

use super::code::{Coder, Scope};
use super::stages::Stages;

/// Sums of products of operations.
type Lowered = Vec<Vec<Vec<OpId>>>;

/// Where what belongs to a parameter begins in the output, and what that is.
type Derivative = (TokenStream, Lowered);

impl Stages<'_> {
    /// How many parameters are numbers, and how many vectors.
    pub(super) fn parameters(&self) -> [usize; 2] {
        let all = &self.definition.parameters;
        let vectors = all.iter().filter(|parameter| parameter.kind.is_per_coordinate()).count();
        [all.len() - vectors, vectors]
    }

    /// Writes ∂k/∂θ of all parameters, and returns the value.
    pub(super) fn params(&mut self) -> TokenStream {
        let number = |value| vec![vec![vec![value]]];
        let derivatives: Vec<Vec<Products>> =
            self.plan.parameters.iter().map(|parameter| number(parameter.value)).collect();
        self.by_parameters(&number(self.plan.value), &derivatives.iter().map(Vec::as_slice).collect::<Vec<_>>())
    }

    /// The same of k and its derivatives along two vectors.
    pub(super) fn contract(&mut self) -> TokenStream {
        let derivatives: Vec<&[Products]> = self.plan.parameters.iter().map(|parameter| &parameter.jet[..]).collect();
        self.by_parameters(&self.plan.jet, &derivatives)
    }

    /// Writes what belongs to each parameter, and returns what is `value`.
    fn by_parameters(&mut self, value: &[Products], derivatives: &[&[Products]]) -> TokenStream {
        let graph = &self.plan.graph;
        let all: Vec<Id> = derivatives.iter().copied().flatten().flatten().flatten().copied().collect();
        let values: Vec<Id> = value.iter().flatten().flatten().copied().collect();
        let (of_entry, others): (Vec<Symbol>, Vec<Symbol>) =
            graph.ingredients(&[&values[..], &all].concat()).into_iter().partition(|&symbol| graph.is_of_entry(symbol));
        let along: Vec<Symbol> = others.into_iter().filter(|&symbol| graph.is_along(symbol)).collect();
        let [of_entries, along] = [&of_entry, &along].map(|symbols| self.summands(symbols));
        let bodies: Vec<Id> = of_entries.iter().map(|sum| sum.1).collect();
        let bodies_along: Vec<Id> = along.iter().map(|sum| sum.1).collect();
        self.coder.prepare(&[&bodies_along[..], &bodies, &all].concat());
        let value = self.lowered(value);
        let [sums, along] = [of_entries, along].map(|sums| self.lowered_sums(&sums));
        let derivatives: Vec<Lowered> = derivatives.iter().map(|derivative| self.lowered(derivative)).collect();
        let (scalars, vectors) = self.places(derivatives);

        let mut coder = self.coder.again();
        let outside = |symbol| self.outside(symbol);
        let mut scope = Scope::new(&outside);
        let along = self.along(&mut coder, &mut scope, &along, &self.coordinates(&bodies_along));
        let mut in_loop: Vec<OpId> = sums.iter().map(|sum| sum.1).collect();
        in_loop.extend(vectors.iter().flat_map(|vector| operations(&vector.1)));
        let varies = |symbol: Symbol| symbol.is_own() || symbol.is_other() || of_entry.contains(&symbol);
        let frontier = coder.frontier_of(&in_loop, varies);
        // What the loop reads counts as used twice.
        let mut roots = [&frontier[..], &frontier].concat();
        roots.extend(scalars.iter().flat_map(|scalar| operations(&scalar.1)));
        roots.extend(operations(&value));
        let lets = coder.bind_shared(&mut scope, &roots);
        let assignments = scalars.iter().map(|(at, ops)| {
            let derivative = together(&coder, &scope, ops);
            quote!(out[#at] = #derivative;)
        });
        let assignments: TokenStream = assignments.collect();
        let value = together(&coder, &scope, &value);

        let at_entry = |symbol| self.at_entry(&of_entry, symbol);
        let mut inner = scope.inner(&at_entry);
        let sums = self.entry_sums(&mut coder, &mut inner, &sums);
        let entries = entries(&mut coder, &mut inner, &vectors);
        let coordinates = self.coordinates(&bodies);
        let entries = (!vectors.is_empty())
            .then(|| quote!(for l in 0..d { let place = place.at(l); #coordinates #sums #entries }));
        quote!(let d = place.dimension(); #along #lets #assignments #entries #value)
    }

    /// The sums among these symbols, with their summands.
    fn summands(&self, symbols: &[Symbol]) -> Vec<(usize, Id)> {
        let reductions = self.plan.graph.reductions();
        symbols.iter().filter_map(|&symbol| sum_number(symbol)).map(|r| (r, reductions[r].body)).collect()
    }

    fn lowered(&mut self, parts: &[Products]) -> Lowered {
        let mut product = |ids: &Vec<Id>| ids.iter().map(|&id| self.coder.lower(id)).collect();
        parts.iter().map(|products| products.iter().map(&mut product).collect()).collect()
    }

    fn lowered_sums(&mut self, sums: &[(usize, Id)]) -> Vec<(usize, OpId)> {
        sums.iter().map(|&(r, body)| (r, self.coder.lower(body))).collect()
    }

    /// Scalar parameters and vectors, each with its place in the order of the parameters.
    fn places(&self, derivatives: Vec<Lowered>) -> (Vec<Derivative>, Vec<Derivative>) {
        let (mut scalars, mut vectors) = (Vec::new(), Vec::new());
        for (parameter, parts) in self.definition.parameters.iter().zip(derivatives) {
            let (before, behind) = (scalars.len(), vectors.len());
            let at = if behind == 0 { quote!(#before) } else { quote!(#before + #behind * d) };
            let list = if parameter.kind.is_per_coordinate() { &mut vectors } else { &mut scalars };
            list.push((at, parts));
        }
        (scalars, vectors)
    }

    /// At the coordinate of an entry.
    fn at_entry(&self, of_entry: &[Symbol], symbol: Symbol) -> TokenStream {
        let runtime = self.runtime;
        match symbol {
            Symbol::Entry => quote!(V::of(1.0)),
            Symbol::EntryAt(k) => quote!(place.unit(#k)),
            Symbol::Sum(r) if of_entry.contains(&symbol) => {
                let name = entry_sum(r);
                quote!(#name)
            }
            Symbol::Ratio(t, r) if of_entry.contains(&symbol) => {
                let [t, r] = [t, r].map(|sum| self.at_entry(of_entry, Symbol::Sum(sum)));
                quote!(#runtime::__private::Lane::select_eq(#r, V::of(0.0), V::of(0.0), #t / #r))
            }
            _ => self.inside(symbol),
        }
    }

    /// The sums that have one summand for each entry, or, of a double sum, one row.
    fn entry_sums(&self, coder: &mut Coder<'_>, scope: &mut Scope<'_>, sums: &[(usize, OpId)]) -> TokenStream {
        let is_double = |r: usize| self.plan.graph.reductions()[r].gather == Gather::DoubleSum;
        let (doubles, simple): (Vec<_>, Vec<_>) = sums.iter().copied().partition(|&(r, _)| is_double(r));
        let roots: Vec<OpId> = simple.iter().map(|sum| sum.1).collect();
        let mut code = coder.bind_shared(scope, &roots);
        for (r, op) in simple {
            let (name, summand) = (entry_sum(r), coder.expression(scope, op));
            code.extend(quote!(let #name = #summand;));
        }
        for (r, op) in doubles {
            let mut inner = scope.inner(scope.symbols());
            let lets = coder.bind_shared(&mut inner, &[op]);
            let (name, summand) = (entry_sum(r), coder.operand(&inner, op));
            code.extend(quote! {
                let mut #name = V::of(0.0);
                for j in 0..d { #lets #name = #name + #summand; }
            });
        }
        code
    }
}

/// Writes the derivatives by entry l of each vector.
fn entries(coder: &mut Coder<'_>, scope: &mut Scope<'_>, vectors: &[Derivative]) -> TokenStream {
    let roots: Vec<OpId> = vectors.iter().flat_map(|vector| operations(&vector.1)).collect();
    let lets = coder.bind_shared(scope, &roots);
    let assignments = vectors.iter().map(|(start, ops)| {
        let derivative = together(coder, scope, ops);
        quote!(out[#start + l] = #derivative;)
    });
    quote!(#lets #(#assignments)*)
}

fn operations(parts: &Lowered) -> impl Iterator<Item = OpId> {
    parts.iter().flatten().flatten().copied()
}

/// One expression, or an array of several.
fn together(coder: &Coder<'_>, scope: &Scope<'_>, parts: &Lowered) -> TokenStream {
    let expressions = parts.iter().map(|products| match &products[..] {
        [] => quote!(V::of(0.0)),
        [product] if product.len() == 1 => coder.expression(scope, product[0]),
        products => {
            let products = products.iter().map(|product| {
                let mut operands = product.iter().filter(|&&op| !coder.is_one(op)).map(|&op| coder.operand(scope, op));
                let first = operands.next();
                quote!(#first #(* #operands)*)
            });
            quote!(#(#products)+*)
        }
    });
    if parts.len() == 1 { quote!(#(#expressions)*) } else { quote!([#(#expressions),*]) }
}

fn sum_number(symbol: Symbol) -> Option<usize> {
    match symbol {
        Symbol::Sum(r) => Some(r),
        _ => None,
    }
}

/// The name of a sum at the current entry.
fn entry_sum(r: usize) -> Ident {
    format_ident!("entry_sum_{r}")
}
