//! The signature of a kernel: two points, then parameters.

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::ToTokens as _;
use syn::ext::IdentExt as _;
use syn::punctuated::Punctuated;
use syn::{
    Expr, FnArg, GenericArgument, Generics, ItemFn, Lit, Pat, PatType, PathArguments, ReturnType, Safety, Token, Type,
    TypeParamBound, TypePath, WherePredicate,
};

use super::pattern;
use crate::definition::{Parameter, ParameterKind, Points, Scalar};
use crate::error::{Checked, Errors, Reported, message};
use crate::symbolic::Side;

/// What is known of the signature. Parts that could not be read have been reported.
pub(super) struct Signature {
    pub(super) scalar: Scalar,
    /// How the float type is written: `f64`, or `T`.
    pub(super) scalar_name: String,
    pub(super) points: Checked<Points>,
    pub(super) point_names: Checked<[Ident; 2]>,
    pub(super) parameters: Vec<Parameter>,
    /// Every argument in order, also those that could not be read.
    pub(super) arguments: Vec<(Ident, Checked<Role>)>,
}

/// What an argument is.
#[derive(Clone, Copy, Debug)]
pub(super) enum Role {
    Point(Side),
    /// By its place among the parameters.
    Parameter(usize),
}

/// A type that an argument can have.
enum Shape {
    Scalar,
    Slice,
    Array { length: TokenStream, known: Option<usize> },
}

impl Shape {
    /// The type as it is written.
    fn text(&self, scalar: &str) -> String {
        match self {
            Self::Scalar => format!("`{scalar}`"),
            Self::Slice => format!("`&[{scalar}]`"),
            Self::Array { length, .. } => format!("`&[{scalar}; {length}]`"),
        }
    }
}

/// Reads the signature, and reports all that is wrong with it.
pub(super) fn read(item: &ItemFn, errors: &Errors) -> Signature {
    modifiers(item, errors);
    let (generic, generics) = type_generics(item, errors);
    let (scalar, scalar_name) = match generic {
        Some(generic) => (Scalar::Generic, generic.to_string()),
        None if mentions_f32_first(item) => (Scalar::F32, "f32".to_owned()),
        None => (Scalar::F64, "f64".to_owned()),
    };
    let types = Types { scalar_name, generics, errors };
    let inputs: Vec<&PatType> = item
        .sig
        .inputs
        .iter()
        .filter_map(|argument| match argument {
            FnArg::Typed(typed) => Some(typed),
            FnArg::Receiver(receiver) => {
                errors.at(receiver, message::RECEIVER);
                None
            }
        })
        .collect();
    let names: Vec<Checked<Ident>> = inputs.iter().map(|input| plain_name(&input.pat, errors)).collect();
    let (points, point_names) = if let ([x, y, ..], [x_name, y_name, ..]) = (&*inputs, &*names) {
        let both = x_name.clone().and_then(|x| Ok([x, y_name.clone()?]));
        (types.points(&x.ty, &y.ty), both)
    } else {
        let reported = errors.at(&item.sig.ident, message::TWO_POINTS);
        (Err(reported), Err(reported))
    };

    let mut parameters = Vec::new();
    let mut arguments = Vec::new();
    for (place, (input, name)) in inputs.iter().zip(names).enumerate() {
        let role = match place {
            0 => points.as_ref().map(|_| Role::Point(Side::X)).map_err(|reported| *reported),
            1 => points.as_ref().map(|_| Role::Point(Side::Y)).map_err(|reported| *reported),
            _ => types.parameter(&input.ty, points.as_ref().ok()).and_then(|kind| {
                parameters.push(Parameter { name: name.clone()?, kind });
                Ok(Role::Parameter(parameters.len() - 1))
            }),
        };
        match name {
            Ok(name) => {
                if place > 1 && name == "new" {
                    errors.at(&name, message::PARAMETER_NEW);
                }
                arguments.push((name, role));
            }
            // The names inside are bound all the same: the body's use of them is not one more error.
            Err(reported) => arguments.extend(pattern::names(&input.pat).into_iter().map(|name| (name, Err(reported)))),
        }
    }
    types.returns(item);
    length_generic(item, points.as_ref().ok(), errors);
    Signature { scalar, scalar_name: types.scalar_name, points, point_names, parameters, arguments }
}

/// `async`, `unsafe`, `extern` and the like.
fn modifiers(item: &ItemFn, errors: &Errors) {
    let signature = &item.sig;
    if let Some(token) = &signature.asyncness {
        errors.at(token, message::ASYNC);
    }
    match &signature.safety {
        Safety::Unsafe(token) => {
            errors.at(token, message::UNSAFE);
        }
        Safety::Safe(token) => {
            errors.at(token, message::EXTERN);
        }
        Safety::Default => {}
    }
    if let Some(abi) = &signature.abi {
        errors.at(abi, message::EXTERN);
    }
    if let Some(variadic) = &signature.variadic {
        errors.at(variadic, message::VARIADIC);
    }
    if let Some(token) = &item.modifiers.defaultness {
        errors.at(token, message::RECEIVER);
    }
}

/// The type parameter that is the kernel's scalar, `T: Real`, and all others, each with its error.
fn type_generics<'i>(item: &'i ItemFn, errors: &Errors) -> (Option<&'i Ident>, Vec<(String, Reported)>) {
    let generics = &item.sig.generics;
    let real = real_parameter(generics);
    let others = generics.type_params().filter(|parameter| Some(&parameter.ident) != real);
    let report =
        |parameter: &syn::TypeParam| (parameter.ident.to_string(), errors.at(parameter, message::GENERIC_TYPE));
    let others = others.map(report).collect();

    let is_real = |bounded: &Type| matches!(plain_type(bounded), Type::Path(path) if Some(&path.path) == real.map(|name| name.clone().into()).as_ref());
    for predicate in generics.where_clause.iter().flat_map(|clause| &clause.predicates) {
        match predicate {
            WherePredicate::Type(bound) if is_real(&bound.bounded_ty) => implied(&bound.bounds, errors),
            WherePredicate::Lifetime(_) => {}
            _ => {
                errors.at(predicate, message::WHERE);
            }
        }
    }
    for parameter in generics.type_params().filter(|parameter| Some(&parameter.ident) == real) {
        implied(&parameter.bounds, errors);
    }
    (real, others)
}

/// The first type parameter that is bounded by `Real`.
pub(super) fn real_parameter(generics: &Generics) -> Option<&Ident> {
    let by_real =
        |bounds: &Punctuated<TypeParamBound, Token![+]>| bounds.iter().any(|bound| last_name(bound) == "Real");
    generics.type_params().map(|parameter| (&parameter.ident, &parameter.bounds)).find_map(|(name, bounds)| {
        let clauses = generics.where_clause.iter().flat_map(|clause| &clause.predicates);
        let mut elsewhere = clauses.filter_map(|predicate| match predicate {
            WherePredicate::Type(bound) if matches!(plain_type(&bound.bounded_ty), Type::Path(path) if path.path.is_ident(name)) => {
                Some(&bound.bounds)
            }
            _ => None,
        });
        (by_real(bounds) || elsewhere.any(by_real)).then_some(name)
    })
}

/// The emitted code knows of the scalar that it is `Real`: other bounds have to follow from that.
fn implied(bounds: &Punctuated<TypeParamBound, Token![+]>, errors: &Errors) {
    const IMPLIED: [&str; 10] =
        ["Real", "Lane", "Copy", "Clone", "PartialEq", "PartialOrd", "Debug", "Display", "Send", "Sync"];
    for bound in bounds {
        let lifetime = matches!(bound, TypeParamBound::Lifetime(_));
        if !lifetime && !IMPLIED.contains(&&*last_name(bound)) {
            errors.at(bound, message::BOUNDS);
        }
    }
}

/// `Real` of `kernel_runtime::Real`.
fn last_name(bound: &TypeParamBound) -> String {
    match bound {
        TypeParamBound::Trait(bound) => {
            bound.path.segments.last().map(|last| last.ident.to_string()).unwrap_or_default()
        }
        _ => String::new(),
    }
}

/// A const generic of a kernel is the length of its points.
fn length_generic(item: &ItemFn, points: Option<&Points>, errors: &Errors) {
    let length = match points {
        Some(Points::Array { length, .. }) => length.to_string(),
        Some(_) => String::new(),
        // Whether it would have been the length is not known.
        None => return,
    };
    for parameter in item.sig.generics.const_params() {
        let is_usize = matches!(&parameter.ty, Type::Path(ty) if ty.path.is_ident("usize"));
        if !is_usize || parameter.ident != length {
            errors.at(parameter, message::GENERIC_CONST);
        }
    }
}

fn plain_name(pattern: &Pat, errors: &Errors) -> Checked<Ident> {
    match pattern {
        Pat::Ident(name) if name.by_ref.is_none() && name.subpat.is_none() => match &name.mutability {
            None => Ok(name.ident.clone()),
            Some(_) => Err(errors.at(pattern, message::PARAMETER_MUT)),
        },
        _ => Err(errors.at(pattern, message::PARAMETER_PATTERN)),
    }
}

/// Whether the float type that the signature mentions first, in its points or else anywhere, is `f32`.
fn mentions_f32_first(item: &ItemFn) -> bool {
    let text = item.sig.inputs.to_token_stream().into_iter().chain(item.sig.output.to_token_stream());
    let mut pending: Vec<_> = text.collect();
    pending.reverse();
    while let Some(token) = pending.pop() {
        match token {
            TokenTree::Group(group) => {
                let mut inner: Vec<_> = group.stream().into_iter().collect();
                inner.reverse();
                pending.extend(inner);
            }
            TokenTree::Ident(ident) if ident == "f64" => return false,
            TokenTree::Ident(ident) if ident == "f32" => return true,
            _ => {}
        }
    }
    false
}

struct Types<'a> {
    scalar_name: String,
    /// Type parameters, which have been reported.
    generics: Vec<(String, Reported)>,
    errors: &'a Errors,
}

impl Types<'_> {
    fn points(&self, x: &Type, y: &Type) -> Checked<Points> {
        // Both are read before either is given up on.
        let (first, second) = (self.shape(x), self.shape(y));
        let (first, second) = (first?, second?);
        let (one, other) = (first.text(&self.scalar_name), second.text(&self.scalar_name));
        if one != other {
            return Err(self.errors.at(y, message::points_differ(&one, &other)));
        }
        Ok(match first {
            Shape::Scalar => Points::Scalar,
            Shape::Slice => Points::Slice,
            Shape::Array { length, known } => Points::Array { length, known },
        })
    }

    fn parameter(&self, ty: &Type, points: Option<&Points>) -> Checked<ParameterKind> {
        let scalar = &*self.scalar_name;
        let shape = self.shape(ty)?;
        match (shape, points) {
            (Shape::Scalar, _) => Ok(ParameterKind::Scalar),
            (_, Some(Points::Scalar)) => Err(self.errors.at(ty, message::vector_on_scalars(scalar))),
            (Shape::Slice, _) => Ok(ParameterKind::Slice),
            (Shape::Array { .. }, Some(Points::Slice)) => Err(self.errors.at(ty, message::array_on_slices(scalar))),
            (Shape::Array { length: found, .. }, Some(Points::Array { length, .. })) => {
                let (found, length) = (found.to_string(), length.to_string());
                if found != length {
                    return Err(self.errors.at(ty, message::parameter_length(&found, &length)));
                }
                Ok(ParameterKind::Array)
            }
            // What the points are has not been understood, and reported.
            (Shape::Array { .. }, None) => Ok(ParameterKind::Array),
        }
    }

    fn returns(&self, item: &ItemFn) {
        let scalar = &*self.scalar_name;
        match &item.sig.output {
            ReturnType::Default => {
                self.errors.at(&item.sig.ident, message::no_return(scalar));
            }
            ReturnType::Type(_, ty) => match plain_type(ty) {
                Type::Path(path) if path.path.is_ident(scalar) => {}
                Type::Path(path) if self.generic(path).is_some() => {}
                _ => {
                    self.errors.at(ty, message::wrong_return(scalar));
                }
            },
        }
    }

    /// The error of a type parameter, if the path is one.
    fn generic(&self, path: &TypePath) -> Option<Reported> {
        let name = path.path.get_ident()?;
        self.generics.iter().find(|(generic, _)| name == generic).map(|(_, reported)| *reported)
    }

    fn shape(&self, ty: &Type) -> Checked<Shape> {
        let scalar = &*self.scalar_name;
        let report = |text: String| Err(self.errors.at(ty, text));
        match plain_type(ty) {
            Type::Path(_) => self.scalar_type(ty).map(|()| Shape::Scalar),
            Type::Array(array) => report(message::by_value(scalar, &array.len.to_token_stream().to_string())),
            Type::ImplTrait(_) => report(message::IMPL_TRAIT.to_owned()),
            Type::Reference(reference) => {
                if reference.mutability.is_some() {
                    return report(message::MUT_REFERENCE.to_owned());
                }
                match plain_type(&reference.elem) {
                    Type::Slice(slice) => self.scalar_type(&slice.elem).map(|()| Shape::Slice),
                    Type::Array(array) => self.scalar_type(&array.elem).map(|()| Shape::Array {
                        length: array.len.to_token_stream(),
                        known: known_length(&array.len),
                    }),
                    Type::Path(path) if path.path.is_ident("f64") || path.path.is_ident("f32") => {
                        report(message::scalar_reference(scalar))
                    }
                    Type::Path(_) => Err(self.wrong_path(ty, &reference.elem)),
                    _ => report(message::unknown_type(scalar)),
                }
            }
            _ => report(message::unknown_type(scalar)),
        }
    }

    /// Checks that a type is the kernel's float.
    fn scalar_type(&self, ty: &Type) -> Checked<()> {
        let expected = &*self.scalar_name;
        if let Type::Path(path) = plain_type(ty) {
            if path.path.is_ident(expected) {
                return Ok(());
            }
            if let Some(found) = ["f64", "f32"].into_iter().find(|name| path.path.is_ident(name)) {
                return Err(self.errors.at(ty, message::mixed_scalars(found, expected)));
            }
        }
        Err(self.wrong_path(ty, ty))
    }

    /// `Vec<f64>`, `ArrayView1<f64>` and other types that are none of a kernel's.
    fn wrong_path(&self, at: &Type, ty: &Type) -> Reported {
        let scalar = &*self.scalar_name;
        let Type::Path(path) = plain_type(ty) else {
            return self.errors.at(at, message::unknown_type(scalar));
        };
        let Some(last) = path.path.segments.last() else {
            return self.errors.at(at, message::unknown_type(scalar));
        };
        if let Some(reported) = self.generic(path) {
            return reported;
        }
        let name = last.ident.unraw().to_string();
        let holds_floats = matches!(&last.arguments, PathArguments::AngleBracketed(list)
            if list.args.iter().any(|argument| matches!(argument, GenericArgument::Type(Type::Path(inner))
                if inner.path.is_ident("f64") || inner.path.is_ident("f32"))));
        let known = ["Vec", "VecDeque", "Box", "Array", "ArrayView", "Array1", "ArrayView1", "ArrayRef", "ArrayRef1"];
        if holds_floats || known.contains(&name.as_str()) {
            self.errors.at(at, message::container(&name, scalar))
        } else {
            self.errors.at(at, message::unknown_type(scalar))
        }
    }
}

/// A type without parentheses and invisible groups around it.
pub(super) fn plain_type(mut ty: &Type) -> &Type {
    loop {
        match ty {
            Type::Paren(inner) => ty = &inner.elem,
            Type::Group(inner) => ty = &inner.elem,
            other => return other,
        }
    }
}

fn known_length(length: &Expr) -> Option<usize> {
    match length {
        Expr::Lit(literal) => match &literal.lit {
            Lit::Int(number) => number.base10_parse().ok(),
            _ => None,
        },
        Expr::Group(inner) => known_length(&inner.expr),
        Expr::Paren(inner) => known_length(&inner.expr),
        _ => None,
    }
}
