//! Differences from the value at 0 without cancellation: e^a - 1, 1 - cos a = 2 sin²(a/2), cosh a - 1 = 2 sinh²(a/2),
//! and ln(1 + a).

use crate::symbolic::{Function, Graph, Id, Node, Number};

use super::{Op, OpId, Program};

/// A term of a sum that, with the sum's constant, is computed in another way.
pub(super) struct Difference {
    /// The place of the term.
    pub place: usize,
    /// What term and constant are together, without its sign.
    pub op: OpId,
    pub is_positive: bool,
}

impl Program {
    /// ln(1 + a) loses the digits of a small `a`, `ln_1p(a)` does not.
    pub(super) fn logarithm_of_one_and(&mut self, graph: &Graph, function: Function, argument: Id) -> Option<OpId> {
        let Node::Sum(constant, terms) = graph.node(argument) else { return None };
        if function != Function::Ln || !constant.is_one() {
            return None;
        }
        let rest = self.sum(graph, Number::ZERO, terms);
        Some(self.push(Op::Call(Function::Ln1p, rest, None)))
    }

    /// The first term that makes such a difference with the constant.
    pub(super) fn difference_from_zero(
        &mut self,
        graph: &Graph,
        constant: Number,
        terms: &[(Id, Number)],
    ) -> Option<Difference> {
        for (place, &(term, coefficient)) in terms.iter().enumerate() {
            let Node::Call(function, arguments) = graph.node(term) else { continue };
            if constant.is_zero() || coefficient != constant.neg() {
                continue;
            }
            let size = coefficient.to_f64().abs();
            let argument = self.known[&arguments[0]];
            let half = match function {
                Function::Exp => None,
                Function::Cos => Some((Function::Sin, true)),
                Function::Cosh => Some((Function::Sinh, false)),
                _ => continue,
            };
            let is_positive = !coefficient.is_negative();
            return Some(match half {
                None => {
                    let difference = self.push(Op::Call(Function::ExpM1, argument, None));
                    let size = self.number(size);
                    Difference { place, op: self.multiply(size, difference), is_positive }
                }
                Some((function, flips)) => {
                    let half = self.number(0.5);
                    let half = self.multiply(half, argument);
                    let root = self.push(Op::Call(function, half, None));
                    let square = self.push(Op::Mul(root, root));
                    let size = self.number(2.0 * size);
                    Difference { place, op: self.multiply(size, square), is_positive: is_positive != flips }
                }
            });
        }
        None
    }
}
