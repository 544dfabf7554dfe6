//! The markers a kernel has earned, and of those it has not, why: a bound that fails says so.

use proc_macro2::{Group, Literal, Span, TokenStream, TokenTree};
use quote::{format_ident, quote};

use super::Tokens;
use super::item::Item;
use super::reason::{Reason, Reasons};
use crate::definition::Definition;
use crate::plan::{HIGHEST, Plan};
use crate::verify::definite::{Verdict, is_open_in_type};

impl Item {
    pub(super) fn markers(
        &self,
        definition: &Definition,
        plan: &Plan,
        verdict: &Verdict,
        runtime: &Tokens,
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
        // Of derivatives in mean square, once, twice, …
        let mut rough: Vec<Option<Reason>> = Vec::new();
        for (times, order) in (1..).zip(0..HIGHEST) {
            let lower = order.checked_sub(1).and_then(|lower| rough[lower].clone());
            rough.push(lower.or_else(|| (!allowed(times)).then(|| reasons.derivative(times))));
        }
        let [gradient, hessian] = [rough[0].clone(), rough[1].clone()];
        let (highest, obstacle) = match &plan.tower {
            Ok(tower) => (tower.highest, tower.obstacle),
            Err(obstacle) => (0, Some(*obstacle)),
        };
        // What the lowest missing order lacks, all above it lack.
        let unknown = |order: usize| {
            let missing = || obstacle.map(|obstacle| reasons.tower(highest + 1, obstacle));
            if order > highest { rough[highest].clone().or_else(missing) } else { None }
        };
        let tower = plan.tower.is_err().then(|| ("Tower", Vec::from_iter(unknown(1))));
        let towers = [("Tower2", 2), ("Tower3", 3), ("Tower4", 4)].map(|(marker, order)| {
            let mut missing: Vec<Reason> = unknown(order).into_iter().chain(hessian.clone()).collect();
            missing.dedup();
            (marker, missing)
        });
        let invariant = [("Stationary", plan.invariance.stationary), ("Isotropic", plan.invariance.isotropic)];
        let invariant = invariant.into_iter().filter(|marker| marker.1).map(|(marker, _)| (marker, Vec::new()));
        let others = [
            ("Symmetric", symmetry),
            ("PositiveDefinite", definiteness),
            ("Differentiable", gradient),
            ("TwiceDifferentiable", hessian),
        ];
        let others = others.into_iter().map(|(marker, missing)| (marker, Vec::from_iter(missing)));
        let others = others.chain(tower).chain(towers);
        let limit = match verdict {
            Verdict::Proved(proof, _) if is_open_in_type(definition) => proof.limit,
            _ => None,
        };
        let mut explained: Vec<Reason> = Vec::new();
        let mut tokens = TokenStream::new();
        for (marker, missing) in others.chain(invariant) {
            for reason in &missing {
                if !explained.contains(reason) {
                    tokens.extend(proof(definition, reason));
                    explained.push(reason.clone());
                }
            }
            tokens.extend(match (marker, limit) {
                ("PositiveDefinite", Some(limit)) => self.positive_definite_up_to(limit, runtime),
                _ => self.marker(definition, runtime, marker, &missing),
            });
        }
        tokens
    }

    /// The marker for kernels on few enough coordinates, where their number is a parameter of the type.
    fn positive_definite_up_to(&self, limit: usize, runtime: &Tokens) -> TokenStream {
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

    /// A marker, under conditions that nothing meets if it is missing.
    fn marker(&self, definition: &Definition, runtime: &Tokens, marker: &str, missing: &[Reason]) -> TokenStream {
        let Self { name, impl_generics, type_arguments, bounds, .. } = self;
        let marker = format_ident!("{marker}");
        if missing.is_empty() {
            return quote! {
                #[automatically_derived]
                impl #impl_generics #runtime::#marker for #name #type_arguments #bounds {}
            };
        }
        let bounds = if bounds.is_empty() { quote!(where) } else { quote!(#bounds,) };
        let proofs = missing.iter().map(|reason| format_ident!("{}", reason.proof));
        // Of a bound on the kernel itself rustc would give the marker's own message, and one without a lifetime of its
        // own is an error here, as nothing meets it.
        let item = quote! {
            #[doc(hidden)]
            #[automatically_derived]
            impl #impl_generics #runtime::#marker for #name #type_arguments #bounds #(for<'a> &'a Self: #proofs),* {}
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
