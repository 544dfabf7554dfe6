//! Vectors to be multiplied with: one, or several at once.

use ndarray::{ArrayRef, ArrayView2, ArrayViewMut2, Axis, Dimension, Ix1, Ix2};

use super::batch::expect_shape;
use crate::error::KernelError;
use crate::real::Real;

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

/// The columns of `v`, and of `out`, if that is the product of a matrix of this shape with `v`.
pub(super) fn operands<'v, S: Real, D: Columns>(
    (rows, expected): (usize, usize),
    v: &'v ArrayRef<S, D>,
    out: &'v mut ArrayRef<S, D>,
) -> Result<(ArrayView2<'v, S>, ArrayViewMut2<'v, S>), KernelError> {
    let columns = D::columns(v);
    if columns.nrows() != expected {
        return Err(KernelError::Operand { expected, got: columns.nrows() });
    }
    expect_shape(out, &v.raw_dim().with_rows(rows))?;
    Ok((columns, D::columns_mut(out)))
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
