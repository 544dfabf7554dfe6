//! What expressions stand for while a body is read.

use std::rc::Rc;

use proc_macro2::Ident;
use syn::{ExprClosure, ItemFn};

use super::span::Span;
use crate::error::Checked;
use crate::symbolic::{Comparison, Gather, Graph, Id, Side};

/// The meaning of an expression.
#[derive(Clone, Debug)]
pub(super) enum Value {
    /// A float.
    Number(Id),
    /// An integer: a literal, or the number of coordinates.
    Whole(Whole),
    /// A bool.
    Condition(Condition),
    /// A vector-valued point.
    Point(Side),
    /// A per-coordinate parameter, by its place in the signature.
    Weights(usize),
    /// Some entries of a vector, one behind the other.
    Part(Part),
    /// Something to iterate over.
    Iterator(Stream),
    /// A tuple.
    Tuple(Tuple),
    /// A closure, or a function inside the kernel.
    Callable(Callable),
    /// A variable that has been declared and not assigned to.
    Unset,
    /// A variable that the body of a `for` loop over the coordinates adds to, or multiplies.
    Accumulator(Accumulator),
}

/// A closure, or a function inside the kernel.
#[derive(Clone, Debug)]
pub(super) enum Callable {
    Closure(Rc<Closure>),
    Function(Rc<ItemFn>),
}

/// A closure, and the variables that it mentions as they were when it was written.
#[derive(Debug)]
pub(super) struct Closure {
    pub(super) source: ExprClosure,
    pub(super) captured: Vec<(Ident, Checked<Value>)>,
    height: usize,
}

impl Callable {
    pub(super) fn function(function: &ItemFn) -> Self {
        Self::Function(Rc::new(function.clone()))
    }

    /// `None` if closures inside it go too deep.
    pub(super) fn closure(source: &ExprClosure, captured: Vec<(Ident, Checked<Value>)>) -> Option<Self> {
        let heights = captured.iter().filter_map(|(_, value)| value.as_ref().ok()).map(Value::height);
        let height = 1 + heights.max().unwrap_or(0);
        let closure = Closure { source: source.clone(), captured, height };
        (height <= Tuple::MAX_HEIGHT).then(|| Self::Closure(Rc::new(closure)))
    }
}

/// What an iterator gives.
#[derive(Clone, Debug)]
pub(super) enum Stream {
    /// Something of each coordinate.
    Each(Each),
    /// One element after the other.
    List(Rc<[Value]>),
}

/// Something of each coordinate: what it is at the current one, and how many reductions over coordinates it was made
/// inside of, which tells whose current one.
#[derive(Clone, Debug)]
pub(super) struct Each {
    pub(super) element: Rc<Value>,
    pub(super) level: usize,
    /// Which coordinates, if not all.
    pub(super) span: Option<Span>,
}

/// `x[1..]`
#[derive(Clone, Debug)]
pub(super) struct Part {
    pub(super) whole: Rc<Value>,
    pub(super) span: Span,
}

/// What one round of a loop over the coordinates adds to a variable, or multiplies it by; `None` as long as it does
/// neither.
#[derive(Clone, Copy, Debug)]
pub(super) struct Accumulator {
    pub(super) gathered: Option<(Gather, Id)>,
}

/// An integer, and its value where that is known.
#[derive(Clone, Copy, Debug)]
pub(super) struct Whole {
    pub(super) id: Id,
    pub(super) known: Option<i64>,
}

/// A tuple, shared (copies of copies of pairs would take exponential space) and of bounded height (they are dropped
/// recursively).
#[derive(Clone, Debug)]
pub(super) struct Tuple {
    elements: Rc<[Value]>,
    height: usize,
    /// Values inside it, shared ones as often as they occur.
    size: usize,
}

impl Tuple {
    const MAX_HEIGHT: usize = 64;

    /// `None` if tuples inside it go too deep.
    pub(super) fn new(elements: Vec<Value>) -> Option<Self> {
        let height = 1 + elements.iter().map(Value::height).max().unwrap_or(0);
        let size = elements.iter().fold(1_usize, |size, element| size.saturating_add(element.size()));
        (height <= Self::MAX_HEIGHT).then(|| Self { elements: elements.into(), height, size })
    }

    /// Whether going through all of it is cheap.
    pub(super) fn is_small(&self) -> bool {
        self.size <= 100
    }

    pub(super) fn elements(&self) -> &[Value] {
        &self.elements
    }
}

impl Stream {
    /// One value for every coordinate; `None` if it is nested too deeply.
    pub(super) fn each(value: Value, level: usize, span: Option<Span>) -> Option<Self> {
        (value.height() < Tuple::MAX_HEIGHT).then(|| Self::Each(Each { element: Rc::new(value), level, span }))
    }

    /// These values, one after the other; `None` if they are nested too deeply.
    pub(super) fn list(values: Vec<Value>) -> Option<Self> {
        let height = values.iter().map(Value::height).max().unwrap_or(0);
        (height < Tuple::MAX_HEIGHT).then(|| Self::List(values.into()))
    }
}

impl Value {
    fn size(&self) -> usize {
        if let Self::Tuple(tuple) = self { tuple.size } else { 1 }
    }

    fn height(&self) -> usize {
        match self {
            Self::Tuple(tuple) => tuple.height,
            Self::Callable(Callable::Closure(closure)) => closure.height,
            Self::Iterator(Stream::Each(each)) => 1 + each.element.height(),
            Self::Iterator(Stream::List(elements)) => 1 + elements.iter().map(Self::height).max().unwrap_or(0),
            _ => 0,
        }
    }
}

/// A condition, lowered to nested selects when it is used.
#[derive(Clone, Debug)]
pub(super) enum Condition {
    Known(bool),
    Compare(Comparison, Id, Id),
    Not(Box<Condition>),
    And(Box<Condition>, Box<Condition>),
    Or(Box<Condition>, Box<Condition>),
}

impl Condition {
    /// `if self { then } else { otherwise }`. A comparison with NaN is false, and so is its part of the whole:
    /// `!(a < b)` is not `a >= b`.
    pub(super) fn select(&self, graph: &mut Graph, then: Id, otherwise: Id) -> Id {
        match self {
            Self::Known(true) => then,
            Self::Known(false) => otherwise,
            Self::Compare(relation, a, b) => graph.select(*relation, *a, *b, then, otherwise),
            Self::Not(inner) => inner.select(graph, otherwise, then),
            Self::And(a, b) => {
                let then = b.select(graph, then, otherwise);
                a.select(graph, then, otherwise)
            }
            Self::Or(a, b) => {
                let otherwise = b.select(graph, then, otherwise);
                a.select(graph, then, otherwise)
            }
        }
    }

    /// The same as one comparison, for a name: every use of it would copy the tree, and copies of copies take
    /// exponential space.
    pub(super) fn named(self, graph: &mut Graph) -> Self {
        if matches!(self, Self::Known(_) | Self::Compare(..)) {
            return self;
        }
        let (one, zero) = (graph.integer(1), graph.integer(0));
        let indicator = self.select(graph, one, zero);
        Self::indicated(indicator, graph)
    }

    /// Whether a number that is 1 or 0 is 1.
    pub(super) fn indicated(indicator: Id, graph: &mut Graph) -> Self {
        Self::Compare(Comparison::Equal, indicator, graph.integer(1))
    }
}
