//! Proofs of positive definiteness as documentation: a numbered chain, each step with its theorem.

use crate::definition::Definition;
use crate::symbolic::Notation;
use crate::verify::definite::{Proof, Verdict, is_open_in_type};

use super::formula::Formulas;

/// What the documentation of the struct says of definiteness.
pub fn docs(definition: &Definition, verdict: &Verdict) -> String {
    match verdict {
        Verdict::Proved(proof, graph) => {
            let formulas = Formulas::new(definition, graph, Notation::Unicode);
            let limit = proof.limit.filter(|_| is_open_in_type(definition));
            let within = limit.map_or(String::new(), |limit| format!(" in up to {limit} dimensions"));
            let chain = chain(proof, &formulas);
            format!(
                "\n\n# Positive definite{within}\n\nEvery Gram matrix is positive semidefinite (a Cholesky factorisation still \
                 needs noise or jitter on the diagonal):\n\n{chain}"
            )
        }
        Verdict::Assumed => "\n\nThat it is positive definite is assumed, not proved.".into(),
        Verdict::Declined | Verdict::Open(_) | Verdict::Refuted(..) => String::new(),
    }
}

fn chain(proof: &std::rc::Rc<Proof>, formulas: &Formulas<'_>) -> String {
    let steps = proof.steps();
    let number = |of: &Proof| steps.iter().position(|step| step.of == of.of && step.claim == of.claim).map(|n| n + 1);
    let line = |(n, step): (usize, &std::rc::Rc<Proof>)| {
        let from: Vec<String> = step.premises.iter().filter_map(|p| number(p)).map(|n| n.to_string()).collect();
        let from = if from.is_empty() { String::new() } else { format!(" (from {})", from.join(", ")) };
        let formula = formulas.of(step.of, "i").replace('`', "'");
        format!("{}. `{formula}` is {}: {}{from}.", n + 1, step.claim.text(), step.because)
    };
    steps.iter().enumerate().map(line).collect::<Vec<_>>().join("\n")
}
