//! Sums and products over coordinates as iterator chains: `x.iter().zip(y).map(|(a, b)| …).sum::<f64>()`.
//!
//! An iterator over coordinates stands for what it gives at the current one, so `zip` makes pairs, `map` applies its
//! closure once, and `sum` is the arena's reduction over whatever expression comes out. An iterator over a few known
//! numbers, `(0..3)`, is carried out element by element.

use quote::ToTokens;
use syn::{Expr, ExprMethodCall, ExprRange};

use super::body::{Lowering, Place};
use super::constants;
use super::methods::Arguments;
use super::span::Span;
use super::value::{Condition, Each, Stream, Value, Whole};
use crate::error::{Checked, message};
use crate::symbolic::{Comparison, Gather, Graph, Id, Symbol};

/// Elements of an iterator over known numbers.
const MAX_LIST: i64 = 64;

impl Lowering<'_> {
    /// A method of a point or of a per-coordinate parameter.
    pub(super) fn vector_method(&mut self, name: &str, call: &ExprMethodCall, receiver: &Value) -> Checked<Value> {
        match name {
            "iter" | "into_iter" => {
                self.arguments(name, call, 0)?;
                self.iterate(receiver, call).map(Value::Iterator)
            }
            "len" => {
                self.arguments(name, call, 0)?;
                Ok(Value::Whole(match receiver {
                    Value::Part(part) => self.length_of(part.span),
                    _ => self.dimension(),
                }))
            }
            // The same vector.
            "as_slice" | "as_ref" if call.args.is_empty() => Ok(receiver.clone()),
            "map" => Err(self.errors.at(&call.method, message::POINT_MAP)),
            _ => Err(self.errors.at(&call.method, message::vector_method(name))),
        }
    }

    pub(super) fn iterator_method(&mut self, name: &str, call: &ExprMethodCall, stream: &Stream) -> Checked<Value> {
        self.made_here(stream, &call.receiver)?;
        match name {
            "iter" | "into_iter" | "copied" | "cloned" | "by_ref" => {
                self.arguments(name, call, 0)?;
                Ok(Value::Iterator(stream.clone()))
            }
            "zip" => {
                self.arguments(name, call, 1)?;
                let other = self.iterable(&call.args[0], message::ZIP_ARGUMENT)?;
                self.zip(stream, &other, &call.args[0])
            }
            "enumerate" => {
                self.arguments(name, call, 0)?;
                let numbers = self.numbers(stream, call)?;
                self.zip(&numbers, stream, call)
            }
            "map" => {
                self.arguments(name, call, 1)?;
                self.map_stream(&call.args[0], stream)
            }
            "sum" | "product" => {
                self.arguments(name, call, 0)?;
                let gather = if name == "sum" { Gather::Sum } else { Gather::Product };
                self.reduce(stream, gather, call)
            }
            "fold" => Err(self.errors.at(&call.method, message::FOLD)),
            "for_each" => Err(self.errors.at(&call.method, message::FOR_EACH)),
            _ => Err(self.errors.at(&call.method, message::iterator_method(name))),
        }
    }

    /// `std::iter::zip(x, y)`
    pub(super) fn zip_function(&mut self, arguments: &Arguments, call: &syn::ExprCall) -> Checked<Value> {
        let [a, b] = &*arguments.iter().collect::<Vec<_>>() else {
            return Err(self.errors.at(call, message::argument_count("zip", 2, arguments.len())));
        };
        let (a, b) = (self.iterable(a, message::ZIP_ARGUMENT), self.iterable(b, message::ZIP_ARGUMENT));
        self.zip(&a?, &b?, call)
    }

    fn arguments(&self, name: &str, call: &ExprMethodCall, expected: usize) -> Checked<()> {
        if call.args.len() == expected {
            return Ok(());
        }
        Err(self.errors.at(call, message::argument_count(name, expected, call.args.len())))
    }

    /// `0..x.len()` or some of it, or between two numbers that are known.
    pub(super) fn range(&mut self, range: &ExprRange) -> Checked<Value> {
        if range.start.is_none() || range.end.is_none() {
            return Err(self.errors.at(range, message::RANGE));
        }
        let span = self.span(range)?;
        // Inside a sum it is carried out where it can be: its elements are then known numbers, also for `powi`.
        let carried_out = self.level > 0 && span.end.known.is_some();
        let is_whole = self.is_whole(span);
        let known = span.start.known.zip(span.end.known).filter(|_| carried_out || !is_whole);
        let Some((start, end)) = known else {
            self.at_most_double(range)?;
            return self.places((!is_whole).then_some(span), range).map(Value::Iterator);
        };
        if end.saturating_sub(start) > MAX_LIST {
            return Err(self.errors.at(range, message::LONG_RANGE));
        }
        let numbers = (start..end).map(|number| Value::Whole(self.whole(number))).collect();
        self.stream(Stream::list(numbers), range).map(Value::Iterator)
    }

    pub(super) fn whole(&mut self, value: i64) -> Whole {
        Whole { id: self.graph.integer(value), known: Some(value) }
    }

    /// The numbers of the coordinates.
    fn places(&mut self, span: Option<Span>, at: impl ToTokens) -> Checked<Stream> {
        let index = Value::Whole(Whole { id: self.at_level(Symbol::Index, self.level), known: None });
        self.stream(Stream::each(index, self.level, span), at)
    }

    /// The numbers of the elements.
    fn numbers(&mut self, stream: &Stream, at: impl ToTokens) -> Checked<Stream> {
        match stream {
            Stream::Each(Each { span: None, .. }) => self.places(None, at),
            Stream::Each(Each { span: Some(span), .. }) => {
                let index = self.at_level(Symbol::Index, self.level);
                let number = Value::Whole(Whole { id: self.graph.sub(index, span.start.id), known: None });
                self.stream(Stream::each(number, self.level, Some(*span)), at)
            }
            Stream::List(elements) => {
                let numbers = (0..).zip(&**elements).map(|(number, _)| Value::Whole(self.whole(number)));
                Ok(Stream::List(numbers.collect()))
            }
        }
    }

    /// What belongs to the current coordinate of the outer sum, or of the sum inside it.
    pub(super) fn at_level(&mut self, symbol: Symbol, level: usize) -> Id {
        self.graph.symbol(if level == 0 { symbol } else { symbol.other() })
    }

    /// Which of the two sums an integer counts the coordinates of.
    pub(super) fn counts(&mut self, whole: Whole) -> Option<usize> {
        (0..2).find(|&level| whole.id == self.at_level(Symbol::Index, level))
    }

    fn at_most_double(&self, at: impl ToTokens) -> Checked<()> {
        if self.level > 1 { Err(self.errors.at(at, message::TRIPLE_SUM)) } else { Ok(()) }
    }

    /// Refuses an iterator that was made outside the sum it is used in.
    fn made_here(&self, stream: &Stream, at: impl ToTokens) -> Checked<()> {
        match stream {
            Stream::Each(each) if each.level != self.level => Err(self.errors.at(at, message::ITERATOR_OUTSIDE)),
            _ => Ok(()),
        }
    }

    /// What `for` would iterate over.
    pub(super) fn iterable(&mut self, expression: &Expr, otherwise: &str) -> Checked<Stream> {
        let value = self.evaluate(expression, Place::Inner)?;
        match value {
            Value::Iterator(stream) => self.made_here(&stream, expression).map(|()| stream),
            Value::Point(_) | Value::Weights(_) | Value::Part(_) => self.iterate(&value, expression),
            _ => Err(self.errors.at(expression, otherwise)),
        }
    }

    fn iterate(&mut self, vector: &Value, at: impl ToTokens) -> Checked<Stream> {
        self.at_most_double(&at)?;
        let (whole, span) = match vector {
            Value::Part(part) => (&*part.whole, Some(part.span)),
            whole => (whole, None),
        };
        let symbol = match whole {
            Value::Point(side) => Symbol::Coordinate(*side),
            Value::Weights(index) => Symbol::Weight(*index),
            _ => return Err(self.errors.at(at, message::ZIP_ARGUMENT)),
        };
        let element = Value::Number(self.at_level(symbol, self.level));
        self.stream(Stream::each(element, self.level, span), at)
    }

    /// A stream, unless it is nested too deeply.
    fn stream(&self, stream: Option<Stream>, at: impl ToTokens) -> Checked<Stream> {
        stream.ok_or_else(|| self.errors.at(at, message::TUPLE_TOO_DEEP))
    }

    fn zip(&mut self, a: &Stream, b: &Stream, at: impl ToTokens) -> Checked<Value> {
        let stream = match (a, b) {
            (Stream::Each(a), Stream::Each(b)) => {
                let span = self.same_span(a.span, b.span, &at)?;
                let pair = self.tuple_of(vec![Value::clone(&a.element), Value::clone(&b.element)], &at)?;
                Stream::each(pair, self.level, span)
            }
            (Stream::List(a), Stream::List(b)) => {
                let pairs = a.iter().zip(&**b).map(|(a, b)| self.tuple_of(vec![a.clone(), b.clone()], &at));
                Stream::list(pairs.collect::<Checked<_>>()?)
            }
            (Stream::Each(a), Stream::List(list)) => {
                let list = self.beside_each(list, a, &at)?;
                Stream::each(self.tuple_of(vec![Value::clone(&a.element), list], &at)?, self.level, None)
            }
            (Stream::List(list), Stream::Each(b)) => {
                let list = self.beside_each(list, b, &at)?;
                Stream::each(self.tuple_of(vec![list, Value::clone(&b.element)], &at)?, self.level, None)
            }
        };
        self.stream(stream, at).map(Value::Iterator)
    }

    fn beside_each(&mut self, list: &[Value], each: &Each, at: impl ToTokens) -> Checked<Value> {
        let element = if each.span.is_none() { self.current(list, each.level) } else { None };
        element.ok_or_else(|| self.errors.at(at, message::ZIP_MIXED))
    }

    /// The element of the current coordinate, if there is one for each.
    pub(super) fn current(&mut self, list: &[Value], level: usize) -> Option<Value> {
        let (last, others) = list.split_last()?;
        let length = self.dimension().known.and_then(|length| usize::try_from(length).ok());
        let index = self.at_level(Symbol::Index, level);
        length.filter(|length| *length == list.len())?;
        (0..).zip(others).try_fold(last.clone(), |value, (place, element)| {
            let here = Condition::Compare(Comparison::Equal, index, self.graph.integer(place));
            self.choose(&here, element, &value)
        })
    }

    fn map_stream(&mut self, function: &Expr, stream: &Stream) -> Checked<Value> {
        let mapped = match stream {
            Stream::Each(each) => {
                self.level += 1;
                let value = self.map(function, &each.element);
                self.level -= 1;
                Stream::each(value?, self.level, each.span)
            }
            Stream::List(elements) => {
                self.unroll(elements.len(), function)?;
                // The first element that does not fit ends it, so that an error is reported once.
                let values = elements.iter().map(|element| self.map(function, element)).collect::<Checked<_>>();
                Stream::list(values?)
            }
        };
        self.stream(mapped, function).map(Value::Iterator)
    }

    /// The value that the argument of `map` gives for an element.
    fn map(&mut self, function: &Expr, element: &Value) -> Checked<Value> {
        match function {
            Expr::Closure(closure) if closure.asyncness.is_none() && closure.inputs.len() == 1 => {
                self.apply_closure(closure, vec![element.clone()], function)
            }
            Expr::Paren(inner) => self.map(&inner.expr, element),
            Expr::Group(inner) => self.map(&inner.expr, element),
            Expr::Path(path) if path.path.get_ident().is_some_and(|name| self.callable(name).is_some()) => {
                let Some(callable) = path.path.get_ident().and_then(|name| self.callable(name)) else {
                    return Err(self.errors.at(function, message::MAP_CLOSURE));
                };
                self.apply_to(&callable?, vec![element.clone()], function, function)
            }
            Expr::Path(path) => {
                let segments = constants::segments(&path.path);
                let name = self
                    .scalar_function(path, &segments)
                    .ok_or_else(|| self.errors.at(function, message::MAP_CLOSURE))?;
                let number = self.number(element, function)?;
                self.pointwise(name, number).unwrap_or_else(|| Err(self.errors.at(function, message::MAP_CLOSURE)))
            }
            _ => Err(self.errors.at(function, message::MAP_CLOSURE)),
        }
    }

    /// `.sum()` and `.product()`
    fn reduce(&mut self, stream: &Stream, gather: Gather, call: &ExprMethodCall) -> Checked<Value> {
        match stream {
            Stream::Each(each) => {
                let body = self.number(&each.element, &call.receiver)?;
                let body = self.within(each.span, gather, body, self.level);
                self.over_coordinates(gather, body, call).map(Value::Number)
            }
            Stream::List(elements) => {
                let numbers = elements.iter().map(|element| self.number(element, &call.receiver));
                let numbers = numbers.collect::<Checked<Vec<Id>>>()?;
                let neutral = self.neutral(gather);
                let join = if gather == Gather::Product { Graph::mul } else { Graph::add };
                Ok(Value::Number(numbers.into_iter().fold(neutral, |all, one| join(self.graph, all, one))))
            }
        }
    }
}
