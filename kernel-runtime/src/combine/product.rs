//! k₁ k₂

use super::coefficients::{multiplied, scale};
use super::stages::{Part, concatenated_stages, contracted_both, params_of_both};
use crate::error::KernelError;
use crate::kernel::{Directed, First, Kernel, Place, Second, Shape, Side, Stage, Term};
use crate::real::Lane;

/// The product k₁ k₂ of two kernels on the same points.
///
/// `left * right` makes it. It has each marker that both parts have. Its derivatives follow from
/// ∂²(k₁k₂)/∂x∂yᵀ = k₂ ∂²k₁/∂x∂yᵀ + k₁ ∂²k₂/∂x∂yᵀ + ∂k₁/∂x (∂k₂/∂y)ᵀ + ∂k₂/∂x (∂k₁/∂y)ᵀ.
///
/// ```
/// use kernel_runtime::{gram, kernel};
/// use ndarray::array;
///
/// #[kernel]
/// pub fn linear(x: f64, y: f64) -> f64 {
///     x * y
/// }
///
/// let k = Linear::new()? * Linear::new()?;
/// let x = array![1.0, 3.0];
/// assert_eq!(gram::k_ff(&k, &x, &x)?, array![[1.0, 9.0], [9.0, 81.0]]);
/// assert_eq!(gram::k_gg(&k, &x, &x)?, array![[4.0, 12.0], [12.0, 36.0]]); // ∂²(xy)²/∂x∂y = 4xy
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Product<A, B> {
    left: A,
    right: B,
}

impl<A, B> Product<A, B>
where
    A: Kernel,
    B: Kernel<Scalar = A::Scalar, Points = A::Points>,
{
    /// k₁ k₂
    #[must_use]
    pub fn new(left: A, right: B) -> Self {
        Self { left, right }
    }
}

impl<A, B> Product<A, B> {
    /// k₁
    #[must_use]
    pub fn left(&self) -> &A {
        &self.left
    }

    /// k₂
    #[must_use]
    pub fn right(&self) -> &B {
        &self.right
    }
}

impl<A, B> Kernel for Product<A, B>
where
    A: Kernel,
    B: Kernel<Scalar = A::Scalar, Points = A::Points>,
{
    concatenated_stages!();

    #[inline(always)]
    fn value<V: Lane<Scalar = Self::Scalar>>(&self, d: usize, sums: &[V]) -> V {
        let (left, right) = sums.split_at(A::SHAPE.sums[Stage::Value as usize]);
        self.left.value(d, left) * self.right.value(d, right)
    }

    #[inline(always)]
    fn first<V: Lane<Scalar = Self::Scalar>>(&self, d: usize, sums: &[V], out: &mut First<'_, V>) -> V {
        let (sums_left, sums_right) = sums.split_at(A::SHAPE.sums[Stage::First as usize]);
        let (mut left, mut right) = out.split(A::SHAPE);
        let a = self.left.first(d, sums_left, &mut left);
        let b = self.right.first(d, sums_right, &mut right);
        left.scale(b);
        right.scale(a);
        a * b
    }

    #[inline(always)]
    fn second<V: Lane<Scalar = Self::Scalar>>(&self, d: usize, sums: &[V], out: &mut Second<'_, V>) -> V {
        let (sums_left, sums_right) = sums.split_at(A::SHAPE.sums[Stage::Second as usize]);
        out.clear_off_diagonal();
        let (mut left, mut right) = out.split(A::SHAPE, B::SHAPE);
        let a = self.left.second(d, sums_left, &mut left);
        let b = self.right.second(d, sums_right, &mut right);
        // The mixed blocks want the gradients as they were before the other factor came to them.
        out.mixed(A::SHAPE, |&f, &g| f * g);
        let (mut left, mut right) = out.split(A::SHAPE, B::SHAPE);
        left.scale(b);
        right.scale(a);
        a * b
    }

    #[inline(always)]
    fn params<V, P>(&self, place: &P, sums: &[V], out: &mut [V]) -> V
    where
        V: Lane<Scalar = Self::Scalar>,
        P: Place<V>,
    {
        let [(a, left), (b, right)] = params_of_both(&self.left, &self.right, place, sums, out);
        scale(left, b);
        scale(right, a);
        a * b
    }

    #[inline(always)]
    fn contract<V, P>(&self, place: &P, sums: &[V], out: &mut [[V; 4]]) -> [V; 4]
    where
        V: Lane<Scalar = Self::Scalar>,
        P: Directed<V>,
    {
        let [(a, left), (b, right)] = contracted_both(&self.left, &self.right, place, sums, out);
        for derivative in left {
            *derivative = multiplied(*derivative, b);
        }
        for derivative in right {
            *derivative = multiplied(*derivative, a);
        }
        multiplied(a, b)
    }
}
