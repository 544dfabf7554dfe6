//! The loops that compute reductions over coordinates, in functions of one pair of points.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use crate::lower::OpId;
use crate::symbolic::{Gather, Id, Reduction, Side, Symbol};

use super::code::Scope;
use super::names::{hidden, sum_name};
use super::pair::Pair;

impl Pair<'_> {
    /// What the reductions among `symbols` gather.
    pub(super) fn bodies(&self, symbols: &[Symbol]) -> Vec<Id> {
        let bodies = symbols.iter().filter_map(|symbol| match symbol {
            Symbol::Sum(r) | Symbol::Product(r, _) => Some(self.plan.graph.reductions()[*r].body),
            _ => None,
        });
        bodies.collect()
    }

    /// Loops that compute the reductions among the ingredients of a function, and what is made of them.
    pub(super) fn reductions(&mut self, ingredients: &[Symbol]) -> TokenStream {
        let graph = &self.plan.graph;
        let mut code = TokenStream::new();
        for pass in graph.passes(ingredients) {
            let (doubles, sums): (Vec<usize>, Vec<usize>) =
                pass.into_iter().partition(|&r| graph.reductions()[r].gather == Gather::DoubleSum);
            code.extend(self.sum_loop(&sums));
            code.extend(self.double_loop(&doubles));
            for &symbol in ingredients {
                if let Symbol::Product(r, zeros) = symbol
                    && sums.contains(&r)
                {
                    code.extend(self.product(r, zeros));
                }
            }
        }
        if ingredients.iter().any(|symbol| matches!(symbol, Symbol::Angle | Symbol::Cross)) {
            code.extend(self.angle());
        }
        code.extend(self.ratios(ingredients));
        code
    }

    /// What is another for each entry.
    pub(super) fn entry_reductions(&mut self, ingredients: &[Symbol], entry: &Ident) -> TokenStream {
        let mut code = TokenStream::new();
        for &symbol in ingredients {
            match symbol {
                Symbol::EntryAt(k) => {
                    let name = self.coder.fresh("at_entry");
                    let (zero, one) = (self.literal(0.0), self.literal(1.0));
                    code.extend(quote!(let #name = if #entry == #k { #one } else { #zero };));
                    self.names.set(symbol, quote!(#name));
                }
                Symbol::Sum(r) => code.extend(self.entry_sum(r, entry)),
                _ => {}
            }
        }
        code.extend(self.ratios(ingredients));
        code
    }

    fn ratios(&mut self, ingredients: &[Symbol]) -> TokenStream {
        let mut code = TokenStream::new();
        for &symbol in ingredients {
            let Symbol::Ratio(t, r) = symbol else { continue };
            let name = self.coder.fresh("share");
            let [t, r] = [t, r].map(|sum| self.names.sum(sum));
            let zero = self.literal(0.0);
            code.extend(quote!(let #name = if #r == #zero { #zero } else { #t / #r };));
            self.names.set(symbol, quote!(#name));
        }
        code
    }

    /// The product of the factors that are not 0, if exactly so many are.
    fn product(&mut self, r: usize, zeros: usize) -> TokenStream {
        let name = self.coder.fresh("product_of_the_rest");
        let [product, count] = [self.names.sum(r), self.names.zeros(r)];
        self.names.set(Symbol::Product(r, zeros), quote!(#name));
        let (zeros, zero) = (self.literal(zeros as f64), self.literal(0.0));
        quote!(let #name = if #count == #zeros { #product } else { #zero };)
    }

    fn sum_loop(&mut self, sums: &[usize]) -> TokenStream {
        let sums: Vec<usize> = sums.iter().copied().filter(|&r| !self.names.has_sum(r)).collect();
        if sums.is_empty() {
            return TokenStream::new();
        }
        let bodies: Vec<Id> = sums.iter().map(|&r| self.plan.graph.reductions()[r].body).collect();
        let ops: Vec<OpId> = bodies.iter().map(|&body| self.coder.lower(body)).collect();
        let frontier = self.coder.frontier(&ops);
        let names = self.names.clone();
        let definition = self.definition;
        let outside = move |symbol| names.symbol(definition, symbol);
        let mut scope = Scope::new(&outside);
        let before = self.coder.bind(&mut scope, &frontier);
        let coordinate = self.coordinate(&bodies, None, "i");
        let inside = |symbol| coordinate.symbol(symbol).unwrap_or_else(|| outside(symbol));
        let mut inner = scope.inner(&inside);
        let shared = self.coder.bind_shared(&mut inner, &ops);
        let mut declarations = TokenStream::new();
        let mut additions = TokenStream::new();
        let zero = self.literal(0.0);
        for (&r, &op) in sums.iter().zip(&ops) {
            let body = self.coder.expression(&inner, op);
            if self.plan.graph.reductions()[r].gather == Gather::Product {
                let [name, count] = ["product", "zeros"].map(|stem| self.coder.fresh(stem));
                let (one, factor) = (self.literal(1.0), hidden("factor"));
                declarations.extend(quote!(let mut #name = #one; let mut #count = #zero;));
                additions.extend(quote! {
                    let #factor = #body;
                    if #factor == #zero { #count += #one; } else { #name *= #factor; }
                });
                self.names.set_product(r, quote!(#name), quote!(#count));
            } else {
                let name = self.coder.fresh(sum_name(&self.plan.graph, r));
                declarations.extend(quote!(let mut #name = #zero;));
                additions.extend(quote!(#name += #body;));
                self.names.set(Symbol::Sum(r), quote!(#name));
            }
        }
        let head = coordinate.head(None);
        let units = &coordinate.prelude;
        quote!(#before #declarations #head { #units #shared #additions })
    }

    /// Σ_i Σ_j
    fn double_loop(&mut self, sums: &[usize]) -> TokenStream {
        let sums: Vec<usize> = sums.iter().copied().filter(|&r| !self.names.has_sum(r)).collect();
        if sums.is_empty() {
            return TokenStream::new();
        }
        let bodies: Vec<Id> = sums.iter().map(|&r| self.plan.graph.reductions()[r].body).collect();
        let ops: Vec<OpId> = bodies.iter().map(|&body| self.coder.lower(body)).collect();
        let names = self.names.clone();
        let definition = self.definition;
        let outside = move |symbol| names.symbol(definition, symbol);
        let mut scope = Scope::new(&outside);
        let frontier = self.coder.frontier(&ops);
        let before = self.coder.bind(&mut scope, &frontier);
        let own = self.coordinate(&bodies, None, "i");
        let at_own = |symbol| own.symbol(symbol).unwrap_or_else(|| outside(symbol));
        let mut row = scope.inner(&at_own);
        let frontier = self.coder.frontier_of(&ops, Symbol::is_other);
        let of_row = self.coder.bind(&mut row, &frontier);
        let other = self.other_coordinate(&bodies, None, "j");
        let inside = |symbol| other.symbol(symbol).unwrap_or_else(|| at_own(symbol));
        let mut inner = row.inner(&inside);
        let shared = self.coder.bind_shared(&mut inner, &ops);
        let (mut declarations, mut additions) = (TokenStream::new(), TokenStream::new());
        let zero = self.literal(0.0);
        for (&r, &op) in sums.iter().zip(&ops) {
            let name = self.coder.fresh("double_sum");
            let body = self.coder.expression(&inner, op);
            declarations.extend(quote!(let mut #name = #zero;));
            additions.extend(quote!(#name += #body;));
            self.names.set(Symbol::Sum(r), quote!(#name));
        }
        let [own_head, other_head] = [&own, &other].map(|coordinate| coordinate.head(None));
        let [own_units, other_units] = [&own, &other].map(|coordinate| &coordinate.prelude);
        quote! {
            #before #declarations
            #own_head { #own_units #of_row #other_head { #other_units #shared #additions } }
        }
    }

    /// Σ_i [i = entry] body(i) is the body at that entry.
    fn entry_sum(&mut self, r: usize, entry: &Ident) -> TokenStream {
        let Reduction { gather, body } = self.plan.graph.reductions()[r];
        let names = self.names.clone();
        let definition = self.definition;
        let one = self.literal(1.0);
        let at = move |symbol| match symbol {
            Symbol::Coordinate(side) => {
                let point = &definition.point_names[usize::from(side == Side::Y)];
                quote!(#point[#entry])
            }
            Symbol::Weight(p) => {
                let weight = &definition.parameters[p].name;
                quote!(#weight[#entry])
            }
            Symbol::Entry => one.clone(),
            Symbol::Index => super::names::number_of(definition, &quote!(#entry)),
            _ => names.symbol(definition, symbol),
        };
        let mut scope = Scope::new(&at);
        let name = self.coder.fresh("entry_sum");
        self.names.set(Symbol::Sum(r), quote!(#name));
        if gather == Gather::DoubleSum {
            return self.row(&scope, &name, body, Some(entry));
        }
        let op = self.coder.lower(body);
        let shared = self.coder.bind_shared(&mut scope, &[op]);
        let value = self.coder.expression(&scope, op);
        quote!(let #name = { #shared #value };)
    }

    /// |x||y| sin θ = |x| |y - (x·y/|x|²) x|, then θ.
    fn angle(&mut self) -> TokenStream {
        let [p, a, _] = self.plan.angle_sums.map(|sum| self.names.sum(sum));
        let [x, y] = &self.definition.point_names;
        let [along, rest, cross, angle, part] =
            ["along", "rest", "cross", "angle", "part"].map(|stem| self.coder.fresh(stem));
        let [x_i, y_i] = ["x_i", "y_i"].map(|name| Ident::new(name, Span::mixed_site()));
        let runtime = self.coder.runtime();
        let zero = self.literal(0.0);
        self.names.set(Symbol::Cross, quote!(#cross));
        self.names.set(Symbol::Angle, quote!(#angle));
        quote! {
            let #along = if #a == #zero { #zero } else { #p / #a };
            let mut #rest = #zero;
            for (&#x_i, &#y_i) in #x.iter().zip(#y.iter()) {
                let #part = #y_i - #along * #x_i;
                #rest += #part * #part;
            }
            let #cross = #runtime::__private::Lane::sqrt(#a * #rest);
            let #angle = #runtime::__private::Lane::atan2(#cross, #p);
        }
    }
}
