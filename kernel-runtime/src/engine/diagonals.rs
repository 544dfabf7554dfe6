//! Entries (a, a) of second derivatives, and their sums: O(d) for each pair, where a square has d².

use super::coefficients::{COEFFICIENTS, Order};
use super::combination::Combination;
use super::expand::Dense;
use super::factors::{Factors, One};
use super::leaf::{Share, Staged, pieces};
use super::multiply::Entries;
use super::packed::{line, whole_lines};
use super::reduce::{COLUMNS, ROWS};
use super::rows::Rows;
use super::slices::Across;
use crate::kernel::Shape;
use crate::lane::{Task, Vector};
use crate::real::Real;

/// ∂²k/∂x_a∂y_a of one point x and points y, whose coefficients are known.
pub struct Diagonals<'a, S> {
    pub shape: Shape,
    pub factors: &'a Factors<'a, S>,
    pub dense: Option<&'a Dense<'a, S>>,
    /// The point, and zeros to the end of the last vector.
    pub x: &'a [S],
    /// The points, one behind the other, and a line more.
    pub y: &'a [S],
    /// The points in tiles: whole lines of them.
    pub tiles: &'a [S],
    pub d: usize,
    pub coefficients: &'a [S],
    /// Entry a of pair j at `a * columns + j`.
    pub out: &'a mut [S],
    /// [`scratch`] numbers.
    pub scratch: &'a mut [S],
}

/// How many points y are taken at a time: what is made for all coordinates stays near.
fn columns<S>(d: usize) -> usize {
    let most = (1 << 12) / d;
    (most - most % line::<S>()).clamp(line::<S>(), COEFFICIENTS)
}

/// How many numbers [`Diagonals`] needs beside the result.
fn scratch<S>(shape: Shape, d: usize) -> usize {
    let dense = if shape.dense > 0 { d * whole_lines::<S>(d) + line::<S>() } else { 0 };
    (shape.x + 2 * shape.y + shape.diagonal + 1) * d * columns::<S>(d) + dense
}

impl<S: Real> Task<S> for Diagonals<'_, S> {
    type Output = ();

    #[inline(always)]
    fn run<V: Vector<Scalar = S>>(self) {
        let Self { shape, factors, dense, x, y, tiles, d, coefficients, out, scratch } = self;
        let of_each = tiles.len();
        let columns = of_each / d;
        let (made, rest) = scratch.split_at_mut(factors.count() * of_each);
        let (weights, rest) = rest.split_at_mut(factors.y.len() * of_each);
        let (spare, rest) = rest.split_at_mut(of_each);
        factors.fill_across::<V>(factors.count(), [&x[..d], tiles, coefficients], 0, columns, made);
        let all = Combination {
            shape,
            counts: factors.counts(),
            coefficients,
            pairs: columns,
            factors: made,
            of_each,
            applied: Across(columns),
        };
        // What counts off the diagonal only is in the weights, which nobody reads.
        all.seconds::<V>(weights, out, spare);
        if let Some(fill) = dense {
            let width = whole_lines::<S>(d);
            for column in 0..columns.min((y.len() - line::<S>()) / d) {
                fill(One { x, y: &y[column * d..], coefficients, column }, &mut rest[..d * width]);
                for a in 0..d {
                    out[a * columns + column] += rest[a * width + a];
                }
            }
        }
    }
}

/// Writes Σ_a ∂²k/∂x_a∂y_a for each pair.
pub fn traces<S: Real>(staged: Staged<'_, S>, behind: &[S], share: Share<'_, '_, S>) {
    let Share { x, y, d, columns, rows, streamed, memory } = share;
    let Staged { sums: reduced, outer, shape, factors, dense } = staged;
    let (level, step) = (reduced.level, self::columns::<S>(d));
    let stream = streamed.then(|| S::stream(level));
    let (slots, stride) = (reduced.stride(), step + 2 * line::<S>());
    let sizes = [
        ROWS * slots,
        Order::new(shape).end * COEFFICIENTS,
        whole_lines::<S>(d) + line::<S>(),
        d * step,
        scratch::<S>(shape, d),
        stride,
        step,
    ];
    let [sums, coefficients, point, entries, scratch, buffer, totals] = pieces(memory, sizes);
    for (x, rows) in x.chunks(ROWS * d).zip(rows.chunks_mut(ROWS)) {
        for first in (0..columns).step_by(COLUMNS) {
            let count = COLUMNS.min(columns - first);
            reduced.reduce(x, &y[first * d..(first + whole_lines::<S>(count)) * d], d, sums);
            for ((x, row), sums) in x.chunks_exact(d).zip(rows.iter_mut()).zip(sums.chunks_exact(slots)) {
                point[..d].copy_from_slice(x);
                let outputs = std::slice::from_mut(row);
                let mut rows = Rows { outputs, pending: &mut [0], buffer: &mut *buffer, stride, stream };
                for column in (0..count).step_by(step) {
                    let (at, columns) = (first + column, step.min(count - column));
                    let whole = whole_lines::<S>(columns);
                    outer(&sums[column..], whole, coefficients);
                    let task = Diagonals {
                        shape,
                        factors,
                        dense,
                        x: point,
                        y: &behind[at * d..],
                        tiles: &y[at * d..(at + whole) * d],
                        d,
                        coefficients,
                        out: &mut entries[..d * whole],
                        scratch,
                    };
                    S::diagonals(level, task);
                    totals.fill(S::of(0.0));
                    for entries in entries.chunks_exact(whole).take(d) {
                        for (total, &entry) in totals.iter_mut().zip(entries) {
                            *total += entry;
                        }
                    }
                    rows.write(0, &totals[..columns]);
                }
                rows.end();
            }
        }
    }
}

/// The numbers that point i of x has with point i of y, row by row: k, then ∂²k/∂x_a∂y_a, of those that are wanted.
pub fn diagonal<S: Real>(
    staged: Staged<'_, S>,
    wanted: Entries,
    d: usize,
    x: &[S],
    [tiles, behind]: [&[S]; 2],
    out: &mut [S],
) {
    let Staged { sums: reduced, outer, shape, factors, dense } = staged;
    let (level, width, slots) = (reduced.level, line::<S>(), reduced.stride());
    let mut memory = S::memory();
    let sizes = [
        ROWS * slots,
        Order::new(shape).end * COEFFICIENTS,
        whole_lines::<S>(d) + width,
        d * width,
        scratch::<S>(shape, d),
    ];
    let [sums, coefficients, point, entries, scratch] = pieces(&mut memory, sizes);
    for ((i, x), out) in x.chunks_exact(d).enumerate().zip(out.chunks_exact_mut(wanted.count(d))) {
        let (first, lane) = (i - i % width, i % width);
        let tile = &tiles[first * d..(first + width) * d];
        point[..d].copy_from_slice(x);
        reduced.reduce(x, tile, d, sums);
        outer(sums, width, coefficients);
        let at = usize::from(wanted.value);
        if wanted.value {
            out[0] = coefficients[lane];
        }
        if wanted.gradient {
            let y = &behind[first * d..];
            let out_of_lanes = &mut *entries;
            let task = Diagonals {
                shape,
                factors,
                dense,
                x: point,
                y,
                tiles: tile,
                d,
                coefficients,
                out: out_of_lanes,
                scratch,
            };
            S::diagonals(level, task);
            for (out, lanes) in out[at..].iter_mut().zip(entries.chunks_exact(width)) {
                *out = lanes[lane];
            }
        }
    }
    S::keep(memory);
}
