//! What can be seen of a body without understanding it: which vocabulary it calls, which names it binds, and attributes
//! that would make it mean two things at once.

use proc_macro2::Ident;
use syn::ext::IdentExt as _;
use syn::visit::{self, Visit};
use syn::{Attribute, Expr, ExprCall, ItemFn, PatIdent};

use super::vocabulary;
use crate::error::{Errors, message};

struct Survey<'a> {
    calls: Vec<&'static str>,
    bound: Vec<&'a Ident>,
    errors: &'a Errors,
}

/// The vocabulary functions that a kernel calls by their plain names, sorted, each once. They are imported into its body,
/// so a variable of the same name is an error.
pub(super) fn vocabulary(item: &ItemFn, errors: &Errors) -> Vec<&'static str> {
    let mut survey = Survey { calls: Vec::new(), bound: Vec::new(), errors };
    survey.visit_signature(&item.sig);
    survey.visit_block(&item.block);
    for attribute in &item.attrs {
        let path = attribute.path();
        let last = path.segments.last().map(|segment| segment.ident.to_string());
        let ours = path.segments.len() == 1 || path.segments[0].ident.to_string().starts_with("kernel_");
        if last.as_deref() == Some("kernel") && ours {
            errors.at(attribute, message::KERNEL_TWICE);
        }
    }
    survey.calls.sort_unstable();
    survey.calls.dedup();
    for name in survey.bound {
        let text = name.unraw().to_string();
        if survey.calls.contains(&text.as_str()) {
            errors.at(name, message::vocabulary_shadowed(&text));
        }
    }
    survey.calls
}

impl<'a> Visit<'a> for Survey<'a> {
    fn visit_expr_call(&mut self, call: &'a ExprCall) {
        if let Expr::Path(function) = &*call.func
            && let Some(name) = function.path.get_ident()
        {
            self.calls.extend(vocabulary::find(&name.unraw().to_string()).map(|function| function.name));
        }
        visit::visit_expr_call(self, call);
    }

    fn visit_pat_ident(&mut self, pattern: &'a PatIdent) {
        self.bound.push(&pattern.ident);
        visit::visit_pat_ident(self, pattern);
    }

    fn visit_attribute(&mut self, attribute: &'a Attribute) {
        if attribute.path().is_ident("cfg") || attribute.path().is_ident("cfg_attr") {
            self.errors.at(attribute, message::CFG);
        }
    }
}
