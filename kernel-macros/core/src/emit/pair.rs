//! The body of an emitted function of one pair of points: reductions, coefficients, then the loops that fill each block.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};

use crate::definition::{Definition, ParameterKind, Points};
use crate::lower::OpId;
use crate::plan::{Matrix, Plan, Vector};
use crate::symbolic::{Id, Side, Symbol};

use super::code::{Coder, Scope, Style};
use super::names::{Names, hidden, sum_name};

/// One block of derivatives.
#[derive(Clone)]
pub enum Block<'a> {
    /// One number.
    Value(Id),
    /// One number per coordinate.
    Vector(&'a Vector),
    /// One number per pair of coordinates.
    Matrix(&'a Matrix),
}

impl Block<'_> {
    fn coefficients(&self) -> Vec<Id> {
        match self {
            Self::Value(value) => vec![*value],
            Self::Vector(vector) => vector.terms.iter().map(|term| term.0).collect(),
            Self::Matrix(matrix) => {
                let rank = matrix.rank.iter().chain(&matrix.off_diagonal).map(|term| term.0);
                rank.chain(matrix.diagonal.iter().map(|term| term.0)).collect()
            }
        }
    }

    fn factors(&self) -> Vec<Id> {
        match self {
            Self::Value(_) => vec![],
            Self::Vector(vector) => vector.terms.iter().map(|term| term.1).collect(),
            Self::Matrix(matrix) => {
                let rank = matrix.rank.iter().chain(&matrix.off_diagonal).flat_map(|term| [term.1, term.2]);
                rank.chain(matrix.diagonal.iter().map(|term| term.1)).collect()
            }
        }
    }
}

/// What a pair function computes: `blocks` into `targets`, names of numbers, `&mut [S]`-like vectors, or rows of such.
pub struct Pair<'a> {
    definition: &'a Definition,
    plan: &'a Plan,
    coder: Coder<'a>,
    names: Names,
}

impl<'a> Pair<'a> {
    /// For one function of the kernel.
    pub fn new(definition: &'a Definition, plan: &'a Plan, runtime: &'a TokenStream) -> Self {
        let mut coder = Coder::new(&plan.graph, Style::of(definition), runtime);
        if let Points::Array { .. } = definition.points {
            coder.unrolled();
        }
        Self { definition, plan, coder, names: Names::default() }
    }

    /// Statements that fill every target. Blocks that depend on `Entry` are to be inside a loop over `entry`.
    pub fn fill(&mut self, blocks: &[(Block<'_>, TokenStream)], entry: Option<&Ident>) -> TokenStream {
        let expressions: Vec<Id> =
            blocks.iter().flat_map(|(block, _)| block.coefficients().into_iter().chain(block.factors())).collect();
        let symbols = self.plan.graph.symbols(&expressions);
        self.coder.prepare(&[self.bodies(&symbols), expressions].concat());
        let reductions = self.reductions(&symbols, entry);
        let names = self.names.clone();
        let definition = self.definition;
        let outside = move |symbol| names.symbol(definition, symbol);
        let mut scope = Scope::new(&outside);
        let coefficients: Vec<Vec<OpId>> = blocks
            .iter()
            .map(|(block, _)| block.coefficients().into_iter().map(|id| self.coder.lower(id)).collect())
            .collect();
        let factors: Vec<OpId> =
            blocks.iter().flat_map(|(block, _)| block.factors()).map(|id| self.coder.lower(id)).collect();
        let mut roots: Vec<OpId> = coefficients.concat();
        roots.extend(self.coder.frontier(&factors));
        let lets = self.coder.bind(&mut scope, &roots);
        let loops: Vec<TokenStream> = blocks
            .iter()
            .zip(&coefficients)
            .map(|((block, target), coefficients)| match block {
                Block::Value(_) => {
                    let value = self.coder.expression(&scope, coefficients[0]);
                    quote!(#target = #value;)
                }
                Block::Vector(vector) => self.vector(&scope, vector, coefficients, target, entry),
                Block::Matrix(matrix) => self.matrix(&scope, matrix, coefficients, target, entry),
            })
            .collect();
        quote!(#reductions #lets #(#loops)*)
    }

    /// The value alone, as an expression after its statements.
    pub fn scalar(&mut self, blocks: &[Id]) -> (TokenStream, Vec<TokenStream>) {
        let symbols = self.plan.graph.symbols(blocks);
        self.coder.prepare(blocks);
        let reductions = self.reductions(&symbols, None);
        let names = self.names.clone();
        let definition = self.definition;
        let outside = move |symbol| names.symbol(definition, symbol);
        let mut scope = Scope::new(&outside);
        let roots: Vec<OpId> = blocks.iter().map(|&id| self.coder.lower(id)).collect();
        let lets = self.coder.bind_shared(&mut scope, &roots);
        let values = roots.iter().map(|&root| self.coder.expression(&scope, root)).collect();
        (quote!(#reductions #lets), values)
    }

    /// What the sums among `symbols` add up.
    fn bodies(&self, symbols: &[Symbol]) -> Vec<Id> {
        let bodies = symbols.iter().filter_map(|symbol| match symbol {
            Symbol::Sum(r) | Symbol::Product(r, _) => Some(self.plan.graph.reductions()[*r].body),
            _ => None,
        });
        bodies.collect()
    }

    /// Loops that compute the sums among `symbols`, and what is made of sums.
    fn reductions(&mut self, symbols: &[Symbol], entry: Option<&Ident>) -> TokenStream {
        let mut sums: Vec<usize> = Vec::new();
        for &symbol in symbols {
            match symbol {
                Symbol::Sum(r) | Symbol::Product(r, _) => sums.push(r),
                Symbol::Ratio(t, r) => sums.extend([t, r]),
                Symbol::Angle | Symbol::Cross => sums.extend(self.plan.angle_sums),
                _ => {}
            }
        }
        sums.sort_unstable();
        sums.dedup();
        let per_entry =
            |r: &usize| self.plan.graph.symbols(&[self.plan.graph.reductions()[*r].body]).contains(&Symbol::Entry);
        let (entries, sums): (Vec<usize>, Vec<usize>) = sums.into_iter().partition(per_entry);
        let mut code = self.sum_loop(&sums);
        for &symbol in symbols {
            let Symbol::Product(r, zeros) = symbol else { continue };
            let name = self.coder.fresh("product_of_the_rest");
            let [product, count] = [self.names.sum(r), self.names.zeros(r)];
            let (zeros, zero) = (self.literal(zeros as f64), self.literal(0.0));
            code.extend(quote!(let #name = if #count == #zeros { #product } else { #zero };));
            self.names.set(symbol, quote!(#name));
        }
        for &symbol in symbols {
            let (Symbol::EntryAt(k), Some(entry)) = (symbol, entry) else { continue };
            let name = self.coder.fresh("at_entry");
            let (zero, one) = (self.literal(0.0), self.literal(1.0));
            code.extend(quote!(let #name = if #entry == #k { #one } else { #zero };));
            self.names.set(symbol, quote!(#name));
        }
        if symbols.iter().any(|symbol| matches!(symbol, Symbol::Angle | Symbol::Cross)) {
            code.extend(self.angle());
        }
        if let Some(entry) = entry {
            code.extend(entries.iter().map(|&r| self.entry_sum(r, entry)).collect::<TokenStream>());
        }
        for &symbol in symbols {
            let Symbol::Ratio(t, r) = symbol else { continue };
            let name = self.coder.fresh("share");
            let [t, r] = [t, r].map(|sum| self.names.sum(sum));
            let zero = self.literal(0.0);
            code.extend(quote!(let #name = if #r == #zero { #zero } else { #t / #r };));
            self.names.set(symbol, quote!(#name));
        }
        code
    }

    fn literal(&self, value: f64) -> TokenStream {
        Style::of(self.definition).literal(value)
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
            if self.plan.graph.reductions()[r].is_product {
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

    /// Σ_i [i = entry] body(i) is the body at that entry.
    fn entry_sum(&mut self, r: usize, entry: &Ident) -> TokenStream {
        let body = self.plan.graph.reductions()[r].body;
        let op = self.coder.lower(body);
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
        let shared = self.coder.bind_shared(&mut scope, &[op]);
        let value = self.coder.expression(&scope, op);
        let name = self.coder.fresh("entry_sum");
        self.names.set(Symbol::Sum(r), quote!(#name));
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

    fn vector(
        &mut self,
        scope: &Scope<'_>,
        vector: &Vector,
        coefficients: &[OpId],
        target: &TokenStream,
        entry: Option<&Ident>,
    ) -> TokenStream {
        let factors: Vec<Id> = vector.terms.iter().map(|term| term.1).collect();
        let out = self.coder.fresh("out_i");
        if factors.is_empty() {
            let zero = self.literal(0.0);
            return quote!(for #out in #target.iter_mut() { *#out = #zero; });
        }
        let coordinate = self.coordinate(&factors, entry, "i");
        let outside = scope.symbols();
        let inside = |symbol| coordinate.symbol(symbol).unwrap_or_else(|| outside(symbol));
        let mut inner = scope.inner(&inside);
        let ops: Vec<OpId> = factors.iter().map(|&id| self.coder.lower(id)).collect();
        let shared = self.coder.bind_shared(&mut inner, &ops);
        let value = self.combination(&inner, coefficients.iter().copied().zip(ops));
        let head = coordinate.head(Some((&out, &quote!(#target.iter_mut()))));
        let units = &coordinate.prelude;
        quote!(#head { #units #shared *#out = #value; })
    }

    /// Σ coefficient · factor; a factor 1 is not multiplied.
    fn combination(&self, scope: &Scope<'_>, terms: impl Iterator<Item = (OpId, OpId)>) -> TokenStream {
        let terms: Vec<TokenStream> = terms
            .map(|(coefficient, factor)| {
                let left = self.coder.operand(scope, coefficient);
                let right = self.coder.operand(scope, factor);
                if self.coder.is_one(factor) { left } else { quote!(#left * #right) }
            })
            .collect();
        if terms.is_empty() { self.literal(0.0) } else { quote!(#(#terms)+*) }
    }

    fn matrix(
        &mut self,
        scope: &Scope<'_>,
        matrix: &Matrix,
        coefficients: &[OpId],
        target: &TokenStream,
        entry: Option<&Ident>,
    ) -> TokenStream {
        let rank_terms: Vec<(Id, Id, Id)> = matrix.rank.iter().chain(&matrix.off_diagonal).copied().collect();
        let (rank, diagonal) = coefficients.split_at(rank_terms.len());
        let outside = scope.symbols();
        let left: Vec<Id> =
            rank_terms.iter().map(|term| term.1).chain(matrix.diagonal.iter().map(|term| term.1)).collect();
        let mut right: Vec<Id> = rank_terms.iter().map(|term| term.2).collect();
        right.sort_unstable();
        right.dedup();
        // On the diagonal everything is evaluated at one coordinate, factors of the right side included.
        let apart = !matrix.off_diagonal.is_empty();
        let at_once = if apart { [left.as_slice(), &right].concat() } else { left.clone() };
        let row_names = self.coordinate(&at_once, entry, "i");
        let at_row = |symbol| row_names.symbol(symbol).unwrap_or_else(|| outside(symbol));
        let mut row = scope.inner(&at_row);
        let ops: Vec<OpId> = left.iter().map(|&id| self.coder.lower(id)).collect();
        let right_ops: Vec<OpId> = right.iter().map(|&id| self.coder.lower(id)).collect();
        let row_roots = if apart { [ops.as_slice(), &right_ops].concat() } else { ops.clone() };
        let mut row_lets = self.coder.bind_shared(&mut row, &row_roots);
        let mut weights: Vec<(TokenStream, OpId)> = Vec::new();
        let mut on_diagonal: Vec<TokenStream> = Vec::new();
        for (&factor, &factor_op) in right.iter().zip(&right_ops) {
            let here = |count: usize| {
                let terms = rank_terms.iter().zip(rank).zip(&ops).take(count).filter(|((term, _), _)| term.2 == factor);
                terms.map(|((_, &coefficient), &op)| (coefficient, op)).collect::<Vec<_>>()
            };
            let value = self.combination(&row, here(rank_terms.len()).into_iter());
            let weight = self.coder.fresh("weight");
            row_lets.extend(quote!(let #weight = #value;));
            weights.push((quote!(#weight), factor_op));
            let kept = here(matrix.rank.len());
            if apart && !kept.is_empty() {
                let value = self.combination(&row, kept.into_iter());
                let factor = self.coder.operand(&row, factor_op);
                on_diagonal.push(quote!((#value) * #factor));
            }
        }
        let [out_row, out] = ["row", "out_ij"].map(|stem| self.coder.fresh(stem));
        let columns = if right.is_empty() {
            let zero = self.literal(0.0);
            quote!(#out_row.fill(#zero);)
        } else {
            let column_names = self.coordinate(&right, entry, "j");
            let at_column = |symbol| column_names.symbol(symbol).unwrap_or_else(|| outside(symbol));
            let mut column = scope.inner(&at_column);
            let ops: Vec<OpId> = weights.iter().map(|weight| weight.1).collect();
            let lets = self.coder.bind_shared(&mut column, &ops);
            let terms = weights.iter().map(|(weight, op)| {
                let factor = self.coder.operand(&column, *op);
                if self.coder.is_one(*op) { weight.clone() } else { quote!(#weight * #factor) }
            });
            let value = quote!(#(#terms)+*);
            let head = column_names.head(Some((&out, &quote!(#out_row.iter_mut()))));
            let units = &column_names.prelude;
            quote!(#head { #units #lets *#out = #value; })
        };
        if !diagonal.is_empty() {
            let ops = ops[rank_terms.len()..].iter().copied();
            on_diagonal.push(self.combination(&row, diagonal.iter().copied().zip(ops)));
        }
        let index = &row_names.index;
        let replaces = apart || right.is_empty();
        let on_diagonal = match (on_diagonal.is_empty(), replaces) {
            (true, _) if !apart => None,
            (true, _) => {
                let zero = self.literal(0.0);
                Some(quote!(#out_row[#index] = #zero;))
            }
            (false, true) => Some(quote!(#out_row[#index] = #(#on_diagonal)+*;)),
            (false, false) => Some(quote!(#out_row[#index] += #(#on_diagonal)+*;)),
        };
        let mut row_names = row_names;
        row_names.indexed |= on_diagonal.is_some();
        let head = row_names.head(Some((&out_row, target)));
        let units = &row_names.prelude;
        quote!(#head { #units #row_lets #columns #on_diagonal })
    }

    /// Names for what the expressions read at one coordinate.
    fn coordinate(&mut self, expressions: &[Id], entry: Option<&Ident>, index: &str) -> Coordinate {
        let index_name = Ident::new(index, Span::mixed_site());
        let mut sources = Vec::new();
        let mut names = Vec::new();
        let mut prelude = TokenStream::new();
        let mut indexed = false;
        let mut counters: Vec<(Ident, TokenStream)> = Vec::new();
        let (zero, one) = (self.literal(0.0), self.literal(1.0));
        let mut indicator = |symbol: Symbol, stem: &str, at: TokenStream| {
            let name = Ident::new(stem, Span::mixed_site());
            prelude.extend(quote!(let #name = if #index_name == #at { #one } else { #zero };));
            indexed = true;
            (symbol, name)
        };
        for symbol in self.plan.graph.symbols(expressions) {
            match symbol {
                Symbol::Coordinate(side) => {
                    let point = &self.definition.point_names[usize::from(side == Side::Y)];
                    let name = format_ident!(
                        "{}_{}",
                        if side == Side::X { "x" } else { "y" },
                        index,
                        span = Span::mixed_site()
                    );
                    sources.push((name.clone(), quote!(#point)));
                    names.push((symbol, name));
                }
                Symbol::Weight(p) => {
                    let parameter = &self.definition.parameters[p].name;
                    let name = format_ident!("{}_{}", parameter, index, span = Span::mixed_site());
                    sources.push((name.clone(), quote!(#parameter)));
                    names.push((symbol, name));
                }
                Symbol::Unit(k) => names.push(indicator(symbol, &format!("unit_{k}"), quote!(#k))),
                Symbol::Index => {
                    let name = Ident::new("index", Span::mixed_site());
                    let value = super::names::number_of(self.definition, &quote!(#index_name));
                    counters.push((name.clone(), value));
                    names.push((symbol, name));
                }
                Symbol::Entry => {
                    if let Some(entry) = entry {
                        names.push(indicator(symbol, "unit_entry", quote!(#entry)));
                    }
                }
                _ => {}
            }
        }
        for (name, value) in counters {
            prelude.extend(quote!(let #name = #value;));
            indexed = true;
        }
        Coordinate { index: index_name, sources, names, prelude, indexed }
    }
}

/// Names at one coordinate, and the loop that makes them.
struct Coordinate {
    index: Ident,
    sources: Vec<(Ident, TokenStream)>,
    names: Vec<(Symbol, Ident)>,
    prelude: TokenStream,
    indexed: bool,
}

impl Coordinate {
    fn symbol(&self, symbol: Symbol) -> Option<TokenStream> {
        let (_, name) = self.names.iter().find(|known| known.0 == symbol)?;
        Some(quote!(#name))
    }

    /// `for (i, ((out, &x_i), &y_i)) in out.iter_mut().zip(x).zip(y).enumerate()`
    fn head(&self, output: Option<(&Ident, &TokenStream)>) -> TokenStream {
        let mut loops: Option<(TokenStream, TokenStream)> =
            output.map(|(name, iterator)| (quote!(#name), iterator.clone()));
        for (name, source) in &self.sources {
            loops = Some(match loops {
                None => (quote!(&#name), quote!(#source.iter())),
                Some((pattern, iterator)) => (quote!((#pattern, &#name)), quote!(#iterator.zip(#source.iter()))),
            });
        }
        let (pattern, iterator) = loops.unwrap_or_default();
        if self.indexed {
            let index = &self.index;
            return quote!(for (#index, #pattern) in #iterator.enumerate());
        }
        quote!(for #pattern in #iterator)
    }
}

/// The type of a block's storage where it is returned: `[S; D]`, `[[S; D]; D]`.
pub fn storage(definition: &Definition, order: usize) -> TokenStream {
    let scalar = super::names::scalar(definition);
    match &definition.points {
        Points::Array { length, .. } => (0..order).fold(scalar, |inner, _| quote!([#inner; #length])),
        Points::Scalar | Points::Slice => scalar,
    }
}

/// A zero of that type.
pub fn zeros(definition: &Definition, order: usize) -> TokenStream {
    let zero = Style::of(definition).literal(0.0);
    match &definition.points {
        Points::Array { length, .. } => (0..order).fold(zero, |inner, _| quote!([#inner; #length])),
        Points::Scalar | Points::Slice => zero,
    }
}

/// Whether any parameter has an entry per coordinate.
pub fn has_vectors(definition: &Definition) -> bool {
    definition.parameters.iter().any(|parameter| !matches!(parameter.kind, ParameterKind::Scalar))
}
