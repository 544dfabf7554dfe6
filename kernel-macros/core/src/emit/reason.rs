//! Why a kernel lacks a marker, in the user's names.

use super::formula::Formulas;
use crate::definition::Definition;
use crate::error::message;
use crate::parse::struct_name;
use crate::plan::{Obstacle, Plan};
use crate::symbolic::{Node, Notation, Symbol};
use crate::verify::definite::Rescue;
use crate::verify::{Doubt, Leading};

/// What the compiler says where a marker is missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// The trait that nothing implements, named so that the compiler's sentence about that makes sense.
    pub proof: &'static str,
    pub message: String,
    pub label: String,
    pub note: String,
}

/// Writes the reasons of one kernel.
pub struct Reasons<'a> {
    definition: &'a Definition,
    plan: &'a Plan,
    formulas: Formulas<'a>,
    name: String,
}

impl<'a> Reasons<'a> {
    pub fn new(definition: &'a Definition, plan: &'a Plan) -> Self {
        let formulas = Formulas::new(definition, &plan.graph, Notation::Unicode);
        Self { definition, plan, formulas, name: struct_name(definition).to_string() }
    }

    pub fn symmetry(&self) -> Reason {
        let [x, y] = self.definition.point_names.each_ref().map(ToString::to_string);
        let declared = self.definition.options.asymmetric;
        Reason {
            proof: "ProofOfSymmetry",
            message: if declared {
                message::asymmetric(&self.name)
            } else {
                message::symmetry_unproved(&self.name, &x, &y)
            },
            label: message::NOT_SYMMETRIC.into(),
            note: if declared { message::ASYMMETRIC_HELP.into() } else { message::symmetry_help(&x, &y) },
        }
    }

    pub fn definiteness(&self, (reason, help): (String, String)) -> Reason {
        Reason {
            proof: "ProofOfPositiveDefiniteness",
            message: message::indefinite(&self.name, &reason),
            label: message::NOT_DEFINITE.into(),
            note: help,
        }
    }

    /// That there are no such derivatives in mean square, or none are known.
    pub fn derivative(&self, times: i64) -> Reason {
        let proof = match times {
            1 => "MeanSquareGradient",
            2 => "MeanSquareHessian",
            3 => "MeanSquareThirdDerivative",
            _ => "MeanSquareFourthDerivative",
        };
        Reason {
            proof,
            message: self.roughness(times),
            label: message::no_derivative(times),
            note: message::smoother(times, self.plan.smoothness.is_certain(times)),
        }
    }

    /// That derivatives of an order by each point have no form that batches know.
    pub fn tower(&self, order: usize, obstacle: Obstacle) -> Reason {
        Reason {
            proof: "SumOverPartitions",
            message: message::no_tower(&self.name, order, obstacle),
            label: message::NO_TOWER.into(),
            note: message::tower_help(obstacle).into(),
        }
    }

    /// That `smooth = assume(n)` is false.
    pub fn refuted_smoothness(&self) -> Option<syn::Error> {
        let options = &self.definition.options;
        let times = i64::from(options.smooth?);
        let found = self.plan.smoothness.leading.as_ref().filter(|_| self.plan.smoothness.is_certain(times))?;
        let text = message::not_smooth(times, found.order, &leading(&self.formulas, self.plan, found));
        Some(syn::Error::new(options.smooth_at.unwrap_or(self.definition.span), text))
    }

    fn roughness(&self, times: i64) -> String {
        let smoothness = &self.plan.smoothness;
        match (&smoothness.leading, &smoothness.doubt) {
            (Some(found), _) if smoothness.forbids(times) => {
                message::rough(&self.name, smoothness.kink.unwrap_or(0), &leading(&self.formulas, self.plan, found))
            }
            (_, Some(found)) => {
                message::smoothness_unproved(&self.name, times, &doubt(&self.formulas, self.plan, found))
            }
            _ => message::smoothness_unproved(&self.name, times, message::NO_EXPANSION),
        }
    }
}

/// The sentence on smoothness in the struct's documentation.
pub fn smoothness(formulas: &Formulas<'_>, plan: &Plan) -> String {
    let smoothness = &plan.smoothness;
    match (&smoothness.doubt, &smoothness.leading) {
        (Some(found), _) => {
            format!("Smoothness where the points meet is not proved: {}.", doubt(formulas, plan, found))
        }
        (None, Some(found)) => {
            let what = message::differentiable(found.order);
            format!("The process is {what} in mean square: {}.", leading(formulas, plan, found))
        }
        (None, None) => "Smooth where the points meet.".into(),
    }
}

/// `k ≈ 1 - r/l as r = |x - y| → 0`
fn leading(formulas: &Formulas<'_>, plan: &Plan, found: &Leading) -> String {
    let distance = found.distance.map(|distance| match plan.graph.node(distance) {
        Node::Symbol(_) | Node::Product(_) if plan.invariance.isotropic => formulas.distance(),
        _ => formulas.of(distance, "i"),
    });
    if found.terms.is_empty() {
        return message::jumps(distance.as_deref().unwrap_or("x - y"));
    }
    let mut sum = String::new();
    for term in &found.terms {
        let text = term.map_or_else(|| "…".into(), |id| formulas.of(id, "i"));
        match (sum.is_empty(), text.strip_prefix('-')) {
            (true, _) => sum = text,
            (false, Some(size)) => sum = format!("{sum} - {size}"),
            (false, None) => sum = format!("{sum} + {text}"),
        }
    }
    let of = found.inside.map_or_else(|| "k".into(), |symbol: Symbol| message::inside(&formulas.symbol(symbol)));
    match distance {
        Some(distance) => message::expansion(&of, &sum, &distance),
        None => message::linear_expansion(&of, &sum),
    }
}

fn doubt(formulas: &Formulas<'_>, plan: &Plan, found: &Doubt) -> String {
    match found {
        Doubt::Expansion => message::NO_EXPANSION.into(),
        Doubt::Angle => message::ANGLE_AT_ZERO.into(),
        Doubt::Singular(argument, singular) => {
            let has_parameters = plan
                .graph
                .ingredients(&[*argument])
                .into_iter()
                .any(|symbol| matches!(symbol, Symbol::Parameter(_) | Symbol::PickWeight(..)));
            message::singular(*singular, &formulas.of(*argument, "i"), has_parameters)
        }
    }
}

/// Where a kernel and its derivatives are not finite, as a section of their documentation.
pub fn domain(definition: &Definition, plan: &Plan) -> String {
    let formulas = Formulas::new(definition, &plan.domain.graph, Notation::Unicode);
    let notes = plan.domain.notes.iter().map(|note| {
        let bounds = Rescue { needs: note.needs.clone(), limit: None }.bounds(definition);
        message::not_finite(note.edge, &formulas.of(note.argument, "i"), bounds.as_deref())
    });
    let notes: String = notes.collect();
    if notes.is_empty() { notes } else { format!("\n\n{}\n{notes}", message::DOMAIN) }
}
