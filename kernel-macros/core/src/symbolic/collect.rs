//! Multiplying out and factoring again: how negative powers of a distance are made to cancel.
//!
//! The derivative of (1 + q + q²/3) e^{-q}, q ∝ r, by s = r² is [(1 + 2q/3) - (1 + q + q²/3)] e^{-q} · q/(2r²): only
//! after multiplying out does the 1 - 1 vanish, and with it the pole.

use super::expr::{Comparison, Graph, Id, Node};
use super::function::Function;
use super::memo::Question;
use super::number::{Number, Rational};
use crate::map::{Map, Set};

/// A sum of products with more factors than this is left as it is: looking through all of them for each that is taken
/// out takes long.
const MOST_FACTORS: usize = 300;

/// More choices are not moved to the top of an expression: their number is exponential in how deep they are nested.
const MOST_CHOICES: usize = 100;

impl Graph {
    /// The lowest power of `base` in the expression as written (a bound from below: terms may cancel).
    ///
    /// # Panics
    /// Never: children precede their parents.
    #[must_use]
    pub fn lowest_power(&self, id: Id, base: Id) -> Rational {
        let mut known: Map<Id, Rational> = Map::from_iter([(base, Rational::ONE)]);
        for node in self.reachable(&[id]) {
            let power = match self.node(node) {
                _ if node == base => Rational::ONE,
                Node::Sum(constant, terms) => {
                    let constant = (!constant.is_zero()).then_some(Rational::ZERO);
                    terms.iter().map(|term| known[&term.0]).chain(constant).min().unwrap_or(Rational::ZERO)
                }
                Node::Product(factors) => factors.iter().fold(Rational::ZERO, |total, &(factor, exponent)| {
                    let counts = factor == base || !exponent.is_negative();
                    let inner = if counts { known[&factor].mul(exponent) } else { None };
                    total.add(inner.unwrap_or(Rational::ZERO)).unwrap_or(total)
                }),
                Node::Select(_, _, _, then, otherwise) => known[then].min(known[otherwise]),
                _ => Rational::ZERO,
            };
            known.insert(node, power);
        }
        known[&id]
    }

    /// Whether `base` is divided by anywhere outside function calls, or its logarithm taken, even where another factor
    /// makes up for it: 0 · (1/0) is not 0.
    #[must_use]
    pub fn has_pole(&self, id: Id, base: Id) -> bool {
        if !self.may_have_poles(id) {
            return false;
        }
        let mut seen = vec![false; self.len()];
        seen[base.index()] = true;
        let mut pending = vec![id];
        while let Some(id) = pending.pop() {
            if std::mem::replace(&mut seen[id.index()], true) {
                continue;
            }
            match self.node(id) {
                node if self.is_pole(node, base) => return true,
                Node::Sum(_, terms) => pending.extend(terms.iter().map(|term| term.0)),
                Node::Product(factors) => pending.extend(factors.iter().map(|factor| factor.0)),
                Node::Select(_, _, _, then, otherwise) => pending.extend([*then, *otherwise]),
                _ => {}
            }
        }
        false
    }

    /// The same, in function calls as well.
    #[must_use]
    pub fn has_pole_anywhere(&self, id: Id, base: Id) -> bool {
        self.reachable(&[id]).iter().any(|&node| self.is_pole(self.node(node), base))
    }

    fn is_pole(&self, node: &Node, base: Id) -> bool {
        match node {
            Node::Product(factors) => divides(factors, base),
            Node::Call(Function::Ln, arguments) => self.is_multiple(arguments[0], base),
            _ => false,
        }
    }

    /// Whether an expression is written as a multiple of a power of `base` or of |`base`|.
    fn is_multiple(&self, id: Id, base: Id) -> bool {
        match self.node(id) {
            _ if id == base => true,
            Node::Sum(constant, terms) if constant.is_zero() && terms.len() == 1 => self.is_multiple(terms[0].0, base),
            Node::Product(factors) => factors.iter().any(|factor| self.is_multiple(factor.0, base)),
            Node::Call(Function::Abs, arguments) => self.is_multiple(arguments[0], base),
            _ => false,
        }
    }

    /// Whether a root of `base` occurs anywhere.
    #[must_use]
    pub fn has_root(&self, id: Id, base: Id) -> bool {
        self.reachable(&[id]).into_iter().any(|node| match self.node(node) {
            Node::Product(factors) => factors.iter().any(|&(factor, e)| factor == base && e.as_integer().is_none()),
            _ => false,
        })
    }

    /// The same value without negative powers of `base`, where multiplying out makes them cancel; else the form with
    /// the fewest of them.
    pub fn cancel(&mut self, id: Id, base: Id) -> Id {
        if self.has_pole(id, base) {
            self.answer(Question::Cancelled(id, base), |graph| {
                let chosen = graph.outside_selects(id);
                graph.cancel_branch(chosen, base)
            })
        } else {
            id
        }
    }

    fn cancel_branch(&mut self, id: Id, base: Id) -> Id {
        if let Node::Select(comparison, a, b, then, otherwise) = *self.node(id) {
            let [then, otherwise] = [then, otherwise].map(|branch| self.cancel_branch(branch, base));
            return self.select(comparison, a, b, then, otherwise);
        }
        // A common (1 - r)³ stays in front: multiplied out it would lose its zero to rounding.
        let (common, rest) = self.common_sums(id);
        let expanded = self.expand_around(rest, base);
        let factored = self.factor(expanded);
        let careful = self.mul(common, factored);
        if !self.has_pole(careful, base) {
            return careful;
        }
        let expanded = self.expand_around(id, base);
        let factored = self.factor(expanded);
        let gain = self.lowest_power(factored, base) > self.lowest_power(id, base) || !self.has_pole(factored, base);
        if gain { factored } else { id }
    }

    /// `(common, rest)` with `id = common · rest`, `common` made of the powers of sums that all terms share.
    fn common_sums(&mut self, id: Id) -> (Id, Id) {
        let one = self.integer(1);
        let Node::Sum(constant, terms) = self.node(id).clone() else { return (one, id) };
        if !constant.is_zero() || terms.len() < 2 {
            return (one, id);
        }
        let mut shared: Option<Vec<(Id, Rational)>> = None;
        for &(term, _) in &terms {
            let factors = self.split(term).1;
            let sums =
                factors.into_iter().filter(|&(base, e)| matches!(self.node(base), Node::Sum(..)) && e >= Rational::ONE);
            let sums: Vec<(Id, Rational)> = sums.collect();
            shared = Some(match shared {
                None => sums,
                Some(known) => known
                    .into_iter()
                    .filter_map(|(base, e)| sums.iter().find(|sum| sum.0 == base).map(|sum| (base, e.min(sum.1))))
                    .collect(),
            });
        }
        let powers: Vec<Id> = shared.unwrap_or_default().into_iter().map(|(base, e)| self.power(base, e)).collect();
        let common = self.product_of(&powers);
        let inverse = self.powi(common, -1);
        let rest: Vec<(Id, Number)> = terms.into_iter().map(|(term, c)| (self.mul(term, inverse), c)).collect();
        (common, self.linear(&rest))
    }

    /// The form with the least to compute: as it stands, or multiplied out around `base` and factored.
    pub fn simpler(&mut self, id: Id, base: Id) -> Id {
        let expanded = self.expand_around(id, base);
        let mut best = (self.weight(id), id);
        let forms = [id, expanded];
        for &form in &forms[usize::from(expanded == id)..] {
            // Factored, n terms still take n - 1 additions.
            if matches!(self.node(form), Node::Sum(_, terms) if terms.len() > best.0) {
                continue;
            }
            let candidate = self.factor(form);
            let weight = self.weight(candidate);
            if weight < best.0 && (self.has_pole(id, base) || !self.has_pole(candidate, base)) {
                best = (weight, candidate);
            }
        }
        best.1
    }

    /// Choices moved to the top: {a if c, else b} · r becomes {a·r if c, else b·r}.
    pub fn branches(&mut self, id: Id) -> Id {
        self.choices_first(id, &|_, _| true, &mut { MOST_CHOICES })
    }

    /// The same, so that each branch can cancel by itself. A step is not opened up: it joins the support of what it
    /// multiplies.
    fn outside_selects(&mut self, id: Id) -> Id {
        self.choices_first(id, &|graph, choice| graph.is_step(choice).is_none(), &mut { MOST_CHOICES })
    }

    fn choices_first(&mut self, id: Id, wanted: &dyn Fn(&Self, Id) -> bool, left: &mut usize) -> Id {
        let Some(choice) = self.choice(id, wanted) else { return id };
        let Some(fewer) = left.checked_sub(1) else { return id };
        *left = fewer;
        let Node::Select(comparison, a, b, ..) = *self.node(choice) else { return id };
        let [then, otherwise] = [true, false].map(|holds| {
            let branch = self.supposing(id, (comparison, a, b), holds);
            self.choices_first(branch, wanted, left)
        });
        self.select(comparison, a, b, then, otherwise)
    }

    /// A choice that is a term or a factor.
    fn choice(&self, id: Id, wanted: &dyn Fn(&Self, Id) -> bool) -> Option<Id> {
        let mut seen = Set::default();
        let mut pending = vec![id];
        while let Some(id) = pending.pop() {
            match self.node(id) {
                Node::Sum(..) | Node::Product(_) if seen.insert(id) => {
                    pending.extend(self.children(id).into_iter().rev());
                }
                Node::Select(..) if wanted(self, id) => return Some(id),
                _ => {}
            }
        }
        None
    }

    /// The expression where a comparison is known to hold, or not to.
    fn supposing(&mut self, id: Id, condition: (Comparison, Id, Id), holds: bool) -> Id {
        let supposed = self.rewritten(&[id], &mut |graph, node, known| match *graph.node(node) {
            Node::Select(comparison, a, b, then, otherwise) if (comparison, a, b) == condition => {
                Some(known[if holds { &then } else { &otherwise }])
            }
            _ => None,
        });
        supposed[0]
    }

    /// Multiplied out as far as sums mention `base`.
    pub fn expand_around(&mut self, id: Id, base: Id) -> Id {
        self.answer(Question::Expanded(id, base), |graph| {
            let expanded = graph.expand_mentions(id, base);
            graph.lower_supports(expanded, base)
        })
    }

    /// max(t, 0)ᵐ⁺ⁿ = max(t, 0)ᵐ tⁿ for m ≥ 1, used to bring all terms to the lowest power, so that those of a
    /// compactly supported kernel cancel inside its support.
    fn lower_supports(&mut self, id: Id, base: Id) -> Id {
        let Node::Sum(constant, terms) = self.node(id).clone() else { return id };
        let mut lowest: Map<Id, Rational> = Map::default();
        for &(term, _) in &terms {
            for (factor, exponent) in self.split(term).1 {
                if matches!(self.node(factor), Node::Call(Function::Positive, _)) && !exponent.is_negative() {
                    let known = lowest.get_or_insert_with(factor, || exponent);
                    *known = (*known).min(exponent);
                }
            }
        }
        lowest.retain(|factor, lowest| *lowest >= Rational::ONE && self.reachable(&[*factor]).contains(&base));
        if lowest.is_empty() {
            return id;
        }
        let mut parts = vec![(self.number(constant), Number::ONE)];
        for (term, coefficient) in terms {
            let mut lowered = term;
            for (factor, exponent) in self.split(term).1 {
                let excess = lowest.get(&factor).and_then(|low| exponent.add(low.neg()));
                let (Some(excess), Node::Call(_, arguments)) = (excess, self.node(factor).clone()) else { continue };
                if excess.as_integer().is_some_and(|n| n > 0) {
                    let removed = self.power(factor, excess.neg());
                    let inside = self.power(arguments[0], excess);
                    lowered = self.product_of(&[lowered, removed, inside]);
                }
            }
            parts.push((lowered, coefficient));
        }
        let lowered = self.linear(&parts);
        self.expand_mentions(lowered, base)
    }

    /// Common factors taken out again, the most frequent first (Horner's scheme in several variables).
    pub fn factor(&mut self, id: Id) -> Id {
        self.answer(Question::Factored(id), |graph| graph.newly_factored(id))
    }

    fn newly_factored(&mut self, id: Id) -> Id {
        let Node::Sum(constant, terms) = self.node(id).clone() else { return id };
        if terms.len() + usize::from(!constant.is_zero()) < 2 {
            return id;
        }
        let split: Vec<_> = terms.iter().map(|&(term, _)| self.split(term).1).collect();
        if split.iter().map(Vec::len).sum::<usize>() > MOST_FACTORS {
            return id;
        }
        let mut found: Vec<(Id, usize, Rational)> = Vec::new();
        for factors in split {
            for (base, exponent) in factors {
                match found.iter_mut().find(|known| known.0 == base && known.2.is_negative() == exponent.is_negative())
                {
                    // Toward zero: what all of them share.
                    Some(known) => {
                        known.1 += 1;
                        known.2 = if exponent.is_negative() { known.2.max(exponent) } else { known.2.min(exponent) };
                    }
                    None => found.push((base, 1, exponent)),
                }
            }
        }
        let weight = |&(base, count, _): &(Id, usize, Rational)| {
            let costly = !matches!(self.node(base), Node::Symbol(_) | Node::Number(_));
            (count, costly, std::cmp::Reverse(base))
        };
        let Some((base, _, exponent)) =
            found.iter().filter(|known| known.1 >= 2).max_by_key(|known| weight(known)).copied()
        else {
            return id;
        };
        let inverse = self.power(base, exponent.neg());
        let mut with = Vec::new();
        let mut without = vec![(self.number(constant), Number::ONE)];
        for (term, coefficient) in terms {
            let has = self
                .split(term)
                .1
                .iter()
                .any(|factor| factor.0 == base && factor.1.is_negative() == exponent.is_negative());
            if has {
                with.push((self.mul(term, inverse), coefficient));
            } else {
                without.push((term, coefficient));
            }
        }
        let inner = self.linear(&with);
        // A factor that exact exponents cannot take out.
        if inner == id {
            return id;
        }
        let inner = self.factor(inner);
        let common = self.power(base, exponent);
        let group = self.mul(inner, common);
        let rest = self.linear(&without);
        let rest = self.factor(rest);
        self.add(group, rest)
    }
}

fn divides(factors: &[(Id, Rational)], base: Id) -> bool {
    factors.iter().any(|factor| factor.0 == base && factor.1.is_negative())
}
