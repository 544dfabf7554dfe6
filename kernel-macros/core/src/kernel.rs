//! The pipeline.

use proc_macro2::TokenStream;
use quote::quote;

use crate::{Definition, emit, module, parse, plan, verify};

/// What `#[kernel(attribute)] item` expands to: read, differentiate and analyse, emit. A kernel that cannot be read is emitted
/// as the plain function it is, with every error in it.
#[must_use]
pub fn expand(attribute: TokenStream, item: TokenStream) -> TokenStream {
    if module::is_module(&item) {
        return module::expand(attribute, &item);
    }
    match parse::parse(attribute, item) {
        Ok(definition) => code(&definition),
        Err(failure) => emit::salvage(&failure),
    }
}

/// Everything a kernel expands to.
pub(crate) fn code(definition: &Definition) -> TokenStream {
    let plan = plan::plan(definition);
    let unproved = verify::unproved(definition).map(|error| error.to_compile_error());
    let code = emit::emit(definition, &plan);
    quote!(#code #unproved)
}
