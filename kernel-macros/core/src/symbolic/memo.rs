//! What has been worked out before: of the products that the blocks of a kernel are made of, nine in ten are asked for
//! again.

use super::expr::{Graph, Id, Symbol};
use super::number::Rational;

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

impl Graph {
    /// The answer, worked out where it is not known yet.
    pub(super) fn answer(&mut self, question: Question, work: impl FnOnce(&mut Self) -> Id) -> Id {
        if let Some(&known) = self.answers.get(&question) {
            return known;
        }
        let answer = work(self);
        self.answers.insert(question, answer);
        answer
    }
}
