//! Products with integrals on one side or on both: entries are made strip by strip, and each is used for all that it is
//! an entry of.

use std::ops::Range;

use ndarray::{Array2, ArrayView2, ArrayViewMut2, Ix2, s};

use super::super::batch::allocate;
use super::super::covariance::Covariance;
use super::super::halves::Sides;
use super::evaluate::Pairs;
use crate::error::KernelError;
use crate::kernel::Kernel;
use crate::real::{Lane, Real};

/// So many entries are made at a time.
const STRIP: usize = 1 << 16;

/// Points x in strips with points y: all of these, or those that do not come before.
fn strips([n, m]: [usize; 2], entries_of_pair: usize, triangle: bool) -> impl Iterator<Item = [Range<usize>; 2]> {
    let at_once = (STRIP / (m * entries_of_pair).max(1)).max(1);
    (0..n).step_by(at_once).map(move |first| [first..n.min(first + at_once), if triangle { first } else { 0 }..m])
}

/// Adds the product of a matrix with the columns of another, in double precision.
fn add<S: Real>(matrix: &ArrayView2<'_, S>, v: &ArrayView2<'_, S>, mut to: ArrayViewMut2<'_, f64>) {
    for (row, mut to) in matrix.rows().into_iter().zip(to.rows_mut()) {
        for (column, to) in v.columns().into_iter().zip(to.iter_mut()) {
            *to += row.iter().zip(column).map(|(&entry, &v)| S::widened(entry) * S::widened(v)).sum::<f64>();
        }
    }
}

impl<K: Kernel> Covariance<'_, K> {
    /// Hands on strips of entries, with the rows and columns of the matrix that they are.
    fn each_strip(
        &self,
        triangle: bool,
        mut visit: impl FnMut([Range<usize>; 2], ArrayView2<'_, K::Scalar>),
    ) -> Result<(), KernelError> {
        let (pairs, [n, m, _]) = (Pairs::new(self)?, self.sizes());
        let [of_x, of_y] = [self.left.width(), self.right.width()];
        for [x, y] in strips([n, m], of_x * of_y, triangle) {
            let mut strip = allocate(Ix2(x.len() * of_x, y.len() * of_y))?;
            pairs.write([x.start, y.start], strip.view_mut());
            visit([x.start * of_x..x.end * of_x, y.start * of_y..y.end * of_y], strip.view());
        }
        Ok(())
    }

    /// The products with the columns of a matrix.
    pub(in super::super) fn multiply_integrals(
        &self,
        v: &ArrayView2<'_, K::Scalar>,
        mut out: ArrayViewMut2<'_, K::Scalar>,
    ) -> Result<(), KernelError> {
        let is_symmetric = K::SHAPE.symmetric && self.has_equal_sides();
        let mut sums = Array2::zeros(out.dim());
        self.each_strip(is_symmetric, |[x, y], strip| {
            add(&strip, &v.slice(s![y.clone(), ..]), sums.slice_mut(s![x.clone(), ..]));
            if is_symmetric {
                let behind = strip.slice(s![.., x.len()..]);
                add(&behind.t(), &v.slice(s![x.clone(), ..]), sums.slice_mut(s![x.end..y.end, ..]));
            }
        })?;
        out.zip_mut_with(&sums, |out, &sum| *out = K::Scalar::of(sum));
        Ok(())
    }

    /// The product with `of_y`, and that of the transposed matrix with `of_x`.
    pub(in super::super) fn multiply_integrals_both(
        &self,
        of_x: &ArrayView2<'_, K::Scalar>,
        of_y: &ArrayView2<'_, K::Scalar>,
    ) -> Result<Sides<K::Scalar>, KernelError> {
        let [mut left, mut right] = [of_x, of_y].map(|side| Array2::zeros(side.dim()));
        self.each_strip(false, |[x, _], strip| {
            add(&strip, of_y, left.slice_mut(s![x.clone(), ..]));
            add(&strip.t(), &of_x.slice(s![x, ..]), right.view_mut());
        })?;
        Ok([left, right].map(|sums| sums.mapv(K::Scalar::of)))
    }
}

#[cfg(test)]
mod tests {
    use super::{STRIP, strips};

    fn count(sizes: [usize; 2], entries: usize, triangle: bool) -> usize {
        strips(sizes, entries, triangle).map(|[x, y]| x.len() * y.len()).sum()
    }

    #[test]
    fn each_pair_is_in_one_strip() {
        for [n, m] in [[1, 1], [3, 1 << 15], [700, 500], [2, STRIP + 1]] {
            assert_eq!(count([n, m], 1, false), n * m);
            assert_eq!(count([n, m], 9, false), n * m);
        }
    }

    /// Those of a strip with itself are there twice.
    #[test]
    fn half_of_the_pairs_are_enough() {
        for n in [2000, 9000] {
            let at_once = STRIP / n;
            assert!(2 * count([n, n], 1, true) <= n * (n + at_once), "{n}");
        }
    }
}
