//! The pipeline.

use proc_macro2::TokenStream;
use quote::quote;

use crate::{emit, parse, plan, verify};

/// What `#[kernel(attribute)] item` expands to: read, differentiate and analyse, emit. A kernel that cannot be read is emitted
/// as the plain function it is, with every error in it.
#[must_use]
pub fn expand(attribute: TokenStream, item: TokenStream) -> TokenStream {
    match parse::parse(attribute, item) {
        Ok(definition) => {
            let plan = plan::plan(&definition);
            let unproved = verify::unproved(&definition).map(|error| error.to_compile_error());
            let code = emit::emit(&definition, &plan);
            quote!(#code #unproved)
        }
        Err(failure) => emit::salvage(&failure),
    }
}
