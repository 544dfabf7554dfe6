//! The attribute `#[kernel]`. Use it through `kernel-runtime`, which re-exports it and holds what it emits code for.

use proc_macro::TokenStream;

/// Differentiates a covariance kernel while the crate compiles.
///
/// On a function of two points and its parameters it emits, beside the function itself (here called `rbf`):
///
/// - `rbf::grad`, `grad_y` (∂k/∂x, ∂k/∂y), `hess_xx`, `hess_xy`, `hess_yy` (second derivatives), `grad_params` (∂k/∂θ) and
///   `hess_xy_params` (∂³k/∂x∂y∂θ) at one pair of points;
/// - `struct Rbf`, the kernel with its parameters, for batches (`kernel_runtime::gram`), with `new`, an accessor per parameter, `+`
///   and `*`, and the markers it has earned (`Differentiable`, …).
///
/// Points are `f64`, `&[f64; N]`, `&[f64; D]` with `const D: usize`, or `&[f64]` (or all of it in `f32`); parameters are numbers or
/// have one entry per coordinate.
///
/// A kernel that is not symmetric, or not positive definite, is an error with a counterexample; what is proved of it is a marker of its
/// type, and the proof is in the documentation of the struct.
///
/// Options:
///
/// - `assume(gamma > 0, 0 < p && p <= 2)`: what parameters satisfy, checked by `new`; `assume(x >= 0)`: what all coordinates of both
///   points satisfy, which is not checked;
/// - `psd`: a proof of positive definiteness is demanded; `psd = assume`: you vouch for it;
/// - `indefinite`: not a covariance, `asymmetric`: not even symmetric; all code, without the markers;
/// - `smooth = assume(1)`: you vouch for one mean-square derivative, where the analysis cannot tell;
/// - `name = Rbf`; `crate = ::path::to::kernel_runtime`.
#[proc_macro_attribute]
pub fn kernel(attribute: TokenStream, item: TokenStream) -> TokenStream {
    kernel_core::kernel::expand(attribute.into(), item.into()).into()
}
