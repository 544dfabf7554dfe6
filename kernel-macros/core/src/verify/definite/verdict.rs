//! What is known of a kernel's definiteness: proved, vouched for, refuted, or open.

use std::rc::Rc;

use super::judge::Judge;
use super::proof::{Need, Proof, Subject};
use super::refute::{Counterexample, refute};
use crate::definition::{Definiteness, Definition, Points, Relation};
use crate::symbolic::Graph;
use crate::verify::{Invariance, without_guards};

/// What is known of a kernel's definiteness.
#[derive(Clone, Debug)]
pub enum Verdict {
    /// Positive definite; with the arena of the proof.
    Proved(Rc<Proof>, Box<Graph>),
    /// The user vouches.
    Assumed,
    /// Not meant to be: `indefinite`, or not symmetric.
    Declined,
    /// Neither proved nor refuted.
    Open(Rescue),
    /// No covariance.
    Refuted(Counterexample, Rescue),
}

/// What would make a proof of what has none.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rescue {
    /// Bounds to assume, none if they would not help.
    pub needs: Vec<Need>,
    /// The largest number of coordinates that there is a proof for.
    pub limit: Option<usize>,
}

/// Looks for a proof, else for a counterexample.
#[must_use]
pub fn verdict(definition: &Definition, invariance: Invariance) -> Verdict {
    let options = &definition.options;
    if !invariance.symmetric || options.asymmetric {
        return Verdict::Declined;
    }
    match options.definiteness {
        Definiteness::Indefinite => return Verdict::Declined,
        Definiteness::Assume => return Verdict::Assumed,
        Definiteness::Try | Definiteness::Demand => {}
    }
    let mut graph = definition.graph.clone();
    let value = without_guards(&mut graph, definition.value);
    let mut judge = Judge::new(graph, options);
    let found = judge.positive(value);
    let rescue =
        found.as_ref().map_or_else(Rescue::default, |proof| Rescue { needs: proof.needs.clone(), limit: proof.limit });
    if let Some(proof) = found.filter(|proof| proof.needs.is_empty() && reaches(definition, proof.limit)) {
        return Verdict::Proved(proof, Box::new(judge.graph));
    }
    match refute(definition, invariance.stationary) {
        Some(counterexample) => Verdict::Refuted(counterexample, rescue),
        None => Verdict::Open(rescue),
    }
}

/// Whether a proof for so many coordinates says something of the kernel's type.
fn reaches(definition: &Definition, limit: Option<usize>) -> bool {
    let Some(limit) = limit else { return true };
    match definition.points {
        Points::Scalar => true,
        Points::Array { known: Some(dimension), .. } => dimension <= limit,
        Points::Array { known: None, .. } => is_open_in_type(definition),
        Points::Slice => false,
    }
}

/// Whether the number of coordinates is a parameter of the kernel's type.
#[must_use]
pub fn is_open_in_type(definition: &Definition) -> bool {
    definition.item.sig.generics.const_params().next().is_some()
}

impl Rescue {
    /// `gamma > 0, p <= 2`, as `assume` takes it.
    #[must_use]
    pub fn bounds(&self, definition: &Definition) -> Option<String> {
        let bound = |need: &Need| {
            let name = match need.subject {
                Subject::Parameter(p) => definition.parameters[p].name.to_string(),
                Subject::Points => definition.point_names[0].to_string(),
            };
            format!("{name} {} {}", sign(need.relation), need.value)
        };
        let bounds: Vec<String> = self.needs.iter().map(bound).collect();
        (!bounds.is_empty()).then(|| bounds.join(", "))
    }
}

const fn sign(relation: Relation) -> &'static str {
    match relation {
        Relation::Less => "<",
        Relation::LessOrEqual => "<=",
        Relation::Greater => ">",
        Relation::GreaterOrEqual => ">=",
        Relation::NotEqual => "!=",
    }
}
