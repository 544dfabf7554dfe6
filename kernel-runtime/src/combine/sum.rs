//! k₁ + k₂

use super::stages::{Part, concatenated_stages, contracted_both, params_of_both};
use crate::error::KernelError;
use crate::kernel::{Directed, First, Kernel, Place, Second, Shape, Side, Stage, Term};
use crate::real::Lane;

/// The sum k₁ + k₂ of two kernels on the same points: the covariance of f₁ + f₂ for independent f₁, f₂.
///
/// `left + right` makes it. It has each marker that both parts have, and all derivatives.
///
/// ```
/// use kernel_runtime::{dot, gram, kernel, sq_dist};
/// use ndarray::array;
///
/// #[kernel(assume(gamma > 0))]
/// pub fn rbf(x: &[f64], y: &[f64], gamma: f64) -> f64 {
///     (-gamma * sq_dist(x, y)).exp()
/// }
///
/// #[kernel]
/// pub fn linear(x: &[f64], y: &[f64]) -> f64 {
///     dot(x, y)
/// }
///
/// let k = 2.0 * Rbf::new(0.5)? + Linear::new()? * Linear::new()?;
/// let x = array![[1.0, 2.0]];
/// assert_eq!(gram::k_ff(&k, &x, &x)?, array![[27.0]]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Sum<A, B> {
    left: A,
    right: B,
}

impl<A, B> Sum<A, B>
where
    A: Kernel,
    B: Kernel<Scalar = A::Scalar, Points = A::Points>,
{
    /// k₁ + k₂
    #[must_use]
    pub fn new(left: A, right: B) -> Self {
        Self { left, right }
    }
}

impl<A, B> Sum<A, B> {
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

impl<A, B> Kernel for Sum<A, B>
where
    A: Kernel,
    B: Kernel<Scalar = A::Scalar, Points = A::Points>,
{
    concatenated_stages!();

    #[inline(always)]
    fn value<V: Lane<Scalar = Self::Scalar>>(&self, d: usize, sums: &[V]) -> V {
        let (left, right) = sums.split_at(A::SHAPE.sums[Stage::Value as usize]);
        self.left.value(d, left) + self.right.value(d, right)
    }

    #[inline(always)]
    fn first<V: Lane<Scalar = Self::Scalar>>(&self, d: usize, sums: &[V], out: &mut First<'_, V>) -> V {
        let (sums_left, sums_right) = sums.split_at(A::SHAPE.sums[Stage::First as usize]);
        let (mut left, mut right) = out.split(A::SHAPE);
        self.left.first(d, sums_left, &mut left) + self.right.first(d, sums_right, &mut right)
    }

    #[inline(always)]
    fn second<V: Lane<Scalar = Self::Scalar>>(&self, d: usize, sums: &[V], out: &mut Second<'_, V>) -> V {
        let (sums_left, sums_right) = sums.split_at(A::SHAPE.sums[Stage::Second as usize]);
        out.clear_off_diagonal();
        let (mut left, mut right) = out.split(A::SHAPE, B::SHAPE);
        let value = self.left.second(d, sums_left, &mut left) + self.right.second(d, sums_right, &mut right);
        out.mixed(A::SHAPE, |_, _| V::of(0.0));
        value
    }

    #[inline(always)]
    fn params<V, P>(&self, place: &P, sums: &[V], out: &mut [V]) -> V
    where
        V: Lane<Scalar = Self::Scalar>,
        P: Place<V>,
    {
        let [(a, _), (b, _)] = params_of_both(&self.left, &self.right, place, sums, out);
        a + b
    }

    #[inline(always)]
    fn contract<V, P>(&self, place: &P, sums: &[V], out: &mut [[V; 4]]) -> [V; 4]
    where
        V: Lane<Scalar = Self::Scalar>,
        P: Directed<V>,
    {
        let [([a, a_x, a_y, a_xy], _), ([b, b_x, b_y, b_xy], _)] =
            contracted_both(&self.left, &self.right, place, sums, out);
        [a + b, a_x + b_x, a_y + b_y, a_xy + b_xy]
    }
}
