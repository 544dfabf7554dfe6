//! What is observed of a process: several operators, each at points of its own.

use std::ops::Range;
use std::sync::Arc;

use ndarray::Axis;

use super::PointsRef;
use super::batch::Batch;
use super::cross::Cross;
use super::layout::{Interleaved, Layout};
use super::lists::{Lists, Rows};
use super::operator::Observed;
use super::side::{Resolved, Side};
use crate::error::KernelError;
use crate::kernel::Kernel;

/// A list of operators with points, `data.push(Value, &x)?`, `data.push(Laplacian, &z)?`, and the covariance of all
/// that they make of f ~ GP(0, k): block (a, b) of it is cov(L_a f(x), L_b f(y)) = `L_a,x` k(x, y) `L_b,y` at the
/// points x of entry a and y of entry b (S. Särkkä, ICANN 2011; for values and partial derivatives, C. Rasmussen and C.
/// Williams, *Gaussian Processes for Machine Learning*, 2006, equation 9.1).
///
/// An operator is anything that a side of a [`Gram`](super::Gram) has: some entries may have values, others partial
/// derivatives by some coordinates, Laplacians, or tuples of these. Points are borrowed; all have as many coordinates.
/// Each row has the unit of its own number.
///
/// # The order of rows
///
/// Rows, and columns as well, are entry after entry, in the order in which they were pushed. Inside an entry with n
/// points, of which each has w numbers, it is the [`Layout`] that decides, a part of the type:
///
/// - [`Interleaved`], which [`new`](Self::new) has: point by point. Number e of point i is row i w + e of the entry.
/// - [`Blocked`](super::Blocked): the members of a tuple one after the other, each of them point by point. Of
///   `(Value, Gradient)` all n values come first, then the n gradients of d numbers each, as in
///   [`joint`](super::joint()). What is no tuple is one member, so for an entry with `Gradient`, `Hessian` or
///   `Laplacian` alone the two layouts are the same. Tuples inside a tuple are taken apart likewise.
///
/// [`index`](Self::index) is the row of a number, [`locate`](Self::locate) the number of a row.
///
/// # Predictions
///
/// With observations b of variances N, the mean of an operator L of f at other points is cov(L f, data) (K + N)⁻¹ b
/// (Rasmussen and Williams, equation 2.23): [`cross`](Self::cross) times the solution of a system that
/// [`Solve`](crate::solve::Solve) takes, without a matrix being formed. With the feature `gp`,
/// `data.posterior(&b, &noise)?` factorises K + N, and has variances, covariances and the likelihood as well.
///
/// ```
/// use kernel_runtime::gram::{Gradient, Laplacian, Observations, Partials, Value};
/// use kernel_runtime::kernels::Rbf;
/// use kernel_runtime::solve::Solve;
/// use ndarray::{Array1, array};
///
/// let k = Rbf::new(1.0, 0.8)?;
/// let (x, y, z) = (array![[0.0, 0.1], [1.0, 0.7]], array![[0.5, 0.5]], array![[0.2, 0.9], [0.8, 0.0], [1.5, 1.0]]);
/// let mut data = Observations::new(&k);
/// data.push(Value, &x)?;
/// data.push(Laplacian, &y)?;
/// data.push((Value, Partials(&[1])), &z)?;
/// assert_eq!(data.len(), 2 + 1 + 3 * 2);
/// assert_eq!(data.index(2, 1, 1), Some(2 + 1 + 1 * 2 + 1)); // ∂f/∂x_1 at the second point of z
///
/// let covariance = data.covariance()?;
/// assert_eq!(covariance, covariance.t());
///
/// // The gradient of f between them.
/// let (b, noise) = (Array1::ones(9), Array1::from_elem(9, 1e-3));
/// let weights = Solve::new(&data).noise_of_each(&noise).tolerance(1e-10).run(&b)?.x;
/// let gradient = data.cross(Gradient, &array![[0.6, 0.4]])?.dot(&weights)?;
/// assert_eq!(gradient.len(), 2);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Observations<'a, K: Kernel, O = Interleaved> {
    pub(super) kernel: &'a K,
    pub(super) entries: Vec<Entry<'a, K>>,
    layout: O,
    len: usize,
}

/// An operator at some points, and where its numbers stand.
pub(super) struct Entry<'a, K: Kernel> {
    operator: Arc<Resolved<'a, K>>,
    points: &'a PointsRef<K>,
    rows: Range<usize>,
    /// The row of each number point by point, if those are not in that order.
    order: Arc<[usize]>,
}

impl<K: Kernel> Clone for Entry<'_, K> {
    fn clone(&self) -> Self {
        let (operator, order) = (Arc::clone(&self.operator), Arc::clone(&self.order));
        Self { operator, points: self.points, rows: self.rows.clone(), order }
    }
}

impl<K: Kernel, O: Layout> Clone for Observations<'_, K, O> {
    fn clone(&self) -> Self {
        Self { entries: self.entries.clone(), ..*self }
    }
}

impl<'a, K: Kernel> Observations<'a, K> {
    /// None yet; each entry is going to be point by point.
    #[must_use]
    pub fn new(kernel: &'a K) -> Self {
        Self::with_layout(kernel, Interleaved)
    }
}

impl<'a, K: Kernel, O: Layout> Observations<'a, K, O> {
    /// None yet, with an order of rows inside entries.
    ///
    /// ```
    /// use kernel_runtime::gram::{self, Blocked, Gradient, Observations, Value};
    /// use kernel_runtime::kernels::Rbf;
    /// use ndarray::array;
    ///
    /// let (k, x) = (Rbf::new(1.0, 0.8)?, array![[0.0, 0.1], [1.0, 0.7], [0.3, 0.3]]);
    /// let mut data = Observations::with_layout(&k, Blocked);
    /// data.push((Value, Gradient), &x)?;
    /// assert_eq!(data.index(0, 1, 1), Some(3 + 1 * 2)); // ∂f/∂x_0 at the second point
    /// let error = data.covariance()? - gram::joint(&k, &x, &x, Blocked)?;
    /// assert!(error.iter().all(|error| error.abs() < 1e-15));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn with_layout(kernel: &'a K, layout: O) -> Self {
        Self { kernel, entries: Vec::new(), layout, len: 0 }
    }

    /// Adds an operator at some points, below all rows that there are. No points are allowed.
    ///
    /// # Errors
    ///
    /// - [`EntryDimension`](KernelError::EntryDimension) if the points before have another number of coordinates;
    /// - [`Entry`](KernelError::Entry), with its number, if the points do not fit the kernel or the operator, as in
    ///   [the module](super#errors);
    /// - [`TooLarge`](KernelError::TooLarge) if there were more rows than memory has bytes.
    ///
    /// The list is as it was then.
    ///
    /// ```
    /// use kernel_runtime::KernelError;
    /// use kernel_runtime::gram::{Observations, Partials, Value};
    /// use kernel_runtime::kernels::Rbf;
    /// use ndarray::array;
    ///
    /// let (k, x, y) = (Rbf::new(1.0, 0.8)?, array![[0.0, 0.1]], array![[0.0, 0.1, 0.2]]);
    /// let mut data = Observations::new(&k);
    /// data.push(Value, &x)?;
    /// assert_eq!(data.push(Value, &y), Err(KernelError::EntryDimension { entry: 1, expected: 2, got: 3 }));
    /// let error = data.push(Partials(&[2]), &x).unwrap_err();
    /// assert_eq!(
    ///     error.to_string(),
    ///     "entry 1 of the observations: the operator at `x` takes the derivative by coordinate 2, \
    ///      but its points have 2 coordinates: coordinates count from 0 to 1"
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn push<L: Observed<K>>(&mut self, operator: L, points: &'a PointsRef<K>) -> Result<(), KernelError> {
        let entry = self.entries.len();
        let (d, resolved) = checked(self.kernel, &operator, points)
            .map_err(|error| KernelError::Entry { entry, error: Box::new(error) })?;
        if let Some(expected) = self.dimension().filter(|&expected| expected != d) {
            return Err(KernelError::EntryDimension { entry, expected, got: d });
        }
        self.add(&operator, resolved, points, d)
    }

    fn add<L: Observed<K>>(
        &mut self,
        operator: &L,
        resolved: Resolved<'a, K>,
        points: &'a PointsRef<K>,
        d: usize,
    ) -> Result<(), KernelError> {
        let too_large = || KernelError::TooLarge { shape: vec![usize::MAX] };
        let (parts, count) = (operator.parts(d), points.len_of(Axis(0)));
        let width: usize = parts.iter().sum();
        let rows = count.checked_mul(width).ok_or_else(too_large)?;
        let len = self.len.checked_add(rows).filter(|&len| fits::<K::Scalar>(len)).ok_or_else(too_large)?;
        let mut order = Vec::new();
        // An operator of one part is point by point in each layout.
        if parts.len() > 1 && O::MOVES {
            order.try_reserve_exact(rows).map_err(|_| too_large())?;
            let numbers = (0..count).flat_map(|i| (0..width).map(move |e| (i, e)));
            order.extend(numbers.map(|(i, e)| self.len + self.layout.place(count, &parts, i, e)));
        }
        let operator = Arc::new(resolved);
        let rows = self.len..len;
        self.entries.push(Entry { operator, points, rows, order: order.into() });
        self.len = len;
        Ok(())
    }

    /// How many numbers are observed: rows, and columns, of the covariance.
    #[must_use]
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether no number is.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// How many rows and columns the covariance has.
    #[must_use]
    pub fn shape(&self) -> (usize, usize) {
        (self.len, self.len)
    }

    /// How many entries were pushed.
    #[must_use]
    pub fn entries(&self) -> usize {
        self.entries.len()
    }

    /// The row of number `component` of point `point` of entry `entry`; `None` if there is none.
    #[must_use]
    pub fn index(&self, entry: usize, point: usize, component: usize) -> Option<usize> {
        let entry = self.entries.get(entry)?;
        let width = entry.operator.width();
        if component >= width || point >= entry.rows.len() / width {
            return None;
        }
        let natural = point * width + component;
        Some(entry.order.get(natural).copied().unwrap_or(entry.rows.start + natural))
    }

    /// Which entry, which point of it and which of its numbers a row stands for; `None` if there are fewer rows.
    ///
    /// ```
    /// use kernel_runtime::gram::{Blocked, Gradient, Observations, Value};
    /// use kernel_runtime::kernels::Rbf;
    /// use ndarray::array;
    ///
    /// let (k, x) = (Rbf::new(1.0, 0.8)?, array![[0.0, 0.1], [1.0, 0.7], [0.3, 0.3]]);
    /// let mut data = Observations::with_layout(&k, Blocked);
    /// data.push(Value, &x)?;
    /// data.push((Value, Gradient), &x)?;
    /// assert_eq!(data.locate(3 + 3 + 2 * 2 + 1), Some((1, 2, 2)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn locate(&self, row: usize) -> Option<(usize, usize, usize)> {
        let number = self.entries.iter().position(|entry| entry.rows.contains(&row))?;
        let entry = &self.entries[number];
        let natural = if entry.order.is_empty() {
            row - entry.rows.start
        } else {
            entry.order.iter().position(|&place| place == row)?
        };
        let width = entry.operator.width();
        Some((number, natural / width, natural % width))
    }

    /// cov(L f(x), data) for an operator at other points, or the same: rows are those of x in the same layout, columns
    /// those of the data.
    ///
    /// # Errors
    ///
    /// See [the module](super#errors): the points are `x`, those of the data `y`.
    pub fn cross<'q, L: Observed<K>>(&'q self, operator: L, x: &'q PointsRef<K>) -> Result<Cross<'q, K>, KernelError> {
        let queries = self.of_queries(&operator, x)?;
        Ok(Cross::new(self.kernel, [queries.entries, self.entries.clone()]))
    }

    /// cov(queries, data) for a list of operators at points, whose rows are in their own layout. Both are to have the
    /// same kernel: it is that of the data which is evaluated.
    ///
    /// # Errors
    ///
    /// [`UnequalDimensions`](KernelError::UnequalDimensions) if points of the queries, `x`, have not as many
    /// coordinates as those of the data, `y`.
    ///
    /// ```
    /// use kernel_runtime::gram::{Gradient, Laplacian, Observations, Value};
    /// use kernel_runtime::kernels::Rbf;
    /// use ndarray::array;
    ///
    /// let (k, x, z) = (Rbf::new(1.0, 0.8)?, array![[0.0, 0.1], [1.0, 0.7]], array![[0.5, 0.5]]);
    /// let mut data = Observations::new(&k);
    /// data.push(Value, &x)?;
    /// let mut queries = Observations::new(&k);
    /// queries.push(Gradient, &z)?;
    /// queries.push(Laplacian, &x)?;
    /// assert_eq!(data.cross_with(&queries)?.dense()?.dim(), (2 + 2, 2));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn cross_with<'q, P: Layout>(
        &'q self,
        queries: &'q Observations<'_, K, P>,
    ) -> Result<Cross<'q, K>, KernelError> {
        if let (Some(x), Some(y)) = (queries.dimension(), self.dimension()) {
            expect_equal(x, y)?;
        }
        Ok(Cross::new(self.kernel, [queries.entries.clone(), self.entries.clone()]))
    }

    /// A list of one entry, with points `x`.
    pub(crate) fn of_queries<'q, L: Observed<K>>(
        &self,
        operator: &L,
        x: &'q PointsRef<K>,
    ) -> Result<Observations<'q, K, O>, KernelError>
    where
        'a: 'q,
    {
        let (d, resolved) = checked(self.kernel, operator, x)?;
        if let Some(y) = self.dimension() {
            expect_equal(d, y)?;
        }
        let mut queries = Observations::with_layout(self.kernel, self.layout);
        queries.add(operator, resolved, x, d)?;
        Ok(queries)
    }

    /// All pairs of its entries.
    pub(super) fn lists(&self) -> Lists<'_, K> {
        Lists { kernel: self.kernel, rows: &self.entries, columns: &self.entries }
    }

    /// How many coordinates points have, if there are any.
    fn dimension(&self) -> Option<usize> {
        self.entries.first().map(|entry| entry.side().rows().ncols())
    }
}

impl<K: Kernel> Entry<'_, K> {
    pub(super) fn side(&self) -> Side<'_, K> {
        Side::new(&self.operator, self.points)
    }

    /// How many numbers a point has.
    pub(super) fn width(&self) -> usize {
        self.operator.width()
    }

    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    pub(super) fn all_rows(&self) -> Rows<'_> {
        self.rows(0..self.len())
    }

    /// The rows of some numbers, which are counted point by point.
    pub(super) fn rows(&self, numbers: Range<usize>) -> Rows<'_> {
        if self.order.is_empty() {
            let first = self.rows.start;
            Rows::Together(first + numbers.start..first + numbers.end)
        } else {
            Rows::Each(&self.order[numbers])
        }
    }
}

/// How many coordinates points have, and the operator there, if it and the kernel take those.
fn checked<'k, K: Kernel, L: Observed<K>>(
    kernel: &'k K,
    operator: &L,
    points: &PointsRef<K>,
) -> Result<(usize, Resolved<'k, K>), KernelError> {
    let d = Batch::of(kernel, points, points)?.d;
    Ok((d, Resolved::new(kernel, operator, ("x", points), d)?))
}

/// Whether a vector of so many numbers can be.
fn fits<S>(numbers: usize) -> bool {
    numbers.checked_mul(size_of::<S>()).is_some_and(|bytes| isize::try_from(bytes).is_ok())
}

fn expect_equal(x: usize, y: usize) -> Result<(), KernelError> {
    if x == y { Ok(()) } else { Err(KernelError::UnequalDimensions { x, y }) }
}
