//! Covariances of linear differential operators: dense blocks and products of them, on all threads.

use ndarray::{Array2, ArrayView1, ArrayView2, ArrayViewMut2};

use super::batch::Batch;
use super::covariance::Covariance;
use super::hessian::{TASK, divide};
use crate::engine::{Applied, Block, ByChunks, Operators, is_streamed};
use crate::error::KernelError;
use crate::kernel::Kernel;
use crate::lane::Level;

impl<K: Kernel> Covariance<'_, K> {
    /// Hands on the covariances of the two operators.
    fn applied<T>(
        &self,
        batch: &Batch<'_, K::Scalar>,
        then: impl FnOnce(&[K::Scalar], &Operators<'_, K::Scalar>) -> T,
    ) -> Option<T> {
        let ([n, m, d], kernel) = (self.sizes(), self.tower()?);
        let (left, right) = (self.left.description(), self.right.description());
        let (of_x, of_y) = (self.left.coefficients(), self.right.coefficients());
        let sides = [
            Applied { operator: &left, coefficients: of_x.broadcast((n, of_x.ncols()))? },
            Applied { operator: &right, coefficients: of_y.broadcast((m, of_y.ncols()))? },
        ];
        let points = batch.points(false);
        let block = Block::new(
            kernel,
            Level::current().detected(),
            [left.order(), right.order()],
            d,
            (m, points.y.tiles(0, m)),
        );
        Some(then(&points.x, &Operators::new(&block, sides)))
    }

    /// All entries.
    pub(super) fn of_operators(&self, mut out: ArrayViewMut2<'_, K::Scalar>) -> Result<(), KernelError> {
        let ([n, m, d], (rows, columns)) = (self.sizes(), self.shape());
        let (batch, streamed) = (self.batch()?, is_streamed::<K::Scalar>(rows.saturating_mul(columns)));
        if rows > 0 && columns > 0 {
            self.applied(&batch, |x, operators| {
                let write = |first: usize, x: &[K::Scalar], out: ArrayViewMut2<'_, K::Scalar>, memory: &mut Vec<_>| {
                    operators.write(first, x, out, streamed, memory);
                };
                let of_point = (columns * (rows / n)).max(m * d);
                divide((0, x), [d, rows / n], TASK / of_point, out.view_mut(), &write);
            });
        }
        Ok(())
    }

    /// The product with each column of `v`.
    pub(super) fn multiply_operators(
        &self,
        v: &ArrayView2<'_, K::Scalar>,
        out: ArrayViewMut2<'_, K::Scalar>,
    ) -> Result<(), KernelError> {
        let ([n, m, d], (rows, columns)) = (self.sizes(), self.shape());
        let batch = self.batch()?;
        self.applied(&batch, |x, operators| {
            let pack = |column: ArrayView1<'_, K::Scalar>| {
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
}
