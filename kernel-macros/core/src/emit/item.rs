//! The kernel as a type: its struct with `new`, accessors, operators and markers.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use crate::definition::{Bound, Definiteness, Definition, Parameter, ParameterKind, Points, Relation};
use crate::parse::struct_name;
use crate::plan::Plan;

use super::names::{hidden, scalar};

/// The pieces every `impl` of the struct is made of.
pub struct Item {
    /// `Rbf`
    pub name: Ident,
    /// `<const D: usize, L: …>`
    pub impl_generics: TokenStream,
    /// `<D, L>`
    pub type_arguments: TokenStream,
    /// `where …`
    pub bounds: TokenStream,
    /// `f64`
    pub scalar: TokenStream,
    /// `const D: usize`
    constants: TokenStream,
    /// `D`
    constant_names: TokenStream,
    has_storage: bool,
}

impl Item {
    /// For one kernel.
    pub fn new(definition: &Definition) -> Self {
        let generics = &definition.item.sig.generics;
        let declared: Vec<&syn::ConstParam> = generics.const_params().collect();
        let constants: TokenStream = declared
            .iter()
            .map(|param| {
                let (name, ty) = (&param.ident, &param.ty);
                quote!(const #name: #ty,)
            })
            .collect();
        let constant_names: TokenStream = declared
            .iter()
            .map(|param| {
                let name = &param.ident;
                quote!(#name,)
            })
            .collect();
        let has_storage = definition.parameters.iter().any(|parameter| matches!(parameter.kind, ParameterKind::Slice));
        let scalar = scalar(definition);
        let storage = has_storage.then(|| quote!(L));
        let bounds = if has_storage {
            quote!(where L: ::core::convert::AsRef<[#scalar]> + ::core::marker::Sync)
        } else {
            TokenStream::new()
        };
        let some = has_storage || !declared.is_empty();
        let bracket = |inner: TokenStream| if some { quote!(<#inner>) } else { TokenStream::new() };
        Self {
            name: struct_name(definition),
            impl_generics: bracket(quote!(#constants #storage)),
            type_arguments: bracket(quote!(#constant_names #storage)),
            bounds,
            scalar,
            constants,
            constant_names,
            has_storage,
        }
    }

    /// The struct, its constructor, accessors and operators.
    pub fn tokens(
        &self,
        definition: &Definition,
        plan: &Plan,
        runtime: &TokenStream,
        docs: &TokenStream,
    ) -> TokenStream {
        let Self { name, impl_generics, type_arguments, bounds, .. } = self;
        let visibility = &definition.item.vis;
        let declaration = self.declaration(runtime);
        let fields = definition.parameters.iter().map(|parameter| {
            let (name, ty) = (&parameter.name, self.stored(definition, parameter));
            quote!(#name: #ty)
        });
        let arguments = definition.parameters.iter().map(|parameter| {
            let (name, ty) = (&parameter.name, self.stored(definition, parameter));
            quote!(#name: #ty)
        });
        let names: Vec<&Ident> = definition.parameters.iter().map(|parameter| &parameter.name).collect();
        let checks = checks(definition, runtime);
        let accessors = definition.parameters.iter().map(|parameter| self.accessor(definition, parameter));
        let markers = self.markers(definition, plan, runtime);
        let operators = self.operators(runtime);
        let new_docs = new_docs(definition);
        let number = format_ident!(
            "{}",
            match definition.scalar {
                crate::definition::Scalar::F64 => "f64",
                crate::definition::Scalar::F32 => "f32",
            }
        );
        let left = quote! {
            #[automatically_derived]
            impl #impl_generics ::core::ops::Mul<#name #type_arguments> for ::core::primitive::#number #bounds {
                type Output = #runtime::Scaled<#name #type_arguments>;
                fn mul(self, kernel: #name #type_arguments) -> Self::Output {
                    #runtime::__private::Multiplier::multiply(self, kernel)
                }
            }
        };
        quote! {
            #docs
            #[derive(Clone, Debug)]
            #[allow(dead_code, reason = "a kernel may be used through its functions alone")]
            #visibility struct #name #declaration { #(#fields),* }

            #[automatically_derived]
            #[allow(dead_code, clippy::all, clippy::pedantic, clippy::nursery, reason = "not every kernel uses all of it")]
            impl #impl_generics #name #type_arguments #bounds {
                #new_docs
                #visibility fn new(#(#arguments),*) -> ::core::result::Result<Self, #runtime::ParamError> {
                    #checks
                    ::core::result::Result::Ok(Self { #(#names),* })
                }

                #(#accessors)*
            }

            #[automatically_derived]
            const _: () = {
                #operators
                #left
                #markers
            };
        }
    }

    /// The generics of the declaration; vectors of parameters are owned unless the user says otherwise.
    fn declaration(&self, runtime: &TokenStream) -> TokenStream {
        let Self { constants, scalar, .. } = self;
        if self.has_storage {
            quote!(<#constants L = #runtime::__private::Vec<#scalar>>)
        } else if constants.is_empty() {
            TokenStream::new()
        } else {
            quote!(<#constants>)
        }
    }

    fn stored(&self, definition: &Definition, parameter: &Parameter) -> TokenStream {
        let scalar = &self.scalar;
        match (&parameter.kind, &definition.points) {
            (ParameterKind::Scalar, _) => scalar.clone(),
            (ParameterKind::Array, Points::Array { length, .. }) => quote!([#scalar; #length]),
            (ParameterKind::Array | ParameterKind::Slice, _) => quote!(L),
        }
    }

    fn accessor(&self, definition: &Definition, parameter: &Parameter) -> TokenStream {
        let scalar = &self.scalar;
        let name = &parameter.name;
        let visibility = &definition.item.vis;
        let text = format!("The parameter `{name}`.");
        let (ty, value) = match &parameter.kind {
            ParameterKind::Scalar => (scalar.clone(), quote!(self.#name)),
            ParameterKind::Array => (quote!(&[#scalar]), quote!(&self.#name)),
            ParameterKind::Slice => (quote!(&[#scalar]), quote!(self.#name.as_ref())),
        };
        // A parameter called `new` would collide with the constructor.
        let method = if name == "new" { format_ident!("new_") } else { name.clone() };
        quote! {
            #[doc = #text]
            #[must_use]
            #visibility fn #method(&self) -> #ty { #value }
        }
    }

    fn operators(&self, runtime: &TokenStream) -> TokenStream {
        let Self { name, constants, type_arguments, scalar, has_storage, .. } = self;
        let storage = has_storage.then(|| quote!(L,));
        let right = hidden("Right");
        quote! {
            #[automatically_derived]
            impl<#constants #storage #right> ::core::ops::Add<#right> for #name #type_arguments
            where
                Self: #runtime::Kernel<Scalar = #scalar>,
                #right: #runtime::Kernel<Scalar = #scalar, Points = <Self as #runtime::Kernel>::Points>,
            {
                type Output = #runtime::Sum<Self, #right>;
                fn add(self, right: #right) -> Self::Output { #runtime::Sum::new(self, right) }
            }

            #[automatically_derived]
            impl<#constants #storage #right: #runtime::__private::Multiplier<Self>> ::core::ops::Mul<#right> for #name #type_arguments {
                type Output = #right::Output;
                fn mul(self, right: #right) -> Self::Output { right.multiply(self) }
            }
        }
    }

    fn markers(&self, definition: &Definition, plan: &Plan, runtime: &TokenStream) -> TokenStream {
        let Self { name, impl_generics, type_arguments, bounds, .. } = self;
        let options = &definition.options;
        let vouched = i64::from(options.smooth.unwrap_or(0));
        let differentiable = plan.smoothness.allows(1) || vouched >= 1;
        let symmetric = plan.invariance.symmetric && !options.asymmetric;
        let earned = [
            ("Symmetric", symmetric),
            ("PositiveDefinite", symmetric && options.definiteness == Definiteness::Assume),
            ("Stationary", plan.invariance.stationary),
            ("Isotropic", plan.invariance.isotropic),
            ("Differentiable", differentiable),
            ("TwiceDifferentiable", differentiable && (plan.smoothness.allows(2) || vouched >= 2)),
        ];
        earned
            .into_iter()
            .filter(|marker| marker.1)
            .map(|(marker, _)| {
                let marker = format_ident!("{marker}");
                quote! {
                    #[automatically_derived]
                    impl #impl_generics #runtime::#marker for #name #type_arguments #bounds {}
                }
            })
            .collect()
    }

    /// `<D>`-like arguments for a call of the user's function.
    pub fn turbofish(&self) -> TokenStream {
        let names = &self.constant_names;
        if names.is_empty() { TokenStream::new() } else { quote!(::<#names>) }
    }

    /// `<const D: usize>` of the pair functions.
    pub fn constants(&self) -> TokenStream {
        let constants = &self.constants;
        if constants.is_empty() { TokenStream::new() } else { quote!(<#constants>) }
    }
}

/// What `new` verifies: `assume(…)`, and that vectors of parameters have one length.
fn checks(definition: &Definition, runtime: &TokenStream) -> TokenStream {
    let mut checks: TokenStream =
        definition.options.assume.iter().map(|bound| check(definition, bound, runtime)).collect();
    let vectors: Vec<&Parameter> =
        definition.parameters.iter().filter(|parameter| matches!(parameter.kind, ParameterKind::Slice)).collect();
    if let Some((first, others)) = vectors.split_first() {
        for other in others {
            let (expected, name) = (&first.name, &other.name);
            let (text, requirement) = (name.to_string(), format!("as many entries as `{expected}`"));
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

fn check(definition: &Definition, bound: &Bound, runtime: &TokenStream) -> TokenStream {
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
    let value = super::code::literal(bound.value, super::code::Style::Scalar(definition.scalar));
    // Written so that NaN, which satisfies nothing, fails too.
    let error = |shown: TokenStream| quote!(return ::core::result::Result::Err(#runtime::ParamError::new(#text, #requirement, #shown)););
    let test = |place: TokenStream| {
        let nan = (bound.relation == Relation::NotEqual).then(|| quote!(|| #place.is_nan()));
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

fn new_docs(definition: &Definition) -> TokenStream {
    let mut text = String::from("The kernel with these parameters.");
    if !definition.options.assume.is_empty() {
        text.push_str("\n\n# Errors\nIf a parameter is not what `assume(…)` says, or is NaN.");
    }
    quote!(#[doc = #text])
}
