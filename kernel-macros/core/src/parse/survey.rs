//! What can be seen of a body without understanding it: which vocabulary it calls, which names it binds, and attributes
//! that would make it mean two things at once.

use proc_macro2::Ident;
use syn::ext::IdentExt as _;
use syn::visit::{self, Visit};
use syn::{Attribute, Expr, ExprCall, ItemFn, PatIdent};

use super::functions::Functions;
use super::vocabulary;
use crate::error::{Errors, message};

struct Survey<'a> {
    functions: &'a Functions,
    calls: Vec<&'static str>,
    bound: Vec<&'a Ident>,
    /// Functions inside the function.
    inner: Vec<&'a Ident>,
}

/// The vocabulary functions that a function calls by their plain names, sorted, each once. They are imported into its
/// body, so a variable of the same name is an error. A function of the module comes before one of the vocabulary.
pub(crate) fn called(item: &ItemFn, functions: &Functions, errors: &Errors) -> Vec<&'static str> {
    let mut survey = Survey { functions, calls: Vec::new(), bound: Vec::new(), inner: Vec::new() };
    survey.visit_signature(&item.sig);
    survey.visit_block(&item.block);
    for attribute in item.attrs.iter().filter(|attribute| is_mark(attribute)) {
        errors.at(attribute, message::KERNEL_TWICE);
    }
    survey.calls.sort_unstable();
    survey.calls.dedup();
    survey.calls.retain(|name| !survey.inner.iter().any(|inner| inner == name));
    for name in survey.bound {
        let text = name.unraw().to_string();
        if survey.calls.contains(&text.as_str()) {
            errors.at(name, message::vocabulary_shadowed(&text));
        }
    }
    survey.calls
}

/// Whether an attribute is `#[kernel]`.
pub(crate) fn is_mark(attribute: &Attribute) -> bool {
    let path = attribute.path();
    let last = path.segments.last().map(|segment| segment.ident.to_string());
    let ours = path.segments.len() == 1 || path.segments[0].ident.to_string().starts_with("kernel_");
    last.as_deref() == Some("kernel") && ours
}

/// Reports every `#[cfg]` inside.
pub(super) fn configuration(item: &ItemFn, errors: &Errors) {
    let mut configuration = Configuration { errors };
    configuration.visit_signature(&item.sig);
    configuration.visit_block(&item.block);
}

/// Whether something is there only sometimes.
pub(crate) fn is_configured(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| attribute.path().is_ident("cfg") || attribute.path().is_ident("cfg_attr"))
}

impl<'a> Visit<'a> for Survey<'a> {
    fn visit_expr_call(&mut self, call: &'a ExprCall) {
        if let Expr::Path(function) = &*call.func
            && let Some(name) = function.path.get_ident()
        {
            let name = name.unraw().to_string();
            let entry = vocabulary::find(&name).filter(|_| self.functions.find(&name).is_none());
            self.calls.extend(entry.map(|function| function.name));
        }
        visit::visit_expr_call(self, call);
    }

    fn visit_item_fn(&mut self, function: &'a ItemFn) {
        self.inner.push(&function.sig.ident);
        visit::visit_item_fn(self, function);
    }

    fn visit_pat_ident(&mut self, pattern: &'a PatIdent) {
        self.bound.push(&pattern.ident);
        visit::visit_pat_ident(self, pattern);
    }
}

struct Configuration<'a> {
    errors: &'a Errors,
}

impl<'a> Visit<'a> for Configuration<'_> {
    fn visit_attribute(&mut self, attribute: &'a Attribute) {
        if is_configured(std::slice::from_ref(attribute)) {
            self.errors.at(attribute, message::CFG);
        }
    }
}
