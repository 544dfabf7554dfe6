//! Covariances of linear differential operators: dense blocks and products of them, on all threads.

use ndarray::{Array2, ArrayView2, ArrayViewMut2, Ix2};

use super::batch::{Batch, allocate};
use super::hessian::{TASK, divide};
use super::lazy::Gram;
use super::operator::Observed;
use super::{Arrays, PointsRef};
use crate::engine::{Applied, Block, ByChunks, Description, Operators};
use crate::error::KernelError;
use crate::kernel::Kernel;
use crate::lane::Level;
use crate::real::Lane;

/// The coefficients of an operator's partial derivatives: a row for each point, or one for all if they vary with none.
fn coefficients<K: Kernel, O: Observed<K>>(
    operator: &O,
    description: &Description<K::Scalar>,
    points: &PointsRef<K>,
) -> Array2<K::Scalar> {
    let points = K::Points::rows(points);
    let varies = description.partials.iter().any(|partial| partial.varies);
    let rows = if varies { points.nrows() } else { 1 };
    let mut coefficients = Array2::from_elem((rows, description.partials.len()), K::Scalar::of(0.0));
    for (mut of_point, x) in coefficients.rows_mut().into_iter().zip(points.rows()) {
        operator.coefficients_at(&x.to_vec(), of_point.as_slice_mut().unwrap_or_default());
    }
    coefficients
}

impl<K: Kernel, L: Observed<K>, R: Observed<K>> Gram<'_, K, L, R> {
    /// Hands on the covariances of the two operators.
    fn applied<T>(
        &self,
        batch: &Batch<'_, K::Scalar>,
        then: impl FnOnce(&[K::Scalar], &Operators<'_, K::Scalar>) -> T,
    ) -> Option<T> {
        let ([n, m, d], kernel) = (self.sizes, self.tower()?);
        let (left, right) = (self.left.described(d), self.right.described(d));
        let of_x = coefficients::<K, L>(&self.left, &left, self.x);
        let of_y = coefficients::<K, R>(&self.right, &right, self.y);
        let sides = [
            Applied { operator: &left, coefficients: of_x.broadcast((n, of_x.ncols()))? },
            Applied { operator: &right, coefficients: of_y.broadcast((m, of_y.ncols()))? },
        ];
        let points = batch.points(false);
        let block = Block::new(kernel, Level::current().detected(), d, (m, points.y.tiles(0, m)));
        Some(then(&points.x, &Operators::new(&block, sides)))
    }

    /// All entries.
    pub(super) fn of_operators(&self) -> Result<Array2<K::Scalar>, KernelError> {
        let ([n, m, d], (rows, columns)) = (self.sizes, self.shape());
        let mut out = allocate(Ix2(rows, columns))?;
        let batch = Batch::of(self.kernel, self.x, self.y)?;
        if rows > 0 && columns > 0 {
            self.applied(&batch, |x, operators| {
                let write = |first: usize, x: &[K::Scalar], out: ArrayViewMut2<'_, K::Scalar>, memory: &mut Vec<_>| {
                    operators.write(first, x, out, memory);
                };
                let of_point = (columns * (rows / n)).max(m * d);
                divide((0, x), [d, rows / n], TASK / of_point, out.view_mut(), &write);
            });
        }
        Ok(out)
    }

    /// The product with each column of `v`.
    pub(super) fn multiply_operators(
        &self,
        v: &ArrayView2<'_, K::Scalar>,
        out: ArrayViewMut2<'_, K::Scalar>,
    ) -> Result<(), KernelError> {
        let ([n, m, d], (rows, columns)) = (self.sizes, self.shape());
        let batch = Batch::of(self.kernel, self.x, self.y)?;
        self.applied(&batch, |x, operators| {
            let pack = |column: ndarray::ArrayView1<'_, K::Scalar>| {
                let points: Array2<K::Scalar> =
                    Array2::from_shape_fn((m, columns / m), |(j, e)| column[j * (columns / m) + e]);
                ByChunks::of(&points.view(), operators.chunk())
            };
            let vectors: Vec<ByChunks<K::Scalar>> = v.columns().into_iter().map(pack).collect();
            let multiply =
                |first: usize, x: &[K::Scalar], mut out: ArrayViewMut2<'_, K::Scalar>, memory: &mut Vec<_>| {
                    operators.multiply(first, x, &vectors, &mut out, memory);
                };
            let of_point = (columns * (rows / n)).max(m * d).saturating_mul(vectors.len());
            divide((0, x), [d, rows / n], TASK / of_point, out, &multiply);
        });
        Ok(())
    }

    /// Whether both sides are the same sums of the same partial derivatives, wherever coefficients that vary are read.
    pub(super) fn has_equal_descriptions(&self) -> bool {
        let d = self.sizes[2];
        let (left, right) = (self.left.described(d), self.right.described(d));
        left == right
            && coefficients::<K, L>(&self.left, &left, self.x) == coefficients::<K, R>(&self.right, &right, self.x)
    }
}
