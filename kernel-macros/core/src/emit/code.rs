//! Operations → Rust expressions and `let`s.

use crate::map::{Map, Set};
use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{format_ident, quote};

use crate::definition::{Definition, Scalar};
use crate::lower::{Level, Op, OpId, Program, Usage};
use crate::symbolic::{Comparison, Function, Graph, Id, Number, Symbol};

use super::names::type_parameter;

/// How emitted arithmetic is spelled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Style {
    /// On `f64`: `0.5_f64 * x`.
    F64,
    /// On `f32`: `0.5_f32 * x`.
    F32,
    /// On a type parameter that is a `Lane`: `V::of(0.5) * x`.
    Lane(Ident),
}

impl Style {
    /// For functions of one pair of points.
    pub fn of(definition: &Definition) -> Self {
        match definition.scalar {
            Scalar::F64 => Self::F64,
            Scalar::F32 => Self::F32,
            Scalar::Generic => Self::Lane(type_parameter(definition)),
        }
    }

    /// A constant.
    pub fn literal(&self, value: f64) -> TokenStream {
        match self {
            Self::Lane(name) => {
                let value = Self::F64.literal(value);
                quote!(#name::of(#value))
            }
            Self::F64 if value.is_finite() => signed(&Literal::f64_suffixed(value.abs()), value),
            Self::F64 => special(value, &quote!(f64)),
            Self::F32 => {
                #[allow(clippy::cast_possible_truncation, reason = "constants of an f32 kernel are f32")]
                let value = value as f32;
                if value.is_finite() {
                    signed(&Literal::f32_suffixed(value.abs()), f64::from(value))
                } else {
                    special(f64::from(value), &quote!(f32))
                }
            }
        }
    }
}

fn signed(literal: &Literal, value: f64) -> TokenStream {
    if value.is_sign_negative() { quote!(-#literal) } else { quote!(#literal) }
}

fn special(value: f64, ty: &TokenStream) -> TokenStream {
    if value.is_nan() {
        quote!(::core::primitive::#ty::NAN)
    } else if value > 0.0 {
        quote!(::core::primitive::#ty::INFINITY)
    } else {
        quote!(::core::primitive::#ty::NEG_INFINITY)
    }
}

/// How deep what has no name is nested: of a chain of calls too long rustc's stack would not hold the expression.
const DEEPEST: usize = 32;

/// Names of what has been computed, and how to write symbols, at one place of the emitted code.
#[derive(Clone)]
pub struct Scope<'a> {
    names: Map<OpId, TokenStream>,
    symbols: &'a dyn Fn(Symbol) -> TokenStream,
}

impl<'a> Scope<'a> {
    /// A place where nothing has been computed yet.
    pub fn new(symbols: &'a dyn Fn(Symbol) -> TokenStream) -> Self {
        Self { names: Map::default(), symbols }
    }

    /// A place inside this one, with its own way to write symbols.
    pub fn inner(&self, symbols: &'a dyn Fn(Symbol) -> TokenStream) -> Self {
        Self { names: self.names.clone(), symbols }
    }

    /// How symbols are written here.
    pub fn symbols(&self) -> &'a dyn Fn(Symbol) -> TokenStream {
        self.symbols
    }

    /// Makes an operation available under a name.
    pub fn define(&mut self, op: OpId, name: TokenStream) {
        self.names.insert(op, name);
    }
}

/// Writes the code of one emitted function.
pub struct Coder<'a> {
    graph: &'a Graph,
    program: Program,
    style: Style,
    runtime: &'a TokenStream,
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
    pub fn new(graph: &'a Graph, style: Style, usage: Usage, runtime: &'a TokenStream) -> Self {
        Self { graph, program: Program::new(usage), style, runtime, counts: Map::default() }
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
        let count = self.counts.entry(stem).or_default();
        let name = if *count == 0 { stem.to_string() } else { format!("{stem}_{count}") };
        *count += 1;
        Ident::new(&name, Span::mixed_site())
    }

    /// `let`s that compute the roots and what they share, in `scope`, which learns their names.
    pub fn bind(&mut self, scope: &mut Scope<'_>, roots: &[OpId]) -> TokenStream {
        self.bind_used(scope, roots, 2).into_iter().map(|(_, binding)| binding).collect()
    }

    /// The same in two parts: what `first` needs, and what only `last` does.
    pub fn bind_in_turn(&mut self, scope: &mut Scope<'_>, first: &[OpId], last: &[OpId]) -> [TokenStream; 2] {
        let early: Set<OpId> = self.order(scope, first).into_iter().collect();
        let bindings = self.bind_used(scope, &[first, last].concat(), 2);
        let (early, late): (Vec<_>, Vec<_>) = bindings.into_iter().partition(|binding| early.contains(&binding.0));
        [early, late].map(|bindings| bindings.into_iter().map(|(_, binding)| binding).collect())
    }

    fn bind_used(&mut self, scope: &mut Scope<'_>, roots: &[OpId], weight: usize) -> Vec<(OpId, TokenStream)> {
        let order = self.order(scope, roots);
        let mut uses: Map<OpId, usize> = Map::default();
        for &op in &order {
            for operand in self.program.operands(op) {
                *uses.entry(operand).or_default() += 1;
            }
        }
        for &root in roots {
            *uses.entry(root).or_default() += weight;
        }
        let mut bindings = Vec::new();
        let mut depths: Map<OpId, usize> = Map::default();
        for op in order {
            let operands = self.program.operands(op).into_iter();
            let depth = operands.filter_map(|operand| depths.get(&operand)).max().map_or(0, |depth| depth + 1);
            if self.program.is_leaf(op) || (uses[&op] < 2 && depth < DEEPEST) {
                depths.insert(op, depth);
                continue;
            }
            let value = self.write(scope, op).0;
            let name = self.fresh(self.stem(op));
            bindings.push((op, quote!(let #name = #value;)));
            scope.define(op, quote!(#name));
        }
        bindings
    }

    /// `let`s for what the roots share among themselves or use more than once; the roots themselves stay expressions unless
    /// they are shared too.
    pub fn bind_shared(&mut self, scope: &mut Scope<'_>, roots: &[OpId]) -> TokenStream {
        self.bind_used(scope, roots, 1).into_iter().map(|(_, binding)| binding).collect()
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
            counts: Map::default(),
        }
    }

    /// Where emitted code finds the runtime.
    pub fn runtime(&self) -> TokenStream {
        self.runtime.clone()
    }

    /// The expression of an operation as a factor of a product.
    pub fn operand(&self, scope: &Scope<'_>, op: OpId) -> TokenStream {
        self.wrapped(scope, op, Precedence::Unary)
    }

    /// The expression of an operation, in terms of what `scope` knows.
    pub fn expression(&self, scope: &Scope<'_>, op: OpId) -> TokenStream {
        self.write(scope, op).0
    }

    /// What per-coordinate code needs from outside its loop: the largest operations that do not vary with the coordinate.
    pub fn frontier(&self, roots: &[OpId]) -> Vec<OpId> {
        self.frontier_where(roots, |op| self.program.level(op) == Level::Coordinate)
    }

    /// The same for a loop in which these symbols vary.
    pub fn frontier_of(&self, roots: &[OpId], varies: impl Fn(Symbol) -> bool) -> Vec<OpId> {
        let mut inside: Set<OpId> = Set::default();
        for op in self.program.order(roots) {
            let is_inside = match self.program.op(op) {
                Op::Symbol(symbol) => varies(symbol),
                _ => self.program.operands(op).iter().any(|operand| inside.contains(operand)),
            };
            if is_inside {
                inside.insert(op);
            }
        }
        self.frontier_where(roots, |op| inside.contains(&op))
    }

    fn frontier_where(&self, roots: &[OpId], inside: impl Fn(OpId) -> bool) -> Vec<OpId> {
        let mut found = Vec::new();
        let mut stack = roots.to_vec();
        let mut seen = Set::default();
        while let Some(op) = stack.pop() {
            if !seen.insert(op) {
                continue;
            }
            if inside(op) {
                stack.extend(self.program.operands(op));
            } else if !self.program.is_leaf(op) || self.program.level(op) == Level::Pair {
                found.push(op);
            }
        }
        found.sort_unstable();
        found
    }

    fn order(&self, scope: &Scope<'_>, roots: &[OpId]) -> Vec<OpId> {
        let mut seen = Set::default();
        let mut stack: Vec<OpId> = roots.to_vec();
        while let Some(op) = stack.pop() {
            if !scope.names.contains_key(&op) && seen.insert(op) {
                stack.extend(self.program.operands(op));
            }
        }
        let mut order: Vec<OpId> = seen.into_iter().collect();
        order.sort_unstable();
        order
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

    fn write(&self, scope: &Scope<'_>, op: OpId) -> (TokenStream, Precedence) {
        if let Some(name) = scope.names.get(&op) {
            return (name.clone(), Precedence::Call);
        }
        match self.program.op(op) {
            Op::Number(number) => self.number(number),
            Op::Symbol(symbol) => ((scope.symbols)(symbol), Precedence::Call),
            Op::Add(a, b) => self.binary(scope, a, b, Precedence::Sum, &quote!(+)),
            Op::Sub(a, b) => self.binary(scope, a, b, Precedence::Sum, &quote!(-)),
            Op::Mul(a, b) => self.binary(scope, a, b, Precedence::Product, &quote!(*)),
            Op::Div(a, b) => self.binary(scope, a, b, Precedence::Product, &quote!(/)),
            Op::Neg(a) => {
                let a = self.wrapped(scope, a, Precedence::Unary);
                (quote!(-#a), Precedence::Unary)
            }
            Op::Sqrt(a) => self.call(scope, "sqrt", &[a]),
            Op::Power(a, b) => self.call(scope, "powf", &[a, b]),
            Op::Call(Function::Positive, a, _) => {
                let a = self.expression(scope, a);
                let zero = self.number(Number::Float(0.0)).0;
                let runtime = self.runtime;
                (quote!(#runtime::__private::Lane::max(#a, #zero)), Precedence::Call)
            }
            Op::Call(function, a, b) => {
                let arguments: Vec<OpId> = std::iter::once(a).chain(b).collect();
                self.call(scope, function.name(), &arguments)
            }
            Op::Select(comparison, a, b, then, otherwise) => {
                let [a, b, then, otherwise] = [a, b, then, otherwise].map(|id| self.expression(scope, id));
                (self.select(comparison, &a, &b, &then, &otherwise), Precedence::Call)
            }
        }
    }

    fn select(
        &self,
        comparison: Comparison,
        a: &TokenStream,
        b: &TokenStream,
        then: &TokenStream,
        otherwise: &TokenStream,
    ) -> TokenStream {
        let runtime = self.runtime;
        let function = format_ident!(
            "{}",
            match comparison {
                Comparison::Less => "select_lt",
                Comparison::LessOrEqual => "select_le",
                Comparison::Equal => "select_eq",
            }
        );
        quote!(#runtime::__private::Lane::#function(#a, #b, #then, #otherwise))
    }

    fn binary(
        &self,
        scope: &Scope<'_>,
        a: OpId,
        b: OpId,
        precedence: Precedence,
        sign: &TokenStream,
    ) -> (TokenStream, Precedence) {
        let a = self.wrapped(scope, a, precedence);
        let tighter = if precedence == Precedence::Sum { Precedence::Product } else { Precedence::Unary };
        let b = self.wrapped(scope, b, tighter);
        (quote!(#a #sign #b), precedence)
    }

    fn wrapped(&self, scope: &Scope<'_>, op: OpId, least: Precedence) -> TokenStream {
        let (tokens, precedence) = self.write(scope, op);
        if precedence < least { quote!((#tokens)) } else { tokens }
    }

    fn call(&self, scope: &Scope<'_>, name: &str, arguments: &[OpId]) -> (TokenStream, Precedence) {
        let name = format_ident!("{name}");
        let runtime = self.runtime;
        let arguments = arguments.iter().map(|&argument| self.expression(scope, argument));
        (quote!(#runtime::__private::Lane::#name(#(#arguments),*)), Precedence::Call)
    }

    fn number(&self, number: Number) -> (TokenStream, Precedence) {
        let value = number.to_f64();
        let tokens = self.style.literal(value);
        let negated = value.is_sign_negative() && !matches!(self.style, Style::Lane(_));
        (tokens, if negated { Precedence::Unary } else { Precedence::Call })
    }
}
