//! Linear differential operators beyond the gradient.

use crate::real::Real;

/// A linear differential operator Σ_α a_α(x) ∂^α: what `operator!` makes of a polynomial in the partial
/// derivatives `d[i]`. It stands on either side of a [`Gram`](super::Gram), with points of any scalar type; on the right it is
/// Σ_α a_α(y) ∂_y^α, the same operator, not its adjoint.
pub trait Operator: Copy + Sync {
    /// How many numbers it makes of a function at a point: of a tuple, as many as that has.
    const COMPONENTS: usize;
    /// How many coordinates points have at least.
    const COORDINATES: usize;
    /// The names of its parameters.
    const PARAMETERS: &'static [&'static str];
    /// Its terms.
    #[doc(hidden)]
    const TERMS: &'static [OperatorTerm];

    /// a_α(x) of each of its terms.
    #[doc(hidden)]
    fn coefficients<S: Real>(&self, x: &[S], out: &mut [S]);

    /// ∂a_α/∂φ by a parameter, of each of its terms.
    #[doc(hidden)]
    fn coefficients_by<S: Real>(&self, parameter: usize, x: &[S], out: &mut [S]);
}

/// A term of an [`Operator`], in the sum of one component.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OperatorTerm {
    pub component: usize,
    /// The coordinates that its partial derivative is taken by, each as often as it is, in ascending order; none for the value itself.
    pub by: &'static [usize],
    /// Whether the coefficient is another at other points x. Where it is not, no x is read.
    pub varies: bool,
}
