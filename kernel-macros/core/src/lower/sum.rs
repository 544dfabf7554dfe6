//! Sums.

use crate::symbolic::{Graph, Id, Node, Number, Rational};

use super::{Op, OpId, Program};

impl Program {
    /// Starts with what is added, so that nothing is negated that can be subtracted.
    pub(super) fn sum(&mut self, graph: &Graph, constant: Number, terms: &[(Id, Number)]) -> OpId {
        let mut added = Vec::new();
        let mut subtracted = Vec::new();
        let replaced = self.difference_from_zero(graph, constant, terms);
        if let Some(difference) = &replaced {
            if difference.is_positive { added.push(difference.op) } else { subtracted.push(difference.op) }
        }
        let rest: Vec<(Id, f64)> = terms
            .iter()
            .enumerate()
            .filter(|(place, _)| replaced.as_ref().is_none_or(|difference| difference.place != *place))
            .map(|(_, &(term, coefficient))| (term, coefficient.to_f64()))
            .collect();
        let constant = if replaced.is_some() { 0.0 } else { constant.to_f64() };
        let mut negative = added.is_empty() && constant <= 0.0 && rest.iter().all(|term| term.1 < 0.0);
        if constant > 0.0 || (negative && constant < 0.0) {
            added.push(self.number(constant));
            negative = false;
        } else if constant < 0.0 {
            subtracted.push(self.number(-constant));
        }
        for (term, coefficient) in rest {
            // Where all are negative the sign of the first joins its coefficient, and leaves the loops with it.
            let keeps_sign = std::mem::take(&mut negative) && subtracted.is_empty();
            let signed = if keeps_sign { coefficient } else { coefficient.abs() };
            let op = match graph.node(term) {
                Node::Product(factors) => self.product(graph, signed, factors),
                _ => self.monomial(signed, vec![(self.known[&term], Rational::ONE)]),
            };
            if coefficient < 0.0 && !keeps_sign { subtracted.push(op) } else { added.push(op) }
        }
        let negative = added.is_empty();
        let first = if negative { &mut subtracted } else { &mut added };
        let mut total = first.remove(0);
        for op in added {
            total = self.push(Op::Add(total, op));
        }
        for op in subtracted {
            total = self.push(if negative { Op::Add(total, op) } else { Op::Sub(total, op) });
        }
        if negative { self.push(Op::Neg(total)) } else { total }
    }
}
