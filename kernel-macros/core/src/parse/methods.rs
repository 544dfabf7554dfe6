//! The float methods, as a table.

use std::sync::LazyLock;

use syn::ext::IdentExt as _;
use syn::punctuated::Punctuated;
use syn::{Expr, ExprMethodCall, Token};

use super::body::{Lowering, Place};
use super::value::{Value, Whole};
use crate::error::{Checked, message};
use crate::symbolic::{Constant, Function, Graph, Id};

/// What a method does with its receiver and its arguments.
#[derive(Clone, Copy)]
enum Operation {
    /// The arena's function of that name.
    Call(Function),
    Unary(fn(&mut Graph, Id) -> Id),
    Binary(fn(&mut Graph, Id, Id) -> Id),
    Ternary(fn(&mut Graph, Id, Id, Id) -> Id),
    /// `powi`: the argument is an integer.
    Power,
    /// `sin_cos`: two values.
    SinCos,
}

/// `ln a / ln b`
fn log(graph: &mut Graph, a: Id, b: Id) -> Id {
    let (top, bottom) = (graph.call(Function::Ln, &[a]), graph.call(Function::Ln, &[b]));
    graph.div(top, bottom)
}

fn log_constant(graph: &mut Graph, a: Id, ln_base: Constant) -> Id {
    let (top, bottom) = (graph.call(Function::Ln, &[a]), graph.constant(ln_base));
    graph.div(top, bottom)
}

fn hypot(graph: &mut Graph, a: Id, b: Id) -> Id {
    let (a, b) = (graph.powi(a, 2), graph.powi(b, 2));
    let sum = graph.add(a, b);
    graph.sqrt(sum)
}

/// π/180 or its inverse.
fn degrees(graph: &mut Graph, a: Id, exponent: i64) -> Id {
    let (pi, half_turn) = (graph.constant(Constant::Pi), graph.integer(180));
    let ratio = graph.div(pi, half_turn);
    let ratio = graph.powi(ratio, exponent);
    graph.mul(a, ratio)
}

const TABLE: [(&str, Operation); 32] = [
    ("exp", Operation::Call(Function::Exp)),
    ("exp_m1", Operation::Call(Function::ExpM1)),
    (
        "exp2",
        Operation::Unary(|g, a| {
            let two = g.integer(2);
            g.pow(two, a)
        }),
    ),
    ("ln", Operation::Call(Function::Ln)),
    ("ln_1p", Operation::Call(Function::Ln1p)),
    ("log", Operation::Binary(log)),
    ("log2", Operation::Unary(|g, a| log_constant(g, a, Constant::Ln2))),
    ("log10", Operation::Unary(|g, a| log_constant(g, a, Constant::Ln10))),
    ("sqrt", Operation::Unary(Graph::sqrt)),
    ("cbrt", Operation::Unary(Graph::cbrt)),
    ("powi", Operation::Power),
    ("powf", Operation::Binary(Graph::pow)),
    ("recip", Operation::Unary(|g, a| g.powi(a, -1))),
    ("sin", Operation::Call(Function::Sin)),
    ("cos", Operation::Call(Function::Cos)),
    ("tan", Operation::Call(Function::Tan)),
    ("sin_cos", Operation::SinCos),
    ("asin", Operation::Call(Function::Asin)),
    ("acos", Operation::Call(Function::Acos)),
    ("atan", Operation::Call(Function::Atan)),
    ("atan2", Operation::Call(Function::Atan2)),
    ("sinh", Operation::Call(Function::Sinh)),
    ("cosh", Operation::Call(Function::Cosh)),
    ("tanh", Operation::Call(Function::Tanh)),
    ("abs", Operation::Call(Function::Abs)),
    ("max", Operation::Call(Function::Max)),
    ("min", Operation::Call(Function::Min)),
    (
        "clamp",
        Operation::Ternary(|g, a, low, high| {
            let raised = g.call(Function::Max, &[a, low]);
            g.call(Function::Min, &[raised, high])
        }),
    ),
    (
        "mul_add",
        Operation::Ternary(|g, a, b, c| {
            let product = g.mul(a, b);
            g.add(product, c)
        }),
    ),
    ("hypot", Operation::Binary(hypot)),
    ("to_radians", Operation::Unary(|g, a| degrees(g, a, 1))),
    ("to_degrees", Operation::Unary(|g, a| degrees(g, a, -1))),
];

/// The methods by name, for messages.
static NAMES: LazyLock<String> = LazyLock::new(|| TABLE.map(|(name, _)| name).join(" "));

impl Operation {
    /// Arguments, the receiver not counted.
    const fn arity(self) -> usize {
        match self {
            Self::Call(Function::Max | Function::Min | Function::Atan2) | Self::Binary(_) | Self::Power => 1,
            Self::Call(_) | Self::Unary(_) | Self::SinCos => 0,
            Self::Ternary(_) => 2,
        }
    }
}

/// Arguments of a call.
pub(super) type Arguments = Punctuated<Expr, Token![,]>;

impl Lowering<'_> {
    /// `receiver.method(arguments)`
    pub(super) fn method(&mut self, call: &ExprMethodCall) -> Checked<Value> {
        let name = call.method.unraw().to_string();
        let receiver = self.evaluate(&call.receiver, Place::Inner);
        let receiver = match receiver {
            Ok(receiver) => receiver,
            Err(reported) => {
                // Arguments have errors of their own; a closure cannot be read without what it is given.
                for argument in call.args.iter().filter(|argument| !matches!(argument, Expr::Closure(_))) {
                    let _: Checked<Value> = self.evaluate(argument, Place::Inner);
                }
                return Err(reported);
            }
        };
        match receiver {
            Value::Number(_) | Value::Whole(_) => self.float_method(&name, call, &receiver),
            Value::Point(_) | Value::Weights(_) | Value::Part(_) => self.vector_method(&name, call, &receiver),
            Value::Iterator(stream) => self.iterator_method(&name, call, &stream),
            Value::Tuple(_) => Err(self.errors.at(&call.method, message::other_method(&name, "a tuple"))),
            // It has no methods, or nobody gets hold of it.
            Value::Callable(_) | Value::Accumulator(_) | Value::Unset => {
                self.number(&receiver, &call.receiver).map(Value::Number)
            }
            Value::Condition(_) => Err(self.errors.at(&call.method, message::other_method(&name, "a comparison"))),
        }
    }

    fn float_method(&mut self, name: &str, call: &ExprMethodCall, receiver: &Value) -> Checked<Value> {
        let Some(operation) = find(name) else {
            let text =
                if name == "erf" { message::ERF_METHOD.to_owned() } else { message::unknown_method(name, &NAMES) };
            let reported = self.errors.at(&call.method, text);
            for argument in call.args.iter().filter(|argument| !matches!(argument, Expr::Closure(_))) {
                let _: Checked<Value> = self.evaluate(argument, Place::Inner);
            }
            return Err(reported);
        };
        if call.args.len() != operation.arity() {
            return Err(self.errors.at(call, message::argument_count(name, operation.arity(), call.args.len())));
        }
        let receiver = self.number(receiver, &call.receiver)?;
        self.apply(operation, receiver, &call.args.iter().collect::<Vec<_>>())
    }

    /// `f64::max(a, b)`; `None` if there is no such function.
    pub(super) fn associated(&mut self, name: &str, call: &syn::ExprCall) -> Option<Checked<Value>> {
        let operation = find(name)?;
        let arguments: Vec<&Expr> = call.args.iter().collect();
        let Some((receiver, rest)) = arguments.split_first().filter(|(_, rest)| rest.len() == operation.arity()) else {
            return Some(Err(self
                .errors
                .at(call, message::argument_count(name, operation.arity() + 1, arguments.len()))));
        };
        let receiver = self.evaluate(receiver, Place::Inner).and_then(|value| self.number(&value, receiver));
        Some(receiver.and_then(|receiver| self.apply(operation, receiver, rest)))
    }

    /// `.map(f64::abs)`; `None` if there is no such function of one number.
    pub(super) fn pointwise(&mut self, name: &str, element: Id) -> Option<Checked<Value>> {
        let operation = find(name).filter(|operation| operation.arity() == 0)?;
        Some(self.apply(operation, element, &[]))
    }

    fn apply(&mut self, operation: Operation, receiver: Id, arguments: &[&Expr]) -> Checked<Value> {
        if let Operation::Power = operation {
            let exponent = self.evaluate(arguments[0], Place::Inner)?;
            let Value::Whole(Whole { known: Some(exponent), .. }) = exponent else {
                return Err(self.errors.at(arguments[0], message::INTEGER_NEEDED));
            };
            if i32::try_from(exponent).is_err() {
                return Err(self.errors.at(arguments[0], message::INTEGER_OVERFLOW));
            }
            return Ok(Value::Number(self.graph.powi(receiver, exponent)));
        }
        // All arguments are read before the first error ends it.
        let values: Vec<Checked<Id>> = arguments
            .iter()
            .map(|argument| self.evaluate(argument, Place::Inner).and_then(|value| self.number(&value, argument)))
            .collect();
        let mut all = vec![receiver];
        all.extend(values.into_iter().collect::<Checked<Vec<Id>>>()?);
        let graph = &mut *self.graph;
        Ok(Value::Number(match (operation, &*all) {
            (Operation::Call(function), all) => graph.call(function, all),
            (Operation::Unary(function), [a]) => function(graph, *a),
            (Operation::Binary(function), [a, b]) => function(graph, *a, *b),
            (Operation::Ternary(function), [a, b, c]) => function(graph, *a, *b, *c),
            _ => {
                let (sin, cos) = (graph.call(Function::Sin, &[receiver]), graph.call(Function::Cos, &[receiver]));
                return self.tuple_of(vec![Value::Number(sin), Value::Number(cos)], quote::quote!());
            }
        }))
    }
}

fn find(name: &str) -> Option<Operation> {
    TABLE.iter().find(|(known, _)| *known == name).map(|(_, operation)| *operation)
}
