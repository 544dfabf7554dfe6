//! Gradients of few points in many dimensions, exactly.

use std::ops::Range;

use ndarray::{Array, Array2, ArrayRef, ArrayRef1, ArrayView2, s};

use super::dense::Factor;
use super::error::{SolveError, one_for_each_row};
use super::matrix::Number;
use crate::gram::{Columns, Gram, Observed};
use crate::kernel;
use crate::kernel::Differentiable;
use crate::points::VectorPoints;

/// (K + noise)⁻¹ for gradients, or values and gradients, at n points with d > n coordinates: by Cholesky factors of a
/// matrix of at most n² rows and one of n, where K has nd. O(n³d + n⁶) time and O(nd + n⁴) memory; in double precision
/// whatever the kernel's is.
///
/// It takes kernels that are functions of ‖x - y‖, x·y, ‖x‖ and ‖y‖: no rotation changes them, so of all directions
/// that none of the points lies in, gradients look the same (F. de Roos, A. Gessner and P. Hennig, *High-dimensional
/// Gaussian process inference with derivatives*, ICML 2021). `#[kernel]` knows of what sums a kernel is made; it need
/// not be marked [`Isotropic`](crate::Isotropic), and sums and products of such kernels are such. For more points there
/// are [conjugate gradients](super::Solve).
///
/// ```
/// use kernel_runtime::gram::{Gradient, Gram};
/// use kernel_runtime::kernels::Matern52;
/// use kernel_runtime::solve::LowRank;
/// use ndarray::{Array1, Array2};
///
/// // 4 gradients with 5000 coordinates: 20 000 unknowns.
/// let x = Array2::from_shape_fn((4, 5000), |(i, a)| f64::sin(((i + 2) * a) as f64));
/// let k = Matern52::new(1.0, 50.0)?;
/// let gram = Gram::new(&k, (Gradient, &x), (Gradient, &x))?;
/// let b = Array1::from_shape_fn(20_000, |i| f64::cos(i as f64));
/// let solution = LowRank::new(&gram, 1e-6)?.solve(&b)?;
/// let residual = gram.dot(&solution)? + 1e-6 * &solution - &b;
/// assert!(residual.dot(&residual).sqrt() < 1e-11 * b.dot(&b).sqrt());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct LowRank {
    points: usize,
    values: bool,
    /// Of which the points are sums, a row for each.
    directions: Array2<f64>,
    along: Factor,
    across: Option<Factor>,
}

impl LowRank {
    /// With one variance of noise.
    ///
    /// # Errors
    ///
    /// - [`Structure`](SolveError::Structure) if the operator or the kernel is not as said above,
    ///   [`NotSymmetric`](SolveError::NotSymmetric) if the sides differ;
    /// - [`Noise`](SolveError::Noise) if it is negative or not finite;
    /// - [`Pivot`](SolveError::Pivot) if the matrix is not positive definite in floating point;
    /// - [`Kernel`](SolveError::Kernel), for example if n² rows do not fit into memory.
    pub fn new<K, O>(gram: &Gram<'_, K, O, O>, noise: K::Scalar) -> Result<Self, SolveError>
    where
        K: kernel::Symmetric + Differentiable<Points = VectorPoints, Scalar: Number>,
        O: Observed<K>,
    {
        let noise: f64 = noise.into();
        Self::factorised(gram, &|_| noise)
    }

    /// With a variance for each row, the same for all derivatives at a point.
    ///
    /// # Errors
    ///
    /// As [`new`](Self::new), and [`Noise`](SolveError::Noise) if there is not one for each row, or if those of a
    /// gradient differ.
    pub fn with_noise_of_each<K, O>(
        gram: &Gram<'_, K, O, O>,
        variances: &ArrayRef1<K::Scalar>,
    ) -> Result<Self, SolveError>
    where
        K: kernel::Symmetric + Differentiable<Points = VectorPoints, Scalar: Number>,
        O: Observed<K>,
    {
        one_for_each_row(variances.len(), gram.shape().0)?;
        Self::factorised(gram, &|row| variances[row].into())
    }

    fn factorised<K, O>(gram: &Gram<'_, K, O, O>, noise: &dyn Fn(usize) -> f64) -> Result<Self, SolveError>
    where
        K: kernel::Symmetric + Differentiable<Points = VectorPoints, Scalar: Number>,
        O: Observed<K>,
    {
        let structure = |problem: String| SolveError::Structure { problem };
        let (rows, columns) = gram.shape();
        if !gram.has_equal_sides() {
            return Err(SolveError::NotSymmetric { rows, columns });
        }
        let (points, d, values) = gram
            .gradients()
            .ok_or_else(|| structure("the operator is neither `Gradient` nor `(Value, Gradient)`".to_owned()))?;
        let invariance = gram.invariance().map_err(|problem| structure(format!("the kernel {problem}")))?;
        let noise = noise_of_points(points, d, values, noise)?;
        let mut rotated = gram.rotated(invariance)?;
        let (directions, of_point) = (rotated.directions, rotated.along.nrows() / points.max(1));
        for (row, entry) in rotated.along.diag_mut().iter_mut().enumerate() {
            let [value, gradient] = noise[row / of_point];
            *entry += if values && row % of_point == 0 { value } else { gradient };
        }
        let across = rotated.across.map(|mut across| {
            across.diag_mut().iter_mut().zip(&noise).for_each(|(entry, [_, gradient])| *entry += gradient);
            Factor::new(across)
        });
        Ok(Self { points, values, directions, along: Factor::new(rotated.along)?, across: across.transpose()? })
    }

    /// (K + noise)⁻¹ b of a vector, or of each column of a matrix.
    ///
    /// # Errors
    ///
    /// [`RightHandSide`](SolveError::RightHandSide) if `b` has not as many rows as the matrix,
    /// [`NotFinite`](SolveError::NotFinite) if an entry is infinite or NaN.
    pub fn solve<S: Number, D: Columns>(&self, b: &ArrayRef<S, D>) -> Result<Array<S, D>, SolveError> {
        let (values, d) = (usize::from(self.values), self.directions.ncols());
        let (columns, expected) = (D::columns(b), self.points * (values + d));
        if columns.nrows() != expected {
            return Err(SolveError::RightHandSide { expected, got: columns.nrows() });
        }
        if let Some(((row, column), _)) = columns.indexed_iter().find(|(_, number)| !number.is_finite()) {
            return Err(SolveError::NotFinite { row, column });
        }
        let mut x = Array::from_elem(b.raw_dim(), S::of(0.0));
        for (b, mut x) in columns.columns().into_iter().zip(D::columns_mut(&mut x).columns_mut()) {
            let b = Array2::from_shape_fn((self.points, values + d), |(i, e)| b[i * (values + d) + e].into());
            for (x, &found) in x.iter_mut().zip(&self.solved(&b.view())) {
                *x = S::of(found);
            }
        }
        Ok(x)
    }

    /// The same of what belongs to each point in a row.
    fn solved(&self, b: &ArrayView2<'_, f64>) -> Array2<f64> {
        let (values, r) = (usize::from(self.values), self.directions.nrows());
        let gradients = b.slice(s![.., values..]);
        let mut along = Array2::zeros((self.points, values + r));
        along.slice_mut(s![.., ..values]).assign(&b.slice(s![.., ..values]));
        along.slice_mut(s![.., values..]).assign(&gradients.dot(&self.directions.t()));
        self.along.solve(along.as_slice_mut().unwrap_or_default(), 1);
        let mut x = Array2::zeros(b.raw_dim());
        x.slice_mut(s![.., ..values]).assign(&along.slice(s![.., ..values]));
        if let Some(factor) = &self.across {
            let mut across = self.across(gradients.to_owned());
            factor.solve(across.as_slice_mut().unwrap_or_default(), self.directions.ncols());
            x.slice_mut(s![.., values..]).assign(&self.across(across));
        }
        let mut gradients = x.slice_mut(s![.., values..]);
        gradients += &along.slice(s![.., values..]).dot(&self.directions);
        x
    }

    /// What is left of gradients across all directions. Taken before and after the division by what may be small, for
    /// what rounding leaves along the directions would grow with it.
    fn across(&self, mut gradients: Array2<f64>) -> Array2<f64> {
        let along = gradients.dot(&self.directions.t());
        gradients -= &along.dot(&self.directions);
        gradients
    }
}

/// Variances of the value and of all derivatives of each point.
fn noise_of_points(
    points: usize,
    d: usize,
    values: bool,
    noise: &dyn Fn(usize) -> f64,
) -> Result<Vec<[f64; 2]>, SolveError> {
    let values = usize::from(values);
    let of = |rows: Range<usize>| {
        let (variance, first) = (noise(rows.start), rows.start);
        match rows.into_iter().map(noise).find(|&other| other != variance) {
            _ if !(variance.is_finite() && variance >= 0.0) => {
                Err(SolveError::Noise { problem: format!("is {variance} in row {first}") })
            }
            Some(other) => Err(SolveError::Noise {
                problem: format!("is {variance} and {other} for derivatives at one point, from row {first} on"),
            }),
            None => Ok(variance),
        }
    };
    let of_point = |i: usize| {
        let [start, end] = [i, i + 1].map(|i| i * (values + d));
        Ok([of(start..start + 1)?, of(start + values..end)?])
    };
    (0..points).map(of_point).collect()
}
