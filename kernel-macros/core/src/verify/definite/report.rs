//! A verdict in words: the error of what is refuted or demanded in vain, and the reason why a marker is missing.

use super::refute::Counterexample;
use super::verdict::{Rescue, Verdict};
use crate::definition::{Definiteness, Definition, Points};
use crate::error::message;

impl Verdict {
    /// What keeps the kernel from compiling, if anything.
    #[must_use]
    pub fn error(&self, definition: &Definition) -> Option<syn::Error> {
        let name = definition.item.sig.ident.to_string();
        let text = match self {
            Self::Refuted(found, rescue) => {
                let help = refuted_help(definition, found, rescue);
                message::refuted(
                    &name,
                    &points(definition, found),
                    &parameters(definition, found),
                    &matrix(found),
                    &help,
                )
            }
            Self::Open(rescue) if definition.options.definiteness == Definiteness::Demand => {
                message::not_proved(&name, &open_help(definition, rescue))
            }
            _ => return None,
        };
        Some(syn::Error::new(definition.span, text))
    }

    /// Why the kernel is not marked, and what would help; `None` if it is, or if it does not compile anyway.
    #[must_use]
    pub fn reason(&self, definition: &Definition) -> Option<(String, String)> {
        match self {
            Self::Proved(..) | Self::Assumed | Self::Refuted(..) => None,
            Self::Open(_) if definition.options.definiteness == Definiteness::Demand => None,
            Self::Declined => Some((message::INDEFINITE.into(), message::INDEFINITE_HELP.into())),
            Self::Open(rescue) => {
                let help = conditions(definition, rescue);
                Some(if help.is_empty() {
                    (message::NO_RULE.into(), message::VOUCH.into())
                } else {
                    (message::NO_PROOF.into(), help.join("; "))
                })
            }
        }
    }
}

fn open_help(definition: &Definition, rescue: &Rescue) -> Vec<String> {
    let mut help = conditions(definition, rescue);
    if help.is_empty() {
        help.push(message::NO_RULE.into());
    }
    help.push(message::VOUCH.into());
    help
}

fn refuted_help(definition: &Definition, found: &Counterexample, rescue: &Rescue) -> Vec<String> {
    let mut help = conditions(definition, rescue);
    let open = !matches!(definition.points, Points::Scalar | Points::Array { known: Some(_), .. });
    if help.is_empty() && open && found.dimension() > 1 {
        help.push(message::fewer_dimensions(found.dimension()));
    }
    help.push(message::ON_PURPOSE.into());
    help
}

/// Under what conditions there is a proof.
fn conditions(definition: &Definition, rescue: &Rescue) -> Vec<String> {
    let mut help = Vec::new();
    if let Some(bounds) = rescue.bounds(definition) {
        help.push(message::proved_under(&bounds));
    }
    if let (Some(limit), Points::Slice | Points::Array { .. }) = (rescue.limit, &definition.points) {
        help.push(message::proved_up_to(limit));
    }
    help
}

/// `-0.53, 0, 0.41`, or each in parentheses.
fn points(definition: &Definition, found: &Counterexample) -> String {
    let point = |point: &Vec<f64>| {
        let coordinates: Vec<String> = point.iter().map(f64::to_string).collect();
        let all = coordinates.join(", ");
        if let Points::Scalar = definition.points { all } else { format!("[{all}]") }
    };
    found.points.iter().map(point).collect::<Vec<_>>().join(", ")
}

/// ` with gamma = 1, w = [1, 0.3]`
fn parameters(definition: &Definition, found: &Counterexample) -> String {
    let parameter = |(parameter, value): (&crate::definition::Parameter, &Vec<f64>)| {
        let entries: Vec<String> = value.iter().map(f64::to_string).collect();
        let entries = entries.join(", ");
        let vector = parameter.kind.is_per_coordinate();
        format!("{} = {}", parameter.name, if vector { format!("[{entries}]") } else { entries })
    };
    let all: Vec<String> = definition.parameters.iter().zip(&found.parameters).map(parameter).collect();
    if all.is_empty() { String::new() } else { format!(" with {}", all.join(", ")) }
}

/// More points than these have a matrix that nobody reads.
const SHOWN: usize = 6;

/// The matrix, as far as it can be read, and its eigenvalue.
fn matrix(found: &Counterexample) -> String {
    let entry = |entry: &f64| format!("{:>10}", short(*entry));
    let rows = found.gram.iter().map(|row| row.iter().map(entry).collect::<String>());
    let rows: String = rows.flat_map(|row| ["\n".into(), row]).collect();
    let eigenvalue = short(found.eigenvalue);
    match found.points.len() {
        1 => format!("is {eigenvalue}, a negative variance"),
        n if n <= SHOWN => format!("is the matrix{rows}\nwith the eigenvalue {eigenvalue}"),
        n => format!("is a matrix of size {n} with the eigenvalue {eigenvalue}"),
    }
}

/// Four digits.
fn short(value: f64) -> String {
    let size = value.abs();
    if value == 0.0 || (1e-3..1e5).contains(&size) {
        let digits = if size >= 1.0 { 4 } else { 5 };
        let text = format!("{value:.digits$}");
        if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_string() } else { text }
    } else {
        format!("{value:.3e}")
    }
}
