//! Gram matrices that are not formed.

use std::marker::PhantomData;

use ndarray::{Array, ArrayRef};

use super::PointsRef;
use super::batch::{Batch, allocate};
use super::columns::{Columns, operands};
use super::covariance::Covariance;
use super::operator::Observed;
use super::side::{Resolved, Side};
use crate::error::KernelError;
use crate::kernel::Kernel;

/// L_x k(x, y) R_y for all pairs of n points x and m points y, as a matrix that is not formed: [`dot`](Self::dot) takes
/// O(n m d) time, and O((n + m) d) memory beside its argument and result; with Hessians, of which a point has d²
/// numbers, O(n m d²) and O((n + m) d²).
///
/// The structure is that of the kernel, whatever it is (see [`Kernel`]): the block of a pair is a diagonal and a few
/// products of vectors, so none has d² entries to be computed. Sums, products and multiples of kernels cost what their
/// parts do.
///
/// Where both sides are the same, points and operator, and the kernel is [`Symmetric`](crate::Symmetric), each pair of
/// points is taken once for both of its blocks. Those of Hessians are taken twice, which takes less time: what is
/// shared is little beside the products with d² numbers.
///
/// L and R are whatever can be [`Observed`]: [`Value`](super::Value), [`Gradient`](super::Gradient), a
/// [`Hessian`](super::Hessian), other linear differential operators, or tuples of these. Rows and columns are point by
/// point: number e of point i of L with w numbers is row `i w + e`.
///
/// ```
/// use kernel_runtime::gram::{self, Gradient, Gram};
/// use kernel_runtime::{kernel, sq_dist};
/// use ndarray::{Array1, array};
///
/// #[kernel(assume(gamma > 0))]
/// pub fn rbf(x: &[f64], y: &[f64], gamma: f64) -> f64 {
///     (-gamma * sq_dist(x, y)).exp()
/// }
///
/// let k = Rbf::new(0.5)?;
/// let x = array![[0.0, 0.0], [1.0, 0.5], [0.0, 2.0]];
/// let gram = Gram::new(&k, (Gradient, &x), (Gradient, &x))?;
/// let v = Array1::linspace(-1.0, 1.0, 6);
/// let error = gram.dot(&v)? - gram.dense()?.dot(&v);
/// assert!(error.iter().all(|error| error.abs() < 1e-15));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Gram<'a, K: Kernel, L, R> {
    pub(super) kernel: &'a K,
    pub(super) x: &'a PointsRef<K>,
    pub(super) y: &'a PointsRef<K>,
    left: Resolved<'a, K>,
    right: Resolved<'a, K>,
    pub(super) sizes: [usize; 3],
    operators: PhantomData<(L, R)>,
}

impl<'a, K: Kernel, L: Observed<K>, R: Observed<K>> Gram<'a, K, L, R> {
    /// Of L at points x, and R at points y.
    ///
    /// # Errors
    ///
    /// See [the module](super#errors).
    pub fn new(
        kernel: &'a K,
        (left, x): (L, &'a PointsRef<K>),
        (right, y): (R, &'a PointsRef<K>),
    ) -> Result<Self, KernelError> {
        let Batch { n, m, d, .. } = Batch::of(kernel, x, y)?;
        let left = Resolved::new(kernel, &left, ("x", x), d)?;
        let right = Resolved::new(kernel, &right, ("y", y), d)?;
        Ok(Self { kernel, x, y, left, right, sizes: [n, m, d], operators: PhantomData })
    }

    /// How many rows and columns it has.
    #[must_use]
    pub fn shape(&self) -> (usize, usize) {
        self.covariance().shape()
    }

    /// The product with a vector, or with several at once: the columns of a matrix.
    ///
    /// # Errors
    ///
    /// [`Operand`](KernelError::Operand) if `v` has not as many rows as this has columns.
    ///
    /// ```
    /// use kernel_runtime::gram::{Gram, Value};
    /// use kernel_runtime::kernels::Rbf;
    /// use ndarray::array;
    ///
    /// let (k, x) = (Rbf::new(1.0, 0.5)?, array![[0.0], [1.0]]);
    /// let gram = Gram::new(&k, (Value, &x), (Value, &x))?;
    /// let two = gram.dot(&array![[1.0, 0.0], [0.0, 1.0]])?;
    /// assert_eq!(two, gram.dense()?);
    /// assert_eq!(gram.dot(&array![1.0, 0.0])?, two.column(0));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
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
        self.covariance().multiply(&v, out)
    }

    /// The same without the types of the operators.
    pub(super) fn covariance(&self) -> Covariance<'_, K> {
        let (left, right) = (Side::new(&self.left, self.x), Side::new(&self.right, self.y));
        Covariance { kernel: self.kernel, left, right }
    }
}
