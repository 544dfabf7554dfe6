//! The documentation of what is emitted: closed forms in the user's names.

use proc_macro2::TokenStream;
use quote::quote;

use crate::cost::Cost;
use crate::definition::{Definition, Points};
use crate::parse::struct_name;
use crate::plan::{Matrix, Plan, Vector};
use crate::symbolic::{Gather, Id, Reduction, Side, Symbol};

/// How a symbol is written in a formula at coordinates `index` and `other`.
fn name(definition: &Definition, plan: &Plan, symbol: Symbol, index: &str, other: &str) -> String {
    let point = |side: Side| definition.point_names[usize::from(side == Side::Y)].to_string();
    match symbol {
        Symbol::Point(side) => point(side),
        Symbol::Pick(side, k) => format!("{}[{k}]", point(side)),
        Symbol::Coordinate(side) => format!("{}_{index}", point(side)),
        Symbol::Weight(p) => format!("{}_{index}", definition.parameters[p].name),
        Symbol::Parameter(p) => definition.parameters[p].name.to_string(),
        Symbol::PickWeight(p, k) => format!("{}[{k}]", definition.parameters[p].name),
        Symbol::Index => index.to_string(),
        Symbol::External(n) => {
            let path = &definition.constants[n];
            quote!(#path).to_string().replace(' ', "")
        }
        Symbol::Dimension => "d".into(),
        Symbol::Constant(crate::symbolic::Constant::Pi) => "π".into(),
        Symbol::Constant(constant) => constant.value().to_string(),
        Symbol::Sum(r) | Symbol::Product(r, _) => {
            let Reduction { gather, body } = plan.graph.reductions()[r];
            let inner = plan.graph.formula(body, &|symbol| name(definition, plan, symbol, "i", "j"));
            let sign = match gather {
                Gather::Sum => "Σᵢ",
                Gather::Product => "Πᵢ",
                Gather::DoubleSum => "ΣᵢΣⱼ",
            };
            let zeros = if let Symbol::Product(_, zeros) = symbol { zeros } else { 0 };
            format!("{sign}({inner}){}", "′".repeat(zeros))
        }
        Symbol::Row(q) => {
            let inner = plan.graph.formula(plan.graph.rows()[q], &|symbol| name(definition, plan, symbol, index, "m"));
            format!("Σₘ({inner})")
        }
        Symbol::Other(_) => name(definition, plan, symbol.own(), other, other),
        Symbol::Unit(k) => format!("δ_{index}{k}"),
        Symbol::Entry => format!("δ_{index}l"),
        Symbol::EntryAt(k) => format!("δ_{k}l"),
        Symbol::Angle => "θ".into(),
        Symbol::Cross => "|x||y|sin(θ)".into(),
        Symbol::Ratio(..) => "ρ".into(),
        Symbol::Direction | Symbol::Argument(_) => "·".into(),
    }
}

fn formula(definition: &Definition, plan: &Plan, id: Id, index: &str) -> String {
    plan.graph.formula(id, &|symbol| name(definition, plan, symbol, index, "j"))
}

fn product(definition: &Definition, plan: &Plan, coefficient: Id, factors: &[(Id, &str)]) -> String {
    let mut parts = Vec::new();
    let is_one = |id: Id| plan.is_one(id);
    let everything = std::iter::once((coefficient, "i")).chain(factors.iter().copied());
    for (id, index) in everything {
        if !is_one(id) {
            let text = formula(definition, plan, id, index);
            parts.push(if text.contains(' ') { format!("({text})") } else { text });
        }
    }
    if parts.is_empty() { "1".into() } else { parts.join("·") }
}

fn vector(definition: &Definition, plan: &Plan, vector: &Vector) -> String {
    let terms: Vec<String> = vector.terms.iter().map(|&(c, f)| product(definition, plan, c, &[(f, "i")])).collect();
    if terms.is_empty() { "0".into() } else { terms.join(" + ") }
}

fn matrix(definition: &Definition, plan: &Plan, matrix: &Matrix) -> String {
    let rank = matrix.rank.iter().map(|&(c, f, g)| product(definition, plan, c, &[(f, "i"), (g, "j")]));
    let off_diagonal = matrix
        .off_diagonal
        .iter()
        .map(|&(c, f, g)| format!("(1 - δᵢⱼ)·{}", product(definition, plan, c, &[(f, "i"), (g, "j")])));
    let diagonal = matrix.diagonal.iter().map(|&(c, f)| format!("δᵢⱼ·{}", product(definition, plan, c, &[(f, "i")])));
    let dense = matrix.dense.iter().map(|&(c, entry)| product(definition, plan, c, &[(entry, "i")]));
    let terms: Vec<String> = rank.chain(off_diagonal).chain(diagonal).chain(dense).collect();
    if terms.is_empty() { "0".into() } else { terms.join(" + ") }
}

/// Longer closed forms are left out: they would explain nothing.
fn shown(formula: &str) -> String {
    if formula.contains('…') || formula.len() > 1200 {
        return String::new();
    }
    format!("\n\n```text\n{formula}\n```")
}

/// The documentation of the struct.
pub fn item(definition: &Definition, plan: &Plan) -> TokenStream {
    let function = &definition.item.sig.ident;
    let value = formula(definition, plan, plan.value, "i");
    let attributes = definition.item.attrs.iter().filter(|attribute| attribute.path().is_ident("doc"));
    let smoothness = smoothness(plan);
    let text =
        format!("\n\nThe kernel [`{function}`](fn@{function}) with its parameters.{}\n\n{smoothness}", shown(&value));
    quote!(#(#attributes)* #[doc = #text])
}

fn smoothness(plan: &Plan) -> String {
    match (&plan.smoothness.doubt, plan.smoothness.kink) {
        (Some(doubt), _) => format!("Smoothness where the points meet is not proved: {doubt}."),
        (None, Some(kink)) => format!(
            "Where the points meet k has a term |x - y|{}: the process is {} in mean square.",
            match kink {
                1 => "",
                3 => "³",
                _ => "⁵",
            },
            match kink {
                1 => "not differentiable",
                3 => "once differentiable",
                _ => "twice differentiable",
            }
        ),
        (None, None) => "Smooth where the points meet.".into(),
    }
}

/// The documentation of the uninhabited type.
pub fn functions(definition: &Definition, plan: &Plan) -> TokenStream {
    let function = &definition.item.sig.ident;
    let kernel = struct_name(definition);
    let value = formula(definition, plan, plan.value, "i");
    let text = format!(
        "Derivatives of [`{function}`](fn@{function}) at one pair of points; for batches see [`{kernel}`].{}",
        shown(&value)
    );
    quote!(#[doc = #text])
}

/// What one of the functions with a single block costs.
fn cost(plan: &Plan, function: &str) -> Option<Cost> {
    Some(match function {
        "grad" => Cost::of_vector(plan, &plan.grad_x),
        "grad_y" => Cost::of_vector(plan, &plan.grad_y),
        "hess_xx" => Cost::of_matrix(plan, &plan.hess_xx),
        "hess_xy" => Cost::of_matrix(plan, &plan.hess_xy),
        "hess_yy" => Cost::of_matrix(plan, &plan.hess_yy),
        _ => return None,
    })
}

/// The documentation of one pair function.
pub fn function(definition: &Definition, plan: &Plan, function: &str) -> TokenStream {
    let [x, y] = &definition.point_names;
    let scalar_points = matches!(definition.points, Points::Scalar);
    let single =
        |vector: &Vector| vector.terms.first().map_or("0".into(), |term| formula(definition, plan, term.0, "i"));
    let single_matrix =
        |matrix: &Matrix| matrix.rank.first().map_or("0".into(), |term| formula(definition, plan, term.0, "i"));
    let parameters =
        || -> Vec<String> { definition.parameters.iter().map(|parameter| parameter.name.to_string()).collect() };
    let (title, shape, text) = match function {
        "grad" | "grad_y" => {
            let (block, point) = if function == "grad" { (&plan.grad_x, x) } else { (&plan.grad_y, y) };
            let text = if scalar_points { single(block) } else { vector(definition, plan, block) };
            let title = if scalar_points { format!("∂k/∂{point}") } else { format!("∂k/∂{point}_i") };
            (title, "d", text)
        }
        "hess_xx" | "hess_xy" | "hess_yy" => {
            let (block, a, b) = match function {
                "hess_xx" => (&plan.hess_xx, x, x),
                "hess_xy" => (&plan.hess_xy, x, y),
                _ => (&plan.hess_yy, y, y),
            };
            let text = if scalar_points { single_matrix(block) } else { matrix(definition, plan, block) };
            let title = if scalar_points { format!("∂²k/∂{a}∂{b}") } else { format!("∂²k/∂{a}_i∂{b}_j") };
            (title, "d × d, row-major", text)
        }
        "value_grad" => (format!("k and ∂k/∂{x}, what they share computed once"), "d", String::new()),
        "value_grad_hess" => (
            format!("k, ∂k/∂{x} and ∂²k/∂{x}∂{y}, what they share computed once"),
            "d, and d × d, row-major",
            String::new(),
        ),
        "grad_params" => {
            let values = plan.parameters.iter().zip(parameters());
            let text: Vec<String> = values
                .map(|(block, name)| format!("∂k/∂{name} = {}", formula(definition, plan, block.value, "l")))
                .collect();
            (
                format!("∂k/∂θ for θ = {}", parameters().join(", ")),
                "parameters in order, one entry each, d for one per coordinate",
                text.join("\n"),
            )
        }
        _ => (
            format!("∂³k/∂{x}∂{y}∂θ for θ = {}", parameters().join(", ")),
            "parameters in order, a d × d block each, d blocks for one per coordinate",
            String::new(),
        ),
    };
    let shape = match definition.points {
        Points::Slice => format!(
            "\n\nWritten to {}: {shape}.\n\n# Panics\nIf `{y}`, a parameter with an entry per coordinate, or an output has the wrong length.",
            match function {
                "value_grad" => "`grad`",
                "value_grad_hess" => "`grad` and `hess`",
                _ => "`out`",
            }
        ),
        Points::Scalar | Points::Array { .. } => String::new(),
    };
    let closed_form = if text.is_empty() { text } else { shown(&text) };
    let nan = if plan.smoothness.kink.is_some_and(|kink| kink <= 2) && function != "grad_params" {
        format!("\n\nNaN at {x} = {y}, where this derivative does not exist.")
    } else {
        String::new()
    };
    let cost = cost(plan, function).map(|cost| format!("\n\nCost: {cost}.")).unwrap_or_default();
    let text = format!("{title}{closed_form}{cost}{shape}{nan}");
    quote!(#[doc = #text])
}
