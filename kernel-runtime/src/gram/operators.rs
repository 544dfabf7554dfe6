//! Covariances of linear differential operators: dense blocks and products of them, on all threads.

use ndarray::{Array2, ArrayView1, ArrayView2, ArrayViewMut2};

use super::batch::Batch;
use super::covariance::Covariance;
use super::halves::{Halves, Sides};
use super::hessian::{TASK, divide};
use crate::engine::{Applied, Block, ByChunks, Operators, is_streamed};
use crate::error::KernelError;
use crate::kernel::Kernel;
use crate::lane::Level;
use crate::real::Real;

/// A task of a product has so many points x, beside which what it begins with is little.
const LEAST: usize = 32;

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
            let vectors = packed(v, m, operators.chunk());
            let halves = Halves { operators, x, d, columns: m, vectors: &vectors };
            if K::SHAPE.symmetric && self.has_equal_sides() && halves.pay_within() {
                return halves.within(v, out);
            }
            let multiply =
                |first: usize, x: &[K::Scalar], mut out: ArrayViewMut2<'_, K::Scalar>, memory: &mut Vec<_>| {
                    operators.multiply(first, x, &vectors, &mut out, memory);
                };
            let of_point = (columns * (rows / n)).max(m * d).saturating_mul(vectors.len());
            divide((0, x), [d, rows / n], (TASK / of_point).max(LEAST), out, &multiply);
        });
        Ok(())
    }

    /// The product with `of_y`, and that of the transposed matrix with `of_x`, each pair of points taken once.
    pub(super) fn multiply_operators_both(
        &self,
        of_x: &ArrayView2<'_, K::Scalar>,
        of_y: &ArrayView2<'_, K::Scalar>,
    ) -> Result<Option<Sides<K::Scalar>>, KernelError> {
        let [_, m, d] = self.sizes();
        let batch = self.batch()?;
        let both = self.applied(&batch, |x, operators| {
            let vectors = packed(of_y, m, operators.chunk());
            Halves { operators, x, d, columns: m, vectors: &vectors }.between(of_x)
        });
        Ok(both)
    }
}

/// The columns of a matrix by points.
fn packed<S: Real>(v: &ArrayView2<'_, S>, points: usize, chunk: usize) -> Vec<ByChunks<S>> {
    let width = v.nrows() / points;
    let pack = |column: ArrayView1<'_, S>| {
        let points: Array2<S> = Array2::from_shape_fn((points, width), |(j, e)| column[j * width + e]);
        ByChunks::of(&points.view(), chunk)
    };
    v.columns().into_iter().map(pack).collect()
}
