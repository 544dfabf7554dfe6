//! The documentation of what is emitted: closed forms in the user's names.

use proc_macro2::TokenStream;
use quote::quote;

use crate::cost::Cost;
use crate::definition::{Definition, Points};
use crate::parse::struct_name;
use crate::plan::{Block, Matrix, Plan, Vector};
use crate::symbolic::Notation;
use crate::verify::definite::Verdict;

use super::formula::Formulas;
use super::pair::usage;
use super::{proof, reason};

/// Longer closed forms are left out: they would explain nothing.
pub fn shown(formula: &str) -> String {
    if formula.contains('…') || formula.len() > 1200 {
        return String::new();
    }
    match NOTATION {
        Notation::Unicode => format!("\n\n```text\n{formula}\n```"),
        // Markdown leaves the inside of a block of HTML alone.
        Notation::Tex => {
            let escaped = formula.replace('&', "&amp;").replace('<', "&lt;").replace('\n', r" \\ ");
            format!("\n\n<div>$$\\begin{{gathered}} {escaped} \\end{{gathered}}$$</div>")
        }
    }
}

/// Crates whose documentation loads KaTeX ask for it.
pub const NOTATION: Notation = if cfg!(feature = "katex") { Notation::Tex } else { Notation::Unicode };

/// The documentation of the struct.
pub fn item(definition: &Definition, plan: &Plan, verdict: &Verdict) -> TokenStream {
    let function = &definition.item.sig.ident;
    let value = Formulas::new(definition, &plan.graph, NOTATION).of(plan.value, "i");
    let definiteness = proof::docs(definition, verdict);
    let attributes = definition.item.attrs.iter().filter(|attribute| attribute.path().is_ident("doc"));
    let domain = reason::domain(definition, plan);
    let smoothness = reason::smoothness(&Formulas::new(definition, &plan.graph, Notation::Unicode), plan);
    let text = format!(
        "\n\nThe kernel [`{function}`](fn@{function}) with its parameters.{}\n\n{smoothness}{domain}{definiteness}",
        shown(&value)
    );
    quote!(#(#attributes)* #[doc = #text])
}

/// The documentation of the uninhabited type.
pub fn functions(definition: &Definition, plan: &Plan) -> TokenStream {
    let function = &definition.item.sig.ident;
    let kernel = struct_name(definition);
    let value = Formulas::new(definition, &plan.graph, NOTATION).of(plan.value, "i");
    let text = format!(
        "Derivatives of [`{function}`](fn@{function}) at one pair of points; for batches see [`{kernel}`].{}",
        shown(&value)
    );
    quote!(#[doc = #text])
}

/// What one of the functions costs.
fn cost(definition: &Definition, plan: &Plan, function: &str) -> String {
    let usage = usage(definition);
    // Of a symmetric kernel, what is called.
    let function = match function {
        "grad_y" if plan.invariance.symmetric => "grad",
        "hess_yy" if plan.invariance.symmetric => "hess_xx",
        _ => function,
    };
    let mut blocks = plan.blocks(function);
    if let Points::Scalar = definition.points {
        blocks = blocks.into_iter().map(|block| Block::Value(block.on_a_line(plan))).collect();
    }
    if !function.ends_with("_params") {
        return format!("\n\nCost: {}.", Cost::of(plan, &blocks, usage));
    }
    let (vectors, scalars): (Vec<_>, Vec<_>) =
        blocks.into_iter().zip(&definition.parameters).partition(|(_, parameter)| parameter.kind.is_per_coordinate());
    let scalars: Vec<Block<'_>> = scalars.into_iter().map(|(block, _)| block).collect();
    let shared = (!scalars.is_empty()).then(|| format!("\n\nCost: {}.", Cost::of(plan, &scalars, usage)));
    let entries = vectors.into_iter().map(|(block, parameter)| {
        let cost = Cost::of(plan, &[block], usage);
        format!("\n\nCost for one entry of `{}`, with what its entries share: {cost}.", parameter.name)
    });
    shared.into_iter().chain(entries).collect()
}

/// The documentation of one pair function.
pub fn function(definition: &Definition, plan: &Plan, function: &str) -> TokenStream {
    let [x, y] = &definition.point_names;
    let scalar_points = matches!(definition.points, Points::Scalar);
    let formulas = Formulas::new(definition, &plan.graph, NOTATION);
    let single = |vector: &Vector| vector.terms.first().map_or("0".into(), |term| formulas.of(term.0, "i"));
    let single_matrix = |matrix: &Matrix| matrix.rank.first().map_or("0".into(), |term| formulas.of(term.0, "i"));
    let parameters =
        || -> Vec<String> { definition.parameters.iter().map(|parameter| parameter.name.to_string()).collect() };
    let (title, shape, text) = match function {
        "grad" | "grad_y" => {
            let (block, point) = if function == "grad" { (&plan.grad_x, x) } else { (&plan.grad_y, y) };
            let text = if scalar_points { single(block) } else { formulas.vector(block) };
            let title = if scalar_points { format!("∂k/∂{point}") } else { format!("∂k/∂{point}_i") };
            (title, "d", text)
        }
        "hess_xx" | "hess_xy" | "hess_yy" => {
            let (block, a, b) = match function {
                "hess_xx" => (&plan.hess_xx, x, x),
                "hess_xy" => (&plan.hess_xy, x, y),
                _ => (&plan.hess_yy, y, y),
            };
            let text = if scalar_points { single_matrix(block) } else { formulas.matrix(block) };
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
                .map(|(block, name)| format!("{} = {}", formulas.derivative(&name), formulas.of(block.value, "l")))
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
    let order = match function {
        "grad_params" => 0,
        "grad" | "grad_y" | "value_grad" => 1,
        _ => 2,
    };
    let nan = if order > 0 && plan.smoothness.kink.is_some_and(|kink| kink <= order) {
        format!("\n\nNaN at {x} = {y}, where this derivative does not exist.")
    } else {
        String::new()
    };
    let cost = cost(definition, plan, function);
    let domain = reason::domain(definition, plan);
    let text = format!("{title}{closed_form}{cost}{domain}{shape}{nan}");
    quote!(#[doc = #text])
}
