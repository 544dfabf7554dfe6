//! `new`, `with_scalar` and `default` of the kernel's type, and what they check.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::definition::{Bound, Definition, Parameter, ParameterKind, Relation, Scalar};

use super::Tokens;
use super::item::Item;
use super::names::hidden;
use super::style::Style;

impl Item {
    /// `new` makes the kernel in f64, so that its type is never in doubt; `with_scalar` makes it in any. Without
    /// parameters there is nothing to tell the scalar by, and `default` takes the place of the latter.
    pub(super) fn constructors(
        &self,
        definition: &Definition,
        runtime: &Tokens,
        marker: Option<&TokenStream>,
    ) -> TokenStream {
        let Self { name, impl_generics, type_arguments, bounds, constants, constant_names, storage, scalar, .. } = self;
        let visibility = &definition.item.vis;
        let allowed = quote!(
            #[allow(dead_code, clippy::all, clippy::pedantic, clippy::nursery, reason = "not every kernel uses all of it")]
        );
        let names: Vec<&Ident> = definition.parameters.iter().map(|parameter| &parameter.name).collect();
        let arguments = |scalar: &TokenStream| -> Vec<TokenStream> {
            let typed = definition.parameters.iter().map(|parameter| {
                let (name, ty) = (&parameter.name, self.stored(definition, parameter, scalar));
                quote!(#name: #ty)
            });
            typed.collect()
        };
        let result = quote!(::core::result::Result<Self, #runtime::ParamError>);
        let checks = checks(definition, runtime, scalar);
        let made = quote!(::core::result::Result::Ok(Self { #(#names,)* #marker }));
        let docs = new_docs(definition, "");
        let own = arguments(scalar);
        if !self.generic {
            return quote! {
                #allowed
                impl #impl_generics #name #type_arguments #bounds {
                    #docs
                    #visibility fn new(#(#own),*) -> #result { #checks #made }
                }
            };
        }
        let double = quote!(::core::primitive::f64);
        let doubles = arguments(&double);
        let bracket = |inner: TokenStream| if inner.is_empty() { inner } else { quote!(<#inner>) };
        let double_generics = bracket(quote!(#constants #storage));
        let double_arguments = bracket(quote!(#constant_names #double, #storage));
        let double_bounds = storage
            .as_ref()
            .map(|storage| quote!(where #storage: ::core::convert::AsRef<[#double]> + ::core::marker::Sync));
        if definition.parameters.is_empty() {
            return quote! {
                #allowed
                impl #double_generics #name #double_arguments {
                    #docs
                    #visibility fn new() -> #result { #made }
                }

                #[automatically_derived]
                impl #impl_generics ::core::default::Default for #name #type_arguments {
                    fn default() -> Self { Self { #marker } }
                }
            };
        }
        let other = new_docs(definition, " The type of the numbers is that of the parameters: `f64` or `f32`.");
        quote! {
            #allowed
            impl #double_generics #name #double_arguments #double_bounds {
                #docs
                #visibility fn new(#(#doubles),*) -> #result { Self::with_scalar(#(#names),*) }
            }

            #allowed
            impl #impl_generics #name #type_arguments #bounds {
                #other
                #visibility fn with_scalar(#(#own),*) -> #result { #checks #made }
            }
        }
    }
}

/// What `new` verifies: `assume(…)`, and that vectors of parameters have one length.
fn checks(definition: &Definition, runtime: &Tokens, scalar: &TokenStream) -> TokenStream {
    let mut checks: TokenStream =
        definition.options.assume.iter().map(|bound| check(definition, bound, runtime, scalar)).collect();
    let vectors: Vec<&Parameter> =
        definition.parameters.iter().filter(|parameter| matches!(parameter.kind, ParameterKind::Slice)).collect();
    if let Some((first, others)) = vectors.split_first() {
        for other in others {
            let (expected, name) = (&first.name, &other.name);
            let (text, requirement) = (name.to_string(), format!("{name}.len() == {expected}.len()"));
            checks.extend(quote! {
                if #name.as_ref().len() != #expected.as_ref().len() {
                    return ::core::result::Result::Err(#runtime::ParamError::new(
                        #text, #requirement, ::core::format_args!("of length {}", #name.as_ref().len()),
                    ));
                }
            });
        }
    }
    checks
}

fn check(definition: &Definition, bound: &Bound, runtime: &Tokens, scalar: &TokenStream) -> TokenStream {
    let parameter = &definition.parameters[bound.parameter];
    let name = &parameter.name;
    let (sign, holds) = match bound.relation {
        Relation::Less => ("<", quote!(<)),
        Relation::LessOrEqual => ("<=", quote!(<=)),
        Relation::Greater => (">", quote!(>)),
        Relation::GreaterOrEqual => (">=", quote!(>=)),
        Relation::NotEqual => ("!=", quote!(!=)),
    };
    let text = name.to_string();
    let requirement = format!("{name} {sign} {}", bound.value);
    let value = if definition.scalar == Scalar::F32 {
        Style::F32.literal(bound.value)
    } else {
        let value = Style::F64.literal(bound.value);
        quote!(<#scalar as #runtime::__private::Lane>::of(#value))
    };
    // Written so that NaN, which satisfies nothing, fails too.
    let error = |shown: TokenStream| quote!(return ::core::result::Result::Err(#runtime::ParamError::new(#text, #requirement, #shown)););
    let test = |place: TokenStream| {
        let nan = (bound.relation == Relation::NotEqual).then(|| quote!(|| #place != #place));
        quote!(!(#place #holds #value) #nan)
    };
    if parameter.kind.is_per_coordinate() {
        let vector = match parameter.kind {
            ParameterKind::Slice => quote!(#name.as_ref()),
            ParameterKind::Scalar | ParameterKind::Array => quote!(#name),
        };
        let [entry, place] = ["entry", "place"].map(hidden);
        let (test, error) =
            (test(quote!(#entry)), error(quote!(::core::format_args!("{} at entry {}", #entry, #place))));
        quote! {
            for (#place, &#entry) in #vector.iter().enumerate() {
                if #test { #error }
            }
        }
    } else {
        let (test, error) = (test(quote!(#name)), error(quote!(#name)));
        quote!(if #test { #error })
    }
}

fn new_docs(definition: &Definition, more: &str) -> TokenStream {
    let mut text = format!("The kernel with these parameters.{more}");
    if !definition.options.assume.is_empty() {
        text.push_str("\n\n# Errors\nIf a parameter is not what `assume(…)` says, or is NaN.");
    }
    quote!(#[doc = #text])
}
