//! The body of an emitted function of one pair of points: reductions, coefficients, then the loops that fill each
//! block.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::definition::{Definition, ParameterKind, Points};
use crate::lower::{OpId, Usage};
use crate::plan::{Block, Matrix, Plan, Vector};
use crate::symbolic::{Id, Symbol};

use super::Tokens;
use super::code::{Coder, Scope};
use super::coordinate::Output;
use super::names::Names;
use super::style::Style;

/// What a pair function computes: `blocks` into `targets`, names of numbers, of `&mut [S]`-like vectors, or of
/// matrices: such, or rows of such.
pub struct Pair<'a> {
    pub(super) definition: &'a Definition,
    pub(super) plan: &'a Plan,
    pub(super) coder: Coder<'a>,
    pub(super) names: Names,
}

impl<'a> Pair<'a> {
    /// For one function of the kernel.
    pub fn new(definition: &'a Definition, plan: &'a Plan, runtime: &'a Tokens) -> Self {
        let coder = Coder::new(&plan.graph, Style::of(definition), usage(definition), runtime);
        Self { definition, plan, coder, names: Names::default() }
    }

    /// Statements that fill every target.
    pub fn fill(&mut self, blocks: &[(Block<'_>, TokenStream)]) -> TokenStream {
        let (before, here) = self.statements(blocks, None);
        quote!(#before #here)
    }

    /// For one entry of a per-coordinate parameter: what goes before the loop over `entry`, and what goes inside it.
    pub fn fill_entry(&mut self, block: Block<'_>, target: TokenStream, entry: &Ident) -> (TokenStream, TokenStream) {
        self.statements(&[(block, target)], Some(entry))
    }

    fn statements(&mut self, blocks: &[(Block<'_>, TokenStream)], entry: Option<&Ident>) -> (TokenStream, TokenStream) {
        let expressions: Vec<Id> =
            blocks.iter().flat_map(|(block, _)| block.coefficients().into_iter().chain(block.factors())).collect();
        let ingredients = self.plan.graph.ingredients(&expressions);
        let rows: Vec<Id> = ingredients.iter().filter_map(|&symbol| self.row_body(symbol)).collect();
        let usage = usage(self.definition);
        self.coder.start(self.plan.prepared(usage, &[self.bodies(&ingredients), expressions].concat()));
        let (of_entry, ingredients): (Vec<Symbol>, Vec<Symbol>) =
            ingredients.into_iter().partition(|&symbol| self.plan.graph.is_of_entry(symbol));
        let reductions = self.reductions(&ingredients);
        let entries = entry.map(|entry| self.entry_reductions(&of_entry, entry));
        let names = self.names.clone();
        let definition = self.definition;
        let outside = move |symbol| names.symbol(definition, symbol);
        let mut scope = Scope::new(&outside);
        let coefficients: Vec<Vec<OpId>> = blocks
            .iter()
            .map(|(block, _)| block.coefficients().into_iter().map(|id| self.coder.lower(id)).collect())
            .collect();
        let factors: Vec<OpId> =
            blocks.iter().flat_map(|(block, _)| block.factors()).chain(rows).map(|id| self.coder.lower(id)).collect();
        let (values, others): (Vec<_>, Vec<_>) =
            blocks.iter().zip(&coefficients).partition(|((block, _), _)| matches!(block, Block::Value(_)));
        let value_roots: Vec<OpId> = values.iter().flat_map(|(_, coefficients)| coefficients.iter().copied()).collect();
        let mut roots: Vec<OpId> = others.iter().flat_map(|(_, coefficients)| coefficients.iter().copied()).collect();
        roots.extend(self.coder.frontier(&factors));
        let before = entry.map(|_| {
            let all = [roots.as_slice(), &value_roots].concat();
            let frontier = self.coder.frontier_of(&all, |symbol| of_entry.contains(&symbol));
            self.coder.bind(&mut scope, &frontier)
        });
        let [lets, value_lets] = self.coder.bind_in_turn(&mut scope, [&roots, &value_roots], 2);
        let loops: TokenStream = others
            .into_iter()
            .map(|((block, target), coefficients)| match block {
                Block::Value(_) => TokenStream::new(),
                Block::Vector(vector) => self.vector(&scope, vector, coefficients, target, entry),
                Block::Matrix(matrix) => self.matrix(&scope, matrix, coefficients, target, entry),
            })
            .collect();
        let values: TokenStream = values
            .into_iter()
            .map(|((_, target), coefficients)| {
                let value = self.coder.expression(&scope, coefficients[0]);
                quote!(#target = #value;)
            })
            .collect();
        // Values last: where a function is called for them alone, little else has to survive the call.
        (quote!(#reductions #before), quote!(#entries #lets #loops #value_lets #values))
    }

    /// The value alone, as an expression after its statements.
    pub fn scalar(&mut self, blocks: &[Id]) -> (TokenStream, Vec<TokenStream>) {
        let ingredients = self.plan.graph.ingredients(blocks);
        self.coder.start(self.plan.prepared(usage(self.definition), blocks));
        let reductions = self.reductions(&ingredients);
        let names = self.names.clone();
        let definition = self.definition;
        let outside = move |symbol| names.symbol(definition, symbol);
        let mut scope = Scope::new(&outside);
        let roots: Vec<OpId> = blocks.iter().map(|&id| self.coder.lower(id)).collect();
        let lets = self.coder.bind_shared(&mut scope, &roots);
        let values = roots.iter().map(|&root| self.coder.expression(&scope, root)).collect();
        (quote!(#reductions #lets), values)
    }

    pub(super) fn literal(&self, value: f64) -> TokenStream {
        Style::of(self.definition).literal(value)
    }

    fn vector(
        &mut self,
        scope: &Scope<'_>,
        vector: &Vector,
        coefficients: &[OpId],
        target: &TokenStream,
        entry: Option<&Ident>,
    ) -> TokenStream {
        let factors: Vec<Id> = vector.form().iter().map(|term| term.1).collect();
        let out = self.coder.fresh("out_i");
        if factors.is_empty() {
            let zero = self.literal(0.0);
            return quote!(for #out in #target.iter_mut() { *#out = #zero; });
        }
        let coordinate = self.coordinate(&factors, entry, "i");
        let outside = scope.symbols();
        let inside = |symbol| coordinate.symbol(symbol).unwrap_or_else(|| outside(symbol));
        let mut inner = scope.inner(&inside);
        let rows = self.rows(&inner, &coordinate, entry);
        let ops: Vec<OpId> = factors.iter().map(|&id| self.coder.lower(id)).collect();
        let shared = self.coder.bind_shared(&mut inner, &ops);
        let value = self.combination(&inner, coefficients.iter().copied().zip(ops));
        let head = coordinate.head(Some(Output::entries(&out, &quote!(#target))));
        let units = &coordinate.prelude;
        quote!(#head { #units #rows #shared *#out = #value; })
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
        let rank_terms: Vec<(Id, Id, Id)> = matrix.form().iter().chain(&matrix.off_diagonal).copied().collect();
        let (rank, others) = coefficients.split_at(rank_terms.len());
        let (diagonal, others) = others.split_at(matrix.diagonal.len());
        let (dense, across) = others.split_at(matrix.dense.len());
        let outside = scope.symbols();
        let left: Vec<Id> =
            rank_terms.iter().map(|term| term.1).chain(matrix.diagonal.iter().map(|term| term.1)).collect();
        let mut right: Vec<Id> = rank_terms.iter().map(|term| term.2).collect();
        right.sort_unstable();
        right.dedup();
        let unrolled = usage(self.definition) == Usage::Unrolled;
        // On the diagonal everything is evaluated at one coordinate, factors of the right side included.
        let apart = !matrix.off_diagonal.is_empty();
        let mut at_once = if apart { [left.as_slice(), &right].concat() } else { left.clone() };
        at_once.extend(matrix.dense.iter().map(|term| term.1));
        let stored = if unrolled && !apart && entry.is_none() { self.stored(scope, &right) } else { Vec::new() };
        let mut row_names = self.coordinate(&at_once, entry, "i");
        for (array, ..) in &stored {
            row_names.add_source(array);
        }
        let row_names = row_names;
        let at_row = |symbol| row_names.symbol(symbol).unwrap_or_else(|| outside(symbol));
        let mut row = scope.inner(&at_row);
        for (array, op, _) in &stored {
            let name = row_names.entry_of(array);
            row.define(*op, quote!(#name));
        }
        let arrays: TokenStream = stored.iter().map(|(_, _, code)| code.clone()).collect();
        let rows = self.rows(&row, &row_names, entry);
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
            let kept = here(matrix.form().len());
            if apart && !kept.is_empty() {
                let value = self.combination(&row, kept.into_iter());
                let factor = self.coder.operand(&row, factor_op);
                on_diagonal.push(quote!((#value) * #factor));
            }
        }
        if let (Some(square), [across], false) = (&matrix.square, across, unrolled) {
            let [whole, part] = [0, 1].map(|place| right.iter().position(|&factor| factor == square.terms[place].2));
            if let (Some(whole), Some(part)) = (whole, part) {
                let (weight, across) = (weights[whole].0.clone(), self.coder.operand(&row, *across));
                let partner = weights[part].0.clone();
                let sign = if square.subtracts { quote!(-) } else { quote!(+) };
                row_lets.extend(quote!(let #partner = #partner #sign #across * #weight;));
                weights[whole].1 = self.coder.lower(square.own);
            }
        }
        let [out_row, out] = ["row", "out_ij"].map(|stem| self.coder.fresh(stem));
        let columns = if right.is_empty() {
            let zero = self.literal(0.0);
            quote!(#out_row.fill(#zero);)
        } else {
            let computed: Vec<Id> = right
                .iter()
                .zip(&right_ops)
                .filter(|(_, op)| stored.iter().all(|(_, known, _)| known != *op))
                .map(|(&factor, _)| factor)
                .collect();
            let mut column_names = self.coordinate(&computed, entry, "j");
            for (array, ..) in &stored {
                column_names.add_source(array);
            }
            let column_names = column_names;
            let at_column = |symbol| column_names.symbol(symbol).unwrap_or_else(|| outside(symbol));
            let mut column = scope.inner(&at_column);
            for (array, op, _) in &stored {
                let name = column_names.entry_of(array);
                column.define(*op, quote!(#name));
            }
            let rows = self.rows(&column, &column_names, entry);
            let ops: Vec<OpId> = weights.iter().map(|weight| weight.1).collect();
            let lets = self.coder.bind_shared(&mut column, &ops);
            let terms = weights.iter().map(|(weight, op)| {
                let factor = self.coder.operand(&column, *op);
                if self.coder.is_one(*op) { weight.clone() } else { quote!(#weight * #factor) }
            });
            let value = quote!(#(#terms)+*);
            let head = column_names.head(Some(Output::entries(&out, &quote!(#out_row))));
            let units = &column_names.prelude;
            quote!(#head { #units #rows #lets *#out = #value; })
        };
        let entries = self.entries(&row, matrix, dense, &out_row, entry);
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
        let head = row_names.head(Some(Output::rows(&out_row, target)));
        let units = &row_names.prelude;
        quote!(#arrays #head { #units #rows #row_lets #columns #on_diagonal #entries })
    }

    /// Factors that take operations, computed once per coordinate where there is room for them: array, operation, code.
    fn stored(&mut self, scope: &Scope<'_>, factors: &[Id]) -> Vec<(Ident, OpId, TokenStream)> {
        let outside = scope.symbols();
        let mut stored = Vec::new();
        for &factor in factors {
            let op = self.coder.lower(factor);
            if self.coder.is_leaf(op) {
                continue;
            }
            let names = self.coordinate(&[factor], None, "j");
            let inside = |symbol| names.symbol(symbol).unwrap_or_else(|| outside(symbol));
            let mut inner = scope.inner(&inside);
            let lets = self.coder.bind_shared(&mut inner, &[op]);
            let value = self.coder.expression(&inner, op);
            let [array, slot] = ["factor", "slot"].map(|stem| self.coder.fresh(stem));
            let zeros = zeros(self.definition, 1);
            let head = names.head(Some(Output::entries(&slot, &quote!(#array))));
            let units = &names.prelude;
            stored.push((array.clone(), op, quote!(let mut #array = #zeros; #head { #units #lets *#slot = #value; })));
        }
        stored
    }

    /// Adds what is no product of a factor at i and a factor at j.
    fn entries(
        &mut self,
        row: &Scope<'_>,
        matrix: &Matrix,
        coefficients: &[OpId],
        out_row: &Ident,
        entry: Option<&Ident>,
    ) -> TokenStream {
        if matrix.dense.is_empty() {
            return TokenStream::new();
        }
        let entries: Vec<Id> = matrix.dense.iter().map(|term| term.1).collect();
        let names = self.other_coordinate(&entries, entry, "j");
        let at_row = row.symbols();
        let inside = |symbol| names.symbol(symbol).unwrap_or_else(|| at_row(symbol));
        let mut inner = row.inner(&inside);
        let ops: Vec<OpId> = entries.iter().map(|&id| self.coder.lower(id)).collect();
        let lets = self.coder.bind_shared(&mut inner, &ops);
        let value = self.combination(&inner, coefficients.iter().copied().zip(ops));
        let out = self.coder.fresh("out_ij");
        let head = names.head(Some(Output::entries(&out, &quote!(#out_row))));
        let units = &names.prelude;
        quote!(#head { #units #lets *#out += #value; })
    }
}

/// What functions of one pair of points are.
pub fn usage(definition: &Definition) -> Usage {
    if let Points::Array { .. } = definition.points { Usage::Unrolled } else { Usage::Loops }
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
