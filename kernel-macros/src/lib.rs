//! The attribute `#[kernel]` and the macro `operator!`. Use them through `kernel-runtime`, which re-exports them and
//! holds what they emit code for.

use proc_macro::TokenStream;

/// Differentiates a covariance kernel while the crate compiles.
///
/// On a function of two points and its parameters it emits, beside the function itself (here called `rbf`):
///
/// - `rbf::grad`, `grad_y` (∂k/∂x, ∂k/∂y), `hess_xx`, `hess_xy`, `hess_yy` (second derivatives), `grad_params` (∂k/∂θ)
///   and `hess_xy_params` (∂³k/∂x∂y∂θ) at one pair of points;
/// - `struct Rbf`, the kernel with its parameters, for batches (`kernel_runtime::gram`), with `new`, an accessor per
///   parameter, `+` and `*`, and the markers it has earned (`Differentiable`, …).
///
/// Points are `f64`, `&[f64; N]`, `&[f64; D]` with `const D: usize`, or `&[f64]` (or all of it in `f32`); parameters
/// are numbers or have one entry per coordinate.
///
/// A kernel that is not symmetric, or not positive definite, is an error with a counterexample; what is proved of it is
/// a marker of its type, and the proof is in the documentation of the struct.
///
/// Options:
///
/// - `assume(gamma > 0, 0 < p && p <= 2)`: what parameters satisfy, checked by `new`; `assume(x >= 0)`: what all
///   coordinates of both points satisfy, which is not checked;
/// - `psd`: a proof of positive definiteness is demanded; `psd = assume`: you vouch for it;
/// - `indefinite`: not a covariance, `asymmetric`: not even symmetric; all code, without the markers;
/// - `smooth = assume(1)`: you vouch for one mean-square derivative, where the analysis cannot tell;
/// - `name = Rbf`; `crate = ::path::to::kernel_runtime`.
#[proc_macro_attribute]
pub fn kernel(attribute: TokenStream, item: TokenStream) -> TokenStream {
    kernel_core::kernel::expand(attribute.into(), item.into()).into()
}

/// Defines a linear differential operator, for use with every kernel (`kernel_runtime::gram::Gram`).
///
/// ```text
/// operator!(pub Heat(alpha) = d[0] - alpha * d[1] * d[1]);
/// operator!(pub Wave = d[0] * d[0] - d[1] * d[1]);
/// operator!(pub Drift(mu) = d[0] + mu * x[1] * d[1]);
/// operator!(pub ValueAndSlope = (1, d[0]));
/// ```
///
/// Left of `=` stand attributes, documentation and visibility, a name, and the names of parameters, which are `f64`. It
/// becomes a struct, `Heat { alpha: f64 }` with `Heat::new(alpha)?` and an accessor for each parameter; without
/// parameters, a unit struct that is used as a value.
///
/// Right of `=` stands what it does to a function f of a point x:
///
/// - `d[i]` is ∂/∂x_i, and what has no `d` in it multiplies: coordinates `x[i]`, parameters, numbers (`1 / 2` is a
///   half), constants in scope (`SCALE`, `PI`), float methods and `erf(s)` of all these, and `if`/`else`;
/// - `+` and `-` add, `*` applies the right factor first, so `d[0] * x[0]` is ∂(x_0 f)/∂x_0 and the same as
///   `1 + x[0] * d[0]`; `(d[0] + d[1]).powi(2)` applies it twice;
/// - whatever has no `d` may be divided by, unless it makes a difference whether that is done before or after;
/// - a tuple makes several numbers of f, one for each component.
///
/// The order is at most 4, of which covariances are known up to 2 on either side. Coefficients are differentiated, and
/// terms collected, while the crate compiles; what comes out is in the documentation of the struct: L = ∂₀ - alpha ∂₁².
///
/// An option goes before all else: `#[operator(crate = ::path::to::kernel_runtime)]`.
#[proc_macro]
pub fn operator(tokens: TokenStream) -> TokenStream {
    kernel_core::operator::expand(&tokens.into()).into()
}
