//! What two kernels write next to each other, and its multiples.

use crate::kernel::{First, Second, Shape};
use crate::real::Lane;

impl<V> First<'_, V> {
    /// The parts that the left and the right kernel write.
    #[inline(always)]
    pub(super) fn split(&mut self, left: Shape) -> (First<'_, V>, First<'_, V>) {
        let (frame_left, frame_right) = self.frame.split_at_mut(left.frame);
        let (grad_x_left, grad_x_right) = self.grad_x.split_at_mut(left.x);
        let (grad_y_left, grad_y_right) = self.grad_y.split_at_mut(left.y);
        (
            First { frame: frame_left, grad_x: grad_x_left, grad_y: grad_y_left },
            First { frame: frame_right, grad_x: grad_x_right, grad_y: grad_y_right },
        )
    }
}

impl<V: Lane> First<'_, V> {
    /// Multiplies the kernel by a number.
    #[inline(always)]
    pub(super) fn scale(&mut self, factor: V) {
        scale(self.grad_x, factor);
        scale(self.grad_y, factor);
    }
}

impl<V: Lane> Second<'_, V> {
    /// What a kernel without such terms does not write.
    #[inline(always)]
    pub(super) fn clear_off_diagonal(&mut self) {
        self.off_diagonal.fill(V::of(0.0));
    }

    /// Multiplies the kernel by a number.
    #[inline(always)]
    pub(super) fn scale(&mut self, factor: V) {
        // Columns past its own belong to another kernel.
        let columns = self.grad_y.len();
        for matrix in [&mut *self.rank, &mut *self.off_diagonal] {
            for row in matrix.chunks_mut(self.stride.max(1)) {
                scale(&mut row[..columns], factor);
            }
        }
        scale(self.grad_x, factor);
        scale(self.grad_y, factor);
        scale(self.diagonal, factor);
        scale(self.dense, factor);
    }
}

impl<V> Second<'_, V> {
    /// The parts that the left and the right kernel write: of `rank` the blocks on the diagonal.
    #[inline(always)]
    pub(super) fn split(&mut self, left: Shape, right: Shape) -> (Second<'_, V>, Second<'_, V>) {
        let (frame_left, frame_right) = self.frame.split_at_mut(left.frame);
        let (grad_x_left, grad_x_right) = self.grad_x.split_at_mut(left.x);
        let (grad_y_left, grad_y_right) = self.grad_y.split_at_mut(left.y);
        let (diagonal_left, diagonal_right) = self.diagonal.split_at_mut(left.diagonal);
        let (dense_left, dense_right) = self.dense.split_at_mut(left.dense);
        // Without rows for the right kernel the matrix may end before row `left.x` would begin.
        let rows = (left.x * self.stride).min(self.rank.len());
        let (rank_left, below) = self.rank.split_at_mut(rows);
        let (off_left, off_below) = self.off_diagonal.split_at_mut(rows.min(self.off_diagonal.len()));
        (
            Second {
                frame: frame_left,
                grad_x: grad_x_left,
                grad_y: grad_y_left,
                rank: rank_left,
                stride: self.stride,
                off_diagonal: if left.off_diagonal { off_left } else { Default::default() },
                diagonal: diagonal_left,
                dense: dense_left,
            },
            Second {
                frame: frame_right,
                grad_x: grad_x_right,
                grad_y: grad_y_right,
                rank: below.get_mut(left.y..).unwrap_or_default(),
                stride: self.stride,
                off_diagonal: if right.off_diagonal {
                    off_below.get_mut(left.y..).unwrap_or_default()
                } else {
                    Default::default()
                },
                diagonal: diagonal_right,
                dense: dense_right,
            },
        )
    }

    /// The blocks of `rank` where x belongs to one kernel and y to the other, from the gradient coefficients of the
    /// two.
    #[inline(always)]
    pub(super) fn mixed(&mut self, left: Shape, entry: impl Fn(&V, &V) -> V) {
        let (grad_x_left, grad_x_right) = self.grad_x.split_at(left.x);
        let (grad_y_left, grad_y_right) = self.grad_y.split_at(left.y);
        for (p, f) in grad_x_left.iter().enumerate() {
            for (q, g) in grad_y_right.iter().enumerate() {
                self.rank[p * self.stride + left.y + q] = entry(f, g);
            }
        }
        for (p, f) in grad_x_right.iter().enumerate() {
            for (q, g) in grad_y_left.iter().enumerate() {
                self.rank[(left.x + p) * self.stride + q] = entry(f, g);
            }
        }
    }
}

/// What [`Kernel::contract`] makes of a product of two functions: the product rule on either side.
#[inline(always)]
pub(super) fn multiplied<V: Lane>([a, a_x, a_y, a_xy]: [V; 4], [b, b_x, b_y, b_xy]: [V; 4]) -> [V; 4] {
    [a * b, a_x * b + a * b_x, a_y * b + a * b_y, a_xy * b + a_x * b_y + a_y * b_x + a * b_xy]
}

#[inline(always)]
pub(super) fn scale<V: Lane>(values: &mut [V], factor: V) {
    for value in values {
        *value = *value * factor;
    }
}
