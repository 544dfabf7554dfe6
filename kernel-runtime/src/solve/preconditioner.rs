//! Approximations of a matrix whose inverses are cheap.

use ndarray::{Array1, Array2, ArrayRef1, ArrayRef2, Axis, s};

use super::error::{SolveError, one_for_each_row};
use super::matrix::{CovarianceMatrix, Number, SymmetricMatrix};
use super::small;
use crate::gram::OwnBlock;

/// M, positive definite and near to K + noise, of which the inverse is applied in every iteration.
pub trait Preconditioner<S> {
    /// How many rows it has.
    fn size(&self) -> usize;

    /// Overwrites V with M⁻¹V.
    fn apply(&self, v: &mut ArrayRef2<S>);
}

/// The blocks of K + noise that a point has with itself: a row for the value and one for each partial derivative. For
/// points that hardly know of one another, and for operators whose numbers differ in scale.
///
/// ```
/// use kernel_runtime::gram::{Gradient, Gram, Value};
/// use kernel_runtime::kernels::Rbf;
/// use kernel_runtime::solve::{BlockDiagonal, Solve};
/// use ndarray::{Array1, array};
///
/// let (k, x) = (Rbf::new(1.0, 0.01)?, array![[0.0, 0.1], [1.0, 0.0], [0.3, 0.9]]);
/// let gram = Gram::new(&k, ((Value, Gradient), &x), ((Value, Gradient), &x))?;
/// let blocks = BlockDiagonal::new(&gram, 1e-4)?;
/// let solution = Solve::new(&gram).noise(1e-4).preconditioner(&blocks).run(&Array1::ones(9))?;
/// assert_eq!(solution.iterations, 1); // the points are far apart
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct BlockDiagonal<S> {
    /// The rows of each block, and its factor.
    factors: Vec<(Vec<usize>, Array2<S>)>,
    size: usize,
}

impl<S: Number> BlockDiagonal<S> {
    /// Of the points of a matrix, with one variance for all rows.
    ///
    /// # Errors
    ///
    /// [`NotSymmetric`](SolveError::NotSymmetric), and [`Preconditioner`](SolveError::Preconditioner) if a block is not
    /// positive definite.
    pub fn new(matrix: &impl CovarianceMatrix<S>, noise: S) -> Result<Self, SolveError> {
        Self::with_noise_of_each(matrix, &Array1::from_elem(matrix.size(), noise))
    }

    /// With a variance for each row.
    ///
    /// # Errors
    ///
    /// As [`new`](Self::new), and [`Noise`](SolveError::Noise) if there is not one for each row.
    pub fn with_noise_of_each(matrix: &impl CovarianceMatrix<S>, variances: &ArrayRef1<S>) -> Result<Self, SolveError> {
        matrix.check()?;
        one_for_each_row(variances.len(), matrix.size())?;
        let (mut factors, blocks) = (Vec::new(), matrix.own_blocks()?);
        as_large_as(matrix, blocks.iter().filter(|block| is_of_its_rows(block, matrix.size())).map(rows).sum())?;
        for OwnBlock { rows, mut entries } in blocks {
            for (entry, &row) in entries.diag_mut().iter_mut().zip(&rows) {
                *entry += variances[row];
            }
            let factor = small::cholesky(&entries).map_err(|_| SolveError::Preconditioner { iteration: 0 })?;
            factors.push((rows, factor));
        }
        Ok(Self { factors, size: matrix.size() })
    }
}

impl<S: Number> Preconditioner<S> for BlockDiagonal<S> {
    fn size(&self) -> usize {
        self.size
    }

    fn apply(&self, v: &mut ArrayRef2<S>) {
        for (rows, factor) in &self.factors {
            let mut block = v.select(Axis(0), rows);
            small::solve(factor, &mut block);
            for (&row, solved) in rows.iter().zip(block.rows()) {
                v.row_mut(row).assign(&solved);
            }
        }
    }
}

/// L Lᵀ + noise with L of few columns: a Cholesky factorisation of K that takes the row with the largest variance left,
/// in parts of its noise, and ends after `rank` of them (H. Harbrecht, M. Peters and R. Schneider, *On the low-rank
/// approximation by the pivoted Cholesky decomposition*, Appl. Numer. Math. 62, 2012; for Gaussian processes J. Gardner
/// et al., NeurIPS 2018). For smooth kernels, whose spectrum falls fast: it takes out the largest eigenvalues. `rank`
/// columns of the matrix, N · `rank` numbers of memory.
///
/// See [the module](super) for an example.
pub struct PivotedCholesky<S> {
    /// L
    columns: Array2<S>,
    /// The factor of 1 + Lᵀ N⁻¹ L
    inner: Array2<S>,
    /// N, one number for each row
    noise: Array1<S>,
}

impl<S: Number> PivotedCholesky<S> {
    /// Of a matrix, with noise > 0 and as many columns as `rank`, or fewer if these are all there are.
    ///
    /// # Errors
    ///
    /// [`NotSymmetric`](SolveError::NotSymmetric), and [`Noise`](SolveError::Noise) if there is none: L Lᵀ alone has no
    /// inverse.
    pub fn new(matrix: &impl CovarianceMatrix<S>, noise: S, rank: usize) -> Result<Self, SolveError> {
        Self::with_noise_of_each(matrix, &Array1::from_elem(matrix.size(), noise), rank)
    }

    /// With a variance > 0 for each row.
    ///
    /// # Errors
    ///
    /// As [`new`](Self::new), and [`Noise`](SolveError::Noise) if there is not one for each row.
    pub fn with_noise_of_each(
        matrix: &impl CovarianceMatrix<S>,
        variances: &ArrayRef1<S>,
        rank: usize,
    ) -> Result<Self, SolveError> {
        matrix.check()?;
        one_for_each_row(variances.len(), matrix.size())?;
        if let Some(variance) = variances.iter().find(|&&variance| !(variance > S::of(0.0) && variance.is_number())) {
            return Err(SolveError::Noise { problem: format!("is {variance}, but this preconditioner divides by it") });
        }
        let columns = pivoted(matrix, variances, rank)?;
        let mut in_parts = columns.clone();
        divide(&mut in_parts, variances);
        let mut inner = columns.t().dot(&in_parts);
        inner.diag_mut().mapv_inplace(|entry| entry + S::of(1.0));
        let inner = small::cholesky(&inner).map_err(|_| SolveError::Preconditioner { iteration: 0 })?;
        Ok(Self { columns, inner, noise: variances.to_owned() })
    }
}

/// Whether entries are those of all rows: a matrix may be anybody's.
fn as_large_as<S>(matrix: &impl SymmetricMatrix<S>, got: usize) -> Result<(), SolveError> {
    let expected = matrix.size();
    if got == expected { Ok(()) } else { Err(SolveError::PreconditionerSize { expected, got }) }
}

fn rows<S>(block: &OwnBlock<S>) -> usize {
    block.rows.len()
}

fn is_of_its_rows<S>(block: &OwnBlock<S>, size: usize) -> bool {
    block.entries.dim() == (rows(block), rows(block)) && block.rows.iter().all(|&row| row < size)
}

/// N⁻¹V
fn divide<S: Number>(v: &mut ArrayRef2<S>, noise: &ArrayRef1<S>) {
    for (mut row, &noise) in v.rows_mut().into_iter().zip(noise) {
        row.mapv_inplace(|number| number / noise);
    }
}

/// L
fn pivoted<S: Number>(
    matrix: &impl CovarianceMatrix<S>,
    noise: &ArrayRef1<S>,
    rank: usize,
) -> Result<Array2<S>, SolveError> {
    let mut left = matrix.diagonal()?;
    as_large_as(matrix, left.len())?;
    let (n, rank) = (left.len(), rank.min(left.len()));
    let whole: f64 = left.iter().map(|&variance| variance.into()).fold(0.0, f64::max);
    let mut columns = Array2::from_elem((n, rank), S::of(0.0));
    for k in 0..rank {
        let in_parts = left.iter().zip(noise).map(|(&variance, &noise)| (variance / noise).into()).enumerate();
        let pivot = in_parts.max_by(|a: &(usize, f64), b| a.1.total_cmp(&b.1)).map_or(0, |(pivot, _)| pivot);
        let variance: f64 = left[pivot].into();
        // What is left is rounding.
        if variance.is_nan() || variance <= 8.0 * S::EPSILON * whole {
            return Ok(columns.slice(s![.., ..k]).to_owned());
        }
        let root = S::of(variance.sqrt());
        let mut column = matrix.column(pivot)?;
        as_large_as(matrix, column.len())?;
        column -= &columns.slice(s![.., ..k]).dot(&columns.slice(s![pivot, ..k]));
        column.mapv_inplace(|entry| entry / root);
        for (left, &entry) in left.iter_mut().zip(&column) {
            *left -= entry * entry;
        }
        left[pivot] = S::of(0.0);
        columns.column_mut(k).assign(&column);
    }
    Ok(columns)
}

impl<S: Number> Preconditioner<S> for PivotedCholesky<S> {
    fn size(&self) -> usize {
        self.columns.nrows()
    }

    /// (L Lᵀ + N)⁻¹ = N⁻¹ - N⁻¹L (1 + LᵀN⁻¹L)⁻¹ LᵀN⁻¹
    fn apply(&self, v: &mut ArrayRef2<S>) {
        divide(v, &self.noise);
        let mut inner = self.columns.t().dot(v);
        small::solve(&self.inner, &mut inner);
        let mut found = self.columns.dot(&inner);
        divide(&mut found, &self.noise);
        *v -= &found;
    }
}
