//! The prover: three claims, each proved by the first rule that applies without conditions, else by the one with
//! fewest.

use super::proof::{Claim, Found, Proof};
use super::sides::Sides;
use crate::definition::{Bound, Options, Relation};
use crate::map::Map;
use crate::symbolic::{Comparison, Function, Graph, Id, Node, Rational, Symbol};

/// What is nested deeper than this stays unproved.
const DEEPEST: usize = 60;

/// How many claims are looked into: a kernel that a person can check needs far fewer.
const MOST_CLAIMS: usize = 500;

/// How many expressions proofs may make, in work and in memory the measure of both.
const MOST_EXPRESSIONS: usize = 1500;

/// Larger expressions are taken as they are written.
const LARGEST: usize = 100;

/// Bases with their exponents.
pub(super) type Factors = Vec<(Id, Rational)>;

/// Proves claims about the expressions of one kernel.
pub struct Judge {
    /// Its own arena: proofs make expressions that nobody else needs.
    pub graph: Graph,
    pub(super) bounds: Vec<Bound>,
    pub(super) domain: Vec<(Relation, f64)>,
    pub(super) sides: Map<Id, Sides>,
    known: Map<(Id, Claim), Found>,
    depth: usize,
    /// The largest arena that proofs may make of this one.
    most: usize,
}

/// A rule: a proof of one claim about an expression of the form that the rule is about.
type Rule = fn(&mut Judge, Id) -> Found;

/// See `positive`, `radial`, `special`.
const POSITIVE: [Rule; 8] = [
    Judge::nonnegative_constant,
    Judge::one_feature,
    Judge::sum,
    Judge::features,
    Judge::centred,
    Judge::product,
    Judge::function_of_kernel,
    Judge::gathered,
];

/// See `conditional`.
const CONDITIONALLY_POSITIVE: [Rule; 5] = [
    |judge, id| judge.any_constant(Claim::ConditionallyPositive, id),
    Judge::positive_definite,
    |judge, id| judge.conditional_sum(Claim::ConditionallyPositive, id),
    |judge, id| judge.conditionally_gathered(Claim::ConditionallyPositive, id),
    Judge::conditionally_positive_function,
];

/// See `conditional`.
const CONDITIONALLY_NEGATIVE: [Rule; 7] = [
    |judge, id| judge.any_constant(Claim::ConditionallyNegative, id),
    |judge, id| judge.conditional_sum(Claim::ConditionallyNegative, id),
    |judge, id| judge.conditionally_gathered(Claim::ConditionallyNegative, id),
    Judge::power_of_difference,
    Judge::fractional_power,
    Judge::quotient,
    Judge::conditionally_negative_function,
];

impl Judge {
    /// For expressions of this arena, and what `assume` says.
    #[must_use]
    pub fn new(mut graph: Graph, options: &Options) -> Self {
        graph.assume_positive(RADIUS);
        graph.assume_positive(LENGTHS);
        graph.assume_positive(RATIO);
        let most = graph.len() + MOST_EXPRESSIONS;
        let (bounds, domain) = (options.assume.clone(), options.domain.clone());
        Self { graph, bounds, domain, sides: Map::default(), known: Map::default(), depth: 0, most }
    }

    /// A proof that the expression is a positive definite kernel.
    pub fn positive(&mut self, id: Id) -> Found {
        self.prove(Claim::Positive, id)
    }

    /// A proof of a claim.
    pub fn prove(&mut self, claim: Claim, id: Id) -> Found {
        if let Some(known) = self.known.get(&(id, claim)) {
            return known.clone();
        }
        if self.depth >= DEEPEST || self.known.len() >= MOST_CLAIMS || self.graph.len() >= self.most {
            return None;
        }
        // While it is looked into it is not known: no proof rests on itself.
        self.known.insert((id, claim), None);
        self.depth += 1;
        let mut found = self.by_some_rule(claim, id);
        if !found.as_ref().is_some_and(|proof| proof.is_unconditional()) {
            for form in self.other_forms(id) {
                let other = self.prove(claim, form);
                found = Proof::better(found, other);
            }
        }
        self.depth -= 1;
        self.known.insert((id, claim), found.clone());
        found
    }

    fn by_some_rule(&mut self, claim: Claim, id: Id) -> Found {
        let rules: &[Rule] = match claim {
            Claim::Positive => &POSITIVE,
            Claim::ConditionallyPositive => &CONDITIONALLY_POSITIVE,
            Claim::ConditionallyNegative => &CONDITIONALLY_NEGATIVE,
        };
        let mut best = None;
        for rule in rules {
            let found = rule(self, id);
            if found.as_ref().is_some_and(|proof| proof.is_unconditional()) {
                return found;
            }
            best = Proof::better(best, found);
        }
        best
    }

    /// The same value, multiplied out, with common factors in front, and over a common denominator.
    fn other_forms(&mut self, id: Id) -> Vec<Id> {
        if !self.sides(id).is_mixed() || self.graph.reachable(&[id]).len() > LARGEST {
            return Vec::new();
        }
        // if a < b { a } else { b } is min(a, b).
        if let Node::Select(Comparison::Less | Comparison::LessOrEqual, a, b, then, otherwise) = *self.graph.node(id) {
            let extremum = match (then == a && otherwise == b, then == b && otherwise == a) {
                (true, _) => Function::Min,
                (_, true) => Function::Max,
                _ => return Vec::new(),
            };
            return vec![self.graph.call(extremum, &[a, b])];
        }
        let expanded = self.graph.expand(id);
        let factored = self.graph.factor(id);
        let together = self.graph.together(id);
        let mut forms = vec![factored, expanded, together];
        forms.retain(|form| *form != id);
        forms.sort_unstable();
        forms.dedup();
        forms
    }
}

/// Stands for a distance while the profile of a radial function is looked at.
pub(super) const RADIUS: Symbol = Symbol::Argument(90);

/// Stands for |x||y| while a function of the angle is looked at.
pub(super) const LENGTHS: Symbol = Symbol::Argument(91);

/// Stands for |x|/|y|.
pub(super) const RATIO: Symbol = Symbol::Argument(94);

/// Stands for the cosine of the angle.
pub(super) const COSINE: Symbol = Symbol::Argument(92);

/// Stands for the sine of the angle.
pub(super) const SINE: Symbol = Symbol::Argument(93);
