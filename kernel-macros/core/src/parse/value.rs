//! What names and expressions stand for while a body is read.

use std::collections::HashMap;
use std::rc::Rc;

use proc_macro2::Ident;
use syn::ext::IdentExt as _;

use crate::error::Checked;
use crate::symbolic::{Comparison, Graph, Id, Side};

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
    /// Something of each coordinate: what it gives for the current one.
    Iterator(Rc<Value>),
    /// A tuple.
    Tuple(Tuple),
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
}

impl Tuple {
    const MAX_HEIGHT: usize = 64;

    /// `None` if tuples inside it go too deep.
    pub(super) fn new(elements: Vec<Value>) -> Option<Self> {
        let height = 1 + elements.iter().map(Value::height).max().unwrap_or(0);
        (height <= Self::MAX_HEIGHT).then(|| Self { elements: elements.into(), height })
    }

    pub(super) fn elements(&self) -> &[Value] {
        &self.elements
    }
}

impl Value {
    fn height(&self) -> usize {
        match self {
            Self::Tuple(tuple) => tuple.height,
            Self::Iterator(element) => 1 + element.height(),
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
    /// `if self { then } else { otherwise }`. A comparison with NaN is false, and so is its part of the whole: `!(a < b)`
    /// is not `a >= b`.
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

    /// The same as one comparison, for a name: every use of it would copy the tree, and copies of copies take exponential
    /// space.
    pub(super) fn named(self, graph: &mut Graph) -> Self {
        if matches!(self, Self::Known(_) | Self::Compare(..)) {
            return self;
        }
        let (one, zero) = (graph.integer(1), graph.integer(0));
        let indicator = self.select(graph, one, zero);
        Self::Compare(Comparison::Equal, indicator, one)
    }

    /// The numbers compared.
    pub(super) fn numbers(&self, into: &mut Vec<Id>) {
        match self {
            Self::Known(_) => {}
            Self::Compare(_, a, b) => into.extend([*a, *b]),
            Self::Not(inner) => inner.numbers(into),
            Self::And(a, b) | Self::Or(a, b) => {
                a.numbers(into);
                b.numbers(into);
            }
        }
    }
}

/// Names in scope, innermost block last.
#[derive(Debug)]
pub(super) struct Scope {
    blocks: Vec<HashMap<String, Binding>>,
    /// Inside a constant's value nothing but constants can be seen.
    only_constants: bool,
}

#[derive(Debug)]
struct Binding {
    /// An error has been reported where the name was bound.
    value: Checked<Value>,
    constant: bool,
}

impl Scope {
    pub(super) fn new() -> Self {
        Self { blocks: vec![HashMap::new()], only_constants: false }
    }

    pub(super) fn enter(&mut self) {
        self.blocks.push(HashMap::new());
    }

    pub(super) fn leave(&mut self) {
        self.blocks.pop();
    }

    /// Hides everything but constants, or no longer; what it was before.
    pub(super) fn only_constants(&mut self, only: bool) -> bool {
        std::mem::replace(&mut self.only_constants, only)
    }

    pub(super) fn bind(&mut self, name: &Ident, value: Checked<Value>) {
        self.insert(name.unraw().to_string(), Binding { value, constant: self.only_constants });
    }

    pub(super) fn bind_constant(&mut self, name: &Ident, value: Checked<Value>) {
        self.insert(name.unraw().to_string(), Binding { value, constant: true });
    }

    /// A name brought in by `use`.
    pub(super) fn import(&mut self, name: &str, value: Checked<Value>) {
        self.insert(name.to_owned(), Binding { value, constant: true });
    }

    fn insert(&mut self, name: String, binding: Binding) {
        if let Some(block) = self.blocks.last_mut() {
            block.insert(name, binding);
        }
    }

    pub(super) fn get(&self, name: &Ident) -> Option<&Checked<Value>> {
        let name = name.unraw().to_string();
        let visible =
            |block: &'_ HashMap<String, Binding>| block.get(&name).is_some_and(|b| b.constant || !self.only_constants);
        self.blocks
            .iter()
            .rev()
            .find(|block| visible(block))
            .and_then(|block| block.get(&name))
            .map(|binding| &binding.value)
    }
}
