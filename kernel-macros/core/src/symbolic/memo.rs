//! What has been worked out before: of the products that the blocks of a kernel are made of, nine in ten are asked for
//! again.

use std::cell::RefCell;
use std::rc::Rc;

use super::expr::{Graph, Id, Node, Symbol};
use super::number::Rational;
use super::sample::{POINTS, Sample, sample};
use crate::map::Map;

/// An expression that others determine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Question {
    /// a · b
    Product(Id, Id),
    /// aᵉ
    Power(Id, Rational),
    /// ∂a/∂symbol
    Derivative(Id, Symbol),
    /// [`Graph::cancel`]
    Cancelled(Id, Id),
    /// [`Graph::expand_around`]
    Expanded(Id, Id),
    /// [`Graph::factor`]
    Factored(Id),
    /// [`Graph::together`]
    Together(Id),
}

/// What has been worked out.
#[derive(Clone, Debug, Default)]
pub(super) struct Memo {
    answers: Map<Question, Id>,
    symbols: RefCell<Map<Id, Rc<[Symbol]>>>,
    weights: RefCell<Map<Id, usize>>,
    samples: RefCell<Map<Id, [Sample; POINTS]>>,
}

impl Memo {
    /// From now on, other expressions are answers.
    pub(super) fn forget_answers(&mut self) {
        self.answers = Map::default();
    }
}

impl Graph {
    /// The answer, worked out where it is not known yet.
    pub(super) fn answer(&mut self, question: Question, work: impl FnOnce(&mut Self) -> Id) -> Id {
        if let Some(&known) = self.memo.answers.get(&question) {
            return known;
        }
        let answer = work(self);
        self.memo.answers.insert(question, answer);
        answer
    }

    /// The symbols of an expression, sorted.
    pub(super) fn own_symbols(&self, id: Id) -> Rc<[Symbol]> {
        Rc::clone(self.memo.symbols.borrow_mut().get_or_insert_with(id, || self.symbols_of_all(&[id]).into()))
    }

    /// A rough count of operations.
    pub(super) fn weight(&self, id: Id) -> usize {
        *self.memo.weights.borrow_mut().get_or_insert_with(id, || {
            self.reachable(&[id])
                .into_iter()
                .map(|node| match self.node(node) {
                    Node::Number(_) | Node::Symbol(_) => 0,
                    Node::Sum(_, terms) => terms.len(),
                    Node::Product(factors) => {
                        let divides = factors.iter().any(|factor| factor.1.is_negative());
                        factors.len() + if divides { 2 } else { 0 }
                    }
                    Node::Power(..) | Node::Call(..) => 20,
                    Node::Select(..) => 3,
                })
                .sum()
        })
    }

    /// Its values at a few points.
    pub(super) fn samples(&self, id: Id) -> [Sample; POINTS] {
        let mut known = self.memo.samples.borrow_mut();
        if let Some(&known) = known.get(&id) {
            return known;
        }
        for node in self.reachable(&[id]) {
            if !known.contains_key(&node) {
                let at = |point| sample(self.node(node), point, &|part| known[&part][point]);
                let samples = std::array::from_fn(at);
                known.insert(node, samples);
            }
        }
        known[&id]
    }
}
