//! The options of `#[kernel(…)]`.

use proc_macro2::{Ident, TokenStream, TokenTree};
use syn::parse::{ParseStream, Parser as _};
use syn::{Expr, ExprCall, LitInt, Path, Token};

use super::assume;
use super::signature::Signature;
use crate::definition::{Definiteness, Options};
use crate::error::{Checked, Errors, Reported, message};

/// One option: its name and what follows it.
struct OptionTokens {
    name: Ident,
    rest: TokenStream,
}

/// Reads the options; one that is wrong is reported and left at its default.
pub(super) fn read(attribute: TokenStream, signature: &Signature, errors: &Errors) -> Options {
    let mut options = Options::default();
    let mut seen: Vec<Ident> = Vec::new();
    for segment in at_commas(attribute) {
        let parser = |input: ParseStream| {
            Ok(OptionTokens { name: input.call(syn::ext::IdentExt::parse_any)?, rest: input.parse()? })
        };
        let Ok(option) = parser.parse2(segment.clone()) else {
            let text = segment.to_string();
            errors.at(segment, message::unknown_option(&text));
            continue;
        };
        // `assume` may be given in several pieces.
        if option.name != "assume" && seen.contains(&option.name) {
            errors.at(&option.name, message::option_twice(&option.name.to_string()));
            continue;
        }
        // An option that is wrong has been reported; the others are still read.
        let _: Checked<()> = apply(&option, &mut options, signature, errors);
        contradictions(&option.name, &seen, errors);
        seen.push(option.name);
    }
    options
}

/// Cuts a list at its outer commas, so that one bad entry does not hide the others.
pub(crate) fn at_commas(tokens: TokenStream) -> Vec<TokenStream> {
    let mut pieces = vec![TokenStream::new()];
    for token in tokens {
        match token {
            TokenTree::Punct(punct) if punct.as_char() == ',' => pieces.push(TokenStream::new()),
            token => pieces.last_mut().into_iter().for_each(|piece| piece.extend([token.clone()])),
        }
    }
    pieces.retain(|piece| !piece.is_empty());
    pieces
}

fn apply(option: &OptionTokens, options: &mut Options, signature: &Signature, errors: &Errors) -> Checked<()> {
    let OptionTokens { name, rest } = option;
    match name.to_string().as_str() {
        "assume" => {
            let TokenTree::Group(group) = only(rest).ok_or_else(|| errors.at(name, message::ASSUME))? else {
                return Err(errors.at(rest, message::ASSUME));
            };
            for bound in at_commas(group.stream()) {
                assume::read(bound, signature, options, errors);
            }
        }
        "psd" if rest.is_empty() => options.definiteness = Definiteness::Demand,
        "psd" => {
            value::<Ident>(rest).filter(|value| value == "assume").ok_or_else(|| errors.at(rest, message::PSD))?;
            options.definiteness = Definiteness::Assume;
        }
        "indefinite" | "asymmetric" => {
            if !rest.is_empty() {
                return Err(errors.at(rest, message::flag_with_value(&name.to_string())));
            }
            if name == "indefinite" {
                options.definiteness = Definiteness::Indefinite;
            }
            options.asymmetric |= name == "asymmetric";
        }
        "smooth" => {
            options.smooth_at = Some(name.span());
            options.smooth = Some(smoothness(rest).ok_or_else(|| whole(option, errors, message::SMOOTH))?);
        }
        "name" => {
            options.name = Some(value(rest).ok_or_else(|| whole(option, errors, message::NAME))?);
        }
        "crate" => {
            options.runtime = Some(runtime(rest).ok_or_else(|| whole(option, errors, message::CRATE))?);
        }
        other => return Err(errors.at(name, message::unknown_option(other))),
    }
    Ok(())
}

/// Reports at the option with everything that follows its name.
fn whole(option: &OptionTokens, errors: &Errors, text: &str) -> Reported {
    let OptionTokens { name, rest } = option;
    errors.at(quote::quote!(#name #rest), text)
}

fn only(tokens: &TokenStream) -> Option<TokenTree> {
    let mut tokens = tokens.clone().into_iter();
    tokens.next().filter(|_| tokens.next().is_none())
}

/// `= value`
fn value<T: syn::parse::Parse>(tokens: &TokenStream) -> Option<T> {
    let parser = |input: ParseStream| {
        input.parse::<Token![=]>()?;
        input.parse::<T>()
    };
    parser.parse2(tokens.clone()).ok()
}

/// `= ::path`
pub(crate) fn runtime(tokens: &TokenStream) -> Option<Path> {
    let parser = |input: ParseStream| {
        input.parse::<Token![=]>()?;
        input.call(Path::parse_mod_style)
    };
    parser.parse2(tokens.clone()).ok()
}

/// `= assume(1)`
fn smoothness(tokens: &TokenStream) -> Option<u32> {
    let call: ExprCall = value(tokens)?;
    let Expr::Path(function) = &*call.func else {
        return None;
    };
    if !function.path.is_ident("assume") || call.args.len() != 1 {
        return None;
    }
    let order: LitInt = syn::parse2(quote::ToTokens::to_token_stream(&call.args)).ok()?;
    order.base10_parse().ok().filter(|_| order.suffix().is_empty())
}

/// A covariance is symmetric, and is not known not to be one.
fn contradictions(name: &Ident, before: &[Ident], errors: &Errors) {
    for (one, other) in [("psd", "indefinite"), ("psd", "asymmetric")] {
        for (this, that) in [(one, other), (other, one)] {
            if name == this && before.iter().any(|earlier| earlier == that) {
                errors.at(name, message::contradiction(this, that));
            }
        }
    }
}
