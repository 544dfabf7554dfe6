//! Names for what belongs to one coordinate, and the loops that go through all of them.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};

use crate::definition::Points;
use crate::symbolic::{Id, Side, Symbol};

use super::Tokens;
use super::code::Scope;
use super::pair::Pair;

impl Pair<'_> {
    /// Names for what the expressions read at the current coordinate, and for their rows.
    pub(super) fn coordinate(&mut self, expressions: &[Id], entry: Option<&Ident>, index: &'static str) -> Coordinate {
        let graph = &self.plan.graph;
        let mut symbols = graph.symbols(expressions);
        let rows: Vec<Id> = symbols.iter().filter_map(|&symbol| self.row_body(symbol)).collect();
        symbols.extend(graph.symbols(&rows).into_iter().filter(|symbol| symbol.is_own()));
        symbols.sort_unstable();
        symbols.dedup();
        self.coordinate_of(&symbols, entry, index)
    }

    /// Names for what the expressions read at the other coordinate.
    pub(super) fn other_coordinate(
        &mut self,
        expressions: &[Id],
        entry: Option<&Ident>,
        index: &'static str,
    ) -> Coordinate {
        let symbols = self.plan.graph.symbols(expressions).into_iter();
        let symbols: Vec<Symbol> = symbols.filter(|symbol| symbol.is_other()).map(Symbol::own).collect();
        let mut coordinate = self.coordinate_of(&symbols, entry, index);
        for (symbol, _) in &mut coordinate.names {
            *symbol = symbol.other();
        }
        coordinate
    }

    fn coordinate_of(&mut self, symbols: &[Symbol], entry: Option<&Ident>, index: &'static str) -> Coordinate {
        let index_name = Ident::new(index, Span::mixed_site());
        let mut sources = Vec::new();
        let mut names = Vec::new();
        let mut prelude = TokenStream::new();
        let mut indexed = false;
        let mut counters: Vec<(Ident, TokenStream)> = Vec::new();
        let mut rows = Vec::new();
        let (zero, one) = (self.literal(0.0), self.literal(1.0));
        let mut indicator = |symbol: Symbol, stem: &str, at: TokenStream| {
            let name = Ident::new(stem, Span::mixed_site());
            prelude.extend(quote!(let #name = if #index_name == #at { #one } else { #zero };));
            indexed = true;
            (symbol, name)
        };
        for &symbol in symbols {
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
                    let name = format_ident!("index_{}", index, span = Span::mixed_site());
                    let value = super::names::number_of(self.definition, &quote!(#index_name));
                    counters.push((name.clone(), value));
                    names.push((symbol, name));
                }
                Symbol::Entry => {
                    if let Some(entry) = entry {
                        names.push(indicator(symbol, &format!("unit_entry_{index}"), quote!(#entry)));
                    }
                }
                Symbol::Row(_) => rows.push(symbol),
                _ => {}
            }
        }
        for row in rows {
            names.push((row, self.coder.fresh("row_sum")));
        }
        for (name, value) in counters {
            prelude.extend(quote!(let #name = #value;));
            indexed = true;
        }
        let [x, _] = &self.definition.point_names;
        let runtime = matches!(self.definition.points, Points::Slice).then(|| self.coder.runtime());
        Coordinate { index: index_name, sources, names, prelude, indexed, count: quote!(#x.len()), runtime }
    }

    /// Loops over the other coordinate that make the rows at the current one.
    pub(super) fn rows(&mut self, scope: &Scope<'_>, coordinate: &Coordinate, entry: Option<&Ident>) -> TokenStream {
        let mut code = TokenStream::new();
        for (symbol, name) in &coordinate.names {
            let Some(body) = self.row_body(*symbol) else { continue };
            code.extend(self.row(scope, name, body, entry));
        }
        code
    }

    /// Σ_l body(i, l) at a coordinate i that `scope` knows.
    pub(super) fn row(&mut self, scope: &Scope<'_>, name: &Ident, body: Id, entry: Option<&Ident>) -> TokenStream {
        let other = self.other_coordinate(&[body], entry, "l");
        let here = scope.symbols();
        let inside = |symbol| other.symbol(symbol).unwrap_or_else(|| here(symbol));
        let mut inner = scope.inner(&inside);
        let op = self.coder.lower(body);
        let shared = self.coder.bind_shared(&mut inner, &[op]);
        let value = self.coder.expression(&inner, op);
        let (zero, head, units) = (self.literal(0.0), other.head(None), &other.prelude);
        quote!(let mut #name = #zero; #head { #units #shared #name += #value; })
    }

    pub(super) fn row_body(&self, symbol: Symbol) -> Option<Id> {
        let Symbol::Row(q) = symbol else { return None };
        Some(self.plan.graph.rows()[q])
    }
}

/// Names at one coordinate, and the loop that makes them.
pub struct Coordinate {
    pub(super) index: Ident,
    sources: Vec<(Ident, TokenStream)>,
    names: Vec<(Symbol, Ident)>,
    /// What of them does not come from an iterator.
    pub(super) prelude: TokenStream,
    /// Whether the loop counts.
    pub(super) indexed: bool,
    /// The number of coordinates.
    count: TokenStream,
    /// Where the runtime is, if points are slices: it has loops over those.
    runtime: Option<Tokens>,
}

impl Coordinate {
    /// Reads an array along with the points.
    pub(super) fn add_source(&mut self, array: &Ident) {
        self.sources.push((self.entry_of(array), quote!(#array)));
    }

    /// The name of an array's entry here.
    pub(super) fn entry_of(&self, array: &Ident) -> Ident {
        format_ident!("{array}_{}", self.index, span = Span::mixed_site())
    }

    pub(super) fn symbol(&self, symbol: Symbol) -> Option<TokenStream> {
        let (_, name) = self.names.iter().find(|known| known.0 == symbol)?;
        Some(quote!(#name))
    }

    /// `for (i, ((out, &x_i), &y_i)) in out.iter_mut().zip(x).zip(y).enumerate()`, or what the runtime has for that.
    pub(super) fn head(&self, output: Option<Output<'_>>) -> TokenStream {
        let Self { index, count, sources, .. } = self;
        let mut rest = sources.iter();
        let (mut pattern, mut iterator) = if let Some(known) = self.of_runtime(output) {
            rest.nth(1);
            known
        } else if let Some(Output { name, target, is_matrix }) = output {
            let slices = is_matrix && self.runtime.is_some();
            let rows = slices.then(|| quote!(#target.chunks_exact_mut(::core::cmp::Ord::max(#count, 1))));
            (quote!(#name), rows.unwrap_or_else(|| quote!(#target.iter_mut())))
        } else if let Some((name, source)) = rest.next() {
            (quote!(&#name), quote!(#source.iter()))
        } else {
            return quote!(for #index in 0..#count);
        };
        for (name, source) in rest {
            pattern = quote!((#pattern, &#name));
            iterator = quote!(#iterator.zip(#source.iter()));
        }
        if self.indexed {
            return quote!(for (#index, #pattern) in #iterator.enumerate());
        }
        quote!(for #pattern in #iterator)
    }

    /// Two slices read together, and what is written along with them. More of them are zipped: the standard library's
    /// zip of a type of our own goes step by step.
    fn of_runtime(&self, output: Option<Output<'_>>) -> Option<(TokenStream, TokenStream)> {
        let (runtime, [(a, x), (b, y)]) = (self.runtime.as_ref()?, self.sources.as_slice()) else { return None };
        let Some(Output { name, target, is_matrix }) = output else {
            return Some((quote!((#a, #b)), quote!(#runtime::__private::pairs(#x, #y))));
        };
        let function = format_ident!("{}", if is_matrix { "rows" } else { "entries" });
        Some((quote!((#name, #a, #b)), quote!(#runtime::__private::#function(#target, #x, #y))))
    }
}

/// What a loop writes: entries, or rows of a matrix.
#[derive(Clone, Copy)]
pub(super) struct Output<'a> {
    pub name: &'a Ident,
    pub target: &'a TokenStream,
    pub is_matrix: bool,
}

impl<'a> Output<'a> {
    pub(super) fn entries(name: &'a Ident, target: &'a TokenStream) -> Self {
        Self { name, target, is_matrix: false }
    }

    pub(super) fn rows(name: &'a Ident, target: &'a TokenStream) -> Self {
        Self { name, target, is_matrix: true }
    }
}
