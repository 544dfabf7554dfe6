//! Multiplying out, where that does not swell.

use crate::map::Map;

use super::expr::{Graph, Id, Node};
use super::number::{Number, Rational};

/// An expression that may take more products of terms than this stays as it is: nothing a person writes needs more to
/// cancel, and a chain of squares takes exponentially many.
const MOST_PRODUCTS: f64 = 400.0;

/// The same where rounded values are 0, so that a proof is likely to be found.
const MOST_FOR_A_PROOF: f64 = 50.0 * MOST_PRODUCTS;

/// Which sums are multiplied out: all, or those marked.
type Opened = Option<Vec<bool>>;

impl Graph {
    /// Multiplied out completely.
    pub fn expand(&mut self, id: Id) -> Id {
        self.multiplied_out(id, &None, MOST_PRODUCTS)
    }

    /// Multiplied out as far as sums mention `base`. Not `base` itself: x - y written out as x and y would lose every
    /// digit far from 0.
    pub(super) fn expand_mentions(&mut self, id: Id, base: Id) -> Id {
        let mut mentions = vec![false; self.len()];
        for node in self.reachable(&[id]) {
            let mut inside = node == base;
            self.node(node).each_child(|child| inside |= mentions[child.index()]);
            mentions[node.index()] = inside;
        }
        mentions[base.index()] = false;
        self.multiplied_out(id, &Some(mentions), MOST_PRODUCTS)
    }

    /// Whether the expression is identically 0.
    pub fn is_zero(&mut self, id: Id) -> bool {
        let zero = self.integer(0);
        if id == zero || self.is_surely_nonzero(id) {
            return id == zero;
        }
        let most = if self.looks_zero(id) { MOST_FOR_A_PROOF } else { MOST_PRODUCTS };
        self.multiplied_out(id, &None, most) == zero
    }

    fn multiplied_out(&mut self, id: Id, wanted: &Opened, most: f64) -> Id {
        let order = self.inside_out(id, wanted);
        if self.count_products(&order, wanted, most) > most {
            return id;
        }
        let mut expanded: Map<Id, Id> = Map::default();
        for node in order {
            let form = match self.node(node).clone() {
                Node::Product(factors) if factors.iter().all(|factor| self.times(factor, wanted) == 0) => node,
                Node::Sum(constant, terms) => {
                    let mut parts = vec![(self.number(constant), Number::ONE)];
                    parts.extend(terms.iter().map(|&(term, c)| (expanded[&term], c)));
                    self.linear_up_to(&parts, usize::MAX)
                }
                Node::Product(factors) => self.multiply_factors(&factors, wanted, &expanded),
                _ => node,
            };
            expanded.insert(node, form);
        }
        expanded[&id]
    }

    /// The expression and what is looked into to multiply it out, parts before the whole.
    fn inside_out(&self, id: Id, wanted: &Opened) -> Vec<Id> {
        self.parts_first(&[id], |id, part| match self.node(id) {
            Node::Sum(_, terms) => terms.iter().for_each(|term| part(term.0)),
            Node::Product(factors) => {
                factors.iter().filter(|factor| self.times(factor, wanted) > 0).for_each(|factor| part(factor.0));
            }
            _ => {}
        })
    }

    /// How often a factor is multiplied out.
    fn times(&self, &(base, exponent): &(Id, Rational), wanted: &Opened) -> usize {
        let opens =
            matches!(self.node(base), Node::Sum(..)) && wanted.as_ref().is_none_or(|wanted| wanted[base.index()]);
        if opens { usize::try_from(exponent.floor().max(0)).unwrap_or(usize::MAX) } else { 0 }
    }

    /// The products of terms that multiplying out takes, from above; no more than `most` are counted.
    fn count_products(&self, order: &[Id], wanted: &Opened, most: f64) -> f64 {
        let mut products = 0.0;
        let mut known: Map<Id, f64> = Map::default();
        for &node in order {
            let mut terms = 1.0;
            match self.node(node) {
                Node::Sum(constant, parts) => {
                    terms =
                        parts.iter().map(|part| known[&part.0]).sum::<f64>() + f64::from(u8::from(!constant.is_zero()));
                }
                Node::Product(factors) => {
                    for factor in factors {
                        let mut power = 1.0;
                        for k in 0..self.times(factor, wanted) {
                            // Of n terms to the power k there are n (n + 1) … (n + k - 1)/k!
                            let n = known[&factor.0];
                            products += terms * power * n;
                            power *= (n + k as f64) / (k as f64 + 1.0);
                            if products > most {
                                return products;
                            }
                        }
                        terms *= power;
                    }
                }
                _ => {}
            }
            products += terms;
            known.insert(node, terms);
        }
        products
    }

    fn multiply_factors(&mut self, factors: &[(Id, Rational)], wanted: &Opened, expanded: &Map<Id, Id>) -> Id {
        let mut terms = vec![self.integer(1)];
        for factor in factors {
            let &(base, exponent) = factor;
            let times = self.times(factor, wanted);
            let whole = i128::try_from(times).ok().and_then(|times| Rational::new(-times, 1));
            let rest = whole.and_then(|whole| exponent.add(whole)).unwrap_or(Rational::ZERO);
            let kept = self.power(base, rest);
            for term in &mut terms {
                *term = self.mul(*term, kept);
            }
            for _ in 0..times {
                terms = self.multiply_out(&terms, expanded[&base]);
            }
        }
        let terms: Vec<_> = terms.into_iter().map(|term| (term, Number::ONE)).collect();
        self.linear_up_to(&terms, usize::MAX)
    }

    fn multiply_out(&mut self, terms: &[Id], sum: Id) -> Vec<Id> {
        let (constant, parts) = self.terms(sum);
        let mut products = Vec::with_capacity(terms.len() * (parts.len() + 1));
        for &term in terms {
            if !constant.is_zero() {
                products.push((term, constant));
            }
            for &(part, coefficient) in &parts {
                products.push((self.mul(term, part), coefficient));
            }
        }
        // Collected at once, so that powers of a sum grow like binomials, not like 2ⁿ.
        let collected = self.linear_up_to(&products, usize::MAX);
        match self.node(collected).clone() {
            Node::Sum(constant, parts) => {
                let mut terms: Vec<Id> = parts.iter().map(|&(part, c)| self.scale(part, c)).collect();
                if !constant.is_zero() {
                    terms.push(self.number(constant));
                }
                terms
            }
            _ => vec![collected],
        }
    }
}
