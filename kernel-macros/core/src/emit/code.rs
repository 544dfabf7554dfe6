//! Operations → Rust expressions and `let`s.

use std::cell::RefCell;

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, TokenStreamExt, quote};

use crate::lower::{Level, Op, OpId, Program, Usage};
use crate::map::Map;
use crate::symbolic::{Comparison, Function, Graph, Id, Symbol};

use super::style::Style;
use super::tokens::{Tokens, punct};

/// How deep what has no name is nested: of a chain of calls too long rustc's stack would not hold the expression.
const DEEPEST: usize = 32;

/// Names of what has been computed, and how to write symbols, at one place of the emitted code.
#[derive(Clone)]
pub struct Scope<'a> {
    names: Map<OpId, Tokens>,
    symbols: &'a dyn Fn(Symbol) -> TokenStream,
    /// Symbols that have been written.
    leaves: RefCell<Map<OpId, Tokens>>,
}

impl<'a> Scope<'a> {
    /// A place where nothing has been computed yet.
    pub fn new(symbols: &'a dyn Fn(Symbol) -> TokenStream) -> Self {
        Self { names: Map::default(), symbols, leaves: RefCell::default() }
    }

    /// A place inside this one, with its own way to write symbols.
    pub fn inner(&self, symbols: &'a dyn Fn(Symbol) -> TokenStream) -> Self {
        Self { names: self.names.clone(), symbols, leaves: RefCell::default() }
    }

    /// How symbols are written here.
    pub fn symbols(&self) -> &'a dyn Fn(Symbol) -> TokenStream {
        self.symbols
    }

    /// Makes an operation available under a name.
    pub fn define(&mut self, op: OpId, name: impl IntoIterator<Item = TokenTree>) {
        self.names.insert(op, name.into_iter().collect());
    }

    /// How a symbol is written.
    fn leaf(&self, op: OpId, symbol: Symbol) -> Tokens {
        let mut leaves = self.leaves.borrow_mut();
        leaves.get_or_insert_with(op, || (self.symbols)(symbol).into_iter().collect()).clone()
    }
}

/// Writes the code of one emitted function.
pub struct Coder<'a> {
    graph: &'a Graph,
    program: Program,
    style: Style,
    runtime: &'a Tokens,
    /// The path of the functions of `Lane`.
    lane: Tokens,
    counts: Map<&'static str, usize>,
}

/// Precedence of Rust's operators, as far as they occur here.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Precedence {
    Sum,
    Product,
    Unary,
    Call,
}

impl<'a> Coder<'a> {
    /// For code in one style that finds the runtime at `runtime`.
    pub fn new(graph: &'a Graph, style: Style, usage: Usage, runtime: &'a Tokens) -> Self {
        let lane = quote!(#runtime::__private::Lane::).into_iter().collect();
        Self { graph, program: Program::new(usage), style, runtime, lane, counts: Map::default() }
    }

    /// Lowers expressions of one function together, so that they share what they can.
    pub fn prepare(&mut self, ids: &[Id]) {
        self.program.prepare(self.graph, ids);
    }

    /// Starts from a program that has done so.
    pub fn start(&mut self, program: Program) {
        self.program = program;
    }

    /// The operation that computes an expression.
    pub fn lower(&mut self, id: Id) -> OpId {
        self.program.lower(self.graph, id)
    }

    /// A new local name; hygiene keeps it apart from the user's.
    pub fn fresh(&mut self, stem: &'static str) -> Ident {
        let count = self.counts.get_or_insert_with(stem, || 0);
        let name = if *count == 0 { stem.to_string() } else { format!("{stem}_{count}") };
        *count += 1;
        Ident::new(&name, Span::mixed_site())
    }

    /// `let`s that compute the roots and what they share, in `scope`, which learns their names.
    pub fn bind(&mut self, scope: &mut Scope<'_>, roots: &[OpId]) -> TokenStream {
        let [lets] = self.bind_used(scope, roots, 2, |_| 0);
        lets
    }

    /// The same in parts: what the first roots need, what only the next ones do, … A root counts `weight` times.
    pub fn bind_in_turn<const N: usize>(
        &mut self,
        scope: &mut Scope<'_>,
        roots: [&[OpId]; N],
        weight: usize,
    ) -> [TokenStream; N] {
        let mut part = vec![0; self.program.len()];
        for (turn, roots) in roots.iter().enumerate().rev() {
            for op in self.order(scope, roots) {
                part[op] = turn;
            }
        }
        self.bind_used(scope, &roots.concat(), weight, |op| part[op])
    }

    /// `let`s for what the roots share among themselves or use more than once; the roots themselves stay expressions
    /// unless they are shared too.
    pub fn bind_shared(&mut self, scope: &mut Scope<'_>, roots: &[OpId]) -> TokenStream {
        let [lets] = self.bind_used(scope, roots, 1, |_| 0);
        lets
    }

    /// `let`s for what is used twice or more, a root counting `weight` times, sorted into parts.
    fn bind_used<const N: usize>(
        &mut self,
        scope: &mut Scope<'_>,
        roots: &[OpId],
        weight: usize,
        part: impl Fn(OpId) -> usize,
    ) -> [TokenStream; N] {
        let order = self.order(scope, roots);
        let mut uses = vec![0; self.program.len()];
        for &op in &order {
            self.program.op(op).each_operand(|operand| uses[operand] += 1);
        }
        for &root in roots {
            uses[root] += weight;
        }
        let mut parts = std::array::from_fn(|_| TokenStream::new());
        // One more than the deepest operand; 0 for what has a name.
        let mut depths = vec![0; self.program.len()];
        for op in order {
            let mut depth = 1;
            self.program.op(op).each_operand(|operand| depth = depth.max(depths[operand] + 1));
            if self.program.is_leaf(op) || (uses[op] < 2 && depth <= DEEPEST) {
                depths[op] = depth;
                continue;
            }
            let name = self.fresh(self.stem(op));
            let lets = &mut parts[part(op)];
            lets.append(Ident::new("let", Span::call_site()));
            lets.append(name.clone());
            lets.append(punct('='));
            self.write(scope, op, Precedence::Sum, lets);
            lets.append(punct(';'));
            scope.define(op, [TokenTree::from(name)]);
        }
        parts
    }

    /// Whether the operation costs nothing.
    pub fn is_leaf(&self, op: OpId) -> bool {
        self.program.is_leaf(op)
    }

    /// Whether the operation is the constant 1.
    pub fn is_one(&self, op: OpId) -> bool {
        matches!(self.program.op(op), Op::Number(number) if number.to_f64() == 1.0)
    }

    /// The same operations with names counted anew, for another function.
    pub fn again(&self) -> Self {
        Self {
            graph: self.graph,
            program: self.program.clone(),
            style: self.style.clone(),
            runtime: self.runtime,
            lane: self.lane.clone(),
            counts: Map::default(),
        }
    }

    /// Where emitted code finds the runtime.
    pub fn runtime(&self) -> Tokens {
        self.runtime.clone()
    }

    /// The expression of an operation as a factor of a product.
    pub fn operand(&self, scope: &Scope<'_>, op: OpId) -> TokenStream {
        self.written(scope, op, Precedence::Unary)
    }

    /// The expression of an operation, in terms of what `scope` knows.
    pub fn expression(&self, scope: &Scope<'_>, op: OpId) -> TokenStream {
        self.written(scope, op, Precedence::Sum)
    }

    /// What per-coordinate code needs from outside its loop: the largest operations that do not vary with the
    /// coordinate.
    pub fn frontier(&self, roots: &[OpId]) -> Vec<OpId> {
        self.frontier_where(roots, |op| self.program.level(op) == Level::Coordinate)
    }

    /// The same for a loop in which these symbols vary.
    pub fn frontier_of(&self, roots: &[OpId], varies: impl Fn(Symbol) -> bool) -> Vec<OpId> {
        let inside = self.program.made_of(&self.program.order(roots), varies);
        self.frontier_where(roots, |op| inside[op])
    }

    fn frontier_where(&self, roots: &[OpId], inside: impl Fn(OpId) -> bool) -> Vec<OpId> {
        let mut found = Vec::new();
        let mut stack = roots.to_vec();
        let mut seen = vec![false; self.program.len()];
        while let Some(op) = stack.pop() {
            if std::mem::replace(&mut seen[op], true) {
                continue;
            }
            if inside(op) {
                self.program.op(op).each_operand(|operand| stack.push(operand));
            } else if !self.program.is_leaf(op) || self.program.level(op) == Level::Pair {
                found.push(op);
            }
        }
        found.sort_unstable();
        found
    }

    fn order(&self, scope: &Scope<'_>, roots: &[OpId]) -> Vec<OpId> {
        self.program.order_until(roots, |op| scope.names.contains_key(&op))
    }

    fn stem(&self, op: OpId) -> &'static str {
        match self.program.op(op) {
            Op::Call(Function::Positive, ..) => "support",
            Op::Call(function, ..) => function.name(),
            Op::Sqrt(_) => "root",
            Op::Power(..) => "power",
            Op::Div(..) => "ratio",
            _ if self.program.level(op) <= Level::Parameter => "scale",
            _ => "term",
        }
    }

    fn written(&self, scope: &Scope<'_>, op: OpId, least: Precedence) -> TokenStream {
        let mut tokens = TokenStream::new();
        self.write(scope, op, least, &mut tokens);
        tokens
    }

    /// Writes an operation, in parentheses where it binds less than `least`.
    fn write(&self, scope: &Scope<'_>, op: OpId, least: Precedence, tokens: &mut TokenStream) {
        if let Some(name) = scope.names.get(&op) {
            return name.to_tokens(tokens);
        }
        if self.precedence(self.program.op(op)) < least {
            let mut inside = TokenStream::new();
            self.write_bare(scope, op, &mut inside);
            tokens.append(Group::new(Delimiter::Parenthesis, inside));
        } else {
            self.write_bare(scope, op, tokens);
        }
    }

    fn precedence(&self, op: Op) -> Precedence {
        match op {
            Op::Add(..) | Op::Sub(..) => Precedence::Sum,
            Op::Mul(..) | Op::Div(..) => Precedence::Product,
            Op::Neg(_) => Precedence::Unary,
            Op::Number(number) if number.to_f64().is_sign_negative() && !matches!(self.style, Style::Lane(_)) => {
                Precedence::Unary
            }
            _ => Precedence::Call,
        }
    }

    fn write_bare(&self, scope: &Scope<'_>, op: OpId, tokens: &mut TokenStream) {
        use Precedence::{Product, Sum, Unary};
        let mut binary = |a: OpId, left: Precedence, sign: char, b: OpId, right: Precedence| {
            self.write(scope, a, left, tokens);
            tokens.append(punct(sign));
            self.write(scope, b, right, tokens);
        };
        match self.program.op(op) {
            Op::Add(a, b) => binary(a, Sum, '+', b, Product),
            Op::Sub(a, b) => binary(a, Sum, '-', b, Product),
            Op::Mul(a, b) => binary(a, Product, '*', b, Unary),
            Op::Div(a, b) => binary(a, Product, '/', b, Unary),
            Op::Number(number) => self.style.write(number.to_f64(), tokens),
            Op::Symbol(symbol) => scope.leaf(op, symbol).to_tokens(tokens),
            Op::Neg(a) => {
                tokens.append(punct('-'));
                self.write(scope, a, Unary, tokens);
            }
            Op::Sqrt(a) => self.write_call(scope, "sqrt", &[a], tokens),
            Op::Power(a, b) => self.write_call(scope, "powf", &[a, b], tokens),
            Op::Call(Function::Positive, a, _) => {
                let mut inside = self.expression(scope, a);
                inside.append(punct(','));
                self.style.literal(0.0).to_tokens(&mut inside);
                self.write_function("max", inside, tokens);
            }
            Op::Call(function, a, None) => self.write_call(scope, function.name(), &[a], tokens),
            Op::Call(function, a, Some(b)) => self.write_call(scope, function.name(), &[a, b], tokens),
            Op::Select(comparison, a, b, then, otherwise) => {
                let function = match comparison {
                    Comparison::Less => "select_lt",
                    Comparison::LessOrEqual => "select_le",
                    Comparison::Equal => "select_eq",
                };
                self.write_call(scope, function, &[a, b, then, otherwise], tokens);
            }
        }
    }

    fn write_call(&self, scope: &Scope<'_>, function: &str, arguments: &[OpId], tokens: &mut TokenStream) {
        let mut inside = TokenStream::new();
        for (place, &argument) in arguments.iter().enumerate() {
            if place > 0 {
                inside.append(punct(','));
            }
            self.write(scope, argument, Precedence::Sum, &mut inside);
        }
        self.write_function(function, inside, tokens);
    }

    fn write_function(&self, function: &str, arguments: TokenStream, tokens: &mut TokenStream) {
        self.lane.to_tokens(tokens);
        tokens.append(Ident::new(function, Span::call_site()));
        tokens.append(Group::new(Delimiter::Parenthesis, arguments));
    }
}
