//! Dense systems.

use ndarray::{Array2, s};

/// By elimination with the largest pivots.
pub fn dense(mut a: Array2<f64>, mut b: Array2<f64>) -> Array2<f64> {
    let n = a.nrows();
    for k in 0..n {
        let pivot = (k..n).max_by(|&i, &j| a[[i, k]].abs().total_cmp(&a[[j, k]].abs())).unwrap();
        for matrix in [&mut a, &mut b] {
            for c in 0..matrix.ncols() {
                matrix.swap([k, c], [pivot, c]);
            }
        }
        for i in k + 1..n {
            let factor = a[[i, k]] / a[[k, k]];
            for matrix in [&mut a, &mut b] {
                let (above, mut below) = matrix.multi_slice_mut((s![k, ..], s![i, ..]));
                below.scaled_add(-factor, &above);
            }
        }
    }
    for k in (0..n).rev() {
        let known = a.slice(s![k, k + 1..]).dot(&b.slice(s![k + 1.., ..]));
        let row = (&b.row(k) - &known) / a[[k, k]];
        b.row_mut(k).assign(&row);
    }
    b
}
