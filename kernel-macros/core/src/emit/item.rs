//! The kernel as a type: its struct with `new`, accessors, operators and markers.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use crate::definition::{Bound, Definiteness, Definition, Parameter, ParameterKind, Points, Relation, Scalar};
use crate::parse::struct_name;
use crate::plan::Plan;

use super::code::Style;
use super::names::{hidden, scalar, type_parameter};

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
    /// Whether the struct is generic over its scalar.
    generic: bool,
    /// The type that holds vectors of parameters.
    storage: Option<Ident>,
}

impl Item {
    /// For one kernel.
    pub fn new(definition: &Definition, runtime: &TokenStream) -> Self {
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
        let generic = definition.scalar != Scalar::F32;
        let scalar = if generic {
            let name = hidden("S");
            quote!(#name)
        } else {
            scalar(definition)
        };
        let type_parameter = generic.then(|| quote!(#scalar: #runtime::Real,));
        let type_name = generic.then(|| quote!(#scalar,));
        let storage = has_storage.then(|| hidden("L"));
        let bounds = if let Some(storage) = &storage {
            quote!(where #storage: ::core::convert::AsRef<[#scalar]> + ::core::marker::Sync)
        } else {
            TokenStream::new()
        };
        let bracket = |inner: TokenStream| if inner.is_empty() { inner } else { quote!(<#inner>) };
        Self {
            name: struct_name(definition),
            impl_generics: bracket(quote!(#constants #type_parameter #storage)),
            type_arguments: bracket(quote!(#constant_names #type_name #storage)),
            bounds,
            scalar,
            constants,
            constant_names,
            generic,
            storage,
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
            let (name, ty) = (&parameter.name, self.stored(definition, parameter, &self.scalar));
            quote!(#name: #ty)
        });
        let accessors = definition.parameters.iter().map(|parameter| self.accessor(definition, parameter));
        let markers = self.markers(definition, plan, runtime);
        let operators = self.operators(runtime);
        let left = self.left_multiplication(runtime);
        let marker = self.marker_field(definition);
        let marker_field = marker.as_ref().map(|marker| {
            let scalar = &self.scalar;
            quote!(#marker: ::core::marker::PhantomData<#scalar>,)
        });
        let marker_value = marker.as_ref().map(|marker| quote!(#marker: ::core::marker::PhantomData,));
        let constructors = self.constructors(definition, runtime, marker_value.as_ref());
        quote! {
            #docs
            #[derive(Clone, Debug)]
            #[allow(dead_code, reason = "a kernel may be used through its functions alone")]
            #visibility struct #name #declaration { #(#fields,)* #marker_field }

            #constructors

            #[allow(dead_code, clippy::all, clippy::pedantic, clippy::nursery, reason = "not every kernel uses all of it")]
            impl #impl_generics #name #type_arguments #bounds {
                #(#accessors)*
            }

            const _: () = {
                #operators
                #left
                #markers
            };
        }
    }

    /// The generics of the declaration: f64 unless the user says otherwise, vectors of parameters owned.
    fn declaration(&self, runtime: &TokenStream) -> TokenStream {
        let Self { constants, scalar, .. } = self;
        let scalar_default = self.generic.then(|| quote!(#scalar = ::core::primitive::f64,));
        let storage = self.storage.as_ref().map(|storage| quote!(#storage = #runtime::__private::Vec<#scalar>));
        let inner = quote!(#constants #scalar_default #storage);
        if inner.is_empty() { inner } else { quote!(<#inner>) }
    }

    /// The field that mentions the scalar of a struct no other field of which does.
    fn marker_field(&self, definition: &Definition) -> Option<Ident> {
        let mentioned = definition.parameters.iter().any(|parameter| !matches!(parameter.kind, ParameterKind::Slice));
        (self.generic && !mentioned).then(|| hidden("scalar"))
    }

    /// `new` makes the kernel in f64, so that its type is never in doubt; `with_scalar` makes it in any. Without parameters
    /// there is nothing to tell the scalar by, and `default` takes the place of the latter.
    fn constructors(
        &self,
        definition: &Definition,
        runtime: &TokenStream,
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

    /// `2.0 * kernel`.
    fn left_multiplication(&self, runtime: &TokenStream) -> TokenStream {
        let Self { name, constants, constant_names, storage, .. } = self;
        let scalars: &[&str] = if self.generic { &["f64", "f32"] } else { &["f32"] };
        scalars
            .iter()
            .map(|number| {
                let number = format_ident!("{number}");
                let number = quote!(::core::primitive::#number);
                let scalar = self.generic.then(|| quote!(#number,));
                let inner = quote!(#constant_names #scalar #storage);
                let arguments = if inner.is_empty() { inner } else { quote!(<#inner>) };
                let bounds = storage
                    .as_ref()
                    .map(|storage| quote!(where #storage: ::core::convert::AsRef<[#number]> + ::core::marker::Sync));
                quote! {
                    #[automatically_derived]
                    impl<#constants #storage> ::core::ops::Mul<#name #arguments> for #number #bounds {
                        type Output = #runtime::Scaled<#name #arguments>;
                        fn mul(self, kernel: #name #arguments) -> Self::Output {
                            #runtime::__private::Multiplier::multiply(self, kernel)
                        }
                    }
                }
            })
            .collect()
    }

    fn stored(&self, definition: &Definition, parameter: &Parameter, scalar: &TokenStream) -> TokenStream {
        match (&parameter.kind, &definition.points) {
            (ParameterKind::Scalar, _) => scalar.clone(),
            (ParameterKind::Array, Points::Array { length, .. }) => quote!([#scalar; #length]),
            (ParameterKind::Array | ParameterKind::Slice, _) => {
                let storage = &self.storage;
                quote!(#storage)
            }
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
        let Self { name, constants, type_arguments, scalar, .. } = self;
        let own = self.generic.then(|| quote!(#scalar: #runtime::Real,));
        let storage = self.storage.as_ref().map(|storage| quote!(#storage,));
        let right = hidden("Right");
        quote! {
            #[automatically_derived]
            impl<#constants #own #storage #right> ::core::ops::Add<#right> for #name #type_arguments
            where
                Self: #runtime::Kernel<Scalar = #scalar>,
                #right: #runtime::Kernel<Scalar = #scalar, Points = <Self as #runtime::Kernel>::Points>,
            {
                type Output = #runtime::Sum<Self, #right>;
                fn add(self, right: #right) -> Self::Output { #runtime::Sum::new(self, right) }
            }

            #[automatically_derived]
            impl<#constants #own #storage #right: #runtime::__private::Multiplier<Self>> ::core::ops::Mul<#right> for #name #type_arguments {
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
    pub fn turbofish(&self, definition: &Definition) -> TokenStream {
        let generic = (definition.scalar == Scalar::Generic).then(|| {
            let name = type_parameter(definition);
            quote!(#name)
        });
        let names = order(definition, generic.as_ref(), &self.constant_names);
        if names.is_empty() { TokenStream::new() } else { quote!(::<#names>) }
    }

    /// `<const D: usize>` of the pair functions.
    pub fn constants(&self, definition: &Definition, runtime: &TokenStream) -> TokenStream {
        let generic = (definition.scalar == Scalar::Generic).then(|| {
            let name = type_parameter(definition);
            quote!(#name: #runtime::Real)
        });
        let constants = order(definition, generic.as_ref(), &self.constants);
        if constants.is_empty() { TokenStream::new() } else { quote!(<#constants>) }
    }
}

/// Type and const parameters in the order in which the function declares them.
fn order(definition: &Definition, generic: Option<&TokenStream>, constants: &TokenStream) -> TokenStream {
    let Some(generic) = generic else { return constants.clone() };
    let first =
        definition.item.sig.generics.params.iter().find(|param| !matches!(param, syn::GenericParam::Lifetime(_)));
    if let Some(syn::GenericParam::Const(_)) = first {
        quote!(#constants #generic)
    } else {
        quote!(#generic, #constants)
    }
}

/// What `new` verifies: `assume(…)`, and that vectors of parameters have one length.
fn checks(definition: &Definition, runtime: &TokenStream, scalar: &TokenStream) -> TokenStream {
    let mut checks: TokenStream =
        definition.options.assume.iter().map(|bound| check(definition, bound, runtime, scalar)).collect();
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

fn check(definition: &Definition, bound: &Bound, runtime: &TokenStream, scalar: &TokenStream) -> TokenStream {
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
