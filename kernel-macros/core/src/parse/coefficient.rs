//! Coefficients of operators: expressions of one point and of parameters. What they may contain is said here; they are
//! read as the bodies of kernels are.

use proc_macro2::Ident;
use quote::ToTokens;
use syn::ext::IdentExt as _;
use syn::{BinOp, Block, Expr, ExprCall, ExprIndex, ExprMethodCall, ExprPath, Lit, Path, Stmt, UnOp};

use super::body::{Lowering, Place};
use super::constants;
use super::functions::Functions;
use super::operators::{arithmetic, is_compound, is_logical};
use super::signature::{Role, Signature};
use super::vocabulary::float_function;
use crate::definition::{Options, Parameter, ParameterKind, Points, Scalar};
use crate::error::{Checked, Errors, Reported, message};
use crate::symbolic::{Graph, Id, Side};

/// What is in scope: the point `x`, and the parameters.
pub(crate) struct Ground {
    operator: Ident,
    signature: Signature,
    options: Options,
    functions: Functions,
}

impl Ground {
    /// Of the operator with this name.
    pub(crate) fn new(operator: &Ident, parameters: &[Ident]) -> Self {
        let [x, y] = ["x", "y"].map(|name| Ident::new(name, operator.span()));
        let mut arguments: Vec<_> =
            parameters.iter().enumerate().map(|(place, name)| (name.clone(), Ok(Role::Parameter(place)))).collect();
        // Behind the parameters: one that took its name, which has been reported, does not hide it.
        arguments.push((x.clone(), Ok(Role::Point(Side::X))));
        let parameters = parameters.iter().map(|name| Parameter { name: name.clone(), kind: ParameterKind::Scalar });
        let signature = Signature {
            scalar: Scalar::F64,
            scalar_name: "f64".to_owned(),
            points: Ok(Points::Slice),
            point_names: Ok([x, y]),
            parameters: parameters.collect(),
            arguments,
        };
        Self { operator: operator.clone(), signature, options: Options::default(), functions: Functions::default() }
    }
}

/// Reads coefficients.
pub(crate) struct Coefficients<'a> {
    operator: &'a Ident,
    lowering: Lowering<'a>,
}

impl<'a> Coefficients<'a> {
    pub(crate) fn new(ground: &'a Ground, graph: &'a mut Graph, errors: &'a Errors) -> Self {
        let Ground { operator, signature, options, functions } = ground;
        let mut lowering = Lowering::new(signature, options, functions, graph, errors);
        lowering.exact_quotients = true;
        Self { operator, lowering }
    }

    /// The arena that they are read into.
    pub(crate) fn graph(&mut self) -> &mut Graph {
        self.lowering.graph
    }

    /// The coefficient that an expression without derivatives stands for.
    pub(crate) fn read(&mut self, expression: &Expr) -> Checked<Id> {
        let before = self.lowering.errors.mark();
        self.check(expression);
        self.lowering.errors.since(before)?;
        let value = self.lowering.evaluate(expression, Place::Inner)?;
        self.lowering.number(&value, expression)
    }

    /// Constants of the user's own that have been read, and names taken for those of the standard library, with their
    /// values.
    pub(crate) fn constants(self) -> (Vec<Path>, Vec<(Path, f64)>) {
        (self.lowering.constants, self.lowering.assumed)
    }

    fn report(&self, at: impl ToTokens, text: impl Into<String>) {
        self.lowering.errors.at(at, text);
    }

    /// Reports what an operator has not, though a kernel may.
    fn check(&mut self, expression: &Expr) {
        match expression {
            Expr::Lit(_) => {}
            Expr::Path(path) => self.name(path),
            Expr::Paren(inner) => self.check(&inner.expr),
            Expr::Group(inner) => self.check(&inner.expr),
            Expr::Cast(cast) => self.check(&cast.expr),
            Expr::Unary(unary) if matches!(unary.op, UnOp::Neg(_) | UnOp::Not(_)) => self.check(&unary.expr),
            Expr::Binary(binary) => {
                self.check(&binary.left);
                self.check(&binary.right);
                check_sign(&binary.op, binary, self.lowering.errors);
            }
            Expr::Index(index) => self.index(index),
            Expr::MethodCall(call) => self.method(call),
            Expr::Call(call) => self.call(call),
            Expr::If(branch) => {
                self.check(&branch.cond);
                self.block(&branch.then_branch);
                match &branch.else_branch {
                    Some((_, otherwise)) => self.check(otherwise),
                    None => self.report(branch, message::IF_WITHOUT_ELSE),
                }
            }
            Expr::Block(block) if block.label.is_none() => self.block(&block.block),
            other => {
                refuse(other, self.lowering.errors);
            }
        }
    }

    fn name(&mut self, expression: &ExprPath) {
        let path = &expression.path;
        let name = constants::segments(path).join("::");
        if let Some(ident) = path.get_ident()
            && self.lowering.scope.get(ident).is_some()
        {
            if is_point(ident) {
                self.report(expression, message::COORDINATE_BARE);
            }
        } else if path.is_ident("y") {
            self.report(expression, message::ONE_POINT);
        } else if self.lowering.constant(path).is_none() {
            let parameters = &self.lowering.signature.parameters;
            let parameters: Vec<String> = parameters.iter().map(|parameter| parameter.name.to_string()).collect();
            let text = message::operator_unknown_name(&name, &self.operator.to_string(), &parameters);
            self.report(expression, text);
        }
    }

    fn index(&self, index: &ExprIndex) {
        let base = match &*index.expr {
            Expr::Path(base) => base.path.get_ident(),
            _ => None,
        };
        match base {
            Some(base) if is_point(base) => {
                if coordinate(&index.index).is_none() {
                    self.report(&index.index, message::COORDINATE_INDEX);
                }
            }
            Some(base) if self.lowering.scope.get(base).is_some() => {
                self.report(index, message::parameter_entries(&base.to_string()));
            }
            Some(base) if base == "y" => self.report(index, message::ONE_POINT),
            _ => self.report(index, message::COORDINATE_OTHER),
        }
    }

    fn method(&mut self, call: &ExprMethodCall) {
        self.check(&call.receiver);
        for argument in &call.args {
            self.check(argument);
        }
        if call.method == "powi"
            && let Some(exponent) = call.args.first().filter(|exponent| whole_number(exponent).is_none())
        {
            self.report(exponent, message::OPERATOR_POWI);
        }
    }

    fn call(&mut self, call: &ExprCall) {
        let segments = match &*call.func {
            Expr::Path(function) => constants::segments(&function.path),
            _ => Vec::new(),
        };
        let known = segments.last().is_some_and(|name| name == "erf") || float_function(&segments).is_some();
        if !known {
            let name = if segments.is_empty() { "this".to_owned() } else { segments.join("::") };
            self.report(&call.func, message::operator_unknown_function(&name));
        }
        for argument in &call.args {
            self.check(argument);
        }
    }

    /// `{ 2.0 }`
    fn block(&mut self, block: &Block) {
        match &*block.stmts {
            [Stmt::Expr(value, None)] => self.check(value),
            [first, ..] => self.report(first, message::OPERATOR_STATEMENTS),
            [] => self.report(block, message::NO_VALUE),
        }
    }
}

/// Reports a sign that an operator has not.
pub(crate) fn check_sign(sign: &BinOp, at: impl ToTokens, errors: &Errors) {
    if is_compound(sign) {
        errors.at(at, message::OPERATOR_STATEMENTS);
    } else if arithmetic(sign).is_none() && !is_logical(sign) {
        errors.at(at, message::operator_unsupported("this sign"));
    }
}

/// Reports an expression of a kind that an operator has not.
pub(crate) fn refuse(expression: &Expr, errors: &Errors) -> Reported {
    let text = match expression {
        Expr::Block(_) | Expr::Assign(_) | Expr::Let(_) | Expr::Return(_) | Expr::Unsafe(_) => {
            message::OPERATOR_STATEMENTS.to_owned()
        }
        Expr::ForLoop(_) | Expr::While(_) | Expr::Loop(_) => message::operator_unsupported("a loop"),
        Expr::Tuple(tuple) if tuple.elems.is_empty() => message::OPERATOR_TUPLE_EMPTY.to_owned(),
        Expr::Tuple(_) => message::OPERATOR_TUPLE_INSIDE.to_owned(),
        Expr::Macro(_) => message::operator_unsupported("a macro"),
        Expr::Closure(_) => message::operator_unsupported("a closure"),
        Expr::Match(_) => message::operator_unsupported("`match`"),
        Expr::Reference(_) => message::operator_unsupported("a reference"),
        _ => message::operator_unsupported("this"),
    };
    errors.at(expression, text)
}

/// The number of a coordinate, written as a literal.
pub(crate) fn coordinate(expression: &Expr) -> Option<usize> {
    // What fits 32 bits fits `usize`, and leaves room for one more.
    whole_number(expression).and_then(|place| u32::try_from(place).ok()).and_then(|place| usize::try_from(place).ok())
}

/// A whole number, written as a literal.
pub(crate) fn whole_number(expression: &Expr) -> Option<i64> {
    match expression {
        Expr::Lit(literal) => match &literal.lit {
            Lit::Int(number) if !matches!(number.suffix(), "f32" | "f64") => number.base10_parse().ok(),
            _ => None,
        },
        Expr::Unary(unary) if matches!(unary.op, UnOp::Neg(_)) => whole_number(&unary.expr).and_then(i64::checked_neg),
        Expr::Paren(inner) => whole_number(&inner.expr),
        Expr::Group(inner) => whole_number(&inner.expr),
        _ => None,
    }
}

/// Whether a path is `d`, which stands for the partial derivatives.
pub(crate) fn is_derivative(path: &ExprPath) -> bool {
    path.path.get_ident().is_some_and(|name| name.unraw() == "d")
}

fn is_point(name: &Ident) -> bool {
    name.unraw() == "x"
}
