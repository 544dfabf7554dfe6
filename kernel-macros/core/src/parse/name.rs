//! The name of the kernel's struct.

use proc_macro2::Ident;
use syn::ext::IdentExt as _;

use crate::definition::Definition;
use crate::error::{Checked, Errors, message};

/// The name of the struct of a kernel: the option `name`, else the function's own name in upper camel case
/// (`matern_12` gives `Matern12`), with the span of whichever it is.
#[must_use]
pub fn struct_name(definition: &Definition) -> Ident {
    let function = &definition.item.sig.ident;
    let name = definition.options.name.clone();
    // `check` has made sure that there is one.
    name.or_else(|| default_name(function)).unwrap_or_else(|| function.clone())
}

/// Refuses a struct name that is none, or that the function has already: both are types in one namespace.
pub(super) fn check(function: &Ident, option: Option<&Ident>, errors: &Errors) -> Checked<()> {
    match option.cloned().or_else(|| default_name(function)) {
        None => Err(errors.at(function, message::no_struct_name(&function.to_string()))),
        Some(name) if name == *function => {
            Err(errors.at(option.unwrap_or(function), message::name_collision(&function.to_string())))
        }
        Some(_) => Ok(()),
    }
}

fn default_name(function: &Ident) -> Option<Ident> {
    let mut camel = String::new();
    for word in function.unraw().to_string().split('_') {
        let mut letters = word.chars();
        camel.extend(letters.next().into_iter().flat_map(char::to_uppercase));
        camel.push_str(letters.as_str());
    }
    let mut name = syn::parse_str::<Ident>(&camel).ok()?;
    name.set_span(function.span());
    Some(name)
}
