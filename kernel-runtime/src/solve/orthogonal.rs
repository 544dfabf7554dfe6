//! Bases of blocks of vectors.

use ndarray::{Array2, s};

use super::error::SolveError;
use super::matrix::Number;

/// Y = Q ζ and Z = M⁻¹Y = W ζ with QᵀW = 1: as many columns as Y has directions.
pub struct Basis<S> {
    pub q: Array2<S>,
    pub w: Array2<S>,
    pub coefficients: Array2<S>,
}

/// A direction of which less than this is left, of the square of its length, is one of the others.
fn dependent<S: Number>() -> f64 {
    512.0 * S::EPSILON
}

/// By a factorisation of YᵀZ that takes the most independent direction first, and once more, for the first leaves as
/// many digits as the directions had apart (Cholesky QR twice: Y. Yamamoto et al., ETNA 44, 2015).
pub fn basis<S: Number>(y: &Array2<S>, z: &Array2<S>, iteration: usize) -> Result<Basis<S>, SolveError> {
    let first = once(y, z, iteration)?;
    if first.q.ncols() <= 1 {
        return Ok(first);
    }
    let second = once(&first.q, &first.w, iteration)?;
    Ok(Basis { coefficients: second.coefficients.dot(&first.coefficients), ..second })
}

fn once<S: Number>(y: &Array2<S>, z: &Array2<S>, iteration: usize) -> Result<Basis<S>, SolveError> {
    let (n, count) = y.dim();
    let products = y.t().dot(z);
    let whole: Vec<f64> = (0..count).map(|c| products[[c, c]].into()).collect();
    if whole.iter().any(|&square| square.is_nan() || square < 0.0) {
        return Err(SolveError::Preconditioner { iteration });
    }
    let mut left = whole.clone();
    let mut rest: Vec<usize> = (0..count).filter(|&c| whole[c] > 0.0).collect();
    let mut coefficients = Array2::from_elem((count, count), S::of(0.0));
    let mut basis = [y, z].map(|_| Array2::from_elem((n, count), S::of(0.0)));
    let mut rank = 0;
    while let Some((place, &c)) =
        rest.iter().enumerate().max_by(|(_, a), (_, b)| (left[**a] / whole[**a]).total_cmp(&(left[**b] / whole[**b])))
    {
        if left[c] <= dependent::<S>() * whole[c] {
            break;
        }
        rest.swap_remove(place);
        let length = left[c].sqrt();
        let known = coefficients.slice(s![..rank, c]).to_owned();
        for (basis, from) in basis.iter_mut().zip([y, z]) {
            let mut column = from.column(c).to_owned();
            column -= &basis.slice(s![.., ..rank]).dot(&known);
            column.mapv_inplace(|number| number / S::of(length));
            basis.column_mut(rank).assign(&column);
        }
        coefficients[[rank, c]] = S::of(length);
        for &other in &rest {
            let product = products[[c, other]] - known.dot(&coefficients.slice(s![..rank, other]));
            let coefficient = product / S::of(length);
            coefficients[[rank, other]] = coefficient;
            let coefficient: f64 = coefficient.into();
            left[other] -= coefficient * coefficient;
        }
        rank += 1;
    }
    let [q, w] = basis.map(|basis| basis.slice(s![.., ..rank]).to_owned());
    Ok(Basis { q, w, coefficients: coefficients.slice(s![..rank, ..]).to_owned() })
}
