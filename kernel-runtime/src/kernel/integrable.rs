//! Kernels whose integrals have a closed form.

use alloc::vec::Vec;

use super::Kernel;

/// A kernel of which integrals over boxes, and expectations under normal distributions, have a closed form: what
/// [`gram::Integral`](crate::gram::Integral) and [`gram::Expectation`](crate::gram::Expectation) ask for.
///
/// `#[kernel]` recognises such kernels from their expression and implements it, with nothing declared: sums of
///
/// - Gaussians a exp(-Σᵢ cᵢ (xᵢ - yᵢ)²), constants among them: [`Rbf`](crate::kernels::Rbf),
///   [`ArdRbf`](crate::kernels::ArdRbf), [`Constant`](crate::kernels::Constant);
/// - polynomials of a dot product Σᵢ wᵢ xᵢ yᵢ, of degree 170 at most: [`Linear`](crate::kernels::Linear),
///   [`Polynomial2`](crate::kernels::Polynomial2), …;
///
/// where a, c, w and the coefficients are made of parameters, constants and the number of a coordinate. Sums and
/// multiples of such kernels have it too, and so have products of those that are [`SquaredExponential`]. Integrals of
/// all other kernels are refused by the compiler, not approximated.
///
/// ```
/// use kernel_runtime::gram::{Gram, Integral, PointsRef, Value};
/// use kernel_runtime::{Integrable, KernelError, VectorPoints, kernels};
/// use ndarray::{Array2, array};
///
/// /// The covariance of ∫ f over the unit square with f at some points.
/// fn with_values<K>(k: &K, x: &PointsRef<K>) -> Result<Array2<f64>, KernelError>
/// where
///     K: Integrable<Scalar = f64, Points = VectorPoints>,
/// {
///     let upper = array![[1.0, 1.0]];
///     Gram::new(k, (Integral::to(&upper), &array![[0.0, 0.0]]), (Value, x))?.dense()
/// }
///
/// let k = kernels::Linear::new(1.0, 3.0)?;
/// assert_eq!(with_values(&k, &array![[2.0, 4.0]])?, array![[0.5 * 2.0 + 0.5 * 4.0 + 3.0]]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[diagnostic::on_unimplemented(
    message = "integrals of a process with covariance `{Self}` have no closed form that is known here",
    label = "neither a sum of Gaussians nor a polynomial of a dot product",
    note = "closed forms are known for `Rbf`, `ArdRbf`, `Linear`, `Polynomial2`, `Polynomial3`, `Constant`, for what `#[kernel]` recognises as \
            `a * (-sum).exp()` with a weighted sum of squared differences, or as a polynomial of `dot(x, y)` of degree 170 at most, and for sums and \
            multiples of these",
    note = "for another kernel, sum `Value` at the nodes of a quadrature rule of your own, with its weights"
)]
pub trait Integrable: Kernel {
    /// Hands on the parts that the kernel is the sum of, for points of d coordinates.
    #[doc(hidden)]
    fn closed_forms(&self, d: usize, each: &mut dyn FnMut(ClosedForm<Self::Scalar>));
}

/// k = a exp(-Σᵢ cᵢ (xᵢ - yᵢ)²) with a and cᵢ that depend on no point. `#[kernel]` implements it where it recognises
/// the form; products and multiples of such kernels are such.
#[diagnostic::on_unimplemented(
    message = "integrals of a product with the kernel `{Self}` have no closed form that is known here",
    label = "not a Gaussian `a * (-sum).exp()` of a weighted sum of squared differences",
    note = "of products, integrals are known where all factors are Gaussians, as `Rbf`, `ArdRbf` and `Constant` are; \
            a polynomial of `dot(x, y)` is best written as one `#[kernel]`"
)]
pub trait SquaredExponential: Integrable {
    /// a
    #[doc(hidden)]
    fn amplitude(&self, d: usize) -> Self::Scalar;

    /// cᵢ
    #[doc(hidden)]
    fn rate(&self, i: usize, d: usize) -> Self::Scalar;
}

/// The one part of such a kernel.
#[doc(hidden)]
pub fn squared_exponential<K: SquaredExponential>(kernel: &K, d: usize, each: &mut dyn FnMut(ClosedForm<K::Scalar>)) {
    let rates = (0..d).map(|i| kernel.rate(i, d)).collect();
    each(ClosedForm::Gaussian { amplitude: kernel.amplitude(d), rates });
}

/// A part of a kernel.
#[doc(hidden)]
#[derive(Clone, Debug, PartialEq)]
pub enum ClosedForm<S> {
    /// a exp(-Σᵢ cᵢ (xᵢ - yᵢ)²)
    Gaussian { amplitude: S, rates: Vec<S> },
    /// A sum of products of powers of linear functions of s = Σᵢ wᵢ xᵢ yᵢ.
    Polynomial { weights: Vec<S>, products: Vec<PowerProduct<S>> },
}

/// a Π (slope s + offset)^power
#[doc(hidden)]
#[derive(Clone, Debug, PartialEq)]
pub struct PowerProduct<S> {
    pub amplitude: S,
    /// (slope, offset, power)
    pub factors: Vec<(S, S, u32)>,
}
