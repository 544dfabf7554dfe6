//! The pipeline.

use std::panic::{AssertUnwindSafe, catch_unwind};

use proc_macro2::{Span, TokenStream};
use quote::quote;

use crate::error::message;
use crate::verify::definite::verdict;
use crate::{Definition, emit, module, parse, plan};

/// What `#[kernel(attribute)] item` expands to: read, differentiate and analyse, emit. A kernel that cannot be read is
/// emitted as the plain function it is, with every error in it; so is one over which this crate fails, with a request
/// to report it.
#[must_use]
pub fn expand(attribute: TokenStream, item: TokenStream) -> TokenStream {
    guarded(item, |item| expand_unguarded(attribute, item))
}

fn expand_unguarded(attribute: TokenStream, item: TokenStream) -> TokenStream {
    if module::is_module(&item) {
        return module::expand(attribute, &item);
    }
    match parse::parse(attribute, item) {
        Ok(definition) => code(&definition),
        Err(failure) => emit::salvage(&failure),
    }
}

/// An expansion of `item`, or, if it panics, the item as it stands and an error that says so: a message without the
/// kernel's source would help nobody.
///
/// ```
/// use kernel_core::kernel::guarded;
///
/// let tokens = guarded("fn k(x: f64, y: f64) -> f64 { x * y }".parse()?, |_| panic!("no such rule"));
/// let text = tokens.to_string();
/// assert!(text.starts_with("fn k") && text.contains("compile_error"));
/// assert!(text.contains("a bug in kernel-core") && text.contains("no such rule"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn guarded(item: TokenStream, expansion: impl FnOnce(TokenStream) -> TokenStream) -> TokenStream {
    caught("kernel", &item, expansion).unwrap_or_else(|error| {
        let plain = parse::plain(item);
        quote!(#plain #error)
    })
}

/// An expansion of the source of `what`, or, if it panics, the error that says so.
pub(crate) fn caught(
    what: &str,
    source: &TokenStream,
    expansion: impl FnOnce(TokenStream) -> TokenStream,
) -> Result<TokenStream, TokenStream> {
    catch_unwind(AssertUnwindSafe(|| expansion(source.clone()))).map_err(|panic| {
        let text = panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
        let bug = message::bug(what, text.unwrap_or("a panic without a message"), &source.to_string());
        syn::Error::new(Span::call_site(), bug).to_compile_error()
    })
}

/// Everything a kernel expands to.
pub(crate) fn code(definition: &Definition) -> TokenStream {
    let plan = plan::plan(definition);
    let verdict = verdict(definition, plan.invariance);
    let refused = [
        plan.asymmetry.as_ref().map(|found| found.error(definition)),
        emit::refuted(definition, &plan),
        verdict.error(definition),
    ];
    let refused = refused.into_iter().flatten().map(|error| error.to_compile_error());
    let code = emit::emit(definition, &plan, &verdict);
    quote!(#code #(#refused)*)
}
