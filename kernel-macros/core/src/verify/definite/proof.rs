//! Proofs of definiteness: what is claimed of which expression, by which theorem, from what.

use std::rc::Rc;

use crate::definition::Relation;
use crate::symbolic::Id;

/// What a step of a proof says of an expression in the two points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Claim {
    /// Σ c_a c_b k(x_a, x_b) ≥ 0 for all points and numbers.
    Positive,
    /// The same for numbers with Σ c_a = 0.
    ConditionallyPositive,
    /// The sign-changed expression is conditionally positive definite.
    ConditionallyNegative,
}

impl Claim {
    /// As it reads after the expression.
    #[must_use]
    pub const fn text(self) -> &'static str {
        match self {
            Self::Positive => "positive definite",
            Self::ConditionallyPositive => "conditionally positive definite",
            Self::ConditionallyNegative => "conditionally negative definite",
        }
    }
}

/// What a bound speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A parameter, every entry of it.
    Parameter(usize),
    /// Every coordinate of the points.
    Points,
}

/// A bound that a proof needs and that nobody has stated.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Need {
    /// Of what.
    pub subject: Subject,
    /// The relation, subject on the left.
    pub relation: Relation,
    /// The number on the right.
    pub value: f64,
}

impl Need {
    fn is_lower(self) -> bool {
        matches!(self.relation, Relation::Greater | Relation::GreaterOrEqual)
    }

    fn is_strict(self) -> bool {
        matches!(self.relation, Relation::Greater | Relation::Less)
    }

    /// Whether what fulfils this fulfils the other.
    fn covers(self, other: Self) -> bool {
        if self.subject != other.subject || self.is_lower() != other.is_lower() {
            return false;
        }
        let tighter = if self.is_lower() { self.value > other.value } else { self.value < other.value };
        tighter || self.value == other.value && (self.is_strict() || !other.is_strict())
    }

    /// Whether one number at most fulfils both.
    fn pins(self, other: Self) -> bool {
        let turned = self.subject == other.subject && self.is_lower() != other.is_lower();
        turned && if self.is_lower() { self.value >= other.value } else { self.value <= other.value }
    }

    /// Whether no number fulfils both.
    fn excludes(self, other: Self) -> bool {
        self.pins(other) && (self.value != other.value || self.is_strict() || other.is_strict())
    }
}

/// Bounds that a proof needs, none of which follows from another.
pub type Needs = Vec<Need>;

/// All of both.
pub fn joined(mut needs: Needs, more: &[Need]) -> Needs {
    for &need in more {
        if needs.iter().any(|known| known.covers(need)) {
            continue;
        }
        needs.retain(|known| !need.covers(*known));
        needs.push(need);
    }
    needs
}

/// Whether something fulfils all of them.
pub fn are_consistent(needs: &[Need]) -> bool {
    needs.iter().all(|a| needs.iter().all(|b| !a.excludes(*b)))
}

/// For which points a theorem holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Valid {
    /// All.
    Everywhere,
    /// Those with so many coordinates at most.
    UpTo(usize),
}

/// One step, with what it rests on.
#[derive(Debug)]
pub struct Proof {
    /// What is claimed.
    pub claim: Claim,
    /// Of this expression.
    pub of: Id,
    /// Why: the theorem, with its author.
    pub because: &'static str,
    /// What the theorem is applied to.
    pub premises: Vec<Rc<Proof>>,
    /// Bounds that this and all premises need.
    pub needs: Needs,
    /// The largest number of coordinates it holds for, if there is one.
    pub limit: Option<usize>,
}

/// A proof, if one has been found.
pub type Found = Option<Rc<Proof>>;

impl Proof {
    /// A step from premises, which needs these bounds besides theirs.
    #[must_use]
    pub fn new(claim: Claim, of: Id, because: &'static str, premises: Vec<Rc<Self>>, needs: &[Need]) -> Found {
        let needs = premises.iter().fold(needs.to_vec(), |needs, premise| joined(needs, &premise.needs));
        let limit = premises.iter().filter_map(|premise| premise.limit).min();
        // For one value of a parameter anything may hold.
        let is_pinned = needs.iter().any(|a| needs.iter().any(|b| a.pins(*b)));
        (!is_pinned).then(|| Rc::new(Self { claim, of, because, premises, needs, limit }))
    }

    /// The same for points for which it is valid.
    #[must_use]
    pub fn within(self: Rc<Self>, valid: Valid) -> Rc<Self> {
        let Valid::UpTo(dimension) = valid else { return self };
        let Self { claim, of, because, ref premises, ref needs, limit } = *self;
        let limit = Some(limit.map_or(dimension, |known| known.min(dimension)));
        Rc::new(Self { claim, of, because, premises: premises.clone(), needs: needs.clone(), limit })
    }

    /// Whether it holds as it stands, in every dimension.
    #[must_use]
    pub fn is_unconditional(&self) -> bool {
        self.needs.is_empty() && self.limit.is_none()
    }

    /// The better of two proofs: the one with fewer conditions.
    #[must_use]
    pub fn better(a: Found, b: Found) -> Found {
        let conditions = |proof: &Rc<Self>| (proof.needs.len(), proof.limit.map_or(0, |n| usize::MAX - n));
        match (a, b) {
            (Some(a), Some(b)) => Some(if conditions(&b) < conditions(&a) { b } else { a }),
            (a, b) => a.or(b),
        }
    }

    /// The steps, each after what it rests on, the same one once.
    #[must_use]
    pub fn steps(self: &Rc<Self>) -> Vec<Rc<Self>> {
        fn collect(proof: &Rc<Proof>, steps: &mut Vec<Rc<Proof>>) {
            let known = |steps: &[Rc<Proof>]| steps.iter().any(|step| step.of == proof.of && step.claim == proof.claim);
            if known(steps) {
                return;
            }
            proof.premises.iter().for_each(|premise| collect(premise, steps));
            if !known(steps) {
                steps.push(Rc::clone(proof));
            }
        }
        let mut steps = Vec::new();
        collect(self, &mut steps);
        steps
    }
}
