//! Sums over a common denominator: w^(-1/2) + z² w^(-3/2) is (w + z²) w^(-3/2), and with w = 1 - z² nothing is left of
//! the sum.
//!
//! Where something is left, w stays out of it: 2w + 1 would become 3 - 2z², a sum of what is positive a difference. And
//! a function that may overflow stays where it divides.

use super::expr::{Graph, Id, Node};
use super::memo::Question;
use super::number::{Number, Rational};

impl Graph {
    /// With each sum over a common denominator where that leaves less to compute.
    pub fn together(&mut self, id: Id) -> Id {
        self.answer(Question::Together(id), |graph| graph.newly_together(id))
    }

    fn newly_together(&mut self, id: Id) -> Id {
        const MANY: usize = 100;
        let mut best = id;
        let order = self.reachable(&[id]);
        if order.len() > MANY {
            return id;
        }
        for sum in order {
            let joined = self.over_denominator(sum);
            if joined != sum {
                let candidate = self.replaced(best, sum, joined);
                if self.weight(candidate) < self.weight(best) {
                    best = candidate;
                }
            }
        }
        best
    }

    /// Arguments of functions stay as they are: the value has them too.
    fn replaced(&mut self, id: Id, part: Id, by: Id) -> Id {
        let replaced = self.rewritten(&[id], &mut |graph, node, _| match graph.node(node) {
            _ if node == part => Some(by),
            Node::Call(..) | Node::Power(..) => Some(node),
            _ => None,
        });
        replaced[0]
    }

    /// Σ c_k Π b^e as Π b^(min e) · Σ …, where min e counts 0 for a term without b, and b is taken out if that is not
    /// 0.
    fn over_denominator(&mut self, sum: Id) -> Id {
        let Node::Sum(constant, terms) = self.node(sum).clone() else { return sum };
        let mut rows: Vec<Vec<(Id, Rational)>> = terms.iter().map(|&(term, _)| self.split(term).1).collect();
        if !constant.is_zero() {
            rows.push(Vec::new());
        }
        let mut lowest: Vec<(Id, Rational)> = Vec::new();
        for &(base, _) in rows.iter().flatten() {
            if lowest.iter().all(|known| known.0 != base) {
                let exponent =
                    |row: &Vec<(Id, Rational)>| row.iter().find(|factor| factor.0 == base).map(|factor| factor.1);
                let least = rows.iter().map(|row| exponent(row).unwrap_or(Rational::ZERO)).min();
                lowest.push((base, least.unwrap_or(Rational::ZERO)));
            }
        }
        lowest.retain(|factor| factor.1 != Rational::ZERO);
        let overflows = |node: &Id| matches!(self.node(*node), Node::Call(..) | Node::Power(..));
        let bases: Vec<Id> = lowest.iter().map(|factor| factor.0).collect();
        let nothing_to_do = rows.len() < 2 || !lowest.iter().any(|factor| factor.1.is_negative());
        if nothing_to_do || self.reachable(&bases).iter().any(overflows) {
            return sum;
        }
        let outside: Vec<Id> = lowest.iter().map(|&(base, exponent)| self.power(base, exponent)).collect();
        let inverse: Vec<Id> = lowest.iter().map(|&(base, exponent)| self.power(base, exponent.neg())).collect();
        let [outside, inverse] = [outside, inverse].map(|powers| self.product_of(&powers));
        let mut parts: Vec<(Id, Number)> = terms.into_iter().map(|(term, c)| (self.mul(term, inverse), c)).collect();
        parts.push((inverse, constant));
        let inside = self.linear(&parts);
        let is_left = matches!(self.node(inside), Node::Sum(constant, terms) if !constant.is_zero() || terms.len() > 1);
        let joins = bases.contains(&self.primitive(inside));
        if is_left && !joins && bases.iter().any(|&base| matches!(self.node(base), Node::Sum(..))) {
            return sum;
        }
        self.mul(outside, inside)
    }

    /// `id / part`, if all factors of `part` are factors of `id`.
    pub fn contained_quotient(&mut self, id: Id, part: Id) -> Option<Id> {
        let all = self.split(id).1;
        let contains = |&(base, exponent): &(Id, Rational)| {
            all.iter().any(|&(known, e)| {
                let enough = if exponent.is_negative() { e <= exponent } else { e >= exponent };
                known == base && enough
            })
        };
        self.split(part).1.iter().all(contains).then(|| self.div(id, part))
    }

    /// Whether what a product divides by is provably positive.
    pub fn divides_by_positive(&mut self, id: Id) -> bool {
        self.split(id).1.iter().all(|&(base, exponent)| !exponent.is_negative() || self.is_positive(base))
    }
}
