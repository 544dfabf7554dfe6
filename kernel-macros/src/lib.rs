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
/// Options: `assume(gamma > 0, 0 < p && p <= 2)` what parameters satisfy (checked by `new`); `psd` (demand a proof of positive
/// definiteness), `psd = assume` (vouch for it), `indefinite` (not a covariance); `asymmetric`; `smooth = assume(1)` (vouch for mean-square
/// derivatives); `name = Rbf`; `crate = ::path::to::kernel_runtime`.
#[proc_macro_attribute]
pub fn kernel(attribute: TokenStream, item: TokenStream) -> TokenStream {
    kernel_core::kernel::expand(attribute.into(), item.into()).into()
}
