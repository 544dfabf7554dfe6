//! Gram matrices that are not formed.

use ndarray::{Array, Array2, ArrayRef, ArrayView1, ArrayView2, ArrayViewMut2, Axis, s};

use super::PointsRef;
use super::batch::{Batch, EnginePoints, allocate, expect_shape};
use super::columns::Columns;
use super::operator::Observed;
use super::pairwise::pairwise;
use super::tile::both;
use crate::engine::{ByPoints, Derived, Entries, Packed, Products, ROWS, line};
use crate::error::KernelError;
use crate::kernel::Kernel;
use crate::real::{Lane, Real};

/// L_x k(x, y) R_y for all pairs of n points x and m points y, as a matrix that is not formed: [`dot`](Self::dot) takes O(n m d) time, and
/// O((n + m) d) memory beside its argument and result; with Hessians, of which a point has d² numbers, O(n m d²) and O((n + m) d²).
///
/// The structure is that of the kernel, whatever it is (see [`Kernel`]): the block of a pair is a diagonal and a few products of vectors, so
/// none has d² entries to be computed. Sums, products and multiples of kernels cost what their parts do.
///
/// Where both sides are the same, points and operator, and the kernel is [`Symmetric`](crate::Symmetric), each pair of points is taken once
/// for both of its blocks. Hessians are not yet.
///
/// L and R are [`Value`](super::Value), [`Gradient`](super::Gradient), some partial derivatives, [`Partials`](super::Partials), a
/// [`Hessian`](super::Hessian), or several of these, `(Value, Gradient)`, `(Value, Partials)` or `(Value, Gradient, Hessian)`. Rows and
/// columns are point by point: number e of point i of L with w numbers is row `i w + e`.
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
    pub(super) left: L,
    pub(super) right: R,
    pub(super) sizes: [usize; 3],
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
        left.check("x", d)?;
        right.check("y", d)?;
        Ok(Self { kernel, x, y, left, right, sizes: [n, m, d] })
    }

    /// How many rows and columns it has.
    #[must_use]
    pub fn shape(&self) -> (usize, usize) {
        let [n, m, d] = self.sizes;
        (n.saturating_mul(width::<K, L>(&self.left, d)), m.saturating_mul(width::<K, R>(&self.right, d)))
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
        let ((rows, expected), columns) = (self.shape(), D::columns(v));
        if columns.nrows() != expected {
            return Err(KernelError::Operand { expected, got: columns.nrows() });
        }
        expect_shape(out, &v.raw_dim().with_rows(rows))?;
        self.multiply(&columns, D::columns_mut(out))
    }

    /// The kernel with its derivatives beyond the gradient, if either side has some.
    pub(super) fn tower(&self) -> Option<&'a dyn Derived<K::Scalar>> {
        L::tower(self.kernel).or_else(|| R::tower(self.kernel))
    }

    fn multiply(
        &self,
        v: &ArrayView2<'_, K::Scalar>,
        mut out: ArrayViewMut2<'_, K::Scalar>,
    ) -> Result<(), KernelError> {
        let [n, m, d] = self.sizes;
        if n == 0 || m == 0 || v.ncols() == 0 {
            out.fill(K::Scalar::of(0.0));
            return Ok(());
        }
        if const { L::GENERAL || R::GENERAL } {
            return self.multiply_operators(v, out);
        }
        let batch = Batch::of(self.kernel, self.x, self.y)?;
        if let Some(kernel) = self.tower() {
            let places = [self.left.places(d), self.right.places(d)];
            batch.multiply_hessians(kernel, [L::ENTRIES, R::ENTRIES], places, v, out);
            return Ok(());
        }
        let points = batch.points(L::ENTRIES.gradient && R::ENTRIES.gradient && K::SHAPE.dense > 0);
        let of_point = self.right.places(d);
        let packed: Vec<_> =
            v.columns().into_iter().map(|column| Vectors::new(&column, m, d, R::ENTRIES, &of_point)).collect();
        let vectors: Vec<_> = packed.iter().map(Vectors::by_points).collect();
        batch.staged(self.kernel, [L::ENTRIES, R::ENTRIES], |staged| {
            let products = Products {
                staged,
                left: L::ENTRIES,
                places: &self.left.places(d),
                d,
                columns: m,
                tiles: points.y.tiles(0, m),
                points: points.behind(),
                vectors: &vectors,
            };
            if K::SHAPE.symmetric && self.has_equal_sides() && n > line::<K::Scalar>() {
                pairwise(&points.x, n, out, &products);
                return;
            }
            drive(&points, d, m * d * vectors.len(), out, &products);
        });
        Ok(())
    }
}

/// How many numbers a point has.
pub(super) fn width<K: Kernel, L: Observed<K>>(operator: &L, d: usize) -> usize {
    if const { L::GENERAL } { operator.described(d).components } else { operator.places(d).len() }
}

/// A vector by points y, as the engine wants it.
struct Vectors<S: Real> {
    values: Packed<S>,
    gradients: Packed<S>,
    m: usize,
    entries: Entries,
}

impl<S: Real> Vectors<S> {
    /// Number e of a point goes to its [place](places) e.
    fn new(column: &ArrayView1<'_, S>, m: usize, d: usize, entries: Entries, places: &[usize]) -> Self {
        let mut all = Array2::from_elem((m, entries.count(d)), S::of(0.0));
        for (j, mut point) in all.rows_mut().into_iter().enumerate() {
            for (e, &place) in places.iter().enumerate() {
                point[place] += column[j * places.len() + e];
            }
        }
        let at = usize::from(entries.value);
        let [values, gradients] = [all.slice(s![.., ..at]), all.slice(s![.., at..])]
            .map(|part| if part.ncols() == 0 { Packed::default() } else { Packed::with_zeros(&part) });
        Self { values, gradients, m, entries }
    }

    fn by_points(&self) -> ByPoints<'_, S> {
        ByPoints {
            values: if self.entries.value { self.values.tiles(0, self.m) } else { &[] },
            gradients: if self.entries.gradient { self.gradients.tiles(0, self.m) } else { &[] },
        }
    }
}

/// Pairs and coordinates that one task is worth.
const TASK: usize = 1 << 18;
/// A task has so many points x, for which points y stay in the second cache.
const LEAST: usize = 32;

/// All rows, on several threads if they pay. Each is computed the same way in whatever task it falls.
fn drive<S: Real>(
    points: &EnginePoints<'_, S>,
    d: usize,
    of_row: usize,
    out: ArrayViewMut2<'_, S>,
    products: &Products<'_, S>,
) {
    fn part<S: Real>(x: &[S], d: usize, rows: usize, mut out: ArrayViewMut2<'_, S>, products: &Products<'_, S>) {
        let n = x.len() / d;
        if n <= rows {
            let mut memory = S::memory();
            products.write(x, &mut out, &mut memory);
            S::keep(memory);
            return;
        }
        let at = (n / 2).next_multiple_of(ROWS);
        let ((x_above, x_below), (above, below)) =
            (x.split_at(at * d), out.split_at(Axis(0), at * products.places.len()));
        both(|| part(x_above, d, rows, above, products), || part(x_below, d, rows, below, products));
    }
    let rows = (TASK / of_row.max(1)).next_multiple_of(ROWS).max(LEAST);
    part(&points.x, d, rows, out, products);
}
