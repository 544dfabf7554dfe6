//! The kernel as a type: its struct, accessors and operators.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use crate::definition::{Definition, Parameter, ParameterKind, Points, Scalar};
use crate::parse::struct_name;

use super::Tokens;
use super::names::{hidden, scalar, type_parameter};
use super::style::Style;

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
    pub(super) constants: TokenStream,
    /// `D`
    pub(super) constant_names: TokenStream,
    /// Whether the struct is generic over its scalar.
    pub(super) generic: bool,
    /// The type that holds vectors of parameters.
    pub(super) storage: Option<Ident>,
}

impl Item {
    /// For one kernel.
    pub fn new(definition: &Definition, runtime: &Tokens) -> Self {
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
            let name = scalar_parameter();
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
        runtime: &Tokens,
        docs: &TokenStream,
        markers: &TokenStream,
    ) -> TokenStream {
        let Self { name, impl_generics, type_arguments, bounds, .. } = self;
        let visibility = &definition.item.vis;
        let declaration = self.declaration(runtime);
        let fields = definition.parameters.iter().map(|parameter| {
            let (name, ty) = (&parameter.name, self.stored(definition, parameter, &self.scalar));
            quote!(#name: #ty)
        });
        let accessors = definition.parameters.iter().map(|parameter| self.accessor(definition, parameter));
        let operators = self.operators(definition, runtime);
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

    /// How the arithmetic of the struct's scalar is spelled.
    pub(super) fn style(&self, definition: &Definition) -> Style {
        if self.generic { Style::Lane(scalar_parameter()) } else { Style::of(definition) }
    }

    /// The generics of the declaration: f64 unless the user says otherwise, vectors of parameters owned.
    fn declaration(&self, runtime: &Tokens) -> TokenStream {
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

    /// `2.0 * kernel`.
    fn left_multiplication(&self, runtime: &Tokens) -> TokenStream {
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

    pub(super) fn stored(&self, definition: &Definition, parameter: &Parameter, scalar: &TokenStream) -> TokenStream {
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

    fn operators(&self, definition: &Definition, runtime: &Tokens) -> TokenStream {
        let Self { name, constants, type_arguments, bounds, scalar, .. } = self;
        let points = points(definition, runtime);
        let bounds = if bounds.is_empty() { quote!(where) } else { quote!(#bounds,) };
        let own = self.generic.then(|| quote!(#scalar: #runtime::Real,));
        let storage = self.storage.as_ref().map(|storage| quote!(#storage,));
        let right = hidden("Right");
        quote! {
            #[automatically_derived]
            impl<#constants #own #storage #right> ::core::ops::Add<#right> for #name #type_arguments
            #bounds
                #right: #runtime::Kernel<Scalar = #scalar, Points = #points>,
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
    pub fn constants(&self, definition: &Definition, runtime: &Tokens) -> TokenStream {
        let generic = (definition.scalar == Scalar::Generic).then(|| {
            let name = type_parameter(definition);
            quote!(#name: #runtime::Real)
        });
        let constants = order(definition, generic.as_ref(), &self.constants);
        if constants.is_empty() { TokenStream::new() } else { quote!(<#constants>) }
    }
}

/// `S` of `struct Rbf<S>`.
fn scalar_parameter() -> Ident {
    hidden("S")
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

/// The points of the kernel, as a type.
pub fn points(definition: &Definition, runtime: &Tokens) -> TokenStream {
    match definition.points {
        Points::Scalar => quote!(#runtime::__private::ScalarPoints),
        Points::Array { .. } | Points::Slice => quote!(#runtime::__private::VectorPoints),
    }
}
