//! Memory of the engine, at every level: what is packed, and what is written where.

use ndarray::{Array2, Array3, ArrayView2, s};

use super::packed::{Packed, line, whole_lines};
use super::rows::{Row, Rows};
use crate::lane::{Fence, Level, Task, Vector};
use crate::real::Real;

/// Miri takes a thousand times as long: for it, every so many cases.
const SHARE: usize = if cfg!(miri) { 5 } else { 1 };

fn numbers<S: Real>(count: usize) -> impl Iterator<Item = S> {
    (1..=count).map(|i| S::of(i as f64))
}

fn check_packed<S: Real>(points: &ArrayView2<'_, S>) {
    let ((m, d), width) = (points.dim(), line::<S>());
    // What an earlier call left there does not matter.
    for memory in [Vec::new(), vec![S::of(-1.0); 3], vec![S::of(-1.0); 1000]] {
        let packed = Packed::new(points, memory);
        let tiles = packed.tiles(0, m);
        assert_eq!(tiles.len(), whole_lines::<S>(m) * d);
        assert_eq!(tiles.as_ptr().addr() % 64, 0);
        for j in 0..whole_lines::<S>(m) {
            for i in 0..d {
                assert_eq!(tiles[(j / width * d + i) * width + j % width], points[[j.min(m - 1), i]]);
            }
        }
        for first in (0..m).step_by(width) {
            assert_eq!(packed.tiles(first, m - first), &tiles[first * d..]);
        }
    }
}

#[test]
fn points_are_packed_in_tiles() {
    fn check<S: Real>() {
        for (m, d) in [(1, 1), (1, 9), (7, 3), (8, 1), (9, 3), (16, 2), (17, 1), (33, 9)].into_iter().step_by(SHARE) {
            let wide = Array2::from_shape_vec((m, 2 * d), numbers::<S>(2 * m * d).collect()).unwrap();
            check_packed(&wide.view());
            check_packed(&wide.slice(s![..;-1, 1..;2]));
            check_packed(&wide.t());
        }
    }
    check::<f64>();
    check::<f32>();
}

/// Writes two rows of so many numbers, which come a few at a time to both in turn.
struct Write<'a, 'b, S> {
    rows: &'b mut [Row<'a, S>; 2],
    length: usize,
    streamed: bool,
}

/// The largest number of numbers that come at a time.
const MOST: usize = 64;

impl<S: Real> Task<S> for Write<'_, '_, S> {
    type Output = ();

    #[inline(always)]
    fn run<V: Vector<Scalar = S>>(self) {
        let stride = MOST + 2 * line::<S>();
        let mut buffer = vec![S::of(0.0); 2 * stride];
        let mut rows = Rows {
            outputs: self.rows,
            pending: &mut [0; 2],
            buffer: &mut buffer,
            stride,
            stream: self.streamed.then_some(V::stream),
        };
        let mut done = 0;
        for step in [1, MOST, 3, 17, 8, 30].into_iter().cycle() {
            let count = step.min(self.length - done);
            for r in 0..2 {
                let next = rows.next(r);
                for e in 0..count {
                    let number = S::of((done + e + 1) as f64);
                    rows.buffer[next + e] = if r == 0 { number } else { -number };
                }
                rows.commit(r, count, false);
            }
            done += count;
            if done == self.length {
                break;
            }
        }
        rows.end();
    }
}

/// Every row length and every place in a cache line that a row may begin at, streamed and not.
#[test]
fn rows_are_written_whole_and_nothing_beside_them() {
    fn check<S: Real>(level: Level, lead: usize, length: usize, streamed: bool) {
        let mut memory = vec![S::of(0.5); 2 * (lead + length) + 3];
        let (first, second) = memory.split_at_mut(lead + length + 1);
        let mut rows = [&mut first[lead..lead + length], &mut second[lead..lead + length]].map(Row::Slice);
        let fence = Fence;
        level.detected().run(Write { rows: &mut rows, length, streamed });
        drop(fence);
        for (row, sign) in [(first, 1.0), (second, -1.0)] {
            let (before, row) = row.split_at(lead);
            let (row, behind) = row.split_at(length);
            assert!(row.iter().copied().eq(numbers::<S>(length).map(|number| number * S::of(sign))));
            assert!(before.iter().chain(behind).all(|&kept| kept == S::of(0.5)));
        }
    }
    for level in Level::available() {
        for lead in (0..16).step_by(SHARE) {
            for length in (1..200).step_by(7 * SHARE.pow(2)) {
                for streamed in [false, true] {
                    check::<f64>(level, lead, length, streamed);
                    check::<f32>(level, lead, length, streamed);
                }
            }
        }
    }
}

#[test]
fn strided_rows_are_written_in_the_order_of_the_array() {
    for level in Level::available() {
        for n in (1..20).step_by(SHARE.pow(2)) {
            let mut room = Array3::from_elem((2 * n, 6, 4), 0.5);
            let (above, below) = room.view_mut().split_at(ndarray::Axis(0), n);
            let mut rows = [above, below].map(|half| Row::new(half.slice_move(s![.., ..;-2, 1..])));
            assert!(rows.iter().all(|row| matches!(row, Row::Strided(..))));
            level.detected().run(Write { rows: &mut rows, length: n * 3 * 3, streamed: false });
            for (half, sign) in [(s![..n, .., ..], 1.0), (s![n.., .., ..], -1.0)] {
                let mut half = room.slice_mut(half);
                let mut written = half.slice_mut(s![.., ..;-2, 1..]);
                assert!(written.iter().copied().eq(numbers::<f64>(n * 9).map(|number| sign * number)));
                written.fill(0.5);
                assert!(half.iter().all(|&kept| kept == 0.5));
            }
        }
    }
}
