//! Gram matrices that are not formed.

use std::marker::PhantomData;

use ndarray::{Array, Array2, ArrayRef, ArrayView2, ArrayViewMut2, Axis, Dimension, Ix1, Ix2, s};

use super::PointsRef;
use super::batch::{Batch, EnginePoints, allocate, expect_shape};
use super::layout::cells;
use super::operator::Observed;
use super::tile::both;
use crate::engine::{ByPoints, Entries, Packed, Parts, Products, ROWS, Steps};
use crate::error::KernelError;
use crate::kernel::Kernel;
use crate::real::{Lane, Real};

/// L_x k(x, y) R_y for all pairs of n points x and m points y, as a matrix that is not formed: [`dot`](Self::dot) takes O(n m d) time, and
/// O((n + m) d) memory beside its argument and result.
///
/// The structure is that of the kernel, whatever it is (see [`Kernel`]): the block of a pair is a diagonal and a few products of vectors, so
/// none has d² entries to be computed. Sums, products and multiples of kernels cost what their parts do.
///
/// L and R are [`Value`](super::Value), [`Gradient`](super::Gradient) or `(Value, Gradient)`. Rows and columns are point by point:
/// number e of point i of L with w numbers is row `i w + e`.
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
    kernel: &'a K,
    x: &'a PointsRef<K>,
    y: &'a PointsRef<K>,
    sizes: [usize; 3],
    sides: PhantomData<fn(L, R)>,
}

/// A vector, or several as the columns of a matrix.
pub trait Columns: Dimension {
    #[doc(hidden)]
    #[must_use]
    fn with_rows(&self, rows: usize) -> Self;
    #[doc(hidden)]
    fn columns<S: Real>(array: &ArrayRef<S, Self>) -> ArrayView2<'_, S>;
    #[doc(hidden)]
    fn columns_mut<S: Real>(array: &mut ArrayRef<S, Self>) -> ArrayViewMut2<'_, S>;
}

impl Columns for Ix1 {
    fn with_rows(&self, rows: usize) -> Self {
        Ix1(rows)
    }

    fn columns<S: Real>(array: &ArrayRef<S, Self>) -> ArrayView2<'_, S> {
        array.view().insert_axis(Axis(1))
    }

    fn columns_mut<S: Real>(array: &mut ArrayRef<S, Self>) -> ArrayViewMut2<'_, S> {
        array.view_mut().insert_axis(Axis(1))
    }
}

impl Columns for Ix2 {
    fn with_rows(&self, rows: usize) -> Self {
        Ix2(rows, self[1])
    }

    fn columns<S: Real>(array: &ArrayRef<S, Self>) -> ArrayView2<'_, S> {
        array.view()
    }

    fn columns_mut<S: Real>(array: &mut ArrayRef<S, Self>) -> ArrayViewMut2<'_, S> {
        array.view_mut()
    }
}

impl<'a, K: Kernel, L: Observed<K>, R: Observed<K>> Gram<'a, K, L, R> {
    /// Of L at points x, and R at points y.
    ///
    /// # Errors
    ///
    /// See [the module](super#errors).
    pub fn new(
        kernel: &'a K,
        (_, x): (L, &'a PointsRef<K>),
        (_, y): (R, &'a PointsRef<K>),
    ) -> Result<Self, KernelError> {
        let Batch { n, m, d, .. } = Batch::of(kernel, x, y)?;
        Ok(Self { kernel, x, y, sizes: [n, m, d], sides: PhantomData })
    }

    /// How many rows and columns it has.
    #[must_use]
    pub fn shape(&self) -> (usize, usize) {
        let [n, m, d] = self.sizes;
        (n.saturating_mul(L::ENTRIES.count(d)), m.saturating_mul(R::ENTRIES.count(d)))
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

    /// All entries.
    ///
    /// # Errors
    ///
    /// [`TooLarge`](KernelError::TooLarge) if they would not fit into memory.
    pub fn dense(&self) -> Result<Array2<K::Scalar>, KernelError> {
        let (rows, columns) = self.shape();
        let mut out = allocate(Ix2(rows, columns))?;
        let batch = Batch::of(self.kernel, self.x, self.y)?;
        let (d, left, right) = (self.sizes[2], L::ENTRIES, R::ENTRIES);
        let (wide, at) = (right.count(d), usize::from(right.value));
        let below = |at| Steps { row: usize::from(left.value), row_step: 1, at };
        let parts = Parts {
            value: (left.value && right.value).then_some((0, 0)),
            grad_y: (left.value && right.gradient).then_some((0, at)),
            grad_x: (left.gradient && right.value).then_some(below(0)),
            hess_xy: (left.gradient && right.gradient).then_some(below(at)),
            widths: vec![wide; left.count(d)],
        };
        let target = cells(out.view_mut(), left.count(d), wide);
        batch.staged(self.kernel, [left, right], |staged| batch.write(staged, &parts, target));
        Ok(out)
    }

    /// Rows `rows` of all entries.
    ///
    /// # Errors
    ///
    /// As [`dense`](Self::dense).
    ///
    /// # Panics
    ///
    /// If there are fewer rows, as a slice of an array does.
    ///
    /// ```
    /// use kernel_runtime::gram::{Gradient, Gram, Value};
    /// use kernel_runtime::kernels::Rbf;
    /// use ndarray::{array, s};
    ///
    /// let (k, x) = (Rbf::new(1.0, 0.5)?, array![[0.0, 1.0], [1.0, 0.5], [2.0, 2.0]]);
    /// let gram = Gram::new(&k, ((Value, Gradient), &x), (Value, &x))?;
    /// assert_eq!(gram.rows(2..5)?, gram.dense()?.slice(s![2..5, ..]));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn rows(&self, rows: std::ops::Range<usize>) -> Result<Array2<K::Scalar>, KernelError> {
        let of_point = L::ENTRIES.count(self.sizes[2]);
        let (first, last) = (rows.start / of_point, rows.end.div_ceil(of_point));
        let some = self.x.slice_axis(Axis(0), (first..last.max(first)).into());
        let part = Gram::<K, L, R> {
            kernel: self.kernel,
            x: &some,
            y: self.y,
            sizes: [last.saturating_sub(first), self.sizes[1], self.sizes[2]],
            sides: PhantomData,
        };
        let all = part.dense()?;
        let start = rows.start - first * of_point;
        Ok(all.slice(s![start..start + rows.len(), ..]).to_owned())
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
        let batch = Batch::of(self.kernel, self.x, self.y)?;
        let points = batch.points(L::ENTRIES.gradient && R::ENTRIES.gradient && K::SHAPE.dense > 0);
        let packed: Vec<_> = v.columns().into_iter().map(|column| Vectors::new(&column, m, d, R::ENTRIES)).collect();
        let vectors: Vec<_> = packed.iter().map(Vectors::by_points).collect();
        batch.staged(self.kernel, [L::ENTRIES, R::ENTRIES], |staged| {
            let products = Products {
                staged,
                left: L::ENTRIES,
                d,
                columns: m,
                tiles: points.y.tiles(0, m),
                points: points.behind(),
                vectors: &vectors,
            };
            drive(&points, d, L::ENTRIES.count(d), m * d * vectors.len(), out, &products);
        });
        Ok(())
    }
}

/// A vector by points y, as the engine wants it.
struct Vectors<S: Real> {
    values: Packed<S>,
    gradients: Packed<S>,
    m: usize,
    entries: Entries,
}

impl<S: Real> Vectors<S> {
    fn new(column: &ndarray::ArrayView1<'_, S>, m: usize, d: usize, entries: Entries) -> Self {
        let count = entries.count(d);
        let numbers: Vec<S> = column.iter().copied().collect();
        let all = ArrayView2::from_shape((m, count), &numbers).expect("as many numbers as the matrix has columns");
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

/// All rows, on several threads if they pay. Each is computed the same way in whatever task it falls.
fn drive<S: Real>(
    points: &EnginePoints<'_, S>,
    d: usize,
    entries: usize,
    of_row: usize,
    out: ArrayViewMut2<'_, S>,
    products: &Products<'_, S>,
) {
    fn part<S: Real>(
        x: &[S],
        d: usize,
        entries: usize,
        rows: usize,
        mut out: ArrayViewMut2<'_, S>,
        products: &Products<'_, S>,
    ) {
        let n = x.len() / d;
        if n <= rows {
            let mut memory = S::memory();
            products.write(x, &mut out, &mut memory);
            S::keep(memory);
            return;
        }
        let at = (n / 2).next_multiple_of(ROWS);
        let ((x_above, x_below), (above, below)) = (x.split_at(at * d), out.split_at(Axis(0), at * entries));
        both(|| part(x_above, d, entries, rows, above, products), || part(x_below, d, entries, rows, below, products));
    }
    let rows = (TASK / of_row.max(1)).next_multiple_of(ROWS).max(ROWS);
    part(&points.x, d, entries, rows, out, products);
}
