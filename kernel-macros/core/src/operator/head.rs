//! What stands before `=`, and the components after it as syntax.

use proc_macro2::{Ident, Span, TokenStream};
use syn::ext::IdentExt as _;
use syn::parse::{ParseStream, Parser as _};
use syn::{Attribute, Expr, Generics, Meta, Path, Token, Visibility, parenthesized, token};

use crate::error::{Checked, Errors, message};
use crate::parse::{at_commas, check_depth, is_configured, runtime};

/// The type that an operator defines.
#[derive(Clone, Debug)]
pub struct Head {
    /// Attributes and documentation.
    pub attributes: Vec<Attribute>,
    /// Who sees it.
    pub visibility: Visibility,
    /// `Heat`
    pub name: Ident,
    /// `alpha`, each name once.
    pub parameters: Vec<Ident>,
    /// The option `crate = ::path`.
    pub runtime: Option<Path>,
}

/// The definition before its parts are understood.
struct Pieces {
    attributes: Vec<Attribute>,
    visibility: Visibility,
    name: Ident,
    generics: Option<Generics>,
    parameters: Option<(Span, TokenStream)>,
    equals: Option<Token![=]>,
    rest: TokenStream,
}

/// Reads all of it but what the components mean; the head is kept where they are wrong.
pub(super) fn read(tokens: TokenStream, head: &mut Option<Head>, errors: &Errors) -> Checked<Vec<Expr>> {
    check_depth(&tokens).map_err(|error| errors.at_span(error.span(), message::OPERATOR_TOO_DEEP))?;
    let pieces = pieces.parse2(tokens).map_err(|error| errors.at_span(error.span(), message::OPERATOR_FORM))?;
    let Pieces { attributes, visibility, name, generics, parameters, equals, rest } = pieces;
    let (attributes, runtime) = self::attributes(attributes, errors);
    let parameters = parameters.map_or_else(Vec::new, |(at, list)| self::parameters(at, list, errors));
    let end = name.span();
    *head = Some(Head { attributes, visibility, name, parameters, runtime });
    if let Some(generics) = generics {
        errors.at(generics, message::OPERATOR_GENERICS);
    }
    match equals {
        None if rest.is_empty() => Err(errors.at_span(end, message::OPERATOR_FORM)),
        None => Err(errors.at(rest.into_iter().next(), message::OPERATOR_FORM)),
        Some(equals) if rest.is_empty() => Err(errors.at(equals, message::OPERATOR_NOTHING)),
        Some(_) => components(rest, errors),
    }
}

fn pieces(input: ParseStream) -> syn::Result<Pieces> {
    Ok(Pieces {
        attributes: input.call(Attribute::parse_outer)?,
        visibility: input.parse()?,
        name: input.parse()?,
        generics: if input.peek(Token![<]) { Some(input.parse()?) } else { None },
        parameters: if input.peek(token::Paren) {
            let list;
            let parentheses = parenthesized!(list in input);
            Some((parentheses.span.join(), list.parse()?))
        } else {
            None
        },
        equals: if input.peek(Token![==]) { None } else { input.parse()? },
        rest: input.parse()?,
    })
}

/// Those that go on the struct, and where the runtime is found.
fn attributes(attributes: Vec<Attribute>, errors: &Errors) -> (Vec<Attribute>, Option<Path>) {
    let (own, others): (Vec<_>, Vec<_>) =
        attributes.into_iter().partition(|attribute| attribute.path().is_ident("operator"));
    for attribute in others.iter().filter(|&attribute| is_configured(std::slice::from_ref(attribute))) {
        errors.at(attribute, message::OPERATOR_CFG);
    }
    let mut path = None;
    for attribute in own {
        path = option(&attribute);
        if path.is_none() {
            errors.at(attribute, message::OPERATOR_OPTION);
        }
    }
    (others, path)
}

/// `#[operator(crate = ::path)]`
fn option(attribute: &Attribute) -> Option<Path> {
    let Meta::List(list) = &attribute.meta else { return None };
    let mut tokens = list.tokens.clone().into_iter();
    let name = tokens.next()?;
    (name.to_string() == "crate").then(|| runtime(&tokens.collect()))?
}

fn parameters(at: Span, list: TokenStream, errors: &Errors) -> Vec<Ident> {
    if list.is_empty() {
        errors.at_span(at, message::OPERATOR_NO_PARAMETERS);
    }
    let mut names: Vec<Ident> = Vec::new();
    for piece in at_commas(list) {
        let parser = |input: ParseStream| Ok((input.parse::<Ident>()?, input.parse::<TokenStream>()?));
        let Ok((name, rest)) = parser.parse2(piece.clone()) else {
            errors.at(piece, message::OPERATOR_PARAMETER);
            continue;
        };
        if !rest.is_empty() {
            errors.at(piece, message::OPERATOR_PARAMETER);
        }
        let text = name.unraw().to_string();
        if names.iter().any(|earlier| earlier.unraw() == text) {
            errors.at(&name, message::operator_parameter_twice(&text));
        } else if text == "new" {
            errors.at(&name, message::OPERATOR_PARAMETER_NEW);
        } else {
            if text == "d" || text == "x" {
                errors.at(&name, message::operator_parameter_reserved(&text));
            }
            names.push(name);
        }
    }
    names
}

/// The expressions of a tuple, or the one.
fn components(tokens: TokenStream, errors: &Errors) -> Checked<Vec<Expr>> {
    let parser = |input: ParseStream| {
        let expression: Expr = input.parse()?;
        let comma: Option<Token![,]> = input.parse()?;
        Ok((expression, comma, input.parse::<TokenStream>()?))
    };
    let (mut expression, comma, rest) = parser.parse2(tokens).map_err(|error| errors.add(error))?;
    if !rest.is_empty() {
        let text = if comma.is_some() { message::OPERATOR_COMPONENTS } else { message::OPERATOR_STATEMENTS };
        return Err(errors.at(rest, text));
    }
    while let Expr::Paren(_) | Expr::Group(_) = expression {
        expression = match expression {
            Expr::Paren(inner) => *inner.expr,
            Expr::Group(inner) => *inner.expr,
            other => other,
        };
    }
    match expression {
        Expr::Tuple(tuple) if tuple.elems.is_empty() => Err(errors.at(tuple, message::OPERATOR_TUPLE_EMPTY)),
        Expr::Tuple(tuple) => Ok(tuple.elems.into_iter().collect()),
        one => Ok(vec![one]),
    }
}
