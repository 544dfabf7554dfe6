//! `impl Integrable`: the closed form that integrals of a kernel are made from.

use proc_macro2::TokenStream;
use quote::quote;

use crate::plan::{ClosedForm, PowerProduct};
use crate::symbolic::Id;

use super::item::Item;
use super::stages::Stages;

impl Stages<'_> {
    /// The implementation of `Integrable`, and of `SquaredExponential`, of kernels that are.
    pub(super) fn integrals(&self, item: &Item) -> Option<TokenStream> {
        let forms = self.plan.closed_forms.as_ref()?;
        let runtime = self.runtime;
        let Item { name, impl_generics, type_arguments, bounds, scalar, .. } = item;
        let (body, squared_exponential) = match forms.as_slice() {
            &[ClosedForm::Gaussian { amplitude, rate }] => {
                let [amplitude, rate] = [amplitude, rate].map(|id| self.weight_of(id, item));
                let tokens = quote! {
                    #[automatically_derived]
                    #[allow(unused_variables, clippy::all, clippy::pedantic, clippy::nursery, reason = "one signature serves all kernels")]
                    impl #impl_generics #runtime::SquaredExponential for #name #type_arguments #bounds {
                        fn amplitude(&self, d: usize) -> #scalar { #amplitude }
                        fn rate(&self, i: usize, d: usize) -> #scalar { #rate }
                    }
                };
                (quote!(#runtime::__private::squared_exponential(self, d, each)), Some(tokens))
            }
            forms => {
                let parts = forms.iter().map(|form| self.closed_form(form, item));
                (quote!(#(each(#parts);)*), None)
            }
        };
        Some(quote! {
            #[automatically_derived]
            #[allow(unused_variables, clippy::all, clippy::pedantic, clippy::nursery, reason = "one signature serves all kernels")]
            impl #impl_generics #runtime::Integrable for #name #type_arguments #bounds {
                fn closed_forms(&self, d: usize, each: &mut dyn ::core::ops::FnMut(#runtime::__private::ClosedForm<#scalar>)) {
                    #body
                }
            }

            #squared_exponential
        })
    }

    fn closed_form(&self, form: &ClosedForm, item: &Item) -> TokenStream {
        let runtime = self.runtime;
        match form {
            &ClosedForm::Gaussian { amplitude, rate } => {
                let (amplitude, rates) = (self.weight_of(amplitude, item), self.of_coordinates(rate, item));
                quote!(#runtime::__private::ClosedForm::Gaussian { amplitude: #amplitude, rates: #rates })
            }
            ClosedForm::Polynomial { weight, products } => {
                let weights = self.of_coordinates(*weight, item);
                let products = products.iter().map(|product| self.power_product(product, item));
                quote! {
                    #runtime::__private::ClosedForm::Polynomial {
                        weights: #weights,
                        products: #runtime::__private::Vec::from([#(#products),*]),
                    }
                }
            }
        }
    }

    fn power_product(&self, PowerProduct { amplitude, factors }: &PowerProduct, item: &Item) -> TokenStream {
        let runtime = self.runtime;
        let amplitude = self.weight_of(*amplitude, item);
        let factors = factors.iter().map(|&(slope, offset, power)| {
            let [slope, offset] = [slope, offset].map(|id| self.weight_of(id, item));
            quote!((#slope, #offset, #power))
        });
        quote! {
            #runtime::__private::PowerProduct {
                amplitude: #amplitude,
                factors: #runtime::__private::Vec::from([#(#factors),*]),
            }
        }
    }

    /// A number for each coordinate.
    fn of_coordinates(&self, id: Id, item: &Item) -> TokenStream {
        let number = self.weight_of(id, item);
        quote!((0..d).map(|i| #number).collect())
    }
}
