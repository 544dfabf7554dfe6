//! How emitted arithmetic is spelled.

use proc_macro2::{Delimiter, Group, Ident, Literal, Punct, Spacing, Span, TokenStream};
use quote::{ToTokens, TokenStreamExt, quote};

use crate::definition::{Definition, Scalar};

use super::names::type_parameter;
use super::tokens::punct;

/// The number type that it is written for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Style {
    /// On `f64`: `0.5_f64 * x`.
    F64,
    /// On `f32`: `0.5_f32 * x`.
    F32,
    /// On a type parameter that is a `Lane`: `V::of(0.5) * x`.
    Lane(Ident),
}

impl Style {
    /// For functions of one pair of points.
    pub fn of(definition: &Definition) -> Self {
        match definition.scalar {
            Scalar::F64 => Self::F64,
            Scalar::F32 => Self::F32,
            Scalar::Generic => Self::Lane(type_parameter(definition)),
        }
    }

    /// A constant.
    pub fn literal(&self, value: f64) -> TokenStream {
        let mut tokens = TokenStream::new();
        self.write(value, &mut tokens);
        tokens
    }

    /// Writes a constant.
    pub fn write(&self, value: f64, tokens: &mut TokenStream) {
        match self {
            Self::Lane(name) => {
                let value = Self::F64.literal(value);
                tokens.append(name.clone());
                tokens.append(Punct::new(':', Spacing::Joint));
                tokens.append(punct(':'));
                tokens.append(Ident::new("of", Span::call_site()));
                tokens.append(Group::new(Delimiter::Parenthesis, value));
            }
            Self::F64 if value.is_finite() => write_signed(Literal::f64_suffixed(value.abs()), value, tokens),
            Self::F64 => special(value, &quote!(f64)).to_tokens(tokens),
            Self::F32 => {
                #[allow(clippy::cast_possible_truncation, reason = "constants of an f32 kernel are f32")]
                let value = value as f32;
                if value.is_finite() {
                    write_signed(Literal::f32_suffixed(value.abs()), value.into(), tokens);
                } else {
                    special(value.into(), &quote!(f32)).to_tokens(tokens);
                }
            }
        }
    }
}

fn write_signed(literal: Literal, value: f64, tokens: &mut TokenStream) {
    if value.is_sign_negative() {
        tokens.append(punct('-'));
    }
    tokens.append(literal);
}

fn special(value: f64, ty: &TokenStream) -> TokenStream {
    if value.is_nan() {
        quote!(::core::primitive::#ty::NAN)
    } else if value > 0.0 {
        quote!(::core::primitive::#ty::INFINITY)
    } else {
        quote!(::core::primitive::#ty::NEG_INFINITY)
    }
}
