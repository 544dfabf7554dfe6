//! Gram matrices of warped kernels that are not formed.

use std::marker::PhantomData;

use ndarray::{Array, ArrayRef};

use super::map::Warp;
use super::operator::PulledBack;
use super::points::Points;
use super::side::Side;
use super::{Jacobian, Warped};
use crate::engine::Known;
use crate::error::KernelError;
use crate::gram::batch::{allocate, sizes};
use crate::gram::columns::operands;
use crate::gram::{Arrays, Columns, Gram, PointsRef};
use crate::kernel::Kernel;
use crate::real::Real;

/// Points that a kernel takes.
type PointsOf<K> = Array<<K as Kernel>::Scalar, <<K as Kernel>::Points as Arrays>::Dim>;

/// L_x k(w(x), w(y)) R_y for all pairs of n points x and m points y, as a matrix that is not formed: a
/// [`Gram`](super::super::Gram) of points that a map w has moved.
///
/// w and its Jacobian, if there are derivatives, are evaluated when it is made, once for each of the n + m points, or
/// once for each of n where both sides are the same. They are kept: products, of which a solution takes many, evaluate
/// them no more. From d coordinates to q, [`dot`](Self::dot) takes O(n m q + (n + m) q d) time, what a product behind
/// the map takes and two multiplications with Jacobians. The matrix keeps O((n + m) q d) memory, and of a
/// [`Diagonal`](super::Jacobian::Diagonal) Jacobian O((n + m) d); a product takes O((n + m) q) beside it for each
/// vector.
///
/// Rows and columns stand as those of a `Gram` do: number e of point i of L with w numbers is row `i w + e`.
///
/// ```
/// use kernel_runtime::gram::{Coordinatewise, Gradient, Value, Warped, WarpedGram};
/// use kernel_runtime::kernels::Matern52;
/// use kernel_runtime::solve::Solve;
/// use ndarray::{Array1, array};
///
/// let map = Coordinatewise(|_, x: f64| (x.asinh(), (1.0 + x * x).sqrt().recip()));
/// let k = Warped::new(Matern52::new(1.0, 0.7)?, map);
/// let x = array![[0.0, 100.0], [1.0, -30.0], [5.0, 2.0]];
/// let side = (Value, Gradient);
/// let gram = WarpedGram::new(&k, (side, &x), (side, &x))?;
/// let v = Array1::linspace(-1.0, 1.0, 9);
/// let error = gram.dot(&v)? - gram.dense()?.dot(&v);
/// assert!(error.iter().all(|error| error.abs() < 1e-15));
///
/// let solution = Solve::new(&gram).noise(1e-3).run(&v)?;
/// assert!(solution.converged);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct WarpedGram<'a, K: Kernel, L, R> {
    pub(super) kernel: &'a K,
    pub(super) x: PointsOf<K>,
    pub(super) left: Side<K::Scalar>,
    /// y, if the two sides are not the same.
    other: Option<(PointsOf<K>, Side<K::Scalar>)>,
    pub(super) sizes: [usize; 3],
    operators: PhantomData<(L, R)>,
}

impl<'a, K: Kernel, L: PulledBack<K>, R: PulledBack<K>> WarpedGram<'a, K, L, R> {
    /// Of L at points x, and R at points y.
    ///
    /// # Errors
    ///
    /// See [the module](super::super#errors).
    pub fn new<W: Warp<K::Scalar>>(
        warped: &'a Warped<K, W>,
        (left, x): (L, &PointsRef<K>),
        (right, y): (R, &PointsRef<K>),
    ) -> Result<Self, KernelError> {
        let (kernel, warp): (_, &dyn Warp<K::Scalar>) = (&warped.kernel, &warped.warp);
        let points = [("x", x), ("y", y)].map(|(argument, x)| Points { argument, all: K::Points::rows(x) });
        let (n, m, d) = sizes(&points[0].all, &points[1].all, warp.dimension(), 1)?;
        left.check("x", d)?;
        right.check("y", d)?;
        let shape = warp.jacobian_shape(d);
        let q = dimension_behind(kernel, shape, d)?;
        let mapped = |points: &Points<'_, K::Scalar>| -> Result<_, KernelError> {
            Ok(K::Points::from_rows(points.each(q, false, &|x, out| warp.map(x, out))?))
        };
        let [x_points, y_points] = &points;
        let is_same = L::ENTRIES == R::ENTRIES && left.places(d) == right.places(d) && (std::ptr::eq(x, y) || x == y);
        let x = mapped(x_points)?;
        let left = Side::new((warp, shape), x_points, L::ENTRIES, &left.places(d))?;
        let other = if is_same {
            None
        } else {
            Some((mapped(y_points)?, Side::new((warp, shape), y_points, R::ENTRIES, &right.places(d))?))
        };
        Ok(Self { kernel, x, left, other, sizes: [n, m, d], operators: PhantomData })
    }

    /// How many rows and columns it has.
    #[must_use]
    pub fn shape(&self) -> (usize, usize) {
        let [n, m, _] = self.sizes;
        (n.saturating_mul(self.left.outer()), m.saturating_mul(self.right().outer()))
    }

    /// The product with a vector, or with several at once: the columns of a matrix.
    ///
    /// # Errors
    ///
    /// [`Operand`](KernelError::Operand) if `v` has not as many rows as this has columns.
    pub fn dot<D: Columns>(&self, v: &ArrayRef<K::Scalar, D>) -> Result<Array<K::Scalar, D>, KernelError> {
        let mut out = allocate(v.raw_dim().with_rows(self.shape().0))?;
        self.dot_into(v, &mut out)?;
        Ok(out)
    }

    /// [`dot`](Self::dot) into an array of the shape of the result.
    ///
    /// # Errors
    ///
    /// As [`dot`](Self::dot), and [`OutputShape`](KernelError::OutputShape). `out` is untouched then.
    pub fn dot_into<D: Columns>(
        &self,
        v: &ArrayRef<K::Scalar, D>,
        out: &mut ArrayRef<K::Scalar, D>,
    ) -> Result<(), KernelError> {
        let (v, out) = operands(self.shape(), v, out)?;
        let inner = self.inner()?.dot(&self.right().push(0..self.sizes[1], &v)?)?;
        self.left.pull(0, &inner.view(), out);
        Ok(())
    }

    /// The matrix behind the map.
    pub(super) fn inner(&self) -> Result<Gram<'_, K, L::Inner, R::Inner>, KernelError> {
        Gram::new(self.kernel, (L::INNER, &self.x), (R::INNER, self.y()))
    }

    pub(super) fn y(&self) -> &PointsOf<K> {
        self.other.as_ref().map_or(&self.x, |(y, _)| y)
    }

    pub(super) fn right(&self) -> &Side<K::Scalar> {
        self.other.as_ref().map_or(&self.left, |(_, side)| side)
    }

    /// Whether both sides have the same operator at the same points, so that the matrix of a symmetric kernel is
    /// symmetric.
    pub(crate) fn has_equal_sides(&self) -> bool {
        self.other.is_none()
    }
}

/// q, which the kernel takes.
fn dimension_behind<S: Real>(kernel: &dyn Known<S>, shape: Jacobian, from: usize) -> Result<usize, KernelError> {
    let (exactly, least, got) = (kernel.checked_dimension()?, kernel.shape().coordinates.max(1), shape.rows(from));
    match exactly.filter(|&expected| expected != got).or((got < least).then_some(least)) {
        Some(expected) => Err(KernelError::Mapped { from, expected, got }),
        None => Ok(got),
    }
}
