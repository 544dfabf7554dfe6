//! Approximations of a matrix whose inverses are cheap.

use ndarray::{Array1, Array2, ArrayRef2, s};

use super::error::SolveError;
use super::matrix::{Number, SymmetricMatrix};
use super::small;
use crate::gram::{Gram, Observed};
use crate::kernel;

/// M, positive definite and near to K + noise, of which the inverse is applied in every iteration.
pub trait Preconditioner<S> {
    /// How many rows it has.
    fn size(&self) -> usize;

    /// Overwrites V with M⁻¹V.
    fn apply(&self, v: &mut ArrayRef2<S>);
}

/// The blocks of K + noise that a point has with itself: a row for the value and one for each partial derivative. For points that hardly
/// know of one another, and for operators whose numbers differ in scale.
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
    factors: Vec<Array2<S>>,
    size: usize,
}

impl<S: Number> BlockDiagonal<S> {
    /// Of the points of a matrix, and the noise of each row.
    ///
    /// # Errors
    ///
    /// [`NotSymmetric`](SolveError::NotSymmetric), and [`Preconditioner`](SolveError::Preconditioner) if a block is not positive definite.
    pub fn new<K, L>(gram: &Gram<'_, K, L, L>, noise: S) -> Result<Self, SolveError>
    where
        K: kernel::Symmetric<Scalar = S>,
        L: Observed<K>,
    {
        gram.check()?;
        let mut factors = Vec::new();
        for mut block in gram.own_blocks()? {
            block.diag_mut().mapv_inplace(|entry| entry + noise);
            factors.push(small::cholesky(&block).map_err(|_| SolveError::Preconditioner { iteration: 0 })?);
        }
        Ok(Self { factors, size: gram.size() })
    }
}

impl<S: Number> Preconditioner<S> for BlockDiagonal<S> {
    fn size(&self) -> usize {
        self.size
    }

    fn apply(&self, v: &mut ArrayRef2<S>) {
        let mut start = 0;
        for factor in &self.factors {
            let end = start + factor.nrows();
            small::solve(factor, &mut v.slice_mut(s![start..end, ..]));
            start = end;
        }
    }
}

/// L Lᵀ + noise with L of few columns: a Cholesky factorisation of K that takes the row with the largest variance left, and ends after
/// `rank` of them (H. Harbrecht, M. Peters and R. Schneider, *On the low-rank approximation by the pivoted Cholesky decomposition*, Appl.
/// Numer. Math. 62, 2012; for Gaussian processes J. Gardner et al., NeurIPS 2018). For smooth kernels, whose spectrum falls fast: it takes
/// out the largest eigenvalues. `rank` columns of the matrix, N · `rank` numbers of memory.
///
/// See [the module](super) for an example.
pub struct PivotedCholesky<S> {
    /// L
    columns: Array2<S>,
    /// The factor of noise + LᵀL
    inner: Array2<S>,
    noise: S,
}

impl<S: Number> PivotedCholesky<S> {
    /// Of a matrix, with noise > 0 and as many columns as `rank`, or fewer if these are all there are.
    ///
    /// # Errors
    ///
    /// [`NotSymmetric`](SolveError::NotSymmetric), and [`Noise`](SolveError::Noise) if there is none: L Lᵀ alone has no inverse.
    pub fn new<K, L>(gram: &Gram<'_, K, L, L>, noise: S, rank: usize) -> Result<Self, SolveError>
    where
        K: kernel::Symmetric<Scalar = S>,
        L: Observed<K>,
    {
        gram.check()?;
        if !(noise > S::of(0.0) && noise.is_number()) {
            return Err(SolveError::Noise { problem: format!("is {noise}, but this preconditioner divides by it") });
        }
        let columns = pivoted(gram, rank)?;
        let mut inner = columns.t().dot(&columns);
        inner.diag_mut().mapv_inplace(|entry| entry + noise);
        let inner = small::cholesky(&inner).map_err(|_| SolveError::Preconditioner { iteration: 0 })?;
        Ok(Self { columns, inner, noise })
    }
}

/// L
fn pivoted<S, K, L>(gram: &Gram<'_, K, L, L>, rank: usize) -> Result<Array2<S>, SolveError>
where
    S: Number,
    K: kernel::Symmetric<Scalar = S>,
    L: Observed<K>,
{
    let mut left: Array1<S> = gram.diagonal()?;
    let (n, rank) = (left.len(), rank.min(left.len()));
    let whole: f64 = left.iter().map(|&variance| variance.into()).fold(0.0, f64::max);
    let mut columns = Array2::from_elem((n, rank), S::of(0.0));
    for k in 0..rank {
        let (pivot, variance): (usize, f64) = left
            .iter()
            .map(|&variance| variance.into())
            .enumerate()
            .max_by(|a, b| a.1.total_cmp(&b.1))
            .unwrap_or((0, 0.0));
        // What is left is rounding.
        if variance.is_nan() || variance <= 8.0 * S::EPSILON * whole {
            return Ok(columns.slice(s![.., ..k]).to_owned());
        }
        let root = S::of(variance.sqrt());
        let mut column = gram.column(pivot)?;
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

    /// (L Lᵀ + σ)⁻¹ = (1 - L (LᵀL + σ)⁻¹Lᵀ) / σ
    fn apply(&self, v: &mut ArrayRef2<S>) {
        let mut inner = self.columns.t().dot(v);
        small::solve(&self.inner, &mut inner);
        *v -= &self.columns.dot(&inner);
        v.mapv_inplace(|number| number / self.noise);
    }
}
