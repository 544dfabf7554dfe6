//! One task's share of a block: reduce, outer and expand for some points x and some points y, a few rows and columns at
//! a time, so that what the stages hand to each other stays in the first cache.

use super::coefficients::{COEFFICIENTS, Order};
use super::expand::{self, Dense, Expand, Parts};
use super::factors::Factors;
use super::packed::{line, whole_lines};
use super::pattern::{Pattern, Tables};
use super::reduce::{COLUMNS, Described, ROWS, Reduce};
use super::rows::{Row, Rows};
use super::weave::Sizes;
use crate::kernel::Shape;
use crate::lane::Detected;
use crate::real::Real;

/// Code of a kernel that fills its sums for one point x and points y in tiles.
pub type OwnSums<'a, S> = dyn Fn(&[S], &[S], &mut [S]) + Sync + 'a;
/// Code of a kernel that makes values from their sums, and writes them past the caches if so told.
pub type OuterValues<'a, S> = dyn Fn(&[S], &mut [S], bool) + Sync + 'a;
/// Code of a kernel that makes coefficients of as many columns from their sums.
pub type OuterCoefficients<'a, S> = dyn Fn(&[S], usize, &mut [S]) + Sync + 'a;

/// How the sums of a stage are computed.
pub struct Sums<'a, S> {
    pub level: Detected,
    pub usual: Vec<Described<S>>,
    /// Fills them all, where some are the kernel's own.
    pub own: Option<&'a OwnSums<'a, S>>,
}

impl<S: Real> Sums<'_, S> {
    /// How many numbers the sums of a row are.
    pub(super) fn stride(&self) -> usize {
        self.usual.len().max(1) * COLUMNS
    }

    /// Those of at most [`ROWS`] points x and [`COLUMNS`] points y.
    pub(super) fn reduce(&self, x: &[S], y: &[S], d: usize, out: &mut [S]) {
        self.reduce_except(None, x, y, d, out);
    }

    /// The same but for one of them.
    pub(super) fn reduce_except(&self, except: Option<usize>, x: &[S], y: &[S], d: usize, out: &mut [S]) {
        if let Some(fill) = self.own {
            for (r, x) in x.chunks_exact(d).enumerate() {
                fill(x, y, &mut out[r * self.usual.len() * COLUMNS..]);
            }
        } else {
            S::reduce(self.level, Reduce { sums: &self.usual, except, x, y, d, out });
        }
    }
}

/// Points x one behind the other, points y in tiles, and the memory that a task may use for anything.
pub struct Share<'a, 'r, S> {
    pub x: &'a [S],
    pub y: &'a [S],
    pub d: usize,
    /// How many points y there are.
    pub columns: usize,
    /// The rows of the first point x, of the second, …
    pub rows: &'a mut [Row<'r, S>],
    pub streamed: bool,
    pub memory: &'a mut Vec<S>,
}

/// Writes values.
pub fn values<S: Real>(sums: &Sums<'_, S>, outer: &OuterValues<'_, S>, share: Share<'_, '_, S>) {
    let Share { x, y, d, columns, rows, streamed, memory } = share;
    let stream = streamed.then(|| S::stream(sums.level));
    let stride = COLUMNS + 2 * line::<S>();
    let slots = sums.stride();
    let (scratch, buffer) = at_least(memory, ROWS * (slots + stride)).split_at_mut(ROWS * slots);
    for (x, rows) in x.chunks(ROWS * d).zip(rows.chunks_mut(ROWS)) {
        let pending = &mut [0; ROWS];
        let mut rows = Rows { outputs: rows, pending, buffer: &mut *buffer, stride, stream };
        for first in (0..columns).step_by(COLUMNS) {
            let count = COLUMNS.min(columns - first);
            sums.reduce(x, &y[first * d..(first + whole_lines::<S>(count)) * d], d, scratch);
            for (r, scratch) in scratch.chunks_exact(slots).take(rows.outputs.len()).enumerate() {
                let mut column = 0;
                if let Some(to) = rows.direct(r, count) {
                    outer(scratch, to, streamed);
                    column = to.len();
                }
                if column < count {
                    let (start, rest) = (rows.next(r), count - column);
                    outer(&scratch[column..], &mut rows.buffer[start..start + whole_lines::<S>(rest)], false);
                    rows.commit(r, rest, false);
                }
            }
        }
        rows.end();
    }
}

/// A stage of a kernel that makes coefficients, and what they are the coefficients of.
#[derive(Clone, Copy)]
pub struct Staged<'a, S> {
    pub sums: &'a Sums<'a, S>,
    pub outer: &'a OuterCoefficients<'a, S>,
    pub shape: Shape,
    pub factors: &'a Factors<'a, S>,
    pub dense: Option<&'a Dense<'a, S>>,
}

/// Derivatives, and values beside them.
pub struct Derivatives<'a, S> {
    pub staged: Staged<'a, S>,
    pub parts: &'a Parts,
    /// The points y one behind the other, and a line more.
    pub points: &'a [S],
}

impl<S: Real> Derivatives<'_, S> {
    pub fn write(&self, share: Share<'_, '_, S>) {
        let Share { x, y, d, columns, rows, streamed, memory } = share;
        let Staged { sums: reduced, outer, shape, factors, dense } = self.staged;
        let (level, stream) = (reduced.level, streamed.then(|| S::stream(reduced.level)));
        let (widths, width) = (&self.parts.widths, whole_lines::<S>(d));
        let woven = Sizes::new::<S>(shape, self.parts, d);
        let stride = whole_lines::<S>(expand::waiting::<S>(woven, self.parts, d)) + 2 * line::<S>();
        let slots = reduced.stride();
        let pattern = expand::pattern::<S>(woven, d);
        let sizes = [
            pattern.map_or(0, Pattern::numbers::<S>),
            ROWS * slots,
            Order::new(shape).end * COEFFICIENTS,
            width + line::<S>(),
            expand::scratch::<S>(woven, shape, self.parts, d),
            widths.len() * stride,
        ];
        let [tables, sums, coefficients, point, scratch, buffer] = pieces(memory, sizes);
        if let Some(pattern) = pattern {
            level.run(Tables { pattern, out: &mut *tables });
        }
        let pending = &mut vec![0; widths.len()][..];
        for (x, rows) in x.chunks(ROWS * d).zip(rows.chunks_mut(ROWS * widths.len())) {
            for first in (0..columns).step_by(COLUMNS) {
                let count = COLUMNS.min(columns - first);
                reduced.reduce(x, &y[first * d..(first + whole_lines::<S>(count)) * d], d, sums);
                let of_points = x.chunks_exact(d).zip(rows.chunks_mut(widths.len()));
                for ((x, rows), sums) in of_points.zip(sums.chunks_exact(slots)) {
                    point[..d].copy_from_slice(x);
                    let mut rows = Rows { outputs: rows, pending: &mut *pending, buffer: &mut *buffer, stride, stream };
                    for column in (0..count).step_by(COEFFICIENTS) {
                        let columns = COEFFICIENTS.min(count - column);
                        outer(&sums[column..], whole_lines::<S>(columns), coefficients);
                        let task = Expand {
                            shape,
                            factors,
                            dense,
                            parts: self.parts,
                            woven,
                            x: point,
                            y: &self.points[(first + column) * d..],
                            tiles: &y[(first + column) * d..(first + column + whole_lines::<S>(columns)) * d],
                            tables,
                            d,
                            coefficients,
                            columns,
                            rows: &mut rows,
                            scratch,
                        };
                        S::expand(level, task);
                    }
                    rows.end();
                }
            }
        }
    }
}

/// So many numbers of memory that is kept for them, from the start of a cache line on: vectors across two lines take
/// twice as long.
pub(super) fn at_least<S: Real>(memory: &mut Vec<S>, count: usize) -> &mut [S] {
    let room = count + line::<S>();
    if memory.len() < room {
        memory.resize(room, S::of(0.0));
    }
    let start = memory.as_ptr().align_offset(line::<S>() * size_of::<S>()).min(line::<S>());
    &mut memory[start..start + count]
}

/// The same in several pieces, each from the start of a line on.
pub(super) fn pieces<S: Real, const N: usize>(memory: &mut Vec<S>, sizes: [usize; N]) -> [&mut [S]; N] {
    let sizes = sizes.map(whole_lines::<S>);
    let mut rest = at_least(memory, sizes.iter().sum());
    sizes.map(|count| {
        let (piece, others) = std::mem::take(&mut rest).split_at_mut(count);
        rest = others;
        piece
    })
}
