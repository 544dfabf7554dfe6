//! Syntax → normal order: parts without derivatives are coefficients, what is left is the algebra of operators.

use syn::ext::IdentExt as _;
use syn::visit::{self, Visit};
use syn::{BinOp, Expr, ExprBinary, ExprCall, ExprIndex, ExprMethodCall, ExprPath, Path, UnOp};

use super::algebra::{Form, MOST_TERMS};
use crate::error::{Checked, Errors, Reported, message};
use crate::parse::{Coefficients, check_sign, coordinate, is_derivative, refuse, whole_number};
use crate::plan::HIGHEST;
use crate::symbolic::{Graph, Node};

/// Reads components.
pub(super) struct Reader<'a> {
    coefficients: Coefficients<'a>,
    errors: &'a Errors,
}

impl<'a> Reader<'a> {
    pub(super) fn new(coefficients: Coefficients<'a>, errors: &'a Errors) -> Self {
        Self { coefficients, errors }
    }

    /// What the coefficients mention of constants.
    pub(super) fn constants(self) -> (Vec<Path>, Vec<(Path, f64)>) {
        self.coefficients.constants()
    }

    /// One of the numbers that an operator makes.
    pub(super) fn component(&mut self, expression: &Expr) -> Checked<Form> {
        let form = self.read(expression)?.without_zeros(self.graph());
        if form.terms().next().is_none() {
            return Err(self.errors.at(expression, message::OPERATOR_ZERO));
        }
        Ok(form)
    }

    fn graph(&mut self) -> &mut Graph {
        self.coefficients.graph()
    }

    fn read(&mut self, expression: &Expr) -> Checked<Form> {
        if !mentions_derivative(expression) {
            let coefficient = self.coefficients.read(expression)?;
            let form = Form::multiplication(coefficient, self.graph());
            return self.checked(form, expression);
        }
        let report = |text: &str| Err(self.errors.at(expression, text));
        match expression {
            Expr::Path(_) => report(message::DERIVATIVE_BARE),
            Expr::Index(index) => self.derivative(index),
            Expr::Paren(inner) => self.read(&inner.expr),
            Expr::Group(inner) => self.read(&inner.expr),
            Expr::Unary(unary) if matches!(unary.op, UnOp::Neg(_)) => {
                let form = self.read(&unary.expr)?;
                Ok(form.negated(self.graph()))
            }
            Expr::Binary(binary) => self.chain(binary),
            Expr::MethodCall(call) => self.method(call),
            Expr::Call(call) => Err(self.call(call)),
            Expr::If(branch) if mentions_derivative(&branch.cond) => {
                Err(self.errors.at(&branch.cond, message::DERIVATIVE_CONDITION))
            }
            Expr::If(_) => report(message::DERIVATIVE_BRANCH),
            other => Err(refuse(other, self.errors)),
        }
    }

    /// `d[0]`
    fn derivative(&mut self, index: &ExprIndex) -> Checked<Form> {
        match &*index.expr {
            Expr::Path(path) if is_derivative(path) => {
                let coordinate =
                    coordinate(&index.index).ok_or_else(|| self.errors.at(&index.index, message::DERIVATIVE_INDEX))?;
                Ok(Form::derivative(coordinate, self.graph()))
            }
            Expr::Index(inner) if matches!(&*inner.expr, Expr::Path(path) if is_derivative(path)) => {
                Err(self.errors.at(index, message::DERIVATIVE_TWICE))
            }
            _ => Err(self.errors.at(index, message::COORDINATE_OTHER)),
        }
    }

    /// A chain `a + b - c` is read from the left without recursion, so that long sums are not deep ones.
    fn chain(&mut self, binary: &ExprBinary) -> Checked<Form> {
        let mut links = vec![binary];
        let mut left = &*binary.left;
        while let Expr::Binary(inner) = left {
            links.push(inner);
            left = &inner.left;
        }
        let mut form = self.read(left);
        for link in links.into_iter().rev() {
            // The right-hand side is read even where the left one is wrong.
            let right = self.read(&link.right);
            form = self.operate(link, form, right);
        }
        form
    }

    fn operate(&mut self, link: &ExprBinary, left: Checked<Form>, right: Checked<Form>) -> Checked<Form> {
        let graph = self.coefficients.graph();
        let form = match link.op {
            BinOp::Add(_) => left?.plus(&right?, graph),
            BinOp::Sub(_) => {
                let negative = right?.negated(graph);
                left?.plus(&negative, graph)
            }
            BinOp::Mul(_) => {
                let (left, right) = (left?, right?);
                self.check_order(left.order() + right.order(), link)?;
                left.times(&right, self.graph())
            }
            BinOp::Div(_) => self.quotient(link, &left?, &right?)?,
            sign => {
                let before = self.errors.mark();
                check_sign(&sign, link, self.errors);
                self.errors.since(before)?;
                return Err(self.errors.at(link, message::DERIVATIVE_CONDITION));
            }
        };
        self.checked(form, link)
    }

    /// A / c, where multiplying by 1/c before A and after it is the same.
    fn quotient(&mut self, link: &ExprBinary, left: &Form, right: &Form) -> Checked<Form> {
        let graph = self.coefficients.graph();
        let divisor =
            right.as_multiplication(graph).ok_or_else(|| self.errors.at(&link.right, message::DERIVATIVE_BELOW))?;
        let inverse = graph.powi(divisor, -1);
        let inverse = Form::multiplication(inverse, graph);
        let inverse = self.checked(inverse, link)?;
        let graph = self.coefficients.graph();
        let (after, before) = (inverse.times(left, graph), left.times(&inverse, graph));
        let difference = before.negated(graph).plus(&after, graph).without_zeros(graph);
        match difference.terms().next() {
            None => Ok(after),
            Some(_) => Err(self.errors.at(link, message::DERIVATIVE_ORDER_OF_DIVISION)),
        }
    }

    fn method(&mut self, call: &ExprMethodCall) -> Checked<Form> {
        let name = call.method.unraw().to_string();
        if let Some(argument) = call.args.iter().find(|argument| mentions_derivative(argument)) {
            return Err(self.errors.at(argument, message::derivative_function(&name)));
        }
        if name != "powi" {
            return Err(self.errors.at(call, message::derivative_function(&name)));
        }
        let base = self.read(&call.receiver);
        let exponent = call.args.first().filter(|_| call.args.len() == 1).and_then(whole_number);
        let exponent = exponent.and_then(|exponent| u32::try_from(exponent).ok());
        let exponent = exponent.ok_or_else(|| self.errors.at(&call.args, message::DERIVATIVE_POWER));
        let (base, exponent) = (base?, exponent?);
        let order = base.order().saturating_mul(usize::try_from(exponent).unwrap_or(usize::MAX));
        self.check_order(order, call)?;
        let power = base.power(exponent, self.graph());
        self.checked(power, call)
    }

    /// A call of a function is none of a form; `d(0)` is the one that has a meaning.
    fn call(&self, call: &ExprCall) -> Reported {
        let Expr::Path(function) = &*call.func else { return refuse(&call.func, self.errors) };
        match function.path.segments.last() {
            Some(last) if !is_derivative(function) => {
                self.errors.at(call, message::derivative_function(&last.ident.to_string()))
            }
            _ => self.errors.at(call, message::DERIVATIVE_CALL),
        }
    }

    fn check_order(&self, order: usize, at: impl quote::ToTokens) -> Checked<()> {
        if order > HIGHEST {
            return Err(self.errors.at(at, message::operator_order(HIGHEST, order)));
        }
        Ok(())
    }

    /// Refuses forms that are too large, or whose coefficients are no numbers.
    fn checked(&mut self, form: Form, at: impl quote::ToTokens) -> Checked<Form> {
        let graph = self.coefficients.graph();
        if form.is_too_large(graph) {
            return Err(self.errors.at(at, message::operator_too_large(MOST_TERMS)));
        }
        let coefficients: Vec<_> = form.terms().map(|(_, coefficient)| coefficient).collect();
        let is_finite = |id: &_| !matches!(graph.node(*id), Node::Number(number) if !number.to_f64().is_finite());
        if !graph.reachable(&coefficients).iter().all(is_finite) {
            return Err(self.errors.at(at, message::OPERATOR_NOT_FINITE));
        }
        Ok(form)
    }
}

/// Whether there is a `d` in it.
fn mentions_derivative(expression: &Expr) -> bool {
    struct Search(bool);
    impl<'a> Visit<'a> for Search {
        fn visit_expr_path(&mut self, path: &'a ExprPath) {
            self.0 |= is_derivative(path);
            visit::visit_expr_path(self, path);
        }
    }
    let mut search = Search(false);
    search.visit_expr(expression);
    search.0
}
