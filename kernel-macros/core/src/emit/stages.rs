//! `impl Kernel`: the stages the runtime drives over batches of points.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::definition::{Definition, ParameterKind, Points};
use crate::lower::{OpId, Usage};
use crate::plan::Plan;
use crate::symbolic::{Id, Local, Side, Symbol};

use super::Tokens;
use super::code::Coder;
use super::contraction::along;
use super::factors::row;
use super::item::{self, Item};
use super::style::Style;

/// What the stages of one kernel hand to each other.
pub(super) struct Stages<'a> {
    pub(super) definition: &'a Definition,
    pub(super) plan: &'a Plan,
    pub(super) runtime: &'a Tokens,
    /// What `reduce` fills, ordered by the first stage that needs it.
    pub(super) sums: Vec<Symbol>,
    /// How many of them each stage needs.
    pub(super) counts: [usize; 5],
    /// How many coordinates points have at least.
    coordinates: usize,
    /// Expressions of a pair that per-coordinate factors read.
    pub(super) frame: Vec<OpId>,
    pub(super) left: Vec<Id>,
    pub(super) right: Vec<Id>,
    pub(super) diagonal: Vec<Id>,
    pub(super) dense: Vec<Id>,
    /// Reductions that are computed together.
    pub(super) passes: Vec<Vec<usize>>,
    pub(super) coder: Coder<'a>,
}

/// The implementation of `Kernel`.
pub fn implementation(definition: &Definition, plan: &Plan, item: &Item, runtime: &Tokens) -> TokenStream {
    let mut stages = Stages::new(definition, plan, runtime);
    let shape = stages.shape();
    let terms = stages.terms(item);
    let reduce = stages.reduce();
    let value = stages.value();
    let first = stages.first();
    let second = stages.second();
    let Item { name, impl_generics, type_arguments, bounds, scalar, .. } = item;
    let points = item::points(definition, runtime);
    let dimension = dimension(definition);
    let coordinates =
        coordinates(definition).map(|count| quote!(const COORDINATES: ::core::option::Option<usize> = #count;));
    let lane = quote!(V: #runtime::__private::Lane<Scalar = #scalar>);
    let place = quote!(P: #runtime::__private::Place<V>);
    let start = stages.start();
    let start = (!start.is_empty()).then(|| {
        quote! {
            #[inline(always)]
            fn start<#lane>(&self, stage: #runtime::__private::Stage, sums: &mut [V]) {
                sums.fill(V::of(0.0));
                #start
            }
        }
    });
    let [left, right, diagonal, dense] =
        [&stages.left, &stages.right, &stages.diagonal, &stages.dense].map(Clone::clone);
    let [factors_x, factors_y, diagonals] = [left, right, diagonal].map(|factors| stages.factors(&factors));
    let entries = (!dense.is_empty()).then(|| {
        let entries = stages.factors(&dense);
        quote! {
            #[inline(always)]
            fn entries<#lane, #place>(&self, place: &P, j: usize, frame: &[V], out: &mut [V]) { #entries }
        }
    });
    let params = (!plan.parameters.is_empty()).then(|| {
        let params = stages.params();
        quote! {
            #[inline(always)]
            fn params<#lane, #place>(&self, place: &P, sums: &[V], out: &mut [V]) -> V { #params }
        }
    });
    let contract = stages.contract();
    let tower = stages.tower(item);
    let integrals = stages.integrals(item);
    quote! {
        #[automatically_derived]
        #[allow(unused_variables, clippy::all, clippy::pedantic, clippy::nursery, reason = "one signature serves all kernels")]
        impl #impl_generics #runtime::Kernel for #name #type_arguments #bounds {
            type Scalar = #scalar;
            type Points = #points;

            const SHAPE: #runtime::__private::Shape = #shape;
            #coordinates

            fn dimension(&self) -> ::core::option::Option<usize> { #dimension }

            #terms

            #start

            #[inline(always)]
            fn reduce<#lane, #place>(&self, stage: #runtime::__private::Stage, pass: usize, place: &P, sums: &mut [V]) { #reduce }

            #[inline(always)]
            fn value<#lane>(&self, d: usize, sums: &[V]) -> V { #value }

            #[inline(always)]
            fn first<#lane>(&self, d: usize, sums: &[V], out: &mut #runtime::__private::First<'_, V>) -> V { #first }

            #[inline(always)]
            fn second<#lane>(&self, d: usize, sums: &[V], out: &mut #runtime::__private::Second<'_, V>) -> V { #second }

            #[inline(always)]
            fn factors_x<#lane, #place>(&self, place: &P, frame: &[V], out: &mut [V]) { #factors_x }

            #[inline(always)]
            fn factors_y<#lane, #place>(&self, place: &P, frame: &[V], out: &mut [V]) { #factors_y }

            #[inline(always)]
            fn diagonals<#lane, #place>(&self, place: &P, frame: &[V], out: &mut [V]) { #diagonals }

            #entries

            #params

            #[inline(always)]
            fn contract<#lane, P: #runtime::__private::Directed<V>>(&self, place: &P, sums: &[V], out: &mut [[V; 4]]) -> [V; 4] { #contract }
        }

        #tower

        #integrals
    }
}

impl<'a> Stages<'a> {
    fn new(definition: &'a Definition, plan: &'a Plan, runtime: &'a Tokens) -> Self {
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

        let gradients = plan.grad_x.terms.iter().chain(&plan.grad_y.terms).map(|term| term.0);
        let hessian = pairs.iter().map(|term| term.0).chain(hess.diagonal.iter().chain(&hess.dense).map(|term| term.0));
        // The frame of all factors is written with the first derivatives.
        let by_parameters = plan.parameters.iter().map(|parameter| parameter.value);
        let jets =
            plan.parameters.iter().map(|parameter| &parameter.jet).chain([&plan.jet]).flatten().flatten().flatten();
        let roots = [
            vec![plan.value],
            gradients.chain(factors).collect(),
            hessian.collect(),
            by_parameters.collect(),
            jets.copied().collect(),
        ];
        let mut sums: Vec<Symbol> = Vec::new();
        let counts = std::array::from_fn(|stage| {
            let mut more = needed(definition, plan, &roots[stage]);
            more.retain(|symbol| !sums.contains(symbol));
            sums.extend(more);
            sums.len()
        });
        let ingredients = ingredients(plan, &roots.concat());
        let passes = plan.graph.passes(&ingredients);
        let coordinates = ingredients.iter().map(|symbol| match symbol {
            Symbol::Pick(_, k) | Symbol::PickWeight(_, k) => k + 1,
            _ => 0,
        });
        let coordinates = coordinates.max().unwrap_or_default();
        Self {
            definition,
            plan,
            runtime,
            sums,
            counts,
            coordinates,
            frame,
            left,
            right,
            diagonal,
            dense,
            passes,
            coder,
        }
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
        let sums = self.counts;
        let [frame, x, y] = [self.frame.len(), self.left.len(), self.right.len()];
        let [diagonal, dense] = [self.diagonal.len(), self.dense.len()];
        let (coordinates, passes) = (self.coordinates, self.passes());
        let symmetric = self.plan.invariance.symmetric;
        let off_diagonal = !self.plan.hess_xy.off_diagonal.is_empty();
        let [custom_sums, custom_params, custom_contract] = [2, 3, 4].map(|stage| self.has_custom_sums(stage));
        let custom_factors = self.has_custom_factors();
        let parameters = self.parameters();
        quote! {
            #runtime::__private::Shape {
                sums: [#(#sums),*],
                frame: #frame,
                x: #x,
                y: #y,
                diagonal: #diagonal,
                dense: #dense,
                coordinates: #coordinates,
                passes: #passes,
                symmetric: #symmetric,
                off_diagonal: #off_diagonal,
                custom_sums: #custom_sums,
                custom_factors: #custom_factors,
                parameters: [#(#parameters),*],
                custom_params: #custom_params,
                custom_contract: #custom_contract,
            }
        }
    }

    /// Outside coordinates: parameters, finished sums, and what is made of them.
    pub(super) fn outside(&self, symbol: Symbol) -> TokenStream {
        let runtime = self.runtime;
        match symbol {
            Symbol::Parameter(p) => {
                let name = &self.definition.parameters[p].name;
                quote!(V::splat(self.#name))
            }
            Symbol::PickWeight(p, k) => {
                let entry = entry(self.definition, p, &quote!(#k));
                quote!(V::splat(#entry))
            }
            Symbol::External(n) => {
                let constant = &self.definition.constants[n];
                quote!(V::of(#constant as ::core::primitive::f64))
            }
            Symbol::Dimension => quote!(V::of(d as f64)),
            Symbol::Sum(r) if self.plan.graph.is_along(symbol) => {
                let name = along(r);
                quote!(#name)
            }
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
            Symbol::Weight(p) => {
                let entries = entries(self.definition, p);
                quote!(place.entry(#entries))
            }
            Symbol::Index => quote!(place.index()),
            Symbol::Along(Side::X) => quote!(u),
            Symbol::Along(Side::Y) => quote!(v),
            Symbol::Unit(k) => quote!(place.unit(#k)),
            Symbol::Other(Local::Coordinate(Side::X)) => quote!(place.other_x(j)),
            Symbol::Other(Local::Coordinate(Side::Y)) => quote!(place.other_y(j)),
            Symbol::Other(Local::Weight(p)) => {
                let entry = entry(self.definition, p, &quote!(j));
                quote!(V::splat(#entry))
            }
            Symbol::Other(Local::Index) => quote!(V::of(j as f64)),
            Symbol::Other(Local::Along(Side::X)) => quote!(place.other_along_x(j)),
            Symbol::Other(Local::Along(Side::Y)) => quote!(place.other_along_y(j)),
            Symbol::Dimension => quote!(V::of(place.dimension() as f64)),
            Symbol::Row(q) => {
                let name = row(q);
                quote!(#name)
            }
            _ => self.outside(symbol),
        }
    }

    /// `let`s for the coordinates that these expressions read, and for the vectors along which derivatives are taken.
    pub(super) fn coordinates(&self, expressions: &[Id]) -> TokenStream {
        let symbols = self.plan.graph.symbols(expressions);
        let read = |symbol, code| symbols.contains(&symbol).then_some(code);
        let x = read(Symbol::Coordinate(Side::X), quote!(let x = place.x();));
        let y = read(Symbol::Coordinate(Side::Y), quote!(let y = place.y();));
        let u = read(Symbol::Along(Side::X), quote!(let u = place.along_x();));
        let v = read(Symbol::Along(Side::Y), quote!(let v = place.along_y();));
        quote!(#x #y #u #v)
    }
}

/// What expressions are made of but coordinates, and but what is another for each entry of a parameter or each vector
/// along which derivatives are taken: that is made where it is needed.
fn ingredients(plan: &Plan, roots: &[Id]) -> Vec<Symbol> {
    let mut ingredients = plan.graph.ingredients(roots);
    ingredients.retain(|&symbol| !plan.graph.is_of_entry(symbol) && !plan.graph.is_along(symbol));
    ingredients
}

/// What of the points a stage needs.
fn needed(definition: &Definition, plan: &Plan, roots: &[Id]) -> Vec<Symbol> {
    if matches!(definition.points, Points::Scalar) {
        return [Side::X, Side::Y].map(Symbol::Point).to_vec();
    }
    let mut sums = Vec::new();
    for symbol in ingredients(plan, roots) {
        match symbol {
            Symbol::Sum(_) | Symbol::Pick(..) | Symbol::Cross => sums.push(symbol),
            // Slot (r, 0) holds the product of what is not 0, slot (r, 1) the number of what is.
            Symbol::Product(r, _) => sums.extend([Symbol::Product(r, 0), Symbol::Product(r, 1)]),
            Symbol::Angle => sums.push(Symbol::Cross),
            _ => {}
        }
    }
    sums.sort_unstable();
    sums.dedup();
    sums
}

/// The entries of a parameter that has one per coordinate.
fn entries(definition: &Definition, parameter: usize) -> TokenStream {
    let parameter = &definition.parameters[parameter];
    let name = &parameter.name;
    match parameter.kind {
        ParameterKind::Slice => quote!(self.#name.as_ref()),
        ParameterKind::Scalar | ParameterKind::Array => quote!(&self.#name),
    }
}

/// One of them.
pub(super) fn entry(definition: &Definition, parameter: usize, place: &TokenStream) -> TokenStream {
    let parameter = &definition.parameters[parameter];
    let name = &parameter.name;
    match parameter.kind {
        ParameterKind::Slice => quote!(self.#name.as_ref()[#place]),
        ParameterKind::Scalar | ParameterKind::Array => quote!(self.#name[#place]),
    }
}

/// The number of coordinates that the type of points has.
fn coordinates(definition: &Definition) -> Option<TokenStream> {
    match &definition.points {
        Points::Scalar => Some(quote!(::core::option::Option::Some(1))),
        Points::Array { length, .. } => Some(quote!(::core::option::Option::Some(#length))),
        Points::Slice => None,
    }
}

/// The number of coordinates the kernel insists on.
fn dimension(definition: &Definition) -> TokenStream {
    if coordinates(definition).is_some() {
        return quote!(Self::COORDINATES);
    }
    if let Some(parameter) = definition.parameters.iter().find(|parameter| parameter.kind.is_per_coordinate()) {
        let name = &parameter.name;
        return quote!(::core::option::Option::Some(self.#name.as_ref().len()));
    }
    quote!(::core::option::Option::None)
}
