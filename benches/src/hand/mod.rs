//! The closed forms.
//!
//! Each kernel has functions on arrays and on slices: `value`, `grad` (∂k/∂x), `hess_xy` (∂²k/∂x∂yᵀ) and
//! `value_grad_hess`, all three at once.

/// Defines `array` and `slice` for a kernel whose blocks are those of its kind (`radial`, `bilinear`).
macro_rules! blocks {
    ($kind:ident, $outer:ident($($parameter:ident),*)) => {
        /// On arrays.
        pub mod array {
            use super::super::$kind::array as kind;
            use super::$outer;

            /// k
            #[must_use]
            pub fn value<const D: usize>(x: &[f64; D], y: &[f64; D], $($parameter: f64),*) -> f64 {
                kind::value(x, y, |s| $outer(s, $($parameter),*))
            }

            /// ∂k/∂x
            #[must_use]
            pub fn grad<const D: usize>(x: &[f64; D], y: &[f64; D], $($parameter: f64),*) -> [f64; D] {
                kind::grad(x, y, |s| $outer(s, $($parameter),*))
            }

            /// ∂²k/∂x∂yᵀ
            #[must_use]
            pub fn hess_xy<const D: usize>(x: &[f64; D], y: &[f64; D], $($parameter: f64),*) -> [[f64; D]; D] {
                kind::hess_xy(x, y, |s| $outer(s, $($parameter),*))
            }

            /// All three.
            #[must_use]
            pub fn value_grad_hess<const D: usize>(
                x: &[f64; D],
                y: &[f64; D],
                $($parameter: f64),*
            ) -> (f64, [f64; D], [[f64; D]; D]) {
                kind::value_grad_hess(x, y, |s| $outer(s, $($parameter),*))
            }
        }

        /// On slices.
        pub mod slice {
            use super::super::$kind::slice as kind;
            use super::$outer;

            /// k
            #[must_use]
            pub fn value(x: &[f64], y: &[f64], $($parameter: f64),*) -> f64 {
                kind::value(x, y, |s| $outer(s, $($parameter),*))
            }

            /// ∂k/∂x
            pub fn grad(x: &[f64], y: &[f64], $($parameter: f64,)* out: &mut [f64]) {
                kind::grad(x, y, |s| $outer(s, $($parameter),*), out);
            }

            /// ∂²k/∂x∂yᵀ
            pub fn hess_xy(x: &[f64], y: &[f64], $($parameter: f64,)* out: &mut [f64]) {
                kind::hess_xy(x, y, |s| $outer(s, $($parameter),*), out);
            }

            /// All three.
            pub fn value_grad_hess(
                x: &[f64],
                y: &[f64],
                $($parameter: f64,)*
                grad: &mut [f64],
                hess: &mut [f64],
            ) -> f64 {
                kind::value_grad_hess(x, y, |s| $outer(s, $($parameter),*), grad, hess)
            }
        }
    };
}

pub mod arcsine;
pub mod ard_rbf;
mod bilinear;
pub mod linear;
pub mod matern32;
pub mod matern52;
pub mod periodic;
pub mod polynomial;
mod radial;
pub mod rational_quadratic;
pub mod rbf;
