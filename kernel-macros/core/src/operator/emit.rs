//! Normal-ordered terms → Rust: the type, and its implementation of the runtime's `Operator`.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use syn::ext::IdentExt as _;

use super::{Definition, Failure, Head, form, is_zero};
use crate::emit::{Coder, Scope, Style, Tokens, assumptions, hidden, runtime, shown};
use crate::lower::Usage;
use crate::symbolic::{Id, Symbol};

/// Everything an operator expands to.
pub(super) fn emit(definition: &Definition) -> TokenStream {
    let head = &definition.head;
    let docs =
        format!("\n\nA linear differential operator of functions of points x.{}", shown(&form::formula(definition)));
    let item = item(head, &docs);
    let assumptions = assumptions(&definition.assumed_constants, "operator!");
    let implementation = Emitter::new(definition).implementation();
    quote!(#item #assumptions #implementation)
}

/// The type of an operator that could not be read, which has no terms, and its errors.
pub(super) fn salvage(failure: &Failure) -> TokenStream {
    let errors = failure.errors.to_compile_error();
    let Some(head) = &failure.head else { return errors };
    let item = item(head, "An operator that could not be read.");
    let body = implementation(head, [failure.components, 0, 0], &quote!(), &quote!(), &quote!());
    quote!(#item #body #errors)
}

/// The struct, its constructor and its accessors.
fn item(head: &Head, docs: &str) -> TokenStream {
    let Head { attributes, visibility, name, parameters, .. } = head;
    let runtime = runtime(head.runtime.as_ref());
    let double = quote!(::core::primitive::f64);
    let fields = if parameters.is_empty() { quote!(;) } else { quote!({ #(#parameters: #double,)* }) };
    let declaration = quote! {
        #(#attributes)*
        #[doc = #docs]
        #[derive(::core::clone::Clone, ::core::marker::Copy, ::core::fmt::Debug, ::core::cmp::PartialEq)]
        #[allow(dead_code, reason = "a type is there for its users")]
        #visibility struct #name #fields
    };
    if parameters.is_empty() {
        return declaration;
    }
    let checks = parameters.iter().map(|parameter| {
        let text = parameter.unraw().to_string();
        let requirement = format!("|{text}| < ∞");
        quote! {
            if !#double::is_finite(#parameter) {
                return ::core::result::Result::Err(#runtime::ParamError::new(#text, #requirement, #parameter));
            }
        }
    });
    let accessors = parameters.iter().map(|parameter| {
        let text = format!("The parameter `{}`.", parameter.unraw());
        quote! {
            #[doc = #text]
            #[must_use]
            #visibility fn #parameter(&self) -> #double { self.#parameter }
        }
    });
    quote! {
        #declaration

        #[allow(dead_code, clippy::all, clippy::pedantic, clippy::nursery, reason = "not every operator uses all of it")]
        impl #name {
            /// The operator with these parameters.
            ///
            /// # Errors
            /// If a parameter is infinite or NaN.
            #visibility fn new(#(#parameters: #double),*) -> ::core::result::Result<Self, #runtime::ParamError> {
                #(#checks)*
                ::core::result::Result::Ok(Self { #(#parameters),* })
            }

            #(#accessors)*
        }
    }
}

/// The implementation of the runtime's trait, around its terms and the bodies of its functions.
fn implementation(
    head: &Head,
    [components, coordinates, order]: [usize; 3],
    terms: &TokenStream,
    coefficients: &TokenStream,
    coefficients_by: &TokenStream,
) -> TokenStream {
    let Head { name, parameters, .. } = head;
    let runtime = runtime(head.runtime.as_ref());
    let [components, coordinates, order] = [components, coordinates, order].map(Literal::usize_unsuffixed);
    let names = parameters.iter().map(|parameter| parameter.unraw().to_string());
    let [scalar, x, out, parameter] = ["S", "x", "out", "parameter"].map(hidden);
    let integer = quote!(::core::primitive::usize);
    quote! {
        #[automatically_derived]
        #[allow(unused_variables, non_snake_case, clippy::all, clippy::pedantic, clippy::nursery, reason = "one signature serves all operators")]
        impl #runtime::gram::Operator for #name {
            type Order = #runtime::Order<#order>;
            const COMPONENTS: #integer = #components;
            const COORDINATES: #integer = #coordinates;
            const PARAMETERS: &'static [&'static ::core::primitive::str] = &[#(#names),*];
            const TERMS: &'static [#runtime::__private::OperatorTerm] = &[#terms];

            fn coefficients<#scalar: #runtime::Real>(&self, #x: &[#scalar], #out: &mut [#scalar]) { #coefficients }

            fn coefficients_by<#scalar: #runtime::Real>(
                &self,
                #parameter: #integer,
                #x: &[#scalar],
                #out: &mut [#scalar],
            ) { #coefficients_by }
        }

        #runtime::__observed!(#name);
    }
}

/// Writes the implementation of one operator.
struct Emitter<'a> {
    definition: &'a Definition,
    runtime: Tokens,
}

impl<'a> Emitter<'a> {
    fn new(definition: &'a Definition) -> Self {
        Self { definition, runtime: runtime(definition.head.runtime.as_ref()) }
    }

    fn implementation(&self) -> TokenStream {
        let definition = self.definition;
        let coefficients: Vec<Id> = definition.terms.iter().map(|term| term.coefficient).collect();
        implementation(
            &definition.head,
            [definition.components, definition.coordinates(), definition.order()],
            &self.terms(),
            &self.assignments(&coefficients),
            &self.derivatives(),
        )
    }

    fn terms(&self) -> TokenStream {
        let runtime = &self.runtime;
        let terms = self.definition.terms.iter().map(|term| {
            let component = Literal::usize_unsuffixed(term.component);
            let by = term.by.iter().map(|&coordinate| Literal::usize_unsuffixed(coordinate));
            let varies = self.definition.varies(term);
            quote!(#runtime::__private::OperatorTerm { component: #component, by: &[#(#by),*], varies: #varies })
        });
        quote!(#(#terms),*)
    }

    /// The derivatives of all coefficients by the parameter that is asked for.
    fn derivatives(&self) -> TokenStream {
        let Definition { head, terms, .. } = self.definition;
        if head.parameters.is_empty() {
            return TokenStream::new();
        }
        let [parameter, out] = ["parameter", "out"].map(hidden);
        let zero = style().literal(0.0);
        let arms = (0..head.parameters.len()).map(|place| {
            let derivatives: Vec<Id> = terms.iter().map(|term| term.coefficient_by[place]).collect();
            let (place, assignments) = (Literal::usize_unsuffixed(place), self.assignments(&derivatives));
            quote!(#place => { #assignments })
        });
        quote! {
            #out.fill(#zero);
            match #parameter {
                #(#arms)*
                _ => {}
            }
        }
    }

    /// Writes all that are not 0 to their places in `out`.
    fn assignments(&self, values: &[Id]) -> TokenStream {
        let graph = &self.definition.graph;
        let (places, values): (Vec<usize>, Vec<Id>) =
            values.iter().copied().enumerate().filter(|value| !is_zero(graph, value.1)).unzip();
        let [scalar, out] = ["S", "out"].map(hidden);
        let parameters = graph.symbols(&values).into_iter().filter_map(|symbol| match symbol {
            Symbol::Parameter(p) => Some(&self.definition.head.parameters[p]),
            _ => None,
        });
        let parameters = quote!(#(let #parameters = #scalar::of(self.#parameters);)*);
        let mut coder = Coder::new(graph, style(), Usage::Unrolled, &self.runtime);
        coder.prepare(&values);
        let roots: Vec<_> = values.iter().map(|&value| coder.lower(value)).collect();
        let symbols = |symbol| self.symbol(symbol);
        let mut scope = Scope::new(&symbols);
        let lets = coder.bind_shared(&mut scope, &roots);
        let assignments = places.into_iter().zip(roots).map(|(place, root)| {
            let (place, value) = (Literal::usize_unsuffixed(place), coder.expression(&scope, root));
            quote!(#out[#place] = #value;)
        });
        quote!(#parameters #lets #(#assignments)*)
    }

    fn symbol(&self, symbol: Symbol) -> TokenStream {
        match symbol {
            Symbol::Pick(_, coordinate) => {
                let (x, coordinate) = (hidden("x"), Literal::usize_unsuffixed(coordinate));
                quote!(#x[#coordinate])
            }
            Symbol::Parameter(p) => {
                let name = &self.definition.head.parameters[p];
                quote!(#name)
            }
            Symbol::External(n) => {
                let (scalar, constant) = (hidden("S"), &self.definition.constants[n]);
                quote!(#scalar::of(#constant as ::core::primitive::f64))
            }
            // Coefficients are made of nothing else.
            _ => TokenStream::new(),
        }
    }
}

/// In any scalar.
fn style() -> Style {
    Style::Lane(hidden("S"))
}
