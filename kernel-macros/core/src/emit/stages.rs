//! `impl Kernel`: the stages the runtime drives over batches of points.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use crate::definition::{Definition, ParameterKind, Points};
use crate::lower::{OpId, Usage};
use crate::plan::Plan;
use crate::symbolic::{Id, Local, Side, Symbol};

use super::code::{Coder, Scope, Style};
use super::item::{self, Item};

/// What the stages of one kernel hand to each other.
pub(super) struct Stages<'a> {
    definition: &'a Definition,
    pub(super) plan: &'a Plan,
    pub(super) runtime: &'a TokenStream,
    /// What `reduce` fills, in order.
    pub(super) sums: Vec<Symbol>,
    /// Expressions of a pair that per-coordinate factors read.
    frame: Vec<OpId>,
    left: Vec<Id>,
    right: Vec<Id>,
    diagonal: Vec<Id>,
    dense: Vec<Id>,
    /// Reductions that are computed together.
    pub(super) passes: Vec<Vec<usize>>,
    pub(super) coder: Coder<'a>,
}

/// The implementation of `Kernel`.
pub fn implementation(definition: &Definition, plan: &Plan, item: &Item, runtime: &TokenStream) -> TokenStream {
    let mut stages = Stages::new(definition, plan, runtime);
    let shape = stages.shape();
    let start = stages.start();
    let reduce = stages.reduce();
    let value = stages.value();
    let first = stages.first();
    let second = stages.second();
    let left = stages.left.clone();
    let right = stages.right.clone();
    let diagonal = stages.diagonal.clone();
    let [factors_x, factors_y, diagonals] = [left, right, diagonal].map(|factors| stages.factors(&factors));
    let Item { name, impl_generics, type_arguments, bounds, scalar, .. } = item;
    let points = item::points(definition, runtime);
    let dimension = dimension(definition);
    let lane = quote!(#runtime::__private::Lane);
    let bound = quote!(V: #lane<Scalar = Self::Scalar>);
    let place = quote!(place: #runtime::__private::Place<'_, V>);
    let factor_signature = quote!(&self, #place, frame: &[V], out: &mut [V]);
    let entries = stages.entries();
    let entries = (!entries.is_empty()).then(|| {
        quote! {
            #[inline(always)]
            fn entries<#bound>(&self, #place, j: usize, frame: &[V], out: &mut [V]) { #entries }
        }
    });
    quote! {
        #[automatically_derived]
        #[allow(unused_variables, clippy::all, clippy::pedantic, clippy::nursery, reason = "one signature serves all kernels")]
        impl #impl_generics #runtime::Kernel for #name #type_arguments #bounds {
            type Scalar = #scalar;
            type Points = #points;

            fn dimension(&self) -> ::core::option::Option<usize> { #dimension }

            #[inline(always)]
            fn shape(&self) -> #runtime::__private::Shape { #shape }

            #[inline(always)]
            fn start<#bound>(&self, sums: &mut [V]) { #start }

            #[inline(always)]
            fn reduce<#bound>(&self, pass: usize, #place, sums: &mut [V]) { #reduce }

            #[inline(always)]
            fn value<#bound>(&self, d: usize, sums: &[V]) -> V { #value }

            #[inline(always)]
            fn first<#bound>(&self, d: usize, sums: &[V], out: &mut #runtime::__private::First<'_, V>) -> V { #first }

            #[inline(always)]
            fn second<#bound>(&self, d: usize, sums: &[V], out: &mut #runtime::__private::Second<'_, V>) -> V { #second }

            #[inline(always)]
            fn factors_x<#bound>(#factor_signature) { #factors_x }

            #[inline(always)]
            fn factors_y<#bound>(#factor_signature) { #factors_y }

            #[inline(always)]
            fn diagonals<#bound>(#factor_signature) { #diagonals }

            #entries
        }
    }
}

impl<'a> Stages<'a> {
    fn new(definition: &'a Definition, plan: &'a Plan, runtime: &'a TokenStream) -> Self {
        let unique = |factors: &mut dyn Iterator<Item = Id>| {
            let mut found: Vec<Id> = factors.collect();
            found.sort_unstable();
            found.dedup();
            found
        };
        let hess = &plan.hess_xy;
        let pairs: Vec<(Id, Id, Id)> = hess.rank.iter().chain(&hess.off_diagonal).copied().collect();
        let left = unique(&mut plan.grad_x.terms.iter().map(|term| term.1).chain(pairs.iter().map(|term| term.1)));
        let right = unique(&mut plan.grad_y.terms.iter().map(|term| term.1).chain(pairs.iter().map(|term| term.2)));
        let diagonal = unique(&mut hess.diagonal.iter().map(|term| term.1));
        let dense = unique(&mut hess.dense.iter().map(|term| term.1));
        let mut coder = Coder::new(&plan.graph, Style::Lane(format_ident!("V")), Usage::Batch, runtime);
        let mut factors: Vec<Id> = [left.as_slice(), &right, &diagonal, &dense].concat();
        for symbol in plan.graph.symbols(&factors) {
            if let Symbol::Row(q) = symbol {
                factors.push(plan.graph.rows()[q]);
            }
        }
        let ops: Vec<OpId> = factors.iter().map(|&id| coder.lower(id)).collect();
        let frame = coder.frontier(&ops);

        let coefficients = plan.grad_x.terms.iter().chain(&plan.grad_y.terms).map(|term| term.0);
        let second = pairs.iter().map(|term| term.0).chain(hess.diagonal.iter().chain(&hess.dense).map(|term| term.0));
        let mut roots: Vec<Id> = coefficients.chain(second).chain(factors).collect();
        roots.push(plan.value);
        let ingredients = plan.graph.ingredients(&roots);
        let mut sums = Vec::new();
        for &symbol in &ingredients {
            match symbol {
                Symbol::Sum(_) | Symbol::Pick(..) | Symbol::Point(_) | Symbol::Cross => sums.push(symbol),
                // Slot (r, 0) holds the product of what is not 0, slot (r, 1) the number of what is.
                Symbol::Product(r, _) => sums.extend([Symbol::Product(r, 0), Symbol::Product(r, 1)]),
                Symbol::Angle => sums.push(Symbol::Cross),
                _ => {}
            }
        }
        if matches!(definition.points, Points::Scalar) {
            sums = [Side::X, Side::Y].map(Symbol::Point).to_vec();
        }
        sums.sort_unstable();
        sums.dedup();
        let passes = plan.graph.passes(&ingredients);
        Self { definition, plan, runtime, sums, frame, left, right, diagonal, dense, passes, coder }
    }

    pub(super) fn slot(&self, symbol: Symbol) -> usize {
        self.sums.iter().position(|&known| known == symbol).unwrap_or_default()
    }

    /// The perpendicular part of y comes after x·y and |x|².
    pub(super) fn passes(&self) -> usize {
        self.passes.len().max(1 + usize::from(self.sums.contains(&Symbol::Cross)))
    }

    fn shape(&self) -> TokenStream {
        let runtime = self.runtime;
        let [sums, frame, x, y] = [self.sums.len(), self.frame.len(), self.left.len(), self.right.len()];
        let [diagonal, dense] = [self.diagonal.len(), self.dense.len()];
        let passes = self.passes();
        let off_diagonal = !self.plan.hess_xy.off_diagonal.is_empty();
        quote! {
            #runtime::__private::Shape {
                sums: #sums,
                frame: #frame,
                x: #x,
                y: #y,
                diagonal: #diagonal,
                dense: #dense,
                passes: #passes,
                off_diagonal: #off_diagonal,
            }
        }
    }

    fn start(&self) -> TokenStream {
        let starts = self.sums.iter().enumerate().map(|(slot, symbol)| {
            let neutral = if matches!(symbol, Symbol::Product(_, 0)) { 1.0_f64 } else { 0.0 };
            quote!(sums[#slot] = V::of(#neutral);)
        });
        starts.collect()
    }

    /// Outside coordinates: parameters, finished sums, and what is made of them.
    fn outside(&self, symbol: Symbol) -> TokenStream {
        let runtime = self.runtime;
        match symbol {
            Symbol::Parameter(p) => {
                let name = &self.definition.parameters[p].name;
                quote!(V::splat(self.#name))
            }
            Symbol::PickWeight(p, k) => {
                let name = &self.definition.parameters[p].name;
                match self.definition.parameters[p].kind {
                    ParameterKind::Slice => quote!(V::splat(self.#name.as_ref()[#k])),
                    ParameterKind::Scalar | ParameterKind::Array => quote!(V::splat(self.#name[#k])),
                }
            }
            Symbol::External(n) => {
                let constant = &self.definition.constants[n];
                quote!(V::of(#constant as ::core::primitive::f64))
            }
            Symbol::Dimension => quote!(V::of(d as f64)),
            Symbol::Ratio(t, r) => {
                let [t, r] = [t, r].map(|sum| self.slot(Symbol::Sum(sum)));
                quote!(#runtime::__private::Lane::select_eq(sums[#r], V::of(0.0), V::of(0.0), sums[#t] / sums[#r]))
            }
            Symbol::Product(r, zeros) => {
                let [product, count] = [0, 1].map(|part| self.slot(Symbol::Product(r, part)));
                let zeros = zeros as f64;
                quote!(#runtime::__private::Lane::select_eq(sums[#count], V::of(#zeros), sums[#product], V::of(0.0)))
            }
            Symbol::Cross => {
                let [a, cross] = [Symbol::Sum(self.plan.angle_sums[1]), Symbol::Cross].map(|symbol| self.slot(symbol));
                quote!(#runtime::__private::Lane::sqrt(sums[#a] * sums[#cross]))
            }
            Symbol::Angle => {
                let cross = self.outside(Symbol::Cross);
                let p = self.slot(Symbol::Sum(self.plan.angle_sums[0]));
                quote!(#runtime::__private::Lane::atan2(#cross, sums[#p]))
            }
            _ => {
                let slot = self.slot(symbol);
                quote!(sums[#slot])
            }
        }
    }

    /// At one coordinate.
    pub(super) fn inside(&self, symbol: Symbol) -> TokenStream {
        match symbol {
            Symbol::Coordinate(Side::X) => quote!(x),
            Symbol::Coordinate(Side::Y) => quote!(y),
            Symbol::Weight(p) => self.weight(p, &quote!(i)),
            Symbol::Index => quote!(V::of(i as f64)),
            Symbol::Unit(k) => quote!(V::of(if i == #k { 1.0 } else { 0.0 })),
            Symbol::Other(Local::Coordinate(Side::X)) => quote!(place.all_x[j]),
            Symbol::Other(Local::Coordinate(Side::Y)) => quote!(place.all_y[j]),
            Symbol::Other(Local::Weight(p)) => self.weight(p, &quote!(j)),
            Symbol::Other(Local::Index) => quote!(V::of(j as f64)),
            Symbol::Dimension => quote!(V::of(place.all_x.len() as f64)),
            Symbol::Row(q) => {
                let name = row(q);
                quote!(#name)
            }
            _ => self.outside(symbol),
        }
    }

    fn weight(&self, parameter: usize, entry: &TokenStream) -> TokenStream {
        let parameter = &self.definition.parameters[parameter];
        let name = &parameter.name;
        match parameter.kind {
            ParameterKind::Slice => quote!(V::splat(self.#name.as_ref()[#entry])),
            ParameterKind::Scalar | ParameterKind::Array => quote!(V::splat(self.#name[#entry])),
        }
    }

    fn value(&mut self) -> TokenStream {
        let value = self.coder.lower(self.plan.value);
        let mut coder = self.coder.again();
        let outside = |symbol| self.outside(symbol);
        let mut scope = Scope::new(&outside);
        let lets = coder.bind_shared(&mut scope, &[value]);
        let value = coder.expression(&scope, value);
        quote!(#lets #value)
    }

    fn first(&mut self) -> TokenStream {
        let targets = self.gradient_targets();
        self.write(&targets)
    }

    fn second(&mut self) -> TokenStream {
        let mut targets = self.gradient_targets();
        let hess = &self.plan.hess_xy;
        for (p, left) in self.left.iter().enumerate() {
            for (q, right) in self.right.iter().enumerate() {
                let terms = hess.rank.iter().filter(|term| term.1 == *left && term.2 == *right).map(|term| term.0);
                targets.push((quote!(out.rank[#p * out.stride + #q]), terms.collect()));
                if !hess.off_diagonal.is_empty() {
                    let terms = hess.off_diagonal.iter().filter(|term| term.1 == *left && term.2 == *right);
                    let terms = terms.map(|term| term.0).collect();
                    targets.push((quote!(out.off_diagonal[#p * out.stride + #q]), terms));
                }
            }
        }
        for (e, factor) in self.diagonal.iter().enumerate() {
            let terms = hess.diagonal.iter().filter(|term| term.1 == *factor).map(|term| term.0);
            targets.push((quote!(out.diagonal[#e]), terms.collect()));
        }
        for (e, entry) in self.dense.iter().enumerate() {
            let terms = hess.dense.iter().filter(|term| term.1 == *entry).map(|term| term.0);
            targets.push((quote!(out.dense[#e]), terms.collect()));
        }
        self.write(&targets)
    }

    fn gradient_targets(&self) -> Vec<(TokenStream, Vec<Id>)> {
        let mut targets = Vec::new();
        let sides =
            [(&self.left, &self.plan.grad_x, quote!(out.grad_x)), (&self.right, &self.plan.grad_y, quote!(out.grad_y))];
        for (factors, gradient, target) in sides {
            for (place, factor) in factors.iter().enumerate() {
                let terms = gradient.terms.iter().filter(|term| term.1 == *factor).map(|term| term.0);
                targets.push((quote!(#target[#place]), terms.collect()));
            }
        }
        targets
    }

    /// Writes the frame and every target (a sum of coefficients), and returns the value.
    fn write(&mut self, targets: &[(TokenStream, Vec<Id>)]) -> TokenStream {
        let expressions: Vec<Id> = targets.iter().flat_map(|target| &target.1).copied().collect();
        self.coder.prepare(&expressions);
        let value = self.coder.lower(self.plan.value);
        let lowered: Vec<Vec<OpId>> =
            targets.iter().map(|(_, terms)| terms.iter().map(|&id| self.coder.lower(id)).collect()).collect();
        let mut roots = lowered.concat();
        roots.push(value);
        roots.extend(&self.frame);
        let mut coder = self.coder.again();
        let outside = |symbol| self.outside(symbol);
        let mut scope = Scope::new(&outside);
        let lets = coder.bind_shared(&mut scope, &roots);
        let frame = self.frame.iter().enumerate().map(|(place, &op)| {
            let value = coder.expression(&scope, op);
            quote!(out.frame[#place] = #value;)
        });
        let assignments = targets.iter().zip(&lowered).map(|((target, _), terms)| {
            let sum = match **terms {
                [] => quote!(V::of(0.0)),
                [only] => coder.expression(&scope, only),
                _ => {
                    let terms = terms.iter().map(|&op| coder.operand(&scope, op));
                    quote!(#(#terms)+*)
                }
            };
            quote!(#target = #sum;)
        });
        let value = coder.expression(&scope, value);
        quote!(#lets #(#frame)* #(#assignments)* #value)
    }

    fn entries(&mut self) -> TokenStream {
        let dense = self.dense.clone();
        if dense.is_empty() { TokenStream::new() } else { self.factors(&dense) }
    }

    fn factors(&mut self, factors: &[Id]) -> TokenStream {
        let graph = &self.plan.graph;
        let ops: Vec<OpId> = factors.iter().map(|&id| self.coder.lower(id)).collect();
        let rows: Vec<(usize, OpId)> = graph
            .symbols(factors)
            .into_iter()
            .filter_map(|symbol| match symbol {
                Symbol::Row(q) => Some((q, self.coder.lower(graph.rows()[q]))),
                _ => None,
            })
            .collect();
        let mut coder = self.coder.again();
        let inside = |symbol| self.inside(symbol);
        let mut scope = Scope::new(&inside);
        for (place, &op) in self.frame.iter().enumerate() {
            scope.define(op, quote!(frame[#place]));
        }
        let mut code = quote!(let (i, x, y) = (place.i, place.x, place.y););
        for (q, op) in rows {
            let mut inner = scope.inner(&inside);
            let lets = coder.bind_shared(&mut inner, &[op]);
            let (name, body) = (row(q), coder.operand(&inner, op));
            code.extend(quote! {
                let mut #name = V::of(0.0);
                for j in 0..place.all_x.len() { #lets #name = #name + #body; }
            });
        }
        let lets = coder.bind_shared(&mut scope, &ops);
        let values = ops.iter().enumerate().map(|(place, &op)| {
            let value = coder.expression(&scope, op);
            quote!(out[#place] = #value;)
        });
        quote!(#code #lets #(#values)*)
    }
}

/// The name of a row at the current coordinate.
fn row(q: usize) -> Ident {
    format_ident!("row_{q}")
}

/// The number of coordinates the kernel insists on.
fn dimension(definition: &Definition) -> TokenStream {
    if let Points::Scalar = definition.points {
        return quote!(::core::option::Option::Some(1));
    }
    if let Points::Array { length, .. } = &definition.points {
        return quote!(::core::option::Option::Some(#length));
    }
    if let Some(parameter) = definition.parameters.iter().find(|parameter| parameter.kind.is_per_coordinate()) {
        let name = &parameter.name;
        return quote!(::core::option::Option::Some(self.#name.as_ref().len()));
    }
    quote!(::core::option::Option::None)
}
