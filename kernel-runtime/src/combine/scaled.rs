//! c k

use super::coefficients::scale;
use crate::error::{KernelError, ParamError};
use crate::kernel::{Directed, First, Kernel, Place, Second, Shape, Side, Stage, Term};
use crate::real::{Lane, Real};

/// A kernel times a variance c ≥ 0. In derivatives by parameters c is one of them, before those of the kernel.
///
/// `c * kernel` and `kernel * c` make it too. They cannot fail, so there an impossible factor is found by the first
/// function that evaluates the kernel, as [`KernelError::Parameter`].
#[derive(Clone, Copy, Debug)]
pub struct Scaled<K: Kernel> {
    factor: K::Scalar,
    kernel: K,
}

impl<K: Kernel> Scaled<K> {
    /// c k
    ///
    /// # Errors
    ///
    /// If `factor` is negative, infinite or NaN: c k would not be a covariance.
    ///
    /// ```
    /// use kernel_runtime::{Scaled, kernel, sq_dist};
    ///
    /// #[kernel]
    /// pub fn rbf(x: &[f64], y: &[f64]) -> f64 {
    ///     (-sq_dist(x, y)).exp()
    /// }
    ///
    /// assert_eq!(Scaled::new(2.0, Rbf::new()?)?.factor(), 2.0);
    /// assert_eq!(
    ///     Scaled::new(-1.0, Rbf::new()?).unwrap_err().to_string(),
    ///     "`factor` is -1, but must satisfy 0 <= factor < inf"
    /// );
    /// # Ok::<(), kernel_runtime::ParamError>(())
    /// ```
    pub fn new(factor: K::Scalar, kernel: K) -> Result<Self, ParamError> {
        in_range(factor)?;
        Ok(Self { factor, kernel })
    }

    /// For operators: the factor is checked when the kernel is used.
    #[doc(hidden)]
    pub fn checked_at_use(factor: K::Scalar, kernel: K) -> Self {
        Self { factor, kernel }
    }

    /// c
    #[must_use]
    pub fn factor(&self) -> K::Scalar {
        self.factor
    }

    /// k
    #[must_use]
    pub fn kernel(&self) -> &K {
        &self.kernel
    }
}

fn in_range<S: Real>(factor: S) -> Result<(), ParamError> {
    if factor.is_finite() && factor >= S::of(0.0) {
        Ok(())
    } else {
        Err(ParamError::new("factor", "0 <= factor < inf", factor))
    }
}

/// The factor is a parameter too, the first.
const fn with_factor(shape: Shape) -> Shape {
    Shape { parameters: [shape.parameters[0] + 1, shape.parameters[1]], ..shape }
}

impl<K: Kernel> Kernel for Scaled<K> {
    type Scalar = K::Scalar;
    type Points = K::Points;

    const SHAPE: Shape = with_factor(K::SHAPE);
    const COORDINATES: Option<usize> = K::COORDINATES;

    fn dimension(&self) -> Option<usize> {
        self.kernel.dimension()
    }

    fn check(&self) -> Result<(), KernelError> {
        in_range(self.factor)?;
        self.kernel.check()
    }

    fn sum(&self, stage: Stage, slot: usize) -> Term {
        self.kernel.sum(stage, slot)
    }

    fn sum_weight(&self, stage: Stage, slot: usize, i: usize, d: usize) -> K::Scalar {
        self.kernel.sum_weight(stage, slot, i, d)
    }

    fn factor(&self, side: Side, number: usize) -> Term {
        self.kernel.factor(side, number)
    }

    fn factor_weight(&self, side: Side, number: usize, i: usize, d: usize) -> K::Scalar {
        self.kernel.factor_weight(side, number, i, d)
    }

    #[inline(always)]
    fn start<V: Lane<Scalar = Self::Scalar>>(&self, stage: Stage, sums: &mut [V]) {
        self.kernel.start(stage, sums);
    }

    #[inline(always)]
    fn reduce<V, P>(&self, stage: Stage, pass: usize, place: &P, sums: &mut [V])
    where
        V: Lane<Scalar = Self::Scalar>,
        P: Place<V>,
    {
        self.kernel.reduce(stage, pass, place, sums);
    }

    #[inline(always)]
    fn value<V: Lane<Scalar = Self::Scalar>>(&self, d: usize, sums: &[V]) -> V {
        V::splat(self.factor) * self.kernel.value(d, sums)
    }

    #[inline(always)]
    fn first<V: Lane<Scalar = Self::Scalar>>(&self, d: usize, sums: &[V], out: &mut First<'_, V>) -> V {
        let factor = V::splat(self.factor);
        let value = self.kernel.first(d, sums, out);
        out.scale(factor);
        value * factor
    }

    #[inline(always)]
    fn second<V: Lane<Scalar = Self::Scalar>>(&self, d: usize, sums: &[V], out: &mut Second<'_, V>) -> V {
        let factor = V::splat(self.factor);
        let value = self.kernel.second(d, sums, out);
        out.scale(factor);
        value * factor
    }

    #[inline(always)]
    fn factors_x<V, P>(&self, place: &P, frame: &[V], out: &mut [V])
    where
        V: Lane<Scalar = Self::Scalar>,
        P: Place<V>,
    {
        self.kernel.factors_x(place, frame, out);
    }

    #[inline(always)]
    fn factors_y<V, P>(&self, place: &P, frame: &[V], out: &mut [V])
    where
        V: Lane<Scalar = Self::Scalar>,
        P: Place<V>,
    {
        self.kernel.factors_y(place, frame, out);
    }

    #[inline(always)]
    fn diagonals<V, P>(&self, place: &P, frame: &[V], out: &mut [V])
    where
        V: Lane<Scalar = Self::Scalar>,
        P: Place<V>,
    {
        self.kernel.diagonals(place, frame, out);
    }

    #[inline(always)]
    fn entries<V, P>(&self, place: &P, j: usize, frame: &[V], out: &mut [V])
    where
        V: Lane<Scalar = Self::Scalar>,
        P: Place<V>,
    {
        self.kernel.entries(place, j, frame, out);
    }

    #[inline(always)]
    fn params<V, P>(&self, place: &P, sums: &[V], out: &mut [V]) -> V
    where
        V: Lane<Scalar = Self::Scalar>,
        P: Place<V>,
    {
        let factor = V::splat(self.factor);
        let (by_factor, others) = out.split_at_mut(1);
        let value = self.kernel.params(place, sums, others);
        by_factor[0] = value;
        scale(others, factor);
        value * factor
    }

    #[inline(always)]
    fn contract<V, P>(&self, place: &P, sums: &[V], out: &mut [[V; 4]]) -> [V; 4]
    where
        V: Lane<Scalar = Self::Scalar>,
        P: Directed<V>,
    {
        let factor = V::splat(self.factor);
        let (by_factor, others) = out.split_at_mut(1);
        let mut all = self.kernel.contract(place, sums, others);
        by_factor[0] = all;
        for derivative in others {
            scale(derivative, factor);
        }
        scale(&mut all, factor);
        all
    }
}
