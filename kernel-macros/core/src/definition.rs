//! What the macro knows about a kernel once its source has been read.

use proc_macro2::{Ident, Span, TokenStream};

use crate::symbolic::{Graph, Id};

/// The shape of the two points a kernel takes.
#[derive(Clone, Debug)]
pub enum Points {
    /// `x: f64`: one dimension.
    Scalar,
    /// `x: &[f64; N]` with `N` a literal, a constant in scope, or the function's own const generic.
    Array {
        /// The length as it stands in the signature.
        length: TokenStream,
        /// Its value where it is an integer literal.
        known: Option<usize>,
    },
    /// `x: &[f64]`: a dimension known at run time.
    Slice,
}

/// The floating-point type of the kernel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scalar {
    /// `f64`
    F64,
    /// `f32`
    F32,
    /// The function's type parameter, `T: Real`.
    Generic,
}

/// How a parameter is shaped.
#[derive(Clone, Debug)]
pub enum ParameterKind {
    /// One number for the whole kernel.
    Scalar,
    /// One number per coordinate: `&[S]`.
    Slice,
    /// One number per coordinate: `&[S; N]`, of the points' length.
    Array,
}

impl ParameterKind {
    /// Whether there is one entry per coordinate.
    #[must_use]
    pub fn is_per_coordinate(&self) -> bool {
        !matches!(self, Self::Scalar)
    }
}

/// A hyperparameter θ of the kernel.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// Its name in the signature.
    pub name: Ident,
    /// Its shape.
    pub kind: ParameterKind,
}

/// One comparison of `assume(…)`, e.g. `0 < p`: kept both for the prover and for `new`.
#[derive(Clone, Debug)]
pub struct Bound {
    /// Which parameter it speaks of.
    pub parameter: usize,
    /// `parameter <relation> value`.
    pub relation: Relation,
    /// The number on the other side, as written.
    pub value: f64,
}

/// The relation of a bound, with the parameter on the left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
    /// `!=`
    NotEqual,
}

/// What the user asks of the verifier about positive definiteness.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Definiteness {
    /// Prove it if possible.
    #[default]
    Try,
    /// `psd`: a proof is demanded.
    Demand,
    /// `psd = assume`: the user vouches.
    Assume,
    /// `indefinite`: known not to be a covariance.
    Indefinite,
}

/// The options of `#[kernel(…)]`.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// `assume(…)` of parameters.
    pub assume: Vec<Bound>,
    /// `assume(…)` of the points: bounds on every coordinate of both.
    pub domain: Vec<(Relation, f64)>,
    /// `psd`, `psd = assume`, `indefinite`
    pub definiteness: Definiteness,
    /// `asymmetric`
    pub asymmetric: bool,
    /// `smooth = assume(n)`
    pub smooth: Option<u32>,
    /// Where that stands.
    pub smooth_at: Option<Span>,
    /// `name = Rbf`
    pub name: Option<Ident>,
    /// `crate = ::path`
    pub runtime: Option<syn::Path>,
}

/// A kernel: its signature, its options and its expression.
#[derive(Clone, Debug)]
pub struct Definition {
    /// The user's function with the `#[kernel]` attribute removed, otherwise untouched.
    pub item: syn::ItemFn,
    /// The attribute's options.
    pub options: Options,
    /// f64 or f32.
    pub scalar: Scalar,
    /// Shape of `x` and `y`.
    pub points: Points,
    /// Names of the two points in the signature.
    pub point_names: [Ident; 2],
    /// θ, in the order of the signature.
    pub parameters: Vec<Parameter>,
    /// The arena that holds `value` and the bodies of its sums.
    pub graph: Graph,
    /// k(x, y; θ).
    pub value: Id,
    /// Constants in scope at the function that the body mentions; `Symbol::External(n)` is the n-th.
    pub constants: Vec<syn::Path>,
    /// Constants read as the one of `core::f64::consts` that has their name, and the value that they must have for it.
    pub assumed_constants: Vec<(syn::Path, f64)>,
    /// Vocabulary functions the body calls, for the one leading `use` (`dot`, `sq_dist`, …), sorted, unique.
    pub vocabulary: Vec<&'static str>,
    /// Where to point when the whole kernel is meant.
    pub span: Span,
}
