//! Sums computed as 2, 4, ½ or ¼ of themselves, which is exact, where what uses them then needs no coefficient:
//! 4 (b + w s)² is (2b + 2w s)², and 2b and 2w are there already.

use std::cell::LazyCell;

use crate::map::{Map, Set};
use crate::symbolic::{Graph, Id, Node, Number, Rational};

use super::share::varies;
use super::{OpId, Program};

/// A sum known as a multiple of itself.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scaled {
    pub op: OpId,
    pub by: f64,
}

const POWERS: [f64; 4] = [2.0, 4.0, 0.5, 0.25];

impl Program {
    /// Lowers a sum as a multiple of itself; by itself it is a fraction of that.
    pub(super) fn scaled_sum(&mut self, graph: &Graph, id: Id, by: f64) -> OpId {
        let Node::Sum(constant, terms) = graph.node(id) else { return self.node(graph, id) };
        let factor = Number::Float(by);
        let terms: Vec<(Id, Number)> = terms.iter().map(|&(term, c)| (term, c.mul(factor))).collect();
        let op = self.sum(graph, constant.mul(factor), &terms);
        self.scaled.insert(id, Scaled { op, by });
        let inverse = self.number(by.recip());
        self.multiply(inverse, op)
    }
}

/// A product a sum is in: its coefficient, and all sums in it with their exponents.
struct Use {
    coefficient: f64,
    sums: Vec<(Id, i64)>,
}

impl Use {
    /// The coefficient that is left when the sums before `id` are scaled, and the exponent of `id`.
    fn of(&self, id: Id, scales: &Map<Id, f64>) -> (f64, i32) {
        let mut exponent = 0;
        let mut coefficient = self.coefficient;
        for &(sum, e) in &self.sums {
            if sum == id {
                exponent += whole(e);
            } else if let Some(by) = scales.get(&sum) {
                coefficient *= by.powi(-whole(e));
            }
        }
        (coefficient, exponent)
    }
}

/// The sums among `ids` for which that is less to compute, and by how much they are scaled.
pub(super) fn powers_of_two(graph: &Graph, ids: &[Id], roots: &[Id]) -> Map<Id, f64> {
    let (sums, uses) = uses(graph, ids, roots);
    let mut uses_of: Map<Id, Vec<&Use>> = Map::default();
    for use_ in &uses {
        for sum in &use_.sums {
            uses_of.get_or_insert_with(sum.0, Vec::new).push(use_);
        }
    }
    let prefixes = LazyCell::new(|| prefixes(graph, ids));
    let mut scales: Map<Id, f64> = Map::default();
    for id in sums {
        let Node::Sum(_, terms) = graph.node(id) else { continue };
        let own: Vec<(f64, i32)> = uses_of[&id].iter().map(|use_| use_.of(id, &scales)).collect();
        let used = |by: f64| own.iter().filter(|(coefficient, e)| !is_unit(coefficient * by.powi(-e))).count();
        let unscaled = used(1.0);
        if unscaled == 0 || POWERS.into_iter().all(|by| used(by) >= unscaled) {
            continue;
        }
        let elsewhere = |prefix: &Prefix| prefixes.get(prefix).is_some_and(|sums| sums.iter().any(|&sum| sum != id));
        let price = |by: f64| {
            let made = terms.iter().filter(|&&(term, c)| {
                let coefficient = c.to_f64().abs() * by;
                !is_unit(coefficient) && !elsewhere(&prefix(graph, term, coefficient))
            });
            used(by) + made.count()
        };
        let best = POWERS.into_iter().min_by_key(|&by| price(by)).filter(|&by| price(by) < price(1.0));
        if let Some(by) = best {
            scales.insert(id, by);
        }
    }
    scales
}

fn whole(exponent: i64) -> i32 {
    i32::try_from(exponent).unwrap_or(i32::MAX)
}

fn is_unit(coefficient: f64) -> bool {
    coefficient.abs() == 1.0
}

/// The sums that are used in products alone, and those products.
fn uses(graph: &Graph, ids: &[Id], roots: &[Id]) -> (Vec<Id>, Vec<Use>) {
    let is_sum = |id: Id| matches!(graph.node(id), Node::Sum(_, terms) if terms.len() > 1);
    let mut uses = Vec::new();
    let mut elsewhere: Set<Id> = Set::default();
    elsewhere.extend(roots.iter().copied());
    let mut product = |elsewhere: &mut Set<Id>, coefficient: f64, factors: &[(Id, Rational)]| {
        let coefficient = coefficient * super::product::constant_part(graph, factors);
        let mut sums = Vec::new();
        for &(base, exponent) in factors.iter().filter(|factor| is_sum(factor.0)) {
            match exponent.as_integer() {
                Some(exponent) => sums.push((base, exponent)),
                None => drop(elsewhere.insert(base)),
            }
        }
        if !sums.is_empty() {
            uses.push(Use { coefficient, sums });
        }
    };
    for &id in ids {
        match graph.node(id) {
            Node::Sum(_, terms) => {
                for &(term, coefficient) in terms {
                    if let Node::Product(factors) = graph.node(term) {
                        product(&mut elsewhere, coefficient.to_f64(), factors);
                    }
                }
            }
            Node::Product(factors) => product(&mut elsewhere, 1.0, factors),
            _ => elsewhere.extend(graph.children(id)),
        }
    }
    let mut sums: Vec<Id> = uses.iter().flat_map(|use_| &use_.sums).map(|sum| sum.0).collect();
    sums.sort_unstable();
    sums.dedup();
    sums.retain(|id| !elsewhere.contains(id));
    (sums, uses)
}

/// The part of a product that is computed first: coefficient and what depends on parameters alone.
type Prefix = (u64, Vec<(Id, Rational)>);

fn prefix(graph: &Graph, term: Id, coefficient: f64) -> Prefix {
    let factors = match graph.node(term) {
        Node::Product(factors) => factors.clone(),
        _ => vec![(term, Rational::ONE)],
    };
    let fixed = factors.into_iter().filter(|factor| !varies(graph, factor.0)).collect();
    (coefficient.to_bits(), fixed)
}

/// The sums that have each prefix, two at most.
fn prefixes(graph: &Graph, ids: &[Id]) -> Map<Prefix, Vec<Id>> {
    let mut found: Map<Prefix, Vec<Id>> = Map::default();
    for &id in ids {
        let Node::Sum(_, terms) = graph.node(id) else { continue };
        for &(term, c) in terms {
            let sums = found.get_or_insert_with(prefix(graph, term, c.to_f64().abs()), Vec::new);
            if sums.len() < 2 && !sums.contains(&id) {
                sums.push(id);
            }
        }
    }
    found
}
