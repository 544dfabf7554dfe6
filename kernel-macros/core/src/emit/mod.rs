//! Plan → Rust. The user's function comes first, then the functions of one pair of points, then the type.

mod code;
mod constructor;
mod contraction;
mod coordinate;
mod docs;
mod factors;
mod formula;
mod function;
mod integral;
mod item;
mod markers;
mod names;
mod outer;
mod pair;
mod parameters;
mod passes;
mod proof;
mod reason;
mod reductions;
mod stages;
mod style;
mod terms;
mod tokens;
mod tower;

use proc_macro2::TokenStream;
use quote::quote;

pub(crate) use code::{Coder, Scope};
pub(crate) use docs::{NOTATION, shown};
pub(crate) use formula::letter;
pub(crate) use names::hidden;
pub(crate) use style::Style;
pub(crate) use tokens::Tokens;

use crate::definition::Definition;
use crate::error::Failure;
use crate::plan::Plan;
use crate::verify::definite::Verdict;

/// Everything `#[kernel]` expands to.
#[must_use]
pub fn emit(definition: &Definition, plan: &Plan, verdict: &Verdict) -> TokenStream {
    let runtime = runtime(definition.options.runtime.as_ref());
    let source = source(&definition.item, &definition.vocabulary, &runtime);
    let item = item::Item::new(definition, &runtime);
    let functions = function::functions(definition, plan, &item, &runtime);
    let docs = docs::item(definition, plan, verdict);
    let markers = item.markers(definition, plan, verdict, &runtime);
    let kernel_type = item.tokens(definition, &runtime, &docs, &markers);
    let stages = stages::implementation(definition, plan, &item, &runtime);
    let assumptions = assumptions(&definition.assumed_constants, "#[kernel]");
    quote!(#source #assumptions #functions #kernel_type #stages)
}

/// What is claimed of a kernel and is not true.
#[must_use]
pub fn refuted(definition: &Definition, plan: &Plan) -> Option<syn::Error> {
    reason::Reasons::new(definition, plan).refuted_smoothness()
}

/// Names taken for constants of the standard library have to be those: another `PI` would have been differentiated
/// wrongly.
pub(crate) fn assumptions(constants: &[(syn::Path, f64)], by: &str) -> TokenStream {
    let assertions = constants.iter().map(|(path, value)| {
        let value = proc_macro2::Literal::f64_unsuffixed(*value);
        let name = quote!(#path).to_string().replace(' ', "");
        let text = format!(
            "`{name}` is not the constant of `core::f64::consts` that has this name, and {by} takes it for that: \
             give it another name"
        );
        quote::quote_spanned! { syn::spanned::Spanned::span(path) =>
            #[allow(clippy::all, clippy::pedantic, reason = "constants are equal or not")]
            const _: () = ::core::assert!(#path == #value, #text);
        }
    });
    assertions.collect()
}

/// The user's function of a kernel that could not be read, and its errors.
#[must_use]
pub fn salvage(failure: &Failure) -> TokenStream {
    let (item, errors) = (plain(failure), failure.errors.to_compile_error());
    quote!(#item #errors)
}

/// The user's function of a kernel that could not be read.
pub(crate) fn plain(failure: &Failure) -> TokenStream {
    match &failure.function {
        Some(function) => source(&function.item, &function.vocabulary, &runtime(function.runtime.as_ref())),
        None => failure.item.clone(),
    }
}

/// Where the emitted code finds the runtime.
pub(crate) fn runtime(path: Option<&syn::Path>) -> Tokens {
    path.map_or_else(|| quote!(::kernel_runtime), |path| quote!(#path)).into_iter().collect()
}

/// The user's function; its only change is the `use` of what its body calls.
pub(crate) fn source(item: &syn::ItemFn, vocabulary: &[&str], runtime: &Tokens) -> TokenStream {
    let names = vocabulary.iter().map(|name| quote::format_ident!("{name}"));
    let mut item = item.clone();
    let import: syn::Stmt = syn::parse_quote! {
        #[allow(unused_imports, reason = "f64 has most of these methods itself")]
        use #runtime::{#(#names,)* Real as _};
    };
    item.block.stmts.insert(0, import);
    quote!(#item)
}
