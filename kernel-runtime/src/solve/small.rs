//! Factorisations of matrices as small as a block of right-hand sides, or of the numbers of a point.

use ndarray::{Array2, ArrayRef2, s};

use super::matrix::Number;
use crate::real::Real;

/// L with A = L Lᵀ, of which only the lower triangle is read. `Err` has the pivot that is not positive.
pub fn cholesky<S: Number>(a: &ArrayRef2<S>) -> Result<Array2<S>, f64> {
    let n = a.nrows();
    let mut l = Array2::from_elem((n, n), S::of(0.0));
    for j in 0..n {
        let row = l.slice(s![j, ..j]).to_owned();
        let pivot = a[[j, j]] - row.dot(&row);
        let (number, whole): (f64, f64) = (pivot.into(), a[[j, j]].into());
        // What rounding leaves of a number is none, and a NaN is no pivot either.
        if number.is_nan() || number <= 4.0 * S::EPSILON * whole.abs() {
            return Err(number);
        }
        l[[j, j]] = Real::sqrt(pivot);
        for i in j + 1..n {
            l[[i, j]] = (a[[i, j]] - l.slice(s![i, ..j]).dot(&row)) / l[[j, j]];
        }
    }
    Ok(l)
}

/// Solves L Lᵀ X = B in place.
pub fn solve<S: Number>(l: &ArrayRef2<S>, b: &mut ArrayRef2<S>) {
    let n = l.nrows();
    for mut column in b.columns_mut() {
        for i in 0..n {
            let known = l.slice(s![i, ..i]).dot(&column.slice(s![..i]));
            column[i] = (column[i] - known) / l[[i, i]];
        }
        for i in (0..n).rev() {
            let known = l.slice(s![i + 1.., i]).dot(&column.slice(s![i + 1..]));
            column[i] = (column[i] - known) / l[[i, i]];
        }
    }
}
