//! The markers a kernel has earned, and of those it has not, why: a bound that fails says so.

use proc_macro2::{Group, Literal, Span, TokenStream, TokenTree};
use quote::{format_ident, quote};

use super::item::Item;
use super::reason::{Reason, Reasons};
use crate::definition::Definition;
use crate::plan::Plan;
use crate::verify::definite::{Verdict, is_open_in_type};

impl Item {
    pub(super) fn markers(
        &self,
        definition: &Definition,
        plan: &Plan,
        verdict: &Verdict,
        runtime: &TokenStream,
    ) -> TokenStream {
        let options = &definition.options;
        let vouched = i64::from(options.smooth.unwrap_or(0));
        let allowed = |times| plan.smoothness.allows(times) || vouched >= times;
        // Of a kernel that is refused, no bound says so once more.
        let symmetric = plan.invariance.symmetric && !options.asymmetric || plan.asymmetry.is_some();
        let reasons = Reasons::new(definition, plan);
        let symmetry = (!symmetric).then(|| reasons.symmetry());
        let definiteness = symmetry.clone().or_else(|| Some(reasons.definiteness(verdict.reason(definition)?)));
        let definiteness = definiteness.filter(|_| plan.asymmetry.is_none());
        let gradient = (!allowed(1)).then(|| reasons.gradient());
        let hessian = gradient.clone().or_else(|| (!allowed(2)).then(|| reasons.hessian()));
        let tower = plan
            .tower
            .as_ref()
            .err()
            .map(|&obstacle| ("Tower", hessian.clone().or_else(|| Some(reasons.tower(obstacle)))));
        let invariant = [("Stationary", plan.invariance.stationary), ("Isotropic", plan.invariance.isotropic)];
        let invariant = invariant.into_iter().filter(|marker| marker.1).map(|(marker, _)| (marker, None));
        let others = [
            ("Symmetric", symmetry),
            ("PositiveDefinite", definiteness),
            ("Differentiable", gradient),
            ("TwiceDifferentiable", hessian),
        ];
        let others = others.into_iter().chain(tower);
        let limit = match verdict {
            Verdict::Proved(proof, _) if is_open_in_type(definition) => proof.limit,
            _ => None,
        };
        let mut explained: Vec<Reason> = Vec::new();
        let mut tokens = TokenStream::new();
        for (marker, missing) in others.chain(invariant) {
            if let Some(reason) = missing.as_ref().filter(|&reason| !explained.contains(reason)) {
                tokens.extend(proof(definition, reason));
                explained.push(reason.clone());
            }
            tokens.extend(match (marker, limit) {
                ("PositiveDefinite", Some(limit)) => self.positive_definite_up_to(limit, runtime),
                _ => self.marker(definition, runtime, marker, missing.as_ref()),
            });
        }
        tokens
    }

    /// The marker for kernels on few enough coordinates, where their number is a parameter of the type.
    fn positive_definite_up_to(&self, limit: usize, runtime: &TokenStream) -> TokenStream {
        let Self { name, bounds, scalar, storage, generic, .. } = self;
        let type_parameter = generic.then(|| quote!(#scalar: #runtime::Real,));
        let type_name = generic.then(|| quote!(#scalar,));
        let dimensions = (1..=limit).map(|dimension| {
            let dimension = Literal::usize_unsuffixed(dimension);
            quote! {
                #[automatically_derived]
                impl<#type_parameter #storage> #runtime::PositiveDefinite for #name<#dimension, #type_name #storage> #bounds {}
            }
        });
        dimensions.collect()
    }

    /// A marker, under a condition that nothing meets if it is missing.
    fn marker(
        &self,
        definition: &Definition,
        runtime: &TokenStream,
        marker: &str,
        missing: Option<&Reason>,
    ) -> TokenStream {
        let Self { name, impl_generics, type_arguments, bounds, .. } = self;
        let marker = format_ident!("{marker}");
        let Some(reason) = missing else {
            return quote! {
                #[automatically_derived]
                impl #impl_generics #runtime::#marker for #name #type_arguments #bounds {}
            };
        };
        let bounds = if bounds.is_empty() { quote!(where) } else { quote!(#bounds,) };
        let proof = format_ident!("{}", reason.proof);
        // Of a bound on the kernel itself rustc would give the marker's own message, and one without a lifetime of its own is an
        // error here, as nothing meets it.
        let item = quote! {
            #[doc(hidden)]
            #[automatically_derived]
            impl #impl_generics #runtime::#marker for #name #type_arguments #bounds for<'a> &'a Self: #proof {}
        };
        placed(item, definition)
    }
}

/// The trait whose message is the reason.
fn proof(definition: &Definition, reason: &Reason) -> TokenStream {
    let Reason { proof, message, label, note } = reason;
    let proof = format_ident!("{proof}");
    // These are format strings.
    let [message, label, note] = [message, label, note].map(|text| text.replace('{', "{{").replace('}', "}}"));
    let item = quote! {
        #[diagnostic::on_unimplemented(message = #message, label = #label, note = #note)]
        trait #proof {}
    };
    placed(item, definition)
}

/// Where the compiler's notes point at the kernel's name.
fn placed(tokens: TokenStream, definition: &Definition) -> TokenStream {
    respanned(tokens, definition.item.sig.ident.span())
}

fn respanned(tokens: TokenStream, span: Span) -> TokenStream {
    let respan = |token: TokenTree| {
        let mut token = match token {
            TokenTree::Group(group) => Group::new(group.delimiter(), respanned(group.stream(), span)).into(),
            token => token,
        };
        token.set_span(span);
        token
    };
    tokens.into_iter().map(respan).collect()
}
