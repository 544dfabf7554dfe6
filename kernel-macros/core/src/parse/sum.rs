//! Coordinate sums as iterator chains: `x.iter().zip(y).map(|(a, b)| …).sum::<f64>()`.
//!
//! An iterator stands for what it gives at the current coordinate, so `zip` makes pairs, `map` applies its closure once, and
//! `sum` is the arena's reduction over whatever expression comes out.

use std::rc::Rc;

use syn::{Expr, ExprClosure, ExprMethodCall};

use super::body::{Lowering, Place};
use super::methods::Arguments;
use super::value::Value;
use super::{constants, vocabulary};
use crate::error::{Checked, message};
use crate::symbolic::Symbol;

impl Lowering<'_> {
    /// A method of a point or of a per-coordinate parameter.
    pub(super) fn vector_method(&mut self, name: &str, call: &ExprMethodCall, receiver: &Value) -> Checked<Value> {
        match name {
            "iter" | "into_iter" => {
                self.arguments(name, call, 0)?;
                self.iterate(receiver, call)
            }
            "len" => {
                self.arguments(name, call, 0)?;
                Ok(Value::Whole(self.dimension()))
            }
            // The same vector.
            "as_slice" | "as_ref" if call.args.is_empty() => Ok(receiver.clone()),
            "map" => Err(self.errors.at(&call.method, message::POINT_MAP)),
            _ => Err(self.errors.at(&call.method, message::vector_method(name))),
        }
    }

    pub(super) fn iterator_method(&mut self, name: &str, call: &ExprMethodCall, element: &Rc<Value>) -> Checked<Value> {
        match name {
            "iter" | "into_iter" | "copied" | "cloned" | "by_ref" => {
                self.arguments(name, call, 0)?;
                Ok(Value::Iterator(Rc::clone(element)))
            }
            "zip" => {
                self.arguments(name, call, 1)?;
                let other = self.iterable(&call.args[0])?;
                self.zip(element, &other, call)
            }
            "map" => {
                self.arguments(name, call, 1)?;
                let value = self.map(&call.args[0], element)?;
                Ok(Value::Iterator(Rc::new(value)))
            }
            "sum" => {
                self.arguments(name, call, 0)?;
                self.sum(element, call)
            }
            "enumerate" => Err(self.errors.at(&call.method, message::ENUMERATE)),
            "product" => Err(self.errors.at(&call.method, message::PRODUCT)),
            "fold" => Err(self.errors.at(&call.method, message::FOLD)),
            _ => Err(self.errors.at(&call.method, message::iterator_method(name))),
        }
    }

    /// `std::iter::zip(x, y)`
    pub(super) fn zip_function(&mut self, arguments: &Arguments, call: &syn::ExprCall) -> Checked<Value> {
        let [a, b] = &*arguments.iter().collect::<Vec<_>>() else {
            return Err(self.errors.at(call, message::argument_count("zip", 2, arguments.len())));
        };
        let (a, b) = (self.iterable(a), self.iterable(b));
        self.zip(&a?, &b?, call)
    }

    fn arguments(&self, name: &str, call: &ExprMethodCall, expected: usize) -> Checked<()> {
        if call.args.len() == expected {
            return Ok(());
        }
        Err(self.errors.at(call, message::argument_count(name, expected, call.args.len())))
    }

    /// What `for` would iterate over: the current element of it.
    fn iterable(&mut self, expression: &Expr) -> Checked<Rc<Value>> {
        let value = self.evaluate(expression, Place::Inner)?;
        match value {
            Value::Iterator(element) => Ok(element),
            Value::Point(_) | Value::Weights(_) => match self.iterate(&value, expression)? {
                Value::Iterator(element) => Ok(element),
                other => Ok(Rc::new(other)),
            },
            _ => Err(self.errors.at(expression, message::ZIP_ARGUMENT)),
        }
    }

    fn iterate(&mut self, vector: &Value, at: impl quote::ToTokens) -> Checked<Value> {
        self.outside_sums(&at)?;
        let symbol = match vector {
            Value::Point(side) => Symbol::Coordinate(*side),
            Value::Weights(index) => Symbol::Weight(*index),
            _ => return Err(self.errors.at(at, message::ZIP_ARGUMENT)),
        };
        Ok(Value::Iterator(Rc::new(Value::Number(self.graph.symbol(symbol)))))
    }

    fn zip(&mut self, a: &Rc<Value>, b: &Rc<Value>, at: impl quote::ToTokens) -> Checked<Value> {
        let pair = self.tuple_of(vec![Value::clone(a), Value::clone(b)], at)?;
        Ok(Value::Iterator(Rc::new(pair)))
    }

    /// The value that the argument of `map` gives for an element.
    fn map(&mut self, function: &Expr, element: &Rc<Value>) -> Checked<Value> {
        match function {
            Expr::Closure(closure) => self.closure(closure, Value::clone(element)),
            Expr::Paren(inner) => self.map(&inner.expr, element),
            Expr::Group(inner) => self.map(&inner.expr, element),
            Expr::Path(path) => {
                let segments = constants::segments(&path.path);
                let name = vocabulary::float_function(&segments)
                    .ok_or_else(|| self.errors.at(function, message::MAP_CLOSURE))?;
                let number = self.number(element, function)?;
                self.pointwise(name, number).unwrap_or_else(|| Err(self.errors.at(function, message::MAP_CLOSURE)))
            }
            _ => Err(self.errors.at(function, message::MAP_CLOSURE)),
        }
    }

    fn closure(&mut self, closure: &ExprClosure, element: Value) -> Checked<Value> {
        if closure.asyncness.is_some() || closure.inputs.len() != 1 {
            return Err(self.errors.at(closure, message::MAP_CLOSURE));
        }
        let outside = std::mem::replace(&mut self.in_sum, true);
        self.scope.enter();
        self.bind(&closure.inputs[0], Ok(element));
        let value = self.evaluate(&closure.body, Place::Tail);
        self.scope.leave();
        self.in_sum = outside;
        value
    }

    fn sum(&mut self, element: &Value, call: &ExprMethodCall) -> Checked<Value> {
        self.outside_sums(call)?;
        let body = self.number(element, &call.receiver)?;
        let before = self.graph.reductions().len();
        let sum = self.graph.sum(body);
        // Outside a sum the length is at hand, inside only coordinates, weights and parameters are.
        let inside: Vec<_> = self.graph.reductions()[before..].iter().map(|reduction| reduction.body).collect();
        if self.graph.symbols(&inside).contains(&Symbol::Dimension) {
            return Err(self.errors.at(call, message::LENGTH_IN_SUM));
        }
        Ok(Value::Number(sum))
    }
}
