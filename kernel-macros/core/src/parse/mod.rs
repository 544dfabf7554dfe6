//! Rust source → [`Definition`].
//!
//! The body is read by abstract interpretation: every name stands for a [`value::Value`], every expression is evaluated to
//! one, and what comes out at the end is the kernel's symbolic expression. Nothing is guessed from types: rustc checks
//! those on the user's own function, which is emitted as it stands.

mod assume;
mod attribute;
mod body;
mod condition;
mod constants;
mod depth;
mod methods;
mod name;
mod operators;
mod pattern;
mod signature;
mod sum;
mod survey;
mod value;
mod vocabulary;

use proc_macro2::TokenStream;
use syn::{Item, ItemFn};

use crate::definition::{Definition, Options, Parameter, ParameterKind, Relation};
use crate::error::{Checked, Errors, Failure, Salvage, message};
use crate::symbolic::{Graph, Symbol};

use signature::Signature;

pub use name::struct_name;

/// Reads a kernel: the tokens inside `#[kernel(…)]` and the function below it.
///
/// ```
/// use kernel_core::parse::parse;
///
/// let item = "fn rbf(x: &[f64], y: &[f64], gamma: f64) -> f64 { (-gamma * sq_dist(x, y)).exp() }";
/// let kernel = parse("assume(gamma > 0)".parse()?, item.parse()?).map_err(|failure| failure.errors)?;
/// assert_eq!(kernel.parameters[0].name, "gamma");
/// assert_eq!(kernel.vocabulary, ["sq_dist"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// Everything that is wrong with the kernel, each error at the very expression it is about, with the user's item, which
/// is to be emitted all the same.
pub fn parse(attribute: TokenStream, item: TokenStream) -> Result<Definition, Failure> {
    let errors = Errors::new();
    let read = function(&attribute, &item, &errors).map(|function| read(attribute, function, &errors));
    match (errors.check(), read) {
        (Ok(()), Ok(Ok(definition))) => Ok(definition),
        // `Reported` is only ever made by putting an error on the list.
        (Ok(()), _) => Err(Failure { errors: syn::Error::new_spanned(&item, message::BUG), item, function: None }),
        (Err(errors), read) => {
            let salvage =
                read.ok().map(|read| read.map_or_else(|salvage| salvage, |definition| Box::new(definition.into())));
            Err(Failure { errors, item, function: salvage })
        }
    }
}

impl From<Definition> for Salvage {
    fn from(definition: Definition) -> Self {
        let Definition { item, vocabulary, options, .. } = definition;
        Self { item, vocabulary, runtime: options.runtime }
    }
}

/// The item as a function.
fn function(attribute: &TokenStream, item: &TokenStream, errors: &Errors) -> Checked<ItemFn> {
    depth::check(attribute, errors)?;
    depth::check(item, errors)?;
    match syn::parse2::<Item>(item.clone()) {
        Ok(Item::Fn(function)) => Ok(function),
        Ok(Item::Mod(module)) => Err(errors.at(module.mod_token, message::MODULE)),
        Ok(_) => Err(errors.at(item, message::NOT_A_FUNCTION)),
        Err(error) => Err(errors.add(error)),
    }
}

/// Reads all parts, whatever is wrong with the others.
fn read(attribute: TokenStream, item: ItemFn, errors: &Errors) -> Result<Definition, Box<Salvage>> {
    let signature = signature::read(&item, errors);
    let options = attribute::read(attribute, &signature, errors);
    let name = name::check(&item.sig.ident, options.name.as_ref(), errors);
    let vocabulary = survey::vocabulary(&item, errors);
    let mut graph = Graph::new();
    declare_signs(&mut graph, &options, &signature.parameters);
    let value = body::lower(&item, &signature, &options, &mut graph, errors);

    let Signature { scalar, points, point_names, parameters, .. } = signature;
    let (Ok(()), Ok(points), Ok(point_names), Ok(value)) = (name, points, point_names, value) else {
        return Err(Box::new(Salvage { item, vocabulary, runtime: options.runtime }));
    };
    let span = item.sig.ident.span();
    Ok(Definition {
        item,
        options,
        scalar,
        points,
        point_names,
        parameters,
        graph,
        value,
        constants: Vec::new(),
        vocabulary,
        span,
    })
}

/// Tells the arena which parameters `assume` keeps positive, or from being negative.
fn declare_signs(graph: &mut Graph, options: &Options, parameters: &[Parameter]) {
    for bound in &options.assume {
        let symbol = match parameters[bound.parameter].kind {
            ParameterKind::Scalar => Symbol::Parameter(bound.parameter),
            ParameterKind::Slice | ParameterKind::Array => Symbol::Weight(bound.parameter),
        };
        match bound.relation {
            Relation::Greater if bound.value >= 0.0 => graph.assume_positive(symbol),
            Relation::GreaterOrEqual if bound.value > 0.0 => graph.assume_positive(symbol),
            Relation::GreaterOrEqual if bound.value == 0.0 => graph.assume_nonnegative(symbol),
            _ => {}
        }
    }
}
