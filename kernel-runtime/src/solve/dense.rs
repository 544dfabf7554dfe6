//! Cholesky factors of matrices of thousands of rows.

use faer::dyn_stack::{MemBuffer, MemStack};
use faer::linalg::cholesky::llt;
use faer::linalg::cholesky::llt::factor::{LltError, LltRegularization};
use faer::linalg::triangular_solve::solve_lower_triangular_in_place;
use faer::{MatMut, MatRef, Par, Spec};
use ndarray::Array2;

use super::error::SolveError;

/// L Lᵀ. On the calling thread: faer leaves the upper halves of vector registers in a state in which kernels on the
/// same threads would be many times slower from then on.
#[derive(Clone, Debug)]
pub(super) struct Factor {
    size: usize,
    /// L column by column, and anything above its diagonal.
    lower: Vec<f64>,
}

impl Factor {
    /// Of a symmetric matrix, in its memory.
    pub(super) fn new(matrix: Array2<f64>) -> Result<Self, SolveError> {
        let size = matrix.nrows();
        let (mut lower, _) = matrix.into_raw_vec_and_offset();
        if let Some(place) = lower.iter().position(|entry| !entry.is_finite()) {
            return Err(SolveError::Pivot { row: place / size });
        }
        let mut memory = MemBuffer::new(llt::factor::cholesky_in_place_scratch::<f64>(size, Par::Seq, Spec::default()));
        llt::factor::cholesky_in_place(
            MatMut::from_column_major_slice_mut(&mut lower, size, size),
            LltRegularization::default(),
            Par::Seq,
            MemStack::new(&mut memory),
            Spec::default(),
        )
        .map_err(|LltError::NonPositivePivot { index }| SolveError::Pivot { row: index })?;
        Ok(Self { size, lower })
    }

    /// Solves for `columns` right-hand sides in place, which lie row by row.
    pub(super) fn solve(&self, b: &mut [f64], columns: usize) {
        let mut memory = MemBuffer::new(llt::solve::solve_in_place_scratch::<f64>(self.size, columns, Par::Seq));
        llt::solve::solve_in_place(
            MatRef::from_column_major_slice(&self.lower, self.size, self.size),
            MatMut::from_row_major_slice_mut(b, self.size, columns),
            Par::Seq,
            MemStack::new(&mut memory),
        );
    }

    /// Overwrites B with L⁻¹B, of `columns` columns, which lie one behind the other.
    pub(super) fn divide(&self, b: &mut [f64], columns: usize) {
        let lower = MatRef::from_column_major_slice(&self.lower, self.size, self.size);
        solve_lower_triangular_in_place(lower, MatMut::from_column_major_slice_mut(b, self.size, columns), Par::Seq);
    }

    /// The diagonal of L.
    pub(super) fn diagonal(&self) -> impl Iterator<Item = f64> {
        self.lower.iter().step_by(self.size + 1).copied()
    }
}
