//! Rust source → [`Definition`].
//!
//! The body is read by abstract interpretation: every name stands for a `value::Value`, every expression is evaluated
//! to one, and what comes out at the end is the kernel's symbolic expression. Nothing is guessed from types: rustc
//! checks those on the user's own function, which is emitted as it stands.

mod assign;
mod assume;
mod atom;
mod attribute;
mod body;
mod coefficient;
mod condition;
mod constants;
mod depth;
mod functions;
mod loops;
mod methods;
mod name;
mod operators;
mod pattern;
mod reduce;
mod scope;
mod signature;
mod span;
mod sum;
mod survey;
mod value;
mod vocabulary;

use proc_macro2::TokenStream;
use syn::{Item, ItemFn};

use crate::definition::{Definition, Options, Parameter, ParameterKind, Relation};
use crate::emit;
use crate::error::{Checked, Errors, Failure, Salvage, message};
use crate::symbolic::{Graph, Symbol};

use body::Lowered;
use signature::Signature;

pub(crate) use attribute::{at_commas, runtime};
pub(crate) use coefficient::{Coefficients, Ground, check_sign, coordinate, is_derivative, refuse, whole_number};
pub(crate) use functions::Functions;
pub use name::struct_name;
pub(crate) use survey::{called, is_configured, is_mark};

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
    parse_among(attribute, item, &Functions::default())
}

/// Reads a kernel that may call these functions.
pub(crate) fn parse_among(
    attribute: TokenStream,
    item: TokenStream,
    functions: &Functions,
) -> Result<Definition, Failure> {
    let errors = Errors::new();
    let read = function(&attribute, &item, &errors).map(|function| read(attribute, function, functions, &errors));
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

/// The item as it stands, with what its body calls of the vocabulary in scope if it is a function.
pub(crate) fn plain(item: TokenStream) -> TokenStream {
    let read = || {
        let errors = Errors::new();
        let function = function(&TokenStream::new(), &item, &errors).map(|function| {
            let vocabulary = survey::called(&function, &Functions::default(), &errors);
            emit::source(&function, &vocabulary, &emit::runtime(None))
        });
        errors.check().ok().and(function.ok())
    };
    read().unwrap_or(item)
}

impl From<Definition> for Salvage {
    fn from(definition: Definition) -> Self {
        let Definition { item, vocabulary, options, .. } = definition;
        Self { item, vocabulary, runtime: options.runtime }
    }
}

/// Refuses tokens that are nested too deeply to be read.
pub(crate) fn check_depth(tokens: &TokenStream) -> Result<(), syn::Error> {
    let errors = Errors::new();
    // What is wrong is on the list.
    let _: Checked<()> = depth::check(tokens, &errors);
    errors.check()
}

/// The item as a function.
fn function(attribute: &TokenStream, item: &TokenStream, errors: &Errors) -> Checked<ItemFn> {
    depth::check(attribute, errors)?;
    depth::check(item, errors)?;
    match syn::parse2::<Item>(item.clone()) {
        Ok(Item::Fn(function)) => Ok(function),
        Ok(_) => Err(errors.at(item, message::NOT_A_FUNCTION)),
        Err(error) => Err(errors.add(error)),
    }
}

/// Reads all parts, whatever is wrong with the others.
fn read(
    attribute: TokenStream,
    item: ItemFn,
    functions: &Functions,
    errors: &Errors,
) -> Result<Definition, Box<Salvage>> {
    let signature = signature::read(&item, errors);
    let options = attribute::read(attribute, &signature, errors);
    let name = name::check(&item.sig.ident, options.name.as_ref(), errors);
    let vocabulary = survey::called(&item, functions, errors);
    survey::configuration(&item, errors);
    let mut graph = Graph::new();
    declare_signs(&mut graph, &options, &signature.parameters);
    let lowered = body::lower(&item, &signature, &options, functions, &mut graph, errors);

    let Signature { scalar, points, point_names, parameters, .. } = signature;
    let (Ok(()), Ok(points), Ok(point_names), Ok(lowered)) = (name, points, point_names, lowered) else {
        return Err(Box::new(Salvage { item, vocabulary, runtime: options.runtime }));
    };
    let Lowered { value, constants, assumed } = lowered;
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
        constants,
        assumed_constants: assumed,
        vocabulary,
        span,
    })
}

/// Tells the arena which parameters `assume` keeps positive, or from being negative.
fn declare_signs(graph: &mut Graph, options: &Options, parameters: &[Parameter]) {
    for (place, parameter) in parameters.iter().enumerate() {
        let symbol = match parameter.kind {
            ParameterKind::Scalar => Symbol::Parameter(place),
            ParameterKind::Slice | ParameterKind::Array => Symbol::Weight(place),
        };
        declare_sign(graph, options, place, symbol);
    }
}

/// Tells the arena what `assume` says of a parameter's sign, for a symbol that stands for it or for one entry of it.
fn declare_sign(graph: &mut Graph, options: &Options, parameter: usize, symbol: Symbol) {
    for bound in options.assume.iter().filter(|bound| bound.parameter == parameter) {
        match bound.relation {
            Relation::Greater if bound.value >= 0.0 => graph.assume_positive(symbol),
            Relation::GreaterOrEqual if bound.value > 0.0 => graph.assume_positive(symbol),
            Relation::GreaterOrEqual if bound.value == 0.0 => graph.assume_nonnegative(symbol),
            _ => {}
        }
    }
}
